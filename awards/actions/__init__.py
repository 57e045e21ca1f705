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

__all__ = [
    "answer_objection",
    "appoint_judges",
    "ask_payments",
    "attach",
    "certify",
    "change_deeds",
    "change_round",
    "change_scheme",
    "check_payment",
    "decide",
    "detach",
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
    "publicise",
    "receive",
    "set_budget",
    "set_up_fund",
    "set_up_schemes",
    "withdraw_award",
    "withdraw_nomination",
]
