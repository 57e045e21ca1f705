"""REST door to people and the posts and places they hold; people, posts and places in the pool can be written."""

from django.db import IntegrityError
from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from core import audit, identity
from core.api import RowInput, ScopedViewSet, row_serializer
from core.rest import Conflict, Refused
from core.text import tight
from talent import entry, filters
from talent.models import (
    Appointment,
    Education,
    FormerIdNumber,
    NotSamePerson,
    Person,
    ReserveCandidate,
    Stationing,
)
from talent.roster_apply.people import plain_texts
from villages.models import Term


def _text(label, **options):
    return serializers.CharField(required=False, allow_null=True, allow_blank=True, label=label, **options)


def _day(label):
    return serializers.DateField(required=False, allow_null=True, label=label)


class PersonInput(RowInput):
    """人员：与花名册的一行相同的检查；修改时没有给出的字段不变，给空的清空（学历只改不清）"""

    id_number = _text("身份证号（完整）")
    village = _text("管理村的 12 位代码")
    sex = _text("性别", help_text="male、female 或男、女；只核对，以身份证号为准")
    birth_date = _text("出生年月", help_text="与身份证不同的记为档案出生年月")
    party_joined = _text("入党时间")
    education = _text("学历")
    phone = _text("联系电话（完整）")

    def get_fields(self):
        texts = {name: _text(field.verbose_name) for name, field in plain_texts().items()}
        return {**texts, **super().get_fields()}


class AppointmentChange(RowInput):
    """任职的修改：人员和村不能改，请结束后新建"""

    post = _text("职务", help_text="代码，或花名册里的写法，一次一个")
    start = _text("任现职时间")
    end = _day("免职日期（在任的最后一天）")
    how = _text("任职方式")
    term = serializers.IntegerField(required=False, allow_null=True, label="届次编号")
    document_no = _text("任职文号")
    end_reason = _text("离任原因")
    end_document_no = _text("免职文号")
    remarks = _text("备注")


class AppointmentInput(AppointmentChange):
    """任职"""

    person = serializers.IntegerField(required=False, label="人员编号")
    village = _text("村的 12 位代码")


class ReserveChange(RowInput):
    """后备干部的修改：人员和村不能改，请出库后新建"""

    target = _text("后备类别")
    kind = _text("入库方式")
    source = _text("人员来源", help_text="代码，或名册里的写法")
    planned_post = _text("拟任具体职务")
    readiness = _text("储备类别")
    mentor = _text("培养联系人")
    measures = _text("培养措施")
    start = _day("入库时间")
    end = _day("出库时间（在库的最后一天）")
    end_reason = _text("出库原因")
    remarks = _text("备注")


class ReserveInput(ReserveChange):
    """后备干部"""

    person = serializers.IntegerField(required=False, label="人员编号")
    village = _text("村的 12 位代码")


class LookupInput(RowInput):
    """按完整号码查询，号码不进网址"""

    id_number = serializers.CharField(label="身份证号（完整）")


class WarningSerializer(serializers.Serializer):
    """不妨碍入库的提醒"""

    field = serializers.CharField()
    code = serializers.CharField()
    message = serializers.CharField()


def written(model):
    """The serializer of a row just written: the row, and what the validator would have the writer look at."""
    base = row_serializer(model)
    fields = {"warnings": WarningSerializer(many=True, read_only=True, label="提醒"), "Meta": base.Meta}
    return type(f"Written{model.__name__}Serializer", (base,), {**fields, "__doc__": base.__doc__})


def writes(model, creating, changing):
    """Documents what `create` and `partial_update` of a viewset take and give."""

    shown = written(model)
    return extend_schema_view(
        create=extend_schema(request=creating, responses={201: shown}),
        partial_update=extend_schema(request=changing, responses={200: shown}),
    )


