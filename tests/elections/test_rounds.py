"""A round is opened from the templates; each village has its dates; who is late is told; steps are recorded."""

import datetime

import pytest
from django.urls import reverse

from talent.models import ElectionRound, ElectionStep, ElectionStepDone
from tests import factories
from tests.elections.conftest import DAY
from villages.models import Term

pytestmark = pytest.mark.django_db
NEW = {"name": "2031 年换届", "incoming_name": "第十三届", "election_day": "2031-01-10", "start": "2026-01-20"}


def text(answer):
    return answer.content.decode()


def test_opening_copies_plan_review_and_villages(staff, held):
    staff.post(reverse("election_new"), NEW | {"outgoing": held.incoming_id})

    opened = ElectionRound.objects.get(name="2031 年换届")
    assert opened.steps.count() == 16
    assert opened.places.count() == 2
    assert opened.departments.get(name="公安局").items.count() == 2
    assert Term.objects.get(name="第十三届").start == datetime.date(2031, 1, 10)


def test_the_plan_of_a_round_stays_when_the_template_changes(staff, held):
    lines = "D-15 各村 提名候选人\nD0 各村 选举大会"
    staff.post("/parameters/election_steps/", {"typed": lines, "start": "2026-01-01", "basis": "会议纪要"})

    staff.post(reverse("election_new"), NEW)

    assert held.steps.count() == 16
    assert ElectionRound.objects.get(name="2031 年换届").steps.count() == 2


def test_a_template_line_that_cannot_be_read_is_told(staff):
    page = staff.post(
        "/parameters/election_steps/", {"typed": "十五天前提名", "start": "2026-01-01", "basis": "会议纪要"}
    )

    assert "“十五天前提名”看不懂" in text(page)


def test_a_second_round_to_the_same_term_is_refused_and_what_was_typed_stays(staff, held):
    page = staff.post(reverse("election_new"), NEW | {"incoming_name": "第十二届"})

    assert "一届只办一次换届" in text(page)
    assert "2031 年换届" in text(page)


def test_a_villages_own_day_moves_its_steps(staff, held, place):
    staff.post(reverse("election_village_day", args=[place.pk]), {"election_day": "2026-01-25"})

    page = text(staff.get(reverse("election_village", args=[place.pk])))
    assert "2026-01-21" in page  # D-4
    step = held.steps.get(title="公示正式候选人")
    lines = text(staff.get(reverse("election_step", args=[step.pk])))
    assert "2026-01-21" in lines
    assert "2026-01-06" in lines  # the other village


def test_a_whole_township_gets_one_day_but_for_who_is_elected(staff, clerk, held, place):
    done = factories.election_village(round=held, village=factories.village("990121100202", "乙山村"), election_day=DAY)
    factories.election_ballot(place=done)
    url, sent = reverse("election_days", args=[held.pk, factories.OWN]), {"election_day": "2026-01-25"}

    assert clerk.post(url, sent).status_code == 403
    page = text(staff.post(url, sent, follow=True))

    assert "1 个村的选举日改为 2026-01-25。另有 1 个村已登记选举结果，没有改。" in page
    days = dict(held.places.values_list("village__name", "election_day"))
    assert days == {"甲山村": datetime.date(2026, 1, 25), "乙山村": DAY, "丙田村": DAY}


def test_a_townships_day_that_is_none_is_told(staff, held, place):
    page = text(
        staff.post(reverse("election_days", args=[held.pk, factories.OWN]), {"election_day": "下周"}, follow=True)
    )

    assert "选举日没有改：请填一个日期" in page
    assert "全乡镇改选举日" in page


def test_the_pages_of_villages_lead_to_the_round_that_runs(staff, clerk, neighbour, held, place):
    held.end = datetime.date(2026, 1, 31)
    held.save()
    later = factories.election_round(
        name="2027 年", start=datetime.date(2027, 1, 1), election_day=datetime.date(2027, 3, 1)
    )
    factories.election_village(round=later, village=place.village, election_day=datetime.date(2027, 3, 1))
    link = reverse("election_village", args=[place.pk])

    for page in (reverse("village", args=[place.village_id]), reverse("villages")):
        assert link in text(clerk.get(page + "?on=2026-01-20"))
        assert link in text(clerk.get(page + "?on=2026-06-30"))  # closed by then, still the latest
        assert link not in text(clerk.get(page + "?on=2025-11-30"))
        assert link not in text(clerk.get(page + "?on=2027-02-01"))
        assert link not in text(neighbour.get(page + "?on=2026-01-20"))


def test_the_home_says_who_is_late(staff, held):
    page = text(staff.get(reverse("election", args=[held.pk]) + "?on=2025-12-08"))

    assert "逾期 2" in page  # D-34, both villages
    assert "柳林镇" in page


