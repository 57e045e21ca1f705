"""Rosters about training: a class's list, its sign-in, degree students, wishes, the yearly plan; one file per kind."""

from training.rosters import attendance, degrees, plan, trainees, wishes

__all__ = ["attendance", "degrees", "plan", "trainees", "wishes"]
