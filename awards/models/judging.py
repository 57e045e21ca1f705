"""Judges of a round and the scores that they give; whoever is close to a nominee gives none."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from core.scope import ScopedQuerySet

HIGHEST = 100


class AwardJudge(models.Model):
    """Somebody who scores the nominees of a round."""

    round = models.ForeignKey("awards.AwardRound", models.PROTECT, verbose_name="表彰轮次", related_name="judges")
    name = models.CharField("评委", max_length=50)
    unit = models.CharField("单位及职务", max_length=100, blank=True)
    person = models.ForeignKey(
        "talent.Person", models.PROTECT, null=True, blank=True, verbose_name="人员档案", related_name="judging"
    )
    village = models.ForeignKey(
        "villages.Village", models.PROTECT, to_field="code", null=True, blank=True, verbose_name="本人的村",
        related_name="judges", help_text="评委家在哪个村，就不给这个村的人和集体打分。",
    )  # fmt: skip

    objects = ScopedQuerySet.as_manager()
    scope_path = "round__scheme__division_id"
    scope_shared = True

    class Meta:
        verbose_name = verbose_name_plural = "评委"
        ordering = ["round_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "name", "unit"], name="judge_once", violation_error_message="这位评委已经登记。"
            )
        ]

    def __str__(self):
        return self.name


class AwardScore(models.Model):
    """The points of a judge for a nomination, or that the judge stood aside and why."""

    judge = models.ForeignKey(AwardJudge, models.PROTECT, verbose_name="评委", related_name="scores")
    nomination = models.ForeignKey("awards.Nomination", models.PROTECT, verbose_name="表彰推荐", related_name="scores")
    points = models.DecimalField(
        "得分", max_digits=5, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(HIGHEST)],
    )  # fmt: skip
    recusal = models.CharField("回避原因", max_length=100, blank=True)

    objects = ScopedQuerySet.as_manager()
    scope_path = "nomination__township_id"

    class Meta:
        verbose_name = verbose_name_plural = "评委打分"
        ordering = ["nomination_id", "judge_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["judge", "nomination"], name="score_once",
                violation_error_message="这位评委已经给这个推荐对象打过分。",
            ),
            models.CheckConstraint(
                condition=Q(points__range=(0, HIGHEST), recusal="") | (Q(points__isnull=True) & ~Q(recusal="")),
                name="score_or_recusal",
                violation_error_message="要么打 0 到 100 分，要么写明回避原因；回避的不打分。",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.judge} {self.nomination}"
