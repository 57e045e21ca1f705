"""Browsers of every role at a date, a branch of twelve full members and its meetings."""

import datetime

import pytest
from django.test import Client

from tests import factories

ON = datetime.date(2026, 11, 20)
HOME, FOREIGN = "990121100201", "990121101201"


@pytest.fixture
def sign_in(db):
    """A signed-in browser of a role, at a date; a clerk is of the township OWN."""

    def sign_in(role="township_clerk", on=ON):
        client = Client()
        client.user = factories.user(role, factories.OWN if role == "township_clerk" else factories.COUNTY)
        client.force_login(client.user, backend="core.auth.RoleBackend")
        client.get(f"/?on={on}")
        return client

    return sign_in


@pytest.fixture
def branch(db):
    """A branch with a committee, without groups."""
    found = factories.party_branch(village=factories.village(HOME), name="一支部")
    factories.branch_size(branch=found)
    return found


def hold(branch, *days, kind="theme", **fields):
    """Meetings of a kind on days of 2026, (month, day)."""
    said = {"lecturer": "李书记", "lecture_title": "学党史"} if kind == "lecture" else {}
    for month, day in days:
        held_on = datetime.date(2026, month, day)
        factories.meeting(branch=branch, kind=kind, held_on=held_on, **said | fields)


def hold_everything(branch, months=12):
    """All that a branch with a committee owes in the first months of 2026."""
    for month in range(1, months + 1):
        for kind in ("theme", "committee"):
            hold(branch, (month, 5), kind=kind)
        if month % 3 == 0:
            for kind in ("general", "lecture"):
                hold(branch, (month, 6), kind=kind)
    if months == 12:
        for kind in ("life", "appraisal"):
            hold(branch, (12, 7), kind=kind)
