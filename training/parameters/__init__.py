"""What a county may set about training and degree study, one file per subject."""

from training.parameters import classes, degrees

__all__ = ["classes", "degrees"]
