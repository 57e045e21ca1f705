"""The award rounds that lists of nominees are uploaded onto."""

import re

from awards.models import AwardRound
from core.scope import scope_code
from core.text import tight
from rosters.spec import Target

TOWNSHIP_DIGITS = 9
YEAR = re.compile(r"20[0-9]{2}")
MISSING = "没有选择表彰轮次，表题里也认不出是哪一轮，请选择表彰轮次后再上传；还没有建立轮次的，请县委组织部先新建。"


def choices(user, on):
    """The rounds that `user` may upload onto, the newest first: a township while they are open, the county always."""
    rounds = AwardRound.objects.visible_to(user)
    if len(scope_code(user) or "") >= TOWNSHIP_DIGITS:
        rounds = rounds.open(on)
    return [(held.pk, _text(held)) for held in rounds.select_related("scheme").order_by("-year", "scheme_id", "-pk")]


def _text(held):
    return f"{held}（{held.closes_on:%Y.%m.%d} 截止）" if held.closes_on else str(held)


def readable(user):
    """The keys of the rounds that `user` sees."""
    return set(AwardRound.objects.visible_to(user).values_list("pk", flat=True))


def texts(keys):
    """{pk: how the round is called}."""
    return {held.pk: str(held) for held in AwardRound.objects.filter(pk__in=keys).select_related("scheme")}


def suggest(choices, said):
    """The only round of those on offer whose scheme and year a title names, or None."""
    titles = [tight(title) for title in said.get("titles", "").splitlines()]
    offered = AwardRound.objects.filter(pk__in=[pk for pk, _ in choices]).select_related("scheme")
    fitting = [held.pk for held in offered if any(_names(title, held) for title in titles)]
    return fitting[0] if len(fitting) == 1 else None


def _names(title, held):
    year = YEAR.search(title)
    return (
        tight(held.scheme.name) in title and tight(held.name) in title and (year is None or int(year[0]) == held.year)
    )


ROUND = Target(
    label="表彰轮次",
    choices=choices,
    readable=readable,
    texts=texts,
    title="推荐汇总表",
    missing=MISSING,
    suggest=suggest,
)
