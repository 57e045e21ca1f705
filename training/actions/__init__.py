"""Writes about classes, attendance, certificates and degree study: by set, each with its audit line, one file per subject."""

from training.actions.attendance import keep_feedback, keep_results, sign_in
from training.actions.certificates import issue, revoke
from training.actions.degrees import begin_degree, follow_degrees, graduate, leave_degree, note_term
from training.actions.drafts import confirm, draft, drop, put_in
from training.actions.plans import (
    add_colleges,
    add_majors,
    add_plan_lines,
    add_plans,
    add_requirements,
    add_teachers,
    add_topics,
    change_plan_line,
    drop_plan_line,
    drop_wish,
    note_still_needed,
    note_wishes,
)
from training.actions.sessions import add_courses, cover, enroll, open_sessions, retie

__all__ = [
    "add_colleges",
    "add_courses",
    "add_majors",
    "add_plan_lines",
    "add_plans",
    "add_requirements",
    "add_teachers",
    "add_topics",
    "begin_degree",
    "change_plan_line",
    "confirm",
    "cover",
    "draft",
    "drop",
    "drop_plan_line",
    "drop_wish",
    "enroll",
    "follow_degrees",
    "graduate",
    "issue",
    "keep_feedback",
    "keep_results",
    "leave_degree",
    "note_still_needed",
    "note_term",
    "note_wishes",
    "open_sessions",
    "put_in",
    "retie",
    "revoke",
    "sign_in",
]
