"""Admin pages of awards, evaluation, the reward fund, safeguards and support, one file per subject."""

from awards.admin import awards, evaluations, flow, fund, safeguards, support

__all__ = ["awards", "evaluations", "flow", "fund", "safeguards", "support"]
