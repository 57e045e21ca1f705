"""The recruitments that lists of applicants and scores are uploaded onto: the county's work."""

import re

from core.scope import scope_code
from core.text import tight
from rosters.spec import Target
from talent.models import Recruitment

COUNTY_DIGITS = 6
YEAR = re.compile(r"20[0-9]{2}")
MISSING = "没有选择公开招聘，表题里也认不出是哪一次，请选择公开招聘后再上传；还没有发布公告的，请先在“公开招聘”里发布。"


def choices(user, on):
    """The recruitments that `user` may upload onto, the newest first: the county's own, none for a township."""
    code = scope_code(user) or ""
    if len(code) > COUNTY_DIGITS:
        return []
    held = Recruitment.objects.visible_to(user).order_by("-published_on", "-pk")
    return [(row.pk, row.title) for row in held]


def readable(user):
    """The keys of the recruitments that `user` sees."""
    return set(Recruitment.objects.visible_to(user).values_list("pk", flat=True))


def texts(keys):
    """{pk: title}."""
    return dict(Recruitment.objects.filter(pk__in=keys).values_list("pk", "title"))


def suggest(choices, said):
    """The only recruitment on offer whose title, or year where no title fits, the file names; or None."""
    titles = [tight(title) for title in said.get("titles", "").splitlines()]
    named = [pk for pk, text in choices if any(tight(text) in title for title in titles)]
    if not named:
        years = {year for title in titles for year in YEAR.findall(title)}
        named = [pk for pk, text in choices if set(YEAR.findall(text)) & years]
    return named[0] if len(named) == 1 else None


RECRUITMENT = Target(
    label="公开招聘",
    choices=choices,
    readable=readable,
    texts=texts,
    title="报名和成绩名册",
    missing=MISSING,
    suggest=suggest,
)
