"""Values as the preview shows them."""

import datetime
from functools import lru_cache

from core.identity import mask_phone
from rosters.cleaning import free_text, line, name
from talent.models import Background, EducationLevel, PoliticalStatus, Post

POSTS = {post.value: post.label for post in Post}


def day(typed):
    """A typed date ("1985-06" or "1985-06-12") as a date; a month is its first day."""
    return datetime.date.fromisoformat(typed if len(typed) == 10 else f"{typed}-01")


def same_day(old, typed):
    """True when the kept date does not contradict the typed one, at the precision typed."""
    return old is not None and old.isoformat().startswith(typed)


def reads_as(old, typed):
    """True when a roster would read the kept text as the typed one: blanks that somebody typed on a page are no change."""
    return typed in {kind.compile()(old)[0] for kind in (line, free_text, name)}


def month(date):
    """yyyy.MM as the field prints it; with the day where it is not the first."""
    if date is None:
        return None
    return f"{date:%Y.%m}" if date.day == 1 else f"{date:%Y.%m.%d}"


def posts(codes):
    """Posts in order of rank, or None."""
    return _posts(frozenset(codes))


@lru_cache(maxsize=1000)  # few different sets of them are held
def _posts(codes):
    return "、".join([label for value, label in POSTS.items() if value in codes]) or None


def education(level):
    return EducationLevel(level).label if level else None


def political(status):
    return PoliticalStatus(status).label if status else None


def background(source):
    return Background(source).label if source else None


def phones(old, new):
    """Two phone numbers masked; says so when only the masked digits differ."""
    shown = mask_phone(old) if old else None, mask_phone(new) if new else None
    return (shown[0], f"{shown[1]}（中间几位有变）") if shown[0] == shown[1] else shown
