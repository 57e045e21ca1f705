"""What clerks are used to write in their lists, one habit each: read as they mean it."""

import pytest

from rosters import spec
from rosters.reading import check_rows, read
from tests.rosters.layouts import person
from tests.rosters.workbooks import xlsx

TITLE = ["光泽县寨里镇村“两委”干部花名册"]
LABELS = {"village": "村名", "name": "姓名", "sex": "性别", "ethnicity": "民族", "id_number": "身份证号", "posts": "职务", "start_date": "任职时间", "phone": "联系电话"}  # fmt: skip
VILLAGES = ("茶富村", "茶富村", "茶富村", "太银村", "太银村", "桃林村")
PEOPLE = [person(number, village) for number, village in enumerate(VILLAGES, 200)]


def line(one, **more):
    return [{**one, **more}[name] for name in LABELS]


def reading_of(rows, context, kind="committee", **more):
    return read(spec.get(kind), xlsx(rows, **more), "名册.xlsx", context)


def listed(*lines):
    return [TITLE, list(LABELS.values()), *lines]


def outcomes(reading):
    return [row.outcome for row in reading.rows]


# --- the place before the post


@pytest.mark.parametrize(
    ("text", "posts"),
    [
        ("茶富村党支部书记", ["party_secretary"]),
        ("寨里镇茶富村党支部书记、村委会主任", ["party_secretary", "village_director"]),
        ("光泽县寨里镇茶富村支委", ["party_committee_member"]),
        ("茶富村委会副主任", ["village_deputy_director"]),
        ("茶富村支委、茶富村村委", ["party_committee_member", "village_committee_member"]),
    ],
)
def test_the_name_of_the_village_before_its_posts(text, posts, context):
    row = reading_of(listed(line(PEOPLE[0], posts=text)), context).rows[0]

    assert (row.values["posts"], row.outcome) == (posts, "accept")


@pytest.mark.parametrize("text", ["太银村党支部书记", "寨里镇党委委员", "光泽县茶富村茶厂厂长"])
def test_a_post_elsewhere_is_none_of_the_village(text, context):
    row = reading_of(listed(line(PEOPLE[0], posts=text)), context).rows[0]

    assert [found.code for found in row.problems] == ["unknown_post"]


def test_the_same_over_rest(context):
    raw = {name: PEOPLE[0][name] for name in ("village", "name", "id_number")} | {"posts": "茶富村党支部书记"}

    assert check_rows(spec.get("committee"), [raw], context)[0].values["posts"] == ["party_secretary"]


@pytest.mark.parametrize("header", ["单位及职务", "工作单位及职务", "所在村及职务", "职务"])
def test_one_column_for_village_and_post(header, context):
    labels = ["姓名", "性别", "身份证号", header, "电话"]
    rows = [TITLE, labels, *([one["name"], one["sex"], one["id_number"], f"寨里镇{one['village']}党支部书记", one["phone"]] for one in PEOPLE)]  # fmt: skip

    reading = reading_of(rows, context)

    assert [row.values["village"] for row in reading.rows] == list(VILLAGES)
    assert {row.outcome for row in reading.rows} == {"accept"}
    assert {tuple(row.values["posts"]) for row in reading.rows} == {("party_secretary",)}


def test_a_column_of_employers_beside_the_posts_is_not_read_for_them(context):
    rows = [TITLE, [*LABELS.values(), "工作单位及职务"], *([*line(one), "福建某茶业公司经理"] for one in PEOPLE)]

    assert set(outcomes(reading_of(rows, context))) == {"accept"}


# --- a village written once, and blanks below it


def blanked(rows, *numbers):
    return [[None, *cells[1:]] if number in numbers else cells for number, cells in enumerate(rows)]


def test_a_village_is_written_once_for_those_below(context):
    rows = blanked([line(one) for one in PEOPLE], 1, 2, 4)
    reading = reading_of(listed(*rows), context)

    assert [row.values["village"] for row in reading.rows] == list(VILLAGES)
    assert [[hint.code for hint in row.hints] for row in reading.rows] == [[], ["ditto"], ["ditto"], [], ["ditto"], []]
    assert "空着" in reading.rows[1].hints[0].message


def test_also_over_the_header_of_the_next_page_but_not_over_a_subtotal(context):
    rows = blanked([line(one) for one in (*PEOPLE, person(299, "桃林村"))], 1, 2, 4, 6)
    rows[1:1] = [TITLE, list(LABELS.values())]
    rows[6:6] = [["小计", "1人"]]

    reading = reading_of(listed(*rows), context)

    assert [row.values["village"] for row in reading.rows] == ["茶富村"] * 3 + ["太银村", None, "桃林村", "桃林村"]


