"""A village in a round: outgoing and incoming team side by side, candidates, steps, results, hand-over, its own day."""

import datetime
from collections import defaultdict

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from core.views.access import business_page
from talent import actions, election_progress, eligibility
from talent.models import Candidate, ElectionStep, Post
from talent.models.appointment import POST_LABELS, Committee
from talent.models.candidate import ELECTED_POSTS
from talent.views.elections.access import closed, county_page, is_running, place_or_404
from talent.views.elections.forms import CandidateForm, DayForm, HandoverFormSet

DAY = datetime.timedelta(days=1)
VOTED = (Committee.PARTY, Committee.VILLAGERS, Committee.SUPERVISION)


@business_page
def village(request, pk):
    """The whole of a village's election on one page."""
    place, on = place_or_404(request, pk), request.on
    candidates = list(
        place.round.candidates.at(on).filter(village=place.village).select_related("person", "village").order_by("pk")
    )
    order = {post.value: number for number, post in enumerate(Post)}
    candidates.sort(key=lambda row: (order[row.post], row.pk))
    told = eligibility.concerns(candidates, on, request.user)
    reasons = actions.blocks(place.round, {row.person_id for row in candidates}, on)
    known = {row.committee: row for row in place.ballots.order_by("pk")}
    ballots = {body: row for body, row in known.items() if row.held_on <= on}
    context = {
        "place": place,
        "round": place.round,
        "teams": _teams(place, on, candidates, ballots),
        "candidates": [_candidate(row, told, reasons) for row in candidates],
        "steps": _steps(place, on),
        "ballots": [{"body": body, "ballot": ballots.get(body), "later": known.get(body)} for body in VOTED],
        "handover": [
            {"item": one, "signed": bool(one.handed_on and one.handed_on <= on)}
            for one in place.handover.order_by("pk")
        ],
        "day_form": DayForm(initial={"election_day": place.election_day}),
        "can_run": request.user.has_perm("talent.change_electionround") and is_running(place.round),
        "can_nominate": request.user.has_perm("talent.add_candidate") and is_running(place.round),
        "can_hand_over": request.user.has_perm("talent.change_handoveritem"),
    }
    return render(request, "talent/elections/village.html", context)


def _teams(place, on, candidates, ballots):
    """A line per post: who held it on the eve of the vote, and who was elected to it, or holds it now or stands for it."""
    before, after = defaultdict(list), defaultdict(list)
    days = {body: ballot.held_on for body, ballot in ballots.items()}
    posts = [post.value for post in ELECTED_POSTS]
    held = place.village.appointments.filter(post__in=posts).select_related("person").order_by("start", "pk")
    for row in held:
        day = days.get(Post(row.post).committee, place.election_day)
        eve = min(on, day - DAY)
        begun = row.term_id == place.round.incoming_id and row.start == day.replace(day=1)  # the month alone is known
        if not begun and row.start <= eve and (row.end is None or row.end >= eve):
            before[row.post].append(row.person)
        if day <= on and row.start >= day and row.term_id == place.round.incoming_id and (not row.end or row.end >= on):
            after[row.post].append(row.person)
    formal, won = defaultdict(list), defaultdict(list)
    for row in candidates:
        if row.status_then == Candidate.Status.FORMAL:
            formal[row.post].append(row.person)
        elif row.status_then == Candidate.Status.ELECTED:
            won[row.post].append(row.person)
    lines = []
    for post in posts:
        voted = Post(post).committee in ballots
        elected = voted or bool(after[post])
        known = {person.pk for person in before[post]}
        incoming = won[post] if voted else after[post] if elected else formal[post]
        incoming = [{"person": one, "word": _word(elected, one.pk in known)} for one in incoming]
        lines.append({"label": POST_LABELS[post], "before": before[post], "after": incoming})
    return [line for line in lines if line["before"] or line["after"]]


def _candidate(row, concerns, reasons):
    return {
        "row": row,
        "status": Candidate.Status(row.status_then).label,
        "votes": row.votes if row.status_then == row.status else None,
        "reason": reasons.get(row.person_id, ""),
        "concerns": concerns.get(row.pk, []),
    }


def _word(elected, again):
    if not elected:
        return "正式候选人"
    return "连任" if again else "新任"


def _steps(place, on):
    done = {row.step_id: row for row in place.done.order_by("pk")}
    lines = []
    for step in place.round.steps.order_by("offset", "pk"):
        day = place.election_day if step.per == ElectionStep.Per.VILLAGE else place.round.election_day
        due = election_progress.day_of(day, step)
        finished = step.done_on if step.per == ElectionStep.Per.COUNTY else getattr(done.get(step.pk), "done_on", None)
        finished = finished if finished and finished <= on else None
        lines.append({"step": step, "day": due, "done_on": finished, "is_late": finished is None and due < on})
    return lines


@county_page
@require_POST
def day(request, pk):
    """Give the village its own election day."""
    place = place_or_404(request, pk)
    form = DayForm(request.POST)
    if closed(request, place.round):
        return redirect("election_village", pk)
    if not form.is_valid():
        messages.error(request, "选举日没有改：请填一个日期，例如 2026-12-20。")
    elif place.ballots.exists():
        messages.error(request, "这个村的选举结果已登记，选举日不能再改。")
    else:
        actions.set_election_days([place], day=form.cleaned_data["election_day"], by=request.user)
        messages.success(request, f"{place.village}的选举日改为 {place.election_day:%Y-%m-%d}，各步日期随之改变。")
    return redirect("election_village", pk)


@business_page
def nominate(request, pk):
    """Nominate somebody of the village."""
    place = place_or_404(request, pk)
    if not request.user.has_perm("talent.add_candidate"):
        raise PermissionDenied
    if closed(request, place.round):
        return redirect("election_village", pk)
    form = CandidateForm(request.POST or None, place=place, user=request.user, initial={"nominated_on": request.on})
    if request.method == "POST" and form.is_valid():
        rows = actions.nominate_candidates(form.rows(), by=request.user)
        if blocked := next((row for row in rows if row.blocked_reason), None):
            messages.warning(request, f"{blocked.person}已加入，但县级联审有否决结论：{blocked.blocked_reason}。")
        else:
            messages.success(request, f"已提名{form.cleaned_data['person']}。")
        return redirect("election_village", pk)
    context = {"place": place, "round": place.round, "form": form}
    return render(request, "talent/elections/nominate.html", context, status=400 if form.errors else 200)


@business_page
@transaction.atomic
def handover(request, pk):
    """Sign what the outgoing team hands over."""
    place = place_or_404(request, pk)
    if not request.user.has_perm("talent.change_handoveritem"):
        raise PermissionDenied
    forms = HandoverFormSet(request.POST or None, queryset=place.handover.order_by("pk"))
    if request.method == "POST" and forms.is_valid():
        forms.save(commit=False)
        actions.sign_handover([row for row, _ in forms.changed_objects], by=request.user)
        messages.success(request, "交接已保存。")
        return redirect("election_village", pk)
    context = {"place": place, "round": place.round, "forms": forms}
    return render(request, "talent/elections/handover.html", context, status=400 if forms.is_bound else 200)
