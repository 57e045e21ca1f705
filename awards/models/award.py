"""Awards given: their certificate and reward, and withdrawal."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from core.periods import dated_by
from core.scope import ScopedQuerySet


class AwardQuerySet(ScopedQuerySet):
    def given(self, on):
        """Awards decided by the day `on` and not withdrawn by then; one without a day of decision is not counted."""
        return self.filter(dated_by(on, "decided_on")).exclude(dated_by(on, "withdrawn_on"))

    def individual(self):
        return self.filter(person__isnull=False)

    def collective(self):
        return self.filter(person__isnull=True)


class Award(models.Model):
    """An award to one person, or to a village or other collective, never both."""

    class Category(models.TextChoices):
        INDUSTRY = "industry", "产业振兴"
        TALENT = "talent", "人才振兴"
        CULTURE = "culture", "文化振兴"
        ECOLOGY = "ecology", "生态振兴"
        ORGANIZATION = "organization", "组织振兴"

    scheme = models.ForeignKey("awards.AwardScheme", models.PROTECT, verbose_name="表彰项目", related_name="awards")
    year = models.PositiveSmallIntegerField("年度")
    village = models.ForeignKey(
        "villages.Village", models.PROTECT, to_field="code", verbose_name="所在村", related_name="awards"
    )
    person = models.ForeignKey(
        "talent.Person", models.PROTECT, null=True, blank=True, verbose_name="个人", related_name="awards"
    )
    collective = models.CharField("集体", max_length=100, blank=True, help_text="表彰村的填村名。")
    category = models.CharField("类别", max_length=14, choices=Category.choices, blank=True)
    document_no = models.CharField("表彰文号", max_length=50, blank=True)
    decided_on = models.DateField("表彰日期", null=True, blank=True)
    nomination = models.OneToOneField(
        "awards.Nomination", models.PROTECT, null=True, blank=True, editable=False, verbose_name="推荐",
        related_name="award",
    )  # fmt: skip
    bonus = models.DecimalField(
        "奖金（元）", max_digits=10, decimal_places=2, default=0, validators=[MinValueValidator(0)]
    )
    material = models.CharField("物质奖励", max_length=100, blank=True, help_text="奖金以外的实物。")
    honours = models.CharField("荣誉奖励", max_length=100, blank=True, help_text="例如：荣誉证书、奖牌")
    certificate_no = models.CharField("证书编号", max_length=30, null=True, blank=True, unique=True, editable=False)
    check_code = models.CharField("校验码", max_length=12, blank=True, editable=False)
    certified_on = models.DateField("发证日期", null=True, blank=True, editable=False)
    withdrawn_on = models.DateField("撤销日期", null=True, blank=True, editable=False)
    withdraw_reason = models.CharField("撤销原因", max_length=200, blank=True, editable=False)
    withdraw_no = models.CharField("撤销文号", max_length=50, blank=True, editable=False)
    remarks = models.TextField("备注", blank=True)

    objects = AwardQuerySet.as_manager()
    scope_path = "village_id"

    class Meta:
        verbose_name = verbose_name_plural = "表彰"
        ordering = ["-year", "scheme_id", "village_id", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, collective="") | (Q(person__isnull=True) & ~Q(collective="")),
                name="award_person_or_collective",
                violation_error_message="一项表彰给个人或给集体，只填其中一个。",
            ),
            models.CheckConstraint(
                condition=Q(year__range=(1949, 2200)), name="award_year", violation_error_message="年度不对，请填四位年份。"
            ),
            models.UniqueConstraint(
                fields=["scheme", "year", "person"], name="award_person_once_a_year",
                violation_error_message="这个人这一年度已获得这项表彰。",
            ),
            models.UniqueConstraint(
                fields=["scheme", "year", "village", "collective"], condition=Q(person__isnull=True),
                name="award_collective_once_a_year", violation_error_message="这个集体这一年度已获得这项表彰。",
            ),
            models.CheckConstraint(
                condition=Q(bonus__gte=0), name="award_bonus", violation_error_message="奖金不能是负数。"
            ),
            models.CheckConstraint(
                condition=Q(certificate_no__isnull=True, check_code="", certified_on__isnull=True)
                | (Q(certificate_no__isnull=False, certified_on__gte=F("decided_on")) & ~Q(check_code="")),
                name="award_certified_whole",
                violation_error_message="证书的编号、校验码和发证日期要齐，发证不早于表彰。",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True, withdraw_reason="", withdraw_no="")
                | (Q(withdrawn_on__gte=F("decided_on")) & ~Q(withdraw_reason="") & ~Q(withdraw_no="")),
                name="award_withdrawn_whole",
                violation_error_message="撤销表彰须写明日期、原因和文号，日期不早于表彰日期。",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.year} {self.scheme} {self.person or self.collective}"

    @property
    def frozen(self):
        """Why the row may not be changed any more by the undo of a roster; "" while it may."""
        return "已经发放证书或者撤销" if self.certificate_no or self.withdrawn_on else ""

    @property
    def winner(self):
        """The name on the certificate. Needs `person`."""
        return self.person.name if self.person_id else self.collective
