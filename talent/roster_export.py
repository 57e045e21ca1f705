"""What is kept, as rows of a roster: for export and for the template's drop-downs."""

from collections import defaultdict
from functools import partial

from core.periods import dated_by
from core.scope import inside
from talent import recruiting
from talent.indicators.reserves import last_half, since_last_half
from talent.joint_review_column import Column
from talent.models import (
    Appointment,
    Background,
    Candidate,
    Education,
    EducationLevel,
    EducationMode,
    JointReviewDepartment,
    JointReviewMark,
    PersonReview,
    PoliticalStatus,
    Post,
    RecruitmentApplication,
    ReserveAssessment,
    ReserveCandidate,
    RuralTalent,
    Sex,
    Stationing,
    SubClass,
    TalentClass,
    Willing,
)
from talent.models.appointment import SENT_IN, VILLAGE_POSTS
from talent.models.candidate import ELECTED_POSTS
from talent.models.review import COUNTS
from talent.parameters.reserves import ASSESSMENT_RESULTS
from talent.parameters.reviews import GRADES, REASONS
from talent.roster_apply import words
from talent.roster_apply.people import plain_texts
from villages.models import Village

# Words that every roster understands; the labels of the choices are wider (村（居）委会主任, 中专（中技）).
LEVELS = {**dict(EducationLevel.choices), EducationLevel.SECONDARY_VOCATIONAL.value: "中专"}
LEVEL_FIELDS = {EducationMode.FULL_TIME: "education_full_time", EducationMode.ON_JOB: "education_on_job"}


def post_word(post, kind):
    """The post as it is called in a 村 or in a 社区."""
    return Post(post).label.replace("村（居）委会", "居委会" if kind == Village.Kind.COMMUNITY else "村委会")


def committee(code, on):
    """The teams of the division `code` as they stood on `on`: a row per person and village, in order of rank.

    The numbers of people whose file is kept outside the division stay masked, as on their page."""
    seats = Appointment.objects.below(code).serving(on).select_related("person", "village__township")
    held = defaultdict(list)
    for seat in seats.order_by("village_id", "pk"):
        held[seat.village_id, seat.person_id].append(seat)
    people = {seats[0].person_id for seats in held.values()}
    educations = educations_of(people, on)
    rows = [_row(seats, educations[seats[0].person_id]) | masked(seats[0].person, code) for seats in held.values()]
    return sorted(rows, key=lambda row: row["order"])


def of_roles(found, code, on, about):
    """Rows of one role each: the person's own columns, and what `about(role)` says of the role."""
    found = found.select_related("person__village__township", "village__township").order_by("village_id", "pk")
    found = list(found)
    educations = educations_of({role.person_id for role in found}, on)
    return [
        person_row(role.person, role.village, educations[role.person_id])
        | about(role)
        | masked(role.person, code)
        | {"person_id": role.person_id}
        for role in found
    ]


def reserve(code, on):
    """The reserve pool of the division `code` on `on`, a row per candidate."""
    found = ReserveCandidate.objects.below(code).in_pool(on)
    return of_roles(found, code, on, _about_reserve)


def _about_reserve(role):
    target = "党组织书记" if role.target == ReserveCandidate.Target.SECRETARY else "其他村干部"
    source = role.get_source_display() if role.source else None
    return {
        "target_post": target,
        "source": source,
        "planned_post": post_word(role.planned_post, role.village.kind) if role.planned_post else None,
        "readiness": role.get_readiness_display() or None,
        "mentor": role.mentor,
        "measures": role.measures,
        "entered_on": words.month(role.start),
        "remarks": role.remarks,
    }


def reserve_assessments(code, on):
    """The pool of the division `code` on `on`, a row per candidate and half-year from the last complete one on; without a
    result where there is none yet."""
    pool = ReserveCandidate.objects.below(code).in_pool(on).select_related("person", "village__township")
    made = ReserveAssessment.objects.filter(since_last_half(on), dated_by(on, "assessed_on"), candidate__in=pool)
    found = defaultdict(list)
    for one in made.order_by("year", "half", "pk"):
        found[one.candidate_id].append(one)
    year, half = last_half(on)
    rows = []
    for place in pool.order_by("village_id", "-target", "person__pinyin", "pk"):
        blank = ReserveAssessment(candidate=place, year=year, half=half)
        rows += [_about_assessment(one, place, code) for one in found[place.pk] or [blank]]
    return rows


def _about_assessment(one, place, code):
    return {
        "township": place.village.township.name,
        "village": place.village.name,
        "name": place.person.name,
        **unnumbered(place.person, code),
        "assessed_year": str(one.year),
        "assessed_half": one.get_half_display(),
        "assessed_result": one.result or None,
        "assessed_opinion": one.remarks,
        "assessed_on": f"{one.assessed_on:%Y.%m.%d}" if one.assessed_on else None,
    }


def assessment_choices(code, on):
    return place_choices(code, on) | {
        "assessed_half": ReserveAssessment.Half.labels,
        "assessed_result": list(ASSESSMENT_RESULTS.value(on)),
    }


