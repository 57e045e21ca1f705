"""Award schemes and the awards given under them."""

from django.db import models
from django.db.models import Q

from core.scope import ScopedQuerySet


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
