"""Entering somebody in the pool of rural talents: known by ID number, or given a file in the village, in one step."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render

from core.views.access import page_for
from talent.dispatching import NotSent, enter_talent
from talent.models import RuralTalent
from talent.views.stationed.forms import WhoForm, village_choices
from talent.views.talents import PARTS, TalentForm
from villages.models import Village

LEAVING = ("end", "end_reason")  # somebody who enters has not left


class EnteredForm(WhoForm):
    """Whom, and in which village's pool."""

    village = forms.ChoiceField(label="村（社区）")
    field_order = ("village", "name", "id_number", "phone")

    def __init__(self, *args, user, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["village"].choices = village_choices(user, on)


class NewTalentForm(TalentForm):
    """A place in the pool that begins."""

    class Meta(TalentForm.Meta):
        fields = tuple(name for name in TalentForm.Meta.fields if name not in LEAVING)


@page_for("talent.add_ruraltalent")
def talent_new(request):
    """Enter one person; what was typed stays when it is wrong."""
    about = {"user": request.user, "on": request.on, "initial": {"village": request.GET.get("village")}}
    who = EnteredForm(request.POST or None, **about)
    form = NewTalentForm(
        request.POST or None, instance=RuralTalent(), on=request.on, prefix="t", initial={"start": request.on}
    )
    if request.method == "POST" and all([who.is_valid(), form.is_valid()]) and (kept := _entered(request, who, form)):
        messages.success(request, f"已登记{kept.person.name}的人才信息，自 {kept.start:%Y-%m-%d} 起在库。")
        return redirect("person", kept.person_id)
    parts = [(title, [form[name] for name in names if name in form.fields]) for title, names in PARTS]
    context = {"who": who, "form": form, "parts": parts}
    return render(request, "talent/talents/new.html", context, status=400 if request.method == "POST" else 200)


def _entered(request, who, form):
    """The place that was entered, or None and the forms tell why not."""
    place = form.instance
    place.village = Village.objects.get(code=who.cleaned_data["village"])
    try:
        return enter_talent(who.given(), place, by=request.user, on=request.on)
    except NotSent as refused:
        who.take(refused.errors[0])
        return None
