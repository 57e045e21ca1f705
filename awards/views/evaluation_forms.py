"""Forms of the yearly evaluation and of periodic checks."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator

from awards import attachments
from awards.actions.evaluation_scores import REASON_WANTED
from awards.actions.evaluations import SCHEME
from awards.models import (
    Evaluation,
    EvaluationAppeal,
    EvaluationItem,
    EvaluationScheme,
    Grade,
    Inspection,
    InspectionFinding,
    InspectionFollowUp,
)
from awards.parameters import evaluations as settings
from awards.views.forms import DayField
from core.admin.forms import DateInput
from core.forms import RowForm
from talent.models.review import COUNTS, MOST_BALLOTS
from villages.models import Village

COUNTY_DIGITS = 6
BLANK_ITEMS = 3
MOST_ITEMS = 30
LINES = (
    ("excellent_percent", settings.EXCELLENT_PERCENT), ("excellent_from", settings.EXCELLENT_FROM),
    ("competent_from", settings.COMPETENT_FROM), ("basic_from", settings.BASIC_FROM), ("fair_percent", settings.FAIR_PERCENT),
)  # fmt: skip
Part, Source = EvaluationItem.Part, EvaluationItem.Source


class EvaluationSchemeForm(RowForm):
    class Meta:
        model = EvaluationScheme
        fields = SCHEME
        widgets = {"as_of": DateInput, "opens": DateInput, "closes": DateInput, "remarks": forms.Textarea({"rows": 3})}

    def __init__(self, *args, division, on, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.instance.division = division
            for name, parameter in LINES:
                self.fields[name].initial = parameter.value(on)
        else:  # who is evaluated hangs on these
            for name in ("year", "kind", "as_of"):
                del self.fields[name]

    def clean(self):
        if len(self.instance.division_id) != COUNTY_DIGITS:
            raise ValidationError("考核方案由县级制定，请用县级账号。")
        return super().clean()


class ItemForm(forms.ModelForm):
    class Meta:
        model = EvaluationItem
        fields = ("part", "title", "source", "weight", "most", "standard")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, most in (("weight", 100), ("most", 1000)):
            self.fields[name].widget.attrs |= {"min": 0, "max": most, "inputmode": "numeric"}
        for name in ("title", "standard"):
            self.fields[name].widget.attrs["size"] = 28


ItemFormSet = forms.inlineformset_factory(
    EvaluationScheme, EvaluationItem, form=ItemForm, extra=BLANK_ITEMS, max_num=MOST_ITEMS, can_delete=True
)


class ScoreSheetForm(forms.Form):
    """Points of many evaluated objects for every item but the ballots'; rows that may not be changed have no fields."""

    def __init__(self, *args, lines, items, county, **kwargs):
        super().__init__(*args, **kwargs)
        self.found, self.county = lines, county
        self.items = [item for item in items if item.source != Source.BALLOTS]
        for line in lines:
            if self.is_open(line):
                for item in self.items:
                    self._add(line, item)

    def is_open(self, line):
        return not line.row.grade and (self.county or not line.row.handed_in_on)

    def _add(self, line, item):
        """What was changed is told against what was shown: a sheet left open takes nothing back that others wrote since."""
        score, key = line.scores.get(item.pk), f"{line.row.pk}_{item.pk}"
        points = score and (score.county_points if self.county else score.township_points)
        most = 1 if item.part == Part.VETO else item.most
        disabled = item.source == Source.COUNTY and not self.county
        field = forms.DecimalField(
            label=f"{line.row.name}{item.title}", show_hidden_initial=True, required=False, max_digits=6, decimal_places=2, initial=points,
            disabled=disabled, validators=[MinValueValidator(0), MaxValueValidator(most)],
        )  # fmt: skip
        field.widget.attrs |= {
            "min": 0,
            "max": most,
            "inputmode": "decimal",
            "aria-label": f"{line.row.name} {item.title}",
        }
        self.fields[f"p_{key}"] = field
        evidence = forms.CharField(
            label=f"{line.row.name}{item.title}依据", show_hidden_initial=True, required=False, max_length=200, disabled=disabled,
            initial=score.evidence if score else "",
        )  # fmt: skip
        evidence.widget.attrs |= {"placeholder": "依据", "aria-label": f"{line.row.name} {item.title} 依据"}
        self.fields[f"e_{key}"] = evidence

    def clean(self):
        """What adds, takes or vetoes needs evidence, told at its own place."""
        cleaned = super().clean()
        for line in self.found:
            for item in self.items:
                key = f"{line.row.pk}_{item.pk}"
                if item.part != Part.SCORE and cleaned.get(f"p_{key}") and not cleaned.get(f"e_{key}"):
                    self.add_error(f"e_{key}", f"{line.row.name}的“{item.title}”要写明依据，例如文号和日期。")
        return cleaned

    def given(self):
        """{evaluation: {item: (points or None, evidence)}} of what was changed on the sheet."""
        changed = set(self.changed_data)
        found = {}
        for line in self.found:
            for item in self.items:
                key = f"{line.row.pk}_{item.pk}"
                if {f"p_{key}", f"e_{key}"} & changed:
                    found.setdefault(line.row, {})[item] = (
                        self.cleaned_data[f"p_{key}"],
                        self.cleaned_data[f"e_{key}"],
                    )
        return found

    def rows(self):
        """What the sheet shows: each Line with its cells for the weighted items and for the others."""
        return [
            {
                "line": line,
                "open": self.is_open(line),
                "scored": [self._cell(line, item) for item in self.items if item.part == Part.SCORE],
                "others": [self._cell(line, item) for item in self.items if item.part != Part.SCORE],
                "told": self._told(line),
            }
            for line in self.found
        ]

    def _cell(self, line, item):
        key, score = f"{line.row.pk}_{item.pk}", line.scores.get(item.pk)
        is_open = self.is_open(line)
        return {
            "item": item,
            "score": score,
            "points": self[f"p_{key}"] if is_open else None,
            "evidence": self[f"e_{key}"] if is_open else None,
        }

    def _told(self, line):
        """What was given beside the weighted items, in short."""
        signs = {Part.PLUS: "加", Part.MINUS: "扣"}
        told = []
        for item in self.items:
            score = line.scores.get(item.pk)
            if item.part != Part.SCORE and score and score.points:
                sign = signs.get(item.part)
                told.append(
                    f"{item.title} {sign}{score.points.normalize():f} 分" if sign else f"一票否决：{item.title}"
                )
        return told

    @property
    def has_wrong_others(self):
        keys = {f"_{item.pk}" for item in self.items if item.part != Part.SCORE}
        return any(name.endswith(tuple(keys)) for name in self.errors)


