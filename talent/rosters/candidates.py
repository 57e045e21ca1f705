"""村“两委”换届候选人名册, onto a round of elections."""

from rosters.cleaning import choice, date
from rosters.spec import Column, Roster, Target, register
from talent import roster_export
from talent.models import Candidate, ElectionRound
from talent.roster_apply import candidates, roles
from talent.roster_export import candidate_choices
from talent.rosters import persons
from talent.rosters.committee import same_person_and_post
from talent.rosters.vocabulary import posts_kind
from villages.rosters import TOWNSHIP, VILLAGE

SOURCE_WORDS = {
    **{label: code for code, label in Candidate.Source.choices},
    **dict.fromkeys(("连任", "现任", "现任村干部"), "incumbent"), **dict.fromkeys(("后备", "后备力量"), "reserve"),
    **dict.fromkeys(("致富能手", "致富带富能手"), "prosperous"), **dict.fromkeys(("返乡青年", "返乡大学生", "返乡创业人员", "外出务工返乡"), "returning"),
    "退伍军人": "veteran", **dict.fromkeys(("大学毕业生", "大学生"), "graduate"), **dict.fromkeys(("村民", "其他"), "villager"),
}  # fmt: skip
BY_WORDS = {
    **{label: code for code, label in Candidate.NominatedBy.choices},
    "党员提名": "members", "组织提名": "organization", "上级推荐": "organization", "自荐": "self", "村民推荐": "villagers",
}  # fmt: skip
POSTS = Column(
    "posts", "拟任职务", posts_kind(),
    ("拟任职务", "参选职务", "竞选职务", "提名职务", "候选职务", "拟提名职务", "候选人职务", "拟参选职务", "候选岗位", "拟选职务"),
)  # fmt: skip
SOURCE = Column(
    "candidate_source", "候选人来源",
    choice("candidate_source", SOURCE_WORDS, "unknown_candidate_source", "、".join(Candidate.Source.labels)),
    ("候选人来源", "来源", "人员来源", "人选来源", "来源类别"),
)  # fmt: skip
NOMINATED_BY = Column(
    "nominated_by", "提名方式",
    choice("nominated_by", BY_WORDS, "unknown_nominated_by", "、".join(Candidate.NominatedBy.labels)),
    ("提名方式", "推荐方式", "提名人", "产生方式", "推荐提名方式"),
)  # fmt: skip
NOMINATED_ON = Column(
    "nominated_on", "提名日期", date, ("提名日期", "提名时间", "推荐日期", "推荐时间", "提名年月")
)  # fmt: skip


def _choices(user, on):
    rounds = ElectionRound.objects.visible_to(user).open(on).order_by("-start", "-pk")
    return [(held.pk, f"{held}（选举日 {held.election_day:%Y.%m.%d}）") for held in rounds]


def _readable(user):
    return set(ElectionRound.objects.visible_to(user).values_list("pk", flat=True))


def _texts(keys):
    return {held.pk: str(held) for held in ElectionRound.objects.filter(pk__in=keys)}


def _suggest(choices, said):
    """The only round that runs."""
    return choices[0][0] if len(choices) == 1 else None


ROUND = Target(
    label="换届轮次",
    choices=_choices,
    readable=_readable,
    texts=_texts,
    title="候选人名册",
    missing="没有选择换届轮次，请选择后再上传；还没有建立轮次的，请县委组织部先在“换届”里新建。",
    suggest=_suggest,
)
CANDIDATES = register(
    Roster(
        slug="candidates",
        page="换届",
        title="村“两委”换届候选人名册",
        purpose="登记一轮换届的候选人：谁、在哪个村、参选什么职务、来源和提名方式。",
        matching="先按身份证号找人，再按村和拟任职务找这一轮里的候选人；一人参选几个职务用顿号隔开。状态、联审和得票在“换届”里办。",
        columns=(
            TOWNSHIP, VILLAGE, persons.NAME, persons.SEX, persons.ETHNICITY, persons.BIRTH_DATE, persons.AGE,
            persons.POLITICAL, persons.IS_PARTY_MEMBER, persons.ID_NUMBER, persons.EDUCATION,
            POSTS, SOURCE, NOMINATED_BY, NOMINATED_ON, persons.PHONE, persons.REMARKS,
        ),
        required=("name", "id_number", "village", "posts"),
        village_required=True,
        check_row=persons.check_person,
        identities=same_person_and_post,
        hints=persons.age_hints,
        target=ROUND,
        compare=candidates.compare,
        apply=roles.write,
        export=roster_export.candidates,
        choices=candidate_choices,
        export_permission="talent.reveal_person",
        leading=("township", "village", "name", "id_number", "posts", "candidate_source", "nominated_by", "phone"),
        standard=(
            "township", "village", "name", "sex", "ethnicity", "birth_date", "political_status", "id_number", "education",
            "posts", "candidate_source", "nominated_by", "nominated_on", "phone", "remarks",
        ),
    )
)  # fmt: skip
