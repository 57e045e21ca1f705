"""Lists in which everybody takes two rows, with two rows of labels above: read as one row for each person."""

import pytest

from rosters import importer
from rosters.recognition import recognise
from rosters.sandbox import read_cells
from talent.models import Person
from tests.rosters.layouts import person
from tests.rosters.test_import_pages import confirm
from tests.rosters.test_labels_in_cells import same
from tests.rosters.test_shapes import (
    LABELS,
    PEOPLE,
    TITLE,
    marked,
    page,
    reading_of,
    sent,
    wrong,
)
from tests.rosters.workbooks import xlsx

# Labels of the first line and of the second, in the columns where they stand; None where the first reaches down.
MERGED = (("序号", "name", "village", "sex", "birth_date", "id_number"), (None, None, "phone", "ethnicity", "start_date", "posts"), ("education", "political_status"))  # fmt: skip
FULL = (("village", "sex", "name", "ethnicity", "birth_date", "posts"), ("id_number", "education", "phone", "political_status", "start_date", None))  # fmt: skip


def cells(one, names, number):
    return [number if name == "序号" else one[name] if name else None for name in names]


def header(names):
    return [LABELS.get(name, name) for name in names]


def book(people, upper, lower, more=()):
    """(rows, merges) below a title."""
    rows = [
        [TITLE],
        [*header(upper), *(LABELS[name] for name in more[:1])],
        [*header(lower), *(LABELS[name] for name in more[1:])],
    ]
    for number, one in enumerate(people, 1):
        rows += [
            [*cells(one, upper, number), *(one[name] for name in more[:1])],
            [*cells(one, lower, number), *(one[name] for name in more[1:])],
        ]
    merges = [
        f"{letter}{row}:{letter}{row + 1}"
        for row in range(2, len(rows), 2)
        for letter, name in zip("ABCDEF", lower, strict=True)
        if name is None
    ]
    return rows, merges


@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize(("upper", "lower", "more"), [MERGED, (*FULL, ())], ids=["name over both", "full"])
def test_everybody_takes_two_rows(upper, lower, more, merged, context):
    rows, merges = book(PEOPLE, upper, lower, more)

    reading = reading_of(xlsx(rows, merges=merges if merged else ()), context)

    assert same(reading, context)
    assert {table.shape for table in reading.tables} == {"paired"}
    assert [row.above["at"] for row in reading.rows] == ["4–5 行", "6–7 行", "8–9 行"]


def test_pages_sections_totals_and_footers(context):
    people = [person(number, "茶富村") for number in range(60, 66)]
    rows, _ = book(people, *MERGED)
    head = rows[1:3]
    rows[7:7] = head
    rows += [["合计", "6人"], [], ["填表人：张三", None, None, "审核人：李四"]]

    reading = reading_of(xlsx(rows), context)

    assert [row.values["name"] for row in reading.rows] == [one["name"] for one in people]
    assert {row.outcome for row in reading.rows} == {"accept"}
    assert [row.excel_row for row in reading.rows] == [4, 6, 10, 12, 14, 16]
    assert {row["excel_row"]: row["reason"] for row in reading.ignored_rows} == {
        8: "repeated_header",
        16 + 2: "total",
        19: "blank",
        20: "footnote",
    }


def test_somebody_without_a_second_row_and_one_with_little_in_it(context):
    rows, _ = book(PEOPLE, *MERGED)
    rows[6][2:] = [PEOPLE[1]["phone"], None, None, "文书"]
    del rows[8]

    reading = reading_of(xlsx(rows), context)

    assert [row.values["name"] for row in reading.rows] == [one["name"] for one in PEOPLE]
    assert reading.rows[2].values["phone"] is None


def test_one_without_a_second_row_among_others_that_are_full(context):
    people = [person(number, "茶富村") for number in range(60, 66)]
    rows, _ = book(people, *FULL)
    del rows[3 + 2 * 2 + 1]

    reading = reading_of(xlsx(rows), context)

    assert [row.values["name"] for row in reading.rows] == [one["name"] for one in people]
    assert [row.outcome for row in reading.rows] == ["accept", "accept", "error", "accept", "accept", "accept"]


def test_a_village_merged_over_all_its_people(context):
    upper, lower = ("village", "name", "sex", "id_number"), (None, None, "phone", "posts")
    rows, _ = book(PEOPLE[:2], (*upper, "birth_date", "ethnicity"), (*lower, "education", "political_status"))
    for row in (4, 5, 6):
        rows[row][0] = None

    reading = reading_of(xlsx(rows, merges=("A4:A7", "B4:B5", "B6:B7", "A2:A3", "B2:B3")), context)

    assert [row.values["village"] for row in reading.rows] == ["茶富村", "茶富村"]
    assert {row.outcome for row in reading.rows} == {"accept"}


@pytest.mark.parametrize("merges", [(), ("A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:F3")])
def test_a_header_of_two_rows_is_none(merges, context):
    head = [["所在村", "姓名", "身份证号", "职务", None, "联系电话"], [None, None, None, "党内职务", "行政职务", None]]
    people = [[one["village"], one["name"], one["id_number"], "支委", "村委委员", one["phone"]] for one in PEOPLE]

    reading = reading_of(xlsx([[TITLE], *head, *people], merges=merges), context)

    assert [table.shape for table in reading.tables] == [""]
    assert len(reading.rows) == 3


def test_it_is_known_for_what_it_is(context):
    rows, merges = book(PEOPLE, *MERGED)

    assert recognise(read_cells(xlsx(rows, merges=merges)), context, "表.xlsx").roster.slug == "committee"


# --- through the pages


def test_into_the_ledger_corrected_and_marked_where_it_stands(clerk, client):
    people = [PEOPLE[0], {**PEOPLE[1], "id_number": wrong(PEOPLE[1]["id_number"]), "phone": "139"}, PEOPLE[2]]
    rows, merges = book(people, *FULL)
    upload = sent(client, xlsx(rows, merges=merges))
    text = page(client, "roster_preview", upload)
    assert "一人占两行，已并成一行来读" in text
    assert "第二行 A 列" in text

    importer.recheck(upload, {1: {"phone": "13900000009", "posts": "党支部书记"}}, by=clerk)
    sheet = marked(client, upload).active
    assert "校验位不对" in sheet["A7"].comment.text
    assert sheet["C7"].value == "13900000009"
    assert sheet["F6"].value == "党支部书记"

    importer.recheck(upload, {1: {"id_number": PEOPLE[1]["id_number"], "posts": None}}, by=clerk)
    upload.refresh_from_db()
    confirm(client, upload)
    assert Person.objects.count() == 3
    again = sent(
        client, xlsx(book([PEOPLE[0], {**PEOPLE[1], "phone": "13900000009"}, PEOPLE[2]], *FULL)[0]), "再来.xlsx"
    )
    assert (again.counts["new"], again.counts["changed"]) == (0, 0)


def test_the_columns_of_the_second_row_can_be_told(clerk, client):
    rows, merges = book(PEOPLE, *FULL)
    rows[2][4] = "时间"
    upload = sent(client, xlsx(rows, merges=merges))

    assert "第二行 E 列：表头“时间”没有写明是哪一项" in page(client, "roster_mapping", upload)
