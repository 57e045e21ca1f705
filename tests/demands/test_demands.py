"""Needs and matching: proposals with reasons, steps, visits, funnel, who sees what."""

import datetime
import io

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from core import indicators, rules
from core.models import ParameterValue
from talent import actions, matching
from talent.models import Demand, DemandRound, DemandVisit, Match
from tests import factories

pytestmark = pytest.mark.django_db
ON = datetime.date(2026, 6, 30)
HOME, BESIDE, ELSEWHERE = "990121100201", "990121100202", "990121101201"


@pytest.fixture
def county(sign_in):
    return sign_in()


@pytest.fixture
def clerk(sign_in):
    return sign_in("township_clerk")


def talent(name, village=HOME, **fields):
    place = factories.village(village)
    defaults = {
        "talent_class": "industry",
        "sub_class": "e_commerce",
        "start": datetime.date(2026, 1, 1),
        "specialty": "",
    }
    return factories.rural_talent(person=factories.person(name, village=place), village=place, **defaults | fields)


def need(**fields):
    defaults = {
        "talent_class": "industry",
        "sub_class": "e_commerce",
        "skills": "直播、摄影",
        "manner": "flexible",
        "village": HOME,
    }
    return factories.demand(**defaults | fields)


def proposed(demand, user=None, on=ON):
    return matching.proposals(demand, user or factories.user(), on)


def reasons(demand, **about):
    """The texts for and against of the only candidate."""
    talent("林主播", **about)
    (found,) = proposed(demand)
    return [str(point) for point in found.reasons], [str(point) for point in found.against]


# --- matching


def test_every_point_has_its_reason():
    found = reasons(need(), skills="直播、短视频", willing="full_time", village=BESIDE)

    assert found[0] == [
        "小类相同（农村电商人才） +30",
        "技能相符 1/2（直播） +15",
        "本乡镇 +15",
        "意愿符合（可全职） +15",
    ]
    assert found[1] == ["没有登记的技能：摄影"]


@pytest.mark.parametrize(
    ("about", "told"),
    [
        ({"willing": "guidance"}, "意愿不合（只作技术指导，需要柔性） -20"),
        ({"willing": ""}, "没有登记服务意愿"),
        ({"sub_class": "law", "talent_class": "governance", "skills": "直播"}, "类别不同（农村法律人才）"),
        ({"start": datetime.date(2020, 1, 1)}, "超过 12 个月没有确认仍在库 -10"),
    ],
    ids=["unwilling", "unknown", "class", "stale"],
)
def test_what_speaks_against_somebody_is_said(about, told):
    assert told in reasons(need(), **about)[1]


@pytest.mark.parametrize(
    ("village", "told"), [(HOME, "本村 +20"), (BESIDE, "本乡镇 +15"), (ELSEWHERE, "本县（区划990121101） +5")]
)
def test_distance_is_by_township(village, told):
    assert told in reasons(need(), village=village)[0]


def test_running_matches_weigh_down_and_ended_ones_do_not():
    busy, free = talent("林主播"), talent("陈主播")
    day = datetime.date(2026, 5, 1)
    factories.match(talent=busy, demand=need(post="甲"), proposed_on=day, invited_on=day)
    factories.match(
        talent=free, demand=need(post="乙"), proposed_on=day, invited_on=day, declined_on=day, decline_reason="外出"
    )

    found = {one.talent.pk: one for one in proposed(need())}

    assert found[busy.pk].score == found[free.pk].score - 10
    assert "正在进行的对接 1 项 -10" in found[busy.pk].text


def test_the_same_question_has_the_same_answer_in_the_same_order():
    for number in range(6):
        talent(f"人{number}", village=(HOME, BESIDE, ELSEWHERE)[number % 3])
    demand = need()

    first, second = ([(one.talent.pk, one.score) for one in proposed(demand)] for _ in range(2))

    assert first == second
    assert [score for _, score in first] == sorted((score for _, score in first), reverse=True)


def test_who_has_neither_class_nor_skill_is_no_candidate():
    talent("种田人", talent_class="production", sub_class="farmer")

    assert proposed(need()) == []


