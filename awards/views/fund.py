"""奖励基金: budget, income, payments that one asks for and another books, and the ledger beside the awards."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from awards import actions, reconciling
from awards.models import FundEntry, RewardFund
from awards.views.fund_forms import BonusForm, BudgetForm, CheckForm, FundForm, IncomeForm, PaymentForm
from core.periods import dated_by, year_to_date
from core.text import row_key
from core.views.access import page_for
from rosters.listing import download, workbook
from talent.views.sheet import Choice

COUNTY_DIGITS = 6
HEADINGS = (
    ("日期", 12), ("类型", 8), ("形式", 10), ("收入（元）", 14), ("支出（元）", 14), ("余额（元）", 14), ("对方", 20), ("表彰", 34),
    ("依据", 24), ("状态", 10), ("经办人", 10), ("复核人", 10), ("复核日期", 12), ("说明", 24),
)  # fmt: skip
AWARD_HEADINGS = (
    ("表彰", 26), ("个人（集体）", 20), ("乡镇", 12), ("村", 14), ("表彰日期", 12), ("奖金（元）", 12), ("已付（元）", 12),
    ("待复核（元）", 12), ("追回（元）", 12), ("差异", 50),
)  # fmt: skip
EVERY = Choice("period", "时间：本年度", (("all", "历年"),))
KIND = Choice("kind", "类型：全部", tuple(FundEntry.Kind.choices))
MEANWHILE = "保存时发现基金刚有别的变动，没有保存。请刷新后再办理。"


def _fund(request):
    """The fund of the user's own division, or None."""
    return RewardFund.objects.visible_to(request.user).filter(division_id=request.user.division_id).first()


def _own(request):
    return get_object_or_404(RewardFund.objects.visible_to(request.user), division_id=request.user.division_id)


@page_for("awards.view_rewardfund")
def fund(request):
    """The fund on the date: what came in and went out this year, what is promised, and where ledger and awards differ."""
    kept = _fund(request)
    if kept is None:
        return _empty(request)
    return _page(request, kept)


def _empty(request):
    """Set the fund up, where there is none yet."""
    may = request.user.has_perm("awards.add_rewardfund") and len(request.user.division_id) == COUNTY_DIGITS
    form = FundForm(request.POST or None, division=request.user.division) if may else None
    if request.method == "POST" and form is not None and form.is_valid():
        actions.set_up_fund(form.instance, by=request.user)
        messages.success(request, "已建立奖励基金。下一步：登记预算和拨入。")
        return redirect("fund")
    return render(request, "awards/fund_new.html", {"form": form}, status=400 if form and form.errors else 200)


def _page(request, kept, chosen=(), **forms):
    accounts = reconciling.accounts(kept.division_id, request.on)
    runs = request.user.has_perm("awards.add_fundentry")
    user = request.user
    waiting = [_waiting(entry, user) for entry in _entries(kept.entries.filter(state=FundEntry.State.PROPOSED))]
    context = {
        "fund": kept,
        "standing": reconciling.standing(kept, accounts, request.on),
        "year": request.on.year,
        "entries": [
            line for line in _ledger(kept, request.on, EVERY.asked(request)) if _is_asked(request, line["entry"])
        ],
        "choices": [choice.shown(request) for choice in (EVERY, KIND)],
        "words": request.GET.get("q", ""),
        "query": request.GET.urlencode(),
        "is_narrowed": bool(request.GET.get("q") or KIND.asked(request)),
        "span": "历年" if EVERY.asked(request) else f"{request.on.year} 年",
        "waiting": waiting,
        "open": [(one, one.award.pk in chosen) for one in accounts if one.open > 0],
        "differences": [one for one in accounts if one.difference],
        "agreed": sum(not one.difference for one in accounts),
        "runs": runs,
        "budget": BudgetForm(initial={"year": request.on.year}),
        "income": IncomeForm(fund=kept, user=user, initial={"on": request.on}),
        "payment": PaymentForm(fund=kept, user=user, initial={"on": request.on}),
        "bonus": BonusForm(initial={"on": request.on}),
        "checks": user.has_perm("awards.change_fundentry"),
        "others": sum(not line["is_own"] for line in waiting),
    } | forms
    wrong = [form for form in forms.values() if form.errors]
    return render(request, "awards/fund.html", context | {"wrong": wrong}, status=400 if wrong else 200)


