"""Sample workbooks that a newcomer can download on the upload page and upload again: a registry, filled from above."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Sample:
    """`build(user)` gives (file name, bytes of a workbook) for that user's area; `offered_to(user)` says who sees it."""

    slug: str
    roster: str  # slug of the roster it is meant for
    title: str
    description: str
    build: Callable
    offered_to: Callable


SAMPLES = {}


def register(sample):
    SAMPLES[sample.slug] = sample
    return sample


def offered(user):
    """The samples that `user` may download, in the order of registration."""
    return [sample for sample in SAMPLES.values() if sample.offered_to(user)]
