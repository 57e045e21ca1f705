"""Why another office's file may say something else of a person than the ledger does."""

from core.identity import id_birth, id_problem
from rosters.cleaning.dates import same_date
from talent.models import PoliticalStatus
from talent.models.appointment import Post
from talent.rosters.vocabulary import EDUCATION_ORDER


def explain(field, theirs, ours):
    """The likeliest reason for the difference in `field` between the values of two rows, or None."""
    reason = REASONS.get(field)
    return reason(theirs, ours) if reason else None


def _birth(theirs, ours):
    numbers = {row.get("id_number") for row in (theirs, ours)} - {None, ""}
    if len(numbers) > 1:
        return "随身份证号不同，先核对号码"
    number = next(iter(numbers), "")
    if id_problem(number):
        return None
    by_number = id_birth(number).isoformat()
    if same_date(theirs["birth_date"], by_number):
        return "对方按身份证，系统按档案认定"
    if same_date(ours["birth_date"], by_number):
        return "系统按身份证，对方可能按档案认定"
    return None


def _education(name):
    def reason(theirs, ours):
        lower = EDUCATION_ORDER.index(theirs[name]) < EDUCATION_ORDER.index(ours[name])
        return "对方填的学历较低，可能是原学历" if lower else "对方填的学历较高，可能新取得学历"

    return reason


def _posts(theirs, ours):
    more = [post.label for post in Post if post.value in set(theirs["posts"]) - set(ours["posts"])]
    less = [post.label for post in Post if post.value in set(ours["posts"]) - set(theirs["posts"])]
    parts = ([f"对方多：{'、'.join(more)}"] if more else []) + ([f"对方少：{'、'.join(less)}"] if less else [])
    return "；".join(parts)


def _political(theirs, ours):
    pair = (theirs["political_status"], ours["political_status"])
    member, probationary = PoliticalStatus.PARTY_MEMBER.value, PoliticalStatus.PROBATIONARY.value
    if pair == (member, probationary):
        return "可能已经转正，系统里还没有改"
    if pair == (probationary, member):
        return "对方可能还没有改转正"
    return None


def _start(theirs, ours):
    earlier = theirs["start_date"] < ours["start_date"]
    return "对方较早，可能填的是首次任职时间" if earlier else "对方较晚，可能填的是连任或换届时间"


def _phone(theirs, ours):
    mine, other = theirs["phone"], ours["phone"]
    return "中间几位不同" if (mine[:3], mine[-4:]) == (other[:3], other[-4:]) else "号码不同，可能换了号码"


REASONS = {
    "birth_date": _birth,
    "education": _education("education"),
    "education_full_time": _education("education_full_time"),
    "education_on_job": _education("education_on_job"),
    "posts": _posts,
    "political_status": _political,
    "start_date": _start,
    "phone": _phone,
}
