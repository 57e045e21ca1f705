"""Safeguards: who lacks what on a date, what was due and paid, the standards, the roster, one record on its page."""

import datetime
import io

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from awards.models import SafeguardRecord, SafeguardStandard
from core import indicators, rules
from rosters import collection
from tests import factories
from tests.awards.conftest import FOREIGN, HOME, ON, text
from tests.rosters.handing import codes, committed, hand_in, row_of

pytestmark = pytest.mark.django_db
day = datetime.date
COVERED = {
    "pension": "resident", "pension_start": day(2020, 1, 1),
    "medical": "resident", "medical_start": day(2024, 1, 1), "medical_end": day(2024, 12, 31),
    "accident": "insured", "accident_start": day(2024, 1, 1), "accident_end": day(2024, 12, 31),
    "checkup_on": day(2024, 6, 4),
}  # fmt: skip
HEAD = (
    "乡镇",
    "村（社区）",
    "姓名",
    "身份证号",
    "年度",
    "基本报酬",
    "绩效",
    "养老保险",
    "养老保险起",
    "养老保险止",
    "医疗保险",
    "体检日期",
)


@pytest.fixture
def secretary(places):
    """The secretary of the clerk's village since 2021."""
    someone = factories.person("张三", village=HOME)
    factories.appointment(person=someone, village=HOME, post="party_secretary", start=day(2021, 1, 1))
    return someone


def row(someone, **fields):
    told = {
        "乡镇": "城关镇",
        "村（社区）": "甲山村",
        "姓名": someone.name,
        "身份证号": someone.id_number,
        "年度": 2024,
    } | fields
    return tuple(told.get(name, "") for name in HEAD)


def cells(answer):
    sheet = load_workbook(io.BytesIO(answer.content)).active
    return [[cell.value for cell in line] for line in sheet.iter_rows(min_row=3)]


def test_a_cadre_without_a_record_lacks_everything_required(clerk, secretary):
    page = text(clerk.get(reverse("safeguard_people"), {"lack": "any"}))

    assert "张三" in page
    assert "养老保险、医疗保险、意外伤害险、体检" in page


def test_who_is_covered_on_the_date_lacks_nothing_and_lacks_it_the_day_after(clerk, secretary):
    factories.safeguard(person=secretary, village=HOME, **COVERED)

    assert "没有符合条件的在任村干部" in text(clerk.get(reverse("safeguard_people"), {"lack": "any"}))
    later = text(clerk.get(reverse("safeguard_people"), {"lack": "medical", "on": "2025-01-01"}))
    assert "医疗保险、意外伤害险" in later
    assert "养老保险、" not in later


def test_amounts_of_a_village_stand_against_the_standard(county, secretary):
    factories.safeguard_standard(basic=24_000, performance=12_000)
    factories.safeguard(person=secretary, village=HOME, basic_paid=20_000)

    answer = county.get(reverse("safeguards"), {"on": "2024-12-31", "division": factories.OWN, "xlsx": "1"})

    head, line, total = cells(answer)
    assert dict(zip(head, line, strict=True)) == {
        "乡镇": "城关镇", "村（社区）": "甲山村", "在任（人）": 1, "已登记（人）": 1, "齐全（人）": 0, "缺养老保险（人）": 1, "缺医疗保险（人）": 1,
        "缺意外伤害险（人）": 1, "缺体检（人）": 1, "有住房保障（人）": 0, "应发（元）": 36_000, "实发（元）": 20_000,
        "还差（元）": 16_000,
    }  # fmt: skip
    assert total[0] == "合计"
    assert total[2:] == line[2:]


def test_villages_and_townships_add_up_to_the_last_line(county, secretary):
    factories.safeguard_standard(basic=24_000)
    factories.safeguard_standard(post="village_director", basic=20_000)
    for village, post, paid in ((HOME, "village_director", 15_000), (FOREIGN, "party_secretary", 23_999.99)):
        someone = factories.appointment(village=village, post=post, start=day(2021, 1, 1)).person
        factories.safeguard(person=someone, village=someone.village, basic_paid=paid)

    for asked in ({}, {"division": factories.OWN}):
        head, *rows, total = cells(county.get(reverse("safeguards"), {"on": "2024-12-31", "xlsx": "1"} | asked))
        assert len(head) == len(total)
        for number, heading in enumerate(head):
            if heading.endswith(("（人）", "（元）")):
                assert sum(row[number] for row in rows) == pytest.approx(total[number])
    assert dict(zip(head, total, strict=True))["应发（元）"] == 44_000
    page = text(county.get(reverse("safeguards"), {"on": "2024-12-31"}))
    assert "<tfoot><tr><td>合计</td>" in page
    assert f"{reverse('safeguard_people')}?lack=pension" in page


