"""What is typed on the page of a person's appointment form."""

from django import forms
from django.core.exceptions import ValidationError

from core.stamps import Stamped
from talent import lrmx
from talent.models import ApprovalForm, FamilyMember
from talent.models.approval_form import FAMILY_LINES

GROUPS = (
    ("基本情况", ("name", "sex", "born", "ethnicity", "native_place", "birth_place", "party_joined", "work_started", "health",
              "technical_post", "expertise")),
    ("学历学位", ("full_time_level", "full_time_degree", "full_time_school", "full_time_degree_school", "on_job_level",
              "on_job_degree", "on_job_school", "on_job_degree_school")),
    ("职务", ("current_post", "proposed_post", "removed_post")),
    ("简历、奖惩、考核和理由", ("resume", "honours", "appraisals", "reason")),
    ("呈报", ("reporting_unit", "age_on", "filled_on", "filled_by")),
)  # fmt: skip
LONG = {"resume": 8, "honours": 3, "appraisals": 3, "reason": 3}
MONTHS = ("born", "party_joined", "work_started")


class TextsForm(Stamped, forms.ModelForm):
    """The texts of the form; beside each empty one stands what the ledger will print."""

    photo_file = forms.FileField(label="照片（JPG 或 PNG，1 MB 以内）", required=False)
    drop_photo = forms.BooleanField(label="去掉照片", required=False)

    class Meta:
        model = ApprovalForm
        fields = list(lrmx.TAGS)

    def __init__(self, *args, known, **kwargs):
        super().__init__(*args, **kwargs)
        for name in lrmx.TAGS:
            widget = forms.Textarea(attrs={"rows": LONG[name]}) if name in LONG else forms.TextInput()
            widget.attrs["placeholder"] = known.get(name) or "档案里没有，可在此填写"
            self.fields[name].widget = widget

    def stamped(self):
        return [ApprovalForm.objects.filter(person=self.instance.person_id)]

    def groups(self):
        """[(heading, its fields)] in the order of the printed form."""
        return [(heading, [self[name] for name in names]) for heading, names in GROUPS]

    def clean(self):
        cleaned = super().clean()
        for name in MONTHS:  # 1985.06 as it is printed is 198506 as it is kept
            text = (cleaned.get(name) or "").strip()
            plain = text.replace(".", "").replace("-", "")
            cleaned[name] = plain if plain.isdigit() and len(plain) == 6 else text
        return cleaned

    def clean_photo_file(self):
        given = self.cleaned_data["photo_file"]
        if given is None:
            return None
        if given.size > lrmx.MAX_PHOTO:
            raise ValidationError("照片超过 1 MB，请缩小后再上传。")
        content = given.read()
        lrmx.check_photo(content)
        return content

    def filled(self, family):
        """What was typed, as lrmx.Filled."""
        typed, kept = self.cleaned_data, self.instance
        photo = None if typed["drop_photo"] else typed["photo_file"] or kept.photo
        texts = {name: typed[name] for name in lrmx.TAGS}
        return lrmx.Filled(texts, family, kept.id_number or "", photo, kept.others)


class FamilyForm(forms.Form):
    """One line of the family; a line left empty is none."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.update(forms.fields_for_model(FamilyMember, list(lrmx.FAMILY)))

    def clean(self):
        cleaned = super().clean()
        if any(cleaned.values()) and not (cleaned.get("title") or cleaned.get("name")):
            raise ValidationError("请填写称谓或者姓名。")
        return cleaned

    def line(self):
        return {name: self.cleaned_data.get(name, "") for name in lrmx.FAMILY}


def family_forms(kept, data=None):
    """A form a line: those kept, and empty ones up to the room of the printed form."""
    lines = list(kept.family.values(*lrmx.FAMILY)) if kept else []
    lines += [None] * (FAMILY_LINES - len(lines))
    return [FamilyForm(data, prefix=f"family-{place}", initial=line) for place, line in enumerate(lines)]
