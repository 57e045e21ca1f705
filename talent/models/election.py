"""Rounds in which the village teams are elected (换届): the dated plan, the villages of a round, ballots, hand-over."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Exists, ExpressionWrapper, F, OuterRef, Q, When
from django.utils import timezone

from core.periods import begun, dated_after, end_not_before_start, in_force
from core.scope import ScopedQuerySet
from talent.models.appointment import Committee

FARTHEST = 400  # days from the election: more is a slip of the pen


class ElectionRoundQuerySet(ScopedQuerySet):
    def open(self, on):
        """Rounds that run on `on`: begun, and not yet closed; on the day of closing a round takes nothing any more."""
        return self.filter(begun(on)).filter(Q(end__isnull=True) | dated_after(on, "end"))

    def latest(self, on):
        """Of every county, the general election begun last by `on`; a by-election of a few villages does not hide it."""
        general = ElectionRound.objects.filter(kind=ElectionRound.Kind.GENERAL)
        newer = general.filter(division_id=OuterRef("division_id"), start__gt=OuterRef("start"))
        begun = self.filter(kind=ElectionRound.Kind.GENERAL, start__lte=on)
        return begun.filter(~Exists(newer.filter(start__lte=on)))


class ElectionRound(models.Model):
    """One round of elections (换届轮次) of a county: from the outgoing to the incoming term, or a by-election within one.

    A by-election (补选) fills seats of the running term in some villages: `incoming` is that term, nothing is outgoing."""

    class Kind(models.TextChoices):
        GENERAL = "general", "换届"
        BY_ELECTION = "by_election", "补选"

    division = models.ForeignKey("villages.Division", models.PROTECT, to_field="code", verbose_name="县")
    name = models.CharField("轮次", max_length=50, help_text="例如：2026 年村“两委”换届")
    kind = models.CharField("类型", max_length=12, choices=Kind.choices, default=Kind.GENERAL)
    outgoing = models.ForeignKey(
        "villages.Term", models.PROTECT, null=True, blank=True, verbose_name="本届", related_name="rounds_out"
    )
    incoming = models.ForeignKey("villages.Term", models.PROTECT, verbose_name="新一届", related_name="rounds_in")
    election_day = models.DateField("选举日", help_text="各村另有选举日的，在村里改。")
    start = models.DateField("启动日期")
    end = models.DateField("办结日期", null=True, blank=True)
    document_no = models.CharField("方案文号", max_length=50, blank=True)
    remarks = models.TextField("备注", blank=True)

    objects = ElectionRoundQuerySet.as_manager()
    scope_path = "division_id"
    scope_shared = True

    class Meta:
        verbose_name = verbose_name_plural = "换届轮次"
        ordering = ["division_id", "-start", "pk"]
        constraints = [
            end_not_before_start("election_round"),
            models.UniqueConstraint(
                fields=["division", "name"], name="election_round_once", violation_error_message="这个换届轮次已经有了。"
            ),
            models.UniqueConstraint(
                fields=["division", "incoming"], condition=Q(kind="general"), name="election_round_term_once",
                violation_error_message="这一届已有换届轮次，一届只办一次换届。",
            ),
            models.CheckConstraint(
                condition=Q(outgoing__isnull=True) | ~Q(outgoing=F("incoming")), name="election_round_two_terms",
                violation_error_message="本届和新一届不能是同一届。",
            ),
            models.CheckConstraint(
                condition=Q(kind="general") | Q(kind="by_election", outgoing__isnull=True),
                name="election_round_by_election", violation_error_message="补选在本届内进行，不填换出的届次。",
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.name

    @property
    def is_by_election(self):
        return self.kind == self.Kind.BY_ELECTION

    def is_closed_on(self, on):
        """Whether the round was finished by `on`."""
        return self.end is not None and self.end <= on

    def refuse_closed(self):
        """ValidationError where the round is closed: nothing of it is written any more until the county opens it again."""
        if self.is_closed_on(timezone.localdate()):
            raise ValidationError(
                f"“{self}”已于 {self.end:%Y-%m-%d} 办结，不能再改。确需更正的，请县委组织部先重新打开这一轮。"
            )

    def clean(self):
        """Both terms are this county's."""
        for name, label in (("outgoing", "本届"), ("incoming", "新一届")):
            term = getattr(self, name, None) if getattr(self, f"{name}_id") else None
            if term is not None and self.division_id and term.division_id != self.division_id:
                raise ValidationError({name: f"{label}不是本县的届次，请另选。"})


class ElectionStep(models.Model):
    """A step of a round's plan, copied from the template when the round was opened; days are counted from the election."""

    class Per(models.TextChoices):
        VILLAGE = "village", "各村"
        COUNTY = "county", "全县"

    round = models.ForeignKey(ElectionRound, models.CASCADE, verbose_name="换届轮次", related_name="steps")
    offset = models.SmallIntegerField("距选举日（天）", help_text="选举日前填负数，例如 -15；选举日填 0。")
    title = models.CharField("事项", max_length=40)
    due = models.CharField("要求", max_length=100, blank=True)
    per = models.CharField("由谁办", max_length=10, choices=Per.choices, default=Per.VILLAGE)
    done_on = models.DateField("完成日期", null=True, blank=True, help_text="只用于全县办的事项；各村的逐村登记。")

    objects = ScopedQuerySet.as_manager()
    scope_path = "round__division_id"
    scope_shared = True

    class Meta:
        verbose_name = verbose_name_plural = "换届步骤"
        ordering = ["round_id", "offset", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "title"], name="election_step_once", violation_error_message="这一步在这个轮次里已经有了。"
            ),
            models.CheckConstraint(
                condition=Q(offset__range=(-FARTHEST, FARTHEST)), name="election_step_near",
                violation_error_message=f"距选举日的天数请填 -{FARTHEST} 到 {FARTHEST} 之间的整数。",
            ),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | Q(per="county"), name="election_step_done_of_county",
                violation_error_message="各村办的事项请逐村登记完成日期。",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.day_text} {self.title}"

    @property
    def day_text(self):
        return f"D{self.offset:+d}" if self.offset else "D日"


