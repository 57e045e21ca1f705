"""Forms of the pages about elections."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from core.admin.forms import DateInput
from core.dates import has_come
from core.models import User
from core.stamps import MEANWHILE, NAME, StampedSet, hidden, is_stale, stamp_of
from talent.models import (
    Candidate,
    ElectionBallot,
    ElectionRound,
    ElectionStep,
    HandoverItem,
    JointReviewItem,
    Person,
)
from talent.parameters.elections import item_parts
from villages.models import Term, Village

COUNTY_DIGITS = 6


class RoundForm(forms.ModelForm):
    """A new round; the incoming term is named, and made where the county does not have it yet."""

    incoming_name = forms.CharField(
        label="新一届届次", max_length=30, help_text="例如：第十三届。还没有的届次会一并建立。"
    )

    class Meta:
        model = ElectionRound
        fields = ("name", "outgoing", "election_day", "start", "document_no", "remarks")
        widgets = {"election_day": DateInput, "start": DateInput, "remarks": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.division = user.division
        self.fields["outgoing"].queryset = Term.objects.filter(division_id=user.division_id).order_by("-start")
        self.fields["outgoing"].empty_label = "没有登记"
        self.order_fields(["name", "outgoing", "incoming_name", "election_day", "start", "document_no", "remarks"])

    def clean(self):
        cleaned = super().clean()
        if len(self.instance.division_id) != COUNTY_DIGITS:
            raise ValidationError("换届轮次由县级账号建立，请用县级账号登录。")
        return cleaned


class ByElectionForm(forms.ModelForm):
    """A by-election: the running term, some villages."""

    villages = forms.ModelMultipleChoiceField(
        None, label="补选的村", widget=forms.SelectMultiple(attrs={"size": 12}),
        help_text="按住 Ctrl 键可以选几个村。出缺的职务先登记离任，再补选。",
    )  # fmt: skip

    class Meta:
        model = ElectionRound
        fields = ("name", "villages", "election_day", "start", "document_no", "remarks")
        widgets = {"election_day": DateInput, "start": DateInput, "remarks": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args, user, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.division, self.instance.kind = user.division, ElectionRound.Kind.BY_ELECTION
        self.instance.incoming = Term.objects.current(on, user.division_id)
        villages = Village.objects.visible_to(user).existing(on).select_related("township").order_by("code")
        self.fields["villages"].queryset = villages
        self.fields["villages"].label_from_instance = lambda row: f"{row.township.name}　{row.name}"
        self.fields["name"].help_text = "例如：2026 年 12 月补选"

    def clean(self):
        cleaned = super().clean()
        if len(self.instance.division_id) != COUNTY_DIGITS:
            raise ValidationError("补选轮次由县级账号建立，请用县级账号登录。")
        if self.instance.incoming is None:
            raise ValidationError("还没有登记本届届次，补选不知道属于哪一届。请先建立换届轮次或登记届次。")
        return cleaned


class StepForm(forms.ModelForm):
    class Meta:
        model = ElectionStep
        fields = ("offset", "title", "due", "per")


class _StampedFormSet(StampedSet, forms.BaseModelFormSet):
    """Whoever saves second is told."""


StepFormSet = forms.modelformset_factory(ElectionStep, StepForm, formset=_StampedFormSet, extra=2, can_delete=True)


class DayForm(forms.Form):
    """A village's own election day."""

    election_day = forms.DateField(label="选举日", widget=DateInput)


class StepDoneForm(forms.Form):
    """On which day the ticked villages finished a step."""

    done_on = forms.DateField(label="完成日期", widget=DateInput, initial=timezone.localdate, validators=[has_come])
    note = forms.CharField(label="说明", max_length=100, required=False)


