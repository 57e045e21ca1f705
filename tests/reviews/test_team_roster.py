"""The summary of a round by village, and its visits, by upload: undecided sheets of the own villages only; both come back unchanged."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse

from rosters import importer
from talent.models import PersonReview, ReviewVisit, TeamReview
from tests import factories
from tests.reviews.conftest import NEXT, SECOND, VILLAGE, decided, sheet_of
from tests.rosters.handing import codes, committed, hand_in, messages, row_of, sent_back

HEADER = (
    "乡镇", "村（社区）", "发出票", "收回票", "有效票", "满意票", "基本满意票", "不满意票", "班子等次", "存在问题", "问题表现", "一村一策",
    "乡镇意见", "县级意见", "审定日期",
)  # fmt: skip
VISITS = ("乡镇", "村（社区）", "走访日期", "走访方式", "走访人员", "谈话人数", "走访情况")
COUNTS = (40, 38, 37, 20, 10, 7)


@pytest.fixture
def clerk(held):
    return factories.user("township_clerk", factories.OWN)


def line(teams, code=VILLAGE, counts=COUNTS, word="较好", problems="不团结、内耗；后备力量不足", opinion="", day=""):
    place = teams[code].village
    told = ("干群关系一般", "年底前补齐后备", "同意")
    return (place.township.name, place.name, *counts, word, problems, *told, opinion, day)


def send(by, held, *rows):
    return hand_in(by, "team_reviews", HEADER, *rows, target_id=held.pk)


def commit(by, held, *rows):
    return committed(by, "team_reviews", HEADER, *rows, target_id=held.pk)


def judged(held):
    PersonReview.objects.filter(team__round=held).update(grade="称职", proposal="keep")


def test_a_row_fills_in_the_sheet_and_begins_it(held, teams, clerk):
    commit(clerk, held, line(teams))

    sheet = sheet_of(held)
    assert (sheet.team_class, sheet.problems, sheet.plan, sheet.status) == (
        "较好", ["不团结、内耗", "后备力量不足"], "年底前补齐后备", "filling",
    )  # fmt: skip
    assert (sheet.issued, sheet.valid, sheet.dissatisfied, sheet.township_opinion) == (40, 37, 7, "同意")


@pytest.mark.parametrize(
    "typed", ["不团结、内耗、后备力量不足", "后备力量不足，不团结、内耗", "不团结、内耗\n后备力量不足"]
)
def test_problems_are_told_apart_whatever_stands_between_them(held, teams, clerk, typed):
    commit(clerk, held, line(teams, problems=typed))

    assert set(sheet_of(held).problems) == {"不团结、内耗", "后备力量不足"}


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"counts": (40, 41, 37, 20, 10, 7)}, "ballots_differ"),
        ({"counts": (40, 38, 37, 20, 10, "")}, "ballots_differ"),
        ({"counts": (40, 38, 37, 20, 10, 8.5)}, "not_ballots"),
        ({"word": "马马虎虎"}, "not_in_list"),
        ({"problems": "内耗"}, "not_in_list"),
        ({"problems": "、" * 30_000}, None),
        ({"opinion": "同意"}, "missing_field:team_decided"),
        ({"day": "2099.01.01"}, "decided_in_future"),
        ({"day": "2023.10.12"}, "sheet_not_complete"),
    ],
)
def test_what_does_not_fit_is_told_and_nothing_written(held, teams, said, code):
    upload = send(factories.user(), held, line(teams, **said))

    assert code is None or code in codes(upload)
    assert (row_of(upload).change == "none") == (code is not None)
    assert not sheet_of(held).team_class


def test_the_county_decides_by_upload_what_is_complete(held, teams):
    judged(held)

    commit(factories.user(), held, line(teams, opinion="同意乡镇意见", day="2023.10.12"))

    sheet = sheet_of(held)
    assert (sheet.status, sheet.decided_on, sheet.county_opinion) == (
        "decided", datetime.date(2023, 10, 12), "同意乡镇意见",
    )  # fmt: skip


def test_a_township_does_not_decide(held, teams, clerk):
    judged(held)

    upload = send(clerk, held, line(teams, opinion="同意", day="2023.10.12"))

    assert "decision_of_county" in codes(upload)
    assert sheet_of(held).status == "waiting"


def test_a_decided_sheet_takes_nothing_but_what_it_says_already(held, teams):
    judged(held)
    staff = factories.user()
    row = line(teams, opinion="同意", day="2023.10.12")
    commit(staff, held, row)

    same, other = send(staff, held, row), send(staff, held, line(teams, word="差", opinion="同意", day="2023.10.12"))

    assert row_of(same).change == "unchanged"
    assert "sheet_decided" in codes(other)
    assert "not_to_be_empty" in codes(send(staff, held, line(teams, opinion="同意", day="清空")))


def test_a_sheet_that_was_handed_in_is_closed_to_the_township_only(held, teams, clerk):
    TeamReview.objects.filter(village=VILLAGE).update(status="filled")

    assert "sheet_handed_in" in codes(send(clerk, held, line(teams)))
    assert row_of(send(factories.user(), held, line(teams))).change == "changed"


def test_a_village_of_the_neighbour_is_refused_like_one_that_is_not_there(held, teams, clerk):
    upload = send(clerk, held, line(teams, NEXT))

    assert codes(upload) == {"outside_scope"}
    assert not sheet_of(held, NEXT).team_class


def test_a_village_without_a_sheet_is_told(held, teams, clerk):
    sheet_of(held).people.all().delete()
    sheet_of(held).delete()

    assert "no_sheet" in codes(send(clerk, held, line(teams)))


def test_the_export_comes_back_unchanged_for_county_and_township(held, teams, clerk):
    commit(clerk, held, line(teams), line(teams, SECOND, word="差"))
    decided(held, {}, NEXT)

    for by, number in ((clerk, 2), (factories.user(), 3)):
        upload = sent_back("team_reviews", by, held.pk)
        assert [row.change for row in upload.rows.all()] == ["unchanged"] * number
        assert not messages(upload)


def test_the_export_of_an_earlier_day_has_no_later_decision(held, teams):
    decided(held, {})

    upload = sent_back("team_reviews", factories.user(), held.pk, on=datetime.date(2023, 10, 11))

    assert row_of(upload).values.get("team_decided") is None
    assert row_of(upload).change == "unchanged"


def test_an_undo_leaves_what_was_there_before(held, teams, clerk):
    upload = commit(clerk, held, line(teams))

    importer.undo(upload, by=clerk)

    sheet = sheet_of(held)
    assert (sheet.team_class, sheet.problems, sheet.issued, sheet.status) == ("", [], None, "waiting")


def visit(teams, day="2023.09.22", way="实地走访", who="镇党委走访组", talked=6, code=VILLAGE):
    place = teams[code].village
    return (place.township.name, place.name, day, way, who, talked, "班子团结")


def test_visits_are_noted_corrected_and_come_back_unchanged(held, teams, clerk):
    rows = visit(teams), visit(teams, way="谈话"), visit(teams, code=SECOND)
    committed(clerk, "review_visits", VISITS, *rows, target_id=held.pk)
    committed(clerk, "review_visits", VISITS, visit(teams, talked=8), target_id=held.pk)

    kept = ReviewVisit.objects.order_by("team__village_id", "way").values_list("team__village_id", "way", "talked")
    assert list(kept) == [(VILLAGE, "sight", 8), (VILLAGE, "talk", 6), (SECOND, "sight", 6)]
    again = sent_back("review_visits", clerk, held.pk)
    assert [row.change for row in again.rows.all()] == ["unchanged"] * 3


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"day": "2099.01.01"}, "visit_in_future"),
        ({"day": "2023.09"}, "day_wanted"),
        ({"way": "开会"}, "unknown_visit_way"),
        ({"who": ""}, "missing_field:visitors"),
        ({"who": "组" * 101}, "too_long"),
        ({"talked": -1}, "negative"),
        ({"talked": 40_000}, "too_large"),
        ({"code": NEXT}, "outside_scope"),
    ],
)
def test_a_visit_that_cannot_be_is_refused(held, teams, clerk, said, code):
    upload = hand_in(clerk, "review_visits", VISITS, visit(teams, **said), target_id=held.pk)

    assert code in codes(upload)
    assert not ReviewVisit.objects.exists()


def test_a_visit_after_the_decision_is_noted(held, teams, clerk):
    TeamReview.objects.filter(round=held).update(status="decided", team_class="好", decided_on=held.opens)

    committed(clerk, "review_visits", VISITS, visit(teams, way="回访"), target_id=held.pk)

    assert ReviewVisit.objects.get().way == "again"


def test_both_are_reached_from_the_rounds_page(held, teams, sign_in):
    page = sign_in().get(reverse("review_round", args=[held.pk])).content.decode()

    for kind in ("team_reviews", "review_visits"):
        assert f"{reverse('roster_upload')}?kind={kind}&amp;target={held.pk}" in page
        assert f"{reverse('roster_export', args=[kind])}?target={held.pk}" in page


def test_a_leader_neither_uploads_nor_is_offered_to(held, teams, sign_in):
    leader = sign_in("leader")

    page = leader.get(reverse("review_round", args=[held.pk])).content.decode()

    assert "kind=team_reviews" not in page
    assert leader.get(reverse("roster_upload")).status_code == 403
    assert Client().get(reverse("roster_upload")).status_code == 302
