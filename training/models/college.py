"""Partner colleges of the 乡村振兴学院 and what can be studied there."""

from decimal import Decimal

from django.db import models

from core.periods import end_not_before_start
from core.scope import ScopedQuerySet
from training.models.degree import DegreeStudy


class PartnerCollege(models.Model):
    division = models.ForeignKey("villages.Division", models.PROTECT, to_field="code", verbose_name="合作单位区划")
    name = models.CharField("院校", max_length=100)
    academy = models.CharField("合作平台", max_length=100, blank=True, help_text="例如：清源乡村振兴学院")
    contact = models.CharField("院校联系部门", max_length=100, blank=True)
    start = models.DateField("合作起")
    end = models.DateField("合作止", null=True, blank=True, help_text="协议的最后一天；长期合作则不填。")
    remarks = models.TextField("备注", blank=True)

    objects = ScopedQuerySet.as_manager()
    scope_path = "division_id"
    scope_shared = True

    class Meta:
        verbose_name = verbose_name_plural = "合作院校"
        ordering = ["division_id", "name", "pk"]
        constraints = [
            end_not_before_start("college"),
            models.UniqueConstraint(
                fields=["division", "name"], name="college_once", violation_error_message="这所合作院校已经有了。"
            ),
        ]

    def __str__(self):
        return self.name


class Major(models.Model):
    college = models.ForeignKey(PartnerCollege, models.CASCADE, verbose_name="合作院校", related_name="majors")
    name = models.CharField("专业", max_length=100)
    target = models.CharField("层次", max_length=16, choices=DegreeStudy.Target.choices)
    study_mode = models.CharField("学习形式", max_length=30, blank=True, help_text="例如：开放教育、函授、自考")
    years = models.DecimalField("学制（年）", max_digits=3, decimal_places=1, default=Decimal("2.5"))
    tuition = models.PositiveIntegerField("学费（元）", null=True, blank=True, help_text="全程合计。")
    subsidy = models.PositiveIntegerField("县级补助（元）", null=True, blank=True, help_text="毕业后每人补助。")

    objects = ScopedQuerySet.as_manager()
    scope_path = "college__division_id"
    scope_shared = True

    class Meta:
        verbose_name = verbose_name_plural = "合作专业"
        ordering = ["college_id", "name", "target", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["college", "name", "target"],
                name="major_once",
                violation_error_message="这所院校这个层次的这个专业已经有了。",
            )
        ]

    def __str__(self):
        return f"{self.name}（{self.get_target_display()}）"
