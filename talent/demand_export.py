"""Needs as rows of a roster: for export and for the template's drop-downs."""

from talent import roster_export
from talent.models import Demand, Manner, SubClass, TalentClass
from talent.roster_apply import words

TEXTS = ("unit", "credit_code", "post", "skills", "terms", "contact", "remarks")
CHOICES = ("asker", "talent_class", "sub_class", "manner")


def demands(code, on, round_id):
    """The needs of the division `code` in a survey that were not withdrawn, whatever became of them."""
    found = Demand.objects.below(code).filter(round_id=round_id).exclude(close_reason=Demand.CloseReason.WITHDRAWN)
    return [
        _row(need) for need in found.select_related("township", "village").order_by("township_id", "village_id", "pk")
    ]


def _row(need):
    """A phone stays where it is: only its form shows it, masked; an empty cell changes nothing."""
    return {
        "township": need.township.name,
        "village": need.village.name if need.village else None,
        **{name: getattr(need, name) for name in TEXTS},
        **{name: getattr(need, f"get_{name}_display")() or None for name in CHOICES},
        "number": str(need.number),
        "start": words.month(need.start),
        "end": words.month(need.end),
    }


def choices(code, on):
    """Texts that cells of a table of needs may hold, by field."""
    return roster_export.place_choices(code, on) | {
        "asker": Demand.Asker.labels,
        "talent_class": TalentClass.labels,
        "sub_class": SubClass.labels,
        "manner": Manner.labels,
    }
