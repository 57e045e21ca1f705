"""科技特派员服务记录."""

from dataclasses import replace

from rosters.cleaning import date, line, number
from rosters.spec import Column, Roster, register
from talent import sent_export
from talent.roster_apply import roles, sent_kinds
from talent.roster_export import place_choices
from talent.rosters import persons
from villages.rosters import TOWNSHIP, VILLAGE

PLACE = replace(VILLAGE, spellings=(*VILLAGE.spellings, "服务村", "服务村社区", "服务行政村"))
VISITED_ON = Column(
    "visited_on", "服务日期", date,
    ("服务日期", "服务时间", "到村日期", "下村日期", "入村日期", "下乡日期", "服务开始日期", "服务起始日期", "服务开始时间", "到村服务日期", "到村服务时间"),
)  # fmt: skip
VISITED_UNTIL = Column(
    "visited_until",
    "服务至",
    date,
    ("服务至", "服务结束日期", "服务截止日期", "服务结束时间", "离村日期", "服务日期止"),
)
DAYS = Column("visit_days", "服务天数", number("天"), ("服务天数", "在村天数", "实际服务天数", "到村天数", "下村天数"))
WORK = Column(
    "visit_work", "服务内容", line, ("服务内容", "服务事项", "技术服务内容", "服务项目", "开展服务情况", "服务工作内容", "指导内容")
)  # fmt: skip
SERVED = Column(
    "visit_served", "服务人次", number("人次"), ("服务人次", "服务人数", "指导人次", "服务农户人次", "服务群众人次")
)


def same_visit(values, fields, context):
    """The same person in the same village on the same day with the same work is the same visit."""
    number = persons.valid_id(values)
    about = tuple(values.get(name) for name in ("township", "village", "visited_on", "visit_work"))
    return [("id", number, *about)] if number and all(about[1:]) else []


VISITS = register(
    Roster(
        slug="service_visits",
        page="驻村与挂职",
        title="科技特派员服务记录",
        purpose="登记科技特派员到村服务：谁、哪一天到哪个村、做了几天、做什么、服务多少人次。",
        matching=(
            "先按身份证号找人，再按服务村、服务日期和服务内容找这一次：都相同的是更正，有一样不同的是新的一次。"
            "此人须已登记为科技特派员。“服务至”不填的是一天，天数不填的按起止日期算。导出的是当年到数据时点为止的记录。"
        ),
        columns=(
            TOWNSHIP, PLACE, persons.NAME, persons.ID_NUMBER, VISITED_ON, VISITED_UNTIL, DAYS, WORK, SERVED, persons.REMARKS,
        ),
        required=("name", "id_number", "village", "visited_on", "visit_work"),
        village_required=True,
        check_row=persons.check_person,
        identities=same_visit,
        compare=sent_kinds.compare_visits,
        apply=roles.write,
        export=sent_export.service_visits,
        choices=place_choices,
        export_permission="talent.reveal_person",
        leading=("township", "village", "name", "visited_on", "visit_days", "visit_work"),
        standard=(
            "township", "village", "name", "id_number", "visited_on", "visited_until", "visit_days", "visit_work",
            "visit_served", "remarks",
        ),
        template_note="填表说明：一次服务一行；带 * 的必填；身份证号按文本填写；日期写到日，如 2026.09.22；跨年度的服务分成两行。",
    )
)  # fmt: skip
