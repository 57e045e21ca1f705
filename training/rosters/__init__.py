"""Rosters about training: a class's list, its sign-in, degree students and their terms, colleges, teachers, what is required, wishes, the plan; one file a kind."""

from training.rosters import attendance, colleges, degrees, plan, requirements, teachers, terms, trainees, wishes

__all__ = ["attendance", "colleges", "degrees", "plan", "requirements", "teachers", "terms", "trainees", "wishes"]
