"""The funnel of needs (需求 → 推荐 → 邀请 → 接受 → 签约 → 到岗), and what is not met, by class and by township."""

from collections import defaultdict

from django.db.models import Count
from django.shortcuts import render

from core.indicators import percentage
from core.periods import dated_by
from core.views.access import business_page
from core.views.figures import asked_division, townships
from talent.models import Demand, DemandRound, SubClass, TalentClass
from talent.views.demands.asking import chosen

STEPS = (("proposed", "推荐"), ("invited", "邀请"), ("accepted", "接受"), ("agreed", "签约"), ("arrived_by", "到岗"))
DATES = {"arrived_by": "arrived_on"}
COUNTS = (("需求（项）", 10), ("需要（人）", 10), *((f"{label}（人次）", 11) for _, label in STEPS), ("到期未解决（项）", 13), ("未满足（项）", 11), ("仍缺（人）", 10))  # fmt: skip


def counted(demands, on):
    """One dict a need: its class and township, how many people it asks for, how many matches reached each step by `on`."""
    reached = {
        key: Count("matches", filter=dated_by(on, f"matches__{DATES.get(key, f'{key}_on')}")) for key, _ in STEPS
    }
    names = (
        "pk",
        "talent_class",
        "sub_class",
        "township_id",
        "township__name",
        "number",
        "closed_on",
        "close_reason",
        *reached,
    )
    rows = demands.order_by().annotate(**reached).values(*names)
    return [row | {"missing": _missing(row, on), "expired": _expired(row, on)} for row in rows]


def _is_closed(row, on):
    return row["closed_on"] is not None and row["closed_on"] <= on


def _missing(row, on):
    """How many people are still sought; none for a need that was closed."""
    return 0 if _is_closed(row, on) else max(row["number"] - row["arrived_by"], 0)


def _expired(row, on):
    """True for a need whose search was ended without success."""
    return _is_closed(row, on) and row["close_reason"] == Demand.CloseReason.EXPIRED


def steps(demands, on):
    """[{label, needs, people, percent}] from all needs to those to whom somebody came; percent is of the step before."""
    rows = counted(demands, on)
    found = [{"label": "需求", "needs": len(rows), "people": sum(row["number"] for row in rows), "percent": None}]
    for key, label in STEPS:
        needs = sum(row[key] > 0 for row in rows)
        people = sum(row[key] for row in rows)
        found.append(
            {"label": label, "needs": needs, "people": people, "percent": percentage(needs, found[-1]["needs"])}
        )
    for step in found:
        step["of"] = max(len(rows), 1)
    return found


def by_class(rows):
    """A line for each class and each sub-class under it that something was asked of."""
    labels, lines = dict(SubClass.choices), []
    for one, label in (*TalentClass.choices, ("", "未分类")):
        of_class = [row for row in rows if row["talent_class"] == one]
        if of_class:
            lines.append(_summed(label, of_class) | {"is_class": True, "asked": one or "none"})
            subs = sorted({row["sub_class"] for row in of_class} - {""}, key=list(labels).index)
            lines += [
                _summed(labels[sub], [row for row in of_class if row["sub_class"] == sub]) | {"is_class": False, "asked": sub}
                for sub in subs
            ]  # fmt: skip
    return lines


def by_township(rows):
    grouped = defaultdict(list)
    for row in rows:
        grouped[row["township_id"], row["township__name"]].append(row)
    return [_summed(name, of) | {"code": code} for (code, name), of in sorted(grouped.items())]


def _summed(label, rows):
    return {
        "label": label,
        "needs": len(rows),
        "people": sum(row["number"] for row in rows),
        "reached": [sum(row[key] for row in rows) for key, _ in STEPS],
        "expired": sum(row["expired"] for row in rows),
        "unmet": sum(row["missing"] > 0 for row in rows),
        "missing": sum(row["missing"] for row in rows),
    }


def book(demands, on):
    """The table by class for Excel."""
    rows = counted(demands, on)
    lines = [*by_class(rows), _summed("合计", rows) | {"is_class": True}]
    cells = [(line["label"] if line["is_class"] else f"　{line['label']}", *_cells(line)) for line in lines]
    return "供需对接漏斗表", (("类别", 34), *COUNTS), cells


def township_book(demands, on):
    """The table by township for Excel."""
    rows = counted(demands, on)
    lines = [*by_township(rows), _summed("合计", rows)]
    return "分乡镇对接和缺口表", (("乡镇", 16), *COUNTS), [(line["label"], *_cells(line)) for line in lines]


def _cells(line):
    return (line["needs"], line["people"], *line["reached"], line["expired"], line["unmet"], line["missing"])


BOOKS = {"funnel": book, "townships": township_book}


@business_page
def demands_funnel(request):
    """The funnel of a round or of all, by class and by township."""
    demands = chosen(request)
    rows = counted(demands, request.on)
    context = {
        "steps": steps(demands, request.on),
        "labels": [label for _, label in STEPS],
        "classes": by_class(rows),
        "by_township": by_township(rows),
        "all": _summed("合计", rows),
        "rounds": DemandRound.objects.visible_to(request.user).order_by("-year", "-pk"),
        "asked_round": request.GET.get("round", ""),
        "townships": townships(request.user),
        "code": asked_division(request) or "",
        "query": request.GET.urlencode(),
    }
    return render(request, "talent/demands/funnel.html", context)
