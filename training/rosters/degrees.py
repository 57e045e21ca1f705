"""学历提升人员名单."""

from dataclasses import replace

from rosters.cleaning import choice, date, line, number, yes_no_as
from rosters.spec import Column, Roster, register
from talent.rosters import explaining, persons
from training import roster_export
from training.roster_apply import degrees
from training.rosters.trainees import JOB_TITLE
from villages.rosters import TOWNSHIP, VILLAGE

TARGET_EDUCATION = Column(
    "target_education", "报读层次",
    choice(
        "target_education",
        {**dict.fromkeys(("专科", "大专", "高起专"), "junior_college"), **dict.fromkeys(("本科", "专升本", "高起本"), "bachelor")},
        "unknown_education", "专科、高起专、本科、专升本或高起本", strip="层次",
    ),
    ("报读层次", "学习层次", "就读层次", "层次", "提升层次", "培养层次", "拟提升学历", "提升学历", "攻读学历", "在读学历", "报读学历",
     "录取层次", "就读学历"),
)  # fmt: skip
SCHOOL = Column(
    "school", "报读院校", line,
    ("报读院校", "就读院校", "院校", "学校", "报读学校", "就读学校", "院校名称", "学校名称", "录取院校", "在读院校", "毕业院校", "培养院校"),
)  # fmt: skip
MAJOR = Column(
    "major", "专业", line,
    ("报读专业", "就读专业", "专业", "所学专业", "录取专业", "专业名称", "在读专业", "学习专业"),
)  # fmt: skip
STUDY_MODE = Column(
    "study_mode", "学习形式", line,
    ("学习形式", "学习方式", "就读形式", "就读方式", "报读形式", "办学形式", "教育形式", "报读方式", "教育类型", "学历类型"),
)  # fmt: skip
ENROLLED_ON = Column(
    "enrolled_on", "入学时间", date,
    ("入学时间", "入学年月", "入学日期", "报读时间", "就读时间", "录取时间", "注册时间", "开学时间", "报名时间", "学习起始时间"),
)  # fmt: skip
IS_GRADUATED = Column(
    "is_graduated", "是否毕业", yes_no_as(("毕业", "已毕业"), ("在读", "未毕业", "就读")), ("是否毕业", "毕业", "是否已毕业", "毕业否", "是否取得毕业证", "是否取得毕业证书", "毕业情况"),
)  # fmt: skip
GRADUATED_ON = Column(
    "graduated_on", "毕业时间", date,
    ("毕业时间", "毕业年月", "毕业日期", "取得毕业证时间", "毕业证时间", "实际毕业时间"),
)  # fmt: skip
FORMER_EDUCATION = replace(
    persons.EDUCATION,
    spellings=(
        *persons.EDUCATION_SPELLINGS,
        "原学历",
        "原有学历",
        "入学前学历",
        "报读前学历",
        "提升前学历",
        "原文化程度",
    ),
)


EXPECTED_ON = Column(
    "expected_on", "预计毕业时间", date,
    ("预计毕业时间", "预计毕业年月", "预计毕业日期", "拟毕业时间", "应毕业时间", "计划毕业时间"),
)  # fmt: skip
STUDENT_NO = Column("student_no", "学号", line, ("学号", "学籍号", "学生证号", "学生编号"))
TUITION = Column(
    "tuition", "学费", number("元", base="元"), ("学费", "学费金额", "缴费金额", "应缴学费", "学杂费", "学费合计", "全程学费")
)  # fmt: skip
SUBSIDY = Column(
    "subsidy", "补助金额", number("元", base="元"),
    ("补助金额", "补助", "补贴金额", "学费补助", "县级补助", "奖补金额", "学费补贴", "已补助金额", "资助金额"),
)  # fmt: skip
CERTIFICATE_NO = Column(
    "certificate_no", "毕业证书编号", line, ("毕业证书编号", "毕业证编号", "毕业证书号", "毕业证号", "学历证书编号")
)  # fmt: skip

DEGREE = register(
    Roster(
        slug="degree",
        page="学历提升",
        title="学历提升人员名单",
        purpose="登记参加学历提升的人：在哪里读、读什么、何时入学、预计何时毕业、学费和补助、是否毕业。",
        matching="有身份证号的按身份证号找人，没有的按“村＋姓名”找本村唯一的同名人；再按报读层次找这一段学习。",
        columns=(
            TOWNSHIP, VILLAGE, persons.NAME, persons.SEX, persons.ETHNICITY, persons.BIRTH_DATE, persons.AGE,
            persons.POLITICAL, persons.IS_PARTY_MEMBER, persons.ID_NUMBER, FORMER_EDUCATION, JOB_TITLE, SCHOOL, MAJOR,
            TARGET_EDUCATION, STUDY_MODE, STUDENT_NO, ENROLLED_ON, EXPECTED_ON, TUITION, SUBSIDY, IS_GRADUATED,
            GRADUATED_ON, CERTIFICATE_NO, persons.PHONE, persons.REMARKS,
        ),
        required=("name",),
        check_row=persons.check_person,
        identities=persons.identity_keys,
        hints=persons.age_hints,
        compare=degrees.compare,
        apply=degrees.write,
        export=roster_export.degrees,
        choices=roster_export.degree_choices,
        explain=explaining.explain,
        export_permission="talent.reveal_person",
        leading=(
            "township", "village", "name", "id_number", "school", "target_education", "enrolled_on", "is_graduated",
            "graduated_on",
        ),
        standard=(
            "township", "village", "name", "sex", "ethnicity", "birth_date", "political_status", "id_number", "education",
            "job_title", "school", "major", "target_education", "study_mode", "student_no", "enrolled_on", "expected_on",
            "tuition", "subsidy", "is_graduated", "graduated_on", "certificate_no", "phone", "remarks",
        ),
    )
)  # fmt: skip
