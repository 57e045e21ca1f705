"""What a county sets about people sent in: how long they stay, how many a team has, what specialists owe."""

from django.core.exceptions import ValidationError

from core.parameters import parameter
from villages.models import VillageLabel

STATIONED = "驻村与挂职"
OPINION = "中共中央办公厅《关于向重点乡村持续选派驻村第一书记和工作队的意见》（2021年）"
SPECIALISTS = "科技特派员选派管理办法（设区市样例：一派三年，每年不少于30天或12次）；请改为本地文件"
LOCAL = "县级工作要求（默认值，可改）"


def known_label(word):
    """Refuse a class of village that no village can have: the check would pass over its villages without a word."""
    if word not in VillageLabel.Label.labels:
        raise ValidationError(f"没有“{word}”这种村类别，请从这些里选：{'、'.join(VillageLabel.Label.labels)}。")


STAY_MONTHS = parameter(
    "stationed_months",
    "驻村任期",
    24,
    group=STATIONED,
    unit="个月",
    low=1,
    high=120,
    basis=f"{OPINION}：任期一般不少于2年",
)
SPECIALIST_MONTHS = parameter(
    "specialist_months", "科技特派员任期", 36, group=STATIONED, unit="个月", low=1, high=120, basis=SPECIALISTS
)
REMIND_DAYS = parameter(
    "stationed_remind_days", "轮换提前提醒", 60, group=STATIONED, unit="天", low=0, high=730, basis=LOCAL
)
REQUIRED_LABELS = parameter(
    "first_secretary_labels", "应派第一书记的村类别", ("脱贫村", "软弱涣散村", "乡村振兴重点村"), group=STATIONED, line=known_label,
    basis=f"{OPINION}：脱贫村、易地扶贫搬迁安置村（社区）、乡村振兴任务重的村、党组织软弱涣散村",
)  # fmt: skip
REQUIRED_TEAM = parameter(
    "stationed_team_required", "应派村工作队人数不少于", 3, group=STATIONED, unit="人", low=1, high=20,
    basis=f"{OPINION}：先选派一批，工作队一般为3人左右",
)  # fmt: skip
OTHER_TEAM = parameter(
    "stationed_team_other", "其他派驻村工作队人数不少于", 2, group=STATIONED, unit="人", low=1, high=20, basis=LOCAL
)
GRADES = parameter(
    "stationed_grades", "驻村和挂职考核等次", ("优秀", "称职", "基本称职", "不称职"), group=STATIONED,
    basis="参照公务员年度考核等次；县级考核办法另有规定的按办法",
)  # fmt: skip
ASSESSED_MONTHS = parameter(
    "assessment_months", "年内驻村满几个月要年度考核", 6, group=STATIONED, unit="个月", low=0, high=12, basis=LOCAL
)
ASSESSED_BY = parameter(
    "assessment_by_month", "上年度考核应在几月底前登记", 3, group=STATIONED, unit="月", low=1, high=12, basis=LOCAL
)
SPECIALIST_DAYS = parameter(
    "specialist_days_a_year",
    "科技特派员每年服务天数不少于",
    30,
    group=STATIONED,
    unit="天",
    low=1,
    high=366,
    basis=SPECIALISTS,
)
SPECIALIST_VISITS = parameter(
    "specialist_visits_a_year",
    "或科技特派员每年服务次数不少于",
    12,
    group=STATIONED,
    unit="次",
    low=1,
    high=366,
    basis=SPECIALISTS,
)
SPECIALIST_BY = parameter(
    "specialist_by_month",
    "科技特派员服务不足从几月底起提示",
    9,
    group=STATIONED,
    unit="月",
    low=1,
    high=12,
    basis=LOCAL,
)
