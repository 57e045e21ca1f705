"""The rosters of people: declared once each, registered at import."""

from talent.rosters import (
    applicants,
    assessments,
    candidates,
    committee,
    demands,
    reserve,
    reviews,
    rural_talent,
    secondments,
    secretaries,
    service_visits,
    stationed,
)

__all__ = [
    "applicants",
    "assessments",
    "candidates",
    "committee",
    "demands",
    "reserve",
    "reviews",
    "rural_talent",
    "secondments",
    "secretaries",
    "service_visits",
    "stationed",
]
