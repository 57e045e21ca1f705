"""What other offices' forms ask for and we keep in other columns: the age, yes or no, ticks, posts by body."""

from core.identity import id_birth, id_problem
from core.periods import age_on
from talent.models import PoliticalStatus
from talent.models.appointment import POSTS_OF, Committee, Post
from talent.rosters.vocabulary import SEPARATORS, read_posts

TICK, YES, NO = "√", "是", "否"
BODIES = {"party": Committee.PARTY, "village_committee": Committee.VILLAGERS, "supervision": Committee.SUPERVISION}
MEMBERS = {"中共党员", PoliticalStatus.PARTY_MEMBER.label, PoliticalStatus.PROBATIONARY.label}


def age(row, on):
    """Full years by the ID number; "" where that is not told in full."""
    number = row.get("id_number") or ""
    return "" if id_problem(number) else age_on(id_birth(number), on)


def is_party_member(row, on):
    status = row.get("political_status")
    return (YES if status in MEMBERS else NO) if status else ""


def ticked(post):
    """For a column that is ticked for those who hold the post."""
    return lambda row, on: TICK if post in _held(row) else ""


def of_body(body):
    """For a column that holds the posts of one body only, in the words of the row."""
    posts = {post.value for post in POSTS_OF[BODIES[body]]}

    def words(row, on):
        parts = SEPARATORS.split(row.get("posts") or "")
        return "、".join(part for part in parts if posts.intersection(read_posts(part)[0]))

    return words


def unit_and_posts(row, on):
    """Township, village and posts in one text."""
    return "".join(row.get(name) or "" for name in ("township", "village", "posts"))


def one_shoulder(row, on):
    return _answer(row, {Post.PARTY_SECRETARY.value, Post.VILLAGE_DIRECTOR.value} <= _held(row))


def cross_posts(row, on):
    held = _held(row)
    return _answer(row, all(held.intersection(POSTS_OF[body]) for body in (Committee.PARTY, Committee.VILLAGERS)))


def _answer(row, found):
    return (YES if found else NO) if row.get("posts") else ""


def _held(row):
    return set(read_posts(row.get("posts") or "")[0])
