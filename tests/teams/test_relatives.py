"""Near relatives on a person's page: seen from both sides, written down, taken away, and nothing of another township."""

import pytest

from talent.models import Kinship
from tests import factories
from tests.stationed.conftest import sign_in  # noqa: F401 - a fixture

VILLAGE, ON = "990121100201", "2024-09-30"


@pytest.fixture
def pair(db):
    place = factories.village(VILLAGE)
    people = [factories.person(name, village=place) for name in ("张建国", "李秀英")]
    for someone in people:
        factories.appointment(person=someone, village=place, post="party_committee_member")
    return people


def page(client, person):
    return client.get(f"/people/{person.pk}/?on={ON}")


def test_a_relative_written_down_is_seen_on_both_pages_and_found(sign_in, pair):  # noqa: F811
    client, (one, other) = sign_in("township_clerk"), pair
    page(client, one)

    client.post(f"/people/{one.pk}/kin/", {"second": other.pk, "relation": "spouse", "remarks": "2010 年结婚"})

    assert [relative for _, relative in page(client, one).context["relatives"]] == [other]
    assert [relative for _, relative in page(client, other).context["relatives"]] == [one]
    assert "kin_in_team" in {found.code for found in page(client, one).context["findings"]}


def test_a_pair_written_down_the_other_way_round_is_told(sign_in, pair):  # noqa: F811
    client, (one, other) = sign_in("township_clerk"), pair
    factories.kinship(first=other, second=one)

    answer = client.post(f"/people/{one.pk}/kin/", {"second": other.pk, "relation": "spouse"}, follow=True)

    assert "已经登记了" in answer.content.decode()
    assert Kinship.objects.count() == 1


def test_it_is_taken_away_and_one_stays_on_the_page(sign_in, pair):  # noqa: F811
    client, (one, other) = sign_in("township_clerk"), pair
    kept = factories.kinship(first=other, second=one)

    answer = client.post(f"/villages/kin/{kept.pk}/drop/", {"person": one.pk})

    assert answer.url == f"/people/{one.pk}/"
    assert not Kinship.objects.exists()


def test_only_people_of_the_village_or_the_team_are_offered(sign_in, pair):  # noqa: F811
    near = factories.person(village=VILLAGE)
    factories.person(village="990121100202")
    factories.appointment(person=factories.person(village="990121101201"), village=VILLAGE)

    offered = page(sign_in("township_clerk"), pair[0]).context["relative_form"].fields["second"].queryset

    assert set(offered) == {pair[1], near}


def test_who_only_looks_writes_nothing(sign_in, pair):  # noqa: F811
    factories.kinship(first=pair[0], second=pair[1])

    answer = page(sign_in("leader", factories.COUNTY), pair[0])

    assert answer.context["relative_form"] is None
    assert "夫妻" in answer.content.decode()


def test_the_township_beside_learns_nothing(sign_in, pair):  # noqa: F811
    beside = sign_in("township_clerk", factories.NEIGHBOUR)

    assert page(beside, pair[0]).status_code == 404
    assert beside.post(f"/people/{pair[0].pk}/kin/", {"second": pair[1].pk, "relation": "spouse"}).status_code == 404
