"""Forms of rounds, needs, steps and visits: what was typed stays when it is wrong."""

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils import timezone

from core.admin.forms import DateInput, MaskedField
from core.forms import RowForm
from core.identity import mask_phone
from core.scope import scope_code
from core.stamps import Stamped
from talent.actions.demands import BY_KEY, NOT_POSSIBLE
from talent.models import Demand, DemandRound, DemandVisit, Match
from talent.models.talent_classes import CLASS_OF, GROUPED_SUB_CLASSES
from villages.models import Division, Village


class RoundForm(RowForm):
    """A survey; a second one of the same name is told."""

    class Meta:
        model = DemandRound
        fields = ("year", "name", "opens_on", "closes_on", "document_no", "remarks")
        widgets = {**dict.fromkeys(("opens_on", "closes_on"), DateInput), "remarks": forms.Textarea(attrs={"rows": 3})}


class DemandForm(Stamped, forms.ModelForm):
    """A need; `user` decides which townships, villages and rounds it may be about."""

    sub_class = forms.ChoiceField(label="人才小类", required=False, choices=[("", "未定"), *GROUPED_SUB_CLASSES])
    phone = MaskedField(label="联系电话", required=False, mask=mask_phone)

    class Meta:
        model = Demand
        fields = (
            "round", "asker", "township", "village", "unit", "credit_code", "post", "talent_class", "sub_class", "skills",
            "number", "manner", "terms", "start", "end", "contact", "phone", "stated_on", "remarks",
        )  # fmt: skip
        widgets = {
            **dict.fromkeys(("start", "end", "stated_on"), DateInput),
            "remarks": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args, user, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["phone"].kept = self.instance.phone
        self.fields["round"].queryset = rounds_for(user, on, self.instance)
        self.fields["round"].empty_label = None
        townships = Division.objects.visible_to(user).townships().below(scope_code(user) or "x")
        self.fields["township"].queryset = townships.order_by("code")
        self.fields["township"].empty_label = "请选择"
        self.fields["township"].label_from_instance = lambda township: township.name
        self.fields["village"].queryset = _villages(user, on)
        self.fields["village"].label_from_instance = lambda place: f"{place.township.name} {place.name}"
        self.fields["village"].empty_label = "没有具体的村"
        self.fields["talent_class"].choices = [("", "未定"), *self.fields["talent_class"].choices[1:]]
        if townships.count() == 1:
            self.fields["township"].empty_label, self.fields["township"].initial = None, townships.get().code

    def clean(self):
        """A sub-class says its class, a village its township, where those are left open."""
        cleaned = super().clean()
        if cleaned.get("sub_class") and not cleaned.get("talent_class"):
            cleaned["talent_class"] = CLASS_OF[cleaned["sub_class"]]
        return cleaned


def rounds_for(user, on, demand):
    """The rounds that a need may be stated in: the open ones for a township, all for the county; a need's own always."""
    rounds = DemandRound.objects.visible_to(user)
    if not is_county(user):
        own = DemandRound.objects.filter(pk=demand.round_id)
        rounds = rounds.open(on) | (own if demand.round_id else own.none())
    return rounds.order_by("-year", "-pk")


def is_county(user):
    """True for an office above the townships: it opens rounds and publishes needs."""
    return 0 < len(scope_code(user) or "") < 9


def _villages(user, on):
    return Village.objects.visible_to(user).existing(on).select_related("township").order_by("code")


class StepForm(forms.Form):
    """One step of one match: its day, and what is said beside it."""

    on = forms.DateField(label="日期", widget=DateInput)

    def __init__(self, match, key, *args, **kwargs):
        super().__init__(*args, prefix=f"{key}{match.pk}", **kwargs)
        self.match, self.step = match, BY_KEY[key]
        self.fields["on"].initial = timezone.localdate()
        self.fields["on"].widget.attrs["aria-label"] = f"{self.step.label}日期"
        if self.step.said == "grade":
            self.fields["said"] = forms.ChoiceField(choices=Match.Grade.choices)
        elif self.step.said:
            self.fields["said"] = forms.CharField(
                max_length=200, widget=forms.TextInput(attrs={"placeholder": f"{self.step.label}原因"})
            )
        if "said" in self.fields:
            self.fields["said"].widget.attrs["aria-label"] = "评价" if self.step.said == "grade" else "原因"

    def clean(self):
        """What the database would refuse, in the words of its constraints."""
        cleaned = super().clean()
        if not self.step.possible(self.match):
            raise ValidationError(NOT_POSSIBLE)
        if not self.errors:
            _try(
                self.match,
                {self.step.date: cleaned["on"], **({self.step.said: cleaned["said"]} if self.step.said else {})},
            )
        return cleaned


def _try(match, values):
    """The model's own checks with `values`; the match itself stays as it was."""
    trial = Match.objects.get(pk=match.pk)
    for name, value in values.items():
        setattr(trial, name, value)
    try:
        trial.full_clean(exclude=["demand", "talent"], validate_unique=False)
    except ValidationError as error:
        messages = error.message_dict.get(NON_FIELD_ERRORS) or [
            text for texts in error.message_dict.values() for text in texts
        ]
        raise ValidationError(messages) from None


class VisitForm(forms.ModelForm):
    """A visit by somebody who accepted."""

    class Meta:
        model = DemandVisit
        fields = ("match", "visited_on", "days", "done")
        widgets = {"visited_on": DateInput, "done": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args, matches, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["match"].queryset = matches
        self.fields["match"].label, self.fields["match"].empty_label = "谁来的", None
        self.fields["match"].label_from_instance = lambda match: match.talent.person.name


class CloseForm(forms.Form):
    """Ending the search for somebody."""

    on = forms.DateField(label="关闭日期", widget=DateInput)
    reason = forms.ChoiceField(label="关闭原因", choices=Demand.CloseReason.choices)

    def __init__(self, *args, demand, **kwargs):
        super().__init__(*args, **kwargs)
        self.demand = demand
        self.fields["on"].initial = timezone.localdate()

    def clean_on(self):
        if self.cleaned_data["on"] < self.demand.stated_on:
            raise ValidationError(f"早于提出日期 {self.demand.stated_on:%Y-%m-%d}，请核对。")
        return self.cleaned_data["on"]
