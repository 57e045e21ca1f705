"""Checks of village teams, reserves and personal files. The county sets the thresholds (talent/parameters/teams.py)."""

from django.db.models import (
    Case,
    Count,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    Q,
    Subquery,
    TextField,
    Value,
    When,
    Window,
)
from django.db.models.functions import Cast, Coalesce, Concat, Greatest

from core.indicators import Rows
from core.periods import at_least, at_most, dated_before, in_force, months_before, years_after
from core.rules import rule
from talent.indicators.reserves import villages_with_reserves
from talent.indicators.sources import people_per_village, person_of
from talent.models import Appointment, Committee, Kinship, Person, PoliticalStatus, Post, Sex
from talent.models.appointment import POSTS_OF, TWO_COMMITTEES
from talent.parameters import teams
from talent.parameters.teams import CHARTER, GRASSROOTS, LAW, LOCAL
from talent.vacancies import SEATS, first_held, short_of, with_last_full
from villages.indicators import village_rows
from villages.models import Village, VillageFigures


def with_team(on):
    """Existing villages and communities where at least one two-committee cadre serves: the others are not yet recorded."""
    return Village.objects.existing(on).filter(
        Exists(Appointment.objects.cadres(on).filter(village_id=OuterRef("code")))
    )


def without(on, **conditions):
    """Villages with a team in which no two-committee cadre meets the conditions."""
    there = Appointment.objects.cadres(on).filter(village_id=OuterRef("code"), **conditions)
    return with_team(on).filter(~Exists(there))


def secretaries(on):
    return Appointment.objects.serving(on).filter(post=Post.PARTY_SECRETARY)


@rule(
    "secretary_vacant", "书记空缺", severity="error", basis=f"{GRASSROOTS}；空缺超过 3 个月是软弱涣散村的排查情形",
    message="{where}党组织书记空缺，请尽快补齐。上一任离任日期：{上一任离任}。",
)  # fmt: skip
def secretary_vacant(on):
    before = Appointment.objects.filter(village_id=OuterRef("code"), post=Post.PARTY_SECRETARY, end__isnull=False)
    vacant = without(on, post=Post.PARTY_SECRETARY)
    left = Subquery(before.filter(~in_force(on)).order_by("-end").values("end")[:1])
    return village_rows(vacant.annotate(left=left), details={"上一任离任": "left"})


@rule(
    "seats_vacant_long", "“两委”职数长期空缺", severity="warn", basis=teams.VACANT_MONTHS.basis,
    message="{where}“两委”职数空缺超过 {月数} 个月：{空缺}。请补选，或核对核定职数。",
)  # fmt: skip
def seats_vacant_long(on):
    """A committee that was not full on any day since; one that never was, as far back as its posts are registered."""
    months = teams.VACANT_MONTHS.value(on)
    lacking = [_lacking(body, on, months) for body in SEATS]
    empty = Func(Value("；"), *lacking, function="concat_ws", output_field=TextField())
    long = with_team(on).annotate(months=Value(months), empty=empty)
    return village_rows(long.exclude(empty=""), details={"月数": "months", "空缺": "empty"})


def _lacking(body, on, months):
    """An expression on Village: what the committee lacks and since when, null where it is full or was of late."""
    short = with_last_full(short_of(Village.objects.filter(pk=OuterRef("pk")), body, on), body, on)
    first_empty = ExpressionWrapper(F("full") + Value(1), output_field=DateField())
    since = Case(
        When(full=None, then=Value("从未登记满员")),
        default=Concat(Cast(first_empty, TextField()), Value(" 起未满员")), output_field=TextField(),
    )  # fmt: skip
    told = Concat(
        Value(f"{body.label}核定 "), Cast("seats", TextField()), Value(" 职、在任 "), Cast("filled", TextField()),
        Value(" 人，"), since, output_field=TextField(),
    )  # fmt: skip
    known = short.annotate(last=Coalesce("full", first_held(body, on)))
    return Subquery(known.filter(dated_before(months_before(on, months), "last")).values_list(told)[:1])


