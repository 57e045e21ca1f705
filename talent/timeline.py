"""The time line of a person: a registry that every app about people fills, and what people's own rows put there."""

import datetime
from dataclasses import dataclass

from talent.models import EducationMode, Person, StationingAssessment

SOURCES = []


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


def events(person: Person):
    """Everything dated that is known of `person`, the newest first. One query per source."""
    found = [event for function in SOURCES for event in function(person)]
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
def stationings(person):
    for row in person.stationings.select_related("village__township"):
        yield Event(
            row.start, "驻村", f"{row.village.township.name} {row.village.name} {row.get_role_display()}",
            joined(row.dispatch_unit, row.original_post, period_end(row.end, "，".join(filter(None, [row.get_end_kind_display(), row.end_reason])))), row.end,
        )  # fmt: skip


@source
def assessments(person):
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
def secondments(person):
    for row in person.secondments.all():
        post = f"任{row.host_post}" if row.host_post else ""
        mentor = f"结对导师 {row.mentor}" if row.mentor else ""
        yield Event(
            row.start, "挂职", f"{row.home_unit} → {row.host_unit}{post}（{row.get_kind_display()}）",
            joined(mentor, period_end(row.end, row.grade), row.appraisal), row.end,
        )  # fmt: skip


@source
def talents(person):
    for row in person.talents.select_related("village__township"):
        what = "，".join(filter(None, [row.get_category_display(), row.specialty]))
        yield Event(
            row.start, "人才", f"{row.village.township.name} {row.village.name} 进入乡村人才库（{what}）",
            joined("示范户" if row.is_demonstration else "", period_end(row.end, row.end_reason)), row.end,
        )  # fmt: skip


@source
def educations(person):
    for row in person.educations.all():
        if row.graduated_on:
            mode = "" if row.mode == EducationMode.UNSPECIFIED else f"（{row.get_mode_display()}）"
            where = " ".join(filter(None, [row.school, row.major]))
            yield Event(row.graduated_on, "学历", f"{where}毕业 → {row.get_level_display()}{mode}")
