"""Party branches of villages, how many full members they had when, and the record of their meetings."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from core.fields import EncryptedBinaryField
from core.periods import end_not_before_start, in_force
from core.scope import ScopedQuerySet


class PartyBranchQuerySet(ScopedQuerySet):
    def existing(self, on):
        """Branches that exist on the date `on`."""
        return self.filter(in_force(on))


class PartyBranch(models.Model):
    """A party branch (党支部) of a village; a village with a general branch (党总支) has several."""

    village = models.ForeignKey(
        "villages.Village", models.PROTECT, to_field="code", verbose_name="村", related_name="party_branches"
    )
    name = models.CharField("党支部", max_length=60)
    start = models.DateField("成立日期")
    end = models.DateField("撤销日期", null=True, blank=True)

    objects = PartyBranchQuerySet.as_manager()
    scope_path = "village_id"

    class Meta:
        verbose_name = verbose_name_plural = "村党支部"
        ordering = ["village_id", "name", "pk"]
        constraints = [
            end_not_before_start("party_branch"),
            models.UniqueConstraint(
                fields=["village", "name"],
                name="party_branch_once",
                violation_error_message="这个村已有同名的党支部。",
            ),
        ]

    def __str__(self):
        return self.name


class BranchSize(models.Model):
    """How many full members (正式党员) and groups a branch has from a day on: its duties follow from it."""

    branch = models.ForeignKey(PartyBranch, models.CASCADE, verbose_name="党支部", related_name="sizes")
    start = models.DateField("从哪一天起")
    full_members = models.PositiveIntegerField("正式党员（人）")
    groups = models.PositiveSmallIntegerField("党小组（个）", default=0)

    objects = ScopedQuerySet.as_manager()
    scope_path = "branch__village_id"

    class Meta:
        verbose_name = verbose_name_plural = "支部党员数"
        ordering = ["branch_id", "-start", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["branch", "start"],
                name="branch_size_once",
                violation_error_message="这个支部这一天的党员数已经登记过。",
            ),
            models.CheckConstraint(
                condition=Q(groups__lte=F("full_members")),
                name="branch_groups_have_members",
                violation_error_message="党小组比正式党员还多，请核对两个数。",
            ),
        ]

    def __str__(self):
        return f"{self.start:%Y-%m-%d} 起 {self.full_members} 人"


class MeetingKind(models.TextChoices):
    GENERAL = "general", "支部党员大会"
    COMMITTEE = "committee", "支委会"
    GROUP = "group", "党小组会"
    LECTURE = "lecture", "党课"
    THEME = "theme", "主题党日"
    LIFE = "life", "组织生活会"
    APPRAISAL = "appraisal", "民主评议党员"


class MeetingRecord(models.Model):
    """One meeting of a branch (三会一课、主题党日、组织生活会、民主评议党员)."""

    Kind = MeetingKind

    branch = models.ForeignKey(PartyBranch, models.PROTECT, verbose_name="党支部", related_name="meetings")
    kind = models.CharField("类型", max_length=10, choices=MeetingKind.choices)
    topic = models.CharField("主题", max_length=100)
    held_on = models.DateField("日期")
    begins = models.TimeField("开始时间", null=True, blank=True)
    ends = models.TimeField("结束时间", null=True, blank=True)
    place = models.CharField("地点", max_length=60, blank=True)
    chair = models.CharField("主持人", max_length=50)
    recorder = models.CharField("记录人", max_length=50, blank=True)
    expected = models.PositiveIntegerField("应到（人）")
    present = models.PositiveIntegerField("实到（人）")
    leave = models.PositiveIntegerField("请假（人）", default=0)
    absent = models.PositiveIntegerField("缺席（人）", default=0)
    absence_reason = models.CharField("请假缺席原因", max_length=200, blank=True)
    observers = models.CharField("列席人员", max_length=200, blank=True)
    agenda = models.TextField("议程", blank=True)
    content = models.TextField("内容", blank=True)
    lecturer = models.CharField("讲课人", max_length=50, blank=True)
    lecture_title = models.CharField("党课题目", max_length=100, blank=True)
    remarks = models.CharField("备注", max_length=200, blank=True)

    objects = ScopedQuerySet.as_manager()
    scope_path = "branch__village_id"

    class Meta:
        verbose_name = verbose_name_plural = "组织生活记录"
        ordering = ["-held_on", "branch_id", "kind", "pk"]
        indexes = [models.Index(fields=["branch", "kind", "held_on"], name="meeting_of_branch")]
        constraints = [
            models.UniqueConstraint(
                fields=["branch", "kind", "held_on", "topic"],
                name="meeting_once",
                violation_error_message="这个支部这一天同类型、同主题的记录已经有了。",
            ),
            models.CheckConstraint(
                condition=Q(begins__isnull=True) | Q(ends__isnull=True) | Q(ends__gt=F("begins")),
                name="meeting_ends_after_begin",
                violation_error_message="结束时间不晚于开始时间，请核对。",
            ),
            models.CheckConstraint(
                condition=Q(expected__gte=1),
                name="meeting_expects_somebody",
                violation_error_message="应到人数请填 1 以上。",
            ),
            models.CheckConstraint(
                condition=Q(expected=F("present") + F("leave") + F("absent")),
                name="meeting_attendance_adds_up",
                violation_error_message="应到人数应等于实到、请假、缺席之和，请核对四个数。",
            ),
            models.CheckConstraint(
                condition=Q(leave=0, absent=0) | ~Q(absence_reason=""),
                name="meeting_absence_has_reason",
                violation_error_message="有人请假或缺席，请填写请假缺席原因。",
            ),
            models.CheckConstraint(
                condition=~Q(kind="lecture") | (~Q(lecturer="") & ~Q(lecture_title="")),
                name="meeting_lecture_named",
                violation_error_message="党课请填写讲课人和党课题目。",
            ),
        ]

    def __str__(self):
        return f"{self.held_on:%Y-%m-%d} {self.get_kind_display()} {self.topic}"

    def has_quorum(self, percent):
        """True when more than `percent` of those expected were there."""
        return self.present * 100 > self.expected * percent


class Resolution(models.Model):
    """What a meeting resolved, with the votes as counts."""

    meeting = models.ForeignKey(MeetingRecord, models.CASCADE, verbose_name="会议", related_name="resolutions")
    text = models.CharField("决议", max_length=300)
    entitled = models.PositiveIntegerField("有表决权（人）")
    in_favour = models.PositiveIntegerField("赞成（票）")
    against = models.PositiveIntegerField("反对（票）", default=0)
    abstained = models.PositiveIntegerField("弃权（票）", default=0)

    objects = ScopedQuerySet.as_manager()
    scope_path = "meeting__branch__village_id"

    class Meta:
        verbose_name = verbose_name_plural = "会议决议"
        ordering = ["meeting_id", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(entitled__gte=F("in_favour") + F("against") + F("abstained")),
                name="resolution_votes_within",
                violation_error_message="赞成、反对、弃权合计超过有表决权的人数，请核对。",
            )
        ]

    def __str__(self):
        return self.text

    @property
    def carried(self):
        """Passed: more than half of those entitled were in favour."""
        return self.in_favour * 2 > self.entitled

    def clean(self):
        if self.meeting_id and self.entitled is not None and self.entitled > self.meeting.expected:
            raise ValidationError({"entitled": f"有表决权的人数超过应到人数 {self.meeting.expected} 人，请核对。"})


class MeetingAttachment(models.Model):
    """Evidence of a meeting (notice, minutes, sign-in sheet, photograph), encrypted like every file kept."""

    class Kind(models.TextChoices):
        NOTICE = "notice", "会议通知"
        MINUTES = "minutes", "会议纪要"
        RESOLUTION = "resolution", "决议"
        SIGN_IN = "sign_in", "签到表"
        PHOTO = "photo", "现场照片"
        OTHER = "other", "其他"

    meeting = models.ForeignKey(MeetingRecord, models.PROTECT, verbose_name="会议", related_name="attachments")
    kind = models.CharField("附件类别", max_length=10, choices=Kind.choices)
    filename = models.CharField("文件名", max_length=255)
    content = EncryptedBinaryField("内容", editable=False)
    digest = models.CharField("文件摘要", max_length=64, editable=False)
    size = models.PositiveIntegerField("字节数", editable=False)
    added_at = models.DateTimeField("上传时间", auto_now_add=True)

    objects = ScopedQuerySet.as_manager()
    scope_path = "meeting__branch__village_id"

    class Meta:
        verbose_name = verbose_name_plural = "会议附件"
        ordering = ["meeting_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "digest"], name="attachment_once", violation_error_message="这个文件已经传过。"
            )
        ]

    def __str__(self):
        return self.filename
