"""扶持申请: the list, a new one by a township or on somebody's behalf, one with its check, decision, payments, results."""

from decimal import Decimal

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from awards import actions, supporting
from awards.models import SupportApplication, SupportPayment, SupportPolicy, SupportResult
from awards.views.support import policy_or_404
from awards.views.support_forms import (
    ApplicationForm,
    ApproveForm,
    ChangeForm,
    CloseForm,
    PaymentCheckForm,
    PaymentForm,
    ResultForm,
)
from awards.views.tabs import SUPPORT, tabs
from core.periods import birthday_bound, dated_by
from core.views.access import page_for
from talent.dispatching import person_for
from talent.models import Business
from talent.views.sheet import Cell, Choice, Sheet, answer, narrowed, person_cell, upload_button, village_cell
from talent.views.stationed.forms import WhoForm

State = SupportApplication.State
COLUMNS = (
    ("申请人", 12), ("乡镇", 12), ("村", 14), ("政策", 24), ("申请日期", 12), ("经营类型", 12), ("项目", 26), ("基数或数量", 12),
    ("状态", 10), ("批准金额（元）", 14), ("审批日期", 12), ("审批文号", 20), ("已支付（元）", 14), ("满 1 年", 14), ("满 3 年", 14),
    ("带动就业（人）", 12), ("带动群众（人）", 12),
)  # fmt: skip
STACKS = ((0,), (1, 2), (3, 6), (4, 5), (7,), (8, 10), (9, 12), (11,), (13, 14), (15, 16))
STATE = Choice("state", "状态：全部", tuple(State.choices))
KIND = Choice("kind", "类型：全部", tuple(SupportPolicy.Kind.choices))
BUSINESS = Choice("business", "经营类型：全部", tuple(Business.choices))
DUE = Choice("due", "回访：不限", (("1", "满 1 年未回访"), ("3", "满 3 年未回访")))
MEANWHILE = "保存时发现这份申请刚有别的变动，没有保存。请刷新后再办理。"


@page_for("awards.view_supportapplication")
def applications(request):
    """Applications by the date, narrowed by township, type, state and visits that are due."""
    state, kind, due, on = STATE.asked(request), KIND.asked(request), DUE.asked(request), request.on
    found = narrowed(request, SupportApplication.objects.all()).by(on)
    if state:
        found = found.filter(state_on=state)
    if kind:
        found = found.filter(policy__kind=kind)
    if business := BUSINESS.asked(request):
        found = found.filter(business=business)
    if due:
        found = found.unvisited(on, int(due), birthday_bound(on, int(due)))
    if words := request.GET.get("q", "").strip():
        found = found.filter(person__name__contains=words) | found.filter(project__contains=words)
    found = found.select_related("person", "policy", "village__township")
    until = (
        Prefetch("payments", SupportPayment.objects.paid(on)),
        Prefetch("results", SupportResult.objects.filter(dated_by(on, "checked_on"))),
    )
    rows = list(found.prefetch_related(*until).order_by("-applied_on", "-pk"))
    sheet = Sheet(
        "扶持申请",
        "份",
        COLUMNS,
        [_line(row) for row in rows],
        "没有符合条件的扶持申请。在“政策”里打开一项，点“申请”。",
        stacks=STACKS,
    )
    return answer(
        request, sheet, tabs=tabs(SUPPORT, "support_applications"), choices=(KIND, STATE, BUSINESS, DUE), searched="姓名、项目",
        buttons=upload_button(request, "support_applications", "上传扶持申请表"),
    )  # fmt: skip


def _line(row):
    results = {one.after_years: one for one in row.results.all()}
    last = results.get(3) or results.get(1)
    is_decided = row.state_on != State.SUBMITTED
    paid = sum(one.amount for one in row.payments.all())
    return [
        person_cell(row.person), Cell(row.village.township.name), village_cell(row.village),
        Cell(row.policy.name, reverse("support_policy", args=[row.policy_id]), wrap=True), Cell(f"{row.applied_on:%Y-%m-%d}"),
        Cell(row.get_business_display()), Cell(row.project, reverse("support_application", args=[row.pk])),
        Cell("" if row.base is None else float(row.base)), Cell(State(row.state_on).label, tag=TAGS[row.state_on]),
        Cell(float(row.amount) if is_decided and row.amount else ""), Cell(f"{row.decided_on:%Y-%m-%d}" if is_decided else ""),
        Cell(row.decision_no if is_decided else "", wrap=True), Cell(float(paid) if paid else ""),
        *(Cell(_visited(results.get(years))) for years in (1, 3)),
        Cell(last.jobs if last else ""), Cell(last.people_led if last else ""),
    ]  # fmt: skip


