"""Forms of award rounds and what follows them."""

from django import forms
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator

from awards.models import AwardJudge, AwardObjection, AwardRound, AwardScheme, DepartmentOpinion, Nomination
from awards.parameters.awards import DEPARTMENTS
from core.admin.forms import DateInput, MaskedField
from core.dates import within_reach
from core.fields import digest
from core.forms import RowForm
from core.identity import mask_phone
from talent.models import Person
from villages.models import Division, Village

INDIVIDUALS, COLLECTIVES = "individuals_", "collectives_"
MOST = 999
LONGEST_DEEDS = 2000  # of the form 表彰对象推荐表


class DayField(forms.DateField):
    """A date that the ledger can reckon from."""

    def __init__(self, **kwargs):
        super().__init__(widget=DateInput, validators=[within_reach], **kwargs)


class SchemeForm(RowForm):
    class Meta:
        model = AwardScheme
        fields = ("name", "level", "approval_no", "individual_places", "collective_places", "remarks")
        widgets = {"remarks": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args, division, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.instance.division = division


class RoundForm(RowForm):
    """A round, and how many each township may nominate in it."""

    class Meta:
        model = AwardRound
        fields = (
            "scheme", "year", "name", "document_no", "opens_on", "closes_on", "individual_places", "collective_places",
            "individual_bonus", "collective_bonus", "material", "honours", "remarks",
        )  # fmt: skip
        widgets = {"opens_on": DateInput, "closes_on": DateInput, "remarks": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("opens_on", "closes_on"):
            self.fields[name].validators.append(within_reach)
        self.fields["scheme"].queryset = AwardScheme.objects.below(user.division_id).order_by("name", "pk")
        kept = {row.township_id: row for row in self.instance.quotas.order_by("pk")} if self.instance.pk else {}
        self.townships = list(Division.objects.townships().below(user.division_id).order_by("code"))
        for township in self.townships:
            quota = kept.get(township.code)
            self._quota(INDIVIDUALS, township, "个人", quota and quota.individuals)
            self._quota(COLLECTIVES, township, "集体", quota and quota.collectives)

    def _quota(self, prefix, township, word, initial):
        self.fields[prefix + township.code] = forms.IntegerField(
            label=f"{township.name}（{word}）", required=False, min_value=0, max_value=MOST, initial=initial
        )

    def quotas(self):
        """{township code: (individuals, collectives)} of the townships of which one of the two was filled in."""
        typed = {
            one.code: (self.cleaned_data.get(INDIVIDUALS + one.code), self.cleaned_data.get(COLLECTIVES + one.code))
            for one in self.townships
        }
        return {code: tuple(number or 0 for number in pair) for code, pair in typed.items() if pair != (None, None)}

    @property
    def round_fields(self):
        return [self[name] for name in self.fields if not name.startswith((INDIVIDUALS, COLLECTIVES))]

    @property
    def quota_fields(self):
        return [self[name] for name in self.fields if name.startswith((INDIVIDUALS, COLLECTIVES))]


class NominationForm(RowForm):
    """A nomination of one type by a township; `village` narrows the people to choose from."""

    class Meta:
        model = Nomination
        fields = (
            "person", "collective", "unit", "category", "achievements", "leader_name", "member_count", "phone", "remarks",
        )  # fmt: skip
        widgets = {
            "achievements": forms.Textarea(attrs={"rows": 8}),
            "remarks": forms.Textarea(attrs={"rows": 2}),
        }

    OF_INDIVIDUAL = ("person", "unit", "category", "achievements", "remarks")
    OF_COLLECTIVE = ("collective", "category", "achievements", "leader_name", "member_count", "phone", "remarks")

    def __init__(self, *args, people=None, **kwargs):
        super().__init__(*args, **kwargs)
        individual = self.instance.nominee_type == Nomination.Type.INDIVIDUAL
        wanted = self.OF_INDIVIDUAL if individual else self.OF_COLLECTIVE
        for name in set(self.fields) - set(wanted):
            del self.fields[name]
        if "phone" in self.fields:
            label = Nomination._meta.get_field("phone").verbose_name
            self.fields["phone"] = MaskedField(label=label, required=False, mask=mask_phone, empty_value=None)
            self.fields["phone"].kept = self.instance.phone
        if self.instance.pk:
            self.fields.pop("person", None)
            self.fields.pop("collective", None)
        elif individual:
            self.fields["person"].queryset = Person.objects.none() if people is None else people
            self.fields["person"].required = True
        else:
            self.fields["collective"].required = True
        self.fields["achievements"].help_text = f"突出事迹和数据，{LONGEST_DEEDS} 字以内。"
        self.fields["achievements"].validators.append(MaxLengthValidator(LONGEST_DEEDS))


class PlaceForm(forms.Form):
    """Of which village somebody or a collective is nominated."""

    village = forms.ModelChoiceField(Village.objects.none(), label="所在村", to_field_name="code", empty_label="请选择")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        found = Village.objects.visible_to(user).select_related("township")
        self.fields["village"].queryset = found.order_by("code")
        self.fields["village"].label_from_instance = lambda village: f"{village.township.name} {village.name}"


class ReasonForm(forms.Form):
    reason = forms.CharField(label="原因", min_length=2, max_length=200)


class VerdictForm(forms.Form):
    """Eligibility by hand."""

    verdict = forms.ChoiceField(label="审核结论", choices=Nomination.Eligibility.choices[1:])
    reasons = forms.CharField(
        label="审核意见", min_length=2, max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="人工认定要写理由，例如：处分影响期已满，见纪委函。",
    )  # fmt: skip


class OpinionForm(RowForm):
    """What a department says of the ticked nominations."""

    left_out = ("nomination",)

    use_required_attribute = False
    department = forms.ChoiceField(label="部门")

    class Meta:
        model = DepartmentOpinion
        fields = ("department", "opinion", "reason", "document_no", "given_on")
        widgets = {"given_on": DateInput}

    def __init__(self, *args, on, **kwargs):
        super().__init__(*args, prefix="opinion", **kwargs)
        self.fields["department"].choices = [(one, one) for one in DEPARTMENTS.value(on)]
        self.fields["opinion"].choices = DepartmentOpinion.Opinion.choices
        self.fields["given_on"].validators.append(within_reach)
        self.fields["given_on"].initial = on

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("opinion") == DepartmentOpinion.Opinion.REFUSED and not cleaned.get("reason"):
            self.add_error("reason", "部门不同意的，请写明具体情况。")
        return cleaned


class PublicityForm(forms.Form):
    use_required_attribute = False
    on = DayField(label="公示开始")
    place = forms.CharField(label="公示地点", max_length=100, help_text="例如：县政府门户网站、各乡镇政务公开栏")
    contact = forms.CharField(label="受理单位和电话", max_length=100)

    def __init__(self, *args, on, **kwargs):
        super().__init__(*args, prefix="publicity", initial={"on": on}, **kwargs)


class DecisionForm(forms.Form):
    use_required_attribute = False
    on = DayField(label="表彰日期")
    document_no = forms.CharField(label="表彰文号", max_length=50)
    recheck = forms.CharField(
        label="资格复核说明", max_length=300, required=False,
        help_text="资格审核之后台账有了不利的新情况、经研究仍要表彰的才填",
    )  # fmt: skip

    def __init__(self, *args, on, **kwargs):
        super().__init__(*args, prefix="decision", initial={"on": on}, **kwargs)


class CertifyForm(forms.Form):
    use_required_attribute = False
    on = DayField(label="发证日期")

    def __init__(self, *args, on, **kwargs):
        super().__init__(*args, prefix="certify", initial={"on": on}, **kwargs)


class JudgeForm(RowForm):
    """A judge; a person of the ledger is named by the ID number, so that relatives are known."""

    id_number = forms.CharField(
        label="身份证号",
        max_length=30,
        required=False,
        help_text="评委在台账里有档案的填，用来查近亲属回避；不保存号码。",
    )

    class Meta:
        model = AwardJudge
        fields = ("name", "unit", "village")

    def __init__(self, *args, held, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.instance.round = user, held
        villages = Village.objects.visible_to(user).select_related("township").order_by("code")
        self.fields["village"].queryset = villages
        self.fields["village"].label_from_instance = lambda village: f"{village.township.name} {village.name}"

    def clean_id_number(self):
        number = "".join(self.cleaned_data["id_number"].split())
        if not number:
            return ""
        found = Person.objects.visible_to(self.user).filter(id_digest=digest(number)).first()
        if found is None:
            raise forms.ValidationError("台账里没有这个身份证号的人，没有档案的不填。")
        self.instance.person = found
        return ""


class ScoreForm(forms.Form):
    """Points of one judge for every nomination: a number, or why the judge stands aside."""

    def __init__(self, *args, nominations, kept, barred, **kwargs):
        super().__init__(*args, **kwargs)
        self.nominations, self.barred = nominations, barred
        for row in nominations:
            if row.pk in barred:
                continue
            score = kept.get(row.pk)
            self.fields[f"points_{row.pk}"] = forms.DecimalField(
                label=f"{row.nominee}得分", required=False, max_digits=5, decimal_places=2, initial=score and score.points,
                validators=[MinValueValidator(0), MaxValueValidator(100)],
            )  # fmt: skip
            self.fields[f"recusal_{row.pk}"] = forms.CharField(
                label=f"{row.nominee}回避原因", required=False, max_length=100, initial=score and score.recusal
            )

    def clean(self):
        cleaned = super().clean()
        for row in self.nominations:
            if cleaned.get(f"points_{row.pk}") is not None and cleaned.get(f"recusal_{row.pk}"):
                self.add_error(f"points_{row.pk}", "要么打分，要么写回避原因，不能都填。")
        return cleaned

    def given(self):
        """{nomination: (points, recusal)} of what was filled in, and of whoever is barred."""
        return {
            row: (self.cleaned_data.get(f"points_{row.pk}"), self.cleaned_data.get(f"recusal_{row.pk}", ""))
            for row in self.nominations
        }

    def lines(self):
        """(nomination, field of points, field of recusal, why barred) of every row."""
        return [
            {"row": row, "barred": self.barred[row.pk]}
            if row.pk in self.barred
            else {"row": row, "points": self[f"points_{row.pk}"], "recusal": self[f"recusal_{row.pk}"], "barred": ""}
            for row in self.nominations
        ]


class ObjectionForm(RowForm):
    class Meta:
        model = AwardObjection
        fields = ("nomination", "received_on", "channel", "content")
        widgets = {"received_on": DateInput, "content": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, notice, **kwargs):
        super().__init__(*args, **kwargs)
        people = notice.nominations.select_related("person").order_by("township_id", "pk")
        self.fields["nomination"].queryset = people
        self.fields["nomination"].label_from_instance = lambda row: row.nominee
        self.fields["received_on"].validators.append(within_reach)
        self.fields["content"].help_text = "只写反映的事，不写反映人的姓名和电话。"


class AnswerForm(RowForm):
    class Meta:
        model = AwardObjection
        fields = ("finding", "handling", "closed_on")
        widgets = {"closed_on": DateInput, "handling": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = True
        self.fields["closed_on"].validators.append(within_reach)


class WithdrawalForm(forms.Form):
    on = DayField(label="撤销日期")
    document_no = forms.CharField(label="撤销文号", max_length=50)
    reason = forms.CharField(label="撤销原因", min_length=2, max_length=200)


class VerifyForm(forms.Form):
    number = forms.CharField(label="证书编号", max_length=30, help_text="照证书上的填，例如 990121-BZ2024-00001。")
    code = forms.CharField(label="校验码", max_length=20, help_text="12 位，不分大小写，中间的短横可以不填。")
