"""Impossible states are refused by the database, and before that by the model in the words that the clerk reads."""

import datetime

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from awards.models import Award, AwardRound, AwardScheme, Nomination
from core.models import Job, User
from talent.models import Appointment, Education, NotSamePerson, Person, ReserveCandidate, RuralTalent, Stationing
from tests import factories
from training.models import Course, DegreeStudy, Enrollment, TrainingSession
from villages.models import Division, DivisionName, Term, Village, VillageFigures, VillageLabel, VillageName

pytestmark = pytest.mark.django_db

START = factories.START
BEFORE, LATER = START - datetime.timedelta(1), START + datetime.timedelta(400)


def seat(**fields):
    taken = factories.appointment()
    return Appointment(
        **{"person": taken.person, "village": taken.village, "post": taken.post, "start": LATER} | fields
    )


def second_secretary():
    taken = factories.appointment(post="party_secretary")
    return Appointment(person=factories.person("王芳"), village=taken.village, post="party_secretary", start=LATER)


def place_in_pool(**fields):
    someone = factories.person()
    return ReserveCandidate(
        **{"person": someone, "village": someone.village, "target": "other", "start": START} | fields
    )


def second_place_in_pool():
    taken = factories.reserve()
    return place_in_pool(person=taken.person, target="secretary", start=LATER)


def stay(**fields):
    someone = factories.person()
    return Stationing(**{"person": someone, "village": someone.village, "role": "team_member", "start": START} | fields)


def second_stay():
    taken = factories.stationing()
    return stay(person=taken.person, village=taken.village, role=taken.role, start=LATER)


def study(**fields):
    someone = factories.person()
    return DegreeStudy(**{"person": someone, "village": someone.village, "target": "bachelor", "start": START} | fields)


def award(**fields):
    return Award(**{"scheme": factories.award_scheme(), "village": factories.village(), "year": 2024} | fields)


def award_again(collective):
    given = factories.award(collective=collective) if collective else factories.award()
    return award(scheme=given.scheme, person=given.person, collective=collective)


def nomination(**fields):
    place = factories.division(factories.OWN)
    return Nomination(**{"round": factories.award_round(), "township": place, "nominee_type": "collective"} | fields)


def person_again():
    given = factories.nomination()
    return nomination(round=given.round, nominee_type="individual", person=given.person)


def label_again():
    given = factories.village_label()
    return VillageLabel(village=given.village, label=given.label, start=LATER)


def again(row, *names):
    """An unsaved copy of `row` with the same values in `names` (all but the key when none are named)."""
    names = names or [field.name for field in row._meta.concrete_fields if not field.primary_key]
    return type(row)(**{name: getattr(row, name) for name in names})


def backwards(build):
    return lambda: build(start=START, end=BEFORE)


def job(saved=False, **fields):
    account = factories.user()
    made = Job(kind="roster_read", target_id=7, by=account, division=account.division, **fields)
    if saved:
        made.save()
    return made


# constraint → (an instance that breaks it and nothing else, what the clerk reads; None = never met in a form)
def talent(**fields):
    someone = factories.person()
    return RuralTalent(**{"person": someone, "village": someone.village, "start": START} | fields)


def told_apart_backwards():
    first, second = factories.person(), factories.person()
    return NotSamePerson(first=second, second=first, by=factories.user())


