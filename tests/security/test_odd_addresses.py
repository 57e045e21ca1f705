"""No page of the growing of people falls over a date far away, an odd address or a parameter at its edge."""

import datetime

import pytest
from django.db import transaction

from core import parameters
from core.models import ParameterValue
from tests import factories
from tests.security.table import PAGES
from tests.security.test_matrix import address

pytestmark = pytest.mark.django_db
SUBJECTS = (
    "election", "joint_review", "village", "reserve", "recruitment", "vacancies", "review", "station", "specialists", "service_visits",
    "visit_new", "secondment", "talent", "demand", "training", "degree", "certificate", "person", "findings", "home",
    "safeguard", "leaving", "support",
)  # fmt: skip
READ = sorted(name for name, (method, *_) in PAGES.items() if method == "GET" and name.startswith(SUBJECTS))
ODD = {
    "year": "0000", "years": "99", "round": "²", "topic": "9" * 30, "person": "9" * 18, "places": "9" * 5000, "p": "²", "q": "五", "days": "²",
    "class": "x", "type": "x", "tag": "x", "origin": "x", "asker": "x", "state": "x", "kind": "x", "post": "x", "status": "x", "slot": "x",
}  # fmt: skip


def fallen(world, query):
    """{route: error} of the pages that fall when the county reads them with `query` behind the address."""
    client, found = world.clients["county"], {}
    for name in READ:
        _, model, arguments, _ = PAGES[name]
        try:
            with transaction.atomic():
                client.get(address(world, name, model, arguments, factories.OWN), query)
        except Exception as error:  # every page is tried, whatever the first one fell over
            found[name] = repr(error)
    return found


@pytest.mark.parametrize("query", [{"on": "1900-01-01"}, {"on": "9999-12-31"}, ODD], ids=["early", "late", "odd"])
def test_odd_queries(world, query):
    assert fallen(world, query) == {}


@pytest.mark.parametrize(("edge", "day"), [("low", "2026-06-30"), ("high", "1900-01-01"), ("high", "9999-12-31")])
def test_parameters_at_their_edges(world, edge, day):
    for one in parameters.REGISTRY.values():
        if not one.is_words:
            ParameterValue.objects.create(
                key=one.key,
                value=getattr(one, edge),
                start=datetime.date(1900, 1, 1),
                basis="试",
                division_id=factories.COUNTY,
            )
    assert fallen(world, {"on": day}) == {}
