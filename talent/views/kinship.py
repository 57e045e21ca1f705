"""Near relatives in a village's team or standing for it: written down and taken away on the village's page and on a person's."""

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from core.periods import in_force
from core.scope import inside, scope_code, within
from core.views.access import page_for
from core.writes import delete_rows
from talent.models import Appointment, Candidate, Kinship, Person

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


class RelativeForm(forms.ModelForm):
    """A relative of one person, from the same village or the same team."""

    class Meta:
        model = Kinship
        fields = ("second", "relation", "remarks")

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["second"].queryset, self.fields["second"].label = people, "亲属"
        self.fields["second"].empty_label = "请选择"
        self.fields["relation"].choices = CHOOSE + Kinship.Relation.choices

    def clean(self):
        """The pair against those written down: Django leaves constraints out that name a field outside the form."""
        cleaned = super().clean()
        if cleaned.get("second"):
            Kinship(first=self.instance.first, second=cleaned["second"]).validate_constraints()
        return cleaned


def relative_form(person, user, on, data=None):
    """The form for a relative of the person; None where the user may not write one down."""
    if not user.has_perm("talent.add_kinship") or not inside(person.village_id, user.division_id):
        return None
    kept_here = Person.objects.filter(within("village_id", scope_code(user))).exclude(pk=person.pk)
    teams = person.appointments.serving(on).values("village")
    near = Q(village=person.village_id) | Q(
        pk__in=Appointment.objects.serving(on).filter(village__in=teams).values("person")
    )
    people = kept_here.filter(near).order_by("pinyin", "pk")
    return RelativeForm(data, people=people, instance=Kinship(first=person))


def relatives_of(person, user):
    """[(kinship, the other person)] of the person, whatever post either holds."""
    found = Kinship.objects.visible_to(user).filter(Q(first=person) | Q(second=person))
    found = found.select_related("first", "second").order_by("first_id", "second_id")
    return [(one, one.second if one.first_id == person.pk else one.first) for one in found]


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


def told(form):
    """What is wrong, each with the name of its field: it is said at the top of a long page."""
    return "；".join(
        f"“{form.fields[name].label}”{text}" if name in form.fields else text
        for name, texts in form.errors.items()
        for text in texts
    )


@page_for("talent.change_kinship")
@require_POST
def kinship_drop(request, pk):
    """Take a kinship away that was written down by mistake."""
    kept = get_object_or_404(Kinship.objects.visible_to(request.user).select_related("first", "second"), pk=pk)
    delete_rows([kept], by=request.user, reason="登记有误")
    messages.success(request, f"已删去：{kept}。")
    shown_at = {str(kept.first_id), str(kept.second_id)} & {request.POST.get("person")}
    return redirect("person", shown_at.pop()) if shown_at else redirect("village", kept.first.village_id)
