"""Writes over several models: sets of people and roles, each with its audit line, one file per subject."""

from talent.actions.posts import (
    add_educations,
    appoint,
    create_people,
    end_appointments,
    enter_pool,
    enter_talent_pool,
    leave_pool,
)
from talent.actions.stationed import (
    add_kinships,
    assess,
    record_visits,
    second,
    settle_secondments,
    station,
    withdraw,
)

__all__ = [
    "add_educations",
    "add_kinships",
    "appoint",
    "assess",
    "create_people",
    "end_appointments",
    "enter_pool",
    "enter_talent_pool",
    "leave_pool",
    "record_visits",
    "second",
    "settle_secondments",
    "station",
    "withdraw",
]
