"""Yearly evaluation: schemes with weighted items, who is evaluated, scores, grades and appeals. Totals are never stored."""

from django.contrib.postgres.fields import RangeOperators
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from core.dates import within_reach
from core.periods import NoOverlap, date_range, dated_after, dated_by, end_not_before_start, in_force
from core.ranges import id_range_of
from core.scope import ScopedQuerySet
from talent.models.review import Ballots, ballots_add_up

TOWNSHIP_DIGITS = 9
WHOLE = 100
PERCENT = [MinValueValidator(0), MaxValueValidator(WHOLE)]
POINTS = {"max_digits": 6, "decimal_places": 2, "validators": [MinValueValidator(0), MaxValueValidator(1000)]}


class Grade(models.TextChoices):
    """The grades of the yearly evaluation, the best first."""

    EXCELLENT = "excellent", "优秀"
    COMPETENT = "competent", "称职"
    BASIC = "basic", "基本称职"
    UNFIT = "unfit", "不称职"


class EvaluationSchemeQuerySet(ScopedQuerySet):
    def begun(self, on):
        return self.filter(dated_by(on, "opens"))


class EvaluationScheme(models.Model):
    """How one kind of object is evaluated for one year; the weights are its items'."""

    class Kind(models.TextChoices):
        CADRE = "cadre", "村干部"
        TEAM = "team", "村班子"
        RESERVE = "reserve", "后备干部"
        STATIONED = "stationed", "驻村干部"
        TALENT = "talent", "乡村人才"

    division = models.ForeignKey("villages.Division", models.PROTECT, to_field="code", verbose_name="县")
    year = models.PositiveSmallIntegerField("考核年度")
    kind = models.CharField("考核对象", max_length=10, choices=Kind.choices)
    as_of = models.DateField(
        "数据时点", validators=[within_reach], help_text="按这一天的台账列出考核对象：在任的干部、在库的后备和人才。"
    )
    opens = models.DateField("开始日期", validators=[within_reach])
    closes = models.DateField(
        "截止日期", validators=[within_reach], help_text="过了这一天还没有定等次的，列入核查发现。"
    )
    document_no = models.CharField("方案文号", max_length=50, blank=True)
    excellent_percent = models.PositiveSmallIntegerField("每个乡镇优秀不超过（%）", validators=PERCENT)
    excellent_from = models.PositiveSmallIntegerField("优秀不低于（分）", validators=PERCENT)
    competent_from = models.PositiveSmallIntegerField("称职不低于（分）", validators=PERCENT)
    basic_from = models.PositiveSmallIntegerField("基本称职不低于（分）", validators=PERCENT)
    fair_percent = models.PositiveSmallIntegerField("基本满意票折算（%）", validators=PERCENT)
    published_on = models.DateField("公布日期", null=True, blank=True, editable=False)
    remarks = models.TextField("要求", blank=True)

    objects = EvaluationSchemeQuerySet.as_manager()
    scope_path = "division_id"
    scope_shared = True

    class Meta:
        verbose_name = verbose_name_plural = "考核方案"
        ordering = ["-year", "kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["division", "year", "kind"], name="evaluation_scheme_once",
                violation_error_message="这一年度这类对象的考核方案已经有了。",
            ),
            models.CheckConstraint(
                condition=Q(year__range=(1949, 2200)), name="evaluation_scheme_year",
                violation_error_message="考核年度不对，请填四位年份。",
            ),
            models.CheckConstraint(
                condition=Q(closes__gte=F("opens")), name="evaluation_scheme_dates",
                violation_error_message="截止日期早于开始日期，请核对两个日期。",
            ),
            models.CheckConstraint(
                condition=Q(
                    excellent_from__lte=WHOLE, excellent_from__gte=F("competent_from"),
                    competent_from__gte=F("basic_from"), excellent_percent__lte=WHOLE, fair_percent__lte=WHOLE,
                ),
                name="evaluation_scheme_lines",
                violation_error_message="分数线应为优秀不低于称职、称职不低于基本称职，分数和百分比都不超过 100。",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.year}年度{self.get_kind_display()}考核"

    def was_published(self, on):
        return self.published_on is not None and self.published_on <= on


