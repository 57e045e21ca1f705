"""后备干部半年研判表: what a half-year's look at each candidate in the pool found."""

from rosters.cleaning import choice, date, free_text, line, number
from rosters.spec import Column, Roster, register
from talent import roster_export
from talent.models import ReserveAssessment
from talent.roster_apply import assessments
from talent.rosters import persons
from villages.rosters import TOWNSHIP, VILLAGE

HALVES = {
    **{label: str(half) for half, label in ReserveAssessment.Half.choices}, "上": "1", "下": "2", "第一": "1", "第二": "2",
}  # fmt: skip
YEAR = Column("assessed_year", "研判年度", number("年"), ("研判年度", "研判年份"), unsure=("年度", "年份"))
HALF = Column(
    "assessed_half", "半年",
    choice("assessed_half", HALVES, "unknown_half", "上半年或下半年"), ("半年", "研判半年", "上下半年", "半年度", "研判期"),
)  # fmt: skip
RESULT = Column("assessed_result", "研判结果", line, ("研判结果", "半年研判结果", "考察结果", "半年考察结果"))
OPINION = Column("assessed_opinion", "研判意见", free_text, ("研判意见", "研判情况", "考察意见", "考察情况"))
ASSESSED_ON = Column("assessed_on", "研判日期", date, ("研判日期", "研判时间", "考察日期", "考察时间"))

ASSESSMENTS = register(
    Roster(
        slug="reserve_assessments",
        page="后备干部",
        title="后备干部半年研判表",
        purpose="登记每半年一次的后备干部研判：谁、哪个半年、结果和意见。",
        matching=(
            "按身份证号找本村在库的后备干部，没有身份证号的按姓名找；同一个半年已有研判的，改原来那一条。"
            "没有填研判结果的行不登记。导出的是数据时点在库的每一个人：上一个完整的半年，和此后已登记的；还没有研判的空着，填好再传就登记。"
        ),
        columns=(TOWNSHIP, VILLAGE, persons.NAME, persons.ID_NUMBER, YEAR, HALF, RESULT, OPINION, ASSESSED_ON),
        required=("name", "village", "assessed_year", "assessed_half"),
        village_required=True,
        identities=assessments.identities,
        compare=assessments.compare,
        apply=assessments.write,
        export=roster_export.reserve_assessments,
        choices=roster_export.assessment_choices,
        export_permission="talent.reveal_person",
        leading=("township", "village", "name", "id_number", "assessed_year", "assessed_half", "assessed_result"),
        standard=(
            "township", "village", "name", "id_number", "assessed_year", "assessed_half", "assessed_result", "assessed_opinion",
            "assessed_on",
        ),
        template_note="填表说明：一人一个半年一行；半年填上半年或下半年；研判日期写到日，如 2026.07.10；身份证号按文本填写。",
    )
)  # fmt: skip
