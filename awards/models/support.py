"""Support policies (扶持政策) as data: who qualifies, how much, which exclude each other, the year's budget."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least

from core.periods import end_not_before_start, in_force
from core.scope import ScopedQuerySet
from talent.models import Business, EducationLevel, PoliticalStatus, RuralTalent, TalentClass

POSITIVE = {"max_digits": 12, "decimal_places": 2, "validators": [MinValueValidator(Decimal("0.01"))]}
HUNDRED = Decimal(100)
CENT = Decimal("0.01")


class SupportPolicyQuerySet(ScopedQuerySet):
    def open(self, on):
        """Policies that are in force on the day `on`."""
        return self.filter(in_force(on))


class SupportPolicy(models.Model):
    """A policy: the amount is `rate` yuan, `rate` percent of a base, or `rate` yuan a unit, never above `cap`."""

    class Kind(models.TextChoices):
        LOAN = "loan", "创业贷款贴息"
        TAX = "tax", "税收减免"
        LAND = "land", "土地流转优惠"
        ONE_OFF = "one_off", "一次性补贴"
        OTHER = "other", "其他"

    class Formula(models.TextChoices):
        FIXED = "fixed", "固定金额"
        PERCENT = "percent", "按基数的比例"
        PER_UNIT = "per_unit", "按数量"

    division = models.ForeignKey("villages.Division", models.PROTECT, to_field="code", verbose_name="单位")
    name = models.CharField("政策", max_length=50)
    kind = models.CharField("类型", max_length=8, choices=Kind.choices)
    document_no = models.CharField("文号", max_length=100)
    start = models.DateField("执行开始")
    end = models.DateField("执行截止", null=True, blank=True, help_text="最后一天；长期执行的不填。")
    formula = models.CharField("计算办法", max_length=8, choices=Formula.choices)
    rate = models.DecimalField(
        "标准", help_text="固定金额填元；按比例填百分数，例如 50；按数量填每单位多少元。", **POSITIVE
    )
    base = models.CharField(
        "基数或单位", max_length=30, blank=True, help_text="按比例的写基数，例如：当年付息；按数量的写单位，例如：亩。"
    )
    cap = models.DecimalField("每次最高（元）", null=True, blank=True, help_text="不封顶的不填。", **POSITIVE)
    repeat_years = models.PositiveSmallIntegerField(
        "再次享受间隔（年）", default=0, help_text="0 为只能享受一次；1 为每年可以享受一次。"
    )
    exclusion_group = models.CharField(
        "互斥组", max_length=30, blank=True, help_text="写同一组名的政策，一人一年只能享受其中一项。"
    )
    clean_record = models.BooleanField(
        "要求没有影响期内的处分", default=True, help_text="按县级联审、后备退出和廉政记录核对；只说有没有，不说是什么。"
    )
    remarks = models.CharField("备注", max_length=200, blank=True)

    objects = SupportPolicyQuerySet.as_manager()
    scope_path = "division_id"
    scope_shared = True

    class Meta:
        verbose_name = verbose_name_plural = "扶持政策"
        ordering = ["division_id", "-start", "name", "pk"]
        constraints = [
            end_not_before_start("support_policy"),
            models.UniqueConstraint(
                fields=["division", "name", "start"], name="support_policy_once",
                violation_error_message="这项政策已经登记。",
            ),
            models.CheckConstraint(
                condition=Q(rate__gt=0) & (Q(cap__isnull=True) | Q(cap__gt=0)) & (~Q(formula="percent") | Q(rate__lte=100)),
                name="support_policy_rate", violation_error_message="标准要大于 0，比例不超过 100，封顶金额要大于 0。",
            ),
            models.CheckConstraint(
                condition=Q(formula="fixed", base="") | (~Q(formula="fixed") & ~Q(base="")), name="support_policy_base",
                violation_error_message="按比例的写明基数，按数量的写明单位；固定金额的不填。",
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.name

    def amount(self, base):
        """What an application with this base or number of units comes to, in yuan; None where the base is needed and missing."""
        if self.formula != self.Formula.FIXED and base is None:
            return None
        full = {
            self.Formula.FIXED: lambda: self.rate,
            self.Formula.PERCENT: lambda: self.rate * base / HUNDRED,
            self.Formula.PER_UNIT: lambda: self.rate * base,
        }[self.formula]()
        return (full if self.cap is None else min(full, self.cap)).quantize(CENT)

    @property
    def formula_text(self):
        rate = f"{self.rate.normalize():,f}"
        text = {
            self.Formula.FIXED: f"{rate} 元",
            self.Formula.PERCENT: f"{self.base}的 {rate}%",
            self.Formula.PER_UNIT: f"每{self.base} {rate} 元",
        }[self.formula]
        return text if self.cap is None else f"{text}，最高 {self.cap.normalize():,f} 元"


class SupportExclusionQuerySet(ScopedQuerySet):
    def of(self, policy):
        """The pairs that a policy is in."""
        return self.filter(Q(first=policy) | Q(second=policy))


class SupportExclusion(models.Model):
    """Two policies of which one person may not have both; one row a pair, whichever is named first."""

    class Span(models.TextChoices):
        YEAR = "year", "同一年度只能享受一项"
        EVER = "ever", "享受过一项就不能再享受另一项"

    first = models.ForeignKey(SupportPolicy, models.CASCADE, verbose_name="政策", related_name="excluded_after")
    second = models.ForeignKey(SupportPolicy, models.CASCADE, verbose_name="互斥的政策", related_name="excluded_before")
    span = models.CharField("怎样互斥", max_length=4, choices=Span.choices, default=Span.YEAR)

    objects = SupportExclusionQuerySet.as_manager()
    scope_path = "first__division_id"
    scope_shared = True

    class Meta:
        verbose_name = verbose_name_plural = "互斥政策"
        ordering = ["first_id", "second_id"]
        constraints = [
            models.UniqueConstraint(
                Least("first", "second"), Greatest("first", "second"), name="support_exclusion_once",
                violation_error_message="这两项政策已经登记为互斥。",
            ),
            models.CheckConstraint(
                condition=~Q(first=F("second")), name="support_exclusion_of_two",
                violation_error_message="请选择另一项政策。",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.first}、{self.second}"

    def other(self, policy):
        """The policy of the pair that is not `policy`."""
        return self.second if self.first_id == policy.pk else self.first


class SupportCondition(models.Model):
    """One condition of a policy; somebody qualifies who meets all of them. `words` are alternatives."""

    class Kind(models.TextChoices):
        AGE = "age", "年龄（周岁）"
        EDUCATION = "education", "学历不低于"
        ORIGIN = "origin", "引育方式"
        TALENT_CLASS = "talent_class", "人才大类"
        TAG = "tag", "身份标签"
        ROLE = "role", "身份"
        RETURNED = "returned", "来（返）乡不超过（年）"
        HOUSEHOLDS = "households", "带动户数（户）"
        PARTY = "party", "政治面貌"
        BUSINESS = "business", "经营类型"

    class Role(models.TextChoices):
        SERVING = "serving", "在任村干部"
        RESERVE = "reserve", "村级后备干部"
        TALENT = "talent", "在库乡村人才"

    NUMBERS = ("age", "returned", "households")
    policy = models.ForeignKey(SupportPolicy, models.CASCADE, verbose_name="扶持政策", related_name="conditions")
    kind = models.CharField("条件", max_length=12, choices=Kind.choices)
    least = models.PositiveSmallIntegerField("不少于", null=True, blank=True)
    most = models.PositiveSmallIntegerField("不超过", null=True, blank=True)
    words = models.CharField("其中之一", max_length=200, blank=True, help_text="几项用顿号隔开，满足一项即可。")

    objects = ScopedQuerySet.as_manager()
    scope_path = "policy__division_id"
    scope_shared = True

    class Meta:
        verbose_name = verbose_name_plural = "扶持政策条件"
        ordering = ["policy_id", "kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["policy", "kind"], name="support_condition_once",
                violation_error_message="这项政策的这个条件已经有了，请修改原来的。",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=("age", "returned", "households"), words="")
                & (Q(least__isnull=False) | Q(most__isnull=False))
                | ~Q(kind__in=("age", "returned", "households")) & ~Q(words="") & Q(least__isnull=True, most__isnull=True),
                name="support_condition_whole",
                violation_error_message="年龄、年限、户数填“不少于”或“不超过”，其他条件填“其中之一”。",
            ),
            models.CheckConstraint(
                condition=Q(least__isnull=True) | Q(most__isnull=True) | Q(most__gte=F("least")),
                name="support_condition_range", violation_error_message="“不超过”小于“不少于”，请核对。",
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.text

    @classmethod
    def options(cls, kind):
        """{label: code} that the words of a kind may be; None where any word is good."""
        choices = {
            cls.Kind.EDUCATION: EducationLevel, cls.Kind.ORIGIN: RuralTalent.Origin, cls.Kind.TALENT_CLASS: TalentClass,
            cls.Kind.ROLE: cls.Role, cls.Kind.BUSINESS: Business,
            cls.Kind.PARTY: PoliticalStatus,
        }.get(kind)  # fmt: skip
        return None if choices is None else {label: code for code, label in choices.choices}

    def clean(self):
        """Words of a closed set are written as its labels."""
        self.words = "、".join(word.strip() for word in self.words.replace("，", "、").split("、") if word.strip())
        known = self.options(self.kind)
        if self.words and known is not None and (odd := [one for one in self.words.split("、") if one not in known]):
            raise ValidationError({"words": f"“{odd[0]}”不是可选的内容，请填：{'、'.join(known)}。"})
        if self.kind == self.Kind.EDUCATION and "、" in self.words:
            raise ValidationError({"words": "学历只写一个，表示不低于它。"})

    @property
    def codes(self):
        """The words as what the ledger keeps."""
        known = self.options(self.kind) or {}
        return tuple(known.get(word, word) for word in self.words.split("、") if word)

    @property
    def text(self):
        if self.kind not in self.NUMBERS:
            return f"{self.get_kind_display()}：{self.words}"
        ends = [
            f"不少于 {self.least}" if self.least is not None else "",
            f"不超过 {self.most}" if self.most is not None else "",
        ]
        return f"{self.get_kind_display()}{'，'.join(filter(None, ends))}"


class SupportBudget(models.Model):
    """How much a policy may grant in a year. `granted` is what its approvals of the year come to; the database keeps it
    within the budget."""

    policy = models.ForeignKey(SupportPolicy, models.PROTECT, verbose_name="扶持政策", related_name="budgets")
    year = models.PositiveSmallIntegerField("年度")
    amount = models.DecimalField("预算（元）", **POSITIVE)
    document_no = models.CharField("预算依据", max_length=100)
    granted = models.DecimalField("已批准（元）", max_digits=12, decimal_places=2, default=0, editable=False)

    objects = ScopedQuerySet.as_manager()
    scope_path = "policy__division_id"
    scope_shared = True

    class Meta:
        verbose_name = verbose_name_plural = "扶持政策预算"
        ordering = ["policy_id", "-year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["policy", "year"], name="support_budget_once",
                violation_error_message="这一年度的预算已经登记。",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0, year__range=(1949, 2200)), name="support_budget_amount",
                violation_error_message="预算应大于 0，年度填四位年份。",
            ),
            models.CheckConstraint(
                condition=Q(granted__gte=0, granted__lte=F("amount")), name="support_budget_not_exceeded",
                violation_error_message="批准的金额超过了这一年度的预算。",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.policy} {self.year}"
