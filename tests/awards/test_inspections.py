"""Periodic checks: items, findings, follow-up by the township, closing by the county."""

import datetime
import io

import openpyxl
import pytest

from awards.models import Inspection, InspectionFinding
from core import indicators
from tests import factories
from tests.awards.conftest import FOREIGN, HOME, ON, text

NEW = {
    "name": "第三季度检查",
    "kind": "periodic",
    "on": "2024-10-10",
    "inspectors": "王明",
    "titles": "坐班值班\n村务公开",
}


@pytest.fixture
def looked(county):
    county.post("/inspections/new/", NEW)
    return Inspection.objects.get()


@pytest.fixture
def found(county, looked):
    """A problem of the own township, due on 2024-10-31."""
    county.post(f"/inspections/{looked.pk}/", {
        "village": HOME, "item": looked.items.first().pk, "problem": "没有坐班", "responsible": "张三", "due": "2024-10-31",
    })  # fmt: skip
    return InspectionFinding.objects.get()


def step(client, found, **more):
    return client.post(f"/inspections/findings/{found.pk}/", {"on": "2024-10-20", "done": "已排班"} | more)


def close(client, found, **more):
    told = {"close-on": "2024-10-25", "close-result": "现场复核，每天有人坐班"}
    return client.post(f"/inspections/findings/{found.pk}/close/", told | more)


def test_a_check_has_its_items(looked):
    assert list(looked.items.values_list("title", flat=True)) == ["坐班值班", "村务公开"]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [({"titles": "甲\n甲"}, "有重复的事项"), ({"titles": "长" * 61}, "每项不超过 60 个字"), ({"titles": " "}, "还没有填"),
     ({"on": "0001-01-01"}, "年之间的日期"), ({"name": ""}, "还没有填")],
)  # fmt: skip
def test_a_wrong_check_is_told_and_stays(county, wrong, told):
    page = text(county.post("/inspections/new/", NEW | wrong), 400)

    assert told in page
    assert "王明" in page


def test_a_finding_is_followed_up_until_it_is_closed(county, clerk, found):
    assert "还没有登记整改进展，不能销号" in text(close(county, found), 400)

    step(clerk, found)
    assert close(clerk, found).status_code == 403
    close(county, found)

    found.refresh_from_db()
    assert (found.closed_on, found.follow_ups.get().by_unit) == (datetime.date(2024, 10, 25), "城关镇")
    assert step(clerk, found).status_code == 403


@pytest.mark.parametrize(
    ("more", "told"),
    [({"on": "2024-10-01"}, "日期早于检查日期"), ({"done": ""}, "还没有填"), ({"on": "9999-12-31"}, "年之间的日期")],
)
def test_a_wrong_step_is_told(clerk, found, more, told):
    assert told in text(step(clerk, found, **more), 400)


def test_it_closes_not_before_the_last_step(county, clerk, found):
    step(clerk, found)

    assert "销号日期早于最后一次整改进展" in text(close(county, found, **{"close-on": "2024-10-15"}), 400)


def test_a_neighbours_finding_does_not_exist(clerk, looked):
    other = factories.inspection_finding(item=looked.items.first(), village=FOREIGN)

    assert clerk.get(f"/inspections/findings/{other.pk}/").status_code == 404
    assert step(clerk, other).status_code == 404
    assert (
        other.problem
        not in text(clerk.get(f"/inspections/{looked.pk}/")).split("检查事项：")[1].split("发现的问题</th>")[-1]
    )


def test_what_is_open_is_told_of_each_day(county, clerk, found):
    step(clerk, found)
    close(county, found)

    def counted(on):
        return indicators.figure("inspection_findings_open", county.user, on).value

    assert (counted(datetime.date(2024, 10, 24)), counted(ON)) == (1, 0)
    county.get("/", {"on": "2024-10-24"})
    assert "没有坐班" in text(county.get(f"/villages/{HOME}/"))


def test_the_list_as_excel(county, looked, found):
    book = openpyxl.load_workbook(io.BytesIO(county.get(f"/inspections/{looked.pk}/workbook/").content))

    assert [cell.value for cell in book.active[4]][2:9] == [
        "城关镇", "甲山村", "坐班值班", "没有坐班", "张三", "2024-10-31", "逾期未销号",
    ]  # fmt: skip
