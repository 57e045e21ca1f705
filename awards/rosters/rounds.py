"""表彰项目和轮次表: schemes with their rounds and the townships' quotas, those of earlier years as well."""

from awards.models import AwardScheme
from awards.roster_apply import rounds as apply
from awards.roster_export import rounds as export
from awards.rosters.given import SCHEME, YEAR
from rosters.cleaning import choice, date, line, number
from rosters.spec import Column, Roster, register
from villages.rosters import TOWNSHIP

LEVELS = {label: value for value, label in AwardScheme.Level.choices} | {
    "国家级": "national", "省级": "province", "市级": "prefecture", "县级": "county", "乡镇级": "township", "乡级": "township",
}  # fmt: skip
COLUMNS = (
    SCHEME,
    Column("scheme_level", "表彰级别", choice("scheme_level", LEVELS, "unknown_scheme_level", "、".join(AwardScheme.Level.labels)), ("表彰级别", "荣誉级别", "表彰层级")),
    Column("scheme_approval", "批准文号", line, ("批准文号", "表彰项目批准文号", "项目批准文号", "设立批准文号")),
    YEAR,
    Column("round_name", "期次", line, ("期次", "表彰期次", "表彰批次")),
    Column("round_document", "推荐通知文号", line, ("推荐通知文号", "表彰通知文号", "评选通知文号")),
    Column("round_opens", "推荐开始", date, ("推荐开始", "推荐开始日期", "推荐开始时间")),
    Column("round_closes", "推荐截止", date, ("推荐截止", "推荐截止日期", "推荐截止时间")),
    Column("round_individuals", "表彰个人名额", number("个"), ("表彰个人名额", "个人名额", "拟表彰个人")),
    Column("round_collectives", "表彰集体名额", number("个"), ("表彰集体名额", "集体名额", "拟表彰集体")),
    Column("round_individual_bonus", "个人奖金（元）", number("元", base="元"), ("个人奖金", "个人奖金元", "个人奖金标准")),
    Column("round_collective_bonus", "集体奖金（元）", number("元", base="元"), ("集体奖金", "集体奖金元", "集体奖金标准")),
    TOWNSHIP,
    Column("quota_individuals", "可推荐个人", number("个"), ("可推荐个人", "可推荐个人数", "推荐个人名额", "分配个人名额")),
    Column("quota_collectives", "可推荐集体", number("个"), ("可推荐集体", "可推荐集体数", "推荐集体名额", "分配集体名额")),
)  # fmt: skip

AWARD_ROUNDS = register(
    Roster(
        slug="award_rounds",
        page="表彰",
        title="表彰项目和轮次表",
        purpose="登记表彰项目、各年度的轮次和分给乡镇的推荐名额，往年的也可以补登。",
        matching=(
            "按名称找表彰项目，再按“年度＋期次”找轮次，再按乡镇找推荐名额：有的更正，没有的新登记。一轮分给几个乡镇的一个乡镇一行，"
            "轮次各栏每行照填；只登记轮次的乡镇留空。名额不能少于已经表彰的。县级表彰由县委组织部登记，乡镇只能登记本乡镇设立的。"
        ),
        columns=COLUMNS,
        required=("award_scheme", "award_year"),
        duplicate_field="award_scheme",
        identities=apply.identities,
        compare=apply.compare,
        apply=apply.write,
        export=export.rows,
        choices=export.choices,
        export_permission="awards.view_awardround",
        leading=("award_scheme", "award_year", "round_name", "township", "quota_individuals", "quota_collectives"),
        standard=tuple(column.field for column in COLUMNS),
        template_note="填表说明：一轮分给一个乡镇的名额一行，轮次各栏每行照填；没有限定名额的不填；日期写到日；奖金按元填。",
    )
)  # fmt: skip