def test_whoever_left_the_pool_is_no_candidate():
    talent("走了", end=datetime.date(2026, 3, 1))

    assert proposed(need()) == []


def test_weights_are_the_countys():
    ParameterValue.objects.create(
        division=factories.division(factories.COUNTY),
        key="match_points_sub_class",
        start=ON,
        value=50,
        basis="会议纪要",
    )

    assert "小类相同（农村电商人才） +50" in reasons(need())[0]


def test_candidates_cost_the_same_queries_for_two_as_for_twenty():
    demand, user = need(), factories.user()
    costs = []
    for count in (2, 18):
        for number in range(count):
            talent(f"人{number}")
        with CaptureQueriesContext(connection) as asked:
            [one.talent.person.name for one in proposed(demand, user)]
        costs.append(len(asked))

    assert costs[0] == costs[1]


def test_a_clerk_is_proposed_own_people_only(clerk):
    mine = talent("本乡主播")
    talent("邻乡主播", village=ELSEWHERE)
    demand = need()

    page = clerk.get(reverse("demand", args=[demand.pk])).content.decode()

    assert mine.person.name in page
    assert "邻乡主播" not in page


def test_whom_the_county_offers_from_elsewhere_is_a_name_without_a_file(clerk, county):
    offered = talent("邻乡主播", village=ELSEWHERE)
    demand = need()
    county.post(reverse("demand_propose", args=[demand.pk]), {"talent": [offered.pk]})

    page = clerk.get(reverse("demand", args=[demand.pk])).content.decode()

    assert "邻乡主播" in page
    assert reverse("person", args=[offered.person_id]) not in page
    assert clerk.get(reverse("person", args=[offered.person_id])).status_code == 404


def test_a_clerk_cannot_propose_a_neighbours_talent(clerk):
    other = talent("邻乡主播", village=ELSEWHERE)

    clerk.post(reverse("demand_propose", args=[need().pk]), {"talent": [other.pk]})

    assert not Match.objects.exists()


def test_a_neighbours_need_is_not_there(clerk):
    factories.demand(village=ELSEWHERE, post="邻乡要的人")

    page = clerk.get(reverse("demands")).content.decode()

    assert "邻乡要的人" not in page
    assert clerk.get(reverse("demand", args=[Demand.objects.get().pk])).status_code == 404


def test_proposing_keeps_score_and_reasons(county):
    someone, demand = talent("林主播"), need()

    county.post(reverse("demand_propose", args=[demand.pk]), {"talent": [someone.pk]})

    kept = Match.objects.get()
    assert (kept.talent, kept.proposed_on) == (someone, timezone.localdate())
    assert kept.score > 0
    assert "小类相同（农村电商人才） +30" in kept.reasons


# --- steps


def step(client, match, key, on, said=None):
    prefix = f"{key}{match.pk}"
    sent = {"step": key, f"{prefix}-on": on} | ({f"{prefix}-said": said} if said else {})
    return client.post(reverse("match_step", args=[match.pk]), sent)


def test_a_match_goes_step_by_step_to_its_evaluation(county):
    match = factories.match()

    for key, on, said in (
        ("invite", "2026-03-12", None), ("accept", "2026-03-15", None), ("agree", "2026-03-20", None), ("arrive", "2026-04-01", None),
        ("evaluate", "2026-06-01", "good"),
    ):  # fmt: skip
        assert step(county, match, key, on, said).status_code == 302

    match.refresh_from_db()
    assert (str(match.agreed_on), str(match.arrived_on), match.grade) == ("2026-03-20", "2026-04-01", "good")


def test_a_step_before_the_last_one_is_told_and_not_kept(county):
    match = factories.match(invited_on=datetime.date(2026, 3, 12))

    answer = step(county, match, "accept", "2026-03-01")

    assert answer.status_code == 400
    assert "答复不能早于邀请" in answer.content.decode()
    assert 'value="2026-03-01"' in answer.content.decode()
    match.refresh_from_db()
    assert match.accepted_on is None


