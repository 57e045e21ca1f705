"""What an office has told the engine once: which columns a layout has, what a word means."""

from django.conf import settings
from django.db import models

from core.scope import ScopedQuerySet, ancestors

LONGEST_TEXT = 60


class MemoryQuerySet(ScopedQuerySet):
    def for_use_by(self, code):
        """What holds for rosters of the division `code`, its own before the county's, the latest first."""
        offices = [office for office in ancestors(code) if len(office) >= 6]
        return self.filter(division_id__in=offices).order_by(
            models.functions.Length("division_id").desc(), "-updated_at", "-pk"
        )


class Memory(models.Model):
    """What all memories have: whose they are, and who told it last."""

    division = models.ForeignKey(
        "villages.Division", models.CASCADE, to_field="code", verbose_name="单位", related_name="+"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="选定人", related_name="+")
    updated_at = models.DateTimeField("选定时间", auto_now=True)

    objects = MemoryQuerySet.as_manager()
    scope_path = "division_id"

    class Meta:
        abstract = True


class LayoutMemory(Memory):
    """The columns of one layout of one kind as they were matched: {header name: field, or "" for not read}."""

    kind = models.CharField("名册", max_length=30)
    fingerprint = models.CharField("表头摘要", max_length=16)
    columns = models.JSONField("各列")

    class Meta:
        verbose_name = verbose_name_plural = "记住的列对应"
        ordering = ["-updated_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["division", "kind", "fingerprint"], name="layout_memory_once"),
        ]

    def __str__(self):
        return "、".join(self.columns)


class ValueMeaning(Memory):
    """What a word in a field's cells means: an allowed value, or "" for a word that is not read."""

    field = models.CharField("字段", max_length=40)
    text = models.CharField("原文", max_length=LONGEST_TEXT)
    value = models.CharField("当作", max_length=40, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "记住的值对应"
        ordering = ["-updated_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["division", "field", "text"], name="value_meaning_once"),
        ]

    def __str__(self):
        return self.text
