"""What hangs on people sent in: yearly assessments, service visits of technical specialists, secondments (挂职)."""

from django.contrib.postgres.fields import RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import StrIndex
from django.db.models.lookups import Exact

from core.periods import NoOverlap, date_range, end_not_before_start, in_force, length_in_days
from core.ranges import id_range_of
from core.scope import ScopedQuerySet


class StationingAssessment(models.Model):
    """How a stay was judged for one year; the grades are a list that the county sets."""

    stationing = models.ForeignKey("talent.Stationing", models.CASCADE, verbose_name="派驻", related_name="assessments")
    year = models.PositiveSmallIntegerField("考核年度")
    grade = models.CharField("考核等次", max_length=40)
    remarks = models.TextField("考核意见", blank=True)

    objects = ScopedQuerySet.as_manager()
    scope_path = "stationing__village_id"

    class Meta:
        verbose_name = verbose_name_plural = "驻村年度考核"
        ordering = ["stationing_id", "-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["stationing", "year"], name="assessment_once_a_year",
                violation_error_message="这一年度的考核已经登记了。",
            ),
            models.CheckConstraint(
                condition=Q(year__range=(1949, 2200)), name="assessment_year",
                violation_error_message="考核年度请填四位年份。",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.stationing} {self.year} 年度"

    def clean(self):
        stay = self.stationing if self.stationing_id else None
        if stay and self.year and not stay.start.year <= self.year <= (stay.end.year if stay.end else self.year):
            raise ValidationError({"year": f"{self.year} 年不在这段派驻之内，请核对年度。"})


class ServiceVisit(models.Model):
    """A technical specialist (科技特派员) at work in a village: one day, or several days running."""

    person = models.ForeignKey("talent.Person", models.PROTECT, verbose_name="人员", related_name="service_visits")
    village = models.ForeignKey(
        "villages.Village", models.PROTECT, to_field="code", verbose_name="服务村", related_name="service_visits"
    )
    start = models.DateField("服务日期")
    end = models.DateField("至", help_text="只有一天的填同一天。")
    days = models.PositiveSmallIntegerField("服务天数", help_text="实际在村的天数，不超过起止日期之间的天数。")
    work = models.CharField("服务内容", max_length=200)
    served = models.PositiveIntegerField("服务人次", null=True, blank=True)
    remarks = models.TextField("备注", blank=True)

    objects = ScopedQuerySet.as_manager()
    scope_path = "village_id"

    class Meta:
        verbose_name = verbose_name_plural = "科技特派员服务"
        ordering = ["-start", "village_id", "pk"]
        indexes = [models.Index(fields=["person", "start"], name="visit_person_start")]
        constraints = [
            end_not_before_start("visit"),
            models.CheckConstraint(
                condition=Q(end__lt=F("start")) | (Q(days__gte=1) & Q(days__lte=length_in_days())),
                name="visit_days_fit",
                violation_error_message="服务天数至少 1 天，且不能多于起止日期之间的天数。",
            ),
            models.CheckConstraint(
                condition=Q(start__year=F("end__year")),
                name="visit_within_a_year",
                violation_error_message="跨年度的服务请按年度分成两条，便于按年度统计。",
            ),
        ]

    def __str__(self):
        return f"{self.person} {self.village} {self.start}"


class SecondmentQuerySet(ScopedQuerySet):
    def serving(self, on):
        """Secondments in force on `on`."""
        return self.filter(in_force(on))


class Secondment(models.Model):
    """A post held for a time away from home: down to a village or township, up to an office, or across to another village."""

    class Kind(models.TextChoices):
        DOWN = "down", "下派"
        UP = "up", "上挂"
        ACROSS = "across", "跨村"

    person = models.ForeignKey("talent.Person", models.PROTECT, verbose_name="人员", related_name="secondments")
    kind = models.CharField("挂职类型", max_length=8, choices=Kind.choices)
    division = models.ForeignKey(
        "villages.Division", models.PROTECT, to_field="code", verbose_name="管理区划", related_name="secondments",
        help_text="由哪里管理这次挂职：挂在村的是那个村的乡镇，上挂的是送出的乡镇，县里统管的是县。",
    )  # fmt: skip
    village = models.ForeignKey(
        "villages.Village", models.PROTECT, to_field="code", null=True, blank=True, verbose_name="挂职村",
        related_name="secondments", help_text="挂在村里才填。",
    )  # fmt: skip
    home_unit = models.CharField("原单位", max_length=100)
    home_post = models.CharField("原单位职务", max_length=100, blank=True)
    host_unit = models.CharField("挂职单位", max_length=100)
    host_post = models.CharField("挂任职务", max_length=100, blank=True)
    mentor = models.CharField("结对导师", max_length=100, blank=True)
    start = models.DateField("挂职开始")
    due = models.DateField("计划期满", null=True, blank=True, help_text="一般 1 至 2 年。")
    end = models.DateField("挂职结束", null=True, blank=True, help_text="挂职的最后一天；仍在挂职则不填。")
    grade = models.CharField("考核等次", max_length=40, blank=True)
    appraisal = models.TextField("挂职鉴定", blank=True)
    remarks = models.TextField("备注", blank=True)

    objects = SecondmentQuerySet.as_manager()
    scope_path = "division_id"

    class Meta:
        verbose_name = verbose_name_plural = "挂职锻炼"
        ordering = ["division_id", "-start", "pk"]
        indexes = [models.Index(fields=["division", "start"], name="secondment_division_start")]
        constraints = [
            end_not_before_start("secondment"),
            models.CheckConstraint(
                condition=Q(due__isnull=True) | Q(due__gte=F("start")),
                name="secondment_due_not_before_start",
                violation_error_message="计划期满早于挂职开始，请核对两个日期。",
            ),
            models.CheckConstraint(
                condition=Q(village__isnull=True) | Q(Exact(StrIndex(F("village"), F("division")), 1)),
                name="secondment_village_in_division",
                violation_error_message="挂职村不在所填的管理区划内，请核对。",
            ),
            models.CheckConstraint(
                condition=~Q(kind="across") | Q(village__isnull=False),
                name="secondment_across_has_village",
                violation_error_message="跨村挂职请填写挂职村。",
            ),
            NoOverlap(
                name="secondment_no_overlap",
                expressions=[(id_range_of("person"), RangeOperators.OVERLAPS), (date_range(), RangeOperators.OVERLAPS)],
                violation_error_message="这个人在这段时间已有一次挂职，请先结束原来的，或核对日期。",
            ),
        ]

    def __str__(self):
        return f"{self.person} {self.host_unit} {self.get_kind_display()}"
