"""Stating and changing needs, and the rounds in which they are stated."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from core.views.access import page_for
from core.writes import change_rows, create_rows
from talent import actions
from talent.models import Demand, DemandRound
from talent.views.demands.forms import DemandForm, RoundForm, is_county, rounds_for

PARTS = (
    ("谁要人", ("round", "asker", "township", "village", "unit", "credit_code", "contact", "phone")),
    ("要什么人", ("post", "talent_class", "sub_class", "skills", "number")),
    ("怎么来", ("manner", "terms", "start", "end", "stated_on", "remarks")),
)
TOWNSHIP_DIGITS = 9
WIDE = frozenset({"remarks"})


@page_for("talent.add_demand")
def demand_new(request):
    """State a need in a round."""
    today = timezone.localdate()
    first = {
        "start": today,
        "stated_on": today,
        "round": request.GET.get("round"),
        "village": request.GET.get("village"),
    }
    form = DemandForm(request.POST or None, user=request.user, on=today, initial=first)
    if request.method == "POST" and form.is_valid():
        actions.state_demands([form.instance], by=request.user)
        messages.success(request, f"已登记需求：{form.instance}。县委组织部发布后开始对接。")
        return redirect("demand", form.instance.pk)
    has_round = rounds_for(request.user, today, Demand()).exists()
    return render(request, "talent/demands/form.html", _context(form, None) | {"has_round": has_round})


@page_for("talent.change_demand")
@transaction.atomic
def demand_edit(request, pk):
    """Change a need; what was typed stays when it is wrong."""
    found = get_object_or_404(Demand.objects.visible_to(request.user).select_related("township", "village"), pk=pk)
    form = DemandForm(request.POST or None, instance=found, user=request.user, on=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        change_rows([form.instance], list(DemandForm.Meta.fields), by=request.user)
        messages.success(request, f"已保存需求：{form.instance}。")
        return redirect("demand", pk)
    return render(request, "talent/demands/form.html", _context(form, found) | {"has_round": True})


def _context(form, found):
    parts = [(title, [(form[name], name in WIDE) for name in names]) for title, names in PARTS]
    return {"form": form, "parts": parts, "demand": found}


@page_for("talent.add_demandround")
def demand_round_new(request):
    """Open a survey of the user's own division."""
    if not is_county(request.user):
        raise PermissionDenied
    today = timezone.localdate()
    first = {"year": today.year, "name": f"{today.year} 年度乡村人才需求调查", "opens_on": today}
    return _round(request, DemandRound(division=request.user.division), first)


@page_for("talent.change_demandround")
@transaction.atomic
def demand_round(request, pk):
    """Change a survey."""
    rounds = DemandRound.objects.visible_to(request.user)
    return _round(request, get_object_or_404(rounds.select_related("division"), pk=pk), {})


def _round(request, found, first):
    form = RoundForm(request.POST or None, instance=found, initial=first)
    if request.method == "POST" and form.is_valid():
        if found.pk is None:
            create_rows([form.instance], by=request.user)
        else:
            change_rows([form.instance], list(RoundForm.Meta.fields), by=request.user)
        messages.success(request, f"已保存：{form.instance.name}。")
        return redirect("demands")
    return render(request, "talent/demands/round.html", {"form": form, "round": found})
