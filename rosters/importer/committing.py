"""Handing in: what the preview shows is written or goes to the county for review, all of it in one transaction or nothing."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models.fields.json import KT
from django.utils import timezone

from core import audit
from core.collecting import ROWS_AT_ONCE, Paused, sharing
from core.copying import update_rows
from core.jobs import say
from rosters import spec
from rosters.importer import reviewing
from rosters.importer.taking import county_of
from rosters.importer.turns import NotNow, in_turn, lock_county
from rosters.importer.verdicts import Stored, counts, fingerprint, rows_to_compare, scope_of, take_verdicts
from rosters.models import Upload, UploadRow

RENEWED = ("problems", "outcome", "change", "diff")


@dataclass(frozen=True)
class Choices:
    """What the clerk chooses when handing in: the roster lists everybody in office; all rows or none."""

    complete: bool = False
    all_or_nothing: bool = False


@dataclass(frozen=True)
class Confirmed:
    """`state`: done (this call wrote it), already (an earlier one did), changed (the preview was renewed instead),
    submitted (it waits for the county's review), held (all rows or none were asked for, and some have problems)."""

    state: str
    upload: Upload


@Paused()
def confirm(upload, *, by, choices=None, shown=""):
    """Hand in what the preview of `upload` shows, all of it or nothing. Returns Confirmed; raises NotNow.

    `shown` is the fingerprint of the preview that was looked at. Imports of one county queue up (see `turns`, which also
    raises Busy); a second call for the same upload finds the first one's result."""
    county_of(by, upload.kind)
    return in_turn(_confirm, upload.pk, by, choices, shown)


def choose(upload, choices, *, by):
    """Keep the clerk's choices before handing in. False when the upload is not open any more."""
    county_of(by, upload.kind)
    kept = Upload.objects.filter(pk=upload.pk, status__in=reviewing.changeable(upload, by, Upload.OPEN))
    return bool(kept.update(complete=choices.complete, all_or_nothing=choices.all_or_nothing))


@Paused()
def approve(upload, *, by, comment="", shown="", submitted_at=None):
    """Write a submitted upload just as it was shown to the reviewer `by`. Returns Confirmed; raises NotNow.

    `shown` and `submitted_at` are of the page that was looked at: after anything changed the differences are shown again."""
    reviewing.ensure_reviewer(by)
    return in_turn(_approve, upload.pk, by, comment, shown, submitted_at)


def locked(pk):
    """The upload, in its county's turn and locked until the transaction ends."""
    lock_county(Upload.objects.values_list("division_id", flat=True).get(pk=pk))
    return Upload.objects.select_for_update(of=("self",)).defer("content").get(pk=pk)


@transaction.atomic
def _confirm(pk, by, choices, shown):
    kept = locked(pk)
    if kept.is_written:
        return Confirmed("already", kept)
    if kept.status == Upload.Status.SUBMITTED:
        return Confirmed("submitted", kept)
    if kept.status == Upload.Status.UNSURE:
        raise NotNow("有的列还没有定下来，请先在“对列”页上选好，再入库。")
    if kept.status not in Upload.OPEN:
        raise NotNow("这份名册已作废或没有读出内容，请重新上传。")
    reviewing.ensure_not_the_townships(kept, by)
    if choices is not None:
        kept.complete, kept.all_or_nothing = choices.complete, choices.all_or_nothing
        kept.save(update_fields=["complete", "all_or_nothing"])
    plan, same = _compare_again(kept, shown)
    if not same:
        return Confirmed("changed", kept)
    if kept.all_or_nothing and kept.count("error"):
        return Confirmed("held", kept)
    if reviewing.needed(kept) and kept.writes:  # what changes nothing is nobody's work
        reviewing.submit(kept, by)
        return Confirmed("submitted", kept)
    _commit(kept, plan, by)
    return Confirmed("done", kept)


@transaction.atomic
def _approve(pk, by, comment, shown, submitted_at):
    kept = locked(pk)
    if kept.is_written:
        return Confirmed("already", kept)
    reviewing.ensure_waiting(kept, by)
    plan, same = _compare_again(kept, shown)
    if not (same and shown) or kept.submitted_at != submitted_at:
        return Confirmed("changed", kept)
    reviewing.sign(kept, by, comment)
    _commit(kept, plan, by)
    return Confirmed("done", kept)


def _compare_again(kept, shown):
    """(what is to be written, whether it is what was looked at); the preview is renewed when it is not."""
    say("与系统里的内容再比较一次")
    stored = _stored(kept)
    comparison = spec.get(kept.kind).compare(rows_to_compare(stored), scope_of(kept, lock=True))
    take_verdicts(stored, comparison.verdicts)
    same = fingerprint(stored) == kept.fingerprint
    if not same:
        _renew(kept, stored)
    return comparison.plan, same and shown in {"", kept.fingerprint}


def _stored(kept):
    """The rows with what a comparison asks for: what the preview showed and what the file said need not be decrypted."""
    share = sharing()
    found = kept.rows.order_by("order").values_list(
        "order", "excel_row", "village_code", "values", "problems", "corrections", "pk", KT("above__at")
    )
    return [
        Stored(order, excel_row, village, share(values), problems, corrections, pk, above={"at": at} if at else {})
        for order, excel_row, village, values, problems, corrections, pk, at in found.iterator(ROWS_AT_ONCE)
    ]


def _renew(kept, stored):
    """The database is no longer what the preview was made from: keep the new comparison, to be looked at again."""
    kept.counts, kept.fingerprint = counts(stored), fingerprint(stored)
    kept.save(update_fields=["counts", "fingerprint"])
    rows = [UploadRow(pk=row.pk, **{name: getattr(row, name) for name in RENEWED}) for row in stored]
    update_rows(rows, RENEWED)


def _commit(kept, plan, by):
    say(f"写入 {kept.writes} 行")
    say("写入")
    spec.get(kept.kind).apply(plan, by=by, batch=kept.pk)
    kept.status = Upload.Status.COMMITTED
    kept.committed_at, kept.committed_by = timezone.now(), by
    kept.save(update_fields=["status", "committed_at", "committed_by"])
    audit.record(by=by, verb="import", obj=kept, after=kept.counts, batch=kept.pk)
