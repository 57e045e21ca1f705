"""Yearly figures of a village, as the county's table of basic facts has them."""

from django.db import models

from core.scope import ScopedQuerySet


class VillageFigures(models.Model):
    village = models.ForeignKey(
        "villages.Village", models.PROTECT, to_field="code", verbose_name="村", related_name="figures"
    )
    year = models.PositiveSmallIntegerField("年度")
    groups = models.PositiveIntegerField("村民小组（个）", null=True, blank=True)
    households = models.PositiveIntegerField("户数（户）", null=True, blank=True)
    population = models.PositiveIntegerField("户籍人口（人）", null=True, blank=True)
    resident_population = models.PositiveIntegerField("常住人口（人）", null=True, blank=True)
    party_members = models.PositiveIntegerField("党员（人）", null=True, blank=True)
    arable_land_mu = models.DecimalField("耕地面积（亩）", max_digits=12, decimal_places=2, null=True, blank=True)
    collective_income_wan = models.DecimalField(
        "集体经济收入（万元）", max_digits=12, decimal_places=4, null=True, blank=True
    )
    secretary_name = models.CharField("书记姓名（表中所填）", max_length=50, blank=True)
    remarks = models.TextField("备注", blank=True)

    objects = ScopedQuerySet.as_manager()
    scope_path = "village_id"

    class Meta:
        verbose_name = verbose_name_plural = "村年度数据"
        ordering = ["village_id", "-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["village", "year"], name="village_figures_once_a_year",
                violation_error_message="这个村这一年度的数据已经有了。",
            ),
            models.CheckConstraint(condition=models.Q(year__range=(1949, 2200)), name="village_figures_year"),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.village} {self.year} 年"
