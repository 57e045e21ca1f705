"""Writes over several models: sets of people and roles, each with its audit line, one file per subject."""

from talent.actions.posts import (
    add_educations,
    appoint,
    create_people,
    end_appointments,
    enter_pool,
    enter_talent_pool,
    leave_pool,
    station,
    withdraw,
)
from talent.actions.recruitments import (
    announce,
    change_applications,
    change_notice,
    engage,
    record_step,
    review,
    take_applications,
)
from talent.actions.reserves import assess, change_assessments, groom, promote

__all__ = [
    "add_educations",
    "announce",
    "appoint",
    "assess",
    "change_applications",
    "change_assessments",
    "change_notice",
    "create_people",
    "end_appointments",
    "engage",
    "enter_pool",
    "enter_talent_pool",
    "groom",
    "leave_pool",
    "promote",
    "record_step",
    "review",
    "station",
    "take_applications",
    "withdraw",
]
