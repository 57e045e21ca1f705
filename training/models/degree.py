"""Degree study of cadres (学历提升)."""

from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q

from core.periods import NoOverlap, date_range, end_not_before_start, in_force
from core.ranges import id_range_of
from core.scope import ScopedQuerySet


class DegreeStudyQuerySet(ScopedQuerySet):
    def studying(self, on):
        """Studies under way on `on` (在读): neither graduated nor left by then."""
        return self.filter(in_force(on))


class DegreeStudy(models.Model):
    class Target(models.TextChoices):
        JUNIOR_COLLEGE = "junior_college", "专科"
        BACHELOR = "bachelor", "本科"

    class Outcome(models.TextChoices):
        STUDYING = "studying", "在读"
        GRADUATED = "graduated", "毕业"
        WITHDRAWN = "withdrawn", "退学"

    person = models.ForeignKey("talent.Person", models.PROTECT, verbose_name="人员", related_name="degree_studies")
    village = models.ForeignKey(
        "villages.Village", models.PROTECT, to_field="code", verbose_name="报读时所在村", related_name="+"
    )
    job_title = models.CharField("报读时职务", max_length=100, blank=True)
    school = models.CharField("就读院校", max_length=100, blank=True)
    major = models.CharField("专业", max_length=100, blank=True)
    target = models.CharField("报读层次", max_length=16, choices=Target.choices)
    study_mode = models.CharField("学习形式", max_length=30, blank=True, help_text="例如：开放教育、函授、自考")
    start = models.DateField("入学时间")
    end = models.DateField("毕业（退学）时间", null=True, blank=True)
    outcome = models.CharField("状态", max_length=10, choices=Outcome.choices, default=Outcome.STUDYING)
    student_no = models.CharField("学号", max_length=30, blank=True)
    remarks = models.TextField("备注", blank=True)

    objects = DegreeStudyQuerySet.as_manager()
    scope_path = "village_id"

    class Meta:
        verbose_name = verbose_name_plural = "学历提升"
        ordering = ["village_id", "-start", "pk"]
        constraints = [
            end_not_before_start("degree_study"),
            models.CheckConstraint(
                condition=Q(outcome="studying", end__isnull=True) | (~Q(outcome="studying") & Q(end__isnull=False)),
                name="degree_study_outcome_has_end",
                violation_error_message="毕业或退学须填写时间；在读的不填。",
            ),
            NoOverlap(
                name="degree_study_no_overlap",
                expressions=[
                    (id_range_of("person"), RangeOperators.OVERLAPS),
                    (date_range(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="这个人在这段时间已有在读的学历提升。",
            ),
        ]

    def __str__(self):
        return f"{self.person} {self.school} {self.get_target_display()}"
