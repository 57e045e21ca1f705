"""The checks that lists of what they found are uploaded onto."""

from awards.models import Inspection
from core.periods import dated_by
from core.text import tight
from rosters.spec import Target

MISSING = "没有选择检查，表题里也认不出是哪一次，请选择检查后再上传；还没有登记的，请县委组织部先在“监督检查”里登记。"


def choices(user, on):
    """The checks held by `on`, the latest first."""
    found = Inspection.objects.visible_to(user).filter(dated_by(on, "on"))
    return [(held.pk, str(held)) for held in found.order_by("-on", "-pk")]


def readable(user):
    """The keys of the checks that `user` sees."""
    return set(Inspection.objects.visible_to(user).values_list("pk", flat=True))


def texts(keys):
    """{pk: how the check is called}."""
    return {held.pk: str(held) for held in Inspection.objects.filter(pk__in=keys)}


def suggest(choices, said):
    """The only check on offer that a title names, or None."""
    titles = [tight(title) for title in said.get("titles", "").splitlines()]
    fitting = [pk for pk, name in choices if any(tight(name) in title for title in titles)]
    return fitting[0] if len(fitting) == 1 else None


INSPECTION = Target(
    label="检查",
    choices=choices,
    readable=readable,
    texts=texts,
    title="问题整改清单",
    missing=MISSING,
    suggest=suggest,
)