def test_declining_needs_a_reason(county):
    match = factories.match(invited_on=datetime.date(2026, 3, 12))

    assert step(county, match, "decline", "2026-03-13").status_code == 400
    assert step(county, match, "decline", "2026-03-13", "家里走不开").status_code == 302


def test_a_step_that_is_not_due_is_refused(county):
    match = factories.match()

    assert step(county, match, "arrive", "2026-03-13").status_code == 400


def test_a_visit_is_kept_with_days_and_what_was_done(county):
    day = datetime.date(2026, 3, 12)
    match = factories.match(invited_on=day, accepted_on=day)
    sent = {"match": match.pk, "visited_on": "2026-03-20", "days": "1.5", "done": "教直播"}

    county.post(reverse("demand_visit", args=[match.demand_id]), sent)

    assert DemandVisit.objects.values_list("match", "days", "done").get() == (match.pk, 1.5, "教直播")


def test_a_visit_before_acceptance_is_told(county):
    day = datetime.date(2026, 3, 12)
    match = factories.match(invited_on=day, accepted_on=day)
    sent = {"match": match.pk, "visited_on": "2026-03-01", "days": "1", "done": "教直播"}

    answer = county.post(reverse("demand_visit", args=[match.demand_id]), sent)

    assert "服务日期早于本人接受的日期" in answer.content.decode()


# --- stating


def form(**more):
    told = {
        "asker": "village",
        "township": factories.OWN,
        "village": HOME,
        "post": "电商运营",
        "number": "2",
        "manner": "flexible",
    }
    dates = {"start": "2026-06-01", "stated_on": "2026-06-01"}
    return told | dates | {"sub_class": "e_commerce", "talent_class": ""} | more


@pytest.fixture
def held():
    factories.village(HOME)
    factories.village(ELSEWHERE)
    return factories.demand_round()


def test_a_clerk_states_a_need_of_an_own_village(clerk, held):
    clerk.post(reverse("demand_new"), form(round=held.pk, phone="13800001111", skills="直播,摄影"))

    kept = Demand.objects.get()
    assert (kept.village_id, kept.talent_class, kept.skills, kept.published_on) == (
        HOME,
        "industry",
        "直播、摄影",
        None,
    )
    page = clerk.get(reverse("demand", args=[kept.pk])).content.decode()
    assert "138****1111" in page
    assert "13800001111" not in page


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"village": ELSEWHERE}, "选择一个有效的选项"),
        ({"village": ""}, "请选择是哪个村"),
        ({"asker": "enterprise", "village": ""}, "请填写单位名称"),
        ({"end": "2026-05-01"}, "结束日期早于开始日期"),
    ],
    ids=["neighbour", "no-village", "no-unit", "backwards"],
)
def test_a_wrong_need_is_told_and_what_was_typed_stays(clerk, held, wrong, told):
    page = clerk.post(reverse("demand_new"), form(round=held.pk, terms="月薪面议") | wrong).content.decode()

    assert told in page
    assert "月薪面议" in page
    assert not Demand.objects.exists()


def test_a_closed_round_takes_no_need_of_a_township(clerk, held):
    DemandRound.objects.update(closes_on=datetime.date(2026, 1, 31))

    clerk.post(reverse("demand_new"), form(round=held.pk))

    assert not Demand.objects.exists()
    assert "没有开着的人才需求调查" in clerk.get(reverse("demand_new")).content.decode()


def test_the_county_opens_a_round_and_publishes(county):
    county.post(reverse("demand_round_new"), {"year": "2026", "name": "2026 年度调查"})
    demand = need(published_on=None)

    county.post(reverse("demand_publish", args=[demand.pk]))

    demand.refresh_from_db()
    assert DemandRound.objects.filter(name="2026 年度调查", division_id=factories.COUNTY).exists()
    assert demand.published_on == timezone.localdate()


def test_a_need_is_closed_with_a_reason_and_opened_again(county):
    demand = need()
    county.post(reverse("demand_close", args=[demand.pk]), {"on": "2026-06-01", "reason": "expired"})
    closed = Demand.objects.get().close_reason

    county.post(reverse("demand_close", args=[demand.pk]), {"reopen": "1"})

    assert closed == "expired"
    assert Demand.objects.get().closed_on is None


