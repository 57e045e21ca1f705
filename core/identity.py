"""公民身份号码 (GB 11643) and 统一社会信用代码 (GB 32100): parse, check digit, birth, sex, mask."""

import datetime
import re
from functools import lru_cache
from operator import mul

ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
WEIGHED_ZEROS = ord("0") * sum(ID_WEIGHTS)
ID_CHECKS = "10X98765432"
CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
LONG_NUMBER = re.compile(r"[0-9]{11}")
PERSONAL = re.compile(r"(?<![0-9])(?:(?P<id>[0-9]{17}[0-9Xx]|[0-9]{15})|(?P<phone>1[3-9][0-9]{9}))(?![0-9])")
DATES_REMEMBERED = 50_000  # those of a century, and fewer places and orders than that
ID_SHAPE = re.compile(r"[0-9]{17}[0-9X]")


def id_check_digit(body):
    """The 18th character for the first 17 digits of an ID number (GB 11643-1999)."""
    weight = _weight_of(body[:6]) + _weight_of(body[6:14], 6) + _weight_of(body[14:], 14)
    return ID_CHECKS[(weight - WEIGHED_ZEROS) % 11]


@lru_cache(maxsize=DATES_REMEMBERED)  # places, dates and orders repeat; a whole number is never kept
def _weight_of(digits, start=0):
    return sum(map(mul, ID_WEIGHTS[start:], digits.encode()))


def id_birth(number):
    """Birth date in an 18-character ID number, or None when its eight digits are no date."""
    return _date_of(number[6:14])


@lru_cache(maxsize=DATES_REMEMBERED)  # of the dates alone: whose they are is not kept
def _date_of(digits):
    try:
        return datetime.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def id_sex(number):
    """The sex, male or female, by the 17th digit."""
    return "male" if int(number[16]) % 2 else "female"


@lru_cache(maxsize=4)  # the checks of one row ask several times running; nobody's number is kept longer than that
def id_problem(number):
    """Why `number` is not a valid ID number: "id_length", "id_birth_invalid", "id_checksum"; None when it is valid."""
    if not ID_SHAPE.fullmatch(number):
        return "id_length"
    if id_birth(number) is None:
        return "id_birth_invalid"
    if id_check_digit(number[:17]) != number[17]:
        return "id_checksum"
    return None


def credit_check_character(body):
    """The 18th character for the first 17 of a unified social credit code (GB 32100-2015)."""
    total = sum(weight * CREDIT_ALPHABET.index(char) for weight, char in zip(CREDIT_WEIGHTS, body, strict=True))
    return CREDIT_ALPHABET[-total % 31]


def credit_code_valid(code):
    """True when `code` is 18 characters of the standard's alphabet with the right check character."""
    if len(code) != 18 or any(char not in CREDIT_ALPHABET for char in code):
        return False
    return credit_check_character(code[:17]) == code[17]


def mask_id(number):
    """Six first and four last characters, stars between: 350723********1234."""
    return f"{number[:6]}{'*' * max(len(number) - 10, 4)}{number[-4:]}" if len(number) > 10 else "*" * len(number)


def mask_phone(phone):
    """Three first and four last digits, stars between: 139****1234."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) > 7 else "*" * len(phone)


def mask_personal(value):
    """An ID number or a phone, whichever it is by its length, masked."""
    return mask_id(value) if len(value) >= 15 else mask_phone(value)


def mask_text(text):
    """`text` with every ID number and mobile number in it masked: for logs, audit lines and free text."""
    if not LONG_NUMBER.search(text):
        return text
    return PERSONAL.sub(lambda found: mask_id(found[0]) if found["id"] else mask_phone(found[0]), text)
