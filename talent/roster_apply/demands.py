"""A table of needs against the needs of the survey: what each row would change, and writing it as a set."""

from dataclasses import dataclass, field

from django.db import transaction

from core import validators
from core.writes import change_rows
from rosters.cleaning.persons import is_misspelt_phone
from rosters.comparison import OUTSIDE, Comparison, Verdict, outside
from talent import actions
from talent.models import Demand, DemandRound, Manner, SubClass, TalentClass
from talent.models.talent_classes import CLASS_OF
from talent.roster_apply import words
from talent.roster_apply.needs import GONE, NO_TOWNSHIP, townships_of
from talent.roster_apply.role_kinds import choice, day, restate, text
from villages.models import Division, Village

MOST = 9999
NO_VILLAGE = ("village", "missing_field:village", "村的需求请填写是哪个村")
WRONG_CLASS = ("sub_class", "sub_class_elsewhere", "这个小类不属于所填的大类，请核对大类和小类")
BACKWARDS = ("end", "end_before_start", "早于需要时间起，请核对两个时间")
BAD_CODE = ("credit_code", "bad_credit_code", "应为 18 位且校验位正确，请对照证书核对")
CLOSED = ("post", "need_closed", "这项需求已经关闭，照样更正；要重新对接请在“需求与对接”里重新打开")
FIELDS = (
    choice("asker", "asker", Demand.Asker), choice("talent_class", "talent_class", TalentClass),
    choice("sub_class", "sub_class", SubClass), choice("manner", "manner", Manner), day("start", "start"), day("end", "end"),
    *(text(name) for name in ("unit", "credit_code", "post", "skills", "terms", "contact", "remarks")),
)  # fmt: skip


@dataclass
class Plan:
    """What `write` writes: new needs and changed ones with the names of their fields, each with its row's index."""

    new: list = field(default_factory=list)
    changed: list = field(default_factory=list)


def compare(rows, scope):
    """A Comparison of rows with the needs of the survey `scope.target_id`."""
    verdicts, plan = [Verdict() for _ in rows], Plan()
    held = DemandRound.objects.filter(pk=scope.target_id).first()
    if held is None:
        for verdict in verdicts:
            verdict.refuse(*GONE)
        return Comparison(verdicts)
    townships = townships_of(rows, scope)
    kept = _kept(held, scope)
    for index, (row, township, verdict) in enumerate(zip(rows, townships, verdicts, strict=True)):
        if not row.refused:
            _take(index, row, township, verdict, kept, plan, held, scope)
    return Comparison(verdicts, plan)


def _kept(held, scope):
    found = Demand.objects.filter(round=held).below(scope.code).order_by("pk")
    if scope.lock:
        found = found.select_for_update()
    return {(one.township_id, one.village_id, one.unit, one.post): one for one in found}


def _take(index, row, township, verdict, kept, plan, held, scope):
    if not township:
        return verdict.refuse(*NO_TOWNSHIP)
    if outside(township, scope.code):
        return verdict.refuse("township" if not row.village_code else "village", *OUTSIDE[1:])
    stated = {one.field for one in FIELDS if not one.says_nothing(row)}
    key = (township, row.village_code, row.values.get("unit") or "", row.values["post"])
    need = kept.get(key)
    is_new = need is None
    if is_new:
        need = Demand(round=held, township_id=township, village_id=row.village_code, asker=_asker(row))
        need.start = need.stated_on = scope.as_of
    names = _state(need, row, verdict)
    for misfit in _misfits(need, row):
        verdict.refuse(*misfit)
    if verdict.refused:
        return None
    if is_new:
        kept[key] = need
        verdict.diff, verdict.change = {"post": (None, need.post)}, "new"
        plan.new.append((index, need))
        if "start" not in stated:
            verdict.hint("start", "start_assumed", f"没有填，按数据日期 {scope.as_of:%Y.%m.%d} 记")
        return None
    verdict.change = "changed" if names else "unchanged"
    if names and need.pk:
        plan.changed.append((index, need, names))
        if need.closed_on:
            verdict.hint(*CLOSED)
    return None


def _asker(row):
    """Who asks where the row does not say: a unit of its own is an enterprise, a village a village."""
    if row.values.get("unit"):
        return Demand.Asker.ENTERPRISE
    return Demand.Asker.VILLAGE if row.village_code else Demand.Asker.TOWNSHIP


def _state(need, row, verdict):
    """Set what the row says; the names of what differs from before, each with old and new in the verdict."""
    names = restate(need, row, FIELDS, verdict.diff)
    return names | _state_number(need, row, verdict) | _state_phone(need, row, verdict) | _settle(need, row)


def _state_number(need, row, verdict):
    typed = row.values.get("number")
    if typed in (None, "") or typed == need.number:
        return set()
    verdict.diff["number"] = (str(need.number), str(typed))
    need.number = int(typed) if typed == int(typed) else typed
    return {"number"}


def _state_phone(need, row, verdict):
    typed = row.values.get("phone")
    if not typed or is_misspelt_phone(row) or typed == need.phone:
        return set()
    verdict.diff["phone"] = words.phones(need.phone, typed)
    need.phone = typed
    return {"phone"}


def _settle(need, row):
    """A sub-class says its class where the row does not."""
    if not need.sub_class or CLASS_OF[need.sub_class] == need.talent_class:
        return set()
    if row.values.get("talent_class") and not row.values.get("sub_class"):
        need.sub_class = ""
        return {"sub_class"}
    if not row.values.get("talent_class"):
        need.talent_class = CLASS_OF[need.sub_class]
        return {"talent_class"}
    return set()


def _misfits(need, row):
    """What the database would refuse, at the cell that says it."""
    for one in FIELDS:
        if found := one.misfit(row, Demand._meta.get_field(one.attribute)):
            yield found
    if need.asker == Demand.Asker.VILLAGE and not need.village_id:
        yield NO_VILLAGE
    if need.sub_class and CLASS_OF[need.sub_class] != need.talent_class:
        yield WRONG_CLASS
    if need.end and need.end < need.start:
        yield BACKWARDS
    if need.number != int(need.number) or not 1 <= need.number <= MOST:
        yield ("number", "not_whole", f"“{need.number}”不是人数，请填 1 到 {MOST:,} 的整数")
    if need.credit_code and not validators.credit_code_valid(need.credit_code):
        yield BAD_CODE


@transaction.atomic
def write(plan, *, by, batch):
    """Write the plan."""
    _attach([need for _, need in plan.new] + [need for _, need, _ in plan.changed])
    actions.state_demands([need for _, need in plan.new], by=by, batch=batch)
    names = sorted({name for _, _, changed in plan.changed for name in changed})
    change_rows([need for _, need, _ in plan.changed], names, by=by, batch=batch)


def _attach(needs):
    """Give the needs the places that their audit lines name, with one query each for all."""
    villages = Village.objects.in_bulk({need.village_id for need in needs if need.village_id}, field_name="code")
    townships = Division.objects.in_bulk({need.township_id for need in needs}, field_name="code")
    for need in needs:
        need.township = townships[need.township_id]
        if need.village_id:
            need.village = villages[need.village_id]
