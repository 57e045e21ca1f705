"""The schemes that lists of scores are uploaded onto."""

import dataclasses
import re

from awards.models import EvaluationScheme
from core.periods import dated_by
from core.text import tight
from rosters.spec import Target

YEAR = re.compile(r"20[0-9]{2}")
MISSING = (
    "没有选择考核方案，表题里也认不出是哪一个，请选择考核方案后再上传；还没有方案的，请县委组织部先在“考核评价”里新建。"
)


def choices(user, on):
    """The schemes begun by `on` that were not announced yet, the newest first."""
    found = EvaluationScheme.objects.visible_to(user).filter(dated_by(on, "opens"), published_on=None)
    return [(scheme.pk, str(scheme)) for scheme in found.order_by("-year", "kind", "pk")]


def readable(user):
    """The keys of the schemes that `user` sees."""
    return set(EvaluationScheme.objects.visible_to(user).values_list("pk", flat=True))


def texts(keys):
    """{pk: how the scheme is called}."""
    return {scheme.pk: str(scheme) for scheme in EvaluationScheme.objects.filter(pk__in=keys)}


def suggest(choices, said):
    """The only scheme on offer whose kind (and year, where told) a title names, or None."""
    titles = [tight(title) for title in said.get("titles", "").splitlines()]
    schemes = EvaluationScheme.objects.filter(pk__in=[pk for pk, _ in choices])
    fitting = [scheme.pk for scheme in schemes if any(_names(title, scheme) for title in titles)]
    return fitting[0] if len(fitting) == 1 else None


def _names(title, scheme):
    year = YEAR.search(title)
    return f"{scheme.get_kind_display()}考核" in title and (year is None or int(year[0]) == scheme.year)


SCHEME = Target(
    label="考核方案",
    choices=choices,
    readable=readable,
    texts=texts,
    title="得分汇总表",
    missing=MISSING,
    suggest=suggest,
)
ITEMS_OF = dataclasses.replace(SCHEME, title="考核指标表")
