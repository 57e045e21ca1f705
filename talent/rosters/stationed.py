"""驻村第一书记和工作队员名册."""

from dataclasses import replace
from functools import partial

from rosters.cleaning import choice, date, line, number, yes_no
from rosters.spec import Column, Roster, register
from talent import roster_export
from talent.roster_apply import absent, kinds, roles
from talent.rosters import explaining, persons
from talent.rosters.committee import STARTS, same_person_and_post
from talent.rosters.posts import POST_COLUMNS, SENT, combine_posts, is_sent
from talent.rosters.vocabulary import posts_kind
from villages.rosters import TOWNSHIP, VILLAGE

DISPATCH_UNIT = Column(
    "dispatch_unit", "派出单位", line,
    ("派出单位", "选派单位", "派员单位", "原单位", "所在单位", "工作单位", "单位", "派驻单位", "帮扶单位", "单位名称", "选派单位名称", "原工作单位"),
)  # fmt: skip
ORIGINAL_POST = Column(
    "original_post", "原单位职务", line,
    ("原单位职务", "原职务", "原职务职级", "单位职务", "所在单位职务", "原任职务", "行政职务", "职务职级", "原工作单位职务", "派出单位职务"),
    groups=(("单位", ("职务", "职务职级")),),
)  # fmt: skip
LEVEL_WORDS = {
    **dict.fromkeys(("中央", "国家", "中央国家机关"), "central"),
    **dict.fromkeys(("省", "省级", "省直"), "province"),
    **dict.fromkeys(("市", "市级", "市直", "设区市"), "prefecture"),
    **dict.fromkeys(("县", "县级", "县直", "区", "区级"), "county"),
    **dict.fromkeys(("乡镇", "乡", "镇", "乡级", "乡镇级", "街道"), "township"),
}
UNIT_LEVEL = Column(
    "unit_level", "单位层级", choice("unit_level", LEVEL_WORDS, "unknown_unit_level", "中央、省、市、县或乡镇"),
    ("单位层级", "派出单位层级", "选派层级", "派出层级", "选派单位层级", "派出单位级别"),
)  # fmt: skip
TEAM = Column("team", "工作队", line, ("工作队", "所属工作队", "工作队名称", "驻村工作队名称"))
DUE = Column(
    "due", "轮换日期", date, ("轮换日期", "轮换时间", "计划轮换时间", "计划轮换日期", "应轮换时间", "期满时间", "任期届满时间"),
)  # fmt: skip
PARTY_TRANSFERRED = Column(
    "party_transferred", "组织关系是否转接", yes_no,
    ("组织关系是否转接", "组织关系已转接", "党组织关系是否转接", "组织关系是否转入"),
)  # fmt: skip
INSURED = Column(
    "insured", "是否办理保险和体检", yes_no, ("是否办理保险和体检", "已办保险和体检", "保险体检", "是否办理保险", "是否投保"),
)  # fmt: skip
FUNDS = Column(
    "funds_wan", "工作经费", number("万元", base="万元"), ("工作经费", "驻村工作经费", "帮扶工作经费", "年度工作经费"),
)  # fmt: skip
ARRIVED = Column(
    "start_date", "派驻时间", date,
    ("派驻时间", "选派时间", "驻村时间", "到村时间", "任职时间", "派驻日期", "驻村开始时间", "到任时间", "驻村起始时间", "派出时间",
     "选派日期", "到岗时间", "派驻起始时间", "任现职时间", "任职起始时间", "开始驻村时间"),
    groups=tuple((word, STARTS) for word in ("驻村", "派驻", "选派", "任职", "起止")),
)  # fmt: skip


def check(values, fields, context):
    return persons.check_person(values, fields, context) + persons.start_in_future(values, "start_date", context)


HERE = posts_kind(offered=SENT, examples="“第一书记”“工作队队长”或“工作队队员”")
# 行政职务 is here the post at home, not one in the village.
POSTS_HERE = tuple(
    replace(column, kind=HERE) if column.field == "posts" else column
    for column in POST_COLUMNS
    if column.field != "posts.village_committee"
)

STATIONED = register(
    Roster(
        slug="stationed",
        page="驻村与挂职",
        is_main=True,
        title="驻村第一书记和工作队员名册",
        purpose="登记第一书记、工作队队长和队员：谁、从哪个单位派到哪个村、从何时起。",
        matching="先按身份证号找人，再按村和驻村职务找这一段驻村。改任另一职务的，原职务不会自动结束，请在“驻村与挂职”里办理离任。",
        columns=(
            TOWNSHIP, VILLAGE, persons.NAME, persons.SEX, persons.ETHNICITY, persons.BIRTH_DATE, persons.AGE,
            persons.POLITICAL, persons.IS_PARTY_MEMBER, persons.ID_NUMBER, persons.EDUCATION, DISPATCH_UNIT,
            UNIT_LEVEL, ORIGINAL_POST, *POSTS_HERE, TEAM, ARRIVED, DUE, PARTY_TRANSFERRED, INSURED, FUNDS, persons.PHONE,
            persons.REMARKS,
        ),
        required=("name", "id_number", "village", "posts"),
        village_required=True,
        combine=combine_posts,
        absence=absent.STAY,
        check_row=check,
        identities=same_person_and_post,
        hints=persons.age_hints,
        compare=partial(roles.compare, kinds.STATIONED),
        apply=roles.write,
        export=roster_export.stationed,
        choices=roster_export.stationed_choices,
        explain=explaining.explain,
        export_permission="talent.reveal_person",
        leading=("township", "village", "name", "id_number", "posts", "start_date", "dispatch_unit", "phone"),
        standard=(
            "township", "village", "name", "sex", "ethnicity", "birth_date", "political_status", "id_number", "education",
            "dispatch_unit", "unit_level", "original_post", "posts", "team", "start_date", "due", "party_transferred",
            "insured", "funds_wan", "phone", "remarks",
        ),
        typical=is_sent,
    )
)  # fmt: skip
