"""The clerk's own workbook back: as it was, problems marked, corrections in it; and its way home."""

import datetime
import io
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import openpyxl
import pytest
from django.core import signing
from django.urls import reverse
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from python_calamine import CalamineWorkbook

from core.models import AuditEntry
from rosters import giving_back, importer, marks, sandbox
from rosters.limits import Limits, Refused
from rosters.models import Upload
from tests import factories
from tests.rosters import county
from tests.rosters.conftest import DATA
from tests.rosters.test_import_pages import HEADER, confirm, page, rows, send, send_path, upload_of
from tests.rosters.workbooks import delimited, html, ods, xls, xlsx

pytestmark = pytest.mark.django_db
COLUMN = "问题/建议"
RED = "FFF8CBC6"
YELLOW = "FFFFE9B8"


@pytest.fixture
def clerk(db, client):
    county.load()
    user = county.clerk()
    client.force_login(user)
    return user


def take(client, upload):
    return client.get(reverse("roster_workbook", args=[upload.pk]))


def marked(client, upload):
    response = take(client, upload)
    assert response["Content-Type"].endswith("spreadsheetml.sheet"), response["Location"]
    return openpyxl.load_workbook(io.BytesIO(response.content))


def read_values(content):
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


def edited(path, edit):
    book = openpyxl.load_workbook(path)
    edit(book)
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def look(cell):
    return repr((cell.font, cell.border, cell.alignment, cell.protection))


def shape(sheet):
    """What a clerk would call the layout of a sheet."""
    return {
        "merges": sorted(map(str, sheet.merged_cells.ranges)),
        "hidden": sorted(letter for letter, run in sheet.column_dimensions.items() if run.hidden),
        "hidden rows": sorted(row for row, run in sheet.row_dimensions.items() if run.hidden),
        "heights": {row: run.height for row, run in sheet.row_dimensions.items() if run.height},
        "state": sheet.sheet_state,
        "freeze": sheet.freeze_panes,
        "rules": sorted((str(rule.sqref), rule.formula1) for rule in sheet.data_validations.dataValidation),
        "print": (sheet.print_title_rows, sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.print_area),
    }


@pytest.mark.parametrize("path", [county.FIRST, county.SECOND, county.THIRD], ids=["01", "02", "03"])
def test_the_workbook_is_as_it_was_but_for_the_marks(clerk, client, path):
    client.force_login(county.staff())
    upload = upload_of(send_path(client, path))

    book, before = marked(client, upload), openpyxl.load_workbook(path)

    assert book.sheetnames == before.sheetnames
    for sheet, original in zip(book.worksheets, before.worksheets, strict=True):
        assert shape(sheet) == shape(original)
        bad = {(row.sheet, row.excel_row) for row in upload.rows.exclude(outcome="accept")}
        for line in original.iter_rows():
            for cell in line:
                now = sheet[cell.coordinate]
                assert (now.value, now.number_format) == (cell.value, cell.number_format)
                assert look(now) == look(cell)
                assert repr(now.fill) == repr(cell.fill) or (sheet.title, cell.row) in bad
        for letter, run in original.column_dimensions.items():
            assert sheet.column_dimensions[letter].width == run.width


def test_problem_cells_are_coloured_commented_and_told_at_the_right(clerk, client):
    upload = upload_of(send_path(client, county.FIRST))

    sheet = marked(client, upload)["Sheet1"]

    assert sheet["O3"].value == COLUMN
    assert sheet["G11"].fill.fgColor.rgb == RED
    assert "请填写：" in sheet["G11"].comment.text
    assert sheet["O11"].value.startswith("G 列 学历：“文盲”不在可选范围内，请填写：")
    assert sheet["O5"].value is None
    told = {cell.row for cell in sheet["O"] if cell.value and cell.row > 3}
    assert told == set(upload.rows.exclude(outcome="accept").values_list("excel_row", flat=True))
    assert {sheet.cell(row, column).fill.fgColor.rgb for row in told for column in range(1, 15)} >= {RED, YELLOW}


@pytest.mark.parametrize("path", sorted(DATA.glob("0[123]*.xlsx")), ids=["01", "02", "03"])
def test_the_marked_workbook_comes_back_as_the_same_rows(clerk, client, path):
    client.force_login(county.staff())
    first = upload_of(send_path(client, path))

    again = upload_of(send(client, take(client, first).content, "改好.xlsx"))

    def what(upload):
        found = upload.rows.order_by("order")
        return [(row.sheet, row.excel_row, row.values, row.typed, row.problems, row.outcome) for row in found]

    assert what(again) == what(first)
    assert again.tables["tables"] == first.tables["tables"]
    assert again.corrects_id == first.pk


