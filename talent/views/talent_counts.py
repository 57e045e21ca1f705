"""The pool of talents counted: by the five classes and twenty sub-classes, and by where people came from."""

from collections import Counter

from django.db.models import Count
from django.db.models.functions import Left
from django.shortcuts import render
from django.urls import reverse

from core.periods import dated_by, month
from core.scope import scope_code
from core.views.access import business_page
from core.views.figures import asked_division, townships
from core.views.pages import page_of
from rosters import listing
from talent.indicators.talents import SIDES, STAY_YEARS, came, stayed, stayed_key
from talent.models import RuralTalent
from talent.models.talent_classes import SUB_CLASSES
from villages.models import Division, Village

TOWNSHIP_DIGITS, VILLAGE_DIGITS = 9, 12
ORIGIN_HEADINGS = (
    ("乡镇", 12), ("村（社区）", 14), ("姓名", 10), ("引育方式", 10), ("来自何处", 18), ("来（返）乡时间", 12), ("入库时间", 12), ("人才小类", 22),
    ("专业特长", 18), ("满 1 年", 10), ("满 3 年", 10), ("时点", 10),
)  # fmt: skip


@business_page
def talent_counts(request):
    """People by sub-class (rows) and township, or village of a township (columns)."""
    return render(request, "talent/talents/counts.html", _table(request))


@business_page
def talent_counts_excel(request):
    """The same table as a workbook."""
    table = _table(request)
    headings = (("类别", 34), *((place["name"], 10) for place in table["places"]), ("合计", 8))
    rows = [
        (line["label"] if line["is_class"] else f"　{line['label']}", *(cell["count"] for cell in line["cells"]), line["total"])
        for line in table["lines"]
    ]  # fmt: skip
    told = f"{request.user.division.name}　{request.on:%Y-%m-%d} 时点　单位：人"
    content = listing.workbook("乡村人才分类统计表", headings, rows, by=request.user.name, told=told)
    return listing.download(content, f"乡村人才分类统计表_{request.on:%Y%m%d}.xlsx")


def _table(request):
    own, code = scope_code(request.user), asked_division(request)
    digits = VILLAGE_DIGITS if len(code or own) >= TOWNSHIP_DIGITS else TOWNSHIP_DIGITS
    places = _places(request, digits, code)
    counts = _counts(request, digits, code)
    return {
        "places": places,
        "lines": [line for row in _rows() if (line := _line(*row, places, counts))["total"] or row[2] != ""],
        "townships": townships(request.user),
        "code": code or "",
        "has_any": any(counts.values()),
    }


def _counts(request, digits, code):
    """{(place, class, sub-class): people}, in one query; a person has one place in the pool at a time."""
    pool = RuralTalent.objects.visible_to(request.user).in_pool(request.on)
    pool = pool.below(code) if code else pool
    found = pool.order_by().values(place=Left("village_id", digits)).annotate(people=Count("pk"))
    return Counter(
        {
            (place, one, sub): people
            for place, one, sub, people in found.values_list("place", "talent_class", "sub_class", "people")
        }
    )


def _places(request, digits, code):
    if digits == TOWNSHIP_DIGITS:
        found = Division.objects.visible_to(request.user).townships()
    else:
        found = Village.objects.visible_to(request.user).existing(request.on)
    found = found.below(code) if code else found
    return list(found.order_by("code").values("code", "name"))


def _rows():
    """(label, class, sub-classes counted, the filter of the list behind, is it a class's own line)."""
    yield "合计", None, None, "", True
    for one, subs in SUB_CLASSES.items():
        yield one.label, one.value, None, one.value, True
        for sub in subs:
            yield sub.label, one.value, sub.value, sub.value, False
        yield "只定大类，未定小类", one.value, "", f"{one.value}-", False
    yield "未分类", "", "", "none", True


def _line(label, one, sub, asked, is_class, places, counts):
    cells = [
        {"count": _sum(counts, place["code"], one, sub), "url": _address(place["code"], asked)} for place in places
    ]
    return {
        "label": label,
        "is_class": is_class,
        "cells": cells,
        "total": sum(cell["count"] for cell in cells),
        "url": _address("", asked),
    }


