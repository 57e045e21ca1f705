"""A county's rounds of elections, reviews and recruitment by roster: past ones come in whole, what hangs on one stays."""

import datetime

import pytest
from django.urls import reverse

from rosters import importer
from talent import actions
from talent.models import (
    ElectionRound,
    ElectionStep,
    ElectionVillage,
    JointReviewDepartment,
    PersonReview,
    Recruitment,
    RecruitmentQuota,
    ReviewRound,
    TeamReview,
)
from tests import factories
from tests.api.conftest import client_of
from tests.rosters.handing import codes, committed, hand_in, messages, queries, row_of, sent_back
from villages.models import Term

pytestmark = pytest.mark.django_db
HOME, SECOND, FOREIGN = "990121100201", "990121100202", "990121101201"
REVIEWS = ("研判轮次", "数据时点", "开始日期", "截止日期", "方案文号", "要求")
ELECTIONS = (
    "换届轮次", "轮次类型", "本届", "新一届", "选举日", "启动日期", "办结日期", "方案文号", "补选的村", "距选举日（天）", "流程事项",
    "事项要求", "由谁办", "完成日期",
)  # fmt: skip
NOTICES = (
    "公告标题", "年度", "公告文号", "乡镇", "名额", "年龄不超过", "学历不低于", "政治面貌要求", "笔试占比", "面试占比", "公告日期",
    "报名截止", "公示开始", "公示结束",
)  # fmt: skip


@pytest.fixture
def staff():
    factories.division(factories.COUNTY, "清源县")
    factories.division(factories.OWN, "城关镇")
    factories.division(factories.NEIGHBOUR, "柳林镇")
    for code, name in ((HOME, "甲村"), (SECOND, "乙村"), (FOREIGN, "丙村")):
        factories.village(code, name)
    return factories.user()


@pytest.fixture
def clerk(staff):
    return factories.user("township_clerk", factories.OWN)


def shown(upload):
    return [row.change for row in upload.rows.order_by("order")]


# --- rounds of the mid-term review


def review(
    name="2018年届中研判", day="2018.09.01", opens="2018.09.01", closes="2018.10.20", document="清委组〔2018〕9号"
):
    return (name, day, opens, closes, document, "全覆盖")


def test_a_past_round_of_review_comes_in_with_its_sheets_and_goes_again(staff):
    someone = factories.person(village=HOME)
    factories.appointment(person=someone, village=HOME, start=datetime.date(2016, 1, 1))

    upload = committed(staff, "review_rounds", REVIEWS, review())

    held = ReviewRound.objects.get()
    assert (held.name, held.as_of, held.document_no) == (
        "2018年届中研判", datetime.date(2018, 9, 1), "清委组〔2018〕9号",
    )  # fmt: skip
    assert TeamReview.objects.filter(round=held).count() == 3
    assert PersonReview.objects.get().person == someone
    assert shown(sent_back("review_rounds", staff)) == ["unchanged"]
    importer.undo(upload, by=staff)
    assert not ReviewRound.objects.exists()


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"closes": "2018.08.01"}, "end_before_start"),
        ({"day": "2018.11.01"}, "data_day_late"),
        ({"day": ""}, "missing_field:data_day"),
        ({"name": "研" * 61}, "too_long"),
        ({"opens": "0001-01-01"}, "bad_date"),
    ],
)
def test_a_round_of_review_that_cannot_be_is_refused(staff, said, code):
    assert code in codes(hand_in(staff, "review_rounds", REVIEWS, review(**said)))


def test_the_day_of_a_round_moves_while_no_sheet_is_begun(staff):
    committed(staff, "review_rounds", REVIEWS, review())
    someone = factories.person(village=HOME)
    factories.appointment(person=someone, village=HOME, start=datetime.date(2018, 9, 10))
    committed(staff, "review_rounds", REVIEWS, review(day="2018.09.15"))
    assert PersonReview.objects.get().person == someone

    TeamReview.objects.filter(village=HOME).update(status="filling")

    assert "round_begun" in codes(hand_in(staff, "review_rounds", REVIEWS, review(day="2018.09.20")))
    assert (
        row_of(hand_in(staff, "review_rounds", REVIEWS, review(day="2018.09.15", closes="2018.11.30"))).change
        == "changed"
    )


