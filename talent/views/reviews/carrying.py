"""Carrying out what was decided of a person: 免职 with a successor, or a new post, linked to the review."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import redirect, render

from core.periods import month
from core.views.access import page_for
from talent.actions import reviews as actions
from talent.models import Appointment, PersonReview, ReserveCandidate
from talent.models.appointment import POST_LABELS
from talent.views.reviews.access import DECIDE, visible_person_review
from talent.views.reviews.forms import CarryOutForm, PromoteForm

Proposal = PersonReview.Proposal


@page_for(DECIDE)
def review_person(request, pk):
    """What was decided of a person, and the form that carries it out. POST `link` links what was done by another way."""
    review = visible_person_review(request, pk)
    form = _form(request, review)
    if request.method == "POST" and ("link" in request.POST or (form is not None and form.is_valid())):
        try:
            _carry_out(request, review, form)
            return redirect("review_person", review.pk)
        except ValidationError as refused:
            _tell(request, form, refused)
    context = {
        "review": review,
        "team": review.team,
        "form": form,
        "seats": _seats(review),
        "elsewhere": _elsewhere(review),
        "done": review.adjustments.select_related("appointment__person").order_by("part", "pk"),
        "is_adjust": review.proposal == Proposal.ADJUST,
    }
    return render(
        request, "talent/reviews/person.html", context, status=400 if form is not None and form.errors else 200
    )


def _tell(request, form, refused):
    """What stands in the way, above the form that was sent; of the other button as a message."""
    if form is not None and form.is_bound:
        form.add_error(None, refused.messages)
    else:
        messages.error(request, refused.messages[0])


def _form(request, review):
    """The form that belongs to the proposal; None where there is nothing (more) to carry out."""
    if not review.team.is_decided or review.adjustments.exists():
        return None
    posted = request.POST if request.method == "POST" and "link" not in request.POST else None
    if review.proposal == Proposal.PROMOTE:
        return PromoteForm(posted)
    if review.proposal != Proposal.ADJUST or not _seats(review):
        return None
    return CarryOutForm(posted, offered=_offered(review), user=request.user)


@transaction.atomic
def _carry_out(request, review, form):
    name, by = review.person.name, request.user
    if "link" in request.POST:
        actions.link_ended(review, by=by)
        messages.success(request, f"已把{name}的免职接到研判表上。")
    elif review.proposal == Proposal.PROMOTE:
        actions.promote(review, **form.cleaned_data, by=by)
        messages.success(request, f"已登记{name}任{POST_LABELS[form.cleaned_data['post']]}。")
    else:
        held = actions.carry_out(review, **form.cleaned_data, by=by)
        follows = form.cleaned_data["successor"]
        told = f"，{follows.name}次日接任" if follows else "，接替人选还没有安排"
        messages.success(request, f"已免去{name}的{actions.posts_said(held)}{told}。")


def _offered(review):
    """Who could follow: the village's bench first, then who serves there already."""
    village, today = review.team.village_id, review.team.decided_on
    bench = ReserveCandidate.objects.in_pool(today).filter(village=village).select_related("person")
    found = {
        row.person_id: f"{row.person.name}（{row.get_target_display()}）" for row in bench.order_by("-target", "pk")
    }
    cadres = Appointment.objects.cadres(today).filter(village=village).exclude(person=review.person_id)
    for seat in cadres.select_related("person").order_by("post", "pk"):
        found.setdefault(seat.person_id, f"{seat.person.name}（现任{seat.get_post_display()}）")
    return list(found.items())


def _seats(review):
    """The posts that the person holds in the village today, each with its start."""
    held = Appointment.objects.filter(person=review.person_id, village=review.team.village_id, end=None)
    return [f"{seat.get_post_display()}（{month(seat.start)} 任）" for seat in held.order_by("post", "pk")]


def _elsewhere(review):
    """What ended without a link, told for the button that links it."""
    if not review.team.is_decided or review.proposal != Proposal.ADJUST or review.adjustments.exists():
        return ""
    return "；".join(f"{seat.end:%Y-%m-%d} 免{seat.get_post_display()}" for seat in actions.done_elsewhere(review))
