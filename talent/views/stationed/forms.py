"""Forms about people sent in: who (by ID number), where, for how long; what was typed stays."""

from django import forms
from django.forms import formset_factory
from django.utils import timezone

from core.admin.forms import DateInput
from core.forms import RowForm
from core.text import tight
from core.validators import id_number
from talent.models import Secondment, ServiceVisit, Stationing
from talent.parameters.stationed import GRADES
from villages.models import Division, Village

MEMBERS = 5
PLEASE = [("", "请选择")]


def village_choices(user, on, empty="请选择"):
    """The villages of the user's area on the date, by township."""
    found = Village.objects.visible_to(user).existing(on).select_related("township").order_by("code")
    grouped = {}
    for village in found:
        grouped.setdefault(village.township.name, []).append((village.code, village.name))
    return [("", empty), *grouped.items()]


def grade_choices(grades, kept=""):
    """The grades as choices, and the one that is kept where it is no longer in the list."""
    former = [(kept, kept)] if kept and kept not in grades else []
    return [("", "未定"), *((grade, grade) for grade in grades), *former]


class WhoForm(forms.Form):
    """Somebody named by name and ID number."""

    name = forms.CharField(label="姓名", max_length=50)
    id_number = forms.CharField(label="身份证号", max_length=30, validators=[id_number])
    phone = forms.CharField(label="联系电话", max_length=20, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("id_number", "phone"):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def clean_id_number(self):
        return tight(self.cleaned_data["id_number"]).upper()

    def given(self):
        """What names the person, as `talent.dispatching` takes it."""
        return {name: self.cleaned_data[name] for name in ("name", "id_number", "phone") if self.cleaned_data[name]}

    def take(self, errors):
        """Show what was refused at its field."""
        for name, messages in errors.items():
            for message in messages:
                self.add_error(name if name in self.fields else None, message)


class MemberForm(WhoForm):
    """One person of a team."""

    role = forms.ChoiceField(label="驻村职务", choices=Stationing.Role.choices)
    dispatch_unit = forms.CharField(label="派出单位", max_length=100, required=False)
    unit_level = forms.ChoiceField(
        label="单位层级", choices=[("", "未填"), *Stationing.UnitLevel.choices], required=False
    )
    original_post = forms.CharField(label="原职务", max_length=100, required=False)

    def stay(self, **about):
        names = ("role", "dispatch_unit", "unit_level", "original_post")
        return Stationing(**{name: self.cleaned_data[name] for name in names}, **about)


class _Members(forms.BaseFormSet):
    def get_form_kwargs(self, index):
        """The first row is offered as the first secretary's."""
        role = Stationing.Role.TEAM_MEMBER if index else Stationing.Role.FIRST_SECRETARY
        return {"initial": {"role": role.value}}

    def clean(self):
        """Nobody twice, and at least one."""
        filled = [form for form in self.forms if form.has_changed() and form.is_valid()]
        if not any(form.has_changed() for form in self.forms):
            raise forms.ValidationError("请至少填写一名派驻人员。")
        named = set()
        for form in filled:
            key = (form.cleaned_data["id_number"], form.cleaned_data["role"])
            if key in named:
                form.add_error("id_number", "这个人以同一职务填了两行，请删去一行。")
            named.add(key)


MemberFormSet = formset_factory(MemberForm, formset=_Members, extra=MEMBERS)


class TeamForm(forms.Form):
    """Where a team goes, from when, until when."""

    village = forms.ChoiceField(label="派驻村")
    team = forms.CharField(label="工作队", max_length=60, required=False, help_text="例如：县委组织部驻寨里村工作队")
    start = forms.DateField(label="派驻时间", widget=DateInput)
    due = forms.DateField(
        label="轮换日期", widget=DateInput, required=False,
        help_text="计划轮换的日期；不填的按参数设置里的任期算。",
    )  # fmt: skip

    def __init__(self, *args, user, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["village"].choices = village_choices(user, on)

    def clean(self):
        cleaned = super().clean()
        start, due = cleaned.get("start"), cleaned.get("due")
        if start and due and due < start:
            self.add_error("due", "轮换日期早于派驻时间，请核对两个日期。")
        return cleaned

    def about(self):
        """What all stays of the team have in common."""
        village = Village.objects.get(code=self.cleaned_data["village"])
        return {"village": village} | {name: self.cleaned_data[name] for name in ("team", "start", "due")}


class EndForm(forms.Form):
    """The last day of a stay and why; the successor is a form of its own."""

    end = forms.DateField(label="在村最后一天", widget=DateInput)
    end_kind = forms.ChoiceField(label="离任方式", choices=PLEASE + Stationing.EndKind.choices)
    end_reason = forms.CharField(
        label="说明", max_length=100, required=False, help_text="召回的写明原因，例如：因工作不胜任召回调整。"
    )

    def __init__(self, *args, stay, **kwargs):
        super().__init__(*args, **kwargs)
        self.stay = stay

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("end") and cleaned["end"] < self.stay.start:
            self.add_error("end", f"早于派驻时间 {self.stay.start:%Y-%m-%d}，请核对。")
        if cleaned.get("end_kind") == Stationing.EndKind.RECALLED and not cleaned.get("end_reason"):
            self.add_error("end_reason", "召回请写明原因。")
        return cleaned


class SuccessorForm(MemberForm):
    """Who comes next day; may stay empty."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, empty_permitted=True, use_required_attribute=False, **kwargs)


class StayForm(RowForm):
    """What is added to a stay while it runs."""

    class Meta:
        model = Stationing
        fields = (
            "team",
            "due",
            "dispatch_unit",
            "unit_level",
            "original_post",
            "funds_wan",
            "party_transferred",
            "insured",
            "remarks",
        )
        widgets = {"due": DateInput, "remarks": forms.Textarea(attrs={"rows": 3})}


class VisitForm(RowForm):
    """A service visit of a technical specialist whom the user sees."""

    village = forms.ChoiceField(label="服务村")

    class Meta:
        model = ServiceVisit
        fields = ("person", "village", "start", "end", "days", "work", "served", "remarks")
        widgets = {"start": DateInput, "end": DateInput, "remarks": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args, people, user, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people
        self.fields["person"].label, self.fields["person"].empty_label = "科技特派员", "请选择"
        self.fields["person"].label_from_instance = lambda person: f"{person.name}（{person.village.name}）"
        self.fields["village"].choices = village_choices(user, on)
        self.fields["end"].required = self.fields["days"].required = False
        self.fields["end"].help_text = "只有一天的不用填。"
        self.fields["days"].help_text = "实际在村的天数；不填的按起止日期算。"

    def clean_village(self):
        return Village.objects.get(code=self.cleaned_data["village"])

    def clean(self):
        cleaned = super().clean()
        start = cleaned.get("start")
        if start and start > timezone.localdate():
            self.add_error("start", "服务日期还没有到，请核对。")
        end = cleaned["end"] = cleaned.get("end") or start
        if start and end and end >= start and not cleaned.get("days") and "days" not in self.errors:
            cleaned["days"] = (end - start).days + 1
        return cleaned


class SecondmentForm(forms.ModelForm):
    """A secondment as it begins; the person is named beside it, and the row is checked whole when both are known."""

    village = forms.ChoiceField(label="挂职村", required=False, help_text="挂在村里才填；挂在乡镇或县直单位的不填。")
    division = forms.ModelChoiceField(
        label="管理区划", queryset=Division.objects.none(), to_field_name="code", required=False, empty_label="按挂职村",
        help_text="没有挂职村的请选择：上挂的选送出的乡镇，县里统管的选县。",
    )  # fmt: skip

    class Meta:
        model = Secondment
        fields = (
            "kind", "village", "division", "home_unit", "home_post", "host_unit", "host_post", "mentor", "start", "due", "remarks",
        )  # fmt: skip
        widgets = {"start": DateInput, "due": DateInput, "remarks": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args, user, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = PLEASE + Secondment.Kind.choices
        self.fields["village"].choices = village_choices(user, on, "没有挂职村")
        self.fields["division"].queryset = Division.objects.below(user.division_id).order_by("code")

    def clean_village(self):
        code = self.cleaned_data["village"]
        return Village.objects.select_related("township").get(code=code) if code else None

    def clean(self):
        cleaned = super().clean()
        village = cleaned.get("village")
        if village:
            cleaned["division"] = village.township
        elif not cleaned.get("division") and "division" not in self.errors:
            self.add_error("division", "没有挂职村的，请选择管理区划。")
        return cleaned


class SettleForm(RowForm):
    """What is added to a secondment while it runs and at its end."""

    grade = forms.ChoiceField(label="考核等次", required=False)

    class Meta:
        model = Secondment
        fields = ("host_post", "mentor", "due", "end", "grade", "appraisal", "remarks")
        widgets = {
            "due": DateInput, "end": DateInput, "appraisal": forms.Textarea(attrs={"rows": 5}),
            "remarks": forms.Textarea(attrs={"rows": 2}),
        }  # fmt: skip

    def __init__(self, *args, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["grade"].choices = grade_choices(GRADES.value(on), self.instance.grade)
