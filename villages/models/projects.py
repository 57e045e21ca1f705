"""What is built and held in a village so that people want to come back: projects with their money, cultural activities."""

from django.db import models
from django.db.models import F, Q

from core.periods import dated_after, dated_by
from core.scope import ScopedQuerySet


class VillageProjectQuerySet(ScopedQuerySet):
    def in_state(self, state, on):
        """Projects that are 未开工, 在建 or 已完工 on the date `on`, as `VillageProject.state` says of one."""
        begun, done = dated_by(on, "start"), dated_by(on, "end")
        return self.filter(
            {"未开工": Q(start__isnull=True) | dated_after(on, "start"), "在建": begun & (Q(end__isnull=True) | dated_after(on, "end")), "已完工": begun & done}[state]
        )  # fmt: skip


class VillageProject(models.Model):
    """Money of one source put into one project of a village; a project of several sources has a row for each."""

    class Kind(models.TextChoices):
        ROAD = "road", "道路交通"
        WATER = "water", "供水水利"
        COMMUNICATIONS = "communications", "电力通信"
        SERVICE = "service", "公共服务"
        ENVIRONMENT = "environment", "人居环境"
        INDUSTRY = "industry", "产业配套"
        OTHER = "other", "其他"

    class Source(models.TextChoices):
        SUPERIOR = "superior", "上级财政"
        COUNTY = "county", "县级财政"
        TOWNSHIP = "township", "乡镇财政"
        COLLECTIVE = "collective", "村集体自筹"
        ASSISTANCE = "assistance", "帮扶单位"
        DONATION = "donation", "社会捐赠"
        OTHER = "other", "其他"

    village = models.ForeignKey(
        "villages.Village", models.PROTECT, to_field="code", verbose_name="村", related_name="projects"
    )
    name = models.CharField("项目名称", max_length=100)
    kind = models.CharField("项目类别", max_length=15, choices=Kind.choices)
    source = models.CharField("资金来源", max_length=12, choices=Source.choices)
    amount_wan = models.DecimalField("投入金额（万元）", max_digits=12, decimal_places=4)
    invested_on = models.DateField("资金到位日期", help_text="按这一天计入当年的投入。")
    start = models.DateField("开工日期", null=True, blank=True)
    end = models.DateField("完工日期", null=True, blank=True)
    remarks = models.CharField("备注", max_length=200, blank=True)

    objects = VillageProjectQuerySet.as_manager()
    scope_path = "village_id"

    class Meta:
        verbose_name = verbose_name_plural = "村级项目"
        ordering = ["-invested_on", "village_id", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["village", "name", "source", "invested_on"],
                name="project_money_once",
                violation_error_message="这个项目这一天这个来源的资金已经登记过。",
            ),
            models.CheckConstraint(
                condition=Q(amount_wan__gt=0), name="project_amount", violation_error_message="投入金额应大于 0。"
            ),
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(end__gte=F("start"), start__isnull=False),
                name="project_end_after_start",
                violation_error_message="填了完工日期的，开工日期也要填，而且不晚于完工日期。",
            ),
        ]

    def __str__(self):
        return self.name

    def state(self, on):
        """未开工, 在建 or 已完工 on the date `on`."""
        if self.start is None or self.start > on:
            return "未开工"
        return "已完工" if self.end and self.end <= on else "在建"


class CulturalActivity(models.Model):
    """A cultural activity held in a village."""

    class Kind(models.TextChoices):
        SHOW = "show", "文艺演出"
        FILM = "film", "电影放映"
        SPORT = "sport", "体育健身"
        FOLK = "folk", "民俗节庆"
        READING = "reading", "阅读讲座"
        OTHER = "other", "其他"

    village = models.ForeignKey(
        "villages.Village", models.PROTECT, to_field="code", verbose_name="村", related_name="cultural_activities"
    )
    name = models.CharField("活动名称", max_length=100)
    kind = models.CharField("活动类别", max_length=10, choices=Kind.choices)
    held_on = models.DateField("活动日期")
    organiser = models.CharField("主办单位", max_length=60, blank=True)
    people = models.PositiveIntegerField("参加人数", null=True, blank=True)
    amount_wan = models.DecimalField("经费（万元）", max_digits=12, decimal_places=4, null=True, blank=True)
    remarks = models.CharField("备注", max_length=200, blank=True)

    objects = ScopedQuerySet.as_manager()
    scope_path = "village_id"

    class Meta:
        verbose_name = verbose_name_plural = "文化活动"
        ordering = ["-held_on", "village_id", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["village", "name", "held_on"],
                name="culture_once",
                violation_error_message="这个村这一天的同名活动已经登记过。",
            ),
            models.CheckConstraint(
                condition=Q(amount_wan__isnull=True) | Q(amount_wan__gte=0),
                name="culture_amount",
                violation_error_message="经费不能小于 0。",
            ),
        ]

    def __str__(self):
        return self.name
