"""Hostile and broken files: each is refused in words within ten seconds, and this process lives."""

import io
import time
import zipfile

import pytest

from rosters import spec
from rosters.limits import MAX_BYTES, Limits, Refused
from rosters.reading import read
from rosters.sandbox import read_cells
from tests.rosters import workbooks
from tests.rosters.conftest import DATA

GOOD = workbooks.xlsx(workbooks.roster_rows())


def repacked(content, change, compression=zipfile.ZIP_DEFLATED):
    """The container with each part passed through `change(name, part)`; None drops it."""
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(output, "w", compression) as target:
        for entry in source.infolist():
            part = change(entry.filename, source.read(entry))
            if part is not None:
                target.writestr(entry.filename, part)
    return output.getvalue()


def in_sheet(content, old, new):
    return repacked(content, lambda name, part: part.replace(old, new) if "worksheets/sheet" in name else part)


def far_cell():
    """3 kB with one cell at the last place of the sheet: calamine asks for 512 GB and aborts."""
    return in_sheet(GOOD, b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row></sheetData>')


def zip_bomb():
    return repacked(GOOD, lambda name, part: part + b" " * 150_000_000 if "worksheets/sheet" in name else part)


def doctype(encoding):
    bomb = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    return repacked(GOOD, lambda name, part: bomb.encode(encoding) if name == "docProps/core.xml" else part)


def doctype_in_sheet():
    return in_sheet(GOOD, b"<worksheet", b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><worksheet')


def many_entries():
    output = io.BytesIO(GOOD)
    with zipfile.ZipFile(output, "a") as archive:
        for number in range(1100):
            archive.writestr(f"xl/media/{number}.txt", "x")
    return output.getvalue()


def encrypted_zip():
    content = bytearray(GOOD)
    start = 0
    while (start := content.find(b"PK\x01\x02", start)) >= 0:
        content[start + 8] |= 1
        start += 4
    return bytes(content)


def encrypted_ole():
    """An OLE container with the stream that Office writes for a workbook with a password."""
    plain = workbooks.xls([["a"]])
    name, other = "Workbook".encode("utf-16-le"), "Encryptd".encode("utf-16-le")
    content = plain.replace(name, other, 1)
    at = content.find(other)
    replacement = "EncryptedPackage".encode("utf-16-le")
    content = content[:at] + replacement + content[at + len(replacement) :]
    return content[: at + 64] + bytes([len(replacement) + 2, 0]) + content[at + 66 :]


def protected_xls():
    """A BIFF stream whose second record is FILEPASS."""
    content = workbooks.xls(workbooks.roster_rows())
    start = content.find(b"\x09\x08\x10\x00\x00\x06\x05\x00")
    after = start + 20
    return content[:after] + b"\x2f\x00\x04\x00\x00\x00\x00\x00" + content[after + 8 :]


def rows_of(number):
    return workbooks.delimited([workbooks.HEADER, *[workbooks.PEOPLE[0]] * number])


def docx():
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
    return output.getvalue()


HOSTILE = {
    "empty": (b"", "empty_file"),
    "too large": (b"x" * (MAX_BYTES + 1), "too_large"),
    "far cell": (far_cell(), "too_many_columns"),
    "zip bomb": (zip_bomb(), "inflated_too_large"),
    "doctype utf-8": (doctype("utf-8"), "xml_declaration"),
    "doctype utf-16": (doctype("utf-16"), "xml_declaration"),
    "doctype utf-32": (doctype("utf-32"), "xml_declaration"),
    "external entity": (doctype_in_sheet(), "xml_declaration"),
    "1,100 entries": (many_entries(), "too_many_entries"),
    "encrypted zip": (encrypted_zip(), "encrypted"),
    "encrypted package": (encrypted_ole(), "encrypted"),
    "password on .xls": (protected_xls(), "encrypted"),
    "truncated xlsx": (GOOD[: len(GOOD) // 2], "corrupt"),
    "truncated xls": (workbooks.xls(workbooks.roster_rows())[:1500], "corrupt"),
    "png": (b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, "not_spreadsheet"),
    "pdf": (b"%PDF-1.7\n" + b"x" * 100, "not_spreadsheet"),
    "docx": (docx(), "not_spreadsheet"),
    "binary": (bytes(range(256)) * 20, "not_spreadsheet"),
    "prose": ("今天下午开会。\n请带笔记本。\n".encode(), "no_table"),
    "too many rows": (rows_of(20_001), "too_many_rows"),
    "too many columns": (workbooks.delimited([[f"列{n}" for n in range(101)]]), "too_many_columns"),
    "web page without table": (b"<html><body><p>hello</p></body></html>", "not_spreadsheet"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_is_refused_in_words(name, context):
    content, code = HOSTILE[name]
    started = time.monotonic()

    with pytest.raises(Refused) as refused:
        read(spec.get("committee"), content, "名册.xlsx", context)

    assert refused.value.code == code
    assert len(refused.value.message) > 8
    assert time.monotonic() - started < 10


def test_a_child_that_does_not_end_is_ended():
    rows = [[f"{row}-{column}" for column in range(50)] for row in range(10_000)]

    with pytest.raises(Refused) as refused:
        read_cells(workbooks.delimited(rows), limits=Limits(wall_seconds=0.2))

    assert refused.value.code == "timeout"


def test_a_child_that_aborts_is_a_refusal():
    """One cell far down: within the columns, but the grid up to it is more than the memory allowed."""
    content = in_sheet(GOOD, b"</sheetData>", b'<row r="1048000"><c r="CV1048000" t="n"><v>1</v></c></row></sheetData>')

    with pytest.raises(Refused) as refused:
        read_cells(content, limits=Limits(rows=2_000_000, columns=16_384))

    assert refused.value.code in {"too_complex", "timeout"}


def test_lying_dimension_loses_no_row(context):
    content = repacked(
        GOOD,
        lambda name, part: (
            part.replace(b'<dimension ref="A1:L6"/>', b'<dimension ref="A1"/>') if "sheet1" in name else part
        ),
    )

    assert len(read(spec.get("committee"), content, "a.xlsx", context).rows) == 4


def test_styled_empty_cells_far_away_do_not_count(context):
    content = in_sheet(GOOD, b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>')

    assert len(read(spec.get("committee"), content, "a.xlsx", context).rows) == 4


def test_merge_over_the_whole_sheet_is_survived(context):
    content = in_sheet(
        GOOD, b"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell ref="A20:XFD1048576"/></mergeCells>'
    )

    assert len(read(spec.get("committee"), content, "a.xlsx", context).rows) == 4


def test_control_and_direction_characters_are_dropped_and_rare_han_kept(context):
    rows = workbooks.roster_rows()
    rows[2][2] = "\u202e司马\u200b𠮷\u202c"
    rows[3][2] = "阿依古丽•买买提"
    content = repacked(
        workbooks.xlsx(rows), lambda name, part: part.replace("吴荣".encode(), b"\xe5\x90\xb4_x0000_\xe8\x8d\xa3")
    )

    names = [row.values["name"] for row in read(spec.get("committee"), content, "a.xlsx", context).rows]

    assert names == ["司马𠮷", "阿依古丽·买买提", "吴荣", "万雅倩"]


def test_formula_without_a_cached_value_is_an_empty_cell(context):
    rows = workbooks.roster_rows()
    rows[2][2] = "=A1&B1"

    reading = read(spec.get("committee"), workbooks.xlsx(rows), "a.xlsx", context)

    assert [problem.code for problem in reading.rows[0].problems] == ["missing_name"]


def test_no_message_tells_an_id_number_or_a_phone(context):
    import json
    import re

    for path in sorted(DATA.glob("*.expected.json")):
        expected = json.loads(path.read_text(encoding="utf-8"))
        if expected["kind"] not in {roster.slug for roster in spec.all()}:
            continue
        reading = read(spec.get(expected["kind"]), (DATA / expected["file"]).read_bytes(), "", context)
        for row in reading.rows:
            for problem in (*row.problems, *row.hints):
                assert not re.search(r"\d{11}", problem.message), problem.code
                assert "!" not in problem.message
                assert "！" not in problem.message


LONG = 30_000
NOVELS = (
    "(" * LONG,
    "（" * LONG,
    "T" * LONG,
    " " * LONG + "x",
    "毕业" * LONG,
    "书记" * LONG,
    "9" * LONG,
    "山头村" * LONG,
    "、" * LONG,
)


@pytest.mark.parametrize("text", NOVELS, ids=lambda text: text[:2])
def test_endless_text_in_every_cell_costs_no_time(text, context):
    """Patterns that walk a text again and again would hold the web worker, not the child."""
    rows = workbooks.roster_rows()
    rows[3] = [text[:32_000]] * len(rows[3])
    rows.append([text[:32_000]])
    content = workbooks.delimited(rows)
    started = time.process_time()  # our own work, whatever else the machine does

    reading = read(spec.get("committee"), content, "a.csv", context)

    assert len(reading.rows) >= 3
    assert time.process_time() - started < 4


def test_one_long_shared_text_in_every_cell_is_bounded():
    """A small file whose cells all point at one long text: some readers copy it for each."""
    cells = "".join(
        f'<row r="{row}">' + "".join(f'<c r="{column}{row}" t="s"><v>0</v></c>' for column in "ABCDEFGHIJ") + "</row>"
        for row in range(1, 8001)
    )
    strings = (
        f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>{"长" * 32_000}</t></si></sst>'
    )

    def change(name, part):
        if "worksheets/sheet" in name:
            head, _, tail = part.partition(b"<sheetData>")
            return head + b"<sheetData>" + cells.encode() + b"</sheetData>" + tail.partition(b"</sheetData>")[2]
        if name == "xl/_rels/workbook.xml.rels":
            link = b'<Relationship Id="s1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/>'
            return part.replace(b"</Relationships>", link + b"</Relationships>")
        return part

    output = io.BytesIO(repacked(GOOD, change))
    with zipfile.ZipFile(output, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", strings)
    started = time.monotonic()

    with pytest.raises(Refused) as refused:
        read_cells(output.getvalue())

    assert refused.value.code in {"too_complex", "timeout"}
    assert time.monotonic() - started < 10


def test_formulas_dragged_down_the_sheet_are_no_rows(context):
    """=IF(D5="","",…) filled down to the end leaves 60,000 cells with an empty value."""
    empty = b"".join(
        b'<row r="%d"><c r="C%d" t="str"><f>1</f><v></v></c></row>' % (row, row) for row in range(100, 60_000)
    )
    content = in_sheet(GOOD, b"</sheetData>", empty + b"</sheetData>")

    assert len(read(spec.get("committee"), content, "a.xlsx", context).rows) == 4


def with_parts(content, parts):
    """The container with further parts in it."""
    output = io.BytesIO(content)
    with zipfile.ZipFile(output, "a") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return output.getvalue()


def test_macros_and_links_to_other_files_are_not_looked_at(context):
    link = b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><externalBook/></externalLink>'
    content = with_parts(GOOD, {"xl/vbaProject.bin": b"\xcc\x61" * 500, "xl/externalLinks/externalLink1.xml": link})

    assert len(read(spec.get("committee"), content, "a.xlsm", context).rows) == 4
