"""Checks of training and degree study, one file per subject."""

from training.rules import classes, degrees

__all__ = ["classes", "degrees"]
