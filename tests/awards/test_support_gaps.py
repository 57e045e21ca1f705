"""Support: two people for an approval, pairs that exclude each other, the record, loans, templates, what is late, any date."""

import datetime
import threading
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse
from openpyxl import load_workbook

from awards import actions
from awards.models import SupportApplication, SupportBudget, SupportExclusion, SupportPolicy
from core import rules
from core.models import ParameterValue
from talent.models import RuralTalent
from tests import factories
from tests.awards.conftest import HOME, ON, text
from tests.awards.test_safeguards import cells
from tests.awards.test_support import HEAD, approve, asked, policy, returned  # noqa: F401 (fixtures)
from tests.rosters.handing import codes, committed, hand_in

day = datetime.date


@pytest.mark.django_db
def test_whoever_entered_or_changed_an_application_does_not_approve_it(county, browser, policy, returned):  # noqa: F811
    row = asked(policy, returned, entered_by=county.user)
    page = county.get(reverse("support_application", args=[row.pk]))
    assert "请由另一位工作人员审批" in text(page)

    assert "请由另一位工作人员审批" in text(approve(county, row), 400)
    refusal = {"close-on": ON.isoformat(), "close-reason": "材料不实"}
    text(county.post(reverse("support_reject", args=[row.pk]), refusal), 400)
    other = browser()
    change = {"project": "茶园扩建二期", "base": "12", "business": "planting", "remarks": ""}
    assert other.post(reverse("support_change", args=[row.pk]), change).status_code == 302
    text(approve(other, row), 400)  # now it is the other's word
    assert approve(county, row).status_code == 302

    row.refresh_from_db()
    assert (row.entered_by, row.decided_by, row.amount) == (other.user, county.user, 2400)
    assert "已经办结" in text(other.post(reverse("support_change", args=[row.pk]), change), 400)


@pytest.mark.django_db
def test_a_pair_of_policies_excludes_each_other(county, policy, returned):  # noqa: F811
    other = factories.support_policy(name="一次性创业补贴")
    factories.support_budget(policy=other, year=2025)
    url = reverse("support_exclude", args=[policy.pk])
    assert county.post(url, {"exclusion-second": other.pk, "exclusion-span": "ever"}).status_code == 302
    again = {"exclusion-second": policy.pk, "exclusion-span": "year"}
    assert "已经登记为互斥" in text(county.post(reverse("support_exclude", args=[other.pk]), again), 400)
    assert "一次性创业补贴" in text(county.get(reverse("support_policy", args=[policy.pk])))
    assert approve(county, asked(policy, returned)).status_code == 302

    later = asked(other, returned, base=None, applied_on=day(2025, 3, 1))
    told = {"approve-on": "2025-03-04"}
    assert "互斥政策（2024 年“土地流转补贴”的申请已批准）" in text(approve(county, later, **told), 400)
    SupportExclusion.objects.update(span="year")
    assert approve(county, later, **told).status_code == 302

    assert county.post(reverse("support_exclusion_drop", args=[SupportExclusion.objects.get().pk])).status_code == 302
    assert not SupportExclusion.objects.exists()


@pytest.mark.django_db
def test_two_decided_in_one_year_exclude_each_other_though_asked_for_the_year_before(county, policy, returned):  # noqa: F811
    SupportPolicy.objects.update(exclusion_group="创业")
    other = factories.support_policy(name="一次性创业补贴", exclusion_group="创业")
    for one in (policy, other):
        factories.support_budget(policy=one, year=2025)
    first, second = (asked(one, returned, applied_on=day(2024, 12, 20)) for one in (policy, other))
    SupportApplication.objects.filter(pk=first.pk).update(state="approved", amount=2000, decided_on=day(2025, 1, 6))

    told = "互斥政策（2025 年“土地流转补贴”的申请已批准）"

    assert told in text(approve(county, second, **{"approve-on": "2025-02-10"}), 400)
    assert "2025 年“土地流转补贴”" in text(
        county.get(reverse("support_application", args=[second.pk]), {"on": "2025-02-10"})
    )


@pytest.mark.django_db
def test_the_record_of_integrity_speaks_against_without_saying_what(county, clerk, policy, returned):  # noqa: F811
    factories.integrity_record(person=returned, start=day(2024, 1, 1), end=day(2025, 1, 1), reason="违规收礼")
    row = asked(policy, returned)

    page = text(clerk.get(reverse("support_application", args=[row.pk])))
    assert "影响期内的处分" in page
    assert "违规收礼" not in page
    assert "纪律" in text(approve(county, row), 400)
    url = reverse("support_what_if", args=[policy.pk])
    assert county.get(url).context["before"].may_apply == frozenset()

    SupportPolicy.objects.update(clean_record=False)
    assert approve(county, row).status_code == 302


