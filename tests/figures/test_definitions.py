"""What each figure counts and what it does not, on rows planted one by one."""

import datetime

import pytest

from core import indicators
from tests import factories
from training.models import TrainingSession

ON = datetime.date(2024, 12, 31)
CODE, NEIGHBOUR = "990121100201", "990121101201"
COUNTY = "990121"
PARTY, DIRECTOR, MEMBER = "party_secretary", "village_director", "village_committee_member"


@pytest.fixture(autouse=True)
def _place(db):
    factories.village(CODE)


def value(key, on=ON, code=COUNTY):
    figure = next(figure for figure in indicators.measure(on, code) if figure.key == key)
    return figure.numerator if figure.denominator is None else (figure.numerator, figure.denominator)


def serve(*posts, person=None, village=CODE, **fields):
    """Somebody with these posts in the village."""
    person = person or factories.person(village=village)
    for post in posts:
        factories.appointment(person=person, village=village, post=post, **fields)
    return person


def test_village_counts_until_its_last_day():
    factories.village("990121100202", end=ON)

    assert value("villages") == 2
    assert value("villages", on=datetime.date(2025, 1, 1)) == 1


def test_community_is_counted_apart():
    factories.village("990121100001", kind="community")
    serve(PARTY, DIRECTOR, village="990121100001")

    assert (value("villages"), value("communities"), value("one_shoulder")) == (1, 1, (0, 1))


def test_one_shoulder_is_one_person_in_both_posts():
    serve(PARTY)
    serve(DIRECTOR)

    assert value("one_shoulder") == (0, 1)


def test_one_shoulder_across_two_villages_is_none():
    factories.village(NEIGHBOUR)
    person = serve(PARTY)
    serve(DIRECTOR, person=person, village=NEIGHBOUR)

    assert value("one_shoulder") == (0, 2)


def test_one_shoulder_counts_the_last_day():
    serve(PARTY, DIRECTOR, end=ON)

    assert value("one_shoulder") == (1, 1)
    assert value("one_shoulder", on=datetime.date(2025, 1, 1)) == (0, 1)


def test_cadre_of_two_townships_counts_once_in_the_county_and_in_both_townships():
    factories.village(NEIGHBOUR)
    person = serve(PARTY)
    serve(MEMBER, person=person, village=NEIGHBOUR)

    assert value("cadres") == 1
    townships = indicators.board_by_township(factories.user(), ON)
    board = {township.code: figures["cadres"].value for township, figures in townships}
    assert board == {"990121100": 1, "990121101": 1}
    (row,) = indicators.listing(indicators.get("cadres"), ON, COUNTY)
    assert row["places"] == [CODE, NEIGHBOUR]
    assert row["details"]["职务"] == "党组织书记、村（居）委会委员"


def test_supervisors_and_clerks_are_no_cadres_here():
    serve("supervision_director", "clerk")

    assert value("cadres") == 0


def test_young_is_thirty_five_and_younger():
    for born in (datetime.date(1989, 1, 1), datetime.date(1988, 12, 31)):
        serve(MEMBER, person=factories.person(id_number=factories.id_number(born)))

    assert value("cadres_35_or_younger") == (1, 2)


def test_vacancies_do_not_offset_each_other_and_need_approved_seats():
    factories.village("990121100202", party_seats=1, committee_seats=3)
    serve(PARTY, DIRECTOR, village="990121100202")
    serve("party_deputy_secretary", village="990121100202")  # one more than approved

    assert value("seats_vacant") == 2


def test_adjusted_counts_people_of_this_term_only():
    factories.term(start=datetime.date(2018, 1, 1), end=datetime.date(2020, 12, 31))
    factories.term(start=datetime.date(2021, 1, 1))
    serve(PARTY, DIRECTOR, end=datetime.date(2023, 11, 1), end_reason="unfit", start=datetime.date(2021, 1, 9))
    serve(MEMBER, end=datetime.date(2020, 11, 1), end_reason="unfit", start=datetime.date(2018, 1, 9))
    serve(MEMBER, end=datetime.date(2023, 11, 1), end_reason="resigned")
    serve(MEMBER, end=datetime.date(2025, 1, 1), end_reason="unfit")

    assert value("cadres_adjusted") == 1
    assert value("cadres_adjusted", on=datetime.date(2020, 12, 31)) == 1


