"""What training keeps as rows of a roster: for export and for the template's drop-downs."""

from django.db.models import Q

from core.periods import in_force
from core.scope import ancestors
from talent import roster_export
from talent.roster_apply import words
from training.models import (
    Attendance,
    Course,
    CourseFeedback,
    DegreeStudy,
    Enrollment,
    PartnerCollege,
    PlanLine,
    StudyTerm,
    TargetGroup,
    Teacher,
    Topic,
    TopicRequirement,
    TrainingSession,
    TrainingWish,
)
from training.roster_apply.words import plain

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


def wishes(code, on):
    """What people of the division `code` asked for, for the year of `on` and the year before, as on the page."""
    found = TrainingWish.objects.below(code).stated(on)
    found = found.select_related("person__village__township", "village__township", "topic")
    return [_wish(row, code) for row in found.order_by("-year", "village_id", "pk")]


def _wish(row, code):
    person = row.person
    return {
        "township": row.village.township.name, "village": row.village.name, "name": person.name,
        "id_number": person.id_number, "topic": row.topic.name, "wish_year": str(row.year),
        "wish_source": row.get_source_display(), "wish_stated_on": _exact(row.stated_on), "remarks": row.remarks, "person_id": person.pk,
        **_place(row), **roster_export.masked(person, code),
    }  # fmt: skip


def wish_choices(code, on):
    """Texts that cells of a table of wishes may hold, by field."""
    return roster_export.place_choices(code, on) | {
        "topic": list(dict.fromkeys(Topic.objects.filter(Topic.objects.all().in_scope(code)).values_list("name", flat=True))),
        "wish_source": TrainingWish.Source.labels,
    }  # fmt: skip


def plan(code, on):
    """The lines of the own plan of the division `code`, of the year of `on` and the year after."""
    lines = PlanLine.objects.filter(plan__division=code, plan__year__in=(on.year, on.year + 1))
    return [_plan_line(line) for line in lines.select_related("plan", "topic").order_by("plan__year", "month", "pk")]


def _plan_line(line):
    return {
        "plan_year": str(line.plan.year), "plan_class": line.name, "plan_group": line.get_class_type_display(),
        "plan_topic": line.topic.name if line.topic else None, "plan_month": str(line.month),
        "plan_classes": str(line.classes), "plan_people": str(line.people), "plan_hours": plain(line.hours),
        "plan_budget": str(line.budget),
    }  # fmt: skip


def plan_choices(code, on):
    """Texts that cells of a plan may hold, by field."""
    topics = Topic.objects.filter(division__in=ancestors(code)).values_list("name", flat=True)
    return {"plan_group": TrainingSession.ClassType.labels, "plan_topic": list(dict.fromkeys(topics))}


def terms(code, on):
    """How the studies of people of the division `code` went in the terms begun by `on`, the latest term first."""
    found = StudyTerm.objects.below(code).begun(on).select_related(
        "study__person__village__township", "study__village__township"
    )  # fmt: skip
    return [_term(row, row.study, code) for row in found.order_by("-year", "-season", "study__village_id", "pk")]


def _term(row, study, code):
    person = study.person
    return {
        "township": study.village.township.name, "village": study.village.name, "name": person.name,
        "id_number": person.id_number, "target_education": TARGETS[study.target],
        "term": f"{row.year}年{row.get_season_display()}", "term_state": row.get_state_display(),
        "credits": plain(row.credits), "failed": str(row.failed), "term_tuition": row.tuition, "term_subsidy": row.subsidy,
        "remarks": row.remarks, "person_id": person.pk, **_place(study), **roster_export.masked(person, code),
    }  # fmt: skip


def term_choices(code, on):
    """Texts that cells of a table of terms may hold, by field."""
    terms = [f"{on.year}年春季", f"{on.year}年秋季"]
    return roster_export.place_choices(code, on) | {
        "target_education": list(TARGETS.values()), "term": terms, "term_state": StudyTerm.State.labels,
    }  # fmt: skip


def colleges(code, on):
    """The colleges that serve the division `code` on `on`, a row for each of their majors, one for those without."""
    found = PartnerCollege.objects.filter(in_force(on), division__in=ancestors(code)).prefetch_related("majors")
    nearest = {one.name: one for one in found.order_by("division_id", "name", "pk")}
    return [row for one in nearest.values() for row in _college(one)]


def _college(one):
    about = {
        "coop_college": one.name, "coop_academy": one.academy, "coop_contact": one.contact,
        "coop_start": _exact(one.start), "coop_end": _exact(one.end),
    }  # fmt: skip
    return [about | _major(major) for major in one.majors.all()] or [about]


def _major(major):
    return {
        "coop_major": major.name, "coop_target": TARGETS[major.target], "coop_mode": major.study_mode,
        "coop_years": plain(major.years), "coop_tuition": major.tuition, "coop_subsidy": major.subsidy,
    }  # fmt: skip


def _exact(date):
    return f"{date:%Y.%m.%d}" if date else None


def college_choices(code, on):
    """Texts that cells of a table of colleges may hold, by field."""
    return {"coop_target": list(TARGETS.values())}


