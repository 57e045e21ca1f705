"""Figures about reserve cadres (村级后备干部)."""

from django.db.models import Exists, F, OuterRef, Q, Value

from core.indicators import Rows, indicator
from core.periods import at_least, year_to_date
from talent.indicators.sources import people_per_village, person_of
from talent.models import Appointment, Post, ReserveAssessment, ReserveCandidate
from talent.parameters.reserves import LONG_YEARS, OTHER_RATIO, SECRETARY_RATIO
from villages.indicators import village_rows
from villages.models import Village

RESERVES = "后备干部"


def _pool(on, **conditions):
    pool = ReserveCandidate.objects.in_pool(on).filter(**conditions)
    return person_of(
        pool, details={"后备类别": "target", "入库方式": "kind", "人员来源": "source", "入库时间": "start"}
    )


def villages_with_reserves(on, **conditions):
    """Villages and communities annotated with what they need and have: secretary_need/_have, other_need/_have, need.

    `conditions` narrow whom of the pool is counted as there."""
    target = ReserveCandidate.Target
    secretary = Appointment.objects.serving(on).filter(
        person=OuterRef("person"), village=OuterRef("village"), post=Post.PARTY_SECRETARY
    )
    others = Appointment.objects.cadres(on).filter(~Exists(secretary))
    pool = ReserveCandidate.objects.in_pool(on).filter(**conditions)
    return Village.objects.existing(on).annotate(
        secretary_need=Value(SECRETARY_RATIO.value(on)),
        other_need=people_per_village(others) * OTHER_RATIO.value(on),
        need=F("secretary_need") + F("other_need"),
        secretary_have=people_per_village(pool.filter(target=target.SECRETARY)),
        other_have=people_per_village(pool.filter(target=target.OTHER)),
    )


def reserve_need(on):
    details = {
        "书记后备应备": "secretary_need",
        "书记后备实有": "secretary_have",
        "其他后备应备": "other_need",
        "其他后备实有": "other_have",
    }
    return village_rows(villages_with_reserves(on), amount="need", details=details)


def reserve_villages(on):
    return village_rows(villages_with_reserves(on), details=reserve_need(on).details)


@indicator(
    "reserves", "村级后备干部", "名", group=RESERVES, of=reserve_need, is_share=False,
    definition="时点在库的后备干部人数，每人只计一次。分母为逐村应备人数之和：每名书记和每名其他在任“两委”干部各备几名，见参数设置（默认 1:2、1:1）；书记空缺的仍按一席计。",
)  # fmt: skip
def reserves(on):
    return _pool(on)


@indicator(
    "reserve_ratio_met", "后备比例达标的村", "村", group=RESERVES, of=reserve_villages,
    definition="书记后备和其他村干部后备两类都达到应备人数的村（社区）数，逐村计算，两类不互抵。分母为村（社区）数。",
)  # fmt: skip
def reserve_ratio_met(on):
    met = villages_with_reserves(on).filter(secretary_have__gte=F("secretary_need"), other_have__gte=F("other_need"))
    return village_rows(met, details=reserve_need(on).details)


@indicator(
    "reserves_recruited", "公开招聘的村级后备干部", "名", group=RESERVES,
    definition="时点在库的后备干部中，入库方式为公开招聘的人数。",
)  # fmt: skip
def reserves_recruited(on):
    """Each opens the place in the pool, which leads to the application; nobody has two places at once."""
    details = {
        "招聘公告": "application__recruitment__title", "笔试": "application__written", "面试": "application__interview",
        "聘用日期": "application__engaged_on", "聘用文号": "application__document_no", "入库时间": "start",
    }  # fmt: skip
    pool = ReserveCandidate.objects.in_pool(on).filter(kind=ReserveCandidate.Kind.RECRUITED)
    return Rows(pool, kind="reserve", key="pk", label="person__name", details=details)


@indicator(
    "secretary_reserve_gap", "书记后备缺口", "名", group=RESERVES,
    definition="逐村计算：书记后备实有人数少于应备人数的差额相加，有余的村不抵扣。应备比例见参数设置。",
)  # fmt: skip
def secretary_reserve_gap(on):
    short = villages_with_reserves(on).annotate(short=F("secretary_need") - F("secretary_have")).filter(short__gt=0)
    return village_rows(short, amount="short", details={"应备": "secretary_need", "实有": "secretary_have"})


@indicator(
    "reserves_promoted", "本年进入“两委”的后备干部", "名", group=RESERVES,
    definition="本年 1 月 1 日至时点，以进入“两委”为由出库的后备干部人数，每人只计一次。",
)  # fmt: skip
def reserves_promoted(on):
    left = ReserveCandidate.objects.filter(year_to_date(on, "end"), end_reason=ReserveCandidate.OutReason.PROMOTED)
    return person_of(left, details={"后备类别": "target", "入库时间": "start", "出库时间": "end"})


@indicator(
    "reserves_stale", "须重新研判的后备干部", "名", group=RESERVES, of=_pool,
    definition="时点在库的后备干部中，在库满参数规定年数，或者上一个完整半年已在库却没有研判的人数。分母为在库人数。",
)  # fmt: skip
def reserves_stale(on):
    stale = ReserveCandidate.objects.in_pool(on).filter(too_long(on) | Q(pk__in=not_assessed(on).values("pk")))
    return person_of(stale, details={"后备类别": "target", "入库时间": "start", "培养联系人": "mentor"})


def too_long(on):
    """A condition: in the pool for as many years as the parameter says or more."""
    return at_least(LONG_YEARS.value(on), on, "start")


def last_half(on):
    """(year, half) of the last half-year that was over before `on`."""
    return (on.year, 1) if on.month > 6 else (on.year - 1, 2)


def since_last_half(on):
    """A condition: an assessment of the last half-year that was over before `on`, or of a later one."""
    year, half = last_half(on)
    return Q(year=year, half__gte=half) | Q(year__gt=year)


def not_assessed(on):
    """Candidates in the pool for the whole of the last complete half-year without an assessment of it or since."""
    year, half = last_half(on)
    begun = on.replace(year=year, month=6 * half - 5, day=1)
    done = ReserveAssessment.objects.filter(since_last_half(on), candidate=OuterRef("pk"), assessed_on__lte=on)
    return ReserveCandidate.objects.in_pool(on).filter(~Exists(done), start__lte=begun)
