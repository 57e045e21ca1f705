"""The cards of a village's page that other apps fill: a registry of functions (village, on) → Card."""

import datetime
from dataclasses import dataclass, field

from villages.models import Village

SOURCES = []


@dataclass(frozen=True)
class Line:
    """A line of a card: a linked name, a text, and what stands small at the end."""

    label: str
    url: str
    text: str = ""
    more: str = ""


@dataclass(frozen=True)
class Card:
    heading: str
    empty: str  # what an empty card says
    lines: list = field(default_factory=list)


def card(function):
    """Register a function of a village and a date → Card."""
    SOURCES.append(function)
    return function


def cards(village: Village, on: datetime.date):
    """Every registered card of the village on the date. As many queries as its functions need, whatever the rows."""
    return [function(village, on) for function in SOURCES]
