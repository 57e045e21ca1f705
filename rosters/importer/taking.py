"""Taking a file in: read, compared with the database, kept for the preview."""

import hashlib
from dataclasses import dataclass, replace
from operator import attrgetter

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from core import audit
from core.collecting import Paused
from core.copying import copy_values
from core.dates import parse_date
from core.fields import digest
from core.identity import mask_text
from core.scope import inside, scope_code
from core.text import BLANKS, INVISIBLE
from rosters import collection, marks, places, spec
from rosters.importer import targets
from rosters.importer.remembering import layouts_for, meanings_for
from rosters.importer.verdicts import (
    READING,
    Stored,
    as_json,
    counts,
    fingerprint,
    rows_to_compare,
    scope_of,
    take_verdicts,
)
from rosters.limits import Refused
from rosters.models import Upload, UploadRow
from rosters.reader.layouts import Choices
from rosters.reading import Context, read_workbook
from rosters.recognition import recognise
from rosters.sandbox import DEFAULT as PAGE
from rosters.sandbox import read_cells

FOLDERS = 2  # of a file's path that are kept: the last ones, nearest to the file
LONGEST_FOLDER = 24
LONGEST_PATH = 255
# Of UploadRow, beside its key and its upload.
COLUMNS = (
    "order", "sheet", "excel_row", "village_code", "outcome", "change", "values", "typed", "above", "corrections",
    "problems", "diff",
)  # fmt: skip


def may_upload(user, kind=""):
    """True when `user` may hand in rosters at all, or this kind at the page that it has of its own."""
    if kind and spec.closed_to(user, spec.get(kind)):
        return False
    own_door = spec.get(kind).own_door if kind else ""
    return user.has_perm("rosters.upload") or bool(own_door and user.has_perm(own_door))


def county_of(user, kind=""):
    """The six digits of the county that `user` hands in for, a roster of `kind` where that is known. Raises PermissionDenied with what to do instead."""
    code = scope_code(user)
    if not may_upload(user, kind) or code is None:
        raise PermissionDenied("这个账号没有上传名册的权限。")
    if len(code) < 6:
        raise PermissionDenied("省、市账号不能上传名册，请用县级或乡镇账号上传。")
    return code[:6]


@Paused()
def upload(*, by, filename, content, kind="", as_of=None, target_id=None, limits=PAGE):
    """Read `content` and keep it with what was understood. Returns the Upload: refused, read and ready to confirm, or
    unsure, with something to ask first.

    Without a `kind` the file is recognised. `target_id` is what the rows are about where the kind has a target (a
    training session, an award round); `limits` are larger where nobody waits at a page."""
    begun = _begun(by, kind=kind, filename=filename, content=content, as_of=as_of, target_id=target_id)
    return _read(begun, limits)


@transaction.atomic
def receive(files, *, by):
    """Keep files unread, each given as for `upload`, to be read later by `read_received`. Returns the Uploads, queued."""
    return Upload.objects.bulk_create([_begun(by, **file) for file in files])


@Paused()
def read_received(pk):
    """Read a file that `receive` kept; one that was read or put away meanwhile stays as it is. Returns the Upload."""
    kept = Upload.objects.select_related("by", "division").get(pk=pk)
    if inside(kept.division_id, kept.by.division_id):
        kept.by.division = kept.division  # a token's rows are those of its own part of the account's division
    return _read(kept) if kept.status == Upload.Status.QUEUED else kept


def _begun(by, *, filename, content, kind="", as_of=None, target_id=None):
    county_of(by, kind)
    return Upload(
        by=by,
        division=by.division,
        kind=spec.get(kind).slug if kind else "",
        filename=path_name(filename),
        content=content,
        digest=digest(hashlib.sha256(content).hexdigest()),
        size=len(content),
        status=Upload.Status.QUEUED,
        as_of=as_of or timezone.localdate(),
        target_id=target_id,
    )


def _read(kept, limits=PAGE):
    try:
        understood = understand(kept, kept.division, limits)
    except Refused as refused:
        return _keep_refused(kept, refused)
    return _keep_read(kept, understood)


@dataclass(frozen=True)
class Understood:
    """What was made of a file: as what it was read, its rows (Stored) apart from the reading, the kinds to ask about when
    others explain it as well, and what the rows are about where the kind has a target."""

    roster: object
    reading: object
    rows: list
    close: tuple = ()
    target_id: int | None = None

    def is_sure(self, target_id):
        """True when nothing is to be asked before the rows can be looked at, which are about `target_id`."""
        asked = any(table.doubts for table in self.reading.tables) or (self.roster.target and not target_id)
        return not asked and not self.close and is_importable(self.roster)


def is_importable(roster):
    """True for a kind whose rows can be compared and written."""
    return bool(roster.compare and roster.apply)


