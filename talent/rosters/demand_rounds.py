"""人才需求调查一览表: the surveys of needs that a county holds, a row each."""

from rosters.cleaning import date, free_text, line, number
from rosters.spec import Column, Roster, register
from talent import demand_export
from talent.roster_apply import demand_rounds

COLUMNS = (
    Column("survey_year", "调查年度", number("年"), ("调查年度", "需求年度"), unsure=("年度",)),
    Column("survey_name", "调查名称", line, ("调查名称", "需求调查", "需求调查名称", "人才需求调查", "调查批次"), unsure=("名称",)),
    Column("survey_opens", "填报开始", date, ("填报开始", "填报开始日期", "填报开始时间", "调查开始日期", "调查开始时间"), unsure=("开始日期", "开始时间")),
    Column("survey_closes", "填报截止", date, ("填报截止", "填报截止日期", "填报截止时间", "调查截止日期", "调查截止时间"), unsure=("截止日期", "截止时间")),
    Column("survey_document", "通知文号", line, ("通知文号", "调查文号", "调查通知文号"), unsure=("文号",)),
    Column("survey_remarks", "备注", free_text, ("备注", "说明")),
)  # fmt: skip

DEMAND_ROUNDS = register(
    Roster(
        slug="demand_rounds",
        page="需求与对接",
        title="人才需求调查一览表",
        of_county=True,
        purpose="登记每年开了哪几次人才需求调查、哪天起哪天止；需求、对接、上门服务都记在调查下面。",
        matching="按“年度＋调查名称”找本县的那一次：都相同的是更正，有一样不同的是新的一次。调查由县委组织部开，乡镇只能看。",
        columns=COLUMNS,
        required=("survey_name",),
        has_place=False,
        duplicate_field="survey_name",
        identities=demand_rounds.identities,
        compare=demand_rounds.compare,
        apply=demand_rounds.write,
        export=demand_export.rounds,
        export_permission="talent.view_demandround",
        leading=tuple(column.field for column in COLUMNS),
        standard=tuple(column.field for column in COLUMNS),
        template_note=(
            "填表说明：一次调查一行；年度填四位数，不填按数据日期的年度记；日期写到日，如 2026.03.05；截止以后乡镇不能再上传需求表。"
        ),
    )
)
