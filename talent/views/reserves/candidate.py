"""One candidate: how groomed and assessed, into a post, out of the pool; and putting somebody in."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from core.periods import month
from core.scope import inside
from core.views.access import business_page
from talent import actions, bench
from talent.models import ReserveAssessment, ReserveCandidate
from talent.views.reserves import forms
from villages.models import Village

MEANWHILE = "保存时发现别人刚改过这名后备干部，没有保存。请刷新后再办理。"


@dataclass(frozen=True)
class Step:
    """What can be done with a candidate: its title, button, permission, form and what is written of a valid one."""

    title: str
    button: str
    permission: str
    form: object
    write: object
    done: str


def visible_place(request, pk):
    """The place in the pool with this key, or 404 when missing or out of scope."""
    places = ReserveCandidate.objects.visible_to(request.user).select_related("person", "village__township")
    return get_object_or_404(places, pk=pk)


@business_page
def candidate(request, pk):
    """A candidate on the date: the facts, the assessments, what can be done."""
    place = visible_place(request, pk)
    application = getattr(place, "application", None)
    context = {
        "place": place,
        "line": bench.lines([place], request.on)[0],
        "is_there": place.start <= request.on and (place.end is None or place.end >= request.on),
        "left": month(place.end),
        "assessments": place.assessments.select_related("by").filter(assessed_on__lte=request.on),
        "application": application,
        "steps": _open_steps(request.user, place),
    }
    return render(request, "talent/reserves/candidate.html", context)


def _open_steps(user, place):
    """[(slug, Step)] of what `user` may do now; nothing with somebody who has left."""
    if place.end is not None:
        return []
    return [(slug, step) for slug, step in STEPS.items() if user.has_perm(step.permission)]


@business_page
@transaction.atomic
def step(request, pk, slug):
    """The form of one step; on success back to the candidate."""
    place = visible_place(request, pk)
    if slug not in STEPS:
        raise Http404
    chosen = STEPS[slug]
    if not request.user.has_perm(chosen.permission) or not inside(place.village_id, request.user.division_id):
        raise PermissionDenied
    if place.end is not None:
        messages.warning(request, f"{place.person.name}已在 {place.end:%Y-%m-%d} 出库，不能再办理。")
        return redirect("reserve", pk=pk)
    form = chosen.form(request, place)
    if request.method == "POST" and form.is_valid() and _written(chosen, form, place, request.user):
        messages.success(request, chosen.done.format(name=place.person.name))
        return redirect("reserve", pk=pk)
    context = {"place": place, "step": chosen, "slug": slug, "form": form}
    return render(request, "talent/reserves/step.html", context)


def _written(chosen, form, place, by):
    """Write a valid form; False with the reason on the form where something stands in the way."""
    try:
        with transaction.atomic():
            chosen.write(form, place, by)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    except IntegrityError:
        form.add_error(None, MEANWHILE)
        return False
    return True


def _assessment(request, place):
    """The form of a new assessment, or of the one that the same half-year has already."""
    year, half = request.POST.get("year", ""), request.POST.get("half", "")
    kept = None
    if year.isdecimal() and half.isdecimal() and len(year) == 4 and len(half) == 1:
        kept = ReserveAssessment.objects.filter(candidate=place, year=year, half=half).first()
    return forms.AssessmentForm(request.POST or None, instance=kept, place=place, on=request.on)


def _assess(form, place, by):
    write = actions.change_assessments if form.instance.pk else actions.assess_reserves
    write([form.instance], by=by)


STEPS = {
    "promote": Step(
        "提任职务", "任命并出库", "talent.add_appointment",
        lambda request, place: forms.PromotionForm(request.POST or None, place=place, on=request.on, user=request.user),
        lambda form, place, by: actions.promote(place, form.instance, by=by),
        "{name}已任职，同时从后备库出库（进入“两委”）。",
    ),
    "assess": Step(
        "登记半年研判", "登记研判", "talent.add_reserveassessment", _assessment, _assess, "已登记{name}的研判结果。"
    ),
    "groom": Step(
        "修改培养情况", "保存", "talent.change_reservecandidate",
        lambda request, place: forms.GroomingForm(request.POST or None, instance=place),
        lambda form, place, by: actions.groom([form.instance], by=by), "已保存{name}的培养情况。",
    ),
    "leave": Step(
        "办理出库", "出库", "talent.change_reservecandidate",
        lambda request, place: forms.LeavingForm(request.POST or None, instance=place, on=request.on),
        lambda form, place, by: actions.leave_pool(
            [place], on=form.cleaned_data["end"], reason=form.cleaned_data["end_reason"], by=by
        ),
        "{name}已出库。",
    ),
}  # fmt: skip


@business_page
def new(request):
    """Put somebody in: the village first, then the person and the rest."""
    if not request.user.has_perm("talent.add_reservecandidate"):
        raise PermissionDenied
    villages = Village.objects.visible_to(request.user).existing(request.on).select_related("township").order_by("code")
    code = request.GET.get("village", "")
    village = get_object_or_404(villages, code=code) if code else None
    form = None
    if village:
        form = forms.PlaceForm(
            request.POST or None, village=village, on=request.on, initial={"start": request.on, "target": "other"}
        )
    if form and request.method == "POST" and form.is_valid():
        place = actions.enter_pool([form.instance], by=request.user)[0]
        messages.success(request, f"{place.person.name}已入库。")
        return redirect("reserve", pk=place.pk)
    context = {"villages": villages, "village": village, "form": form}
    return render(request, "talent/reserves/new.html", context)
