"""The forms of one candidate: put in, grooming, assessment, promotion, take out."""

from django import forms
from django.core.exceptions import ValidationError

from core.admin.forms import DateInput
from core.forms import RowForm
from talent.indicators.reserves import last_half
from talent.models import Appointment, How, Person, ReserveAssessment, ReserveCandidate
from talent.parameters.reserves import ASSESSMENT_RESULTS
from villages.models import Term


class PlaceForm(RowForm):
    """Somebody of the village `village` who is put into the pool."""

    class Meta:
        model = ReserveCandidate
        fields = ("person", "target", "planned_post", "readiness", "source", "mentor", "measures", "start")
        widgets = {"start": DateInput}

    def __init__(self, *args, village, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.village = village
        there = ReserveCandidate.objects.in_pool(on).values("person_id")
        people = Person.objects.filter(village=village).exclude(pk__in=there).order_by("pinyin", "pk")
        self.fields["person"].queryset = people
        self.fields["person"].label_from_instance = lambda person: (
            f"{person.name}（{person.id_masked or '没有身份证号'}）"
        )
        self.fields["person"].help_text = "档案在本村、现在不在库的人。没有的，请先在“人员”里建档或上传后备干部名册。"


class GroomingForm(RowForm):
    class Meta:
        model = ReserveCandidate
        fields = ("target", "planned_post", "readiness", "source", "mentor", "measures", "remarks")
        widgets = {"remarks": forms.Textarea(attrs={"rows": 2})}


class AssessmentForm(RowForm):
    """One result a half-year; a second one of the same half-year corrects the first."""

    result = forms.ChoiceField(label="研判结果")

    class Meta:
        model = ReserveAssessment
        fields = ("year", "half", "result", "remarks", "assessed_on")
        widgets = {"assessed_on": DateInput, "remarks": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, place, on, **kwargs):
        year, half = last_half(on)
        kwargs["initial"] = {"year": year, "half": half, "assessed_on": on}
        super().__init__(*args, **kwargs)
        self.place = self.instance.candidate = place
        self.fields["result"].choices = [("", "请选择"), *((word, word) for word in ASSESSMENT_RESULTS.value(on))]

    def stamped(self):
        """Which half-year is meant is typed, so all of the candidate's."""
        return [self.place.assessments.all()]

    def clean(self):
        cleaned = super().clean()
        year, half, made = (cleaned.get(name) for name in ("year", "half", "assessed_on"))
        if not (year and half and made):
            return cleaned
        if made < self.place.start:
            self.add_error("assessed_on", f"早于入库时间（{self.place.start:%Y-%m-%d}），请核对。")
        if (made.year, 1 + (made.month > 6)) < (year, half):
            self.add_error("half", "研判日期还没有到这个半年，请核对年度、半年和研判日期。")
        return cleaned


class PromotionForm(RowForm):
    how = forms.ChoiceField(label="任职方式", choices=[("", "请选择"), *How.choices])

    class Meta:
        model = Appointment
        fields = ("post", "start", "how", "term", "document_no")
        widgets = {"start": DateInput}

    def __init__(self, *args, place, on, user, **kwargs):
        term = Term.objects.visible_to(user).current(on, place.village_id)
        kwargs["initial"] = {"post": place.planned_post, "start": on, "term": term}
        super().__init__(*args, **kwargs)
        self.place = place
        self.instance.person, self.instance.village = place.person, place.village
        terms = Term.objects.visible_to(user).filter(division_id=place.village_id[:6])
        self.fields["term"].queryset = terms
        self.fields["document_no"].required = True

    def clean_start(self):
        start = self.cleaned_data["start"]
        if start <= self.place.start:
            raise ValidationError(f"要晚于入库时间（{self.place.start:%Y-%m-%d}），请核对。")
        return start


class LeavingForm(RowForm):
    class Meta:
        model = ReserveCandidate
        fields = ("end", "end_reason")
        widgets = {"end": DateInput}

    def __init__(self, *args, on, **kwargs):
        kwargs["initial"] = {"end": on}
        super().__init__(*args, **kwargs)
        promoted = ReserveCandidate.OutReason.PROMOTED
        reasons = [(value, label) for value, label in ReserveCandidate.OutReason.choices if value != promoted]
        self.fields["end_reason"].choices = [("", "请选择"), *reasons]
        self.fields["end"].required = self.fields["end_reason"].required = True
        self.fields["end"].help_text = "在库的最后一天。进入“两委”的请用“提任职务”。"