def test_a_corrected_workbook_touches_only_what_was_corrected(clerk, client):
    first = upload_of(send_path(client, county.FIRST))
    confirm(client, first)
    book = marked(client, first)
    book["Sheet1"]["G11"] = "初中"
    output = io.BytesIO()
    book.save(output)

    response = send(client, output.getvalue(), "改好.xlsx")
    upload = upload_of(response)

    assert (upload.counts["new"], upload.counts["changed"], upload.counts["unchanged"]) == (1, 0, 46)
    assert upload.counts["error"] == 7
    assert f"第 {first.pk} 批</a>改正后传回" in page(client, response)


def test_marking_again_leaves_no_old_marks(clerk, client):
    first = upload_of(send_path(client, county.FIRST))
    book = marked(client, first)
    book["Sheet1"]["G11"] = "初中"
    output = io.BytesIO()
    book.save(output)
    second = upload_of(send(client, output.getvalue()))

    sheet = marked(client, second)["Sheet1"]

    assert (sheet["G11"].comment, sheet["G11"].fill.fgColor.rgb, sheet["O11"].value) == (None, "00000000", None)
    assert (sheet["O3"].value, sheet["P3"].value) == (COLUMN, None)
    assert sheet["O13"].value.count("：") == marked(client, first)["Sheet1"]["O13"].value.count("：")


def test_corrections_of_the_page_are_in_the_cells(clerk, client):
    upload = upload_of(send_path(client, county.FIRST))
    bad = upload.rows.get(excel_row=11)
    number = factories.id_number()
    client.post(
        reverse("roster_correct", args=[upload.pk, bad.order]), {"cell-education": "初中", "cell-id_number": number}
    )

    content = take(client, upload).content
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Sheet1"]

    assert (sheet["G11"].value, sheet["G11"].data_type, sheet["G11"].number_format) == ("初中", "s", "@")
    assert sheet["G11"].comment is None
    again = upload_of(send(client, content))
    assert again.rows.get(excel_row=11).values["id_number"] == number
    assert again.counts["error"] == 7


def test_a_correction_in_a_merged_cell_is_told_beside_the_row(clerk, client):
    header = ["村", "姓名", "身份证号", "职务"]
    people = [["茶富村", "张三", factories.id_number(), "主任"], [None, "李四", factories.id_number(), "支委"]]
    upload = upload_of(send(client, xlsx([header, *people], merges=["A2:A3"])))
    client.post(reverse("roster_correct", args=[upload.pk, 1]), {"cell-village": "太银村"})

    sheet = marked(client, upload).active

    assert sheet["A2"].value == "茶富村"
    assert sheet["E3"].value == "村（社区）已在系统页面上改为“太银村”，请在表里也改过来"


def test_formulas_keep_their_text_and_their_results(clerk, client):
    """Without its result a formula would be read as an empty cell when the file comes back."""

    content = with_result(rows(("茶富村", "张三", factories.id_number(), "='x'", "2021.03", "", "")), "主任")
    upload = upload_of(send(client, content))
    assert upload.counts["new"] == 1

    content = take(client, upload).content

    assert openpyxl.load_workbook(io.BytesIO(content)).active["D2"].value == "='x'"
    assert upload_of(send(client, content)).counts["new"] == 1


def with_result(content, result):
    """A workbook whose only formula has a result, as Excel writes it."""
    source, output = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(output, "w") as target:
        for name in source.namelist():
            part = source.read(name).decode()
            if name.endswith("sheet1.xml"):
                assert "<f>'x'</f><v />" in part or "<f>'x'</f><v></v>" in part
                part = part.replace('<c r="D2">', '<c r="D2" t="str">').replace("<v />", f"<v>{result}</v>")
                part = part.replace("<v></v>", f"<v>{result}</v>")
            target.writestr(name, part)
    return output.getvalue()


def test_drop_downs_comments_and_fills_of_the_clerk_stay(clerk, client):
    def edit(book):
        sheet = book["Sheet1"]
        sheet["C5"].comment = Comment("请核实", "王科长")
        sheet["G11"].comment = Comment("问过本人", "王科长")
        sheet["C5"].fill = PatternFill("solid", fgColor="FF00B050")
        rule = DataValidation("list", formula1='"男,女"')
        rule.add("D4:D60")
        sheet.add_data_validation(rule)

    upload = upload_of(send(client, edited(county.FIRST, edit)))

    sheet = marked(client, upload)["Sheet1"]

    assert (sheet["C5"].comment.text, sheet["C5"].fill.fgColor.rgb) == ("请核实", "FF00B050")
    assert sheet["G11"].comment.text.startswith("问过本人\n【乡才】")
    assert [rule.formula1 for rule in sheet.data_validations.dataValidation] == ['"男,女"']


