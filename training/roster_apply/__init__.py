"""Training's rosters against the database: what each row would change, and writing it as one set."""

from training.roster_apply import (
    attendance,
    colleges,
    course_marks,
    degrees,
    plan,
    requirements,
    results,
    sessions,
    teachers,
    terms,
    trainees,
    wishes,
)

__all__ = [
    "attendance",
    "colleges",
    "course_marks",
    "degrees",
    "plan",
    "requirements",
    "results",
    "sessions",
    "teachers",
    "terms",
    "trainees",
    "wishes",
]
