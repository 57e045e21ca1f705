"""Award schemes, their rounds and who is nominated in them, and the awards given."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from core import validators
from core.fields import EncryptedTextField
from core.identity import mask_phone
from core.scope import ScopedQuerySet, inside

TOWNSHIP_DIGITS = 9


class AwardScheme(models.Model):
    """A standing award of a division (表彰项目), with the number of its approval."""

    class Level(models.TextChoices):
        NATIONAL = "national", "国家"
        PROVINCE = "province", "省"
        PREFECTURE = "prefecture", "市"
        COUNTY = "county", "县"
        TOWNSHIP = "township", "乡镇"

    division = models.ForeignKey("villages.Division", models.PROTECT, to_field="code", verbose_name="设立单位区划")
    name = models.CharField("表彰项目", max_length=100)
    level = models.CharField("级别", max_length=12, choices=Level.choices, default=Level.COUNTY)
    approval_no = models.CharField("批准文号", max_length=50, blank=True)
    remarks = models.TextField("备注", blank=True)

    objects = ScopedQuerySet.as_manager()
    scope_path = "division_id"
    scope_shared = True

    class Meta:
        verbose_name = verbose_name_plural = "表彰项目"
        ordering = ["division_id", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["division", "name"], name="award_scheme_once", violation_error_message="这个表彰项目已经有了。"
            )
        ]

    def __str__(self):
        return self.name


class Award(models.Model):
    """An award to one person, or to a village or other collective, never both."""

    class Category(models.TextChoices):
        INDUSTRY = "industry", "产业振兴"
        TALENT = "talent", "人才振兴"
        CULTURE = "culture", "文化振兴"
        ECOLOGY = "ecology", "生态振兴"
        ORGANIZATION = "organization", "组织振兴"

    scheme = models.ForeignKey(AwardScheme, models.PROTECT, verbose_name="表彰项目", related_name="awards")
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
    remarks = models.TextField("备注", blank=True)

    objects = ScopedQuerySet.as_manager()
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
        ]  # fmt: skip

    def __str__(self):
        return f"{self.year} {self.scheme} {self.person or self.collective}"


class AwardRoundQuerySet(ScopedQuerySet):
    def open(self, on):
        """Rounds in which townships may nominate on `on`; a round without dates is always open."""
        begun = Q(opens_on__isnull=True) | Q(opens_on__lte=on)
        return self.filter(begun, Q(closes_on__isnull=True) | Q(closes_on__gte=on))


class AwardRound(models.Model):
    """One round of an award scheme (表彰轮次): townships nominate, the county decides."""

    scheme = models.ForeignKey(AwardScheme, models.PROTECT, verbose_name="表彰项目", related_name="rounds")
    year = models.PositiveSmallIntegerField("年度")
    name = models.CharField("期次", max_length=50, blank=True, help_text="一年评一次的不填；例如：第一批")
    opens_on = models.DateField("推荐开始", null=True, blank=True)
    closes_on = models.DateField("推荐截止", null=True, blank=True, help_text="截止以后乡镇不能再上传推荐表。")
    document_no = models.CharField("通知文号", max_length=50, blank=True)
    remarks = models.TextField("备注", blank=True)

    objects = AwardRoundQuerySet.as_manager()
    scope_path = "scheme__division_id"
    scope_shared = True

    class Meta:
        verbose_name = verbose_name_plural = "表彰轮次"
        ordering = ["-year", "scheme_id", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "year", "name"], name="award_round_once",
                violation_error_message="这个表彰项目这一年度的这一期已经有了。",
            ),
            models.CheckConstraint(
                condition=Q(year__range=(1949, 2200)), name="award_round_year",
                violation_error_message="年度不对，请填四位年份。",
            ),
            models.CheckConstraint(
                condition=Q(opens_on__isnull=True) | Q(closes_on__isnull=True) | Q(closes_on__gte=F("opens_on")),
                name="award_round_closes_after_opening",
                violation_error_message="推荐截止早于推荐开始，请核对两个日期。",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.year}年度{self.scheme}{self.name}"


class Nomination(models.Model):
    """Somebody or some collective that a township recommends in a round."""

    class Type(models.TextChoices):
        INDIVIDUAL = "individual", "个人"
        COLLECTIVE = "collective", "集体"

    round = models.ForeignKey(AwardRound, models.PROTECT, verbose_name="表彰轮次", related_name="nominations")
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
    remarks = models.TextField("备注", blank=True)

    objects = ScopedQuerySet.as_manager()
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
                fields=["round", "person"], name="nomination_person_once",
                violation_error_message="这个人已在这一轮推荐中。",
            ),
            models.UniqueConstraint(
                fields=["round", "township", "collective"], condition=Q(person__isnull=True),
                name="nomination_collective_once", violation_error_message="这个集体已在这一轮推荐中。",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.round} {self.person or self.collective}"

    @property
    def phone_masked(self):
        return mask_phone(self.phone) if self.phone else ""

    def clean(self):
        """The recommending division is a township, and the village one of its own."""
        if self.township_id and len(self.township_id) != TOWNSHIP_DIGITS:
            raise ValidationError({"township": "请选择推荐的乡镇（街道）。"})
        if self.village_id and self.township_id and not inside(self.village_id, self.township_id):
            raise ValidationError({"village": "这个村不属于推荐乡镇，请核对。"})