EXTENDED = (
    '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" '
    'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:dataValidations count="1" '
    'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:dataValidation type="list" allowBlank="1">'
    "<x14:formula1><xm:f>字典!$A$1:$A$3</xm:f></x14:formula1><xm:sqref>D2:D9</xm:sqref></x14:dataValidation>"
    "</x14:dataValidations></ext></extLst></worksheet>"
)


def test_a_drop_down_from_another_sheet_stays(clerk, client):
    """Excel keeps it in an extension that openpyxl drops."""
    content = xlsx(
        ("名册", [HEADER, ("茶富村", "张三", factories.id_number(), "主任", "2021.03", "", "")]),
        ("字典", [["主任"], ["书记"], ["支委"]]),
        edit=lambda book: setattr(book["字典"], "sheet_state", "hidden"),
    )
    source, output = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(output, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            target.writestr(name, part.replace(b"</worksheet>", EXTENDED.encode()) if "sheet1" in name else part)

    book = marked(client, upload_of(send(client, output.getvalue())))

    rules = book["名册"].data_validations.dataValidation
    assert [(str(rule.sqref), rule.formula1) for rule in rules] == [("D2:D9", "字典!$A$1:$A$3")]
    assert book["字典"].sheet_state == "hidden"


BAD = ["茶富村", "=张三", factories.id_number(), "妇女主人", "2021.03", "", "备注"]
FORMATS = {"xls": xls, "ods": ods, "csv": lambda found: delimited(found, "gb18030"), "html": html}


@pytest.mark.parametrize("name", FORMATS)
def test_other_formats_come_back_as_xlsx(clerk, client, name):
    upload = upload_of(
        send(
            client,
            FORMATS[name]([list(HEADER), BAD, [*BAD[:1], "李四", factories.id_number(), "主任", "2021.03", "", ""]]),
            f"名册.{name}",
        )
    )
    assert upload.status == "read"

    response = take(client, upload)
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active

    assert "%EF%BC%88%E6%A0%87%E6%B3%A8%EF%BC%89.xlsx" in response["Content-Disposition"]
    assert [cell.value for cell in sheet[1]] == [*HEADER, COLUMN]
    assert (sheet["B2"].value, sheet["B2"].data_type, sheet["C2"].value) == ("=张三", "s", BAD[2])
    assert sheet["D2"].fill.fgColor.rgb == RED
    assert sheet["H2"].value.startswith("D 列 职务：")
    again = upload_of(send(client, response.content))
    assert [row.values for row in again.rows.all()] == [row.values for row in upload.rows.all()]


def test_merges_hidden_things_and_several_sheets_of_an_xls(clerk, client):
    path = next(DATA.glob("04*.xls"))
    upload = importer.upload(by=clerk, kind="committee", filename=path.name, content=path.read_bytes())
    assert upload.status == "read"

    found = sandbox.read_cells(path.read_bytes())
    book = marked(client, upload)

    assert len(book.worksheets) == len(found.sheets)
    for sheet, read in zip(book.worksheets, found.sheets, strict=True):
        assert len(sheet.merged_cells.ranges) == len([merge for merge in read.merges if merge[:2] != merge[2:]])
        assert (sheet.sheet_state != "visible") == read.hidden


def test_a_workbook_that_openpyxl_cannot_open_is_made_from_what_was_read(clerk, client):
    content = rows(("茶富村", "张三", factories.id_number(), "妇女主人", "2021.03", "", ""))
    source, output = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(output, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            target.writestr(
                name, part.replace(b"<sheetView ", b'<sheetView view="broken" ') if "sheet1" in name else part
            )
    with pytest.raises(ValueError, match="Unable to read workbook"):
        openpyxl.load_workbook(io.BytesIO(output.getvalue()))
    upload = upload_of(send(client, output.getvalue()))

    assert marked(client, upload).active["H2"].value.startswith("D 列 职务")


NASTY = [
    "=1+1",
    "=cmd|'/C calc'!A0",
    "+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "＝1+1",
    "'=1",
    "''",
    "_x0041_",
    "_x000D_=1",
    '"=1"',
    "%0A=1",
    "𠮷野家·阿",
    " =1 ",
    "a\n=1",
]


def test_nothing_that_we_write_becomes_a_formula(clerk, client):
    header = [*HEADER, "学历"]
    people = [
        ["茶富村", f"人{number}", factories.id_number(), text, "2021.03", "", text, text]
        for number, text in enumerate(NASTY)
    ]
    upload = upload_of(send(client, xlsx([header, *people], edit=lambda book: [
        setattr(cell, "data_type", "s") for line in book.active.iter_rows() for cell in line if isinstance(cell.value, str)
    ])))  # fmt: skip
    importer.recheck(upload, {row.order: {"name": NASTY[row.order]} for row in upload.rows.all()}, by=clerk)

    content = take(client, upload).content

    for sheet in openpyxl.load_workbook(io.BytesIO(content)).worksheets:
        assert "f" not in {cell.data_type for line in sheet.iter_rows() for cell in line}
    assert b"<f>" not in b"".join(
        zipfile.ZipFile(io.BytesIO(content)).read(name) for name in zipfile.ZipFile(io.BytesIO(content)).namelist()
    )


def test_the_mark_is_signed_and_names_no_person(clerk, client):
    upload = upload_of(send(client, rows(("茶富村", "张三", factories.id_number(), "主任", "", "", ""))))

    properties = zipfile.ZipFile(io.BytesIO(take(client, upload).content)).read("docProps/custom.xml").decode()

    mark = properties.partition("lpwstr>")[2].partition("<")[0]
    assert marks.read(mark) == {"upload": upload.pk}
    assert marks.read(mark[:-1] + "x") == {}
    assert marks.read(signing.dumps({"upload": upload.pk})) == {}


def test_another_offices_mark_links_nothing(clerk, client):
    content = rows(("止马村", "李四", factories.id_number(), "主任", "", "", ""))
    client.force_login(county.clerk("350723102"))
    theirs = take(client, upload_of(send(client, content))).content
    client.force_login(county.clerk())

    assert upload_of(send(client, theirs)).corrects is None


def test_taking_it_away_is_written_down(clerk, client):
    upload = upload_of(send_path(client, county.FIRST))

    take(client, upload)

    line = AuditEntry.objects.get(verb="export")
    assert (line.by, line.after, line.batch) == (clerk, {"rows": 54}, upload.pk)
    assert county.FIRST.name in line.object_text


def test_who_may_not_take_it(clerk, client):
    upload = upload_of(send_path(client, county.FIRST))

    client.force_login(county.clerk("350723102"))
    assert take(client, upload).status_code == 404
    client.force_login(county.user("leader", role="leader"))
    assert take(client, upload).status_code == 403
    assert not AuditEntry.objects.filter(verb="export").exists()


def test_a_file_that_has_gone_is_told(clerk, client):
    upload = upload_of(send_path(client, county.FIRST))
    importer.purge(upload.expires_at + datetime.timedelta(days=1))

    response = take(client, upload)

    assert "已到保留期限" in page(client, response)


def temporary():
    return set(Path(tempfile.gettempdir()).glob("openpyxl*"))


def test_nothing_is_left_on_the_disk_when_the_marking_ends_or_is_killed(clerk, client):
    upload = upload_of(send_path(client, county.FIRST))
    before = temporary()

    take(client, upload)
    with pytest.raises(Refused) as refused:
        sandbox.mark_cells(
            county.FIRST.read_bytes(), {"rebuild": False, "mark": "", "sheets": []}, Limits(wall_seconds=0)
        )

    assert refused.value.code == "timeout"
    assert temporary() == before


def test_the_marking_process_can_write_no_file():
    """Whatever openpyxl does, and wherever the process is killed: a file with names in it cannot come to be."""
    code = "from rosters.child.__main__ import confine; from rosters.limits import Limits; confine(Limits()); open('/dev/shm/x-take', 'w').write('x' * 9999)"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=sandbox.PROJECT)
    Path("/dev/shm/x-take").unlink(missing_ok=True)

    assert ended.returncode != 0


def test_too_large_to_mark_is_told_and_nothing_is_logged(clerk, client, monkeypatch):
    upload = upload_of(send_path(client, county.FIRST))
    monkeypatch.setattr(giving_back, "LIMITS", Limits(wall_seconds=0))

    response = take(client, upload)

    assert "标注没有做完" in page(client, response)
    assert not AuditEntry.objects.filter(verb="export").exists()
    assert Upload.objects.get(pk=upload.pk).status == "read"
