"""Forms of party life: branch, size, meeting with resolutions, files; what was typed stays."""

import hashlib

from django import forms
from django.forms import inlineformset_factory
from django.utils import timezone

from core.admin.forms import DateInput
from core.forms import RowForm
from core.stamps import Stamped
from talent.views.stationed.forms import PLEASE, village_choices
from villages.models import (
    BranchSize,
    MeetingAttachment,
    MeetingKind,
    MeetingRecord,
    PartyBranch,
    Resolution,
    Village,
)

LARGEST_FILE = 10 * 1024 * 1024
# ending → (how such a file begins, what it is handed out as)
OFFICE = "application/vnd.openxmlformats-officedocument."
FILE_TYPES = {
    "pdf": (b"%PDF", "application/pdf"),
    "jpg": (b"\xff\xd8\xff", "image/jpeg"),
    "jpeg": (b"\xff\xd8\xff", "image/jpeg"),
    "png": (b"\x89PNG", "image/png"),
    "docx": (b"PK\x03\x04", f"{OFFICE}wordprocessingml.document"),
    "xlsx": (b"PK\x03\x04", f"{OFFICE}spreadsheetml.sheet"),
}
MOST_FILES = 20


class VillageMixin:
    """A form with a village of the user's area."""

    def __init__(self, *args, user, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.on = user, on
        if "village" in self.fields:
            self.fields["village"].choices = village_choices(user, on)

    def clean_village(self):
        return Village.objects.select_related("township").get(code=self.cleaned_data["village"])


class BranchForm(Stamped, VillageMixin, forms.ModelForm):
    village = forms.ChoiceField(label="村")

    class Meta:
        model = PartyBranch
        fields = ("village", "name", "start")
        widgets = {"start": DateInput}


class BranchChangeForm(Stamped, forms.ModelForm):
    class Meta:
        model = PartyBranch
        fields = ("name", "start", "end")
        widgets = {"start": DateInput, "end": DateInput}


class BranchPartForm(RowForm):
    """A row of a branch; the branch is not a field, yet the constraint on it is checked here."""


class SizeForm(BranchPartForm):
    class Meta:
        model = BranchSize
        fields = ("start", "full_members", "groups")
        widgets = {"start": DateInput}


class MeetingForm(BranchPartForm):
    class Meta:
        model = MeetingRecord
        fields = (
            "kind", "topic", "held_on", "begins", "ends", "place", "chair", "recorder", "expected", "present", "leave", "absent",
            "absence_reason", "observers", "agenda", "content", "lecturer", "lecture_title", "remarks",
        )  # fmt: skip
        widgets = {
            "held_on": DateInput,
            "begins": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "ends": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "agenda": forms.Textarea(attrs={"rows": 3}),
            "content": forms.Textarea(attrs={"rows": 8}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = PLEASE + MeetingKind.choices
        for name in ("leave", "absent"):
            self.fields[name].required = False
        self.fields["lecturer"].help_text = self.fields["lecture_title"].help_text = "只有党课要填。"

    def clean_leave(self):
        return self.cleaned_data["leave"] or 0

    def stamped(self):
        return [*super().stamped(), self.instance.resolutions.all()] if self.instance.pk else []

    def clean_absent(self):
        return self.cleaned_data["absent"] or 0

    def clean_held_on(self):
        day, branch = self.cleaned_data["held_on"], self.instance.branch
        if day > timezone.localdate():
            raise forms.ValidationError("日期还没有到，开过以后再登记。")
        if day < branch.start or (branch.end and day > branch.end):
            raise forms.ValidationError(f"这一天没有这个支部（{branch.start:%Y-%m-%d} 成立），请核对日期。")
        return day


class ResolutionForm(forms.ModelForm):
    class Meta:
        model = Resolution
        fields = ("text", "entitled", "in_favour", "against", "abstained")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("against", "abstained"):
            self.fields[name].required = False
            if self.instance.pk is None:
                self.initial[name] = None  # a row left blank says nothing

    def clean_against(self):
        return self.cleaned_data["against"] or 0

    def clean_abstained(self):
        return self.cleaned_data["abstained"] or 0


class _Resolutions(forms.BaseInlineFormSet):
    """Nobody votes who was not to be there."""

    expected = None

    def clean(self):
        super().clean()
        for form in self.forms:
            entitled = form.cleaned_data.get("entitled") if form.is_valid() else None
            if entitled and self.expected is not None and entitled > self.expected:
                form.add_error("entitled", f"有表决权的人数超过应到人数 {self.expected} 人，请核对。")


ResolutionFormSet = inlineformset_factory(
    MeetingRecord, Resolution, form=ResolutionForm, formset=_Resolutions, extra=3, max_num=50, absolute_max=60
)


class AttachmentForm(forms.Form):
    """A file as evidence: one of the known types by its ending and its first bytes, not larger than the limit."""

    kind = forms.ChoiceField(label="附件类别", choices=PLEASE + MeetingAttachment.Kind.choices)
    file = forms.FileField(
        label="文件", max_length=255, help_text="PDF、JPG、PNG、DOCX、XLSX，不超过 10 MB；加密保存。"
    )

    def __init__(self, *args, meeting, **kwargs):
        super().__init__(*args, **kwargs)
        self.meeting = meeting

    def clean_file(self):
        given = self.cleaned_data["file"]
        if given.size > LARGEST_FILE:
            raise forms.ValidationError(f"文件有 {given.size / 1024 / 1024:.1f} MB，请压缩到 10 MB 以内。")
        begins = FILE_TYPES.get(ending(given.name), (None,))[0]
        content = given.read()
        if begins is None or not content.startswith(begins):
            raise forms.ValidationError("只收 PDF、JPG、PNG、DOCX、XLSX 文件，而且内容要与扩展名一致。")
        self.content, self.digest = content, hashlib.sha256(content).hexdigest()
        if self.meeting.attachments.filter(digest=self.digest).exists():
            raise forms.ValidationError("这个文件已经传过。")
        if self.meeting.attachments.count() >= MOST_FILES:
            raise forms.ValidationError(f"一次会议最多 {MOST_FILES} 个附件。")
        return given


def ending(name):
    return name.rpartition(".")[2].lower()
