"""Taking a file in: read, compared with the database, kept for the preview."""

import hashlib
from dataclasses import dataclass

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
from rosters.importer.remembering import layouts_for, meanings_for
from rosters.importer.verdicts import READING, as_json, counts, fingerprint, rows_to_compare, scope_of, take_verdicts
from rosters.limits import Refused
from rosters.models import Upload, UploadRow
from rosters.reader.layouts import Choices
from rosters.reading import Context, read_workbook
from rosters.recognition import recognise
from rosters.sandbox import read_cells


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


def upload(*, by, filename, content, kind="", as_of=None, target_id=None):
    """Read `content` and keep it with what was understood. Returns the Upload: refused, read and ready to confirm, or
    unsure, with something to ask first.

    Without a `kind` the file is recognised. `target_id` is what the rows are about where the kind has a target (a
    training session, an award round)."""
    county_of(by)
    kept = Upload(
        by=by,
        division_id=by.division_id,
        kind=kind,
        filename=short_name(filename),
        content=content,
        digest=digest(hashlib.sha256(content).hexdigest()),
        size=len(content),
        status=Upload.Status.READ,
        as_of=as_of or timezone.localdate(),
        target_id=target_id,
    )
    try:
        understood = understand(kept, by.division)
    except Refused as refused:
        return _keep_refused(kept, refused)
    return _keep_read(kept, understood)


@dataclass(frozen=True)
class Understood:
    """What was made of a file: as what it was read, the kinds to ask about when others explain it as well, and what the
    rows are about where the kind has a target."""

    roster: object
    reading: object
    close: tuple = ()
    target_id: int | None = None

    @property
    def is_sure(self):
        """True when nothing is to be asked before the rows can be looked at."""
        asked = any(table.doubts for table in self.reading.tables) or (self.roster.target and not self.target_id)
        return not asked and not self.close and is_importable(self.roster)


def is_importable(roster):
    """True for a kind whose rows can be compared and written."""
    return bool(roster.compare and roster.apply)


def understand(kept, division):
    """Read the file of an upload as its kind or, without one, as the kind it is recognised as. Raises Refused."""
    workbook = read_cells(kept.content, kept.filename)
    context, layouts = context_of(division, kept.as_of), layouts_for(division.code)
    roster, close = _kind_of(kept, workbook, context, layouts)
    choices = Choices(kept.mapping.get(roster.slug, {}), tuple(layouts.get(roster.slug, ())))
    targets.check(kept, roster)
    reading = read_workbook(roster, workbook, context, choices)
    return Understood(roster, reading, close, targets.told(kept, roster, reading.context))


def _kind_of(kept, workbook, context, layouts):
    if kept.kind:
        return spec.get(kept.kind), ()
    found = recognise(workbook, context, kept.filename, layouts)
    if found is None:
        raise Refused("no_table", "没有找到名册的表头（如姓名、身份证号、村名等列名），请检查是否选错了文件。")
    return found.roster, found.close


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
    return Context(county, as_of, gazetteer, meanings_for(division.code))


@transaction.atomic
def _keep_refused(kept, refused):
    kept.status, kept.content = Upload.Status.REFUSED, None  # nothing in it can be used
    kept.refusal_code, kept.refusal_message = refused.code, refused.message[:300]
    kept.save(force_insert=True)
    audit.record(by=kept.by, verb="upload", obj=kept, after={"refused": kept.refusal_code}, batch=kept.pk)
    return kept


@transaction.atomic
def _keep_read(kept, understood):
    stored = take_reading(kept, understood)
    kept.save(force_insert=True)
    store_rows(kept, stored)
    audit.record(by=kept.by, verb="upload", obj=kept, after=kept.counts, batch=kept.pk)
    return kept


def take_reading(kept, understood):
    """Put what was understood into the upload, unsaved. Returns its rows, compared, unsaved."""
    roster = understood.roster
    kept.kind, kept.target_id = roster.slug, understood.target_id
    kept.tables = _understood(understood)
    kept.status = Upload.Status.READ if understood.is_sure else Upload.Status.UNSURE
    comparable = is_importable(roster) and (kept.target_id or not roster.target)
    stored = _rows(understood.reading) if comparable else []
    if stored:
        take_verdicts(stored, roster.compare(rows_to_compare(stored), scope_of(kept)).verdicts)
    kept.counts, kept.fingerprint = counts(stored), fingerprint(stored)
    kept.corrects = _corrected_by(kept, understood.reading.mark)
    return stored


def store_rows(kept, stored):
    for row in stored:
        row.upload = kept
    UploadRow.objects.bulk_create(stored, batch_size=1000)


def _rows(reading):
    return [
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
                "hints": {field: mask_text(hint) for field, hint in table.hints.items()},
                "unmapped": [[letter, mask_text(header)] for letter, header in table.unmapped],
                "names": table.names,
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