@rule(
    "secretary_not_member", "书记不是中共正式党员", severity="error", basis=CHARTER,
    message="{where}党组织书记{label}的政治面貌为{政治面貌}，应由正式党员担任，请核对。",
)  # fmt: skip
def secretary_not_member(on):
    wrong = secretaries(on).exclude(person__political_status=PoliticalStatus.PARTY_MEMBER)
    return person_of(wrong, details={"政治面貌": "person__political_status"})


@rule(
    "committee_size", "村委会人数不合规定", severity="error", basis=f"{LAW}：主任、副主任和委员共三至七人",
    message="{where}村（居）委会在任 {在任人数} 人，应为 {最少} 至 {最多} 人。",
)  # fmt: skip
def committee_size(on):
    sized = with_team(on).annotate(
        size=people_per_village(Appointment.objects.serving(on).filter(post__in=POSTS_OF[Committee.VILLAGERS])),
        low=Value(teams.COMMITTEE_LOW.value(on)),
        high=Value(teams.COMMITTEE_HIGH.value(on)),
    )
    wrong = sized.filter(Q(size__lt=F("low")) | Q(size__gt=F("high")))
    return village_rows(wrong, details={"在任人数": "size", "最少": "low", "最多": "high"})


@rule(
    "party_committee_large", "村党组织班子人数过多", severity="warn", basis=f"{GRASSROOTS}：支部委员会一般不超过七人",
    message="{where}党组织班子在任 {在任人数} 人，不应多于 {最多} 人。",
)  # fmt: skip
def party_committee_large(on):
    sized = with_team(on).annotate(
        size=people_per_village(Appointment.objects.serving(on).filter(post__in=POSTS_OF[Committee.PARTY])),
        high=Value(teams.PARTY_HIGH.value(on)),
    )
    return village_rows(sized.filter(size__gt=F("high")), details={"在任人数": "size", "最多": "high"})


@rule(
    "seats_above_population", "核定职数多于按人口的职数", severity="info", basis=teams.BY_POPULATION,
    message="{where}户籍人口 {人口} 人，村（居）委会核定 {核定职数} 职，按人口不多于 {应为} 职。",
)  # fmt: skip
def seats_above_population(on):
    """By the latest yearly figures known on the day; without a population nothing is said."""
    latest = VillageFigures.objects.filter(village=OuterRef("code"), year__lte=on.year, population__isnull=False)
    known = Village.objects.existing(on).with_seats(on)
    known = known.annotate(residents=Subquery(latest.order_by("-year").values("population")[:1]))
    limited = known.annotate(
        limit=Case(
            When(residents__gt=teams.LARGE_VILLAGE.value(on), then=Value(teams.LARGE_SEATS.value(on))),
            When(residents__lt=teams.SMALL_VILLAGE.value(on), then=Value(teams.SMALL_SEATS.value(on))),
            default=Value(teams.MIDDLE_SEATS.value(on)),
        )
    )
    wrong = limited.filter(residents__isnull=False, committee_seats_on__gt=F("limit"))
    return village_rows(wrong, details={"人口": "residents", "核定职数": "committee_seats_on", "应为": "limit"})


@rule(
    "no_woman", "班子中女性不足", severity="warn", basis=f"{LAW}：村民委员会成员中，应当有妇女成员",
    message="{where}“两委”班子中有女性 {女} 人，应不少于 {应有} 人。",
)  # fmt: skip
def no_woman(on):
    return _too_few(on, teams.WOMEN, {"女": "count", "应有": "floor"}, person__sex=Sex.FEMALE)


def _too_few(on, floor, details, *conditions, **more):
    """Villages with a team in which fewer than the parameter `floor` two-committee cadres meet the conditions."""
    there = Appointment.objects.cadres(on).filter(*conditions, **more)
    counted = with_team(on).annotate(count=people_per_village(there), floor=Value(floor.value(on)))
    return village_rows(
        counted.annotate(age=Value(teams.YOUNG.value(on))).filter(count__lt=F("floor")), details=details
    )


