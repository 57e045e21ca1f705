"""A village's sheet: prepared from the ledger, filled in by the township, decided by the county, then frozen."""

import datetime
import io

import pytest
from django.urls import reverse
from docx import Document

from core.models import AuditEntry
from talent.actions import reviews as actions
from talent.models import PersonReview, ReviewVisit
from tests import factories
from tests.reviews.conftest import AS_OF, BALLOTS, VILLAGE, decided, sheet_of, typed

DECISION = {"county_opinion": "同意", "decided_on": "2023-10-12"}


def address(sheet):
    return reverse("review_village", args=[sheet.pk])


def post(client, sheet, **fields):
    return client.post(address(sheet), typed(sheet, **fields), follow=True).content.decode()


@pytest.fixture
def sheet(held):
    return sheet_of(held)


def test_the_sheet_says_what_the_ledger_knows_on_the_rounds_date(sign_in, sheet, teams):
    someone = teams[VILLAGE].member
    factories.enrollment(
        person=someone, village=someone.village, session=factories.session(start=AS_OF, end=AS_OF, hours=16)
    )
    factories.award(person=someone, village=someone.village, year=2022, decided_on=datetime.date(2022, 12, 1))
    factories.reserve(
        person=factories.person("后备甲", village=someone.village), village=someone.village, target="secretary"
    )

    page = sign_in("leader").get(address(sheet)).content.decode()

    for told in (
        "“两委”干部 2 人", "书记主任一肩挑", "书记后备 1 名（应备 2）", "“两委”干部 1 人参训，1 人未参训", "1 期 16 学时",
        "2022 年度", "班子中有女性 0 人",
    ):  # fmt: skip
        assert told in page


def test_the_sheet_tells_what_the_yearly_evaluations_found(sign_in, sheet, teams):
    member, place = teams[VILLAGE].member, teams[VILLAGE].village
    announced = {"graded_on": datetime.date(2023, 1, 10)}
    for kind, person, grade in (("cadre", member, "basic"), ("team", None, "excellent")):
        scheme = factories.evaluation_scheme(kind=kind, year=2022, published_on=datetime.date(2023, 1, 20))
        factories.evaluation(scheme=scheme, person=person, village=place, grade=grade, **announced)
    hidden = factories.evaluation_scheme(kind="cadre", year=2023)
    factories.evaluation(scheme=hidden, person=member, village=place, grade="unfit", **announced)

    page = sign_in("leader").get(address(sheet)).content.decode()

    assert "2022 年度优秀" in page
    assert "年度考核：2022 年度基本称职" in page
    assert "2023 年度不称职" not in page


def test_a_later_change_of_the_ledger_does_not_change_the_sheet(sign_in, sheet, teams):
    factories.enrollment(person=teams[VILLAGE].member, session=factories.session(start=AS_OF + datetime.timedelta(1), end=AS_OF + datetime.timedelta(2)))  # fmt: skip

    assert "“两委”干部 0 人参训" in sign_in("leader").get(address(sheet)).content.decode()


def test_what_a_clerk_typed_is_kept(sign_in, sheet):
    page = post(sign_in("township_clerk"), sheet)

    sheet.refresh_from_db()
    assert "已保存" in page
    assert (sheet.status, sheet.team_class, sheet.problems, sheet.valid) == ("filling", "较好", ["后备力量不足"], 37)
    assert set(sheet.people.values_list("grade", "proposal")) == {("称职", "keep")}


def test_saving_leaves_its_lines_in_the_log(sign_in, sheet):
    client = sign_in("township_clerk")
    post(client, sheet)

    assert (
        AuditEntry.objects.filter(by=client.user, model__in=["talent.teamreview", "talent.personreview"]).count() == 3
    )


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ({"returned": 41}, "收回（票）不能多于发出（票）"),
        ({"valid": 39}, "有效（票）不能多于收回（票）"),
        ({"satisfied": 30}, "合计 47 票，多于有效的 37 票"),
        ({"issued": ""}, "没有填发出（票）"),
    ],
)
def test_ballots_that_do_not_add_up_are_told_where_they_stand(sign_in, sheet, counts, told):
    answer = sign_in("township_clerk").post(address(sheet), typed(sheet, plan="整改三条", **counts))

    assert answer.status_code == 400
    assert told in answer.content.decode()
    assert "整改三条" in answer.content.decode()
    sheet.refresh_from_db()
    assert sheet.status == "waiting"


