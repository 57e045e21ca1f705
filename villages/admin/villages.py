"""Admin pages of divisions, villages and what is known of them."""

from django.contrib import admin
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from core.admin import ChoiceFilter, ScopedAdmin, ScopedInline, TownshipFilter
from core.admin.filters import in_force_filter
from villages.models import (
    ApprovedSeats,
    Division,
    DivisionName,
    Term,
    Village,
    VillageFigures,
    VillageLabel,
    VillageName,
)


class DivisionNameInline(ScopedInline):
    model = DivisionName


@admin.register(Division)
class DivisionAdmin(ScopedAdmin):
    not_returned = "区划由系统管理员按国家区划表装入，导出的表供查阅，不传回。"
    list_display = ("code", "name", "level_text")
    search_fields = ("name", "code")
    ordering = ("code",)
    inlines = (DivisionNameInline,)

    @admin.display(description="级别")
    def level_text(self, division):
        return division.level


class FormerNameInline(ScopedInline):
    model = VillageName


class LabelInline(ScopedInline):
    model = VillageLabel


class SeatsInline(ScopedInline):
    model = ApprovedSeats
    verbose_name, verbose_name_plural = "变动", "核定职数的变动"


@admin.register(Village)
class VillageAdmin(ScopedAdmin):
    roster = "villages"
    list_display = ("code", "page_link", "township", "kind", "start", "end", "party", "committee")
    list_filter = (in_force_filter("状态", "现有", "已撤并"), TownshipFilter, ("kind", ChoiceFilter))
    list_select_related = ("township",)
    search_fields = ("name", "pinyin", "initials", "code")
    search_help_text = "村名、拼音首字母、代码"
    ordering = ("code",)
    inlines = (SeatsInline, LabelInline, FormerNameInline)
    fieldsets = (
        (None, {"fields": ("code", "township", "name", "kind", "start", "end")}),
        ("核定职数", {"fields": ("party_seats", "committee_seats", "credit_code")}),
    )
    empty = "还没有村。可用 manage.py load_divisions 装入区划表，或点右上角新建。"

    def get_queryset(self, request):
        return super().get_queryset(request).with_seats(timezone.localdate()).select_related("township")

    @admin.display(description="党组织核定职数", ordering="party_seats_on")
    def party(self, village):
        return village.party_seats_on

    @admin.display(description="村（居）委会核定职数", ordering="committee_seats_on")
    def committee(self, village):
        return village.committee_seats_on

    def get_search_results(self, request, queryset, search_term):
        words = "".join(search_term.split())
        if not words:
            return queryset, False
        named = Q(name__contains=words) | Q(former_names__name__contains=words) | Q(township__name__contains=words)
        spelt = Q(pinyin__startswith=words.lower()) | Q(initials__startswith=words.lower()) | Q(code__startswith=words)
        return queryset.filter(named | spelt), True

    def choice_label(self, village):
        return f"{village.township.name} {village.name}"

    @admin.display(description="村（社区）", ordering="pinyin")
    def page_link(self, village):
        return format_html('<a href="{}">{}</a>', reverse("village", args=[village.code]), village.name)


class VillageRowAdmin(ScopedAdmin):
    """Rows that belong to a village: its two names in the list, search by its name."""

    autocomplete_fields = ("village",)
    list_select_related = ("village__township",)
    search_fields = ("village__name",)
    search_help_text = "村名、拼音首字母"

    def get_search_results(self, request, queryset, search_term):
        words = "".join(search_term.split())
        if not words:
            return queryset, False
        return queryset.filter(village_matches(words)), False

    @admin.display(description="乡镇", ordering="village_id")
    def township(self, row):
        return row.village.township.name

    @admin.display(description="村", ordering="village_id")
    def village_link(self, row):
        return format_html('<a href="{}">{}</a>', reverse("village", args=[row.village_id]), row.village.name)


def village_matches(words):
    """A condition on rows of a village: its name holds `words`, or its pinyin or initials begin so."""
    spelt = Q(village__pinyin__startswith=words.lower()) | Q(village__initials__startswith=words.lower())
    return Q(village__name__contains=words) | spelt


@admin.register(VillageFigures)
class VillageFiguresAdmin(VillageRowAdmin):
    roster = "villages"
    list_display = (
        "village_name", "township", "year", "households", "population", "resident_population", "party_members",
        "arable_land_mu", "collective_income_wan", "party_body", "members_joined", "venue_area",
    )  # fmt: skip
    list_filter = ("year", TownshipFilter)
    ordering = ("-year", "village_id", "pk")
    empty = "还没有村年度数据。点右上角新建。"

    @admin.display(description="村", ordering="village_id")
    def village_name(self, row):
        return row.village.name


@admin.register(VillageLabel)
class VillageLabelAdmin(VillageRowAdmin):
    not_returned = "村的类别在村的资料里逐条登记，导出的表供查阅，不传回。"
    list_display = ("label", "township", "village_link", "start", "end")
    list_filter = (in_force_filter("状态", "在列", "已退出"), ("label", ChoiceFilter), TownshipFilter)
    ordering = ("village_id", "label", "-start", "pk")
    empty = "还没有村的类别。点右上角新建，写明认定日期。"


@admin.register(ApprovedSeats)
class ApprovedSeatsAdmin(VillageRowAdmin):
    roster = "approved_seats"
    list_display = ("village_link", "township", "start", "party_seats", "committee_seats", "document_no")
    list_filter = (TownshipFilter,)
    ordering = ("village_id", "-start", "pk")
    empty = "还没有登记过核定职数的变动。点右上角新建，或上传核定职数表。"


@admin.register(VillageName)
class VillageNameAdmin(VillageRowAdmin):
    not_returned = "曾用名在村的资料里逐条登记，导出的表供查阅，不传回。"
    list_display = ("name", "township", "village_link", "until")
    list_filter = (TownshipFilter,)
    ordering = ("village_id", "until", "pk")


@admin.register(DivisionName)
class DivisionNameAdmin(ScopedAdmin):
    not_returned = "曾用名在区划的资料里逐条登记，导出的表供查阅，不传回。"
    list_display = ("name", "division", "until")
    list_select_related = ("division",)
    search_fields = ("name",)
    ordering = ("division_id", "until", "pk")


@admin.register(Term)
class TermAdmin(ScopedAdmin):
    not_returned = "届次每几年登记一次，在这里新建，导出的表供查阅，不传回。"
    list_display = ("name", "division", "start", "end")
    list_select_related = ("division",)
    search_fields = ("name",)
    ordering = ("division_id", "-start", "pk")
    empty = "还没有届次。点右上角新建，写明换届日期。"