PAID_TAGS = {"proposed": "warn", "paid": "ok", "rejected": "bad", "earlier": "ok"}
TAGS = {State.SUBMITTED: "warn", State.APPROVED: "ok", State.REJECTED: "bad", State.WITHDRAWN: "same"}


def _visited(result):
    if result is None:
        return ""
    return "仍在经营" if result.in_business else "已停业"


@page_for("awards.add_supportapplication")
def new(request, pk):
    """Apply under a policy for somebody named by ID number."""
    policy = policy_or_404(request, pk)
    who = WhoForm(request.POST or None, prefix="who")
    form = ApplicationForm(
        request.POST or None, policy=policy, user=request.user, on=request.on, initial={"applied_on": request.on}
    )
    posted = request.method == "POST"
    if posted and all([who.is_valid(), form.is_valid()]) and _applied(request, who, form):
        messages.success(request, "已提交申请，下面是按台账核对的结果。")
        return redirect("support_application", form.instance.pk)
    context = {"who": who, "form": form, "policy": policy}
    return render(request, "awards/support_apply.html", context, status=400 if posted else 200)


def _applied(request, who, form):
    """True when the application was written; else the forms tell why not."""
    row = form.instance
    try:
        with transaction.atomic():
            row.person = person_for(who.given(), row.village, by=request.user, on=request.on)
            row.full_clean()
            actions.apply_for_support([row], by=request.user)
    except ValidationError as refused:
        told = refused.message_dict if hasattr(refused, "error_dict") else {"": refused.messages}
        for name, texts in told.items():
            (who if name in who.fields else form).add_error(
                name if name in {**who.fields, **form.fields} else None, texts
            )
        return False
    except IntegrityError:
        form.add_error(None, MEANWHILE)
        return False
    return True


def _kept(request, pk):
    rows = SupportApplication.objects.visible_to(request.user)
    told = rows.select_related("policy", "person", "village__township", "entered_by", "decided_by")
    return get_object_or_404(told, pk=pk)


@page_for("awards.change_supportapplication")
def change(request, pk):
    """Put right what an application says, as long as it is not decided."""
    kept = _kept(request, pk)
    form = ChangeForm(request.POST or None, instance=kept, policy=kept.policy, user=request.user, on=request.on)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                actions.change_application(form.instance, by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, "已保存申请，下面按新的内容核对。")
            return redirect("support_application", pk)
    context = {"form": form, "row": kept}
    return render(request, "awards/support_change.html", context, status=400 if form.errors else 200)


@page_for("awards.view_supportapplication")
def application(request, pk):
    """One application: the ledger's answer to each condition, the decision, payments and what came of it."""
    return _page(request, _kept(request, pk))


def _page(request, kept, **forms):
    user, on = request.user, request.on
    is_open, is_given = kept.state == State.SUBMITTED, kept.state == State.APPROVED
    decides = is_open and user.has_perm("awards.approve_supportapplication")
    context = {
        "row": kept, "findings": supporting.examine(kept, on if is_open else None), "tag": TAGS[kept.state],
        "results": kept.results.order_by("after_years", "pk"),
        "approves": decides and kept.entered_by_id != user.pk, "is_own": decides and kept.entered_by_id == user.pk,
        "closes": is_open and user.has_perm("awards.change_supportapplication"),
        "visits": is_given and user.has_perm("awards.add_supportresult"),
        "approve": ApproveForm(initial={"on": on}), "close": CloseForm(initial={"on": on}),
        "result": ResultForm(application=kept, initial={"checked_on": on}),
        **_paid(kept, user, on),
    } | forms  # fmt: skip
    wrong = [form for form in forms.values() if form.errors]
    return render(request, "awards/support_application.html", context | {"wrong": wrong}, status=400 if wrong else 200)


