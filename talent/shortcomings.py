"""What is said of people's shortcomings in words that others map to what helps: a registry that every app about people may
fill (the yearly evaluation does), and that training reads without knowing who fills it."""

import datetime
from dataclasses import dataclass

SOURCES = []


@dataclass(frozen=True)
class Shortcoming:
    """Of the person with the key `person`: `word` is the indicator or grade, `told` the reason in words, `since` its day."""

    person: int
    word: str
    told: str
    since: datetime.date


def source(function):
    """Register (user, on, people's keys, percent below which an indicator is low) → iterable of Shortcoming."""
    SOURCES.append(function)
    return function


def shortcomings(user, on, people, percent):
    """Everything that is known on the day `on` and that `user` may see. A fixed number of queries."""
    return [one for function in SOURCES for one in function(user, on, people, percent)]
