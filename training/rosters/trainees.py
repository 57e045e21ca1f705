"""培训班学员花名册."""

from rosters.cleaning import line, yes_no_as
from rosters.spec import Column, Roster, register
from talent.roster_apply import roles
from talent.rosters import persons
from training import roster_export
from training.roster_apply import trainees
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
        page="培训",
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
