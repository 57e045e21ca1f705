"""党内统计 “农村党建有关情况”: its 32 columns by place, and beneath them what villages have not told yet."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from awards import leaving
from awards.models import SafeguardRecord
from config.reports import conditions, teams
from config.reports.matrix import Column, Places, area, table
from core.parameters import UNSET
from core.periods import ended, in_force, year_to_date
from talent.models import Appointment, Background, Committee, EndReason, Post, ReserveCandidate, Stationing
from talent.models.appointment import POSTS_OF
from talent.parameters.reports import PAY_TIMES, RURAL_INCOME, VILLAGE_FUNDS
from training.models import Enrollment, TrainingSession
from villages.models import Village, VillageFigures, VillageLabel

Label, Source, EndKind = VillageLabel.Label, Background, Stationing.EndKind
ENGAGED = (EndReason.CIVIL_SERVANT, EndReason.PUBLIC_STAFF)
FUNDS_WAN = 1  # 一万元工作经费
ABOVE_TOWNSHIP = [level for level in TrainingSession.Level if level != TrainingSession.Level.TOWNSHIP]
RETURNED = (Source.MIGRANT_RETURNEE, Source.RETURNING_YOUTH)


@dataclass(frozen=True)
class Fact:
    """Something to count at a place, or an amount of it."""

    place: str
    what: str
    amount: float = 1


def _of(what):
    return lambda facts: sum(one.what == what for one in facts)


def _sum_of(what):
    return lambda facts: round(sum(one.amount for one in facts if one.what == what), 2)


def _mean_of(what):
    def mean(facts):
        amounts = [one.amount for one in facts if one.what == what]
        return round(sum(amounts) / len(amounts)) if amounts else None

    return mean


COLUMNS = (
    Column("基本情况", "建制村总数", _of("village")),
    Column("基本情况", "脱贫（原贫困）村数", _of(Label.FORMERLY_POOR), 10),
    Column("基本情况", "软弱涣散村数", _of(Label.WEAK)),
    Column("村党组织书记", "总人数", _of("secretary")),
    Column("村党组织书记", "致富带头人", _of(Source.PROSPEROUS)),
    Column("村党组织书记", "外出务工返乡人员", _of("returned"), 10),
    Column("村党组织书记", "专业合作组织负责人", _of(Source.COOPERATIVE_LEADER), 10),
    Column("村党组织书记", "大学生村官", _of(Source.VILLAGE_OFFICIAL)),
    Column("村党组织书记", "有书记后备人选的建制村", _of("reserve"), 11),
    Column("村党组织书记", "本年参加县级以上培训", _of("secretary_trained"), 11),
    Column("村党组织书记", "本年录用公务员、事业编", _of("engaged"), 10),
    Column("村党组织书记", "本年选拔进乡镇领导班子", _of(EndReason.TOWNSHIP_LEADER), 10),
    Column("第一书记", "选派数", _of("first")),
    Column("第一书记", "本年各级培训（人次）", _of("first_trained"), 10),
    Column("第一书记", "安排1万元经费的村", _of("funded"), 10),
    Column("第一书记", "责任项目资金捆绑的村", _of("bundled_projects"), 10),
    Column("第一书记", "本年提拔使用或晋级", _of(EndKind.PROMOTED), 10),
    Column("第一书记", "本年召回调整", _of(EndKind.RECALLED)),
    Column("基础保障", "运转、办公经费（万元）", _sum_of("office_funds"), 10),
    Column("基础保障", "基本报酬和办公经费达到标准的村", _of("funds_enough"), 12),
    Column("基础保障", "书记平均报酬（元/年）", _mean_of("pay"), 10),
    Column("基础保障", "书记报酬达到农民人均收入规定倍数的村", _of("pay_enough"), 13),
    Column("基础保障", "参加养老保险的书记", _of("pension"), 10),
    Column("基础保障", "符合离任生活补贴条件的离任书记", _of("leaving"), 12),
    Column("基础保障", "落实小组长误工补贴的村", _of("leader_subsidy"), 10),
    Column("基础保障", "无集体经济收入的村", _of("no_income"), 10),
    Column("基础保障", "暂无活动场所的村", _of("no_venue")),
    Column("基础保障", "活动场所200㎡以上的村", _of("large_venue"), 10),
    Column("基础保障", "本年新建改扩建", _of("venue_built")),
    Column("基础保障", "五小场所齐全的村", _of("five_rooms")),
    Column("补充资料", "实行“四议两公开”的村", _of("open_decisions"), 10),
    Column("补充资料", "成立村务监督委员会的村", _of("supervised"), 11),
)


def sheet(user, on, code=None):
    """The rural sheet. One query per source."""
    villages = Village.objects.visible_to(user).existing(on).filter(kind=Village.Kind.VILLAGE)
    villages = villages.below(code) if code else villages
    codes = set(villages.values_list("code", flat=True).order_by("code"))
    facts = [Fact(place, "village") for place in codes]
    parts = (_labels, _secretaries, _reserves, _first_secretaries, _gone, _left, _incomes, _pensioners)
    for part in parts:
        facts += [fact for fact in part(user, on, code) if fact.place in codes]
    kept = conditions.kept(user, on, code)
    facts += [Fact(*one) for one in conditions.facts(kept, on) if one[0] in codes]
    told = f"{area(user, code)}　{on:%Y-%m-%d} 时点　单位：个、人"
    title = "农村党建有关情况统计表"
    foot = [*notes(on), *conditions.told(kept, codes)]
    return [table(title, Places.of(user, on, code), facts, _columns(on), told=told, foot=foot, name="农村党建有关情况")]


# The columns that count by an amount which the county sets.
BY_AMOUNT = {
    "基本报酬和办公经费达到标准的村": VILLAGE_FUNDS,
    "书记报酬达到农民人均收入规定倍数的村": RURAL_INCOME,
}


def _columns(on):
    """The columns of the day; one that counts by an amount that the county has not set says so in place of a number."""
    unset = {label for label, one in BY_AMOUNT.items() if one.value(on) is None}
    return [replace(one, count=lambda facts: UNSET) if one.label in unset else one for one in COLUMNS]


def _unset(on):
    """What the county has to set before the columns that count by it hold numbers."""
    lacking = [(label, one) for label, one in BY_AMOUNT.items() if one.value(on) is None]
    if not lacking:
        return []
    named = "；".join(f"“{label}”要先设“{one.label.removeprefix('党内统计：')}”" for label, one in lacking)
    return [f"{UNSET}：{named}。系统没有默认值，请县委组织部在“参数设置”里填本县的数，并写明依据。"]


def notes(on):
    """What the columns count, in words, with the county's own numbers."""
    return [
        f"说明：本表 {len(COLUMNS)} 栏，只计建制村，不含社区；书记来源为档案中的人员来源，档案没有的取列入后备时登记的来源；培训、录用、选拔、"
        "提拔、召回为本年 1 月 1 日至时点。",
        f"标准：基本报酬和办公经费每村不少于 {_amount(VILLAGE_FUNDS, on)}；书记报酬不少于农民人均收入 {_amount(RURAL_INCOME, on)}的 "
        f"{PAY_TIMES.value(on)} 倍（见“参数设置”）。报酬、养老保险取“保障”里最近一年的记录。",
        "经费、场所、误工补贴、资金捆绑、“四议两公开”、集体经济收入取“行政村基本情况表”；以上级当年下发的表样为准。",
        *_unset(on),
    ]