def stationed(code, on):
    """People sent into villages of the division `code` on `on`, a row per stay; specialists and secondments have lists of their own."""
    found = Stationing.objects.below(code).in_teams(on)
    return of_roles(found, code, on, _about_stay)


def _about_stay(role):
    return {"posts": role.get_role_display(), "dispatch_unit": role.dispatch_unit, "original_post": role.original_post,
            "unit_level": role.get_unit_level_display() or None, "team": role.team, "start_date": words.month(role.start),
            "due": words.month(role.due), "party_transferred": "是" if role.party_transferred else "否",
            "insured": "是" if role.insured else "否", "funds_wan": _amount(role.funds_wan), "remarks": role.remarks}  # fmt: skip


def _amount(kept):
    """A sum as a roster reads it back: 1 and not 1.0000; None where none is known."""
    return None if kept is None else f"{kept.normalize():f}"


def candidates(code, on, round_id):
    """Who stands in the division `code` in the round, a row per person and village."""
    found = Candidate.objects.below(code).filter(round_id=round_id).select_related(
        "person__village__township", "village__township"
    )  # fmt: skip
    held = defaultdict(list)
    for row in found.order_by("village_id", "pk"):
        held[row.village_id, row.person_id].append(row)
    educations = educations_of({person for _, person in held}, on)
    return [_candidacy(rows, educations[rows[0].person_id]) | masked(rows[0].person, code) for rows in held.values()]


def _candidacy(rows, educations):
    first, posts = rows[0], {row.post for row in rows}
    return person_row(first.person, first.village, educations) | {
        "person_id": first.person_id,
        "posts": "、".join(post_word(post, first.village.kind) for post in Post if post.value in posts),
        "candidate_source": first.get_source_display() or None,
        "nominated_by": first.get_nominated_by_display() or None,
        "nominated_on": words.month(first.nominated_on),
        "remarks": first.remarks,
    }


def joint_review(code, on, department_id):
    """The column of a department: a row per candidate of the division `code` and item, with the result where there is one.

    The column is the present one of a running review; numbers stay masked, a department needs no more to tell people apart."""
    department = JointReviewDepartment.objects.get(pk=department_id)
    column = Column(department, code)
    lines = column.lines(list(column.people()))
    marks = column.kept({line["person"].pk for line in lines})
    return [_mark(line, item, marks[line["person"].pk].get(item.pk)) for line in lines for item in column.items]


def _mark(line, item, mark):
    return {
        "person_id": line["person"].pk,
        "township": line["village"].township.name,
        "village": line["village"].name,
        "name": line["person"].name,
        "id_hint": line["person"].id_masked,
        "review_item": item.title,
        "review_result": mark.get_result_display() if mark else None,
        "review_reason": mark.reason if mark else None,
        "review_document": mark.document_no if mark else None,
        "review_decided": words.month(mark.decided_on) if mark else None,
        "reviewer": mark.reviewer if mark else None,
    }


def joint_review_choices(code, on):
    return place_choices(code, on) | {"review_result": list(JointReviewMark.Result.labels)}


def rural_talent(code, on):
    """The pool of rural talents of the division `code` on `on`, a row per person."""
    return of_roles(RuralTalent.objects.below(code).in_pool(on), code, on, _about_talent)


def _about_talent(role):
    return {"talent_category": role.get_category_display() or None, "specialty": role.specialty,
            "is_demonstration": "是" if role.is_demonstration else "否", "entered_on": words.month(role.start),
            **{name: getattr(role, f"get_{name}_display")() or None for name in ("talent_class", "sub_class", "business", "willing", "origin")},
            **{name: getattr(role, name) for name in ("tags", "skills", "certificates", "scale", "wishes", "came_from")},
            "households_led": None if role.households_led is None else str(role.households_led),
            "came_on": words.month(role.came_on), "remarks": role.remarks}  # fmt: skip


def masked(person, code):
    """Columns that stand masked because the person's file is kept outside the division `code`."""
    if inside(person.village_id, code):
        return {}
    return {"id_number": person.id_masked, "phone": person.phone_masked}


def educations_of(people, on):
    """{person's key: [Education]} completed by `on`, the highest first."""
    found = defaultdict(list)
    for education in Education.objects.filter(person_id__in=people).completed(on).order_by("-rank", "pk"):
        found[education.person_id].append(education)
    return found


def _row(seats, educations):
    person, village = seats[0].person, seats[0].village
    codes = {seat.post for seat in seats}
    first = min(list(Post).index(code) for code in codes)
    return person_row(person, village, educations) | {
        "order": (village.code, first, person.pk),
        "person_id": person.pk,
        "posts": "、".join(post_word(post, village.kind) for post in Post if post.value in codes),
        "start_date": words.month(max(seat.start for seat in seats)),
    }


