"""How numbers are written in training's rosters."""


def plain(number):
    """A number without needless digits."""
    return str(int(number)) if number == int(number) else str(number)
