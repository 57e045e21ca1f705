"""Admin pages of what people do in villages: posts, reserves, people sent in."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Case, IntegerField, When

from core.admin import ChoiceFilter, RelatedFilter, TownshipFilter
from core.admin.base import own
from core.admin.filters import in_force_filter
from core.periods import month
from talent import actions
from talent.admin.rows import PersonRowAdmin
from talent.models import Appointment, Person, Post, ReserveCandidate, RuralTalent, Stationing
from talent.roster_apply.compare import HELD_ELSEWHERE

BY_RANK = Case(*(When(post=post.value, then=place) for place, post in enumerate(Post)), output_field=IntegerField())


class CreatedByAction(PersonRowAdmin):
    """A new row goes through the app's action, the same way as from a roster or REST."""

    create = None

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Who is kept elsewhere and only seen through a role here gets no further one here, as by roster and REST."""
        if db_field.name != "person":
            return super().formfield_for_foreignkey(db_field, request, **kwargs)
        kwargs["queryset"] = Person.objects.managed_in(request.user.division_id)
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        field.error_messages["invalid_choice"] = f"没有这个人员，或{HELD_ELSEWHERE[2]}。"
        return field

    def save_model(self, request, obj, form, change):
        if change:
            return super().save_model(request, obj, form, change)
        if not own(request.user, obj):
            raise PermissionDenied("不在您管理的范围内。")
        with transaction.atomic():
            return type(self).create([obj], by=request.user)


@admin.register(Appointment)
class AppointmentAdmin(CreatedByAction):
    roster = "committee"
    create = staticmethod(actions.appoint)
    heading = "村干部任职"
    list_display = (
        "person_name", "sex", "township", "village_link", "post_text", "age", "education_text", "political_status",
        "in_post_since", "id_masked", "phone_masked",
    )  # fmt: skip
    list_display_links = ("post_text",)
    list_filter = (
        in_force_filter("状态", "在任", "已离任"), TownshipFilter, ("post", ChoiceFilter),
        ("person__political_status", ChoiceFilter), ("how", ChoiceFilter), ("term", RelatedFilter),
    )  # fmt: skip
    ordering = ("village_id", BY_RANK.asc(), "-start", "pk")
    fieldsets = (
        (None, {"fields": ("person", "village", "post", "start", "how", "term", "document_no")}),
        ("离任", {"fields": ("end", "end_reason", "end_document_no", "remarks")}),
    )
    empty = "这一天还没有在任的村干部。可以从“花名册”上传，或在上方换一个数据时点。"

    @admin.display(description="职务", ordering=BY_RANK)
    def post_text(self, row):
        return row.get_post_display()

    @admin.display(description="任现职", ordering="start")
    def in_post_since(self, row):
        return month(row.start)


@admin.register(ReserveCandidate)
class ReserveCandidateAdmin(CreatedByAction):
    roster = "reserve"
    create = staticmethod(actions.enter_pool)
    list_display = (
        "person_name", "sex", "township", "village_link", "target", "kind", "source", "age", "education_text",
        "political_status", "readiness", "mentor", "since",
    )  # fmt: skip
    list_display_links = ("target",)
    list_filter = (
        in_force_filter("状态", "在库", "已出库"), TownshipFilter, ("target", ChoiceFilter), ("kind", ChoiceFilter),
        ("source", ChoiceFilter), ("readiness", ChoiceFilter),
    )  # fmt: skip
    ordering = ("village_id", "target", "-start", "pk")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "person",
                    "village",
                    "target",
                    "planned_post",
                    "readiness",
                    "kind",
                    "source",
                    "mentor",
                    "measures",
                    "start",
                )
            },
        ),
        ("出库", {"fields": ("end", "end_reason", "remarks")}),
    )
    empty = "这一天后备库里还没有人。点右上角新建。"

    @admin.display(description="入库时间", ordering="start")
    def since(self, row):
        return month(row.start)


@admin.register(Stationing)
class StationingAdmin(CreatedByAction):
    roster = "stationed"
    create = staticmethod(actions.station)
    list_display = (
        "person_name", "sex", "township", "village_link", "role", "dispatch_unit", "unit_level", "original_post", "age",
        "since", "due", "until", "end_kind", "phone_masked",
    )  # fmt: skip
    list_display_links = ("role",)
    list_filter = (
        in_force_filter("状态", "在村", "已离任"), TownshipFilter, ("role", ChoiceFilter), ("unit_level", ChoiceFilter),
    )  # fmt: skip
    ordering = ("village_id", "role", "-start", "pk")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "person",
                    "village",
                    "role",
                    "dispatch_unit",
                    "unit_level",
                    "original_post",
                    "team",
                    "start",
                    "due",
                )
            },
        ),
        ("保障", {"fields": ("party_transferred", "insured", "funds_wan")}),
        ("离任", {"fields": ("end", "end_kind", "end_reason", "remarks")}),
    )
    empty = "这一天还没有派驻的人员。点右上角新建。"

    @admin.display(description="派驻时间", ordering="start")
    def since(self, row):
        return month(row.start)

    @admin.display(description="离任时间", ordering="end")
    def until(self, row):
        return month(row.end)


@admin.register(RuralTalent)
class RuralTalentAdmin(CreatedByAction):
    roster = "talent"
    create = staticmethod(actions.enter_talent_pool)
    list_display = (
        "person_name", "sex", "township", "village_link", "category_text", "class_shown", "tags", "specialty", "is_demonstration",
        "age", "education_text", "origin", "since", "phone_masked",
    )  # fmt: skip
    list_display_links = ("category_text",)
    list_filter = (
        in_force_filter("状态", "在库", "已出库"), TownshipFilter, ("talent_class", ChoiceFilter), ("category", ChoiceFilter),
        ("origin", ChoiceFilter), "is_demonstration",
    )  # fmt: skip
    ordering = ("village_id", "category", "-start", "pk")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "person",
                    "village",
                    "talent_class",
                    "sub_class",
                    "category",
                    "is_demonstration",
                    "tags",
                    "start",
                )
            },
        ),
        ("本领", {"fields": ("specialty", "skills", "certificates", "business", "scale", "households_led")}),
        ("意愿和来处", {"fields": ("willing", "wishes", "origin", "came_from", "came_on")}),
        ("出库", {"fields": ("end", "end_reason", "remarks")}),
    )
    empty = "这一天乡村人才库里还没有人。可以从“花名册”上传，或点右上角新建。"

    @admin.display(description="人才类别", ordering="category")
    def category_text(self, row):
        return row.get_category_display() or "未分类"

    @admin.display(description="大类小类")
    def class_shown(self, row):
        return row.class_text

    def choice_label(self, row):
        return f"{row.person.name}（{row.village.township.name}{row.village.name}，{row.specialty or '未填特长'}）"

    @admin.display(description="入库时间", ordering="start")
    def since(self, row):
        return month(row.start)
