"""扶持资金支付: the list of payments, and confirming many at once that somebody else entered."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from awards import actions
from awards.models import SupportPayment, SupportPolicy
from awards.views.support_applications import PAID_TAGS
from awards.views.tabs import SUPPORT, tabs
from core.periods import dated_by
from core.text import row_key
from core.views.access import page_for
from talent.views.sheet import Cell, Choice, Lines, Sheet, answer, narrowed, person_cell, upload_button, village_cell

State = SupportPayment.State
COLUMNS = (
    ("收款人", 12), ("乡镇", 12), ("村", 14), ("政策", 24), ("项目", 26), ("支付日期", 12), ("金额（元）", 14), ("依据", 24),
    ("状态", 12), ("经办人", 12), ("复核人", 12), ("复核日期", 12), ("退回原因", 24),
)  # fmt: skip
STACKS = ((0,), (1, 2), (3, 4), (5,), (6,), (7,), (8, 12), (9,), (10, 11))
STATE = Choice("state", "状态：全部", tuple(State.choices))
KIND = Choice("kind", "类型：全部", tuple(SupportPolicy.Kind.choices))
MEANWHILE = "保存时发现支付刚有别的变动，没有保存。请刷新后再办理。"


@page_for("awards.view_supportpayment")
def payments(request):
    """Payments by the date, narrowed by township, state and type of policy; who may confirm ticks those of others."""
    state, kind, words = STATE.asked(request), KIND.asked(request), request.GET.get("q", "").strip()
    found = narrowed(request, SupportPayment.objects.all()).filter(dated_by(request.on, "on"))
    found = found.filter(state=state) if state else found
    found = found.filter(application__policy__kind=kind) if kind else found
    if words:
        found = found.filter(application__person__name__contains=words) | found.filter(basis__contains=words)
    found = found.select_related(
        "application__person", "application__policy", "application__village__township", "made_by", "checked_by"
    )
    checks = request.user.has_perm("awards.change_supportpayment")
    rows = Lines(found.order_by("-on", "-pk"), lambda row: _line(row, checks and row.made_by_id != request.user.pk))
    sheet = Sheet("扶持资金支付", "笔", COLUMNS, rows, "没有符合条件的支付。", stacks=STACKS)
    waiting = checks and found.filter(state=State.PROPOSED).exclude(made_by=request.user).exists()
    return answer(
        request, sheet, tabs=tabs(SUPPORT, "support_payments"), choices=(KIND, STATE), searched="姓名、依据",
        buttons=_buttons(request), ticking=TICKING | {"url": reverse("support_payments_check")} if waiting else {},
    )  # fmt: skip


def _buttons(request):
    """Only who may enter payments uploads a list of them."""
    may = request.user.has_perm("awards.add_supportpayment")
    return upload_button(request, "support_payments", "上传扶持资金发放表") if may else []


TICKING = {
    "label": "勾选的一起复核",
    "hint": "自己登记的要由另一人复核；有一笔不能复核就一笔也不复核。退回在申请的页面办理。",
}


def _line(row, may_check):
    asked = row.application
    waits = row.state == State.PROPOSED
    return [
        person_cell(asked.person), Cell(asked.village.township.name), village_cell(asked.village),
        Cell(asked.policy.name, reverse("support_policy", args=[asked.policy_id]), wrap=True),
        Cell(asked.project, reverse("support_application", args=[asked.pk])), Cell(f"{row.on:%Y-%m-%d}"),
        Cell(float(row.amount)), Cell(row.basis, wrap=True),
        Cell(row.get_state_display(), tag=PAID_TAGS[row.state], tick=row.pk if waits and may_check else "", wrap=True),
        Cell(row.made_by.name), Cell(row.checked_by.name if row.checked_by else ""),
        Cell(f"{row.checked_on:%Y-%m-%d}" if row.checked_on else ""), Cell(row.note),
    ]  # fmt: skip


@require_POST
@page_for("awards.change_supportpayment")
def check_all(request):
    """Confirm every ticked payment that somebody else entered: all of them or none."""
    chosen = {row_key(text) for text in request.POST.getlist("chosen")} - {None}
    seen = SupportPayment.objects.visible_to(request.user).filter(pk__in=chosen)
    rows = list(seen.select_related("application__person").order_by("on", "pk"))
    if not rows or len(rows) != len(chosen):
        messages.error(request, "没有选择要复核的支付，请勾选后再复核。")
        return redirect("support_payments")
    try:
        actions.confirm_support_payments(rows, on=request.on, by=request.user)
    except ValidationError as refused:
        messages.error(request, "".join(refused.messages))
    except IntegrityError:
        messages.error(request, MEANWHILE)
    else:
        messages.success(request, f"已复核 {len(rows)} 笔支付。")
    return redirect("support_payments")
