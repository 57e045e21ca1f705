"""A closed round takes nothing any more and offers nothing, until the county opens it again; odd dates are told at their field."""

import datetime

import pytest
from django.urls import reverse

from rosters import importer
from rosters.models import Upload
from talent.models import Candidate, ElectionBallot, ElectionStepDone, HandoverItem, JointReviewMark
from tests import factories
from tests.elections.conftest import stand
from tests.rosters.handing import codes, hand_in

pytestmark = pytest.mark.django_db
CLOSED = "办结，不能再改"
ODD = ["0001-01-01", "9999-12-31", "1899-12-31", "", "2026-02-30", "昨天"]


def text(answer):
    return answer.content.decode()


def close(held):
    held.end = datetime.date(2026, 1, 31)
    held.save()


@pytest.fixture
def row(held, team, staff):
    """A formal candidate, about whom nothing is left to do but the vote."""
    return stand(held, team.member, "village_director", by=staff.user)


def doors(held, place, row):
    """(address, what is posted) of every door through which a round is written."""
    step, county_step = held.steps.get(title="提名候选人"), held.steps.get(title="县级联审")
    police = held.departments.get(name="公安局")
    marks = {f"result-{item.pk}-{row.person_id}": "found" for item in police.items.all()}
    return [
        (reverse("election_nominate", args=[place.pk]), {"person": row.person_id, "posts": "party_secretary", "nominated_on": "2026-01-02"}),
        (reverse("election_candidates_move", args=[held.pk]), {"candidate": row.pk, "status": "disqualified", "reason": "放弃"}),
        (reverse("election_step", args=[step.pk]), {"place": place.pk, "done_on": "2026-01-02"}),
        (reverse("election_step", args=[step.pk]), {"place": place.pk, "undo": "1"}),
        (reverse("election_step", args=[county_step.pk]), {"done_on": "2026-01-02"}),
        (reverse("election_village_day", args=[place.pk]), {"election_day": "2026-02-10"}),
        (reverse("election_days", args=[held.pk, factories.OWN]), {"election_day": "2026-02-10"}),
        (reverse("election_result", args=[place.pk, "villagers"]),
         {"held_on": "2026-01-10", "issued": "9", "returned": "9", "valid": "9", "won": row.pk, "confirm": "1"}),
        (reverse("election_plan", args=[held.pk]), {"form-TOTAL_FORMS": "0", "form-INITIAL_FORMS": "0"}),
        (reverse("joint_review_setup", args=[held.pk]), {"lines": "公安局：吸毒"}),
        (reverse("joint_review_column", args=[police.pk]), marks | {"decided_on": "2026-01-03", f"reason-{row.person_id}": "有记录"}),
    ]  # fmt: skip


def kept(held):
    """Everything that those doors could have changed."""
    return [
        list(Candidate.objects.order_by("pk").values()), list(ElectionStepDone.objects.order_by("pk").values()),
        list(held.steps.order_by("pk").values()), list(held.places.order_by("pk").values()), ElectionBallot.objects.count(),
        list(held.departments.order_by("pk").values()), list(JointReviewMark.objects.order_by("pk").values()),
    ]  # fmt: skip


def test_a_closed_round_is_written_through_no_door(staff, held, place, row):
    close(held)
    before = kept(held)

    for url, posted in doors(held, place, row):
        assert CLOSED in text(staff.post(url, posted, follow=True)), url

    assert kept(held) == before


@pytest.mark.parametrize("number", range(11))
def test_an_open_round_is_written_through_each_of_them(staff, held, place, row, number):
    url, posted = doors(held, place, row)[number]

    assert CLOSED not in text(staff.post(url, posted, follow=True))


def test_the_pages_of_a_closed_round_offer_nothing(staff, held, place, row):
    close(held)
    round_page, village = reverse("election", args=[held.pk]), reverse("election_village", args=[place.pk])
    candidates = text(staff.get(reverse("election_candidates", args=[held.pk])))

    assert "改流程" not in text(staff.get(f"{round_page}?division={factories.OWN}"))
    assert "重新打开" in text(staff.get(round_page))
    for word in (reverse("election_nominate", args=[place.pk]), "登记结果</a>", "改本村选举日"):
        assert word not in text(staff.get(village))
    assert "改勾选的人" not in candidates
    assert "上传候选人名册" not in candidates
    assert "勾选的村已完成" not in text(
        staff.get(reverse("election_step", args=[held.steps.get(title="提名候选人").pk]))
    )
    assert "部门、事项和账号" not in text(staff.get(reverse("joint_review", args=[held.pk])))
    column = text(staff.get(reverse("joint_review_column", args=[held.departments.first().pk])))
    assert "只看不改" in column
    assert "保存本页结论" not in column


