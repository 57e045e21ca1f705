"""扶持申请表: who applies for what under a policy."""

from awards.roster_apply import support as apply
from awards.roster_export import support as export
from awards.roster_targets.support import POLICY
from rosters.cleaning import date, line, number
from rosters.spec import Column, Roster, register
from talent.rosters import persons
from talent.rosters.rural_talent import BUSINESS_KIND
from villages.rosters import TOWNSHIP, VILLAGE

APPLIED_ON = Column("applied_on", "申请日期", date, ("申请日期", "申请时间", "申报日期", "申报时间"))
BUSINESS = Column(
    "business", "经营类型", BUSINESS_KIND, ("经营类型", "产业类型", "创业类型", "经营范围", "行业")
)  # fmt: skip
PROJECT = Column("project", "项目", line, ("项目", "项目名称", "创业项目", "申请项目", "经营项目", "扶持项目"))
BASE = Column(
    "support_base", "基数或数量", number("", base=""),
    ("基数或数量", "基数", "数量", "当年付息", "付息金额", "贷款利息", "流转面积", "面积", "纳税额"),
)  # fmt: skip
BANK = Column("bank", "贷款银行", line, ("贷款银行", "经办银行", "放款银行"))
LOAN = Column("loan", "贷款金额", number("元", base="元"), ("贷款金额", "贷款本金", "放款金额", "借款金额"))
LOAN_RATE = Column("loan_rate", "年利率", number("%", base="%"), ("年利率", "贷款利率", "贷款年利率"), unsure=("利率",))
LOAN_START = Column(
    "loan_start", "贴息期开始", date, ("贴息期开始", "贴息开始", "贴息开始日期", "贷款发放日期", "放款日期")
)
LOAN_END = Column(
    "loan_end", "贴息期截止", date, ("贴息期截止", "贴息截止", "贴息截止日期", "贴息期结束", "贷款到期日期")
)

SUPPORT = register(
    Roster(
        slug="support_applications",
        page="扶持政策",
        title="扶持申请表",
        purpose="按一项扶持政策登记谁申请、做什么项目、基数或数量是多少。",
        matching=(
            "按身份证号找人；一个人在一项政策里待审批的申请只有一份：有的更正，没有的新记一份。已经办结的不再改动，再填同样的申请日期视为同一份。"
            "是否符合条件在申请的页面按台账核对。"
        ),
        columns=(TOWNSHIP, VILLAGE, persons.NAME, persons.ID_NUMBER, APPLIED_ON, BUSINESS, PROJECT, BASE, BANK, LOAN, LOAN_RATE,
            LOAN_START, LOAN_END, persons.PHONE, persons.REMARKS),
        required=("name", "id_number", "village", "project"),
        village_required=True,
        check_row=persons.check_person,
        identities=persons.identity_keys,
        target=POLICY,
        compare=apply.compare,
        apply=apply.write,
        export=export.rows,
        choices=export.choices,
        export_permission="talent.reveal_person",
        leading=("township", "village", "name", "applied_on", "project", "support_base"),
        standard=(
            "township", "village", "name", "id_number", "applied_on", "business", "project", "support_base", "bank", "loan",
            "loan_rate", "loan_start", "loan_end", "phone", "remarks",
        ),
        template_note="填表说明：一人一行；带 * 的必填；身份证号、电话按文本填写；申请日期不填的按数据日期记；固定金额的政策不填基数；贷款银行、金额（元）、年利率（%）、贴息期只有贷款贴息填。",
    )
)  # fmt: skip
