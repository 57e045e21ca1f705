"""Row sources that the figures about people share."""

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from core.indicators import Rows
from talent.models import Appointment
from villages.indicators import existing_villages


def village_of(queryset, **more):
    """The row source that counts the villages of role rows, each once."""
    return Rows(queryset, kind="village", key="village_id", label="village__name", **more)


def person_of(queryset, **more):
    """The row source that counts the people of role rows, each once."""
    return Rows(queryset, kind="person", key="person_id", label="person__name", **more)


def in_existing_village(queryset, on):
    """Role rows in administrative villages that exist on `on` (communities are counted separately)."""
    return queryset.filter(village__in=existing_villages(on).queryset)


def cadres(on):
    """People with a post in the two committees (村“两委”) of a village or community, each once."""
    return person_of(Appointment.objects.cadres(on), details={"职务": "post", "任职时间": "start"})


def people_per_village(roles):
    """An expression on Village: how many people hold the role rows `roles` there, each once."""
    held = roles.filter(village_id=OuterRef("code")).order_by().values("village_id")
    return Coalesce(Subquery(held.annotate(people=Count("person", distinct=True)).values("people")), 0)
