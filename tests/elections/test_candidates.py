"""Candidates: nominated in a village, moved on by township and county, blocked by the joint review, listed and exported."""

import datetime
import io

import openpyxl
import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.models import AuditEntry
from talent import actions
from talent.models import Candidate
from tests import factories
from tests.elections.conftest import clear, stand

pytestmark = pytest.mark.django_db


def text(answer):
    return answer.content.decode()


def move(client, held, rows, status, reason=""):
    sent = {"candidate": [row.pk for row in rows], "status": status, "reason": reason}
    return text(client.post(reverse("election_candidates_move", args=[held.pk]), sent, follow=True))


def test_a_clerk_nominates_for_two_posts(clerk, place, team):
    sent = {"person": team.secretary.pk, "posts": ["party_secretary", "village_director"], "nominated_on": "2025-12-26"}

    clerk.post(reverse("election_nominate", args=[place.pk]), sent)

    assert set(Candidate.objects.values_list("post", "status")) == {
        ("party_secretary", "nominated"), ("village_director", "nominated"),
    }  # fmt: skip
    assert AuditEntry.objects.filter(model="talent.candidate", verb="create").count() == 2


def test_the_same_candidacy_twice_is_told(clerk, place, team, held, staff):
    stand(held, team.member, "village_director", by=staff.user, formal=False)
    sent = {"person": team.member.pk, "posts": ["village_director"], "nominated_on": "2025-12-26"}

    assert "不用再加" in text(clerk.post(reverse("election_nominate", args=[place.pk]), sent))


def test_a_clerk_shortlists_but_does_not_make_formal(clerk, held, team, staff):
    row = stand(held, team.member, "village_director", by=staff.user, formal=False)

    move(clerk, held, [row], "shortlisted")
    move(clerk, held, [row], "formal")

    row.refresh_from_db()
    assert row.status == "shortlisted"


def test_nobody_is_formal_before_the_review_is_finished(staff, held, team):
    row = stand(held, team.member, "village_director", by=staff.user, formal=False)

    assert "老委员的县级联审还没有办完" in move(staff, held, [row], "formal")

    clear(held, team.member, by=staff.user)
    move(staff, held, [row], "formal")
    row.refresh_from_db()
    assert row.status == "formal"


def test_a_finding_blocks_with_its_reason(staff, held, team):
    row = stand(held, team.member, "village_director", by=staff.user, formal=False)
    clear(held, team.member, but=[team.member], by=staff.user)

    page = move(staff, held, [row], "formal")

    assert "纪委监委：正被立案审查调查，正被立案（清纪函1号）" in page
    assert Candidate.objects.get(pk=row.pk).status == "nominated"


def test_the_database_refuses_a_blocked_formal_candidate(staff, held, team):
    row = stand(held, team.member, "village_director", by=staff.user, formal=False)
    clear(held, team.member, but=[team.member], by=staff.user)

    with pytest.raises(IntegrityError, match="candidate_not_blocked"), transaction.atomic():
        Candidate.objects.filter(pk=row.pk).update(status="formal")


def test_who_is_nominated_after_a_finding_is_blocked_at_once(staff, held, team):
    stand(held, team.member, "village_director", by=staff.user, formal=False)
    clear(held, team.member, but=[team.member], by=staff.user)

    second = stand(held, team.member, "village_committee_member", by=staff.user, formal=False)

    assert "正被立案" in second.blocked_reason


def test_striking_off_needs_a_reason(staff, held, team):
    row = stand(held, team.member, "village_director", by=staff.user, formal=False)

    assert "请写明原因" in move(staff, held, [row], "disqualified")

    move(staff, held, [row], "disqualified", "本人放弃")
    assert Candidate.objects.get(pk=row.pk).out_reason == "本人放弃"


def test_eligibility_is_told_from_the_ledger(staff, held, place, team):
    old = factories.person("老人", village=place.village, id_number=factories.id_number(datetime.date(1968, 1, 9)))
    stand(held, old, "party_deputy_secretary", by=staff.user, formal=False)
    stand(held, team.member, "village_director", by=staff.user, formal=False)
    stand(held, team.member, "supervision_member", by=staff.user, formal=False)

    page = text(staff.get(reverse("election_candidates", args=[held.pk])))

    assert "选举日 58 周岁，超过新任 55 周岁" in page
    assert "不是中共正式党员，不能任党组织职务" in page
    assert "同时参选村（居）委会和监委会" in page


def relatives(staff, place, first, second):
    sent = {"first": first.pk, "second": second.pk, "relation": "spouse"}
    assert "已登记" in text(staff.post(reverse("kinship_new", args=[place.village_id]), sent, follow=True))


