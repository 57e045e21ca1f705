"""Name, ID number and phone of a person."""

import re

from core.identity import id_problem
from core.text import person_name
from rosters.cleaning.base import LONGEST_VALUE, as_text, is_blank, plain_kind, quote, squeeze
from rosters.cleaning.ditto import is_ditto
from rosters.problems import Found

FULL_WIDTH = {0x3000: 0x20, **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}}
NAME = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]{2,4}|[\u3400-\u9fff·]{2,25}")
# 吴荣（女）, in rosters without a column for it.
SEX_REMARK = re.compile(r"\([男女]性?\)$")
AROUND_NAMES = "'‘’`*★☆▲△●○◆◇■□、，,。;；:："  # marks of lists and of who is meant by a note below
BETWEEN_NAMES = re.compile(r"[\n、，,/;；|]")
CROSSES = str.maketrans({"×": "X", "✕": "X", "х": "X", "Х": "X", "*": "*"})
# 350723…8.0 out of a .csv, 350723…8（已核）.
ID_REMARK = re.compile(r"(?<=\d{17}[\dXx])(\.0|\([^()]{0,10}\))$")
SCIENTIFIC = re.compile(r"\d(\.\d*)?E\+?1[67]", re.IGNORECASE)
MOBILE = re.compile(r"1[3-9]\d{9}")
ID_LIKE = re.compile(r"\d{17}[\dXx×]|\d{15}|\d(\.\d+)?[Ee]\+1[67]")
MOBILES = re.compile(r"(?<!\d)(?:1[3-9]\d{9}){1,9}(?!\d)")  # several, with or without something between them
HYPHENS = re.compile(r"[-‐‑‒–—―－]")
FEWEST_DIGITS_OF_A_ROUNDED_ID = 10**16

# The most frequent surnames (about nine in ten people): evidence for a column of names, never a check.
SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖"
    "贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹"
    "申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司"
    "卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑"
    "上诸司欧令皇尉公赫澹慕独夏买阿热木艾"
)
ROUNDED = Found(
    "id_rounded",
    "身份证号末几位已被表格软件改成 0，原号码无法还原。请把该列设为“文本”格式，对照身份证重新填写 18 位号码",
)


def _same_as_above(raw, what):
    """“同上” says of no two people the same."""
    return Found("ditto_of_a_person", f"写的是{quote(raw)}，{what}不能照上一行读，请写全")


def clean_name(raw):
    """A name without blanks, the dot always ·; rare Han stay byte for byte."""
    if is_ditto(raw):
        return None, _same_as_above(raw, "姓名")
    if is_blank(raw):
        return None, None
    text = as_text(raw).translate(FULL_WIDTH).strip(AROUND_NAMES)
    if not text.isalnum() and (several := _people_in(text)):
        return None, Found("several_names", f"一格里写了 {len(several)} 个人（{'、'.join(several)}），请一人一行")
    return SEX_REMARK.sub("", person_name(text)) or None, None


def _people_in(text):
    """The names in a cell that holds more than one; a line break within a name (欧阳⏎明) divides none."""
    parts = [part for part in map(person_name, BETWEEN_NAMES.split(text)) if part]
    return parts if len(parts) > 1 and all(map(looks_like_name, parts)) else []


def clean_id_number(raw):
    """An 18-character ID number, X upper case. Wrong ones are kept as typed, destroyed ones are not."""
    if is_ditto(raw):
        return None, _same_as_above(raw, "身份证号")
    if is_blank(raw):
        return None, None
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        if abs(raw) >= FEWEST_DIGITS_OF_A_ROUNDED_ID:
            return None, ROUNDED
        return _judge(as_text(raw))
    text = ID_REMARK.sub("", squeeze(raw))
    if SCIENTIFIC.fullmatch(text):
        return None, ROUNDED
    return _judge(HYPHENS.sub("", text).translate(CROSSES).upper())


def _judge(number):
    code = id_problem(number)
    if code is None:
        return number, None
    if code != "id_length" and number.endswith("000"):
        return None, ROUNDED
    return number, Found(code, _id_message(code, number))


def _id_message(code, number):
    if code == "id_birth_invalid":
        return "第 7 至 14 位不是一个真实的日期，请对照身份证改正"
    if code == "id_checksum":
        return "校验位不对，通常是某一位抄错了，请对照身份证逐位核对"
    if "*" in number:
        return "身份证号打了星号，请填写完整的 18 位号码"
    if re.fullmatch(r"\d{15}", number):
        return "是 15 位的旧身份证号，请填写现在的 18 位号码"
    if re.fullmatch(r"\d*X?", number):
        return f"有 {len(number)} 位，应为 18 位，请对照身份证{'补全' if len(number) < 18 else '改正'}"
    return "含有数字和 X 以外的字符，请只填 18 位身份证号码"


def clean_phone(raw):
    """Digits of a mobile number. Anything else is kept, cleaned, with a warning: the row is still good."""
    if is_ditto(raw):
        return None, Found(
            "phone_format", f"写的是{quote(raw)}，电话不能照上一行读，请填写本人的 11 位手机号，没有可留空"
        )
    if is_blank(raw):
        return None, None
    text = HYPHENS.sub("", squeeze(raw)).removeprefix("+86").removesuffix(".0").rstrip("。.,，、;；")
    if MOBILE.fullmatch(text):
        return text, None
    several = mobiles_in(text)
    if len(several) < 2:
        return text, Found("phone_format", _phone_message(text))
    return several[0], _second_phone(several)


def mobiles_in(text):
    """The whole mobile numbers in a squeezed text, from left to right."""
    found = "".join(MOBILES.findall(HYPHENS.sub("", text).replace("+86", "/")))
    return [found[start : start + 11] for start in range(0, len(found), 11)]


def _second_phone(several):
    first, *others = dict.fromkeys(several)
    if not others:
        return None
    told = f"读了第一个{quote(first)}，没有读{'、'.join(map(quote, others))}"
    return Found("phone_format", f"一格里有 {len(others) + 1} 个号码，{told}；要换就只留一个")


def is_misspelt_phone(row):
    """True when the phone of a checked row is no mobile number: it stays out of the ledger."""
    phone = row.values.get("phone")
    return any(found.code == "phone_format" for found in row.problems) and not (phone and MOBILE.fullmatch(phone))


def _phone_message(text):
    if re.fullmatch(r"1\d+", text) and len(text) != 11:
        return f"手机号有 {len(text)} 位，应为 11 位，请核对"
    if re.fullmatch(r"0\d{9,11}|[2-8]\d{6,7}", text):
        return "这是固定电话，请填写本人的 11 位手机号，没有可留空"
    if len(re.findall(r"\d{6,}", text)) > 1:
        return "一格里有两个号码，请只留一个 11 位手机号"
    return "不是 11 位手机号（1 开头），请改正，没有可留空"


def looks_like_phone(text):
    return len(text) <= LONGEST_VALUE and bool(mobiles_in(squeeze(text)))


def looks_like_id(text):
    return bool(ID_LIKE.fullmatch(squeeze(text)))


def looks_like_name(text):
    """Two to four Han of which the first is a common surname, or a minority name with its dot."""
    name = person_name(text)
    return bool(NAME.fullmatch(name)) and ("·" in name or name[0] in SURNAMES)


name = plain_kind("name", clean_name, looks_like_name)
id_number = plain_kind("id_number", clean_id_number, looks_like_id)
phone = plain_kind("phone", clean_phone, looks_like_phone)
