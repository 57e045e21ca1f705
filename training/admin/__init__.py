"""Admin pages of training and degree study, one file per subject."""

from training.admin import attendance, plans, sessions

__all__ = ["attendance", "plans", "sessions"]