# --- figures, checks, funnel


def arrived(demand, until="arrived_on", **more):
    steps = ("invited_on", "accepted_on", "agreed_on", "arrived_on")
    day = datetime.date(2026, 4, 1)
    return factories.match(demand=demand, **dict.fromkeys(steps[: steps.index(until) + 1], day) | more)


def figures(*keys):
    user = factories.user()
    return [indicators.figure(key, user, ON).numerator for key in keys]


def test_a_need_is_met_when_as_many_came_as_were_asked_for():
    whole, half = need(post="甲"), need(post="乙", number=2)
    arrived(whole)
    arrived(half)
    need(post="丙", closed_on=ON, close_reason="withdrawn")

    assert figures("demands", "demands_open", "demands_met") == [2, 1, 1]


def test_figures_answer_for_their_date():
    arrived(need())

    assert indicators.figure("demands_open", factories.user(), datetime.date(2026, 3, 15)).numerator == 1
    assert indicators.figure("demands_met", factories.user(), datetime.date(2026, 3, 15)).numerator == 0


def test_an_open_need_past_its_date_is_found():
    need(end=datetime.date(2026, 5, 31))

    (found,) = rules.findings(factories.user(), ON, only="demand_overdue")

    assert "2026-05-31 到期" in found.message


def test_an_agreed_match_without_arrival_is_found_after_its_days():
    arrived(need(), until="agreed_on")

    assert not rules.findings(factories.user(), datetime.date(2026, 5, 31), only="match_not_arrived")
    assert len(rules.findings(factories.user(), datetime.date(2026, 6, 1), only="match_not_arrived")) == 1


def test_the_funnel_narrows_and_counts_what_is_missing(county):
    arrived(need(post="甲"))
    arrived(need(post="乙", number=3), until="accepted_on")
    need(post="丙", talent_class="service", sub_class="health")

    answer = county.get(reverse("demands_funnel"), {"on": ON.isoformat()})

    assert [step["needs"] for step in answer.context["steps"]] == [3, 2, 2, 2, 1, 1]
    assert {line["label"]: line["missing"] for line in answer.context["classes"] if not line["is_class"]} == {
        "农村电商人才": 3,
        "乡村卫生健康人才": 1,
    }


def test_a_need_that_was_given_up_is_counted_by_class_and_listed_from_its_day(county):
    need(post="甲", closed_on=ON, close_reason="expired")
    need(post="乙", closed_on=ON, close_reason="met")
    before = ON - datetime.timedelta(days=1)

    def counts(on):
        answer = county.get(reverse("demands_funnel"), {"on": on.isoformat()})
        [line] = [line for line in answer.context["classes"] if not line["is_class"]]
        return line["expired"], line["unmet"]

    assert (counts(before), counts(ON)) == ((0, 2), (1, 0))
    answer = county.get(reverse("demands"), {"state": "expired", "on": ON.isoformat()})
    assert [line["row"].post for line in answer.context["lines"]] == ["甲"]


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("demands", "电商"),
        ("matches", "林主播"),
        ("visits", "教直播"),
        ("funnel", "农村电商人才"),
        ("townships", "区划990121100"),
    ],
)
def test_everything_comes_as_excel(county, what, text):
    day = datetime.date(2026, 4, 1)
    match = factories.match(demand=need(post="电商"), talent=talent("林主播"), invited_on=day, accepted_on=day)
    factories.demand_visit(match=match, done="教直播")

    content = county.get(reverse("demands_excel", args=[what]), {"on": ON.isoformat()}).content

    cells = [str(cell.value) for row in load_workbook(io.BytesIO(content)).active.iter_rows(min_row=4) for cell in row]
    assert any(text in cell for cell in cells)


def test_the_ledger_and_the_page_tell_no_step_of_a_later_day(county):
    day, later = datetime.date(2026, 4, 1), datetime.date(2026, 5, 1)
    match = factories.match(demand=need(), invited_on=day, declined_on=later, decline_reason="家里走不开")

    book = county.get(reverse("demands_excel", args=["matches"]), {"on": "2026-04-15"}).content
    page = county.get(reverse("demand", args=[match.demand_id]), {"on": "2026-04-15"}).content.decode()

    cells = [cell.value for row in load_workbook(io.BytesIO(book)).active.iter_rows(min_row=4) for cell in row]
    assert "2026-04-01" in cells
    assert not {"2026-05-01", "家里走不开"} & set(cells)
    assert "家里走不开" not in page


