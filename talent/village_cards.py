"""The cards of a village's page that other apps fill: a registry of functions (village, on) → Card."""

import datetime
from dataclasses import dataclass, field

from django.urls import reverse

from core.periods import dated_by
from talent.models import RecruitmentApplication
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


@card
def recruitments(village, on):
    """Who was engaged for the village in open recruitments by the date."""
    rows = RecruitmentApplication.objects.filter(dated_by(on, "engaged_on"), village=village)
    lines = [
        Line(
            row.person.name, reverse("recruitment_application", args=[row.pk]), str(row.recruitment),
            f"{row.engaged_on:%Y-%m-%d} 聘用 {row.document_no}".strip(),
        )
        for row in rows.select_related("person", "recruitment").order_by("-engaged_on", "pk")
    ]  # fmt: skip
    return Card("公开招聘", "到这一天，公开招聘没有为这个村聘用过人。", lines)