@pytest.mark.parametrize(
    ("kind", "header", "line"),
    [
        ("review_rounds", REVIEWS, review()),
        ("election_rounds", ELECTIONS, ("2018年换届", "换届", "", "第十届", "2018.08.20", "2018.07.10", *[""] * 8)),
        ("recruitments", NOTICES, ("公告", 2019, "", "城关镇", 2, *[""] * 5, "2019.03.01", "2019.03.20", "", "")),
    ],
)
def test_a_township_reads_the_rounds_and_writes_none(staff, clerk, kind, header, line):
    refused = hand_in(clerk, kind, header, line)
    committed(staff, kind, header, line)

    assert any("of_county" in code for code in codes(refused))
    again = sent_back(kind, clerk)
    assert set(shown(again)) == {"unchanged"}


# --- rounds of elections


def step(title, offset, name="2018年换届", **said):
    about = {
        "kind": "换届", "outgoing": "", "incoming": "第十届", "day": "2018.08.20", "start": "2018.07.10", "end": "2018.09.30",
        "document": "清委〔2018〕3号", "villages": "", "due": "", "per": "各村", "done": "",
    } | said  # fmt: skip
    return (
        name, about["kind"], about["outgoing"], about["incoming"], about["day"], about["start"], about["end"],
        about["document"], about["villages"], offset, title, about["due"], about["per"], about["done"],
    )  # fmt: skip


PAST = (
    step("核定职数", -35, per="全县", done="2018.07.16"),
    step("选举大会", 0),
)


def test_a_past_round_of_elections_comes_in_whole_and_closed(staff):
    upload = committed(staff, "election_rounds", ELECTIONS, *PAST)

    held = ElectionRound.objects.get()
    assert (held.incoming.name, held.end, held.is_by_election) == ("第十届", datetime.date(2018, 9, 30), False)
    steps = ElectionStep.objects.order_by("offset").values_list("title", "per", "done_on")
    assert list(steps) == [("核定职数", "county", datetime.date(2018, 7, 16)), ("选举大会", "village", None)]
    assert ElectionVillage.objects.count() == 3
    assert JointReviewDepartment.objects.exists()
    assert shown(sent_back("election_rounds", staff)) == ["unchanged"] * 2
    importer.undo(upload, by=staff)
    assert not ElectionRound.objects.exists()
    assert not Term.objects.exists()


def test_rounds_that_follow_each_other_come_in_any_order(staff):
    later = step(
        "选举大会",
        0,
        "2021年换届",
        incoming="第十一届",
        outgoing="第十届",
        day="2021.01.10",
        start="2020.12.01",
        end="2021.03.01",
    )

    committed(staff, "election_rounds", ELECTIONS, later, *PAST)

    assert ElectionRound.objects.get(name="2021年换届").outgoing.name == "第十届"


def test_a_round_without_steps_takes_the_template(staff):
    committed(staff, "election_rounds", ELECTIONS, step("", "", per=""))

    assert ElectionStep.objects.count() == 16


def test_a_by_election_names_its_villages(staff):
    row = step(
        "补选大会",
        0,
        "2019年补选",
        kind="补选",
        start="2019.03.01",
        day="2019.04.01",
        end="2019.05.01",
        villages="城关镇甲村、丙村",
    )
    committed(staff, "election_rounds", ELECTIONS, *PAST, row)

    held = ElectionRound.objects.get(kind="by_election")
    assert sorted(held.places.values_list("village", flat=True)) == [HOME, FOREIGN]
    assert set(shown(sent_back("election_rounds", staff))) == {"unchanged"}
    other = step(
        "补选大会", 0, "2020年补选", kind="补选", start="2020.03.01", day="2020.04.01", end="", villages="无名村"
    )
    assert "by_election_villages" in codes(hand_in(staff, "election_rounds", ELECTIONS, other))


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"end": "2018.01.01"}, "end_before_start"),
        ({"end": "2099.01.01"}, "closed_in_future"),
        ({"day": ""}, "missing_field:election_day"),
        ({"incoming": ""}, "missing_field:incoming_term"),
        ({"outgoing": "第九届"}, "unknown_term_name"),
        ({"outgoing": "第十届"}, "same_term"),
        ({"done": "2018.08.20"}, "step_of_villages"),
        ({"per": "全县", "done": "2099.08.20"}, "done_in_future"),
        ({"kind": "换届选举大会"}, "unknown_round_kind"),
        ({"incoming": "届" * 31}, "too_long"),
    ],
)
def test_a_round_of_elections_that_cannot_be_is_refused(staff, said, code):
    assert code in codes(hand_in(staff, "election_rounds", ELECTIONS, step("选举大会", 0, **said)))


