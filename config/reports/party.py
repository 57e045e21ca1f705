"""党内统计 “农村党建有关情况”: what the ledger knows of it; what it does not know stays empty and is named."""

from collections.abc import Iterable
from dataclasses import dataclass

from config.reports import teams
from config.reports.matrix import Column, Places, area, table
from core.periods import in_force, year_to_date
from talent.models import Committee, Post, ReserveCandidate, Stationing
from talent.models.appointment import POSTS_OF
from training.models import Enrollment, TrainingSession
from villages.models import Village, VillageFigures, VillageLabel

Label, Source, EndKind = VillageLabel.Label, ReserveCandidate.Source, Stationing.EndKind
FUNDS_WAN = 1  # 一万元工作经费
ABOVE_TOWNSHIP = [level for level in TrainingSession.Level if level != TrainingSession.Level.TOWNSHIP]
RETURNED = (Source.MIGRANT_RETURNEE, Source.RETURNING_YOUTH)


@dataclass(frozen=True)
class Fact:
    """Something to count at a place."""

    place: str
    what: str


def _of(what):
    return lambda facts: sum(one.what == what for one in facts)


COLUMNS = (
    Column("基本情况", "建制村总数", _of("village")),
    Column("基本情况", "脱贫（原贫困）村数", _of(Label.FORMERLY_POOR), 10),
    Column("基本情况", "软弱涣散村数", _of(Label.WEAK)),
    Column("村党组织书记", "总人数", _of("secretary")),
    Column("村党组织书记", "致富带头人", _of(Source.PROSPEROUS)),
    Column("村党组织书记", "外出务工返乡人员", _of("returned"), 10),
    Column("村党组织书记", "专业合作组织负责人", _of(Source.COOPERATIVE_LEADER), 10),
    Column("村党组织书记", "大学生村官"),
    Column("村党组织书记", "有书记后备人选的建制村", _of("reserve"), 11),
    Column("村党组织书记", "本年参加县级以上培训", _of("secretary_trained"), 11),
    Column("村党组织书记", "录用公务员、事业编"),
    Column("村党组织书记", "选拔乡镇领导"),
    Column("第一书记", "选派数", _of("first")),
    Column("第一书记", "本年各级培训（人次）", _of("first_trained"), 10),
    Column("第一书记", "安排1万元经费的村", _of("funded"), 10),
    Column("第一书记", "责任项目资金捆绑的村"),
    Column("第一书记", "本年提拔使用或晋级", _of(EndKind.PROMOTED), 10),
    Column("第一书记", "本年召回调整", _of(EndKind.RECALLED)),
    Column("基础保障", "运转、办公经费"),
    Column("基础保障", "书记平均报酬"),
    Column("基础保障", "无集体经济收入的村", _of("no_income"), 10),
    Column("基础保障", "暂无活动场所的村"),
    Column("基础保障", "活动场所200㎡以上的村"),
    Column("基础保障", "本年新建改扩建"),
    Column("基础保障", "五小场所齐全的村"),
    Column("补充资料", "实行“四议两公开”的村"),
    Column("补充资料", "成立村务监督委员会的村", _of("supervised"), 11),
)
UNKNOWN = "、".join(column.label for column in COLUMNS if column.count is None)
NOTES = (
    f"台账里没有、须另行填报的栏（留空）：{UNKNOWN}。",
    "说明：只计建制村，不含社区；书记来源为其列入后备时登记的人员来源；培训为本年 1 月 1 日至时点；无集体经济收入按截至时点最近一个年度的数据，没有数据的村不计。",
    "本表按 27 栏常用表样，以上级当年下发的表样为准。",
)


def sheet(user, on, code=None):
    """The rural sheet. One query per source."""
    villages = Village.objects.visible_to(user).existing(on).filter(kind=Village.Kind.VILLAGE)
    villages = villages.below(code) if code else villages
    codes = set(villages.values_list("code", flat=True).order_by("code"))
    facts = [Fact(place, "village") for place in codes]
    for part in (_labels, _secretaries, _reserves, _first_secretaries, _gone, _incomes):
        facts += [fact for fact in part(user, on, code) if fact.place in codes]
    told = f"{area(user, code)}　{on:%Y-%m-%d} 时点　单位：个、人"
    title = "农村党建有关情况统计表"
    return [table(title, Places.of(user, on, code), facts, COLUMNS, told=told, foot=NOTES, name="农村党建有关情况")]


def _seen(model, user, code):
    rows = model.objects.visible_to(user)
    return rows.below(code) if code else rows


def _labels(user, on, code) -> Iterable[Fact]:
    held = _seen(VillageLabel, user, code).filter(in_force(on), label__in=(Label.FORMERLY_POOR, Label.WEAK))
    return [Fact(*row) for row in held.order_by("village_id", "label").values_list("village_id", "label").distinct()]


def _secretaries(user, on, code):
    """Secretaries, where they came from, who of them was trained; villages with a supervision committee."""
    held = teams.seats(user, on, code)
    secretaries = teams.members(held, {Post.PARTY_SECRETARY}, on)
    trained = set(_trained(on, {one.person for one in secretaries}, session__level__in=ABOVE_TOWNSHIP))
    for one in secretaries:
        yield Fact(one.place, "secretary")
        if one.source:
            yield Fact(one.place, "returned" if one.source in RETURNED else one.source)
        if one.person in trained:
            yield Fact(one.place, "secretary_trained")
    for place in {seat.village for seat in held if seat.post in POSTS_OF[Committee.SUPERVISION]}:
        yield Fact(place, "supervised")


def _trained(on, people, **more):
    """The person of every attendance of `people` in the year so far."""
    found = Enrollment.objects.trained().filter(year_to_date(on, "session__start"), person__in=people, **more)
    return found.order_by("pk").values_list("person_id", flat=True)


def _reserves(user, on, code):
    pool = _seen(ReserveCandidate, user, code).in_pool(on).filter(target=ReserveCandidate.Target.SECRETARY)
    return [Fact(place, "reserve") for place in set(pool.values_list("village_id", flat=True))]


def _first_secretaries(user, on, code):
    stays = _seen(Stationing, user, code).serving(on).filter(role=Stationing.Role.FIRST_SECRETARY)
    rows = list(stays.order_by("village_id", "pk").values_list("person_id", "village_id", "funds_wan"))
    places = {person: place for person, place, _ in reversed(rows)}
    yield from (Fact(place, "first") for place in places.values())
    yield from (Fact(place, "funded") for place in {place for _, place, funds in rows if funds and funds >= FUNDS_WAN})
    yield from (Fact(places[person], "first_trained") for person in _trained(on, set(places)))


def _gone(user, on, code):
    stays = _seen(Stationing, user, code).filter(
        year_to_date(on, "end"), role=Stationing.Role.FIRST_SECRETARY, end_kind__in=(EndKind.PROMOTED, EndKind.RECALLED)
    )
    return [Fact(*row) for row in stays.order_by("village_id", "pk").values_list("village_id", "end_kind")]


def _incomes(user, on, code):
    rows = _seen(VillageFigures, user, code).filter(year__lte=on.year, collective_income_wan__isnull=False)
    latest = rows.order_by("village_id", "-year").distinct("village_id")
    return [
        Fact(place, "no_income")
        for place, income in latest.values_list("village_id", "collective_income_wan")
        if not income
    ]
