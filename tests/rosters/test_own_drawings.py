"""The clerk's own workbook back with its drawings: pictures, text boxes and charts byte for byte; what stays behind is told."""

import io
import re
import zipfile

import openpyxl
import pytest
from django.urls import reverse
from openpyxl.chart import BarChart, Reference

from tests import factories
from tests.rosters import county
from tests.rosters.test_import_pages import HEADER, send, upload_of
from tests.rosters.workbooks import xlsx

pytestmark = pytest.mark.django_db
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
SPREADSHEET = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
KINDS = "http://schemas.openxmlformats.org/package/2006/content-types"
BOX = "<xdr:from><xdr:col>8</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>1</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>10</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>4</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>"
SHAPE = '<xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="9" cy="9"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr>'
TEXT = (
    f'<xdr:twoCellAnchor>{BOX}<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="2" name="文本框 1"/><xdr:cNvSpPr txBox="1"/>'
    f"</xdr:nvSpPr>{SHAPE}<xdr:txBody><a:bodyPr/><a:p><a:r><a:t>填表说明：一人一行</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
    "<xdr:clientData/></xdr:twoCellAnchor>"
)
PICTURE = (
    f'<xdr:twoCellAnchor>{BOX}<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="3" name="公章"/><xdr:cNvPicPr/></xdr:nvPicPr><xdr:blipFill>'
    f'<a:blip r:embed="rId1"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill>{SHAPE}</xdr:pic><xdr:clientData/>'
    "</xdr:twoCellAnchor>"
)
CONTROL = (
    '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice '
    'xmlns:a14="http://schemas.microsoft.com/office/drawing/2010/main" Requires="a14">'
    f'<xdr:twoCellAnchor>{BOX}<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="1025" name="复选框"><a:extLst>'
    '<a:ext uri="{63B3BB69-23CF-44E3-9099-C40C66FF867C}"><a14:compatExt spid="_x0000_s1025"/></a:ext></a:extLst></xdr:cNvPr>'
    f"<xdr:cNvSpPr/></xdr:nvSpPr>{SHAPE}</xdr:sp><xdr:clientData/></xdr:twoCellAnchor></mc:Choice><mc:Fallback/></mc:AlternateContent>"
)


@pytest.fixture
def clerk(db, client):
    county.load()
    user = county.clerk()
    client.force_login(user)
    return user


def drawing(*shapes):
    inside = "".join(shapes)
    return f'<?xml version="1.0" encoding="UTF-8"?><xdr:wsDr xmlns:xdr="{SPREADSHEET}" xmlns:a="{MAIN}" xmlns:r="{OFFICE}">{inside}</xdr:wsDr>'


