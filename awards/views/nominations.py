"""One nomination: a new one by the township, its deeds and files, eligibility, opinions; taken back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from awards import actions, attachments, eligibility
from awards.actions.nominations import DEEDS, refuse_closed
from awards.models import Nomination, NominationAttachment
from awards.views import reading
from awards.views.access import as_it_came, nomination_or_404, round_or_404
from awards.views.forms import NominationForm, PlaceForm, ReasonForm, VerdictForm
from core.scope import inside
from core.views.access import business_page, page_for
from talent.models import Person

TOWNSHIP_DIGITS = 9
LONGEST_KEY = 18
UNSAID = ("phone", "village")  # asked anew: a phone is never shown whole, the village is chosen first


@page_for("awards.nominate_nomination")
def new(request, pk, kind):
    """Nominate one person or collective of a village of the user's own."""
    if kind not in Nomination.Type.values:
        raise Http404
    held = round_or_404(request, pk)
    place = PlaceForm(request.GET if "village" in request.GET else None, user=request.user)
    village = place.cleaned_data["village"] if place.is_bound and place.is_valid() else None
    form = None
    if village is not None:
        row = Nomination(round=held, township_id=village.township_id, village=village, nominee_type=kind)
        people = Person.objects.visible_to(request.user).managed_in(village.code).order_by("pinyin", "pk")
        initial = {"unit": _unit(village)} | _said_before(request, held, kind)
        form = NominationForm(request.POST or None, instance=row, people=people, initial=initial)
        if request.method == "POST" and form.is_valid() and (made := _nominated(request, form)):
            messages.success(request, f"已推荐{made.nominee}。可以在这一页上传事迹材料和证明。")
            return redirect("nomination", pk=made.pk)
    context = {"held": held, "place": place, "form": form, "village": village, "kind": Nomination.Type(kind)}
    wrong = place.errors or (form is not None and form.errors)
    return render(request, "awards/nominate.html", context, status=400 if wrong else 200)


def _unit(village):
    return f"{village.township.name}{village.name}"


def _said_before(request, held, kind):
    """What the withdrawn nomination `?again=` said, to begin a new one with; nothing for any other."""
    key = request.GET.get("again", "")
    if not (key.isdecimal() and len(key) < LONGEST_KEY):
        return {}
    gone = Nomination.objects.visible_to(request.user).filter(round=held, nominee_type=kind, withdrawn_on__isnull=False)
    before = gone.filter(pk=key).first()
    if before is None:
        return {}
    return {name: getattr(before, name) for name in ("person", "collective", *DEEDS) if name not in UNSAID}


def _nominated(request, form):
    try:
        return actions.nominate_on_page(form.instance, on=request.on, by=request.user)
    except ValidationError as refused:
        form.add_error(None, refused.messages)
        return None


@business_page
def nomination(request, pk):
    """A nomination with all that is known of it; its deeds are changed here."""
    row = nomination_or_404(request, pk)
    form = _deeds_form(request, row)
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if form.is_valid():
            try:
                actions.change_deeds(form.instance, on=request.on, by=request.user)
            except ValidationError as refused:
                form.add_error(None, refused.messages)
            else:
                messages.success(request, "已保存推荐材料。")
                return redirect("nomination", pk=pk)
    return _page(request, row, form=form)


def _deeds_form(request, row):
    may = request.user.has_perm("awards.nominate_nomination") and _is_open(row)
    return NominationForm(request.POST if request.method == "POST" else None, instance=row) if may else None


def _is_open(row):
    return row.withdrawn_on is None and row.publicity_id is None


def _page(request, row, **forms):
    """The page with the forms as they were sent; a wrong one answers 400."""
    award = getattr(row, "award", None)
    county = request.user.has_perm("awards.change_nomination")
    may = request.user.has_perm("awards.nominate_nomination") and _is_open(row)
    stage = reading.stage(row, award, request.on)
    context = {
        "row": row,
        "award": award if award and award.decided_on <= request.on else None,
        "word": reading.STAGES[stage],
        "css": reading.CSS[stage],
        "facts": _facts(row),
        "others": _others(request, row),
        "again": _again(request, row),
        "findings": eligibility.examine([row], request.on)[row.pk],
        "opinions": list(row.opinions.order_by("department", "pk")),
        "scores": _scores(request.user, row),
        "objections": list(row.objections.order_by("received_on", "pk"))
        if request.user.has_perm("awards.view_awardobjection") else [],
        "files": list(row.attachments.defer("content").select_related("by").order_by("pk")),
        "allowed": attachments.ALLOWED,
        "megabytes": attachments.MEGABYTES,
        "may": may,
        "form": (NominationForm(instance=row) if may else None),
        "verdict": VerdictForm() if county and _is_open(row) else None,
        "reason": ReasonForm() if may or (county and not row.withdrawn_on and award is None) else None,
        "sees_person": row.person_id and inside(row.person.village_id, request.user.division_id),
    } | {name: form for name, form in forms.items() if form is not None}  # fmt: skip
    wrong = any(getattr(form, "errors", form) for form in forms.values() if form is not None)
    return render(request, "awards/nomination.html", context, status=400 if wrong else 200)


