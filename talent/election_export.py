"""What a round of elections came to in every village, as rows of its rosters."""

from core.periods import dated_by
from talent.models import Candidate, ElectionBallot, ElectionStep, ElectionStepDone, ElectionVillage, Post
from talent.models.candidate import ELECTED_POSTS
from talent.roster_export import educations_of, masked, person_row, place_choices, post_word

ORDER = {post.value: number for number, post in enumerate(Post)}
COUNTS = {"vote_issued": "issued", "vote_returned": "returned", "vote_valid": "valid"}


def results(code, on, round_id):
    """The results recorded by the day `on` in the division `code`, a row per person and post."""
    decided = [Candidate.Status.ELECTED, Candidate.Status.NOT_ELECTED]
    found = Candidate.objects.below(code).filter(dated_by(on, "decided_on"), round_id=round_id, status__in=decided)
    found = list(found.select_related("person__village__township", "village__township").order_by("village_id", "pk"))
    ballots = ElectionBallot.objects.below(code).filter(place__round_id=round_id).select_related("place").order_by("pk")
    votes = {(one.place.village_id, one.committee): one for one in ballots}
    educations = educations_of({row.person_id for row in found}, on)
    found.sort(key=lambda row: (row.village_id, ORDER[row.post], row.pk))
    return [
        person_row(row.person, row.village, educations[row.person_id])
        | {"person_id": row.person_id}
        | _result(row, votes[row.village_id, row.committee.value])
        | masked(row.person, code)
        for row in found
        if (row.village_id, row.committee.value) in votes
    ]


def _result(row, ballot):
    return {
        "posts": post_word(row.post, row.village.kind),
        "elected": row.get_status_display(),
        "votes_for": None if row.votes is None else str(row.votes),
        "held_on": f"{ballot.held_on:%Y.%m.%d}",
        "result_document": ballot.document_no,
        **{field: str(getattr(ballot, name)) for field, name in COUNTS.items()},
    }


def result_choices(code, on):
    return place_choices(code, on) | {
        "elected": [Candidate.Status.ELECTED.label, Candidate.Status.NOT_ELECTED.label],
        "posts": [post_word(post, "village") for post in ELECTED_POSTS],
    }


def steps(code, on, round_id):
    """Every step that the villages of the division `code` have in the round, with the day where it was done by the day `on`."""
    places = ElectionVillage.objects.below(code).filter(round_id=round_id).select_related("village__township")
    of_villages = ElectionStep.objects.filter(round_id=round_id, per=ElectionStep.Per.VILLAGE).order_by("offset", "pk")
    done = ElectionStepDone.objects.filter(dated_by(on, "done_on"), place__in=places).order_by("pk")
    known, plan = {(one.place_id, one.step_id): one for one in done}, list(of_villages)
    return [
        _step(place, step, known.get((place.pk, step.pk))) for place in places.order_by("village_id") for step in plan
    ]


def _step(place, step, done):
    return {
        "township": place.village.township.name,
        "village": place.village.name,
        "step_title": step.title,
        "village_step_done": f"{done.done_on:%Y.%m.%d}" if done else None,
        "step_note": done.note if done else None,
    }


def step_choices(code, on):
    return place_choices(code, on)
