"""乡村人才信息库."""

from functools import partial

from rosters.cleaning import as_text, choice, date, is_blank, line, number, yes_no
from rosters.cleaning.base import plain_kind
from rosters.spec import Column, Roster, register
from talent import roster_export
from talent.models import Business, RuralTalent, SubClass, TalentClass, Willing
from talent.models.talent_classes import tidy_words
from talent.roster_apply import kinds, roles
from talent.rosters import explaining, persons
from villages.rosters import TOWNSHIP, VILLAGE

CATEGORY_WORDS = {
    **dict.fromkeys(("生产型", "种养能手"), "production"),
    **dict.fromkeys(("经营型", "经营能人"), "business"),
    **dict.fromkeys(("技能型", "能工巧匠"), "skill"),
    "技能服务型": "skill_serve",
    "技能带动型": "skill_lead",
    "社会服务型": "service",
    "治理型": "governance",
    "其他": "other",
}
CLASS_WORDS = {one.label: one.value for one in TalentClass}
SUB_CLASS_WORDS = {one.label: one.value for one in SubClass} | {
    "家庭农场经营者": "farm_leader", "农民合作社带头人": "farm_leader", "合作社带头人": "farm_leader", "家庭农场主": "farm_leader",
    "创业创新带头人": "founder", "创新创业带头人": "founder", "电商": "e_commerce", "工匠": "craftsman", "农民工劳务输出品牌": "labour_brand",
    "教师": "teacher", "卫生健康": "health", "乡村医生": "health", "文化旅游体育": "culture", "规划建设": "planning",
    "乡镇党政": "official", "大学生村干部": "college", "社会工作": "social_work", "经营管理": "management", "法律": "law",
    "高科技领军": "scientist", "科技创新": "innovation", "科技推广": "extension",
}  # fmt: skip
ORIGIN_WORDS = {one.label: one.value for one in RuralTalent.Origin} | {
    "本土": "local", "培养": "local", "本地": "local", "回乡": "returned", "返乡创业": "returned", "外来": "introduced"
}  # fmt: skip
WILLING_WORDS = {one.label: one.value for one in Willing} | {
    "全职": "full_time", "柔性": "flexible", "柔性服务": "flexible", "技术指导": "guidance", "暂不便": "none", "不愿意": "none"
}  # fmt: skip
# A list of short words with any mark between them, kept with 、.
words = plain_kind("words", lambda raw: (None, None) if is_blank(raw) else (tidy_words(as_text(raw)) or None, None))
CATEGORY = Column(
    "talent_category", "人才类别",
    choice("talent_category", CATEGORY_WORDS, "unknown_category", "生产型、经营型、技能型、技能服务型、技能带动型、社会服务型、治理型或其他", strip="人才"),
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

TALENT_CLASS = Column(
    "talent_class", "人才大类",
    choice("talent_class", CLASS_WORDS, "unknown_talent_class", "、".join(TalentClass.labels), strip="人才|乡村|农村"),
    ("人才大类", "大类", "五类人才", "五类", "乡村人才大类", "人才五类"),
)  # fmt: skip
SUB_CLASS = Column(
    "sub_class", "人才小类",
    choice("sub_class", SUB_CLASS_WORDS, "unknown_sub_class", "二十小类之一，如农村电商人才、乡村工匠", strip="人才"),
    ("人才小类", "小类", "细类", "人才细类", "二十小类", "乡村人才小类", "20小类"),
)  # fmt: skip
TAGS = Column("tags", "身份标签", words, ("身份标签", "人才标签", "标签", "人才身份", "身份类型"))
SKILLS = Column("skills", "技能关键词", words, ("技能关键词", "关键词", "掌握技能", "可提供服务", "能做什么"))
CERTIFICATES = Column(
    "certificates", "职称和证书", line,
    ("职称和证书", "职称", "专业技术职称", "技能等级", "职称证书", "职称技能等级", "职称等级", "证书", "技能证书", "资格证书", "职称技能等级证书"),
)  # fmt: skip
BUSINESSES = {label: code for code, label in Business.choices} | {
    "加工": "processing", "旅游": "tourism", "民宿农家乐": "tourism", "电商": "commerce", "手工艺": "craft", "服务": "service",
}  # fmt: skip
BUSINESS_KIND = choice("business", BUSINESSES, "unknown_business", "、".join(Business.labels))
BUSINESS = Column("business", "经营类型", BUSINESS_KIND, ("经营类型", "经营类别"))
SCALE = Column("scale", "产业规模", line, ("产业规模", "经营规模", "种养规模", "生产规模", "生产经营规模", "规模"))
HOUSEHOLDS_LED = Column(
    "households_led", "带动户数", number("户"),
    ("带动户数", "带动农户", "带动农户数", "带动农户户数", "辐射带动户数", "带动就业户数", "联农带农户数", "带动"),
)  # fmt: skip
WILLING = Column(
    "willing", "服务意愿",
    choice("willing", WILLING_WORDS, "unknown_willing", "、".join(Willing.labels)),
    ("服务意愿", "意愿", "是否愿意服务", "服务方式"),
)  # fmt: skip
WISHES = Column("wishes", "愿意做什么", line, ("愿意做什么", "愿意提供的服务", "服务内容", "意愿说明", "服务意向"))
ORIGIN = Column(
    "origin", "引育方式",
    choice("origin", ORIGIN_WORDS, "unknown_origin", "本土培养、返乡或引进", strip="人才"),
    ("引育方式", "引进或培养", "培养方式", "人才来源", "来源方式", "引进培养方式"),
)  # fmt: skip
CAME_FROM = Column(
    "came_from", "来自何处", line, ("来自何处", "来源地", "引进前单位", "返乡前所在地", "从何处来", "原所在地")
)
CAME_ON = Column(
    "came_on",
    "来（返）乡时间",
    date,
    ("来返乡时间", "返乡时间", "来乡时间", "引进时间", "来村时间", "返乡日期", "引进日期"),
)

ENTERED_ON = Column(
    "entered_on", "入库时间", date, ("入库时间", "入库日期", "入库年月", "登记时间", "登记日期", "纳入时间", "认定时间"),
)  # fmt: skip

TALENT = register(
    Roster(
        slug="talent",
        page="人才库",
        is_main=True,
        title="乡村人才信息库",
        purpose="登记乡村人才：谁、在哪个村、属于哪一类、有什么特长。",
        matching="按身份证号找人；这个人在库的那一条就是这一行。一人同一时间只在一个村的人才库里。",
        columns=(
            TOWNSHIP, VILLAGE, persons.NAME, persons.SEX, persons.ETHNICITY, persons.BIRTH_DATE, persons.AGE,
            persons.POLITICAL, persons.IS_PARTY_MEMBER, persons.ID_NUMBER, persons.EDUCATION, CATEGORY, SPECIALTY,
            IS_DEMONSTRATION, TALENT_CLASS, SUB_CLASS, TAGS, SKILLS, CERTIFICATES, BUSINESS, SCALE, HOUSEHOLDS_LED, WILLING, WISHES, ORIGIN,
            CAME_FROM, CAME_ON, ENTERED_ON, persons.PHONE, persons.REMARKS,
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
            "talent_class", "sub_class", "talent_category", "tags", "specialty", "skills", "certificates", "business", "scale", "households_led",
            "is_demonstration", "willing", "wishes", "origin", "came_from", "came_on", "entered_on", "phone", "remarks",
        ),
    )
)  # fmt: skip
