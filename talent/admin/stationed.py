"""Admin pages of what hangs on people sent in: assessments, visits, secondments; and of kinship."""

from django.contrib import admin

from core.admin import ChoiceFilter, ScopedAdmin, TownshipFilter
from core.admin.filters import in_force_filter
from talent import actions
from talent.admin.roles import CreatedByAction
from talent.admin.rows import person_link
from talent.models import Kinship, Secondment, ServiceVisit, StationingAssessment


@admin.register(StationingAssessment)
class StationingAssessmentAdmin(ScopedAdmin):
    roster = "stay_grades"
    list_display = ("holder", "place", "role", "year", "grade", "remarks")
    list_display_links = ("grade",)
    list_filter = ("year", TownshipFilter)
    list_select_related = ("stationing__person", "stationing__village")
    raw_id_fields = ("stationing",)
    ordering = ("-year", "stationing__village_id", "pk")
    empty = "还没有驻村年度考核。在“驻村与挂职”的“年度考核”里按年度一次登记。"

    @admin.display(description="姓名")
    def holder(self, row):
        return person_link(row.stationing.person)

    @admin.display(description="派驻村")
    def place(self, row):
        return row.stationing.village.name

    @admin.display(description="职务")
    def role(self, row):
        return row.stationing.get_role_display()


@admin.register(ServiceVisit)
class ServiceVisitAdmin(CreatedByAction):
    roster = "service_visits"
    create = staticmethod(actions.record_service_visits)
    list_display = ("person_name", "township", "village_link", "start", "end", "days", "work", "served")
    list_display_links = ("work",)
    list_filter = (TownshipFilter,)
    ordering = ("-start", "village_id", "pk")
    empty = "还没有科技特派员的服务记录。"


@admin.register(Secondment)
class SecondmentAdmin(CreatedByAction):
    roster = "secondments"
    create = staticmethod(actions.second)
    list_display = (
        "person_name", "kind", "home_unit", "home_post", "host_unit", "host_post", "division", "mentor", "start", "due", "end",
        "grade",
    )  # fmt: skip
    list_display_links = ("host_unit",)
    list_filter = (in_force_filter("状态", "在挂", "已结束"), ("kind", ChoiceFilter), TownshipFilter)
    list_select_related = ("person", "division")
    ordering = ("division_id", "-start", "pk")
    empty = "这一天还没有挂职的人员。"


@admin.register(Kinship)
class KinshipAdmin(ScopedAdmin):
    not_returned = "亲属关系在村和人员的页面逐条登记，导出的表供查阅，不传回。"
    list_display = ("one", "other", "relation", "remarks")
    list_display_links = ("relation",)
    list_filter = (("relation", ChoiceFilter),)
    list_select_related = ("first", "second")
    autocomplete_fields = ("first", "second")
    ordering = ("first_id", "second_id", "pk")
    empty = "还没有登记近亲属关系。可以在村的页面上登记班子成员之间的关系。"

    @admin.display(description="甲")
    def one(self, row):
        return person_link(row.first)

    @admin.display(description="乙")
    def other(self, row):
        return person_link(row.second)
