"""Figures about village teams, reserves and people sent in."""

from django.db.models import Exists, OuterRef

from core.indicators import Rows, indicator
from talent.models import Appointment, Post
from villages.indicators import BASIC, existing_villages


def village_of(queryset, **more):
    """The row source that counts the villages of role rows, each once."""
    return Rows(queryset, kind="village", key="village_id", label="village__name", **more)


def person_of(queryset, **more):
    """The row source that counts the people of role rows, each once."""
    return Rows(queryset, kind="person", key="person_id", label="person__name", **more)


def in_existing_village(queryset, on):
    """Role rows in administrative villages that exist on `on` (communities are counted separately)."""
    return queryset.filter(village__in=existing_villages(on).queryset)


@indicator(
    "one_shoulder", "书记主任“一肩挑”的村", "村", group=BASIC, of=existing_villages,
    definition="时点由同一人担任党组织书记和村委会主任的行政村数，按任职记录计算，不采用表中所填；任一职空缺的不计。分母为行政村数。",
)  # fmt: skip
def one_shoulder(on):
    director = Appointment.objects.serving(on).filter(
        person=OuterRef("person"), village=OuterRef("village"), post=Post.VILLAGE_DIRECTOR
    )
    secretaries = in_existing_village(Appointment.objects.serving(on), on).filter(post=Post.PARTY_SECRETARY)
    return village_of(secretaries.filter(Exists(director)), details={"书记、主任": "person__name", "任职时间": "start"})
