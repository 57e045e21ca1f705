"""The lists of figures, of checks and of the admin as workbooks: names and places, numbers of persons only masked."""

import datetime
import html
from decimal import Decimal

from django.apps import apps
from django.contrib import admin, messages
from django.contrib.admin.exceptions import NotRegistered
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import label_for_field, lookup_field
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.safestring import SafeString

from core import indicators, rules
from core.views.access import business_page
from core.views.figures import PART_LABELS, asked_division
from rosters import listing

WIDE = 60  # characters; the widest column of a list
MOST_ROWS = 20_000  # of a list of the admin: more take longer than a page may
TOO_MANY = f"这份名单有 {{}} 行，一次最多导出 {MOST_ROWS} 行。请先按乡镇等条件筛选，再导出。"
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


@business_page
def list_workbook(request, app, model):
    """A list of the admin as its filters, its search and its order leave it, with the columns that it shows: masked as there."""
    page = _list_page(app, model)
    if not page.has_view_permission(request):
        raise PermissionDenied
    request.GET = request.GET.copy()
    request.GET.pop("on", None)  # the middleware has taken it
    found = _changelist(page, request)
    if found is None or found.result_count > MOST_ROWS:
        messages.error(request, TOO_MANY.format(found.result_count) if found else "这个筛选条件不对，请重新选择。")
        return redirect(f"admin:{app}_{model}_changelist")
    names = page.get_list_display(request)
    columns = [("序号", 6), *((label_for_field(name, page.model, page), 16) for name in names)]
    lines = [[number, *(_shown(page, name, row) for name in names)] for number, row in enumerate(found.queryset, 1)]
    title = page.heading or page.opts.verbose_name_plural
    told = f"数据时点 {request.on:%Y-%m-%d}，共 {len(lines)} 行。"
    content = listing.workbook(title, columns, lines, by=request.user.name, told=told)
    return listing.download(content, f"{title} {request.on:%Y-%m-%d}.xlsx")


def _list_page(app, model):
    """The admin page of a model whose list goes out, or Http404."""
    try:
        page = admin.site.get_model_admin(apps.get_model(app, model))
    except (LookupError, NotRegistered):
        raise Http404 from None
    if not (page.roster or page.not_returned):
        raise Http404
    return page


def _changelist(page, request):
    """The list as the address narrows it; None where the address asks what cannot be asked."""
    try:
        return page.get_changelist_instance(request)
    except IncorrectLookupParameters:
        return None


def _shown(page, name, row):
    """What the list shows of a row in a column: a number stays one, a link gives its text."""
    field, _, value = lookup_field(name, row, page)
    if field is not None and field.is_relation:
        value = getattr(row, field.name)
    elif field is not None and field.flatchoices:
        value = dict(field.flatchoices).get(value, value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime.datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    if isinstance(value, SafeString):
        return html.unescape(strip_tags(value))
    return float(value) if isinstance(value, Decimal) else value
