"""Administrative divisions above the village: province, prefecture, county, township."""

from django.db import models

from core.scope import ScopedQuerySet
from core.validators import digits

LEVELS = {2: "省", 4: "市", 6: "县", 9: "乡镇"}


class DivisionQuerySet(ScopedQuerySet):
    def townships(self):
        return self.filter(code__length=9)


class Division(models.Model):
    """A division; its level and what contains it follow from the statistical code (2, 4, 6 or 9 digits)."""

    code = models.CharField("区划代码", max_length=9, unique=True, db_collation="C", validators=[digits])
    name = models.CharField("名称", max_length=50)

    objects = DivisionQuerySet.as_manager()
    scope_path = "code"
    scope_shared = True

    class Meta:
        verbose_name = verbose_name_plural = "行政区划"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9})$"),
                name="division_code_shape",
                violation_error_message="区划代码应为 2、4、6 或 9 位数字。",
            )
        ]

    def __str__(self):
        return self.name

    @property
    def level(self):
        return LEVELS.get(len(self.code), "")

    @property
    def is_township(self):
        return len(self.code) == 9

    @property
    def county_code(self):
        """The six digits of the county, or None above county level."""
        return self.code[:6] if len(self.code) >= 6 else None


class DivisionName(models.Model):
    """A name that a division had until a date."""

    division = models.ForeignKey(
        Division, models.CASCADE, to_field="code", verbose_name="行政区划", related_name="former_names"
    )
    name = models.CharField("曾用名", max_length=50)
    until = models.DateField("用至")

    objects = ScopedQuerySet.as_manager()
    scope_path = "division_id"
    scope_shared = True

    class Meta:
        verbose_name = verbose_name_plural = "区划曾用名"
        ordering = ["division_id", "until", "pk"]
        constraints = [models.UniqueConstraint(fields=["division", "name", "until"], name="division_former_name_once")]

    def __str__(self):
        return self.name
