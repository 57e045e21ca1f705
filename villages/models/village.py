"""Villages and communities: the 12-digit code, names over time, classes."""

from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models.functions import Coalesce, Length

from core.dates import within_reach
from core.fields import InitialsField, PinyinField
from core.periods import NoOverlap, begun, date_range, end_not_before_start, in_force
from core.ranges import choice_range_of, code_range_of
from core.scope import ScopedQuerySet
from core.validators import credit_code, digits

models.CharField.register_lookup(Length)


class VillageQuerySet(ScopedQuerySet):
    def existing(self, on):
        """Villages that exist on the date `on`."""
        return self.filter(in_force(on))

    def with_seats(self, on):
        """Annotated with `party_seats_on` and `committee_seats_on`: the numbers approved for the day, null where unknown."""
        stated = ApprovedSeats.objects.filter(begun(on), village=models.OuterRef("code")).order_by("-start")
        return self.annotate(
            party_seats_on=Coalesce(models.Subquery(stated.values("party_seats")[:1]), models.F("party_seats")),
            committee_seats_on=Coalesce(
                models.Subquery(stated.values("committee_seats")[:1]), models.F("committee_seats")
            ),
        )


class Village(models.Model):
    """An administrative village (行政村) or community (社区)."""

    class Kind(models.TextChoices):
        VILLAGE = "village", "村"
        COMMUNITY = "community", "社区"

    code = models.CharField("村级代码", max_length=12, unique=True, db_collation="C", validators=[digits])
    township = models.ForeignKey(
        "villages.Division", models.PROTECT, to_field="code", verbose_name="乡镇", related_name="villages"
    )
    name = models.CharField("村（社区）", max_length=50)
    pinyin = PinyinField("拼音", max_length=200, source="name", blank=True, default="")
    initials = InitialsField("拼音首字母", max_length=50, source="name", blank=True, default="")
    kind = models.CharField("类型", max_length=10, choices=Kind.choices, default=Kind.VILLAGE)
    start = models.DateField("设立日期", help_text="早于系统启用的填 1949-10-01。")
    end = models.DateField("撤并日期", null=True, blank=True)
    # Until something else was approved; what was is in ApprovedSeats, from its day on.
    party_seats = models.PositiveSmallIntegerField(
        "党组织核定职数", null=True, blank=True,
        help_text="两个职数以后有变动的，在“核定职数的变动”里加一行，写明从哪一天起；那一天以前仍按这里的数。",
    )  # fmt: skip
    committee_seats = models.PositiveSmallIntegerField("村（居）委会核定职数", null=True, blank=True)
    credit_code = models.CharField("统一社会信用代码", max_length=18, blank=True, validators=[credit_code])

    objects = VillageQuerySet.as_manager()
    scope_path = "code"

    class Meta:
        verbose_name = verbose_name_plural = "村（社区）"
        ordering = ["code"]
        constraints = [
            end_not_before_start("village"),
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^[0-9]{12}$") & models.Q(code__startswith=models.F("township")),
                name="village_code_in_township",
                violation_error_message="村级代码应为 12 位数字，前 9 位是所在乡镇的代码。",
            ),
            models.UniqueConstraint(
                fields=["township", "name"],
                condition=models.Q(end__isnull=True),
                name="village_name_once_in_township",
                violation_error_message="这个乡镇已有同名的村（社区）。",
            ),
        ]

    def __str__(self):
        return self.name


class ApprovedSeats(models.Model):
    """How many seats the county approved for a village's two committees from a day on (核定职数)."""

    village = models.ForeignKey(
        Village, models.CASCADE, to_field="code", verbose_name="村", related_name="approved_seats"
    )
    start = models.DateField("从哪一天起", validators=[within_reach])
    party_seats = models.PositiveSmallIntegerField("党组织核定职数")
    committee_seats = models.PositiveSmallIntegerField("村（居）委会核定职数")
    document_no = models.CharField("核定文号", max_length=50, blank=True)

    objects = ScopedQuerySet.as_manager()
    scope_path = "village_id"

    class Meta:
        verbose_name = verbose_name_plural = "核定职数"
        ordering = ["village_id", "-start", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["village", "start"],
                name="approved_seats_once",
                violation_error_message="这个村这一天的核定职数已经登记过。",
            )
        ]

    def __str__(self):
        return f"{self.start:%Y-%m-%d} 起党组织 {self.party_seats} 职、村（居）委会 {self.committee_seats} 职"


class VillageName(models.Model):
    """A name that a village had until a date."""

    village = models.ForeignKey(
        Village, models.CASCADE, to_field="code", verbose_name="村", related_name="former_names"
    )
    name = models.CharField("曾用名", max_length=50)
    until = models.DateField("用至")

    objects = ScopedQuerySet.as_manager()
    scope_path = "village_id"

    class Meta:
        verbose_name = verbose_name_plural = "村曾用名"
        ordering = ["village_id", "until", "pk"]
        constraints = [models.UniqueConstraint(fields=["village", "name", "until"], name="village_former_name_once")]

    def __str__(self):
        return self.name


class VillageLabel(models.Model):
    """A class that a village is in for a period, such as 软弱涣散."""

    class Label(models.TextChoices):
        WEAK = "weak", "软弱涣散村"
        FORMERLY_POOR = "formerly_poor", "脱贫村"
        PRIORITY = "priority", "乡村振兴重点村"
        DEMONSTRATION = "demonstration", "示范村"
        THIN_ECONOMY = "thin_economy", "集体经济薄弱村"
        RELOCATION = "relocation", "易地搬迁安置村"
        RED = "red", "红色村"
        MINORITY = "minority", "少数民族村"
        SUBURBAN = "suburban", "城中村（城郊村）"
        OTHER = "other", "其他"

    village = models.ForeignKey(Village, models.CASCADE, to_field="code", verbose_name="村", related_name="labels")
    label = models.CharField("类别", max_length=20, choices=Label.choices)
    start = models.DateField("认定日期")
    end = models.DateField("退出日期", null=True, blank=True)

    objects = ScopedQuerySet.as_manager()
    scope_path = "village_id"

    class Meta:
        verbose_name = verbose_name_plural = "村类别"
        ordering = ["village_id", "-start", "pk"]
        constraints = [
            end_not_before_start("village_label"),
            NoOverlap(
                name="village_label_no_overlap",
                expressions=[
                    (code_range_of("village"), RangeOperators.OVERLAPS),
                    (choice_range_of("label"), RangeOperators.OVERLAPS),
                    (date_range(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="这个村同一类别的时间段重叠了。",
            ),
        ]

    def __str__(self):
        return self.get_label_display()
