"""Writes about the pool of rural talents: entering, leaving, what the clerk confirms once a year."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from core.writes import change_rows, create_rows
from talent.models import RuralTalent, TalentConfirmation

GONE = "年度确认：已不在"
ANSWERED = ["is_here", "confirmed_on", "by", "remarks"]


def enter_talent_pool(talents, *, by, batch=None):
    """Insert unsaved places in the pool of rural talents."""
    return create_rows(talents, by=by, batch=batch)


def leave_talent_pool(talents, *, on, reason, by, batch=None):
    """Take talents out of the pool; `on` is their last day in it."""
    for talent in talents:
        talent.end, talent.end_reason = on, reason
    return change_rows(talents, ["end", "end_reason"], by=by, batch=batch)


@transaction.atomic
def confirm_talents(talents, *, is_here, on, by, remarks=""):
    """Answer "仍在库？" for the year of `on`; an earlier answer of the same year is replaced. Returns the confirmations."""
    kept = TalentConfirmation.objects.filter(talent__in=talents, year=on.year).select_for_update(of=("self",))
    answered = {row.talent_id: row for row in kept}
    answers = [answered.get(talent.pk) or TalentConfirmation(talent=talent, year=on.year) for talent in talents]
    for answer, talent in zip(answers, talents, strict=True):
        answer.talent = talent  # its audit line names it
        answer.is_here, answer.confirmed_on, answer.remarks = is_here, on, remarks
    return keep_answers(answers, by=by)


@transaction.atomic
def keep_answers(answers, *, by, batch=None):
    """Write confirmations, changed or unsaved ones, each with its talent. Whoever is gone leaves the pool with the day
    before, or with the day of entry where that is later; whoever was said to be gone by mistake is in it as before.
    ValidationError where somebody has entered another village's pool since."""
    back = [answer.talent for answer in answers if answer.is_here and was_let_go(answer)]
    if found := since_elsewhere(back):
        names = "、".join(str(talent.person) for talent in found)
        raise ValidationError(f"没有改动：{names}此后又在别处入库，不能改回仍在。")
    for answer in answers:
        answer.by = by
    change_rows([answer for answer in answers if answer.pk], ANSWERED, by=by, batch=batch)
    create_rows([answer for answer in answers if not answer.pk], by=by, batch=batch)
    leave_talent_pool(back, on=None, reason="", by=by, batch=batch)
    _let_go([answer for answer in answers if not answer.is_here], by, batch)
    return answers


def was_let_go(answer):
    """True when the talent left the pool because the answer of that same year said so."""
    talent, year = answer.talent, answer.year
    return talent.end_reason == GONE and datetime.date(year - 1, 12, 31) <= talent.end <= datetime.date(year, 12, 30)


def since_elsewhere(talents):
    """Those of the talents, all gone, whose person has another place in the pool since."""
    others = RuralTalent.objects.filter(person__in=[talent.person_id for talent in talents]).order_by("pk")
    places = list(others.values_list("person_id", "pk", "start")) if talents else []
    return [
        talent
        for talent in talents
        if any(person == talent.person_id and pk != talent.pk and start > talent.end for person, pk, start in places)
    ]


def _let_go(answers, by, batch):
    leaving = []
    for answer in answers:
        talent, on = answer.talent, answer.confirmed_on
        last = talent.start if on <= talent.start else on - datetime.timedelta(days=1)
        if talent.end is None or talent.end > last or (talent.end_reason == GONE and talent.end != last):
            talent.end, talent.end_reason = last, GONE
            leaving.append(talent)
    change_rows(leaving, ["end", "end_reason"], by=by, batch=batch)
