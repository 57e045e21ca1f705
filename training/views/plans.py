"""The yearly plan against what was done: the county's, and inside it the part that each township draws up itself."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from core.admin.base import own
from core.indicators import percentage
from core.stamps import Stamped
from core.views.access import business_page, page_for
from rosters import listing
from training import actions
from training.models import Enrollment, PlanLine, Topic, TrainingPlan, TrainingSession

HEADINGS = (
    ("制定单位", 14), ("月份", 8), ("班次", 40), ("培训对象", 16), ("专题", 24), ("计划期数", 10), ("已办期数", 10), ("计划人次", 10),
    ("已训人次", 10), ("每期学时", 10), ("预算（元）", 12),
)  # fmt: skip


class LineForm(Stamped, forms.ModelForm):
    class Meta:
        model = PlanLine
        fields = ("name", "class_type", "topic", "classes", "people", "month", "hours", "budget")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["topic"].queryset = Topic.objects.visible_to(user)


def plans_of(user, year):
    """The plans of the year that the user sees: the county's first, then those of the townships in the user's area."""
    plans = TrainingPlan.objects.visible_to(user).filter(year=year).select_related("division")
    return list(plans.order_by("division_id", "pk"))


def lines_of(plans, on, user):
    """The lines with what was done by the date: `held` classes, `trained` person-times of the user's area, late or not."""
    held = TrainingSession.objects.filter(plan_line=OuterRef("pk"), start__lte=on).order_by().values("plan_line")
    seen = Enrollment.objects.visible_to(user).trained()
    trained = seen.filter(session__plan_line=OuterRef("pk"), session__start__lte=on).order_by()
    lines = PlanLine.objects.filter(plan__in=plans).select_related("topic", "plan__division").annotate(
        held=Coalesce(Subquery(held.annotate(n=Count("pk")).values("n")), 0),
        trained=Coalesce(Subquery(trained.values("session__plan_line").annotate(n=Count("pk")).values("n")), 0),
    )  # fmt: skip
    rows = list(lines.order_by("plan__division_id", "month", "pk"))
    for row in rows:
        row.share = percentage(row.held, row.classes)
        row.is_done = row.held >= row.classes
        row.is_late = not row.is_done and (row.plan.year, row.month) < (on.year, on.month)
    return rows


@business_page
def plan_page(request):
    """A year's plan, line by line, with what was done by the date; county and township add lines to their own part."""
    year = _year(request)
    every = plans_of(request.user, year)
    units = {plan.division_id: plan.division.name for plan in every}
    unit = request.GET.get("unit") if request.GET.get("unit") in units else ""
    plans = [plan for plan in every if unit in ("", plan.division_id)]
    rows = lines_of(plans, request.on, request.user)
    if request.GET.get("excel"):
        return _excel(request, rows, year)
    can_change = request.user.has_perm("training.fill_trainingplan")
    form = LineForm(request.POST or None, user=request.user) if can_change else None
    if request.method == "POST":
        if not can_change:
            raise PermissionDenied
        mine = [plan for plan in every if plan.division_id == request.user.division_id]
        form.instance.plan = mine[0] if mine else TrainingPlan(division=request.user.division, year=year)
        if form.is_valid():
            return _added(request, form)
    context = {
        "parts": _parts(request.user, plans, rows, can_change), "year": year, "years": _years(request), "form": form,
        "units": units.items(), "unit": unit, "totals": _totals(rows),
        "unplanned": _unplanned(request, year), "can_change": can_change,
    }  # fmt: skip
    return render(request, "training/plan.html", context, status=400 if form is not None and form.errors else 200)


def _parts(user, plans, rows, can_change):
    """The plans one by one with their lines; whoever fills in the own part may change what lies in the own area."""
    of_plan = {plan.pk: [row for row in rows if row.plan_id == plan.pk] for plan in plans}
    return [
        {"plan": plan, "rows": of_plan[plan.pk], "totals": _totals(of_plan[plan.pk]), "can_change": can_change and own(user, plan)}
        for plan in plans
    ]  # fmt: skip


def _year(request):
    text = request.GET.get("year", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 and "2000" <= text <= "2100" else request.on.year  # fmt: skip


def _years(request):
    kept = TrainingPlan.objects.visible_to(request.user).values_list("year", flat=True)
    return sorted({*kept, request.on.year, request.on.year + 1}, reverse=True)


def _added(request, form):
    line = form.instance
    if line.plan.pk is None:
        line.plan = actions.add_plans([line.plan], by=request.user)[0]
    actions.add_plan_lines([line], by=request.user)
    messages.success(request, f"已列入 {line.plan.year} 年度计划：{line.name}。")
    return redirect(f"{request.path}?year={line.plan.year}")


def _totals(rows):
    return {
        name: sum(getattr(row, name) for row in rows) for name in ("classes", "held", "people", "trained", "budget")
    }


def _unplanned(request, year):
    """Classes of the year, begun by the date, that stand in no line of the plan."""
    held = TrainingSession.objects.visible_to(request.user).filter(start__year=year, start__lte=request.on)
    return held.filter(plan_line=None).order_by("start", "name", "number", "pk")


@page_for("training.fill_trainingplan")
@transaction.atomic
def line_page(request, pk):
    """Change or take out one line."""
    lines = PlanLine.objects.visible_to(request.user).select_related("plan__division")
    line = get_object_or_404(lines, pk=pk)
    if not own(request.user, line):
        raise PermissionDenied
    back = redirect(f"{reverse('training_plan')}?year={line.plan.year}")
    if request.method == "POST" and request.POST.get("do") == "drop":
        actions.drop_plan_line(line, by=request.user)
        messages.success(request, f"已从计划中去掉：{line.name}。已办的班次不受影响。")
        return back
    form = LineForm(request.POST or None, instance=line, user=request.user)
    if request.method == "POST" and form.is_valid():
        actions.change_plan_line(form.instance, list(form.fields), by=request.user)
        messages.success(request, f"已保存：{form.instance.name}。")
        return back
    held = line.sessions.visible_to(request.user).order_by("start", "number", "pk")
    context = {"line": line, "form": form, "held": held}
    return render(request, "training/plan_line.html", context, status=400 if form.errors else 200)


def _excel(request, rows, year):
    lines = [
        (row.plan.division.name, row.month, row.name, row.get_class_type_display(), row.topic.name if row.topic else "", row.classes, row.held,
         row.people, row.trained, float(row.hours), row.budget)
        for row in rows
    ]  # fmt: skip
    title = f"{request.user.division.name}{year} 年度培训计划"
    content = listing.workbook(title, HEADINGS, lines, by=request.user.name, told=f"完成情况截至 {request.on}")
    return listing.download(content, f"{title}.xlsx")
