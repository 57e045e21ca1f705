"""Writes about awards: the decision, certificates, withdrawal."""

import secrets

from django.core.exceptions import ValidationError
from django.db import transaction

from awards import eligibility
from awards.actions.publicity import refuse_opinions
from awards.models import Award, AwardObjection, AwardRound
from core.workdays import NotEntered, add_working_days
from core.writes import change_rows, create_rows
from villages.models import Division

# No letter or digit that is taken for another when it is read off paper.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH = 12


def give_awards(awards, *, by, batch=None):
    """Insert unsaved awards, each to one person or one collective."""
    return create_rows(awards, by=by, batch=batch)


@transaction.atomic
def decide(held, chosen, *, on, document_no, by, recheck=""):
    """Award the nominations with the keys `chosen` on the day `on`: their publicity is over, no objection is open or was
    upheld, and nothing has come to speak against them; whom it does not hinder is told by `recheck`, the reason. Under a lock of the round, so that two at once never go beyond the places. Raises ValidationError."""
    held = AwardRound.objects.select_for_update(of=("self",)).select_related("scheme").get(pk=held.pk)
    rows = held.nominations.select_for_update(of=("self",)).filter(pk__in=chosen)
    picked = list(rows.select_related("person", "publicity", "round", "award").order_by("pk"))
    if not picked or len(picked) != len(chosen):
        raise ValidationError("没有选择要表彰的对象，请在名单中勾选。")
    refuse_opinions(picked)
    _refuse_recounted(picked, on)
    objections = {}
    for one in AwardObjection.objects.filter(nomination__in=picked).order_by("pk"):
        objections.setdefault(one.nomination_id, []).append(one)
    for row in picked:
        _refuse_unready(row, on, objections.get(row.pk, []))
    _refuse_beyond(held, picked)
    _recheck(picked, on, recheck, by)
    awards = [_award(held, row, on, document_no) for row in picked]
    for award in awards:
        _refuse_invalid(award)
    return give_awards(awards, by=by)


def _refuse_unready(row, on, objections):
    if row.withdrawn_on:
        raise ValidationError(f"{row.nominee}的推荐已经撤回。")
    if hasattr(row, "award"):
        raise ValidationError(f"{row.nominee}已经表彰。")
    if row.publicity is None:
        raise ValidationError(f"{row.nominee}还没有公示。")
    if not row.publicity.is_over(on):
        raise ValidationError(f"公示到 {row.publicity.ends_on:%Y-%m-%d} 才结束，表彰日期请填在这之后。")
    if any(one.closed_on is None for one in objections):
        raise ValidationError(f"{row.nominee}还有异议没有办结，办结后再决定。")
    if late := max((one.closed_on for one in objections if one.closed_on > on), default=None):
        raise ValidationError(f"对{row.nominee}的异议 {late:%Y-%m-%d} 才办结，表彰日期不能早于这一天。")
    if any(one.finding == AwardObjection.Finding.UPHELD for one in objections):
        raise ValidationError(f"对{row.nominee}的异议已查实，不能表彰。")
    if not row.place_id:
        raise ValidationError(f"{row.nominee}没有写明所在的村，请先在推荐里补上。")


def _recheck(picked, on, recheck, by):
    """The conditions once more, as of the day: what the review of eligibility did not know yet refuses the decision, or is
    kept with the nomination together with the reason why it does not."""
    findings, came = eligibility.examine(picked, on), []
    for row in picked:
        against = [one.text for one in findings[row.pk] if one.met is False]
        if new := [text for text in against if text not in row.eligibility_reasons]:
            came.append((row, "；".join(new)))
    if came and not recheck:
        told = "；".join(f"{row.nominee}：{new}" for row, new in came)
        raise ValidationError(
            f"资格审核之后台账有了新情况——{told}。不予表彰的请撤回推荐；经研究仍要表彰的，在“资格复核说明”里写明理由。"
        )
    for row, new in came:
        row.eligibility_reasons = f"{row.eligibility_reasons}；表彰时复核：{new}；仍予表彰：{recheck}".lstrip("；")
    change_rows([row for row, _ in came], ["eligibility_reasons"], by=by, reason=recheck)


