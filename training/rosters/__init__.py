"""Rosters about training: the classes, a class's list, sign-in, results and marks, degree students and their terms, colleges,
teachers, what is required, wishes, the plan; one file a kind."""

from training.rosters import (
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
