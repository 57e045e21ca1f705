"""A recorded vote ends the outgoing posts on the eve and begins the new ones; who goes on is not counted twice."""

import datetime

import pytest
from django.urls import reverse

from talent.models import Appointment, Candidate, ElectionBallot, HandoverItem
from tests import factories
from tests.elections.conftest import DAY, EVE, clear, stand

pytestmark = pytest.mark.django_db
COUNTS = {"held_on": "2026-01-10", "issued": "40", "returned": "39", "valid": "38", "document_no": "清组〔2026〕1号"}


def text(answer):
    return answer.content.decode()


def vote(staff, place, committee, won, votes=(), **more):
    typed = {f"votes-{row.pk}": number for row, number in votes}
    sent = COUNTS | {"won": [row.pk for row in won]} | typed | more
    return staff.post(reverse("election_result", args=[place.pk, committee]), sent, follow=True)


@pytest.fixture
def candidates(held, team, staff):
    """The secretary stands again, as director too; the member and the newcomer stand for one seat of the committee."""
    return {
        "secretary": stand(held, team.secretary, "party_secretary", by=staff.user),
        "director": stand(held, team.secretary, "village_director", by=staff.user),
        "member": stand(held, team.member, "village_committee_member", by=staff.user),
        "newcomer": stand(held, team.newcomer, "village_committee_member", by=staff.user),
    }


def test_the_preview_says_what_will_happen_and_writes_nothing(staff, place, candidates):
    page = text(vote(staff, place, "villagers", [candidates["director"], candidates["newcomer"]]))

    assert "连任" in page
    assert "届满未连任" in page
    assert "止于 2026-01-09" in page
    assert not ElectionBallot.objects.exists()
    assert Appointment.objects.filter(end__isnull=False).count() == 0


def test_recording_ends_and_begins_posts(staff, place, candidates, team):
    votes = [(candidates["director"], 36), (candidates["newcomer"], 30), (candidates["member"], 8)]

    vote(staff, place, "villagers", [candidates["director"], candidates["newcomer"]], votes, confirm="1")

    old = Appointment.objects.get(person=team.member)
    new = Appointment.objects.get(person=team.newcomer)
    assert (old.end, old.end_reason) == (EVE, "term_end")
    assert (new.start, new.term, new.how, new.document_no) == (DAY, place.round.incoming, "elected", "清组〔2026〕1号")
    assert Candidate.objects.get(pk=candidates["member"].pk).status == "not_elected"
    assert Candidate.objects.get(pk=candidates["newcomer"].pk).votes == 30


def test_somebody_reelected_holds_the_post_once_on_every_day(staff, place, candidates, team):
    vote(staff, place, "villagers", [candidates["director"], candidates["newcomer"]], confirm="1")

    posts = Appointment.objects.filter(person=team.secretary, post="village_director").order_by("start")
    assert [(row.end, row.end_reason) for row in posts] == [(EVE, ""), (None, "")]
    for on in (EVE, DAY):
        assert posts.serving(on).count() == 1


def test_another_committee_is_left_alone(staff, place, candidates, team):
    vote(staff, place, "villagers", [candidates["director"]], confirm="1")

    assert Appointment.objects.get(person=team.secretary, post="party_secretary").end is None


def test_who_goes_on_in_another_post_changed_posts(staff, held, place, candidates, team):
    row = stand(held, team.member, "village_deputy_director", by=staff.user)

    vote(staff, place, "villagers", [candidates["director"], row], confirm="1")

    assert Appointment.objects.get(person=team.member, post="village_committee_member").end_reason == "changed"


def test_a_post_that_the_ledger_has_already_is_not_written_again(staff, place, candidates, team):
    factories.appointment(person=team.newcomer, post="village_committee_member", start=DAY, term=place.round.incoming)

    vote(staff, place, "villagers", [candidates["director"], candidates["newcomer"]], confirm="1")

    assert Appointment.objects.filter(person=team.newcomer).count() == 1


def test_a_result_is_recorded_once(staff, place, candidates):
    vote(staff, place, "villagers", [candidates["director"]], confirm="1")
    page = text(vote(staff, place, "villagers", [candidates["director"]], confirm="1"))

    assert "选举结果已登记" in page
    assert Appointment.objects.filter(post="village_director", end=None).count() == 1


