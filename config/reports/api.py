"""REST door to the tables for the superior: the very cells of page and Excel, with date and place."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.response import Response

from config.reports import tables
from core import indicators
from core.api import DIVISION, ON, asked_date, asked_division
from core.parameters import UNSET


class ReportSerializer(serializers.Serializer):
    """一张上报表"""

    key = serializers.CharField(label="代号")
    title = serializers.CharField(label="名称")
    about = serializers.CharField(label="内容")


class ReportRowSerializer(serializers.Serializer):
    """一行：乡镇、村或合计"""

    place = serializers.CharField(label="单位")
    values = serializers.ListField(
        child=serializers.FloatField(allow_null=True),
        label="各栏的数",
        help_text="与 columns 同序；台账里没有的、标准还没有设的为空",
    )


class ReportColumnSerializer(serializers.Serializer):
    """一栏"""

    group = serializers.CharField(label="大栏", allow_blank=True)
    label = serializers.CharField(label="栏目")


class ReportSheetSerializer(serializers.Serializer):
    """一张分表"""

    name = serializers.CharField(label="分表")
    title = serializers.CharField(label="标题")
    told = serializers.CharField(label="范围和时点")
    columns = ReportColumnSerializer(many=True, label="栏目")
    rows = ReportRowSerializer(many=True, label="各行", help_text="最后一行是合计")
    foot = serializers.ListField(child=serializers.CharField(), label="说明")


class ReportViewSet(viewsets.ViewSet):
    """上报表：同一时点、同一范围，数与页面和 Excel 相同"""

    model = None
    lookup_field = "key"
    lookup_value_regex = "[a-z0-9_]+"

    @extend_schema(responses={200: ReportSerializer(many=True)}, filters=False)
    def list(self, request):
        return Response(ReportSerializer(tables.TABLES, many=True).data)

    @extend_schema(
        operation_id="reports_sheets",
        parameters=[ON, DIVISION],
        responses={200: ReportSheetSerializer(many=True)},
        filters=False,
    )
    def retrieve(self, request, key):
        """The sheets of the report; Http404 for a place outside the caller's area, as if it did not exist."""
        on, code = asked_date(request), asked_division(request)
        code = None if code is None else indicators.narrowed(request.user, code)
        sheets = tables.get(key).build(request.user, on, code)
        return Response([_sheet(sheet) for sheet in sheets])


def _sheet(sheet):
    texts = [heading if isinstance(heading, tuple) else ("", heading) for heading, _ in sheet.headings[1:]]
    return {
        "name": sheet.name, "title": sheet.title, "told": sheet.told,
        "columns": [{"group": group, "label": label} for group, label in texts],
        "rows": [{"place": place, "values": [None if one == UNSET else one for one in values]} for place, *values in sheet.rows],
        "foot": list(sheet.foot),
    }  # fmt: skip
