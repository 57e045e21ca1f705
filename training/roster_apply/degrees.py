"""Degree students against the studies that are kept: begun, corrected, graduated."""

from dataclasses import replace

from rosters.comparison import CLEARED, outside
from talent.roster_apply import roles, words
from talent.roster_apply.role_kinds import RoleField, RoleKind, day, overlapping, text
from talent.roster_apply.townships import placed
from training import actions
from training.models import DegreeStudy

STUDYING, GRADUATED, WITHDRAWN = (
    DegreeStudy.Outcome.STUDYING,
    DegreeStudy.Outcome.GRADUATED,
    DegreeStudy.Outcome.WITHDRAWN,
)
SAID = "said_graduated"  # the key of a row's values for its own answer, beside what it comes to
NO_TARGET = ("target_education", "missing_field:target_education", "报读层次没有填，请填专科或本科")
NO_START = ("enrolled_on", "missing_field:enrolled_on", "已毕业的请填上入学时间")
BACKWARDS = ("graduated_on", "end_before_start", "毕业时间早于入学时间，请核对这两个时间")
EXPECTED_BACKWARDS = ("expected_on", "end_before_start", "预计毕业时间早于入学时间，请核对这两个时间")
MOST_YUAN = 1_000_000
LISTED_ELSEWHERE = ("name", "listed_elsewhere", "此人的这段学历提升由其他单位登记，这里不能改动，请联系县委组织部")
IS_GRADUATE = ("is_graduated", "is_graduate", "系统中已登记毕业，没有改动；确需更正请在“学历提升”里修改")
NOT_YET = ("graduated_on", "graduated_in_future", "填的是已毕业，但毕业时间晚于数据日期，先按在读记")
END_ASSUMED = "没有填毕业时间，按数据日期 {:%Y.%m.%d} 记"


def _yuan(amount):
    return None if amount is None else f"{amount:,} 元"


class Graduation(RoleField):
    """是否毕业: a yes closes the study, a no never opens a closed one again."""

    def agrees(self, old, typed):
        return not typed or old == GRADUATED


FIELDS = (
    text("job_title"),
    text("school"),
    text("major"),
    text("study_mode"),
    day("enrolled_on", "start"),
    Graduation(
        "is_graduated", "outcome", keep=lambda yes: GRADUATED if yes else STUDYING,
        show=lambda outcome: DegreeStudy.Outcome(outcome).label,
    ),
    day("graduated_on", "end"),
    day("expected_on", "expected_on"),
    text("student_no"),
    RoleField("tuition", "tuition", keep=round, show=_yuan, empty=None),
    RoleField("subsidy", "subsidy", keep=round, show=_yuan, empty=None),
    text("certificate_no"),
    text("remarks"),
)  # fmt: skip


def compare(rows, scope):
    """A Comparison of rows with the degree studies of their people."""
    comparison = roles.compare(_studies(scope), [_settled(row, scope) for row in placed(rows, scope)], scope)
    plan = comparison.plan
    ended = [(index, role) for index, _, role in plan.new]
    ended += [(index, role) for role, names, index in plan.changed.values() if "end" in names]
    for index, role in ended:
        if role.outcome == GRADUATED and not rows[index].values.get("graduated_on"):
            comparison.verdicts[index].hint("graduated_on", "end_assumed", END_ASSUMED.format(role.end))
    return comparison


def _settled(row, scope):
    """The row with one answer to whether and when: a date to come is the expected one."""
    values, said = dict(row.values), _said(row)
    end = values.get("graduated_on")
    past = bool(end) and words.day(end) <= scope.as_of
    values[SAID] = said
    values["is_graduated"] = (past if said is None else said) and (past or not end)
    values["graduated_on"] = end if values["is_graduated"] else None
    if end and not past and not values.get("expected_on"):
        values["expected_on"] = end
    if CLEARED in values:  # a study is opened again on its page, never by emptying a cell
        values[CLEARED] = [name for name in values[CLEARED] if name not in {"is_graduated", "graduated_on"}]
    return replace(row, values=values)


