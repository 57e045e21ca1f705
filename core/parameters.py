"""Local rules as data: every threshold, ratio and list of words that a county may set otherwise, with its basis.

A parameter is declared once beside the subject that it belongs to; what counts by it asks `value(on)`, so that a figure
of an earlier day keeps the rule of that day."""

import contextlib
import contextvars
import dataclasses
import datetime
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.http import Http404

from core.models import ParameterValue

REGISTRY = {}
WORDS_LONGEST = 40
UNSET = "未设"
_read = contextvars.ContextVar("parameters read for a date", default=(None, {}))


@dataclasses.dataclass(frozen=True)
class Parameter:
    """`default` is a whole number (of `unit`, from `low` to `high`), a tuple of words in their order, or None for a number that
    only the county can know: what counts by it says `UNSET` until the county has set it.

    `line` is asked about each word and raises ValidationError where words have a form of their own."""

    key: str
    label: str
    default: int | tuple | None
    group: str
    basis: str
    unit: str = ""
    low: int = 0
    high: int = 1_000_000
    line: Callable | None = None

    @property
    def is_words(self):
        return isinstance(self.default, tuple)

    def value(self, on: datetime.date):
        """What holds on the day `on`: the county's latest decision, else the default. One query, none in `read_once`."""
        day, kept = _read.get()
        if day == on:
            return _taken(self, kept.get(self.key))
        return _taken(self, ParameterValue.objects.filter(key=self.key, start__lte=on).order_by("-start").first())

    def clean(self, text):
        """A typed value; ValidationError in the words that the office reads."""
        return _words(self, text) if self.is_words else _whole(self, text)

    def shown(self, value):
        if value is None:
            return UNSET
        return "、".join(value) if self.is_words else f"{value:,}"


def parameter(key, label, default, *, group, basis, **options):
    """Declare a parameter and return it."""
    if key in REGISTRY:
        raise ValueError(f"two parameters are called {key}")
    REGISTRY[key] = Parameter(key, label, default, group, basis, **options)
    return REGISTRY[key]


def get(key):
    """The parameter `key`; Http404 when there is none."""
    if key not in REGISTRY:
        raise Http404
    return REGISTRY[key]


@contextlib.contextmanager
def read_once(on):
    """Within, every parameter's value on the day `on` comes from one query: for a board or a run of all checks.

    What is asked for the same day inside another reading costs none."""
    if _read.get()[0] == on:
        yield
        return
    token = _read.set((on, _latest(on)))
    try:
        yield
    finally:
        _read.reset(token)


def in_force(on):
    """[(Parameter, value, ParameterValue or None)] of every parameter on the day `on`, in order of declaration. One query."""
    kept = _latest(on)
    return [(one, _taken(one, kept.get(one.key)), kept.get(one.key)) for one in REGISTRY.values()]


def _latest(on):
    """key → the ParameterValue in force on the day `on`."""
    return {row.key: row for row in ParameterValue.objects.filter(start__lte=on).order_by("start")}


def _taken(one, row):
    if row is None:
        return one.default
    return tuple(row.value) if one.is_words else row.value


def _whole(one, text):
    try:
        number = int(str(text).strip())
    except ValueError:
        raise ValidationError(f"“{text}”不是整数，请填 {one.low:,} 到 {one.high:,} 之间的整数。") from None
    if not one.low <= number <= one.high:
        raise ValidationError(f"{number:,} 超出范围，请填 {one.low:,} 到 {one.high:,} 之间的整数。")
    return number


def _words(one, text):
    words = [word.strip() for word in str(text).splitlines() if word.strip()]
    if not words:
        raise ValidationError("至少要有一项，每行写一项。")
    if len(words) != len(set(words)):
        raise ValidationError("有重复的项，请删去重复的一行。")
    if long := next((word for word in words if len(word) > WORDS_LONGEST), None):
        raise ValidationError(f"“{long}”太长，每项不超过 {WORDS_LONGEST} 个字。")
    for word in words if one.line else ():
        one.line(word)
    return tuple(words)
