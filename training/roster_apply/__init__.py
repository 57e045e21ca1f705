"""Training's rosters against the database: what each row would change, and writing it as one set."""

from training.roster_apply import attendance, colleges, degrees, plan, requirements, teachers, terms, trainees, wishes

__all__ = ["attendance", "colleges", "degrees", "plan", "requirements", "teachers", "terms", "trainees", "wishes"]
