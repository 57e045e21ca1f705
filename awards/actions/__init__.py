"""Writes about awards, by set, each with its audit line; one file per subject."""

from awards.actions.decisions import certify, decide, give_awards, withdraw_award
from awards.actions.fund import ask_payments, check_payment, paid_of, receive, set_budget, set_up_fund
from awards.actions.judging import appoint_judges, give_scores
from awards.actions.nominations import (
    attach,
    change_deeds,
    detach,
    examine,
    give_opinions,
    judge_by_hand,
    left,
    nominate,
    nominate_on_page,
    withdraw_nomination,
)
from awards.actions.publicity import answer_objection, object_to, publicise
from awards.actions.rounds import change_round, change_scheme, open_rounds, set_up_schemes
from awards.actions.safeguards import change_safeguards, record_safeguards, set_standards
from awards.actions.support import (
    apply_for_support,
    approve_support,
    change_application,
    change_policy,
    close_support,
    drop_condition,
    pay_support,
    record_result,
    set_condition,
    set_support_budget,
    set_up_policies,
)

__all__ = [
    "answer_objection",
    "apply_for_support",
    "appoint_judges",
    "approve_support",
    "ask_payments",
    "attach",
    "certify",
    "change_application",
    "change_deeds",
    "change_policy",
    "change_round",
    "change_safeguards",
    "change_scheme",
    "check_payment",
    "close_support",
    "decide",
    "detach",
    "drop_condition",
    "examine",
    "give_awards",
    "give_opinions",
    "give_scores",
    "judge_by_hand",
    "left",
    "nominate",
    "nominate_on_page",
    "object_to",
    "open_rounds",
    "paid_of",
    "pay_support",
    "publicise",
    "receive",
    "record_result",
    "record_safeguards",
    "set_budget",
    "set_condition",
    "set_standards",
    "set_support_budget",
    "set_up_fund",
    "set_up_policies",
    "set_up_schemes",
    "withdraw_award",
    "withdraw_nomination",
]
