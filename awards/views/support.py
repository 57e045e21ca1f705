"""扶持政策 for the county: the policies with their budgets, one policy with its conditions, and what-if."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from awards import actions, supporting
from awards.models import SupportCondition, SupportExclusion, SupportPolicy
from awards.parameters.support import TEMPLATES, template_part
from awards.views.support_forms import BudgetForm, ConditionForm, ExclusionForm, PolicyForm, WhatIfForm
from awards.views.tabs import SUPPORT, tabs
from core.scope import inside
from core.text import row_key
from core.views.access import page_for
from rosters.listing import download, workbook
from talent.views.sheet import Cell, Choice, Sheet, answer, upload_button

COUNTY_DIGITS = 6
MOST_SHOWN = 200
MOST_LIKE = 20
COPIED = (
    "name",
    "kind",
    "formula",
    "rate",
    "base",
    "cap",
    "repeat_years",
    "exclusion_group",
    "clean_record",
    "remarks",
)
COLUMNS = (
    ("政策", 26), ("类型", 14), ("文号", 24), ("执行开始", 12), ("执行截止", 12), ("标准", 28), ("条件", 44), ("互斥组", 12),
    ("本年预算（元）", 14), ("本年已批准（元）", 14), ("预算余额（元）", 14),
)  # fmt: skip
WHAT_IF = (("变化", 12), ("姓名", 12), ("乡镇", 14), ("村", 16), ("年龄", 8), ("现在可以申请", 14), ("金额（元）", 14))
NOT_RETURNED = "政策由县委组织部逐项登记，这张表不传回；要改，点政策名称打开后修改。申请可以用“扶持申请表”成批上传。"
STATE = Choice("state", "状态：执行中", (("all", "全部"),))
MEANWHILE = "保存时发现这里刚有别的变动，没有保存。请刷新后再办理。"


@page_for("awards.view_supportpolicy")
def policies(request):
    """Policies in force on the date, with conditions and what is left of the year's budget."""
    seen = SupportPolicy.objects.visible_to(request.user)
    found = seen if STATE.asked(request) else seen.open(request.on)
    rows = list(found.prefetch_related("conditions").order_by("division_id", "-start", "name", "pk"))
    standing = supporting.standing_of(rows, request.on.year)
    empty = "这一天没有执行中的扶持政策。" + (
        "点右上角登记政策。" if request.user.has_perm("awards.add_supportpolicy") else ""
    )
    sheet = Sheet("扶持政策", "项", COLUMNS, [_line(row, standing[row.pk]) for row in rows], empty)
    return answer(
        request,
        sheet,
        tabs=tabs(SUPPORT, "support_policies"),
        choices=(STATE,),
        buttons=_buttons(request),
        not_returned=NOT_RETURNED,
        townships=(),  # a policy is for the whole county
    )


def _buttons(request):
    found = upload_button(request, "support_applications", "上传扶持申请表")
    if request.user.has_perm("awards.add_supportpolicy"):
        found.append({"label": "登记政策", "url": reverse("support_policy_new"), "main": True})
    return found


def _line(row, standing):
    budget, given = standing
    left = "" if budget is None else float(budget - given)
    return [
        Cell(row.name, reverse("support_policy", args=[row.pk]), wrap=True), Cell(row.get_kind_display()),
        Cell(row.document_no, wrap=True),
        Cell(f"{row.start:%Y-%m-%d}"), Cell(f"{row.end:%Y-%m-%d}" if row.end else ""), Cell(row.formula_text, wrap=True),
        Cell("；".join(one.text for one in row.conditions.all()), wrap=True), Cell(row.exclusion_group),
        Cell("未登记" if budget is None else float(budget)), Cell(float(given)), Cell(left),
    ]  # fmt: skip


def policy_or_404(request, pk):
    return get_object_or_404(SupportPolicy.objects.visible_to(request.user), pk=pk)


def _own(request, pk):
    """A policy of the user's own office; 404 elsewhere."""
    kept = policy_or_404(request, pk)
    if not inside(kept.division_id, request.user.division_id):
        raise Http404
    return kept


