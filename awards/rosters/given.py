"""表彰名单: who was awarded in earlier years, before rounds were run here."""

from awards.roster_apply import given as apply
from awards.roster_export import given as export
from awards.rosters.nominees import AWARD_CATEGORY, NAME, NOMINEE_TYPE, check_awarded, is_collective
from rosters.cleaning import date, line, number
from rosters.spec import Column, Roster, register
from talent.roster_apply import roles
from talent.rosters import persons
from villages.rosters import TOWNSHIP, VILLAGE

SCHEME = Column(
    "award_scheme", "表彰项目", line, ("表彰项目", "表彰项目名称", "表彰名称", "荣誉称号", "获得荣誉", "所获荣誉", "授予称号", "荣誉名称"),
)  # fmt: skip
YEAR = Column("award_year", "表彰年度", number("年"), ("表彰年度", "表彰年份", "获奖年度", "获奖年份", "获得年度"))
OF_AWARD = (
    SCHEME,
    YEAR,
    AWARD_CATEGORY,
    Column("award_document", "表彰文号", line, ("表彰文号", "表彰文件", "表彰文件文号", "表彰决定文号", "决定文号")),
    Column("award_day", "表彰日期", date, ("表彰日期", "表彰时间", "获奖时间", "获奖日期", "表彰决定日期", "授予时间")),
    Column(
        "award_bonus", "奖金（元）", number("元", base="元"), ("奖金", "奖金元", "奖励金额", "奖励资金", "奖金数额")
    ),
    Column("award_material", "物质奖励", line, ("物质奖励", "实物奖励")),
    Column("award_honours", "荣誉奖励", line, ("荣誉奖励", "证书奖牌")),
)


def identities(values, fields, context):
    """The same person or collective, award and year is the same row."""
    if not (values.get("name") and values.get("award_scheme") and values.get("award_year")):
        return []
    what = (values["award_scheme"], values["award_year"])
    if is_collective(values, fields):
        return [("collective", values["name"], values.get("township"), values.get("village"), *what)]
    number = persons.valid_id(values)
    return [("id", number, *what)] if number else [("name", values["name"], values.get("township"), values.get("village"), *what)]  # fmt: skip


AWARDS_GIVEN = register(
    Roster(
        slug="awards_given",
        page="表彰",
        title="表彰名单",
        purpose="登记往年表彰的个人和集体，资格审核按它核对以往表彰；个人和村的页面、年度表彰指标也算上。",
        matching=(
            "个人按身份证号找人，集体按村和名称找；再按“表彰项目＋年度”找这项表彰：有的更正，没有的新记一项。表彰项目要先登记。"
            "轮次在系统里办理的年度，由轮次作出决定，不从名册入库；轮次作出的、已发证书的、已撤销的不再改动。"
            "县级表彰由县委组织部登记，乡镇只能登记本乡镇设立的表彰。"
        ),
        columns=(TOWNSHIP, VILLAGE, NOMINEE_TYPE, NAME, persons.ID_NUMBER, *OF_AWARD, persons.REMARKS),
        required=("name", "village", "award_scheme", "award_year"),
        village_required=True,
        check_row=check_awarded,
        identities=identities,
        compare=apply.compare,
        apply=roles.write,
        export=export.rows,
        choices=export.choices,
        export_permission="talent.reveal_person",
        leading=("township", "village", "nominee_type", "name", "award_scheme", "award_year", "award_day"),
        standard=(
            "township", "village", "nominee_type", "name", "id_number", *(column.field for column in OF_AWARD), "remarks",
        ),
        template_note=(
            "填表说明：一人（一个集体）一项表彰一行；在“推荐类型”里写个人或集体，集体不填身份证号；表彰日期写到日；奖金按元填，不由奖励基金支付的不填。"
        ),
    )
)  # fmt: skip
