"""合作院校和专业表: the colleges of the 乡村振兴学院 and what can be studied at each."""

from dataclasses import replace

from rosters.cleaning import date, line, number
from rosters.spec import Column, Roster, register
from training import roster_export
from training.roster_apply import colleges
from training.rosters.degrees import TARGET_EDUCATION

LEVEL = replace(
    TARGET_EDUCATION,
    field="coop_target",
    label="专业层次",
    spellings=("专业层次", "办学层次", "招生层次"),
    unsure=("层次",),
)
COLUMNS = (
    Column("coop_college", "合作院校", line, ("合作院校", "合作院校名称", "合作高校", "合作学校", "合作单位院校")),
    Column("coop_academy", "合作平台", line, ("合作平台", "学院平台", "所属平台", "平台名称")),
    Column("coop_contact", "院校联系部门", line, ("院校联系部门", "联系部门", "对接部门")),
    Column("coop_start", "合作起", date, ("合作起", "合作开始时间", "合作起始时间", "签约时间", "协议起")),
    Column("coop_end", "合作止", date, ("合作止", "合作到期时间", "合作截止时间", "协议到期时间", "协议止")),
    Column("coop_major", "合作专业", line, ("合作专业", "开设专业", "招生专业", "合作专业名称")),
    LEVEL,
    Column("coop_mode", "办学形式", line, ("办学形式", "专业学习形式", "招生形式"), unsure=("学习形式",)),
    Column("coop_years", "学制（年）", number("年"), ("学制年", "学制", "修业年限")),
    Column("coop_tuition", "全程学费（元）", number("元", base="元"), ("全程学费", "全程学费元", "学费标准", "专业学费"), unsure=("学费", "学费元")),
    Column("coop_subsidy", "县级补助标准（元）", number("元", base="元"), ("县级补助标准元", "县级补助标准", "补助标准", "补助标准元"), unsure=("县级补助", "县级补助元")),
)  # fmt: skip

COLLEGES = register(
    Roster(
        slug="colleges",
        page="学历提升",
        title="合作院校和专业表",
        of_county=True,
        purpose="登记乡村振兴学院合作的院校、合作期限，和各校能读的专业、层次、学制、学费、补助标准。",
        matching="按院校名称找院校，再按“专业＋层次”找它的专业；一所院校几个专业的一个专业一行，只登记院校的专业留空。合作由县委组织部定，乡镇只能看。",
        columns=COLUMNS,
        required=("coop_college",),
        has_place=False,
        duplicate_field="coop_college",
        identities=colleges.identities,
        compare=colleges.compare,
        apply=colleges.write,
        export=roster_export.colleges,
        choices=roster_export.college_choices,
        export_permission="training.view_partnercollege",
        leading=(
            "coop_college",
            "coop_major",
            "coop_target",
            "coop_years",
            "coop_tuition",
            "coop_subsidy",
            "coop_start",
        ),
        standard=tuple(column.field for column in COLUMNS),
        template_note="填表说明：一个专业一行，院校各栏每行照填；合作起不填按数据日期记；学费按全程合计、补助按每人毕业后的标准填，单位是元。",
    )
)
