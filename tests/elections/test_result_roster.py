"""换届选举结果: each village's votes of a round in one table, also of a round long closed; no post stands twice."""

import datetime

import pytest
from django.db import transaction
from django.urls import reverse

from core import indicators
from rosters import importer, spec
from rosters.models import Upload
from talent.models import Appointment, Candidate, ElectionBallot, ElectionRound, HandoverItem, Person
from tests import factories
from tests.api.conftest import client_of
from tests.elections.conftest import DAY, EVE, clear, stand
from tests.rosters.handing import TODAY, codes, committed, hand_in, messages, queries, row_of, sent_back

pytestmark = pytest.mark.django_db
KIND = "election_results"
HEADER = (
    "乡镇", "村（社区）", "姓名", "身份证号", "竞选职务", "是否当选", "得票", "选举日期", "发出选票", "收回选票", "有效选票", "批复文号",
)  # fmt: skip
NUMBER = "清组〔2026〕1号"
COUNTS = ("2026.01.10", "40", "39", "38", NUMBER)
NONE = ("",) * 5


def line(person, post, *, won="当选", votes="30", counts=NONE, village="甲山村", township="城关镇"):
    number = person if isinstance(person, str) else person.id_number
    name = "外来人" if isinstance(person, str) else person.name
    return (township, village, name, number, post, won, votes, *counts)


def text(answer):
    return answer.content.decode()


def spans(person, post=None):
    rows = Appointment.objects.filter(person=person, **({"post": post} if post else {})).order_by("start", "pk")
    return [(row.post, row.start, row.end, row.end_reason) for row in rows]


@pytest.fixture
def formal(held, team, staff):
    """The secretary stands again, as director too; the member and the newcomer stand for one seat of the committee."""
    return [
        stand(held, team.secretary, "party_secretary", by=staff.user),
        stand(held, team.secretary, "village_director", by=staff.user),
        stand(held, team.member, "village_committee_member", by=staff.user),
        stand(held, team.newcomer, "village_committee_member", by=staff.user),
    ]


def whole(team, counts=COUNTS):
    """Both votes of 甲山村: the counts stand in the first row of each."""
    return [
        line(team.secretary, "党支部书记", votes="36", counts=counts),
        line(team.secretary, "村委会主任", votes="37", counts=counts),
        line(team.newcomer, "村委会委员", votes="30"),
        line(team.member, "村委会委员", won="落选", votes="8"),
    ]


# --- a round that runs


def test_a_table_of_results_does_what_the_page_does(staff, held, place, team, formal):
    upload = committed(staff.user, KIND, HEADER, *whole(team), target_id=held.pk)

    assert upload.counts["changed"] == 4
    assert ElectionBallot.objects.count() == 2
    assert set(Candidate.objects.values_list("person__name", "status", "votes")) == {
        ("老书记", "elected", 36), ("老书记", "elected", 37), ("新人", "elected", 30), ("老委员", "not_elected", 8),
    }  # fmt: skip
    assert spans(team.member) == [("village_committee_member", datetime.date(2021, 1, 10), EVE, "term_end")]
    assert spans(team.newcomer) == [("village_committee_member", DAY, None, "")]
    assert [row[2:] for row in spans(team.secretary, "village_director")] == [(EVE, ""), (None, "")]
    new = Appointment.objects.get(person=team.newcomer)
    assert (new.term, new.how, new.document_no) == (held.incoming, "elected", NUMBER)
    assert HandoverItem.objects.filter(place=place).exists()
    assert held.places.elected(DAY).count() == 1


def test_the_preview_says_what_becomes_of_the_posts(staff, held, team, formal):
    upload = hand_in(staff.user, KIND, HEADER, *whole(team), target_id=held.pk)

    told = "".join(messages(upload))
    assert "入库后登记任职：村（居）委会委员，自 2026.01.10" in told
    assert "老委员（村（居）委会委员，止于 2026-01-09，届满未连任）" in told
    assert not ElectionBallot.objects.exists()


