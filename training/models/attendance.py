"""Sign-in by the half-day, what trainees think of a course, and certificates."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from core.scope import ScopedQuerySet


class Attendance(models.Model):
    """Somebody's half-day in a class."""

    class Half(models.TextChoices):
        MORNING = "am", "上午"
        AFTERNOON = "pm", "下午"

    class State(models.TextChoices):
        PRESENT = "present", "到课"
        LEAVE = "leave", "请假"
        ABSENT = "absent", "缺课"

    enrollment = models.ForeignKey(
        "training.Enrollment", models.PROTECT, verbose_name="参训记录", related_name="attendances"
    )
    date = models.DateField("日期")
    half = models.CharField("时段", max_length=2, choices=Half.choices)
    state = models.CharField("到课情况", max_length=8, choices=State.choices, default=State.PRESENT)

    objects = ScopedQuerySet.as_manager()
    scope_path = "enrollment__village_id"

    class Meta:
        verbose_name = verbose_name_plural = "到课记录"
        ordering = ["enrollment_id", "date", "half", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment", "date", "half"],
                name="attendance_once",
                violation_error_message="这个人这个半天的到课情况已经记过。",
            )
        ]

    def __str__(self):
        return f"{self.enrollment} {self.date:%m-%d} {self.get_half_display()}"

    def clean(self):
        if self.enrollment_id and self.date:
            held = self.enrollment.session
            if not held.start <= self.date <= held.end:
                raise ValidationError(
                    {"date": f"不在办班期间，请填 {held.start:%Y-%m-%d} 至 {held.end:%Y-%m-%d} 之间的日期。"}
                )


class CourseFeedback(models.Model):
    """How many trainees gave a course of a class which mark: counts only, no names."""

    session = models.ForeignKey(
        "training.TrainingSession", models.CASCADE, verbose_name="班次", related_name="feedback"
    )
    course = models.ForeignKey("training.Course", models.PROTECT, verbose_name="课程", related_name="feedback")
    five = models.PositiveSmallIntegerField("5 分（人）", default=0)
    four = models.PositiveSmallIntegerField("4 分（人）", default=0)
    three = models.PositiveSmallIntegerField("3 分（人）", default=0)
    two = models.PositiveSmallIntegerField("2 分（人）", default=0)
    one = models.PositiveSmallIntegerField("1 分（人）", default=0)

    objects = ScopedQuerySet.as_manager()
    scope_path = "session__division_id"
    scope_shared = True
    MARKS = (("five", 5), ("four", 4), ("three", 3), ("two", 2), ("one", 1))

    class Meta:
        verbose_name = verbose_name_plural = "课程评价"
        ordering = ["session_id", "course_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "course"],
                name="feedback_once",
                violation_error_message="这一期这门课的评价已经登记过。",
            )
        ]

    def __str__(self):
        return f"{self.session} {self.course}"

    @property
    def answers(self):
        """How many people gave a mark."""
        return sum(getattr(self, name) for name, _ in self.MARKS)

    @property
    def average(self):
        """The mean mark, 1 to 5; None without answers."""
        total = sum(getattr(self, name) * mark for name, mark in self.MARKS)
        return round(total / self.answers, 2) if self.answers else None


class Certificate(models.Model):
    """A certificate of completion; whoever holds it in hand can have it verified by number and code."""

    enrollment = models.OneToOneField(
        "training.Enrollment", models.PROTECT, verbose_name="参训记录", related_name="certificate"
    )
    number = models.CharField("证书编号", max_length=30, unique=True)
    check_code = models.CharField("校验码", max_length=12)
    issued_on = models.DateField("发证日期")
    revoked_on = models.DateField("作废日期", null=True, blank=True)
    revoke_reason = models.CharField("作废原因", max_length=100, blank=True)

    objects = ScopedQuerySet.as_manager()
    scope_path = "enrollment__village_id"

    class Meta:
        verbose_name = verbose_name_plural = "结业证书"
        ordering = ["-issued_on", "number", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_on__isnull=True) | Q(revoked_on__gte=models.F("issued_on")),
                name="certificate_revoked_after_issue",
                violation_error_message="作废日期早于发证日期，请核对两个日期。",
            ),
            models.CheckConstraint(
                condition=Q(revoked_on__isnull=True) | ~Q(revoke_reason=""),
                name="certificate_revoked_with_reason",
                violation_error_message="作废证书请填写原因。",
            ),
        ]

    def __str__(self):
        return self.number