def _amount(one, on):
    value = one.value(on)
    return f"（{UNSET}）" if value is None else f"{value:,} {one.unit}"


def _seen(model, user, code):
    rows = model.objects.visible_to(user)
    return rows.below(code) if code else rows


def _labels(user, on, code) -> Iterable[Fact]:
    held = _seen(VillageLabel, user, code).filter(in_force(on), label__in=(Label.FORMERLY_POOR, Label.WEAK))
    return [Fact(*row) for row in held.order_by("village_id", "label").values_list("village_id", "label").distinct()]


def _secretaries(user, on, code):
    """Secretaries, where they came from, who of them was trained, what they are paid; villages with a supervision committee."""
    held = teams.seats(user, on, code)
    secretaries = teams.members(held, {Post.PARTY_SECRETARY}, on)
    people = {one.person for one in secretaries}
    trained = set(_trained(on, people, session__level__in=ABOVE_TOWNSHIP))
    paid = conditions.pay(people, on)
    pension = set(
        SafeguardRecord.objects.covered("pension", on).filter(person__in=people).values_list("person", flat=True)
    )
    income = RURAL_INCOME.value(on)
    enough = None if income is None else income * PAY_TIMES.value(on)
    for one in secretaries:
        yield Fact(one.place, "secretary")
        if one.source:
            yield Fact(one.place, "returned" if one.source in RETURNED else one.source)
        if one.person in trained:
            yield Fact(one.place, "secretary_trained")
        if one.person in pension:
            yield Fact(one.place, "pension")
        if one.person in paid:
            yield Fact(one.place, "pay", paid[one.person])
            if enough is not None and paid[one.person] >= enough:
                yield Fact(one.place, "pay_enough")
    for place in {seat.village for seat in held if seat.post in POSTS_OF[Committee.SUPERVISION]}:
        yield Fact(place, "supervised")


def _left(user, on, code):
    """Secretaries who left in the year for the civil service, a public post or the leadership of a township."""
    seats = _seen(Appointment, user, code).filter(
        year_to_date(on, "end"), post=Post.PARTY_SECRETARY, end_reason__in=(*ENGAGED, EndReason.TOWNSHIP_LEADER)
    )
    rows = set(seats.order_by("pk").values_list("village_id", "person_id", "end_reason"))
    return [Fact(place, "engaged" if reason in ENGAGED else reason) for place, _, reason in sorted(rows)]


def _pensioners(user, on, code):
    """Former secretaries whose years prove the leaving allowance and against whom nothing stands."""
    seats = _seen(Appointment, user, code)
    former = set(seats.filter(ended(on), post=Post.PARTY_SECRETARY).order_by().values_list("person_id", flat=True))
    lines = leaving.lines(seats.filter(person__in=former), on)
    return [Fact(line.village.code, "leaving") for line in lines if line.person.pk in former and not line.against]


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
