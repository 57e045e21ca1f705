"""What a county sets about award rounds and what follows a decision."""

from core.parameters import parameter

AWARDS = "表彰与奖励基金"
LOCAL = "县级工作要求；上级没有统一规定，按本县文件修改"

PUBLICITY_DAYS = parameter(
    "award_publicity_days", "表彰对象公示不少于", 5, group=AWARDS, unit="个工作日", low=1, high=60,
    basis="表彰公示通常为 5 至 7 个工作日（默认取 5，开始当天不计，按“工作日历”计算）",
)  # fmt: skip
DEPARTMENTS = parameter(
    "award_departments", "推荐对象征求意见的部门", ("县纪委监委机关", "县公安局", "县农业农村局"), group=AWARDS,
    basis="表彰前征求纪检监察、公安等部门意见；表彰企业及其负责人的另加税务、生态环境、市场监管等部门",
)  # fmt: skip
REPEAT_YEARS = parameter(
    "award_repeat_years",
    "获得同一项表彰后不再推荐",
    2,
    group=AWARDS,
    unit="年（0 为不限）",
    low=0,
    high=20,
    basis=LOCAL,
)
TRIM_FROM = parameter(
    "award_trim_from", "评委打分去掉最高分和最低分的人数", 5, group=AWARDS, unit="人及以上（0 为不去）", low=0, high=50,
    basis=LOCAL,
)  # fmt: skip
OBJECTION_DAYS = parameter(
    "award_objection_days", "公示异议应在收到后办结", 15, group=AWARDS, unit="天内", low=1, high=180, basis=LOCAL
)
DECISION_DAYS = parameter(
    "award_decision_days", "公示期满后应作出表彰决定", 30, group=AWARDS, unit="天内", low=1, high=365, basis=LOCAL
)
CERTIFICATE_DAYS = parameter(
    "award_certificate_days", "表彰决定后应发放证书", 30, group=AWARDS, unit="天内", low=1, high=365, basis=LOCAL
)
PAYMENT_DAYS = parameter(
    "award_payment_days", "表彰决定后应兑现奖金", 60, group=AWARDS, unit="天内", low=1, high=365, basis=LOCAL
)
