"""扶持资金发放表: what was paid to whom under a policy; each line waits for a second person."""

from awards.roster_apply import support_payments as apply
from awards.roster_export import support_payments as export
from awards.roster_targets.support import PAID_UNDER
from rosters.cleaning import date, line, number
from rosters.spec import Column, Roster, register
from talent.rosters import persons
from villages.rosters import TOWNSHIP, VILLAGE

PAID_ON = Column("support_paid_on", "发放日期", date, ("发放日期", "发放时间", "补助发放日期", "兑付日期", "兑现日期"))
PAID = Column(
    "support_paid", "发放金额（元）", number("元", base="元"),
    ("发放金额", "发放金额元", "实发金额", "补助发放金额", "兑付金额", "兑现金额", "扶持金额"),
)  # fmt: skip
BASIS = Column("support_paid_basis", "发放依据", line, ("发放依据", "发放文号", "兑付依据", "拨付文号", "发放依据文号"))
COLUMNS = (TOWNSHIP, VILLAGE, persons.NAME, persons.ID_NUMBER, PAID_ON, PAID, BASIS)

SUPPORT_PAYMENTS = register(
    Roster(
        slug="support_payments",
        page="扶持政策",
        title="扶持资金发放表",
        of_county=True,
        purpose="按一项扶持政策登记给谁发了多少，一笔一行；由另一位工作人员复核后才算已支付。",
        matching=(
            "按身份证号找人，再找此人这项政策下、发放日期以前批准的申请，从最近批准的、剩余够发的那一份里发。"
            "同一天、同一金额、同一依据已经登记的不再登记，没有的登记为待复核。没有批准、发超、早于审批的不能入库。"
            "扶持资金由县里支付，乡镇不能上传。"
        ),
        columns=COLUMNS,
        required=("name", "id_number", "village", "support_paid_on", "support_paid", "support_paid_basis"),
        village_required=True,
        check_row=persons.check_person,
        identities=apply.identities,
        target=PAID_UNDER,
        compare=apply.compare,
        apply=apply.write,
        export=export.rows,
        choices=export.choices,
        export_permission="talent.reveal_person",
        leading=("village", "name", "support_paid_on", "support_paid", "support_paid_basis"),
        standard=tuple(column.field for column in COLUMNS),
        template_note="填表说明：一笔一行；带 * 的必填；身份证号按文本填写；发放日期写到日；金额按元填写，最多两位小数。",
    )
)