class EvidenceForm(forms.Form):
    """A file for one indicator of an evaluated object."""

    use_required_attribute = False
    item = forms.ModelChoiceField(EvaluationItem.objects.none(), label="考核指标", empty_label="请选择")
    file = forms.FileField(
        label="佐证材料", required=False,
        help_text=f"{attachments.ALLOWED}，每个不超过 {attachments.MEGABYTES} MB，每项指标最多 {attachments.MOST_FILES} 个；加密保存。",
    )  # fmt: skip

    def __init__(self, *args, scheme, county, **kwargs):
        super().__init__(*args, **kwargs)
        found = scheme.items.order_by("pk")
        self.fields["item"].queryset = found if county else found.exclude(source=Source.COUNTY)

    def clean_file(self):
        """(name, content) of the file."""
        return attachments.taken(self.cleaned_data["file"])


class BallotForm(RowForm):
    """The ballot counts of one object; with counts that are there already, why they are corrected."""

    left_out = ("scheme", "village", "person")
    reason = forms.CharField(label="更正原因", required=False, min_length=2, max_length=200)

    class Meta:
        model = Evaluation
        fields = COUNTS

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        reason = self.fields.pop("reason")
        for field in self.fields.values():
            label, field.show_hidden_initial = f"{self.instance.name} {field.label}", True
            field.widget.attrs |= {
                "min": 0,
                "max": MOST_BALLOTS.limit_value,
                "inputmode": "numeric",
                "aria-label": label,
            }
        if self.instance.issued is not None:
            reason.widget.attrs["aria-label"] = f"{self.instance.name} {reason.label}"
            self.fields["reason"] = reason

    def clean(self):
        cleaned = super().clean()
        changed = [name for name in self.changed_data if name in COUNTS]
        corrects = any(cleaned.get(name) != self.initial[name] for name in changed)
        if "reason" in self.fields and corrects and not cleaned.get("reason") and "reason" not in self.errors:
            self.add_error("reason", f"票数登记过了，{REASON_WANTED}")
        return cleaned

    @property
    def counts(self):
        return [self[name] for name in COUNTS]

    @property
    def why(self):
        """The field of the reason; None where nothing is there to be corrected."""
        return self["reason"] if "reason" in self.fields else None


