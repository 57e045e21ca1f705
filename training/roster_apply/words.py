"""How numbers and days are written in training's rosters."""

from decimal import Decimal

from talent.roster_apply.role_kinds import RoleField

COUNTY_DIGITS = 6
MOST_HOURS = 9999


def plain(number):
    """A number without needless digits."""
    return str(int(number)) if number == int(number) else str(number)


def shown(number):
    """The same; None stays None."""
    return None if number is None else plain(number)


def number(field, attribute, keep=int, clears=False):
    """A number that is 0 when it is emptied."""
    return RoleField(field, attribute, keep=keep, show=shown, empty=0, clears=clears)


def hours(field):
    """Hours of a class, to a tenth."""
    return number(field, "hours", lambda value: Decimal(str(value)), clears=True)


def hours_problem(field, typed):
    """What is wrong with the hours of a class, or None."""
    if typed in (None, "") or (0 <= typed <= MOST_HOURS and round(typed, 1) == typed):
        return None
    return (field, "hours_unlikely", f"“{plain(typed)}”不是学时，请填 0 到 {MOST_HOURS:,}，最多一位小数")


def whole_problem(field, typed, label, least, most):
    """What is wrong with a whole number of something, or None."""
    if typed in (None, "") or (typed == int(typed) and least <= typed <= most):
        return None
    return (field, "not_whole", f"“{plain(typed)}”不是{label}，请填 {least} 到 {most:,} 的整数")