@pytest.mark.parametrize(
    ("offset", "code"), [(401, "not_whole"), (1.5, "not_whole"), ("", "missing_field:step_offset")]
)
def test_a_step_that_cannot_be_is_refused(staff, offset, code):
    assert code in codes(hand_in(staff, "election_rounds", ELECTIONS, step("选举大会", offset)))


def test_a_closed_round_takes_nothing_until_it_is_opened_again(staff):
    committed(staff, "election_rounds", ELECTIONS, *PAST)

    for changed in (step("选举大会", 1), step("交接", 10), step("选举大会", 0, document="另一文号")):
        assert "election_round_closed" in codes(hand_in(staff, "election_rounds", ELECTIONS, changed))
    committed(staff, "election_rounds", ELECTIONS, step("选举大会", 0, end="清空"))
    committed(staff, "election_rounds", ELECTIONS, step("选举大会", 1, end=""), step("交接", 10, end=""))

    assert ElectionRound.objects.get().end is None
    assert list(ElectionStep.objects.order_by("offset").values_list("title", "offset")) == [
        ("核定职数", -35), ("选举大会", 1), ("交接", 10),
    ]  # fmt: skip


def test_what_hangs_on_a_round_stays(staff):
    committed(staff, "election_rounds", ELECTIONS, *(step(row[10], row[9], end="") for row in PAST))
    held = ElectionRound.objects.get()
    place = held.places.get(village=HOME)
    factories.election_step_done(step=held.steps.get(title="选举大会"), place=place)
    factories.election_ballot(place=place)
    factories.candidate(round=held, village=place.village)

    told = [
        codes(hand_in(staff, "election_rounds", ELECTIONS, step("选举大会", 0, end="", **said)))
        for said in ({"day": "2018.08.25"}, {"per": "全县"}, {"kind": "补选"}, {"incoming": "第十一届"})
    ]

    assert told == [{"already_voted"}, {"step_done_in_villages"}, {"round_is_fixed"}, {"round_is_fixed"}]
    assert held.candidates.count() == 1


def test_villages_go_with_the_rounds_day_unless_they_have_their_own(staff):
    committed(staff, "election_rounds", ELECTIONS, *(step(row[10], row[9], end="") for row in PAST))
    own = ElectionVillage.objects.get(village=SECOND)
    actions.set_election_days([own], day=datetime.date(2018, 8, 30), by=staff)

    committed(staff, "election_rounds", ELECTIONS, step("选举大会", 0, end="", day="2018.08.25"))

    days = dict(ElectionVillage.objects.values_list("village", "election_day"))
    assert (days[HOME].day, days[SECOND].day) == (25, 30)


def test_a_refused_row_leaves_nothing_in_what_another_row_writes(staff):
    committed(staff, "election_rounds", ELECTIONS, *(step(row[10], row[9], end="") for row in PAST))
    bad = step("选举大会", 0, end="2099.01.01", document="不该写入")
    good = step("核定职数", -30, end="")

    upload = hand_in(staff, "election_rounds", ELECTIONS, bad, good)
    importer.confirm(upload, by=staff)

    held = ElectionRound.objects.get()
    assert held.document_no == "清委〔2018〕3号"
    assert held.steps.get(title="核定职数").offset == -30


# --- open recruitment


def notice(township="城关镇", places=2, title="2019年招聘公告", **said):
    about = {
        "year": 2019, "document": "清委组〔2019〕5号", "age": 35, "education": "大专", "party": "不限", "written": 60,
        "interview": "", "published": "2019.03.01", "until": "2019.03.20", "first": "", "last": "",
    } | said  # fmt: skip
    return (
        title, about["year"], about["document"], township, places, about["age"], about["education"], about["party"],
        about["written"], about["interview"], about["published"], about["until"], about["first"], about["last"],
    )  # fmt: skip


