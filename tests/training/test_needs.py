"""Who lacks what, and the class list drafted from it."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from core import parameters, rules
from core.models import ParameterValue
from tests import factories
from tests.rosters.handing import queries
from tests.training.conftest import FOREIGN, HOME, ON
from training import evidence, needs
from training.models import Enrollment, TrainingWish

pytestmark = pytest.mark.django_db


def attended(person, topic, start, **fields):
    session = factories.session(start=start, end=start)
    session.topics.add(topic)
    return factories.enrollment(person=person, session=session, **fields)


def lacking(user, on=ON):
    return {one.member.person.name: one.reason for one in needs.needs(user, on)}


def test_who_never_attended_lacks_it(sign_in, topic, cadre):
    cadre("李四")

    assert lacking(sign_in().user) == {"李四": "必修，从未参加"}


def test_what_was_attended_in_time_is_not_lacked(sign_in, topic, cadre):
    attended(cadre(), topic, datetime.date(2023, 11, 21))

    assert lacking(sign_in().user) == {}


def test_what_was_attended_too_long_ago_is_lacked_again(sign_in, topic, cadre):
    attended(cadre("李四"), topic, datetime.date(2023, 11, 20))

    assert lacking(sign_in().user) == {"李四": "必修，每 3 年一次，上次 2023.11"}


def test_staying_away_is_not_attending(sign_in, topic, cadre):
    factories.enrollment(person=(someone := cadre("李四")))
    attended(someone, topic, datetime.date(2026, 3, 1))
    Enrollment.objects.update(result="absent")

    assert lacking(sign_in().user) == {"李四": "必修，从未参加"}


def test_who_left_office_lacks_nothing(sign_in, topic, cadre):
    cadre("李四", end=ON - datetime.timedelta(days=1))

    assert lacking(sign_in().user) == {}


def test_a_wish_is_a_need_until_it_is_met(sign_in, cadre):
    someone, wanted = cadre("李四"), factories.topic(name="电商")
    factories.training_wish(person=someone, village=someone.village, topic=wanted, source="evaluation")
    user = sign_in().user
    assert lacking(user) == {"李四": "考核评议反映（2026）"}

    attended(someone, wanted, datetime.date(2026, 5, 1))

    assert lacking(user) == {}


def test_a_failed_test_is_evidence_until_the_topic_is_passed(sign_in, topic, cadre):
    someone = cadre("李四")
    attended(someone, topic, datetime.date(2026, 3, 1), result="qualified", score=80)
    failed = attended(someone, topic, datetime.date(2026, 9, 1), result="unqualified", score=45)
    user = sign_in().user

    assert lacking(user) == {"李四": f"2026.09 “{failed.session}”测试 45 分，不到 60 分"}
    assert lacking(user, datetime.date(2026, 8, 31)) == {}
    attended(someone, topic, datetime.date(2026, 10, 1), result="qualified", score=60)
    assert lacking(user) == {}


def test_what_was_attended_and_never_passed_is_still_required(sign_in, topic, cadre):
    attended(cadre("李四"), topic, datetime.date(2026, 9, 1), result="unqualified")
    client = sign_in()

    told = lacking(client.user)["李四"]

    assert told.startswith("必修，每 3 年一次，参加过但没有合格；2026.09 ")
    assert told.endswith("不合格")
    assert "李四" in needs_page(client, kind="failed")
    assert "李四" not in needs_page(client, kind="never")
    [found] = [one for one in rules.check(ON) if one.code == "topic_overdue"]
    assert "村务公开" in found.message


def still_needed(client, session, who, topic, **more):
    about = {"do": "need", "who": who, "topic": topic.pk, "remarks": ""}
    return client.post(f"/training/sessions/{session.pk}/feedback/", about | more)


def test_what_a_trainee_still_needs_after_a_class_is_evidence_until_a_later_class(sign_in, over, topic, cadre):
    someone, client = cadre("李四"), sign_in()
    factories.enrollment(person=someone, session=over)

    answer = still_needed(client, over, "李四", topic, remarks="案例太少")

    assert answer.status_code == 302
    assert lacking(client.user) == {"李四": f"班次评价反映（2026）：“{over}”后还需要"}
    assert lacking(client.user, over.start) == {}
    assert "李四" in needs_page(client, kind="feedback")
    assert "案例太少" in client.get(f"/training/sessions/{over.pk}/feedback/").content.decode()
    assert f"{topic}</a> 1 人" in client.get(f"/training/sessions/{over.pk}/").content.decode()
    attended(someone, topic, datetime.date(2026, 11, 1))
    assert lacking(client.user) == {}


def test_a_wish_of_the_year_becomes_what_is_still_needed(sign_in, over, topic, cadre):
    someone = cadre("李四")
    factories.enrollment(person=someone, session=over)
    factories.training_wish(person=someone, village=someone.village, topic=topic, year=2026)

    still_needed(sign_in(), over, "李四", topic)

    wish = TrainingWish.objects.get()
    assert (wish.source, wish.session) == ("feedback", over)


@pytest.mark.parametrize(("who", "told"), [("王五", "不在这一期的名单里"), ("没有此人", "没有找到这个人"), ("", "")])
def test_what_somebody_else_needs_is_not_said_of_a_class(sign_in, over, topic, cadre, who, told):
    cadre("王五")

    answer = still_needed(sign_in(), over, who, topic, remarks="写下的话")

    assert answer.status_code == 400
    assert told in answer.content.decode()
    assert "写下的话" in answer.content.decode()
    assert not TrainingWish.objects.exists()


def test_needs_go_by_the_sources_that_are_given(sign_in, topic, cadre):
    """The seam for evidence that is kept elsewhere, such as the yearly evaluation of cadres."""
    someone, asked_for = cadre("李四"), factories.topic(name="电商")
    other = lambda asked: [evidence.Evidence(key, asked_for, evidence.WISH, "年度考核提出") for key in asked.people]  # noqa: E731

    found = needs.needs(sign_in().user, ON, sources=[other])

    assert [(one.member.person, one.topic, one.reason) for one in found] == [(someone, asked_for, "年度考核提出")]


def test_a_clerk_sees_the_own_township_only(sign_in, topic, cadre):
    cadre("李四")
    cadre("王五", FOREIGN)

    page = sign_in("township_clerk").get("/training/needs/").content.decode()

    assert "李四" in page
    assert "王五" not in page


def guided(person, status="decided", on=ON, proposal="help"):
    """A review of the person that names a problem and a plan."""
    decided = {"status": status, "team_class": "较好", "decided_on": on} if status == "decided" else {"status": status}
    held = factories.review_round(name="2026年届中研判", opens=on, as_of=on, closes=on)
    team = factories.team_review(village=person.village, round=held, **decided)
    about = {"proposal": proposal, "performance": "政策不熟", "plan": "由镇长结对帮带"}
    return factories.person_review(person=person, team=team, **about)


def needs_page(client, **asked):
    return client.get("/training/needs/", asked).content.decode()


def test_what_the_review_says_of_somebody_is_evidence(sign_in, topic, cadre):
    guided(cadre("李四"))

    page = needs_page(sign_in(), kind="review")

    assert "必修，从未参加 <span" in page
    assert "届中研判教育帮带</span>" in page
    assert "政策不熟；由镇长结对帮带" in page


def test_who_lacks_no_topic_is_shown_with_the_review_too(sign_in, cadre):
    guided(cadre("李四"))

    assert "政策不熟；由镇长结对帮带" in needs_page(sign_in())


@pytest.mark.parametrize(
    "about", [{"status": "filled"}, {"on": ON + datetime.timedelta(days=1)}, {"proposal": "keep"}], ids=str
)
def test_only_what_the_county_decided_by_the_date_is_evidence(sign_in, topic, cadre, about):
    guided(cadre("李四"), **about)

    assert "政策不熟" not in needs_page(sign_in())


def test_a_clerk_of_another_township_sees_no_review(sign_in, topic, cadre):
    guided(cadre("王五", FOREIGN))

    assert "政策不熟" not in needs_page(sign_in("township_clerk"))


def test_filters_narrow_the_list_and_excel_is_what_the_page_shows(sign_in, topic, cadre):
    cadre("李四")
    client = sign_in()

    assert "李四" in client.get(f"/training/needs/?kind=never&topic={topic.pk}&group=committee").content.decode()
    assert "李四" not in client.get("/training/needs/?kind=overdue").content.decode()
    assert client.get("/training/needs/?excel=1").content.startswith(b"PK")


@pytest.mark.parametrize(
    ("counts", "places", "given"),
    [
        ({"a": 30, "b": 10}, 8, {"a": 6, "b": 2}),
        ({"a": 5, "b": 5, "c": 5}, 10, {"a": 4, "b": 3, "c": 3}),
        ({"a": 3, "b": 1}, 50, {"a": 3, "b": 1}),
        ({}, 50, {}),
    ],
)
def test_quotas_share_the_places_and_never_exceed_who_is_there(counts, places, given):
    assert needs.quotas(counts, places) == given


def test_a_list_is_drafted_by_quota_and_confirmed(sign_in, held, cadre):
    for number in range(3):
        cadre(f"李{number}", HOME)
    cadre("王五", FOREIGN)
    client = sign_in()

    client.post(
        f"/training/sessions/{held.pk}/draft/", {f"quota-{factories.OWN}": "2", f"quota-{factories.NEIGHBOUR}": "0"}
    )
    assert sorted(held.enrollments.values_list("village_id", "result")) == [(HOME, "draft")] * 2
    client.post(f"/training/sessions/{held.pk}/", {"do": "confirm"})

    assert set(held.enrollments.values_list("result", flat=True)) == {"enrolled"}


def test_who_is_called_elsewhere_on_the_days_is_not_proposed(sign_in, held, cadre):
    busy = cadre("李四")
    other = factories.session(start=held.end, end=held.end)
    factories.enrollment(person=busy, session=other, result="enrolled")
    client = sign_in()

    page = client.get(f"/training/sessions/{held.pk}/draft/").content.decode()

    assert "没有人可列" in page


def test_putting_in_somebody_called_elsewhere_says_where(sign_in, held, cadre):
    busy = cadre("李四")
    other = factories.session(name="书记班", start=held.end, end=held.end)
    factories.enrollment(person=busy, session=other, result="enrolled")

    answer = sign_in().post(f"/training/sessions/{held.pk}/", {"do": "put_in", "who": "李四"})

    assert answer.status_code == 400
    assert "不能重复调训" in answer.content.decode()
    assert "书记班" in answer.content.decode()
    assert not held.enrollments.exists()


def test_the_form_of_an_enrolment_refuses_a_double_booking_too(held, cadre):
    other = factories.session(start=held.start, end=held.start)
    taken = factories.enrollment(person=cadre("李四"), session=other, result="enrolled")

    with pytest.raises(Exception, match="不能重复调训"):
        Enrollment(session=held, person=taken.person, village=taken.village, result="enrolled").full_clean()


def test_a_clerk_nominates_own_people_and_takes_them_back_until_the_list_stands(sign_in, held, cadre):
    cadre("李四")
    cadre("王五", FOREIGN)
    client, url = sign_in("township_clerk"), f"/training/sessions/{held.pk}/"

    assert client.post(url, {"do": "put_in", "who": "王五"}).status_code == 400
    assert client.post(url, {"do": "put_in", "who": "李四"}).status_code == 302
    row = held.enrollments.get()
    assert (row.result, row.person.name) == ("draft", "李四")
    assert client.post(url, {"do": "confirm"}).status_code == 403
    held.enrollments.update(result="enrolled")
    assert client.post(url, {"do": "drop", "enrollment": row.pk}).status_code == 400
    held.enrollments.update(result="draft")
    client.post(url, {"do": "drop", "enrollment": row.pk})
    assert not held.enrollments.exists()


def test_a_clerk_cannot_take_out_somebody_elses_person(sign_in, held, cadre):
    theirs = factories.enrollment(
        person=cadre("王五", FOREIGN), village=factories.village(FOREIGN), session=held, result="draft"
    )

    answer = sign_in("township_clerk").post(f"/training/sessions/{held.pk}/", {"do": "drop", "enrollment": theirs.pk})

    assert answer.status_code == 404
    assert held.enrollments.exists()


def test_a_clerk_states_a_wish_of_an_own_person_once(sign_in, topic, cadre):
    cadre("李四")
    cadre("王五", FOREIGN)
    client = sign_in("township_clerk")
    stated = {"who": "李四", "topic": topic.pk, "year": "2026", "source": "self", "remarks": ""}

    assert client.post("/training/wishes/", stated).status_code == 302
    again = client.post("/training/wishes/", stated)
    foreign = client.post("/training/wishes/", stated | {"who": "王五"})

    assert (again.status_code, foreign.status_code) == (400, 400)
    assert "已提过这个专题" in again.content.decode()
    assert TrainingWish.objects.get().village_id == HOME


def test_the_page_costs_the_same_for_two_as_for_twenty(sign_in, topic, cadre):
    client = sign_in()

    def cost():
        return queries(lambda: client.get("/training/needs/"))

    for number in range(2):
        cadre(f"李{number}")
    cost()
    few = cost()
    for number in range(18):
        cadre(f"王{number}", FOREIGN)

    assert cost() == few


@pytest.mark.parametrize("do", ["put_in", "wish"])
def test_a_clerk_writes_nothing_into_a_neighbours_village(sign_in, held, do):
    """Somebody of the next township whose file is seen here for a post held long ago is put in by their own township."""
    guest = factories.person("过客", village=FOREIGN)
    long_ago = {"start": datetime.date(2015, 1, 1), "end": datetime.date(2018, 1, 1)}
    factories.appointment(person=guest, village=factories.village(HOME), post="village_committee_member", **long_ago)
    topic = held.topics.get()

    answer = (
        sign_in("township_clerk").post(f"/training/sessions/{held.pk}/", {"do": "put_in", "who": "过客"})
        if do == "put_in"
        else sign_in("township_clerk").post(
            "/training/wishes/", {"who": "过客", "topic": topic.pk, "year": 2026, "source": "person"}
        )
    )

    assert "请由其所在乡镇办理" in answer.content.decode()
    assert not Enrollment.objects.exists()
    assert not TrainingWish.objects.exists()


@pytest.mark.parametrize("sent", [{"do": "drop", "enrollment": "9" * 5000}, {"do": "put_in", "who": "李\0四"}])
def test_what_nobody_types_is_refused_and_does_not_fall(sign_in, held, sent):
    assert sign_in().post(f"/training/sessions/{held.pk}/", sent).status_code in {400, 404}


def test_a_wish_stands_on_the_time_line_and_answers_for_a_date(sign_in, topic, cadre):
    someone = cadre()
    client = sign_in()
    client.post(
        "/training/wishes/",
        {"who": someone.name, "topic": topic.pk, "year": 2026, "source": "self", "stated_on": "2026-05-06"},
    )

    assert "2026-05-06" in client.get("/training/wishes/").content.decode()
    page = client.get(f"/people/{someone.pk}/").content.decode()
    assert "培训需求" in page
    assert "村务公开（2026 年度）" in page
    before = client.get("/training/wishes/", {"on": "2026-05-05"}).content.decode()
    assert someone.name not in before
    user = client.user

    def wished(on):
        return list(evidence.wished(evidence.Asked(user, on, {someone.pk: None})))

    assert wished(datetime.date(2026, 5, 5)) == []
    assert len(wished(datetime.date(2026, 5, 6))) == 1


@pytest.mark.parametrize("typed", ["2999-01-01", "0000-01-01", "9999-12-31", "昨天"])
def test_a_day_on_which_nobody_can_have_asked_is_told_and_stays_typed(sign_in, topic, cadre, typed):
    someone = cadre()

    answer = sign_in().post(
        "/training/wishes/",
        {"who": someone.name, "topic": topic.pk, "year": 2026, "source": "self", "stated_on": typed},
    )

    assert answer.status_code == 400
    assert f'value="{typed}"' in answer.content.decode()
    assert not TrainingWish.objects.exists()


# --- the yearly evaluation as evidence


def evaluated(
    person, grade="basic", published=datetime.date(2026, 2, 1), points=None, graded=datetime.date(2026, 1, 20)
):
    """Somebody's evaluation of 2025, with `points` of 40 for 工作实绩."""
    scheme = factories.evaluation_scheme(year=2025, published_on=published)
    row = factories.evaluation(scheme=scheme, person=person, village=person.village, grade=grade, graded_on=graded)
    if points is not None:
        item = factories.evaluation_item(scheme=scheme, title="工作实绩")
        factories.evaluation_score(evaluation=row, item=item, township_points=points)
    return row


