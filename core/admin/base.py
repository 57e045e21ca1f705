"""The base of every admin page: rows by scope, rights by role, personal fields masked, every change in the audit log."""

from collections import Counter

from django.contrib import admin, messages
from django.contrib.admin.utils import NestedObjects
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import models, transaction
from django.forms import Textarea
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render

from core import audit
from core.admin.forms import MASKS, SHOWN_AS, DateInput, MaskedField, ScopedForm
from core.admin.history import lines
from core.fields import EncryptedTextField
from core.models import AuditEntry
from core.scope import ensure_visible, inside, scope_code

FORM_FIELDS = {
    models.DateField: {"widget": DateInput},
    models.TextField: {"widget": Textarea(attrs={"rows": 3})},
}
HISTORY_LINES = 200
FILTER_LOOKUPS = {"exact", "isnull", "id__exact", "gte", "lt"}  # what Django's own filters put into addresses


def own(user, obj):
    """True when `obj` lies in the user's division: rows of the divisions above are seen, not changed."""
    value = obj
    for step in type(obj).scope_path.split("__"):
        value = getattr(value, step)
    return inside(value, scope_code(user))


def _filter_name(offered):
    """The name that a list filter has in an address: a field's path or a filter's own parameter."""
    if isinstance(offered, tuple):
        return offered[0]
    return getattr(offered, "parameter_name", offered)


class _ScopedFields:
    """How both pages and inlines make their form fields."""

    formfield_overrides = FORM_FIELDS

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        manager = db_field.remote_field.model._default_manager
        if "queryset" not in kwargs and hasattr(manager.all(), "visible_to"):
            kwargs["queryset"] = manager.visible_to(request.user)
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        related = self.admin_site.get_model_admin(db_field.remote_field.model)
        field.label_from_instance = getattr(related, "choice_label", str)
        return field

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        if "choices" not in kwargs:
            include = db_field.blank or not (db_field.has_default() or "initial" in kwargs)
            nothing = [("", "未填" if db_field.blank else "请选择")]
            kwargs["choices"] = db_field.get_choices(include_blank=include, blank_choice=nothing)
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        kwargs.setdefault("queryset", db_field.remote_field.model._default_manager.visible_to(request.user))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if isinstance(db_field, EncryptedTextField):
            return MaskedField(label=db_field.verbose_name, required=not db_field.blank, mask=MASKS[db_field.name])
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        widget = getattr(field, "widget", None)
        if hasattr(field, "empty_label") and field.empty_label is not None:
            field.empty_label = "请选择" if field.required else "未填"
        for name in ("can_add_related", "can_change_related", "can_delete_related", "can_view_related"):
            if hasattr(widget, name):
                setattr(widget, name, False)  # no pop-up windows: each list has its own page
        return field


class ScopedInline(_ScopedFields, admin.TabularInline):
    extra = 0

    def get_queryset(self, request):
        return super().get_queryset(request).order_by(*self.model._meta.ordering)


class KeysFirst(Paginator):
    """Sorts and skips by keys alone and reads whole rows only for the page: a tenth of the time at 50,000 people
    (bench/scope.py), whatever the column, without an index for each."""

    def page(self, number):
        found = super().page(number)
        found.object_list = self.object_list.filter(pk__in=found.object_list.values("pk"))
        return found


