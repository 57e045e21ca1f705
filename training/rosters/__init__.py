"""Rosters about training: a class's list, its sign-in, degree students; one file per kind."""

from training.rosters import attendance, degrees, trainees

__all__ = ["attendance", "degrees", "trainees"]
