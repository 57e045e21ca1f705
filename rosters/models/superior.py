"""A superior's empty form, kept while its columns are looked at and filled."""

import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone

from core.fields import EncryptedBinaryField
from core.scope import ScopedQuerySet

KEEP_DAYS = 7


def keep_form_until():
    """The day on which a form uploaded today goes."""
    return timezone.localdate() + datetime.timedelta(days=KEEP_DAYS)


class SuperiorForm(models.Model):
    """`tables` says what was understood: see `rosters.superior.understood`."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="上传人", related_name="+")
    division = models.ForeignKey(
        "villages.Division", models.PROTECT, to_field="code", verbose_name="单位", related_name="superior_forms"
    )
    kind = models.CharField("名册", max_length=30)
    filename = models.CharField("文件名", max_length=255)
    content = EncryptedBinaryField("表样", editable=False)
    on = models.DateField("数据时点")
    tables = models.JSONField("识别结果", default=list)
    created_at = models.DateTimeField("上传时间", auto_now_add=True)
    expires_at = models.DateField("保留至", default=keep_form_until)

    objects = ScopedQuerySet.as_manager()
    scope_path = "division_id"

    class Meta:
        verbose_name = verbose_name_plural = "上级表样"
        ordering = ["-pk"]

    def __str__(self):
        return self.filename
