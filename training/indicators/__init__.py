"""Figures about training and degree study, one file per subject."""

from training.indicators import classes, degrees

__all__ = ["classes", "degrees"]
