"""人才需求上门服务记录: who served which need of a survey on the spot."""

from rosters.cleaning import date, free_text, number
from rosters.spec import Column, Roster, register
from talent import demand_export
from talent.roster_apply import demand_visits
from talent.roster_targets.demands import VISITS
from talent.rosters.matches import ID_NUMBER, NAME, POST, UNIT
from villages.rosters import TOWNSHIP, VILLAGE

SERVED_BY = Column("name", "服务人", NAME.kind, ("服务人", "服务人员", "服务专家", "上门专家", *NAME.spellings))
SERVED_ON = Column("served_on", "服务日期", date, ("服务日期", "服务时间", "上门日期", "上门服务日期", "上门时间"))
DAYS = Column("served_days", "服务天数", number("天"), ("服务天数", "天数", "上门天数"))
WORK = Column(
    "served_work", "做了什么", free_text, ("做了什么", "服务内容", "上门服务内容", "服务情况", "指导内容", "解决的问题")
)

SERVED = register(
    Roster(
        slug="demand_visits",
        page="需求与对接",
        title="人才需求上门服务记录",
        purpose="登记接受了需求的人才上门服务：谁、哪一天、几天、为哪项需求做了什么。",
        matching=(
            "先按乡镇、村、需求单位和“需要什么人”四样找这次调查里的需求，再在已对接的人选里按身份证号或姓名找人；"
            "同一人同一天做同一件事的是更正天数，有一样不同的是新的一次。此人须已接受，服务日期不早于接受日期。"
        ),
        columns=(TOWNSHIP, VILLAGE, UNIT, POST, SERVED_BY, ID_NUMBER, SERVED_ON, DAYS, WORK),
        required=("post", "name", "served_on", "served_work"),
        duplicate_field="name",
        identities=demand_visits.identities,
        target=VISITS,
        compare=demand_visits.compare,
        apply=demand_visits.write,
        export=demand_export.visits,
        choices=demand_export.visit_choices,
        export_permission="talent.reveal_person",
        leading=("township", "village", "unit", "post", "name", "served_on", "served_days", "served_work"),
        standard=("township", "village", "unit", "post", "name", "id_number", "served_on", "served_days", "served_work"),
        template_note=(
            "填表说明：一次服务一行；乡镇、村、需求单位、需要什么人照需求表写；日期写到日，如 2026.09.22；天数不填记 1 天；身份证号按文本填写。"
        ),
    )
)  # fmt: skip
