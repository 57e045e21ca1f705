"""供需对接台账: who was proposed for which need of a survey, and how it went on."""

from rosters.cleaning import choice, date, free_text, line
from rosters.spec import Column, Roster, register
from talent import demand_export
from talent.models import Match
from talent.roster_apply import matches
from talent.roster_targets.demands import MATCHES
from talent.rosters import persons
from talent.rosters.demands import COLUMNS
from villages.rosters import TOWNSHIP, VILLAGE

UNIT, POST = (next(column for column in COLUMNS if column.field == name) for name in ("unit", "post"))
NAME = Column(
    "name", "人选", persons.NAME.kind, ("人选", "人选姓名", "推荐人选", "人才姓名", "对接人才", *persons.NAME.spellings)
)
ID_NUMBER = Column(
    "id_number", "身份证号", persons.ID_NUMBER.kind, (*persons.ID_NUMBER.spellings, "人选身份证号"), pattern=persons.ID_NUMBER.pattern,
)  # fmt: skip
GRADE_WORDS = {one.label: one.value for one in Match.Grade} | {
    "很满意": "good", "非常满意": "good", "好": "good", "较满意": "fair", "一般": "fair", "不合格": "poor", "差": "poor",
}  # fmt: skip
PROPOSED_ON = Column("proposed_on", "推荐日期", date, ("推荐日期", "推荐时间"))
STEPS = (
    Column("match_reasons", "推荐理由", free_text, ("推荐理由", "推荐原因", "对接理由")),
    Column("invited_on", "邀请日期", date, ("邀请日期", "邀请时间", "发出邀请日期")),
    Column("accepted_on", "接受日期", date, ("接受日期", "接受时间", "本人接受日期", "同意日期")),
    Column("declined_on", "谢绝日期", date, ("谢绝日期", "谢绝时间", "婉拒日期", "拒绝日期")),
    Column("decline_reason", "谢绝原因", line, ("谢绝原因", "婉拒原因", "谢绝理由", "拒绝原因")),
    Column("agreed_on", "签约日期", date, ("签约日期", "签约时间", "签订协议日期", "签订协议时间", "协议日期", "签订意向日期")),
    Column("arrived_on", "到岗日期", date, ("到岗日期", "到岗时间", "实际到岗日期", "实际到岗时间")),
    Column("evaluated_on", "评价日期", date, ("评价日期", "评价时间")),
    Column(
        "match_grade", "评价", choice("match_grade", GRADE_WORDS, "unknown_match_grade", "满意、基本满意或不满意"),
        ("评价", "服务评价", "用人单位评价", "评价结果", "满意度"),
    ),
    Column("match_ended_on", "结束日期", date, ("结束日期", "结束时间", "对接结束日期", "对接结束时间", "离岗日期")),
    Column("match_end_reason", "结束原因", line, ("结束原因", "离岗原因", "对接结束原因")),
)  # fmt: skip

LEDGER = register(
    Roster(
        slug="matches",
        page="需求与对接",
        title="供需对接台账",
        purpose="登记一次需求调查里每项需求推荐了谁，什么时候邀请、接受、签约、到岗，评价怎样。",
        matching=(
            "先按乡镇、村、需求单位和“需要什么人”四样找这次调查里的需求，再按身份证号找人选；没有身份证号的，在这项需求已推荐的人里按姓名找。"
            "没有推荐过的，从人才库里按身份证号找人，作为新的推荐。档案在别的乡镇的人选导出时不带身份证号，按姓名认。"
        ),
        columns=(TOWNSHIP, VILLAGE, UNIT, POST, NAME, ID_NUMBER, PROPOSED_ON, *STEPS, persons.REMARKS),
        required=("post", "name"),
        duplicate_field="name",
        identities=matches.identities,
        target=MATCHES,
        compare=matches.compare,
        apply=matches.write,
        export=demand_export.matches,
        choices=demand_export.match_choices,
        export_permission="talent.reveal_person",
        leading=("township", "village", "unit", "post", "name", "agreed_on", "arrived_on"),
        standard=(
            "township", "village", "unit", "post", "name", "id_number", "proposed_on", *(column.field for column in STEPS), "remarks",
        ),
        template_note=(
            "填表说明：一个人选一行；乡镇、村、需求单位、需要什么人照需求表写；日期写到日，如 2026.03.12；"
            "谢绝、评价、结束的日期和原因（等次）一起填；身份证号按文本填写。"
        ),
    )
)  # fmt: skip
