"""What we write is read back as the same text, and no spreadsheet takes any of it for a formula."""

import io
import re
import zipfile

import openpyxl
import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from rosters.sandbox import read_cells
from rosters.written import UNWRITABLE, put, workbook_bytes
from tests import factories
from tests.rosters import county
from tests.rosters.test_import_pages import send, upload_of

NASTY = [
    "=1+1", "=cmd|'/C calc'!A0", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1+1", "－2", "＠x", "'=1", "''",
    '"=1"', ";=1", ",=1", "%0A=1", "{=1}", "=HYPERLINK(\"http://x.example\",\"点\")", "=DDE(\"a\";\"b\")", "_x0041_", "_x003D_1",
    "_x005F_x0041_", "TRUE", "1e5", "0001", "2021-03", "1985.1", "#N/A", "𠮷野家·阿卜杜", "a\nb", "<b>&amp;</b>", "]]>", "=" * 300,
]  # fmt: skip


def sheet_of(texts):
    book = openpyxl.Workbook()
    for row, text in enumerate(texts, 1):
        put(book.active.cell(row, 2), text)
        put(book.active.cell(row, 1), "行")
    return workbook_bytes(book)


def as_read(content):
    return [row[1] if len(row) > 1 else None for row in read_cells(content).sheets[0].rows]


def has_formula(content):
    archive = zipfile.ZipFile(io.BytesIO(content))
    in_parts = any(re.search(rb"<(\w+:)?f[ />]", archive.read(name)) for name in archive.namelist() if "sheet" in name)
    cells = [cell for sheet in openpyxl.load_workbook(io.BytesIO(content)) for row in sheet.iter_rows() for cell in row]
    return in_parts or any(cell.data_type == "f" for cell in cells)


def test_every_nasty_text_is_read_back_and_is_no_formula():
    content = sheet_of(NASTY)

    assert as_read(content) == [text.replace("\r", "\n") for text in NASTY]
    assert not has_formula(content)


def test_a_risky_text_keeps_its_characters_and_has_the_prefix_as_its_style():
    sheet = openpyxl.load_workbook(io.BytesIO(sheet_of(["=1+1", "张三"]))).active

    assert (sheet["B1"].value, sheet["B1"].data_type, sheet["B1"].quotePrefix, sheet["B1"].number_format) == (
        "=1+1",
        "s",
        True,
        "@",
    )
    assert not sheet["B2"].quotePrefix


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(max_size=40), min_size=20, max_size=40))
def test_any_text_is_written_and_is_no_formula(texts):
    content = sheet_of(texts)

    found = [row[1].value for row in openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows()]
    wanted = [UNWRITABLE.sub("", text).replace("\r\n", "\n").replace("\r", "\n") or None for text in texts]
    assert [re.sub("_x005F_(?=x[0-9A-Fa-f]{4}_)", "_", text) if text else text for text in found] == wanted
    assert not has_formula(content)


@pytest.mark.django_db
def test_nasty_texts_of_the_database_are_exported_and_come_back_unchanged(client):
    county.load()
    client.force_login(county.clerk())
    texts = [text for text in NASTY if not re.match(r"['\s]", text) and "\r" not in text]
    for text in texts:
        someone = factories.person("张三", village="350723101201", phone="13900001111", remarks=text)
        factories.appointment(person=someone, village="350723101201", post="village_committee_member")

    content = client.post(reverse("roster_export", args=["committee"]), {"reason": "核对"}).content

    assert not has_formula(content)
    cells = {cell for row in read_cells(content).sheets[0].rows for cell in row}
    assert set(texts) <= cells
    again = upload_of(send(client, content))
    assert (again.counts["unchanged"], again.counts["changed"], again.counts["new"]) == (len(texts), 0, 0)
