"""Rows that belong to the frame of a table, not to its data: totals, footers, sub-headings, empty lines."""

import re
from dataclasses import dataclass
from itertools import pairwise

from rosters.cleaning import as_text, is_blank, squeeze
from rosters.reader.evidence import ID_LIKE, is_data_like

TOTAL = re.compile(
    r".{0,10}?(小计|合计|总计|共计|累计)(人数|总数|人次|数)?[:：(（]?.{0,12}|(总人数|人数合计).{0,6}|其中[:：].{0,8}"
)
# Behind a first text, as in 寨里镇 | 小计; 累计任职10年 is a remark.
LATER_TOTAL = re.compile(r"(本?[村镇乡页社区]{1,2})?(小计|合计|总计|共计)(人数|总数|人次|数)?[:：(（]?.{0,8}")
SUBTOTAL = re.compile(r".{0,10}?小计")
NOTE = re.compile(r"(备注|说明|注|注释|附注|填表说明|填报说明|填表要求|注意事项|注意|要求)(\d|[:：.、]|[一二三]、|①|$)")
SIGNATURE = re.compile(
    r".{0,6}?(填表人|填报人|制表人|审核人|审批人|复核人|审签人|负责人|经办人|联系人|联系电话|填表日期|制表日期|填报日期|填表时间|"
    r"制表时间|填报时间|上报时间|上报日期|报送日期|报送时间|分管领导|主要领导|领导签字|签字|签名|签章|盖章|填表|制表|审核|核对人|校对人|"
    r"填报单位|填表单位|报送单位|单位公章|公章|书记签字|统计人)[(（]?.{0,8}?[)）]?[:：]"
)
SIGNER = re.compile(r"(填表人|填报人|制表人|审核人|复核人|经办人|填报单位|制表日期|填表日期|填报日期)")
GUIDANCE = re.compile(r"\([^()]*\)|必填|选填|非必填|文本|下拉选择|自动计算|格式[:：]?.*|[如例][:：]?.*|填写.*")
EXAMPLE = re.compile(r"(填写)?(示例|样例|范例|例如|举例|例)([:：].{0,20})?")
HEADING_NUMBER = re.compile(r"^[(（]?[一二三四五六七八九十百\d]+[)）]?[、.．,，:：]?(?=[^\d])")
HEADING_TAIL = re.compile(r"[(（\[【].*[)）\]】]$|共?\d+人$|[:：]+$")
PLACE_LABEL = r"(村名|所在村|所属村|村别|行政村|村社区|村\(社区\)|乡镇|单位|所属乡镇|村社区名称|村居)"
HEADING_LEAD = re.compile(f"^{PLACE_LABEL}[:：]")
LABEL = re.compile(f"{PLACE_LABEL}[:：]?")
PLACE_ENDING = re.compile(r"(村|社区|居委会|村委会|村民委员会|居民委员会|生活区|林场|农场)$")
TOWNSHIP_ENDING = re.compile(r"(镇|乡|街道)$")
VACANT = re.compile(r"[(（]?(缺|空缺|暂缺|缺额|缺位|缺员|空岗|空编|待选|待补选?|待定)[)）]?")
COUNT = re.compile(r"共?\(?\d{1,5}(人|名|个|户|村)?\)?")
SENTENCE = re.compile(r"[。；;，]|^\d+[.、]\D|^[*★※]")
PERSON_FIELDS = ("name", "id_number")
LONGEST_HEADING = 30
LONGEST_LINE = 200
LONGEST_NAME = 4


@dataclass(frozen=True)
class Heading:
    """A row of its own that says something about the rows below: a place or a section."""

    reason: str
    text: str
    township: str | None = None
    village: str | None = None


def total_reason(texts):
    """subtotal or total when one of the first texts of the row is such a word."""
    words = [text for _, text in texts if not COUNT.fullmatch(text)][:3]
    for place, text in enumerate(words):
        pattern = TOTAL if place == 0 else LATER_TOTAL
        if len(text) <= 24 and pattern.fullmatch(text):
            return "subtotal" if SUBTOTAL.match(text) else "total"
    return None


def is_footnote(texts):
    """填表人：…, 备注：… and the like; never a row with an ID number in it."""
    if any(ID_LIKE.fullmatch(text) for _, text in texts):
        return False
    first = texts[0][1]
    if NOTE.match(first) and len(texts) <= 3:
        return True
    if SIGNER.match(first) and len(texts) <= 6:
        return True
    return len(texts) <= 8 and any(SIGNATURE.match(text) for _, text in texts[:6]) and not _has_data(texts)


def _has_data(texts):
    return sum(1 for _, text in texts if text in ("男", "女")) > 0


