"""Reserves and rural talents by place."""

from dataclasses import dataclass

from django.db.models import Count

from config.reports.matrix import Column, Places, adding, area, counting, table
from core import parameters
from talent.indicators.reserves import villages_with_reserves
from talent.models import ReserveCandidate, RuralTalent
from talent.models.talent_classes import SUB_CLASSES
from villages.models import Village

RESERVE_NOTES = ("说明：逐村计算，两类不互抵；应备比例见参数设置。来源、入库方式为在库人员入库时所登记。",)
TALENT_NOTES = ("说明：时点在库人数，一人一时只在一处在库；大类小类按《关于加快推进乡村人才振兴的意见》。",)


@dataclass(frozen=True)
class Bench:
    """A village and what it needs and has."""

    place: str
    secretary_need: int
    secretary_have: int
    other_need: int
    other_have: int

    @property
    def secretary_gap(self):
        return max(self.secretary_need - self.secretary_have, 0)

    @property
    def other_gap(self):
        return max(self.other_need - self.other_have, 0)

    @property
    def is_met(self):
        return not self.secretary_gap and not self.other_gap


@dataclass(frozen=True)
class Counted:
    """So many people of the same kind at a place."""

    place: str
    kinds: tuple
    people: int


def _people(*wanted):
    """The people whose kinds begin with `wanted`; None stands for any."""

    def count(things):
        return sum(one.people for one in things if all(a in (None, b) for a, b in zip(wanted, one.kinds, strict=False)))

    return count


def reserves(user, on, code=None):
    """Two sheets: need and bench; who is in the pool. Three queries and one for the ratios."""
    places = Places.of(user, on, code)
    told = f"{area(user, code)}　{on:%Y-%m-%d} 时点　单位：名"
    with parameters.read_once(on):
        found = villages_with_reserves(on).filter(code__in=Village.objects.visible_to(user).values("code"))
    found = found.below(code) if code else found
    names = ("code", "secretary_need", "secretary_have", "other_need", "other_have")
    bench = [Bench(*row) for row in found.order_by("code").values_list(*names)]
    return [
        table(
            "村级后备干部配备情况统计表", places, bench, NEED_COLUMNS, told=told, foot=RESERVE_NOTES, name="配备情况"
        ),
        table(
            "村级后备干部结构统计表",
            places,
            _pool(user, on, code),
            POOL_COLUMNS,
            told=told,
            foot=RESERVE_NOTES,
            name="结构",
        ),
    ]


def _pool(user, on, code):
    pool = ReserveCandidate.objects.visible_to(user).in_pool(on)
    return counted(pool, code, "target", "kind", "source", "readiness", "person__sex")


def counted(rows, code, *kinds):
    """[Counted] of role rows by village and kinds. One query."""
    rows = rows.below(code) if code else rows
    rows = rows.order_by().values_list("village_id", *kinds).annotate(people=Count("person", distinct=True))
    return [Counted(place, tuple(values), people) for place, *values, people in rows.order_by("village_id", *kinds)]


NEED_COLUMNS = (
    Column("", "村（社区）数", len),
    Column("书记后备", "应备", adding("secretary_need")),
    Column("书记后备", "实有", adding("secretary_have")),
    Column("书记后备", "缺口", adding("secretary_gap")),
    Column("其他村干部后备", "应备", adding("other_need")),
    Column("其他村干部后备", "实有", adding("other_have")),
    Column("其他村干部后备", "缺口", adding("other_gap")),
    Column("合计", "应备", lambda things: sum(one.secretary_need + one.other_need for one in things)),
    Column("合计", "实有", lambda things: sum(one.secretary_have + one.other_have for one in things)),
    Column("", "达标村数", counting(is_met=True)),
)
POOL_COLUMNS = (
    Column("", "在库总数", _people()),
    *(Column("后备类别", label, _people(value), 12) for value, label in ReserveCandidate.Target.choices),
    *(Column("入库方式", label, _people(None, value)) for value, label in ReserveCandidate.Kind.choices),
    *(Column("人员来源", label, _people(None, None, value), 11) for value, label in ReserveCandidate.Source.choices),
    Column("人员来源", "未登记", _people(None, None, "")),
    *(
        Column("储备类别", label, _people(None, None, None, value))
        for value, label in ReserveCandidate.Readiness.choices
    ),
    Column("储备类别", "未登记", _people(None, None, None, "")),
    Column("", "其中女", _people(None, None, None, None, "female")),
)


def talents(user, on, code=None):
    """The pool by the five classes and twenty sub-classes. Two queries."""
    pool = counted(RuralTalent.objects.visible_to(user).in_pool(on), code, "talent_class", "sub_class", "origin")
    told = f"{area(user, code)}　{on:%Y-%m-%d} 时点　单位：人"
    return [
        table(
            "乡村人才分类统计表",
            Places.of(user, on, code),
            pool,
            TALENT_COLUMNS,
            told=told,
            foot=TALENT_NOTES,
            name="人才分类",
        )
    ]


def _talent_columns():
    yield Column("", "总数", _people())
    for one, subs in SUB_CLASSES.items():
        yield Column(one.label, "小计", _people(one.value))
        for sub in subs:
            yield Column(one.label, sub.label, _people(one.value, sub.value), 12)
        yield Column(one.label, "未定小类", _people(one.value, ""))
    yield Column("", "未分类", _people(""))
    for value, label in RuralTalent.Origin.choices:
        yield Column("引育方式", label, _people(None, None, value))
    yield Column("引育方式", "未登记", _people(None, None, ""))


TALENT_COLUMNS = tuple(_talent_columns())
