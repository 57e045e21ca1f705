"""Figures about the two committees of villages (村“两委”)."""

import datetime

from django.db.models import Exists, F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, Greatest, Left

from core.indicators import indicator
from core.periods import at_most, between, in_force
from talent.indicators.sources import cadres, in_existing_village, people_per_village, person_of, village_of
from talent.models import Appointment, Committee, Education, EndReason, Post, Sex
from talent.models.appointment import POSTS_OF
from talent.parameters.teams import YOUNG
from villages.indicators import TEAMS, existing_villages, village_rows
from villages.models import Term, Village

EVER = datetime.date(1949, 10, 1)


@indicator(
    "one_shoulder", "书记主任“一肩挑”的村", "村", group=TEAMS, of=existing_villages,
    definition="时点由同一人担任党组织书记和村委会主任的行政村数，按任职记录计算，不采用表中所填；任一职空缺的不计。分母为行政村数。",
)  # fmt: skip
def one_shoulder(on):
    director = Appointment.objects.serving(on).filter(
        person=OuterRef("person"), village=OuterRef("village"), post=Post.VILLAGE_DIRECTOR
    )
    secretaries = in_existing_village(Appointment.objects.serving(on), on).filter(post=Post.PARTY_SECRETARY)
    return village_of(secretaries.filter(Exists(director)), details={"书记、主任": "person__name", "任职时间": "start"})


indicator(
    "cadres", "村“两委”干部", "人", group=TEAMS,
    definition="时点在任的村（社区）党组织和村（居）委会成员人数，一人兼多职只计一人；不含监委会成员、文书和驻村干部。",
)(cadres)  # fmt: skip


@indicator(
    "cadres_35_or_younger", "35周岁及以下“两委”干部", "人", group=TEAMS, of=cadres,
    definition="时点在任、年满周岁不超过 35 的村“两委”干部人数（含 35 周岁，年龄线见参数设置）；没有出生日期的不计。分母为村“两委”干部人数。",
)  # fmt: skip
def cadres_35_or_younger(on):
    young = Appointment.objects.cadres(on).filter(at_most(YOUNG.value(on), on, "person__birth_date"))
    return person_of(young, details={"职务": "post", "出生日期": "person__birth_date"})


@indicator(
    "women_cadres", "女性“两委”干部", "人", group=TEAMS, of=cadres,
    definition="时点在任的女性村“两委”干部人数。分母为村“两委”干部人数。",
)  # fmt: skip
def women_cadres(on):
    return person_of(Appointment.objects.cadres(on).filter(person__sex=Sex.FEMALE), details={"职务": "post"})


@indicator(
    "cross_posts", "交叉任职的“两委”干部", "人", group=TEAMS, of=cadres,
    definition="时点在同一村既任党组织职务又任村（居）委会职务的人数，按人计，不按席位计。分母为村“两委”干部人数。",
)  # fmt: skip
def cross_posts(on):
    other = Appointment.objects.serving(on).filter(
        person=OuterRef("person"), village=OuterRef("village"), post__in=POSTS_OF[Committee.VILLAGERS]
    )
    both = Appointment.objects.serving(on).filter(Exists(other), post__in=POSTS_OF[Committee.PARTY])
    return person_of(both, details={"党组织职务": "post"})


@indicator(
    "seats_vacant", "“两委”职数空缺", "席", group=TEAMS,
    definition="逐村按时点的核定职数减在任人数相加：党组织和村（居）委会分别计算，超配不抵扣；没有登记核定职数的村不计。",
)  # fmt: skip
def seats_vacant(on):
    short = _short("party_seats_on", Committee.PARTY, on) + _short("committee_seats_on", Committee.VILLAGERS, on)
    villages = Village.objects.existing(on).with_seats(on).annotate(vacant=short).filter(vacant__gt=0)
    return village_rows(
        villages, amount="vacant", details={"党组织核定职数": "party_seats_on", "村委会核定职数": "committee_seats_on"}
    )


@indicator(
    "cadres_adjusted", "届中调整的不胜任不尽职干部", "名", group=TEAMS,
    definition="时点所在届内、截至时点，因届中分析（中期评估）认定不胜任不尽职而离任的村干部人数，一人计一次；没有登记届次的县从有记录起计。",
)  # fmt: skip
def cadres_adjusted(on):
    term = Term.objects.filter(in_force(on), division_id=Left(OuterRef("village_id"), 6)).order_by("-start")
    since = Coalesce(Subquery(term.values("start")[:1]), Value(EVER))
    ended = Appointment.objects.filter(between(since, on, "end"), end_reason=EndReason.UNFIT)
    return person_of(ended, details={"职务": "post", "离任时间": "end", "免职文号": "end_document_no"})


@indicator(
    "college_cadre_villages", "有大专及以上学历村干部的村", "村", group=TEAMS, of=existing_villages,
    definition="时点至少有一名在任村“两委”干部已取得大专及以上学历的行政村数；在读的不算，驻村干部不算。分母为行政村数。",
)  # fmt: skip
def college_cadre_villages(on):
    degree = Education.objects.college(on).filter(person=OuterRef("person"))
    serving = in_existing_village(Appointment.objects.cadres(on), on)
    return village_of(serving.filter(Exists(degree)), details={"大专及以上干部": "person__name"})


def _short(seats, committee, on):
    """Seats of a committee that nobody fills; 0 where the approved number is unknown."""
    filled = people_per_village(Appointment.objects.serving(on).filter(post__in=POSTS_OF[committee]))
    return Greatest(Coalesce(F(seats), 0) - filled, Value(0))
