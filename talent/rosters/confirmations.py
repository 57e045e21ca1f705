"""乡村人才年度确认表: who of the pool is still there, once a year."""

from rosters.cleaning import choice, date, number
from rosters.spec import Column, Roster, register
from talent import talent_export
from talent.roster_apply import confirmations
from talent.rosters import persons
from talent.rosters.rural_talent import SPECIALTY
from villages.rosters import TOWNSHIP, VILLAGE

HERE_WORDS = {
    **dict.fromkeys(("仍在", "在库", "仍在库", "在", "是", "仍在本村", "在村", "继续在库", "保留", "√"), "here"),
    **dict.fromkeys(
        ("已不在", "不在", "不在库", "否", "出库", "已出库", "离开", "已离开", "外出", "退出", "移出", "×", "不再在库"), "gone"
    ),
}  # fmt: skip
IS_HERE = Column(
    "still_here", "今年是否仍在",
    choice("still_here", HERE_WORDS, "unknown_answer", "仍在或已不在"),
    ("今年是否仍在", "是否仍在库", "是否仍在", "仍在库", "是否在库", "确认结果", "确认情况", "年度确认", "年度确认结果", "在库情况", "是否还在"),
)  # fmt: skip
YEAR = Column("confirm_year", "年度", number("年"), ("年度", "确认年度", "核查年度"), unsure=("年份",))
CONFIRMED_ON = Column(
    "confirmed_on", "确认日期", date, ("确认日期", "确认时间", "核查日期", "核实日期", "核实时间", "核查时间", "年度确认日期")
)  # fmt: skip

CONFIRMATIONS = register(
    Roster(
        slug="confirmations",
        page="人才库",
        title="乡村人才年度确认表",
        purpose="一年一次：人才库里的人今年是不是还在。导出的表列出在库的每个人，填上“仍在”或“已不在”再传回。",
        matching=(
            "有身份证号的按身份证号找人，没有的按“村＋姓名”找本村唯一的同名人；再找此人那一天所在的库。一人一年只有一个答复，后填的算。"
            "“今年是否仍在”空着的行不改动；填“已不在”的从确认日期的前一天出库。"
        ),
        columns=(
            TOWNSHIP, VILLAGE, persons.NAME, persons.ID_NUMBER, SPECIALTY, YEAR, IS_HERE, CONFIRMED_ON, persons.REMARKS,
        ),
        required=("name",),
        identities=confirmations.identities,
        compare=confirmations.compare,
        apply=confirmations.write,
        export=talent_export.confirmations,
        choices=talent_export.confirmation_choices,
        export_permission="talent.reveal_person",
        leading=("township", "village", "name", "still_here", "confirmed_on", "confirm_year"),
        standard=(
            "township", "village", "name", "id_number", "specialty", "confirm_year", "still_here", "confirmed_on", "remarks"
        ),
        template_note=(
            "填表说明：一人一行；“今年是否仍在”填仍在或已不在；确认日期不填按数据日期记；身份证号按文本填写；特长只供辨认，不改动。"
        ),
    )
)  # fmt: skip
