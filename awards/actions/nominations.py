"""Writes about nominations: by township, attachments, the review of eligibility, opinions of departments."""

from collections import Counter

from django.core.exceptions import ValidationError
from django.db import transaction

from awards import eligibility
from awards.attachments import digest_beside
from awards.models import AwardRound, DepartmentOpinion, Nomination, NominationAttachment
from core.writes import change_rows, create_rows, delete_rows

DEEDS = ("unit", "category", "achievements", "leader_name", "member_count", "phone", "village", "remarks")


def nominate(nominations, *, by, batch=None):
    """Insert unsaved nominations, each of one person or one collective."""
    return create_rows(nominations, by=by, batch=batch)


@transaction.atomic
def nominate_on_page(nomination, *, on, by):
    """Insert one nomination within the township's quota while the round is open; the county may also later.
    Raises ValidationError."""
    held = AwardRound.objects.select_for_update().get(pk=nomination.round_id)
    refuse_closed(held, on, by)
    room = left(held, [nomination.township_id])
    if room.get((nomination.township_id, nomination.nominee_type), 1) < 1:
        raise ValidationError(f"这个乡镇推荐{nomination.get_nominee_type_display()}的名额已经用完。")
    return nominate([nomination], by=by)[0]


def refuse_closed(held, on, by):
    """A township nominates and changes within the dates of the round."""
    if by.has_perm("awards.change_nomination"):
        return
    if not AwardRound.objects.open(on).filter(pk=held.pk).exists():
        raise ValidationError("这一轮现在不接受推荐（没有开始或已经截止），要补充的请联系县委组织部。")


def left(held, townships):
    """{(township, type): how many more may be nominated}, of townships with a quota in the round. Two queries."""
    used = Counter(
        held.nominations.standing()
        .filter(township_id__in=townships)
        .values_list("township_id", "nominee_type")
        .order_by()
    )
    found = {}
    for quota in held.quotas.filter(township_id__in=townships).order_by("pk"):
        for kind, places in (("individual", quota.individuals), ("collective", quota.collectives)):
            found[quota.township_id, kind] = places - used[quota.township_id, kind]
    return found


@transaction.atomic
def change_deeds(nomination, *, on, by):
    """Write what a nomination says; not once it is in publicity, by a township only while its eligibility is open."""
    kept = _locked(nomination)
    refuse_closed(kept.round, on, by)
    _refuse_decided(kept, by)
    return change_rows([nomination], list(DEEDS), by=by)


def _locked(nomination):
    rows = Nomination.objects.select_for_update(of=("self",)).select_related("round__scheme", "person")
    return rows.get(pk=nomination.pk)


def _refuse_decided(kept, by):
    if kept.withdrawn_on:
        raise ValidationError("这条推荐已经撤回，不再改动。")
    if kept.publicity_id:
        raise ValidationError("已经公示，不再改动推荐材料。")
    if kept.eligibility and not by.has_perm("awards.change_nomination"):
        raise ValidationError("县里已经审核，要改的请联系县委组织部。")


@transaction.atomic
def withdraw_nomination(nomination, *, on, reason, by):
    """Take a nomination back; not after the award."""
    kept = _locked(nomination)
    refuse_closed(kept.round, on, by)
    if kept.withdrawn_on or hasattr(kept, "award"):
        raise ValidationError("这条推荐已经撤回或者已经表彰。")
    if kept.publicity_id and not by.has_perm("awards.change_nomination"):
        raise ValidationError("已经公示，要撤回的请联系县委组织部。")
    kept.withdrawn_on, kept.withdraw_reason = on, reason
    return change_rows([kept], ["withdrawn_on", "withdraw_reason"], by=by, reason=reason)


@transaction.atomic
def attach(nomination, *, filename, content, on, by):
    """Keep a file with a nomination, encrypted; the limits are those of awards.attachments."""
    kept = _locked(nomination)
    refuse_closed(kept.round, on, by)
    _refuse_decided(kept, by)
    digest = digest_beside(kept.attachments, content, "每条推荐")
    row = NominationAttachment(
        nomination=kept, filename=filename, content=content, digest=digest, size=len(content), by=by, uploaded_on=on
    )
    return create_rows([row], by=by)[0]


@transaction.atomic
def detach(attachment, *, on, by):
    kept = _locked(attachment.nomination)
    refuse_closed(kept.round, on, by)
    _refuse_decided(kept, by)
    delete_rows([attachment], by=by)


@transaction.atomic
def examine(held, *, on, by):
    """Check every nomination not yet decided against the ledger; the reasons are kept. What the ledger does not know stays
    open. Returns the nominations decided."""
    waiting = held.nominations.standing().filter(eligibility="").select_for_update(of=("self",))
    found = list(waiting.select_related("round__scheme", "person").order_by("pk"))
    findings = eligibility.examine(found, on)
    for row in found:
        row.eligibility, row.eligibility_reasons = eligibility.judged(findings[row.pk])
    change_rows(found, ["eligibility", "eligibility_reasons"], by=by)
    return [row for row in found if row.eligibility]


@transaction.atomic
def judge_by_hand(nomination, *, verdict, reasons, by):
    """Decide eligibility by hand, with the reason; not once it is in publicity."""
    kept = _locked(nomination)
    if kept.publicity_id or kept.withdrawn_on:
        raise ValidationError("已经公示或撤回，不再改动审核结论。")
    kept.eligibility, kept.eligibility_reasons = verdict, reasons
    return change_rows([kept], ["eligibility", "eligibility_reasons"], by=by, reason=reasons)


@transaction.atomic
def give_opinions(nominations, *, by, **given):
    """Record what one department says of the nominations; an opinion given before is replaced. `given`: department,
    opinion, reason, document_no, given_on."""
    keys = [row.pk for row in nominations]
    rows = DepartmentOpinion.objects.select_for_update().filter(nomination_id__in=keys, department=given["department"])
    kept = {row.nomination_id: row for row in rows.order_by("pk")}
    fresh = [DepartmentOpinion(nomination=row, **given) for row in nominations if row.pk not in kept]
    for row in (*fresh, *kept.values()):
        for name, value in given.items():
            setattr(row, name, value)
        row.full_clean(validate_unique=False)
    return create_rows(fresh, by=by) + change_rows(list(kept.values()), list(given), by=by)
