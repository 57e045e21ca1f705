"""Rounds of an award scheme, with how many a township may nominate."""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from core.scope import ScopedQuerySet

TOWNSHIP_DIGITS = 9
MONEY = {"max_digits": 10, "decimal_places": 2, "default": 0, "validators": [MinValueValidator(0)]}


class AwardRoundQuerySet(ScopedQuerySet):
    def open(self, on):
        """Rounds in which townships may nominate on `on`; a round without dates is always open."""
        begun = Q(opens_on__isnull=True) | Q(opens_on__lte=on)
        return self.filter(begun, Q(closes_on__isnull=True) | Q(closes_on__gte=on))


class AwardRound(models.Model):
    """One round of an award scheme (表彰轮次): townships nominate, the county decides."""

    scheme = models.ForeignKey("awards.AwardScheme", models.PROTECT, verbose_name="表彰项目", related_name="rounds")
    year = models.PositiveSmallIntegerField("年度")
    name = models.CharField("期次", max_length=50, blank=True, help_text="一年评一次的不填；例如：第一批")
    opens_on = models.DateField("推荐开始", null=True, blank=True)
    closes_on = models.DateField("推荐截止", null=True, blank=True, help_text="截止以后乡镇不能再上传推荐表。")
    document_no = models.CharField("通知文号", max_length=50, blank=True)
    individual_places = models.PositiveSmallIntegerField("表彰个人名额", null=True, blank=True)
    collective_places = models.PositiveSmallIntegerField("表彰集体名额", null=True, blank=True)
    individual_bonus = models.DecimalField("个人奖金（元）", **MONEY)
    collective_bonus = models.DecimalField("集体奖金（元）", **MONEY)
    material = models.CharField("物质奖励", max_length=100, blank=True, help_text="奖金以外的实物，没有的不填。")
    honours = models.CharField("荣誉奖励", max_length=100, blank=True, default="荣誉证书")
    remarks = models.TextField("备注", blank=True)

    objects = AwardRoundQuerySet.as_manager()
    scope_path = "scheme__division_id"
    scope_shared = True

    class Meta:
        verbose_name = verbose_name_plural = "表彰轮次"
        ordering = ["-year", "scheme_id", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "year", "name"], name="award_round_once",
                violation_error_message="这个表彰项目这一年度的这一期已经有了。",
            ),
            models.CheckConstraint(
                condition=Q(year__range=(1949, 2200)), name="award_round_year",
                violation_error_message="年度不对，请填四位年份。",
            ),
            models.CheckConstraint(
                condition=Q(opens_on__isnull=True) | Q(closes_on__isnull=True) | Q(closes_on__gte=F("opens_on")),
                name="award_round_closes_after_opening",
                violation_error_message="推荐截止早于推荐开始，请核对两个日期。",
            ),
            models.CheckConstraint(
                condition=Q(individual_bonus__gte=0, collective_bonus__gte=0), name="award_round_bonus",
                violation_error_message="奖金不能是负数。",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.year}年度{self.scheme}{self.name}"

    def clean(self):
        """The places of a round stay within those that were approved."""
        approved = self.scheme if self.scheme_id else None
        for name in ("individual_places", "collective_places"):
            asked, most = getattr(self, name), getattr(approved, name, None)
            if asked is not None and most is not None and asked > most:
                raise ValidationError({name: f"超过批准的名额 {most} 个，请核对。"})


class AwardQuota(models.Model):
    """How many individuals and collectives a township may nominate in a round."""

    round = models.ForeignKey(AwardRound, models.CASCADE, verbose_name="表彰轮次", related_name="quotas")
    township = models.ForeignKey(
        "villages.Division", models.PROTECT, to_field="code", verbose_name="乡镇", related_name="award_quotas"
    )
    individuals = models.PositiveSmallIntegerField("可推荐个人")
    collectives = models.PositiveSmallIntegerField("可推荐集体")

    objects = ScopedQuerySet.as_manager()
    scope_path = "township_id"

    class Meta:
        verbose_name = verbose_name_plural = "推荐名额"
        ordering = ["round_id", "township_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "township"], name="award_quota_once",
                violation_error_message="这个乡镇的推荐名额已经有了。",
            )
        ]  # fmt: skip

    def __str__(self):
        return f"{self.round} {self.township}"

    def clean(self):
        if self.township_id and len(self.township_id) != TOWNSHIP_DIGITS:
            raise ValidationError({"township": "请选择乡镇（街道）。"})
