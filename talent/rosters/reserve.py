"""村级后备干部名册."""

import re
from functools import partial

from rosters.cleaning import Kind, choice, date, is_blank, line, squeeze, tick
from rosters.spec import Column, Roster, register
from talent import roster_export
from talent.models.appointment import VILLAGE_POSTS
from talent.roster_apply import absent, kinds, roles
from talent.rosters import explaining, persons
from talent.rosters.posts import post_said
from talent.rosters.vocabulary import SEPARATORS
from villages.rosters import TOWNSHIP, VILLAGE

SOURCES = {
    "prosperous_household": ("致富能手", "带富能手", "致富带头人", "致富带富能手"),
    "returning_youth": ("返乡知识青年", "返乡青年", "返乡大学生"),
    "veteran": ("退役军人", "退伍军人"),
    "migrant_returnee": ("外出务工返乡人员", "外出务工返乡"),
    "graduate": ("高校毕业生", "大学毕业生"),
    "cooperative_leader": ("合作社负责人", "农民专业合作社负责人"),
}
SOURCE_WORDS = {word: code for code, words in SOURCES.items() for word in words}


def clean_source(raw):
    if is_blank(raw):
        return None, None
    return SOURCE_WORDS.get(squeeze(raw), "other"), None


RESERVES_FOR = re.compile(r"(.+?)的?后备(?:人选|干部|人员|力量)?\d*")
# 书记（主任）, 书记主任一肩挑 and 书记或主任 are for the secretary as well; 团支部书记 is somebody else's secretary.
JOINED = re.compile(SEPARATORS.pattern + "|[()或]|一肩挑")
SECRETARY = re.compile(r"(?!.*团[^、]*书记)(?:.*[^副])?(?:书记|支书)(?:村?(?:委会)?主任)?(?:岗位|类|人选)?")


def clean_target_post(raw):
    """Whether a text, 村党组织书记 as well as 书记后备人选, means the reserve of a secretary."""
    if is_blank(raw):
        return None, None
    text = squeeze(raw)
    if found := RESERVES_FOR.fullmatch(text):
        text = found[1]
    return ("secretary" if any(SECRETARY.fullmatch(part) for part in JOINED.split(text)) else "other"), None


def target_said(text):
    """What a heading or a group of columns says of the reserves below it: 书记后备人选; None without a post."""
    found = RESERVES_FOR.fullmatch(squeeze(text))
    return clean_target_post(found[1])[0] if found and post_said(found[1]) else None


SOURCE = Column(
    "source", "来源类别", Kind("source", lambda hint="": clean_source, lambda text: squeeze(text) in SOURCE_WORDS),
    ("来源类别", "来源", "人员来源", "人员类型", "人员类别", "身份类别", "后备干部来源", "来源类型", "干部来源", "后备来源", "类别"),
)  # fmt: skip
MENTOR = Column(
    "mentor", "培养联系人", line,
    ("培养联系人", "培养联系人及职务", "联系培养人", "帮带人", "帮带责任人", "培养人", "结对帮带人", "联系领导", "导师", "培养责任人"),
)  # fmt: skip
ENTERED_ON = Column(
    "entered_on", "入库时间", date,
    ("入库时间", "入库日期", "入库年月", "列入后备时间", "列为后备时间", "确定为后备时间", "后备时间", "纳入时间", "储备时间"),
)  # fmt: skip
SOURCE_TICKS = tuple(Column(f"source.{code}", words[0], tick, words, by_values=True) for code, words in SOURCES.items())
TARGET_POST = Column(
    "target_post", "培养方向", Kind("target_post", lambda hint="": clean_target_post),
    ("培养方向", "后备类别", "拟任职务", "后备职务", "培养职务", "拟培养职务", "拟任岗位", "后备方向", "后备岗位", "培养目标", "拟培养方向",
     "后备类型", "后备干部类别", "后备干部类型", "后备种类", "拟备职务", "储备岗位", "储备职务"),
)  # fmt: skip
PLANNED_POSTS = {
    post.label.replace("村（居）委会", body): post.value for post in VILLAGE_POSTS for body in ("村（居）委会", "村委会", "居委会")
}  # fmt: skip
PLANNED_POST = Column(
    "planned_post", "拟任具体职务",
    choice("planned_post", PLANNED_POSTS, "unknown_planned_post", "一个职务，如党组织书记、村委会主任、村委会委员"),
    ("拟任具体职务", "具体拟任职务", "拟任村职务", "拟任职务名称"),
)  # fmt: skip
READINESS = Column(
    "readiness", "储备类别",
    choice("readiness", {"近期可用": "now", "近期使用": "now", "长期培养": "long_term", "中长期培养": "long_term"}, "unknown_readiness",
           "近期可用或长期培养"),
    ("储备类别", "储备类型", "成熟度", "成熟程度", "使用意向"), by_values=True,
)  # fmt: skip
MEASURES = Column(
    "measures", "培养措施", line, ("培养措施", "培养举措", "培养方式", "培养锻炼措施", "具体培养措施"),
)  # fmt: skip


def combine(values, fields):
    """Ticked sources → source: the first that is ticked."""
    ticked = [field for field in fields if field.startswith("source.")]
    if not ticked:
        return
    found = [field.partition(".")[2] for field in ticked if values.pop(field, None)]
    if not values.get("source"):
        values["source"] = found[0] if found else None


RESERVE = register(
    Roster(
        slug="reserve",
        page="后备干部",
        is_main=True,
        title="村级后备干部名册",
        purpose="登记村级后备干部：谁、在哪个村、是书记后备还是其他后备、何时入库。",
        matching="按身份证号找人；这个人在库的那一条就是这一行。一人同一时间只在一个村的后备库里。",
        columns=(
            TOWNSHIP, VILLAGE, persons.NAME, persons.SEX, persons.ETHNICITY, persons.BIRTH_DATE, persons.AGE,
            persons.POLITICAL, persons.IS_PARTY_MEMBER, persons.ID_NUMBER, persons.EDUCATION, SOURCE, *SOURCE_TICKS,
            TARGET_POST, PLANNED_POST, READINESS, MENTOR, MEASURES, ENTERED_ON, persons.PHONE, persons.REMARKS,
        ),
        required=("name", "id_number", "village"),
        village_required=True,
        combine=combine,
        absence=absent.POOL,
        check_row=persons.check_person,
        identities=persons.identity_keys,
        hints=persons.age_hints,
        compare=partial(roles.compare, kinds.RESERVE),
        apply=roles.write,
        export=roster_export.reserve,
        choices=roster_export.reserve_choices,
        heading=target_said,
        headed="target_post",
        explain=explaining.explain,
        export_permission="talent.reveal_person",
        leading=("township", "village", "name", "id_number", "target_post", "source", "education", "birth_date", "phone"),
        standard=(
            "township", "village", "name", "sex", "ethnicity", "birth_date", "political_status", "id_number", "education",
            "source", "target_post", "planned_post", "readiness", "mentor", "measures", "entered_on", "phone", "remarks",
        ),
    )
)  # fmt: skip
