"""Forms of the mid-term review; the words to choose from are those of the county on the day the round began."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from core.admin.forms import DateInput
from core.forms import RowForm
from talent.actions.reviews import PERSON_FIELDS, TEAM_FIELDS
from talent.models import EndReason, How, Person, PersonReview, Post, ReviewRound, ReviewVisit, TeamReview
from talent.models.appointment import TWO_COMMITTEES
from talent.parameters.reviews import GRADES, REASONS, TEAM_CLASSES, TEAM_PROBLEMS

COUNTY_DIGITS = 6
SHORT = forms.Textarea(attrs={"rows": 2})


class RoundForm(RowForm):
    """A new round of the user's county, whose name for it is to be its own."""

    class Meta:
        model = ReviewRound
        fields = ("name", "document_no", "as_of", "opens", "closes", "remarks")
        widgets = {"as_of": DateInput, "opens": DateInput, "closes": DateInput, "remarks": forms.Textarea({"rows": 3})}

    def __init__(self, *args, division, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.division = division

    def clean(self):
        if len(self.instance.division_id) != COUNTY_DIGITS:
            raise ValidationError("研判由县级发起，请用县级账号。")
        return super().clean()


def _choices(words, kept):
    """The words of a list to choose one from; a word that the list had once stays."""
    known = [*words, *([kept] if kept and kept not in words else [])]
    return [("", "请选择"), *((word, word) for word in known)]


class _BallotsForm(forms.ModelForm):
    """Counts stand in one row: short labels, numbers only."""

    def __init__(self, *args, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.on = on
        for name, field in self.fields.items():
            field.label_suffix = ""
            if isinstance(field.widget, forms.NumberInput):
                field.widget.attrs |= {"min": 0, "inputmode": "numeric"}
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 3 if name in {"plan", "unrest"} else 2

    def words(self, name, parameter):
        """Let the field `name` be chosen from the words of a parameter."""
        kept = self.fields[name]
        self.fields[name] = forms.ChoiceField(
            label=kept.label, required=False, help_text=kept.help_text,
            choices=_choices(parameter.value(self.on), getattr(self.instance, name)),
        )  # fmt: skip

    def ballots(self):
        return [self[name] for name in ("issued", "returned", "valid", "satisfied", "fair", "dissatisfied")]


class TeamForm(_BallotsForm):
    """What the township (or the county) fills in of the team."""

    class Meta:
        model = TeamReview
        fields = TEAM_FIELDS

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.words("team_class", TEAM_CLASSES)
        kept = self.instance.problems
        offered = TEAM_PROBLEMS.value(self.on)
        known = [*offered, *(word for word in kept if word not in offered)]
        self.fields["problems"] = forms.MultipleChoiceField(
            label="存在问题", required=False, choices=[(word, word) for word in known],
            widget=forms.CheckboxSelectMultiple, initial=kept,
        )  # fmt: skip

    def texts(self):
        return [self[name] for name in ("unrest", "plan", "township_opinion")]


class PersonForm(_BallotsForm):
    """What is filled in of one person."""

    class Meta:
        model = PersonReview
        fields = PERSON_FIELDS

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.words("grade", GRADES)
        self.words("reason", REASONS)
        self.fields["proposal"].choices = [("", "请选择"), *PersonReview.Proposal.choices]

    def clean(self):
        """A reason belongs to 调整撤换 alone; what was chosen before another proposal goes with it."""
        cleaned = super().clean()
        if cleaned.get("proposal") != PersonReview.Proposal.ADJUST:
            cleaned["reason"] = ""
        elif not cleaned.get("reason"):
            self.add_error("reason", "建议调整撤换，请选调整原因。")
        return cleaned

    def judgement(self):
        return [self[name] for name in ("grade", "proposal", "reason")]

    def texts(self):
        return [self[name] for name in ("performance", "plan")]


class DecisionForm(forms.Form):
    """What only the county fills in."""

    county_opinion = forms.CharField(label="县级意见", required=False, widget=SHORT)
    decided_on = forms.DateField(label="审定日期", widget=DateInput)

    def clean_decided_on(self):
        on = self.cleaned_data["decided_on"]
        if on > timezone.localdate():
            raise ValidationError("审定日期还没有到，请填今天或以前的日期。")
        return on


class ReturnForm(forms.Form):
    reason = forms.CharField(label="退回原因", min_length=2, max_length=200)


class VisitForm(forms.ModelForm):
    class Meta:
        model = ReviewVisit
        fields = ("on", "way", "visitors", "talked", "found")
        widgets = {"on": DateInput, "found": SHORT}

    def clean_on(self):
        on = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise ValidationError("走访日期还没有到，走访以后再登记。")
        return on


class CarryOutForm(forms.Form):
    """免职 and, where there is one, the successor."""

    on = forms.DateField(label="免职日期", widget=DateInput, help_text="在任的最后一天；接替的人次日任职。")
    reason = forms.ChoiceField(label="离任原因", choices=EndReason.choices, initial=EndReason.UNFIT)
    document_no = forms.CharField(label="免职文号", max_length=50, required=False)
    successor = forms.ChoiceField(
        label="接替人选", required=False, help_text="本村的后备干部和在任干部；可以先空着，以后再补。"
    )
    successor_number = forms.CharField(
        label="不在名单里的，填身份证号", max_length=20, required=False, widget=forms.TextInput({"autocomplete": "off"})
    )
    how = forms.ChoiceField(label="接替方式", choices=How.choices, initial=How.BY_ELECTION)
    successor_document_no = forms.CharField(
        label="任职文号", max_length=50, required=False, help_text="与免职同一文件的不填。"
    )

    def __init__(self, *args, offered, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["successor"].choices = [("", "暂不安排"), *offered]

    def clean(self):
        """`successor` becomes the Person, chosen or named by number; None where nobody follows yet."""
        cleaned = super().clean()
        people = Person.objects.managed_in(self.user.division_id)
        chosen, number = cleaned.get("successor"), cleaned.pop("successor_number", "")
        if chosen and number:
            raise ValidationError("接替人选只能选一个：从名单里选，或填身份证号。")
        cleaned["successor"] = people.filter(pk=chosen).first() if chosen else None
        if number:
            cleaned["successor"] = people.with_id_number(number).first()
            if cleaned["successor"] is None:
                self.add_error("successor_number", "没有找到这个身份证号的人员，请核对，或先在“人员”里建档。")
        return cleaned


class PromoteForm(forms.Form):
    """提拔: the new post."""

    post = forms.ChoiceField(label="新任职务", choices=[(post.value, Post(post).label) for post in TWO_COMMITTEES])
    on = forms.DateField(label="任职日期", widget=DateInput)
    how = forms.ChoiceField(label="任职方式", choices=How.choices, initial=How.BY_ELECTION)
    document_no = forms.CharField(label="任职文号", max_length=50, required=False)