def test_who_was_not_paid_in_full_is_a_list_of_its_own(county, secretary):
    factories.safeguard_standard(basic=24_000)
    record = factories.safeguard(person=secretary, village=HOME, basic_paid=20_000)
    asked = {"lack": "short", "on": "2024-12-31"}

    assert "张三" in text(county.get(reverse("safeguard_people"), asked))
    assert "lack=short" in text(county.get(reverse("safeguards"), {"on": "2024-12-31"}))
    type(record).objects.update(basic_paid=24_000)
    assert "没有符合条件的在任村干部" in text(county.get(reverse("safeguard_people"), asked))


def test_who_left_in_the_year_was_due_the_months_in_post(county, secretary):
    factories.safeguard_standard(basic=24_000)
    secretary.appointments.update(end=day(2024, 6, 14), end_reason="resigned")

    head, line, _ = cells(county.get(reverse("safeguards"), {"on": "2024-12-31", "xlsx": "1"}))

    told = dict(zip(head, line, strict=True))
    assert (told["在任（人）"], told["应发（元）"]) == (0, 10_000)


def test_the_clerk_sees_the_own_township_alone(clerk, secretary):
    other = factories.person("邻村人", village=FOREIGN)
    factories.appointment(person=other, village=FOREIGN, post="party_secretary")

    page = text(clerk.get(reverse("safeguard_people")))

    assert "张三" in page
    assert "邻村人" not in page
    assert clerk.get(reverse("safeguard_record", args=[other.pk])).status_code == 404
    assert clerk.post(reverse("safeguard_record", args=[other.pk]), {"village": FOREIGN}).status_code == 404


def test_the_list_costs_the_same_queries_for_many(county, secretary, django_assert_max_num_queries):
    for number in range(20):
        someone = factories.person(f"李{number}", village=HOME)
        factories.appointment(person=someone, village=HOME, post="village_committee_member")
        factories.safeguard(person=someone, village=HOME, **COVERED)

    with django_assert_max_num_queries(26):
        text(county.get(reverse("safeguard_people")))


def test_the_county_sets_the_standards_of_the_year(county, clerk, secretary):
    url = reverse("safeguard_standards")
    typed = {
        "document_no": "清委办〔2024〕3号",
        "party_secretary_basic": "24000",
        "party_secretary_performance": "6000",
    }

    assert county.post(url, typed).status_code == 302
    assert county.post(url, typed | {"party_secretary_basic": "26000"}).status_code == 302

    kept = SafeguardStandard.objects.get()
    assert (kept.year, kept.basic, kept.performance, kept.document_no) == (2024, 26_000, 6000, "清委办〔2024〕3号")
    assert '<td class="num">26,000</td>' in text(clerk.get(url))
    clerk.post(url, typed)
    assert SafeguardStandard.objects.get().basic == 26_000


def test_a_standard_below_zero_or_without_a_basis_is_told(county, secretary):
    page = text(county.post(reverse("safeguard_standards"), {"document_no": "", "party_secretary_basic": "-5"}), 400)

    assert "这一项还没有填" in page
    assert "这个数太小" in page
    assert 'value="-5"' in page


def test_a_record_is_written_and_changed_on_its_page(clerk, secretary):
    url = reverse("safeguard_record", args=[secretary.pk])
    money = dict.fromkeys(
        ("basic_paid", "performance_paid", "allowance_paid", "pension_subsidy", "housing_amount"), "0"
    )
    typed = {"village": HOME, **money, "pension": "employee", "pension_start": "2022-03-01", "checkup_on": "2024-05-06"}

    assert clerk.post(url, typed).status_code == 302
    assert clerk.post(url, typed | {"basic_paid": "18000"}).status_code == 302

    kept = SafeguardRecord.objects.get()
    assert (kept.year, kept.pension, kept.basic_paid) == (2024, "employee", 18_000)
    assert "2024 年度保障" in text(clerk.get(reverse("person", args=[secretary.pk])))


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"pension": "employee"}, "写了类型的要写起始日期"),
        ({"medical_start": "2024-01-01"}, "没有的不填日期"),
        ({"checkup_on": "2023-05-06"}, "体检日期要在这一年度内"),
        ({"pension_subsidy": "100"}, "没有参加养老保险的，不填养老保险补贴"),
        ({"basic_paid": "-1"}, "这个数太小"),
        ({"checkup_on": "0001-01-01"}, ""),
        ({"remarks": "坏\x00字"}, ""),
        ({"village": FOREIGN}, ""),
    ],
)
def test_a_record_that_cannot_be_is_told_and_stays_in_the_form(clerk, secretary, wrong, told):
    money = dict.fromkeys(
        ("basic_paid", "performance_paid", "allowance_paid", "pension_subsidy", "housing_amount"), "0"
    )

    page = text(clerk.post(reverse("safeguard_record", args=[secretary.pk]), {"village": HOME, **money} | wrong), 400)

    assert told in page
    assert not SafeguardRecord.objects.exists()