def relations(*told):
    inside = "".join(
        f'<Relationship Id="rId{at}" Type="{OFFICE}/{word}" Target="{target}"{more}/>'
        for at, (word, target, more) in enumerate(told, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}">{inside}</Relationships>'


def with_drawing(part, picture=("image", "../media/image1.png", ""), more=""):
    """A roster with one bad row, whose sheet has this drawing."""
    people = [
        ("茶富村", "张三", factories.id_number(), "主任", "2021.03", "", ""),
        ("茶富村", "李四", "350723", "主任", "2021.03", "", ""),
    ]
    source, output = zipfile.ZipFile(io.BytesIO(xlsx([HEADER, *people]))), io.BytesIO()
    with zipfile.ZipFile(output, "w") as target:
        for name in source.namelist():
            content = source.read(name).decode()
            if name == "xl/worksheets/sheet1.xml":
                pointer = f'<drawing xmlns:r="{OFFICE}" r:id="rId1"/>{more}</worksheet>'
                content = content.replace("</worksheet>", pointer)
            if name == "[Content_Types].xml":
                known = (
                    '<Default Extension="png" ContentType="image/png"/><Override PartName="/xl/drawings/drawing1.xml" '
                    'ContentType="application/vnd.openxmlformats-officedocument.drawing+xml"/></Types>'
                )
                content = content.replace("</Types>", known)
            target.writestr(name, content)
        target.writestr("xl/worksheets/_rels/sheet1.xml.rels", relations(("drawing", "../drawings/drawing1.xml", "")))
        target.writestr("xl/drawings/drawing1.xml", part)
        target.writestr("xl/drawings/_rels/drawing1.xml.rels", relations(picture))
        target.writestr("xl/media/image1.png", PNG)
    return output.getvalue()


def taken(client, content):
    upload = upload_of(send(client, content))
    assert upload.status == "read", upload.refusal_message
    return client.get(reverse("roster_workbook", args=[upload.pk])).content


def parts(content):
    book = zipfile.ZipFile(io.BytesIO(content))
    return {name: book.read(name) for name in book.namelist()}


def heading(content):
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    return next(cell for cell in sheet[1] if cell.value == "问题/建议")


def test_pictures_and_text_boxes_come_back_byte_for_byte(clerk, client):
    part = drawing(TEXT, PICTURE)

    content = taken(client, with_drawing(part))

    found = parts(content)
    assert found["xl/kept/drawings/drawing1.xml"] == part.encode()
    assert found["xl/kept/media/image1.png"] == PNG
    assert 'Target="/xl/kept/media/image1.png"' in found["xl/kept/drawings/_rels/drawing1.xml.rels"].decode()
    pointed = re.search(r'<drawing [^>]*?id="(\w+)"', found["xl/worksheets/sheet1.xml"].decode())[1]
    known = found["xl/worksheets/_rels/sheet1.xml.rels"].decode()
    assert re.search(rf'<Relationship [^>]*/xl/kept/drawings/drawing1.xml"[^>]*Id="{pointed}"', known)
    assert "/xl/kept/drawings/drawing1.xml" in found["[Content_Types].xml"].decode()
    assert heading(content).comment is None


def test_a_workbook_with_drawings_comes_back_and_forth(clerk, client):
    once = taken(client, with_drawing(drawing(TEXT, PICTURE)))

    again = taken(client, once)

    assert parts(again)["xl/kept/kept/media/image1.png"] == PNG
    assert "填表说明" in parts(again)["xl/kept/kept/drawings/drawing1.xml"].decode()


def test_a_chart_stays_as_it_was(clerk, client):
    def edit(book):
        chart = BarChart()
        chart.add_data(Reference(book.active, min_col=5, min_row=1, max_row=2))
        book.active.add_chart(chart, "J2")

    before = xlsx([HEADER, ("茶富村", "李四", "350723", "主任", "2021.03", "", "")], edit=edit)

    found = parts(taken(client, before))

    assert found["xl/kept/charts/chart1.xml"] == parts(before)["xl/charts/chart1.xml"]
    assert "xl/charts/chart1.xml" not in found


def test_form_controls_stay_behind_and_the_clerk_is_told(clerk, client):
    controls = "<controls/>"

    content = taken(client, with_drawing(drawing(TEXT, CONTROL), more=controls))

    assert parts(content)["xl/kept/drawings/drawing1.xml"] == drawing(TEXT).encode()
    assert "没有带上原表里的按钮、复选框等控件" in heading(content).comment.text


@pytest.mark.parametrize(
    "relation",
    [
        ("image", "https://example.com/a.png", ' TargetMode="External"'),
        ("package", "../media/image1.png", ""),
        ("image", "../media/missing.png", ""),
        ("image", "../../../../etc/passwd.png", ""),
    ],
    ids=["from elsewhere", "a file in it", "missing", "outside"],
)
def test_a_drawing_that_cannot_come_along_is_told(clerk, client, relation):
    content = taken(client, with_drawing(drawing(TEXT, PICTURE), relation))

    assert not [name for name in parts(content) if "kept" in name]
    assert "没有带上原表里的图片和图形" in heading(content).comment.text
