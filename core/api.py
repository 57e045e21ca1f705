"""The base classes of the REST door, and its figures."""

import functools

from django.db.models import BinaryField
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import exceptions, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from core import identity, indicators, parameters
from core.dates import parse_date
from core.fields import DerivedField, EncryptedTextField
from core.filters import CODE
from core.models import SpecialDay

PAGING = {"cursor", "page_size"}
YEAR_DIGITS = 4


class RowInput(serializers.Serializer):
    """What may be given; a field that does not exist is a mistake, not nothing."""

    default_error_messages = {"unknown": "没有这个字段，或不能由接口修改。"}

    def to_internal_value(self, data):
        given = super().to_internal_value(data)
        unknown = set(data) - set(self.fields)
        if unknown:
            message = self.error_messages["unknown"]
            raise serializers.ValidationError({name: [message] for name in sorted(unknown)}, code="unknown_field")
        return given


class MaskedField(serializers.CharField):
    """An ID number or phone with its middle starred; nobody gets it in clear through this door."""

    def to_representation(self, value):
        return identity.mask_personal(value)


class RowSerializer(serializers.ModelSerializer):
    """The fields of a row: what it points at as a code or number with the name beside it (`village`, `village_label`),
    personal numbers masked, digests, pinyin and contents of files left out."""

    def build_standard_field(self, field_name, model_field):
        if isinstance(model_field, EncryptedTextField):
            return MaskedField, {"read_only": True, "label": model_field.verbose_name}
        return super().build_standard_field(field_name, model_field)

    def build_relational_field(self, field_name, relation):
        target = relation.model_field.target_field
        kind = serializers.CharField if target.get_internal_type() == "CharField" else serializers.IntegerField
        return kind, {
            "source": relation.model_field.attname, "read_only": True, "label": relation.model_field.verbose_name,
            "allow_null": relation.model_field.null,
        }  # fmt: skip

    def get_fields(self):
        fields = {}
        for name, shown in super().get_fields().items():
            if name in self._declared_fields:
                fields[name] = shown
                continue
            model_field = self.Meta.model._meta.get_field(name)
            if isinstance(model_field, DerivedField | BinaryField) or model_field.many_to_many or name == "digest":
                continue
            fields[name] = shown
            if model_field.is_relation:
                fields[f"{name}_label"] = serializers.CharField(
                    source=name, read_only=True, allow_null=model_field.null
                )
        return fields


@functools.cache
def row_serializer(model):
    """The serializer of `model` with all its fields."""
    meta = type("Meta", (), {"model": model, "fields": "__all__"})
    return type(f"{model.__name__}Serializer", (RowSerializer,), {"Meta": meta, "__doc__": model._meta.verbose_name})


class ScopedViewSet(viewsets.ReadOnlyModelViewSet):
    """Lists and details of `model` in the caller's scope; what is outside answers as not existing."""

    model = None
    lookup_value_regex = "[0-9]{1,18}"

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return self.model.objects.none()
        forward = [field.name for field in self.model._meta.concrete_fields if field.is_relation]
        return self.model.objects.visible_to(self.request.user).select_related(*forward)

    def get_serializer_class(self):
        return row_serializer(self.model)

    def filter_queryset(self, queryset):
        """Filters by what was declared; a filter that does not exist is a mistake, not "everything"."""
        unknown = set(self.request.query_params) - PAGING - self._declared_filters()
        if unknown:
            raise exceptions.ValidationError(dict.fromkeys(sorted(unknown), "没有这个筛选条件，请对照接口文档。"))
        return super().filter_queryset(queryset)

    def _declared_filters(self):
        widgets = (found.field.widget for found in self.filterset_class.base_filters.values())
        names = [(name, widget) for name, widget in zip(self.filterset_class.base_filters, widgets, strict=True)]
        return {part for name, widget in names for part in _parameters(name, widget)}


def _parameters(name, widget):
    """The query parameters of one filter: a range has two."""
    suffixes = getattr(widget, "suffixes", None)
    return [f"{name}_{suffix}" for suffix in suffixes] if suffixes else [name]


ON = OpenApiParameter("on", OpenApiTypes.DATE, description="时点，例如 2024-12-31；不填为今天")
DIVISION = OpenApiParameter("division", OpenApiTypes.STR, description="只看这个区划（或村）及以下")
PART = OpenApiParameter(
    "part", OpenApiTypes.STR, enum=list(indicators.PARTS), description="分子、分母，或分母中未进分子的；不填为分子"
)


