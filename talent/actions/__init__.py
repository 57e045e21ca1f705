"""Writes over several models: sets of people and roles, each with its audit line, one file per subject."""

from talent.actions.election_results import outcome, record_result
from talent.actions.elections import (
    finish_county_step,
    finish_step,
    move_candidates,
    nominate_candidates,
    open_election,
    reopen_step,
    save_steps,
    set_election_days,
    sign_handover,
    withdraw_candidates,
)
from talent.actions.joint_review import give_columns, record_marks, set_up_review
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

__all__ = [
    "add_educations",
    "appoint",
    "create_people",
    "end_appointments",
    "enter_pool",
    "enter_talent_pool",
    "finish_county_step",
    "finish_step",
    "give_columns",
    "leave_pool",
    "move_candidates",
    "nominate_candidates",
    "open_election",
    "outcome",
    "record_marks",
    "record_result",
    "reopen_step",
    "save_steps",
    "set_election_days",
    "set_up_review",
    "sign_handover",
    "station",
    "withdraw",
    "withdraw_candidates",
]
