"""The cadre appointment form of a person on a date: its own texts where it has some, the ledger's where it has none."""

import datetime
import re
from itertools import pairwise

from core.periods import age_on, begun
from talent import lrmx, timeline
from talent.models import EducationMode, Post

LINE = re.compile(r"(\d{4})\.(\d{2})--(?:(\d{4})\.(\d{2}))?")
HONOURS, APPRAISALS = ("表彰", "奖惩"), ("考核", "评价")  # kinds of events on the time line


def from_ledger(person, on, by):
    """{field of ApprovalForm: text} of what the ledger says of the person on the date; dates as yyyyMM."""
    born = person.archive_birth_date or person.birth_date
    posts = list(person.appointments.serving(on).select_related("village__township"))
    events = [event for event in timeline.events(person) if event.start <= on]
    return {
        "name": person.name,
        "sex": person.get_sex_display(),
        "born": _month(born),
        "ethnicity": person.ethnicity,
        "native_place": person.native_place,
        "party_joined": _month(person.party_joined),
        "work_started": _month(person.work_started),
        **_education(person, on, EducationMode.FULL_TIME, "full_time"),
        **_education(person, on, EducationMode.ON_JOB, "on_job"),
        "current_post": "；".join(_posts(posts)),
        "resume": resume(person, on),
        "honours": _told(events, HONOURS),
        "appraisals": _told(events, APPRAISALS),
        "reporting_unit": f"中共{person.village.township.name}委员会",
        "age_on": f"{on:%Y%m%d}",
        "filled_on": f"{on:%Y%m%d}",
        "filled_by": by.name,
    }


def filled(person, on, by):
    """The lrmx.Filled of the person on the date, without the ID number."""
    known, kept = from_ledger(person, on, by), form_of(person)
    if kept is None:
        return lrmx.Filled(texts=known)
    own = {name: getattr(kept, name) for name in lrmx.TAGS if getattr(kept, name)}
    family = [{name: getattr(line, name) for name in lrmx.FAMILY} for line in kept.family.all()]
    return lrmx.Filled(texts=known | own, family=family, photo=kept.photo, others=kept.others)


def form_of(person):
    """What is kept of the person's form; None when nothing is."""
    return getattr(person, "approval_form", None)


def differing(person, on, by):
    """[(label, what the form says, what the ledger says)] of facts that the ledger keeps too and that differ."""
    kept = form_of(person)
    if kept is None:
        return []
    known = from_ledger(person, on, by)
    return [
        (kept._meta.get_field(name).verbose_name, getattr(kept, name), known[name])
        for name in FACTS
        if getattr(kept, name) and known.get(name) and getattr(kept, name) != known[name]
    ]


# What the ledger keeps as facts: where the form says otherwise, one of the two is wrong.
FACTS = ("name", "sex", "born", "ethnicity", "native_place", "party_joined", "work_started")


def resume(person, on):
    """The lines of 简历 that the ledger can write: work begun, posts and stays, the oldest first."""
    spans = {}
    if person.work_started and person.work_started <= on:
        spans[person.work_started, person.work_started, ""] = ["参加工作"]
    for row in person.appointments.filter(begun(on)).select_related("village__township"):
        spans.setdefault((row.start, _ended(row.end, on), _place(row.village)), []).append(row.get_post_display())
    for row in person.stationings.filter(begun(on)).select_related("village__township"):
        spans.setdefault((row.start, _ended(row.end, on), _place(row.village)), []).append(row.get_role_display())
    ordered = sorted(spans.items(), key=lambda span: (span[0][0], span[0][1] or on, span[0][2]))
    return "\n".join(
        resume_line(start, end, f"{place}{'、'.join(dict.fromkeys(posts))}") for (start, end, place), posts in ordered
    )


def resume_line(start, end, text):
    """1990.07--2005.05  ×× ; seven blanks where it still goes on."""
    return f"{start:%Y.%m}--{f'{end:%Y.%m}' if end else ' ' * 7}  {text}"


def resume_faults(text):
    """What a checker of the form would find in the lines of a 简历: [Chinese message]."""
    spans, faults = [], []
    for number, raw in enumerate(text.splitlines(), 1):
        if not (found := LINE.match(raw)):
            continue
        start = int(found[1]) * 12 + int(found[2])
        end = int(found[3]) * 12 + int(found[4]) if found[3] else None
        if end is not None and end < start:
            faults.append(f"第 {number} 行：结束早于开始。")
        spans.append((start, end, number))
    for (_, end, _), (start, _, number) in pairwise(spans):
        if end is not None and start > end + 1:
            faults.append(f"第 {number} 行：与上一行之间空了 {_months(start - end - 1)}，请补上这段经历。")
    return faults


def _months(count):
    years, months = divmod(count, 12)
    return " ".join(filter(None, [f"{years} 年" if years else "", f"{months} 个月" if months else ""]))


def printed_month(text):
    """yyyy.MM of a text yyyyMM or yyyyMMdd; other texts as they are."""
    return f"{text[:4]}.{text[4:6]}" if re.fullmatch(r"\d{6}(\d{2})?", text) else text


def printed_age(text, on):
    """Full years on the date of somebody born in the month of a text yyyyMM; "" for other texts."""
    if not re.fullmatch(r"\d{6}(\d{2})?", text) or not 1 <= int(text[4:6]) <= 12 or int(text[:4]) < 1:
        return ""
    born = datetime.date(int(text[:4]), int(text[4:6]), 1)
    return str(age_on(born, on)) if born <= on else ""


def _month(value):
    return f"{value:%Y%m}" if value else ""


def _ended(end, on):
    return end if end and end <= on else None


def _place(village):
    return f"{village.township.name}{village.name}"


def _posts(rows):
    """One text a village: 寨里镇寨里村党组织书记、村（居）委会主任."""
    by_village = {}
    for row in sorted(rows, key=lambda row: list(Post).index(Post(row.post))):
        by_village.setdefault(_place(row.village), []).append(row.get_post_display())
    return [f"{place}{'、'.join(posts)}" for place, posts in by_village.items()]


def _education(person, on, mode, prefix):
    done = person.educations.completed(on).filter(mode=mode).order_by("-rank", "pk").first()
    if done is None:
        return {}
    return {f"{prefix}_level": done.get_level_display(), f"{prefix}_school": f"{done.school}{done.major}"}


def unsorted_education(person, on):
    """The highest level in words where the ledger does not say how it was studied and knows no other; "" else."""
    done = list(person.educations.completed(on).order_by("-rank", "pk"))
    if not done or any(row.mode != EducationMode.UNSPECIFIED for row in done):
        return ""
    return done[0].get_level_display()


def _told(events, kinds):
    found = [event for event in events if event.kind in kinds]
    return "\n".join(f"{event.start:%Y.%m}  {event.text}" for event in sorted(found, key=lambda event: event.start))
