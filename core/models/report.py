"""The wording of reports that write themselves, version by version; nothing saved is ever changed."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Length

from core.scope import ScopedQuerySet, ancestors, scope_code


class ReportTemplateQuerySet(ScopedQuerySet):
    def current(self, user, kind):
        """The newest wording of the user's own division, else of the nearest above; None while nobody has written one."""
        code = scope_code(user)
        if code is None:
            return None
        held = self.filter(kind=kind, division__in=ancestors(code)).annotate(depth=Length("division_id"))
        return held.order_by("-depth", "-version").first()


class ReportTemplate(models.Model):
    """A version of the wording of one kind of report (core.report) that a county has saved."""

    class Kind(models.TextChoices):
        EXPERIENCE = "experience", "经验材料"
        SUMMARY = "summary", "年度总结"

    division = models.ForeignKey(
        "villages.Division", models.PROTECT, to_field="code", verbose_name="单位", related_name="+"
    )
    kind = models.CharField("材料", max_length=12, choices=Kind.choices)
    version = models.PositiveIntegerField("版本")
    text = models.TextField("文稿")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name="保存人", related_name="+"
    )
    saved_at = models.DateTimeField("保存时间", auto_now_add=True)

    objects = ReportTemplateQuerySet.as_manager()
    scope_path = "division_id"
    scope_shared = True

    class Meta:
        verbose_name = verbose_name_plural = "材料文稿"
        ordering = ["division_id", "kind", "-version", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["division", "kind", "version"], name="report_template_version_once",
                violation_error_message="这一版文稿已经有了，请刷新后再改。",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.get_kind_display()}第 {self.version} 版"
