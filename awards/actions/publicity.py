"""Writes about publicity and the objections raised meanwhile."""

from django.core.exceptions import ValidationError
from django.db import transaction

from awards.models import AwardObjection, AwardPublicity, AwardRound, DepartmentOpinion, Nomination
from awards.parameters.awards import DEPARTMENTS, PUBLICITY_DAYS
from core.workdays import add_working_days
from core.writes import change_rows, create_rows


@transaction.atomic
def publicise(held, chosen, *, on, place, contact, by):
    """Begin publicity of the nominations with the keys `chosen` on the day `on`. It lasts the working days of the
    parameter, the day itself not counted. Raises ValidationError, also where the calendar has not been entered."""
    held = AwardRound.objects.select_for_update(of=("self",)).select_related("scheme").get(pk=held.pk)
    rows = held.nominations.select_for_update(of=("self",)).filter(pk__in=chosen).select_related("person", "round")
    picked = list(rows.order_by("pk"))
    if not picked or len(picked) != len(chosen):
        raise ValidationError("没有选择公示对象，请在名单中勾选。")
    for row in picked:
        _refuse_unready(row)
    refuse_opinions(picked)
    _refuse_waiting(picked, on)
    _refuse_beyond(held, picked)
    days = PUBLICITY_DAYS.value(on)
    notice = AwardPublicity(
        round=held, starts_on=on, days=days, ends_on=add_working_days(on, days), place=place, contact=contact
    )
    notice.full_clean()
    (notice,) = create_rows([notice], by=by)
    for row in picked:
        row.publicity = notice
    change_rows(picked, ["publicity"], by=by)
    return notice


def _refuse_unready(row):
    if row.withdrawn_on:
        raise ValidationError(f"{row.nominee}的推荐已经撤回。")
    if row.publicity_id:
        raise ValidationError(f"{row.nominee}已经公示。")
    if row.eligibility != Nomination.Eligibility.PASSED:
        raise ValidationError(f"{row.nominee}的资格审核还不是合格，不能公示。")


def missing_opinions(nominations, on):
    """{nomination's key: departments that were to be asked and have not answered}. One query."""
    asked = DEPARTMENTS.value(on)
    given = {}
    rows = DepartmentOpinion.objects.filter(nomination__in=[row.pk for row in nominations]).order_by("pk")
    for opinion in rows:
        given.setdefault(opinion.nomination_id, set()).add(opinion.department)
    return {row.pk: [one for one in asked if one not in given.get(row.pk, ())] for row in nominations}


def refuse_opinions(picked):
    """A department that does not agree stops publicity, and the decision where it says so later."""
    refused = DepartmentOpinion.objects.filter(nomination__in=picked, opinion=DepartmentOpinion.Opinion.REFUSED)
    if first := refused.select_related("nomination__person").order_by("pk").first():
        raise ValidationError(f"{first.department}不同意{first.nomination.nominee}：{first.reason}。")


def _refuse_waiting(picked, on):
    waiting = missing_opinions(picked, on)
    for row in picked:
        if waiting[row.pk]:
            raise ValidationError(f"{row.nominee}还缺{'、'.join(waiting[row.pk])}的意见，登记后再公示。")


def _refuse_beyond(held, picked):
    for kind, label, places in (
        ("individual", "个人", held.individual_places),
        ("collective", "集体", held.collective_places),
    ):
        before = held.nominations.standing().filter(nominee_type=kind, publicity__isnull=False)
        before = before.exclude(objections__finding=AwardObjection.Finding.UPHELD).count()
        more = sum(row.nominee_type == kind for row in picked)
        if places is not None and more and before + more > places:
            raise ValidationError(f"表彰{label}名额 {places} 个，已公示 {before} 个，这次又选了 {more} 个，超过名额。")


@transaction.atomic
def object_to(objection, *, by):
    """Insert an objection to somebody in publicity; nobody is awarded while it is open. Raises ValidationError."""
    rows = Nomination.objects.select_for_update(of=("self",)).select_related("publicity", "person")
    kept = rows.get(pk=objection.nomination_id)
    if kept.publicity is None or objection.received_on < kept.publicity.starts_on:
        raise ValidationError("收到日期早于公示开始，请核对。")
    if hasattr(kept, "award"):
        raise ValidationError(f"{kept.nominee}已经表彰。查实的请办理撤销表彰。")
    return create_rows([objection], by=by)[0]


@transaction.atomic
def answer_objection(objection, *, by):
    """Write the finding of an open objection; closed is closed."""
    Nomination.objects.select_for_update().get(pk=objection.nomination_id)
    if AwardObjection.objects.get(pk=objection.pk).closed_on:
        raise ValidationError("这条异议已经办结，不再改动。")
    return change_rows([objection], ["finding", "handling", "closed_on"], by=by)
