"""Applications as a roster says them against those kept under the policy."""

from decimal import Decimal

from awards import actions
from awards.models import SupportApplication, SupportCondition, SupportPolicy
from rosters.comparison import Comparison, Verdict
from talent.roster_apply import roles, words
from talent.roster_apply.role_kinds import RoleField, RoleKind, choice, text

MOST = Decimal(10) ** 10
CENT = Decimal("0.01")
GONE = ("name", "policy_gone", "这项扶持政策已经删除，请作废这份申请表，选择另一项重新上传")
FROZEN = ("name", "application_decided", "这份申请县里已经办结，申请内容不再改动，要改的请联系县委组织部")
NO_BASE = ("support_base", "base_missing", "这项政策按数量或比例计算，基数或数量没有填，请补上")
State = SupportApplication.State
FIELDS = (
    choice("business", "business", SupportCondition.Business),
    text("project"),
    RoleField(
        "support_base", "base", keep=lambda typed: Decimal(str(typed)).quantize(CENT),
        show=lambda value: None if value is None else f"{value:,.2f}", empty=None,
    ),
    text("remarks"),
)  # fmt: skip


def compare(rows, scope):
    """A Comparison of rows with the applications under the policy `scope.target_id`."""
    policy = SupportPolicy.objects.filter(pk=scope.target_id).first()
    if policy is None:
        verdicts = [Verdict() for _ in rows]
        for verdict in verdicts:
            verdict.refuse(*GONE)
        return Comparison(verdicts)
    return roles.compare(_applications(policy), rows, scope)


def _applications(policy):
    def kept(ids, scope):
        rows = SupportApplication.objects.filter(policy=policy, person_id__in=ids).exclude(state=State.WITHDRAWN)
        return rows.select_related("policy", "person")

    return RoleKind(
        keys=lambda row: ((),),
        kept=kept,
        key_of=lambda role: (),
        current=lambda role, scope: True,
        new=lambda key, values, village, scope: _new(policy, values, village, scope),
        write=actions.apply_for_support,
        fields=FIELDS,
        show=("project", lambda key, role: role.project),
        check=lambda case: _check(case, policy),
        left_out=frozenset({"remarks", "village"}),
        states_education=False,
    )


def _new(policy, values, village, scope):
    return SupportApplication(policy=policy, village_id=village, applied_on=_day(values, scope))


def _day(values, scope):
    typed = values.get("applied_on")
    return words.day(typed) if typed else scope.as_of


def _check(case, policy):
    """What the database would refuse, and what is decided already."""
    typed = case.row.values
    base = typed.get("support_base")
    if base is not None and not 0 < Decimal(str(base)) < MOST:
        return ("support_base", "base_out_of_range", f"“{base}”不能用，请填大于 0 的数")
    if _day(typed, case.scope) > case.scope.as_of:
        return ("applied_on", "applied_in_future", f"晚于数据日期（{case.scope.as_of:%Y.%m.%d}），请核对申请日期")
    last = case.kept[-1] if case.kept else None
    if last is not None and last.state != State.SUBMITTED:
        news = (one for one in FIELDS if not one.says_nothing(case.row))
        return (
            FROZEN if any(not one.agrees(getattr(last, one.attribute), typed.get(one.field)) for one in news) else None
        )
    if policy.formula != SupportPolicy.Formula.FIXED and base is None and (last is None or last.base is None):
        return NO_BASE
    return None
