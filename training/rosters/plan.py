"""年度培训计划: the classes that a year is to hold, line by line."""

from rosters.cleaning import choice, line, number
from rosters.spec import Column, Roster, register
from training import roster_export
from training.roster_apply import plan

GROUP_WORDS = {
    **dict.fromkeys(("村党组织书记", "书记", "村书记", "村党支部书记", "支部书记"), "secretary"),
    **dict.fromkeys(("村“两委”成员", "村两委成员", "两委成员", "村“两委”干部", "村两委干部", "两委干部", "村干部"), "committee"),
    **dict.fromkeys(("驻村干部", "驻村工作队", "驻村第一书记"), "stationed"),
    **dict.fromkeys(("后备干部", "村级后备干部", "后备力量"), "reserve"),
    **dict.fromkeys(("党员", "农村党员"), "party_member"),
    **dict.fromkeys(("实用人才", "农村实用人才", "乡村人才"), "talent"),
    "其他": "other",
}  # fmt: skip
COLUMNS = (
    Column("plan_year", "计划年度", number("年"), ("计划年度", "所属年度"), unsure=("年度",)),
    Column("plan_class", "计划班次", line, ("计划班次", "培训项目", "计划班次名称", "拟办班次", "培训班名称", "培训项目名称"), unsure=("班次", "班次名称")),
    Column("plan_group", "培训对象", choice("plan_group", GROUP_WORDS, "unknown_plan_group", "、".join(dict.fromkeys(("村党组织书记", "村“两委”成员", "驻村干部", "后备干部", "党员", "实用人才", "其他")))), ("培训对象", "参训对象", "培训对象范围", "对象类别")),
    Column("plan_topic", "培训主题", line, ("培训主题", "对应专题", "计划专题"), unsure=("专题", "培训专题")),
    Column("plan_month", "计划月份", number("月"), ("计划月份", "拟办月份", "培训月份", "计划时间", "拟办时间"), unsure=("月份",)),
    Column("plan_classes", "计划期数", number("期"), ("计划期数", "拟办期数", "办班期数", "期数")),
    Column("plan_people", "计划人次", number("人次"), ("计划人次", "培训人次", "计划人数", "拟培训人数", "拟训人次", "培训规模")),
    Column("plan_hours", "每期学时", number("学时"), ("每期学时", "培训学时", "计划学时", "学时")),
    Column("plan_budget", "预算（元）", number("元", base="元"), ("预算元", "预算", "经费预算", "预算经费", "所需经费", "经费预算元", "预算金额")),
)  # fmt: skip

PLAN = register(
    Roster(
        slug="plan",
        page="培训",
        title="年度培训计划表",
        purpose="列出一个年度要办哪些班：对象、月份、期数、人次、学时和预算，“年度计划”的进度对照它来算。",
        matching="按“年度＋班次名称”找本单位计划里的那一行：名称相同的是更正，不同的是新的一行。县委组织部传的是县的计划，乡镇传的是本乡镇的计划，县的计划乡镇只能看。",
        columns=COLUMNS,
        required=("plan_class",),
        has_place=False,
        duplicate_field="plan_class",
        identities=plan.identities,
        compare=plan.compare,
        apply=plan.write,
        export=roster_export.plan,
        choices=roster_export.plan_choices,
        export_permission="training.view_trainingplan",
        leading=("plan_year", "plan_class", "plan_group", "plan_month", "plan_classes", "plan_people"),
        standard=tuple(column.field for column in COLUMNS),
        template_note="填表说明：一个班次一行；年度填四位数，不填按数据日期的年度记；月份填 1 到 12，分几个月办的填第一期的月份；预算按元填。",
    )
)