def test_what_somebody_else_wrote_meanwhile_is_not_overwritten_unseen(sign_in, sheet):
    clerk = sign_in("township_clerk")
    seen = {"seen": clerk.get(address(sheet)).context["seen"]}
    post(sign_in(), sheet, plan="县里写的")

    refused = clerk.post(address(sheet), typed(sheet, plan="乡镇写的") | seen)

    sheet.refresh_from_db()
    assert (refused.status_code, sheet.plan) == (409, "县里写的")
    assert "别人刚改过" in refused.content.decode()
    assert "乡镇写的" in refused.content.decode()
    clerk.post(address(sheet), typed(sheet, plan="乡镇写的") | {"seen": refused.context["seen"]})
    sheet.refresh_from_db()
    assert sheet.plan == "乡镇写的"


def test_an_adjustment_needs_a_reason(sign_in, sheet, teams):
    page = post(sign_in("township_clerk"), sheet, proposals={teams[VILLAGE].member.pk: {"proposal": "adjust"}})

    assert "请选调整原因" in page
    assert not PersonReview.objects.filter(proposal="adjust").exists()


def test_a_reason_goes_with_its_proposal(sign_in, sheet, teams):
    post(sign_in("township_clerk"), sheet, proposals={teams[VILLAGE].member.pk: {"proposal": "help", "reason": "外出"}})

    row = PersonReview.objects.get(person=teams[VILLAGE].member)
    assert (row.proposal, row.reason) == ("help", "")


def test_a_clerk_hands_in_and_cannot_change_it_any_more(sign_in, sheet):
    client = sign_in("township_clerk")
    post(client, sheet, action="hand_in")

    page = post(client, sheet, team_class="差")

    sheet.refresh_from_db()
    assert (sheet.status, sheet.team_class) == ("filled", "较好")
    assert "没有改动" in page


def test_what_is_missing_for_handing_in_is_named_and_the_rest_kept(sign_in, sheet, teams):
    member = teams[VILLAGE].member
    page = post(sign_in("township_clerk"), sheet, action="hand_in", proposals={member.pk: {"grade": ""}})

    sheet.refresh_from_db()
    assert f"{member.name}的评价等次没有选" in page
    assert (sheet.status, sheet.team_class) == ("filling", "较好")


def test_a_clerk_does_not_decide(sign_in, sheet):
    answer = sign_in("township_clerk").post(address(sheet), typed(sheet, action="decide") | DECISION)

    sheet.refresh_from_db()
    assert answer.status_code == 403
    assert sheet.status == "waiting"


def test_a_leader_reads_only(sign_in, sheet):
    client = sign_in("leader")

    assert client.get(address(sheet)).context["form"] is None
    assert client.post(address(sheet), typed(sheet)).status_code == 403


def test_a_clerk_of_another_township_finds_nothing(sign_in, sheet):
    client = sign_in("township_clerk", factories.NEIGHBOUR)

    assert client.get(address(sheet)).status_code == 404
    assert client.post(address(sheet), typed(sheet)).status_code == 404


def test_the_county_decides_and_the_sheet_is_frozen(sign_in, sheet):
    client = sign_in()
    client.post(address(sheet), typed(sheet, action="decide") | DECISION)

    page = post(client, sheet, team_class="差")

    sheet.refresh_from_db()
    assert (sheet.status, sheet.team_class, sheet.county_opinion) == ("decided", "较好", "同意")
    assert sheet.decided_on == datetime.date(2023, 10, 12)
    assert "没有改动" in page


def test_a_day_to_come_is_no_day_of_decision(sign_in, sheet):
    answer = sign_in().post(address(sheet), typed(sheet, action="decide") | DECISION | {"decided_on": "2999-01-01"})

    assert "审定日期还没有到" in answer.content.decode()


def test_what_the_county_gives_back_the_clerk_changes(sign_in, sheet):
    clerk, county = sign_in("township_clerk"), sign_in()
    post(clerk, sheet, action="hand_in")

    county.post(reverse("review_return", args=[sheet.pk]), {"reason": "一村一策太空"})

    assert "县里退回：一村一策太空" in clerk.get(address(sheet)).content.decode()
    post(clerk, sheet, action="hand_in", plan="三个月内补齐后备")
    sheet.refresh_from_db()
    assert (sheet.status, sheet.plan, sheet.returned_for) == ("filled", "三个月内补齐后备", "")


def test_a_sheet_that_was_not_handed_in_is_not_given_back(sign_in, sheet):
    page = sign_in().post(reverse("review_return", args=[sheet.pk]), {"reason": "早了"}, follow=True).content.decode()

    assert "还没有报上来" in page


def test_a_visit_is_noted_also_after_the_decision(sign_in, held, sheet):
    decided(held, {})
    visit = {"on": "2024-01-10", "way": "again", "visitors": "镇党委", "talked": 8, "found": "反映较好"}

    page = sign_in("township_clerk").post(reverse("review_visit", args=[sheet.pk]), visit, follow=True).content.decode()

    assert ReviewVisit.objects.get().way == "again"
    assert "谈话 8 人" in page


