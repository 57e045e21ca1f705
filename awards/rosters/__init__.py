"""The rosters of this app, one file per kind."""

from awards.rosters import (
    evaluations,
    findings,
    fund,
    given,
    items,
    nominees,
    rounds,
    safeguards,
    standards,
    support,
    support_payments,
)

__all__ = [
    "evaluations",
    "findings",
    "fund",
    "given",
    "items",
    "nominees",
    "rounds",
    "safeguards",
    "standards",
    "support",
    "support_payments",
]
