"""Forms of safeguards: the standards of a year, what somebody had in it."""

from django import forms

from awards.models import SafeguardRecord, SafeguardStandard
from awards.models.safeguards import COVERS
from core.admin.forms import DateInput
from core.dates import within_reach
from core.forms import RowForm
from talent.models.appointment import VILLAGE_POST_CHOICES
from talent.views.stationed.forms import village_choices

DATES = (*(f"{name}_{edge}" for name in COVERS for edge in ("start", "end")), "checkup_on")
AMOUNTS = ("basic", "performance", "allowance")


class StandardsForm(forms.Form):
    """Three amounts for every post of a village, in one table; a post without any has no standard."""

    document_no = forms.CharField(label="依据（文号）", max_length=100)

    def __init__(self, *args, kept, **kwargs):
        super().__init__(*args, **kwargs)
        self.kept = kept
        if kept:
            self.fields["document_no"].initial = next(iter(kept.values())).document_no
        for post, label in VILLAGE_POST_CHOICES:
            for name in AMOUNTS:
                field = SafeguardStandard._meta.get_field(name)
                self.fields[f"{post}_{name}"] = forms.DecimalField(
                    label=f"{label}{field.verbose_name}", required=False, min_value=0, max_digits=10, decimal_places=2,
                    initial=getattr(kept[post], name) if post in kept else None,
                )  # fmt: skip

    def lines(self):
        """[(post, [field of each amount])]."""
        return [(label, [self[f"{post}_{name}"] for name in AMOUNTS]) for post, label in VILLAGE_POST_CHOICES]

    def standards(self, division_id, year):
        """Unsaved standards of the posts that have an amount, or had one."""
        found = []
        for post, _ in VILLAGE_POST_CHOICES:
            typed = {name: self.cleaned_data[f"{post}_{name}"] for name in AMOUNTS}
            if post in self.kept or any(value is not None for value in typed.values()):
                amounts = {name: value or 0 for name, value in typed.items()}
                document = self.cleaned_data["document_no"]
                found.append(
                    SafeguardStandard(division_id=division_id, year=year, post=post, document_no=document, **amounts)
                )
        return found


class RecordForm(RowForm):
    class Meta:
        model = SafeguardRecord
        fields = (
            "village", "basic_paid", "performance_paid", "allowance_paid", "pension", "pension_start", "pension_end",
            "pension_subsidy", "medical", "medical_start", "medical_end", "accident", "accident_start", "accident_end",
            "checkup_on", "housing", "housing_start", "housing_end", "housing_amount", "remarks",
        )  # fmt: skip
        widgets = dict.fromkeys(DATES, DateInput)

    def __init__(self, *args, user, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["village"].widget.choices = village_choices(user, on)
        self.fields["village"].queryset = self.fields["village"].queryset.visible_to(user)
        for name in DATES:
            self.fields[name].validators.append(within_reach)
