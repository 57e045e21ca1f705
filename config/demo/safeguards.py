"""Safeguards of the demo county: standards, and what its cadres were paid and covered by in three years.

Drawn by itself, so that nothing else of the demo depends on it."""

import random
from decimal import ROUND_DOWN, Decimal

from awards import actions, safeguarding
from awards.models import SafeguardRecord, SafeguardStandard
from config.demo.county import day
from config.demo.places import COUNTY
from core.models import ParameterValue
from core.writes import create_rows
from talent.models import Appointment
from talent.parameters.reports import RURAL_INCOME, VILLAGE_FUNDS

CENT = Decimal("0.01")
# (post, basic, performance, allowance), yuan a year in 2024; five percent more in each year after.
STANDARDS = (
    ("party_secretary", 30_000, 12_000, 2400), ("village_director", 28_000, 11_000, 2400),
    ("party_deputy_secretary", 24_000, 9000, 1200), ("village_deputy_director", 24_000, 9000, 1200),
    ("party_committee_member", 21_600, 7200, 1200), ("village_committee_member", 21_600, 7200, 1200),
    ("supervision_director", 18_000, 6000, 600), ("clerk", 18_000, 6000, 600),
)  # fmt: skip
YEARS = {2024: day(2024, 12, 31), 2025: day(2025, 12, 31), 2026: day(2026, 10, 31)}
BASIC, PERFORMANCE = Decimal("0.70"), Decimal("0.25")
RAISE = Decimal("1.05")
# What the invented county set for 党内统计: yuan a year, from the year on.
RURAL_INCOMES = {2021: 16_800, 2022: 18_100, 2023: 19_300, 2024: 20_600, 2025: 21_900, 2026: 23_200}


def fill(county):
    _set_amounts(county.by)
    for year, on in YEARS.items():
        raised = RAISE ** (year - 2024)
        actions.set_standards([_standard(year, raised, *line) for line in STANDARDS], by=county.by)
        rng = random.Random(f"safeguards {year}")
        found = safeguarding.lines(Appointment.objects.all(), on)
        actions.record_safeguards([_record(rng, line, year) for line in found if line.is_serving], by=county.by)


def _set_amounts(by):
    """The two amounts that only a county can know, each with the document that it rests on."""
    incomes = [
        _value(RURAL_INCOME, day(year, 1, 1), amount, f"清源县 {year - 1} 年国民经济和社会发展统计公报（虚构）")
        for year, amount in RURAL_INCOMES.items()
    ]
    funds = _value(VILLAGE_FUNDS, day(2021, 1, 1), 110_000, "清委办〔2020〕28号 村级组织运转经费保障办法（虚构）")
    create_rows([*incomes, funds], by=by)


def _value(one, start, value, basis):
    return ParameterValue(division_id=COUNTY[0], key=one.key, start=start, value=value, basis=basis)


def _standard(year, raised, post, *amounts):
    basic, performance, allowance = (Decimal(amount * raised).quantize(CENT) for amount in amounts)
    return SafeguardStandard(
        division_id=COUNTY[0], year=year, post=post, basic=basic, performance=performance, allowance=allowance,
        document_no=f"清委办〔{year}〕3号",
    )  # fmt: skip


def _record(rng, line, year):
    """Nearly everybody has everything; a few lack one thing, and some were not paid in full."""
    first, last = day(year, 1, 1), day(year, 12, 31)
    due = line.due if rng.random() > 0.04 else line.due * Decimal("0.9")
    basic, performance = ((due * share).quantize(CENT, ROUND_DOWN) for share in (BASIC, PERFORMANCE))
    row = SafeguardRecord(
        person=line.person, village=line.village, year=year, basic_paid=basic, performance_paid=performance,
        allowance_paid=due.quantize(CENT, ROUND_DOWN) - basic - performance,
    )  # fmt: skip
    if rng.random() > 0.03:
        row.pension, row.pension_start, row.pension_subsidy = (
            rng.choice(("employee", "resident")),
            day(2021, 2, 1),
            1200,
        )
    else:
        row.pension = "none"
    row.medical, row.medical_start, row.medical_end = "resident", first, last
    if rng.random() > 0.02:
        row.accident, row.accident_start, row.accident_end = "insured", first, last
    if rng.random() > 0.05:
        row.checkup_on = day(year, rng.choice((4, 5, 6)), rng.randint(8, 26))
    if rng.random() < 0.08:
        row.housing, row.housing_start, row.housing_end = rng.choice(("flat", "fund")), first, last
    return row
