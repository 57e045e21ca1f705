"""Candidates, joint review, results and hand-over as they stood on the date that is looked at."""

import datetime
import io

import openpyxl
import pytest
from django.urls import reverse

from core import rules
from talent import actions, election_progress
from talent.models import Candidate, ElectionBallot, HandoverItem
from tests.elections.conftest import DAY, clear, stand

pytestmark = pytest.mark.django_db
DOCUMENT = datetime.date(2026, 1, 3)  # on which the departments of the fixture answered
BEFORE = "2026-01-02"


def text(answer):
    return answer.content.decode()


@pytest.fixture
def blocked(held, team, staff):
    actions.nominate_candidates([Candidate(round=held, person=team.newcomer, village=team.newcomer.village, post="village_director", nominated_on=datetime.date(2025, 12, 26))], by=staff.user)  # fmt: skip
    clear(held, team.newcomer, but=[team.newcomer], by=staff.user)
    return Candidate.objects.get(person=team.newcomer)


def voted(held, place, row, by):
    ballot = ElectionBallot(place=place, committee="villagers", held_on=DAY, issued=9, returned=9, valid=9)
    actions.record_result(ballot, {row.pk: 8}, {row.pk}, by=by)


@pytest.mark.parametrize(("on", "word"), [(BEFORE, "未办完"), ("2026-01-03", "有")])
def test_the_list_tells_the_joint_review_of_its_date(staff, held, blocked, on, word):
    url = reverse("election_candidates", args=[held.pk])
    lines = staff.get(f"{url}?on={on}").context["lines"]
    book = openpyxl.load_workbook(io.BytesIO(staff.get(f"{url}export/?on={on}").content)).active

    assert [line["review"]["word"] for line in lines] == [word]
    assert book["M4"].value.partition("：")[0] == word
    assert len(staff.get(f"{url}?on={on}&review=blocked").context["lines"]) == (word == "有")
    assert len(staff.get(f"{url}?on={on}&review=waiting").context["lines"]) == (word == "未办完")


@pytest.mark.parametrize(("on", "word", "reasons"), [(BEFORE, "未填", ""), ("2026-01-03", "有", "正被立案")])
def test_the_table_of_departments_is_of_its_date(staff, held, blocked, on, word, reasons):
    (line,) = staff.get(reverse("joint_review", args=[held.pk]) + f"?on={on}").context["lines"]

    assert line["cells"][0]["word"] == word
    assert reasons in line["reason"]
    assert bool(line["reason"]) is bool(reasons)


def test_the_progress_counts_what_was_known_on_the_day(staff, held, blocked):
    places = held.places.all()

    def counts(on):
        (found,) = election_progress.candidate_counts(held, places, on).values()
        return (found["candidates"], found["blocked"], found["unreviewed"])

    assert [counts(DOCUMENT - datetime.timedelta(1)), counts(DOCUMENT)] == [(1, 0, 1), (1, 1, 0)]


def test_a_vote_is_not_known_before_its_day(staff, held, place, team):
    row = stand(held, team.member, "village_director", by=staff.user)
    voted(held, place, row, staff.user)
    url, village = reverse("election_candidates", args=[held.pk]), reverse("election_village", args=[place.pk])

    (before,) = staff.get(f"{url}?on=2026-01-09").context["lines"]
    (after,) = staff.get(f"{url}?on=2026-01-10").context["lines"]

    assert (before["status"], before["votes"], after["status"], after["votes"]) == ("正式候选人", None, "当选", 8)
    assert len(staff.get(f"{url}?on=2026-01-09&status=formal").context["lines"]) == 1
    assert len(staff.get(f"{url}?on=2026-01-09&status=elected").context["lines"]) == 0
    page = staff.get(f"{village}?on=2026-01-09")
    assert page.context["ballots"][1]["ballot"] is None
    assert "2026-01-10 选举" in text(page)
    assert "不登记日期，显示的是目前的状态" in text(staff.get(url))


def test_what_is_handed_over_later_is_not_yet_signed_for(staff, held, place):
    HandoverItem.objects.create(place=place, name="印章", handed_on=DAY, giver="张三", receiver="李四")
    url = reverse("election_village", args=[place.pk])

    signed = [staff.get(f"{url}?on={on}").context["handover"][0]["signed"] for on in ("2026-01-09", "2026-01-10")]

    assert signed == [False, True]


def test_the_check_goes_by_the_same_day(held, place, team, staff):
    stand(held, team.member, "village_director", by=staff.user)  # reviewed by a document of the third
    place.election_day = datetime.date(2026, 1, 6)
    place.save()
    on = DOCUMENT - datetime.timedelta(1)

    assert "candidate_unreviewed" in {one.code for one in rules.check(on)}
    assert "candidate_unreviewed" not in {one.code for one in rules.check(DOCUMENT)}


def test_a_document_of_tomorrow_is_refused(staff, held, team):
    stand(held, team.member, "village_director", by=staff.user, formal=False)
    url = reverse("joint_review_column", args=[held.departments.get(name="公安局").pk])

    page = staff.post(url, {"decided_on": "2999-12-31", "rest_clear": "1"})

    assert (page.status_code, "还没有到" in text(page)) == (400, True)


def test_the_progress_is_an_excel_sheet_of_the_same_lines(staff, clerk, held, blocked):
    url = reverse("election", args=[held.pk])

    def rows(client, more=""):
        book = openpyxl.load_workbook(io.BytesIO(client.get(f"{url}?xlsx=1&on=2026-01-03{more}").content)).active
        return [[cell.value for cell in row] for row in book.iter_rows(min_row=4)]

    assert [row[1] for row in rows(staff)] == ["甲山村", "丙田村"]
    assert rows(staff)[0][5:] == [1, 1, 0]
    assert [row[1] for row in rows(clerk)] == ["甲山村"]
    assert [row[1] for row in rows(staff, "&division=990121101")] == ["丙田村"]
