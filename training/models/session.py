"""Courses, classes held, and who attended."""

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Max, Min, Q

from core.periods import end_not_before_start
from core.scope import ScopedQuerySet


class Course(models.Model):
    division = models.ForeignKey("villages.Division", models.PROTECT, to_field="code", verbose_name="开设单位区划")
    name = models.CharField("课程", max_length=100)
    topic = models.CharField("主题", max_length=50, blank=True, help_text="例如：农业技术、经营管理、乡村旅游")
    teacher = models.ForeignKey(
        "training.Teacher", models.PROTECT, null=True, blank=True, verbose_name="授课人", related_name="courses"
    )
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
                nulls_distinct=False,
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
    topics = models.ManyToManyField("training.Topic", blank=True, verbose_name="培训专题", related_name="sessions")
    plan_line = models.ForeignKey(
        "training.PlanLine",
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name="对应年度计划",
        related_name="sessions",
    )

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

    def meets(self, other):
        """True when the two are held on a common day."""
        return self.start <= other.end and other.start <= self.end

    def clean(self):
        """New days must fit what was recorded of the class."""
        if self.pk and self.start and self.end and (told := unfit_days([self]).get(self)):
            raise ValidationError({"start": told})


MOST_NAMED = 3


def _label_ties():
    """What the rows that tie a class to its topics and courses are called in the log and in what an undo tells."""
    for relation, name, label in (("topics", "topic", "班次的专题"), ("courses", "course", "班次的课程")):
        through = getattr(TrainingSession, relation).through
        through._meta.verbose_name = through._meta.verbose_name_plural = label
        through.__str__ = lambda row, name=name: f"{row.trainingsession}：{getattr(row, name)}"


_label_ties()


class EnrollmentQuerySet(ScopedQuerySet):
    def listed(self):
        """Who is really on the list: without those who are only proposed."""
        return self.exclude(result=Enrollment.Result.DRAFT)

    def trained(self):
        """Attendances that count as having been trained (人次)."""
        return self.filter(result__in=Enrollment.TRAINED)

    def passed(self, score):
        """Attendances after which a topic of the class is not lacking: trained, and no test below `score`."""
        return self.trained().exclude(Enrollment.failing(score))

    def failed(self, score):
        """Attendances judged 不合格 or with a test below `score`."""
        return self.trained().filter(Enrollment.failing(score))

    def booked(self, start, end):
        """Enrolments, proposed ones too, in classes that meet the days from `start` to `end`; who stayed away is free."""
        held = self.exclude(result=Enrollment.Result.ABSENT)
        return held.filter(session__start__lte=end, session__end__gte=start)


class Enrollment(models.Model):
    """A person in a class; one row is one 人次."""

    class Result(models.TextChoices):
        DRAFT = "draft", "拟定"
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
    score = models.DecimalField(
        "测试成绩", max_digits=4, decimal_places=1, null=True, blank=True, help_text="0 到 100 分。"
    )
    remarks = models.TextField("备注", blank=True)

    objects = EnrollmentQuerySet.as_manager()
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
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__gte=0, score__lte=100),
                name="enrollment_score",
                violation_error_message="测试成绩请填 0 到 100。",
            ),
        ]

    def __str__(self):
        return f"{self.person} {self.session}"

    @classmethod
    def failing(cls, score):
        """A condition: judged 不合格, or a test below `score`."""
        return Q(result=cls.Result.UNQUALIFIED) | Q(score__isnull=False, score__lt=score)

    def clean(self):
        """Nobody sits in two classes on the same days."""
        if self.person_id and self.session_id and self.result != self.Result.ABSENT:
            met = clashes([self.person_id], self.session)
            if met:
                raise ValidationError(double_booking(met[self.person_id]))


def clashes(people, session):
    """{person's key: another class that the person is in on days of `session`}; who is marked 缺训 there is free.

    The one place that says what a double booking is: pages, admin and rosters ask here. One query."""
    met = (
        Enrollment.objects.booked(session.start, session.end)
        .filter(person_id__in=people)
        .exclude(session_id=session.pk)
    )
    return {row.person_id: row.session for row in met.select_related("session").order_by("-session__start", "-pk")}


def unfit_days(sessions):
    """{class: why its days, as they stand on the instance, cannot be}: somebody of the list is elsewhere then, or something
    was signed on another day. Two queries, however many the classes."""
    moved = {one.pk: one for one in sessions}
    if not moved:
        return {}
    elsewhere, signed, found = _elsewhere(moved), _signed(moved), {}
    for key, one in moved.items():
        met, (first, last) = elsewhere.get(key, []), signed.get(key, (one.start, one.end))
        if met:
            named = "、".join(sorted({str(other) for other in met})[:MOST_NAMED])
            found[one] = f"名单中有 {len(met)} 人这几天同时在“{named}”的名单中，请换开班、结业日期，或先调整名单。"
        elif first < one.start or last > one.end:
            found[one] = (
                f"这一期已有 {first:%m-%d} 至 {last:%m-%d} 的签到，改了日期就不在办班期间，请核对开班、结业日期。"
            )
    return found


def _elsewhere(moved):
    """{key of a moved class: for each of its people who is in another class on its days, one such class}."""
    listed = Enrollment.objects.exclude(result=Enrollment.Result.ABSENT)
    theirs = listed.filter(person_id__in=listed.filter(session_id__in=moved).values("person_id"))
    of_person, found = {}, {}
    for row in theirs.select_related("session").order_by("session__start", "pk"):
        of_person.setdefault(row.person_id, []).append(moved.get(row.session_id, row.session))
    for held in of_person.values():
        for one in (session for session in held if session.pk in moved):
            met = [other for other in held if other.pk != one.pk and one.meets(other)]
            found.setdefault(one.pk, []).extend(met[:1])
    return found


def _signed(moved):
    """{key of a class: the first and the last day of which something was signed}."""
    signed = apps.get_model("training", "Attendance").objects.filter(enrollment__session_id__in=moved)
    days = signed.order_by().values_list("enrollment__session_id").annotate(Min("date"), Max("date"))
    return {key: (first, last) for key, first, last in days}


def double_booking(held):
    """What is told of somebody who is in the class `held` on the same days."""
    return f"这几天已在“{held}”（{held.start:%m-%d} 至 {held.end:%m-%d}）的名单中，不能重复调训。"
