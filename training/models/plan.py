"""The yearly training plan, line by line."""

from django.db import models
from django.db.models import Q

from core.scope import ScopedQuerySet
from training.models.session import TrainingSession


class TrainingPlan(models.Model):
    division = models.ForeignKey("villages.Division", models.PROTECT, to_field="code", verbose_name="制定单位区划")
    year = models.PositiveSmallIntegerField("年度")
    document_no = models.CharField("文号", max_length=50, blank=True)
    remarks = models.TextField("备注", blank=True)

    objects = ScopedQuerySet.as_manager()
    scope_path = "division_id"
    scope_shared = True

    class Meta:
        verbose_name = verbose_name_plural = "年度培训计划"
        ordering = ["-year", "division_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["division", "year"],
                name="training_plan_once_a_year",
                violation_error_message="这一年度的培训计划已经有了。",
            ),
            models.CheckConstraint(
                condition=Q(year__gte=2000, year__lte=2100),
                name="training_plan_year",
                violation_error_message="年度请填四位年份，例如 2026。",
            ),
        ]

    def __str__(self):
        return f"{self.year} 年度培训计划"


class PlanLine(models.Model):
    """A kind of class that the year is to hold: how often, for whom, for how many."""

    plan = models.ForeignKey(TrainingPlan, models.CASCADE, verbose_name="年度培训计划", related_name="lines")
    name = models.CharField("班次", max_length=100)
    topic = models.ForeignKey(
        "training.Topic", models.PROTECT, null=True, blank=True, verbose_name="培训专题", related_name="plan_lines"
    )
    class_type = models.CharField("培训对象", max_length=14, choices=TrainingSession.ClassType.choices)
    classes = models.PositiveSmallIntegerField("期数", default=1)
    people = models.PositiveIntegerField("人次")
    month = models.PositiveSmallIntegerField("计划月份", help_text="填 1 到 12；分几个月办的填第一期的月份。")
    hours = models.DecimalField("每期学时", max_digits=5, decimal_places=1, default=0)
    budget = models.PositiveIntegerField("预算（元）", default=0)

    objects = ScopedQuerySet.as_manager()
    scope_path = "plan__division_id"
    scope_shared = True

    class Meta:
        verbose_name = verbose_name_plural = "培训计划班次"
        ordering = ["plan_id", "month", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "name"], name="plan_line_once", violation_error_message="这一年度的计划里已有这个班次。"
            ),
            models.CheckConstraint(
                condition=Q(month__gte=1, month__lte=12),
                name="plan_line_month",
                violation_error_message="计划月份请填 1 到 12。",
            ),
        ]

    def __str__(self):
        return f"{self.name}（{self.month} 月）"
