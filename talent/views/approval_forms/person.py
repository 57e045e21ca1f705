"""One person's appointment form: the page, the printed forms, the .lrmx file out and in."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from core import audit, word
from core.scope import inside
from core.views.access import page_for
from rosters.listing import download
from talent import actions, approval_form, approval_word, lrmx, reveal
from talent.models import ApprovalForm
from talent.views.approval_forms.forms import TextsForm, family_forms
from talent.views.people import RevealForm, person_education, visible_person

LRMX = "application/octet-stream"


class FileForm(forms.Form):
    file = forms.FileField(label=".lrmx 文件", error_messages={"required": "请选择 .lrmx 文件。"})


def own_person(request, pk):
    """The person `pk` whose file the user's area keeps; 404 for one who is only seen through a role."""
    found = visible_person(request, pk)
    if not inside(found.village_id, request.user.division_id):
        raise Http404
    return found


@page_for("talent.view_approvalform")
@never_cache
@transaction.atomic
def page(request, pk):
    """What the form will say, each text from the ledger unless typed here."""
    found = own_person(request, pk)
    kept = approval_form.form_of(found)
    may_change = request.user.has_perm("talent.change_approvalform")
    if request.method == "POST" and not may_change:
        raise PermissionDenied
    known = approval_form.from_ledger(found, request.on, request.user)
    given = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = TextsForm(*given, known=known, instance=kept or ApprovalForm(person=found))
    family = family_forms(kept, given[0])
    if request.method == "POST" and all([form.is_valid(), *(line.is_valid() for line in family)]):
        lines = [line.line() for line in family if any(line.line().values())]
        actions.keep_approval_form(found, form.filled(lines), by=request.user)
        messages.success(request, f"已保存：{found.name}的任免审批表。")
        return redirect("approval_form", pk)
    return _shown(request, found, form=form, family=family, may_change=may_change)


@page_for("talent.change_approvalform")
@require_POST
def take(request, pk):
    """Read an .lrmx file of this person; what it says otherwise than the ledger is kept on the form."""
    found = own_person(request, pk)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, "请选择 .lrmx 文件。")
        return redirect("approval_form", pk)
    if form.cleaned_data["file"].size > lrmx.MAX_BYTES:
        messages.error(request, "文件超过 2 MB，不像一份任免审批表，没有读入。")
        return redirect("approval_form", pk)
    try:
        actions.take_lrmx(found, form.cleaned_data["file"].read(), on=request.on, by=request.user)
    except ValidationError as error:
        messages.error(request, f"没有读入：{told(error)}")
    else:
        messages.success(request, f"已读入{found.name}的任免审批表。与档案相同的各项仍随档案，不同的写在表上。")
    return redirect("approval_form", pk)


@page_for("talent.view_approvalform")
def printed(request, pk):
    """干部任免审批表 in Word."""
    found = own_person(request, pk)
    audit.record(by=request.user, verb="export", obj=found, reason="任免审批表")
    return download(approval_bytes(found, request), f"{found.name}任免审批表.docx", word.CONTENT_TYPE)


@page_for("talent.view_approvalform")
def registered(request, pk):
    """村干部登记表 in Word, number and phone masked."""
    found = own_person(request, pk)
    audit.record(by=request.user, verb="export", obj=found, reason="村干部登记表")
    return download(register_bytes(found, request), f"{found.name}村干部登记表.docx", word.CONTENT_TYPE)


@page_for("talent.view_approvalform")
@never_cache
def file(request, pk):
    """The .lrmx file: without the ID number, or with it for a reason that is written down."""
    found, number = own_person(request, pk), ""
    if request.method == "POST":
        if not request.user.has_perm("talent.reveal_person"):
            raise PermissionDenied
        form = RevealForm(request.POST)
        if not form.is_valid():
            return _shown(request, found, reveal_form=form, status=422)
        try:
            number = reveal.reveal(found, reason=form.cleaned_data["reason"], by=request.user)["id_number"]
        except reveal.TooMany as error:
            messages.error(request, f"没有导出：{error}")
            return redirect("approval_form", pk)
        kept = approval_form.form_of(found)
        number = number or (kept.id_number if kept else "") or ""
    audit.record(by=request.user, verb="export", obj=found, reason="lrmx")
    return download(lrmx_bytes(found, request, number), f"{found.name}.lrmx", LRMX)


def lrmx_bytes(found, request, number=""):
    filled = approval_form.filled(found, request.on, request.user)
    filled.id_number = number
    return lrmx.write(filled)


def approval_bytes(found, request):
    return approval_word.approval(approval_form.filled(found, request.on, request.user), request.on)


def register_bytes(found, request):
    return approval_word.register(
        approval_form.filled(found, request.on, request.user), request.on,
        village=f"{found.village.township.name}{found.village.name}",
        id_number=found.id_masked, phone=found.phone_masked, education=person_education(found),
    )  # fmt: skip


def told(error):
    """All that a ValidationError says, each text with the label of its field."""
    if not hasattr(error, "error_dict"):
        return "；".join(error.messages)
    labels = {field.name: field.verbose_name for field in ApprovalForm._meta.fields}
    return "；".join(
        f"“{labels.get(name, name)}”{text}" for name, texts in error.message_dict.items() for text in texts
    )


def _shown(request, found, *, form=None, family=None, may_change=None, reveal_form=None, status=None):
    kept = approval_form.form_of(found)
    known = approval_form.from_ledger(found, request.on, request.user)
    form = form or TextsForm(known=known, instance=kept or ApprovalForm(person=found))
    family = family or family_forms(kept)
    faults = form.errors or any(line.errors for line in family)
    shown = {
        "person": found,
        "kept": kept,
        "form": form,
        "family": family,
        "may_change": request.user.has_perm("talent.change_approvalform") if may_change is None else may_change,
        "can_reveal": request.user.has_perm("talent.reveal_person"),
        "reveal_form": reveal_form or RevealForm(),
        "reveal_open": reveal_form is not None,
        "unsorted": approval_form.unsorted_education(found, request.on),
        "differing": approval_form.differing(found, request.on, request.user),
        "faults": approval_form.resume_faults((kept and kept.resume) or known["resume"]),
        "file_form": FileForm(),
    }
    return render(request, "talent/approval_forms/person.html", shown, status=status or (422 if faults else 200))
