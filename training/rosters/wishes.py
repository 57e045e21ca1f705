"""培训需求汇总表: which topic somebody asks for in a year, and who said so."""

from rosters.cleaning import choice, date, line, number
from rosters.spec import Column, Roster, register
from talent.rosters import persons
from training import roster_export
from training.roster_apply import wishes
from training.rosters.trainees import JOB_TITLE
from villages.rosters import TOWNSHIP, VILLAGE

TOPIC = Column(
    "topic", "培训专题", line,
    ("培训专题", "需求专题", "想学的专题", "培训需求", "需求内容", "培训需求内容", "希望培训内容", "需培训专题", "想学什么",
     "想学的内容", "想学内容", "希望学习的内容", "希望参加的培训", "拟学内容", "需求培训内容"),
    unsure=("专题", "培训内容"),
)  # fmt: skip
YEAR = Column("wish_year", "年度", number("年"), ("年度", "需求年度", "培训年度"), unsure=("年份",))
SOURCE = Column(
    "wish_source", "需求来源",
    choice(
        "wish_source",
        {
            **dict.fromkeys(("本人提出", "本人", "个人提出", "自愿", "个人申请", "本人申请"), "self"),
            **dict.fromkeys(("考核评议反映", "考核", "评议", "考核反映", "考核评议", "群众反映"), "evaluation"),
            **dict.fromkeys(("乡镇建议", "乡镇", "乡镇推荐", "乡镇党委建议", "单位建议"), "township"),
            **dict.fromkeys(("班次评价反映", "班后评价", "班次评价", "培训评价", "学员评价反映"), "feedback"),
        },
        "unknown_wish_source", "本人提出、考核评议反映、乡镇建议或班次评价反映",
    ),
    ("需求来源", "提出方式", "谁提出的", "需求提出方"), unsure=("来源",),
)  # fmt: skip
STATED_ON = Column("wish_stated_on", "提出日期", date, ("提出日期", "提出时间", "需求提出日期", "需求提出时间"))

WISHES = register(
    Roster(
        slug="wishes",
        page="培训",
        title="培训需求汇总表",
        purpose="登记谁在哪个年度想学或该学哪个专题，“谁缺什么”会列出还没参加的。",
        matching=(
            "有身份证号的按身份证号找人，没有的按“村＋姓名”找本村唯一的同名人；这个人须已有档案，专题须是“培训专题”里已有的；一个人一个专题一个年度只有一条。"
        ),
        columns=(
            TOWNSHIP, VILLAGE, persons.NAME, persons.ID_NUMBER, JOB_TITLE, TOPIC, YEAR, SOURCE, STATED_ON, persons.REMARKS,
        ),
        required=("name", "topic"),
        identities=wishes.identities,
        compare=wishes.compare,
        apply=wishes.write,
        export=roster_export.wishes,
        choices=roster_export.wish_choices,
        export_permission="talent.reveal_person",
        leading=("township", "village", "name", "topic", "wish_year", "wish_source"),
        standard=(
            "township", "village", "name", "id_number", "job_title", "topic", "wish_year", "wish_source", "wish_stated_on", "remarks"
        ),
        template_note="填表说明：一人一个专题一行；年度填四位数，不填按数据日期的年度记；来源不填按“本人提出”记；提出日期不填按数据日期记；身份证号按文本填写。",
    )
)  # fmt: skip
