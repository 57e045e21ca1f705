"""奖励基金收支表: budgets, income, payments and refunds of the reward fund, such as those of earlier years."""

from awards.models import FundEntry
from awards.roster_apply import fund as apply
from awards.roster_export import fund as export
from awards.rosters.given import SCHEME, YEAR
from rosters.cleaning import choice, date, line, number
from rosters.spec import Column, Roster, register

KINDS = {"预算": "budget", "年度预算": "budget", "拨入": "income", "收入": "income", "拨款": "income", "支付": "payment",
         "支出": "payment", "发放": "payment", "追回": "refund", "退回": "refund"}  # fmt: skip
FORMS = {
    "奖金": "bonus",
    "奖励金": "bonus",
    "物质奖励": "material",
    "实物": "material",
    "荣誉奖励": "honour",
    "奖牌证书": "honour",
}
COLUMNS = (
    Column("fund_kind", "收支类型", choice("fund_kind", KINDS, "unknown_fund_kind", "预算、拨入、支付或追回"), ("收支类型", "收支类别", "资金收支类型", "基金收支类型")),
    Column("fund_day", "收支日期", date, ("收支日期", "拨付日期", "支付日期", "入账日期", "拨入或支付日期"), unsure=("日期",)),
    Column("fund_year", "预算年度", number("年"), ("预算年度", "预算年份")),
    Column("fund_amount", "收支金额（元）", number("元", base="元"), ("收支金额", "收支金额元", "基金金额", "拨付金额", "支付金额"), unsure=("金额", "金额元")),
    Column("fund_form", "支付形式", choice("fund_form", FORMS, "unknown_fund_form", "、".join(FundEntry.Form.labels)), ("支付形式", "奖励形式", "支出形式")),
    Column("fund_party", "收款人或来源", line, ("收款人或来源", "收款人", "对方单位", "对方", "收款人付款人", "领取人", "资金来源单位"), unsure=("来源",)),
    Column("fund_basis", "收支依据", line, ("收支依据", "支付依据", "拨款依据", "预算依据", "依据文号"), unsure=("依据",)),
    SCHEME,
    YEAR,
    Column("fund_note", "收支说明", line, ("收支说明",), unsure=("说明", "备注")),
)  # fmt: skip

FUND_ENTRIES = register(
    Roster(
        slug="fund_entries",
        page="奖励基金",
        title="奖励基金收支表",
        of_county=True,
        purpose="登记专项奖励基金各年度的预算、拨入、支付和追回，例如往年的 Excel 台账。",
        matching=(
            "预算按年度找：有的更正，没有的新登记。拨入、支付、追回按“类型＋日期＋金额＋对方＋依据”找：台账里已有同样一笔的不再登记，"
            "没有的登记为待复核，由另一位工作人员在“奖励基金”复核后才入账，余额不足、超预算的不能入账。写明表彰项目和年度的支付，"
            "按收款人姓名（集体名称）对到那一项表彰，奖金不能超过应付的数。基金是县级的，乡镇不能上传。"
        ),
        columns=COLUMNS,
        required=("fund_kind", "fund_amount", "fund_basis"),
        has_place=False,
        duplicate_field="fund_party",
        identities=apply.identities,
        compare=apply.compare,
        apply=apply.write,
        export=export.rows,
        choices=export.choices,
        export_permission="awards.view_fundentry",
        leading=("fund_kind", "fund_day", "fund_year", "fund_amount", "fund_party", "fund_basis"),
        standard=tuple(column.field for column in COLUMNS),
        template_note="填表说明：一笔一行；预算填预算年度，不填日期；拨入、支付、追回填到日的日期；金额按元填；奖金写明表彰项目和年度，追回的必须写明。",
    )
)