class EvaluationItem(models.Model):
    """A weighted indicator of a scheme, or what adds to the total, takes from it, or vetoes."""

    class Part(models.TextChoices):
        SCORE = "score", "考核指标"
        PLUS = "plus", "加分项"
        MINUS = "minus", "扣分项"
        VETO = "veto", "一票否决"

    class Source(models.TextChoices):
        TOWNSHIP = "township", "乡镇评分"
        COUNTY = "county", "县级评分"
        BALLOTS = "ballots", "群众测评"

    scheme = models.ForeignKey(EvaluationScheme, models.CASCADE, verbose_name="考核方案", related_name="items")
    part = models.CharField("类别", max_length=6, choices=Part.choices, default=Part.SCORE)
    title = models.CharField("名称", max_length=60)
    source = models.CharField("来源", max_length=10, choices=Source.choices, default=Source.TOWNSHIP)
    weight = models.PositiveSmallIntegerField("权重", default=0, validators=PERCENT)
    most = models.PositiveSmallIntegerField("满分（上限）", default=0, validators=[MaxValueValidator(1000)])
    standard = models.CharField("评分标准和依据", max_length=200, blank=True)

    objects = ScopedQuerySet.as_manager()
    scope_path = "scheme__division_id"
    scope_shared = True

    class Meta:
        verbose_name = verbose_name_plural = "考核指标"
        ordering = ["scheme_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "title"], name="evaluation_item_once",
                violation_error_message="这个方案里已有同名的指标。",
            ),
            models.UniqueConstraint(
                fields=["scheme"], condition=Q(source="ballots"), name="evaluation_item_one_of_ballots",
                violation_error_message="一个方案只有一项按群众测评计分。",
            ),
            models.CheckConstraint(
                condition=Q(part="score", weight__range=(1, WHOLE), most__gte=1)
                | (Q(part__in=("plus", "minus"), weight=0, most__gte=1) & ~Q(source="ballots"))
                | (Q(part="veto", weight=0, most=0) & ~Q(source="ballots")),
                name="evaluation_item_of_its_part",
                violation_error_message="考核指标要有权重和满分；加分、扣分项只填上限，一票否决项权重和上限填 0，都不按群众测评计分。",
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.title


class EvaluationQuerySet(ScopedQuerySet):
    def graded(self, on):
        """Evaluations graded by `on`, annotated with `grade_on`: the grade that stood that day, before later appeals."""
        later = EvaluationAppeal.objects.filter(
            dated_after(on, "closed_on"), evaluation=OuterRef("pk"), finding="upheld"
        )
        before = Subquery(later.order_by("closed_on", "pk").values("old_grade")[:1])
        return self.filter(dated_by(on, "graded_on")).annotate(grade_on=Coalesce(before, F("grade")))

    def announced(self, on):
        """`graded(on)` of what was announced by `on`: the results as everybody may know them."""
        return self.graded(on).filter(dated_by(on, "scheme__published_on"))

    def known_to(self, code, on):
        """The grades that a reader of the division `code` may know on the day: a township those announced."""
        return self.graded(on) if code and len(code) < TOWNSHIP_DIGITS else self.announced(on)


class Evaluation(Ballots):
    """One cadre, team, reserve, stationed cadre or talent under a scheme."""

    scheme = models.ForeignKey(EvaluationScheme, models.PROTECT, verbose_name="考核方案", related_name="evaluations")
    village = models.ForeignKey(
        "villages.Village", models.PROTECT, to_field="code", verbose_name="村", related_name="evaluations"
    )
    person = models.ForeignKey(
        "talent.Person", models.PROTECT, null=True, blank=True, verbose_name="人员", related_name="evaluations"
    )
    post = models.CharField("职务（身份）", max_length=60, blank=True)
    counted_on = models.DateField("测评日期", null=True, blank=True, editable=False)
    proposed = models.CharField("乡镇建议等次", max_length=10, choices=Grade.choices, blank=True)
    handed_in_on = models.DateField("乡镇报送日期", null=True, blank=True)
    returned_for = models.CharField("退回原因", max_length=200, blank=True)
    grade = models.CharField("等次", max_length=10, choices=Grade.choices, blank=True)
    graded_on = models.DateField("定等次日期", null=True, blank=True)
    opinion = models.TextField("县级意见", blank=True)

    objects = EvaluationQuerySet.as_manager()
    scope_path = "village_id"

    class Meta:
        verbose_name = verbose_name_plural = "年度考核"
        ordering = ["scheme_id", "village_id", "pk"]
        constraints = [
            ballots_add_up("evaluation"),
            models.UniqueConstraint(
                fields=["scheme", "village", "person"], nulls_distinct=False, name="evaluation_once",
                violation_error_message="这个对象已在这次考核中。",
            ),
            models.CheckConstraint(
                condition=Q(grade="", graded_on__isnull=True) | (~Q(grade="") & Q(graded_on__isnull=False)),
                name="evaluation_graded_whole", violation_error_message="等次和定等次日期要一起填。",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.scheme} {self.person or self.village}"

    @property
    def name(self):
        """Who or what is evaluated. Needs `person` and `village`."""
        return self.person.name if self.person_id else self.village.name

    @property
    def frozen(self):
        """Why the row may not be changed any more, also not by the undo of a roster; "" while it may."""
        return "县里已经定等次" if self.grade else ""

    @property
    def frozen_by(self):
        """The fields that freeze the row, which the undo of the roster that wrote them takes back: until they are announced."""
        return () if self.scheme.published_on else ("grade",)


class EvaluationScoreQuerySet(ScopedQuerySet):
    def standing(self, on):
        """The scores as they stood on the date `on`; the latest without one."""
        return self.filter(end=None) if on is None else self.filter(in_force(on))


class EvaluationScore(models.Model):
    """What the township gave an evaluated object for an item, and what the county made of it, from a day on.

    A score that is changed on a later day ends the day before, and another takes its place."""

    evaluation = models.ForeignKey(Evaluation, models.PROTECT, verbose_name="年度考核", related_name="scores")
    item = models.ForeignKey(EvaluationItem, models.PROTECT, verbose_name="考核指标", related_name="scores")
    township_points = models.DecimalField("乡镇评分", null=True, blank=True, **POINTS)
    county_points = models.DecimalField("县级核定", null=True, blank=True, **POINTS)
    evidence = models.CharField("依据", max_length=200, blank=True)
    start = models.DateField("评分日期", validators=[within_reach])
    end = models.DateField("改动前一天", null=True, blank=True)

    objects = EvaluationScoreQuerySet.as_manager()
    scope_path = "evaluation__village_id"

    class Meta:
        verbose_name = verbose_name_plural = "考核得分"
        ordering = ["evaluation_id", "item_id", "start", "pk"]
        constraints = [
            end_not_before_start("evaluation_score"),
            NoOverlap(
                name="evaluation_score_once",
                expressions=[
                    (id_range_of("evaluation"), RangeOperators.OVERLAPS), (id_range_of("item"), RangeOperators.OVERLAPS),
                    (date_range(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="这个对象的这项指标这段时间已有得分。",
            ),
            models.CheckConstraint(
                condition=(Q(township_points__isnull=True) | Q(township_points__gte=0))
                & (Q(county_points__isnull=True) | Q(county_points__gte=0)),
                name="evaluation_score_points", violation_error_message="得分不能是负数，扣分项也填正数。",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.evaluation} {self.item}"

    @property
    def frozen(self):
        """Why the row may not be changed any more, also not by the undo of a roster; "" while it may."""
        return self.evaluation.frozen

    @property
    def is_given(self):
        return self.points is not None

    @property
    def points(self):
        """What counts: the county's points where it gave any, else the township's."""
        return self.township_points if self.county_points is None else self.county_points


class EvaluationAppeal(models.Model):
    """An appeal against a grade, and how it was handled."""

    class Finding(models.TextChoices):
        OPEN = "", "未办结"
        UPHELD = "upheld", "更正等次"
        DISMISSED = "dismissed", "维持等次"

    evaluation = models.ForeignKey(Evaluation, models.PROTECT, verbose_name="年度考核", related_name="appeals")
    received_on = models.DateField("收到日期", validators=[within_reach])
    content = models.TextField("申诉内容")
    old_grade = models.CharField("申诉时的等次", max_length=10, choices=Grade.choices, editable=False)
    finding = models.CharField("处理结果", max_length=10, choices=Finding.choices, blank=True)
    new_grade = models.CharField("更正为", max_length=10, choices=Grade.choices, blank=True)
    handling = models.TextField("复核情况", blank=True)
    closed_on = models.DateField("办结日期", null=True, blank=True, validators=[within_reach])

    objects = ScopedQuerySet.as_manager()
    scope_path = "evaluation__village_id"

    class Meta:
        verbose_name = verbose_name_plural = "考核申诉"
        ordering = ["evaluation_id", "received_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation"], condition=Q(closed_on__isnull=True), name="evaluation_appeal_one_open",
                violation_error_message="这个对象还有申诉没有办结。",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, finding="", new_grade="")
                | (Q(closed_on__gte=F("received_on"), finding="dismissed", new_grade="") & ~Q(handling=""))
                | (Q(closed_on__gte=F("received_on"), finding="upheld") & ~Q(new_grade="") & ~Q(handling="")),
                name="evaluation_appeal_closed_whole",
                violation_error_message="办结申诉要写明结果、复核情况和日期（不早于收到日期）；更正的选新等次，维持的不选。",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.evaluation} {self.received_on:%Y-%m-%d} 申诉"

    def clean(self):
        if self.finding == self.Finding.UPHELD and self.new_grade == self.old_grade:
            raise ValidationError({"new_grade": "与原等次相同，维持的请选“维持等次”。"})
