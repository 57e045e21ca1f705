"""工作日历: the days off and on of each year as they were arranged, by which publicity is counted."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render

from core import workdays
from core.models import SpecialDay
from core.views.access import business_page, page_for

FIRST, LAST = 1949, 2200
EXAMPLE = "放假 2024-02-10 至 2024-02-17 春节\n上班 2024-02-04 春节"


class YearForm(forms.Form):
    """The arrangement of one year; `lines` become days."""

    basis = forms.CharField(label="依据", max_length=200, help_text="通知名称和文号，例如：国办发明电〔2023〕7号。")
    lines = forms.CharField(
        label="放假和调休上班", max_length=20_000, widget=forms.Textarea(attrs={"rows": 16, "placeholder": EXAMPLE}),
        help_text="每行一段放假或一天上班：放假 2024-02-10 至 2024-02-17 春节；上班 2024-02-04 春节。周末照常休息的不用写。",
    )  # fmt: skip

    def __init__(self, *args, year, **kwargs):
        super().__init__(*args, **kwargs)
        self.year = year

    def clean_lines(self):
        return workdays.parse(self.cleaned_data["lines"], self.year)


def _years(user):
    found = {}
    for row in SpecialDay.objects.visible_to(user).order_by("date"):
        found.setdefault(row.year, []).append(row)
    return found


@business_page
def listed(request):
    """Every year that has been entered, the latest first, and the next one to enter."""
    found = _years(request.user)
    years = [
        {"year": year, "basis": rows[0].basis, "lines": workdays.lines_of(rows),
         "off": sum(not row.is_working for row in rows), "on": sum(row.is_working for row in rows)}
        for year, rows in sorted(found.items(), reverse=True)
    ]  # fmt: skip
    nearby = [year for year in (request.on.year, request.on.year + 1) if FIRST <= year <= LAST and year not in found]
    context = {"years": years, "missing": nearby, "can_change": request.user.has_perm("core.change_specialday")}
    return render(request, "core/calendar.html", context)


@page_for("core.change_specialday")
def change(request, year):
    """Enter a year, or put another arrangement in its place; what was typed stays when it is wrong."""
    if not FIRST <= year <= LAST:
        raise Http404
    kept = _years(request.user).get(year, [])
    first = {"lines": "\n".join(workdays.lines_of(kept)), "basis": kept[0].basis if kept else ""}
    form = YearForm(request.POST or None, initial=first, year=year)
    if request.method == "POST" and form.is_valid():
        try:
            workdays.record_year(year, form.cleaned_data["lines"], basis=form.cleaned_data["basis"], by=request.user)
        except ValidationError as refused:
            form.add_error("lines", refused)
        else:
            messages.success(request, f"已保存 {year} 年的放假调休安排。")
            return redirect("calendar")
    context = {"year": year, "form": form, "is_new": not kept}
    return render(request, "core/calendar_year.html", context, status=400 if form.errors else 200)