def test_a_step_that_follows_none_says_so(county):
    need()

    page = county.get(reverse("demands"), {"on": ON.isoformat()}).content.decode()

    assert page.count("提出而未撤回的") == 1
    assert "上一步还没有" in page


def test_the_list_leads_to_the_rosters_that_come_back(clerk):
    held = need().round

    page = clerk.get(reverse("demands"), {"round": held.pk}).content.decode()

    for kind in ("demands", "matches", "demand_visits"):
        assert f"{reverse('roster_export', args=[kind])}?target={held.pk}" in page
        assert f"{reverse('roster_upload')}?kind={kind}&amp;target={held.pk}" in page


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ({"state": "open"}, "甲丙"), ({"state": "met"}, "乙"), ({"state": "unpublished"}, "丙"), ({"class": "industry"}, "甲乙"),
        ({"asker": "enterprise"}, "丙"), ({"q": "品牌"}, "乙"),
    ],
    ids=str,
)  # fmt: skip
def test_list_is_narrowed_by_what_is_asked(county, asked, kept):
    need(post="甲")
    arrived(need(post="乙", skills="品牌"))
    need(post="丙", talent_class="service", sub_class="health", asker="enterprise", unit="某公司", published_on=None)

    lines = county.get(reverse("demands"), {"on": ON.isoformat()} | asked).context["lines"]

    assert {line["row"].post for line in lines} == set(kept)


def test_a_villages_page_tells_its_needs(clerk):
    demand = need(post="电商运营")

    assert reverse("demand", args=[demand.pk]) in clerk.get(reverse("village", args=[HOME])).content.decode()


# --- what the page does not offer is refused where it is sent all the same


@pytest.mark.parametrize("sent", [{"talent": "²"}, {"talent": "9" * 5000}])
def test_an_odd_key_is_nobodys(clerk, sent):
    assert clerk.post(reverse("demand_propose", args=[need().pk]), sent).status_code == 302


def test_an_odd_round_narrows_to_nothing_and_does_not_fall(clerk):
    assert clerk.get(reverse("demands"), {"round": "²"}).status_code == 200


def test_nobody_is_proposed_for_a_closed_need(clerk):
    found, one = need(closed_on=datetime.date(2026, 6, 1), close_reason="withdrawn"), talent("林主播")

    clerk.post(reverse("demand_propose", args=[found.pk]), {"talent": [one.pk]})

    assert not Match.objects.exists()


def test_what_is_published_or_closed_keeps_its_day(county):
    day = datetime.date(2026, 5, 20)
    found = need(stated_on=day, published_on=day, closed_on=day, close_reason="withdrawn")

    county.post(reverse("demand_publish", args=[found.pk]))
    county.post(reverse("demand_close", args=[found.pk]), {"on": "2026-06-01", "reason": "expired"})

    found.refresh_from_db()
    assert (found.published_on, found.closed_on, found.close_reason) == (day, day, "withdrawn")


def test_a_step_that_somebody_else_has_just_taken_is_refused():
    """Two pages show the same match; the second press comes after the first was kept."""
    one = factories.match(proposed_on=datetime.date(2026, 6, 1))
    again, by = Match.objects.get(pk=one.pk), factories.user()
    actions.take_step([one], "invite", on=datetime.date(2026, 6, 2), by=by)

    with pytest.raises(ValidationError, match="别处刚登记过"):
        actions.take_step([again], "invite", on=datetime.date(2026, 6, 9), by=by)


def test_a_clerk_does_not_publish_by_the_lists_of_the_back_office(clerk, county):
    address = reverse("admin:talent_demand_change", args=[need().pk])

    assert 'name="published_on"' in county.get(address).content.decode()
    assert 'name="published_on"' not in clerk.get(address).content.decode()
