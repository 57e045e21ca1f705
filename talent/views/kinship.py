"""Near relatives in a village's team or standing for it: written down and taken away on the village's page."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from core.periods import in_force
from core.views.access import business_page
from core.writes import delete_rows
from talent import actions
from talent.models import Candidate, Kinship, Person
from villages.models import Village

CHOOSE = [("", "请选择")]


class KinForm(forms.ModelForm):
    """Two people of the village's team, or standing for it, and what they are to each other."""

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
    """The people who hold a post in the village on the date, or stand for one, and whose file the user sees."""
    return Person.objects.visible_to(user).filter(pk__in=_concerned(village, on)).order_by("pinyin", "pk")


def _concerned(village, on):
    """The keys of who serves, and of who stands in a round that runs on the date."""
    serving = village.appointments.serving(on).order_by().values("person")
    standing = Candidate.objects.standing().filter(in_force(on, "round__"), village=village).order_by()
    return serving.union(standing.values("person"))


def kin_of(village, user, on):
    """Kinships between people who hold a post in the village on the date, or stand for one."""
    team = _concerned(village, on)
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
        told = "；".join(text for texts in form.errors.values() for text in texts)
        messages.error(request, f"亲属关系没有登记：{told}")
    return redirect("village", code)


@business_page
@permission_required("talent.change_kinship", raise_exception=True)
@require_POST
def kinship_drop(request, pk):
    """Take a kinship away that was written down by mistake."""
    kept = get_object_or_404(Kinship.objects.visible_to(request.user).select_related("first", "second"), pk=pk)
    delete_rows([kept], by=request.user, reason="登记有误")
    messages.success(request, f"已删去：{kept}。")
    return redirect("village", kept.first.village_id)
