"""The time line of a person: a registry that every app about people fills, and what people's own rows put there."""

import datetime
from dataclasses import dataclass

from django.utils import timezone

from talent.models import (
    ApprovalForm,
    DemandVisit,
    EducationMode,
    Match,
    Person,
    ReserveAssessment,
    StationingAssessment,
    TalentConfirmation,
)
from villages.models import IntegrityRecord

SOURCES = []
GUARDED = []


@dataclass(frozen=True)
class Event:
    """Something dated in a life; `kind` is the word of its tag, `end` the last day of what has a duration."""

    start: datetime.date
    kind: str
    text: str
    detail: str = ""
    end: datetime.date | None = None


def source(function):
    """Register a function of a person → events."""
    SOURCES.append(function)
    return function


def guarded_source(function):
    """Register a function of a person and the reader → events; it gives only what the reader may see of its kind."""
    GUARDED.append(function)
    return function


def events(person: Person, reader=None):
    """Everything dated that is known of `person`, the newest first; what not everybody may see, for a `reader` who may.
    One query per source."""
    found = [event for function in SOURCES for event in function(person)]
    if reader is not None:
        found += [event for function in GUARDED for event in function(person, reader)]
    return sorted(found, key=lambda event: (event.start, event.kind, event.text), reverse=True)


def period_end(end, reason):
    """What is said of a role that ended: "至 2024.06，免职"."""
    return "，".join(filter(None, [f"至 {end:%Y.%m}" if end else "", reason]))


def joined(*texts):
    return "　".join(filter(None, texts))


@source
def party(person):
    return [Event(person.party_joined, "入党", person.get_political_status_display())] if person.party_joined else []


@source
def work(person):
    return [Event(person.work_started, "工作", "参加工作")] if person.work_started else []


@source
def appointments(person):
    for row in person.appointments.select_related("village__township", "term"):
        how = "，".join(filter(None, [row.get_how_display(), str(row.term or "")]))
        place = f"{row.village.township.name} {row.village.name} "
        yield Event(
            row.start, "任职", f"{place}{row.get_post_display()}{f'（{how}）' if how else ''}",
            joined(row.document_no, period_end(row.end, row.get_end_reason_display())), row.end,
        )  # fmt: skip


@source
def reserves(person):
    for row in person.reserve_places.select_related("village__township"):
        mentor = f"培养联系人 {row.mentor}" if row.mentor else ""
        yield Event(
            row.start, "后备", f"{row.village.township.name} {row.village.name} {row.get_target_display()}入库（{row.get_kind_display()}）",
            joined(mentor, period_end(row.end, row.get_end_reason_display())), row.end,
        )  # fmt: skip


@source
def reserve_assessments(person):
    found = ReserveAssessment.objects.filter(candidate__person=person).order_by("pk")
    return [Event(row.assessed_on, "研判", f"{row.period}研判：{row.result}", row.remarks) for row in found]


@source
def applications(person):
    for row in person.recruitment_applications.select_related("recruitment", "village__township"):
        total = f"总成绩 {row.total}" if row.total is not None else ""
        engaged = f"{row.engaged_on:%Y-%m-%d} 聘用 {row.document_no}".strip() if row.engaged_on else ""
        where = f"{row.village.township.name} {row.village.name}"
        yield Event(row.applied_on, "招聘", f"报考{row.recruitment}（{where}）", joined(total, engaged))


@source
def stationings(person):
    for row in person.stationings.select_related("village__township"):
        yield Event(
            row.start, "驻村", f"{row.village.township.name} {row.village.name} {row.get_role_display()}",
            joined(row.dispatch_unit, row.original_post, period_end(row.end, "，".join(filter(None, [row.get_end_kind_display(), row.end_reason])))), row.end,
        )  # fmt: skip


@source
def stationing_assessments(person):
    judged = StationingAssessment.objects.filter(stationing__person=person)
    for row in judged.select_related("stationing__village").order_by("pk"):
        stay = row.stationing
        text = f"{stay.village.name} {stay.get_role_display()} {row.year} 年度考核：{row.grade}"
        yield Event(datetime.date(row.year, 12, 31), "考核", text, row.remarks)


@source
def service_visits(person):
    for row in person.service_visits.select_related("village__township"):
        text = f"{row.village.township.name} {row.village.name} 服务 {row.days} 天：{row.work}"
        yield Event(row.start, "服务", text, f"{row.served} 人次" if row.served else "", row.end)


@source
def party_activities(person):
    for row in person.party_activities.select_related("village__township"):
        whom = f"（{row.partner}）" if row.partner else ""
        hours = f"{row.hours} 小时" if row.hours else ""
        yield Event(
            row.start, "服务", f"{row.get_kind_display()}{whom}：{row.matter}",
            joined(hours, row.handling, period_end(row.end, "")), row.end,
        )  # fmt: skip


