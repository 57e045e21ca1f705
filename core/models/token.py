"""API tokens: shown once, kept as a digest, expiring, read or read-write, for one division."""

import hashlib
import hmac
import secrets

from django.db import models
from django.utils import timezone

from core.scope import ScopedQuerySet, inside


class ApiTokenQuerySet(ScopedQuerySet):
    def issue(self, *, user, name, expires_at, can_write=False, division=None):
        """A new token for `user`; returns (token, secret text). The text is not kept anywhere."""
        key, secret = secrets.token_hex(4), secrets.token_urlsafe(32)
        token = self.create(
            user=user,
            name=name,
            key=key,
            digest=ApiToken.digest_of(secret),
            can_write=can_write,
            division=division or user.division,
            expires_at=expires_at,
        )
        return token, f"xc_{key}_{secret}"

    def authenticate(self, text):
        """The usable token whose secret is `text`, or None (unknown, wrong, expired, revoked, account disabled)."""
        prefix, _, rest = text.partition("_")
        key, _, secret = rest.partition("_")
        if prefix != "xc" or not text.isprintable():
            return None
        token = self.select_related("user", "division").filter(key=key).first()
        if token is None or not hmac.compare_digest(token.digest, ApiToken.digest_of(secret)):
            return None
        return token if token.usable else None


class ApiToken(models.Model):
    user = models.ForeignKey("core.User", models.PROTECT, verbose_name="接口账号", related_name="tokens")
    name = models.CharField("用途", max_length=100)
    key = models.CharField("编号", max_length=16, unique=True, editable=False)
    digest = models.CharField("摘要", max_length=64, editable=False)
    division = models.ForeignKey(
        "villages.Division", models.PROTECT, to_field="code", verbose_name="数据范围", related_name="+"
    )
    can_write = models.BooleanField("可写", default=False)
    expires_at = models.DateTimeField("到期时间")
    revoked_at = models.DateTimeField("停用时间", null=True, blank=True)
    last_used_at = models.DateTimeField("最近使用", null=True, blank=True, editable=False)
    created_at = models.DateTimeField("发放时间", auto_now_add=True)

    objects = ApiTokenQuerySet.as_manager()
    scope_path = "division_id"
    scope_area = "accounts"

    class Meta:
        verbose_name = verbose_name_plural = "接口令牌"
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return f"{self.name}（{self.key}）"

    @staticmethod
    def digest_of(secret):
        return hashlib.sha256(secret.encode()).hexdigest()

    @property
    def usable(self):
        """Not expired, not revoked, its account active, its division inside the account's."""
        in_scope = inside(self.division_id, self.user.division_id)
        return self.revoked_at is None and self.expires_at > timezone.now() and self.user.is_active and in_scope
