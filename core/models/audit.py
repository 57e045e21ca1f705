"""The audit log. The database refuses to change or remove a line (migration 0002)."""

from django.conf import settings
from django.db import models

from core.scope import ScopedQuerySet

NOBODYS = ("login_failed", "locked", "verify", "verify_failed", "verify_locked")


class AuditQuerySet(ScopedQuerySet):
    def in_scope(self, code):
        """Also what somebody without an account did: tries to sign in and to verify a certificate belong to no division."""
        return super().in_scope(code) | models.Q(division_code="", verb__in=NOBODYS)


class AuditEntry(models.Model):
    VERBS = {
        "login": "登录", "logout": "退出", "login_failed": "登录失败", "locked": "锁定期内登录", "unlock": "解除锁定",
        "password": "修改密码",
        "create": "新建", "change": "修改", "delete": "删除", "dismiss": "免职", "appoint": "任职", "merge": "合并档案", "tell_apart": "认定不是同一人",
        "import": "名册入库", "upload": "上传名册", "export": "导出", "reveal": "查看证件", "lookup": "按号码查询", "refused": "拒绝访问",
        "token": "发放令牌", "revoke": "停用令牌", "load": "装载数据",
        "submit": "提交审核", "return": "退回名册", "undo": "撤销批次",
        "hand_in": "填好研判表", "send_back": "退回研判表", "decide": "审定研判表",
        "verify": "查验证书", "verify_failed": "查验不符", "verify_locked": "查验过多被拒",
        "certify": "发放证书", "withdraw": "撤销表彰", "approve": "复核支付", "reject": "退回支付",
    }  # fmt: skip

    at = models.DateTimeField("时间", auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name="账号", related_name="+"
    )
    by_name = models.CharField("登录名", max_length=50)
    role = models.CharField("角色", max_length=30, blank=True)
    division_code = models.CharField("区划代码", max_length=12, blank=True, db_collation="C")
    verb = models.CharField("动作", max_length=20)
    model = models.CharField("类别", max_length=60, blank=True)
    object_id = models.CharField("编号", max_length=40, blank=True)
    object_text = models.CharField("内容", max_length=200, blank=True)
    before = models.JSONField("原值", default=dict, blank=True)
    after = models.JSONField("新值", default=dict, blank=True)
    reason = models.CharField("原因", max_length=500, blank=True)
    batch = models.BigIntegerField("批次", null=True, blank=True)
    request_id = models.CharField("请求编号", max_length=32, blank=True)
    address = models.CharField("地址", max_length=45, blank=True)

    objects = AuditQuerySet.as_manager()
    scope_path = "division_code"
    scope_area = "audit"

    class Meta:
        verbose_name = verbose_name_plural = "操作日志"
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["model", "object_id", "-id"], name="audit_object"),
            models.Index(fields=["division_code", "-id"], name="audit_division"),
            models.Index(fields=["batch"], name="audit_batch", condition=models.Q(batch__isnull=False)),
        ]

    def __str__(self):
        return f"{self.by_name} {self.verb_label} {self.object_text}"

    @property
    def verb_label(self):
        return self.VERBS.get(self.verb, self.verb)
