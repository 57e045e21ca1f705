"""Collection (催报): the county asks townships for a roster by a day; what was told to whom stays."""

from django.conf import settings
from django.db import models

from core.scope import ScopedQuerySet


class CollectionRound(models.Model):
    """One asking of a county for one kind of roster."""

    division = models.ForeignKey(
        "villages.Division", models.PROTECT, to_field="code", verbose_name="县", related_name="collection_rounds"
    )
    kind = models.CharField("名册", max_length=30)
    title = models.CharField("名称", max_length=60)
    as_of = models.DateField("名册截至")
    due = models.DateField("报送期限")
    note = models.CharField("要求", max_length=300, blank=True)
    # What the rosters are about where the kind has a target: a training session, an award round.
    target_id = models.BigIntegerField("所属", null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="发起人", related_name="+")
    created_at = models.DateTimeField("发起时间", auto_now_add=True)
    closed_at = models.DateTimeField("结束时间", null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name="结束人", related_name="+"
    )

    objects = ScopedQuerySet.as_manager()
    scope_path = "division_id"

    class Meta:
        verbose_name = verbose_name_plural = "催报"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True, closed_by__isnull=True)
                | models.Q(closed_at__isnull=False, closed_by__isnull=False),
                name="collection_closing_is_signed",
            )
        ]

    def __str__(self):
        return self.title


class CollectionRequestQuerySet(ScopedQuerySet):
    def open(self):
        """What is still asked for; the round that ends first comes first."""
        return self.filter(round__closed_at=None).order_by("round__due", "pk")


class CollectionRequest(models.Model):
    """What a round asks of one township."""

    round = models.ForeignKey(CollectionRound, models.CASCADE, verbose_name="催报", related_name="requests")
    division = models.ForeignKey(
        "villages.Division", models.PROTECT, to_field="code", verbose_name="乡镇", related_name="collection_requests"
    )

    objects = CollectionRequestQuerySet.as_manager()
    scope_path = "division_id"

    class Meta:
        verbose_name = verbose_name_plural = "催报的乡镇"
        ordering = ["division_id", "pk"]
        constraints = [models.UniqueConstraint(fields=["round", "division"], name="collection_request_once")]

    def __str__(self):
        return f"{self.division}：{self.round}"


class CollectionNotice(models.Model):
    """What a township was told: a reminder as the day came near, or to hand in once more."""

    class Kind(models.TextChoices):
        THREE_DAYS = "days_3", "提前 3 天提醒"
        ONE_DAY = "days_1", "提前 1 天提醒"
        LAST_DAY = "days_0", "到期当天提醒"
        AGAIN = "again", "请重报"

    request = models.ForeignKey(CollectionRequest, models.CASCADE, verbose_name="催报的乡镇", related_name="notices")
    kind = models.CharField("内容", max_length=8, choices=Kind.choices)
    reason = models.CharField("原因", max_length=300, blank=True)
    at = models.DateTimeField("时间", auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name="账号", related_name="+"
    )

    objects = ScopedQuerySet.as_manager()
    scope_path = "request__division_id"

    class Meta:
        verbose_name = verbose_name_plural = "催报提醒"
        ordering = ["request_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "kind"], condition=~models.Q(kind="again"), name="collection_reminded_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="again") | (~models.Q(reason="") & models.Q(by__isnull=False)),
                name="collection_again_has_a_reason",
            ),
        ]

    def __str__(self):
        return self.get_kind_display()
