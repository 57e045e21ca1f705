"""Ending the posts of those who are not in a complete roster: a decision and a batch of its own, never a side effect."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from core import audit
from rosters import spec
from rosters.importer.committing import locked
from rosters.importer.reviewing import may_review, needed
from rosters.importer.taking import county_of
from rosters.importer.turns import NotNow, in_turn
from rosters.importer.verdicts import rows_to_compare, scope_of
from rosters.models import Upload, UploadRow


@dataclass(frozen=True)
class Ending:
    """The decision about those chosen: the last day, why, and by which document."""

    on: object
    reason: str
    document_no: str = ""


def absent(upload, lock=False):
    """[Absent] of a roster that says it is complete; nobody where it does not, or where its rows are not kept any more."""
    absence = spec.get(upload.kind).absence
    if absence is None or not upload.complete or not (upload.is_written or upload.is_open or _waits(upload)):
        return []
    stored = list(upload.rows.order_by("order").defer("diff"))
    if any(row.values is None for row in stored):
        return []
    return absence.find(rows_to_compare(stored), scope_of(upload, lock=lock))


def _waits(upload):
    return upload.status == Upload.Status.SUBMITTED


def why_not_end(upload, user):
    """Why `user` may not end the posts of those who are not in the roster, in words; None when it may."""
    settled = upload.status == Upload.Status.COMMITTED or (upload.is_open and not upload.writes)
    if not upload.complete:
        return "这份名册没有标明已列全。"
    if not settled:
        return "名册先入库，再办理不在名册中的人。"
    if needed(upload) and not may_review(user):
        return "这类名册须经县里审核，不在名册中的人由县委组织部办理。"
    return None


def end_absent(upload, keys, ending, *, by):
    """End what the chosen ones hold. Returns the Upload that is the batch of it; raises NotNow with what to do instead."""
    county_of(by)
    return in_turn(_end_absent, upload.pk, frozenset(keys), ending, by)


@transaction.atomic
def _end_absent(pk, keys, ending, by):
    kept = locked(pk)
    why = why_not_end(kept, by)
    if why:
        raise NotNow(why)
    chosen = [found for found in absent(kept, lock=True) if found.key in keys]
    earlier = kept.followed_by.filter(status=Upload.Status.COMMITTED).order_by("-pk").first()
    if not chosen and keys and earlier is not None:
        return earlier
    _check(chosen, keys, ending)
    batch = _begin(kept, chosen, ending, by)
    records = [row for found in chosen for row in found.rows]
    absence = spec.get(kept.kind).absence
    absence.end(records, on=ending.on, reason=ending.reason, document_no=ending.document_no, by=by, batch=batch.pk)
    audit.record(by=by, verb="import", obj=batch, after=batch.counts, batch=batch.pk)
    return batch


def _check(chosen, keys, ending):
    if not keys:
        raise NotNow("还没有选人。请在要办理的人前面打勾。")
    if len(chosen) < len(keys):
        raise NotNow("选中的人里有的此后已有变动，没有办理任何人，请再核对一遍名单。")
    if ending.on > timezone.localdate():
        raise NotNow("日期晚于今天，请填在任的最后一天。")
    late = next((found for found in chosen if found.since > ending.on), None)
    if late is not None:
        raise NotNow(f"{late.place}{late.name} {late.since:%Y-%m-%d} 才开始，日期不能早于这一天，没有办理任何人。")


def _begin(kept, chosen, ending, by):
    counts = dict.fromkeys(("rows", "accept", "warn", "error", "new", "changed", "unchanged"), 0)
    records = sum(len(found.rows) for found in chosen)
    batch = Upload.objects.create(
        by=by,
        division_id=kept.division_id,
        kind=kept.kind,
        filename=f"不在名册中的 {len(chosen)} 人：{kept.filename}"[:255],
        size=0,
        status=Upload.Status.COMMITTED,
        as_of=ending.on,
        target_id=kept.target_id,
        follows=kept,
        counts={**counts, "rows": len(chosen), "changed": len(chosen), "records": records},
        committed_at=timezone.now(),
        committed_by=by,
    )
    UploadRow.objects.bulk_create(
        (
            UploadRow(
                upload=batch,
                order=order,
                excel_row=order + 1,
                outcome=UploadRow.Outcome.ACCEPT,
                change=UploadRow.Change.CHANGED,
                values={"place": found.place, "name": found.name, "holds": found.holds},
            )
            for order, found in enumerate(chosen)
        ),
        batch_size=1000,
    )
    return batch
