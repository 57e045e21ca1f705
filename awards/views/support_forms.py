"""Forms of support policies, applications, payments and results."""

from django import forms
from django.core.validators import MinValueValidator

from awards.models import (
    SupportApplication,
    SupportCondition,
    SupportExclusion,
    SupportPayment,
    SupportPolicy,
    SupportResult,
)
from awards.views.forms import DayField
from core.admin.forms import DateInput
from core.dates import within_reach
from core.forms import RowForm
from talent.views.stationed.forms import village_choices

AMOUNT = {"max_digits": 12, "decimal_places": 2, "validators": [MinValueValidator(0.01)]}
WORDS = "几项用顿号隔开；"
OF_LOANS = ("bank", "loan", "loan_rate", "loan_start", "loan_end")


class PolicyForm(RowForm):
    class Meta:
        model = SupportPolicy
        fields = (
            "name", "kind", "document_no", "start", "end", "formula", "rate", "base", "cap", "repeat_years",
            "exclusion_group", "clean_record", "remarks",
        )  # fmt: skip
        widgets = {"start": DateInput, "end": DateInput}

    def __init__(self, *args, division, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.instance.division = division
        for name in ("start", "end"):
            self.fields[name].validators.append(within_reach)


def words_help():
    """What the words of each kind of condition may be."""
    kinds = SupportCondition.Kind
    told = [(kind.label, SupportCondition.options(kind)) for kind in kinds if kind not in SupportCondition.NUMBERS]
    return "；".join(f"{label}：{'、'.join(known) if known else '按台账的写法'}" for label, known in told)


class ConditionForm(RowForm):
    """A condition to add, or the one of its kind to change."""

    use_required_attribute = False

    class Meta:
        model = SupportCondition
        fields = ("kind", "least", "most", "words")

    def __init__(self, *args, policy, **kwargs):
        super().__init__(*args, prefix="condition", **kwargs)
        self.instance.policy = policy
        self.fields["words"].help_text = WORDS + words_help()


class ExclusionForm(RowForm):
    """Another policy of the office that nobody may have beside this one."""

    use_required_attribute = False

    class Meta:
        model = SupportExclusion
        fields = ("second", "span")

    def __init__(self, *args, policy, **kwargs):
        super().__init__(*args, prefix="exclusion", **kwargs)
        self.instance.first = policy
        others = SupportPolicy.objects.filter(division_id=policy.division_id).exclude(pk=policy.pk)
        self.fields["second"].queryset = others.order_by("-start", "name", "pk")


class BudgetForm(forms.Form):
    use_required_attribute = False
    year = forms.IntegerField(label="年度", min_value=1949, max_value=2200)
    amount = forms.DecimalField(label="预算（元）", **AMOUNT)
    document_no = forms.CharField(label="预算依据", max_length=100)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, prefix="budget", **kwargs)


class ApplicationForm(RowForm):
    """What is applied for; who it is for is named beside it."""

    left_out = ("person",)

    class Meta:
        model = SupportApplication
        fields = (
            "village", "applied_on", "business", "project", "base", "bank", "loan", "loan_rate", "loan_start", "loan_end",
            "remarks",
        )  # fmt: skip
        widgets = dict.fromkeys(("applied_on", "loan_start", "loan_end"), DateInput)

    def __init__(self, *args, policy, user, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.policy = policy
        self.fields["business"].required = True
        self.fields["village"].widget.choices = village_choices(user, on)
        self.fields["village"].queryset = self.fields["village"].queryset.visible_to(user)
        if policy.kind != SupportPolicy.Kind.LOAN:
            for name in OF_LOANS:
                del self.fields[name]
        if policy.formula == SupportPolicy.Formula.FIXED:
            del self.fields["base"]
        else:
            percent = policy.formula == SupportPolicy.Formula.PERCENT
            self.fields["base"].label = f"{policy.base}（元）" if percent else f"数量（{policy.base}）"


class ChangeForm(ApplicationForm):
    """What an application says, to be put right before it is decided; who asked, where and when stays."""

    left_out = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("village", "applied_on"):
            del self.fields[name]


class ApproveForm(forms.Form):
    use_required_attribute = False
    on = DayField(label="审批日期")
    document_no = forms.CharField(label="审批文号", max_length=100)
    reason = forms.CharField(
        label="审批意见", max_length=500, required=False, help_text="台账不掌握的情况，核实后写在这里。"
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, prefix="approve", **kwargs)


class CloseForm(forms.Form):
    use_required_attribute = False
    on = DayField(label="日期")
    reason = forms.CharField(label="原因", min_length=2, max_length=500)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, prefix="close", **kwargs)


