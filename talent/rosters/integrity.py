"""廉政记录名册: decisions of discipline and how long each counts; the county's staff alone."""

from rosters.cleaning import choice, date, line
from rosters.spec import Column, Roster, register
from talent.roster_apply import party
from talent.rosters import persons
from villages.models import IntegrityRecord
from villages.roster_records import write
from villages.rosters import TOWNSHIP, VILLAGE

WORDS = {label: value for value, label in IntegrityRecord.Kind.choices} | {
    **dict.fromkeys(("警告", "党内警告处分"), "warning"),
    **dict.fromkeys(("严重警告", "党内严重警告处分"), "serious"),
    **dict.fromkeys(("撤销党内职务处分",), "removed"),
    **dict.fromkeys(("留党察看处分", "留党察看一年", "留党察看两年"), "probation"),
    **dict.fromkeys(("开除党籍处分",), "expelled"),
    **dict.fromkeys(("诫勉谈话", "书面诫勉"), "admonition"),
    **dict.fromkeys(("政务警告", "政务记过", "政务记大过", "政务降级", "政务撤职", "政务开除"), "government"),
}
COLUMNS = (
    Column("decision_kind", "处分种类", choice("decision_kind", WORDS, "unknown_decision", "、".join(IntegrityRecord.Kind.labels)), ("处分种类", "处分处理种类", "处理种类", "处分类型", "处分情况")),
    Column("decision_date", "处分决定日期", date, ("处分决定日期", "处分决定时间", "决定日期", "处分时间", "处分日期")),
    Column("decision_end", "影响期止", date, ("影响期止", "影响期至", "影响期截止", "影响期满", "处分期满日期")),
    Column("authority", "决定机关", line, ("决定机关", "处分决定机关", "处理机关")),
    Column("decision_no", "处分决定文号", line, ("处分决定文号", "处分文号", "决定文号"), unsure=("文号",)),
    Column("decision_reason", "处分事由", line, ("处分事由", "处分原因", "违纪事由", "违纪事实"), unsure=("事由",)),
)  # fmt: skip

INTEGRITY = register(
    Roster(
        slug="integrity",
        page="廉政记录",
        title="廉政记录名册",
        purpose="县委组织部登记处分、诫勉等决定和影响期；资格联审、评优和离任补贴的检查按影响期读它。乡镇、领导账号和接口账号看不到。",
        matching=(
            "有身份证号的按身份证号找人，没有的按姓名在所填的村找；再按“种类＋决定日期”找记录：相同的是更正，不同的是另一个决定。"
            "没有期限的，影响期止空着。"
        ),
        columns=(TOWNSHIP, VILLAGE, persons.NAME, persons.ID_NUMBER, *COLUMNS),
        required=("village", "name", "decision_kind", "decision_date"),
        village_required=True,
        check_row=persons.check_person,
        duplicate_field="name",
        identities=party.DECISIONS.identities,
        compare=party.compare_decisions,
        apply=write,
        export=party.decisions,
        choices=party.decision_choices,
        closed="villages.add_integrityrecord",
        export_permission="villages.add_integrityrecord",
        leading=("village", "name", "decision_kind", "decision_date", "decision_end", "decision_reason"),
        standard=("township", "village", "name", "id_number", *(column.field for column in COLUMNS)),
        template_note="填表说明：一个决定一行；带 * 的必填；身份证号按文本填写；日期写到日；新登记的要填决定机关和事由。",
    )
)  # fmt: skip
