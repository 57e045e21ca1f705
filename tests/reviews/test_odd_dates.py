"""A date that no calendar of the ledger reaches is told in every form of the review, and what was typed stays."""

import pytest
from django.urls import reverse

from talent.models import Adjustment, ReviewRound, ReviewVisit
from tests.reviews.conftest import VILLAGE, decided, sheet_of, typed
from tests.reviews.test_rounds import ROUND

TOLD = "请填 1900 年到 2999 年之间的日期"
ODD = pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])


def told(answer):
    assert answer.status_code in {200, 400}
    page = answer.content.decode()
    assert TOLD in page
    return page


@ODD
@pytest.mark.parametrize("name", ["as_of", "opens", "closes"])
def test_of_a_round(sign_in, teams, name, day):
    page = told(sign_in().post(reverse("review_new"), ROUND | {name: day}))

    assert ROUND["name"] in page
    assert not ReviewRound.objects.exists()


@ODD
def test_of_the_decision(sign_in, held, day):
    sheet = sheet_of(held)
    given = typed(sheet, action="decide", plan="三条措施") | {"county_opinion": "同意", "decided_on": day}

    page = told(sign_in().post(reverse("review_village", args=[sheet.pk]), given))

    assert "三条措施" in page


@ODD
def test_of_a_visit(sign_in, held, day):
    visit = {"on": day, "way": "sight", "visitors": "镇党委", "talked": 8, "found": "反映较好"}

    page = told(sign_in().post(reverse("review_visit", args=[sheet_of(held).pk]), visit))

    assert "反映较好" in page
    assert not ReviewVisit.objects.exists()


@ODD
@pytest.mark.parametrize(
    ("proposal", "given"),
    [
        ({"proposal": "adjust", "reason": "外出"}, {"reason": "unfit", "how": "by_election"}),
        ({"proposal": "promote"}, {"post": "village_director", "how": "by_election"}),
    ],
)
def test_of_carrying_out(sign_in, held, teams, proposal, given, day):
    member = teams[VILLAGE].member
    sheet = decided(held, {member.pk: proposal})
    address = reverse("review_person", args=[sheet.people.get(person=member).pk])

    page = told(sign_in().post(address, given | {"on": day, "document_no": "清委组〔2023〕30号"}))

    assert "清委组〔2023〕30号" in page
    assert not Adjustment.objects.exists()
