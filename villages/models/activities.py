"""What party members do beside the meetings: households they keep in touch with, volunteer hours, pairing, study; and
the record of discipline that eligibility reads."""

from django.db import models
from django.db.models import F, Q

from core.periods import end_not_before_start, in_force
from core.scope import ScopedQuerySet


class ActivityKind(models.TextChoices):
    HOUSEHOLD = "household", "党员联系户走访"
    PAIRING = "pairing", "结对帮扶"
    VOLUNTEER = "volunteer", "志愿服务"
    STUDY = "study", "学习教育"
    INTEGRITY = "integrity", "廉政教育"
    TALK = "talk", "谈心谈话"


WITH_PARTNER = (ActivityKind.HOUSEHOLD, ActivityKind.PAIRING)


class PartyActivity(models.Model):
    """One activity of one person: a visit, a pairing that lasts, hours of service, a lesson."""

    Kind = ActivityKind

    village = models.ForeignKey(
        "villages.Village", models.PROTECT, to_field="code", verbose_name="村", related_name="party_activities"
    )
    person = models.ForeignKey(
        "talent.Person", models.PROTECT, verbose_name="党员（干部）", related_name="party_activities"
    )
    kind = models.CharField("类型", max_length=10, choices=ActivityKind.choices)
    partner = models.CharField("联系户（帮扶对象）", max_length=60, blank=True, help_text="户主姓名或帮扶对象。")
    start = models.DateField("日期", help_text="结对帮扶填结对的日期。")
    end = models.DateField("结束日期", null=True, blank=True, help_text="结对帮扶解除的日期；当天完成的不填。")
    hours = models.DecimalField("服务时长（小时）", max_digits=6, decimal_places=1, null=True, blank=True)
    matter = models.CharField("事项", max_length=200, help_text="联系事项、服务内容或学习主题。")
    handling = models.CharField("办理情况", max_length=200, blank=True)
    handled_on = models.DateField("办结日期", null=True, blank=True)

    objects = ScopedQuerySet.as_manager()
    scope_path = "village_id"

    class Meta:
        verbose_name = verbose_name_plural = "党员联系服务"
        ordering = ["-start", "village_id", "kind", "pk"]
        constraints = [
            end_not_before_start("party_activity"),
            models.UniqueConstraint(
                fields=["person", "kind", "start", "partner", "matter"],
                name="party_activity_once",
                violation_error_message="这个人这一天的这件事已经登记过。",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["household", "pairing"]) | ~Q(partner=""),
                name="party_activity_partner",
                violation_error_message="联系户走访和结对帮扶请填写联系户（帮扶对象）。",
            ),
            models.CheckConstraint(
                condition=Q(kind="volunteer", hours__isnull=False, hours__gt=0)
                | (~Q(kind="volunteer") & Q(hours__isnull=True)),
                name="party_activity_hours",
                violation_error_message="志愿服务请填写服务时长（大于 0）；其他类型不填时长。",
            ),
            models.CheckConstraint(
                condition=Q(handled_on__isnull=True) | Q(handled_on__gte=F("start")),
                name="party_activity_handled_later",
                violation_error_message="办结日期早于活动日期，请核对两个日期。",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.matter}"


class IntegrityQuerySet(ScopedQuerySet):
    def in_effect(self, on):
        """Those whose period of effect (影响期) contains the date `on`, the last day included."""
        return self.filter(in_force(on))


class IntegrityRecord(models.Model):
    """A disciplinary decision about a person and how long it counts; seen by the county's staff alone."""

    class Kind(models.TextChoices):
        ADMONITION = "admonition", "诫勉"
        ORGANISATION = "organisation", "组织处理"
        WARNING = "warning", "党内警告"
        SERIOUS_WARNING = "serious", "党内严重警告"
        REMOVED = "removed", "撤销党内职务"
        PROBATION = "probation", "留党察看"
        EXPELLED = "expelled", "开除党籍"
        GOVERNMENT = "government", "政务处分"
        OTHER = "other", "其他"

    person = models.ForeignKey("talent.Person", models.PROTECT, verbose_name="人员", related_name="integrity_records")
    kind = models.CharField("处分（处理）种类", max_length=12, choices=Kind.choices)
    start = models.DateField("决定日期")
    end = models.DateField("影响期止", null=True, blank=True, help_text="影响期的最后一天；没有期限的不填。")
    authority = models.CharField("决定机关", max_length=60)
    document_no = models.CharField("文号", max_length=50, blank=True)
    reason = models.CharField("事由", max_length=200)

    objects = IntegrityQuerySet.as_manager()
    scope_path = "person__village_id"
    scope_area = "discipline"

    class Meta:
        verbose_name = verbose_name_plural = "廉政记录"
        ordering = ["-start", "person_id", "pk"]
        constraints = [
            end_not_before_start("integrity_record"),
            models.UniqueConstraint(
                fields=["person", "kind", "start"],
                name="integrity_record_once",
                violation_error_message="这个人这一天的这种处分（处理）已经登记过。",
            ),
        ]

    def __str__(self):
        return f"{self.start:%Y-%m-%d} {self.get_kind_display()}"

    def counts_on(self, on):
        """True when the date `on` lies in the period of effect."""
        return self.start <= on and (self.end is None or self.end >= on)
