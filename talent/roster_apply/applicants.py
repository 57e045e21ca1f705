"""A list of applicants against the applications of a recruitment: new ones, and scores of those who passed the review."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from core.scope import inside
from rosters.comparison import Comparison, Verdict
from talent import actions, recruiting
from talent.models import Recruitment, RecruitmentApplication
from talent.models.recruitment import HIGHEST, TOWNSHIP_DIGITS
from talent.roster_apply import roles
from talent.roster_apply.role_kinds import RoleField, RoleKind, choice, day, text
from talent.roster_apply.words import day as day_of

GONE = ("name", "recruitment_gone", "这次公开招聘已经删除，请作废这份名册，选择另一次重新上传")
NO_PLACES = ("village", "no_places", "这次招聘没有给这个乡镇名额，请核对报考乡镇，或先在公告里加名额")
OTHER_VILLAGE = ("village", "applied_elsewhere", "此人在这次招聘中已报考另一个村，一人只能报一个，请核对")
NOT_REVIEWED = "资格审查合格后才能登记成绩，请先在“公开招聘”里审查"
ENGAGED = "此人已聘用，成绩不再改动"
SCORES = ("written", "interview", "extra")


@dataclass(frozen=True)
class Score(RoleField):
    """A score from 0 to 100 with two decimals."""

    def misfit(self, row, kept):
        typed = row.values.get(self.field)
        if typed in (None, ""):
            return super().misfit(row, kept)
        if not 0 <= typed <= HIGHEST:
            return (self.field, "score_range", f"“{typed}”不在 0 到 100 分之间，请核对{kept.verbose_name}")
        return None


def points(typed):
    """A typed number as the two decimals that are kept."""
    try:
        return Decimal(str(typed)).quantize(Decimal("0.01"))
    except InvalidOperation:  # too large a number: refused by its range
        return None


def score(field):
    return Score(field, field, keep=points, show=lambda value: None if value is None else f"{value:f}", empty=None)


FIELDS = (
    choice("household", "household", RecruitmentApplication.Household),
    text("ticket_no"),
    day("applied_on", "applied_on"),
    *(score(name) for name in SCORES),
    text("remarks"),
)


def compare(rows, scope):
    """A Comparison of rows with the applications of the recruitment `scope.target_id`."""
    held = Recruitment.objects.filter(pk=scope.target_id).first()
    if held is None or not inside(held.division_id, scope.code):
        return _refused(rows)
    return roles.compare(_applications(held), rows, scope)


def _refused(rows):
    verdicts = [Verdict() for _ in rows]
    for verdict in verdicts:
        verdict.refuse(*GONE)
    return Comparison(verdicts)


def _applications(held):
    townships = set(held.quotas.values_list("township_id", flat=True))

    def new(key, values, village, scope):
        applied = day_of(values["applied_on"]) if values.get("applied_on") else scope.as_of
        return RecruitmentApplication(recruitment=held, village_id=village, applied_on=applied)

    return RoleKind(
        keys=lambda row: ("",),
        kept=lambda ids, scope: held.applications.filter(person_id__in=ids).select_related("recruitment", "person"),
        key_of=lambda role: "",
        current=lambda role, scope: True,
        new=new,
        write=actions.take_applications,
        fields=FIELDS,
        show=("village", lambda key, role: "报名"),
        check=lambda case: _check(case, townships),
        note=lambda case: _note(case, held),
        start_field="applied_on",
    )


def _check(case, townships):
    row, kept = case.row, next(iter(case.kept), None)
    if kept is None and (row.village_code or "")[:TOWNSHIP_DIGITS] not in townships:
        return NO_PLACES
    if kept is not None and row.village_code and kept.village_id != row.village_code:
        return OTHER_VILLAGE
    return next(filter(None, (_check_score(name, row, kept) for name in SCORES)), None)


def _check_score(name, row, kept):
    typed = row.values.get(name)
    if typed in (None, "") and name not in row.cleared:
        return None
    new = None if name in row.cleared else points(typed)
    if kept is not None and getattr(kept, name) == new:
        return None
    if kept is None or kept.eligibility != recruiting.PASSED:
        return (name, "not_reviewed", NOT_REVIEWED)
    return (name, "engaged_already", ENGAGED) if kept.engaged_on else None


def _note(case, held):
    typed = case.row.values.get("applied_on")
    if not case.kept and typed and day_of(typed) > held.applies_until:
        return ("applied_on", "applied_late", f"晚于报名截止（{held.applies_until:%Y-%m-%d}），请核对")
    return None
