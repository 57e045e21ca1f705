"""A day far away in a form about people sent in: told at its field, nothing written, and no page falls over it."""

import datetime

import pytest

from talent.models import Secondment, ServiceVisit, Stationing
from tests import factories
from tests.stationed.forms import VILLAGE, ending, somebody, team
from tests.stationed.test_years import seconded, visit

pytestmark = pytest.mark.django_db
FAR = pytest.mark.parametrize("typed", ["0001-01-01", "9999-12-31"])
TOLD = "请填 1900 年到 2999 年之间的日期"


@pytest.fixture
def stay():
    return factories.stationing(village=factories.village(VILLAGE))


@pytest.fixture
def county(sign_in):
    client = sign_in()
    client.raise_request_exception = False
    return client


def refused(answer):
    return answer.status_code < 500 and TOLD in answer.content.decode()


@FAR
@pytest.mark.parametrize("name", ["start", "due"])
def test_in_a_dispatch(county, typed, name):
    factories.village(VILLAGE)

    assert refused(county.post("/stationed/dispatch/", team(somebody(), **{name: typed})))
    assert not Stationing.objects.exists()


@FAR
def test_in_a_rotation_with_its_successor(county, stay, typed):
    after = {f"s-{name}": value for name, value in somebody("龙真").items()}

    assert refused(county.post(f"/stationed/{stay.pk}/end/", ending(end=typed, **after)))
    assert Stationing.objects.get().end is None


@FAR
def test_in_an_extension(county, stay, typed):
    assert refused(county.post(f"/stationed/{stay.pk}/", {"due": typed}))
    assert Stationing.objects.get().due is None


@FAR
@pytest.mark.parametrize("name", ["start", "end"])
def test_in_a_visit(county, stay, typed, name):
    Stationing.objects.update(role="specialist")

    assert refused(county.post("/stationed/visits/new/", visit(stay.person, **{name: typed})))
    assert not ServiceVisit.objects.exists()


@FAR
@pytest.mark.parametrize("name", ["start", "due"])
def test_in_a_secondment(county, typed, name):
    factories.village(VILLAGE)

    assert refused(county.post("/stationed/secondments/new/", seconded(**{name: typed})))
    assert not Secondment.objects.exists()


@FAR
@pytest.mark.parametrize("name", ["due", "end"])
def test_at_the_end_of_a_secondment(county, typed, name):
    row = factories.secondment()

    assert refused(county.post(f"/stationed/secondments/{row.pk}/", {name: typed}))


@FAR
@pytest.mark.parametrize(
    ("model", "names"),
    [
        ("stationing", ("start", "due", "end")),
        ("servicevisit", ("start", "end")),
        ("secondment", ("start", "due", "end")),
    ],
)
def test_in_the_admin(county, typed, model, names):
    page = county.post(f"/admin/talent/{model}/add/", dict.fromkeys(names, typed))

    assert page.status_code == 200
    assert page.content.decode().count(TOLD) == len(names)


@pytest.mark.parametrize("due", ["2000-01-01", "1900-01-01"])
def test_an_extension_before_the_start_is_told_and_what_was_typed_stays(county, stay, due):
    page = county.post(f"/stationed/{stay.pk}/", {"due": due, "team": "二队"})

    assert page.status_code == 200
    assert "轮换日期早于派驻时间" in page.content.decode()
    assert "二队" in page.content.decode()


def test_an_end_of_a_secondment_before_its_start_is_told(county):
    row = factories.secondment(start=datetime.date(2024, 3, 1))

    page = county.post(f"/stationed/secondments/{row.pk}/", {"end": "2024-02-28", "mentor": "王导师"})

    assert "结束日期早于开始日期" in page.content.decode()
    assert "王导师" in page.content.decode()


@pytest.mark.parametrize("days", ["2999-12-31", "1900-01-01"])
def test_the_edges_open(county, days):
    """What may be typed is shown by every page, whatever is counted on from it."""
    on = datetime.date.fromisoformat(days)
    stay = factories.stationing(start=on)
    factories.secondment(start=on)
    factories.service_visit(person=stay.person, start=on)

    for page in (
        "",
        "due/",
        "assessments/",
        "specialists/",
        "visits/",
        "secondments/",
        f"{stay.pk}/",
        f"{stay.pk}/end/",
    ):
        assert county.get(f"/stationed/{page}?on={days}").status_code == 200, page
    assert county.get(f"/people/{stay.person_id}/?on={days}").status_code == 200
