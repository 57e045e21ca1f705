"""The leaving allowance: years from the appointments, what stands against, the amount, the list and its Excel."""

import datetime

import pytest
from django.urls import reverse

from core.models import ParameterValue
from tests import factories
from tests.awards.conftest import FOREIGN, HOME, ON, text
from tests.awards.test_safeguards import cells

pytestmark = pytest.mark.django_db
day = datetime.date


@pytest.fixture
def former(places):
    """Secretary for six years, also director for the last three; 64 years old on ON."""
    someone = factories.person("老支书", village=HOME, birth_date=day(1960, 5, 1), id_number=None)
    factories.appointment(
        person=someone, village=HOME, post="party_secretary", start=day(2014, 1, 1), end=day(2019, 12, 31),
        end_reason="term_end", document_no="清组〔2014〕3号",
    )  # fmt: skip
    factories.appointment(
        person=someone, village=HOME, post="village_director", start=day(2017, 1, 1), end=day(2019, 12, 31),
        end_reason="term_end", document_no="清组〔2017〕5号",
    )  # fmt: skip
    return someone


def listed(browser, **asked):
    head, *rows = cells(browser.get(reverse("leaving"), asked | {"xlsx": "1"}))
    return {row[0]: dict(zip(head, row, strict=True)) for row in rows}


def test_years_are_counted_by_class_and_multiplied_by_the_standard(county, former):
    told = listed(county)["老支书"]

    assert (told["书记兼主任（月）"], told["书记或主任（月）"], told["其他“两委”成员（月）"]) == (36, 36, 0)
    assert (told["结论"], told["每月（元）"], told["每年（元）"]) == ("符合", 66, 792)
    assert "符合条件 1 人，每年 792.00 元" in text(county.get(reverse("leaving")))


def test_years_that_nothing_proves_are_not_counted(county, former):
    former.appointments.filter(post="village_director").update(document_no="")

    told = listed(county)["老支书"]

    assert (told["书记兼主任（月）"], told["书记或主任（月）"], told["每月（元）"]) == (0, 72, 60)
    assert told["待核对"] == "1 段任职没有文号和届次，没有计入"
    former.appointments.update(document_no="")
    assert "任职累计 0 年，不满 6 年" in listed(county, state="no")["老支书"]["不享受的原因"]
    former.appointments.update(term=factories.term())
    assert listed(county)["老支书"]["每月（元）"] == 66


def test_too_few_years_by_the_county_s_own_rule_are_told(county, former):
    ParameterValue.objects.create(
        division_id=factories.COUNTY,
        key="leaving_least_years",
        value=7,
        start=day(2024, 1, 1),
        basis="清委办〔2024〕5号",
    )

    told = listed(county, state="no")["老支书"]

    assert told["不享受的原因"] == "任职累计 6 年，不满 7 年"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"end_reason": "recalled"}, "曾因罢免离任"),
        ({"end_reason": "died"}, "已去世"),
    ],
)
def test_reasons_against_are_told(county, former, change, said):
    former.appointments.update(**change)

    assert said in listed(county, state="no")["老支书"]["不享受的原因"]


def test_who_is_too_young_or_found_by_the_joint_review_gets_none(county, former):
    former.birth_date = day(1975, 1, 1)
    former.save()
    factories.review_mark(
        person=former, village=former.village, result="found", reason="受过处分", decided_on=day(2023, 5, 6)
    )

    told = listed(county)["老支书"]["不享受的原因"]

    assert "49 周岁，未满 60 周岁" in told
    assert "受过处分" in told


def test_who_still_serves_is_not_among_those_who_left(county, former):
    factories.appointment(person=former, village=HOME, post="village_committee_member", start=day(2022, 1, 1))

    assert "老支书" not in listed(county)
    assert listed(county, state="serving")["老支书"]["不享受的原因"] == "仍在任"


def test_the_list_of_an_earlier_day_knows_nothing_of_later(county, former):
    assert "老支书" not in listed(county, on="2018-05-01")


def test_the_clerk_sees_whose_last_post_was_in_the_own_township(clerk, former):
    assert "老支书" in listed(clerk)

    factories.appointment(
        person=former, village=FOREIGN, post="village_director", start=day(2021, 1, 1), end=day(2022, 1, 1)
    )

    assert "老支书" not in listed(clerk)


def test_many_cost_no_more_queries(county, former, django_assert_max_num_queries):
    for number in range(20):
        someone = factories.person(f"离任{number}", village=HOME)
        factories.appointment(person=someone, village=HOME, post="village_committee_member", start=day(2015, 1, 1), end=day(2020, 1, 1))  # fmt: skip

    with django_assert_max_num_queries(22):
        text(county.get(reverse("leaving"), {"on": ON.isoformat()}))