def _paid(kept, user, on):
    """The payments of an application, what they come to, and what the user may do with them."""
    payments = list(kept.payments.select_related("made_by", "checked_by").order_by("on", "pk"))
    counted, waits = SupportPayment.COUNTED, SupportPayment.State.PROPOSED
    paid = sum((one.amount for one in payments if one.state in counted), Decimal(0))
    waiting = sum((one.amount for one in payments if one.state == waits), Decimal(0))
    left = kept.amount - paid - waiting if kept.state == State.APPROVED else None
    checks = user.has_perm("awards.change_supportpayment")
    return {
        "payments": [(one, PAID_TAGS[one.state], checks and one.state == waits, one.made_by_id == user.pk) for one in payments],
        "paid": paid, "waiting": waiting, "left": left,
        "pays": bool(left) and user.has_perm("awards.add_supportpayment"),
        "payment": PaymentForm(application=kept, user=user, initial={"on": on}), "check": PaymentCheckForm(),
    }  # fmt: skip


def _act(request, kept, name, form, do, told):
    """Do something with a form of the page; what was typed stays where something is wrong."""
    if form.is_valid():
        try:
            with transaction.atomic():
                do()
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        except IntegrityError:
            form.add_error(None, MEANWHILE)
        else:
            messages.success(request, told)
            return redirect("support_application", kept.pk)
    return _page(request, kept, **{name: form})


@require_POST
@page_for("awards.approve_supportapplication")
def approve(request, pk):
    """Approve within the budget of the year."""
    kept, form = _kept(request, pk), ApproveForm(request.POST)
    return _act(
        request, kept, "approve", form,
        lambda: actions.approve_support(kept, **form.cleaned_data, by=request.user), "已批准。",
    )  # fmt: skip


@require_POST
@page_for("awards.approve_supportapplication")
def reject(request, pk):
    """Refuse with the reason."""
    kept, form = _kept(request, pk), CloseForm(request.POST)
    return _act(
        request, kept, "close", form,
        lambda: actions.close_support(kept, State.REJECTED, **form.cleaned_data, by=request.user), "已登记不予批准。",
    )  # fmt: skip


@require_POST
@page_for("awards.change_supportapplication")
def withdraw(request, pk):
    """Take an undecided application back."""
    kept, form = _kept(request, pk), CloseForm(request.POST)
    return _act(
        request, kept, "close", form,
        lambda: actions.close_support(kept, State.WITHDRAWN, **form.cleaned_data, by=request.user), "已撤回申请。",
    )  # fmt: skip


@require_POST
@page_for("awards.add_supportpayment")
def pay(request, pk):
    """Write down a payment."""
    kept = _kept(request, pk)
    form = PaymentForm(request.POST, application=kept, user=request.user)
    return _act(
        request, kept, "payment", form, lambda: actions.pay_support(form.instance, by=request.user),
        "已登记支付，请另一位工作人员复核；复核后才算已支付。",
    )  # fmt: skip


@require_POST
@page_for("awards.change_supportpayment")
def check(request, pk):
    """Confirm a payment that somebody else entered, or send it back with the reason."""
    payment = get_object_or_404(SupportPayment.objects.visible_to(request.user), pk=pk)
    kept, form = _kept(request, payment.application_id), PaymentCheckForm(request.POST)
    form.of, accept = payment.pk, request.POST.get("answer") == "accept"
    return _act(
        request, kept, "check", form,
        lambda: actions.check_support_payment(
            payment, accept=accept, on=request.on, note=form.cleaned_data["note"], by=request.user
        ),
        "已复核，计入已支付。" if accept else "已退回这笔支付。",
    )  # fmt: skip


@require_POST
@page_for("awards.add_supportresult")
def result(request, pk):
    """Write down what came of it after one or three years."""
    kept = _kept(request, pk)
    form = ResultForm(request.POST, application=kept)
    return _act(
        request, kept, "result", form, lambda: actions.record_result(form.instance, by=request.user), "已登记成效。"
    )  # fmt: skip
