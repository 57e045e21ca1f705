"""From a file to committed rows: read, compare, keep for the preview; then, once confirmed, one transaction."""

import hashlib
import json
from dataclasses import asdict, dataclass

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import timezone

from core import audit
from core.fields import digest
from core.identity import mask_text
from core.scope import scope_code
from core.text import BLANKS, INVISIBLE
from rosters import places, spec
from rosters.comparison import Row, Scope
from rosters.limits import Refused
from rosters.models import Upload, UploadRow
from rosters.problems import Problem, outcome
from rosters.reading import Context, read

LOCK = 0x58434149  # with the county's code the key of the lock that makes imports of a county queue up
TRIES = 3
RETRY = {"40001", "40P01", "55P03"}  # serialisation failure, deadlock, lock not available
READING = "reading"  # a problem that the file itself has, as against one found by comparing


class NotNow(Exception):
    """A commit that did not happen, in words for the clerk; nothing was written."""


@dataclass(frozen=True)
class Confirmed:
    """`state`: done (this call wrote it), already (an earlier one did), changed (the preview was renewed instead)."""

    state: str
    upload: Upload


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


# --- upload


def upload(*, by, kind, filename, content, as_of=None):
    """Read `content` and keep it with what was understood. Returns the Upload: refused, or read and ready to confirm."""
    county = county_of(by)
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
    )
    try:
        reading = read(roster, content, kept.filename, _context(county, by.division, as_of))
    except Refused as refused:
        return _keep_refused(kept, refused)
    return _keep_read(kept, roster, reading)


def short_name(filename):
    """The name of the file alone: no path, no control or direction marks, numbers of persons masked, its ending kept."""
    name = filename.replace("\\", "/").rsplit("/", 1)[-1]
    name = mask_text(BLANKS.sub(" ", INVISIBLE.sub("", name)).strip()) or "未命名"
    return name if len(name) <= 200 else f"{name[:180]}…{name[-15:]}"


def _context(county, division, as_of):
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
    rows = [
        Row(order, row.excel_row, row.values, row.village_code, list(row.problems))
        for order, row in enumerate(reading.rows)
    ]
    comparison = roster.compare(rows, _scope(kept))
    stored = [
        UploadRow(
            order=order,
            sheet=row.sheet,
            excel_row=row.excel_row,
            village_code=row.village_code or "",
            values=row.values,
            typed=row.typed,
            problems=[_as_json(found, READING) for found in (*row.problems, *row.hints)],
        )
        for order, row in enumerate(reading.rows)
    ]
    _take_verdicts(stored, comparison.verdicts)
    kept.tables = _understood(reading)
    kept.counts = counts(stored)
    kept.fingerprint = fingerprint(stored)
    kept.save(force_insert=True)
    for row in stored:
        row.upload = kept
    UploadRow.objects.bulk_create(stored, batch_size=1000)
    audit.record(by=kept.by, verb="upload", obj=kept, after=kept.counts, batch=kept.pk)
    return kept


def _scope(kept, lock=False):
    return Scope(code=kept.division_id, as_of=kept.as_of, lock=lock)


def _as_json(problem, stage):
    return {**asdict(problem), "stage": stage}


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


def _take_verdicts(stored, verdicts):
    """Put what the comparison says into the rows, in place of what an earlier one said."""
    for row, verdict in zip(stored, verdicts, strict=True):
        own = [problem for problem in row.problems if problem["stage"] == READING]
        row.problems = own + [_as_json(found, "compare") for found in verdict.problems]
        row.outcome = outcome([_as_problem(problem) for problem in row.problems])
        row.change = verdict.change
        row.diff = {name: list(texts) for name, texts in verdict.diff.items()} or None


def _as_problem(stored):
    return Problem(stored["field"], stored["code"], stored["level"], stored["message"])


def counts(stored):
    """{rows, accept, warn, error, new, changed, unchanged} of stored rows."""
    found = dict.fromkeys(("accept", "warn", "error", "new", "changed", "unchanged"), 0)
    for row in stored:
        found[row.outcome] += 1
        if row.change != UploadRow.Change.NONE:
            found[row.change] += 1
    return {"rows": len(stored), **found}


def fingerprint(stored):
    """A keyed digest of everything the preview shows as going to happen."""
    shown = [
        (row.order, row.outcome, row.change, row.diff, [problem["code"] for problem in row.problems]) for row in stored
    ]
    return digest(hashlib.sha256(json.dumps(shown, ensure_ascii=False, sort_keys=True).encode()).hexdigest())


