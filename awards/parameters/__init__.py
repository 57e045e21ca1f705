"""What a county may set about this app, one file per subject, in the order of the page."""

from awards.parameters import awards, evaluations, safeguards, support

__all__ = ["awards", "evaluations", "safeguards", "support"]
