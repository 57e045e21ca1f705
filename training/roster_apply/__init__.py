"""Training's rosters against the database: what each row would change, and writing it as one set."""

from training.roster_apply import attendance, degrees, plan, trainees, wishes

__all__ = ["attendance", "degrees", "plan", "trainees", "wishes"]