def test_who_goes_on_in_another_committee_by_the_same_table_changed_posts(staff, held, team, formal):
    stand(held, team.member, "party_committee_member", by=staff.user)
    rows = [*whole(team), line(team.member, "党支部委员")]

    committed(staff.user, KIND, HEADER, *rows, target_id=held.pk)

    assert spans(team.member, "village_committee_member")[0][3] == "changed"


def test_a_post_of_the_ledger_that_says_the_month_alone_is_the_one_voted_on(staff, held, team, formal):
    start = datetime.date(2026, 1, 1)
    factories.appointment(
        person=team.newcomer, village=team.newcomer.village, post="village_committee_member", start=start
    )

    committed(staff.user, KIND, HEADER, *whole(team), target_id=held.pk)

    assert spans(team.newcomer) == [("village_committee_member", start, None, "")]
    known = Appointment.objects.get(person=team.newcomer)
    assert (known.term, known.how) == (held.incoming, "elected")
    value = {one.key: one for one in indicators.measure(DAY)}
    assert (value["cadres_reelected"].numerator, value["cadres_newly_elected"].numerator) == (1, 1)
    page = text(staff.get(reverse("election_village", args=[held.places.order_by("pk").first().pk])))
    assert page.count("新任") == 1


def test_a_post_that_begins_soon_after_the_vote_is_the_one_voted_on_on_the_page_too(staff, held, place, team, formal):
    start = datetime.date(2026, 2, 1)
    factories.appointment(
        person=team.newcomer, village=team.newcomer.village, post="village_committee_member", start=start
    )
    sent = {
        "held_on": "2026-01-10",
        "issued": "40",
        "returned": "39",
        "valid": "38",
        "won": [formal[1].pk, formal[3].pk],
    }

    page = staff.post(reverse("election_result", args=[place.pk, "villagers"]), sent | {"confirm": "1"}, follow=True)

    assert page.status_code == 200
    assert spans(team.newcomer) == [("village_committee_member", start, None, "")]


def test_who_is_not_formal_holds_back_the_whole_vote_and_no_other(staff, held, team, formal):
    stranger = factories.person("路人", village=team.member.village)
    rows = [*whole(team), line(stranger, "村委会委员", won="落选", votes="1")]

    upload = hand_in(staff.user, KIND, HEADER, *rows, target_id=held.pk)
    importer.confirm(upload, by=staff.user)

    assert "not_formal_candidate" in codes(upload, 4)
    assert "vote_incomplete" in codes(upload, 1)
    assert list(ElectionBallot.objects.values_list("committee", flat=True)) == ["party"]
    assert set(Candidate.objects.filter(post__startswith="village").values_list("status", flat=True)) == {"formal"}


def test_a_formal_candidate_left_out_of_the_table_is_told_and_not_elected(staff, held, team, formal):
    upload = committed(staff.user, KIND, HEADER, *whole(team)[:3], target_id=held.pk)

    assert "老委员" in "".join(messages(upload))
    assert Candidate.objects.get(person=team.member).status == "not_elected"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"counts": ("2026.01.10", "40", "41", "38", "")}, "votes_do_not_add_up"),
        ({"counts": ("2026.01.10", "40", "39", "40", "")}, "votes_do_not_add_up"),
        ({"counts": ("2026.01.10", "", "39", "38", "")}, "missing_field:vote_issued"),
        ({"counts": ("2026.01.10", "40.5", "39", "38", "")}, "not_whole"),
        ({"counts": ("2025.11.30", "40", "39", "38", "")}, "vote_before_round"),
        ({"counts": ("2099.01.10", "40", "39", "38", "")}, "vote_in_future"),
        ({"counts": ("0001.01.01", "40", "39", "38", "")}, "bad_date"),
        ({"counts": ("2026.01.10", "40", "39", "38", "清" * 51)}, "too_long"),
        ({"counts": COUNTS, "votes": "39"}, "result_refused"),
        ({"counts": COUNTS, "won": "落选"}, "result_refused"),
        ({"counts": COUNTS, "won": "也许"}, "unknown_result_word"),
    ],
)
def test_what_cannot_be_is_refused_at_its_row(staff, held, team, formal, said, code):
    upload = hand_in(staff.user, KIND, HEADER, line(team.secretary, "党支部书记", **said), target_id=held.pk)

    assert code in codes(upload)
    importer.confirm(upload, by=staff.user)
    assert not ElectionBallot.objects.exists()


