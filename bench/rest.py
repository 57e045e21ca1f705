"""DRF: a ModelSerializer with many=True and the same checks, rows read by openpyxl."""

import io

from django.db import transaction
from openpyxl import load_workbook
from rest_framework import serializers

from bench import checks
from talent.models import Person
from villages.models import Village


class KindField(serializers.Field):
    def __init__(self):
        super().__init__(required=False, allow_null=True)

    def to_internal_value(self, raw):
        try:
            return checks.value_of(checks.PERSON[self.field_name][1], raw)
        except ValueError as error:
            raise serializers.ValidationError(str(error)) from None


class GoodRows(serializers.ListSerializer):
    """Rows with errors are set aside, the others saved: by itself many=True would refuse the whole file."""

    def to_internal_value(self, rows):
        good, self.bad = [], []
        for row in rows:
            try:
                good.append(self.run_child_validation(row))
            except serializers.ValidationError as error:
                self.bad.append(error.detail)
        return good


class RowSerializer(serializers.ModelSerializer):
    locals().update({name: KindField() for name in checks.PERSON})

    class Meta:
        model = Person
        fields = tuple(checks.PERSON)
        list_serializer_class = GoodRows

    def to_internal_value(self, row):
        values = super().to_internal_value({name: row[header] for name, (header, _) in checks.PERSON.items()})
        return {**values, "row": row}

    def validate(self, values):
        row = values.pop("row")
        village = Village.objects.filter(name=row["行政村"], township__name=row["乡镇"]).first()
        if village is None:
            raise serializers.ValidationError("没有这个村")
        try:
            posts, start, levels, _ = checks.role_of(row)
            checks.check(values, posts, self.context["seen"])
        except ValueError as error:
            raise serializers.ValidationError(str(error)) from None
        if Person.objects.with_id_number(values["id_number"]).exists():
            raise serializers.ValidationError("这个身份证号已在系统中")
        return {"person": values, "village": village.code, "roles": (posts, start, levels)}

    def create(self, validated):
        person = checks.new_person(validated["person"], validated["village"])
        person.save()
        for found in checks.roles(person, *validated["roles"]):
            for role in found:
                role.save()
        return person


@transaction.atomic
def many(content, user):
    sheet = load_workbook(io.BytesIO(content), read_only=True).worksheets[0]
    lines = sheet.iter_rows(values_only=True)
    header = next(lines)
    rows = [dict(zip(header, line, strict=True)) for line in lines]
    serializer = RowSerializer(data=rows, many=True, context={"seen": set()})
    serializer.is_valid(raise_exception=True)
    serializer.save()
