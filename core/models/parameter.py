"""What a county has decided instead of a default: thresholds, ratios and lists of words, each from a day on."""

from django.db import models

from core.scope import ScopedQuerySet


class ParameterValue(models.Model):
    """The value of the parameter `key` (core.parameters) from the day `start` until the next one begins.

    The ledger of one installation is one county's or one prefecture's; what it decided holds for all of it."""

    division = models.ForeignKey(
        "villages.Division", models.PROTECT, to_field="code", verbose_name="单位", related_name="+"
    )
    key = models.CharField("参数", max_length=60)
    start = models.DateField("自哪天起")
    value = models.JSONField("取值")
    basis = models.CharField("依据", max_length=200)

    objects = ScopedQuerySet.as_manager()
    scope_path = "division_id"
    scope_shared = True

    class Meta:
        verbose_name = verbose_name_plural = "参数"
        ordering = ["key", "-start", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "start"],
                name="parameter_once_a_day",
                violation_error_message="这个参数在这一天已有取值，请换一天。",
            )
        ]

    def __str__(self):
        return f"{self.key} {self.start:%Y-%m-%d}"