def test_where_not_everybody_has_a_village_a_blank_is_nobodys(context):
    labels = ["村名", "姓名", "身份证号", "职务", "联系电话"]
    rows = [[one["village"], one["name"], one["id_number"], "学员", one["phone"]] for one in PEOPLE]
    reading = reading_of([["培训班学员花名册"], labels, *blanked(rows, 1, 2, 4)], context, "trainees")

    assert [row.values["village"] for row in reading.rows].count(None) == 3


@pytest.mark.parametrize("blank", [(1,), (4,), (1, 4)], ids=str)
def test_a_blank_among_villages_that_are_written_each_time_is_missing(blank, context):
    rows = blanked([line(one) for one in PEOPLE], *blank)

    reading = reading_of(listed(*rows), context)

    assert [number for number, row in enumerate(reading.rows) if row.outcome == "error"] == list(blank)


# --- nobody, totals, dates


@pytest.mark.parametrize("word", ["缺", "空缺", "暂缺", "（空缺）", "空岗", "待选"])
def test_a_vacant_post_is_nobody(word, context):
    vacant = ["桃林村", word, None, None, None, "村委委员", None, None]

    reading = reading_of(listed(*map(line, PEOPLE), vacant, line(PEOPLE[0], name="秦缺")), context)

    assert [row.excel_row for row in reading.rows] == [3, 4, 5, 6, 7, 8, 10]
    assert {row["excel_row"]: row["reason"] for row in reading.ignored_rows} == {9: "vacant"}


def test_an_example_in_the_first_row_is_nobody(context):
    rows = listed(
        ["例：茶富村", "张三", "男", "汉族", "350723198202043818", "书记", "2021.03", None], *map(line, PEOPLE)
    )

    assert [row.excel_row for row in reading_of(rows, context).rows] == [4, 5, 6, 7, 8, 9]


def test_how_many_of_them_is_a_total(context):
    rows = listed(*map(line, PEOPLE), [None, "合 计", "6人"], [None, "其中：女", 3, "党员", 5])

    reading = reading_of(rows, context)

    assert len(reading.rows) == 6
    assert [row["reason"] for row in reading.ignored_rows] == ["total", "total"]


@pytest.mark.parametrize(
    "text", ["2021.03至今", "2021年3月起", "2021.3-", "2021年3月—", "2021.03-至今", "2021年3月当选", "2021年3月换届", "自2021年3月", "2021.03以来"]
)  # fmt: skip
def test_since_a_month(text, context):
    assert reading_of(listed(line(PEOPLE[0], start_date=text)), context).rows[0].values["start_date"] == "2021-03"


@pytest.mark.parametrize("text", ["2021年换届", "2021.03-2024.05", "2021.3.5.8"])
def test_what_is_no_one_month_is_asked(text, context):
    row = reading_of(listed(line(PEOPLE[0], start_date=text)), context).rows[0]

    assert [found.code for found in row.problems] == ["bad_date"]


@pytest.mark.parametrize(("text", "date"), [("二〇二一年三月", "2021-03"), ("二○二一年十月", "2021-10"), ("二零二一年十二月五日", "2021-12-05"), ("一九九八年二十月", None)])  # fmt: skip
def test_a_date_in_words(text, date, context):
    assert reading_of(listed(line(PEOPLE[0], start_date=text)), context).rows[0].values["start_date"] == date


# --- words


@pytest.mark.parametrize(
    ("text", "posts"),
    [
        ("支委1、村委②", ["party_committee_member", "village_committee_member"]),
        ("监委主任", ["supervision_director"]),
        ("村支两委委员", ["party_committee_member", "village_committee_member"]),
        ("村副支书、村委员", ["party_deputy_secretary", "village_committee_member"]),
    ],
)
def test_posts_in_the_clerks_words(text, posts, context):
    row = reading_of(listed(line(PEOPLE[0], posts=text)), context).rows[0]

    assert (row.values["posts"], row.outcome) == (posts, "accept")


BODIES = (
    ("村党支部", "书记"),
    ("村党支部", "委员"),
    ("村委会", "主任"),
    ("村委会", "委员"),
    ("村务监督委员会", "主任"),
    ("村务监督委员会", "委员"),
)
OF_BODIES = ["party_secretary", "party_committee_member", "village_director", "village_committee_member", "supervision_director", "supervision_member"]  # fmt: skip


def test_bare_posts_under_the_heading_of_their_body(context):
    rows, before = [], None
    for (body, post), one in zip(BODIES, PEOPLE, strict=True):
        if body != before:
            rows.append([f"（{len(rows) + 1}）{body}（2人）"])
        rows.append(line(one, posts=post))
        before = body
    reading = reading_of(listed(*rows), context)

    assert [row.values["posts"] for row in reading.rows] == [[post] for post in OF_BODIES]


