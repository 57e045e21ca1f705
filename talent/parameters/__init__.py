"""What a county may set about people and their roles, one file per subject."""

from talent.parameters import reserves, elections  # isort: skip

__all__ = ["elections", "reserves"]
from talent.parameters import reserves, reviews  # isort: skip

__all__ = ["reserves", "reviews"]
from talent.parameters import teams, reserves, stationed  # isort: skip

__all__ = ["reserves", "stationed", "teams"]
from talent.parameters import reserves, talents  # isort: skip

__all__ = ["reserves", "talents"]
