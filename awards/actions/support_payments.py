"""Writes about payments of support: entered by one person, confirmed or sent back by another."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Sum

from awards.actions.support import locked
from awards.models import SupportApplication, SupportPayment
from core.writes import change_rows, create_rows

State = SupportPayment.State


@transaction.atomic
def pay_support(payment, *, by):
    """Enter a payment of an approved application for another person to confirm; with those entered before it never comes to
    more than was approved. Raises ValidationError."""
    kept = locked(payment.application)
    if kept.state != SupportApplication.State.APPROVED:
        raise ValidationError("没有批准的申请不能支付。")
    if payment.on < kept.decided_on:
        raise ValidationError(f"支付日期早于审批日期 {kept.decided_on:%Y-%m-%d}，请核对。")
    _refuse_beyond(kept, payment.amount)
    payment.state, payment.made_by = State.PROPOSED, by
    payment.full_clean()
    return create_rows([payment], by=by)[0]


def _refuse_beyond(application, amount):
    paid = total_of(application.payments.filter(state__in=SupportPayment.COUNTED))
    waiting = total_of(application.payments.filter(state=State.PROPOSED))
    left = application.amount - paid - waiting
    if amount > left:
        held = f"，待复核 {waiting:,.2f} 元" if waiting else ""
        raise ValidationError(
            f"批准 {application.amount:,.2f} 元，已支付 {paid:,.2f} 元{held}，还可支付 {left:,.2f} 元。"
        )


def total_of(payments):
    """What payments come to, in yuan."""
    return payments.aggregate(total=Sum("amount"))["total"] or Decimal(0)


def propose_support_payments(payments, *, by, batch=None):
    """Insert unsaved payments of a roster, which refused what the page refuses; each says who entered it, another confirms."""
    for payment in payments:
        payment.state = State.PROPOSED
        payment.made_by_id = payment.made_by_id or by.pk
    return create_rows(payments, by=by, batch=batch)


@transaction.atomic
def check_support_payment(payment, *, accept, on, note, by):
    """Confirm a payment that somebody else entered, or send it back with the reason. Raises ValidationError."""
    locked(SupportApplication(pk=payment.application_id))
    kept = SupportPayment.objects.select_for_update().get(pk=payment.pk)
    if kept.state != State.PROPOSED:
        raise ValidationError("这笔支付已经复核过。")
    if kept.made_by_id == by.pk:
        raise ValidationError("这笔支付是您登记的，请由另一位工作人员复核。")
    if not accept and len(note) < 2:
        raise ValidationError("退回支付请写明原因。")
    kept.state, kept.checked_by, kept.checked_on, kept.note = State.PAID if accept else State.REJECTED, by, on, note
    names = ["state", "checked_by", "checked_on", "note"]
    change_rows([kept], names, by=by, verb="approve" if accept else "reject")
    return kept


@transaction.atomic
def confirm_support_payments(payments, *, on, by):
    """Confirm payments that somebody else entered: all of them or none. Raises ValidationError that names the first which
    cannot be confirmed."""
    for payment in payments:
        try:
            check_support_payment(payment, accept=True, on=on, note="", by=by)
        except ValidationError as refused:
            told = f"{payment.application.person.name} {payment.on:%Y-%m-%d} {payment.amount:,.2f} 元"
            raise ValidationError(f"{told}：{''.join(refused.messages)}一笔也没有复核。") from None
    return payments