class ScopedAdmin(_ScopedFields, admin.ModelAdmin):
    """A ModelAdmin whose rows, choices and links stop at the user's scope."""

    form = ScopedForm
    paginator = KeysFirst
    list_per_page = 50
    list_max_show_all = 0
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    view_on_site = False
    empty_value_display = ""
    save_on_top = False
    heading = ""  # of the list; the model's name in the plural when empty
    empty = ""  # what an empty list says: what would be here and the next thing to do
    roster = ""  # the kind of roster that brings these rows in and out
    not_returned = ""  # why there is none; a list with either goes out as Excel too

    def get_queryset(self, request):
        return self.model._default_manager.visible_to(request.user).order_by(*self.get_ordering(request) or ("pk",))

    def get_object(self, request, object_id, from_field=None):
        """The row, locked while a change is being saved, so that two editors come one after the other."""
        found = super().get_object(request, object_id, from_field)
        if found is not None and request.method == "POST":
            self.model._default_manager.select_for_update().filter(pk=found.pk).first()
            return super().get_object(request, object_id, from_field)
        return found

    def choice_label(self, obj):
        """What a row is called where it can be chosen: enough to tell it from its namesakes."""
        return str(obj)

    def get_actions(self, request):
        """Rows are deleted one by one, after a look at what hangs on each."""
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or own(request.user, obj))

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and (obj is None or own(request.user, obj))

    def latest_line(self, obj):
        """The newest audit line of `obj`, or None."""
        found = AuditEntry.objects.filter(model=self.opts.label_lower, object_id=str(obj.pk)).exclude(verb="reveal")
        return found.order_by("-pk").first()

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        if obj is not None:
            form.seen, form.latest = request.POST.get("_seen", ""), self.latest_line(obj)
        return form

    def lookup_allowed(self, lookup, value, request):
        """Only what the filters offer: a list must not answer questions about hidden fields (security.md C5)."""
        names = {_filter_name(offered) for offered in self.get_list_filter(request)}
        return any(lookup == name or lookup.removeprefix(f"{name}__") in FILTER_LOOKUPS for name in names)

    def changelist_view(self, request, extra_context=None):
        request.GET = request.GET.copy()
        request.GET.pop("on", None)  # the middleware has taken it; the list would call it an unknown filter
        context = {
            "heading": self.heading or self.opts.verbose_name_plural, "empty_text": self.empty,
            "roster": self.roster, "not_returned": self.not_returned,
        }  # fmt: skip
        return super().changelist_view(request, context | (extra_context or {}))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None and change:
            latest = self.latest_line(obj)
            context["seen"] = request.POST.get("_seen", str(latest.pk) if latest else "0")
        return super().render_change_form(request, context, add, change, form_url, obj)

    def get_fieldsets(self, request, obj=None):
        """Where the form is only read, Django prints plain values: the encrypted ones stand masked."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return fieldsets
        sealed = {field.name for field in self.opts.fields if isinstance(field, EncryptedTextField)}
        return [
            (title, options | {"fields": [SHOWN_AS[name] if name in sealed else name for name in options["fields"]]})
            for title, options in fieldsets
        ]

    def response_add(self, request, obj, post_url_continue=None):
        messages.success(request, f"已新建{self.opts.verbose_name}：{obj}。")
        if "_addanother" in request.POST:
            return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_add")
        return self.response_post_save_add(request, obj)

    def response_change(self, request, obj):
        messages.success(request, f"已保存{self.opts.verbose_name}：{obj}。")
        return self.response_post_save_change(request, obj)

    def response_delete(self, request, obj_display, obj_id):
        messages.success(request, f"已删除{self.opts.verbose_name}：{obj_display}。")
        return self.response_post_save_change(request, None)

    def save_model(self, request, obj, form, change):
        """Save, then look again: a row that left the user's scope by this change is refused (nothing is kept)."""
        with transaction.atomic():
            before = audit.snapshot(self.model._default_manager.get(pk=obj.pk)) if change else {}
            super().save_model(request, obj, form, change)
            if not own(request.user, obj) or not self.get_queryset(request).filter(pk=obj.pk).exists():
                raise PermissionDenied("不在您管理的范围内。")
            old, new = audit.changes(before, audit.snapshot(obj))
            audit.record(by=request.user, verb="change" if change else "create", obj=obj, before=old, after=new)

    @transaction.atomic
    def save_formset(self, request, form, formset, change):
        """Rows edited inside another row's form get their audit lines too."""
        stored = formset.model._default_manager.filter(pk__in=[found.instance.pk for found in formset.initial_forms])
        kept = {row.pk: audit.snapshot(row) for row in stored.order_by("pk")}
        formset.save()
        for row in formset.new_objects:
            audit.record(by=request.user, verb="create", obj=row, after=audit.snapshot(row))
        for row, _ in formset.changed_objects:
            before, after = audit.changes(kept.get(row.pk, {}), audit.snapshot(row))
            audit.record(by=request.user, verb="change", obj=row, before=before, after=after)
        for row in formset.deleted_objects:
            audit.record(by=request.user, verb="delete", obj=row, before=audit.snapshot(row))

    def get_deleted_objects(self, objs, request):
        """What hangs on the rows to be deleted, by kind and number: no names, which may be another township's."""
        collector = NestedObjects(using=self.model._default_manager.db)
        collector.collect(objs)
        held = Counter(row._meta.verbose_name for row in collector.protected)
        gone = {model._meta.verbose_name: len(rows) for model, rows in collector.model_objs.items()}
        gone.pop(self.opts.verbose_name, None)
        return [], gone, set(), [f"{name} {count} 条" for name, count in held.items()]

    def delete_model(self, request, obj):
        with transaction.atomic():
            ensure_visible(request.user, obj)
            audit.record(by=request.user, verb="delete", obj=obj, before=audit.snapshot(obj))
            super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        with transaction.atomic():
            for obj in queryset:
                self.delete_model(request, obj)

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        """A row out of scope answers as one that does not exist: 404, where Django goes back to its index."""
        raise Http404

    def history_view(self, request, object_id, extra_context=None):
        """What the audit log knows of this row, for those who may change it."""
        if request.method != "GET":  # a POST locks the row, and here is no transaction
            return HttpResponseNotAllowed(["GET"])
        obj = self.get_object(request, object_id)
        if obj is None:
            raise Http404
        if not self.has_change_permission(request, obj):
            raise PermissionDenied
        found = AuditEntry.objects.filter(model=self.opts.label_lower, object_id=str(obj.pk))
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "object": obj,
            "title": f"{obj} 的修改经过",
            "entries": lines(found.order_by("-pk")[:HISTORY_LINES], self.model),
        }
        return render(request, "admin/object_history.html", context)

    @admin.display(description="登记人")
    def written_by(self, row):
        """The account of a row's `by`, without Django's link to a page that only the keeper of accounts may open."""
        return row.by.name if row.by_id else ""

    def row(self, request, object_id):
        """The row with this key, or Http404, for further pages of an admin."""
        return get_object_or_404(self.get_queryset(request), pk=object_id)

    def log_addition(self, request, obj, message):
        """Our own audit log has it; Django's LogEntry would keep a second, editable account."""

    def log_change(self, request, obj, message):
        """See log_addition."""

    def log_deletions(self, request, queryset):
        """See log_addition."""


class LookedUpAdmin(ScopedAdmin):
    """Rows that follow a flow: looked at here, written on their own pages, where the rules stand."""

    not_returned = "这些记录由各自的办理页面写入，导出的表供查阅，不传回。"

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
