"""Figures about villages themselves."""

from core.indicators import Rows, indicator
from villages.models import Village

TEAMS = "村与班子"


def village_rows(queryset, **more):
    """The row source of a queryset of villages."""
    return Rows(
        queryset, kind="village", key="code", label="name", place="code", where=("township__name", "name"), **more
    )


@indicator(
    "villages", "行政村", "个", group=TEAMS,
    definition="时点存在的行政村数，不含社区；撤并的村从撤并次日起不计。",
)  # fmt: skip
def existing_villages(on):
    return village_rows(Village.objects.existing(on).filter(kind=Village.Kind.VILLAGE))


@indicator("communities", "社区", "个", group=TEAMS, definition="时点存在的社区数，不含行政村。")
def communities(on):
    return village_rows(Village.objects.existing(on).filter(kind=Village.Kind.COMMUNITY))
