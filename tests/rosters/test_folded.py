"""Wide tables folded in two: further down or on the next sheet the other columns of the same people in the same order."""

import pytest
from django.urls import reverse

from rosters import importer
from rosters.recognition import recognise
from rosters.sandbox import read_cells
from talent.models import Person
from tests.rosters.test_import_pages import confirm
from tests.rosters.test_labels_in_cells import same
from tests.rosters.test_shapes import LABELS, PEOPLE, TITLE, marked, page, reading_of, sent, wrong
from tests.rosters.workbooks import xls, xlsx

FIRST = ("序号", "village", "name", "sex", "ethnicity", "birth_date", "id_number")
SECOND = ("序号", "name", "political_status", "education", "posts", "start_date", "phone")


def part(people, names):
    head = [LABELS.get(name, name) for name in names]
    return [
        head,
        *([number if name == "序号" else one[name] for name in names] for number, one in enumerate(people, 1)),
    ]


def below(people=PEOPLE, between=((), ("（续表）",)), second=None):
    return [[TITLE], *part(people, FIRST), *map(list, between), *part(second or people, SECOND)]


def sheets(people=PEOPLE, second=None):
    return ("第一页", [[TITLE], *part(people, FIRST)]), ("第二页", [[TITLE], *part(second or people, SECOND)])


@pytest.mark.parametrize("between", [((),), ((), ("（续表）",)), ((), (), (TITLE,))], ids=len)
def test_further_down(between, context):
    reading = reading_of(xlsx(below(between=between)), context)

    assert same(reading, context)
    assert [row.excel_row for row in reading.rows] == [3, 4, 5]
    assert [table.shape for table in reading.tables] == ["folded"]
    assert (reading.tables[0].columns["name"], reading.tables[0].columns["phone"]) == ("C", "G/2")


def test_on_the_next_sheet(context):
    reading = reading_of(xlsx(*sheets()), context)

    assert same(reading, context)
    assert {row.sheet for row in reading.rows} == {"第一页"}
    assert reading.ignored_sheets == ()


def test_in_three_parts_for_each_of_two_pages(context):
    parts = (FIRST[:4], ("name", "ethnicity", "birth_date", "id_number"), SECOND)
    rows = [[TITLE]]
    for people in (PEOPLE[:2], PEOPLE[2:]):
        for names in parts:
            rows += [*part(people, names), []]

    reading = reading_of(xlsx(rows), context)

    assert same(reading, context)
    assert [row.above["further"] for row in reading.rows][:1] == [[["Sheet1", 7], ["Sheet1", 11]]]


def test_a_single_person(context):
    reading = reading_of(xlsx(below(PEOPLE[:1])), context)

    assert [(row.values["name"], row.outcome) for row in reading.rows] == [(PEOPLE[0]["name"], "accept")]


def test_a_village_merged_over_its_people(context):
    rows = [[TITLE], *part(PEOPLE, FIRST), [], *part(PEOPLE, SECOND)]
    rows[3][1] = None

    reading = reading_of(xlsx(rows, merges=("B3:B4",)), context)

    assert [row.values["village"] for row in reading.rows] == ["茶富村", "茶富村", "太银村"]


@pytest.mark.parametrize(
    "second", [[*PEOPLE[1:], PEOPLE[0]], PEOPLE[:2], [*PEOPLE, PEOPLE[0]]], ids=["order", "fewer", "more"]
)
def test_what_does_not_agree_is_not_put_together_and_said(second, context):
    reading = reading_of(xlsx(below(second=second)), context)

    assert [table.shape for table in reading.tables] == ["", ""]
    assert "“Sheet1”表第 8 行起的表像是同一批人的其余各列，但姓名或顺序对不上，没有并在一起，请核对" in reading.notes
    assert {row.outcome for row in reading.rows} == {"error"}


def test_a_part_without_names_is_not_put_to_the_rows_above_and_said(context):
    rows = [[TITLE], *part(PEOPLE, FIRST), [], *part(PEOPLE, ("序号", *SECOND[2:]))]

    reading = reading_of(xlsx(rows), context)

    assert (
        "“Sheet1”表第 7 行起的表像是同一批人的其余各列，但没有姓名，对不上人，没有并在一起，请在这张表里也写上姓名"
        in reading.notes
    )
    assert {row.outcome for row in reading.rows} == {"error"}


def test_the_same_people_in_a_list_of_the_same_columns_are_another_list(context):
    reading = reading_of(
        xlsx(("一季度", [[TITLE], *part(PEOPLE, FIRST)]), ("二季度", [[TITLE], *part(PEOPLE, FIRST)])), context
    )

    assert len(reading.rows) == 6


def test_it_is_known_for_what_it_is(context):
    assert recognise(read_cells(xls(below())), context, "表.xls").roster.slug == "committee"


# --- through the pages


@pytest.mark.parametrize(
    "draw", [lambda people: xlsx(below(people)), lambda people: xlsx(*sheets(people))], ids=["below", "sheets"]
)
def test_into_the_ledger_corrected_and_marked_where_it_stands(draw, clerk, client):
    people = [PEOPLE[0], {**PEOPLE[1], "id_number": wrong(PEOPLE[1]["id_number"]), "start_date": "十三月"}, PEOPLE[2]]
    upload = sent(client, draw(people))
    text = page(client, "roster_preview", upload)
    assert "同一行的各段已并成一行来读" in text
    assert "续表 G 列" in text

    importer.recheck(upload, {1: {"phone": "13900000009", "sex": "女"}}, by=clerk)
    book = marked(client, upload)
    first, (second, row) = book.worksheets[0], (book.worksheets[-1], 10 if len(book.worksheets) == 1 else 4)
    assert "校验位不对" in first["G4"].comment.text
    assert first["D4"].value == "女"
    assert second[f"G{row}"].value == "13900000009"
    assert second[f"F{row}"].comment is not None

    importer.recheck(upload, {1: {"id_number": PEOPLE[1]["id_number"], "start_date": "2021.03", "sex": None}}, by=clerk)
    upload.refresh_from_db()
    confirm(client, upload)
    assert Person.objects.count() == 3
    again = sent(
        client,
        draw([PEOPLE[0], {**PEOPLE[1], "phone": "13900000009", "start_date": "2021.03"}, PEOPLE[2]]),
        "再来.xlsx",
    )
    assert (again.counts["new"], again.counts["changed"]) == (0, 0)


def test_the_columns_of_the_second_part_can_be_told(clerk, client):
    rows = below()
    rows[7][5] = "时间"
    rows[7][0] = "编号"
    upload = sent(client, xlsx(rows))

    assert "续表 F 列：表头“时间”没有写明是哪一项" in page(client, "roster_mapping", upload)
    table = upload.tables["tables"][0]
    client.post(reverse("roster_mapping", args=[upload.pk]), {f"c-{table['layout']}-F/2": "start_date"})
    upload.refresh_from_db()
    assert (upload.status, upload.tables["tables"][0]["columns"]["start_date"]) == ("read", "F/2")
