"""Open recruitment of reserve cadres (公开招聘): the notice, its places by township, who applied and how far each came."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from core.scope import ScopedQuerySet
from talent.models.education import EducationLevel

TOWNSHIP_DIGITS = 9
HIGHEST = 100
SCORE = {"max_digits": 5, "decimal_places": 2, "null": True, "blank": True,
         "validators": [MinValueValidator(0), MaxValueValidator(HIGHEST)]}  # fmt: skip

DECIDED = [("passed", "合格"), ("failed", "不合格")]  # of every step that is judged; "" is not yet


def score_in_range(name, label):
    return models.CheckConstraint(
        condition=Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__range": (0, HIGHEST)}),
        name=f"application_{name}_range",
        violation_error_message=f"{label}应在 0 到 100 分之间。",
    )


class Recruitment(models.Model):
    """A notice: who may apply, how the scores are weighed, when each step is."""

    class Party(models.TextChoices):
        ANY = "any", "不限"
        MEMBER = "member", "中共党员（含预备党员）"

    class Household(models.TextChoices):
        ANY = "any", "不限"
        COUNTY = "county", "本县户籍"
        TOWNSHIP = "township", "报考乡镇户籍"

    class TieBreak(models.TextChoices):
        INTERVIEW = "interview", "面试成绩高者在前"
        WRITTEN = "written", "笔试成绩高者在前"

    division = models.ForeignKey("villages.Division", models.PROTECT, to_field="code", verbose_name="县")
    title = models.CharField("公告标题", max_length=100)
    year = models.PositiveSmallIntegerField("年度")
    document_no = models.CharField("公告文号", max_length=50, blank=True)
    min_age = models.PositiveSmallIntegerField("年龄不低于（周岁）", default=18)
    max_age = models.PositiveSmallIntegerField("年龄不超过（周岁）", default=35)
    min_education = models.CharField("学历不低于", max_length=20, choices=EducationLevel.choices, blank=True)
    party = models.CharField("政治面貌", max_length=10, choices=Party.choices, default=Party.ANY)
    household = models.CharField("户籍", max_length=10, choices=Household.choices, default=Household.ANY)
    written_weight = models.PositiveSmallIntegerField("笔试占比（%）", default=50)
    interview_weight = models.PositiveSmallIntegerField("面试占比（%）", default=50)
    tie_break = models.CharField("总分相同时", max_length=10, choices=TieBreak.choices, default=TieBreak.INTERVIEW)
    published_on = models.DateField("公告日期")
    applies_until = models.DateField("报名截止", help_text="年龄按报名截止这一天算。")
    written_on = models.DateField("笔试日期", null=True, blank=True)
    interviewed_on = models.DateField("面试日期", null=True, blank=True)
    physical_on = models.DateField("体检日期", null=True, blank=True)
    inspected_on = models.DateField("考察日期", null=True, blank=True)
    publicised_from = models.DateField("公示开始", null=True, blank=True)
    publicised_until = models.DateField("公示结束", null=True, blank=True)
    remarks = models.TextField("备注", blank=True)

    objects = ScopedQuerySet.as_manager()
    scope_path = "division_id"
    scope_shared = True

    class Meta:
        verbose_name = verbose_name_plural = "公开招聘"
        ordering = ["-year", "-published_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["division", "title"], name="recruitment_title_once",
                violation_error_message="这个标题的招聘公告已经有了。",
            ),
            models.CheckConstraint(
                condition=Q(written_weight=HIGHEST - F("interview_weight")), name="recruitment_weights_sum",
                violation_error_message="笔试和面试的占比相加应为 100。",
            ),
            models.CheckConstraint(
                condition=Q(max_age__gte=F("min_age")), name="recruitment_ages",
                violation_error_message="年龄上限低于下限，请核对。",
            ),
            models.CheckConstraint(
                condition=Q(year__range=(1949, 2200)), name="recruitment_year",
                violation_error_message="年度不对，请填四位年份。",
            ),
            models.CheckConstraint(
                condition=Q(applies_until__gte=F("published_on")), name="recruitment_closes_after_notice",
                violation_error_message="报名截止早于公告日期，请核对两个日期。",
            ),
            models.CheckConstraint(
                condition=Q(publicised_from__isnull=True, publicised_until__isnull=True)
                | Q(publicised_until__gte=F("publicised_from"), publicised_from__gte=F("applies_until")),
                name="recruitment_publicity_dates",
                violation_error_message="公示开始和结束要一起填，结束不早于开始，开始不早于报名截止。",
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.title


class RecruitmentQuota(models.Model):
    """How many places a township has in a recruitment."""

    recruitment = models.ForeignKey(Recruitment, models.CASCADE, verbose_name="公开招聘", related_name="quotas")
    township = models.ForeignKey(
        "villages.Division", models.PROTECT, to_field="code", verbose_name="乡镇", related_name="recruitment_quotas"
    )
    places = models.PositiveSmallIntegerField("名额")

    objects = ScopedQuerySet.as_manager()
    scope_path = "township_id"

    class Meta:
        verbose_name = verbose_name_plural = "招聘名额"
        ordering = ["recruitment_id", "township_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recruitment", "township"], name="recruitment_quota_once",
                violation_error_message="这个乡镇的名额已经有了。",
            ),
            models.CheckConstraint(
                condition=Q(places__gte=1), name="recruitment_quota_places", violation_error_message="名额至少为 1。"
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.recruitment} {self.township} {self.places}"

    def clean(self):
        if self.township_id and len(self.township_id) != TOWNSHIP_DIGITS:
            raise ValidationError({"township": "请选择乡镇（街道）。"})


class RecruitmentApplication(models.Model):
    """Somebody who applied: what each step found. Total and rank are computed, never kept (see talent.recruiting)."""

    class Household(models.TextChoices):
        TOWNSHIP = "township", "报考乡镇"
        COUNTY = "county", "本县其他乡镇"
        ELSEWHERE = "elsewhere", "其他县"

    class Eligibility(models.TextChoices):
        OPEN = "", "待审查"
        PASSED = "passed", "合格"
        FAILED = "failed", "不合格"

    class Result(models.TextChoices):
        OPEN = "", "未办"
        PASSED = "passed", "合格"
        FAILED = "failed", "不合格"

    recruitment = models.ForeignKey(Recruitment, models.PROTECT, verbose_name="公开招聘", related_name="applications")
    person = models.ForeignKey(
        "talent.Person", models.PROTECT, verbose_name="报考人", related_name="recruitment_applications"
    )
    village = models.ForeignKey(
        "villages.Village", models.PROTECT, to_field="code", verbose_name="报考村", related_name="recruitment_applications"
    )  # fmt: skip
    household = models.CharField("户籍", max_length=10, choices=Household.choices, blank=True)
    ticket_no = models.CharField("准考证号", max_length=30, blank=True)
    applied_on = models.DateField("报名日期")
    eligibility = models.CharField("资格审查", max_length=10, choices=Eligibility.choices, blank=True)
    eligibility_reasons = models.TextField("审查意见", blank=True)
    reviewed_on = models.DateField("审查日期", null=True, blank=True)
    written = models.DecimalField("笔试成绩", **SCORE)
    interview = models.DecimalField("面试成绩", **SCORE)
    extra = models.DecimalField("加试成绩", **SCORE, help_text="总分和先看的成绩都相同、名额不够时加试。")
    physical = models.CharField("体检", max_length=10, choices=Result.choices, blank=True)
    inspection = models.CharField("考察", max_length=10, choices=Result.choices, blank=True)
    publicity = models.CharField("公示", max_length=10, choices=Result.choices, blank=True)
    withdrawn_on = models.DateField("放弃日期", null=True, blank=True)
    engaged_on = models.DateField("聘用日期", null=True, blank=True)
    document_no = models.CharField("聘用文号", max_length=50, blank=True)
    place = models.OneToOneField(
        "talent.ReserveCandidate", models.PROTECT, null=True, blank=True, verbose_name="入库记录", related_name="application"
    )  # fmt: skip
    remarks = models.TextField("备注", blank=True)

    objects = ScopedQuerySet.as_manager()
    scope_path = "village_id"

    class Meta:
        verbose_name = verbose_name_plural = "招聘报名"
        ordering = ["recruitment_id", "village_id", "pk"]
        indexes = [models.Index(fields=["recruitment", "village"], name="application_village")]
        constraints = [
            models.UniqueConstraint(
                fields=["recruitment", "person"], name="application_once",
                violation_error_message="这个人已报名这次招聘，一人只能报一个村。",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_on__isnull=True) | ~Q(eligibility=""),
                name="application_reviewed_has_verdict",
                violation_error_message="还没有资格审查结果的，不填审查日期。",
            ),
            score_in_range("written", "笔试成绩"),
            score_in_range("interview", "面试成绩"),
            score_in_range("extra", "加试成绩"),
            models.CheckConstraint(
                condition=Q(engaged_on__isnull=True, place__isnull=True)
                | Q(engaged_on__isnull=False, place__isnull=False),
                name="application_engaged_has_place",
                violation_error_message="聘用的同时进入后备库，两者缺一不可。",
            ),
            models.CheckConstraint(
                condition=Q(engaged_on__isnull=True)
                | Q(eligibility="passed", physical="passed", inspection="passed", publicity="passed",
                    written__isnull=False, interview__isnull=False, withdrawn_on__isnull=True),
                name="application_engaged_passed_all",
                violation_error_message="资格审查、笔试、面试、体检、考察、公示都通过，并且没有放弃的，才能聘用。",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.recruitment} {self.person}"

    @property
    def township_id(self):
        return self.village_id[:TOWNSHIP_DIGITS]

    @property
    def total(self):
        """The weighted total to two decimals, half up; None until both scores are there. Needs `recruitment`."""
        if self.written is None or self.interview is None:
            return None
        held = self.recruitment
        weighed = self.written * held.written_weight + self.interview * held.interview_weight
        return (Decimal(weighed) / HIGHEST).quantize(Decimal("0.01"), "ROUND_HALF_UP")

    @property
    def is_out(self):
        """True for whoever failed a step or gave up: the next in the ranking moves up."""
        failed = "failed" in (self.eligibility, self.physical, self.inspection, self.publicity)
        return failed or self.withdrawn_on is not None
