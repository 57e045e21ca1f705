"""What the matcher reports as uncertain: what the evidence leaves open, and nothing else."""

import pytest
from hypothesis import HealthCheck, given, settings

from rosters import spec
from rosters.reading import read, read_workbook
from rosters.sandbox import Sheet, Workbook
from tests.rosters.kinds import workbooks
from tests.rosters.workbooks import PEOPLE, xlsx

UNITS = ("茶富村", "太银村", "茶富村", "大青村")


def doubts(kind, header, rows, context):
    """[(letter, fields)] of what is asked of a sheet."""
    workbook = Workbook("xlsx", [Sheet("Sheet1", rows=[list(header), *map(list, rows)])])
    reading = read_workbook(spec.get(kind), workbook, context)
    return [(doubt["letter"], doubt["fields"]) for table in reading.tables for doubt in table.doubts]


def table(*columns):
    """Four people: name and ID number, then the columns given, one text for each person."""
    return [[person[2], person[6], *cells] for person, cells in zip(PEOPLE, zip(*columns, strict=True), strict=True)]


@pytest.mark.parametrize(
    ("kind", "header", "columns", "asked"),
    [
        # The employer, or the village that one is sent to.
        ("stationed", ("姓名", "身份证号", "单位", "职务"), (UNITS, ["第一书记", *["队员"] * 3]), [("C", ["village", "dispatch_unit"])]),
        ("stationed", ("姓名", "身份证号", "单位", "派驻村", "职务"), (["县财政局"] * 4, UNITS, ["队员"] * 4), []),
        # Posts, or how one came to them.
        ("committee", ("姓名", "身份证号", "村", "任职情况"), (UNITS, ["支委", "村委", "新任", "连任"]), [("D", ["posts"])]),
        ("committee", ("姓名", "身份证号", "村", "任职情况"), (UNITS, ["支委", "村委", "文书", "主任"]), []),
        ("committee", ("姓名", "身份证号", "村", "职务", "任职情况"), (UNITS, ["支委"] * 4, ["新任", "连任"] * 2), []),
        # Which of two.
        ("committee", ("姓名", "身份证号", "村", "职务", "职 务"), (UNITS, ["支委"] * 4, ["村委"] * 4), [("E", ["posts"])]),
        ("committee", ("姓名", "身份证号", "村", "职务", "时间"), (UNITS, ["支委"] * 4, ["2021.03"] * 4), [("E", ["birth_date", "party_joined", "start_date"])]),
        # A required field whose header nobody knows, over cells of which half fit.
        ("committee", ("姓名", "身份证号", "村", "分工"), (UNITS, ["支委", "村委", "妇联", "民兵"]), [("D", ["posts"])]),
        # A second column of ID numbers.
        ("committee", ("姓名", "身份证号", "村", "职务", "本人证件"), (UNITS, ["支委"] * 4, [person[6] for person in PEOPLE]), [("E", ["id_number"])]),
        ("committee", ("姓名", "身份证号", "村", "职务", "配偶身份证号"), (UNITS, ["支委"] * 4, [person[6] for person in PEOPLE]), []),
    ],
)  # fmt: skip
def test_only_what_is_open_is_asked(context, kind, header, columns, asked):
    assert doubts(kind, header, table(*columns), context) == asked


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(made=workbooks())
def test_columns_under_known_headers_are_not_asked_about(context, made):
    reading = read_workbook(spec.get(made.kind), made.workbook, context)

    assert [table.doubts for table in reading.tables if table.doubts] == []


def test_one_slip_in_two_rows_under_a_plain_header_is_a_slip(context):
    header = ("乡镇", "推荐类型", "姓名", "身份证号", "推荐奖项", "主要事迹")
    rows = [
        ("寨里镇", "个人", PEOPLE[0][2], PEOPLE[0][6], "人才振兴奖", "带领群众发展茶叶"),
        ("寨里镇", "集体", "茶富村合作社", "", "贡献奖", "户均增收一万元"),
    ]

    assert doubts("nominees", header, rows, context) == []


@pytest.mark.parametrize(
    ("kind", "group", "leaves"),
    [
        ("stationed", "驻村时间", ("开始", "结束")),
        ("stationed", "派驻起止时间", ("起", "止")),
        ("committee", "任职时间", ("起始时间", "终止时间")),
    ],
)
def test_the_first_day_below_a_group_is_not_asked_about(context, kind, group, leaves):
    top = ["村", "姓名", "身份证号", "担任职务", group, None]
    post = {"stationed": "第一书记", "committee": "村委"}[kind]
    lines = [
        [place, person[2], person[6], post, "2025.05", "2027.05"] for place, person in zip(UNITS, PEOPLE, strict=True)
    ]
    book = xlsx([top, [None] * 4 + list(leaves), *lines], merges=("A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:F1"))

    reading = read(spec.get(kind), book, "名册.xlsx", context)

    assert not any(table.doubts for table in reading.tables)
    assert {row.values["start_date"] for row in reading.rows} == {"2025-05"}
