"""村干部队伍结构分析表: who serves in the teams of villages, by place; and the same in one sentence to copy."""

import datetime
from collections import Counter
from dataclasses import dataclass
from functools import partial

from django.db.models import Min, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, NullIf

from config.reports import conditions
from config.reports.matrix import Column, Places, area, counting, table
from core import parameters
from core.periods import age_on, begun
from talent.models import (
    Appointment,
    Background,
    Committee,
    Education,
    EducationLevel,
    PoliticalStatus,
    Post,
    ReserveCandidate,
    Sex,
)
from talent.models.appointment import POSTS_OF, TWO_COMMITTEES
from talent.parameters.reports import AGE_BOUNDS, YEAR_BOUNDS, bands
from villages.models import Village
from villages.models.figures import PartyBody

SHEETS = (
    ("村党组织书记", frozenset({Post.PARTY_SECRETARY})),
    ("村（居）委会主任", frozenset({Post.VILLAGE_DIRECTOR})),
    ("村“两委”成员", frozenset(TWO_COMMITTEES)),
    ("村务监督委员会成员", frozenset(POSTS_OF[Committee.SUPERVISION])),
)
BOTH = frozenset({Post.PARTY_SECRETARY, Post.VILLAGE_DIRECTOR})  # 一肩挑
PARTY = frozenset({PoliticalStatus.PARTY_MEMBER, PoliticalStatus.PROBATIONARY})
LEVELS = (
    ("研究生", frozenset({EducationLevel.MASTER, EducationLevel.DOCTOR})),
    ("本科", EducationLevel.BACHELOR),
    ("大专", EducationLevel.JUNIOR_COLLEGE),
    ("高中、中专", frozenset({EducationLevel.SENIOR_MIDDLE, EducationLevel.SECONDARY_VOCATIONAL})),
    ("初中及以下", frozenset({EducationLevel.PRIMARY, EducationLevel.JUNIOR_MIDDLE})),
    ("未登记", None),
)
COLLEGE = frozenset(
    {EducationLevel.JUNIOR_COLLEGE, EducationLevel.BACHELOR, EducationLevel.MASTER, EducationLevel.DOCTOR}
)
SENIOR_MIDDLE = COLLEGE | {EducationLevel.SENIOR_MIDDLE, EducationLevel.SECONDARY_VOCATIONAL}
Source = Background  # has all that a reserve's source may be
SOURCES = (
    ("致富能手", Source.PROSPEROUS),
    ("返乡人员", frozenset({Source.RETURNING_YOUTH, Source.MIGRANT_RETURNEE})),
    ("退役军人", Source.VETERAN),
    ("合作社负责人", Source.COOPERATIVE_LEADER),
    ("高校毕业生", Source.GRADUATE),
    ("大学生村官", Source.VILLAGE_OFFICIAL),
    ("其他", Source.OTHER),
    ("未登记", frozenset({None, ""})),
)
NOTES = (
    "说明：一人在几个村、几个班子任职的，在每张表只计一次，计在职务最高的那个村；年龄、任职年限按时点满周岁、满年计算。",
    "学历为时点已取得的最高学历；来源为档案中的人员来源，档案没有的取列入后备时登记的来源；任职年限自首次担任村职务起算。",
)


@dataclass(frozen=True)
class Member:
    """Somebody of a team on a date; `place` is the village's code."""

    person: int
    place: str
    posts: frozenset
    sex: str
    is_minority: bool | None
    status: str
    age: int | None
    level: str | None
    source: str | None
    years: int
    is_both: bool
    is_cross: bool


@dataclass(frozen=True)
class Seat:
    """A post held on a date, with what the tables ask about its holder."""

    person: int
    village: str
    post: str
    sex: str
    ethnicity: str
    status: str
    born: datetime.date | None
    level: str | None
    source: str | None
    first: datetime.date


def seats(user, on, code=None):
    """Every seat of the three committees in force on `on`. One query."""
    posts = [post for own in POSTS_OF.values() for post in own]
    held = Appointment.objects.visible_to(user).serving(on).filter(post__in=posts)
    held = (held.below(code) if code else held).annotate(
        level=level_on(on),
        source=source_on(on),
        first=Subquery(
            Appointment.objects.filter(person=OuterRef("person")).order_by().values("person").annotate(first=Min("start")).values("first")
        ),
    )  # fmt: skip
    rows = held.order_by("village_id", "person_id", "pk").values_list(
        "person_id", "village_id", "post", "person__sex", "person__ethnicity", "person__political_status",
        "person__birth_date", "level", "source", "first",
    )  # fmt: skip
    return [Seat(*row) for row in rows]


def level_on(on):
    """The highest level that the person of a role row had completed by `on`, as an expression."""
    done = Education.objects.completed(on).filter(person=OuterRef("person")).order_by("-rank", "pk")
    return Subquery(done.values("level")[:1])


def source_on(on):
    """What the person of a role row was before: as the file says, else as told when last taken into the pool of reserves
    by `on`. An expression."""
    places = ReserveCandidate.objects.filter(begun(on), person=OuterRef("person")).exclude(source="")
    return Coalesce(
        NullIf("person__background", Value("")), Subquery(places.order_by("-start", "pk").values("source")[:1])
    )


def members(held, posts, on):
    """The people who hold one of `posts`, each once, at the place of the highest."""
    order, own, all_posts = {post: at for at, post in enumerate(Post.values)}, {}, {}
    for seat in held:
        all_posts.setdefault((seat.person, seat.village), set()).add(seat.post)
        if seat.post in posts:
            own.setdefault(seat.person, []).append(seat)
    return [
        _member(min(mine, key=lambda seat: (order[seat.post], seat.village)), mine, all_posts, on)
        for mine in own.values()
    ]


