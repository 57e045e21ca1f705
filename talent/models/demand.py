"""What villages, enterprises and townships need (人才需求): survey rounds, needs, and the people brought together with them."""

import copy

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, NullIf

from core import validators
from core.fields import EncryptedTextField
from core.identity import mask_phone
from core.periods import dated_after, dated_by, end_not_before_start
from core.scope import ScopedQuerySet, inside
from talent.models.talent_classes import Manner, SubClass, TalentClass, sub_class_fits, tidy_words, words_of

TOWNSHIP_DIGITS = 9


class DemandRoundQuerySet(ScopedQuerySet):
    def begun(self, on):
        """Rounds that were open on `on` or before."""
        return self.filter(Q(opens_on__isnull=True) | dated_by(on, "opens_on"))

    def open(self, on):
        """Rounds in which needs may be stated on `on`; a round without dates is always open."""
        return self.begun(on).filter(Q(closes_on__isnull=True) | Q(closes_on__gte=on))


class DemandRound(models.Model):
    """One survey of needs (人才需求调查), usually one a year."""

    division = models.ForeignKey("villages.Division", models.PROTECT, to_field="code", verbose_name="组织单位区划")
    year = models.PositiveSmallIntegerField("年度")
    name = models.CharField("调查名称", max_length=100, help_text="例如：2026 年度乡村人才需求调查")
    opens_on = models.DateField("填报开始", null=True, blank=True)
    closes_on = models.DateField("填报截止", null=True, blank=True, help_text="截止以后乡镇不能再上传需求表。")
    document_no = models.CharField("通知文号", max_length=50, blank=True)
    remarks = models.TextField("备注", blank=True)

    objects = DemandRoundQuerySet.as_manager()
    scope_path = "division_id"
    scope_shared = True

    class Meta:
        verbose_name = verbose_name_plural = "人才需求调查"
        ordering = ["-year", "division_id", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["division", "year", "name"], name="demand_round_once",
                violation_error_message="这一年度已有同名的调查。",
            ),
            models.CheckConstraint(
                condition=Q(year__range=(1949, 2200)), name="demand_round_year",
                violation_error_message="年度不对，请填四位年份。",
            ),
            models.CheckConstraint(
                condition=Q(opens_on__isnull=True) | Q(closes_on__isnull=True) | Q(closes_on__gte=F("opens_on")),
                name="demand_round_closes_after_opening",
                violation_error_message="填报截止早于填报开始，请核对两个日期。",
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.name


class DemandQuerySet(ScopedQuerySet):
    def stated(self, on):
        """Needs stated by `on` and not withdrawn by then."""
        gone = Q(close_reason=Demand.CloseReason.WITHDRAWN) & dated_by(on, "closed_on")
        return self.filter(dated_by(on, "stated_on")).exclude(gone)

    def with_arrived(self, on):
        """Annotate `arrived`: how many people had come by `on` (those who left again too: the need was met by them)."""
        came = Match.objects.filter(dated_by(on, "arrived_on"), demand=OuterRef("pk")).order_by().values("demand")
        return self.annotate(arrived=Coalesce(Subquery(came.annotate(n=Count("pk")).values("n")), 0))

    def with_asker(self):
        """Annotate `asker_name`, who asks, in words, and `place_code`, the code of the village or the township."""
        name = Coalesce(NullIf("unit", Value("")), "village__name", "township__name")
        return self.annotate(asker_name=name, place_code=Coalesce("village_id", "township_id"))

    def met(self, on):
        """Needs for which as many people came by `on` as were asked for, or which were closed as met."""
        closed = Q(close_reason=Demand.CloseReason.MET) & dated_by(on, "closed_on")
        return self.stated(on).with_arrived(on).filter(Q(arrived__gte=F("number")) | closed)

    def open(self, on):
        """Needs that somebody is still sought for on `on`."""
        still = Q(closed_on__isnull=True) | dated_after(on, "closed_on")
        return self.filter(still, dated_by(on, "stated_on")).with_arrived(on).filter(arrived__lt=F("number"))


class Demand(models.Model):
    """A need that a village, an enterprise or a township states in a round."""

    class Asker(models.TextChoices):
        VILLAGE = "village", "村（社区）"
        ENTERPRISE = "enterprise", "企业或合作社"
        TOWNSHIP = "township", "乡镇"

    class CloseReason(models.TextChoices):
        MET = "met", "已解决"
        WITHDRAWN = "withdrawn", "撤回"
        EXPIRED = "expired", "到期未解决"

    round = models.ForeignKey(DemandRound, models.PROTECT, verbose_name="需求调查", related_name="demands")
    township = models.ForeignKey(
        "villages.Division", models.PROTECT, to_field="code", verbose_name="乡镇", related_name="demands"
    )
    village = models.ForeignKey(
        "villages.Village", models.PROTECT, to_field="code", null=True, blank=True, verbose_name="村（社区）",
        related_name="demands", help_text="村的需求必选；企业在村里的也请选。",
    )  # fmt: skip
    asker = models.CharField("单位类型", max_length=10, choices=Asker.choices, default=Asker.VILLAGE)
    unit = models.CharField("需求单位", max_length=100, blank=True, help_text="企业、合作社写全称；村和乡镇可以不填。")
    credit_code = models.CharField("统一社会信用代码", max_length=18, blank=True, validators=[validators.credit_code])
    post = models.CharField("需要什么人", max_length=100, help_text="岗位或专业，如：茶叶加工技术员")
    talent_class = models.CharField("人才大类", max_length=12, choices=TalentClass.choices, blank=True)
    sub_class = models.CharField("人才小类", max_length=12, choices=SubClass.choices, blank=True)
    skills = models.CharField(
        "技能关键词", max_length=200, blank=True, help_text="用顿号隔开的短词；对接时按这些词找人。"
    )
    number = models.PositiveSmallIntegerField("需要人数（人）", default=1)
    manner = models.CharField("引进方式", max_length=10, choices=Manner.choices, default=Manner.GUIDANCE)
    terms = models.CharField("待遇", max_length=200, blank=True)
    start = models.DateField("需要时间起")
    end = models.DateField("需要时间止", null=True, blank=True)
    contact = models.CharField("联系人", max_length=50, blank=True)
    phone = EncryptedTextField("联系电话", null=True, blank=True, validators=[validators.mobile])
    stated_on = models.DateField("提出日期")
    published_on = models.DateField("发布日期", null=True, blank=True)
    closed_on = models.DateField("关闭日期", null=True, blank=True)
    close_reason = models.CharField("关闭原因", max_length=10, choices=CloseReason.choices, blank=True)
    remarks = models.TextField("备注", blank=True)

    objects = DemandQuerySet.as_manager()
    scope_path = "township_id"

    class Meta:
        verbose_name = verbose_name_plural = "人才需求"
        ordering = ["-round__year", "township_id", "village_id", "pk"]
        indexes = [models.Index(fields=["township", "stated_on"], name="demand_township_stated")]
        constraints = [
            end_not_before_start("demand"),
            sub_class_fits("demand"),
            models.CheckConstraint(
                condition=Q(number__gte=1), name="demand_number", violation_error_message="需要人数至少是 1 人。"
            ),
            models.CheckConstraint(
                condition=~Q(asker="village") | Q(village__isnull=False), name="demand_village_named",
                violation_error_message="村的需求请选择是哪个村（社区）。",
            ),
            models.CheckConstraint(
                condition=~Q(asker="enterprise") | ~Q(unit=""), name="demand_enterprise_named",
                violation_error_message="企业或合作社的需求请填写单位名称。",
            ),
            models.CheckConstraint(
                condition=(Q(published_on__isnull=True) | Q(published_on__gte=F("stated_on")))
                & (Q(closed_on__isnull=True) | Q(closed_on__gte=F("stated_on"))),
                name="demand_dates_in_order",
                violation_error_message="发布或关闭的日期早于提出日期，请核对。",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, close_reason="")
                | (Q(closed_on__isnull=False) & ~Q(close_reason="")),
                name="demand_closed_for_a_reason",
                violation_error_message="关闭日期和关闭原因请一起填。",
            ),
            models.UniqueConstraint(
                "round", "township", Coalesce("village", Value("")), "unit", "post", name="demand_once",
                violation_error_message="这个单位在这次调查里已提过同一项需求，请改那一项的人数。",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.asker_text} {self.post}"

    @property
    def asker_text(self):
        """Who asks, in words; needs the village and the township."""
        return self.unit or (self.village.name if self.village_id else self.township.name)

    @property
    def class_text(self):
        """The sub-class, or the class where only that is known."""
        return self.get_sub_class_display() or self.get_talent_class_display()

    @property
    def skill_words(self):
        return words_of(self.skills)

    @property
    def phone_masked(self):
        return mask_phone(self.phone) if self.phone else ""

    def state(self, on, arrived):
        """The word of what became of the need by `on`, when `arrived` people had come by then."""
        if self.closed_on and self.closed_on <= on:
            return self.get_close_reason_display()
        if arrived >= self.number:
            return "已到岗"
        return "对接中" if self.published_on and self.published_on <= on else "待发布"

    def clean(self):
        """Words in one spelling; the village is one of the township."""
        self.skills = tidy_words(self.skills)
        if self.township_id and len(self.township_id) != TOWNSHIP_DIGITS:
            raise ValidationError({"township": "请选择乡镇（街道）。"})
        if self.village_id and self.township_id and not inside(self.village_id, self.township_id):
            raise ValidationError({"village": "这个村不属于所选乡镇，请核对。"})


class MatchQuerySet(ScopedQuerySet):
    def running(self, on):
        """Matches that take somebody's time on `on`: invited, not declined, not over."""
        over = Q(demand__end__isnull=False) & Q(demand__end__lt=on)
        gone = (
            dated_by(on, "declined_on")
            | dated_by(on, "ended_on")
            | dated_by(on, "demand__closed_on") & Q(arrived_on__isnull=True)
        )
        return self.filter(dated_by(on, "invited_on")).exclude(gone).exclude(over)

    def waiting(self, on):
        """Matches agreed by `on` whose person has not come and which nobody has ended."""
        done = dated_by(on, "arrived_on") | dated_by(on, "ended_on")
        return self.filter(dated_by(on, "agreed_on")).exclude(done)


class Match(models.Model):
    """Somebody proposed for a need, and the dated steps that followed."""

    class Grade(models.TextChoices):
        GOOD = "good", "满意"
        FAIR = "fair", "基本满意"
        POOR = "poor", "不满意"

    demand = models.ForeignKey(Demand, models.PROTECT, verbose_name="人才需求", related_name="matches")
    talent = models.ForeignKey(
        "talent.RuralTalent", models.PROTECT, verbose_name="推荐人选", related_name="matches"
    )  # fmt: skip
    score = models.SmallIntegerField("推荐得分", default=0)
    reasons = models.TextField("推荐理由", blank=True)
    proposed_on = models.DateField("推荐日期")
    invited_on = models.DateField("邀请日期", null=True, blank=True)
    accepted_on = models.DateField("接受日期", null=True, blank=True)
    declined_on = models.DateField("谢绝日期", null=True, blank=True)
    decline_reason = models.CharField("谢绝原因", max_length=200, blank=True)
    agreed_on = models.DateField("签约日期", null=True, blank=True)
    arrived_on = models.DateField("到岗日期", null=True, blank=True)
    evaluated_on = models.DateField("评价日期", null=True, blank=True)
    grade = models.CharField("评价", max_length=5, choices=Grade.choices, blank=True)
    ended_on = models.DateField("结束日期", null=True, blank=True)
    end_reason = models.CharField("结束原因", max_length=200, blank=True)
    remarks = models.TextField("备注", blank=True)

    objects = MatchQuerySet.as_manager()
    scope_path = "demand__township_id"

    class Meta:
        verbose_name = verbose_name_plural = "供需对接"
        ordering = ["demand_id", "proposed_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["demand", "talent"], name="match_once", violation_error_message="这个人已在这项需求的对接中。"
            ),
            models.CheckConstraint(
                condition=Q(invited_on__isnull=True) | Q(invited_on__gte=F("proposed_on")),
                name="match_invited_after_proposal", violation_error_message="邀请日期早于推荐日期，请核对。",
            ),
            models.CheckConstraint(
                condition=(Q(accepted_on__isnull=True) | Q(invited_on__isnull=False, accepted_on__gte=F("invited_on")))
                & (Q(declined_on__isnull=True) | Q(invited_on__isnull=False, declined_on__gte=F("invited_on"))),
                name="match_answered_after_invitation",
                violation_error_message="先有邀请才有答复，答复不能早于邀请，请核对日期。",
            ),
            models.CheckConstraint(
                condition=Q(accepted_on__isnull=True) | Q(declined_on__isnull=True), name="match_one_answer",
                violation_error_message="接受和谢绝只能填一个。",
            ),
            models.CheckConstraint(
                condition=Q(declined_on__isnull=True, decline_reason="")
                | (Q(declined_on__isnull=False) & ~Q(decline_reason="")),
                name="match_declined_for_a_reason", violation_error_message="谢绝的请写明原因。",
            ),
            models.CheckConstraint(
                condition=Q(agreed_on__isnull=True) | Q(accepted_on__isnull=False, agreed_on__gte=F("accepted_on")),
                name="match_agreed_after_acceptance",
                violation_error_message="本人接受后才能签约，签约不能早于接受，请核对日期。",
            ),
            models.CheckConstraint(
                condition=Q(arrived_on__isnull=True) | Q(agreed_on__isnull=False, arrived_on__gte=F("agreed_on")),
                name="match_arrived_after_agreement",
                violation_error_message="签约后才有到岗，到岗不能早于签约，请核对日期。",
            ),
            models.CheckConstraint(
                condition=Q(evaluated_on__isnull=True, grade="")
                | (Q(arrived_on__isnull=False, evaluated_on__gte=F("arrived_on")) & ~Q(grade="")),
                name="match_evaluated_after_arrival",
                violation_error_message="到岗后才能评价，评价日期和等次请一起填。",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, end_reason="")
                | (
                    Q(accepted_on__isnull=False, ended_on__gte=F("accepted_on"))
                    & (Q(arrived_on__isnull=True) | Q(ended_on__gte=F("arrived_on")))
                    & ~Q(end_reason="")
                ),
                name="match_ended_after_acceptance",
                violation_error_message="接受以后才能结束，结束日期和原因请一起填，且不早于到岗。",
            ),
        ]  # fmt: skip

    # What is said beside a step's day.
    SAID = (("declined_on", "decline_reason"), ("evaluated_on", "grade"), ("ended_on", "end_reason"))
    STEPS = ("invited_on", "accepted_on", "declined_on", "agreed_on", "arrived_on", "evaluated_on", "ended_on")

    def __str__(self):
        return f"{self.talent.person} → {self.demand}"

    def as_of(self, on):
        """A copy as it stood on `on`: no step after that day, and nothing said beside one. For showing, never for saving."""
        known = copy.copy(self)
        for name in self.STEPS:
            if getattr(self, name) and getattr(self, name) > on:
                setattr(known, name, None)
        for step, said in self.SAID:
            if getattr(known, step) is None:
                setattr(known, said, "")
        return known


class DemandVisit(models.Model):
    """A day or more that somebody served a need on the spot."""

    match = models.ForeignKey(Match, models.PROTECT, verbose_name="供需对接", related_name="visits")
    visited_on = models.DateField("服务日期")
    days = models.DecimalField("天数（天）", max_digits=4, decimal_places=1, default=1)
    done = models.TextField("做了什么")

    objects = ScopedQuerySet.as_manager()
    scope_path = "match__demand__township_id"

    class Meta:
        verbose_name = verbose_name_plural = "上门服务"
        ordering = ["match_id", "visited_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(days__gt=0), name="demand_visit_days", violation_error_message="服务天数要大于 0。"
            )
        ]

    def __str__(self):
        return f"{self.visited_on:%Y.%m.%d} {float(self.days):g} 天"

    def clean(self):
        """Nobody serves before accepting."""
        if (
            self.match_id
            and self.visited_on
            and not (self.match.accepted_on and self.match.accepted_on <= self.visited_on)
        ):
            raise ValidationError({"visited_on": "服务日期早于本人接受的日期，请核对。"})
