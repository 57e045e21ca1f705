"""党员联系服务台账: households kept in touch with, pairings, hours of service, study, integrity education, talks."""

from rosters.cleaning import choice, date, line, name, number
from rosters.spec import Column, Roster, register
from talent.roster_apply import party
from talent.rosters import persons
from villages.models import ActivityKind
from villages.roster_records import write
from villages.rosters import TOWNSHIP, VILLAGE

WORDS = {label: value for value, label in ActivityKind.choices} | {
    **dict.fromkeys(("联系户走访", "走访联系户", "党员联系户", "入户走访", "走访"), "household"),
    **dict.fromkeys(("帮扶", "结对", "结对帮扶户"), "pairing"),
    **dict.fromkeys(("志愿活动", "党员志愿服务", "志愿服务活动"), "volunteer"),
    **dict.fromkeys(("学习", "政治学习", "理论学习", "教育培训"), "study"),
    **dict.fromkeys(("廉洁教育", "警示教育"), "integrity"),
    **dict.fromkeys(("谈话", "谈心", "谈心谈话活动"), "talk"),
}  # fmt: skip
NAME = Column(
    "name", "姓名", name, (*persons.NAME.spellings, "党员姓名", "联系党员", "帮扶党员", "党员干部姓名", "帮扶人", "联系人姓名"), path="person__name",
)  # fmt: skip
COLUMNS = (
    Column("service_kind", "服务类型", choice("service_kind", WORDS, "unknown_service_kind", "、".join(ActivityKind.labels)), ("服务类型", "联系服务类型", "联系服务类别"), unsure=("类型", "类别", "活动类型")),
    Column("partner", "联系户（帮扶对象）", line, ("联系户", "联系户姓名", "联系户户主", "户主姓名", "帮扶对象", "结对对象", "帮扶对象姓名", "结对户")),
    Column("service_date", "联系日期", date, ("联系日期", "走访日期", "走访时间", "联系时间", "结对日期", "结对时间", "活动日期"), unsure=("日期", "时间")),
    Column("service_end", "结对结束日期", date, ("结对结束日期", "结对截止日期", "解除结对日期", "结束结对日期"), unsure=("结束日期",)),
    Column("served_hours", "服务时长", number("小时"), ("服务时长", "志愿服务时长", "志愿时长", "服务小时数", "服务时长小时")),
    Column("service_matter", "联系事项", line, ("联系事项", "服务事项名称", "走访事项", "帮扶事项", "活动主题内容", "联系服务内容", "反映问题", "存在问题"), unsure=("事项", "内容", "服务内容", "问题")),
    Column("handling", "办理情况", line, ("办理情况", "办理结果", "事项办理情况", "问题办理情况", "处理情况")),
    Column("handled_on", "办结日期", date, ("办结日期", "办结时间", "办理日期", "办理时间")),
)  # fmt: skip

ACTIVITIES = register(
    Roster(
        slug="party_activities",
        page="组织生活",
        title="党员联系服务台账",
        purpose="登记党员联系户走访和事项办理、结对帮扶、志愿服务、学习教育、廉政教育、谈心谈话，“结对帮扶”“志愿服务时长”由它而来。",
        matching=(
            "有身份证号的按身份证号找人，没有的按姓名在所填的村找；此人要已有档案。再按“类型＋日期＋对象＋事项”找记录：四样相同的是更正，"
            "有一样不同的是新的一条。记录归此人的管理村。导出的是当年到数据时点为止的记录和仍在结对的帮扶。"
        ),
        columns=(TOWNSHIP, VILLAGE, NAME, persons.ID_NUMBER, *COLUMNS),
        required=("village", "name", "service_kind", "service_date", "service_matter"),
        village_required=True,
        check_row=persons.check_person,
        duplicate_field="name",
        identities=party.ACTIVITIES.identities,
        compare=party.ACTIVITIES.compare,
        apply=write,
        export=party.activities,
        choices=party.activity_choices,
        export_permission="talent.reveal_person",
        leading=("village", "name", "service_kind", "partner", "service_date", "service_matter", "handling"),
        standard=("township", "village", "name", "id_number", *(column.field for column in COLUMNS)),
        template_note="填表说明：一人一事一行；带 * 的必填；同村有同名的要填身份证号；日期写到日；走访和结对要填联系户；志愿服务要填时长（小时）。",
    )
)  # fmt: skip
