"""REST door to party life, projects and activities."""

from core.api import RowSerializer, ScopedViewSet
from villages import filters
from villages.models import (
    BranchSize,
    CulturalActivity,
    MeetingAttachment,
    MeetingRecord,
    PartyActivity,
    PartyBranch,
    Resolution,
    VillageProject,
)


class PartyBranchViewSet(ScopedViewSet):
    model = PartyBranch
    filterset_class = filters.BranchFilters


class BranchSizeViewSet(ScopedViewSet):
    model = BranchSize
    filterset_class = filters.BranchSizeFilters


class MeetingRecordViewSet(ScopedViewSet):
    model = MeetingRecord
    filterset_class = filters.MeetingFilters


class ResolutionViewSet(ScopedViewSet):
    model = Resolution
    filterset_class = filters.ResolutionFilters


class MeetingAttachmentSerializer(RowSerializer):
    """会议附件：文件名、类别和大小；文件本身只在页面上下载"""

    class Meta:
        model = MeetingAttachment
        exclude = ("content", "digest")


class MeetingAttachmentViewSet(ScopedViewSet):
    model = MeetingAttachment
    filterset_class = filters.AttachmentFilters
    serializer_class = MeetingAttachmentSerializer

    def get_queryset(self):
        return super().get_queryset().defer("content")

    def get_serializer_class(self):
        return self.serializer_class


class VillageProjectViewSet(ScopedViewSet):
    model = VillageProject
    filterset_class = filters.ProjectFilters


class CulturalActivityViewSet(ScopedViewSet):
    model = CulturalActivity
    filterset_class = filters.CultureFilters


class PartyActivityViewSet(ScopedViewSet):
    model = PartyActivity
    filterset_class = filters.ActivityFilters
