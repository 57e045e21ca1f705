"""必修专题要求表: which topic which people must take every so many years, from when, by which document."""

from rosters.cleaning import choice, date, line, number
from rosters.spec import Column, Roster, register
from training import roster_export
from training.models import TargetGroup
from training.roster_apply import requirements

GROUP_WORDS = {
    **dict.fromkeys(("村党组织书记", "书记", "村书记", "村党支部书记", "支部书记"), "secretary"),
    **dict.fromkeys(("村（居）委会主任", "村(居)委会主任", "村委会主任", "村（社区）主任", "主任", "村主任", "居委会主任"), "director"),
    **dict.fromkeys(("村“两委”成员", "村两委成员", "两委成员", "村“两委”干部", "村两委干部", "两委干部", "村干部"), "committee"),
    **dict.fromkeys(("驻村干部", "驻村工作队", "驻村第一书记", "驻村第一书记和工作队员"), "stationed"),
    **dict.fromkeys(("后备干部", "村级后备干部", "后备力量"), "reserve"),
}  # fmt: skip
COLUMNS = (
    Column("req_topic", "必修专题", line, ("必修专题", "必修课题", "必训专题", "必修内容"), unsure=("专题", "培训专题")),
    Column("req_group", "必修对象", choice("req_group", GROUP_WORDS, "unknown_req_group", "、".join(TargetGroup.labels)), ("必修对象", "适用对象", "适用职务", "必训对象"), unsure=("对象", "职务")),
    Column("req_years", "每几年一次", number("年"), ("每几年一次", "几年一次", "轮训周期年", "轮训周期", "周期年", "周期")),
    Column("req_start", "执行起", date, ("执行起", "执行时间", "起执行时间", "执行起始时间", "执行日期")),
    Column("req_end", "执行止", date, ("执行止", "停止执行时间", "执行截止时间", "废止时间")),
    Column("req_basis", "依据", line, ("依据", "文件依据", "要求依据", "政策依据", "文件名称和文号")),
)  # fmt: skip

REQUIREMENTS = register(
    Roster(
        slug="requirements",
        page="培训",
        title="必修专题要求表",
        of_county=True,
        purpose="定哪类人必修哪个专题、每几年一次、从哪天起执行，“谁缺什么”按它来算。",
        matching="按“专题＋对象”找数据时点仍执行的那一条；写了执行起的按它找。要改要求的，先给原来的填上执行止，再加一行新的。要求由县委组织部定，乡镇只能看。",
        columns=COLUMNS,
        required=("req_topic", "req_group"),
        has_place=False,
        duplicate_field="req_topic",
        identities=requirements.identities,
        compare=requirements.compare,
        apply=requirements.write,
        export=roster_export.requirements,
        choices=roster_export.requirement_choices,
        export_permission="training.view_topicrequirement",
        leading=tuple(column.field for column in COLUMNS),
        standard=tuple(column.field for column in COLUMNS),
        template_note="填表说明：一类对象一个专题一行；每几年一次填 1 到 10；执行起不填按数据日期记；专题还没有的会新建。",
    )
)
