"""培训班学员花名册 and 学历提升人员名单."""

from dataclasses import replace

from rosters.cleaning import choice, date, line, yes_no_as
from rosters.spec import Column, Roster, register
from talent.roster_apply import roles
from talent.rosters import explaining, persons
from training import roster_export
from training.roster_apply import degrees, trainees
from training.roster_targets import SESSION
from villages.rosters import TOWNSHIP, VILLAGE

# What follows the name of a class in a title: 培训班学员花名册. 班子 is a team, not a class.
CLASS_WORDS = ("培训", "研修", "轮训", "进修", "培养", "提升", "学习", "教育", "专题", "示范", "讲习")
LONGEST_NAME = 60

JOB_TITLE = Column(
    "job_title", "职务", line,
    ("职务", "现任职务", "现职务", "担任职务", "岗位", "任职", "村内职务", "单位及职务", "工作单位及职务", "职务岗位", "现任岗位",
     "单位职务", "村级职务", "所任职务", "任职情况", "身份", "职位", "现任村级职务"),
)  # fmt: skip
LODGING = Column(
    "lodging", "是否住宿", yes_no_as(("住宿", "住", "需要", "需住宿"), ("不住宿", "不住", "不需要", "走读")), ("是否住宿", "住宿", "住宿情况", "是否需要住宿", "是否安排住宿", "需要住宿", "住宿否"),
)  # fmt: skip
HALAL = Column(
    "halal", "是否清真", yes_no_as(("清真", "清真餐", "需要"), ("普通餐", "普通", "不需要")), ("是否清真", "清真", "清真餐", "是否清真餐", "是否需要清真餐", "是否需清真餐", "清真饮食"),
)  # fmt: skip

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
    ("毕业时间", "毕业年月", "毕业日期", "取得毕业证时间", "毕业证时间", "预计毕业时间", "拟毕业时间"),
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


def class_name(texts):
    """{class_name} when a title names a training class: up to its 班, without a list's name behind it."""
    for text in texts:
        name = text.rpartition("：")[2].rpartition(":")[2]
        end = max(place for place in range(-1, len(name)) if place < 0 or _ends_class(name, place))
        name = name[: end + 1]
        if end > 0 and len(name) <= LONGEST_NAME and any(word in name for word in CLASS_WORDS):
            return {"class_name": name}
    return {}


def _ends_class(name, place):
    return name[place] == "班" and name[place + 1 : place + 2] != "子"


TRAINEES = register(
    Roster(
        slug="trainees",
        title="培训班学员花名册",
        purpose="登记一期培训班的学员，参训人次和覆盖率由它而来。",
        matching="有身份证号的按身份证号找人，没有的按“村＋姓名”找本村唯一的同名人；这个人在所选班次里只有一条。",
        columns=(
            TOWNSHIP, VILLAGE, persons.NAME, persons.SEX, persons.ETHNICITY, persons.BIRTH_DATE, persons.AGE,
            persons.POLITICAL, persons.IS_PARTY_MEMBER, persons.ID_NUMBER, persons.EDUCATION, JOB_TITLE, LODGING, HALAL,
            persons.PHONE, persons.REMARKS,
        ),
        required=("name",),
        check_row=persons.check_person,
        identities=persons.identity_keys,
        hints=persons.age_hints,
        context=class_name,
        target=SESSION,
        compare=trainees.compare,
        apply=roles.write,
        export=roster_export.trainees,
        choices=roster_export.trainee_choices,
        export_permission="talent.reveal_person",
        leading=("township", "village", "name", "id_number", "job_title", "lodging", "halal", "phone"),
        standard=(
            "township", "village", "name", "sex", "ethnicity", "birth_date", "political_status", "id_number", "education",
            "job_title", "lodging", "halal", "phone", "remarks",
        ),
    )
)  # fmt: skip

DEGREE = register(
    Roster(
        slug="degree",
        title="学历提升人员名单",
        purpose="登记参加学历提升的人：在哪里读、读什么、何时入学、是否毕业。",
        matching="有身份证号的按身份证号找人，没有的按“村＋姓名”找本村唯一的同名人；再按报读层次找这一段学习。",
        columns=(
            TOWNSHIP, VILLAGE, persons.NAME, persons.SEX, persons.ETHNICITY, persons.BIRTH_DATE, persons.AGE,
            persons.POLITICAL, persons.IS_PARTY_MEMBER, persons.ID_NUMBER, FORMER_EDUCATION, JOB_TITLE, SCHOOL, MAJOR,
            TARGET_EDUCATION, STUDY_MODE, ENROLLED_ON, IS_GRADUATED, GRADUATED_ON, persons.PHONE, persons.REMARKS,
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
            "job_title", "school", "major", "target_education", "study_mode", "enrolled_on", "is_graduated",
            "graduated_on", "phone", "remarks",
        ),
    )
)  # fmt: skip
