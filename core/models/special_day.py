"""The days on which work differs from the week (放假、调休上班), as the State Council arranges them year by year."""

from django.db import models
from django.db.models import Q

from core.scope import ScopedQuerySet


class SpecialDay(models.Model):
    """A day off in the week or a working day at the weekend. A year without any row has not been entered.

    The ledger of one installation is one county's or one prefecture's; the calendar holds for all of it."""

    division = models.ForeignKey(
        "villages.Division", models.PROTECT, to_field="code", verbose_name="单位", related_name="+"
    )
    year = models.PositiveSmallIntegerField("年度", help_text="放假安排的年度；元旦连休可以从上年年末开始。")
    date = models.DateField("日期")
    is_working = models.BooleanField("上班")
    name = models.CharField("节日", max_length=20, blank=True)
    basis = models.CharField("依据", max_length=200)

    objects = ScopedQuerySet.as_manager()
    scope_path = "division_id"
    scope_shared = True

    class Meta:
        verbose_name = verbose_name_plural = "放假调休"
        ordering = ["date", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["date"], name="special_day_once", violation_error_message="这一天的放假调休已经录入。"
            ),
            models.CheckConstraint(
                condition=Q(year__range=(1949, 2200)), name="special_day_year",
                violation_error_message="年度不对，请填四位年份。",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.date:%Y-%m-%d} {'上班' if self.is_working else '放假'}"