class CandidateForm(forms.ModelForm):
    """Somebody of the village stands for one or several posts."""

    posts = forms.MultipleChoiceField(
        label="拟任职务", choices=Candidate._meta.get_field("post").choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Candidate
        fields = ("person", "posts", "source", "nominated_by", "nominated_on", "remarks")
        widgets = {"nominated_on": DateInput, "remarks": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args, place, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.place = place
        people = Person.objects.visible_to(user).managed_in(place.village_id).order_by("pinyin", "pk")
        self.fields["person"].queryset = people
        self.fields["person"].label_from_instance = lambda row: f"{row.name}　{row.id_masked}"
        self.fields["person"].empty_label = "请选择本村人员"
        self.fields["person"].help_text = "只列档案在本村的人；其他村的人请用“候选人名册”上传，或请县里办理。"

    def clean(self):
        cleaned = super().clean()
        kept = Candidate.objects.filter(
            round=self.place.round, village=self.place.village, person=cleaned.get("person")
        ).values_list("post", flat=True)
        if again := set(kept) & set(cleaned.get("posts", [])):
            labels = dict(self.fields["posts"].choices)
            told = "、".join(labels[post] for post in sorted(again))
            self.add_error("posts", f"此人已是{told}的候选人，不用再加。")
        return cleaned

    def rows(self):
        """Unsaved candidates, one per post."""
        told = {name: self.cleaned_data[name] for name in self.Meta.fields if name not in {"posts"}}
        return [
            Candidate(round=self.place.round, village=self.place.village, post=post, **told)
            for post in self.cleaned_data["posts"]
        ]


class MoveForm(forms.Form):
    """The ticked candidates get another status."""

    status = forms.ChoiceField(label="改为", choices=[], widget=forms.Select(attrs={"aria-label": "改为"}))
    reason = forms.CharField(
        label="原因", max_length=200, required=False,
        widget=forms.TextInput(attrs={"placeholder": "取消资格的原因", "aria-label": "原因"}),
    )  # fmt: skip

    def __init__(self, *args, statuses, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["status"].choices = [("", "改为…"), *((one.value, one.label) for one in statuses)]


class BallotForm(forms.ModelForm):
    held_on = forms.DateField(label="选举日期", widget=DateInput, validators=[has_come])

    class Meta:
        model = ElectionBallot
        fields = ("held_on", "issued", "returned", "valid", "document_no")


class HandoverForm(forms.ModelForm):
    handed_on = forms.DateField(label="交接日期", required=False, widget=DateInput, validators=[has_come])

    class Meta:
        model = HandoverItem
        fields = ("handed_on", "giver", "receiver", "remarks")


HandoverFormSet = forms.modelformset_factory(HandoverItem, HandoverForm, formset=_StampedFormSet, extra=0)


class ReviewSetupForm(forms.Form):
    """Departments and items of a round's joint review as lines, and who fills in which column."""

    lines = forms.CharField(
        label="部门和事项", widget=forms.Textarea(attrs={"rows": 16}),
        help_text="一行一项，写成“部门：事项”。只改这一轮；以后各轮的样表在“参数设置”里改。",
    )  # fmt: skip

    def __init__(self, *args, held, **kwargs):
        super().__init__(*args, **kwargs)
        self.held = held
        items = JointReviewItem.objects.filter(department__round=held).select_related("department")
        self.fields["lines"].initial = "\n".join(f"{row.department.name}：{row.title}" for row in items.order_by("pk"))
        accounts = User.objects.filter(role="reviewer", division_id=held.division_id, is_active=True).order_by("name")
        self.departments = list(held.departments.select_related("account").order_by("pk"))
        for row in self.departments:
            self.fields[f"account_{row.pk}"] = forms.ModelChoiceField(
                accounts, label=row.name, required=False, initial=row.account_id, empty_label="由县委组织部代填"
            )

    def stamped(self):
        return [self.held.departments.all(), JointReviewItem.objects.filter(department__round=self.held)]

    @property
    def stamp(self):
        return hidden(NAME, stamp_of(self.stamped()))

    def clean(self):
        if is_stale(self.data.get(NAME), self.stamped()):
            raise ValidationError(MEANWHILE)
        return super().clean()

    def clean_lines(self):
        lines = [line for line in self.cleaned_data["lines"].splitlines() if line.strip()]
        pairs = [item_parts(line) for line in lines]
        if long := next((part for pair in pairs for part in pair if len(part) > 40), None):
            raise ValidationError(f"“{long}”太长，部门和事项各不超过 40 个字。")
        return pairs

    def chosen(self):
        """The departments with the accounts chosen for them."""
        for row in self.departments:
            row.account = self.cleaned_data[f"account_{row.pk}"]
        return self.departments
