"""The rounds of the mid-term review that lists of grades and ballots are uploaded onto."""

from dataclasses import replace

from core.scope import scope_code
from core.text import tight
from rosters.spec import Target
from talent.models import ReviewRound, TeamReview

MISSING = (
    "没有选择研判轮次，表题里也认不出是哪一轮，请选择研判轮次后再上传；还没有发起的，请县委组织部先在“届中研判”里发起。"
)


def choices(user, on):
    """The rounds begun by `on` in which the county has yet to decide a sheet of `user`, the newest first."""
    code = scope_code(user)
    if code is None:
        return []
    waiting = TeamReview.objects.below(code).exclude(status=TeamReview.Status.DECIDED)
    rounds = ReviewRound.objects.visible_to(user).begun(on).filter(pk__in=waiting.values("round"))
    return [(held.pk, held.name) for held in rounds]


def begun(user, on):
    """The rounds begun by `on`, the newest first: a visit may come after everything is decided."""
    return [(held.pk, held.name) for held in ReviewRound.objects.visible_to(user).begun(on)]


def readable(user):
    """The keys of the rounds that `user` sees."""
    return set(ReviewRound.objects.visible_to(user).values_list("pk", flat=True))


def texts(keys):
    """{pk: name}."""
    return dict(ReviewRound.objects.filter(pk__in=keys).values_list("pk", "name"))


def suggest(choices, said):
    """The only round on offer whose name a title tells, or the only one on offer; else None."""
    titles = [tight(title) for title in said.get("titles", "").splitlines()]
    named = [pk for pk, text in choices if any(tight(text) in title for title in titles)]
    found = named or [pk for pk, _ in choices]
    return found[0] if len(found) == 1 else None


ROUND = Target(
    label="研判轮次",
    choices=choices,
    readable=readable,
    texts=texts,
    title="干部研判汇总表",
    missing=MISSING,
    suggest=suggest,
)
TEAMS = replace(ROUND, title="班子研判汇总表")
VISITS = replace(ROUND, choices=begun, title="研判走访记录")
