"""The mid-term review (届中分析研判): a round over all villages, a sheet per village, a judgement per person, what followed."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery

from core.periods import dated_by
from core.scope import ScopedQuerySet

COUNTY_DIGITS = 6
MOST_BALLOTS = MaxValueValidator(99_999, "票数过大，请核对。")
COUNTS = ("issued", "returned", "valid", "satisfied", "fair", "dissatisfied")


class ReviewRoundQuerySet(ScopedQuerySet):
    def begun(self, on):
        """Rounds that had begun by `on`, the latest first."""
        return self.filter(dated_by(on, "opens")).order_by("-opens", "-pk")


class ReviewRound(models.Model):
    """One round of the review over all villages of a county."""

    division = models.ForeignKey("villages.Division", models.PROTECT, to_field="code", verbose_name="县")
    name = models.CharField("轮次", max_length=60, help_text="例如：2028年届中分析研判")
    as_of = models.DateField("数据时点", help_text="研判表按这一天的台账取数：在任班子、学历、培训、后备、核查发现。")
    opens = models.DateField("开始日期")
    closes = models.DateField("截止日期", help_text="过了这一天县里还没有审定的村，会列入核查发现。")
    document_no = models.CharField("方案文号", max_length=50, blank=True)
    remarks = models.TextField("要求", blank=True)

    objects = ReviewRoundQuerySet.as_manager()
    scope_path = "division_id"
    scope_shared = True

    class Meta:
        verbose_name = verbose_name_plural = "研判轮次"
        ordering = ["-opens", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["division", "name"], name="review_round_once", violation_error_message="这个轮次已经有了。"
            ),
            models.CheckConstraint(
                condition=Q(closes__gte=F("opens")),
                name="review_round_closes_after_opening",
                violation_error_message="截止日期早于开始日期，请核对两个日期。",
            ),
            models.CheckConstraint(
                condition=Q(as_of__lte=F("closes")),
                name="review_round_as_of_before_close",
                violation_error_message="数据时点晚于截止日期，请核对。",
            ),
        ]

    def __str__(self):
        return self.name


def _count(label):
    return models.PositiveIntegerField(label, null=True, blank=True, validators=[MOST_BALLOTS])


class Ballots(models.Model):
    """Ballots as counts only, never who voted how: all six, or none where nobody was asked."""

    issued = _count("发出（票）")
    returned = _count("收回（票）")
    valid = _count("有效（票）")
    satisfied = _count("满意（票）")
    fair = _count("基本满意（票）")
    dissatisfied = _count("不满意（票）")

    class Meta:
        abstract = True

    def clean(self):
        """Which count does not fit, before the constraint says that one does not."""
        counts = [getattr(self, name) for name in COUNTS]
        labels = {name: self._meta.get_field(name).verbose_name for name in COUNTS}
        missing = [name for name, count in zip(COUNTS, counts, strict=True) if count is None]
        if missing and len(missing) < len(COUNTS):
            raise ValidationError(
                {name: f"没有填{labels[name]}；六项票数要一起填，没有测评的都不填。" for name in missing}
            )
        if missing:
            return
        for less, more in (("returned", "issued"), ("valid", "returned")):
            if getattr(self, less) > getattr(self, more):
                raise ValidationError({less: f"{labels[less]}不能多于{labels[more]}，请核对。"})
        said = self.satisfied + self.fair + self.dissatisfied
        if said > self.valid:
            raise ValidationError(
                {"satisfied": f"满意、基本满意、不满意合计 {said} 票，多于有效的 {self.valid} 票，请核对。"}
            )

    @property
    def satisfaction(self):
        """满意和基本满意 of the valid ballots in percent with one digit, as text; "" without ballots."""
        return f"{(self.satisfied + self.fair) * 100 / self.valid:.1f}%" if self.valid else ""


def ballots_add_up(prefix):
    """The constraint of every model with ballots."""
    counted = Q(
        returned__lte=F("issued"), valid__lte=F("returned"), valid__gte=F("satisfied") + F("fair") + F("dissatisfied")
    )
    return models.CheckConstraint(
        condition=Q(**{f"{name}__isnull": True for name in COUNTS})
        | (Q(**{f"{name}__isnull": False for name in COUNTS}) & counted),
        name=f"{prefix}_ballots_add_up",
        violation_error_message="票数对不上：收回不多于发出，有效不多于收回，满意、基本满意、不满意合计不多于有效；六项要一起填。",
    )


class TeamReviewQuerySet(ScopedQuerySet):
    def latest(self, on):
        """The sheets of the latest round that had begun by `on`."""
        newest = ReviewRound.objects.begun(on).filter(division=OuterRef("round__division"))
        return self.filter(round=Subquery(newest.values("pk")[:1]))

    def decided(self, on):
        """Sheets that the county had decided by `on`."""
        return self.filter(dated_by(on, "decided_on"), status=TeamReview.Status.DECIDED)


class TeamReview(Ballots):
    """The sheet of one village in one round: the township fills it in, the county decides, then it is frozen."""

    class Status(models.TextChoices):
        WAITING = "waiting", "未开始"
        FILLING = "filling", "填写中"
        FILLED = "filled", "乡镇已填"
        DECIDED = "decided", "县已定"

    round = models.ForeignKey(ReviewRound, models.PROTECT, verbose_name="轮次", related_name="teams")
    village = models.ForeignKey(
        "villages.Village", models.PROTECT, to_field="code", verbose_name="村", related_name="reviews"
    )
    status = models.CharField("进度", max_length=8, choices=Status.choices, default=Status.WAITING)
    team_class = models.CharField("班子等次", max_length=40, blank=True)
    problems = models.JSONField("存在问题", default=list, blank=True)
    unrest = models.TextField("问题表现和不稳定因素", blank=True)
    plan = models.TextField("一村一策", blank=True, help_text="怎么整顿、谁负责、什么时候完成。")
    township_opinion = models.TextField("乡镇意见", blank=True)
    county_opinion = models.TextField("县级意见", blank=True)
    returned_for = models.CharField("退回原因", max_length=200, blank=True)
    handed_in_on = models.DateField("乡镇报送日期", null=True, blank=True)
    decided_on = models.DateField("审定日期", null=True, blank=True)

    objects = TeamReviewQuerySet.as_manager()
    scope_path = "village_id"

    class Meta:
        verbose_name = verbose_name_plural = "班子研判"
        ordering = ["round_id", "village_id", "pk"]
        constraints = [
            ballots_add_up("team_review"),
            models.UniqueConstraint(
                fields=["round", "village"],
                name="team_review_once",
                violation_error_message="这个村在这一轮已有研判表。",
            ),
            models.CheckConstraint(
                condition=(Q(status="decided", decided_on__isnull=False) & ~Q(team_class=""))
                | (~Q(status="decided") & Q(decided_on__isnull=True)),
                name="team_review_decided_is_complete",
                violation_error_message="县里审定须有班子等次和审定日期；没有审定的不填审定日期。",
            ),
            models.CheckConstraint(
                condition=Q(handed_in_on__isnull=True) | Q(status__in=("filled", "decided")),
                name="team_review_handed_in_is_filled",
                violation_error_message="乡镇没有报上来的，不填报送日期。",
            ),
        ]

    def __str__(self):
        return f"{self.round} {self.village}"

    @property
    def is_decided(self):
        return self.status == TeamReview.Status.DECIDED

    @property
    def frozen(self):
        """Why the undo of a roster may not touch the sheet: whoever wants it back has it given back first; "" while it may."""
        if self.is_decided:
            return "县里已经审定"
        return "研判表已报县里，县里退回以后才能撤销" if self.status == TeamReview.Status.FILLED else ""

    def was_decided(self, on):
        """True when the county had decided the sheet by `on`."""
        return self.is_decided and self.decided_on <= on


class ReviewVisit(models.Model):
    """A visit to a village for a review, also the one after it (回访)."""

    class Way(models.TextChoices):
        REPORT = "report", "述职测评"
        TALK = "talk", "个别谈话"
        SIGHT = "sight", "实地走访"
        AGAIN = "again", "回访"

    team = models.ForeignKey(TeamReview, models.CASCADE, verbose_name="研判表", related_name="visits")
    on = models.DateField("日期")
    way = models.CharField("方式", max_length=8, choices=Way.choices, default=Way.SIGHT)
    visitors = models.CharField("走访人员", max_length=100)
    talked = models.PositiveSmallIntegerField("谈话（人）", default=0)
    found = models.TextField("了解到的情况", blank=True)

    objects = ScopedQuerySet.as_manager()
    scope_path = "team__village_id"

    class Meta:
        verbose_name = verbose_name_plural = "走访记录"
        ordering = ["team_id", "on", "pk"]

    def __str__(self):
        return f"{self.team} {self.on:%Y-%m-%d} {self.get_way_display()}"


class PersonReview(Ballots):
    """What the review says of one person of the team."""

    class Proposal(models.TextChoices):
        KEEP = "keep", "留任"
        PROMOTE = "promote", "提拔培养"
        HELP = "help", "教育帮带"
        ADJUST = "adjust", "调整撤换"

    team = models.ForeignKey(TeamReview, models.PROTECT, verbose_name="研判表", related_name="people")
    person = models.ForeignKey("talent.Person", models.PROTECT, verbose_name="人员", related_name="reviews")
    grade = models.CharField("评价等次", max_length=40, blank=True)
    performance = models.TextField("现实表现和存在问题", blank=True)
    proposal = models.CharField("处理建议", max_length=8, choices=Proposal.choices, blank=True)
    reason = models.CharField("调整原因", max_length=40, blank=True, help_text="建议调整撤换的要选。")
    plan = models.TextField("一人一策", blank=True)

    objects = ScopedQuerySet.as_manager()
    scope_path = "team__village_id"

    class Meta:
        verbose_name = verbose_name_plural = "干部研判"
        ordering = ["team_id", "pk"]
        constraints = [
            ballots_add_up("person_review"),
            models.UniqueConstraint(
                fields=["team", "person"], name="person_review_once", violation_error_message="这个人已在这张研判表中。"
            ),
            models.CheckConstraint(
                condition=~Q(proposal="adjust") | ~Q(reason=""),
                name="person_review_adjust_has_reason",
                violation_error_message="建议调整撤换，请选调整原因。",
            ),
        ]

    def __str__(self):
        return f"{self.team} {self.person}"

    @property
    def frozen(self):
        """Why the undo of a roster may not touch the row; "" while it may."""
        return self.team.frozen


class AdjustmentQuerySet(ScopedQuerySet):
    def ended(self, first, on):
        """Posts that ended from `first` (a date or an expression) to `on` because of a review."""
        ended = Q(appointment__end__gte=first, appointment__end__lte=on)
        return self.filter(ended, part=Adjustment.Part.ENDED)

    def done(self, on):
        """Changes that had been made by `on`: a post ended, or one begun."""
        ended = Q(part=Adjustment.Part.ENDED, appointment__end__lte=on)
        return self.filter(ended | (~Q(part=Adjustment.Part.ENDED) & Q(appointment__start__lte=on)))


class Adjustment(models.Model):
    """The change of post that carried out what a review proposed: a post ended, a successor's or a new one."""

    class Part(models.TextChoices):
        ENDED = "ended", "免职"
        SUCCESSOR = "successor", "接替"
        PROMOTED = "promoted", "提拔"

    review = models.ForeignKey(PersonReview, models.PROTECT, verbose_name="干部研判", related_name="adjustments")
    appointment = models.ForeignKey(
        "talent.Appointment", models.PROTECT, verbose_name="任职", related_name="adjustments"
    )
    part = models.CharField("事项", max_length=10, choices=Part.choices)

    objects = AdjustmentQuerySet.as_manager()
    scope_path = "review__team__village_id"

    class Meta:
        verbose_name = verbose_name_plural = "研判后的调整"
        ordering = ["review_id", "part", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["appointment", "part"],
                name="adjustment_once",
                violation_error_message="这条任职的变动已经接到研判上了。",
            )
        ]

    def __str__(self):
        return f"{self.review.person} {self.appointment.get_post_display()}{self.get_part_display()}"
