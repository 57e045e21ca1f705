"""村干部保障名册: what a cadre was paid and covered by in a year."""

from awards.roster_apply import safeguards as apply
from awards.roster_export import safeguards as export
from rosters.cleaning import choice, date, number
from rosters.spec import Column, Roster, register
from talent.roster_apply import roles
from talent.rosters import persons
from villages.rosters import TOWNSHIP, VILLAGE

NOT = "none"
YEAR = Column("safeguard_year", "年度", number("年"), ("年度", "年份", "保障年度", "所属年度"))


def _money(field, label, *spellings):
    return Column(field, label, number("元", base="元"), (label, *spellings))


def _day(field, label, *spellings):
    return Column(field, label, date, (label, *spellings))


PENSION = {
    "企业职工养老保险": "employee", "职工养老保险": "employee", "企业职工": "employee", "职工": "employee",
    "城乡居民养老保险": "resident", "居民养老保险": "resident", "城乡居民": "resident", "居民": "resident",
    "未参保": NOT, "没有": NOT, "否": NOT,
}  # fmt: skip
MEDICAL = {
    "职工医保": "employee", "职工医疗保险": "employee", "职工": "employee",
    "城乡居民医保": "resident", "居民医保": "resident", "城乡居民医疗保险": "resident", "城乡居民": "resident", "居民": "resident",
    "未参保": NOT, "没有": NOT, "否": NOT,
}  # fmt: skip
ACCIDENT = {
    "已投保": "insured",
    "已购买": "insured",
    "是": "insured",
    "有": "insured",
    "未投保": NOT,
    "没有": NOT,
    "否": NOT,
}
HOUSING = {"周转房": "flat", "住房补贴": "subsidy", "住房公积金": "fund", "公积金": "fund", "没有": NOT, "否": NOT}
OF_RECORD = (
    YEAR,
    _money("basic_paid", "实发基本报酬", "基本报酬", "基本工资", "实发基本报酬元"),
    _money("performance_paid", "实发绩效报酬", "绩效报酬", "绩效", "绩效工资", "考核绩效"),
    _money("allowance_paid", "实发补贴", "补贴", "岗位补贴", "津贴补贴"),
    Column("pension", "养老保险", choice("pension", PENSION, "unknown_pension", "企业职工养老保险、城乡居民养老保险或未参保"), ("养老保险", "养老保险类型", "养老保险险种", "参加养老保险")),
    _day("pension_start", "养老保险起", "养老保险参保时间", "养老参保时间"),
    _day("pension_end", "养老保险止", "养老保险停保时间"),
    _money("pension_subsidy", "养老保险补贴", "养老补贴", "养老保险补助"),
    Column("medical", "医疗保险", choice("medical", MEDICAL, "unknown_medical", "职工医保、城乡居民医保或未参保"), ("医疗保险", "医疗保险类型", "医保", "医保类型", "参加医疗保险")),
    _day("medical_start", "医疗保险起", "医保参保时间"),
    _day("medical_end", "医疗保险止", "医保停保时间"),
    Column("accident", "意外伤害险", choice("accident", ACCIDENT, "unknown_accident", "已投保或未投保"), ("意外伤害险", "意外险", "意外伤害保险", "人身意外险", "人身意外伤害保险")),
    _day("accident_start", "意外险起", "意外险生效日期"),
    _day("accident_end", "意外险止", "意外险到期日期"),
    _day("checkup_on", "体检日期", "体检时间", "健康体检时间"),
    Column("housing", "住房保障", choice("housing", HOUSING, "unknown_housing", "周转房、住房补贴、住房公积金或没有"), ("住房保障", "住房保障方式", "住房")),
    _day("housing_start", "住房保障起"),
    _day("housing_end", "住房保障止"),
    _money("housing_amount", "住房补贴金额", "住房补贴元"),
)  # fmt: skip


def same_year(values, fields, context):
    """The same person in the same year is the same record."""
    number = persons.valid_id(values)
    return [("id", number, values["safeguard_year"])] if number and values.get("safeguard_year") else []


SAFEGUARDS = register(
    Roster(
        slug="safeguards",
        page="保障",
        title="村干部保障名册",
        purpose="登记村干部一个年度的报酬、养老、医疗、意外险、体检和住房保障。",
        matching=(
            "按身份证号和年度找这条记录：有的更正，没有的新记一条。写了保险类型而没写起始日期的，从这一年 1 月 1 日算到 12 月 31 日；"
            "起止日期只写到月的，起始为当月第一天，截止为当月最后一天。导出的是数据时点所在年度的记录。"
        ),
        columns=(TOWNSHIP, VILLAGE, persons.NAME, persons.ID_NUMBER, *OF_RECORD, persons.REMARKS),
        required=("name", "id_number", "village", "safeguard_year"),
        village_required=True,
        check_row=persons.check_person,
        identities=same_year,
        compare=apply.compare,
        apply=roles.write,
        export=export.rows,
        choices=export.choices,
        export_permission="talent.reveal_person",
        leading=("township", "village", "name", "safeguard_year", "pension", "medical", "accident", "checkup_on"),
        standard=(
            "township", "village", "name", "id_number", *(column.field for column in OF_RECORD), "remarks",
        ),
        template_note="填表说明：一人一年一行；带 * 的必填；金额按元填当年实发合计；日期写到月或日，如 2024.01；仍在参保的截止不填。",
    )
)  # fmt: skip
