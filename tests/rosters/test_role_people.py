"""Rows without an ID number: whose they are, what they may say of a file, and what they never tell."""

import datetime

import pytest

from core.models import AuditEntry
from rosters.comparison import CLEARED, Row, Scope
from talent.models import Person, ReserveCandidate
from talent.roster_apply import kinds, roles
from tests import factories

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 22)
HERE, ELSEWHERE = "990121100201", "990121101201"


@pytest.fixture(autouse=True)
def villages():
    factories.village(HERE, "甲村")
    factories.village(ELSEWHERE, "丙村")


def row(order=0, village=HERE, cleared=(), **values):
    values = {"name": "张三", "target_post": "other"} | values | ({CLEARED: list(cleared)} if cleared else {})
    return Row(order, order + 2, values, village, [])


def compared(*rows, code=factories.OWN):
    return roles.compare(kinds.RESERVE, list(rows), Scope(code, TODAY))


def written(*rows):
    comparison = compared(*rows)
    roles.write(comparison.plan, by=factories.user("township_clerk", factories.OWN), batch=None)
    return comparison


def codes(comparison, number=0):
    return {problem.code for problem in comparison.verdicts[number].problems if problem.level != "info"}


def test_the_only_one_of_that_name_in_the_village_is_meant():
    someone = factories.person("张三", village=HERE)
    factories.person("张三", village="990121100202")

    written(row())

    assert ReserveCandidate.objects.get().person == someone


def test_a_file_without_a_number_is_found_by_name_again():
    written(row())
    again = compared(row())

    assert Person.objects.get().id_number is None
    assert again.verdicts[0].change == "unchanged"


def test_of_several_of_that_name_the_number_is_asked_for():
    factories.person("张三", village=HERE)
    factories.person("张三", village=HERE)

    assert codes(compared(row())) == {"several_of_that_name"}


def test_a_namesake_of_the_other_sex_is_not_meant():
    factories.person("张三", village=HERE)

    assert codes(compared(row(sex="female"))) == {"other_of_that_name"}


def test_without_number_and_village_nobody_is_meant():
    assert codes(compared(row(village=None))) == {"who_is_it"}


def test_somebody_unknown_without_a_village_gets_no_file():
    assert codes(compared(row(village=None, id_number=factories.id_number()))) == {"missing_field:village"}


def test_names_of_another_township_are_never_told():
    factories.person("张三", village=ELSEWHERE)
    factories.person("张三", village=ELSEWHERE)

    assert codes(compared(row(village=ELSEWHERE))) == {"outside_scope"}


def test_sex_and_birth_of_somebody_new_without_a_number_are_kept():
    written(row(sex="female", birth_date="1990-05"))

    person = Person.objects.get()
    assert (person.sex, person.birth_date, person.archive_birth_date) == ("female", datetime.date(1990, 5, 1), None)


def test_a_birth_date_typed_without_the_number_is_the_archives():
    number = factories.id_number(datetime.date(1980, 5, 6))
    someone = factories.person("张三", village=HERE, id_number=number)

    written(row(birth_date="1979-11", sex="male"))

    someone.refresh_from_db()
    assert (someone.birth_date, someone.archive_birth_date) == (datetime.date(1980, 5, 6), datetime.date(1979, 11, 1))


def test_clearing_the_birth_date_of_a_file_without_a_number_empties_it():
    someone = factories.person("张三", village=HERE, id_number=None, birth_date=datetime.date(1990, 5, 1))

    written(row(cleared=["birth_date"], birth_date=None))

    someone.refresh_from_db()
    assert someone.birth_date is None


def test_two_rows_of_one_name_are_one_person_and_the_second_is_told():
    comparison = written(row(), row(1))

    assert Person.objects.count() == ReserveCandidate.objects.count() == 1
    assert codes(comparison, 1) == {"differs_in_file"}


def test_with_and_without_the_number_is_one_person():
    someone = factories.person("张三", village=HERE)

    written(row(id_number=someone.id_number), row(1))

    assert ReserveCandidate.objects.get().person == someone
    assert AuditEntry.objects.filter(model="talent.reservecandidate").count() == 1
