"""驻村干部年度考核名册."""

import re

from rosters.cleaning import choice, free_text, line, number
from rosters.spec import Column, Roster, register
from talent import sent_export
from talent.models.stationing import TEAM_ROLES, Role
from talent.roster_apply import stay_grades
from talent.rosters import persons
from villages.rosters import TOWNSHIP, VILLAGE

ROLE_WORDS = {role.label: role.value for role in TEAM_ROLES} | {
    **dict.fromkeys(("驻村第一书记", "第一书记兼队长", "第一书记兼工作队队长", "第一书记、工作队队长"), Role.FIRST_SECRETARY.value),
    **dict.fromkeys(("队长", "工作队长", "驻村工作队队长", "驻村工作队长"), Role.TEAM_LEADER.value),
    **dict.fromkeys(("队员", "工作队员", "驻村工作队队员", "驻村工作队员"), Role.TEAM_MEMBER.value),
}  # fmt: skip
ROLE = Column(
    "stay_role", "驻村职务", choice("stay_role", ROLE_WORDS, "unknown_stay_role", "、".join(role.label for role in TEAM_ROLES)),
    ("驻村职务", "派驻职务", "队内职务", "驻村担任职务", "驻村岗位", "驻村身份", "职务"),
)  # fmt: skip
YEAR = Column("assessed_year", "考核年度", number("年度", base="年"), ("考核年度", "考核年份", "年度", "所属考核年度"))
GRADE = Column(
    "stay_grade", "考核等次", line,
    ("考核等次", "年度考核等次", "驻村考核等次", "考核结果", "年度考核结果", "考核等级", "拟定等次", "拟定考核等次", "年度考核", "等次"),
)  # fmt: skip
OPINION = Column(
    "stay_opinion", "考核意见", free_text, ("考核意见", "考核评语", "评语", "考核评价", "驻村表现", "年度考核意见", "考核综合意见")
)  # fmt: skip
SAID = re.compile(r"(20\d\d)\s*年.{0,16}考核|考核年[度份]\W{0,3}(20\d\d)")


def is_graded(values):
    """True for a row that grades somebody; a list of who is there has no grade."""
    return True if values.get("stay_grade") else None


def year_said(text):
    """The year whose assessment a title or a sheet's name speaks of, or None."""
    found = SAID.search(text)
    return int(found[1] or found[2]) if found else None


STAY_GRADES = register(
    Roster(
        slug="stay_grades",
        page="驻村与挂职",
        title="驻村干部年度考核名册",
        purpose="登记第一书记和工作队员一个年度的考核等次和意见。",
        matching=(
            "先按村找这一年在村的第一书记和工作队员，再按身份证号找人，没有身份证号的按姓名找；一人在这个村有几个驻村职务的，还要看驻村职务。"
            "没有登记派驻的人不入库。考核年度不填的看表的标题，标题里也没有的记上一年度；等次没有填的不登记。"
            "导出的是数据时点上一年度的名单，没有定等次的也列出来，填好再传；“年度考核”页面导出的表也能直接填了再传。"
        ),
        columns=(TOWNSHIP, VILLAGE, persons.NAME, persons.ID_NUMBER, ROLE, YEAR, GRADE, OPINION),
        required=("name", "village"),
        village_required=True,
        typical=is_graded,
        headed="assessed_year",
        heading=year_said,
        identities=stay_grades.identities,
        compare=stay_grades.compare,
        apply=stay_grades.write,
        export=sent_export.stay_grades,
        choices=sent_export.stay_grade_choices,
        export_permission="talent.reveal_person",
        leading=("township", "village", "name", "stay_role", "assessed_year", "stay_grade", "stay_opinion"),
        standard=(
            "township", "village", "name", "id_number", "stay_role", "assessed_year", "stay_grade", "stay_opinion",
        ),
        template_note="填表说明：一人一行；带 * 的必填；身份证号按文本填写；考核年度填四位数；等次按本县的写法填，没有定的先空着。",
    )
)  # fmt: skip
