"""Support policies: conditions against the ledger, application, approval within the budget, payment, result, what-if, roster."""

import datetime

import pytest
from django.urls import reverse

from awards.models import SupportApplication, SupportBudget, SupportCondition, SupportPolicy
from core import indicators
from tests import factories
from tests.awards.conftest import FOREIGN, HOME, ON, text
from tests.awards.test_safeguards import cells
from tests.rosters.handing import codes, committed, hand_in, row_of

pytestmark = pytest.mark.django_db
day = datetime.date
HEAD = ("乡镇", "村（社区）", "姓名", "身份证号", "申请日期", "经营类型", "项目", "流转面积", "备注")


@pytest.fixture
def policy(places):
    """200 yuan a mu up to 5000, for those up to 45 who came back; 6000 yuan in 2024."""
    kept = factories.support_policy(
        name="土地流转补贴", kind="land", formula="per_unit", base="亩", rate=200, cap=5000, repeat_years=1
    )
    factories.support_condition(policy=kept, kind="age", most=45)
    factories.support_condition(policy=kept, kind="origin", words="返乡")
    factories.support_budget(policy=kept, amount=6000)
    return kept


@pytest.fixture
def returned(places):
    someone = factories.person("返乡人", village=HOME, birth_date=day(1990, 1, 1), id_number=None)
    factories.rural_talent(person=someone, village=HOME, origin="returned", start=day(2023, 1, 1))
    return someone


def asked(policy, someone, **fields):
    told = {"policy": policy, "person": someone, "village": someone.village, "base": 10, "applied_on": day(2024, 3, 1)}
    return factories.support_application(**told | fields)


def approve(browser, row, **fields):
    told = {"approve-on": ON.isoformat(), "approve-document_no": "清委办〔2024〕9号", "approve-reason": ""} | fields
    return browser.post(reverse("support_approve", args=[row.pk]), told)


def test_the_county_writes_a_policy_with_conditions_and_budget(county):
    typed = {
        "name": "创业贷款贴息", "kind": "loan", "document_no": "清政办〔2024〕1号", "start": "2024-01-01", "formula": "percent",
        "rate": "50", "base": "当年付息", "cap": "20000", "repeat_years": "1",
    }  # fmt: skip
    assert county.post(reverse("support_policy_new"), typed).status_code == 302
    kept = SupportPolicy.objects.get()
    condition = reverse("support_condition", args=[kept.pk])
    assert county.post(condition, {"condition-kind": "age", "condition-most": "50"}).status_code == 302
    assert county.post(condition, {"condition-kind": "age", "condition-most": "45"}).status_code == 302
    assert (
        county.post(condition, {"condition-kind": "role", "condition-words": "在任村干部，在库乡村人才"}).status_code
        == 302
    )
    budget = {"budget-year": "2024", "budget-amount": "100000", "budget-document_no": "批复"}
    assert county.post(reverse("support_budget", args=[kept.pk]), budget).status_code == 302

    page = text(county.get(reverse("support_policy", args=[kept.pk])))

    assert "当年付息的 50%，最高 20,000 元" in page
    assert "年龄（周岁）不超过 45" in page
    assert "身份：在任村干部、在库乡村人才" in page
    assert SupportCondition.objects.count() == 2
    assert "100,000.00" in page


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"condition-kind": "role", "condition-words": "村民"}, "不是可选的内容"),
        ({"condition-kind": "age"}, "填“不少于”或“不超过”"),
        ({"condition-kind": "age", "condition-least": "50", "condition-most": "18"}, "请核对"),
        ({"condition-kind": "education", "condition-words": "大专、本科"}, "学历只写一个"),
        ({"condition-kind": "age", "condition-most": "-1"}, ""),
    ],
)
def test_a_condition_that_cannot_be_is_told(county, policy, wrong, told):
    before = SupportCondition.objects.count()

    page = text(county.post(reverse("support_condition", args=[policy.pk]), wrong), 400)

    assert told in page
    assert SupportCondition.objects.count() == before


def test_the_clerk_applies_for_somebody_and_sees_each_reason(clerk, county, policy, returned):
    someone = factories.person("张三", village=HOME)
    factories.rural_talent(person=someone, village=HOME, origin="returned", start=day(2023, 1, 1))
    typed = {
        "who-name": "张三", "who-id_number": someone.id_number, "village": HOME, "applied_on": "2024-10-08",
        "project": "茶园扩建", "business": "planting", "base": "12.5",
    }  # fmt: skip

    answer = clerk.post(reverse("support_apply", args=[policy.pk]), typed)

    row = SupportApplication.objects.get()
    assert answer.url == reverse("support_application", args=[row.pk])
    page = text(clerk.get(answer.url))
    assert f"{someone.age(day(2024, 10, 8))} 周岁" in page
    assert "2,500.00 元" in page
    again = text(clerk.post(reverse("support_apply", args=[policy.pk]), typed), 400)
    assert "还有一份申请待审批" in again
    assert "茶园扩建" in again
    unsaid = text(clerk.post(reverse("support_apply", args=[policy.pk]), typed | {"business": ""}), 400)
    assert "这一项还没有填" in unsaid
    assert SupportApplication.objects.count() == 1