def _refuse_recounted(picked, on):
    """Where the calendar was changed since publicity began, its days are counted anew; never fewer than the notice says."""
    for notice in sorted({row.publicity for row in picked if row.publicity}, key=lambda one: one.pk):
        try:
            last = add_working_days(notice.starts_on, notice.days)
        except NotEntered:  # it stood in the calendar when the notice was made, or came from elsewhere
            continue
        if notice.is_over(on) and on <= last:
            raise ValidationError(
                f"公示开始后改过工作日历：按现在的日历，{notice.days} 个工作日到 {last:%Y-%m-%d} 才满，表彰日期请填在这之后。"
            )


def _refuse_beyond(held, picked):
    for kind, label, places in (
        ("individual", "个人", held.individual_places),
        ("collective", "集体", held.collective_places),
    ):
        before = held.nominations.filter(nominee_type=kind, award__isnull=False, award__withdrawn_on=None).count()
        more = sum(row.nominee_type == kind for row in picked)
        if places is not None and more and before + more > places:
            raise ValidationError(f"表彰{label}名额 {places} 个，已表彰 {before} 个，这次又选了 {more} 个，超过名额。")


def _award(held, row, on, document_no):
    return Award(
        scheme=held.scheme, year=held.year, village_id=row.place_id, person=row.person, collective=row.collective,
        category=row.category, document_no=document_no, decided_on=on, nomination=row, material=held.material,
        bonus=held.individual_bonus if row.person_id else held.collective_bonus, honours=held.honours,
    )  # fmt: skip


def _refuse_invalid(award):
    try:
        award.full_clean()
    except ValidationError as error:
        raise ValidationError(f"{award.winner}：{''.join(error.messages)}") from None


@transaction.atomic
def certify(awards, *, on, by):
    """Give awards without one a numbered certificate with a code of its own. Returns the awards certified."""
    rows = Award.objects.select_for_update(of=("self",)).filter(
        pk__in=[one.pk for one in awards], certificate_no=None, withdrawn_on=None, decided_on__isnull=False
    )
    found = list(rows.select_related("scheme").order_by("village_id", "pk"))
    if any(on < award.decided_on for award in found):
        raise ValidationError("发证日期早于表彰日期，请核对。")
    for division in sorted({award.scheme.division_id for award in found}):
        _number([award for award in found if award.scheme.division_id == division], division, on)
    return change_rows(found, ["certificate_no", "check_code", "certified_on"], by=by, verb="certify")


def _number(awards, division, on):
    """Numbers one after the other, under a lock of the division."""
    Division.objects.select_for_update().get(code=division)
    prefix = f"{division}-BZ{on.year}-"
    last = Award.objects.filter(certificate_no__startswith=prefix).order_by("-certificate_no").first()
    begin = int(last.certificate_no.removeprefix(prefix)) if last else 0
    for at, award in enumerate(awards, begin + 1):
        award.certificate_no, award.certified_on = f"{prefix}{at:05d}", on
        award.check_code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


@transaction.atomic
def withdraw_award(award, *, on, reason, document_no, by):
    """Withdraw an award by a document, with the reason; its certificate no longer holds. Raises ValidationError."""
    kept = Award.objects.select_for_update().get(pk=award.pk)
    if kept.withdrawn_on:
        raise ValidationError("这项表彰已经撤销。")
    if kept.decided_on is None or on < kept.decided_on:
        raise ValidationError("撤销日期早于表彰日期，或者表彰日期没有填，请核对。")
    kept.withdrawn_on, kept.withdraw_reason, kept.withdraw_no = on, reason, document_no
    names = ["withdrawn_on", "withdraw_reason", "withdraw_no"]
    return change_rows([kept], names, by=by, verb="withdraw", reason=reason)