@pytest.mark.django_db
def test_a_loan_tells_bank_amount_rate_and_days(clerk, county, places):
    loan = factories.support_policy(name="创业贷款贴息", kind="loan", formula="percent", base="当年付息", rate=50)
    factories.support_budget(policy=loan)
    someone = factories.person("张三", village=HOME)
    typed = {
        "who-name": "张三", "who-id_number": someone.id_number, "village": HOME, "applied_on": "2024-10-08", "project": "茶厂",
        "business": "processing", "base": "9000", "bank": "农商银行", "loan": "200000", "loan_rate": "4.35",
        "loan_start": "2024-01-01", "loan_end": "2023-12-31",
    }  # fmt: skip
    url = reverse("support_apply", args=[loan.pk])
    page = text(clerk.post(url, typed), 400)
    assert "贴息期截止不早于开始" in page
    assert "农商银行" in page

    clerk.post(url, typed | {"loan_end": "2024-12-30"})

    row = SupportApplication.objects.get()
    page = text(clerk.get(reverse("support_application", args=[row.pk])))
    assert "贴息期 365 天，付息约 8,700.00 元，申请填的 9,000.00 元比它多" in page
    assert "台账不掌握：贷款资料" in text(approve(county, row), 400)
    assert approve(county, row, **{"approve-reason": "已核对结息单"}).status_code == 302


@pytest.mark.django_db
def test_a_policy_from_a_template_of_the_county(county):
    ParameterValue.objects.create(
        division_id=factories.COUNTY, key="support_template_land", start=day(2024, 1, 1), basis="清政办〔2024〕3号",
        value=["名称：茶园流转补贴", "标准：每亩 150 元，最高 6000 元", "再次享受：只能一次", "年龄（周岁）不少于 18，不超过 55", "经营类型：种植"],
    )  # fmt: skip
    url = reverse("support_policy_new") + "?template=land"
    form = county.get(url).context["form"]
    told = {name: form.get_initial_for_field(form.fields[name], name) for name in ("name", "kind", "formula", "rate", "base", "cap", "repeat_years")}  # fmt: skip
    assert told == {"name": "茶园流转补贴", "kind": "land", "formula": "per_unit", "rate": "150", "base": "亩", "cap": "6000", "repeat_years": 0}  # fmt: skip

    typed = told | {"document_no": "清政办〔2024〕3号", "start": "2024-01-01", "clean_record": "on"}
    assert county.post(url, typed).status_code == 302
    kept = SupportPolicy.objects.get()
    assert [one.text for one in kept.conditions.all()] == ["年龄（周岁）不少于 18，不超过 55", "经营类型：种植"]

    again = county.get(reverse("support_policy_new") + f"?like={kept.pk}")
    assert "经营类型：种植" in text(again)
    assert "茶园流转补贴" in text(again)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["loan", "tax", "land", "one_off"])
def test_every_template_that_is_shipped_makes_a_policy(county, kind):
    url = f"{reverse('support_policy_new')}?template={kind}"
    form = county.get(url).context["form"]
    typed = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    typed = {name: value for name, value in typed.items() if value is not None}

    assert county.post(url, typed | {"document_no": "文号"}).status_code == 302
    assert SupportPolicy.objects.get().conditions.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "line", ["标准：很多", "年龄（周岁）不少于 60，不超过 20", "经营类型：挖矿", "再次享受：常常", "随便"]
)
def test_a_template_that_cannot_be_is_told(county, line):
    url = reverse("parameter", args=["support_template_land"])

    page = text(county.post(url, {"typed": f"名称：补贴\n{line}", "start": "2024-01-01", "basis": "文件"}))

    assert "看不懂" in page or "不是可选的内容" in page
    assert not ParameterValue.objects.exists()


@pytest.mark.django_db
def test_what_is_due_and_missing_is_found_until_it_is_there(policy, returned):  # noqa: F811
    row = asked(policy, returned, applied_on=day(2021, 3, 1))

    def found(on):
        return {one.code for one in rules.check(on, HOME) if one.code.startswith("support_")}

    assert found(day(2021, 3, 31)) == set()
    assert found(day(2021, 4, 1)) == {"support_undecided"}
    row.state, row.amount, row.decided_on = "approved", 2000, day(2021, 4, 1)
    row.save()
    factories.support_payment(application=row, on=day(2021, 7, 1), amount=2000)
    assert found(day(2021, 3, 31) + datetime.timedelta(61)) == set()
    assert found(day(2021, 6, 1)) == {"support_unpaid"}
    assert found(day(2021, 7, 1)) == set()
    assert found(day(2022, 4, 30)) == set()
    assert found(day(2022, 5, 1)) == {"support_unvisited_1"}
    factories.support_result(application=row, after_years=1, checked_on=day(2022, 6, 1))
    assert found(day(2022, 5, 31)) == {"support_unvisited_1"}
    assert found(day(2022, 6, 1)) == set()
    assert found(day(2024, 5, 1)) == {"support_unvisited_3"}


