"""Figures: the registry, and what decides for whom, on which date and grouped how they are counted."""

import dataclasses
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

from django.apps import apps
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, QuerySet, Value
from django.http import Http404

from core import parameters
from core.scope import inside, scope_code, within

PARTS = ("numerator", "denominator", "missing")
COUNTY_DIGITS = 6
OF_COUNTY = "县级"  # what stands in place of a number that is the county's as a whole


@dataclasses.dataclass(frozen=True)
class Rows:
    """A row source: which rows stand behind a figure, where each belongs and what in it is counted.

    `place` is the path to the village (or division) code and `key` to what is counted once ("person_id").
    With `amount` (a path or expression) the amounts of the distinct keys are added up instead of counted.
    `kind` says what a key is (village, person, session, award), so that a page can link it; `label` names it,
    `where` are the paths of the place's names, `details` further cells of the list: Chinese heading → path."""

    queryset: QuerySet
    kind: str
    key: str
    label: str
    place: str = "village_id"
    where: tuple = ("village__township__name", "village__name")
    shown_at: str = (
        ""  # the path of the code shown in the list, where that is not `place` (a class, not who attended it)
    )
    amount: object = None
    details: dict = dataclasses.field(default_factory=dict)

    def within(self, code):
        """The rows of the division `code` and below; all of them without a code."""
        rows = self.queryset.order_by()
        return rows.filter(within(self.place, code)) if code else rows

    @property
    def weight(self):
        if self.amount is None:
            return Value(1)
        return F(self.amount) if isinstance(self.amount, str) else self.amount


@dataclasses.dataclass(frozen=True)
class Indicator:
    """`source` and `of` take the date and return Rows, or a list of Rows whose keys are united."""

    key: str
    label: str
    unit: str
    group: str
    definition: str
    source: Callable
    of: Callable | None = None
    is_share: bool = (
        True  # the numerator's keys are among the denominator's: a percentage and "the missing ones" make sense
    )
    of_county: bool = False  # the county's as a whole: no township and no village has a part of it

    @property
    def parts(self):
        if self.of is None:
            return PARTS[:1]
        return PARTS if self.is_share else PARTS[:2]


@dataclasses.dataclass(frozen=True)
class Figure:
    """An indicator measured. `value` = `numerator` = the number of rows behind it, or the sum of their amounts; None for a
    township or village where it is the county's as a whole."""

    key: str
    label: str
    unit: str
    value: int | None
    numerator: int | None
    denominator: int | None
    percent: float | None  # 80 of 86 = 93.02, rounded half up; None without a denominator or when that is 0
    definition: str
    group: str
    parts: tuple

    def as_json(self):
        """What the command and the REST door print under the figure's key."""
        return {name: value for name, value in dataclasses.asdict(self).items() if name not in {"key", "parts"}}


REGISTRY = {}


def indicator(key, label, unit, *, group, definition, of=None, is_share=True, of_county=False):
    """Register the decorated function of a date as the row source of a figure."""

    def register(source):
        if key in REGISTRY:
            raise ValueError(f"two indicators are called {key}")
        REGISTRY[key] = Indicator(key, label, unit, group, definition, source, of, is_share, of_county)
        return source

    return register


def get(key):
    """The indicator `key`; Http404 when there is none."""
    if key not in REGISTRY:
        raise Http404
    return REGISTRY[key]


def board(user, on, code=None, keys=None):
    """Every figure of the user's division on the date `on`, narrowed to `code` (a division or village below it).

    Only the figures `keys` where they are given. Nothing for roles without business data; Http404 for a `code` outside the scope or unknown."""
    scope = narrowed(user, code)
    return [] if scope is None else measure(on, scope, keys)


def measure(on, code=None, keys=None):
    """Every figure of the division `code`, of the whole database without one, whoever asks. One query per row source."""
    counts = _Counts(on, code)
    with parameters.read_once(on):
        wanted = REGISTRY.values() if keys is None else [get(key) for key in keys]
        return [_figure(indicator, counts.total, code) for indicator in wanted]


def figure(key, user, on, code=None):
    """One figure by its key, as `board` measures it; None for roles without business data, Http404 for an unknown key."""
    one, scope = get(key), narrowed(user, code)
    return None if scope is None else _figure(one, _Counts(on, scope).total, scope)


def board_by_township(user, on, code=None, keys=None):
    """[(township, {key: Figure})] of the user's division; the number of queries does not grow with the townships.

    Only the figures `keys` where they are given. Somebody who serves in two townships counts in
    both and once in the county."""
    scope = narrowed(user, code)
    if scope is None:
        return []
    counts = _Counts(on, scope)
    townships = apps.get_model("villages.Division").objects.townships().filter(within("code", scope[:9]))
    with parameters.read_once(on):
        wanted = {key: get(key) for key in keys or REGISTRY}
        return [(township, _figures_of(township.code, counts, wanted)) for township in townships.order_by("code")]


def _figures_of(township, counts, wanted):
    return {
        key: _figure(one, lambda source: counts.by_township(source, township), township) for key, one in wanted.items()
    }


def rows(key, user, on, code=None, part="numerator"):
    """What stands behind a figure: [{kind, id, label, where, places, amount, details}], one dict per thing counted.

    `part` is numerator, denominator, or missing (the denominator's without the numerator's). `id` is the primary key of
    what `kind` names, of a village its code; `places` are the codes and `where` the names of where it belongs.
    The number of rows is the figure; for a sum, `amount` adds up to it."""
    one = get(key)
    scope = narrowed(user, code)
    return [] if scope is None else listing(one, on, scope, part)


