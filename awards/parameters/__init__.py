"""What a county may set about awards, one file per subject, in the order of the page."""

from awards.parameters import awards, safeguards  # isort: skip

__all__ = ["awards", "safeguards"]