@pytest.mark.django_db
def test_list_village_page_and_time_line_tell_the_date(clerk, county, policy, returned):  # noqa: F811
    row = asked(policy, returned)
    approve(county, row)
    url = reverse("support_applications")

    _, before = cells(clerk.get(url, {"xlsx": "1", "on": "2024-11-03"}))
    _, after = cells(clerk.get(url, {"xlsx": "1", "on": "2024-11-04"}))

    assert tuple(before[8:10]) == ("待审批", None)
    assert tuple(after[8:10]) == ("已批准", 2000)
    village = reverse("village", args=[HOME])
    assert "还没有人享受扶持政策" in text(clerk.get(village, {"on": "2024-11-03"}))
    assert "2024-11-04 批准 2,000.00 元" in text(clerk.get(village, {"on": "2024-11-04"}))
    assert "土地流转补贴：已批准 2,000.00 元" in text(clerk.get(reverse("person", args=[returned.pk])))


@pytest.mark.django_db
def test_what_if_asks_for_the_kind_of_business_and_gives_the_list(county, policy, returned):  # noqa: F811
    cattle = factories.person("养牛人", village=HOME, birth_date=day(1985, 1, 1), id_number=None)
    factories.rural_talent(person=cattle, village=HOME, origin="returned", start=day(2023, 1, 1), business="breeding")
    tea = factories.person("茶农", village=HOME, birth_date=day(1985, 1, 1), id_number=None)
    factories.rural_talent(person=tea, village=HOME, origin="returned", start=day(2023, 1, 1))
    RuralTalent.objects.filter(person=returned).update(specialty="茶叶种植", skills="种植")  # words say no business
    asked(factories.support_policy(name="别的政策"), tea, base=None, business="planting")
    url = reverse("support_what_if", args=[policy.pk])
    tried = {
        "rate": "200",
        "cap": "5000",
        "mean": "10",
        "age_most": "45",
        "origin_words": "返乡",
        "business_words": "种植",
    }

    page = county.get(url, tried)

    assert {one.person.name for one in page.context["after"].qualified.values()} == {"茶农"}
    assert {person.name for person in page.context["lost"]} == {"返乡人", "养牛人"}
    assert page.context["after"].unknown == 1  # nobody knows what the third does
    assert (page.context["year_after"], page.context["left_after"]) == (2000, 4000)
    sheet = load_workbook(BytesIO(county.get(url, tried | {"xlsx": "1"}).content)).active
    rows = [[cell.value for cell in row][:2] for row in sheet.iter_rows(min_row=4)]
    assert sorted(rows) == [["不再符合", "养牛人"], ["不再符合", "返乡人"], ["仍符合", "茶农"]]


@pytest.mark.django_db
def test_the_roster_of_a_loan(clerk, county, places):
    loan = factories.support_policy(name="创业贷款贴息", kind="loan", formula="percent", base="当年付息", rate=50)
    land = factories.support_policy(name="土地流转补贴", kind="land", formula="per_unit", base="亩", rate=50)
    head = (*HEAD, "贷款银行", "贷款金额", "年利率", "贴息期开始", "贴息期截止")
    someone = factories.person("李四", village=HOME)
    told = ("城关镇", "甲山村", "李四", someone.id_number, "2024.10.08", "加工", "茶厂", 4000, "", "农商银行", 200000, 4.35, "2024.01.01", "2024.12.30")  # fmt: skip

    committed(clerk.user, "support_applications", head, told, target_id=loan.pk)

    row = SupportApplication.objects.get()
    assert (row.bank, row.loan, str(row.loan_rate), row.loan_end) == ("农商银行", 200_000, "4.35", day(2024, 12, 30))
    assert row.entered_by == clerk.user
    assert "not_a_loan" in codes(hand_in(clerk.user, "support_applications", head, told, target_id=land.pk))
    wrong = (*told[:11], 120, "2024.01.01", "2023.01.01")
    assert "loan_out_of_range" in codes(hand_in(clerk.user, "support_applications", head, wrong, target_id=loan.pk))


def test_two_approvals_at_once_never_pass_the_budget(committed_db):
    """Two people approve an application each at the same moment: the second waits for the policy's lock and is refused."""
    kept = factories.support_policy(rate=5000)
    factories.support_budget(policy=kept, amount=8000)
    staff = [factories.user("county_staff", factories.COUNTY) for _ in range(2)]
    rows = [factories.support_application(policy=kept) for _ in range(2)]
    ready, told = threading.Barrier(2), []

    def run(row, by):
        try:
            ready.wait(10)
            actions.approve_support(row, on=ON, document_no="文号", reason="已核对", by=by)
            told.append("approved")
        except ValidationError:
            told.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in zip(rows, staff, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(told) == ["approved", "refused"]
    assert SupportBudget.objects.get().granted == 5000
