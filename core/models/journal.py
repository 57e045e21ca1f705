"""What each batch did to which rows, with the full old and new values: what an undo reads. Encrypted, unlike the audit log."""

from django.db import models

from core.fields import EncryptedJSONField


class JournalEntry(models.Model):
    """One set of rows of one model that a batch created, changed or deleted, in the order of `id`.

    `rows` is [[pk, before, after]]: {attname: JSON value} of the fields concerned; before is null for a created row,
    after for a deleted one. `model` is a label such as talent.person."""

    class Verb(models.TextChoices):
        CREATE = "create", "新建"
        CHANGE = "change", "修改"
        DELETE = "delete", "删除"

    batch = models.BigIntegerField("批次")
    model = models.CharField("类别", max_length=60)
    verb = models.CharField("动作", max_length=8, choices=Verb.choices)
    rows = EncryptedJSONField("各行")

    class Meta:
        verbose_name = verbose_name_plural = "批次明细"
        ordering = ["pk"]
        indexes = [models.Index(fields=["batch", "id"], name="journal_batch")]

    def __str__(self):
        return f"{self.batch} {self.verb} {self.model}"
