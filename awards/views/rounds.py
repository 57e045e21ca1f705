"""Schemes and rounds: the list, a new one, one round with its nominations, what is done to those ticked."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from awards import actions
from awards.models import AwardRound, AwardScheme, Nomination
from awards.views import reading
from awards.views.access import own_round, round_or_404
from awards.views.forms import CertifyForm, DecisionForm, OpinionForm, PublicityForm, RoundForm, SchemeForm
from core.periods import between, dated_after, dated_by
from core.scope import inside
from core.text import row_key
from core.views.access import business_page, page_for
from core.views.figures import asked_division, townships
from talent.views.sheet import Cell, Choice, Sheet, as_excel, excel, narrowed

LEVEL = Choice("level", "级别：全部", tuple(AwardScheme.Level.choices))
ROUNDS = (
    ("轮次", 40), ("推荐开始", 12), ("推荐截止", 12), ("个人名额", 10), ("集体名额", 10), ("推荐（个）", 10), ("表彰（个）", 10), ("文号", 24),
)  # fmt: skip
SCHEMES = (("项目", 30), ("级别", 8), ("批准文号", 24), ("批准的个人名额", 14), ("批准的集体名额", 14), ("备注", 40))
MEANWHILE = "保存时发现这些对象的情况刚有变动，没有保存。请刷新后再办理。"
FORMS = {"opinion": OpinionForm, "publicity": PublicityForm, "decision": DecisionForm, "certify": CertifyForm}


@business_page
def listed(request):
    """Every round until the date with what the reader sees of it, and the schemes behind them, narrowed by level, year and
    name; `?division=` counts the nominations of one township."""
    rounds, level, words = _begun(request), LEVEL.asked(request), request.GET.get("q", "").strip()
    year = _year_choice(rounds)
    rows = rounds.select_related("scheme").filter(Q(name__contains=words) | Q(scheme__name__contains=words))
    schemes = AwardScheme.objects.visible_to(request.user).filter(name__contains=words)
    if level:
        rows, schemes = rows.filter(scheme__level=level), schemes.filter(level=level)
    if asked := year.asked(request):
        rows = rows.filter(between(int(asked), int(asked), "year"))
    rows, schemes = _counted(request, rows), schemes.order_by("division_id", "name", "pk")
    if "xlsx" in request.GET:
        return excel(request, "表彰项目和轮次", _rounds_sheet(rows), _schemes_sheet(schemes))
    choices = [choice.shown(request) for choice in (LEVEL, year)]
    code = asked_division(request) or ""
    context = {
        "rows": rows, "schemes": schemes, "choices": choices, "words": words, "xlsx": as_excel(request),
        "townships": townships(request.user), "code": code,
        "is_narrowed": bool(words or any(choice["on"] for choice in choices)),
    }  # fmt: skip
    return render(request, "awards/rounds.html", context)


def _begun(request):
    rounds = AwardRound.objects.visible_to(request.user).exclude(dated_after(request.on, "opens_on"))
    return rounds.filter(between(0, request.on.year, "year"))


def _year_choice(rounds):
    years = rounds.order_by("-year").values_list("year", flat=True).distinct()
    return Choice("year", "年度：全部", tuple((year, f"{year} 年度") for year in years))


def _counted(request, rounds):
    """The rounds in order with how many were nominated and awarded."""
    seen = narrowed(request, Nomination.objects.filter(round=OuterRef("pk"))).order_by()
    return rounds.annotate(
        nominated=_of(seen.standing(), Count("pk")),
        awarded=_of(seen, Count("pk", filter=dated_by(request.on, "award__decided_on") & ~Q(award=None))),
    ).order_by("-year", "scheme_id", "name", "pk")  # fmt: skip


def _rounds_sheet(rows):
    lines = [
        [
            Cell(text) for text in (
                str(row), f"{row.opens_on:%Y-%m-%d}" if row.opens_on else "",
                f"{row.closes_on:%Y-%m-%d}" if row.closes_on else "", _places(row.individual_places, "未定"),
                _places(row.collective_places, "未定"), row.nominated, row.awarded, row.document_no,
            )
        ]
        for row in rows
    ]  # fmt: skip
    return Sheet("表彰轮次", "个", ROUNDS, lines, "")


def _schemes_sheet(schemes):
    lines = [
        [
            Cell(text) for text in (
                row.name, row.get_level_display(), row.approval_no, _places(row.individual_places, "未限定"),
                _places(row.collective_places, "未限定"), row.remarks,
            )
        ]
        for row in schemes
    ]  # fmt: skip
    return Sheet("表彰项目", "个", SCHEMES, lines, "")


def _places(number, unset):
    return unset if number is None else number


def _of(rows, aggregate):
    counted = rows.values("round_id").annotate(found=aggregate).values("found")
    return Coalesce(Subquery(counted), 0)


@page_for("awards.add_awardscheme")
def scheme_new(request):
    form = SchemeForm(request.POST or None, division=request.user.division)
    if request.method == "POST" and form.is_valid():
        actions.set_up_schemes([form.instance], by=request.user)
        messages.success(request, f"已建立表彰项目：{form.instance.name}。")
        return redirect("award_rounds")
    return _form_page(request, form, "新建表彰项目")


@page_for("awards.change_awardscheme")
def scheme_edit(request, pk):
    rows = AwardScheme.objects.visible_to(request.user).filter(pk=pk)
    scheme = get_object_or_404(rows)
    if not inside(scheme.division_id, request.user.division_id):
        return redirect("award_rounds")
    form = SchemeForm(request.POST or None, instance=scheme, division=scheme.division)
    if request.method == "POST" and form.is_valid():
        actions.change_scheme(form.instance, by=request.user)
        messages.success(request, f"已保存表彰项目：{scheme.name}。")
        return redirect("award_rounds")
    return _form_page(request, form, "修改表彰项目")


def _form_page(request, form, title):
    context = {"form": form, "title": title}
    return render(request, "awards/form.html", context, status=400 if form.errors else 200)


@page_for("awards.add_awardround")
def new(request):
    """A new round with the townships' quotas."""
    form = RoundForm(request.POST or None, user=request.user, initial={"year": request.on.year, "opens_on": request.on})
    if request.method == "POST" and form.is_valid():
        held = actions.open_rounds([form.instance], quotas=[form.quotas()], by=request.user)[0]
        messages.success(request, "已建立表彰轮次。乡镇可以上传推荐汇总表，或在这一页逐个推荐。")
        return redirect("award_round", pk=held.pk)
    context = {"form": form, "held": None}
    return render(request, "awards/round_form.html", context, status=400 if form.errors else 200)


