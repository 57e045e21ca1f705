"""Figures about safeguards of the cadres in office."""

from django.db.models import Exists, OuterRef

from awards.models import SafeguardRecord
from core.indicators import Rows, indicator
from talent.models import Appointment

GROUP = "保障与扶持"


def _cadres(on, *conditions):
    seats = Appointment.objects.cadres(on).filter(*conditions)
    return Rows(seats, kind="person", key="person_id", label="person__name", details={"职务": "post"})


def has(name, on):
    """A condition on rows with a person: the cover `name` is in force on the day `on`."""
    return Exists(SafeguardRecord.objects.covered(name, on).filter(person=OuterRef("person")))


def _of(on):
    return _cadres(on)


@indicator(
    "pension_covered", "参加养老保险的在任村干部", "人", group=GROUP, of=_of,
    definition="时点在任的村“两委”成员中，最近一年的保障记录写明养老保险类型且时点在参保期内的人，占在任“两委”成员的比例；一人多职算一人。",
)  # fmt: skip
def pension_covered(on):
    return _cadres(on, has("pension", on))


@indicator(
    "medical_covered", "参加医疗保险的在任村干部", "人", group=GROUP, of=_of,
    definition="时点在任的村“两委”成员中，最近一年的保障记录写明医疗保险类型且时点在参保期内的人，占在任“两委”成员的比例；一人多职算一人。",
)  # fmt: skip
def medical_covered(on):
    return _cadres(on, has("medical", on))


@indicator(
    "housing_supported", "有住房保障的在任村干部", "人", group=GROUP,
    definition="时点在任的村“两委”成员中，最近一年的保障记录有周转房、住房补贴或住房公积金且时点在保障期内的人；一人多职算一人。",
)  # fmt: skip
def housing_supported(on):
    return _cadres(on, has("housing", on))
