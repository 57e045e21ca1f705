"""What a county may set about awards, one file per subject, in the order of the page."""

from awards.parameters import awards, evaluations

__all__ = ["awards", "evaluations"]