def _said(row):
    """What the row itself answers to 是否毕业; None where it does not: a blank cell is no answer."""
    return None if row.is_silent("is_graduated") else row.values.get("is_graduated")


def _studies(scope):
    def settle(role, values):
        if role.outcome == GRADUATED and role.end is None:
            role.end = scope.as_of
            return ("end",)
        return ()

    return RoleKind(
        keys=lambda row: (row.values.get("target_education") or "",),
        kept=lambda ids, scope: DegreeStudy.objects.filter(person_id__in=ids).select_related("person"),
        key_of=lambda role: role.target,
        current=_may_be_meant,
        new=_new,
        write=actions.begin_degree,
        fields=FIELDS,
        show=("target_education", lambda key, role: role.get_target_display()),
        check=_check,
        note=_note,
        settle=settle,
        start_field="enrolled_on",
        states_education=False,  # 学历 is what somebody had before, and only new people lack it
    )


def _may_be_meant(role, scope):
    """Whoever left without a degree begins anew."""
    return role.outcome != WITHDRAWN or role.end > scope.as_of


def _new(key, values, village, scope):
    start = words.day(values["enrolled_on"]) if values.get("enrolled_on") else scope.as_of
    return DegreeStudy(village_id=village, target=key, start=start)


def _meant(case):
    """The kept study that the row is about, or None."""
    same = [role for role in case.kept if role.target == case.key and _may_be_meant(role, case.scope)]
    return same[-1] if same else None


def _check(case):
    values, now = case.row.values, _meant(case)
    if not case.key:
        return NO_TARGET
    if now is not None and outside(now.village_id, case.scope.code):
        return LISTED_ELSEWHERE
    if now is None and values["is_graduated"] and not values.get("enrolled_on"):
        return NO_START
    start, end = _period(case, now)
    if end is not None and end < start:
        return BACKWARDS
    if problem := _expected_problem(values, start) or _amount_problem(values):
        return problem
    met = overlapping(case.kept, start, end, but=now)
    return _overlap(met) if met else None


def _expected_problem(values, start):
    expected = values.get("expected_on")
    return EXPECTED_BACKWARDS if expected and words.day(expected) < start else None


def _amount_problem(values):
    """Sums of money beyond what a whole number of yuan of the kind may be."""
    for name, label in (("tuition", "学费"), ("subsidy", "补助金额")):
        amount = values.get(name)
        if amount is not None and not (0 <= amount <= MOST_YUAN and amount == int(amount)):
            return (name, "amount_unlikely", f"{label}请填 0 到 {MOST_YUAN:,} 之间的整数，单位是元")
    return None


def _period(case, now):
    """The first and last day that the study would have."""
    values = case.row.values
    start, end = values.get("enrolled_on"), values.get("graduated_on")
    if now is not None and (not start or words.same_day(now.start, start)):
        first = now.start
    else:
        first = words.day(start) if start else case.scope.as_of
    if now is not None and now.end and (not end or words.same_day(now.end, end)):
        return first, now.end
    if not values["is_graduated"]:
        return first, now.end if now else None
    return first, words.day(end) if end else case.scope.as_of


def _overlap(met):
    since = f"{met.get_target_display()}，{words.month(met.start)} 入学，{met.get_outcome_display()}"
    told = f"与此人已登记的一段学历提升（{since}）时间重叠；那一段如已毕业，请先登记毕业，或核对入学时间"
    return ("enrolled_on", "period_overlap", told)


def _note(case):
    now, values = _meant(case), case.row.values
    if values[SAID] and not values["is_graduated"]:
        return NOT_YET
    if values[SAID] is False and now is not None and now.outcome == GRADUATED and now.end <= case.scope.as_of:
        return IS_GRADUATE
    return None


def write(plan, *, by, batch):
    """Write the plan; a graduation becomes a level of the person's schooling, once, and a corrected one moves it."""
    were = DegreeStudy.objects.in_bulk(list(plan.changed))
    roles.write(plan, by=by, batch=batch)
    written = [role for _, _, role in plan.new] + [role for role, _, _ in plan.changed.values()]
    actions.follow_degrees(written, were, by=by, batch=batch)
