"""What the numbers of an evaluation rest on: files handed in as evidence, and the ballot counts that a correction replaced."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from awards.models.evaluation import Evaluation, EvaluationItem
from core.dates import within_reach
from core.fields import EncryptedBinaryField
from core.scope import ScopedQuerySet
from talent.models.review import Ballots, ballots_add_up


class EvidenceFile(models.Model):
    """A file that shows why an evaluation was scored as it was for an item, as it came."""

    evaluation = models.ForeignKey(Evaluation, models.PROTECT, verbose_name="年度考核", related_name="evidence_files")
    item = models.ForeignKey(EvaluationItem, models.PROTECT, verbose_name="考核指标", related_name="evidence_files")
    filename = models.CharField("文件名", max_length=200)
    content = EncryptedBinaryField("文件", editable=False)
    digest = models.CharField("文件摘要", max_length=64, editable=False)
    size = models.PositiveIntegerField("字节数")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="上传人", related_name="+")
    uploaded_on = models.DateField("上传日期")

    objects = ScopedQuerySet.as_manager()
    scope_path = "evaluation__village_id"

    class Meta:
        verbose_name = verbose_name_plural = "考核佐证材料"
        ordering = ["evaluation_id", "item_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "item", "digest"], name="evidence_file_once",
                violation_error_message="这个文件已经上传过。",
            )
        ]  # fmt: skip

    def __str__(self):
        return self.filename

    def clean(self):
        if self.item_id and self.evaluation_id and self.item.scheme_id != self.evaluation.scheme_id:
            raise ValidationError({"item": "这项指标不在这个考核方案里，请重新选择。"})


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
