"""Safeguards (保障) of village cadres: what the county pays for a post in a year, and what a person had in it."""

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery

from core.periods import between, in_force
from core.scope import ScopedQuerySet
from talent.models.appointment import VILLAGE_POST_CHOICES

MONEY = {"max_digits": 10, "decimal_places": 2, "default": 0, "validators": [MinValueValidator(Decimal(0))]}
COVERS = ("pension", "medical", "accident", "housing")
PAID = ("basic_paid", "performance_paid", "allowance_paid")


class SafeguardStandard(models.Model):
    """What somebody in a post is paid in a whole year, in yuan."""

    division = models.ForeignKey("villages.Division", models.PROTECT, to_field="code", verbose_name="单位")
    year = models.PositiveSmallIntegerField("年度")
    post = models.CharField("职务", max_length=30, choices=VILLAGE_POST_CHOICES)
    basic = models.DecimalField("基本报酬（元/年）", **MONEY)
    performance = models.DecimalField("绩效报酬（元/年）", **MONEY)
    allowance = models.DecimalField("补贴（元/年）", **MONEY)
    document_no = models.CharField("依据（文号）", max_length=100)

    objects = ScopedQuerySet.as_manager()
    scope_path = "division_id"
    scope_shared = True

    class Meta:
        verbose_name = verbose_name_plural = "报酬标准"
        ordering = ["division_id", "-year", "post", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["division", "year", "post"], name="safeguard_standard_once",
                violation_error_message="这一年度这个职务的报酬标准已经有了。",
            ),
            models.CheckConstraint(
                condition=Q(basic__gte=0, performance__gte=0, allowance__gte=0, year__range=(1949, 2200)),
                name="safeguard_standard_amounts", violation_error_message="报酬不能是负数，年度填四位年份。",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.year} {self.get_post_display()}"

    @property
    def total(self):
        return self.basic + self.performance + self.allowance


class SafeguardRecordQuerySet(ScopedQuerySet):
    def latest(self, on):
        """The last record of each person among those of the years up to that of the day `on`."""
        mine = SafeguardRecord.objects.filter(between(0, on.year, "year"), person=OuterRef("person"))
        return self.filter(pk=Subquery(mine.order_by("-year").values("pk")[:1]))

    def covered(self, name, on):
        """Latest records whose `name` (one of COVERS) is there and in force on the day `on`."""
        period = in_force(on, via=f"{name}_")
        return self.latest(on).filter(period).exclude(**{f"{name}": "none"}).exclude(**{f"{name}": ""})


def period_fits(name, label):
    """An insurance has its kind, a first day and no last day before it; without one there is no period."""
    start, end, kind = f"{name}_start", f"{name}_end", name
    some = ~Q(**{f"{kind}__in": ("", "none")}) & Q(**{f"{start}__isnull": False})
    ends = Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gte": F(start)})
    return models.CheckConstraint(
        condition=(some & ends) | Q(**{f"{kind}__in": ("", "none"), f"{start}__isnull": True, f"{end}__isnull": True}),
        name=f"safeguard_{name}_period",
        violation_error_message=f"{label}写了类型的要写起始日期，截止不早于起始；没有的不填日期。",
    )


class SafeguardRecord(models.Model):
    """What a cadre was paid and covered by in a year."""

    class Pension(models.TextChoices):
        EMPLOYEE = "employee", "企业职工养老保险"
        RESIDENT = "resident", "城乡居民养老保险"
        NONE = "none", "未参保"

    class Medical(models.TextChoices):
        EMPLOYEE = "employee", "职工医保"
        RESIDENT = "resident", "城乡居民医保"
        NONE = "none", "未参保"

    class Accident(models.TextChoices):
        INSURED = "insured", "已投保"
        NONE = "none", "未投保"

    class Housing(models.TextChoices):
        FLAT = "flat", "周转房"
        SUBSIDY = "subsidy", "住房补贴"
        FUND = "fund", "住房公积金"
        NONE = "none", "没有"

    person = models.ForeignKey("talent.Person", models.PROTECT, verbose_name="人员", related_name="safeguards")
    village = models.ForeignKey(
        "villages.Village", models.PROTECT, to_field="code", verbose_name="村", related_name="safeguards"
    )
    year = models.PositiveSmallIntegerField("年度")
    basic_paid = models.DecimalField("实发基本报酬（元）", **MONEY)
    performance_paid = models.DecimalField("实发绩效报酬（元）", **MONEY)
    allowance_paid = models.DecimalField("实发补贴（元）", **MONEY)
    pension = models.CharField("养老保险", max_length=10, choices=Pension.choices, blank=True)
    pension_start = models.DateField("养老保险起", null=True, blank=True)
    pension_end = models.DateField("养老保险止", null=True, blank=True, help_text="仍在参保的不填。")
    pension_subsidy = models.DecimalField("养老保险补贴（元）", **MONEY)
    medical = models.CharField("医疗保险", max_length=10, choices=Medical.choices, blank=True)
    medical_start = models.DateField("医疗保险起", null=True, blank=True)
    medical_end = models.DateField("医疗保险止", null=True, blank=True)
    accident = models.CharField("意外伤害险", max_length=10, choices=Accident.choices, blank=True)
    accident_start = models.DateField("意外险起", null=True, blank=True)
    accident_end = models.DateField("意外险止", null=True, blank=True)
    checkup_on = models.DateField("体检日期", null=True, blank=True)
    housing = models.CharField("住房保障", max_length=10, choices=Housing.choices, blank=True)
    housing_start = models.DateField("住房保障起", null=True, blank=True)
    housing_end = models.DateField("住房保障止", null=True, blank=True)
    housing_amount = models.DecimalField("住房补贴（元/年）", **MONEY)
    remarks = models.CharField("备注", max_length=200, blank=True)

    objects = SafeguardRecordQuerySet.as_manager()
    scope_path = "village_id"

    class Meta:
        verbose_name = verbose_name_plural = "保障记录"
        ordering = ["-year", "village_id", "pk"]
        indexes = [models.Index(fields=["village", "year"], name="safeguard_village_year")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "year"], name="safeguard_once_a_year",
                violation_error_message="这个人这一年度的保障记录已经有了。",
            ),
            models.CheckConstraint(
                condition=Q(
                    basic_paid__gte=0, performance_paid__gte=0, allowance_paid__gte=0, pension_subsidy__gte=0,
                    housing_amount__gte=0, year__range=(1949, 2200),
                ),
                name="safeguard_amounts", violation_error_message="金额不能是负数，年度填四位年份。",
            ),
            *(period_fits(name, label) for name, label in zip(COVERS, ("养老保险", "医疗保险", "意外险", "住房保障"), strict=True)),
            models.CheckConstraint(
                condition=Q(pension_subsidy=0) | ~Q(pension__in=("", "none")), name="safeguard_pension_subsidy",
                violation_error_message="没有参加养老保险的，不填养老保险补贴。",
            ),
            models.CheckConstraint(
                condition=Q(checkup_on__isnull=True) | Q(checkup_on__year=F("year")), name="safeguard_checkup_in_year",
                violation_error_message="体检日期要在这一年度内。",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.person} {self.year}"

    @property
    def paid(self):
        """Everything paid for the post in the year, in yuan."""
        return sum((getattr(self, name) for name in PAID), Decimal(0))
