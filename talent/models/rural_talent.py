"""Rural talents (乡村人才): who is in the county's pool and for what, and who said each year that they are still there."""

from django.conf import settings
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import DateField, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest

from core.periods import NoOverlap, date_range, dated_before, end_not_before_start, in_force, months_before
from core.ranges import id_range_of
from core.scope import ScopedQuerySet
from talent.models.talent_classes import (
    Business,
    SubClass,
    TalentClass,
    Willing,
    sub_class_fits,
    tidy_words,
    words_in,
    words_of,
)


class RuralTalentQuerySet(ScopedQuerySet):
    def in_pool(self, on):
        """Talents in the pool on `on`."""
        return self.filter(in_force(on))

    def tagged(self, tag):
        """Talents with this identity tag."""
        return self.alias(tag_array=words_in("tags")).filter(tag_array__contains=[tag])

    def skilled(self, word):
        """Talents whose skills, specialty or certificates speak of `word`."""
        return self.filter(Q(skills__contains=word) | Q(specialty__contains=word) | Q(certificates__contains=word))

    def with_confirmation(self, on):
        """Annotate `confirmed_on` (the last yes by `on`, or None) and `known_on` (that, or the entry into the pool)."""
        said = TalentConfirmation.objects.filter(talent=OuterRef("pk"), is_here=True, confirmed_on__lte=on)
        last = Subquery(said.order_by().values("talent").annotate(last=Max("confirmed_on")).values("last"))
        known = Greatest("start", Coalesce("confirmed_on", "start"), output_field=DateField())
        return self.annotate(confirmed_on=last).annotate(known_on=known)

    def stale(self, on, months):
        """Talents in the pool on `on` of whom nobody said for `months` months that they are still there."""
        return self.in_pool(on).with_confirmation(on).filter(dated_before(months_before(on, months), "known_on"))


class RuralTalent(models.Model):
    """A place in the pool of talents; one person has one at a time."""

    class Category(models.TextChoices):
        """农村实用人才 as the agriculture offices class them: five types, and wider words that rosters still use."""

        PRODUCTION = "production", "生产型"
        BUSINESS = "business", "经营型"
        SKILL_SERVE = "skill_serve", "技能服务型"
        SKILL_LEAD = "skill_lead", "技能带动型"
        SERVICE = "service", "社会服务型"
        SKILL = "skill", "技能型"
        GOVERNANCE = "governance", "治理型"
        OTHER = "other", "其他"

    class Origin(models.TextChoices):
        LOCAL = "local", "本土培养"
        RETURNED = "returned", "返乡"
        INTRODUCED = "introduced", "引进"

    person = models.ForeignKey("talent.Person", models.PROTECT, verbose_name="人员", related_name="talents")
    village = models.ForeignKey(
        "villages.Village", models.PROTECT, to_field="code", verbose_name="村", related_name="talents"
    )
    talent_class = models.CharField("人才大类", max_length=12, choices=TalentClass.choices, blank=True)
    sub_class = models.CharField("人才小类", max_length=12, choices=SubClass.choices, blank=True)
    category = models.CharField(
        "人才类别", max_length=12, choices=Category.choices, blank=True, help_text="农村实用人才的类型。"
    )
    tags = models.CharField(
        "身份标签", max_length=200, blank=True, help_text="可写几个，用顿号隔开，如：土专家、退役军人。"
    )
    specialty = models.CharField("专业特长", max_length=200, blank=True)
    skills = models.CharField(
        "技能关键词",
        max_length=200,
        blank=True,
        help_text="用顿号隔开的短词，如：茶叶加工、直播。供需对接按这些词找人。",
    )
    certificates = models.CharField("职称和证书", max_length=200, blank=True)
    business = models.CharField(
        "经营类型",
        max_length=10,
        choices=Business.choices,
        blank=True,
        help_text="扶持政策按它核对和试算；不经营的不填。",
    )
    scale = models.CharField("产业规模", max_length=100, blank=True, help_text="带单位，如：茶园 120 亩。")
    households_led = models.PositiveIntegerField("带动户数（户）", null=True, blank=True)
    is_demonstration = models.BooleanField("示范户", default=False)
    willing = models.CharField("服务意愿", max_length=10, choices=Willing.choices, blank=True)
    wishes = models.CharField("愿意做什么", max_length=200, blank=True)
    origin = models.CharField("引育方式", max_length=10, choices=Origin.choices, blank=True)
    came_from = models.CharField("来自何处", max_length=100, blank=True)
    came_on = models.DateField("来（返）乡时间", null=True, blank=True)
    start = models.DateField("入库时间")
    end = models.DateField("出库时间", null=True, blank=True, help_text="在库的最后一天；仍在库则不填。")
    end_reason = models.CharField("出库原因", max_length=100, blank=True)
    remarks = models.TextField("备注", blank=True)

    objects = RuralTalentQuerySet.as_manager()
    scope_path = "village_id"

    class Meta:
        verbose_name = verbose_name_plural = "乡村人才"
        ordering = ["village_id", "category", "-start", "pk"]
        indexes = [models.Index(fields=["village", "category", "start"], name="talent_village_category")]
        constraints = [
            end_not_before_start("talent"),
            models.CheckConstraint(
                condition=Q(end_reason="") | Q(end__isnull=False),
                name="talent_reason_needs_end",
                violation_error_message="填了出库原因，请一并填写出库时间。",
            ),
            sub_class_fits("talent"),
            NoOverlap(
                name="talent_no_overlap",
                expressions=[
                    (id_range_of("person"), RangeOperators.OVERLAPS),
                    (date_range(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="这个人在这段时间已在乡村人才库中。",
            ),
        ]

    def __str__(self):
        return f"{self.person} {self.village} {self.get_category_display()}"

    @property
    def class_text(self):
        """The sub-class, or the class where only that is known."""
        return self.get_sub_class_display() or self.get_talent_class_display()

    @property
    def tag_words(self):
        return words_of(self.tags)

    @property
    def skill_words(self):
        return words_of(self.skills)

    def clean(self):
        """Lists of words are kept in one spelling."""
        self.tags, self.skills = tidy_words(self.tags), tidy_words(self.skills)


class TalentConfirmation(models.Model):
    """What the clerk answered in a year to "仍在库？"."""

    talent = models.ForeignKey(RuralTalent, models.PROTECT, verbose_name="乡村人才", related_name="confirmations")
    year = models.PositiveSmallIntegerField("年度")
    is_here = models.BooleanField("仍在", default=True)
    confirmed_on = models.DateField("确认日期")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name="确认人", related_name="+"
    )
    remarks = models.CharField("备注", max_length=200, blank=True)

    objects = ScopedQuerySet.as_manager()
    scope_path = "talent__village_id"

    class Meta:
        verbose_name = verbose_name_plural = "人才年度确认"
        ordering = ["-year", "talent_id", "pk"]
        indexes = [models.Index(fields=["talent", "confirmed_on"], name="confirmation_talent_date")]
        constraints = [
            models.UniqueConstraint(
                fields=["talent", "year"], name="confirmation_once_a_year",
                violation_error_message="这个人这一年度已经确认过。",
            ),
            models.CheckConstraint(
                condition=Q(year__range=(1949, 2200)), name="confirmation_year",
                violation_error_message="年度不对，请填四位年份。",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.year} {'仍在' if self.is_here else '已不在'}"
