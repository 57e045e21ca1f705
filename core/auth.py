"""Signing in by name and password, and permissions by role."""

import re

from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import ValidationError


class RoleBackend(ModelBackend):
    """Passwords as Django checks them; what a user may do is the role's table, not rows in the database."""

    def user_can_authenticate(self, user):
        return super().user_can_authenticate(user) and user.role_data.browser

    def get_all_permissions(self, user_obj, obj=None):
        return set()

    def has_perm(self, user_obj, perm, obj=None):
        return user_obj.is_active and user_obj.role_data.allows(perm)

    def has_module_perms(self, user_obj, app_label):
        return user_obj.is_active and user_obj.role_data.opens(app_label)


class ThreeClassesValidator:
    """Three of: lower case, upper case, digits, other characters (GB/T 22239 asks for complexity)."""

    classes = (r"[a-z]", r"[A-Z]", r"[0-9]", r"[^a-zA-Z0-9]")
    message = "密码须包含大写字母、小写字母、数字、符号四类中的三类。"

    def validate(self, password, user=None):
        if sum(bool(re.search(pattern, password)) for pattern in self.classes) < 3:
            raise ValidationError(self.message, code="password_too_plain")

    def get_help_text(self):
        return self.message


class NoNamesValidator:
    """Neither the account's own name nor the product's is part of a password (security.md A5)."""

    product = ("xiangcai", "乡才")
    message = "密码里不能有登录名、姓名或本系统的名称。"

    def validate(self, password, user=None):
        own = (getattr(user, "username", ""), getattr(user, "name", ""))
        if any(name.lower() in password.lower() for name in (*self.product, *own) if len(name) > 1):
            raise ValidationError(self.message, code="password_with_a_name")

    def get_help_text(self):
        return self.message
