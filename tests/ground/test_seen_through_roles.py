"""A township sees the file of somebody kept elsewhere by a role in one of its villages, once, and by nothing else."""

import pytest

from talent.models import Person
from tests import factories

pytestmark = pytest.mark.django_db
HERE = "990121100201"
ROLES = {
    "appointment": factories.appointment, "reserve": factories.reserve, "stationing": factories.stationing,
    "rural_talent": factories.rural_talent, "candidate": factories.candidate, "secondment": factories.secondment,
    "service_visit": factories.service_visit,
}  # fmt: skip


@pytest.mark.parametrize("role", ROLES)
def test_a_role_here_shows_the_file(role):
    someone = factories.person(village="990121101201")
    clerk = factories.user("township_clerk", factories.OWN)
    assert list(Person.objects.visible_to(clerk)) == []

    ROLES[role](person=someone, village=factories.village(HERE))

    assert list(Person.objects.visible_to(clerk)) == [someone]
    assert Person.objects.visible_to(clerk).count() == 1
    assert not Person.objects.visible_to(factories.user("township_clerk", "990121102")).exists()


def test_several_roles_show_it_once():
    someone, place = factories.person(village=factories.village(HERE)), factories.village("990121100202")
    for make in ROLES.values():
        make(person=someone, village=place)

    assert list(Person.objects.visible_to(factories.user("township_clerk", factories.OWN))) == [someone]