def reasons(client, on=ON):
    return {(one.member.person.name, one.topic.name): one.reason for one in needs.needs(client.user, on)}


def test_a_low_grade_and_a_low_indicator_are_evidence_of_the_topics_that_the_county_maps_to_them(sign_in, cadre):
    for name in ("村级财务与廉洁履职", "发展壮大村集体经济", "党建引领乡村治理"):
        factories.topic(name=name)
    evaluated(cadre(), points=23)
    client = sign_in()

    assert reasons(client) == {
        ("李四", "村级财务与廉洁履职"): "2025 年度考核基本称职",
        ("李四", "发展壮大村集体经济"): "2025 年度考核“工作实绩”得分率 57%，不到 60%",
    }
    page = client.get("/training/needs/", {"kind": "evaluated"}).content.decode()
    assert "年度考核反映" in page
    assert "2025 年度考核基本称职" in page
    assert reasons(client, datetime.date(2026, 1, 31)) == {}


def test_a_score_is_evidence_as_it_stood_on_the_day(sign_in, cadre):
    factories.topic(name="发展壮大村集体经济")
    row = evaluated(cadre(), grade="competent", points=23)
    first = row.scores.get()
    first.end = datetime.date(2026, 5, 31)
    first.save()
    factories.evaluation_score(evaluation=row, item=first.item, township_points=39, start=datetime.date(2026, 6, 1))
    client = sign_in()

    assert ("李四", "发展壮大村集体经济") in reasons(client, datetime.date(2026, 5, 31))
    assert reasons(client, datetime.date(2026, 6, 1)) == {}


