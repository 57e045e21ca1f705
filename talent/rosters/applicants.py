"""公开招聘报名和成绩名册: who applies for a recruitment; uploaded again with scores it writes these."""

from dataclasses import replace

from rosters.cleaning import Kind, choice, date, line, number, squeeze
from rosters.spec import Column, Roster, register
from talent import roster_export
from talent.roster_apply import applicants, roles
from talent.roster_targets.recruitments import RECRUITMENT
from talent.rosters import persons
from villages import rosters as places

TOWNSHIP = replace(places.TOWNSHIP, spellings=(*places.TOWNSHIP.spellings, "报考乡镇", "报考乡镇街道", "应聘乡镇"))
VILLAGE = replace(
    places.VILLAGE, spellings=(*places.VILLAGE.spellings, "报考村", "报考村社区", "报考岗位", "应聘村", "报考单位")
)
NAME = replace(persons.NAME, spellings=(*persons.NAME.spellings, "考生姓名", "报名人姓名", "报考人姓名"))
HOUSEHOLD = Column(
    "household", "户籍",
    choice(
        "household",
        {"报考乡镇": "township", "本乡镇": "township", "本乡": "township", "本镇": "township", "本县其他乡镇": "county", "本县": "county",
         "县内": "county", "其他县": "elsewhere", "外县": "elsewhere", "县外": "elsewhere"},
        "unknown_household", "报考乡镇、本县其他乡镇或其他县", strip="户籍",
    ),
    ("户籍", "户籍所在地", "户口所在地", "户籍情况", "户籍地"), by_values=True,
)  # fmt: skip
TICKET_NO = Column("ticket_no", "准考证号", line, ("准考证号", "准考证号码", "准考证", "考号"))
APPLIED_ON = Column("applied_on", "报名日期", date, ("报名日期", "报名时间"))
POINTS = number("分")
STAYED_AWAY = frozenset(("缺考", "弃考", "缺席", "未参加", "放弃"))


def _points(hint=""):
    """A number of points; 缺考 is no score."""
    clean = POINTS.compile(hint)
    return lambda raw: (None, None) if squeeze(raw) in STAYED_AWAY else clean(raw)


SCORE = Kind("score", _points, POINTS.looks)
WRITTEN = Column("written", "笔试成绩", SCORE, ("笔试成绩", "笔试", "笔试分数", "笔试得分"))
INTERVIEW = Column("interview", "面试成绩", SCORE, ("面试成绩", "面试", "面试分数", "面试得分"))
EXTRA = Column("extra", "加试成绩", SCORE, ("加试成绩", "加试", "加试得分"))

APPLICANTS = register(
    Roster(
        slug="applicants",
        page="公开招聘",
        title="公开招聘报名和成绩名册",
        purpose="登记一次公开招聘的报名人员；笔试、面试后填上成绩再传一次，就登记成绩。",
        matching="按身份证号找人；一人在一次招聘里只有一条报名。总成绩和名次由系统按占比计算，不用填。",
        columns=(
            TOWNSHIP, VILLAGE, NAME, persons.SEX, persons.ETHNICITY, persons.BIRTH_DATE, persons.AGE, persons.POLITICAL,
            persons.IS_PARTY_MEMBER, persons.ID_NUMBER, persons.EDUCATION, HOUSEHOLD, TICKET_NO, APPLIED_ON, WRITTEN, INTERVIEW,
            EXTRA, persons.PHONE, persons.REMARKS,
        ),
        required=("name", "id_number", "village"),
        village_required=True,
        check_row=persons.check_person,
        identities=persons.identity_keys,
        hints=persons.age_hints,
        target=RECRUITMENT,
        compare=applicants.compare,
        apply=roles.write,
        export=roster_export.applicants,
        choices=roster_export.applicant_choices,
        export_permission="talent.reveal_person",
        leading=("township", "village", "name", "id_number", "household", "written", "interview"),
        standard=(
            "township", "village", "name", "sex", "ethnicity", "birth_date", "political_status", "id_number", "education",
            "household", "ticket_no", "applied_on", "written", "interview", "extra", "phone", "remarks",
        ),
        template_note="填表说明：一人一行，写报考的乡镇和村；报名时成绩不填；考试后填上成绩再传一次。总成绩、名次不用填。",
    )
)  # fmt: skip
