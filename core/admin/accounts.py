"""Accounts, API tokens and the audit log."""

import datetime

from django import forms
from django.apps import apps
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from core import accounts, audit
from core.admin.base import ScopedAdmin
from core.admin.forms import DateInput, ScopedForm
from core.admin.history import changes
from core.models import ApiToken, AuditEntry, User
from core.scope import inside, scope_code, within

admin.site.unregister(Group)  # roles are data in core.roles


def _divisions(user):
    """The divisions that an administrator of accounts may hand out: their own and those below."""
    return apps.get_model("villages.Division").objects.filter(within("code", scope_code(user) or "-"))


def _once(request, context):
    """A page with a secret that is shown this one time and kept nowhere."""
    response = render(request, "core/secret.html", context)
    response["Cache-Control"] = "no-store, private"
    return response


class UserForm(ScopedForm):
    """Nobody gives himself a role (security.md C9)."""

    class Meta:
        model = User
        fields = ("username", "name", "role", "division", "is_active")


@admin.register(User)
class UserAdmin(ScopedAdmin):
    form = UserForm
    list_display = ("username", "name", "role", "division", "state", "last_login")
    list_filter = ("role", "is_active")
    search_fields = ("username", "name")
    list_select_related = ("division",)
    ordering = ("username", "pk")
    empty = "还没有账号。点右上角“新建账号”。"

    @admin.display(description="状态")
    def state(self, user):
        if not user.is_active:
            return "已停用"
        return "待改初始密码" if user.must_change_password else "在用"

    def get_fields(self, request, obj=None):
        return ("username", "name", "role", "division", *(("is_active",) if obj else ()))

    def get_readonly_fields(self, request, obj=None):
        if obj is None:
            return ()
        return ("username", "role", "division", "is_active") if obj == request.user else ("username",)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "division":
            kwargs["queryset"] = _divisions(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_delete_permission(self, request, obj=None):
        return False  # the log keeps naming its accounts: they are switched off, not removed

    def save_model(self, request, obj, form, change):
        if change:
            return super().save_model(request, obj, form, change)
        obj.first_password = accounts.first_password()
        obj.set_password(obj.first_password)
        return super().save_model(request, obj, form, change)

    def response_add(self, request, obj, post_url_continue=None):
        return self.show_password(request, obj, obj.first_password)

    def show_password(self, request, user, password):
        return _once(
            request,
            {
                "title": f"{user.name} 的初始密码",
                "rows": [("登录名", user.username), ("初始密码", password)],
                "note": "请现在抄下并当面交给本人。离开这一页后再也看不到；本人第一次登录时必须换成自己的密码。",
                "back": reverse("admin:core_user_changelist"),
            },
        )

    def get_urls(self):
        reset = self.admin_site.admin_view(require_POST(self.reset_password))
        unlock = self.admin_site.admin_view(require_POST(self.unlock))
        return [
            path("<int:pk>/password/", reset, name="core_user_reset"),
            path("<int:pk>/unlock/", unlock, name="core_user_unlock"),
            *super().get_urls(),
        ]

    def _other(self, request, pk):
        """Another account that the user may change."""
        user = self.row(request, pk)
        if user == request.user or not self.has_change_permission(request, user):
            raise PermissionDenied
        return user

    @transaction.atomic
    def reset_password(self, request, pk):
        """A new first password; the old one and every open session stop working."""
        user = self._other(request, pk)
        password = accounts.first_password()
        user.set_password(password)
        user.must_change_password = True
        user.save(update_fields=["password", "must_change_password"])
        audit.record(by=request.user, verb="password", obj=user)
        return self.show_password(request, user, password)

    def unlock(self, request, pk):
        """Let an account that is locked by wrong passwords sign in again."""
        user = self._other(request, pk)
        accounts.unlock(user.username, by=request.user)
        messages.success(request, f"{user.name} 可以重新登录了。")
        return redirect("admin:core_user_change", pk)


class TokenForm(ScopedForm):
    expires_on = forms.DateField(label="到期日期", widget=DateInput, help_text="当天 24 点失效。")

    class Meta:
        model = ApiToken
        fields = ("user", "name", "division", "can_write")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["expires_on"].initial = timezone.localdate() + datetime.timedelta(days=365)

    def clean_expires_on(self):
        if self.cleaned_data["expires_on"] < timezone.localdate():
            raise ValidationError("到期日期已过，请填今天或以后的日期。")
        return self.cleaned_data["expires_on"]

    def clean(self):
        cleaned = super().clean()
        user, division = cleaned.get("user"), cleaned.get("division")
        if user and division and not inside(division.code, user.division_id):
            self.add_error("division", "令牌的数据范围不能超出账号所属区划。")
        return cleaned


@admin.register(ApiToken)
class ApiTokenAdmin(ScopedAdmin):
    form = TokenForm
    list_display = ("name", "key", "user", "division", "writing", "state", "expires_at", "last_used_at")
    list_filter = ("can_write",)
    search_fields = ("name", "key", "user__name")
    list_select_related = ("user", "division")
    ordering = ("-created_at", "-pk")
    empty = "还没有发放过令牌。先开设“接口账号”角色的账号，再点右上角“发放令牌”。"

    @admin.display(description="读写")
    def writing(self, token):
        return "可读写" if token.can_write else "只读"

    @admin.display(description="状态")
    def state(self, token):
        if token.revoked_at:
            return "已停用"
        return "有效" if token.usable else "已到期"

    def get_fields(self, request, obj=None):
        if obj is None:
            return ("user", "name", "division", "can_write", "expires_on")
        return ("name", "key", "user", "division", "can_write", "expires_at", "revoked_at", "last_used_at")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "division":
            kwargs["queryset"] = _divisions(request.user)
        if db_field.name == "user":
            kwargs["queryset"] = User.objects.visible_to(request.user).filter(role="api_client", is_active=True)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_change_permission(self, request, obj=None):
        return obj is None and super().has_change_permission(request)

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        end = datetime.datetime.combine(form.cleaned_data["expires_on"], datetime.time.max)
        token, obj.secret = accounts.issue_token(
            user=obj.user,
            name=obj.name,
            division=obj.division,
            can_write=obj.can_write,
            expires_at=timezone.make_aware(end),
            by=request.user,
        )
        obj.pk = token.pk

    def save_related(self, request, form, formsets, change):
        """A token has nothing hanging on it."""

    def response_add(self, request, obj, post_url_continue=None):
        return _once(
            request,
            {
                "title": "令牌已发放",
                "rows": [("用途", obj.name), ("令牌", obj.secret)],
                "note": "请现在复制给对方系统的负责人。离开这一页后再也看不到；丢失只能停用后重新发放。",
                "back": reverse("admin:core_apitoken_changelist"),
            },
        )

    def get_urls(self):
        view = self.admin_site.admin_view(require_POST(self.revoke))
        return [path("<int:pk>/revoke/", view, name="core_apitoken_revoke"), *super().get_urls()]

    def revoke(self, request, pk):
        token = self.row(request, pk)
        if not self.has_change_permission(request):
            raise PermissionDenied
        accounts.revoke_token(token, at=timezone.now(), by=request.user)
        messages.success(request, f"令牌“{token.name}”已停用，从现在起不能再用。")
        return redirect("admin:core_apitoken_change", pk)


class VerbFilter(admin.SimpleListFilter):
    title, parameter_name = "动作", "verb"

    def lookups(self, request, model_admin):
        return list(AuditEntry.VERBS.items())

    def queryset(self, request, queryset):
        return queryset.filter(verb=self.value()) if self.value() else queryset


@admin.register(AuditEntry)
class AuditEntryAdmin(ScopedAdmin):
    """The log is read, by the auditor only; nobody adds, changes or removes a line."""

    list_display = ("at", "by_name", "verb_text", "kind", "object_text", "reason", "batch", "address")
    list_display_links = ("at",)
    list_filter = (VerbFilter, "at")
    search_fields = ("by_name", "object_text", "request_id")
    ordering = ("-pk",)
    empty = "还没有操作日志。"
    fields = (
        "at", "by_name", "role", "division_code", "verb_text", "kind", "object_id", "object_text", "changed",
        "reason", "batch", "request_id", "address",
    )  # fmt: skip

    @admin.display(description="动作")
    def verb_text(self, entry):
        return entry.verb_label

    @admin.display(description="类别")
    def kind(self, entry):
        model = self._model(entry)
        return model._meta.verbose_name if model else ""

    @admin.display(description="改动")
    def changed(self, entry):
        rows = changes(entry, self._model(entry))
        return "；".join(f"{label}：{old or '空'} → {new or '空'}" for label, old, new in rows)

    def _model(self, entry):
        try:
            return apps.get_model(entry.model) if entry.model else None
        except (LookupError, ValueError):
            return None

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
