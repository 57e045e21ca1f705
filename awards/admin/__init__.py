"""Admin pages of awards and the reward fund, one file per subject."""

from awards.admin import awards, evaluations, flow, fund

__all__ = ["awards", "evaluations", "flow", "fund"]