def test_who_is_not_formal_is_not_offered(staff, held, place, team):
    row = stand(held, team.newcomer, "village_director", by=staff.user, formal=False)

    page = text(vote(staff, place, "villagers", [row], confirm="1"))

    assert "还没有村（居）民委员会的正式候选人" in page
    assert not Appointment.objects.filter(person=team.newcomer).exists()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"returned": "41"}, "收回选票多于发出选票"),
        ({"valid": "40"}, "有效票多于收回选票"),
        ({"won": []}, "请至少选一名当选人"),
        ({"held_on": ""}, "还没有填"),
    ],
)
def test_what_is_wrong_is_told(staff, place, candidates, given, words):
    sent = COUNTS | {"won": candidates["director"].pk, "confirm": "1"} | given
    page = text(staff.post(reverse("election_result", args=[place.pk, "villagers"]), sent))

    assert words in page
    assert not ElectionBallot.objects.exists()


def test_more_votes_than_valid_ballots_are_refused(staff, place, candidates):
    page = text(vote(staff, place, "villagers", [candidates["director"]], [(candidates["director"], 39)], confirm="1"))

    assert "得票 39 多于有效票 38" in page


def test_a_secretary_is_a_full_party_member(staff, held, place, team):
    team.newcomer.political_status = "probationary_party_member"
    team.newcomer.save()
    row = stand(held, team.newcomer, "party_secretary", by=staff.user)

    assert "新人不是中共正式党员" in text(vote(staff, place, "party", [row], confirm="1"))


def test_a_finding_about_somebody_elected_is_refused(staff, held, place, candidates, team):
    vote(staff, place, "villagers", [candidates["director"]], confirm="1")

    with pytest.raises(Exception, match="已登记当选"):
        clear(held, team.secretary, but=[team.secretary], by=staff.user)


def test_both_teams_stand_side_by_side(staff, clerk, place, candidates):
    vote(staff, place, "party", [candidates["secretary"]], confirm="1")
    vote(staff, place, "villagers", [candidates["director"], candidates["newcomer"]], confirm="1")

    page = text(clerk.get(reverse("election_village", args=[place.pk]) + "?on=2026-01-20"))

    line = next(
        part for part in page.split("<tr>") if "村（居）委会委员" in part and "老委员" in part and "新人" in part
    )
    assert "新任" in line
    assert "连任" in page


def test_a_clerk_does_not_record_results(clerk, place, candidates):
    assert vote(clerk, place, "villagers", [candidates["director"]], confirm="1").status_code == 403


def test_hand_over_is_signed_by_the_township(staff, clerk, neighbour, place, candidates):
    vote(staff, place, "villagers", [candidates["director"]], confirm="1")
    items = list(HandoverItem.objects.filter(place=place).order_by("pk"))
    assert [item.name for item in items][:2] == ["印章", "财务账目和票据"]
    url = reverse("election_handover", args=[place.pk])
    typed = {"form-TOTAL_FORMS": len(items), "form-INITIAL_FORMS": len(items)}
    for number, item in enumerate(items):
        typed[f"form-{number}-id"] = item.pk
    signed = {"form-0-handed_on": "2026-01-18", "form-0-giver": "老主任", "form-0-receiver": "新主任"}

    assert neighbour.post(url, typed | signed).status_code == 404
    refused = clerk.post(url, typed | {"form-0-handed_on": "2026-01-18"})
    clerk.post(url, typed | signed)

    assert "一并填写移交人和接收人" in text(refused)
    assert HandoverItem.objects.get(pk=items[0].pk).handed_on == datetime.date(2026, 1, 18)


def test_a_vote_or_a_hand_over_to_come_is_not_recorded_yet(staff, place, candidates):
    refused = vote(staff, place, "villagers", [candidates["director"]], confirm="1", held_on="2999-01-10")
    assert refused.status_code == 400
    assert "这一天还没有到" in text(refused)
    assert 'value="39"' in text(refused)
    assert not ElectionBallot.objects.exists()

    vote(staff, place, "villagers", [candidates["director"]], confirm="1")
    item = HandoverItem.objects.filter(place=place).order_by("pk")[0]
    signed = {"form-0-handed_on": "2999-01-18", "form-0-giver": "老主任", "form-0-receiver": "新主任"}
    typed = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "form-0-id": item.pk} | signed
    told = staff.post(reverse("election_handover", args=[place.pk]), typed)

    assert (told.status_code, HandoverItem.objects.get(pk=item.pk).handed_on) == (400, None)
    assert "这一天还没有到" in text(told)


def test_the_figures_follow(staff, held, place, candidates, team):
    from core import indicators

    vote(staff, place, "party", [candidates["secretary"]], confirm="1")
    vote(staff, place, "villagers", [candidates["director"], candidates["newcomer"]], confirm="1")
    board = {figure.key: figure for figure in indicators.board(staff.user, datetime.date(2026, 1, 20))}

    assert (board["elections_done"].value, board["elections_done"].denominator) == (1, 2)
    assert (board["cadres_reelected"].value, board["cadres_newly_elected"].value) == (1, 1)
    assert board["candidates"].value == 3
    assert indicators.figure("elections_done", staff.user, EVE).value == 0
