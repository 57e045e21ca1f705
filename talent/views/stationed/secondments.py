"""Secondments (挂职): who is where, a new one, and what is added while it runs and at its end."""

from functools import partial

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from core.periods import begun, ended
from core.views.access import business_page, page_for
from talent import actions
from talent.dispatching import NotSent, second
from talent.models import Secondment
from talent.views.sheet import Cell, Choice, Lines, Sheet, answer, narrowed, person_cell, upload_button
from talent.views.stationed.forms import SecondmentForm, SettleForm, WhoForm
from talent.views.stationed.tabs import tabs

KIND = Choice("kind", "类型：全部", tuple(Secondment.Kind.choices))
STATE = Choice("state", "状态：在挂", (("ended", "已结束"), ("all", "在挂和已结束")))
COLUMNS = (
    ("姓名", 12), ("类型", 8), ("原单位", 22), ("原单位职务", 16), ("挂职单位", 22), ("挂任职务", 16), ("管理区划", 14), ("结对导师", 18),
    ("开始", 12), ("计划期满", 12), ("结束", 12), ("考核等次", 12),
)  # fmt: skip


@business_page
def secondments(request):
    """Who is seconded on the date, narrowed by township, kind and state."""
    on, state = request.on, STATE.asked(request)
    past = Secondment.objects.filter(begun(on))
    found = {"": Secondment.objects.serving(on), "ended": past.filter(ended(on))}.get(state, past)
    found = narrowed(request, found).select_related("person", "division").order_by("division_id", "-start", "pk")
    if kind := KIND.asked(request):
        found = found.filter(kind=kind)
    if words := request.GET.get("q", "").strip():
        spelt = Q(person__pinyin__startswith=words.lower()) | Q(person__initials__startswith=words.lower())
        units = Q(home_unit__contains=words) | Q(host_unit__contains=words)
        found = found.filter(Q(person__name__contains=words) | spelt | units)
    empty = "这一天没有符合的挂职人员。派出后在“登记挂职”里填写。"
    sheet = Sheet("挂职锻炼", "人次", COLUMNS, Lines(found, partial(_line, on=on)), empty)
    return answer(
        request,
        sheet,
        tabs=tabs("secondments"),
        choices=(KIND, STATE),
        searched="姓名、单位",
        buttons=_buttons(request),
    )


def _buttons(request):
    found = upload_button(request, "secondments", "上传挂职名册")
    if request.user.has_perm("talent.add_secondment"):
        found.append({"label": "登记挂职", "url": reverse("secondment_new"), "main": True})
    return found


def _line(row, on):
    over = row.due and row.due <= on and row.end is None
    return [
        person_cell(row.person), Cell(row.get_kind_display()), Cell(row.home_unit), Cell(row.home_post),
        Cell(row.host_unit, reverse("secondment", args=[row.pk])), Cell(row.host_post), Cell(row.division.name), Cell(row.mentor),
        Cell(f"{row.start:%Y-%m-%d}"), Cell(f"{row.due:%Y-%m-%d}" if row.due else "", tag="bad" if over else ""),
        Cell(f"{row.end:%Y-%m-%d}" if row.end else ""), Cell(row.grade),
    ]  # fmt: skip


@page_for("talent.add_secondment")
def new(request):
    """Begin a secondment of somebody named by ID number."""
    who = WhoForm(request.POST or None, prefix="who")
    form = SecondmentForm(request.POST or None, user=request.user, on=request.on, initial={"start": request.on})
    if request.method == "POST" and all([who.is_valid(), form.is_valid()]) and _begun(request, who, form):
        return redirect("secondments")
    return render(
        request, "talent/stationed/secondment_new.html", {"who": who, "form": form, "tabs": tabs("secondments")}
    )


def _begun(request, who, form):
    """True when the secondment was written; else the forms tell why not."""
    row = form.save(commit=False)
    try:
        second(who.given(), row, by=request.user, on=request.on)
    except NotSent as refused:
        for name, told in refused.errors[0].items():
            (form if name in form.fields else who).add_error(
                name if name in {**form.fields, **who.fields} else None, told
            )
        return False
    messages.success(request, f"已登记：{row.person.name}自 {row.start:%Y-%m-%d} 起到{row.host_unit}挂职。")
    return True


@business_page
@transaction.atomic
def secondment(request, pk):
    """One secondment; with the right to change it, the form for mentor, dates, appraisal and grade."""
    seen = Secondment.objects.visible_to(request.user).select_related("person", "village", "division")
    row = get_object_or_404(seen, pk=pk)
    may = request.user.has_perm("talent.change_secondment")
    form = SettleForm(request.POST or None, instance=row, on=request.on) if may else None
    if request.method == "POST" and may and form.is_valid():
        actions.settle_secondments([form.instance], by=request.user)
        messages.success(request, "已保存。")
        return redirect("secondment", pk)
    return render(request, "talent/stationed/secondment.html", {"row": row, "form": form, "tabs": tabs("secondments")})
