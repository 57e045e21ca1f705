"""The yearly figures of villages as rows of a roster: for export and for the template's drop-downs."""

from villages.models import Village, VillageFigures
from villages.roster_apply import FIELDS, NAMES, shown


def figures(code, on):
    """The villages of the division `code` that exist on the day `on`, with what is kept of that year; those of which
    nothing is kept stand there to be filled in (a community only when something is)."""
    kept = {row.village_id: row for row in VillageFigures.objects.below(code).filter(year=on.year)}
    villages = Village.objects.below(code).existing(on).select_related("township").order_by("code")
    return [
        {"township": village.township.name, "village": village.name, **_kept(kept.get(village.code))}
        for village in villages
        if village.code in kept or village.kind == Village.Kind.VILLAGE
    ]


def _kept(row):
    return {name: shown(name, getattr(row, name)) if row else None for name in NAMES}


def places(code, on):
    """The townships and villages of the division `code`, for drop-downs."""
    villages = Village.objects.below(code).existing(on).select_related("township").order_by("code")
    return {
        "township": list(dict.fromkeys(village.township.name for village in villages)),
        "village": list(dict.fromkeys(village.name for village in villages)),
    }


def choices(code, on):
    """Texts that a cell may hold, by field: the townships and villages of the division, the answers of a list."""
    return places(code, on) | {name: list(dict(kept.choices).values()) for name, kept in FIELDS.items() if kept.choices}
