"""Work that outlives a request: what is to be done, for whom, how far it is and how it ended."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.fields import EncryptedJSONField
from core.scope import ScopedQuerySet


class JobQuerySet(ScopedQuerySet):
    def open(self):
        """Jobs that a worker will still take or has taken."""
        return self.filter(status__in=Job.OPEN)

    def together(self, first):
        """The jobs that were handed in together with `first`, itself included, in their order."""
        return self.filter(Q(pk=first.pk) | Q(first=first)).order_by("place", "pk")


class Job(models.Model):
    """One piece of work that a worker does whole or not at all.

    `kind` names the function (core.jobs.registry), `target_id` the row it works on, `args` (encrypted) what else it needs.
    Jobs handed in together name the `first` of them and their `place` among them."""

    class Status(models.TextChoices):
        WAITING = "waiting", "排队中"
        RUNNING = "running", "处理中"
        DONE = "done", "已完成"
        FAILED = "failed", "没有完成"
        CANCELLED = "cancelled", "已取消"

    OPEN = (Status.WAITING, Status.RUNNING)

    kind = models.CharField("种类", max_length=30)
    target_id = models.BigIntegerField("对象", null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="提交人", related_name="jobs")
    division = models.ForeignKey(
        "villages.Division", models.PROTECT, to_field="code", verbose_name="单位", related_name="jobs"
    )
    first = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, verbose_name="同批的第一项", related_name="others"
    )
    place = models.PositiveIntegerField("批内次序", default=0)
    args = EncryptedJSONField("参数", default=dict, blank=True)
    status = models.CharField("状态", max_length=10, choices=Status.choices, default=Status.WAITING)
    size = models.PositiveIntegerField("工作量", default=1, help_text="文件数或行数，用来估计还需多久。")
    done = models.PositiveIntegerField("已完成", default=0)
    step = models.CharField("正在做", max_length=60, blank=True)
    tries = models.PositiveSmallIntegerField("次数", default=0)
    cancel_asked = models.BooleanField("要求取消", default=False)
    outcome = models.CharField("结果", max_length=20, blank=True)
    error = models.CharField("原因", max_length=300, blank=True)
    created_at = models.DateTimeField("提交时间", default=timezone.now)
    started_at = models.DateTimeField("开始时间", null=True, blank=True)
    finished_at = models.DateTimeField("结束时间", null=True, blank=True)

    objects = JobQuerySet.as_manager()
    scope_path = "division_id"
    scope_area = "jobs"

    class Meta:
        verbose_name = verbose_name_plural = "后台任务"
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["place", "id"], name="job_waiting", condition=Q(status="waiting")),
            models.Index(fields=["kind", "target_id", "-id"], name="job_target"),
            models.Index(fields=["division", "-id"], name="job_division"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["waiting", "running"], finished_at__isnull=True)
                | Q(status__in=["done", "failed", "cancelled"], finished_at__isnull=False),
                name="job_end_is_dated",
            ),
            # Two presses of one button are one piece of work.
            models.UniqueConstraint(
                fields=["kind", "target_id"],
                condition=Q(status__in=["waiting", "running"], target_id__isnull=False),
                name="job_open_once",
            ),
        ]

    def __str__(self):
        return f"后台任务 {self.pk}"

    @property
    def is_open(self):
        return self.status in self.OPEN

    @property
    def seconds(self):
        """How long its last try took or has taken; None before it began."""
        return ((self.finished_at or timezone.now()) - self.started_at).total_seconds() if self.started_at else None
