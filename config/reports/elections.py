"""村民委员会选举情况: who was elected in the round begun last, by place, as the civil affairs office asks."""

from dataclasses import dataclass

from config.reports import teams
from config.reports.matrix import Column, Places, area, counting, table
from core.periods import age_on, begun, dated_by
from talent.models import Appointment, Committee, ElectionBallot, ElectionRound, ElectionVillage, Sex
from talent.models.appointment import POSTS_OF, How

NOTES = (
    "台账里没有、须另行填报的栏（留空）：村民小组长、村民代表。",
    "说明：当选为本轮选出的村（居）委会成员，按人计，不论时点是否仍在任；连选连任指当选前在本村任过村（居）委会职务；年龄、学历按当选日，来源为档案中的人员来源，档案没有的取列入后备时登记的来源。",
)


@dataclass(frozen=True)
class Place:
    """A village of the round."""

    place: str
    is_elected: bool


@dataclass(frozen=True)
class Elected:
    """Somebody elected into the villagers' committee of the village `place`."""

    place: str
    person: int
    sex: str
    status: str
    age: int | None
    level: str | None
    source: str | None
    is_again: bool
    is_both: bool
    is_cross: bool


def _of(kind, count):
    return lambda things: count([thing for thing in things if isinstance(thing, kind)])


def _elected(**wanted):
    return _of(Elected, counting(**wanted) if wanted else len)


COLUMNS = (
    Column("村数", "应选举", _of(Place, len)),
    Column("村数", "已选举", _of(Place, counting(is_elected=True))),
    Column("", "当选总数", _elected()),
    Column("其中", "妇女", _elected(sex=Sex.FEMALE)),
    Column("其中", "中共党员", _elected(status=teams.PARTY)),
    Column("其中", "连选连任", _elected(is_again=True)),
    Column("其中", "新当选", _elected(is_again=False)),
    Column("年龄", "30岁以下", _elected(age=frozenset(range(30)))),
    Column("年龄", "30–59岁", _elected(age=frozenset(range(30, 60)))),
    Column("年龄", "60岁及以上", _elected(age=frozenset(range(60, 200)))),
    Column("年龄", "未登记", _elected(age=None)),
    Column("", "大专及以上", _elected(level=teams.COLLEGE)),
    Column("", "与党组织交叉任职", _elected(is_cross=True), 10),
    Column("", "书记主任一人兼", _elected(is_both=True), 10),
    *(Column("来源", label, _elected(source=source)) for label, source in teams.SOURCES),
    Column("", "村民小组长"),
    Column("", "村民代表"),
)


def sheet(user, on, code=None):
    """The sheet of the general election begun last; a sheet without villages where there was none. Queries do not grow."""
    rounds = ElectionRound.objects.visible_to(user).latest(on)
    held = list(rounds.order_by("division_id", "pk").values_list("pk", "name", "incoming_id"))
    things = [*_places(user, on, code, [pk for pk, *_ in held]), *_winners(user, on, code, [term for *_, term in held])]
    names = "、".join(dict.fromkeys(name for _, name, _ in held)) or "还没有换届"
    told = f"{area(user, code)}　{names}　截至 {on:%Y-%m-%d}　单位：个、人"
    title = "村（居）民委员会选举情况统计表"
    return [table(title, Places.of(user, on, code), things, COLUMNS, told=told, foot=NOTES, name="选举情况")]


def _places(user, on, code, rounds):
    rows = ElectionVillage.objects.visible_to(user).filter(round__in=rounds)
    rows = rows.below(code) if code else rows
    voted = ElectionBallot.objects.filter(dated_by(on, "held_on"), place__in=rows, committee=Committee.VILLAGERS)
    done = set(voted.values_list("place_id", flat=True))
    return [Place(village, pk in done) for pk, village in rows.order_by("village_id").values_list("pk", "village_id")]


def _winners(user, on, code, terms):
    """The first seat of each person in the villagers' committee by election into one of the terms."""
    own = Appointment.objects.visible_to(user).filter(begun(on))
    won = (own.below(code) if code else own).filter(
        term__in=terms, how=How.ELECTED, post__in=POSTS_OF[Committee.VILLAGERS]
    )
    won = won.annotate(level=teams.level_on(on), source=teams.source_on(on)).order_by(
        "village_id", "person_id", "start", "pk"
    )
    first = {}
    for seat in won.select_related("person"):
        first.setdefault(seat.person_id, seat)
    history = (
        own.filter(person__in=list(first)).order_by("pk").values_list("person_id", "village_id", "post", "start", "end")
    )
    posts = {}
    for person, village, *post in history:
        posts.setdefault((person, village), []).append(post)
    return [_winner(seat, posts[seat.person_id, seat.village_id]) for seat in first.values()]


def _winner(seat, history):
    person = seat.person
    together = {post for post, start, end in history if start <= seat.start and (end is None or end >= seat.start)}
    return Elected(
        seat.village_id, seat.person_id, person.sex, person.political_status,
        age_on(person.birth_date, seat.start) if person.birth_date else None, seat.level, seat.source,
        any(post in POSTS_OF[Committee.VILLAGERS] and start < seat.start for post, start, _ in history),
        together >= teams.BOTH, bool(together & {*POSTS_OF[Committee.PARTY]}),
    )  # fmt: skip
