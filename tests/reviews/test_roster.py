"""Grades and ballots by upload onto a round: undecided sheets of the own villages only; the export comes back unchanged."""

import pytest
from django.urls import reverse

from rosters import importer
from rosters.models import Upload
from talent.actions import reviews as actions
from talent.models import PersonReview, TeamReview
from tests import factories
from tests.reviews.conftest import AS_OF, NEXT, VILLAGE, decided, sheet_of
from tests.rosters.handing import codes, committed, hand_in, messages, row_of, sent_back

HEADER = (
    "乡镇", "村（社区）", "姓名", "身份证号", "发出票", "收回票", "有效票", "满意票", "基本满意票", "不满意票", "评价等次", "处理建议",
    "调整原因", "现实表现", "一人一策",
)  # fmt: skip
HANDED_IN = "研判表已报县里，县里退回以后才能撤销"
COUNTS = (40, 38, 37, 20, 10, 7)


@pytest.fixture
def clerk(held):
    return factories.user("township_clerk", factories.OWN)


@pytest.fixture
def member(teams):
    return teams[VILLAGE].member


def line(teams, person, code=VILLAGE, counts=COUNTS, grade="称职", proposal="留任", reason="", number=None):
    place = teams[code].village
    number = person.id_number if number is None else number
    return (
        place.township.name,
        place.name,
        person.name,
        number,
        *counts,
        grade,
        proposal,
        reason,
        "作风扎实",
        "结对帮带",
    )


def send(by, held, *rows):
    return hand_in(by, "reviews", HEADER, *rows, target_id=held.pk)


def commit(by, held, *rows):
    return committed(by, "reviews", HEADER, *rows, target_id=held.pk)


def test_a_row_fills_in_the_person_and_begins_the_sheet(held, teams, member, clerk):
    commit(clerk, held, line(teams, member, proposal="调整撤换", reason="外出"))

    row = PersonReview.objects.select_related("team").get(person=member)
    assert (row.grade, row.proposal, row.reason, row.performance, row.plan) == (
        "称职", "adjust", "外出", "作风扎实", "结对帮带",
    )  # fmt: skip
    assert (row.issued, row.valid, row.dissatisfied, row.team.status) == (40, 37, 7, "filling")


def test_somebody_without_a_number_is_found_by_name_on_the_sheet(held, teams, member, clerk):
    commit(clerk, held, line(teams, member, number=""))

    assert PersonReview.objects.get(person=member).grade == "称职"


def test_who_is_not_on_the_sheet_is_told(held, teams, clerk):
    stranger = factories.person("外人", village=teams[VILLAGE].village)

    assert "not_on_sheet" in codes(send(clerk, held, line(teams, stranger)))


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"counts": (40, 41, 37, 20, 10, 7)}, "ballots_differ"),
        ({"counts": (40, 38, 37, 20, 10, "")}, "ballots_differ"),
        ({"counts": (40.5, 38, 37, 20, 10, 7)}, "not_ballots"),
        ({"grade": "马马虎虎"}, "not_in_list"),
        ({"proposal": "再议"}, "unknown_proposal"),
        ({"proposal": "调整撤换"}, "missing_field:adjust_reason"),
        ({"reason": "外出"}, "reason_without_adjusting"),
    ],
)
def test_what_does_not_fit_is_told_and_nothing_written(held, teams, member, clerk, said, code):
    upload = send(clerk, held, line(teams, member, **said))

    assert code in codes(upload)
    assert row_of(upload).change == "none"


def test_a_decided_sheet_takes_nothing_but_what_it_says_already(held, teams, member):
    staff = factories.user()
    rows = [line(teams, someone) for someone in (teams[VILLAGE].secretary, member)]
    commit(staff, held, *rows)
    decided(held, {})

    same, other = send(staff, held, *rows), send(staff, held, line(teams, member, grade="优秀"))

    assert [row.change for row in same.rows.all()] == ["unchanged", "unchanged"]
    assert "sheet_decided" in codes(other)


