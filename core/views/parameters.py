"""参数设置: the county's thresholds, ratios and lists, what they rest on and since when."""

import itertools

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone

from core import parameters
from core.admin.forms import DateInput
from core.models import ParameterValue
from core.views.access import business_page, page_for
from core.writes import create_rows


class ValueForm(forms.ModelForm):
    """A new value of one parameter; `typed` is checked by the parameter itself."""

    typed = forms.CharField(label="取值")

    class Meta:
        model = ParameterValue
        fields = ("start", "basis")
        widgets = {"start": DateInput}

    def __init__(self, *args, one, **kwargs):
        super().__init__(*args, **kwargs)
        self.one, self.instance.key = one, one.key
        self.order_fields(["typed", "start", "basis"])
        if one.is_words:
            self.fields["typed"].widget = forms.Textarea(attrs={"rows": 8})
            self.fields["typed"].help_text = "每行一项，按要显示的次序。已经用过的旧词仍照原样显示。"
        else:
            self.fields["typed"].label = f"取值（{one.unit or '整数'}）"
            self.fields["typed"].help_text = f"{one.low:,} 到 {one.high:,} 的整数。"
        self.fields["start"].help_text = "从这一天起按新的取值计算，以前的时点不变。"
        self.fields["basis"].help_text = "文件名称和文号，或县里的决定。"

    def clean_typed(self):
        return self.one.clean(self.cleaned_data["typed"])

    def clean(self):
        cleaned = super().clean()
        self.instance.value = cleaned.get("typed", self.one.default)
        taken = ParameterValue.objects.filter(key=self.one.key, start=cleaned.get("start"))
        if taken.exists():
            self.add_error("start", "这个参数在这一天已有取值，请换一天。")
        return cleaned


@business_page
def listed(request):
    """Every parameter with its value on the date, its basis and since when, by subject."""
    found = [_line(*row) for row in parameters.in_force(request.on)]
    groups = [
        (group, list(lines))
        for group, lines in itertools.groupby(sorted(found, key=_by_group), lambda one: one["group"])
    ]
    can_change = request.user.has_perm("core.add_parametervalue")
    return render(request, "core/parameters.html", {"groups": groups, "can_change": can_change})


def _by_group(line):
    groups = list(dict.fromkeys(one.group for one in parameters.REGISTRY.values()))
    return groups.index(line["group"])


def _line(one, value, row):
    return {
        "one": one,
        "group": one.group,
        "value": one.shown(value),
        "is_unset": value is None,
        "basis": row.basis if row else one.basis,
        "since": row.start if row else None,
    }


@page_for("core.add_parametervalue")
def change(request, key):
    """Set a parameter from a day on; what was typed stays when it is wrong."""
    one = parameters.get(key)
    typed = one.value(request.on)
    first = {"typed": "\n".join(typed) if one.is_words else typed, "start": timezone.localdate()}
    form = ValueForm(request.POST or None, one=one, initial=first)
    if request.method == "POST" and form.is_valid():
        form.instance.division = request.user.division
        create_rows([form.instance], by=request.user)
        messages.success(request, f"已保存：{one.label}自 {form.instance.start:%Y-%m-%d} 起按新的取值计算。")
        return redirect("parameters")
    kept = ParameterValue.objects.filter(key=key).order_by("-start")
    history = [(row, one.shown(tuple(row.value) if one.is_words else row.value)) for row in kept]
    default = None if one.default is None else one.shown(one.default)
    context = {"one": one, "form": form, "history": history, "default": default}
    return render(request, "core/parameter.html", context)
