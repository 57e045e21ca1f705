"""Near relatives in a village's team: written down and taken away on the village's page."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from core.views.access import business_page
from core.writes import delete_rows
from talent import actions
from talent.models import Kinship, Person
from villages.models import Village

CHOOSE = [("", "请选择")]


class KinForm(forms.ModelForm):
    """Two people of the village's team and what they are to each other."""

    class Meta:
        model = Kinship
        fields = ("first", "second", "relation", "remarks")

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("first", "second"):
            self.fields[name].queryset = people
            self.fields[name].empty_label = "请选择"
        self.fields["relation"].choices = CHOOSE + Kinship.Relation.choices


def team_of(village, user, on):
    """The people who hold a post in the village on the date and whose file the user sees."""
    serving = village.appointments.serving(on).values("person")
    return Person.objects.visible_to(user).filter(pk__in=serving).order_by("pinyin", "pk")


def kin_of(village, user, on):
    """Kinships between people who hold a post in the village on the date."""
    team = village.appointments.serving(on).values("person")
    found = Kinship.objects.visible_to(user).filter(first__in=team, second__in=team)
    return found.select_related("first", "second").order_by("first_id", "second_id")


@business_page
@permission_required("talent.add_kinship", raise_exception=True)
@require_POST
def kinship_new(request, code):
    """Write down that two members of the team are near relatives."""
    village = get_object_or_404(Village.objects.visible_to(request.user), code=code)
    form = KinForm(request.POST, people=team_of(village, request.user, request.on))
    if form.is_valid():
        actions.add_kinships([form.save(commit=False)], by=request.user)
        messages.success(request, f"已登记：{form.instance}。")
    else:
        messages.error(request, f"亲属关系没有登记：{_told(form)}")
    return redirect("village", code)


def _told(form):
    """What is wrong, each with the name of its field: the page that shows it has the form folded away."""
    return "；".join(
        f"“{form.fields[name].label}”{text}" if name in form.fields else text
        for name, texts in form.errors.items()
        for text in texts
    )


@business_page
@permission_required("talent.change_kinship", raise_exception=True)
@require_POST
def kinship_drop(request, pk):
    """Take a kinship away that was written down by mistake."""
    kept = get_object_or_404(Kinship.objects.visible_to(request.user).select_related("first", "second"), pk=pk)
    delete_rows([kept], by=request.user, reason="登记有误")
    messages.success(request, f"已删去：{kept}。")
    return redirect("village", kept.first.village_id)
