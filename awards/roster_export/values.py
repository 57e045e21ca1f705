"""How sums and days are written into a roster so that it reads them back as they are."""


def amount(kept):
    """A sum without idle zeros; nothing for none."""
    return f"{kept.normalize():f}" if kept else None


def exact(day):
    return f"{day:%Y.%m.%d}" if day else None
