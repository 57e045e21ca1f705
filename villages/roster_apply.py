"""The table of villages against the yearly figures that are kept: what each row would change, and writing it as a set."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.db import models, transaction

from core.writes import change_rows, create_rows
from rosters import cleaning
from rosters.cleaning.persons import is_misspelt_phone
from rosters.comparison import OUTSIDE, Comparison, Verdict, outside
from villages.models import Village, VillageFigures
from villages.secretaries import secretaries

LARGEST_COUNT = 2_147_483_647
NAMES = (
    "groups", "households", "population", "resident_population", "party_members", "arable_land_mu",
    "collective_income_wan", "party_body", "members_joined", "office_funds_wan", "venue_area", "venue_built", "five_rooms",
    "open_decisions", "leader_subsidy", "bundled_projects", "secretary_name", "remarks",
)  # fmt: skip
FIELDS = {field: VillageFigures._meta.get_field(field) for field in NAMES}
READS = {"secretary_name": cleaning.name, "remarks": cleaning.free_text}
PHONE = ("phone", "phone_compared_only", "这张表的电话只与在任书记的电话核对，不入库")
NAME_DIFFERS = ("secretary_name", "secretary_differs", "与系统中在任的党组织书记不同，请核对；名册照所填保存，任职不变")
NOBODY_SERVES = ("secretary_name", "secretary_unknown", "系统中这个村没有在任的党组织书记，可用“两委”花名册补上")
PHONE_DIFFERS = ("phone", "secretary_phone_differs", "与系统中在任书记的电话不同，请核对；系统中的电话不变")


@dataclass
class Plan:
    """What `write` writes: new figures, and changed ones with the names of their fields."""

    new: list = field(default_factory=list)
    changed: list = field(default_factory=list)


def compare(rows, scope):
    """A Comparison of rows about villages with the figures of the year of `scope.as_of`."""
    verdicts = [Verdict() for _ in rows]
    kept, plan, said = _kept(rows, scope), Plan(), {}
    for row, verdict in zip(rows, verdicts, strict=True):
        if row.village_code and outside(row.village_code, scope.code):
            verdict.refuse(*OUTSIDE)  # and nothing else is told about the row
        elif not row.refused and row.village_code:
            _take(row, verdict, kept, said, plan, scope.as_of.year)
    _hint(rows, verdicts, scope)
    return Comparison(verdicts, plan)


def _kept(rows, scope):
    codes = {row.village_code for row in rows if row.village_code and not outside(row.village_code, scope.code)}
    found = VillageFigures.objects.filter(village_id__in=codes, year=scope.as_of.year).order_by("pk")
    if scope.lock:
        found = found.select_for_update()
    return {figures.village_id: figures for figures in found}


def _take(row, verdict, kept, said, plan, year):
    for found in filter(None, (unfit(name, row.values.get(name)) for name in NAMES)):
        verdict.refuse(*found)
    earlier = said.setdefault(row.village_code, row)
    if earlier is not row:
        verdict.refuse("village", "duplicate_in_file", f"与{earlier.place}是同一个村，请只保留一行")
    if verdict.refused:
        return
    stated = _stated(row)
    figures = kept.get(row.village_code)
    if figures is None:
        verdict.change = "new" if any(value not in (None, "") for value in stated.values()) else "unchanged"
        if verdict.change == "new":
            plan.new.append(VillageFigures(village_id=row.village_code, year=year, **stated))
        return
    changed = [name for name, value in stated.items() if not _same(name, getattr(figures, name), value)]
    for name in changed:
        verdict.diff[name] = (shown(name, getattr(figures, name)), shown(name, stated[name]))
        setattr(figures, name, stated[name])
    verdict.change = "changed" if changed else "unchanged"
    if changed:
        plan.changed.append((figures, changed))


def _stated(row):
    """{name: value to keep} of what the row says; a blank cell says nothing, 清空 that there is nothing."""
    found = {name: keep(name, row.values[name]) for name in NAMES if row.values.get(name) not in (None, "")}
    empty = {name: "" if _is_text(name) else None for name in row.cleared if name in FIELDS}
    return found | empty


def _same(name, old, new):
    """True when a roster would read the kept value as the new one: blanks typed on a page are no change."""
    return old == new or (name in READS and bool(old and new) and new == READS[name].compile()(old)[0])


def keep(name, value):
    """A row's value as the model keeps it; figures with more places than it has are rounded."""
    if isinstance(FIELDS[name], models.DecimalField):
        return Decimal(str(value)).quantize(Decimal(1).scaleb(-FIELDS[name].decimal_places))
    return value if _is_text(name) else int(value)


