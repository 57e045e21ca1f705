"""扶持政策 for the county: the policies with their budgets, one policy with its conditions, and what-if."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from awards import actions, supporting
from awards.models import SupportCondition, SupportPolicy
from awards.views.support_forms import BudgetForm, ConditionForm, PolicyForm, WhatIfForm
from awards.views.tabs import SUPPORT, tabs
from core.scope import inside
from core.views.access import page_for
from talent.views.sheet import Cell, Choice, Sheet, answer

COUNTY_DIGITS = 6
MOST_SHOWN = 200
COLUMNS = (
    ("政策", 26), ("类型", 14), ("文号", 24), ("执行开始", 12), ("执行截止", 12), ("标准", 28), ("条件", 44), ("互斥组", 12),
    ("本年预算（元）", 14), ("本年已批准（元）", 14), ("预算余额（元）", 14),
)  # fmt: skip
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
    return answer(request, sheet, tabs=tabs(SUPPORT, "support_policies"), choices=(STATE,), buttons=_buttons(request))


def _buttons(request):
    found = []
    if request.user.has_perm("rosters.upload"):
        found.append({"label": "上传扶持申请表", "url": reverse("roster_upload"), "main": False})
    if request.user.has_perm("awards.add_supportpolicy"):
        found.append({"label": "登记政策", "url": reverse("support_policy_new"), "main": True})
    return found


def _line(row, standing):
    budget, given = standing
    left = "" if budget is None else float(budget - given)
    return [
        Cell(row.name, reverse("support_policy", args=[row.pk])), Cell(row.get_kind_display()), Cell(row.document_no),
        Cell(f"{row.start:%Y-%m-%d}"), Cell(f"{row.end:%Y-%m-%d}" if row.end else ""), Cell(row.formula_text),
        Cell("；".join(one.text for one in row.conditions.all())), Cell(row.exclusion_group),
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
    form = PolicyForm(request.POST or None, division=request.user.division, initial={"start": request.on})
    if request.method == "POST" and form.is_valid():
        actions.set_up_policies([form.instance], by=request.user)
        messages.success(request, "已登记政策。下一步：登记条件和年度预算。")
        return redirect("support_policy", form.instance.pk)
    context = {"form": form, "title": "登记扶持政策"}
    return render(request, "awards/support_form.html", context, status=400 if form.errors else 200)


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
    mine = kept.applications.visible_to(request.user).select_related("person", "village__township")
    runs = request.user.has_perm("awards.change_supportpolicy") and inside(kept.division_id, request.user.division_id)
    context = {
        "policy": kept, "year": year, "budget": budget, "given": given, "runs": runs,
        "left": None if budget is None else budget - given,
        "conditions": kept.conditions.order_by("kind", "pk"), "budgets": kept.budgets.order_by("-year", "pk"),
        "rows": mine.order_by("-applied_on", "-pk")[:MOST_SHOWN], "count": mine.count(),
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
    """Who meets the conditions on the date and what the year would cost, as the policy is and as it is tried; nothing is kept."""
    kept = policy_or_404(request, pk)
    conditions, on = list(kept.conditions.order_by("kind", "pk")), request.on
    mean = supporting.mean_base(kept, on)
    asked = {name: value for name, value in request.GET.items() if name != "on"}
    form = WhatIfForm(asked or None, policy=kept, conditions=conditions, mean=mean)
    facts = supporting.facts_of(supporting.candidates(request.user, on), on)
    barred = supporting.barred(kept, on)
    before = supporting.outcome(kept, conditions, facts, barred, on, mean)
    context = {"policy": kept, "form": form, "before": before, "after": None, "pool": len(facts), "mean": mean}
    if form.is_bound and form.is_valid():
        base = form.cleaned_data.get("mean") or mean
        after = supporting.outcome(form.changed(), form.tried(), facts, barred, on, base)
        context |= {
            "after": after, "more": after.cost - before.cost,
            "gained": _people(after, before), "lost": _people(before, after), "most": MOST_SHOWN,
        }  # fmt: skip
    budget = supporting.budget_of(kept, on.year)
    context["budget"] = budget.amount if budget else None
    return render(request, "awards/support_what_if.html", context, status=400 if form.is_bound and form.errors else 200)


def _people(these, those):
    """The people of one outcome that are not in the other, in the order of places."""
    return [one.person for key, one in these.qualified.items() if key not in those.qualified]
