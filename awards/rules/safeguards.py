"""Checks about safeguards: cadres in office without one that the county requires."""

from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import Substr

from awards.indicators.safeguards import has
from awards.models import SafeguardRecord
from awards.parameters.safeguards import COVERS, REQUIRED
from awards.safeguarding import checked_up
from core.indicators import Rows
from core.rules import rule
from talent.models import Appointment

BASIS = "村干部保障办法（参数设置）"
TOWNSHIP_DIGITS = 9


def _here(name, on):
    if name != "checkup":
        return has(name, on)
    return Exists(checked_up(on).filter(person=OuterRef("person")))


def _reported(on):
    """The townships that handed in anything of the year; elsewhere nothing was written down yet."""
    rows = SafeguardRecord.objects.filter(year=on.year).order_by()
    return rows.annotate(township=Substr("village_id", 1, TOWNSHIP_DIGITS)).values("township")


def _lacking(word):
    """The rows behind the check of one safeguard: cadres in office without it, where it is required."""

    def source(on):
        seats = Appointment.objects.cadres(on) if word in REQUIRED.value(on) else Appointment.objects.none()
        placed = seats.annotate(township=Substr("village_id", 1, TOWNSHIP_DIGITS))
        open_ones = placed.filter(township__in=Subquery(_reported(on))).exclude(_here(COVERS[word], on))
        return Rows(open_ones, kind="person", key="person_id", label="person__name")

    return source


CHECKED = ("养老保险", "医疗保险", "意外伤害险", "体检")
for _word in CHECKED:
    rule(
        f"safeguard_no_{COVERS[_word]}", f"在任而没有{_word}", severity="warn", basis=BASIS,
        message=f"{{where}}的{{label}}在任，时点没有{_word}；或者保障名册还没有登记",
    )(_lacking(_word))  # fmt: skip
