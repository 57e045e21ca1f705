"""The county's review: which uploads need it, handing in for it, signing or sending back."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from core import audit
from core.scope import scope_code
from rosters.importer.turns import NotNow, in_turn, lock_county
from rosters.models import RosterSetting, Upload

COUNTY, TOWNSHIP = 6, 9  # digits
SENT_BACK = "已退回给乡镇，由乡镇改正后再提交。"
OWN = "这份名册由您提交，须由另一位工作人员审核。"


def may_review(user):
    """True for the county's staff: they review what the townships hand in, and set which kinds need it."""
    return user.has_perm("rosters.review") and len(scope_code(user) or "") == COUNTY


def ensure_reviewer(user):
    if not may_review(user):
        raise PermissionDenied("审核由县委组织部工作人员办理。")


def needed(upload):
    """True when a township's roster of this kind goes to the county before it is written."""
    code = upload.division_id
    if len(code) < TOWNSHIP:
        return False
    return RosterSetting.objects.filter(division_id=code[:COUNTY], kind=upload.kind, needs_review=True).exists()


def is_the_townships(upload, user):
    """True for a roster that was sent back, where the county looks at it: the township corrects it and hands it in again."""
    return upload.status == Upload.Status.RETURNED and len(upload.division_id) >= TOWNSHIP and may_review(user)


def changeable(upload, by, statuses):
    """The `statuses` in which `by` may change the upload: without that of a roster that is the township's to correct."""
    theirs = len(upload.division_id) >= TOWNSHIP and may_review(by)
    return set(statuses) - {Upload.Status.RETURNED} if theirs else set(statuses)


def ensure_not_the_townships(upload, by):
    """Raises NotNow for the county at a roster that it sent back: what is approved is what the township handed in."""
    if is_the_townships(upload, by):
        raise NotNow(SENT_BACK)


def submit(kept, by):
    """Hand a locked upload in for review; its rows are frozen from here on."""
    kept.status = Upload.Status.SUBMITTED
    kept.submitted_at, kept.submitted_by = timezone.now(), by
    kept.reviewed_at = kept.reviewed_by = None
    kept.save(update_fields=["status", "submitted_at", "submitted_by", "reviewed_at", "reviewed_by"])
    audit.record(by=by, verb="submit", obj=kept, after=kept.counts, batch=kept.pk)


def ensure_waiting(kept, by):
    """Raises NotNow when there is nothing for `by` to review."""
    if kept.status != Upload.Status.SUBMITTED:
        raise NotNow("这份名册现在不在审核中，没有改动任何内容。")
    if kept.submitted_by_id == by.pk:
        raise NotNow(OWN)


def sign(kept, by, comment):
    """Note who reviewed a locked upload and what was said."""
    kept.reviewed_at, kept.reviewed_by, kept.review_comment = timezone.now(), by, comment
    kept.save(update_fields=["reviewed_at", "reviewed_by", "review_comment"])


def send_back(upload, *, by, reason):
    """Give a submitted upload back to whoever handed it in. Raises NotNow."""
    ensure_reviewer(by)
    if not reason:
        raise NotNow("退回要写明原因，乡镇按它修改。")
    in_turn(_send_back, upload.pk, by, reason)


@transaction.atomic
def _send_back(pk, by, reason):
    lock_county(by.division_id)
    kept = Upload.objects.select_for_update(of=("self",)).defer("content").get(pk=pk)
    ensure_waiting(kept, by)
    sign(kept, by, reason)
    kept.status = Upload.Status.RETURNED
    kept.save(update_fields=["status"])
    audit.record(by=by, verb="return", obj=kept, reason=reason, batch=kept.pk)


@transaction.atomic
def set_reviewed(kinds, known, *, by):
    """From now on the rosters of `kinds`, of all `known`, need the county's review and the others do not."""
    ensure_reviewer(by)
    for kind in known:
        kept, _ = RosterSetting.objects.select_for_update().get_or_create(division_id=by.division_id, kind=kind)
        if kept.needs_review != (kind in kinds):
            before = audit.snapshot(kept)
            kept.needs_review = kind in kinds
            kept.save(update_fields=["needs_review"])
            before, after = audit.changes(before, audit.snapshot(kept))
            audit.record(by=by, verb="change", obj=kept, before=before, after=after)
