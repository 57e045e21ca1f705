"""A date that no calendar of the ledger reaches is told in every form of reserves and recruitment, and on a roster's row."""

import pytest

from talent.models import ReserveAssessment, ReserveCandidate
from talent.views.recruitments.forms import DATES
from tests import factories
from tests.reserves.conftest import HOME
from tests.reserves.test_recruitment import NOTICE, REST, applied, scored

TOLD = "请填 1900 年到 2999 年之间的日期"
ODD = pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])


def told(answer):
    assert answer.status_code in {200, 400}
    page = answer.content.decode()
    assert TOLD in page
    return page


@ODD
@pytest.mark.parametrize("name", DATES)
def test_of_a_notice(county, name, day):
    assert NOTICE["title"] in told(county.post("/recruitments/new/", NOTICE | {name: day}))


@ODD
def test_of_giving_up(county, held, day):
    one = applied(held)

    page = told(county.post(f"/recruitments/applications/{one.pk}/", {"withdrawn_on": day, "remarks": "电话告知"}))

    assert "电话告知" in page


@ODD
def test_of_engagement(county, held, day):
    one = scored(held, "甲", 90, 90, **REST)

    told(county.post(f"/recruitments/{held.pk}/engage/", {"chosen": [one.pk], "on": day, "document_no": "清组9号"}))

    assert not ReserveCandidate.objects.exists()


@ODD
@pytest.mark.parametrize(
    ("step", "name", "given"),
    [
        ("assess", "assessed_on", {"year": "2024", "half": "1", "result": "成熟，可使用", "remarks": "表现好"}),
        ("promote", "start", {"post": "village_director", "how": "by_election", "document_no": "表现好"}),
        ("leave", "end", {"end_reason": "left"}),
    ],
)
def test_of_a_candidates_steps(county, places, step, name, given, day):
    place = factories.reserve(person=factories.person("后备", village=HOME), village=HOME)

    told(county.post(f"/reserves/{place.pk}/{step}/", given | {name: day}))

    place.refresh_from_db()
    assert place.end is None
    assert not ReserveAssessment.objects.exists()


@ODD
def test_of_entering(county, places, day):
    someone = factories.person("新人", village=HOME)

    told(county.post(f"/reserves/new/?village={HOME}", {"person": someone.pk, "target": "other", "start": day}))

    assert not ReserveCandidate.objects.exists()
