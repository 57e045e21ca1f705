"""Uploaded rosters: the file as it came, what was understood, and what became of every row."""

import datetime
from functools import reduce
from operator import or_

from django.conf import settings
from django.db import models
from django.utils import timezone

from core.fields import EncryptedBinaryField, EncryptedJSONField
from core.scope import ScopedQuerySet

# After this the file and the rows' contents go; who handed in what, when and with which counts stays.
KEEP_DAYS = 90


def keep_until():
    """The day on which a file uploaded today goes."""
    return timezone.localdate() + datetime.timedelta(days=KEEP_DAYS)


class UploadQuerySet(ScopedQuerySet):
    def expired(self, on):
        """Uploads whose file was to go before `on` and has not gone yet."""
        return self.filter(expires_at__lt=on, content__isnull=False)


class Upload(models.Model):
    """One file that somebody handed in, from reading to commit."""

    class Status(models.TextChoices):
        QUEUED = "queued", "排队读取"
        REFUSED = "refused", "未能读取"
        UNSURE = "unsure", "待对列"
        READ = "read", "待核对"
        SUBMITTED = "submitted", "待审核"
        RETURNED = "returned", "已退回"
        COMMITTED = "committed", "已入库"
        UNDONE = "undone", "已撤销"
        DROPPED = "dropped", "已作废"

    # Whoever handed it in may still work on it; a batch that wrote something, taken back or not.
    OPEN = (Status.READ, Status.RETURNED)
    EDITABLE = (Status.UNSURE, *OPEN)
    WRITTEN = (Status.COMMITTED, Status.UNDONE)

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="上传人", related_name="uploads")
    division = models.ForeignKey(
        "villages.Division", models.PROTECT, to_field="code", verbose_name="单位", related_name="uploads"
    )
    kind = models.CharField("名册", max_length=30)
    filename = models.CharField("文件名", max_length=255)
    content = EncryptedBinaryField("原文件", null=True, editable=False)
    digest = models.CharField("文件摘要", max_length=64, editable=False)
    size = models.PositiveIntegerField("字节数")
    status = models.CharField("状态", max_length=12, choices=Status.choices)
    as_of = models.DateField("数据日期")
    # What the rows are about where the kind has a `target`: a training session, an award round.
    target_id = models.BigIntegerField("所属", null=True, blank=True)
    # The clerk's own choices of columns: {kind: {layout fingerprint: {header name: field, or "" for not read}}}.
    mapping = models.JSONField("对列", default=dict)
    complete = models.BooleanField("名册列全", default=False, help_text="在任的人都在表上，不在表上的另行核对。")
    all_or_nothing = models.BooleanField("全部无误才入库", default=False)
    counts = models.JSONField("计数", default=dict)
    tables = models.JSONField("识别结果", default=dict)
    fingerprint = models.CharField("核对摘要", max_length=64, blank=True, editable=False)
    refusal_code = models.CharField("未读原因代码", max_length=40, blank=True)
    refusal_message = models.CharField("未读原因", max_length=300, blank=True)
    created_at = models.DateTimeField("上传时间", auto_now_add=True)
    submitted_at = models.DateTimeField("提交审核时间", null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name="提交人", related_name="+"
    )
    reviewed_at = models.DateTimeField("审核时间", null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name="审核人", related_name="+"
    )
    review_comment = models.CharField("审核意见", max_length=500, blank=True)
    # What the county asked for and this answers.
    request = models.ForeignKey(
        "rosters.CollectionRequest", models.SET_NULL, null=True, blank=True, verbose_name="催报", related_name="uploads"
    )
    # The earlier upload whose workbook came back corrected as this one.
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name="更正的批次", related_name="corrected_by"
    )
    # An undo is a batch of its own that names the one it takes back.
    undoes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, verbose_name="撤销的批次", related_name="undone_by"
    )
    # A batch that ends the posts of people who are not in the roster of another one.
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name="所依据的批次", related_name="followed_by"
    )
    committed_at = models.DateTimeField("入库时间", null=True, blank=True)
    committed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name="入库人", related_name="+"
    )
    expires_at = models.DateField("原文件保留至", default=keep_until)

    objects = UploadQuerySet.as_manager()
    scope_path = "division_id"

    class Meta:
        verbose_name = verbose_name_plural = "上传的名册"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["division", "-id"], name="upload_division")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    status__in=[
                        "queued",
                        "refused",
                        "unsure",
                        "read",
                        "submitted",
                        "returned",
                        "committed",
                        "undone",
                        "dropped",
                    ]
                ),
                name="upload_status_known",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    status__in=["committed", "undone"], committed_at__isnull=False, committed_by__isnull=False
                )
                | ~models.Q(status__in=["committed", "undone"]) & models.Q(committed_at__isnull=True),
                name="upload_commit_is_signed",
            ),
            models.CheckConstraint(
                condition=models.Q(reviewed_by__isnull=True)
                | (models.Q(submitted_by__isnull=False) & ~models.Q(reviewed_by=models.F("submitted_by"))),
                name="upload_reviewed_by_another",
                violation_error_message="提交名册的人不能审核自己的名册，请由另一位工作人员审核。",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="submitted") | models.Q(submitted_by__isnull=False),
                name="upload_submission_is_signed",
            ),
        ]

    def __str__(self):
        return self.filename

    def count(self, key):
        return self.counts.get(key, 0)

    @property
    def writes(self):
        """How many rows a commit would write, or wrote."""
        return self.count("new") + self.count("changed")

    @property
    def keeps_file(self):
        """True while what was uploaded has not gone yet."""
        return self.has_file and self.status != self.Status.REFUSED and self.expires_at >= timezone.localdate()

    @property
    def rows_total(self):
        return self.count("rows")

    @property
    def is_open(self):
        return self.status in self.OPEN

    @property
    def is_editable(self):
        """True while its columns and cells may still be changed."""
        return self.status in self.EDITABLE

    @property
    def is_written(self):
        return self.status in self.WRITTEN

    @property
    def has_file(self):
        """False for a batch of our own making: an undo, or the posts ended of those who are not in a roster."""
        return self.undoes_id is None and self.follows_id is None