def test_an_application_for_somebody_of_another_township_is_refused(clerk, policy):
    other = factories.person("邻镇人", village=FOREIGN)
    typed = {
        "who-name": "邻镇人", "who-id_number": other.id_number, "village": HOME, "applied_on": "2024-10-08",
        "project": "茶园", "base": "1",
    }  # fmt: skip

    text(clerk.post(reverse("support_apply", args=[policy.pk]), typed), 400)

    assert not SupportApplication.objects.exists()
    hidden = asked(policy, other)
    assert clerk.get(reverse("support_application", args=[hidden.pk])).status_code == 404


def test_approval_fixes_the_amount_within_the_budget(county, policy, returned):
    first, other = (
        asked(policy, returned, base=40),
        factories.person("另一人", village=HOME, birth_date=day(1985, 1, 1), id_number=None),
    )
    factories.rural_talent(person=other, village=HOME, origin="returned", start=day(2023, 1, 1))
    second = asked(policy, other, base=10)

    assert approve(county, first).status_code == 302
    first.refresh_from_db()
    assert (first.state, first.amount, first.decided_on) == ("approved", 5000, ON)

    page = text(approve(county, second), 400)
    assert "2024 年预算 6,000.00 元，已批准 5,000.00 元，再批准 2,000.00 元就超预算" in page
    assert "清委办〔2024〕9号" in page

    low = {"budget-year": "2024", "budget-amount": "4000", "budget-document_no": "批复"}
    assert "预算不能少于这个数" in text(county.post(reverse("support_budget", args=[policy.pk]), low), 400)


def test_who_does_not_qualify_is_not_approved(county, policy):
    old = factories.person("年长者", village=HOME, birth_date=day(1970, 1, 1), id_number=None)
    factories.rural_talent(person=old, village=HOME, origin="local", start=day(2023, 1, 1))
    row = asked(policy, old)

    page = text(approve(county, row), 400)

    assert "年龄（周岁）不超过 45（54 周岁）" in page
    assert "引育方式：返乡（本土培养）" in page
    row.refresh_from_db()
    assert row.state == "submitted"


def test_what_the_ledger_does_not_know_needs_a_word(county, policy):
    someone = factories.person("无生日", village=HOME, id_number=None, birth_date=None)
    factories.rural_talent(person=someone, village=HOME, origin="returned", start=day(2023, 1, 1))
    row = asked(policy, someone)

    assert "台账不掌握：年龄（周岁）不超过 45" in text(approve(county, row), 400)
    assert approve(county, row, **{"approve-reason": "已核对户口簿"}).status_code == 302


def test_the_same_support_again_and_excluded_support_are_barred(county, policy, returned):
    SupportPolicy.objects.update(exclusion_group="创业")
    policy.refresh_from_db()
    other = factories.support_policy(name="一次性创业补贴", exclusion_group="创业")
    factories.support_budget(policy=other)
    assert approve(county, asked(policy, returned)).status_code == 302
    again, excluded = (
        asked(policy, returned, applied_on=day(2024, 10, 1)),
        asked(other, returned, applied_on=day(2024, 10, 1)),
    )

    assert "重复享受（间隔 1 年）" in text(approve(county, again), 400)
    assert "互斥政策（2024 年“土地流转补贴”的申请已批准）" in text(approve(county, excluded), 400)


def test_the_result_is_written_after_the_year(clerk, county, policy, returned):
    row = asked(policy, returned)
    approve(county, row)
    due = reverse("support_applications") + "?due=1&on="
    assert "返乡人" not in text(clerk.get(due + "2025-11-03"))
    assert "返乡人" in text(clerk.get(due + "2025-11-04"))
    url = reverse("support_result", args=[row.pk])
    told = {"result-after_years": "1", "result-checked_on": "2025-10-01", "result-jobs": "3", "result-people_led": "20"}  # fmt: skip

    assert "仍在经营" in text(clerk.post(url, told), 400)  # is asked, not taken for granted
    told |= {"result-in_business": "False"}
    assert "还不满 1 年" in text(clerk.post(url, told), 400)
    assert clerk.post(url, told | {"result-checked_on": "2025-12-01"}).status_code == 302

    assert "已停业，带动就业 3 人" in text(clerk.get(reverse("support_application", args=[row.pk])))
    assert "返乡人" not in text(clerk.get(due + "2025-12-04"))


