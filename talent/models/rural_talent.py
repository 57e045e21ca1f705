"""Rural talents (乡村人才): who is in the county's pool, and for what."""

from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q

from core.periods import NoOverlap, date_range, end_not_before_start, in_force
from core.ranges import id_range_of
from core.scope import ScopedQuerySet


class RuralTalentQuerySet(ScopedQuerySet):
    def in_pool(self, on):
        """Talents in the pool on `on`."""
        return self.filter(in_force(on))


class RuralTalent(models.Model):
    """A place in the pool of talents; one person has one at a time."""

    class Category(models.TextChoices):
        """农村实用人才 as the agriculture offices class them."""

        PRODUCTION = "production", "生产型"
        BUSINESS = "business", "经营型"
        SKILL = "skill", "技能型"
        SERVICE = "service", "社会服务型"
        GOVERNANCE = "governance", "治理型"
        OTHER = "other", "其他"

    person = models.ForeignKey("talent.Person", models.PROTECT, verbose_name="人员", related_name="talents")
    village = models.ForeignKey(
        "villages.Village", models.PROTECT, to_field="code", verbose_name="村", related_name="talents"
    )
    category = models.CharField("人才类别", max_length=12, choices=Category.choices, blank=True)
    specialty = models.CharField("专业特长", max_length=200, blank=True)
    is_demonstration = models.BooleanField("示范户", default=False)
    start = models.DateField("入库时间")
    end = models.DateField("出库时间", null=True, blank=True, help_text="在库的最后一天；仍在库则不填。")
    end_reason = models.CharField("出库原因", max_length=100, blank=True)
    remarks = models.TextField("备注", blank=True)

    objects = RuralTalentQuerySet.as_manager()
    scope_path = "village_id"

    class Meta:
        verbose_name = verbose_name_plural = "乡村人才"
        ordering = ["village_id", "category", "-start", "pk"]
        indexes = [models.Index(fields=["village", "category", "start"], name="talent_village_category")]
        constraints = [
            end_not_before_start("talent"),
            models.CheckConstraint(
                condition=Q(end_reason="") | Q(end__isnull=False),
                name="talent_reason_needs_end",
                violation_error_message="填了出库原因，请一并填写出库时间。",
            ),
            NoOverlap(
                name="talent_no_overlap",
                expressions=[
                    (id_range_of("person"), RangeOperators.OVERLAPS),
                    (date_range(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="这个人在这段时间已在乡村人才库中。",
            ),
        ]

    def __str__(self):
        return f"{self.person} {self.village} {self.get_category_display()}"
