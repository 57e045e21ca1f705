"""Terms (届): the round in which the county's village teams were elected."""

from django.db import models

from core.periods import end_not_before_start, in_force
from core.scope import ScopedQuerySet


class TermQuerySet(ScopedQuerySet):
    def current(self, on, code):
        """The term that a county (any code inside it) is in on `on`: the one begun last; None when there is none."""
        return self.filter(in_force(on), division_id=code[:6]).order_by("-start").first()


class Term(models.Model):
    """A term of a county's village teams. Two may overlap while the outgoing team hands over."""

    division = models.ForeignKey("villages.Division", models.PROTECT, to_field="code", verbose_name="县")
    name = models.CharField("届次", max_length=30, help_text="例如：第十一届")
    start = models.DateField("换届日期")
    end = models.DateField("届满日期", null=True, blank=True)

    objects = TermQuerySet.as_manager()
    scope_path = "division_id"
    scope_shared = True

    class Meta:
        verbose_name = verbose_name_plural = "届次"
        ordering = ["division_id", "-start", "pk"]
        constraints = [
            end_not_before_start("term"),
            models.UniqueConstraint(
                fields=["division", "name"], name="term_name_once", violation_error_message="这个届次已经有了。"
            ),
        ]

    def __str__(self):
        return self.name
