"""The base of every admin page: rows by scope, rights by role, personal fields masked, every change in the audit log."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import transaction

from core import audit
from core.scope import ensure_visible


class ScopedAdmin(admin.ModelAdmin):
    """A ModelAdmin whose rows, choices and links stop at the user's scope."""

    list_per_page = 50
    show_full_result_count = False

    def get_queryset(self, request):
        return self.model._default_manager.visible_to(request.user).order_by(*self.get_ordering(request) or ("pk",))

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        manager = db_field.remote_field.model._default_manager
        if "queryset" not in kwargs and hasattr(manager.all(), "visible_to"):
            kwargs["queryset"] = manager.visible_to(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        """Save, then look again: a row that left the user's scope by this change is refused (nothing is kept)."""
        with transaction.atomic():
            before = audit.snapshot(self.model._default_manager.get(pk=obj.pk)) if change else {}
            super().save_model(request, obj, form, change)
            if not self.get_queryset(request).filter(pk=obj.pk).exists():
                raise PermissionDenied("不在您管理的范围内。")
            old, new = audit.changes(before, audit.snapshot(obj))
            audit.record(by=request.user, verb="change" if change else "create", obj=obj, before=old, after=new)

    def delete_model(self, request, obj):
        with transaction.atomic():
            ensure_visible(request.user, obj)
            audit.record(by=request.user, verb="delete", obj=obj, before=audit.snapshot(obj))
            super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        with transaction.atomic():
            for obj in queryset:
                self.delete_model(request, obj)

    def log_addition(self, request, obj, message):
        """Our own audit log has it; Django's LogEntry would keep a second, editable account."""

    def log_change(self, request, obj, message):
        """See log_addition."""

    def log_deletions(self, request, queryset):
        """See log_addition."""
