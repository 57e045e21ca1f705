"""Checks: the registry, and what runs them for whom and on which date."""

import dataclasses
import datetime
from collections.abc import Callable

from django.http import Http404

from core import parameters
from core.indicators import listing_of, narrowed
from core.text import inside_quotes

SEVERITIES = {"error": "须改正", "warn": "请核对", "info": "请留意"}


@dataclasses.dataclass(frozen=True)
class Rule:
    """`source` takes the date and returns the offending rows (core.indicators.Rows, or a list of them).

    `message` is filled in from a row: {label}, {where} and the headings of its details. `basis` names the law, document
    or local setting behind the threshold."""

    code: str
    title: str
    severity: str
    basis: str
    message: str
    source: Callable


@dataclasses.dataclass(frozen=True)
class Finding:
    code: str
    severity: str
    message: str
    village_code: str  # a county's or township's code where a rule is about that
    person_id: int | None


RULES = {}


def rule(code, title, *, severity, basis, message):
    """Register the decorated function of a date as a check."""

    def register(source):
        if code in RULES:
            raise ValueError(f"two rules are called {code}")
        RULES[code] = Rule(code, title, severity, basis, message, source)
        return source

    return register


def findings(user, on, code=None, only=None):
    """What the checks find in the user's division on the date `on`, the severe first; nothing without business data.

    `code` narrows to a division or village below (Http404 outside), `only` to the check of that code."""
    scope = narrowed(user, code)
    return [] if scope is None else check(on, scope, only)


def check(on, code=None, only=None):
    """The findings of the division `code`, of the whole database without one, whoever asks. One query per check."""
    if only is not None and only not in RULES:
        raise Http404
    chosen = [RULES[only]] if only else RULES.values()
    order = list(SEVERITIES)
    ordered = sorted(chosen, key=lambda one: order.index(one.severity))
    with parameters.read_once(on):
        return [found for one in ordered for found in _findings(one, on, code)]


def _findings(one: Rule, on: datetime.date, code):
    for row in listing_of(one.source(on), code):
        known = {heading: cell or "（未填）" for heading, cell in row["details"].items()}
        message = _filled(one.message, {"label": row["label"], "where": row["where"], **known})
        person = row["id"] if row["kind"] == "person" else None
        yield Finding(one.code, one.severity, message, row["places"][0], person)


def _filled(message, known):
    """The message of a row; a name that the message quotes does not bring quotes of the same kind."""
    quoted = {key: inside_quotes(str(text)) for key, text in known.items() if f"“{{{key}}}”" in message}
    return message.format(**known | quoted)
