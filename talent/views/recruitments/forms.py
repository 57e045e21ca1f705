"""The forms of a notice with its places, of an application's steps, and of engagement."""

from django import forms

from core.admin.forms import DateInput
from core.forms import RowForm
from talent.actions.recruitments import too_few_days
from talent.models import Recruitment, RecruitmentApplication
from villages.models import Division

PLACES = "places_"
DATES = ("published_on", "applies_until", "written_on", "interviewed_on", "physical_on", "inspected_on", "publicised_from",
         "publicised_until")  # fmt: skip


class NoticeForm(RowForm):
    """The notice, and a number of places for each township of the county."""

    class Meta:
        model = Recruitment
        fields = (
            "title", "year", "document_no", "min_age", "max_age", "min_education", "party", "household", "written_weight",
            "interview_weight", "tie_break", *DATES, "remarks",
        )  # fmt: skip
        widgets = {**dict.fromkeys(DATES, DateInput), "remarks": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args, division, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.division = division
        self.fields["min_education"].choices = [("", "不限"), *self.fields["min_education"].choices[1:]]
        kept = dict(self.instance.quotas.values_list("township_id", "places")) if self.instance.pk else {}
        self.townships = list(Division.objects.townships().below(division.code).order_by("code"))
        for township in self.townships:
            self.fields[PLACES + township.code] = forms.IntegerField(
                label=township.name, required=False, min_value=0, max_value=999, initial=kept.get(township.code)
            )

    def stamped(self):
        return [*super().stamped(), self.instance.quotas.all()] if self.instance.pk else []

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not self.places():
            self.add_error(None, "还没有填名额：至少给一个乡镇填名额。")
        first, last = cleaned.get("publicised_from"), cleaned.get("publicised_until")
        if first and last and (told := too_few_days(first, last)):
            self.add_error("publicised_until", told)
        return cleaned

    def places(self):
        """{township code: number} of the townships that got places."""
        given = {township.code: self.cleaned_data.get(PLACES + township.code) for township in self.townships}
        return {code: number for code, number in given.items() if number}

    @property
    def notice_fields(self):
        return [self[name] for name in self.fields if not name.startswith(PLACES)]

    @property
    def place_fields(self):
        return [self[name] for name in self.fields if name.startswith(PLACES)]


class ApplicationForm(RowForm):
    """What the steps found of one application, by hand."""

    class Meta:
        model = RecruitmentApplication
        fields = (
            "household", "ticket_no", "eligibility", "eligibility_reasons", "written", "interview", "extra", "withdrawn_on", "remarks",
        )  # fmt: skip
        widgets = {
            "withdrawn_on": DateInput,
            "eligibility_reasons": forms.Textarea(attrs={"rows": 3}),
            "remarks": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["eligibility"].choices = RecruitmentApplication.Eligibility.choices

    def clean(self):
        """A verdict by hand has its reason; scores are of those who may sit the test."""
        cleaned = super().clean()
        decided = cleaned.get("eligibility") and "eligibility" in self.changed_data
        if decided and not cleaned.get("eligibility_reasons"):
            self.add_error("eligibility_reasons", "人工认定合格或不合格，请写明理由。")
        scored = any(cleaned.get(name) is not None for name in ("written", "interview", "extra"))
        if scored and cleaned.get("eligibility") != RecruitmentApplication.Eligibility.PASSED:
            self.add_error("written", "资格审查合格后才能登记成绩。")
        return cleaned


class EngagementForm(forms.Form):
    on = forms.DateField(label="聘用日期", widget=DateInput)
    document_no = forms.CharField(label="聘用文号", max_length=50)
