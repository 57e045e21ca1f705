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
from rosters import places, spec
from rosters.importer.verdicts import READING, as_json, counts, fingerprint, rows_to_compare, scope_of, take_verdicts
from rosters.limits import Refused
from rosters.models import Upload, UploadRow
from rosters.reading import Context, read

FOLDERS = 2  # of a file's path that are kept: the last ones, nearest to the file
LONGEST_FOLDER = 24
LONGEST_PATH = 255


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
    return _read(_begun(by, kind=kind, filename=filename, content=content, as_of=as_of, target_id=target_id))


@transaction.atomic
def receive(files, *, by):
    """Keep files unread, each given as for `upload`, to be read later by `read_received`. Returns the Uploads, queued."""
    return Upload.objects.bulk_create([_begun(by, **file) for file in files])


def read_received(pk):
    """Read a file that `receive` kept; one that was read or put away meanwhile stays as it is. Returns the Upload."""
    kept = Upload.objects.select_related("by", "division").get(pk=pk)
    return _read(kept) if kept.status == Upload.Status.QUEUED else kept


def _begun(by, *, kind, filename, content, as_of=None, target_id=None):
    county_of(by)
    return Upload(
        by=by,
        division=by.division,
        kind=spec.get(kind).slug,
        filename=path_name(filename),
        content=content,
        digest=digest(hashlib.sha256(content).hexdigest()),
        size=len(content),
        status=Upload.Status.QUEUED,
        as_of=as_of or timezone.localdate(),
        target_id=target_id,
    )


def _read(kept):
    roster = spec.get(kept.kind)
    kept.status = Upload.Status.READ
    try:
        reading = read(roster, kept.content, kept.filename, _context(kept.division, kept.as_of))
    except Refused as refused:
        return _keep_refused(kept, refused)
    return _keep_read(kept, roster, reading)


def _keep(kept):
    """Insert the upload; one that waited is written over, while it still waits. False when it does not any more."""
    if kept.pk is None:
        kept.save(force_insert=True)
        return True
    waiting = Upload.objects.select_for_update(of=("self",)).filter(pk=kept.pk, status=Upload.Status.QUEUED)
    if not waiting.values_list("pk", flat=True).order_by("pk")[:1]:
        return False
    # A file that can be read stays sealed as it is: to seal it anew would write megabytes for nothing.
    same = {"id", "by", "division", "created_at", *(("content",) if kept.content is not None else ())}
    kept.save(update_fields=[field.name for field in Upload._meta.concrete_fields if field.name not in same])
    return True


def short_name(filename):
    """The name of the file alone: no path, no control or direction marks, numbers of persons masked, its ending kept."""
    name = filename.replace("\\", "/").rsplit("/", 1)[-1]
    name = mask_text(BLANKS.sub(" ", INVISIBLE.sub("", name)).strip()) or "未命名"
    return name if len(name) <= 200 else f"{name[:180]}…{name[-15:]}"


def path_name(path):
    """A file's name after its last folders, which may say whose it is: 寨里镇／名册.xlsx. Each part cut as `short_name` does."""
    parts = [part for part in path.replace("\\", "/").split("/") if part.strip(" .")]
    name, folders = short_name(path), parts[:-1][-FOLDERS:]
    return "／".join([*(short_name(folder)[:LONGEST_FOLDER] for folder in folders), name])[-LONGEST_PATH:]


def _context(division, as_of):
    county = division.code[:6]
    gazetteer = places.gazetteer_of(county, as_of)
    if division.is_township:
        gazetteer = places.HomeGazetteer(gazetteer, division.name)
    return Context(county, as_of, gazetteer)


@transaction.atomic
def _keep_refused(kept, refused):
    kept.status, kept.content = Upload.Status.REFUSED, None  # nothing in it can be used
    kept.refusal_code, kept.refusal_message = refused.code, refused.message[:300]
    if not _keep(kept):
        return Upload.objects.get(pk=kept.pk)
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
            problems=[as_json(found, READING) for found in (*row.problems, *row.hints)],
        )
        for order, row in enumerate(reading.rows)
    ]
    comparison = roster.compare(rows_to_compare(stored), scope_of(kept))
    take_verdicts(stored, comparison.verdicts)
    kept.tables = _understood(reading)
    kept.counts = counts(stored)
    kept.fingerprint = fingerprint(stored)
    if not _keep(kept):
        return Upload.objects.get(pk=kept.pk)
    for row in stored:
        row.upload = kept
    UploadRow.objects.bulk_create(stored, batch_size=1000)
    audit.record(by=kept.by, verb="upload", obj=kept, after=kept.counts, batch=kept.pk)
    return kept


def _understood(reading):
    """What the preview says about the file: tables, what was left out and why. Kept in clear, so numbers are masked."""
    return {
        "tables": [
            {
                **table.as_json(),
                "reasons": {letter: mask_text(why) for letter, why in table.reasons.items()},
                "compared": table.compared,
                "unmapped": [[letter, mask_text(header)] for letter, header in table.unmapped],
            }
            for table in reading.tables
        ],
        "ignored_sheets": list(reading.ignored_sheets),
        "ignored_rows": len(reading.ignored_rows),
        "layout": reading.layout,
        "notes": [mask_text(note) for note in reading.notes],
    }
