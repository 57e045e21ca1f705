"""Kinds of values: a cell as typed → its canonical value, or what to write instead."""

from rosters.cleaning.base import Kind, as_text, clean_one, is_blank, squeeze
from rosters.cleaning.choices import choice, ethnicity, sex, tick, yes_no, yes_no_as
from rosters.cleaning.dates import date
from rosters.cleaning.numbers import number
from rosters.cleaning.persons import id_number, name, phone
from rosters.cleaning.texts import free_text, line

__all__ = [
    "Kind",
    "as_text",
    "choice",
    "clean_one",
    "date",
    "ethnicity",
    "free_text",
    "id_number",
    "is_blank",
    "line",
    "name",
    "number",
    "phone",
    "sex",
    "squeeze",
    "tick",
    "yes_no",
    "yes_no_as",
]
