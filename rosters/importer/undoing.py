"""Undoing a batch, any time later: a batch of its own that takes back what the other did and has not been edited since."""

import hashlib
from dataclasses import dataclass

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from core import audit
from core.collecting import Paused
from core.fields import digest
from core.models import AuditEntry
from core.reversal import Reversal
from core.scope import inside, scope_code
from rosters.importer.committing import locked
from rosters.importer.reviewing import COUNTY
from rosters.importer.taking import county_of
from rosters.importer.turns import NotNow, in_turn
from rosters.models import Upload, UploadRow

UNDO = "roster_undo"
MANY = 2_000  # changes; to try so many and take the trial back keeps a page waiting for about a second
SHOWN = 100  # audit lines of what would be taken back, on the page before it


@dataclass(frozen=True)
class Outlook:
    """What an undo would do, or did: `groups` as of Reversal.counts, `kept` [Kept], `lines` [(audit entry, model, text)] of
    the first rows that it writes (none for a large batch, which is judged and not tried)."""

    taken: int
    groups: list
    kept: list
    lines: list
    fingerprint: str


@dataclass(frozen=True)
class Undone:
    """`state`: done (`upload` is the batch of the undo), already (an earlier one), changed (look at it again)."""

    state: str
    upload: Upload


def why_not_undo(upload, user):
    """Why `user` may not take the batch back, in words; None when it may."""
    if upload.status == Upload.Status.UNDONE:
        return "这一批已经撤销。"
    if upload.status != Upload.Status.COMMITTED:
        return "这一批没有入库，没有可以撤销的内容。"
    if not inside(upload.division_id, scope_code(user)):
        return "这一批不是本单位的名册。"
    # A county's account may have a token for one township: what it wrote itself it may take back.
    by_county = len(upload.committed_by.division_id) <= COUNTY and upload.committed_by_id != user.pk
    if by_county and len(scope_code(user)) > COUNTY:
        return "这一批由县委组织部办理，要撤销请联系县委组织部。"
    return None


def changes_of(upload):
    """How many rows, of whatever table, the batch wrote by the lines of the audit log."""
    return AuditEntry.objects.filter(batch=upload.pk).count()


def is_large(upload):
    """True for a batch whose undo is work for the worker."""
    return changes_of(upload) > MANY


@Paused()
def look(upload, *, by):
    """The Outlook of undoing `upload`: it is tried (a large one judged), and nothing of it stays. Raises NotNow."""
    county_of(by, upload.kind)
    return in_turn(_look, upload.pk, by)


@Paused()
def undo(upload, *, by, shown=""):
    """Take back a batch. `shown` is the fingerprint of the Outlook that was looked at. Returns Undone; raises NotNow."""
    county_of(by, upload.kind)
    return in_turn(_undo, upload.pk, by, shown)


@transaction.atomic
def _look(pk, by):
    kept = locked(pk)
    _ensure(kept, by)
    if is_large(kept):
        reversal = Reversal(pk)
        reversal.judge()
        return _outlook(reversal, by, [], _fingerprint(reversal))
    with transaction.atomic():
        outlook = _take_back(kept, by, into=-pk)
        transaction.set_rollback(True)
    return outlook


@transaction.atomic
def _undo(pk, by, shown):
    kept = locked(pk)
    if kept.status == Upload.Status.UNDONE:
        return Undone("already", Upload.objects.get(undoes=kept))
    _ensure(kept, by)
    batch = _begin(kept, by)
    outlook = _take_back(kept, by, into=batch.pk)
    if not outlook.taken:
        raise NotNow("这一批写入的内容此后都改过，没有可以撤销的。" if outlook.kept else "这一批没有可以撤销的内容。")
    if shown not in {"", outlook.fingerprint}:
        transaction.set_rollback(True)
        return Undone("changed", kept)
    _finish(batch, kept, outlook, by)
    return Undone("done", batch)


def _ensure(kept, by):
    why = why_not_undo(kept, by)
    if why and not inside(kept.division_id, scope_code(by)):
        raise PermissionDenied(why)
    if why:
        raise NotNow(why)


def _begin(kept, by):
    name = kept.filename.removeprefix("撤销：")
    return Upload.objects.create(
        by=by,
        division_id=kept.division_id,
        kind=kept.kind,
        filename=f"{'恢复' if kept.undoes_id else '撤销'}：{name}"[:255],
        size=0,
        status=Upload.Status.COMMITTED,
        as_of=kept.as_of,
        target_id=kept.target_id,
        undoes=kept,
        committed_at=timezone.now(),
        committed_by=by,
    )


def _take_back(kept, by, into):
    reversal = Reversal(kept.pk)
    reversal.judge()
    judged = _fingerprint(reversal)
    reversal.take(by=by, into=into)
    # The fingerprint is of what its page could show.
    return _outlook(reversal, by, _lines(reversal, into), judged if is_large(kept) else _fingerprint(reversal))


def _outlook(reversal, by, lines, fingerprint):
    listed = reversal.listed(lambda entry: _may_be_named(entry, by))
    return Outlook(len(reversal.taken), reversal.counts(), listed, lines, fingerprint)


def _lines(reversal, into):
    found = []
    for entry in AuditEntry.objects.filter(batch=into).order_by("pk")[:SHOWN]:
        model = apps.get_model(entry.model)
        found.append((entry, model, reversal.text((model, int(entry.object_id))) or entry.object_text))
    return found


def _may_be_named(entry, user):
    """A township is not told who in another one did something."""
    code = scope_code(user)
    return inside(entry.division_code, code) or inside(code, entry.division_code)


def _fingerprint(reversal):
    """A keyed digest of which rows go and which stay, and why."""
    taken = sorted(f"{model._meta.label_lower} {pk}" for model, pk in reversal.taken)
    kept = sorted(f"{model._meta.label_lower} {pk} {why.why}" for (model, pk), why in reversal.kept.items())
    return digest(hashlib.sha256("\n".join([*taken, "-", *kept]).encode()).hexdigest())


def _finish(batch, kept, outlook, by):
    """Keep what became of it: counts in clear, the rows that stay encrypted."""
    batch.counts = {
        **dict.fromkeys(("rows", "accept", "warn", "error", "new", "changed", "unchanged"), 0),
        "rows": outlook.taken + len(outlook.kept),
        "taken": outlook.taken,
        "kept": len(outlook.kept),
        "groups": outlook.groups,
    }
    batch.save(update_fields=["counts"])
    UploadRow.objects.bulk_create(
        (
            UploadRow(
                upload=batch,
                order=order,
                excel_row=order + 1,
                outcome=UploadRow.Outcome.WARN,
                values={"kind": row.kind, "text": row.text, "why": row.why, "by": row.by, "at": _at(row.at)},
            )
            for order, row in enumerate(outlook.kept)
        ),
        batch_size=1000,
    )
    kept.status = Upload.Status.UNDONE
    kept.save(update_fields=["status"])
    audit.record(
        by=by, verb="undo", obj=kept, after={"taken": outlook.taken, "kept": len(outlook.kept)}, batch=batch.pk
    )


def _at(moment):
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M") if moment else ""