def understand(kept, division, limits=PAGE):
    """Read the file of an upload as its kind or, without one, as the kind it is recognised as. Raises Refused."""
    workbook = read_cells(kept.content, kept.filename, limits)
    if kept.status == Upload.Status.QUEUED:  # read for the first time: later somebody may have said another day
        given_today = kept.as_of == timezone.localdate()  # which the page proposes: another day was typed
        kept.as_of = (_day_told(workbook.mark) if given_today else None) or kept.as_of
    context, layouts = context_of(division, kept.as_of), layouts_for(division.code)
    roster, close = _kind_of(kept, workbook, context, layouts)
    targets.check(kept, roster)
    choices = Choices(kept.mapping.get(roster.slug, {}), tuple(layouts.get(roster.slug, ())))
    reading = read_workbook(roster, workbook, context, choices)
    target_id = targets.told(kept, roster, reading)
    return Understood(roster, replace(reading, rows=()), _rows(reading), close, target_id)


def _day_told(mark):
    """The day that a file of our own speaks of; None where it tells none that has come."""
    told = marks.read(mark).get("on") if mark else None
    day = parse_date(told) if isinstance(told, str) else None
    return day if day and day <= timezone.localdate() else None


def _kind_of(kept, workbook, context, layouts):
    if kept.kind:
        return spec.get(kept.kind), ()
    found = recognise(workbook, context, kept.filename, layouts)
    if found is None:
        raise Refused("no_table", "没有找到名册的表头（如姓名、身份证号、村名等列名），请检查是否选错了文件。")
    return found.roster, found.close


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


def context_of(division, as_of):
    """Whose villages and as of when the rows that `division` hands in are judged."""
    county = division.code[:6]
    gazetteer = places.gazetteer_of(county, as_of)
    if division.is_township:
        gazetteer = places.HomeGazetteer(gazetteer, division.name)
    return Context(county, as_of, gazetteer, meanings_for(division.code))


@transaction.atomic
def _keep_refused(kept, refused):
    kept.status, kept.content = Upload.Status.REFUSED, None  # nothing in it can be used
    kept.refusal_code, kept.refusal_message = refused.code, refused.message[:300]
    collection.bind(kept)
    if not _keep(kept):
        return Upload.objects.get(pk=kept.pk)
    audit.record(by=kept.by, verb="upload", obj=kept, after={"refused": kept.refusal_code}, batch=kept.pk)
    return kept


@transaction.atomic
def _keep_read(kept, understood):
    stored = take_reading(kept, understood)
    if not _keep(kept):
        return Upload.objects.get(pk=kept.pk)
    store_rows(kept, stored)
    audit.record(by=kept.by, verb="upload", obj=kept, after=kept.counts, batch=kept.pk)
    return kept


def take_reading(kept, understood):
    """Put what was understood into the upload, unsaved. Returns its rows, compared, unsaved."""
    roster = understood.roster
    kept.kind, kept.target_id = roster.slug, understood.target_id
    kept.tables = _understood(understood)
    kept.corrects = _corrected_by(kept, understood.reading.mark)
    unused_mark = collection.bind(kept, understood.reading.mark)
    kept.tables["notes"] += [unused_mark] if unused_mark else []
    kept.tables["day_told"] = _day_told(understood.reading.mark) == kept.as_of
    kept.status = Upload.Status.READ if understood.is_sure(kept.target_id) else Upload.Status.UNSURE
    comparable = is_importable(roster) and (kept.target_id or not roster.target)
    stored = understood.rows if comparable else []
    if stored:
        take_verdicts(stored, roster.compare(rows_to_compare(stored), scope_of(kept)).verdicts)
    kept.counts, kept.fingerprint = counts(stored), fingerprint(stored)
    return stored


def store_rows(kept, stored):
    copy_values(UploadRow, {"upload_id": kept.pk}, COLUMNS, map(attrgetter(*COLUMNS), stored))


def _rows(reading):
    return [
        Stored(
            order,
            row.excel_row,
            row.village_code or "",
            row.values,
            [as_json(found, READING) for found in (*row.problems, *row.hints)],
            sheet=row.sheet,
            packed=row.packed,
            above=row.above,
        )
        for order, row in enumerate(reading.rows)
    ]


def _corrected_by(kept, mark):
    """The earlier upload of the same office and kind whose marked workbook this is, or None."""
    earlier = marks.read(mark).get("upload") if mark else None
    if earlier is None:
        return None
    return Upload.objects.visible_to(kept.by).filter(pk=earlier, kind=kept.kind).defer("content").first()


def _understood(understood):
    """What the preview says about the file: tables, what was left out and why. Kept in clear, so numbers are masked."""
    reading = understood.reading
    return {
        "kinds": [roster.slug for roster in understood.close],
        "tables": [
            {
                **table.as_json(),
                "reasons": {letter: mask_text(why) for letter, why in table.reasons.items()},
                "compared": table.compared,
                "orders": table.orders,
                "hints": {field: mask_text(hint) for field, hint in table.hints.items()},
                "unmapped": [[letter, mask_text(header)] for letter, header in table.unmapped],
                "names": table.names,
                "heads": {letter: mask_text(head) for letter, head in table.heads.items()},
                "layout": table.layout,
                "doubts": [{**doubt, "why": mask_text(doubt["why"])} for doubt in table.doubts],
            }
            for table in reading.tables
        ],
        "ignored_sheets": list(reading.ignored_sheets),
        "ignored_rows": len(reading.ignored_rows),
        "layout": reading.layout,
        "notes": [mask_text(note) for note in reading.notes],
    }
