"""Accounts: one person or one system each, in one division, with one role."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac

from core import roles
from core.scope import ScopedQuerySet


class UserManager(BaseUserManager.from_queryset(ScopedQuerySet)):
    def create_user(self, username, password=None, **fields):
        """A saved user; without a password nobody can sign in to the account."""
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save()
        return user


class User(AbstractBaseUser):
    username = models.CharField(
        "登录名",
        max_length=50,
        unique=True,
        validators=[UnicodeUsernameValidator()],
        error_messages={"unique": "已有同名账号，请换一个登录名。"},
    )
    name = models.CharField("姓名", max_length=50)
    role = models.CharField("角色", max_length=30, choices=roles.CHOICES)
    division = models.ForeignKey(
        "villages.Division", models.PROTECT, to_field="code", verbose_name="所属区划", related_name="users"
    )
    is_active = models.BooleanField("启用", default=True)
    must_change_password = models.BooleanField("下次登录须改密码", default=True)
    date_joined = models.DateTimeField("建立时间", default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name", "role", "division"]
    scope_path = "division_id"
    scope_area = "accounts"

    class Meta:
        verbose_name = verbose_name_plural = "账号"
        ordering = ["username"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role__in=list(roles.ROLES)),
                name="user_role_known",
                violation_error_message="没有这个角色。",
            )
        ]

    def __str__(self):
        return self.name or self.username

    @property
    def role_data(self):
        """The role's permissions; an unknown role may do nothing."""
        return roles.ROLES.get(self.role, roles.Role(self.role, self.role, browser=False))

    @property
    def is_staff(self):
        return self.role_data.browser

    @property
    def is_superuser(self):
        return False

    def get_short_name(self):
        return self.name

    def _get_session_auth_hash(self, secret=None):
        """What a session stands on: a new password, role or division, or a disabled account, ends it (security.md B4)."""
        standing = "|".join((self.password, self.role, self.division_id, str(self.is_active)))
        return salted_hmac("core.User.session", standing, secret=secret, algorithm="sha256").hexdigest()

    def has_perm(self, perm, obj=None):
        return self.is_active and self.role_data.allows(perm)

    def has_perms(self, perm_list, obj=None):
        return all(self.has_perm(perm, obj) for perm in perm_list)

    def has_module_perms(self, app_label):
        return self.is_active and self.role_data.opens(app_label)