# --- confirm


def confirm(upload, *, by):
    """Write what the preview of `upload` shows, all of it or nothing. Returns Confirmed; raises NotNow.

    Imports of one county queue up; a second call for the same upload finds the first one's result."""
    county_of(by)
    for attempt in range(1, TRIES + 1):
        try:
            return _confirm(upload.pk, by)
        except IntegrityError as error:
            raise NotNow("入库时数据与别处刚做的改动冲突，没有写入任何内容，请刷新后再核对一次。") from error
        except OperationalError as error:
            if getattr(error.__cause__, "pgcode", None) not in RETRY:
                raise
            if attempt == TRIES:
                raise NotNow("同时有别的改动正在写入，没有写入任何内容，请稍后再按一次。") from error
    return None


@transaction.atomic
def _confirm(pk, by):
    county = Upload.objects.values_list("division_id", flat=True).get(pk=pk)[:6]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, int(county)])
    kept = Upload.objects.select_for_update(of=("self",)).defer("content").get(pk=pk)
    if kept.status == Upload.Status.COMMITTED:
        return Confirmed("already", kept)
    if kept.status != Upload.Status.READ:
        raise NotNow("这份名册已作废或没有读出内容，请重新上传。")
    stored = list(kept.rows.order_by("order"))
    comparison = _compare_again(kept, stored)
    if fingerprint(stored) != kept.fingerprint:
        _renew(kept, stored)
        return Confirmed("changed", kept)
    _commit(kept, stored, comparison, by)
    return Confirmed("done", kept)


def _compare_again(kept, stored):
    rows = [
        Row(
            row.order,
            row.excel_row,
            row.values,
            row.village_code or None,
            [_as_problem(problem) for problem in row.problems if problem["stage"] == READING],
        )
        for row in stored
    ]
    comparison = spec.get(kept.kind).compare(rows, _scope(kept, lock=True))
    _take_verdicts(stored, comparison.verdicts)
    return comparison


def _renew(kept, stored):
    """The database is no longer what the preview was made from: keep the new comparison, to be looked at again."""
    kept.counts, kept.fingerprint = counts(stored), fingerprint(stored)
    kept.save(update_fields=["counts", "fingerprint"])
    UploadRow.objects.bulk_update(stored, ["problems", "outcome", "change", "diff"], batch_size=500)


def _commit(kept, stored, comparison, by):
    touched = spec.get(kept.kind).apply(comparison.plan, by=by, batch=kept.pk)
    _keep_touched(stored, touched)
    kept.status = Upload.Status.COMMITTED
    kept.committed_at, kept.committed_by = timezone.now(), by
    kept.save(update_fields=["status", "committed_at", "committed_by"])
    audit.record(by=by, verb="import", obj=kept, after=kept.counts, batch=kept.pk)


def _keep_touched(stored, touched):
    """Note at each row which records it wrote, with one statement."""
    noted = [(stored[index].pk, json.dumps(found)) for index, found in touched.items() if found]
    if not noted:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {UploadRow._meta.db_table} AS row SET touched = found.touched::jsonb "
            "FROM unnest(%s::bigint[], %s::text[]) AS found (id, touched) WHERE row.id = found.id",
            [[pk for pk, _ in noted], [text for _, text in noted]],
        )


# --- drop, purge


@transaction.atomic
def drop(upload, *, by):
    """Put away an upload that is not to be committed. Returns False when it was committed meanwhile."""
    dropped = Upload.objects.filter(pk=upload.pk, status=Upload.Status.READ).update(status=Upload.Status.DROPPED)
    if dropped:
        audit.record(by=by, verb="change", obj=upload, after={"status": Upload.Status.DROPPED}, batch=upload.pk)
    return bool(dropped)


@transaction.atomic
def purge(on):
    """Let go of files and row contents whose day has come; counts, who and when stay. Returns how many files went."""
    going = list(Upload.objects.expired(on).defer("content").select_for_update().order_by("pk"))
    rows = UploadRow.objects.filter(upload__in=going)
    rows.filter(upload__status=Upload.Status.COMMITTED).update(values=None, typed=None, diff=None)
    rows.exclude(upload__status=Upload.Status.COMMITTED).delete()
    Upload.objects.filter(pk__in=[kept.pk for kept in going], status=Upload.Status.READ).update(
        status=Upload.Status.DROPPED
    )
    Upload.objects.filter(pk__in=[kept.pk for kept in going]).update(content=None)
    return len(going)
