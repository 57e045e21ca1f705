"""Lists that come back: pay standards, the indicators of a scheme, what a check found; by roster, on the page and by REST."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from awards.models import EvaluationScheme, InspectionFinding, SafeguardStandard
from rosters import importer
from tests import factories
from tests.api.conftest import client_of
from tests.awards.conftest import FOREIGN, HOME, ON, text
from tests.rosters.handing import codes, committed, hand_in, messages, row_of, sent_back
from tests.rosters.workbooks import xlsx

STANDARDS = ("标准年度", "标准职务", "基本报酬标准", "绩效报酬标准", "补贴标准", "标准依据")
SECRETARY = (2024, "党组织书记", 30_000, 12_000, "2400.5", "清委办〔2024〕3号")
ITEMS = ("指标类别", "指标名称", "评分来源", "权重", "满分", "评分标准")
FINDINGS = (
    "乡镇", "村", "检查事项", "发现的问题", "整改责任人", "整改期限", "整改进展日期", "整改进展", "销号日期", "整改结果",
)  # fmt: skip


def onto(by, kind, header, *rows, target=None):
    return hand_in(by.user, kind, header, *rows, as_of=ON, target_id=target and target.pk)


def into(by, kind, header, *rows, target=None):
    return committed(by.user, kind, header, *rows, as_of=ON, target_id=target and target.pk)


# --- pay standards


def test_standards_come_in_by_roster_and_go_out_as_they_are(county, clerk):
    into(county, "safeguard_standards", STANDARDS, SECRETARY, (2024, "村主任", 28_000, "", "", "清委办〔2024〕3号"))

    kept = SafeguardStandard.objects.get(post="party_secretary")
    assert (kept.division_id, kept.basic, float(kept.allowance)) == (factories.COUNTY, 30_000, 2400.5)
    for reader in (county, clerk):
        again = sent_back("safeguard_standards", reader.user, on=ON)
        assert {row.change for row in again.rows.all()} == {"unchanged"}

    changed = into(county, "safeguard_standards", STANDARDS, (2024, "党组织书记", 31_000, "", "", ""))
    assert row_of(changed).diff == {"standard_basic": ["30,000.00", "31,000.00"]}
    importer.undo(changed, by=county.user)
    assert SafeguardStandard.objects.get(post="party_secretary").basic == 30_000


def test_a_township_changes_no_standard(county, clerk):
    into(county, "safeguard_standards", STANDARDS, SECRETARY)

    for row in ((2024, "党组织书记", 1, "", "", ""), (2024, "村主任", 1, "", "", "文")):
        assert codes(onto(clerk, "safeguard_standards", STANDARDS, row)) == {"standard_of_county"}


@pytest.mark.parametrize(
    ("row", "code"),
    [((24, *SECRETARY[1:]), "year_out_of_range"), ((2024, "村长", 1, 1, 1, "文"), "unknown_standard_post"),
     ((2024, "党组织书记", -1, 1, 1, "文"), "amount_out_of_range"), ((2024, "党组织书记", 1, 1, 1, ""), "missing_field:standard_no"),
     ((2024, "党组织书记", 1, 1, 1, "长" * 101), "too_long")],
)  # fmt: skip
def test_a_standard_that_cannot_be_is_told_at_its_cell(county, row, code):
    assert code in codes(onto(county, "safeguard_standards", STANDARDS, row))


def test_standards_by_rest(places):
    row = {
        "standard_year": 2024,
        "standard_post": "村委会主任",
        "standard_basic": 28_000,
        "standard_no": "清委办〔2024〕3号",
    }

    answer = client_of(factories.COUNTY, can_write=True).post("rosters/safeguard_standards/", {"rows": [row]})

    assert answer.status_code == 201, answer.content.decode()
    assert SafeguardStandard.objects.get().basic == 28_000


def test_the_page_leads_to_the_upload(county, clerk):
    assert "kind=safeguard_standards" in text(county.get(reverse("safeguard_standards")))
    assert "kind=safeguard_standards" not in text(clerk.get(reverse("safeguard_standards")))
    answer = county.post(
        reverse("roster_upload"),
        {"kind": "safeguard_standards", "file": _file([STANDARDS, SECRETARY]), "as_of": "2024-11-04"},
    )
    assert answer.status_code == 302


def _file(lines):
    return SimpleUploadedFile("标准.xlsx", xlsx([list(line) for line in lines]))


# --- indicators of a scheme


def test_indicators_come_in_by_roster_and_go_out_as_they_are(county, clerk, scheme):
    for reader in (county, clerk):
        again = sent_back("evaluation_items", reader.user, scheme.pk, on=ON)
        assert {row.change for row in again.rows.all()} == {"unchanged"}

    into(
        county, "evaluation_items", ITEMS, ("考核指标", "政治表现", "乡镇评分", 20, 20, "按清单"),
        ("考核指标", "产业带动", "县级评分", 10, "", ""), ("加分", "获省级表彰", "", "", 8, ""), target=scheme,
    )  # fmt: skip

    kept = {item.title: item for item in scheme.items.all()}
    assert (kept["政治表现"].weight, kept["政治表现"].standard) == (20, "按清单")
    assert (kept["产业带动"].weight, kept["产业带动"].most, kept["产业带动"].source) == (10, 10, "county")
    assert (kept["获省级表彰"].part, kept["获省级表彰"].most) == ("plus", 8)
    assert kept["工作实绩"].weight == 40


@pytest.mark.parametrize(
    ("row", "code"),
    [(("考核指标", "政治表现", "", 50, "", ""), "weights_not_hundred"), (("考核指标", "新项", "", "", "", ""), "item_weighed"),
     (("加分", "新项", "", 5, 5, ""), "item_not_weighed"), (("一票否决", "新项", "", "", 5, ""), "item_not_weighed"),
     (("甲", "新项", "", 5, 5, ""), "unknown_item_part"), (("考核指标", "政治表现", "群众测评", "", "", ""), "one_of_ballots"),
     (("考核指标", "政治表现", "", 30.5, "", ""), "not_whole"), (("加分", "长" * 61, "", "", 5, ""), "too_long")],
)  # fmt: skip
def test_an_indicator_that_cannot_be_is_told_at_its_cell(county, scheme, row, code):
    assert code in codes(onto(county, "evaluation_items", ITEMS, row, target=scheme))
    assert {item.weight for item in scheme.items.all()} == {0, 30, 40}


def test_indicators_of_a_graded_scheme_and_by_a_township_stay(county, clerk, scheme):
    changed = ("加分", "获省级表彰", "", "", 8, "")
    assert codes(onto(clerk, "evaluation_items", ITEMS, changed, target=scheme)) == {"scheme_of_county"}

    scheme.evaluations.filter(village_id=HOME).update(grade="competent", graded_on=ON)
    assert codes(onto(county, "evaluation_items", ITEMS, changed, target=scheme)) == {"scheme_closed"}
    assert not scheme.items.filter(title="获省级表彰").exists()


def test_a_scheme_of_another_county_is_not_there(county, places):
    other = factories.evaluation_scheme("990122")

    assert not onto(county, "evaluation_items", ITEMS, ("加分", "甲", "", "", 8, ""), target=other).rows.exists()
    assert EvaluationScheme.objects.get().items.count() == 0


# --- what a check found


@pytest.fixture
def held(places):
    looked = factories.inspection_item(
        inspection=factories.inspection(name="第三季度检查", on=datetime.date(2024, 10, 10)), title="坐班值班"
    )
    return looked.inspection


def problem(*more, village="甲山村", township="城关镇", what="没有坐班", item="坐班值班"):
    return (township, village, item, what, *more, *[""] * (6 - len(more)))


NEW = ("张三", "2024-10-31")


def test_findings_come_in_by_roster_are_followed_up_and_closed(county, clerk, held):
    into(
        county,
        "inspection_findings",
        FINDINGS,
        problem(*NEW),
        problem(*NEW, village="丙田村", township="柳林镇"),
        target=held,
    )
    assert InspectionFinding.objects.count() == 2

    into(clerk, "inspection_findings", FINDINGS, problem("", "", "2024-10-20", "已排班"), target=held)
    one = InspectionFinding.objects.get(village_id=HOME)
    assert [(step.on, step.done, step.by_unit) for step in one.follow_ups.all()] == [
        (datetime.date(2024, 10, 20), "已排班", "城关镇")
    ]

    closing = ("2024-10-25", "现场复核，有人坐班")
    refused = onto(clerk, "inspection_findings", FINDINGS, problem("", "", "", "", *closing), target=held)
    assert codes(refused) == {"finding_of_county"}
    into(county, "inspection_findings", FINDINGS, problem("", "", "", "", *closing), target=held)
    one.refresh_from_db()
    assert (one.closed_on, one.result) == (datetime.date(2024, 10, 25), "现场复核，有人坐班")
    for reader in (county, clerk):
        again = sent_back("inspection_findings", reader.user, held.pk, on=ON)
        assert {row.change for row in again.rows.all()} == {"unchanged"}
    assert codes(onto(clerk, "inspection_findings", FINDINGS, problem("", "", "2024-11-01", "再查"), target=held)) == {
        "finding_closed"
    }


def test_a_whole_finding_comes_in_at_once(county, held):
    whole = problem(*NEW, "2024-10-20", "已排班", "2024-10-25", "已复核")

    upload = into(county, "inspection_findings", FINDINGS, whole, target=held)

    one = InspectionFinding.objects.get()
    assert (one.closed_on, one.follow_ups.count()) == (datetime.date(2024, 10, 25), 1)
    importer.undo(upload, by=county.user)
    assert not InspectionFinding.objects.exists()


@pytest.mark.parametrize(
    ("more", "code"),
    [(("张三", ""), "missing_field:finding_due"), (("张三", "2024-10-01"), "due_before_check"),
     ((*NEW, "2024-10-01", "已改"), "step_before_check"), ((*NEW, "2024-10-20", ""), "missing_field:step_done"),
     ((*NEW, "", "", "2024-10-25", "已复核"), "close_not_whole"), ((*NEW, "2024-10-20", "已改", "2024-10-25", ""), "close_not_whole"),
     ((*NEW, "2024-10-20", "已改", "2024-10-15", "好"), "closed_before_step"), (("长" * 51, "2024-10-31"), "too_long")],
)  # fmt: skip
def test_a_finding_that_cannot_be_is_told_at_its_cell(county, held, more, code):
    assert code in codes(onto(county, "inspection_findings", FINDINGS, problem(*more), target=held))
    assert not InspectionFinding.objects.exists()


def test_a_township_enters_no_finding_and_sees_no_neighbours(county, clerk, held):
    assert codes(onto(clerk, "inspection_findings", FINDINGS, problem(*NEW), target=held)) == {"finding_of_county"}
    factories.inspection_finding(item=held.items.get(), village=FOREIGN, problem="邻镇的事")
    foreign = onto(
        clerk,
        "inspection_findings",
        FINDINGS,
        problem("", "", "", "已改", village="丙田村", township="柳林镇", what="邻镇的事"),
        target=held,
    )
    assert row_of(foreign).change == "none"
    assert messages(foreign)
    assert codes(onto(county, "inspection_findings", FINDINGS, problem(*NEW, item="跳高"), target=held)) == {
        "no_such_check_item"
    }


def test_the_pages_lead_to_the_upload(county, clerk, held, scheme):
    for client in (county, clerk):
        assert f"kind=inspection_findings&amp;target={held.pk}" in text(client.get(f"/inspections/{held.pk}/"))
    assert f"kind=evaluation_items&amp;target={scheme.pk}" in text(county.get(f"/evaluations/{scheme.pk}/edit/"))