def test_a_round_opened_again_takes_them_again(staff, held, place, row):
    close(held)

    staff.post(reverse("election_close", args=[held.pk]))

    assert reverse("election_nominate", args=[place.pk]) in text(
        staff.get(reverse("election_village", args=[place.pk]))
    )


def test_what_is_handed_over_is_signed_after_closing_too(clerk, held, place):
    item = HandoverItem.objects.create(place=place, name="印章")
    close(held)

    clerk.post(reverse("election_handover", args=[place.pk]), handed(item, "2026-02-01"))

    assert HandoverItem.objects.get().handed_on == datetime.date(2026, 2, 1)


def test_a_list_handed_in_before_closing_is_not_taken_after_it(clerk, held):
    header = ("村（社区）", "姓名", "身份证号", "拟任职务")
    line = ("甲山村", "张三", factories.id_number(), "党支部书记")
    upload = hand_in(clerk.user, "candidates", header, line, target_id=held.pk)
    close(held)

    state = importer.confirm(upload, by=clerk.user).state

    assert state != "done"
    assert not Candidate.objects.exists()
    assert "round_closed" in codes(Upload.objects.get(pk=upload.pk))


def handed(item, day):
    return {
        "form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-id": item.pk, "form-0-handed_on": day,
        "form-0-giver": "张三", "form-0-receiver": "李四", "form-0-remarks": "",
    }  # fmt: skip


@pytest.mark.parametrize("typed", ODD)
def test_an_odd_date_is_told_and_nothing_is_written(staff, clerk, held, place, row, typed):
    item = HandoverItem.objects.create(place=place, name="印章")
    step = held.steps.get(title="提名候选人")
    before, told = kept(held), []
    ballot = {"issued": "9", "returned": "9", "valid": "9", "won": row.pk, "confirm": "1"}

    told.append(staff.post(reverse("election_result", args=[place.pk, "villagers"]), ballot | {"held_on": typed}))
    told.append(staff.post(reverse("election_step", args=[step.pk]), {"place": place.pk, "done_on": typed}))
    told.append(staff.post(reverse("election_village_day", args=[place.pk]), {"election_day": typed}, follow=True))
    told.append(
        staff.post(reverse("election_days", args=[held.pk, factories.OWN]), {"election_day": typed}, follow=True)
    )
    nominee = {"person": row.person_id, "posts": "party_secretary", "nominated_on": typed}
    told.append(staff.post(reverse("election_nominate", args=[place.pk]), nominee))
    new = {"name": "下一轮", "incoming_name": "第十三届", "election_day": typed, "start": typed}
    told.append(staff.post(reverse("election_new"), new))
    told.append(staff.post(reverse("election_new_by"), new | {"villages": place.village.pk}))
    mark = {f"result-{one.pk}-{row.person_id}": "unknown" for one in held.departments.first().items.all()}
    told.append(
        staff.post(reverse("joint_review_column", args=[held.departments.first().pk]), mark | {"decided_on": typed})
    )

    assert {answer.status_code for answer in told} <= {200, 400, 422}
    assert kept(held) == before
    handing = clerk.post(reverse("election_handover", args=[place.pk]), handed(item, typed))
    assert handing.status_code == (400 if typed else 302)
    assert HandoverItem.objects.get().handed_on is None


@pytest.mark.parametrize("typed", ["0001-01-01", "9999-12-31"])
def test_an_odd_day_of_leaving_is_told_at_its_field(staff, team, typed):
    post = team.member.appointments.get()
    url = reverse("admin:talent_appointment_change", args=[post.pk])

    page = staff.post(url, {"person": post.person_id, "village": post.village_id, "post": post.post, "start": "2021-01-10", "end": typed, "end_reason": "term_end"})  # fmt: skip

    assert "请填 1900 年到 2999 年之间的日期" in text(page)
    post.refresh_from_db()
    assert post.end is None


def test_the_form_of_a_closed_round_leads_back_to_the_village(staff, held, place):
    close(held)

    page = staff.get(reverse("election_nominate", args=[place.pk]), follow=True)

    assert CLOSED in text(page)
    assert page.redirect_chain[-1][0] == reverse("election_village", args=[place.pk])
