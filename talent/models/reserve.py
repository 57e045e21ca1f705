"""Deputies-in-waiting of village cadres (村级后备干部)."""

from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q

from core.periods import NoOverlap, date_range, end_not_before_start, in_force
from core.ranges import id_range_of
from core.scope import ScopedQuerySet
from talent.models.appointment import VILLAGE_POST_CHOICES


class ReserveQuerySet(ScopedQuerySet):
    def in_pool(self, on):
        """Candidates in the pool on `on`."""
        return self.filter(in_force(on))


class ReserveCandidate(models.Model):
    """A place in the pool: one person is in one category of one village at a time."""

    class Target(models.TextChoices):
        SECRETARY = "secretary", "书记后备"
        OTHER = "other", "其他村干部后备"

    class Kind(models.TextChoices):
        NOMINATED = "nominated", "组织推荐"
        RECRUITED = "recruited", "公开招聘"

    class Source(models.TextChoices):
        PROSPEROUS = "prosperous_household", "致富能手"
        RETURNING_YOUTH = "returning_youth", "返乡知识青年"
        VETERAN = "veteran", "退役军人"
        MIGRANT_RETURNEE = "migrant_returnee", "外出务工返乡人员"
        GRADUATE = "graduate", "高校毕业生"
        COOPERATIVE_LEADER = "cooperative_leader", "合作社负责人"
        OTHER = "other", "其他"

    class Readiness(models.TextChoices):
        NOW = "now", "近期可用"
        LONG_TERM = "long_term", "长期培养"

    class OutReason(models.TextChoices):
        PROMOTED = "promoted", "进入“两委”"
        CIVIL_SERVICE = "civil_service", "公开考录"
        LEFT = "left", "外出"
        OVER_AGE = "over_age", "超龄"
        HEALTH = "health", "健康原因"
        DISCIPLINE = "discipline", "违纪违法"
        DECLINED = "declined", "本人放弃"
        ASSESSMENT = "assessment", "考核不合格"
        OTHER = "other", "其他"

    person = models.ForeignKey("talent.Person", models.PROTECT, verbose_name="人员", related_name="reserve_places")
    village = models.ForeignKey(
        "villages.Village", models.PROTECT, to_field="code", verbose_name="村", related_name="reserves"
    )
    target = models.CharField("后备类别", max_length=12, choices=Target.choices)
    kind = models.CharField("入库方式", max_length=12, choices=Kind.choices, default=Kind.NOMINATED)
    source = models.CharField("人员来源", max_length=24, choices=Source.choices, blank=True)
    planned_post = models.CharField("拟任具体职务", max_length=30, blank=True, choices=VILLAGE_POST_CHOICES)
    readiness = models.CharField("储备类别", max_length=10, choices=Readiness.choices, blank=True)
    mentor = models.CharField("培养联系人", max_length=100, blank=True)
    measures = models.CharField(
        "培养措施", max_length=200, blank=True, help_text="例如：跟班学习、列为入党积极分子、参加学历提升。"
    )
    start = models.DateField("入库时间")
    end = models.DateField("出库时间", null=True, blank=True, help_text="在库的最后一天；仍在库则不填。")
    end_reason = models.CharField("出库原因", max_length=14, choices=OutReason.choices, blank=True)
    remarks = models.TextField("备注", blank=True)

    objects = ReserveQuerySet.as_manager()
    scope_path = "village_id"

    class Meta:
        verbose_name = verbose_name_plural = "后备干部"
        ordering = ["village_id", "target", "-start", "pk"]
        indexes = [models.Index(fields=["village", "target", "start"], name="reserve_village_target")]
        constraints = [
            end_not_before_start("reserve"),
            models.CheckConstraint(
                condition=Q(end_reason="") | Q(end__isnull=False),
                name="reserve_reason_needs_end",
                violation_error_message="填了出库原因，请一并填写出库时间。",
            ),
            models.CheckConstraint(condition=Q(target__in=["secretary", "other"]), name="reserve_target_known"),
            NoOverlap(
                name="reserve_no_overlap",
                expressions=[
                    (id_range_of("person"), RangeOperators.OVERLAPS),
                    (date_range(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="这个人在这段时间已在后备库中，一人同时只占一个类别。",
            ),
        ]

    def __str__(self):
        return f"{self.person} {self.village} {self.get_target_display()}"


class ReserveAssessment(models.Model):
    """What a half-yearly look at a candidate found (半年研判); the results are words that the county sets."""

    class Half(models.IntegerChoices):
        FIRST = 1, "上半年"
        SECOND = 2, "下半年"

    candidate = models.ForeignKey(ReserveCandidate, models.PROTECT, verbose_name="后备干部", related_name="assessments")
    year = models.PositiveSmallIntegerField("年度")
    half = models.PositiveSmallIntegerField("半年", choices=Half.choices)
    result = models.CharField("研判结果", max_length=40)
    remarks = models.CharField("研判意见", max_length=300, blank=True)
    assessed_on = models.DateField("研判日期")
    by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, editable=False, verbose_name="登记人")

    objects = ScopedQuerySet.as_manager()
    scope_path = "candidate__village_id"

    class Meta:
        verbose_name = verbose_name_plural = "后备干部研判"
        ordering = ["candidate_id", "-year", "-half", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "year", "half"], name="reserve_assessment_once",
                violation_error_message="这名后备干部这个半年已有研判，请改原来的那一条。",
            ),
            models.CheckConstraint(
                condition=Q(half__in=(1, 2)), name="reserve_assessment_half",
                violation_error_message="半年只有上半年和下半年。",
            ),
            models.CheckConstraint(
                condition=Q(year__range=(1949, 2200)), name="reserve_assessment_year",
                violation_error_message="年度不对，请填四位年份。",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.candidate} {self.period}"

    @property
    def period(self):
        """2026年上半年."""
        return f"{self.year}年{self.Half(self.half).label}"
