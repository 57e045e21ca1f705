"""People sent into villages: first secretaries, members of the work teams, technical specialists (驻村、科技特派员)."""

from django.contrib.postgres.fields import RangeOperators
from django.db import models

from core.periods import NoOverlap, date_range, end_not_before_start, in_force
from core.ranges import choice_range_of, code_range_of, id_range_of
from core.scope import ScopedQuerySet


class StationingQuerySet(ScopedQuerySet):
    def serving(self, on):
        """Stays in force on `on`."""
        return self.filter(in_force(on))

    def in_teams(self, on):
        """Stays of first secretaries and work teams in force on `on`; technical specialists do not live in the village."""
        return self.serving(on).filter(role__in=TEAM_ROLES)


class Stationing(models.Model):
    class Role(models.TextChoices):
        FIRST_SECRETARY = "first_secretary", "第一书记"
        TEAM_LEADER = "team_leader", "工作队队长"
        TEAM_MEMBER = "team_member", "工作队队员"
        SPECIALIST = "specialist", "科技特派员"

    class UnitLevel(models.TextChoices):
        CENTRAL = "central", "中央"
        PROVINCE = "province", "省"
        PREFECTURE = "prefecture", "市"
        COUNTY = "county", "县"
        TOWNSHIP = "township", "乡镇"

    class EndKind(models.TextChoices):
        ROTATED = "rotated", "到期轮换"
        RECALLED = "recalled", "召回"
        PROMOTED = "promoted", "提拔"
        OTHER = "other", "其他"

    person = models.ForeignKey("talent.Person", models.PROTECT, verbose_name="人员", related_name="stationings")
    village = models.ForeignKey(
        "villages.Village", models.PROTECT, to_field="code", verbose_name="派驻村", related_name="stationings"
    )
    role = models.CharField("驻村职务", max_length=20, choices=Role.choices)
    dispatch_unit = models.CharField("派出单位", max_length=100, blank=True)
    unit_level = models.CharField("单位层级", max_length=12, choices=UnitLevel.choices, blank=True)
    original_post = models.CharField("原职务", max_length=100, blank=True)
    team = models.CharField("工作队", max_length=60, blank=True)
    start = models.DateField("派驻时间")
    due = models.DateField(
        "轮换日期", null=True, blank=True,
        help_text="计划轮换或延期到的日期；不填的按参数设置里的任期算。",
    )  # fmt: skip
    party_transferred = models.BooleanField("组织关系已转接", default=False)
    insured = models.BooleanField("已办保险和体检", default=False)
    funds_wan = models.DecimalField("工作经费（万元）", max_digits=10, decimal_places=4, null=True, blank=True)
    end = models.DateField("离任时间", null=True, blank=True, help_text="在村的最后一天；仍在村则不填。")
    end_kind = models.CharField("离任方式", max_length=12, choices=EndKind.choices, blank=True)
    end_reason = models.CharField("离任原因", max_length=100, blank=True)
    remarks = models.TextField("备注", blank=True)

    objects = StationingQuerySet.as_manager()
    scope_path = "village_id"

    class Meta:
        verbose_name = verbose_name_plural = "驻村派驻"
        ordering = ["village_id", "role", "-start", "pk"]
        indexes = [models.Index(fields=["village", "role", "start"], name="stationing_village_role")]
        constraints = [
            end_not_before_start("stationing"),
            models.CheckConstraint(
                condition=models.Q(end_reason="", end_kind="") | models.Q(end__isnull=False),
                name="stationing_reason_needs_end",
                violation_error_message="填了离任方式或离任原因，请一并填写离任时间。",
            ),
            models.CheckConstraint(
                condition=models.Q(due__isnull=True) | models.Q(due__gte=models.F("start")),
                name="stationing_due_not_before_start",
                violation_error_message="轮换日期早于派驻时间，请核对两个日期。",
            ),
            models.CheckConstraint(
                condition=models.Q(funds_wan__isnull=True) | models.Q(funds_wan__gte=0),
                name="stationing_funds_not_negative",
                violation_error_message="工作经费不能小于 0。",
            ),
            NoOverlap(
                name="stationing_no_overlap",
                expressions=[
                    (id_range_of("person"), RangeOperators.OVERLAPS),
                    (code_range_of("village"), RangeOperators.OVERLAPS),
                    (choice_range_of("role"), RangeOperators.OVERLAPS),
                    (date_range(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="这个人在这个村同一驻村职务的时间段重叠了，请核对日期。",
            ),
        ]

    def __str__(self):
        return f"{self.person} {self.village} {self.get_role_display()}"


Role = Stationing.Role
TEAM_ROLES = (Role.FIRST_SECRETARY, Role.TEAM_LEADER, Role.TEAM_MEMBER)