class UploadRowQuerySet(ScopedQuerySet):
    # What each chip above the preview shows.
    SHOWN = {
        "new": {"change": "new"},
        "changed": {"change": "changed"},
        "same": {"change": "unchanged"},
        "warn": {"outcome": "warn"},
        "error": {"outcome": "error"},
    }

    def shown(self, chip):
        """The rows behind a chip of the preview; all of them for an unknown chip."""
        return self.filter(**self.SHOWN.get(chip, {}))

    def misplaced(self):
        """The rows whose township or village is not one of the office's own."""
        codes = ("unknown_township", "unknown_village", "outside_scope")
        return self.filter(reduce(or_, (models.Q(problems__contains=[{"code": code}]) for code in codes)))


class UploadRow(models.Model):
    """One data row of an upload. `problems` name fields, never persons; personal values are encrypted."""

    class Outcome(models.TextChoices):
        ACCEPT = "accept", "可入库"
        WARN = "warn", "有提醒"
        ERROR = "error", "有问题"

    class Change(models.TextChoices):
        NEW = "new", "新增"
        CHANGED = "changed", "变更"
        UNCHANGED = "unchanged", "未变"
        NONE = "none", "不入库"

    # Without an index: that of the constraint begins with it.
    upload = models.ForeignKey(Upload, models.CASCADE, verbose_name="上传", related_name="rows", db_index=False)
    order = models.PositiveIntegerField("次序")
    sheet = models.CharField("工作表", max_length=255, null=True, blank=True)
    excel_row = models.PositiveIntegerField("行号")
    village_code = models.CharField("村级代码", max_length=12, blank=True, db_collation="C")
    outcome = models.CharField("结果", max_length=8, choices=Outcome.choices)
    change = models.CharField("变化", max_length=10, choices=Change.choices, default=Change.NONE)
    values = EncryptedJSONField("内容", null=True)
    typed = EncryptedJSONField("原文", null=True)
    # What headings, the title or the sheet's name say of the row: {"township", "village", "said": {field: value}}.
    above = models.JSONField("表头所示", default=dict)
    corrections = EncryptedJSONField("页面上的更正", null=True)  # {field: text} in place of what the file has
    problems = models.JSONField("问题", default=list)
    diff = EncryptedJSONField("差异", null=True)

    objects = UploadRowQuerySet.as_manager()
    scope_path = "upload__division_id"

    class Meta:
        verbose_name = verbose_name_plural = "上传的行"
        ordering = ["upload_id", "order"]
        constraints = [models.UniqueConstraint(fields=["upload", "order"], name="upload_row_once")]
        indexes = [models.Index(fields=["upload", "change"], name="upload_row_change")]

    def __str__(self):
        return self.above.get("at") or f"第 {self.excel_row} 行"

    def lies_in(self, table):
        """True when the row is one of the table's, as `Upload.tables` describes it."""
        if "orders" in table:
            return table["orders"][0] <= self.order <= table["orders"][1]
        # Read before tables could stand abreast; gone when the files of that time are.
        first, last = table["first_data_row"], table["last_data_row"]
        return table["sheet"] == self.sheet and first is not None and first <= self.excel_row <= last
