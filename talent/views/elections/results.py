"""Recording a vote: counts and winners are typed, the page shows what will happen, then it is done in one go."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import Http404
from django.shortcuts import redirect, render

from talent import actions
from talent.models import Candidate, ElectionBallot, Post
from talent.models.appointment import POSTS_OF, Committee
from talent.views.elections.access import closed, county_page, place_or_404
from talent.views.elections.forms import BallotForm

BODIES = {body.value: body for body in (Committee.PARTY, Committee.VILLAGERS, Committee.SUPERVISION)}
CLASH = "任职记录刚刚有变化，结果没有登记，请再看一遍将要发生的变动。"


@county_page
def result(request, pk, committee):
    """GET: the form. POST: what will happen; POST with `confirm`: it happens."""
    place, body = place_or_404(request, pk), BODIES.get(committee)
    if body is None:
        raise Http404
    kept = place.ballots.filter(committee=committee).first()
    if kept is not None:
        messages.warning(request, f"{place.village}{body.label}的选举结果已登记。")
        return redirect("election_village", pk)
    if closed(request, place.round):
        return redirect("election_village", pk)
    form = BallotForm(
        request.POST or None, initial={"held_on": place.election_day},
        instance=ElectionBallot(place=place, committee=committee),
    )  # fmt: skip
    rows, outcome = _candidates(request, place, body), None
    if request.method == "POST" and form.is_valid():
        try:
            outcome = _take(request, form, rows)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        except IntegrityError:
            form.add_error(None, CLASH)
        if outcome is not None and "confirm" in request.POST:
            messages.success(request, f"{place.village}{body.label}选举结果已登记，当选 {len(outcome.winners)} 席。")
            return redirect("election_village", pk)
    context = {"place": place, "round": place.round, "body": body, "form": form, "rows": rows, "outcome": outcome}
    return render(request, "talent/elections/result.html", context, status=400 if form.errors else 200)


def _take(request, form, rows):
    """What the typed result does; done as well when it was confirmed."""
    votes = {row["candidate"].pk: _votes(row) for row in rows}
    winners = {row["candidate"].pk for row in rows if row["won"]}
    if "confirm" in request.POST:
        return actions.record_result(form.instance, votes, winners, by=request.user)
    return actions.outcome(form.instance, votes, winners)


def _votes(row):
    text = row["votes"].strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 8):
        raise ValidationError(f"{row['candidate'].person}的得票“{text}”不是数，请填整数。")
    return int(text)


def _candidates(request, place, body):
    """The formal candidates with what was typed of them."""
    order = {post.value: number for number, post in enumerate(Post)}
    found = Candidate.objects.filter(
        round=place.round, village=place.village, status=Candidate.Status.FORMAL, post__in=POSTS_OF[body]
    )
    rows = sorted(found.select_related("person").order_by("pk"), key=lambda row: (order[row.post], row.pk))
    chosen = set(request.POST.getlist("won"))
    return [
        {"candidate": row, "votes": request.POST.get(f"votes-{row.pk}", ""), "won": str(row.pk) in chosen}
        for row in rows
    ]