def test_a_relative_who_stands_for_supervision_is_told_with_the_law(staff, held, place, team):
    stand(held, team.newcomer, "supervision_member", by=staff.user, formal=False)
    stand(held, team.member, "village_director", by=staff.user, formal=False)

    relatives(staff, place, team.newcomer, team.member)

    page = text(staff.get(reverse("election_village", args=[place.pk])))
    law = "村（居）委会成员及其近亲属不得担任监委会成员（《村民委员会组织法》）"
    assert f"近亲属新人（夫妻）参选监委会委员：{law}" in page
    assert f"近亲属老委员（夫妻）参选村（居）委会主任：{law}" in page


def test_a_relative_who_serves_without_standing_is_told(staff, held, place, team):
    stand(held, team.newcomer, "party_committee_member", by=staff.user, formal=False)

    relatives(staff, place, team.newcomer, team.member)

    page = text(staff.get(reverse("election_candidates", args=[held.pk])))
    assert "近亲属老委员（夫妻）现任村（居）委会委员：近亲属不在同一村“两委”班子任职" in page


@pytest.mark.parametrize(
    ("post", "status"), [("supervision_member", "nominated"), ("village_director", "disqualified")]
)
def test_a_relative_who_is_not_in_the_way_is_not_told(staff, held, place, team, post, status):
    stand(held, team.newcomer, "party_secretary", by=staff.user, formal=False)
    other = factories.person("亲人", village=place.village)
    row = stand(held, other, post, by=staff.user, formal=False)
    relatives(staff, place, team.newcomer, other)
    if status == "disqualified":
        actions.move_candidates([row], status=status, reason="本人放弃", by=staff.user)

    assert "近亲属亲人" not in text(staff.get(reverse("election_candidates", args=[held.pk])))


def test_a_relative_whose_file_is_elsewhere_is_the_countys_to_know(staff, clerk, held, place, team):
    stand(held, team.member, "village_director", by=staff.user, formal=False)
    away = factories.person("邻镇人", village="990121101201")
    factories.appointment(
        person=away, village=place.village, post="supervision_member", start=datetime.date(2021, 1, 10)
    )
    factories.kinship(first=team.member, second=away)
    url = reverse("election_candidates", args=[held.pk])

    assert "近亲属邻镇人" in text(staff.get(url))
    assert "近亲属邻镇人" not in text(clerk.get(url))


def test_an_age_line_is_the_countys(staff, held, place):
    old = factories.person("老人", village=place.village, id_number=factories.id_number(datetime.date(1968, 1, 9)))
    stand(held, old, "village_director", by=staff.user, formal=False)

    staff.post("/parameters/election_age_new/", {"typed": "58", "start": "2026-01-01", "basis": "会议纪要"})

    assert "超过新任" not in text(staff.get(reverse("election_candidates", args=[held.pk])))


def test_filters_and_excel_agree(staff, held, team):
    stand(held, team.member, "village_director", by=staff.user, formal=False)
    stand(held, team.newcomer, "village_committee_member", by=staff.user)

    page = text(staff.get(reverse("election_candidates", args=[held.pk]) + "?status=formal"))
    answer = staff.get(reverse("election_candidates_export", args=[held.pk]) + "?status=formal")

    assert "新人" in page
    assert "老委员" not in page
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert [row[2] for row in sheet.iter_rows(min_row=4, values_only=True)] == ["新人"]
    assert team.newcomer.id_number not in str(list(sheet.values))


def test_the_neighbour_neither_sees_nor_moves_them(neighbour, held, team, staff):
    row = stand(held, team.member, "village_director", by=staff.user, formal=False)

    page = move(neighbour, held, [row], "disqualified", "不行")

    assert "老委员" not in page
    assert Candidate.objects.get(pk=row.pk).status == "nominated"


def test_withdrawing_somebody_voted_on_is_refused(staff, held, team):
    row = factories.candidate(round=held, person=team.member, status="elected", decided_on=held.election_day)

    with pytest.raises(Exception, match="不能删除"):
        actions.withdraw_candidates([row], by=staff.user)


def test_a_clerk_does_not_undo_what_the_county_made_formal(clerk, held, team, staff):
    row = stand(held, team.member, "village_director", by=staff.user)

    told = move(clerk, held, [row], "nominated") + move(clerk, held, [row], "disqualified", "不合适")

    row.refresh_from_db()
    assert row.status == "formal"
    assert told.count("老委员已由县里定为正式候选人") == 2


def test_a_number_of_somebody_is_not_looked_up_by_an_address(clerk, held, team, staff):
    number = factories.id_number()
    team.member.id_number = number
    team.member.save()
    stand(held, team.member, "village_director", by=staff.user, formal=False)

    assert "老委员" not in text(clerk.get(reverse("election_candidates", args=[held.pk]), {"q": number}))


def test_a_round_with_a_slash_in_its_name_is_exported(clerk, held):
    held.name = "2026/2027[补选]：'一'?"
    held.save()

    answer = clerk.get(reverse("election_candidates_export", args=[held.pk]))

    assert openpyxl.load_workbook(io.BytesIO(answer.content)).sheetnames
