"""人才需求汇总表: what villages, enterprises and townships need, onto a survey."""

from rosters.cleaning import choice, date, free_text, line, name, number, phone
from rosters.problems import problem
from rosters.spec import Column, Roster, register
from talent import demand_export
from talent.models import Demand, Manner
from talent.roster_apply import demands
from talent.roster_targets.demands import ROUND
from talent.rosters.rural_talent import CLASS_WORDS, SUB_CLASS_WORDS, words
from villages.rosters import TOWNSHIP, VILLAGE

ASKER_WORDS = {one.label: one.value for one in Demand.Asker} | {
    "村(社区)": "village", "村": "village", "社区": "village", "行政村": "village", "村集体": "village", "企业": "enterprise", "合作社": "enterprise",
    "农民合作社": "enterprise", "家庭农场": "enterprise", "公司": "enterprise", "乡镇街道": "township", "街道": "township", "镇": "township",
}  # fmt: skip
MANNER_WORDS = {one.label: one.value for one in Manner} | {
    "全职引进": "full_time", "柔性引进": "flexible", "兼职": "flexible", "指导": "guidance", "技术服务": "guidance", "上门指导": "guidance"
}  # fmt: skip
COLUMNS = (
    Column("asker", "单位类型", choice("asker", ASKER_WORDS, "unknown_asker", "村（社区）、企业或合作社、乡镇"), ("单位类型", "单位类别", "需求单位类型", "单位性质", "需求主体")),
    Column("unit", "需求单位", line, ("需求单位", "需求单位名称", "用人单位", "用人单位名称", "需求方", "企业名称", "需求单位全称")),
    Column("credit_code", "统一社会信用代码", line, ("统一社会信用代码", "信用代码", "社会信用代码")),
    Column("post", "需要什么人", line, ("需要什么人", "需求岗位", "需求岗位专业", "岗位名称", "需求人才", "需求专业", "人才需求", "需求岗位或专业", "需求内容", "需求岗位名称")),
    Column("talent_class", "人才大类", choice("talent_class", CLASS_WORDS, "unknown_talent_class", "、".join(CLASS_WORDS), strip="人才|乡村|农村"), ("人才大类", "大类", "需求人才大类", "五类人才")),
    Column("sub_class", "人才小类", choice("sub_class", SUB_CLASS_WORDS, "unknown_sub_class", "二十小类之一，如农村电商人才、乡村工匠", strip="人才"), ("人才小类", "小类", "细类", "需求人才小类", "二十小类")),
    Column("skills", "技能关键词", words, ("技能关键词", "技能要求", "职称技能要求", "关键词", "所需技能", "职称或技能要求")),
    Column("number", "需要人数", number("人"), ("需要人数", "需求人数", "需求数量", "拟引进人数", "需求数", "引进人数")),
    Column("manner", "引进方式", choice("manner", MANNER_WORDS, "unknown_manner", "、".join(Manner.labels)), ("引进方式", "需求方式", "引才方式", "用人方式", "合作方式")),
    Column("terms", "待遇", line, ("待遇", "拟提供待遇", "薪酬待遇", "提供待遇", "工资待遇", "薪资待遇")),
    Column("start", "需要时间起", date, ("需要时间起", "需求时间", "需要时间", "到岗时间要求", "需求开始时间", "拟引进时间")),
    Column("end", "需要时间止", date, ("需要时间止", "需求截止时间", "有效期", "有效期至", "需求结束时间", "期限至")),
    Column("contact", "联系人", name, ("联系人", "联系人姓名", "对接人", "需求联系人")),
    Column("phone", "联系电话", phone, ("联系电话", "联系方式", "联系人电话", "电话", "手机", "手机号码", "手机号")),
    Column("remarks", "备注", free_text, ("备注", "说明", "其他", "备注说明")),
)  # fmt: skip


def check(values, fields, context):
    """What a need must tell that no single cell does."""
    if values.get("asker") == "enterprise" and not values.get("unit"):
        return [problem("unit", "missing_unit", "企业或合作社的需求，请填写需求单位")]
    return []


def same_need(values, fields, context):
    """The same need twice in one file."""
    if not values.get("post"):
        return []
    return [("post", *(values.get(name) or "" for name in ("township", "village", "unit", "post")))]


DEMANDS = register(
    Roster(
        slug="demands",
        page="需求与对接",
        title="人才需求汇总表",
        purpose="在一次人才需求调查里，登记村、企业和乡镇需要什么人、几个、怎么来。",
        matching="按乡镇、村、需求单位和“需要什么人”四样找同一次调查里的需求：都相同的是更正，有一样不同的是新的一项。",
        columns=(TOWNSHIP, VILLAGE, *COLUMNS),
        required=("post",),
        duplicate_field="post",
        check_row=check,
        identities=same_need,
        target=ROUND,
        compare=demands.compare,
        apply=demands.write,
        export=demand_export.demands,
        choices=demand_export.choices,
        export_permission="talent.view_demand",
        leading=("township", "village", "unit", "post", "number", "manner"),
        standard=("township", "village", *(column.field for column in COLUMNS)),
        template_note=(
            "填表说明：一项需求一行；村的需求填村名，企业或合作社填单位全称，乡镇的需求只填乡镇；人数只填数字；日期写到月，如 2026.03。"
        ),
    )
)
