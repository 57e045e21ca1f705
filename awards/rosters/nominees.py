"""乡村振兴贡献奖推荐汇总表: individuals and collectives, in sections, on sheets or told by a column."""

from dataclasses import replace

from awards.roster_apply import nominees as roster_apply
from awards.roster_export import nominees as roster_export
from awards.roster_targets.nominees import ROUND
from rosters.cleaning import choice, free_text, line, name, number
from rosters.problems import problem
from rosters.spec import Column, Roster, register
from talent.roster_apply import roles
from talent.rosters import persons
from villages.rosters import TOWNSHIP

INDIVIDUAL, COLLECTIVE = "individual", "collective"
INDIVIDUAL_WORDS = ("个人",)
COLLECTIVE_WORDS = ("集体", "团体", "团队", "先进单位", "先进组织")

NAME = replace(
    persons.NAME,
    spellings=(
        *persons.NAME.spellings, "集体名称", "单位名称", "团队名称", "推荐集体", "推荐集体名称", "先进集体名称", "姓名名称",
        "名称", "推荐对象", "候选人姓名", "候选人", "推荐人选", "推荐人姓名", "姓名或集体名称", "个人姓名", "获奖人选", "人选姓名",
        "姓名单位名称",
    ),
)  # fmt: skip
NOMINEE_TYPE = Column(
    "nominee_type", "推荐类型",
    choice("nominee_type", {"个人": INDIVIDUAL, "先进个人": INDIVIDUAL, "集体": COLLECTIVE, "先进集体": COLLECTIVE},
           "unknown_nominee_type", "个人或集体"),
    ("推荐类型", "类型", "对象类型", "推荐类别", "对象类别", "个人集体", "申报类型", "类别", "推荐对象类型", "个人或集体"), by_values=True,
)  # fmt: skip
UNIT = Column(
    "unit", "工作单位及职务", line,
    ("工作单位及职务", "单位及职务", "工作单位", "单位职务", "所在单位及职务", "工作单位职务", "所在单位", "现任职务", "单位", "职务",
     "工作单位和职务", "所在单位职务"),
)  # fmt: skip
AWARD_CATEGORY = Column(
    "award_category", "推荐奖项",
    choice(
        "award_category",
        {"产业振兴": "industry", "人才振兴": "talent", "文化振兴": "culture", "生态振兴": "ecology", "组织振兴": "organization"},
        "unknown_award_category", "产业振兴、人才振兴、文化振兴、生态振兴或组织振兴", strip="贡献|奖",
    ),
    ("推荐奖项", "奖项", "申报奖项", "奖项类别", "奖项名称", "推荐类别", "申报类别", "拟授奖项", "推荐奖项类别", "振兴类别", "类别"),
    by_values=True,
)  # fmt: skip
ACHIEVEMENTS = Column(
    "achievements", "主要事迹", free_text,
    ("主要事迹", "事迹", "先进事迹", "事迹简介", "主要先进事迹", "主要事迹简介", "事迹材料", "简要事迹", "主要贡献", "突出贡献"),
)  # fmt: skip
LEADER_NAME = Column(
    "leader_name", "负责人", name, ("负责人", "负责人姓名", "主要负责人", "集体负责人", "单位负责人", "团队负责人", "带头人", "领办人"),
)  # fmt: skip
MEMBER_COUNT = Column(
    "member_count", "人数", number("人"), ("人数", "成员人数", "集体人数", "团队人数", "成员数", "单位人数", "现有人数", "总人数"),
)  # fmt: skip


def nominee_type(text):
    """Which of the two a heading, title or sheet name speaks of; None for both or neither."""
    individual = any(word in text for word in INDIVIDUAL_WORDS)
    collective = any(word in text for word in COLLECTIVE_WORDS)
    if individual == collective:
        return None
    return INDIVIDUAL if individual else COLLECTIVE


def is_collective(values, fields):
    """As the row or its heading says; where neither does, by the columns that only a collective has."""
    stated = values.get("nominee_type")
    if stated:
        return stated == COLLECTIVE
    return "id_number" not in fields and ("leader_name" in fields or "member_count" in fields)


def check_awarded(values, fields, context):
    """As for nominees, but that somebody on file may be named by village and name alone."""
    return [] if is_collective(values, fields) else persons.check_person(values, fields, context)


def check(values, fields, context):
    """Individuals are people with an ID number; a collective has a name, nothing else is asked of it."""
    if is_collective(values, fields):
        return []
    found = persons.check_person(values, fields, context)
    if not values.get("id_number"):
        found.append(problem("id_number", "missing_id", "身份证号没有填，请对照身份证补上"))
    return found


def identities(values, fields, context):
    if is_collective(values, fields):
        return [("name", COLLECTIVE, values["name"])] if values.get("name") else []
    return persons.identity_keys(values, fields, context)


NOMINEES = register(
    Roster(
        slug="nominees",
        page="表彰",
        title="乡村振兴贡献奖推荐汇总表",
        purpose="推荐一轮表彰的个人和集体。",
        matching="个人按身份证号找人，集体按推荐乡镇和名称找；每个个人或集体在一轮里只有一条推荐。",
        columns=(
            TOWNSHIP, NOMINEE_TYPE, NAME, persons.SEX, persons.ETHNICITY, persons.BIRTH_DATE, persons.AGE,
            persons.POLITICAL, persons.IS_PARTY_MEMBER, persons.EDUCATION, persons.ID_NUMBER, UNIT, LEADER_NAME,
            MEMBER_COUNT, AWARD_CATEGORY, ACHIEVEMENTS, persons.PHONE, persons.REMARKS,
        ),
        required=("name",),
        check_row=check,
        identities=identities,
        hints=persons.age_hints,
        heading=nominee_type,
        headed="nominee_type",
        target=ROUND,
        compare=roster_apply.compare,
        apply=roles.write,
        export=roster_export.nominees,
        choices=roster_export.choices,
        export_permission="talent.reveal_person",
        leading=("township", "nominee_type", "name", "id_number", "unit", "award_category", "achievements"),
        standard=(
            "township", "nominee_type", "name", "sex", "ethnicity", "birth_date", "political_status", "education",
            "id_number", "unit", "leader_name", "member_count", "award_category", "achievements", "phone", "remarks",
        ),
        template_note=(
            "填表说明：个人和集体各一行，在“推荐类型”里写明；个人填身份证号，“工作单位及职务”写明村名；集体填负责人和人数。"
        ),
    )
)  # fmt: skip