@rule(
    "no_young", "年轻干部不足", severity="info", basis=LOCAL,
    message="{where}“两委”班子中 {年龄} 周岁及以下的干部有 {实有} 人，应不少于 {应有} 人。",
)  # fmt: skip
def no_young(on):
    young = at_most(teams.YOUNG.value(on), on, "person__birth_date")
    return _too_few(on, teams.YOUNG_PEOPLE, {"年龄": "age", "实有": "count", "应有": "floor"}, young)


@rule(
    "secretary_age", "书记到年龄提示线", severity="warn", basis=LOCAL,
    message="{where}党组织书记{label}已年满 {年龄} 周岁（{出生日期} 出生）。",
)  # fmt: skip
def secretary_age(on):
    line = teams.SECRETARY_AGE.value(on)
    old = secretaries(on).filter(at_least(line, on, "person__birth_date")).annotate(line=Value(line))
    return person_of(old, details={"年龄": "line", "出生日期": "person__birth_date"})


@rule(
    "reserve_shortfall", "后备干部不足", severity="warn", basis="村级后备干部配备比例：书记 1:2，其他村干部 1:1",
    message="{where}后备干部缺 {缺} 名：书记后备 {书记实有}/{书记应备}，其他 {其他实有}/{其他应备}。",
)  # fmt: skip
def reserve_shortfall(on):
    short = villages_with_reserves(on).filter(code__in=with_team(on).values("code")).annotate(
        short=Greatest(F("secretary_need") - F("secretary_have"), Value(0))
        + Greatest(F("other_need") - F("other_have"), Value(0))
    )  # fmt: skip
    details = {
        "缺": "short", "书记实有": "secretary_have", "书记应备": "secretary_need",
        "其他实有": "other_have", "其他应备": "other_need",
    }  # fmt: skip
    return village_rows(short.filter(short__gt=0), details=details)


@rule(
    "supervision_conflict", "监委会成员兼任村委会职务", severity="error",
    basis=f"{LAW}：村民委员会成员及其近亲属不得担任村务监督机构成员",
    message="{where}{label}同时担任{监委会职务}和村（居）委会职务，请调整。",
)  # fmt: skip
def supervision_conflict(on):
    other = Appointment.objects.serving(on).filter(
        person=OuterRef("person"), village=OuterRef("village"), post__in=POSTS_OF[Committee.VILLAGERS]
    )
    both = Appointment.objects.serving(on).filter(Exists(other), post__in=POSTS_OF[Committee.SUPERVISION])
    return person_of(both, details={"监委会职务": "post"})


@rule(
    "id_missing", "在任干部没有身份证号", severity="error", basis="一人一档：人员以公民身份号码识别",
    message="{where}{职务}{label}没有登记身份证号，请补填。",
)  # fmt: skip
def id_missing(on):
    return person_of(Appointment.objects.serving(on).filter(person__id_digest__isnull=True), details={"职务": "post"})


@rule(
    "birth_missing", "在任干部没有出生日期", severity="warn", basis="年龄类指标按出生日期计算",
    message="{where}{职务}{label}没有出生日期，年龄类指标没有计入此人。",
)  # fmt: skip
def birth_missing(on):
    return person_of(Appointment.objects.serving(on).filter(person__birth_date__isnull=True), details={"职务": "post"})


@rule(
    "party_joined_early", "入党时未满最低年龄", severity="warn", basis=f"{CHARTER}第一条：年满十八岁可以申请入党",
    message="{where}{label}的入党时间 {入党时间} 早于 {年龄} 周岁（{出生日期} 出生），请核对。",
)  # fmt: skip
def party_joined_early(on):
    age = teams.PARTY_AGE.value(on)
    people = Person.objects.filter(_serves(on), party_joined__lt=years_after("birth_date", age))
    return _people(people.annotate(least=Value(age)), 年龄="least", 入党时间="party_joined", 出生日期="birth_date")


