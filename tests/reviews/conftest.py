"""A county with two villages of one township and one of the next, their teams, and a round over all of them."""

import datetime
from types import SimpleNamespace

import pytest
from django.test import Client

from talent.actions import reviews as actions
from talent.models import ReviewRound, TeamReview
from tests import factories

AS_OF = datetime.date(2023, 9, 15)
VILLAGE, SECOND, NEXT = "990121100201", "990121100202", "990121101201"


@pytest.fixture
def sign_in(db):
    """A signed-in browser of a role; a clerk is of the township of VILLAGE."""

    def sign_in(role="county_staff", code=""):
        place = code or (factories.OWN if role == "township_clerk" else factories.COUNTY)
        client = Client()
        client.user = factories.user(role, place)
        client.force_login(client.user, backend="core.auth.RoleBackend")
        return client

    return sign_in


def _team(code):
    place = factories.village(code, party_seats=3, committee_seats=3)
    secretary = factories.person(f"书记{code[-4:]}", village=place, political_status="party_member")
    factories.appointment(person=secretary, village=place, post="party_secretary")
    factories.appointment(person=secretary, village=place, post="village_director")
    member = factories.person(f"委员{code[-4:]}", village=place, political_status="party_member")
    factories.appointment(person=member, village=place, post="village_committee_member")
    return SimpleNamespace(village=place, secretary=secretary, member=member)


@pytest.fixture
def teams(db):
    """code → its village, secretary (also the director) and member."""
    return {code: _team(code) for code in (VILLAGE, SECOND, NEXT)}


@pytest.fixture
def held(teams):
    """The round, begun; its sheets are prepared."""
    opened = ReviewRound(
        division=factories.division(factories.COUNTY), name="2023年届中分析研判", as_of=AS_OF, opens=AS_OF,
        closes=AS_OF + datetime.timedelta(35), document_no="清委组〔2023〕21号",
    )  # fmt: skip
    return actions.open_round(opened, by=factories.user())


def sheet_of(held, code=VILLAGE):
    return TeamReview.objects.get(round=held, village=code)


BALLOTS = {"issued": 40, "returned": 38, "valid": 37, "satisfied": 20, "fair": 10, "dissatisfied": 7}


def typed(sheet, *, proposals=None, action="save", **team):
    """What the form of a sheet posts, complete: every person 称职 and 留任 but for `proposals` (person → fields)."""
    fields = {"team_class": "较好", "plan": "年底前补齐后备", "problems": ["后备力量不足"], **BALLOTS, **team}
    posted = {f"team-{name}": value for name, value in fields.items()}
    for row in sheet.people.all():
        said = {"grade": "称职", "proposal": "keep"} | (proposals or {}).get(row.person_id, {})
        posted |= {f"person{row.pk}-{name}": value for name, value in said.items()}
    return posted | {"action": action}


def decided(held, proposals, code=VILLAGE, by=None):
    """The sheet of a village as decided, with these proposals (person → fields); returns it."""
    sheet, by = sheet_of(held, code), by or factories.user()
    for row in sheet.people.all():
        for name, value in ({"grade": "称职", "proposal": "keep"} | proposals.get(row.person_id, {})).items():
            setattr(row, name, value)
        row.save()
    sheet.team_class = "差"
    sheet.save()
    actions.decide(sheet, opinion="同意", on=datetime.date(2023, 10, 12), by=by)
    return sheet
