"""Admin pages of awards and the reward fund, one file per subject."""

from awards.admin import awards, flow, fund

__all__ = ["awards", "flow", "fund"]
