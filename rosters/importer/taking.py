"""Taking a file in: read, compared with the database, kept for the preview."""

import hashlib

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from core import audit
from core.fields import digest
from core.identity import mask_text
from core.scope import scope_code
from core.text import BLANKS, INVISIBLE
from rosters import marks, places, spec
from rosters.importer import targets
from rosters.importer.verdicts import READING, as_json, counts, fingerprint, rows_to_compare, scope_of, take_verdicts
from rosters.limits import Refused
from rosters.models import Upload, UploadRow
from rosters.reading import Context, read


def may_upload(user):
    """True when `user` may hand in rosters at all."""
    return user.has_perm("rosters.upload")


def county_of(user):
    """The six digits of the county that `user` hands in for. Raises PermissionDenied with what to do instead."""
    code = scope_code(user)
    if not may_upload(user) or code is None:
        raise PermissionDenied("这个账号没有上传名册的权限。")
    if len(code) < 6:
        raise PermissionDenied("省、市账号不能上传名册，请用县级或乡镇账号上传。")
    return code[:6]


def upload(*, by, kind, filename, content, as_of=None, target_id=None):
    """Read `content` and keep it with what was understood. Returns the Upload: refused, or read and ready to confirm.

    `target_id` is what the rows are about where the kind has a target (a training session, an award round)."""
    county_of(by)
    roster = spec.get(kind)
    as_of = as_of or timezone.localdate()
    kept = Upload(
        by=by,
        division_id=by.division_id,
        kind=kind,
        filename=short_name(filename),
        content=content,
        digest=digest(hashlib.sha256(content).hexdigest()),
        size=len(content),
        status=Upload.Status.READ,
        as_of=as_of,
        target_id=target_id,
    )
    try:
        targets.check(kept, roster)
        reading = read(roster, content, kept.filename, context_of(by.division, as_of))
        kept.target_id = targets.settle(kept, roster, reading)
    except Refused as refused:
        return _keep_refused(kept, refused)
    return _keep_read(kept, roster, reading)


def short_name(filename):
    """The name of the file alone: no path, no control or direction marks, numbers of persons masked, its ending kept."""
    name = filename.replace("\\", "/").rsplit("/", 1)[-1]
    name = mask_text(BLANKS.sub(" ", INVISIBLE.sub("", name)).strip()) or "未命名"
    return name if len(name) <= 200 else f"{name[:180]}…{name[-15:]}"


def context_of(division, as_of):
    """Whose villages and as of when the rows that `division` hands in are judged."""
    county = division.code[:6]
    gazetteer = places.gazetteer_of(county, as_of)
    if division.is_township:
        gazetteer = places.HomeGazetteer(gazetteer, division.name)
    return Context(county, as_of, gazetteer)


@transaction.atomic
def _keep_refused(kept, refused):
    kept.status, kept.content = Upload.Status.REFUSED, None  # nothing in it can be used
    kept.refusal_code, kept.refusal_message = refused.code, refused.message[:300]
    kept.save(force_insert=True)
    audit.record(by=kept.by, verb="upload", obj=kept, after={"refused": kept.refusal_code}, batch=kept.pk)
    return kept


@transaction.atomic
def _keep_read(kept, roster, reading):
    stored = [
        UploadRow(
            order=order,
            sheet=row.sheet,
            excel_row=row.excel_row,
            village_code=row.village_code or "",
            values=row.values,
            typed=row.typed,
            above=row.above,
            problems=[as_json(found, READING) for found in (*row.problems, *row.hints)],
        )
        for order, row in enumerate(reading.rows)
    ]
    comparison = roster.compare(rows_to_compare(stored), scope_of(kept))
    take_verdicts(stored, comparison.verdicts)
    kept.tables = _understood(reading)
    kept.counts = counts(stored)
    kept.fingerprint = fingerprint(stored)
    kept.corrects = _corrected_by(kept, reading.mark)
    kept.save(force_insert=True)
    for row in stored:
        row.upload = kept
    UploadRow.objects.bulk_create(stored, batch_size=1000)
    audit.record(by=kept.by, verb="upload", obj=kept, after=kept.counts, batch=kept.pk)
    return kept


def _corrected_by(kept, mark):
    """The earlier upload of the same office and kind whose marked workbook this is, or None."""
    earlier = marks.read(mark).get("upload") if mark else None
    if earlier is None:
        return None
    return Upload.objects.visible_to(kept.by).filter(pk=earlier, kind=kept.kind).defer("content").first()


def _understood(reading):
    """What the preview says about the file: tables, what was left out and why. Kept in clear, so numbers are masked."""
    return {
        "tables": [
            {
                **table.as_json(),
                "reasons": {letter: mask_text(why) for letter, why in table.reasons.items()},
                "compared": table.compared,
                "hints": {field: mask_text(hint) for field, hint in table.hints.items()},
                "unmapped": [[letter, mask_text(header)] for letter, header in table.unmapped],
            }
            for table in reading.tables
        ],
        "ignored_sheets": list(reading.ignored_sheets),
        "ignored_rows": len(reading.ignored_rows),
        "layout": reading.layout,
        "notes": [mask_text(note) for note in reading.notes],
    }