@page_for("awards.change_awardround")
def edit(request, pk):
    """Change a round and its quotas."""
    held = own_round(request, pk)
    form = RoundForm(request.POST or None, instance=held, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_round(form.instance, quotas=form.quotas(), by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "已保存表彰轮次。")
            return redirect("award_round", pk=pk)
    context = {"form": form, "held": held}
    return render(request, "awards/round_form.html", context, status=400 if form.errors else 200)


@business_page
def award_round(request, pk):
    """One round with the nominations that the reader may see, narrowed by `?division=`, `?kind=` and `?stage=`."""
    return render(request, "awards/round.html", _context(request, round_or_404(request, pk)))


def _context(request, held, chosen=(), **forms):
    code = asked_division(request) or ""
    asked = {name: request.GET.get(name, "") for name in ("kind", "stage")}
    lines = reading.lines(request.user, held, request.on)
    shown = [line for line in lines if code in ("", line["row"].township_id) and reading.is_of(line, **asked)]
    for line in shown:
        line["is_chosen"] = line["row"].pk in chosen
    runs = request.user.has_perm("awards.change_awardround") and inside(
        held.scheme.division_id, request.user.division_id
    )
    made = {name: forms.get(name) or build(on=request.on) for name, build in FORMS.items()} if runs else {}
    return {
        "held": held,
        "groups": reading.groups(shown),
        "summary": reading.summary(lines),
        "steps": reading.steps(held, lines, request.on),
        "notices": list(held.publicities.order_by("starts_on", "pk")),
        "judges": list(held.judges.order_by("pk")) if request.user.has_perm("awards.view_awardjudge") else None,
        "townships": townships(request.user),
        "code": code,
        "asked": asked,
        "kinds": Nomination.Type.choices,
        "stages": reading.STAGES.items(),
        "runs": runs,
        "forms": made,
        "wrong": [form for form in made.values() if form.errors],
        "is_open": AwardRound.objects.open(request.on).filter(pk=held.pk).exists(),
        "quota": reading.quota(request.user, held),
    }


def _chosen(request):
    return {row_key(text) for text in request.POST.getlist("chosen")} - {None}


@require_POST
@page_for("awards.change_awardround")
def examine(request, pk):
    """Check everybody not yet decided against the ledger."""
    held = own_round(request, pk)
    decided = actions.examine(held, on=request.on, by=request.user)
    failed = sum(row.eligibility == Nomination.Eligibility.FAILED for row in decided)
    open_ones = held.nominations.standing().filter(eligibility="").count()
    told = f"已按台账审核 {len(decided)} 个：合格 {len(decided) - failed} 个，不合格 {failed} 个。"
    messages.success(request, told + (f"另有 {open_ones} 个材料或台账不全，请逐个核对。" if open_ones else ""))
    return redirect("award_round", pk=pk)


def _act(request, pk, name, do):
    """Do something to those ticked with the form `name`; `do(held, form, chosen)` tells what was done. What was typed and
    ticked stays where something is wrong."""
    held, form, chosen = own_round(request, pk), FORMS[name](request.POST, on=request.on), _chosen(request)
    if form.is_valid():
        try:
            with transaction.atomic():
                told = do(held, form, chosen)
        except ValidationError as error:
            form.add_error(None, error.messages)
        except IntegrityError:
            form.add_error(None, MEANWHILE)
        else:
            messages.success(request, told)
            return redirect("award_round", pk=pk)
    return render(request, "awards/round.html", _context(request, held, chosen, **{name: form}), status=400)


@require_POST
@page_for("awards.change_awardround")
def opinions(request, pk):
    """Record what a department says of those ticked."""

    def do(held, form, chosen):
        rows = list(held.nominations.standing().filter(pk__in=chosen).order_by("pk"))
        if not rows or len(rows) != len(chosen):
            raise ValidationError("没有选择征求意见的对象，请在名单中勾选。")
        actions.give_opinions(rows, by=request.user, **form.cleaned_data)
        return f"已登记{form.cleaned_data['department']}对 {len(rows)} 个推荐对象的意见。"

    return _act(request, pk, "opinion", do)


@require_POST
@page_for("awards.change_awardround")
def publicise(request, pk):
    """Begin publicity of those ticked."""

    def do(held, form, chosen):
        notice = actions.publicise(held, chosen, **form.cleaned_data, by=request.user)
        return f"已开始公示 {len(chosen)} 个对象，{notice.days} 个工作日，到 {notice.ends_on:%Y-%m-%d} 为止。"

    return _act(request, pk, "publicity", do)


@require_POST
@page_for("awards.change_awardround")
def decide(request, pk):
    """Award those ticked."""

    def do(held, form, chosen):
        given = actions.decide(held, chosen, **form.cleaned_data, by=request.user)
        return f"已表彰 {len(given)} 个，已记入个人和村的页面。下一步：发放证书、兑现奖金。"

    return _act(request, pk, "decision", do)


@require_POST
@page_for("awards.change_awardround")
def certify(request, pk):
    """Give every award of the round without one a certificate."""

    def do(held, form, chosen):
        given = actions.certify(
            [row.award for row in held.nominations.filter(award__isnull=False).select_related("award").order_by("pk")],
            on=form.cleaned_data["on"], by=request.user,
        )  # fmt: skip
        return f"已编号发放 {len(given)} 本证书。"

    return _act(request, pk, "certify", do)