def _entries(rows):
    return list(rows.select_related("award__scheme", "award__person", "made_by", "checked_by").order_by("on", "pk"))


def _waiting(entry, user):
    return {"entry": entry, "is_own": entry.made_by_id == user.pk}


def _is_asked(request, entry):
    """True for an entry of the kind and with the words that the list is narrowed to."""
    words, kind = request.GET.get("q", "").strip(), KIND.asked(request)
    return kind in ("", entry.kind) and (words in entry.party or words in entry.basis)


def _ledger(kept, on, is_whole):
    """The booked entries until the day, this year's unless `is_whole`, each with the balance after it."""
    balance, found = 0, []
    when = dated_by if is_whole else year_to_date
    shown = set(kept.entries.filter(when(on, "on")).values_list("pk", flat=True).order_by())
    for entry in _entries(kept.entries.booked(on).signed()):
        balance += entry.signed
        if entry.pk in shown:
            found.append({"entry": entry, "balance": balance})
    return found


def _act(request, name, form, do, chosen=()):
    """Do something with a form of the page; what was typed and ticked stays where something is wrong."""
    kept = _own(request)
    if form.is_valid():
        try:
            with transaction.atomic():
                told = do(kept)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        except IntegrityError:
            form.add_error(None, MEANWHILE)
        else:
            messages.success(request, told)
            return redirect("fund")
    return _page(request, kept, chosen, **{name: form})


@require_POST
@page_for("awards.add_fundbudget")
def budget(request):
    """Set the budget of a year."""
    form = BudgetForm(request.POST)

    def do(kept):
        actions.set_budget(kept, **form.cleaned_data, by=request.user)
        return f"已登记 {form.cleaned_data['year']} 年预算。"

    return _act(request, "budget", form, do)


@require_POST
@page_for("awards.add_fundentry")
def income(request):
    """Book an income or a refund."""
    form = IncomeForm(request.POST, fund=_own(request), user=request.user)

    def do(kept):
        entry = actions.receive(form.instance, by=request.user)
        return f"已登记{entry.get_kind_display()} {entry.amount:,.2f} 元。"

    return _act(request, "income", form, do)


@require_POST
@page_for("awards.add_fundentry")
def payment(request):
    """Ask for a payment that belongs to no single award."""
    form = PaymentForm(request.POST, fund=_own(request), user=request.user)

    def do(kept):
        actions.ask_payments([form.instance], by=request.user)
        return "已提出支付，请另一位工作人员复核后入账。"

    return _act(request, "payment", form, do)


@require_POST
@page_for("awards.add_fundentry")
def bonuses(request):
    """Ask for what is left of the bonus of every ticked award."""
    form = BonusForm(request.POST)
    chosen = {row_key(text) for text in request.POST.getlist("chosen")} - {None}

    def do(kept):
        accounts = reconciling.accounts(kept.division_id, request.on)
        picked = [one for one in accounts if one.award.pk in chosen and one.open > 0]
        if not picked or len(picked) != len(chosen):
            raise ValidationError("没有选择要支付奖金的表彰，请在“待兑现”里勾选。")
        entries = [_bonus(kept, one, **form.cleaned_data) for one in picked]
        actions.ask_payments(entries, by=request.user)
        return f"已提出支付 {len(entries)} 笔奖金，请另一位工作人员复核后入账。"

    return _act(request, "bonus", form, do, chosen)