def _others(request, row):
    """[(nomination, its stage)] of the same person or collective in the round that the reader may see, the latest first."""
    found = row.others().visible_to(request.user).select_related("publicity__round", "award").order_by("-pk")
    return [(one, reading.STAGES[reading.stage(one, getattr(one, "award", None), request.on)]) for one in found]


def _again(request, row):
    """Where whom this withdrawn nomination was about is nominated anew; None where that may not be done here."""
    if row.withdrawn_on is None or not row.place_id or not request.user.has_perm("awards.nominate_nomination"):
        return None
    if row.others().standing().exists():
        return None
    try:
        refuse_closed(row.round, request.on, request.user)
    except ValidationError:
        return None
    return {"village": row.place_id, "again": row.pk}


def _facts(row):
    """[(label, text)] of what the nomination says."""
    own = [("身份证号", row.person.id_masked), ("电话", row.person.phone_masked)] if row.person_id else []
    rows = [
        ("推荐乡镇", row.township.name), ("所在村", row.village.name if row.village_id else ""), ("工作单位及职务", row.unit),
        ("推荐奖项", row.get_category_display()), *own, ("负责人", row.leader_name),
        ("人数", "" if row.member_count is None else f"{row.member_count} 人"), ("联系电话", row.phone_masked),
        ("备注", row.remarks), ("撤回", f"{row.withdrawn_on:%Y-%m-%d} {row.withdraw_reason}" if row.withdrawn_on else ""),
    ]  # fmt: skip
    return [(label, text) for label, text in rows if text]


def _scores(user, row):
    if not user.has_perm("awards.view_awardscore"):
        return None
    return list(row.scores.select_related("judge").order_by("judge_id", "pk"))


@require_POST
@page_for("awards.nominate_nomination")
def attach(request, pk):
    """Keep a file with the nomination."""
    row = nomination_or_404(request, pk)
    try:
        name, content = attachments.taken(request.FILES.get("file"))
        actions.attach(row, filename=name, content=content, on=request.on, by=request.user)
    except ValidationError as refused:
        return _page(request, row, wrong_file="".join(refused.messages))
    messages.success(request, f"已上传：{name}。")
    return redirect("nomination", pk=pk)


def _file_or_404(request, pk):
    rows = NominationAttachment.objects.visible_to(request.user).select_related("nomination__round__scheme")
    return get_object_or_404(rows, pk=pk)


@business_page
def attachment(request, pk):
    """The file as it came; never shown inside our own pages."""
    return as_it_came(_file_or_404(request, pk))


@require_POST
@page_for("awards.nominate_nomination")
def drop(request, pk):
    """Take a file away again."""
    found = _file_or_404(request, pk)
    try:
        actions.detach(found, on=request.on, by=request.user)
    except ValidationError as refused:
        messages.error(request, "".join(refused.messages))
    else:
        messages.success(request, f"已删去：{found.filename}。")
    return redirect("nomination", pk=found.nomination_id)


@require_POST
@page_for("awards.nominate_nomination")
def withdraw(request, pk):
    """Take the nomination back, with the reason."""
    row, form = nomination_or_404(request, pk), ReasonForm(request.POST)
    if form.is_valid():
        try:
            actions.withdraw_nomination(row, on=request.on, reason=form.cleaned_data["reason"], by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, f"已撤回对{row.nominee}的推荐。")
            return redirect("award_round", pk=row.round_id)
    return _page(request, row, reason=form)


@require_POST
@page_for("awards.change_nomination")
def verdict(request, pk):
    """Decide eligibility by hand."""
    row, form = nomination_or_404(request, pk), VerdictForm(request.POST)
    if form.is_valid():
        try:
            actions.judge_by_hand(row, **form.cleaned_data, by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, f"已登记{row.nominee}的审核结论。")
            return redirect("nomination", pk=pk)
    return _page(request, row, verdict=form)