class PaymentForm(RowForm):
    class Meta:
        model = SupportPayment
        fields = ("on", "amount", "basis")
        widgets = {"on": DateInput}

    def __init__(self, *args, application, user, **kwargs):
        super().__init__(*args, prefix="payment", **kwargs)
        self.instance.application, self.instance.made_by = application, user
        self.fields["on"].validators.append(within_reach)


class PaymentCheckForm(forms.Form):
    """The answer of a second person to a payment that waits."""

    ANSWERS = (("accept", "复核"), ("reject", "退回"))
    of = None  # the key of the payment that was answered
    answer = forms.ChoiceField(label="复核", choices=ANSWERS)
    note = forms.CharField(label="退回原因", max_length=200, required=False)


class ResultForm(RowForm):
    class Meta:
        model = SupportResult
        fields = ("after_years", "checked_on", "in_business", "jobs", "people_led", "remarks")
        widgets = {"checked_on": DateInput}

    def __init__(self, *args, application, **kwargs):
        super().__init__(*args, prefix="result", **kwargs)
        self.instance.application = application
        self.fields["checked_on"].validators.append(within_reach)


class WhatIfForm(forms.Form):
    """The policy's own numbers and conditions to try others in place, and those it lacks to try one more; nothing is kept."""

    rate = forms.DecimalField(label="标准", **AMOUNT)
    cap = forms.DecimalField(label="每次最高（元）", required=False, **AMOUNT)
    mean = forms.DecimalField(label="平均基数或数量", required=False, **AMOUNT)

    def __init__(self, *args, policy, conditions, mean, **kwargs):
        super().__init__(*args, initial={"rate": policy.rate, "cap": policy.cap, "mean": mean}, **kwargs)
        self.policy = policy
        if policy.formula == SupportPolicy.Formula.FIXED:
            del self.fields["mean"]
        kept = {one.kind: one for one in conditions}
        for kind in sorted(SupportCondition.Kind, key=lambda kind: kind not in kept):
            self._offer(kind, kept.get(kind))
        self.own = [self[name] for name in self.fields if name.rsplit("_", 1)[0] in {*kept, name}]
        self.more = [self[name] for name in self.fields if name.rsplit("_", 1)[0] not in {*kept, name}]
        self.is_more_asked = any(self.data.get(field.html_name) for field in self.more)

    def _offer(self, kind, kept):
        """The fields of a kind of condition, filled in with the one that is kept."""
        if kind in SupportCondition.NUMBERS:
            for name, label in (("least", "不少于"), ("most", "不超过")):
                self.fields[f"{kind}_{name}"] = forms.IntegerField(
                    label=f"{kind.label}{label}", required=False, min_value=0, max_value=32_767,
                    initial=getattr(kept, name, None),
                )  # fmt: skip
            return
        known = SupportCondition.options(kind)
        said = "清空就是不要这个条件。" if kept else ""
        self.fields[f"{kind}_words"] = forms.CharField(
            label=kind.label, required=False, max_length=200, initial=getattr(kept, "words", None),
            help_text=f"{said}可填：{'、'.join(known)}。" if known else said,
        )  # fmt: skip

    def clean(self):
        """Words of a closed set are checked as on the policy's own page."""
        cleaned = super().clean()
        for one in self.tried():
            try:
                one.clean()
            except forms.ValidationError as error:
                self.add_error(f"{one.kind}_words", "".join(error.messages))
            if one.least is not None and one.most is not None and one.least > one.most:
                self.add_error(f"{one.kind}_most", "“不超过”小于“不少于”，请核对。")
        return cleaned

    def tried(self):
        """Unsaved conditions as typed; one without anything is left out."""
        found = []
        for kind in SupportCondition.Kind:
            typed = {name: self.cleaned_data.get(f"{kind}_{name}") for name in ("least", "most", "words")}
            row = SupportCondition(
                policy=self.policy, kind=kind, least=typed["least"], most=typed["most"], words=typed["words"] or ""
            )
            if row.words or row.least is not None or row.most is not None:
                found.append(row)
        return found

    def changed(self):
        """An unsaved policy with the typed numbers."""
        policy = SupportPolicy.objects.get(pk=self.policy.pk)
        policy.rate, policy.cap = self.cleaned_data["rate"], self.cleaned_data["cap"]
        return policy
