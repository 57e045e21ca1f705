"""检查问题整改清单: what a check found, what was done about it, and that it was closed."""

from awards.roster_apply import findings as apply
from awards.roster_export import county as export
from awards.roster_targets.inspections import INSPECTION
from rosters.cleaning import date, free_text, line
from rosters.spec import Column, Roster, register
from villages.rosters import TOWNSHIP, VILLAGE

OF_FINDING = (
    Column("finding_item", "检查事项", line, ("检查事项", "检查内容", "检查项目")),
    Column("finding_problem", "发现的问题", free_text, ("发现的问题", "存在问题", "问题描述", "检查发现问题")),
    Column("finding_responsible", "整改责任人", line, ("整改责任人", "整改责任")),
    Column("finding_due", "整改期限", date, ("整改期限", "整改时限", "限期整改日期")),
    Column("step_on", "整改进展日期", date, ("整改进展日期", "整改日期", "进展日期")),
    Column("step_done", "整改进展", free_text, ("整改进展", "整改情况", "整改措施")),
    Column("closed_on", "销号日期", date, ("销号日期", "销号时间")),
    Column("close_result", "整改结果", free_text, ("整改结果", "销号结果", "复核结果")),
)  # fmt: skip

FINDINGS = register(
    Roster(
        slug="inspection_findings",
        page="监督检查",
        title="检查问题整改清单",
        purpose="登记一次检查发现的问题、整改进展和销号。",
        matching="先选检查，按村、检查事项和问题找：县里的新问题新登记，有的更正责任人和期限。整改进展与已有的不同就添一次，乡镇和县里都可以；销号只由县里办，要先有整改进展。已经销号的不再改。",
        columns=(TOWNSHIP, VILLAGE, *OF_FINDING),
        required=("village", "finding_item", "finding_problem"),
        village_required=True,
        duplicate_field="finding_problem",
        identities=apply.identities,
        target=INSPECTION,
        compare=apply.compare,
        apply=apply.write,
        export=export.findings,
        choices=export.finding_choices,
        export_permission="awards.view_inspectionfinding",
        leading=("township", "village", *(column.field for column in OF_FINDING)),
        standard=("township", "village", *(column.field for column in OF_FINDING)),
        template_note="填表说明：一个问题一行；检查事项照检查页面上的写；日期写到日；整改进展只写最近一次的。",
    )
)
