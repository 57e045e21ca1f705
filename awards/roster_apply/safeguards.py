"""Yearly safeguards as a roster says them against the records kept."""

import calendar
import datetime
from decimal import Decimal
from functools import partial

from awards import actions
from awards.models import SafeguardRecord
from awards.models.safeguards import COVERS, PAID
from talent.roster_apply import roles, words
from talent.roster_apply.role_kinds import RoleField, RoleKind, choice, day, text

CENT = Decimal("0.01")
MOST = Decimal(10) ** 8
NONE = ("", "none")
LABELS = {"pension": "养老保险", "medical": "医疗保险", "accident": "意外险", "housing": "住房保障"}
MONTH = len("2024-06")


def last_day(typed):
    """A typed last day; of a month alone it is its last."""
    found = words.day(typed)
    if len(typed) > MONTH:
        return found
    return found.replace(day=calendar.monthrange(found.year, found.month)[1])


def money(field):
    return RoleField(
        field, field, keep=lambda typed: Decimal(str(typed)).quantize(CENT), show=lambda value: f"{value:,.2f}",
        empty=Decimal(0), clears=True,
    )  # fmt: skip


CHOICES = {
    "pension": SafeguardRecord.Pension, "medical": SafeguardRecord.Medical, "accident": SafeguardRecord.Accident,
    "housing": SafeguardRecord.Housing,
}  # fmt: skip
FIELDS = (
    *(money(name) for name in PAID),
    *(choice(name, name, CHOICES[name]) for name in COVERS),
    *(day(f"{name}_start", f"{name}_start") for name in COVERS),
    *(
        RoleField(f"{name}_end", f"{name}_end", keep=last_day, show=words.month, empty=None)
        for name in COVERS
    ),
    money("pension_subsidy"),
    money("housing_amount"),
    day("checkup_on", "checkup_on"),
    text("remarks"),
)  # fmt: skip
AMOUNTS = (*PAID, "pension_subsidy", "housing_amount")


def settle(role, values):
    """A cover has a period, a whole year where nothing is said; without a cover there is none."""
    changed = []
    for name in COVERS:
        start, end = f"{name}_start", f"{name}_end"
        if getattr(role, name) in NONE:
            after = (None, None)
        elif getattr(role, start) is None:
            year = role.year
            after = (datetime.date(year, 1, 1), getattr(role, end) or datetime.date(year, 12, 31))
        else:
            continue
        for attribute, new in zip((start, end), after, strict=True):
            if getattr(role, attribute) != new:
                setattr(role, attribute, new)
                changed.append(attribute)
    if role.pension in NONE and role.pension_subsidy:
        role.pension_subsidy = Decimal(0)
        changed.append("pension_subsidy")
    return changed


def _check(case):
    """What the database would refuse of the record that the row leaves behind."""
    typed = case.row.values
    year = case.key[0]
    if year != int(year) or not 1949 <= year <= case.scope.as_of.year:
        return (
            "safeguard_year",
            "year_out_of_range",
            f"“{year:g}”不是年度，请填四位年份，不晚于 {case.scope.as_of.year} 年",
        )
    for name in AMOUNTS:
        if typed.get(name) is not None and not 0 <= Decimal(str(typed[name])) < MOST:
            return (name, "amount_out_of_range", "金额不能是负数，也不能超过一亿元，请按元填写")
    kept = next((role for role in case.kept if role.year == year), None)
    for name in COVERS:
        kind = typed.get(name) or (getattr(kept, name) if kept else "")
        start = _after(typed, f"{name}_start", kept, words.day)
        end = _after(typed, f"{name}_end", kept, last_day)
        if kind in NONE and (typed.get(f"{name}_start") or typed.get(f"{name}_end")):
            return (name, "cover_without_kind", f"写了起止日期，没有写{LABELS[name]}的类型，请补上")
        if kind not in NONE and end and end < (start or datetime.date(int(year), 1, 1)):
            return (f"{name}_end", "end_before_start", f"早于{LABELS[name]}的起始日期，请核对两个日期")
    if typed.get("pension_subsidy") and (typed.get("pension") or (kept.pension if kept else "")) in NONE:
        return ("pension_subsidy", "subsidy_without_pension", "没有参加养老保险的，不填养老保险补贴")
    if typed.get("checkup_on") and words.day(typed["checkup_on"]).year != year:
        return ("checkup_on", "checkup_other_year", f"体检日期不在 {year:g} 年内，请核对年度和日期")
    return None


def _after(typed, name, kept, read):
    was = getattr(kept, name) if kept else None
    said = typed.get(name)
    return was if not said or words.same_day(was, said) else read(said)


def _new(key, values, village, scope):
    return SafeguardRecord(village_id=village, year=int(key[0]))


SAFEGUARDS = RoleKind(
    keys=lambda row: ((row.values["safeguard_year"],),),
    kept=lambda ids, scope: SafeguardRecord.objects.filter(person_id__in=ids),
    key_of=lambda role: (role.year,),
    current=lambda role, scope: True,
    new=_new,
    write=actions.record_safeguards,
    fields=FIELDS,
    show=("safeguard_year", lambda key, role: f"{role.year} 年度"),
    check=_check,
    settle=settle,
    left_out=frozenset({"remarks", "village"}),
    states_education=False,
)
compare = partial(roles.compare, SAFEGUARDS)
