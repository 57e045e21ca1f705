"""What must be learnt: topics, which post needs which topic how often, and what people ask for themselves."""

from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.periods import NoOverlap, date_range, dated_by, end_not_before_start, in_force
from core.ranges import choice_range_of, id_range_of
from core.scope import ScopedQuerySet


class TargetGroup(models.TextChoices):
    """By post, as the county calls people to classes."""

    SECRETARY = "secretary", "村党组织书记"
    DIRECTOR = "director", "村（居）委会主任"
    COMMITTEE = "committee", "村“两委”成员"
    STATIONED = "stationed", "驻村干部"
    RESERVE = "reserve", "后备干部"


class Topic(models.Model):
    division = models.ForeignKey("villages.Division", models.PROTECT, to_field="code", verbose_name="设立单位区划")
    name = models.CharField("培训专题", max_length=50)
    description = models.CharField("主要内容", max_length=200, blank=True)

    objects = ScopedQuerySet.as_manager()
    scope_path = "division_id"
    scope_shared = True

    class Meta:
        verbose_name = verbose_name_plural = "培训专题"
        ordering = ["division_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["division", "name"], name="topic_once", violation_error_message="这个培训专题已经有了。"
            )
        ]

    def __str__(self):
        return self.name


class RequirementQuerySet(ScopedQuerySet):
    def required(self, on):
        """What is asked for on the day `on`."""
        return self.filter(in_force(on))


class TopicRequirement(models.Model):
    """People of a group must take the topic every so many years."""

    topic = models.ForeignKey(Topic, models.PROTECT, verbose_name="培训专题", related_name="requirements")
    group = models.CharField("对象", max_length=10, choices=TargetGroup.choices)
    every_years = models.PositiveSmallIntegerField("每几年一次", default=3, help_text="填 1 到 10。")
    start = models.DateField("执行起")
    end = models.DateField("执行止", null=True, blank=True, help_text="执行的最后一天；仍执行则不填。")
    basis = models.CharField("依据", max_length=100, blank=True, help_text="文件名称和文号，或县里的决定。")

    objects = RequirementQuerySet.as_manager()
    scope_path = "topic__division_id"
    scope_shared = True

    class Meta:
        verbose_name = verbose_name_plural = "必修要求"
        ordering = ["group", "topic_id", "-start", "pk"]
        constraints = [
            end_not_before_start("requirement"),
            models.CheckConstraint(
                condition=Q(every_years__gte=1, every_years__lte=10),
                name="requirement_years",
                violation_error_message="每几年一次请填 1 到 10。",
            ),
            NoOverlap(
                name="requirement_no_overlap",
                expressions=[
                    (id_range_of("topic"), RangeOperators.OVERLAPS),
                    (choice_range_of("group"), RangeOperators.OVERLAPS),
                    (date_range(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="这类对象在这段时间已有这个专题的要求，请先给原来的填上执行止。",
            ),
        ]

    def __str__(self):
        return f"{self.get_group_display()} {self.topic} 每 {self.every_years} 年"


class WishQuerySet(ScopedQuerySet):
    def stated(self, on):
        """What was stated by `on` for its year or the year before."""
        return self.filter(dated_by(on, "stated_on"), year__in=(on.year, on.year - 1))


class TrainingWish(models.Model):
    """A person's need for a topic in a year, as stated by whom."""

    class Source(models.TextChoices):
        SELF = "self", "本人提出"
        EVALUATION = "evaluation", "考核评议反映"
        TOWNSHIP = "township", "乡镇建议"
        FEEDBACK = "feedback", "班次评价反映"

    person = models.ForeignKey("talent.Person", models.PROTECT, verbose_name="人员", related_name="training_wishes")
    village = models.ForeignKey(
        "villages.Village", models.PROTECT, to_field="code", verbose_name="所在村", related_name="+"
    )
    topic = models.ForeignKey(Topic, models.PROTECT, verbose_name="培训专题", related_name="wishes")
    year = models.PositiveSmallIntegerField("年度")
    source = models.CharField("来源", max_length=10, choices=Source.choices, default=Source.SELF)
    session = models.ForeignKey(
        "training.TrainingSession",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="评价的班次",
        related_name="still_needed",
        help_text="只有班次评价反映的才填：学员在哪一期班后说还需要。",
    )
    stated_on = models.DateField("提出日期", default=timezone.localdate, help_text="哪一天提出的；不填按数据时点记。")
    remarks = models.TextField("说明", blank=True)

    objects = WishQuerySet.as_manager()
    scope_path = "village_id"

    class Meta:
        verbose_name = verbose_name_plural = "培训需求"
        ordering = ["-year", "village_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "topic", "year"],
                name="wish_once_a_year",
                violation_error_message="这个人这一年度已提过这个专题。",
            ),
            models.CheckConstraint(
                condition=Q(year__gte=2000, year__lte=2100),
                name="wish_year",
                violation_error_message="年度请填四位年份，例如 2026。",
            ),
        ]

    def __str__(self):
        return f"{self.person} {self.topic}（{self.year}）"

    def is_open(self, last):
        """True unless the topic was attended since; `last` is when it was last, None = never.

        What a class's evaluation says is still needed is met only by a class after that one."""
        if last is None:
            return True
        if self.session_id:
            return last <= self.session.start
        met_from = self.year + 1 if self.source == self.Source.FEEDBACK else self.year
        return last.year < met_from