@rule(
    "party_joined_missing", "党员没有入党时间", severity="info", basis="一人一档：党员须登记入党时间",
    message="{where}{label}的政治面貌为{政治面貌}，没有登记入党时间。",
)  # fmt: skip
def party_joined_missing(on):
    member = (PoliticalStatus.PARTY_MEMBER, PoliticalStatus.PROBATIONARY)
    people = Person.objects.filter(_serves(on), political_status__in=member, party_joined=None)
    return _people(people, 政治面貌="political_status")


@rule(
    "same_name_and_birth", "同名同生日的两份档案", severity="info", basis="一人一档：同一人不应有两份档案",
    message="{where}{label}（{出生日期} 出生）与另一份档案同名同生日，请核对是否同一人。",
)  # fmt: skip
def same_name_and_birth(on):
    """Counted inside the scope only: a clerk learns nothing about other townships' files."""
    files = Window(Count("pk"), partition_by=[F("name"), F("birth_date")])
    twins = Person.objects.filter(birth_date__isnull=False).annotate(files=files).filter(files__gt=1)
    return _people(twins, 出生日期="birth_date")


def _serves(on):
    return Exists(Appointment.objects.serving(on).filter(person=OuterRef("pk")))


def _people(queryset, **details):
    return Rows(queryset, kind="person", key="pk", label="name", details=details)


@rule(
    "kin_of_supervisor", "监委会成员与村委会成员是近亲属", severity="error",
    basis=f"{LAW}：村民委员会成员及其近亲属不得担任村务监督机构成员",
    message="{where}{监委会职务}{label}与村（居）委会成员{亲属}是近亲属（{关系}），请调整。",
)  # fmt: skip
def kin_of_supervisor(on):
    seats = _with_kin(on, POSTS_OF[Committee.SUPERVISION], POSTS_OF[Committee.VILLAGERS])
    return person_of(seats, details={"监委会职务": "post", "亲属": "kin", "关系": "relation"})


@rule(
    "kin_in_team", "近亲属在同一个班子", severity="warn", basis=f"任职回避要求：近亲属不在同一村“两委”班子任职；{LOCAL}",
    message="{where}{职务}{label}与“两委”成员{亲属}是近亲属（{关系}），请核对是否须回避。",
)  # fmt: skip
def kin_in_team(on):
    """Each pair once: said of the one with the lower key."""
    seats = _with_kin(on, TWO_COMMITTEES, TWO_COMMITTEES).filter(person__lt=F("kin_id"))
    return person_of(seats, details={"职务": "post", "亲属": "kin", "关系": "relation"})


def _with_kin(on, posts, others):
    """Seats in `posts` on `on` whose holder has a near relative in `others` of the same village: `kin`, `kin_id`, `relation`."""
    there = Appointment.objects.serving(on).filter(village=OuterRef(OuterRef("village")), post__in=others)
    as_first = Kinship.objects.filter(
        Exists(there.filter(person=OuterRef("second"))), first=OuterRef("person")
    ).order_by("pk")
    as_second = Kinship.objects.filter(
        Exists(there.filter(person=OuterRef("first"))), second=OuterRef("person")
    ).order_by("pk")
    seats = Appointment.objects.serving(on).filter(post__in=posts).annotate(
        kin_id=Coalesce(Subquery(as_first.values("second_id")[:1]), Subquery(as_second.values("first_id")[:1])),
        kin=Coalesce(Subquery(as_first.values("second__name")[:1]), Subquery(as_second.values("first__name")[:1])),
        kin_code=Coalesce(Subquery(as_first.values("relation")[:1]), Subquery(as_second.values("relation")[:1])),
    )  # fmt: skip
    words = [When(kin_code=code, then=Value(label)) for code, label in Kinship.Relation.choices]
    return seats.filter(kin__isnull=False).annotate(relation=Case(*words, default=Value("")))
