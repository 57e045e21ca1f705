"""Support policies of the demo county in use from 2023 on: conditions, budgets, applications with all that can become of them.

Drawn by itself, so that nothing else of the demo depends on it."""

import datetime
import random
from decimal import Decimal

from django.core.exceptions import ValidationError

from awards import actions
from awards.models import (
    SupportApplication,
    SupportCondition,
    SupportExclusion,
    SupportPayment,
    SupportPolicy,
    SupportResult,
)
from config.demo.county import day
from config.demo.places import COUNTY
from core.models import User
from talent.models import RuralTalent

POLICIES = (
    ("返乡创业一次性补贴", "one_off", "fixed", "", 5000, None, 0, "创业补助", (("age", "", 55), ("role", "在库乡村人才", None))),
    ("创业贷款贴息", "loan", "percent", "当年付息", 50, 20_000, 1, "", (("age", "", 60), ("role", "在库乡村人才、在任村干部", None))),
    ("土地流转优惠补贴", "land", "per_unit", "亩", 200, 10_000, 1, "", (("role", "在库乡村人才", None), ("business", "种植、养殖", None))),
    ("小微企业税收减免补助", "tax", "percent", "当年纳税", 30, 8000, 1, "创业补助", (("age", "", 60),)),
)  # fmt: skip
BASES = {"loan": (4000, 52_000), "land": (12, 80), "tax": (3000, 30_000)}
PROJECTS = {
    "planting": "茶园和果园管护", "breeding": "林下养鸡", "processing": "茶叶加工厂扩建", "tourism": "民宿改造",
    "commerce": "农产品电商服务站",
}  # fmt: skip
YEARS = (2023, 2024, 2025, 2026)
BUDGET = 200_000
RATE = Decimal("4.35")
EACH_YEAR = 9
WAITING = {("tax", 2026)}
CHECKED_UNTIL = day(2026, 10, 31)


def fill(county):
    policies = [_policy(*line) for line in POLICIES]
    actions.set_up_policies(policies, by=county.by)
    one_off, loan, *_ = policies
    actions.exclude_policies(SupportExclusion(first=one_off, second=loan, span="year"), by=county.by)
    for policy, line in zip(policies, POLICIES, strict=True):
        for kind, words, most in line[-1]:
            actions.set_condition(SupportCondition(policy=policy, kind=kind, words=words, most=most), by=county.by)
        for year in YEARS:
            actions.set_support_budget(
                policy, year=year, amount=BUDGET, document_no=f"清财预〔{year}〕8号", by=county.by
            )
        for year in YEARS:
            _year(county, policy, year)


def _policy(name, kind, formula, base, rate, cap, repeat, group, _):
    return SupportPolicy(
        division_id=COUNTY[0], name=name, kind=kind, document_no="清政办〔2022〕31号", start=day(2023, 1, 1), formula=formula,
        base=base, rate=rate, cap=cap, repeat_years=repeat, exclusion_group=group,
    )  # fmt: skip


def _year(county, policy, year):
    """Some talents ask in the year: who qualifies is granted and paid, the others are refused with the reason; the last waits."""
    rng = random.Random(f"support {policy.name} {year}")
    asked, decided, paid = day(year, 3, 11), day(year, 5, 20), day(year, 6, 18)
    pool = RuralTalent.objects.in_pool(asked).select_related("person", "village").order_by("village_id", "start", "pk")
    people = list({talent.person_id: talent for talent in pool}.values())
    for talent in rng.sample(people, min(EACH_YEAR, len(people))):
        row = _application(rng, policy, talent, asked)
        actions.apply_for_support([row], by=county.by)
        _settle(county, rng, row, decided, paid)
    if year == YEARS[-1] and people:
        waiting = _application(rng, policy, rng.choice(people), day(2026, 10, 12))
        actions.apply_for_support([waiting], by=county.by)


def _application(rng, policy, talent, on):
    business = rng.choice(list(PROJECTS))
    low, high = BASES.get(policy.kind, (0, 0))
    base = rng.randint(low, high) if high else None
    return SupportApplication(
        policy=policy, person=talent.person, village=talent.village, applied_on=on, business=business,
        project=PROJECTS[business], base=base, **(_loan(base, on) if policy.kind == "loan" else {}),
    )  # fmt: skip


def _loan(interest, on):
    """A loan of last year whose interest comes to what is told."""
    start, end = day(on.year - 1, 1, 1), day(on.year - 1, 12, 31)
    loan = Decimal(interest * 100) / RATE * 365 / ((end - start).days + 1)
    return {
        "bank": "清源农商银行",
        "loan": loan.quantize(Decimal(1)) + 1,
        "loan_rate": RATE,
        "loan_start": start,
        "loan_end": end,
    }


def _settle(county, rng, row, decided, paid):
    approver = User.objects.get(username="sun")
    try:
        actions.approve_support(
            row, on=decided, document_no=f"清政办〔{decided.year}〕12号", reason="已核对材料", by=approver
        )
    except ValidationError as refused:
        reason = "".join(refused.messages)
        actions.close_support(row, SupportApplication.State.REJECTED, on=decided, reason=reason, by=approver)
        return
    row.refresh_from_db()
    payment = SupportPayment(application=row, on=paid, amount=row.amount, basis=f"清财农〔{paid.year}〕20号")
    _pay(county, payment, approver, waits=(row.policy.kind, paid.year) in WAITING)
    for years in (1, 3):
        checked = decided.replace(year=decided.year + years) + datetime.timedelta(21)
        if checked <= CHECKED_UNTIL:
            actions.record_result(_result(rng, row, years, checked), by=county.by)


def _pay(county, payment, checker, *, waits):
    """One person enters the payment, another confirms it the next day; what was entered last still waits."""
    kept = actions.pay_support(payment, by=county.by)
    if not waits:
        on = kept.on + datetime.timedelta(1)
        actions.check_support_payment(kept, accept=True, on=on, note="", by=checker)


def _result(rng, row, years, on):
    lives = rng.random() > 0.12 * years
    jobs = rng.randint(1, 9) if lives else 0
    return SupportResult(
        application=row,
        after_years=years,
        checked_on=on,
        in_business=lives,
        jobs=jobs,
        people_led=jobs * rng.randint(1, 5),
    )
