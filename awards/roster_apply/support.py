"""Applications as a roster says them against those kept under the policy."""

from decimal import Decimal

from awards import actions
from awards.models import SupportApplication, SupportPolicy
from rosters.comparison import Comparison, Verdict
from rosters.models import Upload
from talent.models import Business
from talent.roster_apply import roles, words
from talent.roster_apply.role_kinds import RoleField, RoleKind, choice, day, text

MOST = Decimal(10) ** 10
CENT = Decimal("0.01")
GONE = ("name", "policy_gone", "这项扶持政策已经删除，请作废这份申请表，选择另一项重新上传")
FROZEN = ("name", "application_decided", "这份申请县里已经办结，申请内容不再改动，要改的请联系县委组织部")
NO_BASE = ("support_base", "base_missing", "这项政策按数量或比例计算，基数或数量没有填，请补上")
NO_BUSINESS = ("business", "missing_field:business", "经营类型没有填，新的申请要填")
State = SupportApplication.State


def _money(field, attribute=""):
    """An amount or rate to the hundredth."""
    return RoleField(
        field, attribute or field, keep=lambda typed: Decimal(str(typed)).quantize(CENT),
        show=lambda value: None if value is None else f"{value:,.2f}", empty=None,
    )  # fmt: skip


FIELDS = (
    choice("business", "business", Business),
    text("project"),
    _money("support_base", "base"),
    text("bank"),
    _money("loan"),
    _money("loan_rate"),
    day("loan_start", "loan_start"),
    day("loan_end", "loan_end"),
    text("remarks"),
)  # fmt: skip


def write(plan, *, by, batch):
    """Write the plan; what is corrected is stated by who hands the list in, who cannot approve it any more."""
    told = Upload.objects.select_related("by").get(pk=batch).by
    for role, names, _ in plan.changed.values():
        role.entered_by = told
        names.add("entered_by")
    for _, _, role in plan.new:
        role.entered_by = told
    roles.write(plan, by=by, batch=batch)


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
    if found := _loan(typed, policy):
        return found
    last = case.kept[-1] if case.kept else None
    if last is not None and last.state != State.SUBMITTED:
        news = (one for one in FIELDS if not one.says_nothing(case.row))
        return (
            FROZEN if any(not one.agrees(getattr(last, one.attribute), typed.get(one.field)) for one in news) else None
        )
    if last is None and not typed.get("business"):
        return NO_BUSINESS
    if policy.formula != SupportPolicy.Formula.FIXED and base is None and (last is None or last.base is None):
        return NO_BASE
    return None


LOAN_FIELDS = {
    "bank": "贷款银行",
    "loan": "贷款金额",
    "loan_rate": "年利率",
    "loan_start": "贴息期开始",
    "loan_end": "贴息期截止",
}


def _loan(typed, policy):
    """What is wrong with what a row says of a loan, or None."""
    told = {field: typed[field] for field in LOAN_FIELDS if typed.get(field) not in (None, "")}
    if told and policy.kind != SupportPolicy.Kind.LOAN:
        field = next(iter(told))
        return (field, "not_a_loan", f"这项政策不是贷款贴息，{LOAN_FIELDS[field]}不填，请清空这一格")
    for field, most in (("loan", MOST), ("loan_rate", Decimal(100))):
        if field in told and not CENT <= Decimal(str(told[field])).quantize(CENT) <= most:
            return (
                field,
                "loan_out_of_range",
                f"“{told[field]}”不能用，{LOAN_FIELDS[field]}请填大于 0、不超过 {most:,} 的数",
            )
    if "loan_end" in told and ("loan_start" not in told or words.day(told["loan_end"]) < words.day(told["loan_start"])):
        return ("loan_end", "loan_days_wrong", "填了贴息期截止的，开始也要填，而且不晚于截止")
    return None