CASES = {
    "division_code_shape": (lambda: Division(code="99012", name="某"), "2、4、6 或 9 位数字"),
    "village_end_not_before_start": (
        lambda: Village(code="990121100299", name="末村", township=factories.division(), start=START, end=BEFORE),
        "结束日期早于开始日期",
    ),
    "village_code_in_township": (
        lambda: Village(code="990121101299", name="错村", township=factories.division(factories.OWN), start=START),
        "前 9 位是所在乡镇的代码",
    ),
    "village_name_once_in_township": (
        lambda: Village(code="990121100299", name=factories.village().name, township=factories.division(), start=START),
        "已有同名的村",
    ),
    "division_former_name_once": (lambda: again(factories.division_name()), None),
    "village_former_name_once": (lambda: again(factories.village_name()), None),
    "village_label_end_not_before_start": (
        backwards(lambda **dates: VillageLabel(village=factories.village(), label="weak", **dates)),
        "结束日期早于开始日期",
    ),
    "village_label_no_overlap": (label_again, "时间段重叠"),
    "village_figures_once_a_year": (lambda: again(factories.village_figures()), "这一年度的数据已经有了"),
    "village_figures_year": (lambda: VillageFigures(village=factories.village(), year=1900), None),
    "term_end_not_before_start": (
        backwards(lambda **dates: Term(division=factories.division("990121"), name="第十届", **dates)),
        "结束日期早于开始日期",
    ),
    "term_name_once": (lambda: again(factories.term()), "这个届次已经有了"),
    "person_has_a_name": (lambda: Person(name="", village=factories.village()), None),
    "person_id_once": (lambda: again(factories.person(), "name", "id_number", "village"), "这个身份证号已在系统中"),
    "person_joined_after_birth": (
        lambda: Person(name="张三", village=factories.village(), birth_date=START, party_joined=BEFORE),
        "入党时间早于出生日期",
    ),
    "education_level_once": (lambda: again(factories.education(), "person", "level", "mode"), "同一学历已经有了"),
    "appointment_end_not_before_start": (backwards(seat), "结束日期早于开始日期"),
    "appointment_reason_needs_end": (lambda: seat(post="clerk", end_reason="resigned"), "请一并填写免职日期"),
    "appointment_post_known": (lambda: seat(post="first_secretary"), "不是有效选项"),
    "appointment_no_overlap": (seat, "担任同一职务的时间段重叠"),
    "appointment_one_secretary": (second_secretary, "已有党组织书记"),
    "reserve_end_not_before_start": (backwards(place_in_pool), "结束日期早于开始日期"),
    "reserve_reason_needs_end": (lambda: place_in_pool(end_reason="left"), "请一并填写出库时间"),
    "reserve_target_known": (lambda: place_in_pool(target="both"), None),
    "reserve_no_overlap": (second_place_in_pool, "已在后备库中"),
    "stationing_end_not_before_start": (backwards(stay), "结束日期早于开始日期"),
    "stationing_reason_needs_end": (lambda: stay(end_reason="期满"), "请一并填写离任时间"),
    "stationing_no_overlap": (second_stay, "时间段重叠"),
    "talent_end_not_before_start": (backwards(talent), "结束日期早于开始日期"),
    "talent_reason_needs_end": (lambda: talent(end_reason="外出"), "请一并填写出库时间"),
    "talent_no_overlap": (lambda: talent(person=factories.rural_talent().person, start=LATER), "已在乡村人才库中"),
    "not_same_person_once": (lambda: again(factories.not_same_person()), None),
    "not_same_person_in_order": (told_apart_backwards, None),
    "session_end_not_before_start": (
        backwards(
            lambda **dates: TrainingSession(
                division=factories.division("990121"), name="班", class_type="talent", **dates
            )
        ),
        "结束日期早于开始日期",
    ),
    "session_once": (lambda: again(factories.session()), "这一期班次已经有了"),
    "course_once": (lambda: again(factories.course()), "这门课程已经有了"),
    "enrollment_once": (lambda: again(factories.enrollment()), "已在这一期班次中"),
    "degree_study_end_not_before_start": (
        backwards(lambda **dates: study(outcome="graduated", **dates)),
        "结束日期早于开始日期",
    ),
    "degree_study_outcome_has_end": (lambda: study(outcome="graduated"), "须填写时间"),
    "degree_study_no_overlap": (
        lambda: study(person=factories.degree_study().person, start=LATER),
        "已有在读的学历提升",
    ),
    "award_scheme_once": (lambda: again(factories.award_scheme()), "这个表彰项目已经有了"),
    "award_person_or_collective": (
        lambda: award(person=factories.person(), collective="某村"),
        "只填其中一个",
    ),
    "award_year": (lambda: award(collective="某村", year=24), "请填四位年份"),
    "award_person_once_a_year": (lambda: award_again(""), "这个人这一年度已获得"),
    "award_collective_once_a_year": (lambda: award_again("某村"), "这个集体这一年度已获得"),
    "award_round_once": (lambda: again(factories.award_round(), "scheme", "year", "name"), "这一期已经有了"),
    "award_round_year": (lambda: AwardRound(scheme=factories.award_scheme(), year=24), "请填四位年份"),
    "award_round_closes_after_opening": (
        lambda: AwardRound(scheme=factories.award_scheme(), year=2026, opens_on=LATER, closes_on=START),
        "推荐截止早于推荐开始",
    ),
    "nomination_person_or_collective": (
        lambda: nomination(person=factories.person(), collective="某合作社"),
        "推荐个人只填个人",
    ),
    "nomination_person_once": (person_again, "这个人已在这一轮推荐中"),
    "nomination_collective_once": (
        lambda: again(factories.nomination(collective="某合作社"), "round", "township", "nominee_type", "collective"),
        "这个集体已在这一轮推荐中",
    ),
    "user_role_known": (
        lambda: User(username="u", name="某", role="root", division=factories.division("990121")),
        None,
    ),
    "job_end_is_dated": (lambda: job(status="done"), None),
    "job_open_once": (lambda: again(job(saved=True)), None),
}