class WritableViewSet(ScopedViewSet):
    """A ScopedViewSet that also takes rows; `add` and `change` call talent.entry and return what it kept."""

    inputs = ()  # (of POST, of PATCH)

    def create(self, request, *args, **kwargs):
        return self._written(201, self.add, self._given(self.inputs[0]))

    def partial_update(self, request, *args, **kwargs):
        return self._written(200, self.change, self.get_object(), self._given(self.inputs[1]))

    def _given(self, kind):
        serializer = kind(data=self.request.data)
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def _written(self, status, write, *given):
        try:
            kept = write(*given, by=self.request.user, on=timezone.localdate())
        except entry.Refused as refused:
            raise Refused(refused.problems) from None
        except IntegrityError:
            raise Conflict() from None
        row = self.model.objects.visible_to(self.request.user).get(pk=kept.row.pk)
        shown = row_serializer(self.model)(row, context=self.get_serializer_context()).data
        warnings = WarningSerializer([vars_of(found) for found in kept.warnings], many=True).data
        return Response(shown | {"warnings": warnings}, status=status)

    def own_fields(self, given):
        """What goes to the model as it is: null is empty in a text."""
        fields = self.model._meta
        blank = {name for name in given if fields.get_field(name).get_internal_type() in {"CharField", "TextField"}}
        return {name: "" if value is None and name in blank else value for name, value in given.items()}


def vars_of(found):
    return {"field": found.field, "code": found.code, "message": found.message}


@writes(Person, PersonInput, PersonInput)
class PersonViewSet(WritableViewSet):
    model = Person
    filterset_class = filters.PersonFilters
    inputs = (PersonInput, PersonInput)
    verbs = {"lookup": "view"}

    def add(self, given, **who):
        return entry.create_person(given, **who)

    def change(self, person, given, **who):
        return entry.change_person(person, given, **who)

    @extend_schema(request=LookupInput, responses={200: row_serializer(Person)}, filters=False)
    @action(detail=False, methods=["post"])
    def lookup(self, request):
        """The person with this whole ID number, or 404; each question is in the audit log."""
        number = tight(self._given(LookupInput)["id_number"]).upper()
        person = self.get_queryset().with_id_number(number).first()
        audit.record(by=request.user, verb="lookup", obj=person, about=identity.mask_id(number))
        if person is None:
            raise Http404
        return Response(row_serializer(Person)(person).data)


class EducationViewSet(ScopedViewSet):
    model = Education
    filterset_class = filters.EducationFilters


@writes(Appointment, AppointmentInput, AppointmentChange)
class AppointmentViewSet(WritableViewSet):
    model = Appointment
    filterset_class = filters.AppointmentFilters
    inputs = (AppointmentInput, AppointmentChange)
    judged = ("person", "village", "post", "start")  # with the person's file, as a row of the committee roster

    def add(self, given, **who):
        return entry.appoint(given, self._others(given), **who)

    def change(self, seat, given, **who):
        return entry.change_appointment(seat, given, self._others(given), **who)

    def _others(self, given):
        fields = self.own_fields({name: value for name, value in given.items() if name not in self.judged})
        if "term" in fields:
            fields["term"] = self._term(fields["term"])
        return fields

    def _term(self, pk):
        term = Term.objects.visible_to(self.request.user).filter(pk=pk).first() if pk else None
        if pk and term is None:
            raise serializers.ValidationError({"term": ["没有这个届次，请核对编号。"]})
        return term


@writes(ReserveCandidate, ReserveInput, ReserveChange)
class ReserveViewSet(WritableViewSet):
    model = ReserveCandidate
    filterset_class = filters.ReserveFilters
    inputs = (ReserveInput, ReserveChange)
    judged = ("person", "village", "source")

    def add(self, given, **who):
        return entry.enter_pool(given, self._others(given), **who)

    def change(self, place, given, **who):
        return entry.change_place(place, given, self._others(given), **who)

    def _others(self, given):
        return self.own_fields({name: value for name, value in given.items() if name not in self.judged})


class StationingViewSet(ScopedViewSet):
    model = Stationing
    filterset_class = filters.StationingFilters


class FormerIdNumberViewSet(ScopedViewSet):
    model = FormerIdNumber
    filterset_class = filters.FormerIdNumberFilters


class NotSamePersonViewSet(ScopedViewSet):
    model = NotSamePerson
    filterset_class = filters.NotSamePersonFilters
