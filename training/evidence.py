"""What the mid-term review says of people who are to be taught and guided (教育帮带): evidence beside the needs by topic."""

from talent.models import PersonReview, TeamReview


def reviewed(user, on, people):
    """{person's key: PersonReview} of those of `people` (keys) for whom the county decided 教育帮带 in the latest round
    by the date. One query; nothing where the user may not see reviews."""
    if not user.has_perm("talent.view_personreview"):
        return {}
    sheets = TeamReview.objects.latest(on).decided(on)
    found = PersonReview.objects.visible_to(user).filter(team__in=sheets, person__in=list(people))
    found = found.filter(proposal=PersonReview.Proposal.HELP).select_related("team__round").order_by("pk")
    return {row.person_id: row for row in found}


def told(review):
    """The problem and the plan for the person, in one line."""
    return "；".join(filter(None, (" ".join(text.split()) for text in (review.performance, review.plan))))
