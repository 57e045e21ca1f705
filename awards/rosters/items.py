"""考核指标表: the indicators of a scheme with their weight, source and standard."""

from awards.models import EvaluationItem
from awards.roster_apply import items as apply
from awards.roster_export import county as export
from awards.roster_targets.evaluations import ITEMS_OF
from rosters.cleaning import choice, free_text, line, number
from rosters.spec import Column, Roster, register

PART_WORDS = {label: key for key, label in EvaluationItem.Part.choices} | {
    "指标": "score", "加分": "plus", "扣分": "minus", "减分项": "minus", "否决项": "veto",
}  # fmt: skip
SOURCE_WORDS = {label: key for key, label in EvaluationItem.Source.choices} | {
    "乡镇": "township", "县级": "county", "县里": "county", "测评": "ballots", "民主测评": "ballots",
}  # fmt: skip
COLUMNS = (
    Column("item_part", "指标类别", choice("item_part", PART_WORDS, "unknown_item_part", "、".join(EvaluationItem.Part.labels)), ("指标类别", "考核指标类别")),
    Column("item_title", "指标名称", line, ("指标名称", "考核指标名称", "考核指标")),
    Column("item_source", "评分来源", choice("item_source", SOURCE_WORDS, "unknown_item_source", "、".join(EvaluationItem.Source.labels)), ("评分来源", "指标来源", "评分主体")),
    Column("item_weight", "权重", number("分"), ("权重", "指标权重", "权重分")),
    Column("item_most", "满分（上限）", number("分"), ("指标满分", "满分", "满分上限", "分值上限")),
    Column("item_standard", "评分标准和依据", free_text, ("评分标准和依据", "评分标准", "评分依据", "评分办法")),
)  # fmt: skip

ITEMS = register(
    Roster(
        slug="evaluation_items",
        page="考核评价",
        title="考核指标表",
        of_county=True,
        purpose="定一个考核方案的指标、权重、来源、满分，加分、扣分项和一票否决项。",
        matching="先选考核方案，按指标名称找：有的更正，没有的新加；表上没有的不动，要删去的在“指标和权重”里删。入库后权重合计须为 100。有对象定了等次的方案不再改。方案由县委组织部定，乡镇只能看。",
        columns=COLUMNS,
        required=("item_title",),
        has_place=False,
        duplicate_field="item_title",
        identities=apply.identities,
        target=ITEMS_OF,
        compare=apply.compare,
        apply=apply.write,
        export=export.items,
        choices=export.item_choices,
        export_permission="awards.view_evaluationitem",
        leading=tuple(column.field for column in COLUMNS),
        standard=tuple(column.field for column in COLUMNS),
        template_note="填表说明：一项一行；类别填考核指标、加分项、扣分项或一票否决；来源填乡镇评分、县级评分或群众测评；权重合计 100；加分、扣分项只填满分（上限）。",
    )
)
