"""驻村: who has been sent into villages, by place."""

from dataclasses import dataclass

from config.reports import listed, teams
from config.reports.matrix import Column, Places, adding, area, counting, table
from core.periods import year_to_date
from talent.models import Sex, Stationing
from talent.models.stationing import TEAM_ROLES

Role, Level, EndKind = Stationing.Role, Stationing.UnitLevel, Stationing.EndKind
NOTES = (
    "说明：在村人数为时点在岗的第一书记、工作队队长和队员，一人几个驻村职务的计一次，按较高的职务计；科技特派员另列。",
    "应派村为脱贫村、软弱涣散村、乡村振兴重点村等（类别见“参数设置”）；轮换、召回、提拔为本年 1 月 1 日至时点离任的人。",
)


@dataclass(frozen=True)
class Stay:
    """Somebody in a village on the date, once."""

    place: str
    role: str
    level: str
    sex: str
    is_member: bool
    is_transferred: bool
    is_insured: bool
    is_over: bool
    funds: float


@dataclass(frozen=True)
class Gone:
    """Somebody whose stay ended in the year."""

    place: str
    kind: str


def _stays(count):
    return lambda things: count([thing for thing in things if isinstance(thing, Stay) and thing.role in TEAM_ROLES])


def _stay(**wanted):
    return _stays(counting(**wanted))


def _gone(kind):
    return lambda things: sum(isinstance(thing, Gone) and thing.kind == kind for thing in things)


def _specialists(things):
    return sum(isinstance(thing, Stay) and thing.role == Role.SPECIALIST for thing in things)


COLUMNS = (
    Column("第一书记选派", "应派村数", listed.of("required")),
    Column("第一书记选派", "已派村数", listed.of("sent")),
    Column("第一书记选派", "未派村数", listed.of("unsent")),
    Column("在村人数", "合计", _stays(len)),
    *(Column("在村人数", role.label, _stay(role=role.value), 10) for role in TEAM_ROLES),
    *(Column("派出单位", level.label, _stay(level=level.value)) for level in Level),
    Column("派出单位", "未登记", _stay(level="")),
    Column("其中", "女", _stay(sex=Sex.FEMALE.value)),
    Column("其中", "中共党员（含预备）", _stay(is_member=True), 10),
    Column("其中", "组织关系已转接", _stay(is_transferred=True), 10),
    Column("其中", "已办保险和体检", _stay(is_insured=True), 10),
    Column("其中", "到期未轮换", _stay(is_over=True), 10),
    Column("", "工作经费（万元）", _stays(lambda stays: round(adding("funds")(stays), 4)), 10),
    *(Column("本年离任", label, _gone(kind)) for kind, label in EndKind.choices),
    Column("", "科技特派员", _specialists, 10),
)


def sheet(user, on, code=None):
    """The sheet of a date. Queries do not grow."""
    things = [*_people(user, on, code), *_left(user, on, code)]
    for part, what in (("denominator", "required"), ("numerator", "sent"), ("missing", "unsent")):
        things += listed.rows("first_secretaries_sent", user, on, code, part, what)
    told = f"{area(user, code)}　{on:%Y-%m-%d} 时点　单位：个、人"
    title = "驻村第一书记和工作队情况统计表"
    return [table(title, Places.of(user, on, code), things, COLUMNS, told=told, foot=NOTES, name="驻村情况")]


def _seen(user, code):
    rows = Stationing.objects.visible_to(user)
    return rows.below(code) if code else rows


def _people(user, on, code):
    """Everybody once, teams and specialists apart, by the highest post."""
    order, found = {role: at for at, role in enumerate(Role.values)}, {}
    for stay in _seen(user, code).serving(on).select_related("person").order_by("village_id", "pk"):
        key = stay.person_id, stay.role == Role.SPECIALIST
        if key not in found or order[stay.role] < order[found[key].role]:
            found[key] = stay
    return [_thing(stay, on) for stay in found.values()]


def _thing(stay, on):
    return Stay(
        stay.village_id, stay.role, stay.unit_level, stay.person.sex, stay.person.political_status in teams.PARTY,
        stay.party_transferred, stay.insured, stay.due is not None and stay.due < on, float(stay.funds_wan or 0),
    )  # fmt: skip


def _left(user, on, code):
    ended = _seen(user, code).filter(year_to_date(on, "end"), role__in=TEAM_ROLES).exclude(end_kind="")
    rows = ended.order_by("village_id", "person_id", "pk").values_list("person_id", "village_id", "end_kind")
    return [
        Gone(place, kind) for place, kind in {(person, kind): (place, kind) for person, place, kind in rows}.values()
    ]
