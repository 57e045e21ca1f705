"""乡村人才信息库."""

from functools import partial

from rosters.cleaning import choice, date, line, yes_no
from rosters.spec import Column, Roster, register
from talent import roster_export
from talent.roster_apply import kinds, roles
from talent.rosters import explaining, persons
from villages.rosters import TOWNSHIP, VILLAGE

CATEGORY_WORDS = {
    **dict.fromkeys(("生产型", "种养能手"), "production"),
    **dict.fromkeys(("经营型", "经营能人"), "business"),
    **dict.fromkeys(("技能型", "能工巧匠"), "skill"),
    "社会服务型": "service",
    "治理型": "governance",
    "其他": "other",
}
CATEGORY = Column(
    "talent_category", "人才类别",
    choice("talent_category", CATEGORY_WORDS, "unknown_category", "生产型、经营型、技能型、社会服务型、治理型或其他", strip="人才"),
    ("人才类别", "人才类型", "类别", "人才分类", "人才种类", "类型"),
)  # fmt: skip
SPECIALTY = Column(
    "specialty",
    "专业特长",
    line,
    ("专业特长", "特长", "专长", "技能特长", "技能", "技术特长", "从事产业", "特长技能", "技术专长"),
)
IS_DEMONSTRATION = Column(
    "is_demonstration",
    "是否示范户",
    yes_no,
    ("是否示范户", "示范户", "是否科技示范户", "是否为示范户", "是否致富示范户"),
)

ENTERED_ON = Column(
    "entered_on", "入库时间", date, ("入库时间", "入库日期", "入库年月", "登记时间", "登记日期", "纳入时间", "认定时间"),
)  # fmt: skip

TALENT = register(
    Roster(
        slug="talent",
        title="乡村人才信息库",
        purpose="登记乡村人才：谁、在哪个村、属于哪一类、有什么特长。",
        matching="按身份证号找人；这个人在库的那一条就是这一行。一人同一时间只在一个村的人才库里。",
        columns=(
            TOWNSHIP, VILLAGE, persons.NAME, persons.SEX, persons.ETHNICITY, persons.BIRTH_DATE, persons.AGE,
            persons.POLITICAL, persons.IS_PARTY_MEMBER, persons.ID_NUMBER, persons.EDUCATION, CATEGORY, SPECIALTY,
            IS_DEMONSTRATION, ENTERED_ON, persons.PHONE, persons.REMARKS,
        ),
        required=("name", "id_number", "village"),
        village_required=True,
        check_row=persons.check_person,
        identities=persons.identity_keys,
        hints=persons.age_hints,
        compare=partial(roles.compare, kinds.TALENT),
        apply=roles.write,
        export=roster_export.rural_talent,
        choices=roster_export.rural_talent_choices,
        explain=explaining.explain,
        export_permission="talent.reveal_person",
        leading=("township", "village", "name", "id_number", "talent_category", "specialty", "phone"),
        standard=(
            "township", "village", "name", "sex", "ethnicity", "birth_date", "political_status", "id_number", "education",
            "talent_category", "specialty", "is_demonstration", "entered_on", "phone", "remarks",
        ),
    )
)  # fmt: skip
