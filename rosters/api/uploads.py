"""REST door to the uploads: what became of each batch, row by row, and taking it back."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from core.api import RowInput, ScopedViewSet
from core.models import Job
from core.rest import Conflict
from rosters import importer, spec
from rosters.api import shown
from rosters.filters import UploadFilters, UploadRowFilters
from rosters.models import Upload, UploadRow
from rosters.views import delivering, targets
from rosters.views.access import BATCHES

RELATED = ("by", "division", "undone_by")


def _uploads():
    contents = (f"{path}content" for path in BATCHES if path.removesuffix("__") in {"", *RELATED})
    return Upload.objects.defer(*contents).select_related(*RELATED)


def kept_upload(pk):
    """An upload as it is told, its target named."""
    upload = _uploads().get(pk=pk)
    targets.name_all([upload])
    return upload


class UndoInput(RowInput):
    """撤销一批"""

    dry_run = serializers.BooleanField(default=False, label="只看一下", help_text="说明会撤销什么，什么都不改")


class KeptSerializer(serializers.Serializer):
    """撤销时留下不动的一处"""

    kind = serializers.CharField(label="是什么")
    text = serializers.CharField(label="哪一个")
    why = serializers.CharField(label="为什么留下")


class OutlookSerializer(serializers.Serializer):
    """撤销会做什么"""

    taken = serializers.IntegerField(label="恢复几处")
    kept = KeptSerializer(many=True, label="此后又改过、留下不动的")


@extend_schema_view(
    list=extend_schema(description="各批，网页上传的也在内", responses={200: shown.UploadSerializer(many=True)}),
    retrieve=extend_schema(description="一批的状态和计数", responses={200: shown.BatchSerializer}),
)
class UploadViewSet(ScopedViewSet):
    """The batches of the caller's area, by page and by REST."""

    model = Upload
    filterset_class = UploadFilters
    verbs = {"undo": "upload"}

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return Upload.objects.none()
        return _uploads().visible_to(self.request.user).exclude(kind__in=spec.closed_kinds(self.request.user))

    def get_serializer_class(self):
        return shown.UploadSerializer

    def list(self, request, *args, **kwargs):
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        targets.name_all(page)
        return self.get_paginated_response([shown.upload_of(upload) for upload in page])

    def retrieve(self, request, *args, **kwargs):
        return Response(shown.batch_of(self._named()))

    def _named(self):
        upload = self.get_object()
        targets.name_all([upload])
        return upload

    @extend_schema(description="一批里的各条：内容、变化、问题", responses={200: shown.RowSerializer(many=True)})
    @action(detail=True, filterset_class=UploadRowFilters)
    def rows(self, request, pk):
        """The rows of a batch, what each holds and what is wrong with it."""
        upload = get_object_or_404(self.get_queryset(), pk=pk)
        found = UploadRow.objects.filter(upload=upload).order_by("pk")
        page = self.paginate_queryset(self.filter_queryset(found))
        roster = next((roster for roster in spec.all() if roster.slug == upload.kind), None)
        labels = shown.labels_of(roster) if roster else {}
        kinds = {column.field: column.kind.name for column in roster.columns} if roster else {}
        return self.get_paginated_response([shown.row_of(row, labels, kinds) for row in page])

    @extend_schema(
        description="撤销一批，此后又改过的留下不动；返回撤销的那一批",
        request=UndoInput,
        responses={200: OutlookSerializer, 201: shown.BatchSerializer, 202: shown.BatchSerializer},
        filters=False,
    )
    @action(detail=True, methods=["post"])
    def undo(self, request, pk):
        """Take a batch back as its page does: what was changed since stays. Answers the batch of the undo."""
        upload = get_object_or_404(self.get_queryset(), pk=pk)
        importer.county_of(request.user)
        serializer = UndoInput(data=request.data)
        serializer.is_valid(raise_exception=True)
        try:
            if serializer.validated_data["dry_run"]:
                return Response(_outlook(importer.look(upload, by=request.user)))
            undone = delivering.undo(upload, by=request.user, shown="")
        except importer.NotNow as error:
            raise Conflict(str(error)) from None
        if isinstance(undone, Job):
            return _batch(upload.pk, 202)
        return _batch(undone.upload.pk, 201 if undone.state == "done" else 200)


def _outlook(outlook):
    kept = [{"kind": row.kind, "text": row.text, "why": row.why} for row in outlook.kept]
    return {"taken": outlook.taken, "kept": kept}


def _batch(pk, status):
    address = reverse("api:upload-detail", args=[pk])
    return Response(shown.batch_of(kept_upload(pk)), status=status, headers={"Location": address})
