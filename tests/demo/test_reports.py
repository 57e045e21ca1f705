"""The reports of the demo county on 2024-12-31 say what the account says."""

import datetime
import io

import docx
import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from config.reports.tables import TABLES
from tests.demo.test_figures import STATED
from tests.reports.test_tables import NOT_ADDED

ON = datetime.date(2024, 12, 31)


@pytest.fixture
def staff(account):
    client = Client()
    client.force_login(account("wang"), backend="core.auth.RoleBackend")
    client.get("/", {"on": ON.isoformat()})
    return client


def test_the_account_is_written_with_the_numbers_it_states(staff):
    content = staff.get(reverse("report_essay_file", args=["experience"])).content
    document = docx.Document(io.BytesIO(content))
    annex = {row.cells[1].text: row.cells[2].text for row in document.tables[0].rows}

    assert annex["村级后备干部（应有）"] == "430"
    assert annex["书记主任“一肩挑”的村（占比）"] == "100%"
    assert annex["有大专及以上学历村干部的村（占比）"] == "93.02%"
    told = {"行政村": "villages", "届中调整的不胜任不尽职干部": "cadres_adjusted", "村级后备干部": "reserves"}
    told |= {"公开招聘的村级后备干部": "reserves_recruited", "村党组织书记培训班": "secretary_classes"}
    told |= {"参训的村“两委”干部、驻村干部": "people_trained", "参加学历提升的村干部": "degree_students"}
    assert {label: annex[label] for label in told} == {label: str(STATED[key][0]) for label, key in told.items()}


@pytest.mark.parametrize("key", [one.key for one in TABLES])
def test_tables_of_nine_townships_add_up(staff, key):
    for sheet in openpyxl.load_workbook(io.BytesIO(staff.get(reverse("report_workbook", args=[key])).content)):
        rows = [row for row in sheet.iter_rows(min_row=5, values_only=True) if row[0]]
        whole = next(at for at, row in enumerate(rows) if row[0] == "合计")
        townships, total = rows[:whole], rows[whole]
        heads = [below.value or top.value for top, below in zip(sheet[3], sheet[4], strict=True)]
        assert len(townships) == 9
        for at, number in enumerate(total):
            if isinstance(number, int) and heads[at] not in NOT_ADDED:
                assert (heads[at], sum(row[at] for row in townships)) == (heads[at], number)


def test_two_dates_add_up(staff):
    answer = staff.get(reverse("team_changes_sheet"), {"since": "2020-12-31", "until": ON.isoformat()})
    sums = openpyxl.load_workbook(io.BytesIO(answer.content))["期初期末平衡表"]

    for label, unit, start, came, gone, end in sums.iter_rows(min_row=4, max_row=9, values_only=True):
        assert (label, unit, start + came - gone) == (label, unit, end)