def plain(value):
    """A kept value as a person would write it: no exponent, no zeros behind the point; None where nothing is kept."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return None if value in (None, "") else str(value)


def shown(name, value):
    """A kept value of the field `name` as a person would write it."""
    return dict(FIELDS[name].flatchoices).get(value) if FIELDS[name].choices else plain(value)


def unfit(name, value):
    """(field, code, message) of a value that cannot be kept, or None."""
    return None if value in (None, "") else unfit_value(name, FIELDS[name], value)


def unfit_value(name, kept_as, value):
    """(field, code, message) where the model field `kept_as` cannot hold the value that a row has in `name`, or None."""
    if not isinstance(kept_as, models.DecimalField | models.IntegerField):
        if kept_as.max_length and len(value) > kept_as.max_length:
            return name, "too_long", f"超过 {kept_as.max_length} 个字，请核对"
        return None
    if value < 0:
        return name, "negative", f"“{value}”小于 0，请核对"
    if isinstance(kept_as, models.DecimalField):
        if value >= 10 ** (kept_as.max_digits - kept_as.decimal_places):
            return name, "too_large", "数字太大，请核对数字和单位"
        return None
    if value != int(value):
        return name, "not_whole", f"“{value}”不是整数，请核对"
    return (name, "too_large", "数字太大，请核对数字和单位") if value > LARGEST_COUNT else None


def _is_text(name):
    return not isinstance(FIELDS[name], models.DecimalField | models.IntegerField)


def _hint(rows, verdicts, scope):
    """The typed secretary against the serving one, and once for the whole table what it is kept as."""
    good = [
        (row, verdict)
        for row, verdict in zip(rows, verdicts, strict=True)
        if row.village_code and not row.refused and not verdict.refused
    ]
    if good:
        good[0][1].hint("village", "figures_year", f"这张表按“名册截至”的年份，记作 {scope.as_of.year} 年度的数据")
    serving = secretaries({row.village_code for row, _ in good}, scope.as_of)
    told = False
    for row, verdict in good:
        if row.values.get("phone") and not told:
            told = True
            verdict.hint(*PHONE)
        _hint_secretary(row, verdict, serving.get(row.village_code, ()))


def _hint_secretary(row, verdict, serving):
    name, phone = row.values.get("secretary_name"), row.values.get("phone")
    if not name and not phone:
        return
    if not serving:
        if name:
            verdict.hint(*NOBODY_SERVES)
        return
    meant = [secretary for secretary in serving if secretary.name == name] if name else serving
    if not meant:
        verdict.hint(*NAME_DIFFERS)
    elif phone and not is_misspelt_phone(row) and not any(secretary.phone == phone for secretary in meant):
        verdict.hint(*PHONE_DIFFERS)


@transaction.atomic
def write(plan, *, by, batch):
    """Write the plan."""
    _attach(plan)
    create_rows(plan.new, by=by, batch=batch)
    names = [name for name in NAMES if any(name in changed for _, changed in plan.changed)]
    change_rows([figures for figures, _ in plan.changed], names, by=by, batch=batch)


def _attach(plan):
    """Give the figures the villages that their audit lines name, with one query for all."""
    rows = [*plan.new, *(figures for figures, _ in plan.changed)]
    villages = Village.objects.in_bulk({figures.village_id for figures in rows}, field_name="code")
    for figures in rows:
        figures.village = villages[figures.village_id]
