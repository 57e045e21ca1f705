"""The joint review: a department sees and fills in its own column; 有 strikes a formal candidate off; the county back-fills."""

import datetime

import pytest
from django.urls import reverse

from talent.models import Candidate, JointReviewDepartment, JointReviewMark
from tests import factories
from tests.elections.conftest import clear, signed_in, stand

pytestmark = pytest.mark.django_db


def text(answer):
    return answer.content.decode()


@pytest.fixture
def police(held, staff):
    """The account of 公安局, given its column by the county."""
    account = factories.user("reviewer", factories.COUNTY, name="公安局经办人")
    department = held.departments.get(name="公安局")
    setup(staff, held, **{f"account_{department.pk}": account.pk})
    return signed_in(account)


def lines_of(held):
    items = [
        f"{row.name}：{item.title}" for row in held.departments.order_by("pk") for item in row.items.order_by("pk")
    ]
    return "\n".join(items)


def setup(staff, held, lines=None, **accounts):
    return staff.post(
        reverse("joint_review_setup", args=[held.pk]), {"lines": lines or lines_of(held), **accounts}, follow=True
    )


def column(held, name="公安局"):
    return reverse("joint_review_column", args=[held.departments.get(name=name).pk])


def filled(held, person, result, name="公安局", **more):
    items = held.departments.get(name=name).items.all()
    told = {f"result-{item.pk}-{person.pk}": result for item in items}
    return told | {"decided_on": "2026-01-03", "document_no": "清公函〔2026〕1号", "reviewer": "李警官"} | more


def test_a_department_sees_its_own_column_only(police, held, team, staff):
    stand(held, team.member, "village_director", by=staff.user, formal=False)

    page = text(police.get(column(held)))

    assert "老委员" in page
    assert "受过刑事处罚" in page
    assert "涉邪教" not in page
    assert police.get(column(held, "政法委")).status_code == 404
    assert [
        line.count("公安局") for line in text(police.get(reverse("joint_reviews"))).splitlines() if "政法委" in line
    ] == []


def test_the_rest_is_clear_stays_ticked_where_something_is_wrong(police, held, team, staff):
    stand(held, team.member, "village_director", by=staff.user, formal=False)
    typed = filled(held, team.member, "found", rest_clear="1")

    refused = text(police.post(column(held), typed))

    assert "请写明具体情况" in refused
    assert 'name="rest_clear" value="1" checked' in refused
    assert 'name="rest_clear" value="1" checked' not in text(police.get(column(held)))


@pytest.mark.parametrize("name", ["elections", "villages", "findings", "search", "roster_home"])
def test_a_department_sees_nothing_else_of_the_ledger(police, name):
    assert police.get(reverse(name)).status_code == 403


def test_a_department_does_not_open_candidates_people_or_the_matrix(police, held, team, staff):
    row = stand(held, team.member, "village_director", by=staff.user, formal=False)
    place = held.places.get(village_id=row.village_id)
    urls = [
        reverse("election_candidates", args=[held.pk]), reverse("joint_review", args=[held.pk]),
        reverse("election_village", args=[place.pk]), reverse("person", args=[team.member.pk]),
        "/admin/talent/candidate/", "/api/v1/candidates/", "/admin/talent/jointreviewmark/",
    ]  # fmt: skip

    assert {police.get(url).status_code for url in urls} == {403}


def test_the_home_of_a_department_leads_to_its_column(police):
    assert reverse("joint_reviews") in text(police.get("/"))


def test_another_departments_account_does_not_fill_it_in(held, team, staff, police):
    other = signed_in(factories.user("reviewer", factories.COUNTY))
    stand(held, team.member, "village_director", by=staff.user, formal=False)

    assert other.post(column(held), filled(held, team.member, "found")).status_code == 404
    assert not JointReviewMark.objects.exists()


def test_an_account_of_another_county_gets_no_column(held, staff):
    foreign = factories.user("reviewer", factories.OTHER_COUNTY)
    department = held.departments.get(name="公安局")

    setup(staff, held, **{f"account_{department.pk}": foreign.pk})

    assert JointReviewDepartment.objects.get(pk=department.pk).account is None


def test_a_closed_round_is_not_filled_in_any_more(police, held, staff):
    held.end = datetime.date(2026, 1, 31)
    held.save()

    assert police.get(column(held)).status_code == 404


