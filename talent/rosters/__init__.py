"""The rosters of people: declared once each, registered at import."""

from talent.rosters import (
    applicants,
    candidates,
    committee,
    demands,
    joint_review,
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
    "candidates",
    "committee",
    "demands",
    "joint_review",
    "reserve",
    "reviews",
    "rural_talent",
    "secondments",
    "secretaries",
    "service_visits",
    "stationed",
]
