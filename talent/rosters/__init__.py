"""The rosters of people: declared once each, registered at import."""

from talent.rosters import (
    applicants,
    assessments,
    candidates,
    committee,
    confirmations,
    demand_visits,
    demands,
    matches,
    reserve,
    reviews,
    rural_talent,
    secondments,
    secretaries,
    service_visits,
    stationed,
    stay_grades,
)

__all__ = [
    "applicants",
    "assessments",
    "candidates",
    "committee",
    "confirmations",
    "demand_visits",
    "demands",
    "matches",
    "reserve",
    "reviews",
    "rural_talent",
    "secondments",
    "secretaries",
    "service_visits",
    "stationed",
    "stay_grades",
]