def _sum(counts, place, one, sub):
    return sum(
        people
        for (where, is_one, is_sub), people in counts.items()
        if where == place and one in (None, is_one) and sub in (None, is_sub)
    )


def _address(place, asked):
    """The list behind a cell."""
    pairs = [f"{name}={value}" for name, value in (("division", place), ("class", asked)) if value]
    return f"{reverse('talents')}?{'&'.join(pairs)}"


# --- brought in, come back, grown here


@business_page
def talent_origins(request):
    """How many were brought in, came back or grew here; those of one side with where from and whether they stayed."""
    code, name = asked_division(request), _asked_side(request)
    side = SIDES[name]
    shown = page_of(request, _came(request, code, side))
    context = {
        **shown,
        "lines": _origin_lines(shown["page"], request.on, side),
        "sides": _sides(request, code),
        "marks": [_mark(request, code, years, one) for one in SIDES.values() for years in STAY_YEARS],
        "choices": [(key, one.label) for key, one in SIDES.items()],
        "asked_side": name,
        "townships": townships(request.user),
        "code": code or "",
        "query": request.GET.urlencode(),
    }
    return render(request, "talent/talents/origins.html", context)


def _asked_side(request):
    name = request.GET.get("side", "")
    return name if name in SIDES else "outside"


@business_page
def talent_origins_excel(request):
    side = SIDES[_asked_side(request)]
    rows = [
        (
            line["row"].village.township.name, line["row"].village.name, line["row"].person.name,
            line["row"].get_origin_display(), line["row"].came_from, month(line["row"].came_on), month(line["row"].start),
            line["row"].class_text, line["row"].specialty, *line["stays"], line["now"],
        )
        for line in _origin_lines(_came(request, asked_division(request), side), request.on, side)
    ]  # fmt: skip
    told = f"{request.user.division.name}　{request.on:%Y-%m-%d} 时点　年限从{side.counted}算起"
    content = listing.workbook(f"{side.label}台账", ORIGIN_HEADINGS, rows, by=request.user.name, told=told)
    return listing.download(content, f"{side.label}台账_{request.on:%Y%m%d}.xlsx")


def _came(request, code, side):
    """Everybody of the side by the date, gone again or not."""
    rows = RuralTalent.objects.visible_to(request.user).filter(dated_by(request.on, "start"), origin__in=side.origins)
    rows = (rows.below(code) if code else rows).select_related("person", "village__township")
    return rows.order_by("village_id", side.since, "pk")


def _origin_lines(rows, on, side):
    keys = [row.pk for row in rows]
    due = {years: set(came(on, years, side).filter(pk__in=keys).values_list("pk", flat=True)) for years in STAY_YEARS}
    there = {years: set(stayed(on, years, side).filter(pk__in=keys).values_list("pk", flat=True)) for years in STAY_YEARS}  # fmt: skip
    return [_origin_line(row, on, due, there, side) for row in rows]


def _origin_line(row, on, due, there, side):
    stays = ["仍在" if row.pk in there[years] else "已不在" if row.pk in due[years] else "未满" for years in STAY_YEARS]
    if getattr(row, side.since) is None:
        stays = ["没有登记时间"] * len(STAY_YEARS)
    return {"row": row, "stays": stays, "now": "在库" if row.end is None or row.end >= on else f"{month(row.end)} 出库"}


def _sides(request, code):
    pool = RuralTalent.objects.visible_to(request.user).in_pool(request.on)
    pool = pool.below(code) if code else pool
    counts = dict(pool.order_by().values_list("origin").annotate(people=Count("pk")))
    labels = [*RuralTalent.Origin.choices, ("", "没有登记")]
    return [{"label": label, "origin": origin, "people": counts.get(origin, 0)} for origin, label in labels]


def _mark(request, code, years, side):
    """How many people of those whose years are full stayed: in people, for who moved to another village has two places."""
    of, there = came(request.on, years, side), stayed(request.on, years, side)
    counts = [
        (rows.below(code) if code else rows).filter(
            pk__in=RuralTalent.objects.visible_to(request.user).values("pk")
        ).aggregate(people=Count("person", distinct=True))["people"]
        for rows in (there, of)
    ]  # fmt: skip
    return {"label": side.label, "years": years, "stayed": counts[0], "of": counts[1], "key": stayed_key(years, side)}