@page_for("awards.add_supportpolicy")
def new(request):
    """A policy from nothing, from a template of 参数设置 (`?template`), or as an earlier one was (`?like`)."""
    initial, conditions = _pattern(request)
    form = PolicyForm(
        request.POST or None, division=request.user.division, initial={"start": request.on} | initial
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            actions.set_up_policies([form.instance], by=request.user)
            for one in conditions:
                one.policy = form.instance
                actions.set_condition(one, by=request.user)
        messages.success(request, "已登记政策。下一步：核对条件，登记年度预算。")
        return redirect("support_policy", form.instance.pk)
    kinds = dict(SupportPolicy.Kind.choices)
    context = {
        "form": form, "title": "登记扶持政策", "conditions": conditions,
        "templates": [(f"?template={kind}", kinds[kind]) for kind in TEMPLATES],
        "likes": [(f"?like={row.pk}", f"{row.name}（{row.document_no}）") for row in _mine(request)[:MOST_LIKE]],
    }  # fmt: skip
    return render(request, "awards/support_form.html", context, status=400 if form.errors else 200)


def _mine(request):
    """The policies of the user's own office, the newest first."""
    seen = SupportPolicy.objects.visible_to(request.user).filter(division_id=request.user.division_id)
    return seen.order_by("-start", "name", "pk")


def _pattern(request):
    """({field: value}, [unsaved SupportCondition]) of what a new policy is copied from; nothing without."""
    if (kind := request.GET.get("template", "")) in TEMPLATES:
        parts = [template_part(line) for line in TEMPLATES[kind].value(request.on)]
        told = {name: value for fields, _ in parts for name, value in fields.items()}
        return {"kind": kind} | told, [one for _, one in parts if one]
    if like := row_key(request.GET.get("like", "")):
        kept = get_object_or_404(_mine(request), pk=like)
        told = {name: getattr(kept, name) for name in COPIED}
        rows = kept.conditions.order_by("kind", "pk")
        return told, [
            SupportCondition(kind=one.kind, least=one.least, most=one.most, words=one.words) for one in rows
        ]  # fmt: skip
    return {}, []


@page_for("awards.change_supportpolicy")
def edit(request, pk):
    kept = _own(request, pk)
    form = PolicyForm(request.POST or None, instance=kept, division=kept.division)
    if request.method == "POST" and form.is_valid():
        actions.change_policy(form.instance, by=request.user)
        messages.success(request, "已保存政策。")
        return redirect("support_policy", pk)
    context = {"form": form, "title": "修改扶持政策"}
    return render(request, "awards/support_form.html", context, status=400 if form.errors else 200)


@page_for("awards.view_supportpolicy")
def policy(request, pk):
    """One policy: its conditions, budgets, and the applications that the reader may see."""
    return _page(request, policy_or_404(request, pk))


def _page(request, kept, **forms):
    year = request.on.year
    budget, given = supporting.standing_of([kept], year)[kept.pk]
    paid, waiting = supporting.paid_of(kept, request.on)
    mine = kept.applications.visible_to(request.user).select_related("person", "village__township")
    runs = request.user.has_perm("awards.change_supportpolicy") and inside(kept.division_id, request.user.division_id)
    context = {
        "policy": kept, "year": year, "budget": budget, "given": given, "runs": runs,
        "left": None if budget is None else budget - given, "paid": paid, "waiting": waiting,
        "conditions": kept.conditions.order_by("kind", "pk"), "budgets": kept.budgets.order_by("-year", "pk"),
        "rows": mine.order_by("-applied_on", "-pk")[:MOST_SHOWN], "count": mine.count(),
        "exclusions": [(pair, pair.other(kept)) for pair in _pairs(kept)], "exclusion": ExclusionForm(policy=kept),
        "condition": ConditionForm(policy=kept), "budget_form": BudgetForm(initial={"year": year}),
    } | forms  # fmt: skip
    wrong = [form for form in forms.values() if form.errors]
    return render(request, "awards/support_policy.html", context | {"wrong": wrong}, status=400 if wrong else 200)


@require_POST
@page_for("awards.change_supportpolicy")
def condition(request, pk):
    """Add a condition, or put it in place of the one of its kind."""
    kept = _own(request, pk)
    same = kept.conditions.filter(kind=request.POST.get("condition-kind", "").replace("\x00", "")).first()
    form = ConditionForm(request.POST, policy=kept, instance=same)
    if not form.is_valid():
        return _page(request, kept, condition=form)
    try:
        with transaction.atomic():
            actions.set_condition(form.instance, by=request.user)
    except IntegrityError:
        form.add_error(None, MEANWHILE)
        return _page(request, kept, condition=form)
    messages.success(request, f"已登记条件：{form.instance.text}。")
    return redirect("support_policy", pk)


@require_POST
@page_for("awards.change_supportpolicy")
def condition_drop(request, pk):
    """Take a condition away."""
    row = get_object_or_404(SupportCondition.objects.visible_to(request.user).select_related("policy"), pk=pk)
    if not inside(row.policy.division_id, request.user.division_id):
        raise Http404
    actions.drop_condition(row, by=request.user)
    messages.success(request, f"已去掉条件：{row.text}。")
    return redirect("support_policy", row.policy_id)


def _pairs(kept):
    return SupportExclusion.objects.of(kept).select_related("first", "second").order_by("pk")


@require_POST
@page_for("awards.change_supportpolicy")
def exclude(request, pk):
    """Write down another policy that nobody may have beside this one."""
    kept = _own(request, pk)
    form = ExclusionForm(request.POST, policy=kept)
    if not form.is_valid():
        return _page(request, kept, exclusion=form)
    try:
        with transaction.atomic():
            actions.exclude_policies(form.instance, by=request.user)
    except IntegrityError:
        form.add_error(None, MEANWHILE)
        return _page(request, kept, exclusion=form)
    messages.success(request, f"已登记与“{form.instance.second}”互斥。")
    return redirect("support_policy", pk)


@require_POST
@page_for("awards.change_supportpolicy")
def exclusion_drop(request, pk):
    """Two policies exclude each other no longer."""
    pair = get_object_or_404(SupportExclusion.objects.visible_to(request.user).select_related("first", "second"), pk=pk)
    if not inside(pair.first.division_id, request.user.division_id):
        raise Http404
    actions.drop_exclusion(pair, by=request.user)
    messages.success(request, f"“{pair.first}”和“{pair.second}”不再互斥。")
    return redirect("support_policy", pair.first_id)


@require_POST
@page_for("awards.add_supportbudget")
def budget(request, pk):
    """Set the budget of a year."""
    kept = _own(request, pk)
    form = BudgetForm(request.POST)
    if form.is_valid():
        try:
            with transaction.atomic():
                actions.set_support_budget(kept, **form.cleaned_data, by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        except IntegrityError:
            form.add_error(None, MEANWHILE)
        else:
            messages.success(request, f"已登记 {form.cleaned_data['year']} 年预算。")
            return redirect("support_policy", pk)
    return _page(request, kept, budget_form=form)


@page_for("awards.view_supportpolicy")
def what_if(request, pk):
    """Who meets the conditions on the date and what the year would cost, as the policy is and as it is tried; nothing is kept.

    With `?xlsx` the people of both, with what becomes of each, as Excel."""
    kept = policy_or_404(request, pk)
    conditions, on = list(kept.conditions.order_by("kind", "pk")), request.on
    mean = supporting.mean_base(kept, on)
    asked = {name: value for name, value in request.GET.items() if name not in {"on", "xlsx"}}
    form = WhatIfForm(asked or None, policy=kept, conditions=conditions, mean=mean)
    facts = supporting.facts_of(supporting.candidates(request.user, on), on)
    barred = supporting.barred(kept, on, facts)
    before = after = supporting.outcome(kept, conditions, facts, barred, on, mean)
    is_tried = form.is_bound and form.is_valid()
    if is_tried:
        base = form.cleaned_data.get("mean") or mean
        after = supporting.outcome(form.changed(), form.tried(), facts, barred, on, base)
    if "xlsx" in request.GET and (is_tried or not form.is_bound):
        return _what_if_list(request, kept, before, after)
    budget, given = supporting.standing_of([kept], on.year)[kept.pk]
    context = {
        "policy": kept, "form": form, "pool": len(facts), "mean": mean, "given": given, "budget": budget,
        "before": before, "year_before": given + before.cost,
        "left_before": None if budget is None else budget - given - before.cost, "after": None,
        "xlsx": urlencode(asked | {"xlsx": "1"}),
    }  # fmt: skip
    if is_tried:
        context |= {
            "after": after, "more": after.cost - before.cost, "year_after": given + after.cost,
            "left_after": None if budget is None else budget - given - after.cost,
            "gained": _people(after, before), "lost": _people(before, after), "most": MOST_SHOWN,
        }  # fmt: skip
    return render(request, "awards/support_what_if.html", context, status=400 if form.is_bound and form.errors else 200)


def _people(these, those):
    """The people of one outcome that are not in the other, in the order of places."""
    return [one.person for key, one in these.qualified.items() if key not in those.qualified]


def _what_if_list(request, kept, before, after):
    """Everybody who qualifies as it is or as it is tried, with what becomes of each."""
    everybody = {**before.qualified, **after.qualified}
    rows = [
        _what_if_row(key, everybody[key].person, before, after, request.on)
        for key in sorted(everybody, key=lambda key: (everybody[key].person.village_id, key))
    ]
    told = f"{request.on:%Y-%m-%d} 时点试算，不改动政策；可以申请 {len(after.may_apply)} 人，每人 {after.each:,.2f} 元"
    title = f"{kept.name}试算名单"
    return download(
        workbook(title, WHAT_IF, rows, by=request.user.name, told=told), f"{title}（{request.on:%Y%m%d}）.xlsx"
    )  # fmt: skip


def _what_if_row(key, person, before, after, on):
    if key not in before.qualified:
        change = "新符合"
    else:
        change = "仍符合" if key in after.qualified else "不再符合"
    may = key in after.may_apply
    place = person.village
    return (
        change, person.name, place.township.name, place.name, person.age(on), "是" if may else "否", float(after.each) if may else None
    )  # fmt: skip
