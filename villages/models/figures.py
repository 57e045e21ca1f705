"""Yearly figures of a village, as the county's table of basic facts has them."""

from decimal import Decimal

from django.db import models

from core.scope import ScopedQuerySet


class YesNo(models.TextChoices):
    """An answer that a village may also not have given yet."""

    YES = "yes", "是"
    NO = "no", "否"


class PartyBody(models.TextChoices):
    """What the party organisation of a village is (党组织设置)."""

    COMMITTEE = "committee", "党委"
    GENERAL_BRANCH = "general_branch", "党总支"
    BRANCH = "branch", "党支部"


# How the party organisation is set up and what it has to work with: for 党内统计.
WORKING = (
    "party_body", "members_joined", "office_funds_wan", "venue_area", "venue_built", "five_rooms", "open_decisions",
    "leader_subsidy", "bundled_projects",
)  # fmt: skip


def _text(row, field):
    """A kept value in words; "" where nothing is kept."""
    value = getattr(row, field.name)
    if field.choices:
        return dict(field.choices).get(value, "")
    return "" if value is None else f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def _answer(label, **more):
    return models.CharField(label, max_length=3, choices=YesNo.choices, blank=True, **more)


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
    party_body = models.CharField("党组织设置", max_length=14, choices=PartyBody.choices, blank=True)
    members_joined = models.PositiveIntegerField("本年发展党员（人）", null=True, blank=True)
    office_funds_wan = models.DecimalField(
        "运转和办公经费（万元）", max_digits=12, decimal_places=4, null=True, blank=True
    )
    venue_area = models.PositiveIntegerField(
        "活动场所面积（㎡）", null=True, blank=True, help_text="没有活动场所的填 0。"
    )
    venue_built = _answer("本年新建改扩建活动场所")
    five_rooms = _answer("五小场所齐全", help_text="小食堂、小宿舍、小浴室、小图书室、小活动室。")
    open_decisions = _answer("实行“四议两公开”")
    leader_subsidy = _answer("落实小组长误工补贴")
    bundled_projects = _answer("第一书记责任项目资金捆绑")
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

    @property
    def facts(self):
        """[(label, text)] of how the party organisation is set up and what it has to work with, as far as it was told."""
        fields = map(self._meta.get_field, WORKING)
        return [(field.verbose_name, _text(self, field)) for field in fields if _text(self, field)]
