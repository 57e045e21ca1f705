"""Periodic checks (定期检查、专项督查): what is looked at, what was found where, and its follow-up until it is closed."""

from django.db import models
from django.db.models import Q

from core.dates import within_reach
from core.periods import dated_after, dated_by
from core.scope import ScopedQuerySet


class Inspection(models.Model):
    """One check of a division's villages."""

    class Kind(models.TextChoices):
        PERIODIC = "periodic", "定期检查"
        SPECIAL = "special", "专项督查"
        RANDOM = "random", "随机抽查"

    division = models.ForeignKey("villages.Division", models.PROTECT, to_field="code", verbose_name="检查单位")
    name = models.CharField("名称", max_length=60, help_text="例如：2025年第一季度村干部履职检查")
    kind = models.CharField("方式", max_length=10, choices=Kind.choices, default=Kind.PERIODIC)
    on = models.DateField("检查日期", validators=[within_reach])
    inspectors = models.CharField("检查人员", max_length=100)
    document_no = models.CharField("通知文号", max_length=50, blank=True)

    objects = ScopedQuerySet.as_manager()
    scope_path = "division_id"
    scope_shared = True

    class Meta:
        verbose_name = verbose_name_plural = "监督检查"
        ordering = ["-on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["division", "name"], name="inspection_once", violation_error_message="这次检查已经登记。"
            )
        ]

    def __str__(self):
        return self.name


class InspectionItem(models.Model):
    """Something that a check looks at."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, verbose_name="监督检查", related_name="items")
    title = models.CharField("检查事项", max_length=60)

    objects = ScopedQuerySet.as_manager()
    scope_path = "inspection__division_id"
    scope_shared = True

    class Meta:
        verbose_name = verbose_name_plural = "检查事项"
        ordering = ["inspection_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "title"],
                name="inspection_item_once",
                violation_error_message="这个检查事项已经有了。",
            )
        ]

    def __str__(self):
        return self.title


class InspectionFindingQuerySet(ScopedQuerySet):
    def open(self, on):
        """What was found by `on` and not closed by then."""
        return self.filter(dated_by(on, "inspection__on")).filter(
            Q(closed_on__isnull=True) | dated_after(on, "closed_on")
        )


class InspectionFinding(models.Model):
    """A problem found in a village; open until the county has seen it put right (销号)."""

    item = models.ForeignKey(InspectionItem, models.PROTECT, verbose_name="检查事项", related_name="findings")
    inspection = models.ForeignKey(Inspection, models.PROTECT, verbose_name="监督检查", related_name="findings")
    village = models.ForeignKey(
        "villages.Village", models.PROTECT, to_field="code", verbose_name="村", related_name="inspection_findings"
    )
    problem = models.CharField("发现的问题", max_length=200)
    responsible = models.CharField("整改责任人", max_length=50)
    due = models.DateField("整改期限", validators=[within_reach])
    closed_on = models.DateField("销号日期", null=True, blank=True, editable=False)
    result = models.CharField("整改结果", max_length=200, blank=True, editable=False)

    objects = InspectionFindingQuerySet.as_manager()
    scope_path = "village_id"

    class Meta:
        verbose_name = verbose_name_plural = "检查发现的问题"
        ordering = ["inspection_id", "village_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "village", "problem"], name="inspection_finding_once",
                violation_error_message="这个村的这个问题已经登记。",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, result="") | (Q(closed_on__isnull=False) & ~Q(result="")),
                name="inspection_finding_closed_whole", violation_error_message="销号要写明日期和整改结果。",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.inspection} {self.village} {self.problem}"


class InspectionFollowUp(models.Model):
    """What was done about a finding on a day."""

    finding = models.ForeignKey(InspectionFinding, models.PROTECT, verbose_name="问题", related_name="follow_ups")
    on = models.DateField("日期", validators=[within_reach])
    done = models.CharField("整改进展", max_length=200)
    by_unit = models.CharField("填报单位", max_length=60, blank=True)

    objects = ScopedQuerySet.as_manager()
    scope_path = "finding__village_id"

    class Meta:
        verbose_name = verbose_name_plural = "整改跟踪"
        ordering = ["finding_id", "on", "pk"]

    def __str__(self):
        return f"{self.finding} {self.on:%Y-%m-%d}"
