"""A township's list of candidates against those of the round: a row per person, a candidacy per post sought."""

from django.utils import timezone

from rosters.comparison import Comparison, Verdict
from talent import actions
from talent.models import Candidate, ElectionRound
from talent.models.appointment import POST_LABELS
from talent.models.candidate import ELECTED_POSTS
from talent.roster_apply import roles
from talent.roster_apply.kinds import start_of
from talent.roster_apply.role_kinds import RoleKind, choice, day, text

GONE = ("name", "round_gone", "这一轮换届已经删除，请作废这份名册，选择另一轮重新上传")
CLOSED = (
    "name",
    "round_closed",
    "这一轮换届已经办结，不再收候选人，请作废这份名册；确需更正的，请县委组织部先重新打开这一轮",
)
NOT_ELECTED = ("posts", "post_not_elected", "只填党组织、村（居）委会、监委会的职务，其他职务不由换届选举产生")
NOT_IN_ROUND = ("village", "village_not_in_round", "这个村不在这一轮换届中，请核对村名，或请县委组织部核对轮次")
CANDIDACY = frozenset(post.value for post in ELECTED_POSTS)


def compare(rows, scope):
    """A Comparison of rows with the candidates of the round `scope.target_id`."""
    held = ElectionRound.objects.filter(pk=scope.target_id).first()
    if held is not None and not held.is_closed_on(timezone.localdate()):
        return roles.compare(_candidates(held), rows, scope)
    verdicts = [Verdict() for _ in rows]
    for verdict in verdicts:
        verdict.refuse(*(CLOSED if held else GONE))
    return Comparison(verdicts)


def _candidates(held):
    codes = set(held.places.values_list("village_id", flat=True))
    return RoleKind(
        keys=lambda row: tuple((row.village_code, post) for post in row.values["posts"]),
        kept=lambda ids, scope: Candidate.objects.filter(round=held, person_id__in=ids).select_related("round"),
        key_of=lambda role: (role.village_id, role.post),
        current=lambda role, scope: True,
        new=lambda key, values, village, scope: Candidate(
            round=held, village_id=village, post=key[1], nominated_on=start_of(values, "nominated_on", scope)
        ),
        write=actions.nominate_candidates,
        fields=(
            choice("candidate_source", "source", Candidate.Source),
            choice("nominated_by", "nominated_by", Candidate.NominatedBy),
            day("nominated_on", "nominated_on"),
            text("remarks"),
        ),
        show=("posts", lambda key, role: POST_LABELS[role.post]),
        check=lambda case: _check(case, codes),
        note=_note_blocked,
        start_field="nominated_on",
    )


def _check(case, codes):
    if set(case.row.values["posts"]) - CANDIDACY:
        return NOT_ELECTED
    return None if case.row.village_code in codes else NOT_IN_ROUND


def _note_blocked(case):
    told = next((role.blocked_reason for role in case.kept if role.blocked_reason), "")
    return ("name", "review_blocked", f"县级联审有否决结论：{told}") if told else None
