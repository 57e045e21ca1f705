"""What a county may set about people and their roles, one file per subject."""

from talent.parameters import reserves, talents  # isort: skip

__all__ = ["reserves", "talents"]
