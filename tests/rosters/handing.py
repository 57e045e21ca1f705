"""Handing in a few rows of any kind through the importer, and looking at what became of them."""

import datetime
import io

import openpyxl
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import AuditEntry
from rosters import importer, spec, writer
from rosters.models import Upload
from tests.rosters.workbooks import xlsx

TODAY = datetime.date(2026, 11, 22)


def hand_in(by, kind, header, *rows, title=None, as_of=TODAY, target_id=None):
    """The upload of a sheet with this header and these rows, read and compared."""
    lines = [*([[title]] if title else []), list(header), *[list(row) for row in rows]]
    return importer.upload(
        by=by, kind=kind, filename="名册.xlsx", content=xlsx(lines), as_of=as_of, target_id=target_id
    )


def committed(by, kind, header, *rows, **more):
    """The same, confirmed; as it stands in the database afterwards."""
    upload = hand_in(by, kind, header, *rows, **more)
    assert importer.confirm(upload, by=by).state == "done", [row.problems for row in upload.rows.all()]
    return Upload.objects.get(pk=upload.pk)


def row_of(upload, number=0):
    return upload.rows.order_by("order")[number]


def codes(upload, number=0):
    return {problem["code"] for problem in row_of(upload, number).problems}


def messages(upload):
    return [problem["message"] for row in upload.rows.all() for problem in row.problems]


def changes():
    """How many audit lines there are that are not about uploads themselves."""
    return AuditEntry.objects.exclude(verb__in=["upload", "import"]).count()


def exported(kind, by, on=TODAY, target_id=None):
    """The bytes of the export of the user's division."""
    roster = spec.get(kind)
    rows = roster.rows_to_export(by.division_id, on, target_id)
    return writer.export(roster, rows, place=by.division.name, on=on, by=by, about=roster.target_text(target_id))


def sent_back(kind, by, target_id=None, on=TODAY):
    """The upload of our own export as it came out."""
    return importer.upload(
        by=by, kind=kind, filename="名册.xlsx", content=exported(kind, by, on, target_id), as_of=on, target_id=target_id
    )


def shown(content):
    """The rows of a workbook as texts, without title and note."""
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]


def queries(function):
    """How many queries `function` costs."""
    with CaptureQueriesContext(connection) as captured:
        function()
    return len(captured)
