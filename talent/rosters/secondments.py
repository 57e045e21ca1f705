"""挂职锻炼人员名册."""

from rosters.cleaning import choice, date, free_text, line
from rosters.spec import Column, Roster, register
from talent import sent_export
from talent.models import Secondment
from talent.roster_apply import roles, sent_kinds
from talent.rosters import persons
from villages.rosters import TOWNSHIP, VILLAGE

KIND_WORDS = {one.label: one.value for one in Secondment.Kind} | {
    "下挂": "down", "下派挂职": "down", "到村": "down", "上派": "up", "上挂锻炼": "up", "跟班学习": "up", "交流": "across", "跨村挂职": "across",
}  # fmt: skip
KIND = Column(
    "secondment_kind", "挂职类型",
    choice("secondment_kind", KIND_WORDS, "unknown_secondment_kind", "、".join(Secondment.Kind.labels)),
    ("挂职类型", "挂职类别", "挂职方式", "挂职形式", "挂职方向"),
)  # fmt: skip
HOME_UNIT = Column("home_unit", "原单位", line, ("原单位", "挂职前单位", "选送单位", "送出单位", "原工作单位名称"))
HOME_POST = Column("home_post", "原单位职务", line, ("原单位职务", "挂职前职务", "原任职务", "原单位任职"))
HOST_UNIT = Column("host_unit", "挂职单位", line, ("挂职单位", "挂职单位名称", "接收单位", "挂任单位", "拟挂职单位"))
HOST_POST = Column("host_post", "挂任职务", line, ("挂任职务", "挂职职务", "挂职岗位", "拟挂任职务", "拟挂职职务"))
MENTOR = Column("secondment_mentor", "结对导师", line, ("结对导师", "挂职导师", "带教导师", "导师", "挂职联系人"))
STARTED = Column(
    "seconded_on", "挂职开始", date, ("挂职开始", "挂职时间", "挂职开始时间", "挂职起始时间", "挂职日期", "挂职起始日期", "挂职开始日期")
)  # fmt: skip
DUE = Column("seconded_due", "计划期满", date, ("计划期满", "挂职期满时间", "计划期满时间", "挂职期限至", "拟结束时间"))
ENDED = Column(
    "seconded_until", "挂职结束", date, ("挂职结束", "挂职结束时间", "挂职结束日期", "挂职终止时间", "实际结束时间")
)
GRADE = Column("secondment_grade", "考核等次", line, ("考核等次", "挂职考核", "挂职考核等次", "鉴定等次", "考核结果"))
APPRAISAL = Column("appraisal", "挂职鉴定", free_text, ("挂职鉴定", "鉴定意见", "挂职鉴定意见", "挂职表现", "挂职评价"))


def check(values, fields, context):
    return persons.check_person(values, fields, context) + persons.start_in_future(values, "seconded_on", context)


def same_secondment(values, fields, context):
    """The same person at the same unit since the same month: an export has two of a year."""
    number, unit, since = persons.valid_id(values), values.get("host_unit"), values.get("seconded_on")
    return [("id", number, unit, since[: len("2026-09")])] if number and unit and since else []


SECONDMENTS = register(
    Roster(
        slug="secondments",
        page="驻村与挂职",
        title="挂职锻炼人员名册",
        purpose="登记挂职锻炼：谁、从哪个单位到哪个单位、什么类型、从何时到何时、导师、鉴定和考核等次。",
        matching=(
            "先按身份证号找人，再按挂职村、挂职单位和开始的年月找这一次。一人同一时间只有一次挂职。"
            "挂在村里的填村；上挂的不填村，只填由哪个乡镇送出，乡镇也不填的由填报单位管理。"
            "还没有档案的人，填了挂职村的在那个村建档；上挂的请先在“人员”里建档。导出的是数据时点当年挂过职的，当年已结束的也在内。"
        ),
        columns=(
            TOWNSHIP, VILLAGE, persons.NAME, persons.SEX, persons.ID_NUMBER, KIND, HOME_UNIT, HOME_POST, HOST_UNIT, HOST_POST,
            MENTOR, STARTED, DUE, ENDED, GRADE, APPRAISAL, persons.PHONE, persons.REMARKS,
        ),
        required=("name", "id_number", "secondment_kind", "home_unit", "host_unit", "seconded_on"),
        check_row=check,
        identities=same_secondment,
        compare=sent_kinds.compare_secondments,
        apply=roles.write,
        export=sent_export.secondments,
        choices=sent_export.secondment_choices,
        export_permission="talent.reveal_person",
        leading=("township", "village", "name", "id_number", "secondment_kind", "home_unit", "host_unit", "seconded_on"),
        standard=(
            "township", "village", "name", "sex", "id_number", "secondment_kind", "home_unit", "home_post", "host_unit", "host_post",
            "secondment_mentor", "seconded_on", "seconded_due", "seconded_until", "secondment_grade", "appraisal", "phone", "remarks",
        ),
        template_note="填表说明：一人一行；带 * 的必填；身份证号、电话按文本填写；日期写到月或日，如 2026.03；上挂的不填村。",
    )
)  # fmt: skip