def requirements(code, on):
    """What people of the division `code` must take on `on`."""
    found = TopicRequirement.objects.required(on).filter(topic__division__in=ancestors(code)).select_related("topic")
    nearest = {}
    for row in found.order_by("-topic__division_id", "group", "topic_id", "start", "pk"):
        nearest[row.topic.name, row.group, row.start] = row
    return [
        {
            "req_topic": row.topic.name, "req_group": row.get_group_display(), "req_years": str(row.every_years),
            "req_start": _exact(row.start), "req_end": _exact(row.end), "req_basis": row.basis,
        }
        for row in sorted(nearest.values(), key=lambda row: (row.group, row.topic_id, row.start, row.pk))
    ]  # fmt: skip


def requirement_choices(code, on):
    """Texts that cells of a table of requirements may hold, by field."""
    return {"req_group": TargetGroup.labels, "req_topic": plan_choices(code, on)["plan_topic"]}


def teachers(code, on):
    """The teachers who serve the division `code` with their courses, a row each; last the courses without a teacher."""
    over = ancestors(code)
    found = Course.objects.filter(division__in=over).select_related("teacher").order_by("division_id", "name", "pk")
    courses = {}
    for one in found:
        courses.setdefault(one.teacher_id, {})[one.name] = one
    known = Teacher.objects.filter(division__in=over).order_by("division_id", "name", "pk")
    nearest = {(one.name, one.unit): one for one in known}
    rows = [_teacher(one) | about for one in nearest.values() for about in _courses(courses.get(one.pk)) or [{}]]
    return rows + [{"teacher_name": "未定"} | about for about in _courses(courses.get(None))]


def _teacher(one):
    return {
        "teacher_name": one.name, "teacher_kind": one.get_kind_display(), "teacher_unit": one.unit,
        "teacher_position": one.position, "teacher_specialty": one.specialty,
    }  # fmt: skip


def _courses(found):
    return [
        {"course_name": one.name, "course_topic": one.topic, "course_hours": plain(one.hours)}
        for one in (found or {}).values()
    ]


def teacher_choices(code, on):
    """Texts that cells of a table of teachers may hold, by field."""
    return {"teacher_kind": Teacher.Kind.labels}


def sessions(code, on):
    """The classes of the year of `on` that the division `code` sees, those under way first of all in order of their days."""
    seen = TrainingSession.objects.filter(TrainingSession.objects.all().in_scope(code), start__year=on.year)
    seen = seen.select_related("plan_line").prefetch_related("topics", "courses__teacher")
    nearest = {}
    for one in seen.order_by("division_id", "start", "name", "number", "pk"):
        nearest.setdefault((one.name, one.number, one.start), []).append(one)
    kept = [next((one for one in same if one.division_id == code), same[0]) for same in nearest.values()]
    return [_session(one) for one in sorted(kept, key=lambda one: (one.start, one.name, one.number, one.pk))]


def _session(one):
    return {
        "class_title": one.name, "class_number": str(one.number), "plan_group": one.get_class_type_display(),
        "class_level": one.get_level_display(), "class_host": one.organiser, "class_place": one.place,
        "class_start": _exact(one.start), "class_end": _exact(one.end), "class_hours": plain(one.hours),
        "class_topics": "；".join(topic.name for topic in one.topics.all()) or None,
        "class_courses": "；".join(course.name for course in one.courses.all()) or None,
        "class_plan": one.plan_line.name if one.plan_line else None,
    }  # fmt: skip


def session_choices(code, on):
    """Texts that cells of a list of classes may hold, by field."""
    lines = PlanLine.objects.filter(plan__division__in=ancestors(code), plan__year=on.year).order_by("month", "pk")
    return {
        "plan_group": TrainingSession.ClassType.labels, "class_level": TrainingSession.Level.labels,
        "class_topics": plan_choices(code, on)["plan_topic"], "class_plan": list(lines.values_list("name", flat=True)),
    }  # fmt: skip


def results(code, on, session_id):
    """The scores and results of who of the division `code` is on the list of the session."""
    found = Enrollment.objects.listed().below(code).filter(session_id=session_id)
    found = found.select_related("person__village__township", "village__township").order_by("village_id", "pk")
    return [_result(row, code) for row in found]


def _result(row, code):
    person = row.person
    return {
        "township": row.village.township.name, "village": row.village.name, "name": person.name,
        "id_number": person.id_number, "job_title": row.job_title,
        "test_score": None if row.score is None else plain(row.score), "class_result": row.get_result_display(),
        "remarks": row.remarks, "person_id": person.pk, **_place(row), **roster_export.masked(person, code),
    }  # fmt: skip


def result_choices(code, on):
    """Texts that cells of a table of results may hold, by field."""
    labels = [label for value, label in Enrollment.Result.choices if value != Enrollment.Result.DRAFT]
    return roster_export.place_choices(code, on) | {"class_result": labels}


def course_marks(code, on, session_id):
    """The marks that trainees of the session gave its courses; nobody is named in them."""
    found = (
        CourseFeedback.objects.filter(session_id=session_id)
        .select_related("course__teacher")
        .order_by("course_id", "pk")
    )
    return [
        {
            "marked_course": row.course.name, "marked_teacher": row.course.teacher.name if row.course.teacher else "未定",
            **{f"mark_{name}": str(getattr(row, name)) for name, _ in CourseFeedback.MARKS},
        }
        for row in found
    ]  # fmt: skip


def course_mark_choices(code, on):
    """Texts that cells of a table of marks may hold, by field."""
    names = Course.objects.filter(division__in=ancestors(code)).order_by("name").values_list("name", flat=True)
    return {"marked_course": list(dict.fromkeys(names))}