def test_a_department_fills_in_results_with_number_and_date(police, held, team, staff):
    stand(held, team.member, "village_director", by=staff.user, formal=False)

    police.post(column(held), filled(held, team.member, "clear"))

    kept = JointReviewMark.objects.values_list("result", "document_no", "decided_on", "reviewer")
    assert set(kept) == {("clear", "清公函〔2026〕1号", datetime.date(2026, 1, 3), "李警官")}
    assert len(kept) == 2


def test_the_rest_of_the_page_is_marked_clear(police, held, team, staff):
    for person in (team.member, team.newcomer):
        stand(held, person, "village_director", by=staff.user, formal=False)

    police.post(column(held), filled(held, team.member, "unknown", rest_clear="1"))

    assert JointReviewMark.objects.filter(person=team.newcomer, result="clear").count() == 2
    assert JointReviewMark.objects.filter(person=team.member, result="unknown").count() == 2


def test_a_finding_without_a_reason_is_refused_and_what_was_typed_stays(police, held, team, staff):
    stand(held, team.member, "village_director", by=staff.user, formal=False)

    page = text(
        police.post(column(held), filled(held, team.member, "found", **{f"number-{team.member.pk}": "清公7号"}))
    )

    assert "请写明具体情况" in page
    assert "清公7号" in page
    assert not JointReviewMark.objects.exists()


def test_a_finding_strikes_a_formal_candidate_off(police, held, team, staff):
    row = stand(held, team.member, "village_director", by=staff.user)

    page = text(
        police.post(column(held), filled(held, team.member, "found", **{f"reason-{team.member.pk}": "有犯罪记录"}), follow=True)
    )  # fmt: skip

    row.refresh_from_db()
    assert row.status == "disqualified"
    assert "公安局：受过刑事处罚，有犯罪记录" in row.out_reason
    assert "已取消正式候选人资格：老委员" in page


def test_a_finding_taken_back_unblocks(police, held, team, staff):
    row = stand(held, team.member, "village_director", by=staff.user, formal=False)
    police.post(column(held), filled(held, team.member, "found", **{f"reason-{team.member.pk}": "有犯罪记录"}))
    assert Candidate.objects.get(pk=row.pk).blocked_reason

    police.post(column(held), filled(held, team.member, "clear"))

    assert Candidate.objects.get(pk=row.pk).blocked_reason == ""


def test_the_county_fills_in_for_a_department(staff, clerk, held, team):
    stand(held, team.member, "village_director", by=staff.user, formal=False)

    assert clerk.post(column(held), filled(held, team.member, "clear")).status_code == 403
    staff.post(column(held), filled(held, team.member, "clear"))

    assert JointReviewMark.objects.count() == 2


def test_an_item_with_results_stays_in_the_round(staff, held, team):
    stand(held, team.member, "village_director", by=staff.user)
    lines = lines_of(held).replace("公安局：受过刑事处罚\n", "")

    page = text(setup(staff, held, lines))

    assert "已有联审结论，不能删除" in page
    assert held.departments.get(name="公安局").items.count() == 2


def test_items_are_the_rounds_own(staff, held):
    setup(staff, held, "公安局：吸毒\n税务局：欠税")

    assert set(held.departments.values_list("name", flat=True)) == {"公安局", "税务局"}


def test_the_table_shows_the_worst_of_each_department_and_the_clerk_sees_own_people(
    staff, clerk, neighbour, held, team
):
    stand(held, team.member, "village_director", by=staff.user, formal=False)
    clear(held, team.member, but=[team.member], by=staff.user)
    url = reverse("joint_review", args=[held.pk])

    assert "正被立案" in text(clerk.get(url))
    assert "老委员" not in text(neighbour.get(url))
    assert staff.get(reverse("joint_review_export", args=[held.pk])).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    ["/admin/", "/people/", "/villages/", "/elections/", "/reviews/", "/recruitments/", "/rosters/", "/rosters/upload/",
     "/findings/", "/search/?q=a", "/api/v1/persons/", "/api/v1/rosters/"],
)  # fmt: skip
def test_a_department_opens_its_column_and_nothing_else(client, address):
    client.force_login(factories.user("reviewer"), backend="core.auth.RoleBackend")

    assert client.get("/joint-reviews/").status_code == 200
    assert client.get(address).status_code == 403
