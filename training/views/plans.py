"""The yearly plan against what was done."""

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
    ("月份", 8), ("班次", 40), ("培训对象", 16), ("专题", 24), ("计划期数", 10), ("已办期数", 10), ("计划人次", 10),
    ("已训人次", 10), ("每期学时", 10), ("预算（元）", 12),
)  # fmt: skip


class LineForm(Stamped, forms.ModelForm):
    class Meta:
        model = PlanLine
        fields = ("name", "class_type", "topic", "classes", "people", "month", "hours", "budget")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["topic"].queryset = Topic.objects.visible_to(user)


def plan_of(user, year):
    """The plan of the year that governs the user's area: the county's, or of a division above or below; None without one."""
    return TrainingPlan.objects.visible_to(user).filter(year=year).order_by("division_id", "pk").first()


def lines_of(plan, on, user):
    """The lines with what was done by the date: `held` classes, `trained` person-times of the user's area, late or not."""
    held = TrainingSession.objects.filter(plan_line=OuterRef("pk"), start__lte=on).order_by().values("plan_line")
    seen = Enrollment.objects.visible_to(user).trained()
    trained = seen.filter(session__plan_line=OuterRef("pk"), session__start__lte=on).order_by()
    lines = plan.lines.select_related("topic").annotate(
        held=Coalesce(Subquery(held.annotate(n=Count("pk")).values("n")), 0),
        trained=Coalesce(Subquery(trained.values("session__plan_line").annotate(n=Count("pk")).values("n")), 0),
    )
    rows = list(lines.order_by("month", "pk"))
    for row in rows:
        row.share = percentage(row.held, row.classes)
        row.is_done = row.held >= row.classes
        row.is_late = not row.is_done and (plan.year, row.month) < (on.year, on.month)
    return rows


@business_page
def plan_page(request):
    """A year's plan, line by line, with what was done by the date; the county adds lines."""
    year = _year(request)
    plan = plan_of(request.user, year)
    rows = lines_of(plan, request.on, request.user) if plan else []
    if request.GET.get("excel"):
        return _excel(request, rows, year)
    can_change = _may_change(request.user, plan)
    form = LineForm(request.POST or None, user=request.user) if can_change else None
    if request.method == "POST":
        if not can_change:
            raise PermissionDenied
        form.instance.plan = plan or TrainingPlan(division=request.user.division, year=year)
        if form.is_valid():
            return _added(request, form)
    context = {
        "plan": plan, "rows": rows, "year": year, "years": _years(request), "form": form, "totals": _totals(rows),
        "unplanned": _unplanned(request, year), "can_change": can_change,
    }  # fmt: skip
    return render(request, "training/plan.html", context, status=400 if form is not None and form.errors else 200)


def _year(request):
    text = request.GET.get("year", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 and "2000" <= text <= "2100" else request.on.year  # fmt: skip


def _years(request):
    kept = TrainingPlan.objects.visible_to(request.user).values_list("year", flat=True)
    return sorted({*kept, request.on.year, request.on.year + 1}, reverse=True)


def _may_change(user, plan):
    return user.has_perm("training.change_trainingplan") and (plan is None or own(user, plan))


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


@page_for("training.change_trainingplan")
@transaction.atomic
def line_page(request, pk):
    """Change or take out one line."""
    lines = PlanLine.objects.visible_to(request.user).select_related("plan")
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
        (row.month, row.name, row.get_class_type_display(), row.topic.name if row.topic else "", row.classes, row.held,
         row.people, row.trained, float(row.hours), row.budget)
        for row in rows
    ]  # fmt: skip
    title = f"{request.user.division.name}{year} 年度培训计划"
    content = listing.workbook(title, HEADINGS, lines, by=request.user.name, told=f"完成情况截至 {request.on}")
    return listing.download(content, f"{title}.xlsx")