@source
def secondments(person):
    for row in person.secondments.all():
        post = f"任{row.host_post}" if row.host_post else ""
        mentor = f"结对导师 {row.mentor}" if row.mentor else ""
        yield Event(
            row.start, "挂职", f"{row.home_unit} → {row.host_unit}{post}（{row.get_kind_display()}）",
            joined(mentor, period_end(row.end, row.grade), row.appraisal), row.end,
        )  # fmt: skip


@source
def candidacies(person):
    for row in person.candidacies.select_related("round", "village__township"):
        votes = "" if row.votes is None else f"得票 {row.votes}"
        yield Event(
            row.nominated_on, "换届", f"{row.round}：{row.village.township.name} {row.village.name} {row.get_post_display()}候选人（{row.get_status_display()}）",
            joined(row.get_source_display(), votes, row.out_reason or row.blocked_reason), row.decided_on or row.nominated_on,
        )  # fmt: skip


@source
def talents(person):
    for row in person.talents.select_related("village__township"):
        what = "，".join(filter(None, [row.class_text or row.get_category_display(), row.specialty]))
        yield Event(
            row.start, "人才", f"{row.village.township.name} {row.village.name} 进入乡村人才库（{what}）",
            joined("示范户" if row.is_demonstration else "", row.came_from, period_end(row.end, row.end_reason)), row.end,
        )  # fmt: skip


@source
def talent_confirmations(person):
    for row in TalentConfirmation.objects.filter(talent__person=person):
        yield Event(row.confirmed_on, "人才", f"{row.year} 年度确认{'仍在' if row.is_here else '已不在'}", row.remarks)


@source
def matches(person):
    """Needs that the person was proposed for: told to whoever may read the file, by township and post."""
    found = Match.objects.filter(talent__person=person).select_related("demand__township", "demand__village")
    for row in found:
        steps = [
            (row.invited_on, "受邀"), (row.accepted_on, "接受"), (row.declined_on, "谢绝"), (row.agreed_on, "签约"), (row.arrived_on, "到岗"),
        ]  # fmt: skip
        told = "，".join(f"{date:%Y.%m.%d} {word}" for date, word in steps if date)
        place = f"{row.demand.township.name} {row.demand.asker_text}"
        yield Event(
            row.proposed_on, "对接", f"被推荐到{place}：{row.demand.post}",
            joined(told, row.get_grade_display(), period_end(row.ended_on, row.end_reason)), row.ended_on,
        )  # fmt: skip


@source
def demand_visits(person):
    """Visits to needs, told like the matches they belong to."""
    found = DemandVisit.objects.filter(match__talent__person=person)
    for row in found.select_related("match__demand__township", "match__demand__village").order_by("pk"):
        need = row.match.demand
        text = f"{need.township.name} {need.asker_text} 上门服务 {float(row.days):g} 天：{row.done}"
        yield Event(row.visited_on, "服务", text, need.post, row.visited_on)


@source
def reviews(person):
    """What the county decided; a sheet that is still being filled in is nobody's history."""
    for row in person.reviews.filter(team__status="decided").select_related("team__round", "team__village__township"):
        place = f"{row.team.village.township.name} {row.team.village.name}"
        yield Event(
            row.team.decided_on, "研判", f"{place} {row.team.round}：{row.grade}，{row.get_proposal_display()}", row.reason
        )  # fmt: skip


@source
def educations(person):
    for row in person.educations.all():
        if row.graduated_on:
            mode = "" if row.mode == EducationMode.UNSPECIFIED else f"（{row.get_mode_display()}）"
            where = " ".join(filter(None, [row.school, row.major]))
            yield Event(row.graduated_on, "学历", f"{where}毕业 → {row.get_level_display()}{mode}")


@source
def approval_forms(person):
    """The form of appointment, on the day that it says it was filled in, else on that of its last change."""
    for form in ApprovalForm.objects.filter(person=person):
        moves = [
            f"拟任{form.proposed_post}" if form.proposed_post else "",
            f"拟免{form.removed_post}" if form.removed_post else "",
        ]
        on = _filled_on(form.filled_on) or timezone.localdate(form.updated_at)
        yield Event(on, "审批表", "干部任免审批表", joined(*moves, form.reporting_unit), on)


def _filled_on(text):
    """ "20240305" as a date; None for anything else that stands there."""
    try:
        return datetime.datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None


@guarded_source
def integrity(person, reader):
    """Decisions of discipline: for the county's staff alone, as their list is."""
    for row in IntegrityRecord.objects.visible_to(reader).filter(person=person).order_by("pk"):
        counts = f"影响期至 {row.end:%Y.%m.%d}" if row.end else ""
        yield Event(
            row.start, "廉政", f"{row.get_kind_display()}：{row.reason}", joined(row.authority, row.document_no, counts), row.end
        )  # fmt: skip
