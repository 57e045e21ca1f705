"""Cards with every value below its label, a line of labels and a line of values in turn; one on a sheet, or several stacked."""

import pytest

from rosters import importer
from rosters.recognition import recognise
from rosters.sandbox import read_cells
from talent.models import Person
from tests.rosters.test_import_pages import confirm
from tests.rosters.test_labels_in_cells import same
from tests.rosters.test_shapes import LABELS, PEOPLE, TITLE, marked, page, reading_of, sent, wrong
from tests.rosters.workbooks import xls, xlsx

LINES = (("name", "sex", "ethnicity", "birth_date"), ("id_number", "phone", "political_status"), ("village", "posts", "start_date", "education"))  # fmt: skip


def card(one, lines=LINES):
    """Labels and values in turn."""
    return [cells for names in lines for cells in ([LABELS[name] for name in names], [one[name] for name in names])]


LAYOUTS = pytest.mark.parametrize(
    "lines",
    [
        LINES,
        (("name", "sex"), ("ethnicity", "birth_date"), ("id_number",), ("village", "phone"), ("political_status",), ("posts", "start_date"), ("education",)),
        (("village", "name", "id_number", "sex", "phone", "ethnicity"), ("posts", "start_date", "education", "birth_date", "political_status")),
    ],
    ids=["four", "few", "two lines"],
)  # fmt: skip


@LAYOUTS
@pytest.mark.parametrize("title", [[], [[TITLE]], [[TITLE], ["填报单位：寨里镇", None, "2026年8月"]]], ids=len)
def test_a_sheet_for_each_person(lines, title, context):
    sheets = ((f"表{number}", [*title, *card(one, lines), ["填表人：张三"]]) for number, one in enumerate(PEOPLE))

    reading = reading_of(xlsx(*sheets), context)

    assert same(reading, context)
    assert {row.outcome for row in reading.rows} == {"accept"}
    assert {table.shape for table in reading.tables} == {"form"}


@LAYOUTS
@pytest.mark.parametrize("gap", [[], [[]], [[], [TITLE]]], ids=len)
def test_one_below_the_other(lines, gap, context):
    rows = [[TITLE], *(row for one in PEOPLE for row in (*card(one, lines), *gap))]

    reading = reading_of(xlsx(rows), context)

    assert same(reading, context)
    assert len(reading.tables) == 3


def test_empty_rows_within_a_card(context):
    rows = [[TITLE], *card(PEOPLE[0])[:4], [], *card(PEOPLE[0])[4:], [], *card(PEOPLE[1]), [], *card(PEOPLE[2])]

    assert same(reading_of(xlsx(rows), context), context)


def test_wide_cells_a_photo_and_a_long_text(context):
    rows = [
        ["村干部登记表"],
        ["姓名", None, "性别", "民族", "照片"],
        [PEOPLE[0]["name"], None, "男", "汉族"],
        ["身份证号", None, "联系电话", "何时返乡"],
        [PEOPLE[0]["id_number"], None, PEOPLE[0]["phone"], "2019年"],
        ["所在村", None, "现任职务"],
        ["茶富村", None, "党支部书记"],
        ["工作简历"],
        ["1990年至今在村务农"],
        [],
        ["填表人：张三", None, None, "审核人：李四"],
    ]
    merges = ("A1:E1", "A2:B2", "A3:B3", "E2:E7", "A4:B4", "A5:B5", "A6:B6", "A7:B7", "A8:E8", "A9:E10")

    reading = reading_of(xlsx(rows, merges=merges), context)

    assert [(row.values["name"], row.values["village"], row.outcome) for row in reading.rows] == [
        (PEOPLE[0]["name"], "茶富村", "accept")
    ]
    assert reading.tables[0].columns["phone"] == "C5"
    assert set(reading.tables[0].unmapped) == {("D5", "何时返乡"), ("A9", "工作简历")}
    assert reading.rows[0].above["at"] == "2–10 行"


def test_an_empty_value_and_one_that_is_wrong(context):
    rows = card({**PEOPLE[0], "phone": None, "education": "不详", "ethnicity": None})

    row = reading_of(xlsx([[TITLE], *rows]), context).rows[0]

    assert (row.values["phone"], row.values["name"]) == (None, PEOPLE[0]["name"])


def test_side_by_side(context):
    rows = [
        [*left, *[None] * (5 - len(left)), *right] for left, right in zip(card(PEOPLE[0]), card(PEOPLE[1]), strict=True)
    ]
    rows = [[TITLE], *rows, [], *card(PEOPLE[2])]

    reading = reading_of(xlsx(rows), context)

    assert sorted(row.values["name"] for row in reading.rows) == sorted(one["name"] for one in PEOPLE)
    assert sorted(row.above["at"] for row in reading.rows) == ["A2–D7 格", "A9–D14 格", "F2–I7 格"]


def test_lists_of_one_below_each_other_are_lists(context):
    rows = [[TITLE]]
    for one in PEOPLE:
        rows += [
            ["姓名", "身份证号", "所在村", "现任职务"],
            [one[name] for name in ("name", "id_number", "village", "posts")],
        ]

    reading = reading_of(xlsx(rows), context)

    assert [table.shape for table in reading.tables] == [""] * len(reading.tables)
    assert [row.values["name"] for row in reading.rows] == [one["name"] for one in PEOPLE]


def test_it_is_known_for_what_it_is(context):
    assert recognise(read_cells(xls([["登记表"], *card(PEOPLE[0])])), context, "表.xls").roster.slug == "committee"


# --- through the pages


def test_into_the_ledger_corrected_and_marked_where_it_stands(clerk, client):
    people = [PEOPLE[0], {**PEOPLE[1], "id_number": wrong(PEOPLE[1]["id_number"])}, PEOPLE[2]]
    content = xlsx([[TITLE], *(row for one in people for row in (*card(one), []))])
    upload = sent(client, content)
    assert "A12 格" in page(client, "roster_preview", upload)

    importer.recheck(upload, {1: {"phone": "13900000009"}}, by=clerk)
    sheet = marked(client, upload).active
    assert "校验位不对" in sheet["A12"].comment.text
    assert sheet["B12"].value == "13900000009"

    importer.recheck(upload, {1: {"id_number": PEOPLE[1]["id_number"]}}, by=clerk)
    upload.refresh_from_db()
    confirm(client, upload)
    assert Person.objects.count() == 3
    people[1] = {**PEOPLE[1], "phone": "13900000009"}
    again = sent(client, xlsx([[TITLE], *(row for one in people for row in (*card(one), []))]), "再来.xlsx")
    assert (again.counts["new"], again.counts["changed"]) == (0, 0)