def test_a_sheet_that_was_handed_in_is_closed_to_the_township_only(held, teams, member, clerk):
    TeamReview.objects.filter(village=VILLAGE).update(status="filled")

    assert "sheet_handed_in" in codes(send(clerk, held, line(teams, member)))
    assert row_of(send(factories.user(), held, line(teams, member))).change == "changed"


def test_a_village_of_the_neighbour_is_refused_like_one_that_is_not_there(held, teams, clerk):
    upload = send(clerk, held, line(teams, teams[NEXT].member, NEXT))

    assert "outside_scope" in codes(upload)
    assert not PersonReview.objects.exclude(grade="").exists()


def test_a_round_that_is_all_decided_is_not_offered(held, clerk):
    TeamReview.objects.filter(village__in=held.teams.values("village")).update(
        status="decided", team_class="好", decided_on=held.opens
    )

    assert hand_in(clerk, "reviews", HEADER, target_id=held.pk).refusal_code == "unknown_target"


def test_the_export_comes_back_unchanged(held, teams, member, clerk):
    commit(clerk, held, line(teams, member, proposal="调整撤换", reason="不团结、内耗"))

    upload = sent_back("reviews", clerk, held.pk)

    assert [row.change for row in upload.rows.all()] == ["unchanged"] * 4
    assert not messages(upload)


def test_somebody_whose_file_is_elsewhere_comes_back_unchanged_by_name(held, teams, member, clerk):
    type(member).objects.filter(pk=member.pk).update(village=NEXT)

    upload = sent_back("reviews", clerk, held.pk)

    assert [row.change for row in upload.rows.all()] == ["unchanged"] * 4


def test_an_undo_leaves_what_was_there_before(held, teams, member, clerk):
    upload = commit(clerk, held, line(teams, member))

    importer.undo(upload, by=clerk)

    row = PersonReview.objects.select_related("team").get(person=member)
    assert (row.grade, row.issued, row.team.status) == ("", None, "waiting")


def test_an_undo_leaves_a_decided_sheet_alone(held, teams, member):
    staff = factories.user()
    sheet = sheet_of(held)
    sheet.status = "filling"
    sheet.save()
    upload = commit(staff, held, line(teams, member, grade="优秀"))
    TeamReview.objects.filter(pk=sheet.pk).update(status="decided", team_class="好", decided_on=held.opens)

    outlook = importer.look(upload, by=staff)

    assert outlook.taken == 0
    assert [one.why for one in outlook.kept] == ["县里已经审定"]
    assert Upload.objects.get(pk=upload.pk).status == "committed"


def test_a_clerk_does_not_undo_an_upload_once_the_sheet_is_handed_in(held, teams, member, clerk, sign_in):
    rows = [line(teams, someone) for someone in (teams[VILLAGE].secretary, member)]
    upload = commit(clerk, held, *rows)
    sheet = sheet_of(held)
    sheet.team_class = "好"
    sheet.save()
    actions.hand_in(sheet, on=AS_OF, by=clerk)

    refused = importer.look(upload, by=clerk)
    browser = sign_in("township_clerk")
    page = browser.get(reverse("roster_undo", args=[upload.pk])).content.decode()

    assert refused.taken == 0
    assert [one.why for one in refused.kept if one.kind == "干部研判"] == [HANDED_IN] * 2
    assert HANDED_IN in page
    assert PersonReview.objects.get(person=member).grade == "称职"


def test_what_the_county_gave_back_the_clerk_undoes(held, teams, member, clerk):
    upload = commit(clerk, held, line(teams, member), line(teams, teams[VILLAGE].secretary))
    sheet = sheet_of(held)
    sheet.team_class = "好"
    sheet.save()
    actions.hand_in(sheet, on=AS_OF, by=clerk)
    actions.send_back(sheet, reason="重报", by=factories.user())

    importer.undo(upload, by=clerk)

    assert PersonReview.objects.get(person=member).grade == ""
