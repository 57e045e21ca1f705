"""One recruitment: its steps, the ranking by township, what is recorded of the steps, engagement into the pool."""

from copy import copy

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from core.dates import recorded_on
from core.scope import inside
from core.text import row_key
from core.views.access import business_page, page_for
from core.views.figures import townships
from talent import actions, recruiting
from talent.models import Recruitment, RecruitmentApplication
from talent.views.recruitments import reading
from talent.views.recruitments.forms import ApplicationForm, EngagementForm

RECORDS = {
    f"{step}:{result}": f"{label}{word}"
    for step, label in (("physical", "体检"), ("inspection", "考察"), ("publicity", "公示"))
    for result, word in (("passed", "合格" if step != "publicity" else "无异议"), ("failed", "不合格"))
}
MEANWHILE = "保存时发现这些人的情况刚有变动，没有保存。请刷新后再办理。"


def visible(request, pk):
    return get_object_or_404(Recruitment.objects.visible_to(request.user), pk=pk)


@business_page
def recruitment(request, pk):
    """The recruitment with the ranking that the reader may see, narrowed by `?division=` and `?state=`."""
    return render(request, "talent/recruitments/recruitment.html", _context(request, visible(request, pk)))


def _context(request, held, form=None, chosen=()):
    code, state = reading.asked(request)
    ranked = reading.rankings(request.user, held, request.on)
    later = sum(line.application.is_later for _, ranking in ranked for line in ranking.lines)
    groups = [_group(*found, chosen) for found in reading.narrowed(ranked, code, state)]
    runs = request.user.has_perm("talent.change_recruitment") and inside(held.division_id, request.user.division_id)
    return {
        "held": held,
        "groups": groups,
        "conditions": reading.conditions(held),
        "steps": reading.steps(held, request.on),
        "summary": _summary(ranked),
        "townships": townships(request.user),
        "code": code,
        "state": state,
        "states": reading.STATES.items(),
        "runs": runs,
        "later": later,
        "records_now": runs and not later,
        "records": RECORDS.items(),
        "form": form or EngagementForm(initial={"on": request.on}),
    }


def _group(township, ranking, lines, chosen):
    shown = [{"line": line, "one": line.application, "is_chosen": line.application.pk in chosen} for line in lines]
    return {"township": township, "ranking": ranking, "lines": shown}


def _summary(ranked):
    lines = [line for _, ranking in ranked for line in ranking.lines]
    return {
        "places": sum(ranking.places for _, ranking in ranked),
        "applied": len(lines),
        "passed": sum(line.application.eligibility == recruiting.PASSED for line in lines),
        "waiting": sum(not line.application.eligibility for line in lines),
        "scored": sum(line.total is not None for line in lines),
        "engaged": sum(line.application.engaged_on is not None for line in lines),
        "undecided": sum(ranking.undecided for _, ranking in ranked),
    }


def _own(request, pk):
    """The recruitment where the user runs it; 404 as for one that does not exist elsewhere."""
    held = visible(request, pk)
    if not inside(held.division_id, request.user.division_id):
        raise Http404
    return held


def _chosen(request):
    return {row_key(text) for text in request.POST.getlist("chosen")} - {None}


@require_POST
@page_for("talent.change_recruitment")
def review(request, pk):
    """Check everybody not yet decided against the ledger and the conditions."""
    held = _own(request, pk)
    decided = actions.review(held, on=recorded_on(request), by=request.user)
    failed = sum(one.eligibility == recruiting.FAILED for one in decided)
    open_ones = held.applications.filter(eligibility="").count()
    told = f"已按台账审查 {len(decided)} 人：合格 {len(decided) - failed} 人，不合格 {failed} 人。"
    messages.success(request, told + (f"另有 {open_ones} 人台账资料不全，请逐人核对。" if open_ones else ""))
    return redirect("recruitment", pk=pk)


@require_POST
@page_for("talent.change_recruitment")
def record(request, pk):
    """Record 体检, 考察 or 公示 for the chosen."""
    held, asked = _own(request, pk), request.POST.get("record", "")
    if asked not in RECORDS:
        messages.error(request, "请选择要登记的是哪一步、什么结果。")
        return redirect("recruitment", pk=pk)
    step, result = asked.split(":")
    try:
        changed = actions.record_step(held, _chosen(request), step=step, result=result, by=request.user)
    except ValidationError as error:
        messages.error(request, "".join(error.messages))
    else:
        messages.success(request, f"已登记 {len(changed)} 人：{RECORDS[asked]}。")
    return redirect("recruitment", pk=pk)


@require_POST
@page_for("talent.change_recruitment")
def engage(request, pk):
    """Engage the chosen: they enter the pool. What was typed and chosen stays where something is wrong."""
    held, form = _own(request, pk), EngagementForm(request.POST)
    if form.is_valid():
        try:
            with transaction.atomic():
                engaged = actions.engage(held, _chosen(request), **form.cleaned_data, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        except IntegrityError:
            form.add_error(None, MEANWHILE)
        else:
            messages.success(request, f"已聘用 {len(engaged)} 人，并列入后备库（公开招聘）。")
            return redirect("recruitment", pk=pk)
    return render(request, "talent/recruitments/recruitment.html", _context(request, held, form, _chosen(request)))


@business_page
@transaction.atomic
def application(request, pk):
    """One application: the conditions against the ledger, the steps; the county corrects them by hand."""
    seen = RecruitmentApplication.objects.visible_to(request.user)
    one = get_object_or_404(seen.select_related("person", "village__township", "recruitment", "place"), pk=pk)
    stood = next(iter(recruiting.as_they_stood([copy(one)], request.on)), None)
    runs = request.user.has_perm("talent.change_recruitmentapplication") and one.engaged_on is None
    runs = runs and (request.method == "POST" or (stood is not None and not stood.is_later))
    form = ApplicationForm(request.POST or None, instance=one) if runs else None
    if form and request.method == "POST" and form.is_valid():
        if "eligibility" in form.changed_data:
            form.instance.reviewed_on = recorded_on(request) if form.instance.eligibility else None
        try:
            actions.change_applications(
                [form.instance], by=request.user, names=[*ApplicationForm.Meta.fields, "reviewed_on"]
            )
        except ValidationError as refused:
            messages.error(request, refused.messages[0])
            return redirect("recruitment_application", pk=pk)
        messages.success(request, f"已保存{one.person.name}的情况。")
        return redirect("recruitment", pk=one.recruitment_id)
    levels = recruiting.highest_levels([one.person_id], one.recruitment.applies_until)
    findings = recruiting.examine(one, levels.get(one.person_id))
    context = {"one": stood or one, "is_there": stood is not None, "form": form, "findings": findings,
               "sees_person": inside(one.person.village_id, request.user.division_id)}  # fmt: skip
    return render(request, "talent/recruitments/application.html", context)
