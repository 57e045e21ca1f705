"""Degree study of cadres (学历提升)."""

import datetime

from django.contrib.postgres.fields import RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from core.periods import NoOverlap, date_range, end_not_before_start, in_force
from core.ranges import id_range_of
from core.scope import ScopedQuerySet


class DegreeStudyQuerySet(ScopedQuerySet):
    def studying(self, on):
        """Studies under way on `on` (在读): neither graduated nor left by then."""
        return self.filter(in_force(on))

    def graduated(self, on):
        """Studies that ended with a degree by `on`."""
        return self.filter(outcome=DegreeStudy.Outcome.GRADUATED, end__lte=on)


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
    expected_on = models.DateField("预计毕业时间", null=True, blank=True)
    tuition = models.PositiveIntegerField("学费（元）", null=True, blank=True, help_text="全程合计。")
    subsidy = models.PositiveIntegerField("补助（元）", null=True, blank=True, help_text="已发放的合计。")
    certificate_no = models.CharField("毕业证书编号", max_length=50, blank=True)
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
            models.CheckConstraint(
                condition=Q(expected_on__isnull=True) | Q(expected_on__gte=F("start")),
                name="degree_study_expected_after_start",
                violation_error_message="预计毕业时间早于入学时间，请核对这两个时间。",
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


class StudyTermQuerySet(ScopedQuerySet):
    def begun(self, on):
        """Terms that had begun by `on`."""
        return self.filter(Q(year__lt=on.year) | Q(year=on.year, season__in=[season for season in StudyTerm.Season if term_days(on.year, season)[0] <= on]))  # fmt: skip


class StudyTerm(models.Model):
    """How a study went in one term."""

    class Season(models.TextChoices):
        SPRING = "1", "春季"
        AUTUMN = "2", "秋季"

    class State(models.TextChoices):
        NORMAL = "normal", "正常"
        BEHIND = "behind", "有课程未通过"
        SUSPENDED = "suspended", "休学"

    study = models.ForeignKey(DegreeStudy, models.PROTECT, verbose_name="学历提升", related_name="terms")
    year = models.PositiveSmallIntegerField("年份")
    season = models.CharField("学期", max_length=1, choices=Season.choices)
    state = models.CharField("学习情况", max_length=10, choices=State.choices, default=State.NORMAL)
    credits = models.DecimalField("取得学分", max_digits=4, decimal_places=1, default=0)
    failed = models.PositiveSmallIntegerField("未通过课程（门）", default=0)
    tuition = models.PositiveIntegerField("本学期学费（元）", null=True, blank=True)
    subsidy = models.PositiveIntegerField("本学期补助（元）", null=True, blank=True, help_text="本学期发放的。")
    remarks = models.TextField("备注", blank=True)

    objects = StudyTermQuerySet.as_manager()
    scope_path = "study__village_id"

    class Meta:
        verbose_name = verbose_name_plural = "学期进展"
        ordering = ["study_id", "-year", "-season", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["study", "year", "season"],
                name="study_term_once",
                violation_error_message="这个学期的进展已经登记过。",
            ),
            models.CheckConstraint(
                condition=Q(year__gte=2000, year__lte=2100),
                name="study_term_year",
                violation_error_message="年份请填四位，例如 2026。",
            ),
        ]

    def __str__(self):
        return f"{self.year} 年{self.get_season_display()}学期"

    def clean(self):
        """A term has begun and lies within its study."""
        if self.year and self.season and 2000 <= self.year <= 2100:
            begins = term_days(self.year, self.season)[0]
            if begins > timezone.localdate():
                raise ValidationError({"year": f"这个学期 {begins:%Y-%m-%d} 才开始，到时再登记。"})
        if (
            self.study_id
            and self.year in range(2000, 2101)
            and self.season
            and not within_study(self.study, self.year, self.season)
        ):
            ended = f"，{self.study.end:%Y-%m-%d} 结束" if self.study.end else ""
            raise ValidationError(
                {"year": f"不在这一段学习期间（{self.study.start:%Y-%m-%d} 入学{ended}），请核对学期。"}
            )


def term_days(year, season):
    """The first and last day of a term: spring from February to July, autumn from August to January."""
    if season == StudyTerm.Season.SPRING:
        return datetime.date(year, 2, 1), datetime.date(year, 7, 31)
    return datetime.date(year, 8, 1), datetime.date(year + 1, 1, 31)


def within_study(study, year, season):
    """True when the term has days on which the study was under way."""
    first, last = term_days(year, season)
    return study.start <= last and (study.end is None or study.end >= first)