def listing(one, on, code=None, part="numerator"):
    """The rows behind the indicator `one` in the division `code`, whoever asks; see `rows`."""
    if part not in one.parts:
        raise Http404
    if part == "missing":
        there = {row["id"] for row in listing_of(one.source(on), code)}
        return [row for row in listing_of(one.of(on), code) if row["id"] not in there]
    return listing_of((one.source if part == "numerator" else one.of)(on), code)


def percentage(part, whole):
    """`part` of `whole` in percent with two digits, half up (80 of 86 → 93.02); None of nothing."""
    if not whole:
        return None
    return float((Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.01"), ROUND_HALF_UP))


def narrowed(user, code=None):
    """The code to count below, or None when the user sees no business rows; Http404 for a code that is not theirs."""
    own = scope_code(user)
    if own is None or "business" not in user.role_data.sees:
        return None
    if code is None or code == own:
        return own
    if not inside(code, own) or not is_known(code):
        raise Http404
    return code


def is_known(code):
    """True when there is a division or a village with this code."""
    models = (apps.get_model(name) for name in ("villages.Division", "villages.Village"))
    return any(model.objects.filter(code=code).exists() for model in models)


class _Counts:
    """The counts of one board; a source that several indicators share is asked once."""

    def __init__(self, on, code):
        self.on, self.code = on, code
        self.totals, self.groups = {}, {}

    def total(self, source):
        if source not in self.totals:
            self.totals[source] = dict(_count(source(self.on), self.code, 0)).get("", 0)
        return self.totals[source]

    def by_township(self, source, township):
        if source not in self.groups:
            self.groups[source] = dict(_count(source(self.on), self.code, 9))
        return self.groups[source].get(township, 0)


def _count(sources, code, digits):
    """[(first `digits` digits of the place, sum of the amounts of the distinct keys)] over the united sources."""
    branches, parameters = [], []
    for source in _united(sources):
        branch = source.within(code).annotate(
            figure_place=F(source.place), figure_key=F(source.key), figure_amount=source.weight
        )
        try:
            sql, values = branch.values("figure_place", "figure_key", "figure_amount").query.sql_with_params()
        except EmptyResultSet:
            continue
        branches.append(f"({sql})")
        parameters += values
    if not branches:
        return []
    united = " UNION ALL ".join(branches)
    distinct = f"SELECT DISTINCT left(figure_place, %s) AS place, figure_key, figure_amount FROM ({united}) AS rows"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT place, sum(figure_amount) FROM ({distinct}) AS counted GROUP BY place", [digits, *parameters]
        )
        return [(place, _number(total)) for place, total in cursor.fetchall()]


def _number(total):
    """A sum as JSON and pages want it: whole when it is (PostgreSQL adds bigints up to a numeric)."""
    if not isinstance(total, Decimal):
        return total
    return int(total) if total == total.to_integral_value() else float(total)


def listing_of(sources, code):
    """One dict per distinct key, in order of place and label; the cells of several rows of one key are joined."""
    found = {}
    for source in _united(sources):
        paths = [source.key, source.label, source.shown_at or source.place, *source.where, *source.details.values()]
        wanted = (
            source.within(code).annotate(figure_amount=source.weight).values_list(*paths, "figure_amount").distinct()
        )
        choices = [_choices(source.queryset.model, path) for path in source.details.values()]
        for key, label, place, *rest in wanted:
            names, cells, amount = rest[: len(source.where)], rest[len(source.where) : -1], rest[-1]
            row = found.setdefault(
                key,
                {
                    "kind": source.kind,
                    "id": key,
                    "label": str(label),
                    "amount": _number(amount),
                    "places": {},
                    "details": {},
                },
            )
            row["places"][place] = " ".join(names)
            for heading, shown, cell in zip(source.details, choices, cells, strict=True):
                row["details"].setdefault(heading, set()).add(_cell(shown.get(cell, cell)))
    return sorted((_finished(row) for row in found.values()), key=lambda row: (row["places"], row["label"], row["id"]))


def _finished(row):
    places = dict(sorted(row["places"].items()))
    details = {heading: "、".join(sorted(cells - {""})) for heading, cells in row["details"].items()}
    return row | {"places": list(places), "where": "、".join(places.values()), "details": details}


def _cell(value):
    return "" if value is None else str(value)


def _choices(model, path):
    """code → label of the choice field at `path`; empty for any other field or an annotation."""
    *steps, name = path.split("__")
    for step in steps:
        model = model._meta.get_field(step).related_model
    fields = {field.name: field for field in model._meta.get_fields()}
    return dict(getattr(fields.get(name), "flatchoices", ()))


def _united(sources):
    return [sources] if isinstance(sources, Rows) else sources


def _figure(one, count, code):
    numerator = None if one.of_county and len(code or "") > COUNTY_DIGITS else count(one.source)
    denominator = count(one.of) if one.of else None
    percent = percentage(numerator, denominator) if one.of and one.is_share else None
    return Figure(
        one.key, one.label, one.unit, numerator, numerator, denominator, percent, one.definition, one.group, one.parts
    )