def test_adjusted_without_a_recorded_term_counts_them_all():
    serve(MEMBER, end=datetime.date(2023, 11, 1), end_reason="unfit")

    assert value("cadres_adjusted") == 1


@pytest.mark.parametrize(
    ("education", "counted"),
    [
        ({"level": "junior_college", "graduated_on": ON}, 1),
        ({"level": "junior_college", "graduated_on": datetime.date(2025, 1, 1)}, 0),  # still studying
        ({"level": "bachelor"}, 1),  # no date: completed long ago
        ({"level": "secondary_vocational"}, 0),
    ],
)
def test_college_is_completed_by_the_date(education, counted):
    factories.education(person=serve(MEMBER), **education)

    assert value("college_cadre_villages") == (counted, 1)


def test_college_of_people_sent_in_or_of_supervisors_does_not_count():
    factories.education(person=factories.stationing(village=CODE).person, level="bachelor")
    factories.education(person=serve("supervision_director"), level="bachelor")

    assert value("college_cadre_villages") == (0, 1)


def test_reserve_need_keeps_a_vacant_secretary_seat():
    assert value("reserves") == (0, 2)

    serve(DIRECTOR)
    assert value("reserves") == (0, 3)

    serve(PARTY, "party_committee_member")
    assert value("reserves") == (0, 3)


def test_reserve_ratio_needs_both_categories():
    serve(MEMBER)
    for _ in range(3):
        factories.reserve(village=CODE, target="secretary")
    assert value("reserve_ratio_met") == (0, 1)

    factories.reserve(village=CODE, target="other")
    assert value("reserve_ratio_met") == (1, 1)


def test_recruited_are_those_still_in_the_pool():
    factories.reserve(kind="recruited")
    factories.reserve(kind="recruited", end=datetime.date(2024, 12, 30))
    factories.reserve()

    assert value("reserves_recruited") == 1


def test_trained_are_people_not_attendances():
    cadre, sent = serve(MEMBER), factories.stationing(village=CODE).person
    serve(MEMBER)
    classes = [
        factories.session(start=datetime.date(2024, month, 1), end=datetime.date(2024, month, 3)) for month in (3, 9)
    ]
    for held in classes:
        factories.enrollment(session=held, person=cadre)
    factories.enrollment(session=classes[0], person=sent)

    assert value("people_trained") == (2, 3)


@pytest.mark.parametrize(
    ("begun", "result"),
    [
        (datetime.date(2024, 3, 1), "absent"),
        (datetime.date(2024, 3, 1), "enrolled"),
        (datetime.date(2023, 12, 30), "qualified"),
        (datetime.date(2025, 1, 1), "qualified"),
    ],
)
def test_not_trained_this_year(begun, result):
    held = factories.session(start=begun, end=begun)
    factories.enrollment(session=held, person=serve(MEMBER), result=result)

    assert value("people_trained") == (0, 1)


def test_secretary_classes_of_a_township_are_those_its_people_attended():
    other, empty, attended = (
        factories.session(start=datetime.date(2024, 3, 1), end=datetime.date(2024, 3, 3)) for _ in range(3)
    )
    factories.enrollment(session=attended, person=serve(PARTY))
    factories.enrollment(session=other, person=serve(MEMBER), result="absent")
    factories.session(code="990121101", start=datetime.date(2024, 3, 1), end=datetime.date(2024, 3, 3))

    assert TrainingSession.objects.filter(pk=empty.pk).exists()
    assert value("secretary_classes") == 4
    assert value("secretary_classes", code="990121100") == 1
    assert value("secretary_classes", code="990121101") == 1


def test_degree_students_are_serving_and_studying():
    factories.degree_study(person=serve(MEMBER))
    factories.degree_study(person=serve(MEMBER, end=datetime.date(2024, 6, 30)))
    factories.degree_study(person=serve(MEMBER), end=datetime.date(2024, 6, 30), outcome="graduated")
    factories.degree_study(person=serve("supervision_director"))

    assert value("degree_students") == 1


def test_second_stay_and_specialist():
    person = factories.stationing(village=CODE).person
    factories.stationing(person=person, village=CODE, role="team_leader")
    factories.stationing(village=CODE, role="specialist")

    assert value("stationed") == 1


def test_awards_of_the_year_up_to_the_date():
    factories.award(decided_on=datetime.date(2024, 5, 1))
    factories.award(decided_on=datetime.date(2023, 5, 1), year=2024)
    factories.award(collective="第201村", decided_on=ON)

    assert value("awards_given") == 2