def test_a_word_that_the_county_no_longer_uses_stays(sign_in, sheet):
    sheet.team_class = "优"
    sheet.save()

    assert ("优", "优") in sign_in().get(address(sheet)).context["form"].fields["team_class"].choices


def test_the_satisfaction_is_of_the_valid_ballots(sheet):
    for name, count in BALLOTS.items():
        setattr(sheet, name, count)

    assert sheet.satisfaction == "81.1%"  # 30 of 37


def handed_in(sheet, on):
    """The complete sheet, handed in on the day."""
    for row in sheet.people.all():
        row.grade, row.proposal = "称职", "keep"
        row.save()
    sheet.team_class = "较好"
    sheet.save()
    actions.hand_in(sheet, on=on, by=factories.user())


def shown(client, sheet, on):
    return client.get(address(sheet), {"on": on}).content.decode()


def test_the_sheet_is_as_far_as_it_was_on_the_date(sign_in, sheet, teams):
    handed_in(sheet, datetime.date(2023, 10, 8))
    actions.decide(sheet, opinion="同意定级", on=datetime.date(2023, 10, 12), by=factories.user())
    client = sign_in("leader")

    before, between, after = (shown(client, sheet, f"2023-{day}") for day in ("10-07", "10-11", "10-12"))

    assert "还没有报县里" in before
    assert "已报县里，还没有审定" in between
    assert "2023-10-08 报县里" in between
    assert "2023-10-12 审定" in after
    assert ["同意定级" in page for page in (before, between, after)] == [False, False, True]
    assert "这一轮还没有开始" in shown(client, sheet, "2023-09-14")


def test_visits_and_changes_of_post_are_told_from_their_day_on(sign_in, held, sheet, teams):
    member = teams[VILLAGE].member
    decided(held, {member.pk: {"proposal": "adjust", "reason": "外出"}})
    review, by = sheet.people.get(person=member), factories.user()
    actions.carry_out(review, on=datetime.date(2023, 10, 25), reason="unfit", document_no="", by=by)
    factories.review_visit(team=sheet, on=datetime.date(2023, 12, 20), way="again", visitors="第三走访组")
    client = sign_in("leader")

    pages = [shown(client, sheet, day) for day in ("2023-10-24", "2023-10-25", "2023-12-20")]

    assert [">免职</span>" in page for page in pages] == [False, True, True]
    assert ["第三走访组" in page for page in pages] == [False, False, True]


def test_the_word_sheet_is_as_far_as_it_was_on_the_date(sign_in, sheet):
    handed_in(sheet, datetime.date(2023, 10, 8))
    actions.decide(sheet, opinion="同意定级", on=datetime.date(2023, 10, 12), by=factories.user())
    client = sign_in()

    def told(on):
        paper = Document(io.BytesIO(client.get(reverse("review_sheet", args=[sheet.pk]), {"on": on}).content))
        cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
        return " ".join([*(line.text for line in paper.paragraphs), *cells])

    assert "审定和走访截至 2023年10月11日" in told("2023-10-11")
    assert "较好（未审定）" in told("2023-10-11")
    assert "同意定级" not in told("2023-10-11")
    assert "较好（2023年10月12日审定）" in told("2023-10-12")


def test_handing_in_keeps_its_day(sign_in, sheet):
    client = sign_in("township_clerk")
    client.get("/", {"on": "2023-10-08"})

    post(client, sheet, action="hand_in")

    sheet.refresh_from_db()
    assert sheet.handed_in_on == datetime.date(2023, 10, 8)


def test_a_visit_to_come_is_not_noted_yet(sign_in, sheet):
    visit = {"on": "2999-01-10", "way": "sight", "visitors": "镇党委", "talked": 8, "found": "反映较好"}

    page = sign_in().post(reverse("review_visit", args=[sheet.pk]), visit).content.decode()

    assert "走访日期还没有到" in page
    assert "反映较好" in page
    assert not ReviewVisit.objects.exists()


def test_what_is_carried_out_for_a_later_day_is_told_today(sign_in, held, sheet, teams):
    member = teams[VILLAGE].member
    decided(held, {member.pk: {"proposal": "adjust", "reason": "外出"}})
    review = sheet.people.get(person=member)
    actions.carry_out(review, on=datetime.date(2999, 1, 1), reason="unfit", document_no="", by=factories.user())

    page = sign_in().get(address(sheet)).content.decode()

    assert ">免职</span>" in page
    assert "看办理情况" in page
