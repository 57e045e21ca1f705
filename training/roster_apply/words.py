"""How numbers and days are written in training's rosters."""

from talent.roster_apply import words
from talent.roster_apply.role_kinds import RoleField

COUNTY_DIGITS = 6


def plain(number):
    """A number without needless digits."""
    return str(int(number)) if number == int(number) else str(number)


def exact_day(field, attribute):
    """A date that is shown to the day, however it was typed."""
    return RoleField(
        field, attribute, keep=words.day, show=lambda date: f"{date:%Y.%m.%d}" if date else None, empty=None
    )
