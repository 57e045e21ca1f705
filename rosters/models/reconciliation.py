"""A file of another office compared with the ledger: what was found is kept to be looked at, and can never be written."""

import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone

from core.fields import EncryptedJSONField
from core.scope import ScopedQuerySet

KEEP_DAYS = 30


def keep_found_until():
    """The day on which what is found today goes."""
    return timezone.localdate() + datetime.timedelta(days=KEEP_DAYS)


class Reconciliation(models.Model):
    """One comparison; the file itself is not kept."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="核对人", related_name="+")
    division = models.ForeignKey(
        "villages.Division", models.PROTECT, to_field="code", verbose_name="单位", related_name="reconciliations"
    )
    kind = models.CharField("名册", max_length=30)
    filename = models.CharField("文件名", max_length=255)
    as_of = models.DateField("数据日期")
    counts = models.JSONField("计数", default=dict)
    # What was made of the file, in words: columns that were compared, rows that were not.
    told = models.JSONField("说明", default=list)
    created_at = models.DateTimeField("时间", auto_now_add=True)
    expires_at = models.DateField("保留至", default=keep_found_until)

    objects = ScopedQuerySet.as_manager()
    scope_path = "division_id"

    class Meta:
        verbose_name = verbose_name_plural = "外部名册核对"
        ordering = ["-pk"]

    def __str__(self):
        return self.filename


class ReconciledRow(models.Model):
    """One person (village, collective) of either side. `content`: see `rosters.reconcile`."""

    class State(models.TextChoices):
        DIFFERENT = "different", "不一致"
        THEIRS = "theirs", "只在对方"
        OURS = "ours", "只在系统"
        MINOR = "minor", "只差详略"
        SAME = "same", "一致"

    reconciliation = models.ForeignKey(Reconciliation, models.CASCADE, verbose_name="核对", related_name="rows")
    order = models.PositiveIntegerField("次序")
    state = models.CharField("结果", max_length=10, choices=State.choices)
    content = EncryptedJSONField("内容")

    objects = ScopedQuerySet.as_manager()
    scope_path = "reconciliation__division_id"

    class Meta:
        verbose_name = verbose_name_plural = "核对的行"
        ordering = ["reconciliation_id", "order"]
        constraints = [models.UniqueConstraint(fields=["reconciliation", "order"], name="reconciled_row_once")]
        indexes = [models.Index(fields=["reconciliation", "state"], name="reconciled_row_state")]

    def __str__(self):
        return self.get_state_display()
