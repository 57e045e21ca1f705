"""Admin pages of awards, the reward fund, safeguards and support, one file per subject."""

from awards.admin import awards, flow, fund, safeguards, support

__all__ = ["awards", "flow", "fund", "safeguards", "support"]
