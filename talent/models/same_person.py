"""What was decided of two files that may be one human: told apart for good, or merged and the other number remembered."""

from django.conf import settings
from django.db import models

from core.fields import DigestField, EncryptedTextField
from core.identity import mask_id
from core.scope import ScopedQuerySet


class NotSamePerson(models.Model):
    """Two people who look alike and are not one: not asked again."""

    first = models.ForeignKey("talent.Person", models.CASCADE, verbose_name="甲", related_name="+")
    second = models.ForeignKey("talent.Person", models.CASCADE, verbose_name="乙", related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="核对人", related_name="+")
    at = models.DateTimeField("核对时间", auto_now_add=True)
    reason = models.CharField("说明", max_length=200, blank=True)

    objects = ScopedQuerySet.as_manager()
    scope_path = "first__village_id"

    class Meta:
        verbose_name = verbose_name_plural = "不是同一人"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="not_same_person_once"),
            models.CheckConstraint(condition=models.Q(first__lt=models.F("second")), name="not_same_person_in_order"),
        ]

    def __str__(self):
        return f"{self.first} {self.second}"


class FormerIdNumber(models.Model):
    """A number under which a person's merged file was kept: next month's roster may still bring it."""

    person = models.ForeignKey("talent.Person", models.CASCADE, verbose_name="人员", related_name="former_numbers")
    id_number = EncryptedTextField("曾登记的身份证号")
    id_digest = DigestField("身份证号摘要", max_length=64, source="id_number", unique=True)
    merged_at = models.DateTimeField("合并时间", auto_now_add=True)

    objects = ScopedQuerySet.as_manager()
    scope_path = "person__village_id"

    class Meta:
        verbose_name = verbose_name_plural = "曾登记的身份证号"
        ordering = ["person_id", "pk"]

    def __str__(self):
        return str(self.person)

    @property
    def id_masked(self):
        return mask_id(self.id_number)