def _member(seat, mine, all_posts, on):
    here = [all_posts[seat.person, one.village] for one in mine]
    return Member(
        seat.person, seat.village, frozenset(one.post for one in mine), seat.sex,
        not seat.ethnicity.startswith("汉") if seat.ethnicity else None, seat.status,
        age_on(seat.born, on) if seat.born else None, seat.level, seat.source, age_on(seat.first, on),
        any(posts >= BOTH for posts in here),
        any(posts & {*POSTS_OF[Committee.PARTY]} and posts & {*POSTS_OF[Committee.VILLAGERS]} for posts in here),
    )  # fmt: skip


def structure(user, on, code=None):
    """The four sheets. Two queries and one for the bands."""
    with parameters.read_once(on):
        columns = _columns(on)
    held, places = seats(user, on, code), Places.of(user, on, code)
    told = f"{area(user, code)}　{on:%Y-%m-%d} 时点　单位：人、周岁"
    return [
        table(f"{name}队伍结构分析表", places, members(held, posts, on), columns, told=told, foot=NOTES, name=name)
        for name, posts in SHEETS
    ]


def _columns(on):
    sex, ethnicity, status = (partial(Column, group) for group in ("性别", "民族", "政治面貌"))
    return [
        Column("", "总数", len),
        sex("男", counting(sex=Sex.MALE)), sex("女", counting(sex=Sex.FEMALE)), sex("未登记", counting(sex="")),
        ethnicity("汉族", counting(is_minority=False)), ethnicity("少数民族", counting(is_minority=True)),
        ethnicity("未登记", counting(is_minority=None)),
        status("中共党员（含预备）", counting(status=PARTY)), status("共青团员", counting(status=PoliticalStatus.YOUTH_LEAGUE)),
        status("民主党派", counting(status=PoliticalStatus.DEMOCRATIC_PARTY)),
        status("群众", counting(status=PoliticalStatus.MASSES)), status("未登记", counting(status="")),
        *_banded("年龄", "age", AGE_BOUNDS.value(on)), Column("年龄", "未登记", counting(age=None)),
        *(Column("学历", label, counting(level=level)) for label, level in LEVELS),
        Column("任职", "一肩挑", counting(is_both=True)), Column("任职", "交叉任职", counting(is_cross=True)),
        *(Column("来源", label, counting(source=source)) for label, source in SOURCES),
        *_banded("任职年限（年）", "years", YEAR_BOUNDS.value(on)),
        Column("", "平均年龄", mean_age),
    ]  # fmt: skip


def _banded(group, name, bounds):
    for low, high, label in bands(bounds):
        yield Column(group, label, counting(**{name: frozenset(range(low, high + 1))}))


def mean_age(things):
    """The mean of the full years, one digit; None where no birth date is known."""
    ages = [thing.age for thing in things if thing.age is not None]
    return round(sum(ages) / len(ages), 1) if ages else None


# --- the same in one sentence

PERSONS = (
    ("女", lambda one: one.sex == Sex.FEMALE),
    ("高中（中专）及以上学历", lambda one: one.level in SENIOR_MIDDLE),
    ("大专及以上学历", lambda one: one.level in COLLEGE),
    ("35周岁及以下", lambda one: one.age is not None and one.age <= 35),
    ("60周岁及以上", lambda one: one.age is not None and one.age >= 60),
)


def narrative(user, on, code=None):
    """The paragraph that officers paste into Word; what villages have not told is not in it. Four queries."""
    villages = Village.objects.visible_to(user).existing(on)
    villages = villages.below(code) if code else villages
    kinds = Counter(villages.values_list("kind", flat=True))
    held = seats(user, on, code)
    secretaries, cadres = (members(held, posts, on) for posts in (SHEETS[0][1], SHEETS[2][1]))
    directors = members(held, SHEETS[1][1], on)
    codes = set(villages.filter(kind=Village.Kind.VILLAGE).values_list("code", flat=True).order_by())
    return (
        f"截至{on.year}年{on.month}月{on.day}日，{area(user, code)}有建制村 {kinds[Village.Kind.VILLAGE]} 个、"
        f"社区 {kinds[Village.Kind.COMMUNITY]} 个{_bodies(conditions.kept(user, on, code), codes, on)}。村（社区）党组织书记共 {len(secretaries)} 人，其中{_among(secretaries)}；"
        f"村（居）委会主任共 {len(directors)} 人，其中{_among(directors)}；书记、主任由一人兼任的 {sum(one.is_both for one in secretaries)} 人。"
        f"村“两委”成员共 {len(cadres)} 人，其中{_among(cadres)}，中共党员 {sum(one.status in PARTY for one in cadres)} 人，"
        f"党组织和村（居）委会交叉任职 {sum(one.is_cross for one in cadres)} 人。"
    )


def _bodies(kept, codes, on):
    """How the party organisations of the villages `codes` are set up and who took in no member in three years."""
    told = [kept[code] for code in codes if code in kept]
    bodies = Counter(one["party_body"] for one in told if "party_body" in one)
    years = range(on.year - conditions.YEARS_BACK, on.year + 1)
    counted = [one["joined"] for one in told if all(year in one["joined"] for year in years)]
    said = ""
    if bodies:
        said += "。建制村中" + "、".join(f"建立{label}的 {bodies[value]} 个" for value, label in PartyBody.choices)
    if counted:
        said += f"；三年没有发展党员的 {sum(not any(one.values()) for one in counted)} 个"
    return said


def _among(people):
    return "、".join(f"{label} {sum(map(is_one, people))} 人" for label, is_one in PERSONS)
