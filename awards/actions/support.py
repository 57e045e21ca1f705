"""Writes about support: policies and their conditions, the year's budget, applications, approval, results."""

from django.core.exceptions import ValidationError
from django.db import transaction

from awards import supporting
from awards.models import SupportApplication, SupportBudget, SupportPolicy
from core.periods import birthday_bound
from core.writes import change_rows, create_rows, delete_rows

State = SupportApplication.State
POLICY = (
    "name", "kind", "document_no", "start", "end", "formula", "rate", "base", "cap", "repeat_years", "exclusion_group",
    "clean_record", "remarks",
)  # fmt: skip
APPLICATION = (
    "business", "project", "base", "bank", "loan", "loan_rate", "loan_start", "loan_end", "remarks", "entered_by",
)  # fmt: skip
DECIDED = ("state", "amount", "decided_on", "decision_no", "reason", "decided_by")


def set_up_policies(policies, *, by):
    return create_rows(policies, by=by)


def change_policy(policy, *, by):
    return change_rows([policy], list(POLICY), by=by)


def set_condition(condition, *, by):
    """Write a condition: a new one, or what a kept one asks for now."""
    if condition.pk is None:
        return create_rows([condition], by=by)
    return change_rows([condition], ["least", "most", "words"], by=by)


def drop_condition(condition, *, by):
    delete_rows([condition], by=by)


def exclude_policies(pair, *, by):
    """Write down that two policies exclude each other."""
    return create_rows([pair], by=by)


def drop_exclusion(pair, *, by):
    delete_rows([pair], by=by)


@transaction.atomic
def set_support_budget(policy, *, year, amount, document_no, by):
    """The budget of a year, put in place of what was there; never below what was approved in it. Raises ValidationError."""
    policy = SupportPolicy.objects.select_for_update().get(pk=policy.pk)
    given = supporting.granted_in(policy, year)
    if amount < given:
        raise ValidationError(f"{year} 年已批准 {given:,.2f} 元，预算不能少于这个数。")
    kept = supporting.budget_of(policy, year)
    row = kept or SupportBudget(policy=policy, year=year)
    row.amount, row.document_no, row.granted = amount, document_no, given
    row.full_clean()
    return change_rows([row], ["amount", "document_no", "granted"], by=by) if kept else create_rows([row], by=by)


def apply_for_support(applications, *, by, batch=None):
    """Insert unsaved applications, each waiting for the decision of somebody else than who enters it: `by`, if the row does
    not say otherwise (a list that one handed in and another let through)."""
    for row in applications:
        row.entered_by = row.entered_by or by
    return create_rows(applications, by=by, batch=batch)


@transaction.atomic
def change_application(application, *, by):
    """Write what an application says; not once it is decided. Raises ValidationError."""
    if locked(application).state != State.SUBMITTED:
        raise ValidationError("这份申请已经办结，不再改动。")
    application.entered_by = by
    return change_rows([application], list(APPLICATION), by=by)


def locked(application):
    """The application as it is kept, locked until the transaction ends."""
    rows = SupportApplication.objects.select_for_update(of=("self",)).select_related("policy", "person")
    return rows.get(pk=application.pk)


def _lock_policies(policy):
    """The policy and those that exclude it, locked in one order: two approvals at once never pass the budget or the exclusion."""
    keys = [policy.pk, *supporting.rivals(policy)]
    return list(SupportPolicy.objects.select_for_update().filter(pk__in=keys).order_by("pk"))


@transaction.atomic
def approve_support(application, *, on, document_no, reason, by):
    """Approve an application for what the policy's formula comes to, within the budget of the year. What the ledger does not
    know must be told in `reason`; what speaks against cannot be approved. Raises ValidationError."""
    _lock_policies(application.policy)
    kept = locked(application)
    _refuse_decided(kept, on)
    _refuse_own(kept, by)
    found = supporting.examine(kept, on)
    against = [f"{one.label}（{one.text}）" for one in found if one.met is False]
    if against:
        raise ValidationError(f"不符合条件：{'；'.join(against)}。")
    unknown = [one.label for one in found if one.met is None]
    if unknown and len(reason) < 2:
        raise ValidationError(f"台账不掌握：{'、'.join(unknown)}。核实后请在审批意见里写明核实情况，再批准。")
    amount = kept.policy.amount(kept.base)
    if amount is None:
        raise ValidationError(f"没有填{kept.policy.base}，金额算不出来，请先补上。")
    _take(kept.policy, on.year, amount, by)
    return _decide(kept, State.APPROVED, on, by, amount=amount, document_no=document_no, reason=reason)


def _take(policy, year, amount, by):
    """Take the amount from the budget of the year; ValidationError where there is none or it does not suffice."""
    budget = supporting.budget_of(policy, year)
    if budget is None:
        raise ValidationError(f"这项政策还没有登记 {year} 年的预算，登记后再批准。")
    given = supporting.granted_in(policy, year)
    if given + amount > budget.amount:
        raise ValidationError(
            f"{year} 年预算 {budget.amount:,.2f} 元，已批准 {given:,.2f} 元，再批准 {amount:,.2f} 元就超预算。"
        )
    budget.granted = given + amount
    change_rows([budget], ["granted"], by=by)


def _refuse_own(kept, by):
    if kept.entered_by_id == by.pk:
        raise ValidationError("这份申请是您登记的，请由另一位工作人员审批。")


def _refuse_decided(kept, on):
    if kept.state != State.SUBMITTED:
        raise ValidationError("这份申请已经办结。")
    if on < kept.applied_on:
        raise ValidationError("审批日期早于申请日期，请核对。")


def _decide(kept, state, on, by, *, reason, amount=None, document_no="", verb="approve"):
    kept.state, kept.amount, kept.decided_on, kept.decision_no, kept.reason = state, amount, on, document_no, reason
    kept.decided_by = by
    change_rows([kept], list(DECIDED), by=by, verb=verb)
    return kept


@transaction.atomic
def close_support(application, state, *, on, reason, by):
    """Refuse an application, or take it back, with the reason. Raises ValidationError."""
    kept = locked(application)
    _refuse_decided(kept, on)
    if state == State.REJECTED:
        _refuse_own(kept, by)
    return _decide(kept, state, on, by, reason=reason, verb="reject" if state == State.REJECTED else "withdraw")


@transaction.atomic
def record_result(result, *, by):
    """Write down what came of an approved application, so many full years after. Raises ValidationError."""
    kept = locked(result.application)
    if kept.state != State.APPROVED:
        raise ValidationError("没有批准的申请没有成效可登记。")
    if birthday_bound(result.checked_on, result.after_years) < kept.decided_on:
        raise ValidationError(
            f"{kept.decided_on:%Y-%m-%d} 批准，到 {result.checked_on:%Y-%m-%d} 还{result.get_after_years_display().replace('满', '不满')}。"
        )
    result.full_clean()
    return create_rows([result], by=by)[0]
