"""The surveys of needs that tables of needs are uploaded onto."""

import re
from dataclasses import replace

from core.scope import scope_code
from core.text import tight
from rosters.spec import Target
from talent.models import DemandRound

TOWNSHIP_DIGITS = 9
OF_NEEDS = re.compile("人才需求|供需对接")
YEAR = re.compile(r"20[0-9]{2}")
MISSING = "没有选择需求调查，表题里也认不出是哪一次，请选择需求调查后再上传；还没有建立调查的，请县委组织部先新建。"


def choices(user, on):
    """The surveys that `user` may upload onto, the newest first: a township while they are open, the county always."""
    rounds = DemandRound.objects.visible_to(user)
    if len(scope_code(user) or "") >= TOWNSHIP_DIGITS:
        rounds = rounds.open(on)
    return [(held.pk, _text(held)) for held in rounds.order_by("-year", "-pk")]


def begun(user, on):
    """The surveys that were open by `on`, the newest first: what follows from a need goes on after its survey closed."""
    rounds = DemandRound.objects.visible_to(user).begun(on)
    return [(held.pk, _text(held)) for held in rounds.order_by("-year", "-pk")]


def _text(held):
    return f"{held.name}（{held.closes_on:%Y.%m.%d} 截止）" if held.closes_on else held.name


def readable(user):
    """The keys of the surveys that `user` sees."""
    return set(DemandRound.objects.visible_to(user).values_list("pk", flat=True))


def texts(keys):
    """{pk: how the survey is called}."""
    return {held.pk: held.name for held in DemandRound.objects.filter(pk__in=keys)}


def suggest(choices, said):
    """The only survey on offer whose name, or whose year beside 人才需求 or 供需对接, a title tells; or None."""
    titles = [tight(title) for title in said.get("titles", "").splitlines()]
    offered = DemandRound.objects.filter(pk__in=[pk for pk, _ in choices])
    fitting = [held.pk for held in offered if any(_names(title, held) for title in titles)]
    return fitting[0] if len(fitting) == 1 else None


def _names(title, held):
    year = YEAR.search(title)
    return tight(held.name) in title or (OF_NEEDS.search(title) and year is not None and int(year[0]) == held.year)


ROUND = Target(
    label="需求调查",
    choices=choices,
    readable=readable,
    texts=texts,
    title="人才需求汇总表",
    missing=MISSING,
    suggest=suggest,
)
MATCHES = replace(ROUND, choices=begun, title="供需对接台账")
VISITS = replace(ROUND, choices=begun, title="人才需求上门服务记录")
