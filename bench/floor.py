"""The floor: calamine reads the file and COPY puts rows made beforehand into the same tables, streamed from files; nothing
is checked."""

import io
from pathlib import Path

from django.db import connection, transaction
from python_calamine import CalamineWorkbook

BUSINESS = ("talent_person", "talent_education", "talent_appointment")
TABLES = ("rosters_upload", "rosters_uploadrow", *BUSINESS, "core_auditentry", "core_journalentry")


def keep(folder):
    """Put what an import has written into files of `folder`, as COPY reads them."""
    with connection.cursor() as cursor:
        for table in TABLES:
            with open(Path(folder) / table, "w", encoding="utf-8") as file:
                # The log also has the lines of the making of the county.
                rows = f"(SELECT * FROM {table} WHERE batch IS NOT NULL)" if table == "core_auditentry" else table
                cursor.copy_expert(f"COPY {rows} TO STDOUT", file)


def floor(content, folder, tables=TABLES):
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    for _ in sheet.iter_rows():
        pass
    with transaction.atomic(), connection.cursor() as cursor:
        for table in tables:
            with open(Path(folder) / table, "rb") as rows:
                cursor.copy_expert(f"COPY {table} FROM STDIN", rows)
