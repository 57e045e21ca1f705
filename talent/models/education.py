"""Education levels that people completed; 在读 is not a degree (see training.DegreeStudy)."""

from django.db import models
from django.db.models import Q

from core.scope import ScopedQuerySet


class EducationLevel(models.TextChoices):
    """Levels from the lowest up, as GB/T 4658-2006 groups them."""

    PRIMARY = "primary", "小学"
    JUNIOR_MIDDLE = "junior_middle", "初中"
    SENIOR_MIDDLE = "senior_middle", "高中"
    SECONDARY_VOCATIONAL = "secondary_vocational", "中专（中技）"
    JUNIOR_COLLEGE = "junior_college", "大专"
    BACHELOR = "bachelor", "本科"
    MASTER = "master", "硕士研究生"
    DOCTOR = "doctor", "博士研究生"

    @property
    def rank(self):
        """Position from the lowest (1) to the highest (8)."""
        return RANKS[self]


RANKS = {level: rank for rank, level in enumerate(EducationLevel, 1)}
COLLEGE_RANK = EducationLevel.JUNIOR_COLLEGE.rank  # 大专及以上


class EducationMode(models.TextChoices):
    FULL_TIME = "full_time", "全日制"
    ON_JOB = "on_job", "在职"
    UNSPECIFIED = "unspecified", "未分"


LABELS = dict([*EducationLevel.choices, *EducationMode.choices])  # get_level_display builds it anew for each row


class LevelRankField(models.PositiveSmallIntegerField):
    """The rank of the sibling `level`, so that the highest level is an ORDER BY."""

    def pre_save(self, model_instance, add):
        rank = EducationLevel(model_instance.level).rank
        setattr(model_instance, self.attname, rank)
        return rank


class EducationQuerySet(ScopedQuerySet):
    def completed(self, on):
        """Levels completed by `on`; a level without a graduation date counts as completed long ago."""
        return self.filter(Q(graduated_on__isnull=True) | Q(graduated_on__lte=on))

    def college(self, on):
        """大专及以上, completed by `on`."""
        return self.completed(on).filter(rank__gte=COLLEGE_RANK)


class Education(models.Model):
    # Without an index: that of the constraint begins with it.
    person = models.ForeignKey(
        "talent.Person", models.CASCADE, verbose_name="人员", related_name="educations", db_index=False
    )
    level = models.CharField("学历", max_length=20, choices=EducationLevel.choices)
    rank = LevelRankField("学历次序", editable=False)
    mode = models.CharField("学习方式", max_length=12, choices=EducationMode.choices, default=EducationMode.UNSPECIFIED)
    school = models.CharField("毕业院校", max_length=100, blank=True)
    major = models.CharField("专业", max_length=100, blank=True)
    graduated_on = models.DateField("毕业时间", null=True, blank=True)
    certificate_no = models.CharField("证书编号", max_length=50, blank=True)

    objects = EducationQuerySet.as_manager()
    scope_path = "person__village_id"

    class Meta:
        verbose_name = verbose_name_plural = "学历"
        ordering = ["person_id", "-rank", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "level", "mode"],
                name="education_level_once",
                violation_error_message="这个人同一学习方式的同一学历已经有了。",
            )
        ]

    def __str__(self):
        return f"{LABELS.get(self.level, self.level)}（{LABELS.get(self.mode, self.mode)}）"