@pytest.mark.parametrize("name", CASES)
def test_database_refuses(name):
    row = CASES[name][0]()

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        row.save()


@pytest.mark.parametrize("name", [name for name, (_, words) in CASES.items() if words])
def test_model_says_so_in_chinese(name):
    build, words = CASES[name]

    with pytest.raises(ValidationError) as refused:
        build().full_clean(exclude=["password"])

    assert words in "".join(refused.value.messages)


def test_every_constraint_has_a_case():
    ours = ("core", "villages", "talent", "training", "awards")
    named = {
        constraint.name
        for model in apps.get_models()
        if model._meta.app_label in ours
        for constraint in model._meta.constraints
    }

    assert named == set(CASES)


def test_awards_need_somebody():
    with pytest.raises(IntegrityError, match="award_person_or_collective"), transaction.atomic():
        award().save()


def test_handing_over_on_the_next_day_is_no_overlap():
    place = factories.village()
    factories.appointment(village=place, post="party_secretary", end=LATER)

    successor = factories.appointment(
        person=factories.person("王芳"),
        village=place,
        post="party_secretary",
        start=LATER + datetime.timedelta(1),
    )

    assert successor.pk


def test_the_day_of_handing_over_has_one_secretary():
    place = factories.village()
    factories.appointment(village=place, post="party_secretary", end=LATER)

    with pytest.raises(IntegrityError, match="appointment_one_secretary"), transaction.atomic():
        factories.appointment(person=factories.person("王芳"), village=place, post="party_secretary", start=LATER)


@pytest.mark.parametrize(
    "build",
    [
        lambda place: Appointment(village=place, post="party_committee_member", start=START),
        lambda place: ReserveCandidate(village=place, target="other", start=START),
        lambda place: Stationing(village=place, role="team_member", start=START),
        lambda place: DegreeStudy(village=place, target="bachelor", start=START),
    ],
)
def test_a_second_person_beside_the_first_is_fine(build):
    place = factories.village()
    for name in ("张三", "李四"):
        row = build(place)
        row.person = factories.person(name, village=place)

        row.full_clean()
        row.save()


def test_saving_a_row_again_is_no_overlap_with_itself():
    for row in (factories.appointment(post="party_secretary"), factories.village_label(), factories.reserve()):
        row.full_clean()


def test_one_person_is_secretary_of_two_villages():
    someone = factories.person()

    factories.appointment(person=someone, post="party_secretary")
    factories.appointment(person=someone, village=factories.village("990121100202"), post="party_secretary")


def test_a_person_with_rows_is_not_deleted():
    seat = factories.appointment()

    with pytest.raises(Exception, match="protected"), transaction.atomic():
        seat.person.delete()


def test_two_people_never_have_one_id_number():
    taken = factories.person()

    with pytest.raises(IntegrityError, match="id_digest"), transaction.atomic():
        Person(name="李四", id_number=taken.id_number.lower(), village=taken.village).save()


def test_the_second_id_number_is_named_before_saving():
    taken = factories.person()

    with pytest.raises(ValidationError, match="这个身份证号已在系统中"):
        Person(name="李四", id_number=taken.id_number, village=taken.village).full_clean()


@pytest.mark.parametrize(
    "model", [Award, AwardRound, AwardScheme, Nomination, Course, Enrollment, Education, VillageName, DivisionName]
)
def test_models_explain_themselves(model):
    assert model._meta.verbose_name
    assert all(field.verbose_name != field.name for field in model._meta.concrete_fields if not field.primary_key)