def test_two_rows_of_a_vote_may_not_say_different_counts(staff, held, team, formal):
    other = ("2026.01.10", "41", "39", "38", NUMBER)
    rows = [line(team.secretary, "村委会主任", counts=COUNTS), line(team.newcomer, "村委会委员", counts=other)]

    assert "vote_differs" in codes(hand_in(staff.user, KIND, HEADER, *rows, target_id=held.pk), 1)


def test_somebody_blocked_is_not_elected(staff, held, team):
    factories.candidate(round=held, person=team.member, village=team.member.village, post="village_committee_member")
    clear(held, team.member, but=[team.member], by=staff.user)

    row = line(team.member, "村委会委员", counts=COUNTS)
    assert "not_formal_candidate" in codes(hand_in(staff.user, KIND, HEADER, row, target_id=held.pk))


def test_the_export_comes_back_unchanged_and_what_is_recorded_stays(staff, held, team, formal):
    committed(staff.user, KIND, HEADER, *whole(team), target_id=held.pk)

    upload = sent_back(KIND, staff.user, target_id=held.pk)
    assert upload.counts["unchanged"] == 4
    assert not messages(upload)
    for said in ({"won": "落选"}, {"votes": "31"}, {"counts": ("2026.01.11", "40", "39", "38", "")}):
        again = hand_in(staff.user, KIND, HEADER, line(team.newcomer, "村委会委员", **said), target_id=held.pk)
        assert "vote_recorded" in codes(again), said


def test_a_township_reads_results_and_records_none(held, staff, clerk, team, formal):
    committed(staff.user, KIND, HEADER, *whole(team), target_id=held.pk)
    page = reverse("election", args=[held.pk])

    upload = hand_in(clerk.user, KIND, HEADER, *whole(team), target_id=held.pk)

    assert (upload.status, upload.refusal_code) == ("refused", "unknown_target")
    assert "上传选举结果" not in text(clerk.get(page))
    assert "导出选举结果" in text(clerk.get(page))
    assert "上传选举结果" in text(staff.get(page))
    own, other = (spec.get(KIND).rows_to_export(code, TODAY, held.pk) for code in (factories.OWN, factories.NEIGHBOUR))
    assert (len(own), len(other)) == (4, 0)
    assert all(row["id_number"] for row in own)


def test_undoing_the_upload_takes_everything_back(staff, held, team, formal):
    upload = committed(staff.user, KIND, HEADER, *whole(team), target_id=held.pk)
    before = spans(team.member)

    staff.post(reverse("roster_undo", args=[upload.pk]), {"reason": "传错了"})

    assert before != spans(team.member)
    assert not ElectionBallot.objects.exists()
    assert spans(team.newcomer) == []
    assert set(Candidate.objects.values_list("status", flat=True)) == {"formal"}
    assert not HandoverItem.objects.exists()


# --- a round of the past


@pytest.fixture
def past(held):
    """The round that led to the outgoing term, closed long ago: nobody stands in it yet."""
    found = ElectionRound.objects.create(
        division_id=factories.COUNTY, name="2021 年换届", incoming=held.outgoing, election_day=datetime.date(2021, 1, 10),
        start=datetime.date(2020, 12, 1), end=datetime.date(2021, 1, 31),
    )  # fmt: skip
    for place in held.places.all():
        factories.election_village(round=found, village=place.village, election_day=found.election_day)
    return found


PAST = ("2021.01.10", "40", "39", "38", "清组〔2021〕1号")


