"""Trainees and degree students against the database: what each row would change, and writing it as one set."""

from training.roster_apply import attendance, degrees, trainees

__all__ = ["attendance", "degrees", "trainees"]
