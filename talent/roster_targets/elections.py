"""The rounds of elections that results and steps of villages are uploaded onto, closed ones too: what is missing there is added."""

from dataclasses import replace

from django.utils import timezone

from core.scope import scope_code
from core.text import tight
from rosters.spec import Target
from talent.models import ElectionRound
from talent.roster_apply.rounds import COUNTY_DIGITS

MISSING = (
    "没有选择换届轮次，表题里也认不出是哪一轮，请选择后再上传；还没有这一轮的，请县委组织部先在“换届”里新建或补录。"
)
OF_COUNTY = "没有选择换届轮次，请选择后再上传。选举结果由县委组织部登记。"


def is_county(user):
    """True for accounts of a county itself."""
    return len(scope_code(user) or "") == COUNTY_DIGITS


def _rounds(user, on):
    rounds = ElectionRound.objects.visible_to(user).filter(start__lte=on).order_by("-start", "-pk")
    return [(held.pk, f"{held}（选举日 {held.election_day:%Y.%m.%d}{_state(held, on)}）") for held in rounds]


def _state(held, on):
    return "，已办结" if held.is_closed_on(on) else ""


def of_results(user, on):
    """Every round begun by `on`, the newest first, for who records results: the county."""
    return _rounds(user, on) if is_county(user) else []


def of_steps(user, on):
    """The rounds begun by `on` for who records steps: a township while they run, the county always."""
    rounds = _rounds(user, on)
    if is_county(user):
        return rounds
    running = set(ElectionRound.objects.open(timezone.localdate()).values_list("pk", flat=True))
    return [(pk, text) for pk, text in rounds if pk in running]


def readable(user):
    """The keys of the rounds that `user` sees."""
    return set(ElectionRound.objects.visible_to(user).values_list("pk", flat=True))


def texts(keys):
    """{pk: name}."""
    return dict(ElectionRound.objects.filter(pk__in=keys).values_list("pk", "name"))


def suggest(choices, said):
    """The only round on offer whose name a title tells, or the only one on offer; else None."""
    titles = [tight(title) for title in said.get("titles", "").splitlines()]
    names = texts([pk for pk, _ in choices])
    named = [pk for pk, name in names.items() if any(tight(name) in title for title in titles)]
    found = named or [pk for pk, _ in choices]
    return found[0] if len(found) == 1 else None


RESULTS = Target(
    label="换届轮次", choices=of_results, readable=readable, texts=texts, title="选举结果", missing=OF_COUNTY, suggest=suggest,
)  # fmt: skip
STEPS = replace(RESULTS, choices=of_steps, title="各村流程完成情况", missing=MISSING)