def test_a_round_of_the_past_is_filled_in_and_no_post_stands_twice(staff, past, team):
    gone = factories.id_number()
    rows = [*whole(team, PAST)[:2], line(gone, "村委会委员", votes="31"), line(team.member, "村委会委员")]
    before = spans(team.secretary), spans(team.member)

    upload = committed(staff.user, KIND, HEADER, *rows, target_id=past.pk)

    assert upload.counts["new"] == 4
    assert (spans(team.secretary), spans(team.member)) == before
    someone = Person.objects.with_id_number(gone).get()
    assert spans(someone) == [("village_committee_member", past.election_day, EVE, "term_end")]
    assert past.places.elected(past.election_day).count() == 1
    assert Candidate.objects.filter(round=past, status="elected").count() == 4
    assert not HandoverItem.objects.exists()


def test_the_pages_of_a_past_round_show_what_came_in(staff, past, team):
    committed(staff.user, KIND, HEADER, *whole(team, PAST)[:2], target_id=past.pk)

    assert '<span class="value">1<small>/2 村' in text(staff.get(reverse("election", args=[past.pk])))
    village = text(staff.get(reverse("election_village", args=[past.places.order_by("pk").first().pk])))
    assert village.count("老书记") >= 4
    assert "清组〔2021〕1号" in village


def test_its_export_comes_back_unchanged(staff, past, team):
    committed(staff.user, KIND, HEADER, *whole(team, PAST)[:2], target_id=past.pk)

    assert sent_back(KIND, staff.user, target_id=past.pk).counts["unchanged"] == 2


def test_posts_of_the_ledger_are_counted_as_elected_into_the_term(staff, past, team):
    Appointment.objects.update(term=None, how="")

    committed(staff.user, KIND, HEADER, *whole(team, PAST)[:2], target_id=past.pk)

    assert set(Appointment.objects.filter(term=past.incoming).values_list("person__name", "post", "how")) == {
        ("老书记", "party_secretary", "elected"), ("老书记", "village_director", "elected"),
    }  # fmt: skip


def test_many_rows_cost_no_more_queries_than_few(staff, past, team):
    few = [line(factories.id_number(), "村委会委员", counts=PAST)]
    many = few + [line(factories.id_number(), "村委会委员", votes="20") for _ in range(8)] + [
        line(factories.id_number(), "村委会委员", counts=PAST if not number else NONE, village="丙田村", township="柳林镇")
        for number in range(8)
    ]  # fmt: skip
    costs = []
    for rows in (few, many):
        with transaction.atomic():
            costs.append(queries(lambda rows=rows: committed(staff.user, KIND, HEADER, *rows, target_id=past.pk)))
            transaction.set_rollback(True)

    assert costs[1] <= costs[0]


def test_a_secretary_of_the_ledger_stands_in_the_way_of_another(staff, past, team):
    upload = hand_in(staff.user, KIND, HEADER, line(team.newcomer, "党支部书记", counts=PAST), target_id=past.pk)

    assert "台账里老书记从 2021-01-10 起任党组织书记" in "".join(messages(upload))
    importer.confirm(upload, by=staff.user)
    assert not ElectionBallot.objects.exists()


def test_a_past_round_in_which_somebody_stands_is_opened_again_first(staff, past, team):
    factories.candidate(
        round=past, person=team.newcomer, village=team.newcomer.village, post="village_committee_member"
    )

    upload = hand_in(staff.user, KIND, HEADER, line(team.member, "村委会委员", counts=PAST), target_id=past.pk)

    assert "vote_round_closed" in codes(upload)


def test_a_vote_after_the_round_was_closed_is_refused(staff, past, team):
    late = ("2021.02.10", *PAST[1:])

    upload = hand_in(staff.user, KIND, HEADER, line(team.member, "村委会委员", counts=late), target_id=past.pk)

    assert "vote_after_close" in codes(upload)


