"""Which rounds and sheets somebody sees, and what they may do with them."""

from django.shortcuts import get_object_or_404

from talent.models import PersonReview, ReviewRound, TeamReview

FILL, DECIDE = "talent.change_teamreview", "talent.decide_teamreview"
Status = TeamReview.Status
TAGS = {Status.WAITING: "same", Status.FILLING: "warn", Status.FILLED: "blue", Status.DECIDED: "ok"}


def visible_round(request, pk):
    """The round `pk`, or 404 when missing or of another county."""
    return get_object_or_404(ReviewRound.objects.visible_to(request.user).select_related("division"), pk=pk)


def visible_team(request, pk):
    """The sheet `pk`, or 404 when missing or out of scope."""
    return get_object_or_404(_teams(request), pk=pk)


def locked_team(request, pk):
    """The sheet `pk` and its people as they are now; whoever else writes them waits. Part of the caller's transaction."""
    team = get_object_or_404(_teams(request).select_for_update(of=("self",)), pk=pk)
    list(team.people.select_for_update().order_by("pk"))
    return team


def _teams(request):
    return TeamReview.objects.visible_to(request.user).select_related("round", "village__township")


def visible_person_review(request, pk):
    """The judgement `pk`, or 404 when missing or out of scope."""
    rows = PersonReview.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("person", "team__round", "team__village__township"), pk=pk)


def may_fill(user, team):
    """The township until it hands the sheet in, the county until it has decided."""
    if team.is_decided or not user.has_perm(FILL):
        return False
    return user.has_perm(DECIDE) or team.status in {Status.WAITING, Status.FILLING}


def on_date(teams, on):
    """The sheets as they stood on the date, in place and unsaved: what was decided or handed in later is not there yet.

    What a sheet says is one running text; only how far it was has days."""
    for team in teams:
        if team.is_decided and not team.was_decided(on):
            team.status, team.decided_on, team.county_opinion, team.decided_later = Status.FILLED, None, "", True
        if team.status == Status.FILLED and team.handed_in_on and team.handed_in_on > on:
            team.status, team.handed_in_on, team.handed_in_later = Status.FILLING, None, True
    return teams


def is_later(team):
    """True for a sheet of which `on_date` took something back."""
    return getattr(team, "decided_later", False) or getattr(team, "handed_in_later", False)
