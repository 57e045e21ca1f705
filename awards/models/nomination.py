"""Who is nominated in a round, with deeds and attachments, and what the review of each found."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from awards.models.award import Award
from core import validators
from core.fields import EncryptedBinaryField, EncryptedTextField
from core.identity import mask_phone
from core.periods import dated_by
from core.scope import ScopedQuerySet, inside

TOWNSHIP_DIGITS = 9
PERSON_ONCE, COLLECTIVE_ONCE = "这个人已在这一轮推荐中。", "这个集体已在这一轮推荐中。"


class NominationQuerySet(ScopedQuerySet):
    def standing(self, on=None):
        """Nominations that were not withdrawn; with `on` by that day."""
        return self.filter(withdrawn_on=None) if on is None else self.exclude(dated_by(on, "withdrawn_on"))


class Nomination(models.Model):
    """Somebody or some collective that a township recommends in a round."""

    class Type(models.TextChoices):
        INDIVIDUAL = "individual", "个人"
        COLLECTIVE = "collective", "集体"

    class Eligibility(models.TextChoices):
        OPEN = "", "待审核"
        PASSED = "passed", "合格"
        FAILED = "failed", "不合格"

    round = models.ForeignKey("awards.AwardRound", models.PROTECT, verbose_name="表彰轮次", related_name="nominations")
    township = models.ForeignKey(
        "villages.Division", models.PROTECT, to_field="code", verbose_name="推荐乡镇", related_name="nominations"
    )
    nominee_type = models.CharField("推荐类型", max_length=10, choices=Type.choices)
    person = models.ForeignKey(
        "talent.Person", models.PROTECT, null=True, blank=True, verbose_name="个人", related_name="nominations"
    )
    collective = models.CharField("集体", max_length=100, blank=True)
    village = models.ForeignKey(
        "villages.Village", models.PROTECT, to_field="code", null=True, blank=True, verbose_name="所在村",
        related_name="nominations",
    )  # fmt: skip
    unit = models.CharField("工作单位及职务", max_length=200, blank=True)
    category = models.CharField("推荐奖项", max_length=14, choices=Award.Category.choices, blank=True)
    achievements = models.TextField("主要事迹", blank=True)
    leader_name = models.CharField("负责人", max_length=50, blank=True)
    member_count = models.PositiveIntegerField("人数（人）", null=True, blank=True)
    phone = EncryptedTextField(
        "集体的联系电话", null=True, blank=True, validators=[validators.mobile], help_text="个人的电话填在人员档案里。"
    )
    eligibility = models.CharField("资格审核", max_length=10, choices=Eligibility.choices, blank=True, editable=False)
    eligibility_reasons = models.TextField("审核意见", blank=True, editable=False)
    publicity = models.ForeignKey(
        "awards.AwardPublicity", models.PROTECT, null=True, blank=True, editable=False, verbose_name="公示",
        related_name="nominations",
    )  # fmt: skip
    withdrawn_on = models.DateField("撤回日期", null=True, blank=True, editable=False)
    withdraw_reason = models.CharField("撤回原因", max_length=200, blank=True, editable=False)
    remarks = models.TextField("备注", blank=True)

    objects = NominationQuerySet.as_manager()
    scope_path = "township_id"

    class Meta:
        verbose_name = verbose_name_plural = "表彰推荐"
        ordering = ["round_id", "township_id", "-nominee_type", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(nominee_type="individual", person__isnull=False, collective="")
                | (Q(nominee_type="collective", person__isnull=True) & ~Q(collective="")),
                name="nomination_person_or_collective",
                violation_error_message="推荐个人只填个人，推荐集体只填集体名称。",
            ),
            models.UniqueConstraint(
                fields=["round", "person"], condition=Q(withdrawn_on__isnull=True), name="nomination_person_once",
                violation_error_message=PERSON_ONCE,
            ),
            models.UniqueConstraint(
                fields=["round", "township", "collective"],
                condition=Q(person__isnull=True, withdrawn_on__isnull=True), name="nomination_collective_once",
                violation_error_message=COLLECTIVE_ONCE,
            ),
            models.CheckConstraint(
                condition=Q(publicity__isnull=True) | Q(eligibility="passed"), name="nomination_publicised_passed",
                violation_error_message="资格审核合格的才能公示。",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True, withdraw_reason="")
                | (Q(withdrawn_on__isnull=False) & ~Q(withdraw_reason="")),
                name="nomination_withdrawn_with_reason", violation_error_message="撤回推荐请写明原因。",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.round} {self.person or self.collective}"

    @property
    def nominee(self):
        """The name of the person or collective. Needs `person`."""
        return self.person.name if self.person_id else self.collective

    @property
    def place_id(self):
        """The code of the village that the nominee belongs to, or None. Needs `person`."""
        return self.village_id or (self.person.village_id if self.person_id else None)

    @property
    def frozen(self):
        """Why the row may not be changed any more by the undo of a roster; "" while it may."""
        return "县里已经审核" if self.eligibility or self.withdrawn_on else ""

    @property
    def phone_masked(self):
        return mask_phone(self.phone) if self.phone else ""

    def others(self):
        """The nominations of the same person or collective in the round beside this one, the latest last."""
        if self.person_id:
            same = Q(person=self.person_id)
        else:
            same = Q(person=None, township=self.township_id, collective=self.collective)
        return Nomination.objects.filter(same, round=self.round_id).exclude(pk=self.pk).order_by("pk")

    def clean(self):
        """The recommending division is a township, the village one of its own, and nobody is nominated twice: a form without
        the day of withdrawal leaves that constraint out."""
        if self.township_id and len(self.township_id) != TOWNSHIP_DIGITS:
            raise ValidationError({"township": "请选择推荐的乡镇（街道）。"})
        if self.village_id and self.township_id and not inside(self.village_id, self.township_id):
            raise ValidationError({"village": "这个村不属于推荐乡镇，请核对。"})
        if self.round_id and self.withdrawn_on is None and self.others().standing().exists():
            raise ValidationError(PERSON_ONCE if self.person_id else COLLECTIVE_ONCE)


class NominationAttachment(models.Model):
    """A file handed in with a nomination, as it came."""

    nomination = models.ForeignKey(Nomination, models.CASCADE, verbose_name="表彰推荐", related_name="attachments")
    filename = models.CharField("文件名", max_length=200)
    content = EncryptedBinaryField("文件", editable=False)
    digest = models.CharField("文件摘要", max_length=64, editable=False)
    size = models.PositiveIntegerField("字节数")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="上传人", related_name="+")
    uploaded_on = models.DateField("上传日期")

    objects = ScopedQuerySet.as_manager()
    scope_path = "nomination__township_id"

    class Meta:
        verbose_name = verbose_name_plural = "推荐附件"
        ordering = ["nomination_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["nomination", "digest"], name="nomination_attachment_once",
                violation_error_message="这个文件已经上传过。",
            )
        ]  # fmt: skip

    def __str__(self):
        return self.filename


class DepartmentOpinion(models.Model):
    """What a department that was asked says of a nomination (征求意见)."""

    class Opinion(models.TextChoices):
        AGREED = "agreed", "同意"
        REFUSED = "refused", "不同意"

    nomination = models.ForeignKey(Nomination, models.PROTECT, verbose_name="表彰推荐", related_name="opinions")
    department = models.CharField("部门", max_length=40)
    opinion = models.CharField("意见", max_length=8, choices=Opinion.choices)
    reason = models.CharField("具体情况", max_length=200, blank=True)
    document_no = models.CharField("文号", max_length=50, blank=True)
    given_on = models.DateField("出具日期")

    objects = ScopedQuerySet.as_manager()
    scope_path = "nomination__township_id"

    class Meta:
        verbose_name = verbose_name_plural = "部门意见"
        ordering = ["nomination_id", "department", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["nomination", "department"], name="opinion_once",
                violation_error_message="这个部门对这条推荐的意见已经登记。",
            ),
            models.CheckConstraint(
                condition=~Q(opinion="refused") | ~Q(reason=""), name="opinion_refused_with_reason",
                violation_error_message="部门不同意的，请写明具体情况。",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.nomination} {self.department}"
