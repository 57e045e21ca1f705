"""The support policies that lists of applications are uploaded onto."""

import dataclasses

from awards.models import SupportPolicy
from core.periods import begun
from core.text import tight
from rosters.spec import Target

MISSING = "没有选择扶持政策，表题里也认不出是哪一项，请选择扶持政策后再上传；还没有登记政策的，请县委组织部先登记。"


def choices(user, on):
    """The policies in force that `user` sees, the newest first."""
    found = SupportPolicy.objects.visible_to(user).open(on).order_by("-start", "name", "-pk")
    return [(policy.pk, f"{policy.name}（{policy.document_no}）") for policy in found]


def readable(user):
    """The keys of the policies that `user` sees."""
    return set(SupportPolicy.objects.visible_to(user).values_list("pk", flat=True))


def texts(keys):
    """{pk: how the policy is called}."""
    return dict(SupportPolicy.objects.filter(pk__in=keys).values_list("pk", "name"))


def suggest(choices, said):
    """The only policy on offer that a title names, or None."""
    titles = [tight(title) for title in said.get("titles", "").splitlines()]
    named = texts([pk for pk, _ in choices])
    fitting = [pk for pk, name in named.items() if any(tight(name) in title for title in titles)]
    return fitting[0] if len(fitting) == 1 else None


def every(user, on):
    """The policies that `user` sees and that began by the day, the newest first: what was granted is paid when they are over too."""
    found = SupportPolicy.objects.visible_to(user).filter(begun(on)).order_by("-start", "name", "-pk")
    return [(policy.pk, f"{policy.name}（{policy.document_no}）") for policy in found]


POLICY = Target(
    label="扶持政策",
    choices=choices,
    readable=readable,
    texts=texts,
    title="扶持申请表",
    missing=MISSING,
    suggest=suggest,
)

PAID_UNDER = dataclasses.replace(POLICY, choices=every, title="扶持资金发放表")
