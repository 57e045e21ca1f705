"""The time line of a person: a registry that every app about people fills, and what people's own rows put there."""

import datetime
from dataclasses import dataclass

from talent.models import EducationMode, Match, Person, TalentConfirmation

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
            joined(row.dispatch_unit, row.original_post, period_end(row.end, row.end_reason)), row.end,
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
def educations(person):
    for row in person.educations.all():
        if row.graduated_on:
            mode = "" if row.mode == EducationMode.UNSPECIFIED else f"（{row.get_mode_display()}）"
            where = " ".join(filter(None, [row.school, row.major]))
            yield Event(row.graduated_on, "学历", f"{where}毕业 → {row.get_level_display()}{mode}")
