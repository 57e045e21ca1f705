"""What a county may set about people and their roles, one file per subject."""

from talent.parameters import teams, reserves, stationed  # isort: skip

__all__ = ["reserves", "stationed", "teams"]
