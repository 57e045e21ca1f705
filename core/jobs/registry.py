"""The kinds of work, by name: filled by the `jobs` module of each app."""

from collections.abc import Callable
from dataclasses import dataclass


class Failed(Exception):
    """A job that cannot be done, in words for whoever asked for it; trying again by itself would not help."""


@dataclass(frozen=True)
class Kind:
    """One kind of job.

    run     (job) does the work in one transaction; where it is done already, nothing. Returns a word on how it ended,
            or None; raises Failed. What it says with `core.jobs.say` is kept, and there it may be stopped
    page    (job) → the address where its progress is watched
    names   (jobs) → {job.pk: what it works on, in words}
    dropped (jobs, by) → puts away what cancelled jobs were to work on
    """

    slug: str
    title: str
    run: Callable
    page: Callable
    names: Callable
    dropped: Callable


_registry: dict[str, Kind] = {}


def register(kind):
    """Makes a kind known under its slug."""
    _registry[kind.slug] = kind
    return kind


def get(slug):
    """The kind of that slug. Raises KeyError."""
    return _registry[slug]