def test_what_is_mapped_and_what_is_low_are_the_countys(sign_in, cadre):
    factories.topic(name="群众工作方法")
    evaluated(cadre(), grade="competent", points=30)
    client = sign_in()
    assert reasons(client) == {}

    for key, text in (("training_topics_of_evaluation", "工作实绩=群众工作方法"), ("training_low_percent", "80")):
        ParameterValue.objects.create(
            division=client.user.division,
            key=key,
            value=list(parameters.get(key).clean(text)) if "=" in text else 80,
            start=datetime.date(2026, 1, 1),
            basis="县委通知",
        )

    assert reasons(client) == {("李四", "群众工作方法"): "2025 年度考核“工作实绩”得分率 75%，不到 80%"}


@pytest.mark.parametrize("line", ["工作实绩", "=专题", "工作实绩="])
def test_a_mapping_that_is_none_is_told(line):
    with pytest.raises(ValidationError, match="看不懂"):
        parameters.get("training_topics_of_evaluation").clean(line)


def test_a_topic_passed_after_the_grade_is_no_longer_lacked(sign_in, cadre):
    topic = factories.topic(name="村级财务与廉洁履职")
    someone = cadre()
    evaluated(someone)
    client = sign_in()
    attended(someone, topic, datetime.date(2025, 12, 1))
    assert len(reasons(client)) == 1

    attended(someone, topic, datetime.date(2026, 3, 1))

    assert reasons(client) == {}


def test_a_clerk_of_another_township_sees_no_evaluation(sign_in, cadre):
    factories.topic(name="村级财务与廉洁履职")
    evaluated(cadre("丁一", FOREIGN))

    assert reasons(sign_in("township_clerk")) == {}
