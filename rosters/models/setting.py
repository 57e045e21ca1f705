"""What a county decides about each kind of roster."""

from django.db import models

from core.scope import ScopedQuerySet


class RosterSetting(models.Model):
    """A county's choice for one kind of roster; without one, nothing needs review."""

    division = models.ForeignKey(
        "villages.Division", models.PROTECT, to_field="code", verbose_name="县", related_name="+"
    )
    kind = models.CharField("名册", max_length=30)
    needs_review = models.BooleanField("乡镇提交后由县里审核", default=False)

    objects = ScopedQuerySet.as_manager()
    scope_path = "division_id"
    scope_shared = True

    class Meta:
        verbose_name = verbose_name_plural = "名册设置"
        ordering = ["division_id", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["division", "kind"],
                name="roster_setting_once",
                violation_error_message="这类名册已有设置。",
            )
        ]

    def __str__(self):
        return f"{self.division_id} {self.kind}"
