"""What was decided is carried out through the ledger's own actions, and the link stays."""

import datetime

import pytest
from django.urls import reverse

from talent import timeline
from talent.models import Adjustment, Appointment, PersonReview, ReserveCandidate
from tests import factories
from tests.reviews.conftest import VILLAGE, decided, sheet_of

ADJUST = {"grade": "不称职", "proposal": "adjust", "reason": "长期不在岗"}
FORM = {"on": "2023-10-25", "reason": "unfit", "document_no": "清委组〔2023〕30号", "how": "by_election"}
LAST = datetime.date(2023, 10, 25)


@pytest.fixture
def review(held, teams):
    """The decided judgement that the secretary (also the director) has to go."""
    decided(held, {teams[VILLAGE].secretary.pk: ADJUST})
    return PersonReview.objects.get(person=teams[VILLAGE].secretary)


def carry(client, review, **fields):
    return client.post(reverse("review_person", args=[review.pk]), FORM | fields, follow=True)


def bench(teams):
    place = teams[VILLAGE].village
    someone = factories.person("后备甲", village=place, political_status="party_member")
    factories.reserve(person=someone, village=place, target="secretary")
    return someone


def test_every_post_ends_and_is_linked(sign_in, review):
    page = carry(sign_in(), review).content.decode()

    ended = Appointment.objects.filter(person=review.person)
    assert set(ended.values_list("post", "end", "end_reason", "end_document_no")) == {
        ("party_secretary", LAST, "unfit", "清委组〔2023〕30号"), ("village_director", LAST, "unfit", "清委组〔2023〕30号"),
    }  # fmt: skip
    assert set(review.adjustments.values_list("part", "appointment_id")) == {("ended", seat.pk) for seat in ended}
    assert "接替人选还没有安排" in page


def test_a_successor_from_the_bench_takes_the_posts_and_leaves_the_pool(sign_in, review, teams):
    someone = bench(teams)

    carry(sign_in(), review, successor=someone.pk)

    taken = someone.appointments.order_by("post")
    assert [(seat.post, seat.start) for seat in taken] == [
        ("party_secretary", datetime.date(2023, 10, 26)), ("village_director", datetime.date(2023, 10, 26)),
    ]  # fmt: skip
    assert ReserveCandidate.objects.get(person=someone).end_reason == "promoted"
    assert review.adjustments.filter(part="successor").count() == 2


def test_a_successor_is_named_by_number(sign_in, review, teams):
    someone = factories.person("外村人", village=teams[VILLAGE].village, political_status="party_member")

    carry(sign_in(), review, successor_number=someone.id_number)

    assert someone.appointments.count() == 2


def test_an_unknown_number_ends_nothing(sign_in, review):
    answer = carry(sign_in(), review, successor_number="990121198001010011")

    assert "没有找到这个身份证号的人员" in answer.content.decode()
    assert not review.adjustments.exists()
    assert not Appointment.objects.filter(end__isnull=False).exists()


def test_a_successor_who_may_not_be_secretary_ends_nothing(sign_in, review, teams):
    someone = factories.person("群众某", village=teams[VILLAGE].village, political_status="masses")
    factories.reserve(person=someone, village=teams[VILLAGE].village, target="secretary")

    answer = carry(sign_in(), review, successor=someone.pk)

    assert "党组织书记须是中共正式党员" in answer.content.decode()
    assert not review.adjustments.exists()
    assert not Appointment.objects.filter(end__isnull=False).exists()


def test_a_day_before_the_post_began_is_told(sign_in, review):
    answer = carry(sign_in(), review, on="2020-01-01")

    assert "没有在任的“两委”职务" in answer.content.decode()


def test_nothing_is_carried_out_twice(sign_in, review, teams):
    client = sign_in()
    carry(client, review)

    carry(client, review, successor=bench(teams).pk)

    assert set(review.adjustments.values_list("part", flat=True)) == {"ended"}


def test_nothing_is_carried_out_before_the_decision(sign_in, held, teams):
    row = PersonReview.objects.get(person=teams[VILLAGE].secretary)
    PersonReview.objects.filter(pk=row.pk).update(**ADJUST)

    page = carry(sign_in(), row).content.decode()

    assert "审定以后才能办理" in page
    assert not Adjustment.objects.exists()


def test_a_clerk_does_not_carry_out(sign_in, review):
    assert carry(sign_in("township_clerk"), review).status_code == 403


def test_what_was_done_by_another_way_is_linked(sign_in, review):
    Appointment.objects.filter(person=review.person).update(end=LAST, end_reason="resigned")

    offered = sign_in().get(reverse("review_person", args=[review.pk])).content.decode()
    page = sign_in().post(reverse("review_person", args=[review.pk]), {"link": "1"}, follow=True).content.decode()

    assert "不用再办免职" in offered  # there is nothing left to end
    assert "办理免职" not in offered
    assert review.adjustments.filter(part="ended").count() == 2
    assert "接到研判表上" in page


def test_there_is_nothing_to_link_while_somebody_serves(sign_in, review):
    page = sign_in().post(reverse("review_person", args=[review.pk]), {"link": "1"}, follow=True).content.decode()

    assert "没有找到此人在研判以后的免职" in page


def test_a_promotion_is_a_new_post_with_its_link(sign_in, held, teams):
    member = teams[VILLAGE].member
    decided(held, {member.pk: {"grade": "优秀", "proposal": "promote"}})
    row = PersonReview.objects.get(person=member)
    form = {
        "post": "party_deputy_secretary",
        "on": "2023-11-01",
        "how": "by_election",
        "document_no": "清委组〔2023〕31号",
    }

    sign_in().post(reverse("review_person", args=[row.pk]), form)

    assert member.appointments.filter(post="party_deputy_secretary", start=datetime.date(2023, 11, 1)).exists()
    assert [change.part for change in row.adjustments.all()] == ["promoted"]


def test_a_sheet_that_was_carried_out_is_not_given_back(sign_in, held, review):
    client, sheet = sign_in(), sheet_of(held)
    carry(client, review)

    page = client.post(reverse("review_return", args=[sheet.pk]), {"reason": "重审"}, follow=True).content.decode()

    assert "已经办理，不能退回" in page


def test_the_persons_time_line_tells_the_decision(review):
    events = [event for event in timeline.events(review.person) if event.kind == "研判"]

    assert [(event.start, event.detail) for event in events] == [(datetime.date(2023, 10, 12), "长期不在岗")]
    assert "不称职，调整撤换" in events[0].text


def test_a_sheet_that_is_not_decided_is_nobodys_history(held, teams):
    PersonReview.objects.update(grade="不称职", proposal="help")

    assert not [event for event in timeline.events(teams[VILLAGE].secretary) if event.kind == "研判"]
