"""Who teaches (师资)."""

from django.db import models

from core.scope import ScopedQuerySet


class Teacher(models.Model):
    class Kind(models.TextChoices):
        SCHOOL = "school", "党校（院校）教师"
        LEADER = "leader", "领导干部"
        EXPERT = "expert", "专家技术人员"
        LOCAL = "local", "先进典型、乡土人才"

    division = models.ForeignKey("villages.Division", models.PROTECT, to_field="code", verbose_name="管理单位区划")
    name = models.CharField("姓名", max_length=50)
    kind = models.CharField("类别", max_length=8, choices=Kind.choices, default=Kind.SCHOOL)
    unit = models.CharField("单位", max_length=100, blank=True)
    position = models.CharField("职务职称", max_length=50, blank=True)
    specialty = models.CharField("授课方向", max_length=100, blank=True)

    objects = ScopedQuerySet.as_manager()
    scope_path = "division_id"
    scope_shared = True

    class Meta:
        verbose_name = verbose_name_plural = "师资"
        ordering = ["division_id", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["division", "name", "unit"],
                name="teacher_once",
                violation_error_message="这位教师已经在师资库里了。",
            )
        ]

    def __str__(self):
        return self.name