def test_a_closed_round_of_the_present_term_ends_who_was_not_elected_again(staff, held, place, team):
    held.end = datetime.date(2026, 1, 31)
    held.save()
    rows = [line(team.secretary, "村委会主任", counts=COUNTS), line(team.newcomer, "村委会委员")]

    committed(staff.user, KIND, HEADER, *rows, target_id=held.pk)

    assert spans(team.member)[0][2:] == (EVE, "term_end")
    assert spans(team.newcomer) == [("village_committee_member", DAY, None, "")]
    assert len(spans(team.secretary, "village_director")) == 1


# --- steps

STEPS = ("乡镇", "村（社区）", "流程事项", "本村完成日期", "说明（文号）")


def step(title="提名候选人", day="2025.12.26", note="清组〔2025〕9号", village="甲山村"):
    return ("城关镇", village, title, day, note)


def test_a_township_tells_what_its_villages_have_done(held, clerk, place):
    committed(clerk.user, "village_steps", STEPS, step(), target_id=held.pk)

    done = place.done.get()
    assert (done.step.title, done.done_on, done.note) == ("提名候选人", datetime.date(2025, 12, 26), "清组〔2025〕9号")
    again = sent_back("village_steps", clerk.user, target_id=held.pk)
    assert {row.change for row in again.rows.all()} == {"unchanged"}
    committed(clerk.user, "village_steps", STEPS, step(day="2025.12.27", note=""), target_id=held.pk)
    assert place.done.get().done_on == datetime.date(2025, 12, 27)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (step("没有的一步"), "unknown_step"),
        (step("县级联审"), "step_of_county"),
        (step(day=""), "missing_field:village_step_done"),
        (step(day="2099.01.01"), "done_in_future"),
        (step(day="0001.01.01"), "bad_date"),
        (step(note="长" * 101), "too_long"),
        (("柳林镇", "丙田村", "提名候选人", "2025.12.26", ""), "outside_scope"),
    ],
)
def test_a_step_that_cannot_be_is_refused(held, clerk, row, code):
    upload = hand_in(clerk.user, "village_steps", STEPS, row, target_id=held.pk)

    assert code in codes(upload)
    importer.confirm(upload, by=clerk.user)
    assert not held.steps.filter(done__isnull=False).exists()


def test_a_closed_round_takes_missing_steps_from_the_county_alone(held, staff, clerk, place):
    committed(clerk.user, "village_steps", STEPS, step(), target_id=held.pk)
    waiting = hand_in(clerk.user, "village_steps", STEPS, step("选举大会", "2026.01.10"), target_id=held.pk)
    held.end = datetime.date(2026, 1, 31)
    held.save()

    importer.confirm(waiting, by=clerk.user)
    assert "round_closed" in codes(waiting)
    assert hand_in(clerk.user, "village_steps", STEPS, step(), target_id=held.pk).refusal_code == "unknown_target"
    assert "step_recorded" in codes(
        hand_in(staff.user, "village_steps", STEPS, step(day="2025.12.27"), target_id=held.pk)
    )
    committed(staff.user, "village_steps", STEPS, step("选举大会", "2026.01.10"), target_id=held.pk)
    assert place.done.count() == 2
    page = reverse("election", args=[held.pk])
    assert "上传流程完成情况" not in text(clerk.get(page))
    assert "上传流程完成情况" in text(staff.get(page))


def test_the_county_gives_results_by_rest(past, team):
    sent = {
        "target": past.pk,
        "rows": [
            {"township": "城关镇", "village": "甲山村", "name": team.member.name, "id_number": team.member.id_number,
             "posts": "村委会委员", "elected": "当选", "votes_for": 30, "held_on": "2021-01-10", "vote_issued": 40,
             "vote_returned": 39, "vote_valid": 38}
        ],
    }  # fmt: skip

    answer = client_of(factories.COUNTY, can_write=True).post(f"rosters/{KIND}/", sent)

    assert answer.status_code == 201, text(answer)
    assert ElectionBallot.objects.get().place.round == past
    assert Upload.objects.count() == 1
    assert row_of(Upload.objects.get()).change == "new"