def person_row(person, village, educations):
    """The columns of a person's own file, for a row that belongs to `village`."""
    return {
        "township": village.township.name,
        "village": village.name,
        **{name: getattr(person, name) for name in plain_texts()},
        "sex": Sex(person.sex).label if person.sex else None,
        "birth_date": words.month(person.archive_birth_date)
        or (f"{person.birth_date:%Y.%m}" if person.birth_date else None),
        "id_number": person.id_number,
        "political_status": words.political(person.political_status),
        "party_joined": words.month(person.party_joined),
        "background": words.background(person.background),
        **_levels(educations),
        "phone": person.phone,
    }


def _levels(educations):
    """Both modes where one is known, and the highest level."""
    found = {"education": LEVELS[educations[0].level] if educations else None}
    for education in educations:
        field = LEVEL_FIELDS.get(education.mode)
        if field:
            found.setdefault(field, LEVELS[education.level])
    return found


def place_choices(code, on):
    """The townships and villages of the division `code`, for drop-downs."""
    villages = Village.objects.below(code).existing(on).select_related("township").order_by("code")
    return {
        "township": list(dict.fromkeys(village.township.name for village in villages)),
        "village": list(dict.fromkeys(village.name for village in villages)),
    }


def person_choices(code, on):
    """Texts that cells about a person and where they belong may hold, by field."""
    return place_choices(code, on) | {
        "sex": Sex.labels,
        "political_status": PoliticalStatus.labels,
        "education": list(LEVELS.values()),
    }


def choices(code, on):
    """What cells of the committee roster may hold, by field; the villages are those of the division."""
    posts = dict.fromkeys(post_word(post, kind) for post in VILLAGE_POSTS for kind in Village.Kind)
    return person_choices(code, on) | {"posts": list(posts), "background": Background.labels}


def reserve_choices(code, on):
    return person_choices(code, on) | {
        "source": ReserveCandidate.Source.labels,
        "target_post": ["党组织书记", "其他村干部"],
        "planned_post": [post.label for post in VILLAGE_POSTS],
        "readiness": ReserveCandidate.Readiness.labels,
    }


def candidate_choices(code, on):
    posts = dict.fromkeys(post_word(post, kind) for post in ELECTED_POSTS for kind in Village.Kind)
    return person_choices(code, on) | {
        "posts": list(posts),
        "candidate_source": Candidate.Source.labels,
        "nominated_by": Candidate.NominatedBy.labels,
    }


def applicants(code, on, recruitment_id):
    """Who had applied by `on` in the division `code` for the recruitment, a row per application as it stood on that day."""
    found = RecruitmentApplication.objects.below(code).filter(dated_by(on, "applied_on"), recruitment_id=recruitment_id)
    return of_roles(found.select_related("recruitment"), code, on, partial(_about_application, on))


def _about_application(on, role):
    recruiting.as_they_stood([role], on)
    scores = {name: getattr(role, name) for name in ("written", "interview", "extra")}
    return {
        "household": role.get_household_display() or None,
        "ticket_no": role.ticket_no,
        "applied_on": f"{role.applied_on:%Y.%m.%d}",
        **{name: None if score is None else f"{score:f}" for name, score in scores.items()},
        "remarks": role.remarks,
    }


def applicant_choices(code, on):
    return person_choices(code, on) | {"household": RecruitmentApplication.Household.labels}


def reviews(code, on, round_id):
    """Who is on the sheets of the round in the division `code`, with what was said of them, a row per person and village.

    The numbers of people whose file is kept outside the division are left out: they are found again by name."""
    found = PersonReview.objects.below(code).filter(team__round_id=round_id)
    found = found.select_related("person", "team__village__township").order_by("team__village_id", "pk")
    return [_about_review(row, row.team.village) | unnumbered(row.person, code) for row in found]


def unnumbered(person, code):
    """Columns of somebody who may be found again by name: without the number where the file is kept outside the division `code`."""
    return {"person_id": person.pk, "id_number": person.id_number if inside(person.village_id, code) else None}


def _about_review(row, village):
    counts = {name: getattr(row, name) for name in COUNTS}
    return {
        "township": village.township.name,
        "village": village.name,
        "name": row.person.name,
        **{name: None if count is None else str(count) for name, count in counts.items()},
        "grade": row.grade,
        "proposal": row.get_proposal_display() or None,
        "adjust_reason": row.reason,
        "performance": row.performance,
        "own_plan": row.plan,
    }


def review_choices(code, on):
    return place_choices(code, on) | {
        "grade": list(GRADES.value(on)),
        "proposal": PersonReview.Proposal.labels,
        "adjust_reason": list(REASONS.value(on)),
    }


def stationed_choices(code, on):
    return person_choices(code, on) | {
        "posts": [post.label for post in SENT_IN],
        "unit_level": Stationing.UnitLevel.labels,
        "party_transferred": ["是", "否"],
        "insured": ["是", "否"],
    }


def rural_talent_choices(code, on):
    return person_choices(code, on) | {
        "talent_category": RuralTalent.Category.labels,
        "talent_class": TalentClass.labels,
        "sub_class": SubClass.labels,
        "willing": Willing.labels,
        "origin": RuralTalent.Origin.labels,
        "is_demonstration": ["是", "否"],
    }
