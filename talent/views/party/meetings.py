"""One meeting: its record with resolutions, and the files that prove it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from core.admin.base import own
from core.views.access import business_page, page_for
from rosters import listing
from talent.views.party.forms import FILE_TYPES, AttachmentForm, MeetingForm, ResolutionFormSet, ending
from talent.views.party.life import branch_of
from villages import actions
from villages.models import MeetingAttachment, MeetingKind, MeetingRecord
from villages.parameters.party import QUORUM
from villages.party_duties import NEED_QUORUM

BINARY = "application/octet-stream"


def meeting_of(request, pk):
    """The meeting, or 404 outside the user's scope."""
    found = MeetingRecord.objects.visible_to(request.user).select_related("branch__village__township")
    return get_object_or_404(found, pk=pk)


@page_for("villages.add_meetingrecord")
def meeting_new(request, pk):
    """Record a meeting of the branch `pk`, of the kind that a gap asks for."""
    branch = branch_of(request, pk)
    if not own(request.user, branch):
        raise PermissionDenied
    kind = request.GET.get("kind")
    asked = {"kind": kind} if kind in MeetingKind.values else {}
    return _edited(request, MeetingRecord(branch=branch), initial={"held_on": request.on} | asked)


@business_page
def meeting(request, pk):
    """A meeting to read; its form for those who may change it."""
    found = meeting_of(request, pk)
    if request.user.has_perm("villages.change_meetingrecord") and own(request.user, found):
        return _edited(request, found)
    return _shown(request, found)


@transaction.atomic
def _edited(request, found, initial=None):
    form = MeetingForm(request.POST or None, instance=found, initial=initial)
    votes = ResolutionFormSet(request.POST or None, instance=found, prefix="r")
    if request.method == "POST":
        valid = form.is_valid()
        votes.expected = form.cleaned_data.get("expected")
        if votes.is_valid() and valid:
            return _kept(request, form, votes)
    return _shown(request, found, form, votes)


def _shown(request, found, form=None, votes=None, attach=None):
    bad = any(one is not None and one.is_bound and not one.is_valid() for one in (form, votes, attach))
    short = found.pk and found.kind in NEED_QUORUM and not found.has_quorum(QUORUM.value(request.on))
    context = {
        "meeting": found, "branch": found.branch, "form": form, "votes": votes, "short": short,
        "files": found.attachments.defer("content") if found.pk else [],
        "resolutions": found.resolutions.all() if found.pk else [],
        "attach": attach or (AttachmentForm(meeting=found) if form is not None and found.pk else None),
    }  # fmt: skip
    return render(request, "talent/party/meeting.html", context, status=400 if bad else 200)


@transaction.atomic
def _kept(request, form, votes):
    record, is_new = form.instance, form.instance.pk is None
    if is_new:
        record = actions.record_meetings([record], by=request.user)[0]
    else:
        actions.change_meetings([record], list(form.fields), by=request.user)
    rows = votes.save(commit=False)
    for row in rows:
        row.meeting = record
    new, kept = [row for row in rows if row.pk is None], [row for row in rows if row.pk is not None]
    actions.keep_resolutions(new, kept, votes.deleted_objects, by=request.user)
    messages.success(
        request, f"已{'登记' if is_new else '保存'}：{record}。{'可以接着上传签到表、照片等附件。' if is_new else ''}"
    )
    return redirect("meeting", record.pk)


def _to_change(request, found):
    if not own(request.user, found):
        raise PermissionDenied
    return found


@page_for("villages.delete_meetingrecord")
@require_POST
def meeting_drop(request, pk):
    """Take a record back."""
    found = _to_change(request, meeting_of(request, pk))
    if found.attachments.exists():
        messages.error(request, "这条记录还有附件，请先逐个删去附件。")
        return redirect("meeting", pk)
    actions.drop_meeting(found, by=request.user)
    messages.success(request, f"已删去：{found.held_on:%Y-%m-%d} {found.topic}。")
    return redirect("party_branch", found.branch_id)


@page_for("villages.add_meetingattachment")
@require_POST
def attach(request, pk):
    """Keep a file with the meeting."""
    found = _to_change(request, meeting_of(request, pk))
    form = AttachmentForm(request.POST, request.FILES, meeting=found)
    if form.is_valid():
        kept = actions.attach(
            found, kind=form.cleaned_data["kind"], filename=form.cleaned_data["file"].name, content=form.content,
            digest=form.digest, by=request.user,
        )  # fmt: skip
        messages.success(request, f"已上传：{kept.filename}。")
        return redirect("meeting", pk)
    votes = ResolutionFormSet(instance=found, prefix="r")
    return _shown(request, found, MeetingForm(instance=found), votes, form)


def _attachment(request, pk):
    found = MeetingAttachment.objects.visible_to(request.user).select_related("meeting__branch")
    return get_object_or_404(found, pk=pk)


@business_page
def attachment(request, pk):
    """Hand the file out."""
    found = _attachment(request, pk)
    content_type = FILE_TYPES.get(ending(found.filename), (None, BINARY))[1]
    return listing.download(bytes(found.content), found.filename, content_type)


@page_for("villages.delete_meetingattachment")
@require_POST
def attachment_drop(request, pk):
    """Take a file back."""
    found = _to_change(request, _attachment(request, pk))
    actions.detach(found, by=request.user)
    messages.success(request, f"已删去附件：{found.filename}。")
    return redirect("meeting", found.meeting_id)
