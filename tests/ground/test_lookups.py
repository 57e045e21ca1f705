"""`among` finds what `in` finds."""

import datetime

import pytest
from django.db.models import Q

from talent.models import Appointment, Person
from tests import factories

pytestmark = pytest.mark.django_db

NAMES = ("单志强", "𠮷野·阿依", 'a"b', "c\\d", "{}", "NULL", "e,f")
WHICH = ((), NAMES, NAMES[2:4], ("nobody", None), ("长" * 60,))


@pytest.fixture
def people():
    day = datetime.date(1970, 1, 1)
    numbers = [factories.id_number(day + datetime.timedelta(turn)) for turn in range(len(NAMES))]
    return [factories.person(name=name, id_number=number) for name, number in zip(NAMES, numbers, strict=True)]


@pytest.mark.parametrize("names", WHICH, ids=len)
def test_texts(people, names):
    among = Person.objects.filter(name__among=names)

    assert set(among) == set(Person.objects.filter(name__in=[name for name in names if name]))
    assert set(Person.objects.exclude(name__among=names)) == set(people) - set(among)


def test_what_is_cut_to_fit_is_not_found(people):
    assert not Person.objects.filter(sex__among=["male" + " " * 20, "females"])


def test_dates_keys_and_foreign_keys(people):
    chosen = people[1:4]
    seats = [factories.appointment(person=person) for person in people]

    assert set(Person.objects.filter(birth_date__among={person.birth_date for person in chosen})) == set(chosen)
    assert set(Person.objects.filter(pk__among=(person.pk for person in chosen))) == set(chosen)
    assert set(Appointment.objects.filter(person_id__among=[person.pk for person in chosen])) == set(seats[1:4])
    assert set(Appointment.objects.filter(village_id__among=[seats[0].village_id])) == {
        seat for seat in seats if seat.village_id == seats[0].village_id
    }


def test_nothing_among_costs_no_query(people, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert not Person.objects.filter(pk__among=[])
    assert set(Person.objects.filter(Q(pk__among=[]) | Q(name__among=NAMES[:1]))) == {people[0]}
