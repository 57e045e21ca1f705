"""Cells → canonical values, and what the clerk is told when that fails."""

import pytest

from rosters.cleaning import (
    clean_one,
    date,
    ethnicity,
    id_number,
    line,
    name,
    number,
    phone,
    sex,
    yes_no,
)
from talent.models import EducationLevel, Post
from talent.rosters.reserve import clean_target_post
from talent.rosters.vocabulary import education, political_status, posts_kind, read_posts

VALID = "350723198202043818"


def value(kind, raw, hint=""):
    found = clean_one(kind, raw, hint)
    assert found[1] is None, found
    return found[0]


def code(kind, raw):
    cleaned, found = clean_one(kind, raw)
    return cleaned, found.code


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("1985.06", "1985-06"), ("1985.6", "1985-06"), ("1985年6月", "1985-06"), ("1985年06月", "1985-06"),
        ("1985-06", "1985-06"), ("1985/06", "1985-06"), ("198506", "1985-06"), ("85.06", "1985-06"),
        ("85年6月", "1985-06"), ("1985-6-12", "1985-06-12"), ("1985/6/12", "1985-06-12"), ("1985.6.12", "1985-06-12"),
        ("1985年6月12日", "1985-06-12"), ("19850612", "1985-06-12"), ("1985-06-12 00:00:00", "1985-06-12"),
        ("１９８５．０６", "1985-06"), ("'1985.06", "1985-06"), (" 1985. 06 ", "1985-06"), ("1985.06（40岁）", "1985-06"),
        (198506, "1985-06"), (19850612, "1985-06-12"), (1985.06, "1985-06"), (1985.1, "1985-10"), ("1985.1", "1985-01"),
        (31211, "1985-06-13"), (85.06, "1985-06"), ("1985.06.", "1985-06"), ("1985年6月出生", "1985-06"),
        (None, None), ("", None), ("—", None), ("/", None), ("无", None),
    ],
)  # fmt: skip
def test_date_is_read_at_its_precision(raw, expected):
    assert value(date, raw) == expected


@pytest.mark.parametrize(
    "raw", ["2021.13", "2023.2.30", "不详", "1985年", 1985, "1976.00", "去年秋季", "85", "1985.6.31"]
)
def test_what_is_no_date_is_said(raw):
    cleaned, found = clean_one(date, raw)

    assert (cleaned, found.code) == (None, "bad_date")
    assert "1985.06" in found.message or "到月" in found.message


@pytest.mark.parametrize(
    "raw",
    [
        VALID,
        f" {VALID}",
        f"'{VALID}",
        "350723 19820204 3818",
        "３５０７２３１９８２０２０４３８１８",
        f"{VALID}\t",
        "\u202d" + VALID,
    ],
)
def test_id_number_is_cleaned(raw):
    assert value(id_number, raw) == VALID


@pytest.mark.parametrize("raw", ["35072319771003186x", "35072319771003186×", "35072319771003186Х"])
def test_id_number_x_is_upper_case(raw):
    assert value(id_number, raw) == "35072319771003186X"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (3.50723198202044e17, (None, "id_rounded")),
        (350723198202043818, (None, "id_rounded")),
        ("3.50723E+17", (None, "id_rounded")),
        ("350723198202043000", (None, "id_rounded")),
        ("350723690109143", ("350723690109143", "id_length")),
        (350723690109143, ("350723690109143", "id_length")),
        ("35072319820204381", ("35072319820204381", "id_length")),
        ("350723********3818", ("350723********3818", "id_length")),
        ("350723198213043818", ("350723198213043818", "id_birth_invalid")),
        ("350723198202043817", ("350723198202043817", "id_checksum")),
    ],
)
def test_wrong_id_number_has_its_code(raw, expected):
    assert code(id_number, raw) == expected


def test_short_id_number_is_told_by_its_length():
    assert "17 位" in clean_one(id_number, "35072319820204381")[1].message


@pytest.mark.parametrize(
    ("raw", "expected"),
    [(15270550018, "15270550018"), (1.5270550018e10, "15270550018"), ("135-6214-4827", "13562144827"),
     ("150 5830 4192", "15058304192"), ("+86 13562144827", "13562144827"), ("", None), ("无", None)],
)  # fmt: skip
def test_phone_is_cleaned(raw, expected):
    assert value(phone, raw) == expected


@pytest.mark.parametrize(
    "raw", ["0599-7922316", "195336633", "18674842394/668812", "暂无", "12635279258", "135659355592"]
)
def test_other_phones_are_kept_with_a_warning(raw):
    cleaned, found = clean_one(phone, raw)

    assert cleaned == raw.replace("-", "")
    assert found.code == "phone_format"


@pytest.mark.parametrize(
    "raw",
    ["13800000000/13900000001", "13800000000、13900000001", "13800000000\n13900000001", "13800000000 13900000001",
     "138-0000-0000／139 0000 0001", "1380000000013900000001", "13800000000（本人）13900000001（妻）", "１３８００００００００，13900000001"],
)  # fmt: skip
def test_the_first_of_two_phones_is_read_and_the_other_one_named(raw):
    cleaned, found = clean_one(phone, raw)

    assert cleaned == "13800000000"
    assert (found.code, "没有读“139******01”" in found.message) == ("phone_format", True)
    assert phone.looks(raw)


