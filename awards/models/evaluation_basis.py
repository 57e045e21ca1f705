"""What the numbers of an evaluation rest on: the ballot counts that a correction replaced."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from awards.models.evaluation import Evaluation
from core.dates import within_reach
from core.scope import ScopedQuerySet
from talent.models.review import Ballots, ballots_add_up


class BallotCorrection(Ballots):
    """The ballot counts of an evaluation as they were before they were corrected, with who corrected them, when and why."""

    evaluation = models.ForeignKey(Evaluation, models.PROTECT, verbose_name="年度考核", related_name="corrections")
    corrected_on = models.DateField("更正日期", validators=[within_reach])
    reason = models.CharField("更正原因", max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="更正人", related_name="+")

    objects = ScopedQuerySet.as_manager()
    scope_path = "evaluation__village_id"

    class Meta:
        verbose_name = verbose_name_plural = "测评票数更正"
        ordering = ["evaluation_id", "corrected_on", "pk"]
        constraints = [
            ballots_add_up("ballot_correction"),
            models.CheckConstraint(
                condition=Q(issued__isnull=False), name="ballot_correction_of_counts",
                violation_error_message="原来没有登记过票数，不是更正。",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""), name="ballot_correction_with_reason",
                violation_error_message="更正票数要写明原因。",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.evaluation} {self.corrected_on:%Y-%m-%d} 更正票数"

    @property
    def frozen(self):
        """Why the row may not be changed any more, also not by the undo of a roster; "" while it may."""
        return self.evaluation.frozen