_NUMBER, _TEXT = {"type": "number"}, {"type": "string"}
FIGURES = {
    "type": "object",
    "description": "指标键 → 指标；numerator 是名单上的数，denominator 是应有的数；县级不分乡镇的指标问到乡镇时，数为空",
    "additionalProperties": {
        "type": "object",
        "properties": {
            "label": _TEXT, "unit": _TEXT, "value": _NUMBER | {"nullable": True}, "numerator": _NUMBER | {"nullable": True},
            "denominator": _NUMBER | {"nullable": True}, "percent": _NUMBER | {"nullable": True},
            "definition": _TEXT, "group": _TEXT,
        },
    },
}  # fmt: skip


class FigureRowSerializer(serializers.Serializer):
    """指标名单上的一行"""

    kind = serializers.CharField(label="是什么")
    id = serializers.CharField(label="编号")
    label = serializers.CharField(label="名称")
    amount = serializers.FloatField(label="计入的数")
    places = serializers.ListField(child=serializers.CharField(), label="所在村代码")
    where = serializers.CharField(label="所在")
    details = serializers.DictField(child=serializers.CharField(), label="其他")


class IndicatorViewSet(viewsets.ViewSet):
    """The figures of a date and a division, and the list behind each."""

    model = None
    lookup_field = "key"
    lookup_value_regex = "[a-z0-9_]+"

    @extend_schema(parameters=[ON, DIVISION], responses={200: FIGURES})
    def list(self, request):
        figures = indicators.board(request.user, asked_date(request), asked_division(request))
        return Response({figure.key: figure.as_json() for figure in figures})

    @extend_schema(parameters=[ON, DIVISION, PART], responses={200: FigureRowSerializer(many=True)}, filters=False)
    @action(detail=True)
    def rows(self, request, key):
        part = request.query_params.get("part", indicators.PARTS[0])
        if part not in indicators.PARTS:
            raise exceptions.ValidationError({"part": f"请填 {'、'.join(indicators.PARTS)} 之一。"})
        return Response(indicators.rows(key, request.user, asked_date(request), asked_division(request), part))


class ParameterSerializer(serializers.Serializer):
    """参数在时点的取值"""

    key = serializers.CharField(label="参数")
    label = serializers.CharField(label="名称")
    group = serializers.CharField(label="分组")
    unit = serializers.CharField(label="单位")
    value = serializers.JSONField(label="取值", allow_null=True, help_text="整数，或词的列表；县里还没有设的为空")
    basis = serializers.CharField(label="依据")
    since = serializers.DateField(label="自哪天起", allow_null=True, help_text="空为默认")


class ParameterViewSet(viewsets.ViewSet):
    """The local rules in force on a date, each with its basis."""

    model = None

    @extend_schema(parameters=[ON], responses={200: ParameterSerializer(many=True)}, filters=False)
    def list(self, request):
        found = parameters.in_force(asked_date(request))
        return Response([_parameter(*one) for one in found])


def _parameter(one, value, row):
    return {
        "key": one.key,
        "label": one.label,
        "group": one.group,
        "unit": one.unit,
        "value": list(value) if one.is_words else value,
        "basis": row.basis if row else one.basis,
        "since": row.start if row else None,
    }


class SpecialDaySerializer(serializers.Serializer):
    """一天的放假或调休上班"""

    year = serializers.IntegerField(label="年度")
    date = serializers.DateField(label="日期")
    is_working = serializers.BooleanField(label="上班")
    name = serializers.CharField(label="节日")
    basis = serializers.CharField(label="依据")


class SpecialDayViewSet(viewsets.ViewSet):
    """The calendar of working days that the county keeps; a year without a day has not been entered."""

    model = None

    @extend_schema(
        parameters=[OpenApiParameter("year", OpenApiTypes.INT, description="只看这一年度的安排")],
        responses={200: SpecialDaySerializer(many=True)}, filters=False,
    )  # fmt: skip
    def list(self, request):
        year = request.query_params.get("year", "")
        if year and not (year.isascii() and year.isdigit() and len(year) == YEAR_DIGITS):
            raise exceptions.ValidationError({"year": "请填四位年份，例如 2024。"})
        found = SpecialDay.objects.visible_to(request.user).order_by("date")
        return Response(SpecialDaySerializer(found.filter(year=year) if year else found, many=True).data)


def asked_date(request):
    text = request.query_params.get("on")
    on = parse_date(text) if text else timezone.localdate()
    if on is None:
        raise exceptions.ValidationError({"on": "请填一个日期，例如 2024-12-31。"})
    return on


def asked_division(request):
    code = request.query_params.get("division") or None
    if code is not None and not CODE.regex.search(code):
        raise exceptions.ValidationError({"division": CODE.message})
    return code