def test_the_same_phone_twice_is_one_phone():
    assert clean_one(phone, "13800000000/13800000000") == ("13800000000", None)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [("张 三", "张三"), ("张　三", "张三"), (" 张\n三 ", "张三"), ("阿依古丽•买买提", "阿依古丽·买买提"),
     ("阿依古丽．买买提", "阿依古丽·买买提"), ("司马𠮷", "司马𠮷"), ("钟䶮", "钟䶮"), ("/", None), (None, None)],
)  # fmt: skip
def test_name_is_cleaned(raw, expected):
    assert value(name, raw) == expected


def test_small_vocabularies():
    assert [value(sex, raw) for raw in ("男", "女 ", 1, "2", 1.0)] == ["male", "female", "male", "female", "male"]
    assert [value(ethnicity, raw) for raw in ("汉", "畲族", "维族", "土家")] == ["汉族", "畲族", "维吾尔族", "土家族"]
    assert [value(yes_no, raw) for raw in ("√", "是", 1, "", "×", "无", None)] == [
        True,
        True,
        True,
        False,
        False,
        False,
        False,
    ]
    assert [value(education, raw) for raw in ("大专毕业", "初中文化", "研究生")] == [
        "junior_college",
        "junior_middle",
        "master",
    ]
    assert [value(political_status, raw) for raw in ("党员", "中共预备党员", "民盟盟员", "九三学社社员")] == [
        "party_member", "probationary_party_member", "democratic_party", "democratic_party",
    ]  # fmt: skip
    assert code(education, "识字班") == (None, "unknown_education")
    assert code(ethnicity, "火星族") == (None, "unknown_ethnicity")
    assert value(line, "第一\n行") == "第一行"


@pytest.mark.parametrize(
    ("text", "body", "expected"),
    [
        ("书记、主任", "", ["party_secretary", "village_director"]),
        ("党支部书记兼村委会主任", "", ["party_secretary", "village_director"]),
        ("书记主任一肩挑", "", ["party_secretary", "village_director"]),
        ("书记、主任（一肩挑）", "", ["party_secretary", "village_director"]),
        ("书记\n主任", "", ["party_secretary", "village_director"]),
        ("支委、村委", "", ["party_committee_member", "village_committee_member"]),
        ("两委委员", "", ["party_committee_member", "village_committee_member"]),
        ("社区居委会副主任", "", ["village_deputy_director"]),
        ("村务监督委员会主任", "", ["supervision_director"]),
        ("第一书记兼工作队队长", "", ["first_secretary", "team_leader"]),
        ("委员", "party", ["party_committee_member"]),
        ("委员", "village_committee", ["village_committee_member"]),
        ("主任", "supervision", ["supervision_director"]),
        ("副书记、委员", "party", ["party_deputy_secretary", "party_committee_member"]),
    ],
)
def test_posts_are_read(text, body, expected):
    assert read_posts(text, body) == (expected, None)


@pytest.mark.parametrize(
    "text",
    ["妇女主任", "护林员", "治安巡逻队长", "联络员", "委员", "组织委员", "会计", "书记、妇女主任", "支委、妇联主席"],
)
def test_one_unknown_part_makes_the_post_unknown(text):
    assert code(posts_kind(), text) == (None, "unknown_post")


@pytest.mark.parametrize(
    ("raw", "hint", "expected"),
    [(68.71, "万元", 68.71), ("28.09万元", "万元", 28.09), ("１４２３", "亩", 1423), ("1,850", "人", 1850),
     (687100, "元", 68.71), ("687,100元", "", 68.71), ("12.5万", "元", 12.5), ("", "", None)],
)  # fmt: skip
def test_sum_of_money_is_in_its_unit(raw, hint, expected):
    assert value(number("万元", base="万元"), raw, hint) == expected


def test_count_is_a_number():
    assert [value(number("户"), raw) for raw in ("415户", 415.0, "3,200", "１２")] == [415, 415, 3200, 12]
    assert code(number("户"), "很多") == (None, "bad_number")


@pytest.mark.parametrize("post", Post)
def test_our_own_label_of_a_post_is_read(post):
    assert value(posts_kind(), post.label) == [post.value]


@pytest.mark.parametrize("level", EducationLevel)
def test_our_own_label_of_a_level_is_read(level):
    assert value(education, level.label) == level.value


@pytest.mark.parametrize(
    "raw",
    ["书记", "村党组织书记", "书记后备", "书记后备人选", "党支部书记后备", "村党组织书记后备干部", "书记（主任）", "书记、主任", "书记主任一肩挑",
     "书记兼主任", "书记或主任", "村支书", "党支部书记（后备）", "书记岗位", "后备书记"],
)  # fmt: skip
def test_a_reserve_is_for_the_secretary(raw):
    assert clean_target_post(raw) == ("secretary", None)


@pytest.mark.parametrize(
    "raw",
    ["副书记", "副书记后备", "村主任后备", "其他村干部后备", "村“两委”后备", "委员", "团支部书记", "妇联主席、团支部书记", "书记助理", "副支书"],
)  # fmt: skip
def test_a_reserve_is_for_another_post(raw):
    assert clean_target_post(raw) == ("other", None)
