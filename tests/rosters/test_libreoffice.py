"""What we write, opened by a program that is not ours: LibreOffice reads it all, and the same as openpyxl and calamine do."""

import io
import shutil
import subprocess

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from tests.rosters import county
from tests.rosters.test_import_pages import confirm, send_path, upload_of
from tests.rosters.test_own_drawings import PICTURE, TEXT, drawing, taken, with_drawing

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice here; script/test-browser installs it"),
]


@pytest.fixture
def staff(db, client):
    county.load()
    client.force_login(county.staff())
    return client


def opened(folder, ending, **files):
    """{name: the file that LibreOffice saves as}; one start of it for all."""
    for name, content in files.items():
        (folder / f"{name}.xlsx").write_bytes(content)
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", ending]
    paths = [str(folder / f"{name}.xlsx") for name in files]
    subprocess.run([*command, "--outdir", str(folder), *paths], check=True, capture_output=True, timeout=180)
    return {name: folder / f"{name}.{ending}" for name in files}


def cells(content):
    """{sheet: its rows of texts}, without the empty cells around them."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {
        name: [[str(cell) for cell in row] for row in book.get_sheet_by_name(name).to_python()]
        for name in book.sheet_names
    }


def test_marked_workbooks_and_exports_hold_the_same_cells(staff, tmp_path):
    files = {}
    for name, path in (("a", county.FIRST), ("b", county.SECOND), ("c", county.THIRD)):
        upload = upload_of(send_path(staff, path))
        files[name] = staff.get(reverse("roster_workbook", args=[upload.pk])).content
    confirm(staff, upload)
    files["export"] = staff.post(reverse("roster_export", args=["committee"]), {"reason": "核对"}).content
    files["template"] = staff.get(reverse("roster_template", args=["committee"])).content

    found = opened(tmp_path, "ods", **files)

    for name, content in files.items():
        assert cells(found[name].read_bytes()) == cells(content), name


def test_drawings_of_the_clerk_are_there(staff, tmp_path):
    content = taken(staff, with_drawing(drawing(TEXT, PICTURE)))

    found = opened(tmp_path, "fods", marked=content)["marked"].read_text()

    assert "填表说明：一人一行" in found
    assert "公章" in found
    assert "问题/建议" in found
