"""Dates: the last day counts, ages are full years, a session's date is the session's."""

import datetime

import pytest

from core.periods import age_on, birthday_bound
from talent.models import Appointment, Person, ReserveCandidate, RuralTalent, Stationing
from tests import factories
from villages.models import Term, Village

LAST = datetime.date(2024, 3, 31)
NEXT = datetime.date(2024, 4, 1)
FIRST = factories.START


@pytest.mark.django_db
def test_serving_counts_the_last_day():
    seat = factories.appointment(end=LAST)

    assert seat in Appointment.objects.serving(LAST)
    assert seat not in Appointment.objects.serving(NEXT)


@pytest.mark.django_db
def test_serving_counts_the_first_day():
    seat = factories.appointment()

    assert seat in Appointment.objects.serving(FIRST)
    assert seat not in Appointment.objects.serving(FIRST - datetime.timedelta(1))


@pytest.mark.django_db
def test_people_are_counted_once_seats_each():
    secretary = factories.appointment(post="party_secretary")
    factories.appointment(person=secretary.person, post="village_director")

    assert Appointment.objects.cadres(LAST).count() == 2
    assert Person.objects.serving(LAST).count() == 1


@pytest.mark.django_db
def test_a_clerk_of_the_village_is_no_cadre_of_the_two_committees():
    factories.appointment(post="clerk")

    assert not Person.objects.serving(LAST).exists()


@pytest.mark.django_db
def test_every_dated_row_counts_its_last_day():
    place = factories.village("990121100299", end=LAST)
    pool, stay = factories.reserve(end=LAST), factories.stationing(end=LAST)
    talent = factories.rural_talent(end=LAST)

    for on, there in ((LAST, True), (NEXT, False)):
        assert (place in Village.objects.existing(on)) is there
        assert (pool in ReserveCandidate.objects.in_pool(on)) is there
        assert (stay in Stationing.objects.serving(on)) is there
        assert (talent in RuralTalent.objects.in_pool(on)) is there


@pytest.mark.django_db
def test_the_term_is_the_one_begun_last():
    factories.term(name="第十届", start=datetime.date(2018, 5, 1), end=datetime.date(2021, 6, 30))
    incoming = factories.term(name="第十一届")

    assert Term.objects.current(datetime.date(2021, 5, 1), factories.OWN) == incoming
    assert Term.objects.current(datetime.date(2020, 1, 1), factories.OWN).name == "第十届"
    assert Term.objects.current(datetime.date(2010, 1, 1), factories.OWN) is None


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        ((1980, 5, 6), (2024, 5, 5), 43),
        ((1980, 5, 6), (2024, 5, 6), 44),
        ((1980, 2, 29), (2024, 2, 28), 43),
        ((1980, 2, 29), (2024, 2, 29), 44),
        ((1980, 2, 29), (2023, 3, 1), 43),
    ],
)
def test_age_in_full_years(born, on, age):
    assert age_on(datetime.date(*born), datetime.date(*on)) == age


def test_birthday_bound_agrees_with_age():
    for on in (datetime.date(2024, 2, 29), datetime.date(2024, 12, 31), datetime.date(2023, 2, 28)):
        bound = birthday_bound(on, 35)

        assert age_on(bound, on) >= 35
        assert age_on(bound + datetime.timedelta(2), on) < 35