def test_a_clerk_records_steps_of_the_own_villages_only(clerk, held, place):
    step = held.steps.get(title="选民登记")
    foreign = held.places.get(village_id="990121101201")

    clerk.post(reverse("election_step", args=[step.pk]), {"place": [place.pk, foreign.pk], "done_on": "2025-12-20"})

    assert [row.place for row in ElectionStepDone.objects.all()] == [place]


def test_recording_again_changes_nothing_and_can_be_taken_back(clerk, held, place):
    url = reverse("election_step", args=[held.steps.get(title="选民登记").pk])
    for done_on in ("2025-12-20", "2025-12-24"):
        clerk.post(url, {"place": [place.pk], "done_on": done_on})
    assert ElectionStepDone.objects.get().done_on == datetime.date(2025, 12, 20)

    clerk.post(url, {"place": [place.pk], "undo": "1"})

    assert not ElectionStepDone.objects.exists()


def test_a_step_is_not_done_on_a_day_to_come(clerk, held, place):
    url = reverse("election_step", args=[held.steps.get(title="选民登记").pk])

    page = text(clerk.post(url, {"place": [place.pk], "done_on": "2999-01-01"}))

    assert "这一天还没有到" in page
    assert not ElectionStepDone.objects.exists()


def test_a_step_of_the_county_is_not_the_clerks(clerk, staff, held):
    url = reverse("election_step", args=[held.steps.get(title="县级联审").pk])

    assert clerk.post(url, {"done_on": "2026-01-01"}).status_code == 403
    staff.post(url, {"done_on": "2026-01-01"})

    assert ElectionStep.objects.get(title="县级联审").done_on == datetime.date(2026, 1, 1)


def test_the_plan_is_edited_and_a_finished_step_stays(staff, clerk, held, place):
    steps = list(held.steps.order_by("offset", "pk"))
    clerk.post(reverse("election_step", args=[steps[1].pk]), {"place": [place.pk], "done_on": "2025-12-07"})
    typed = {"form-TOTAL_FORMS": len(steps) + 1, "form-INITIAL_FORMS": len(steps)}
    for number, step in enumerate(steps):
        told = {"id": step.pk, "offset": step.offset, "title": step.title, "due": step.due, "per": step.per}
        typed |= {f"form-{number}-{name}": value for name, value in told.items()}
    new = {"offset": -2, "title": "布置会场", "due": "", "per": "village", "id": ""}
    typed |= {f"form-{len(steps)}-{name}": value for name, value in new.items()}

    refused = staff.post(reverse("election_plan", args=[held.pk]), typed | {"form-1-DELETE": "on"})
    staff.post(reverse("election_plan", args=[held.pk]), typed | {"form-2-DELETE": "on"})

    assert "已有村登记完成，不能删除" in text(refused)
    assert held.steps.filter(title="布置会场").exists()
    assert held.steps.count() == 16


def test_the_neighbour_sees_nothing_of_a_village(neighbour, held, place, team):
    assert neighbour.get(reverse("election_village", args=[place.pk])).status_code == 404
    page = text(neighbour.get(reverse("election", args=[held.pk])))
    assert "丙田村" in page
    assert "甲山村" not in page


def test_pages_cost_the_same_for_two_villages_as_for_twelve(staff, held, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost():
        with CaptureQueriesContext(connection) as asked:
            for name in ("election", "election_candidates", "joint_review"):
                staff.get(reverse(name, args=[held.pk]))
        return len(asked)

    item = held.departments.first().items.first()
    factories.candidate(round=held, village="990121100201")
    cost()
    few = cost()
    for number in range(210, 220):
        village = factories.village(f"{factories.OWN}{number}")
        factories.election_village(round=held, village=village)
        row = factories.candidate(round=held, village=village)
        factories.review_mark(item=item, person=row.person, village=village)

    assert cost() == few
    assert held.election_day == DAY


@pytest.mark.parametrize("typed", ["0001-01-01", "9999-12-31"])
def test_a_day_from_which_nothing_can_be_counted_is_refused(staff, place, typed):
    before = place.election_day

    staff.post(reverse("election_village_day", args=[place.pk]), {"election_day": typed})

    place.refresh_from_db()
    assert place.election_day == before


@pytest.mark.django_db
def test_the_list_keeps_the_rounds_of_a_kind(client):
    general, other = factories.election_round(), factories.election_round(kind="by_election")
    client.force_login(factories.user(), backend="core.auth.RoleBackend")

    def shown(query):
        page = client.get(reverse("elections") + query).content.decode()
        return general.name in page, other.name in page

    assert [shown(query) for query in ("", "?kind=general", "?kind=by_election", "?kind=x")] == [
        (True, True), (True, False), (False, True), (True, True),
    ]  # fmt: skip
