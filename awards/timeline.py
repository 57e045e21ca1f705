"""What awards and safeguards put on a person's time line."""

import datetime

from awards.models import Evaluation, FundEntry, Grade, SupportPayment, SupportResult
from talent.timeline import Event, joined, source


@source
def awards(person):
    for row in person.awards.select_related("scheme"):
        on = row.decided_on or datetime.date(row.year, 12, 31)
        yield Event(
            on, "表彰", f"{row.year} 年度 {row.scheme}", joined(row.get_category_display(), row.document_no), on
        )
        if row.withdrawn_on:
            yield Event(
                row.withdrawn_on, "撤销", f"撤销 {row.year} 年度 {row.scheme}", joined(row.withdraw_reason, row.withdraw_no),
                row.withdrawn_on,
            )  # fmt: skip


@source
def nominations(person):
    for row in person.nominations.select_related("round__scheme", "township"):
        on = row.round.opens_on or datetime.date(row.round.year, 12, 31)
        yield Event(
            on, "推荐", f"{row.round.year} 年度 {row.round.scheme}",
            joined(row.get_category_display(), f"{row.township}推荐", _withdrawn(row)), on,
        )  # fmt: skip


def _withdrawn(row):
    return f"{row.withdrawn_on:%Y-%m-%d} 撤回" if row.withdrawn_on else ""


@source
def evaluations(person):
    """Each grade on the day it was announced, and what an appeal made of it later."""
    rows = Evaluation.objects.filter(person=person, graded_on__isnull=False, scheme__published_on__isnull=False)
    for row in rows.select_related("scheme", "village__township").prefetch_related("appeals").order_by("pk"):
        upheld = [one for one in row.appeals.all() if one.finding == "upheld"]
        grade = Grade(upheld[0].old_grade if upheld else row.grade).label
        where = f"{row.village.township.name} {row.village.name} {row.post}".strip()
        yield Event(
            row.scheme.published_on, "评价", f"{row.scheme.year}年：{grade}", joined(str(row.scheme), where),
            row.scheme.published_on,
        )  # fmt: skip
        for one in upheld:
            text = f"{row.scheme.year}年：申诉后更正为{one.get_new_grade_display()}"
            yield Event(one.closed_on, "评价", text, str(row.scheme), one.closed_on)


@source
def safeguards(person):
    for row in person.safeguards.select_related("village__township"):
        covers = (
            row.get_pension_display(),
            row.get_medical_display(),
            row.get_accident_display(),
            row.get_housing_display(),
        )
        paid = f"实发 {row.paid:,.2f} 元" if row.paid else ""
        checked = f"体检 {row.checkup_on:%Y-%m-%d}" if row.checkup_on else ""
        yield Event(
            datetime.date(row.year, 1, 1), "保障", f"{row.year} 年度保障（{row.village.township.name} {row.village.name}）",
            joined(paid, "、".join(filter(None, covers)), checked), datetime.date(row.year, 12, 31),
        )  # fmt: skip


@source
def bonuses(person):
    """What the reward fund paid for the person's awards, once it was booked."""
    paid = FundEntry.objects.filter(award__person=person, kind="payment", state="booked")
    for row in paid.select_related("award__scheme").order_by("pk"):
        text = f"{row.get_form_display() or '奖励'} {row.amount:,.2f} 元"
        yield Event(row.on, "奖励", text, f"{row.award.year} 年度 {row.award.scheme}", row.on)


@source
def support(person):
    """An application on its day, and what was decided on the day of that."""
    for row in person.support.select_related("policy", "village__township"):
        where = f"{row.village.township.name} {row.village.name}"
        yield Event(
            row.applied_on, "扶持", f"申请{row.policy.name}：{row.project}", joined(where, row.get_business_display()), row.applied_on
        )  # fmt: skip
        if row.decided_on:
            granted = f" {row.amount:,.2f} 元" if row.amount else ""
            text = f"{row.policy.name}：{row.get_state_display()}{granted}"
            yield Event(row.decided_on, "扶持", text, joined(row.decision_no, row.reason), row.decided_on)


@source
def support_payments(person):
    """What was paid, once a second person had confirmed it."""
    counted = SupportPayment.objects.filter(application__person=person, state__in=SupportPayment.COUNTED)
    paid = counted.select_related("application__policy")
    for row in paid.order_by("pk"):
        yield Event(row.on, "扶持", f"{row.application.policy.name}支付 {row.amount:,.2f} 元", row.basis, row.on)


@source
def support_results(person):
    seen = SupportResult.objects.filter(application__person=person).select_related("application__policy")
    for row in seen.order_by("pk"):
        led = joined(f"带动就业 {row.jobs} 人", f"带动群众 {row.people_led} 人", row.remarks)
        state = "仍在经营" if row.in_business else "已不经营"
        text = f"{row.application.policy.name}{row.get_after_years_display()}回访：{state}"
        yield Event(row.checked_on, "扶持", text, led, row.checked_on)