@pytest.mark.parametrize("header", ["班子", "所属班子", "组织名称"])
def test_bare_posts_beside_their_body(header, context):
    rows = [[header, *LABELS.values()]]
    rows += [[body, *line(one, posts=post)] for (body, post), one in zip(BODIES, PEOPLE, strict=True)]
    rows[2][0] = rows[4][0] = None
    reading = reading_of([TITLE, *rows], context, merges=("A3:A4", "A5:A6"))

    assert [row.values["posts"] for row in reading.rows] == [[post] for post in OF_BODIES]


def test_a_post_with_its_body_stays_of_it_under_another_heading(context):
    rows = [["村党支部"], line(PEOPLE[0], posts="村委会主任"), ["各村主干"], line(PEOPLE[1], posts="主任")]

    reading = reading_of(listed(*rows), context, merges=("A5:H5",))

    assert [row.values["posts"] for row in reading.rows] == [["village_director"]] * 2


@pytest.mark.parametrize(
    "headers",
    [
        ("职务1", "职务2", "职务3"),
        ("职务", "兼任职务", "兼任职务"),
        ("职务", "兼任职务一", "兼任职务二"),
        ("职务", "兼职", "其他职务"),
    ],
    ids="|".join,
)
def test_as_many_columns_of_posts_as_there_are(headers, context):
    rows = [["村", "姓名", "身份证号", *headers]]
    rows += [[one["village"], one["name"], one["id_number"], "支委", "文书", "村委"] for one in PEOPLE]
    reading = reading_of([TITLE, *rows], context)

    assert reading.rows[0].values["posts"] == ["party_committee_member", "village_committee_member", "clerk"]
    assert {row.outcome for row in reading.rows} == {"accept"}
    assert not reading.tables[0].doubts


EXTRA = {"education": "学历", "political_status": "政治面貌"}


def of_extra(name, text, context):
    rows = [[*LABELS.values(), EXTRA[name]], *([*line(one), text] for one in PEOPLE)]
    return reading_of(rows, context).rows[0]


@pytest.mark.parametrize(
    "text", ["大专（在读）", "电大", "党校", "高中（中专）", "函授本科", "中师", "本科（学士）", "大普"]
)
def test_what_is_no_level_is_asked(text, context):
    assert [found.code for found in of_extra("education", text, context).problems] == ["unknown_education"]


@pytest.mark.parametrize(
    ("text", "status"),
    [("共产党员", "party_member"), ("群众。", "masses"), ("普通群众", "masses"), ("中共党员（预备）", "probationary_party_member")],
)  # fmt: skip
def test_political_status_in_the_clerks_words(text, status, context):
    assert of_extra("political_status", text, context).values["political_status"] == status


@pytest.mark.parametrize("text", ["中共党员2015.06", "党员（2015.06）", "中共党员 2015年6月入党"])
def test_a_date_behind_the_status_is_said_not_to_be_read(text, context):
    row = of_extra("political_status", text, context)

    assert (row.values["political_status"], row.outcome) == ("party_member", "accept")
    assert "没有读" in row.hints[0].message


@pytest.mark.parametrize(
    "text",
    ["中共茶富村支部委员会", "中共寨里镇茶富村支部委员会", "中共光泽县寨里镇茶富村党支部", "茶富村党支部委员会", "茶富行政村", "茶富村1组", "茶富村第三村民小组", "茶富村上坪组", "茶富村上坪自然村"],
)  # fmt: skip
def test_a_village_by_its_branch_or_a_part_of_it(text, context):
    row = reading_of(listed(line(PEOPLE[0], village=text)), context).rows[0]

    assert (row.values["village"], row.outcome) == ("茶富村", "accept")


# --- numbers and names


@pytest.mark.parametrize("ending", [".0", "（已核）", "(本人)"])
def test_an_id_number_with_something_behind_it(ending, context):
    row = reading_of(listed(line(PEOPLE[0], id_number=PEOPLE[0]["id_number"] + ending)), context).rows[0]

    assert (row.values["id_number"], row.outcome) == (PEOPLE[0]["id_number"], "accept")


def test_a_full_stop_behind_a_phone(context):
    assert reading_of(listed(line(PEOPLE[0], phone="13900000001。")), context).rows[0].values["phone"] == "13900000001"


@pytest.mark.parametrize("text", ["张三\n李四", "张三、李四", "王小明/欧阳明", "张三，李四，王五"])
def test_two_people_in_one_cell_are_no_name(text, context):
    row = reading_of(listed(line(PEOPLE[0], name=text)), context).rows[0]

    assert [found.code for found in row.problems] == ["several_names"]


@pytest.mark.parametrize(("text", "name"), [("欧阳\n明", "欧阳明"), ("张\n三", "张三"), ("张三、", "张三"), ("*张三", "张三"), ("★ 张 三", "张三"), ("阿依古丽·买买提", "阿依古丽·买买提")])  # fmt: skip
def test_a_name_over_two_lines_is_one(text, name, context):
    assert reading_of(listed(line(PEOPLE[0], name=text)), context).rows[0].values["name"] == name
