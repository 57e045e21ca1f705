"""What is told at a cell of past awards, of rounds and of the reward fund."""

from config.handbook.answers.answer import answer

AWARDS = (
    answer(
        "没有登记这个表彰项目", "核对名称；确是新的，先在“表彰”新建，或上传“表彰项目和轮次表”。", "unknown_award_scheme"
    ),
    answer("这个表彰项目由上级设立", "县级以上的表彰请报县委组织部登记；乡镇只登记本乡镇设立的。", "award_of_county"),
    answer("这个村没有此人的档案，身份证号没有填", "补上身份证号；已有档案的，核对村名和姓名。", "missing_id"),
    answer("表彰文号没有填，新登记的要填", "照表彰文件补上文号。", "missing_field:*"),
    answer("晚于数据日期，请核对表彰日期", "还没有发生的表彰不登记，核对日期。", "award_in_future"),
    answer("早于表彰年度，请核对表彰年度和日期", "表彰日期在表彰年度当年或以后，核对这两格。", "award_before_year"),
    answer(
        "这一年度的表彰在系统里推荐和评审", "到“表彰”的这一轮里公示、作出决定，名册里删掉这一行。", "award_of_round"
    ),
    answer("这项表彰由轮次作出、已发放证书或已撤销", "名册不再改动，要更正的到这项表彰的页面。", "award_frozen"),
    answer("奖励基金已有这项表彰的支付", "奖金已经支付或正在复核，名册不改；先在“奖励基金”退回支付。", "award_paid"),
    answer("奖金不能是负数，也不能超过一亿元", "按元填；不发奖金的空着。", "award_bonus_unlikely"),
    answer("年度表彰…的名额，请核对名单", "核对名单，或先更正这一轮的名额。", "beyond_places"),
    answer("表彰年度不对，请填 1949 到 2200", "写成如 2023。", "award_year_unlikely"),
    answer("推荐截止早于推荐开始", "核对两个日期。", "end_before_start"),
    answer("没有认出是本单位的哪个乡镇", "写乡镇全称；别的县的乡镇不登记。", "unknown_township"),
    answer("写了可推荐的名额，没有写是哪个乡镇的", "一个乡镇一行，补上乡镇。", "missing_field:*"),
    answer("名额请填 0 到 …之间的整数", "填整数；没有限定名额的空着。", "places_unlikely"),
    answer("超过批准的名额 … 个", "以批准文件为准；批准的名额在“表彰”的表彰项目里更正。", "beyond_approved"),
    answer("名额不能少于这个数", "这一轮已经表彰的比这个多，核对名额。", "below_awarded"),
    answer("新登记表彰项目“…”", "提示。系统里没有这个表彰项目，入库时新建；名称写错的改正。", "scheme_begun"),
    answer("奖励基金由县委组织部办理", "乡镇不上传收支表，请报县委组织部。", "fund_of_county"),
    answer("县里还没有建立奖励基金", "先在“奖励基金”填名称和设立依据，再上传。", "no_fund"),
    answer("预算年度没有填", "预算一年一行，补上年度。", "missing_field:*"),
    answer("预算年度不对", "写成如 2023。", "fund_year_unlikely"),
    answer("日期要写到日", "照凭证写到日，如 2023.11.20。", "day_wanted"),
    answer(
        "晚于数据日期，还没有发生的收支不登记", "核对日期，或上传时把数据日期改到那一天以后。", "fund_day_in_future"
    ),
    answer("收款人（拨入的写来源）没有填", "补上收款的人或单位，拨入的写来源。", "missing_field:*"),
    answer("支付形式没有填", "写奖金、物质奖励或荣誉奖励。", "missing_field:*"),
    answer("只有支付分形式", "拨入和追回不写支付形式。", "form_of_income"),
    answer("金额请填大于 0、不到一百亿的数", "按元填，最多两位小数。", "fund_amount_unlikely"),
    answer("年已支付 … 元，预算不能少于这个数", "核对预算；已经付出去的不能少于它。", "budget_below_paid"),
    answer(
        "台账里没有这个人（集体）这一年度的这项表彰",
        "核对姓名、项目和年度；往年的先上传“表彰名单”。",
        "award_not_found",
    ),
    answer("这一年度这项表彰有几位同名的", "认不出付给哪一位，到“奖励基金”页面办理。", "several_awards"),
    answer("追回须写明是哪一项表彰的", "补上表彰项目和表彰年度。", "missing_field:*"),
    answer("这项表彰已经撤销，不能支付", "删去这一行；已经付了的，登记追回。", "award_withdrawn"),
    answer("支付日期早于表彰日期", "核对两个日期。", "paid_before_award"),
    answer("追回不能超过这个数", "核对追回的金额。", "refund_beyond_paid"),
    answer("这项表彰的奖金还可支付 … 元", "奖金不能付超，核对金额和已有的支付。", "beyond_bonus"),
    answer(
        "入库后还不算入账，等另一位工作人员在“奖励基金”复核",
        "提示。经办和复核是两个人：入库后请另一位在“奖励基金”复核。",
        "fund_waits",
    ),
    answer(
        "年的预算还没有登记，登记以后才能复核入账",
        "提醒。同一张表里加一行预算，或在“奖励基金”登记。",
        "fund_without_budget",
    ),
)
