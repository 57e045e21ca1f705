"""Publicity of who is to be awarded, counted in working days, and the objections raised meanwhile."""

from django.db import models
from django.db.models import F, Q

from core.periods import dated_after, dated_by
from core.scope import ScopedQuerySet


class AwardPublicity(models.Model):
    """A notice: since when, for how many working days (the first day not counted), until when, where."""

    round = models.ForeignKey("awards.AwardRound", models.PROTECT, verbose_name="表彰轮次", related_name="publicities")
    starts_on = models.DateField("公示开始")
    days = models.PositiveSmallIntegerField("公示天数（个工作日）")
    ends_on = models.DateField("公示结束")
    place = models.CharField("公示地点", max_length=100, help_text="例如：县政府门户网站、各乡镇政务公开栏")
    contact = models.CharField("受理单位和电话", max_length=100)

    objects = ScopedQuerySet.as_manager()
    scope_path = "round__scheme__division_id"
    scope_shared = True

    class Meta:
        verbose_name = verbose_name_plural = "表彰公示"
        ordering = ["round_id", "starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(days__gte=1, ends_on__gt=F("starts_on")), name="award_publicity_days",
                violation_error_message="公示至少 1 个工作日，开始当天不计。",
            )
        ]  # fmt: skip

    def __str__(self):
        return f"{self.round}公示（{self.starts_on:%Y-%m-%d} 起）"

    def is_over(self, on):
        return self.ends_on < on


class AwardObjectionQuerySet(ScopedQuerySet):
    def open(self, on):
        """Objections received by the day `on` and not answered by then."""
        return self.filter(dated_by(on, "received_on")).filter(Q(closed_on=None) | dated_after(on, "closed_on"))


class AwardObjection(models.Model):
    """What somebody objects to a nominee in publicity, and how it was handled. Who objected is not kept here."""

    class Channel(models.TextChoices):
        SIGNED = "signed", "署名"
        UNIT = "unit", "单位"
        ANONYMOUS = "anonymous", "匿名"

    class Finding(models.TextChoices):
        UPHELD = "upheld", "属实，不予表彰"
        PARTLY = "partly", "部分属实，不影响表彰"
        REFUSED = "refused", "不属实"

    nomination = models.ForeignKey(
        "awards.Nomination", models.PROTECT, verbose_name="推荐对象", related_name="objections"
    )
    received_on = models.DateField("收到日期")
    channel = models.CharField("反映方式", max_length=10, choices=Channel.choices)
    content = models.TextField("反映内容", max_length=2000)
    finding = models.CharField("调查结论", max_length=8, choices=Finding.choices, blank=True)
    handling = models.TextField("处理情况", max_length=2000, blank=True)
    closed_on = models.DateField("办结日期", null=True, blank=True)

    objects = AwardObjectionQuerySet.as_manager()
    scope_path = "nomination__township_id"

    class Meta:
        verbose_name = verbose_name_plural = "公示异议"
        ordering = ["-received_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, finding="", handling="")
                | (Q(closed_on__gte=F("received_on")) & ~Q(finding="") & ~Q(handling="")),
                name="objection_closed_whole",
                violation_error_message="办结异议须写明结论、处理情况和日期，日期不早于收到日期。",
            )
        ]  # fmt: skip

    def __str__(self):
        return f"{self.nomination} {self.received_on:%Y-%m-%d}"
