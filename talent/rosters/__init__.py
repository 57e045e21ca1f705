"""The rosters of people: declared once each, registered at import."""

from talent.rosters import (
    applicants,
    candidates,
    committee,
    demands,
    reserve,
    reviews,
    rural_talent,
    secretaries,
    stationed,
)

__all__ = [
    "applicants",
    "candidates",
    "committee",
    "demands",
    "reserve",
    "reviews",
    "rural_talent",
    "secretaries",
    "stationed",
]
