"""What the county decides holds from its day on, with its basis; earlier dates keep the rule of their day."""

import datetime

import pytest

from core import indicators
from core.models import AuditEntry, ParameterValue
from tests import factories

ON = datetime.date(2024, 6, 30)


def sent(value="3", start="2024-01-01", basis="县委组织部会议纪要〔2024〕1号"):
    return {"typed": value, "start": start, "basis": basis}


def need(on):
    return indicators.figure("reserves", factories.user(), on).denominator


def test_a_new_ratio_counts_from_its_day_on(sign_in, own):
    before = need(ON)

    sign_in().post("/parameters/reserve_secretary_ratio/", sent())

    assert need(ON) == before + 1
    assert need(datetime.date(2023, 12, 31)) == before


def test_the_page_shows_value_basis_and_since(sign_in):
    client = sign_in()
    client.post("/parameters/reserve_secretary_ratio/", sent())

    page = client.get("/parameters/").content.decode()

    assert "县委组织部会议纪要〔2024〕1号" in page
    assert "2024-01-01" in page
    assert AuditEntry.objects.filter(model="core.parametervalue").exists()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (sent("两名"), "“两名”不是整数"),
        (sent("99"), "超出范围"),
        (sent(basis=""), "还没有填"),
        (sent(start=""), "还没有填"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_stays(sign_in, given, words):
    page = sign_in().post("/parameters/reserve_secretary_ratio/", given).content.decode()

    assert words in page
    assert given["typed"] in page
    assert not ParameterValue.objects.exists()


def test_one_value_a_day(sign_in):
    client = sign_in()
    client.post("/parameters/reserve_secretary_ratio/", sent())

    page = client.post("/parameters/reserve_secretary_ratio/", sent("4")).content.decode()

    assert "这一天已有取值" in page
    assert ParameterValue.objects.get().value == 3


def test_only_the_county_decides(sign_in):
    assert sign_in("township_clerk").get("/parameters/reserve_secretary_ratio/").status_code == 403
    assert sign_in("leader").post("/parameters/reserve_secretary_ratio/", sent()).status_code == 403
    assert sign_in().get("/parameters/no_such/").status_code == 404


def test_a_class_of_village_that_does_not_exist_is_refused(sign_in):
    page = sign_in().post("/parameters/first_secretary_labels/", sent("脱贫村\n贫困村")).content.decode()

    assert "没有“贫困村”这种村类别" in page
    assert not ParameterValue.objects.exists()
