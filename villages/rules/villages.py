"""Checks of terms and of the list of villages."""

from django.db.models import Exists, OuterRef, Q

from core.indicators import Rows
from core.periods import in_force
from core.rules import rule
from villages.indicators.villages import village_rows
from villages.models import Term, Village, VillageFigures


@rule(
    "term_expired", "届满未换届", severity="error", basis="《中国共产党章程》《村民委员会组织法》：每届任期五年",
    message="{where}{label}已于 {届满日期} 届满，还没有登记新一届。",
)  # fmt: skip
def term_expired(on):
    running = Term.objects.filter(in_force(on), division=OuterRef("division"))
    later = Term.objects.filter(division=OuterRef("division"), start__gt=OuterRef("start"), start__lte=on)
    over = Term.objects.filter(~in_force(on), ~Exists(running), ~Exists(later), start__lte=on)
    return Rows(
        over, kind="term", key="pk", label="name", place="division_id", where=("division__name",),
        details={"届满日期": "end"},
    )  # fmt: skip


@rule(
    "seats_unknown", "没有核定职数", severity="info", basis="空缺按核定职数计算",
    message="{where}没有登记党组织或村（居）委会核定职数，算不出空缺。",
)  # fmt: skip
def seats_unknown(on):
    villages = Village.objects.existing(on).with_seats(on)
    return village_rows(villages.filter(Q(party_seats_on=None) | Q(committee_seats_on=None)))


@rule(
    "figures_missing", "没有上年度的村情数据", severity="info", basis="行政村基本情况每年更新一次",
    message="{where}没有上年度的村情数据（户数、人口、集体经济收入等）。",
)  # fmt: skip
def figures_missing(on):
    there = VillageFigures.objects.filter(village=OuterRef("code"), year=on.year - 1)
    return village_rows(Village.objects.existing(on).filter(~Exists(there)))
