"""Writes over several models: sets of people and roles, each with its audit line, one file per subject."""

from talent.actions.demands import (
    close_demands,
    propose,
    publish_demands,
    record_visits,
    reopen_demands,
    state_demands,
    take_step,
)
from talent.actions.posts import (
    add_educations,
    appoint,
    create_people,
    end_appointments,
    enter_pool,
    leave_pool,
    station,
    withdraw,
)
from talent.actions.talents import GONE, confirm_talents, enter_talent_pool, leave_talent_pool

__all__ = [
    "GONE",
    "add_educations",
    "appoint",
    "close_demands",
    "confirm_talents",
    "create_people",
    "end_appointments",
    "enter_pool",
    "enter_talent_pool",
    "leave_pool",
    "leave_talent_pool",
    "propose",
    "publish_demands",
    "record_visits",
    "reopen_demands",
    "state_demands",
    "station",
    "take_step",
    "withdraw",
]
