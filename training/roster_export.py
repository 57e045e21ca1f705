"""Attendances and degree studies as rows of a roster: for export and for the template's drop-downs."""

from django.db.models import Q

from talent import roster_export
from talent.roster_apply import words
from training.models import Attendance, DegreeStudy, Enrollment

YES_NO = ("否", "是")
TARGETS = dict(DegreeStudy.Target.choices)


def trainees(code, on, session_id):
    """Who of the division `code` is in the session."""
    found = Enrollment.objects.listed().below(code).filter(session_id=session_id)
    return roster_export.of_roles(found, code, on, _about_attendance)


def _about_attendance(role):
    about = {"job_title": role.job_title, "lodging": YES_NO[role.lodging], "halal": YES_NO[role.halal]}
    return about | _place(role) | {"remarks": role.remarks}


def attendance(code, on, session_id):
    """The half-days signed in the session by who is of the division `code`, a row each."""
    signed = Attendance.objects.below(code).filter(enrollment__session_id=session_id)
    rows = signed.select_related(
        "enrollment__person__village__township", "enrollment__village__township"
    ).order_by("enrollment__village_id", "enrollment_id", "date", "half")  # fmt: skip
    return [_half_day(row, row.enrollment, code) for row in rows]


def _half_day(row, role, code):
    person = role.person
    return {
        "township": role.village.township.name, "village": role.village.name, "name": person.name,
        "id_number": person.id_number, "job_title": role.job_title, "attended_on": f"{row.date:%Y.%m.%d}",
        "half": row.get_half_display(), "attendance_state": row.get_state_display(), "person_id": person.pk,
        **_place(role), **roster_export.masked(person, code),
    }  # fmt: skip


def attendance_choices(code, on):
    """Texts that cells of a sign-in sheet may hold, by field."""
    return roster_export.place_choices(code, on) | {
        "half": [*Attendance.Half.labels, "全天"],
        "attendance_state": Attendance.State.labels,
    }


def degrees(code, on):
    """The degree studies of the division `code` begun by `on` and not given up, each person's latest."""
    begun = DegreeStudy.objects.below(code).filter(start__lte=on)
    kept = begun.filter(~Q(outcome=DegreeStudy.Outcome.WITHDRAWN) | Q(end__gt=on))
    latest = kept.order_by("person_id", "-start", "-pk").distinct("person_id")
    found = DegreeStudy.objects.filter(pk__in=latest.values("pk"))
    return roster_export.of_roles(found, code, on, lambda role: _about_study(role, on))


def _about_study(role, on):
    graduated = role.outcome == DegreeStudy.Outcome.GRADUATED and role.end <= on
    return {
        "job_title": role.job_title,
        "school": role.school,
        "major": role.major,
        "target_education": TARGETS[role.target],
        "study_mode": role.study_mode,
        "enrolled_on": words.month(role.start),
        "is_graduated": YES_NO[graduated],
        "graduated_on": words.month(role.end) if graduated else None,
        "expected_on": words.month(role.expected_on),
        "student_no": role.student_no,
        "tuition": role.tuition,
        "subsidy": role.subsidy,
        "certificate_no": role.certificate_no if graduated else None,
        **_place(role),
        "remarks": role.remarks,
    }


def _place(role):
    """Somebody without an ID number is found again by name in the village that keeps the file."""
    if role.person.id_number:
        return {}
    home = role.person.village
    return {"township": home.township.name, "village": home.name}


def trainee_choices(code, on):
    """Texts that cells of a class's list may hold, by field."""
    yes_no = list(reversed(YES_NO))
    return roster_export.person_choices(code, on) | {"lodging": yes_no, "halal": yes_no}


def degree_choices(code, on):
    """Texts that cells of a list of degree students may hold, by field."""
    return roster_export.person_choices(code, on) | {
        "target_education": list(TARGETS.values()),
        "is_graduated": list(reversed(YES_NO)),
    }
