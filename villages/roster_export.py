"""The yearly figures of villages as rows of a roster: for export and for the template's drop-downs."""

from villages.models import Village, VillageFigures
from villages.roster_apply import NAMES, plain


def figures(code, on):
    """What is kept of the year of `on` about the villages of the division `code` that exist on that day."""
    kept = VillageFigures.objects.below(code).filter(year=on.year, village__in=Village.objects.existing(on))
    return [
        {
            "township": row.village.township.name,
            "village": row.village.name,
            **{name: plain(getattr(row, name)) for name in NAMES},
        }
        for row in kept.select_related("village__township").order_by("village_id")
    ]


def choices(code, on):
    """Texts that a cell may hold, by field: the townships and villages of the division."""
    villages = Village.objects.below(code).existing(on).select_related("township").order_by("code")
    return {
        "township": list(dict.fromkeys(village.township.name for village in villages)),
        "village": list(dict.fromkeys(village.name for village in villages)),
    }