def is_column_numbers(cells):
    """1 2 3 4 … or (1) (2) …, as official forms number their columns below the header."""
    numbers = [squeeze(as_text(cell)).strip("()（）") for _, cell in cells]
    digits = [int(text) for text in numbers if text.isdigit() and len(text) <= 3]
    if len(digits) < 3 or len(digits) < len(numbers) - 2:
        return False
    return digits[0] in (0, 1, 2) and all(after - before == 1 for before, after in pairwise(digits))


def is_guidance(texts):
    """（必填） （18位） 格式：1985.06 below each header: how to fill in, before the first row of data."""
    return len(texts) >= 2 and all(GUIDANCE.fullmatch(text) for _, text in texts)


def is_head_count(texts):
    """Nothing but 54人, 3户: a total without its word."""
    return all(COUNT.fullmatch(text) for _, text in texts) and not any(text.isdigit() for _, text in texts)


def is_example(texts):
    return bool(EXAMPLE.fullmatch(texts[0][1]))


def bare_heading(text):
    """一、山头村（5人） → 山头村."""
    text = squeeze(as_text(text))
    if len(text) > LONGEST_LINE:
        return text
    text = HEADING_NUMBER.sub("", text)
    text = HEADING_LEAD.sub("", text)
    for _ in range(2):
        text = HEADING_TAIL.sub("", text)
    return text


def lone_text(grid, row):
    """(column, text) of the only text of a row, running numbers and head counts aside; None when there are more."""
    texts = [(column, text) for column, text in grid.texts(row) if not COUNT.fullmatch(text)]
    return texts[0] if len(texts) == 1 else None


def read_heading(grid, row, gazetteer, township, mapped):
    """The heading that a row with a lone text is, or None when it is data with one cell filled.

    `township` is the one in force, `mapped` tells the field of a column.
    """
    found = lone_text(grid, row)
    if found is None or continues_a_person(grid, row, mapped):
        return None
    column, text = found
    if len(text) > LONGEST_LINE:
        return Heading("footnote", text) if grid.across(row, column) > 1 or column not in mapped else None
    wide = grid.across(row, column) > 1
    bare = bare_heading(text)
    if mapped.get(column) in ("village", "township") and not wide:
        return None
    place = _place(bare, gazetteer, township)
    if place:
        return Heading("subheading", text, *place)
    if not wide and mapped.get(column) and not _stands_like_a_heading(grid, column, text):
        return None
    if is_data_like(grid.raw(row, column)) and not wide:
        return None
    if len(bare) <= 12 and PLACE_ENDING.search(bare) and not SENTENCE.search(text):
        return Heading("subheading", text, None, bare)
    if len(bare) <= 8 and TOWNSHIP_ENDING.search(bare) and not SENTENCE.search(text):
        return Heading("subheading", text, bare, None)
    if (SENTENCE.search(text.rstrip("。")) and not HEADING_NUMBER.match(text)) or len(text) > LONGEST_HEADING:
        return Heading("footnote", text)
    return Heading("section_heading", text)


def labelled_place(texts, gazetteer, township):
    """村名 | 太银村 | …, a label and what it labels in cells of their own: the heading that they are, or None."""
    place = _place(bare_heading(texts[1][1]), gazetteer, township)
    return Heading("subheading", texts[1][1], *place) if place else None


def named_place(text, gazetteer, township):
    """村名：太银村 in one cell, whatever stands in those beside it (书记：李四): the heading that it is, or None."""
    place = _place(bare_heading(text), gazetteer, township) if HEADING_LEAD.match(squeeze(as_text(text))) else None
    return Heading("subheading", text, *place) if place else None


def place_above_header(text, gazetteer, township):
    """What a line above a header that is printed again says of the rows below it: the place that it is or mentions."""
    place = _place(bare_heading(text), gazetteer, township)
    if place is None and (village := gazetteer.village_mentioned(text, township)):
        place = None, village
    return Heading("subheading", text, *place) if place else None


def continues_a_person(grid, row, mapped):
    """A merged name or ID number reaches into the row: a further post of the person above."""
    return any(grid.is_merged_down(row, column) for column, name in mapped.items() if name in PERSON_FIELDS)


def _stands_like_a_heading(grid, column, text):
    """In the first column, and no name of a person: further right a lone text is a row with one cell filled."""
    return column == grid.columns[0] and (len(text) > LONGEST_NAME or bool(SENTENCE.search(text)))


def _place(bare, gazetteer, township):
    """(township, village) when the text is the name of one."""
    if not bare or is_blank(bare):
        return None
    named = gazetteer.township_named(bare)
    if named and not gazetteer.is_village(bare, township):
        return named, None
    if gazetteer.is_village(bare, township) or gazetteer.is_village(bare):
        return None, bare
    split = gazetteer.resolve("", bare)
    if split.township_in_cell and split.village:
        return split.township, split.village
    return None
