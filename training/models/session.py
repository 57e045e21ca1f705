"""Courses, classes held, and who attended."""

from django.db import models

from core.periods import end_not_before_start
from core.scope import ScopedQuerySet


class Course(models.Model):
    division = models.ForeignKey("villages.Division", models.PROTECT, to_field="code", verbose_name="开设单位区划")
    name = models.CharField("课程", max_length=100)
    topic = models.CharField("主题", max_length=50, blank=True, help_text="例如：农业技术、经营管理、乡村旅游")
    teacher = models.CharField("授课人", max_length=50, blank=True)
    hours = models.DecimalField("学时", max_digits=5, decimal_places=1, default=0)

    objects = ScopedQuerySet.as_manager()
    scope_path = "division_id"
    scope_shared = True

    class Meta:
        verbose_name = verbose_name_plural = "课程"
        ordering = ["division_id", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["division", "name", "teacher"],
                name="course_once",
                violation_error_message="这门课程已经有了。",
            )
        ]

    def __str__(self):
        return self.name


class TrainingSession(models.Model):
    """One class held (一期)."""

    class Level(models.TextChoices):
        CENTRAL = "central", "中央"
        PROVINCE = "province", "省"
        PREFECTURE = "prefecture", "市"
        COUNTY = "county", "县"
        TOWNSHIP = "township", "乡镇"

    class ClassType(models.TextChoices):
        SECRETARY = "secretary", "村党组织书记"
        COMMITTEE = "committee", "村“两委”成员"
        STATIONED = "stationed", "驻村干部"
        RESERVE = "reserve", "后备干部"
        PARTY_MEMBER = "party_member", "党员"
        TALENT = "talent", "实用人才"
        OTHER = "other", "其他"

    division = models.ForeignKey("villages.Division", models.PROTECT, to_field="code", verbose_name="主办单位区划")
    name = models.CharField("班次", max_length=100)
    number = models.PositiveSmallIntegerField("期次", default=1)
    level = models.CharField("层级", max_length=12, choices=Level.choices, default=Level.COUNTY)
    class_type = models.CharField("培训对象", max_length=14, choices=ClassType.choices)
    organiser = models.CharField("主办单位", max_length=100, blank=True)
    place = models.CharField("地点", max_length=100, blank=True)
    start = models.DateField("开班日期")
    end = models.DateField("结业日期")
    hours = models.DecimalField("学时", max_digits=5, decimal_places=1, default=0)
    courses = models.ManyToManyField(Course, blank=True, verbose_name="课程", related_name="sessions")

    objects = ScopedQuerySet.as_manager()
    scope_path = "division_id"
    scope_shared = True

    class Meta:
        verbose_name = verbose_name_plural = "培训班次"
        ordering = ["-start", "name", "number", "pk"]
        constraints = [
            end_not_before_start("session"),
            models.UniqueConstraint(
                fields=["division", "name", "number", "start"],
                name="session_once",
                violation_error_message="这一期班次已经有了。",
            ),
        ]

    def __str__(self):
        return f"{self.name}第{self.number}期"


class Enrollment(models.Model):
    """A person in a class; one row is one 人次."""

    class Result(models.TextChoices):
        ENROLLED = "enrolled", "已报名"
        ATTENDED = "attended", "已参训"
        QUALIFIED = "qualified", "合格"
        UNQUALIFIED = "unqualified", "不合格"
        ABSENT = "absent", "缺训"

    session = models.ForeignKey(TrainingSession, models.PROTECT, verbose_name="班次", related_name="enrollments")
    person = models.ForeignKey("talent.Person", models.PROTECT, verbose_name="人员", related_name="enrollments")
    village = models.ForeignKey(
        "villages.Village", models.PROTECT, to_field="code", verbose_name="参训时所在村", related_name="+"
    )
    job_title = models.CharField("参训时职务", max_length=100, blank=True)
    lodging = models.BooleanField("住宿", default=False)
    halal = models.BooleanField("清真餐", default=False)
    result = models.CharField("结果", max_length=12, choices=Result.choices, default=Result.ATTENDED)
    remarks = models.TextField("备注", blank=True)

    objects = ScopedQuerySet.as_manager()
    scope_path = "village_id"
    # What counts as having been trained.
    TRAINED = (Result.ATTENDED, Result.QUALIFIED, Result.UNQUALIFIED)

    class Meta:
        verbose_name = verbose_name_plural = "参训记录"
        ordering = ["session_id", "village_id", "pk"]
        indexes = [models.Index(fields=["person", "session"], name="enrollment_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person"],
                name="enrollment_once",
                violation_error_message="这个人已在这一期班次中。",
            )
        ]

    def __str__(self):
        return f"{self.person} {self.session}"
