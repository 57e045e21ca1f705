"""What training puts on a person's time line."""

import datetime

from core.periods import month
from talent.timeline import Event, joined, period_end, source
from training.models import Certificate, StudyTerm


@source
def enrollments(person):
    for row in person.enrollments.listed().select_related("session"):
        hours = f"{float(row.session.hours):g} 学时" if row.session.hours else ""
        yield Event(
            row.session.start,
            "培训",
            str(row.session),
            joined(hours, row.get_result_display(), _score(row)),
            row.session.end,
        )


def _score(row):
    return f"测试 {float(row.score):g} 分" if row.score is not None else ""


@source
def wishes(person):
    for row in person.training_wishes.select_related("topic").order_by("pk"):
        told = joined(row.get_source_display(), " ".join(row.remarks.split()))
        yield Event(row.stated_on, "培训需求", f"{row.topic}（{row.year} 年度）", told)


@source
def certificates(person):
    given = Certificate.objects.filter(enrollment__person=person)
    for row in given.select_related("enrollment__session").order_by("pk"):
        revoked = f"{row.revoked_on:%Y.%m.%d} 作废（{row.revoke_reason}）" if row.revoked_on else ""
        yield Event(row.issued_on, "证书", f"{row.enrollment.session}结业证书 {row.number}", revoked, row.revoked_on)


@source
def degree_studies(person):
    for row in person.degree_studies.all():
        where = " ".join(filter(None, [row.school, row.major]))
        ended = period_end(row.end, row.get_outcome_display()) if row.end else _under_way(row)
        yield Event(row.start, "学历提升", f"{where or '就读'}（{row.get_target_display()}）", ended, row.end)


@source
def study_terms(person):
    """The terms of a degree study: in spring from March to July, in autumn from September to January."""
    for row in StudyTerm.objects.filter(study__person=person).select_related("study").order_by("pk"):
        failed = f"{row.failed} 门未通过" if row.failed else ""
        told = joined(row.get_state_display(), f"取得学分 {float(row.credits):g}", failed, row.remarks)
        yield Event(_first(row), "学历提升", f"{row.study.school or '就读'} {row}", told, _last(row))


def _first(term):
    return datetime.date(term.year, 3 if term.season == StudyTerm.Season.SPRING else 9, 1)


def _last(term):
    if term.season == StudyTerm.Season.SPRING:
        return datetime.date(term.year, 7, 31)
    return datetime.date(term.year + 1, 1, 31)


def _under_way(row):
    expected = f"预计 {month(row.expected_on)} 毕业" if row.expected_on else ""
    return joined(row.get_outcome_display(), expected)
