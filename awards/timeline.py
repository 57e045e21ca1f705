"""What awards and safeguards put on a person's time line."""

import datetime

from awards.models import Evaluation, Grade
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
    """Each grade on the day it was given, and what an appeal made of it later."""
    rows = Evaluation.objects.filter(person=person, graded_on__isnull=False)
    for row in rows.select_related("scheme", "village__township").prefetch_related("appeals").order_by("pk"):
        upheld = [one for one in row.appeals.all() if one.finding == "upheld"]
        grade = Grade(upheld[0].old_grade if upheld else row.grade).label
        where = f"{row.village.township.name} {row.village.name} {row.post}".strip()
        yield Event(
            row.graded_on, "评价", f"{row.scheme.year}年：{grade}", joined(str(row.scheme), where), row.graded_on
        )
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
def support(person):
    """Support granted, and what the visits after it found."""
    rows = person.support.filter(state="approved").select_related("policy").prefetch_related("results")
    for row in rows.order_by("pk"):
        yield Event(
            row.decided_on,
            "扶持",
            f"{row.policy.name} {row.amount:,.2f} 元",
            joined(row.project, row.decision_no),
            row.decided_on,
        )
        for one in row.results.all():
            text = (
                f"{row.policy.name}{one.get_after_years_display()}回访：{'仍在经营' if one.in_business else '已停业'}"
            )
            told = f"带动就业 {one.jobs} 人，带动群众 {one.people_led} 人"
            yield Event(one.checked_on, "扶持", text, joined(told, one.remarks), one.checked_on)