class ProposalForm(forms.Form):
    """The grades that a township proposes; what follows from the scores is filled in where nothing was said."""

    def __init__(self, *args, lines, **kwargs):
        super().__init__(*args, **kwargs)
        self.found = lines
        for line in lines:
            field = forms.ChoiceField(
                label=f"{line.row.name}等次",
                required=False,
                choices=[("", "未定"), *Grade.choices],
                initial=self.first(line),
            )
            field.widget.attrs["aria-label"] = field.label
            self.fields[f"g_{line.row.pk}"] = field

    def first(self, line):
        return line.row.proposed or line.suggested

    def grades(self):
        return {line.row.pk: self.cleaned_data[f"g_{line.row.pk}"] for line in self.found}

    def rows(self):
        return [{"line": line, "grade": self[f"g_{line.row.pk}"]} for line in self.found]


class GradeForm(ProposalForm):
    """The grades of one township; what the township proposed is filled in where nothing was decided."""

    on = DayField(label="定等次日期")

    def first(self, line):
        return line.row.grade or super().first(line)


class WeightsForm(forms.Form):
    """Other weights to try; they are kept nowhere."""

    def __init__(self, *args, items, **kwargs):
        super().__init__(*args, **kwargs)
        self.weighted = [item for item in items if item.part == Part.SCORE]
        for item in self.weighted:
            self.fields[f"w_{item.pk}"] = forms.IntegerField(
                label=item.title, min_value=0, max_value=100, initial=item.weight, help_text=f"现在 {item.weight}"
            )

    def clean(self):
        cleaned = super().clean()
        total = sum(cleaned.get(f"w_{item.pk}") or 0 for item in self.weighted)
        if not self.errors and total != 100:
            raise ValidationError(f"权重合计应为 100，现在是 {total}，请核对。")
        return cleaned

    def weights(self):
        return {item.pk: Decimal(self.cleaned_data[f"w_{item.pk}"]) for item in self.weighted}


class ReturnEvaluationForm(forms.Form):
    reason = forms.CharField(label="退回原因", min_length=2, max_length=200)


class PublishForm(forms.Form):
    on = DayField(label="公布日期")


class AppealForm(RowForm):
    class Meta:
        model = EvaluationAppeal
        fields = ("received_on", "content")
        widgets = {"received_on": DateInput, "content": forms.Textarea(attrs={"rows": 3})}


class AppealAnswerForm(RowForm):
    class Meta:
        model = EvaluationAppeal
        fields = ("finding", "new_grade", "handling", "closed_on")
        widgets = {"closed_on": DateInput, "handling": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("finding", "handling", "closed_on"):
            self.fields[name].required = True
        self.fields["new_grade"].help_text = "更正等次的选，维持的不选。"


class InspectionForm(RowForm):
    """A check with what it looks at, a line each."""

    titles = forms.CharField(
        label="检查事项", max_length=1000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="一行一项，每项不超过 60 个字，例如：坐班值班、村务公开、“三会一课”。",
    )  # fmt: skip

    class Meta:
        model = Inspection
        fields = ("name", "kind", "on", "inspectors", "document_no")
        widgets = {"on": DateInput}

    def __init__(self, *args, division, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.division = division

    def clean_titles(self):
        titles = [line.strip() for line in self.cleaned_data["titles"].splitlines() if line.strip()]
        if len(titles) != len(set(titles)):
            raise ValidationError("有重复的事项，请删去重复的一行。")
        if long := next((title for title in titles if len(title) > 60), None):
            raise ValidationError(f"“{long[:20]}…”太长，每项不超过 60 个字。")
        if not titles:
            raise ValidationError("至少写一项检查事项。")
        return titles


class FindingForm(RowForm):
    class Meta:
        model = InspectionFinding
        fields = ("village", "item", "problem", "responsible", "due")
        widgets = {"due": DateInput}

    def __init__(self, *args, held, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.inspection = held
        villages = Village.objects.visible_to(user).existing(held.on).below(held.division_id).select_related("township")
        self.fields["village"].queryset = villages.order_by("code")
        self.fields["village"].label_from_instance = lambda village: f"{village.township.name} {village.name}"
        self.fields["item"].queryset = held.items.order_by("pk")

    def clean_due(self):
        due = self.cleaned_data["due"]
        if due < self.instance.inspection.on:
            raise ValidationError(f"整改期限早于检查日期 {self.instance.inspection.on:%Y-%m-%d}，请核对。")
        return due


class FollowUpForm(RowForm):
    class Meta:
        model = InspectionFollowUp
        fields = ("on", "done")
        widgets = {"on": DateInput}


class CloseFindingForm(forms.Form):
    on = DayField(label="销号日期")
    result = forms.CharField(label="整改结果", min_length=2, max_length=200)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, prefix="close", **kwargs)