class ElectionVillageQuerySet(ScopedQuerySet):
    def elected(self, on):
        """Villages whose party organisation and villagers' committee have both been elected by `on`.

        In a by-election any vote recorded will do: few villages fill seats of both."""
        held = ElectionBallot.objects.filter(place=OuterRef("pk"), held_on__lte=on)
        both = Exists(held.filter(committee=Committee.PARTY)) & Exists(held.filter(committee=Committee.VILLAGERS))
        return self.filter(both | (Q(round__kind="by_election") & Exists(held)))

    def current(self, on):
        """Of each village its place in a round that runs on `on`, else in the one begun last by then."""
        running = Case(When(in_force(on, "round__"), then=1), default=0)
        begun = self.filter(round__start__lte=on).annotate(running=running)
        return begun.order_by("village_id", "-running", "-round__start", "-pk").distinct("village_id")


class ElectionVillage(models.Model):
    """A village in a round, with its own election day."""

    round = models.ForeignKey(ElectionRound, models.PROTECT, verbose_name="换届轮次", related_name="places")
    village = models.ForeignKey(
        "villages.Village", models.PROTECT, to_field="code", verbose_name="村", related_name="elections"
    )
    election_day = models.DateField("选举日")
    remarks = models.TextField("备注", blank=True)

    objects = ElectionVillageQuerySet.as_manager()
    scope_path = "village_id"

    class Meta:
        verbose_name = verbose_name_plural = "换届村"
        ordering = ["round_id", "village_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "village"],
                name="election_village_once",
                violation_error_message="这个村已在这一轮换届中。",
            )
        ]

    def __str__(self):
        return f"{self.round} {self.village}"


def due_on(day, offset):
    """The date of a step as SQL: the election day at the path `day`, so many days later as the path `offset` says."""
    return ExpressionWrapper(F(day) + F(offset), output_field=models.DateField())


class ElectionStepDone(models.Model):
    """A village has finished a step."""

    step = models.ForeignKey(ElectionStep, models.PROTECT, verbose_name="步骤", related_name="done")
    place = models.ForeignKey(ElectionVillage, models.PROTECT, verbose_name="换届村", related_name="done")
    done_on = models.DateField("完成日期")
    note = models.CharField("说明", max_length=100, blank=True)

    objects = ScopedQuerySet.as_manager()
    scope_path = "place__village_id"

    class Meta:
        verbose_name = verbose_name_plural = "换届步骤完成情况"
        ordering = ["place_id", "step_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["step", "place"],
                name="election_step_done_once",
                violation_error_message="这个村这一步已登记完成。",
            )
        ]

    def __str__(self):
        return f"{self.place.village} {self.step.title} {self.done_on}"


class ElectionBallot(models.Model):
    """The vote for one committee of a village, by counts; its being here means that the committee is elected."""

    place = models.ForeignKey(ElectionVillage, models.PROTECT, verbose_name="换届村", related_name="ballots")
    committee = models.CharField(
        "选举", max_length=12, choices=[(body.value, body.label) for body in Committee if body != Committee.OTHER]
    )
    held_on = models.DateField("选举日期")
    issued = models.PositiveIntegerField("发出选票")
    returned = models.PositiveIntegerField("收回选票")
    valid = models.PositiveIntegerField("有效票")
    document_no = models.CharField("批复（备案）文号", max_length=50, blank=True)

    objects = ScopedQuerySet.as_manager()
    scope_path = "place__village_id"

    class Meta:
        verbose_name = verbose_name_plural = "选举结果"
        ordering = ["place_id", "committee", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "committee"], name="election_ballot_once",
                violation_error_message="这个村的这项选举结果已经登记。",
            ),
            models.CheckConstraint(
                condition=Q(committee__in=["party", "villagers", "supervision"]), name="election_ballot_committee",
                violation_error_message="没有这项选举，请选党组织、村（居）委会或监委会。",
            ),
            models.CheckConstraint(
                condition=Q(returned__lte=F("issued")), name="election_ballot_returned",
                violation_error_message="收回选票多于发出选票，请核对。",
            ),
            models.CheckConstraint(
                condition=Q(valid__lte=F("returned")), name="election_ballot_valid",
                violation_error_message="有效票多于收回选票，请核对。",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.place} {self.get_committee_display()}"


class HandoverItem(models.Model):
    """What the outgoing team of a village hands over to the incoming one."""

    place = models.ForeignKey(ElectionVillage, models.PROTECT, verbose_name="换届村", related_name="handover")
    name = models.CharField("交接事项", max_length=40)
    handed_on = models.DateField("交接日期", null=True, blank=True)
    giver = models.CharField("移交人", max_length=50, blank=True)
    receiver = models.CharField("接收人", max_length=50, blank=True)
    remarks = models.CharField("说明", max_length=200, blank=True)

    objects = ScopedQuerySet.as_manager()
    scope_path = "place__village_id"

    class Meta:
        verbose_name = verbose_name_plural = "工作交接"
        ordering = ["place_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "name"], name="handover_item_once", violation_error_message="这一项已在交接清单里。"
            ),
            models.CheckConstraint(
                condition=Q(handed_on__isnull=True) | (~Q(giver="") & ~Q(receiver="")), name="handover_signed",
                violation_error_message="填了交接日期，请一并填写移交人和接收人。",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.place} {self.name}"
