"""学历提升学期进展表: how each study went in a term, what was paid and what was granted."""

from rosters.cleaning import choice, line, number
from rosters.spec import Column, Roster, register
from talent.rosters import persons
from training import roster_export
from training.roster_apply import terms
from training.rosters.degrees import TARGET_EDUCATION
from villages.rosters import TOWNSHIP, VILLAGE

TERM = Column("term", "学期", line, ("学期", "所属学期", "学年学期", "进展学期"))
TERM_STATE = Column(
    "term_state", "学习情况",
    choice(
        "term_state",
        {
            **dict.fromkeys(("正常", "在读", "全部通过", "合格", "良好"), "normal"),
            **dict.fromkeys(("有课程未通过", "有未通过课程", "有挂科", "挂科", "需补考", "补考"), "behind"),
            **dict.fromkeys(("休学", "暂停", "中断"), "suspended"),
        },
        "unknown_term_state", "正常、有课程未通过或休学",
    ),
    ("学习情况", "本学期学习情况", "学习进展", "学期情况", "学期结果"),
)  # fmt: skip
CREDITS = Column("credits", "取得学分", number("分"), ("取得学分", "本学期学分", "学分", "获得学分", "已修学分"))
FAILED = Column(
    "failed",
    "未通过课程（门）",
    number("门"),
    ("未通过课程门", "未通过课程", "未通过门数", "挂科门数", "不及格课程门数"),
)
TERM_TUITION = Column(
    "term_tuition", "本学期学费（元）", number("元", base="元"), ("本学期学费元", "本学期学费", "学期学费", "本期学费")
)
TERM_SUBSIDY = Column(
    "term_subsidy",
    "本学期补助（元）",
    number("元", base="元"),
    ("本学期补助元", "本学期补助", "学期补助", "本期补助", "本学期补贴"),
)

TERMS = register(
    Roster(
        slug="study_terms",
        page="学历提升",
        title="学历提升学期进展表",
        purpose="登记在读的人一个学期学得怎样：学习情况、学分、未通过课程，交了多少学费、发了多少补助。",
        matching="有身份证号的按身份证号找人，没有的按“村＋姓名”找本村唯一的同名人；这个人须已在学历提升名单里，学期须在他那一段学习期间；一个人一段学习一个学期只有一条。",
        columns=(
            TOWNSHIP, VILLAGE, persons.NAME, persons.ID_NUMBER, TARGET_EDUCATION, TERM, TERM_STATE, CREDITS, FAILED, TERM_TUITION,
            TERM_SUBSIDY, persons.REMARKS,
        ),
        required=("name", "term"),
        identities=terms.identities,
        compare=terms.compare,
        apply=terms.write,
        export=roster_export.terms,
        choices=roster_export.term_choices,
        export_permission="talent.reveal_person",
        leading=("township", "village", "name", "term", "term_state", "credits", "failed", "term_tuition", "term_subsidy"),
        standard=(
            "township", "village", "name", "id_number", "target_education", "term", "term_state", "credits", "failed",
            "term_tuition", "term_subsidy", "remarks",
        ),
        template_note="填表说明：一人一个学期一行；学期写成“2026年春季”或“2026年秋季”；学习情况不填按“正常”记；学费、补助按元填；身份证号按文本填写。",
    )
)  # fmt: skip
