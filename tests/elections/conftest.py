"""A county in its round: two townships, a village each, candidates ready for the vote."""

import datetime
from types import SimpleNamespace

import pytest
from django.test import Client

from talent import actions
from talent.models import Candidate, ElectionRound, JointReviewItem, JointReviewMark
from tests import factories

DAY = datetime.date(2026, 1, 10)
EVE = datetime.date(2026, 1, 9)
NOMINATED = datetime.date(2025, 12, 26)


def signed_in(account):
    client = Client()
    client.user = account
    client.force_login(account, backend="core.auth.RoleBackend")
    client.get("/?on=2026-01-20")
    return client


@pytest.fixture
def staff(db):
    return signed_in(factories.user("county_staff", factories.COUNTY, name="王组织员"))


@pytest.fixture
def clerk(db):
    return signed_in(factories.user("township_clerk", factories.OWN))


@pytest.fixture
def neighbour(db):
    """The clerk of the next township."""
    return signed_in(factories.user("township_clerk", factories.NEIGHBOUR))


@pytest.fixture
def held(staff):
    """A round over two villages that the county opened, its plan and joint review copied from the templates."""
    for code, name in ((factories.COUNTY, "清源县"), (factories.OWN, "城关镇"), (factories.NEIGHBOUR, "柳林镇")):
        factories.division(code, name)
    factories.village("990121100201", "甲山村")
    factories.village("990121101201", "丙田村")
    outgoing = factories.term(name="第十一届", start=datetime.date(2021, 1, 10))
    found = ElectionRound(
        division_id=factories.COUNTY, name="2026 年换届", outgoing=outgoing, election_day=DAY,
        start=datetime.date(2025, 12, 1),
    )  # fmt: skip
    return actions.open_election(found, incoming="第十二届", by=staff.user)


@pytest.fixture
def place(held):
    """甲山村 in the round."""
    return held.places.get(village_id="990121100201")


def clear(held, *people, but=(), by):
    """Every item of the joint review says 无 of the people; of `but` the first item says 有."""
    items = list(JointReviewItem.objects.filter(department__round=held).order_by("pk"))
    marks = []
    for person in people:
        for number, item in enumerate(items):
            found = number == 0 and person in but
            marks.append(
                JointReviewMark(
                    item=item, person=person, village=person.village, decided_on=datetime.date(2026, 1, 3),
                    result="found" if found else "clear", reason="正被立案" if found else "", document_no="清纪函1号" if found else "",
                )
            )  # fmt: skip
    return actions.record_marks(held, marks, by=by)


@pytest.fixture
def team(held, place, staff):
    """The outgoing secretary (and director) and a member; the secretary, the member and somebody new stand."""
    village = place.village
    people = SimpleNamespace(
        secretary=factories.person("老书记", village=village, political_status="party_member"),
        member=factories.person("老委员", village=village),
        newcomer=factories.person("新人", village=village),
    )
    for person, post in (
        (people.secretary, "party_secretary"), (people.secretary, "village_director"), (people.member, "village_committee_member"),
    ):  # fmt: skip
        factories.appointment(
            person=person, village=village, post=post, start=datetime.date(2021, 1, 10), term=held.outgoing
        )
    return people


def stand(held, person, post, *, by, formal=True):
    """A candidate, formal after a clear joint review."""
    row = Candidate(round=held, person=person, village=person.village, post=post, nominated_on=NOMINATED)
    actions.nominate_candidates([row], by=by)
    if formal:
        clear(held, person, by=by)
        actions.move_candidates([row], status="formal", by=by)
    return Candidate.objects.get(pk=row.pk)
