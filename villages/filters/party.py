"""REST filters of party life, projects and activities."""

from django_filters import rest_framework as filters

from core.filters import DatedMixin, PersonRowFilters, RowFilters, VillageRowFilters
from villages.models import ActivityKind, CulturalActivity, MeetingAttachment, MeetingKind, VillageProject


class BranchFilters(DatedMixin, VillageRowFilters):
    name = filters.CharFilter(label="党支部")


class BranchSizeFilters(RowFilters):
    branch = filters.NumberFilter("branch_id", label="党支部编号")


class MeetingFilters(RowFilters):
    branch = filters.NumberFilter("branch_id", label="党支部编号")
    kind = filters.ChoiceFilter(choices=MeetingKind.choices, label="类型")
    since = filters.DateFilter("held_on", "gte", label="日期自（含）")
    until = filters.DateFilter("held_on", "lte", label="日期至（含）")


class ResolutionFilters(RowFilters):
    meeting = filters.NumberFilter("meeting_id", label="会议编号")


class AttachmentFilters(ResolutionFilters):
    kind = filters.ChoiceFilter(choices=MeetingAttachment.Kind.choices, label="附件类别")


class ProjectFilters(VillageRowFilters):
    kind = filters.ChoiceFilter(choices=VillageProject.Kind.choices, label="项目类别")
    source = filters.ChoiceFilter(choices=VillageProject.Source.choices, label="资金来源")
    since = filters.DateFilter("invested_on", "gte", label="到位日期自（含）")
    until = filters.DateFilter("invested_on", "lte", label="到位日期至（含）")


class CultureFilters(VillageRowFilters):
    kind = filters.ChoiceFilter(choices=CulturalActivity.Kind.choices, label="活动类别")
    since = filters.DateFilter("held_on", "gte", label="日期自（含）")
    until = filters.DateFilter("held_on", "lte", label="日期至（含）")


class ActivityFilters(DatedMixin, PersonRowFilters):
    kind = filters.ChoiceFilter(choices=ActivityKind.choices, label="类型")
