"""What a county may set about people and their roles, one file per subject, in the order of the page."""

from talent.parameters import teams, elections, reviews, reserves, stationed, talents, reports  # isort: skip

__all__ = [
    "elections",
    "reports",
    "reserves",
    "reviews",
    "stationed",
    "talents",
    "teams",
]
