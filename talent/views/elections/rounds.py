"""The rounds of elections: their list, a new one, its home, its plan, a step over the villages."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from core.periods import dated_by
from core.scope import scope_code
from core.text import row_key
from core.views.access import business_page
from core.views.figures import asked_division, townships
from core.views.pages import page_of
from core.writes import change_rows
from rosters.listing import download, workbook
from talent import actions, election_progress
from talent.models import ElectionRound, ElectionStep, ElectionStepDone, ElectionVillage
from talent.roster_targets.elections import STEPS
from talent.views.elections.access import closed, county_page, is_running, round_or_404
from talent.views.elections.forms import ByElectionForm, DayForm, RoundForm, StepDoneForm, StepFormSet
from talent.views.sheet import Choice
from villages.models import Division, Term

TOWNSHIP_DIGITS = 9
KIND = Choice("kind", "类型：全部", tuple(ElectionRound.Kind.choices))


@business_page
def rounds(request):
    """Every round that the user sees, the newest first, with how far it has come on the date; `?kind=` keeps those of a kind."""
    found = ElectionRound.objects.visible_to(request.user).filter(start__lte=request.on)
    kind = KIND.asked(request)
    found = found.filter(kind=kind) if kind else found
    found = found.select_related("division", "outgoing", "incoming").order_by("-start", "-pk")
    kept = page_of(request, found)
    places = ElectionVillage.objects.visible_to(request.user).filter(round__in=[held.pk for held in kept["page"]])
    whole = _count(places)
    elected = _count(places.elected(request.on))
    lines = [
        {"round": held, "villages": whole.get(held.pk, 0), "elected": elected.get(held.pk, 0),
         "is_open": not held.is_closed_on(request.on)}
        for held in kept["page"]
    ]  # fmt: skip
    ending = Term.objects.visible_to(request.user).current(request.on, scope_code(request.user) or "")
    return render(
        request,
        "talent/elections/rounds.html",
        kept | {"lines": lines, "term": ending, "kind": kind, "kinds": KIND.options},
    )


def _count(places):
    found = {}
    for held in places.order_by().values_list("round_id", flat=True):
        found[held] = found.get(held, 0) + 1
    return found


@county_page
def new_round(request):
    """Open a round: plan, joint review and villages are copied from the templates."""
    today = timezone.localdate()
    current = Term.objects.current(today, request.user.division_id)
    first = {"outgoing": current, "start": today}
    form = RoundForm(request.POST or None, user=request.user, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            held = actions.open_election(form.instance, incoming=form.cleaned_data["incoming_name"], by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, f"已建立{held}：流程 {held.steps.count()} 步，{held.places.count()} 个村。")
            return redirect("election", held.pk)
    return render(request, "talent/elections/round_new.html", {"form": form}, status=400 if form.errors else 200)


@county_page
def new_by_election(request):
    """Open a by-election in some villages."""
    today = timezone.localdate()
    form = ByElectionForm(request.POST or None, user=request.user, on=today, initial={"start": today})
    if request.method == "POST" and form.is_valid():
        held = actions.open_by_election(form.instance, form.cleaned_data["villages"], by=request.user)
        messages.success(request, f"已建立{held}：流程 {held.steps.count()} 步，{held.places.count()} 个村。")
        return redirect("election", held.pk)
    context = {"form": form, "by_election": True}
    return render(request, "talent/elections/round_new.html", context, status=400 if form.errors else 200)


@business_page
def home(request, pk):
    """A round: the plan with its dates, how far each township or village is, who is late."""
    held = round_or_404(request, pk)
    code = asked_division(request)
    places = election_progress.places_of(held, request.user, code)
    lines = election_progress.village_lines(held, places, request.on)
    if "xlsx" in request.GET:
        return _progress(request, held, lines)
    by_village = len(code or request.user.division_id) >= TOWNSHIP_DIGITS
    context = {
        "round": held,
        "is_open": not held.is_closed_on(request.on),
        "steps": election_progress.step_lines(held, places, request.on),
        "totals": election_progress.totals(lines),
        "villages": lines if by_village else [],
        "township_lines": [] if by_village else election_progress.township_lines(lines),
        "townships": townships(request.user),
        "code": code or "",
        "day_form": DayForm(initial={"election_day": held.election_day})
        if len(code or "") == TOWNSHIP_DIGITS
        else None,
        "can_run": request.user.has_perm("talent.change_electionround"),
        "can_change": request.user.has_perm("talent.change_electionround") and is_running(held),
        "can_upload_steps": held.pk in [pk for pk, _ in STEPS.choices(request.user, timezone.localdate())],
    }
    return render(request, "talent/elections/round.html", context)


PROGRESS = (
    ("乡镇", 14), ("村（社区）", 16), ("选举日", 12), ("选举", 10), ("逾期事项", 44), ("候选人（人）", 12), ("联审否决（人）", 14),
    ("联审未办完（人）", 16),
)  # fmt: skip


def _progress(request, held, lines):
    """The progress village by village as Excel, reckoned from what is recorded: it is not read back."""
    rows = [
        (line["place"].village.township.name, line["place"].village.name, f"{line['place'].election_day:%Y-%m-%d}",
         "已完成" if line["elected"] else "未完成", "、".join(line["late"]), line["candidates"], line["blocked"], line["unreviewed"])
        for line in lines
    ]  # fmt: skip
    title, told = f"{held}各村进度", f"{request.user.division}　{request.on:%Y-%m-%d} 时点"
    return download(
        workbook(title, PROGRESS, rows, by=request.user.name, told=told), f"{title}（{request.on:%Y%m%d}）.xlsx"
    )


@county_page
@require_POST
def close(request, pk):
    """The round is finished, from today on; or runs again."""
    held = round_or_404(request, pk)
    held.end = None if held.end else max(timezone.localdate(), held.start)
    change_rows([held], ["end"], by=request.user)
    messages.success(request, f"{held}已办结。" if held.end else f"{held}已重新打开。")
    return redirect("election", pk)


@county_page
@require_POST
def days(request, pk, division):
    """One election day for every village of a township; who is elected already keeps the own day."""
    held = round_or_404(request, pk)
    township = get_object_or_404(Division.objects.visible_to(request.user).townships(), code=division)
    form, back = DayForm(request.POST), f"{reverse('election', args=[pk])}?division={division}"
    if closed(request, held):
        return redirect(back)
    if not form.is_valid():
        messages.error(request, "选举日没有改：请填一个日期，例如 2026-12-20。")
        return redirect(back)
    whole = election_progress.places_of(held, request.user, division)
    chosen = list(whole.filter(ballots=None).order_by("village_id"))
    actions.set_election_days(chosen, day=form.cleaned_data["election_day"], by=request.user)
    kept = whole.count() - len(chosen)
    more = f"另有 {kept} 个村已登记选举结果，没有改。" if kept else "各步日期随之改变。"
    messages.success(request, f"{township} {len(chosen)} 个村的选举日改为 {form.cleaned_data['election_day']}。{more}")
    return redirect(back)


@county_page
@transaction.atomic
def plan(request, pk):
    """Edit the steps of a round."""
    held = round_or_404(request, pk)
    if closed(request, held):
        return redirect("election", pk)
    steps = held.steps.order_by("offset", "pk")
    forms = StepFormSet(request.POST or None, queryset=steps)
    if request.method == "POST" and forms.is_valid():
        new = forms.save(commit=False)
        changed = [row for row, _ in forms.changed_objects]
        try:
            actions.save_steps(
                held, new=[row for row in new if row.pk is None], changed=changed, gone=forms.deleted_objects,
                by=request.user,
            )  # fmt: skip
        except ValidationError as refused:
            messages.error(request, "".join(refused.messages))
        else:
            messages.success(request, "流程已保存，各村的日期随之改变。")
            return redirect("election", pk)
    return render(request, "talent/elections/plan.html", {"round": held, "forms": forms})


@business_page
def step(request, pk):
    """A step over the villages: its date in each, who has finished it; ticked villages are recorded."""
    steps = ElectionStep.objects.visible_to(request.user).select_related("round")
    found = get_object_or_404(steps, pk=pk)
    code = asked_division(request)
    places = election_progress.places_of(found.round, request.user, code).select_related("village__township")
    form = StepDoneForm(request.POST or None)
    if request.method == "POST" and _record(request, found, places, form):
        return redirect(request.get_full_path())
    of_county = found.per == ElectionStep.Per.COUNTY
    context = {
        "step": found,
        "round": found.round,
        "form": form,
        "of_county": of_county,
        "day": election_progress.day_of(found.round.election_day, found),
        "lines": [] if of_county else _lines(found, places, request.on),
        "can_record": _may_record(request.user, found) and is_running(found.round),
        "townships": [] if of_county else townships(request.user),
        "code": code or "",
    }
    return render(request, "talent/elections/step.html", context)


def _may_record(user, step):
    needed = "change_electionstep" if step.per == ElectionStep.Per.COUNTY else "add_electionstepdone"
    return user.has_perm(f"talent.{needed}")


def _record(request, step, places, form):
    """Write what was asked; False where the form is to be shown again."""
    if not _may_record(request.user, step):
        raise PermissionDenied
    if closed(request, step.round):
        return True
    taking_back = "undo" in request.POST
    if not taking_back and not form.is_valid():
        return False
    if step.per == ElectionStep.Per.COUNTY:
        actions.finish_county_step(step, on=None if taking_back else form.cleaned_data["done_on"], by=request.user)
        return True
    chosen = places.filter(pk__in={row_key(one) for one in request.POST.getlist("place")} - {None})
    chosen = list(chosen.order_by("village_id"))
    if not chosen:
        messages.error(request, "还没有勾选村，请先勾选。")
        return False
    if taking_back:
        actions.reopen_step(step, chosen, by=request.user)
        messages.success(request, f"已撤回 {len(chosen)} 个村的完成登记。")
        return True
    told = form.cleaned_data
    actions.finish_step(step, chosen, on=told["done_on"], note=told["note"], by=request.user)
    messages.success(request, f"已登记 {len(chosen)} 个村完成“{step.title}”。")
    return True


def _lines(step, places, on):
    done = {
        row.place_id: row
        for row in ElectionStepDone.objects.filter(dated_by(on, "done_on"), step=step, place__in=places)
    }
    return [
        {"place": place, "day": (day := election_progress.day_of(place.election_day, step)), "done": done.get(place.pk),
         "is_late": place.pk not in done and day < on}
        for place in places.order_by("village_id")
    ]  # fmt: skip