def _bonus(kept, account, *, on, basis):
    return FundEntry(
        fund=kept, award=account.award, amount=account.open, form=FundEntry.Form.BONUS, on=on, basis=basis,
        party=account.award.winner,
    )  # fmt: skip


@require_POST
@page_for("awards.change_fundentry")
def check(request, pk):
    """Book a payment that somebody else asked for, or send it back."""
    entry = get_object_or_404(FundEntry.objects.visible_to(request.user), pk=pk)
    form, accept = CheckForm(request.POST), request.POST.get("answer") == "accept"
    if not form.is_valid():
        messages.error(request, "说明不能超过 200 个字，也不能有特殊字符。")
        return redirect("fund")
    try:
        with transaction.atomic():
            actions.check_entry(entry, accept=accept, on=request.on, note=form.cleaned_data["note"], by=request.user)
    except ValidationError as refused:
        messages.error(request, "".join(refused.messages))
    except IntegrityError:
        messages.error(request, MEANWHILE)
    else:
        messages.success(request, "已复核入账。" if accept else f"已退回这笔{entry.get_kind_display()}。")
    return redirect("fund")


@require_POST
@page_for("awards.change_fundentry")
def check_all(request):
    """Book every ticked entry that somebody else asked for: all of them or none."""
    kept, chosen = _own(request), {row_key(text) for text in request.POST.getlist("chosen")} - {None}
    entries = list(kept.entries.filter(pk__in=chosen).order_by("pk"))
    if not entries or len(entries) != len(chosen):
        messages.error(request, "没有选择要复核的收支，请在“待复核”里勾选。")
        return redirect("fund")
    try:
        actions.book_all(entries, on=request.on, by=request.user)
    except ValidationError as refused:
        messages.error(request, "".join(refused.messages))
    except IntegrityError:
        messages.error(request, MEANWHILE)
    else:
        messages.success(request, f"已复核入账 {len(entries)} 笔。")
    return redirect("fund")


@page_for("awards.view_rewardfund")
def ledger(request):
    """The ledger until the date as Excel, of all years and states, narrowed by kind and words as on the page."""
    kept, balance, rows = _own(request), 0, []
    for entry in _entries(kept.entries.filter(dated_by(request.on, "on")).signed()):
        balance += entry.signed if entry.state == FundEntry.State.BOOKED else 0
        if _is_asked(request, entry):
            rows.append(_cells(entry, balance))
    told = f"{kept.name}　{request.on:%Y-%m-%d} 时点"
    return download(workbook("奖励基金台账", HEADINGS, rows, by=request.user.name, told=told), f"{kept.name}台账.xlsx")


def _cells(entry, balance):
    amount, is_payment = float(entry.amount), entry.kind == FundEntry.Kind.PAYMENT
    return (
        entry.on, entry.get_kind_display(), entry.get_form_display(), None if is_payment else amount, amount if is_payment else None,
        float(balance), entry.party, str(entry.award or ""), entry.basis, entry.get_state_display(), entry.made_by.name,
        entry.checked_by.name if entry.checked_by else "", entry.checked_on or "", entry.note,
    )  # fmt: skip


@page_for("awards.view_rewardfund")
def reconciled(request):
    """Every award beside what was paid for it, as Excel."""
    kept = _own(request)
    rows = [_award_cells(one) for one in reconciling.accounts(kept.division_id, request.on)]
    told = f"{kept.name}　{request.on:%Y-%m-%d} 时点"
    content = workbook("奖励基金与表彰对账表", AWARD_HEADINGS, rows, by=request.user.name, told=told)
    return download(content, f"{kept.name}与表彰对账表.xlsx")


def _award_cells(one):
    award = one.award
    return (
        f"{award.year} 年度{award.scheme}", award.winner, award.village.township.name, award.village.name, award.decided_on,
        float(award.bonus), float(one.paid), float(one.asked), float(one.back), one.difference,
    )  # fmt: skip
