"""Standing awards of a division."""

from django.db import models
from django.db.models import Q

from core.scope import ScopedQuerySet


class AwardScheme(models.Model):
    """A standing award of a division (表彰项目), with the number of its approval."""

    class Level(models.TextChoices):
        NATIONAL = "national", "国家"
        PROVINCE = "province", "省"
        PREFECTURE = "prefecture", "市"
        COUNTY = "county", "县"
        TOWNSHIP = "township", "乡镇"

    division = models.ForeignKey("villages.Division", models.PROTECT, to_field="code", verbose_name="设立单位区划")
    name = models.CharField("表彰项目", max_length=100)
    level = models.CharField("级别", max_length=12, choices=Level.choices, default=Level.COUNTY)
    approval_no = models.CharField("批准文号", max_length=50, blank=True)
    individual_places = models.PositiveSmallIntegerField(
        "批准的个人名额", null=True, blank=True, help_text="每次表彰的上限，照批准文件填；文件没有限定的不填。"
    )
    collective_places = models.PositiveSmallIntegerField("批准的集体名额", null=True, blank=True)
    remarks = models.TextField("备注", blank=True)

    objects = ScopedQuerySet.as_manager()
    scope_path = "division_id"
    scope_shared = True

    class Meta:
        verbose_name = verbose_name_plural = "表彰项目"
        ordering = ["division_id", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["division", "name"], name="award_scheme_once", violation_error_message="这个表彰项目已经有了。"
            ),
            models.CheckConstraint(
                condition=(Q(individual_places__isnull=True) & Q(collective_places__isnull=True)) | ~Q(approval_no=""),
                name="award_scheme_places_approved",
                violation_error_message="名额以批准文件为准，请先填批准文号。",
            ),
        ]

    def __str__(self):
        return self.name