def test_a_past_notice_comes_in_with_its_places_and_goes_again(staff):
    upload = committed(staff, "recruitments", NOTICES, notice(), notice("柳林镇", 3))

    held = Recruitment.objects.get()
    assert (held.year, held.min_education, held.written_weight, held.interview_weight) == (
        2019, "junior_college", 60, 40,
    )  # fmt: skip
    quotas = RecruitmentQuota.objects.order_by("township").values_list("township__name", "places")
    assert list(quotas) == [("城关镇", 2), ("柳林镇", 3)]
    again = sent_back("recruitments", staff)
    assert shown(again) == ["unchanged"] * 2
    assert not messages(again)
    importer.undo(upload, by=staff)
    assert not Recruitment.objects.exists()


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"places": ""}, "missing_field:places"),
        ({"places": 0}, "not_whole"),
        ({"township": ""}, "missing_field:township"),
        ({"year": "", "published": "2019.03.01"}, "missing_field:notice_year"),
        ({"year": 19}, "not_whole"),
        ({"age": 17}, "ages_differ"),
        ({"written": 60, "interview": 60}, "weights_differ"),
        ({"until": "2019.02.01"}, "end_before_start"),
        ({"first": "2019.04.01"}, "publicity_days"),
        ({"first": "2019.03.01", "last": "2019.03.10"}, "publicity_days"),
        ({"title": "公" * 101}, "too_long"),
        ({"party": "群众"}, "unknown_asked_party"),
    ],
)
def test_a_notice_that_cannot_be_is_refused(staff, said, code):
    upload = hand_in(staff, "recruitments", NOTICES, notice(**said))

    assert code in codes(upload)
    assert not upload.writes


def test_places_never_fall_below_those_engaged(staff):
    committed(staff, "recruitments", NOTICES, notice())
    held = Recruitment.objects.get()
    for number in range(2):
        someone = factories.person(f"张{number}", village=HOME)
        place = factories.reserve(person=someone, village=HOME)
        factories.recruitment_application(
            recruitment=held, person=someone, village=HOME, eligibility="passed", written=80, interview=80, physical="passed",
            inspection="passed", publicity="passed", engaged_on=datetime.date(2019, 6, 1), place=place,
        )  # fmt: skip

    assert "fewer_than_engaged" in codes(hand_in(staff, "recruitments", NOTICES, notice(places=1)))
    committed(staff, "recruitments", NOTICES, notice(places=4, document="清委组〔2019〕6号"))
    assert held.quotas.get().places == 4
    assert held.applications.count() == 2


# --- the doors


@pytest.mark.parametrize("kind", ["review_rounds", "election_rounds", "recruitments", "team_reviews", "review_visits"])
def test_rest_tells_of_the_kinds(staff, kind):
    told = client_of(role="county_staff").get(f"rosters/{kind}/")

    assert told.status_code == 200
    assert told.json()["columns"]


def test_a_round_is_opened_by_rest(staff):
    row = {"review_round": "2018年届中研判", "data_day": "2018-09-01", "opens": "2018-09-01", "closes": "2018-10-20"}

    answer = client_of(can_write=True).post("rosters/review_rounds/", {"rows": [row]})

    assert answer.status_code == 201, answer.content.decode()
    assert ReviewRound.objects.get().teams.count() == 3


def test_a_townships_token_opens_none(staff):
    row = {"review_round": "2018年届中研判", "data_day": "2018-09-01", "opens": "2018-09-01", "closes": "2018-10-20"}

    answer = client_of(factories.OWN, can_write=True).post("rosters/review_rounds/", {"rows": [row]})

    assert "round_of_county" in answer.content.decode()
    assert not ReviewRound.objects.exists()


@pytest.mark.parametrize(
    ("page", "kind"), [("reviews", "review_rounds"), ("elections", "election_rounds"), ("recruitments", "recruitments")]
)
def test_the_lists_lead_to_their_rosters_for_the_county_alone(staff, clerk, client, page, kind):
    upload, export = f"{reverse('roster_upload')}?kind={kind}", reverse("roster_export", args=[kind])
    client.force_login(staff)
    shown_to_staff = client.get(reverse(page)).content.decode()
    client.force_login(clerk)
    shown_to_clerk = client.get(reverse(page)).content.decode()

    assert upload in shown_to_staff
    assert export in shown_to_staff
    assert upload not in shown_to_clerk


def test_comparing_many_rounds_costs_no_more_queries_than_few(staff):
    def cost(number):
        lines = [step(f"步骤{one}", one, f"换届{one}", incoming=f"第{one}届") for one in range(number)]
        return queries(lambda: hand_in(staff, "election_rounds", ELECTIONS, *lines))

    cost(1)
    assert cost(2) == cost(20)