def test_refusal_and_withdrawal_tell_the_reason(clerk, county, policy, returned):
    row = asked(policy, returned)
    url = reverse("support_reject", args=[row.pk])
    assert clerk.post(url, {"close-on": "2024-11-04", "close-reason": "材料不实"}).status_code == 403
    assert county.post(url, {"close-on": "2024-11-04", "close-reason": ""}).status_code == 400
    assert county.post(url, {"close-on": "2024-11-04", "close-reason": "材料不实"}).status_code == 302

    assert "材料不实" in text(clerk.get(reverse("support_application", args=[row.pk])))
    answer = clerk.post(
        reverse("support_withdraw", args=[row.pk]), {"close-on": "2024-11-04", "close-reason": "不办了"}
    )
    assert "已经办结" in text(answer, 400)


def test_what_if_shows_who_would_qualify_and_what_it_costs_and_keeps_nothing(county, policy, returned):
    older = factories.person("四十八岁", village=HOME, birth_date=day(1976, 1, 1), id_number=None)
    factories.rural_talent(person=older, village=HOME, origin="returned", start=day(2023, 1, 1))
    url = reverse("support_what_if", args=[policy.pk])
    now = county.get(url).context
    assert (len(now["before"].qualified), now["before"].cost) == (1, 0)

    tried = county.get(url, {"rate": "300", "cap": "5000", "mean": "10", "age_most": "50", "origin_words": "返乡"})

    assert (len(tried.context["after"].qualified), tried.context["after"].cost) == (2, 6000)
    assert "四十八岁" in text(tried)
    fewer = county.get(url, {"rate": "200", "mean": "10", "age_most": "30", "origin_words": "返乡"})
    assert [person.name for person in fewer.context["lost"]] == ["返乡人"]
    policy.refresh_from_db()
    assert policy.rate == 200
    assert policy.conditions.get(kind="age").most == 45


@pytest.mark.parametrize(
    "wrong", [{"rate": "x"}, {"rate": "0"}, {"rate": "1", "origin_words": "天上"}, {"rate": "1", "age_least": "60", "age_most": "20"}]
)  # fmt: skip
def test_a_what_if_that_cannot_be_stays_in_the_form(county, policy, wrong):
    text(county.get(reverse("support_what_if", args=[policy.pk]), wrong), 400)


def test_the_list_is_excel_and_stays_in_the_township(clerk, county, policy, returned):
    asked(policy, factories.person("邻镇人", village=FOREIGN))
    row = asked(policy, returned)
    approve(county, row)

    head, line = cells(clerk.get(reverse("support_applications"), {"xlsx": "1"}))

    told = dict(zip(head, line, strict=True))
    assert (told["申请人"], told["状态"], told["批准金额（元）"]) == ("返乡人", "已批准", 2000)
    _, *both = cells(county.get(reverse("support_applications"), {"xlsx": "1"}))
    assert len(both) == 2
    SupportApplication.objects.filter(pk=row.pk).update(business="craft")
    _, *narrowed = cells(county.get(reverse("support_applications"), {"xlsx": "1", "business": "craft"}))
    assert [line[0] for line in narrowed] == ["返乡人"]
    told = county.get(reverse("api:support-application-list"), {"business": "craft"}).json()["results"]
    assert [one["id"] for one in told] == [row.pk]


def test_figures_of_the_year(county, policy, returned):
    row = asked(policy, returned)
    approve(county, row)

    assert indicators.figure("support_recipients", county.user, ON).value == 1
    assert indicators.figure("support_granted_wan", county.user, ON).value == 0.2
    assert indicators.figure("support_recipients", county.user, day(2024, 11, 3)).value == 0
    assert indicators.figure("support_recipients", county.user, day(2025, 1, 1)).value == 0


def test_a_roster_of_applications(clerk, county, policy, returned):
    someone = factories.person("李四", village=HOME)
    told = ("城关镇", "甲山村", "李四", someone.id_number, "2024.10.08", "种植", "茶园扩建", 20, "")

    committed(clerk.user, "support_applications", HEAD, told, target_id=policy.pk)
    row = SupportApplication.objects.get()
    assert (row.policy, row.person, row.business, row.base) == (policy, someone, "planting", 20)
    assert row.applied_on == day(2024, 10, 8)

    again = committed(clerk.user, "support_applications", HEAD, (*told[:7], 25, ""), target_id=policy.pk)
    assert row_of(again).diff == {"support_base": ["20.00", "25.00"]}
    missing = hand_in(clerk.user, "support_applications", HEAD, (*told[:3], factories.person("王五", village=HOME).id_number, *told[4:7], "", ""), target_id=policy.pk)  # fmt: skip
    assert "base_missing" in codes(missing)
    unsaid = hand_in(clerk.user, "support_applications", HEAD, (*told[:3], factories.person("赵六", village=HOME).id_number, "2024.10.08", "", *told[6:]), target_id=policy.pk)  # fmt: skip
    assert "missing_field:business" in codes(unsaid)


def test_the_budget_is_of_one_year(county, policy, returned):
    SupportBudget.objects.update(year=2023)

    assert "还没有登记 2024 年的预算" in text(approve(county, asked(policy, returned)), 400)