def test_a_roster_row_is_a_record_of_the_year(clerk, secretary):
    given = row(
        secretary, 基本报酬=24000, 养老保险="城乡居民", 养老保险起="2020.01", 医疗保险="职工", 体检日期="2024.06.04"
    )

    committed(clerk.user, "safeguards", HEAD, given)

    kept = SafeguardRecord.objects.get()
    assert (kept.person, kept.village_id, kept.year, kept.basic_paid) == (secretary, HOME, 2024, 24_000)
    assert (kept.pension, kept.pension_start, kept.pension_end) == ("resident", day(2020, 1, 1), None)
    assert (kept.medical, kept.medical_start, kept.medical_end) == ("employee", day(2024, 1, 1), day(2024, 12, 31))

    again = committed(clerk.user, "safeguards", HEAD, row(secretary, 绩效=6000))
    assert row_of(again).diff == {"performance_paid": ["0.00", "6,000.00"]}


def test_a_last_month_means_its_last_day(clerk, secretary):
    committed(
        clerk.user, "safeguards", HEAD, row(secretary, 养老保险="职工", 养老保险起="2020.01", 养老保险止="2024.02")
    )

    assert SafeguardRecord.objects.get().pension_end == day(2024, 2, 29)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"年度": 24}, "year_out_of_range"),
        ({"基本报酬": -3}, "amount_out_of_range"),
        ({"养老保险起": "2024.01"}, "cover_without_kind"),
        ({"养老保险": "职工", "养老保险起": "2024.05", "养老保险止": "2024.03"}, "end_before_start"),
        ({"养老保险": "也许"}, "unknown_pension"),
        ({"体检日期": "2023.06"}, "checkup_other_year"),
    ],
)
def test_a_row_that_cannot_be_is_refused(clerk, secretary, wrong, code):
    assert code in codes(hand_in(clerk.user, "safeguards", HEAD, row(secretary, **wrong)))


def test_figures_count_who_is_covered_of_those_in_office(county, secretary):
    factories.safeguard(person=secretary, village=HOME, **COVERED, housing="flat", housing_start=day(2024, 1, 1))
    other = factories.person("李四", village=HOME)
    factories.appointment(person=other, village=HOME, post="village_director")

    pension = indicators.figure("pension_covered", county.user, ON)
    assert (pension.value, pension.denominator) == (1, 2)
    assert indicators.figure("housing_supported", county.user, ON).value == 1
    assert indicators.figure("medical_covered", county.user, day(2025, 2, 1)).value == 0


def test_the_check_finds_who_lacks_something_where_the_township_reported(county, secretary):
    assert not [one for one in rules.check(ON) if one.code.startswith("safeguard_no_")]

    factories.safeguard(person=secretary, village=HOME, **COVERED | {"checkup_on": None})

    found = [one for one in rules.check(ON) if one.code.startswith("safeguard_no_")]
    assert [(one.code, one.person_id) for one in found] == [("safeguard_no_checkup", secretary.pk)]


def silent(on=ON, code=None):
    return rules.check(on, code, only="safeguard_not_reported")


def test_a_township_that_handed_nothing_in_is_a_finding_with_whom_and_since_when(clerk, county, secretary):
    (found,) = silent()

    assert found.village_code == factories.OWN
    assert found.message == (
        "城关镇没有报 2024 年度村干部保障名册（2024-03-31 到期），在任的 1 名村干部有没有保障还看不出来。县里还没有催报；"
        f"请{clerk.user.name}上传“村干部保障名册”"
    )
    assert "没有报 2024 年度村干部保障名册" in text(clerk.get("/findings/", {"rule": "safeguard_not_reported"}))
    assert not silent(code=factories.NEIGHBOUR)  # nobody is in office there

    asked = collection.ask(
        by=county.user, townships=[clerk.user.division], kind="safeguards", title="2024年保障名册", as_of=ON, due=ON
    )
    assert (
        f"县里 {timezone.localtime(asked.created_at):%Y-%m-%d} 起催报" in silent(datetime.date(2027, 6, 1))[0].message
    )

    factories.safeguard(person=secretary, village=HOME)
    assert not silent()


def test_before_the_year_is_due_the_year_before_is_what_is_missing(secretary):
    assert "没有报 2023 年度" in silent(day(2024, 3, 31))[0].message
    assert "没有报 2024 年度" in silent(day(2024, 4, 1))[0].message
    assert "请乡镇党建办上传" in silent(day(2024, 4, 1))[0].message
    factories.safeguard(person=secretary, village=HOME, year=2023)
    assert not silent(day(2024, 3, 31))
    assert silent(day(2024, 4, 1))
