"""Checks of village teams, reserves and personal files. Thresholds are data: edit them here."""

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Value, Window
from django.db.models.functions import Greatest

from core.indicators import Rows
from core.periods import at_least, at_most, in_force, years_after
from core.rules import rule
from talent.indicators.reserves import villages_with_reserves
from talent.indicators.sources import people_per_village, person_of
from talent.models import Appointment, Committee, Person, PoliticalStatus, Post, Sex
from talent.models.appointment import POSTS_OF
from villages.indicators import village_rows
from villages.models import Village

COMMITTEE_SEATS = (3, 7)
SECRETARY_AGE = 60
YOUNG = 35
PARTY_AGE = 18

LAW = "《村民委员会组织法》"
CHARTER = "《中国共产党章程》"
GRASSROOTS = "《中国共产党农村基层组织工作条例》"
LOCAL = "县级工作要求（阈值可改）"


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
    "secretary_not_member", "书记不是中共正式党员", severity="error", basis=CHARTER,
    message="{where}党组织书记{label}的政治面貌为{政治面貌}，应由正式党员担任，请核对。",
)  # fmt: skip
def secretary_not_member(on):
    wrong = secretaries(on).exclude(person__political_status=PoliticalStatus.PARTY_MEMBER)
    return person_of(wrong, details={"政治面貌": "person__political_status"})


@rule(
    "committee_size", "村委会人数不在 3 至 7 人", severity="error", basis=f"{LAW}：主任、副主任和委员共三至七人",
    message="{where}村（居）委会在任 {在任人数} 人，应为 3 至 7 人。",
)  # fmt: skip
def committee_size(on):
    low, high = COMMITTEE_SEATS
    sized = with_team(on).annotate(
        size=people_per_village(Appointment.objects.serving(on).filter(post__in=POSTS_OF[Committee.VILLAGERS]))
    )
    return village_rows(sized.filter(Q(size__lt=low) | Q(size__gt=high)), details={"在任人数": "size"})


@rule(
    "no_woman", "班子中没有女性", severity="warn", basis=f"{LAW}：村民委员会成员中应当有妇女成员",
    message="{where}“两委”班子中没有女性成员。",
)  # fmt: skip
def no_woman(on):
    return village_rows(without(on, person__sex=Sex.FEMALE))


@rule(
    "no_young", "没有 35 周岁及以下干部", severity="info", basis=LOCAL,
    message="{where}“两委”班子中没有 35 周岁及以下的干部。",
)  # fmt: skip
def no_young(on):
    there = Appointment.objects.cadres(on).filter(at_most(YOUNG, on, "person__birth_date"), village_id=OuterRef("code"))
    return village_rows(with_team(on).filter(~Exists(there)))


@rule(
    "secretary_age", "书记年满 60 周岁", severity="warn", basis=LOCAL,
    message="{where}党组织书记{label}已年满 60 周岁（{出生日期} 出生）。",
)  # fmt: skip
def secretary_age(on):
    old = secretaries(on).filter(at_least(SECRETARY_AGE, on, "person__birth_date"))
    return person_of(old, details={"出生日期": "person__birth_date"})


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
    "party_joined_early", "入党时未满 18 周岁", severity="warn", basis=f"{CHARTER}：年满十八岁可以申请入党",
    message="{where}{label}的入党时间 {入党时间} 早于 18 周岁（{出生日期} 出生），请核对。",
)  # fmt: skip
def party_joined_early(on):
    people = Person.objects.filter(_serves(on), party_joined__lt=years_after("birth_date", PARTY_AGE))
    return _people(people, 入党时间="party_joined", 出生日期="birth_date")


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
