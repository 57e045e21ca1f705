"""公民身份号码 (GB 11643), 统一社会信用代码 (GB 32100), masks, and names read as surnames."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import identity, text
from tests.factories import id_number

DAYS = st.dates(datetime.date(1900, 1, 1), datetime.date(2030, 12, 31))
BODIES = st.builds("{:06d}{:%Y%m%d}{:03d}".format, st.integers(0, 999999), DAYS, st.integers(0, 999))


def check_digit_by_the_standard(body):
    """GB 11643-1999, 4.3 and its table 2, written out: Σ aᵢ·Wᵢ + a₁ ≡ 1 (mod 11), Wᵢ = 2^(i−1) mod 11."""
    rest = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(body)) % 11
    last = (1 - rest) % 11
    return "X" if last == 10 else str(last)


def test_ten_thousand_numbers_are_valid_and_each_other_check_digit_is_not():
    for serial in range(10_000):
        born = datetime.date(1930, 1, 1) + datetime.timedelta(days=serial * 3)
        number = id_number(born, "male" if serial % 2 else "female", prefix="3507")

        assert identity.id_problem(number) is None
        assert check_digit_by_the_standard(number[:17]) == number[17]
        assert identity.id_birth(number) == born
        wrong = {identity.id_problem(number[:17] + last) for last in identity.ID_CHECKS if last != number[17]}
        assert wrong == {"id_checksum"}


@given(BODIES)
def test_check_digit_is_the_standards(body):
    assert identity.id_check_digit(body) == check_digit_by_the_standard(body)


@given(BODIES, st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(body, place, by):
    number = body + identity.id_check_digit(body)

    wrong = number[:place] + str((int(number[place]) + by) % 10) + number[place + 1 :]

    assert identity.id_problem(wrong) in {"id_checksum", "id_birth_invalid"}


@given(BODIES, st.integers(0, 15))
def test_two_neighbours_swapped_are_always_found(body, place):
    number = body + identity.id_check_digit(body)
    if number[place] != number[place + 1]:
        wrong = number[:place] + number[place + 1] + number[place] + number[place + 2 :]

        assert identity.id_problem(wrong) in {"id_checksum", "id_birth_invalid"}


@given(st.text(max_size=20))
def test_any_text_has_an_answer(number):
    assert identity.id_problem(number) in {None, "id_length", "id_birth_invalid", "id_checksum"}


@pytest.mark.parametrize(
    ("number", "problem"),
    [
        ("11010519491231002X", None),  # the example of GB 11643-1999
        ("440524188001010014", None),  # the standard's second example
        ("11010519491231002x", "id_length"),
        ("110105491231002", "id_length"),
        ("110105194912310021", "id_checksum"),
        ("110105194913310027", "id_birth_invalid"),
        ("110105202302290021", "id_birth_invalid"),
        ("１10105194912310021", "id_length"),
        ("", "id_length"),
    ],
)
def test_id_numbers_one_by_one(number, problem):
    assert identity.id_problem(number) == problem


def test_sex_by_the_seventeenth_digit():
    assert identity.id_sex("11010519491231002X") == "female"
    assert identity.id_sex(id_number(sex="male")) == "male"


@pytest.mark.parametrize(
    ("code", "valid"),
    [
        ("91350100M000100Y43", True),  # the example of GB 32100-2015
        ("91350100M000100Y44", False),
        ("91350100M000100Y4", False),
        ("91350100I000100Y43", False),  # I, O, S, V, Z are not in its alphabet
        ("91350100m000100y43", False),
        ("", False),
    ],
)
def test_credit_codes(code, valid):
    assert identity.credit_code_valid(code) is valid


def test_masks_keep_the_ends():
    assert identity.mask_id("350723198005061234") == "350723********1234"
    assert identity.mask_phone("13900001234") == "139****1234"
    assert identity.mask_personal("0599-1234567") == "059****4567"


@given(st.text(alphabet="0123456789X-", max_size=25))
def test_a_mask_never_shows_the_whole(value):
    assert len(value) < 1 or identity.mask_personal(value) != value


def test_text_for_the_log_is_masked_whatever_surrounds_it():
    number = id_number()

    masked = identity.mask_text(f"张三{number}，电话13900001234。编号123456789012345678901")

    assert number not in masked
    assert "13900001234" not in masked
    assert "123456789012345678901" in masked


@pytest.mark.parametrize(
    ("name", "pinyin", "initials"),
    [
        ("单志强", "shanzhiqiang", "szq"),
        ("仇和平", "qiuheping", "qhp"),
        ("解小云", "xiexiaoyun", "xxy"),
        ("查金山", "zhajinshan", "zjs"),
        ("曾国平", "zengguoping", "zgp"),
        ("朴永日", "piaoyongri", "pyr"),
        ("区少华", "oushaohua", "osh"),
        ("吕布", "lvbu", "lb"),
        ("尉迟恭", "yuchigong", "ycg"),
    ],
)
def test_surnames_sound_as_surnames(name, pinyin, initials):
    assert text.pinyin(name) == pinyin
    assert text.initials(name) == initials


def test_names_are_kept_whole():
    assert text.person_name(" 买买提 •  吐尔逊 ") == "买买提·吐尔逊"
    assert text.person_name("张\u200b三\u202e") == "张三"
    assert text.person_name("𠮷田𬱖") == "𠮷田𬱖"


# Characters with several readings and words that pypinyin knows, beside any at all.
CHARACTERS = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5) | st.sampled_from(
    "张志强美丽建国行乐重长朝曾单和得·Ab"
)


@given(st.text(CHARACTERS, min_size=1, max_size=5))
def test_names_are_read_as_pypinyin_reads_them(name):
    from pypinyin import Style, lazy_pinyin

    assert list(text.lazy_pinyin(name)) == lazy_pinyin(name, style=Style.NORMAL)
