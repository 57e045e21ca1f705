"""The lists behind figures and checks as workbooks: names and places, no numbers of persons."""

from core import indicators, rules
from core.views.access import business_page
from core.views.figures import PART_LABELS, asked_division
from rosters import listing

WIDE = 60  # characters; the widest column of a list
SEVERITY, MESSAGE, CHECK, BASIS = ("程度", 10), ("发现", WIDE), ("核查项", 24), ("依据", 40)


@business_page
def figure_workbook(request, key):
    """The list of the page of a figure, part by part as `?part=` says, with its definition and date."""
    one, code, part = indicators.get(key), asked_division(request), request.GET.get("part", "numerator")
    rows = indicators.rows(key, request.user, request.on, code, part)
    headings = list(dict.fromkeys(heading for row in rows for heading in row["details"]))
    has_amounts = any(row["amount"] != 1 for row in rows)
    title = one.label if len(one.parts) == 1 else f"{one.label}（{PART_LABELS[part]}）"
    told = f"数据时点 {request.on:%Y-%m-%d}，共 {len(rows)} 行。{one.definition}"
    lines = [
        [number, row["label"], row["where"], *(row["details"].get(heading, "") for heading in headings),
         *([row["amount"]] if has_amounts else [])]
        for number, row in enumerate(rows, 1)
    ]  # fmt: skip
    columns = [("序号", 6), ("名称", 20), ("所在", 26), *((heading, 16) for heading in headings)]
    columns += [("数量", 10)] if has_amounts else []
    content = listing.workbook(title, columns, lines, by=request.user, told=told)
    return listing.download(content, f"{title} {request.on:%Y-%m-%d}.xlsx")


@business_page
def findings_workbook(request):
    """The findings of the page 核查发现 as it is narrowed there."""
    code, only = asked_division(request), request.GET.get("rule") or None
    found = rules.findings(request.user, request.on, code, only)
    lines = [
        [number, rules.SEVERITIES[one.severity], one.message, rules.RULES[one.code].title, rules.RULES[one.code].basis]
        for number, one in enumerate(found, 1)
    ]
    title = rules.RULES[only].title if only else "核查发现"
    told = f"数据时点 {request.on:%Y-%m-%d}，共 {len(found)} 处。"
    columns = [("序号", 6), SEVERITY, MESSAGE, CHECK, BASIS]
    content = listing.workbook(title, columns, lines, by=request.user, told=told)
    return listing.download(content, f"{title} {request.on:%Y-%m-%d}.xlsx")
