"""What a county sets about safeguards and the leaving allowance of village cadres."""

from django.core.exceptions import ValidationError

from core.parameters import parameter
from talent.models import EndReason

SAFEGUARDS = "保障与离任补贴"
LOCAL = "县级保障办法；上级没有统一规定，按本县文件修改"
COVERS = {
    "养老保险": "pension", "医疗保险": "medical", "意外伤害险": "accident", "体检": "checkup", "住房保障": "housing",
}  # fmt: skip


def _cover(word):
    if word not in COVERS:
        raise ValidationError(f"“{word}”不是保障项目，请填：{'、'.join(COVERS)}。")


def _reason(word):
    if word not in EndReason.labels:
        raise ValidationError(f"“{word}”不是离任原因，请填：{'、'.join(EndReason.labels)}。")


REQUIRED = parameter(
    "safeguard_required", "在任村干部应有的保障", ("养老保险", "医疗保险", "意外伤害险", "体检"), group=SAFEGUARDS,
    basis="村干部养老、医疗、意外伤害保险和每年体检，按本县保障办法", line=_cover,
)  # fmt: skip
REPORT_MONTH = parameter(
    "safeguard_report_month", "每年的村干部保障名册应报到县里", 3, group=SAFEGUARDS, unit="月底前", low=1, high=12,
    basis="县级保障办法；过了这个月底还没有一条年度记录的乡镇，列入核查发现（可改）",
)  # fmt: skip
CHECKUP_MONTHS = parameter(
    "safeguard_checkup_months", "体检不超过", 12, group=SAFEGUARDS, unit="个月一次", low=1, high=60, basis=LOCAL
)
LEAVE_YEARS = parameter(
    "leaving_least_years", "离任生活补贴：任职累计不少于", 6, group=SAFEGUARDS, unit="年", low=0, high=40, basis=LOCAL
)
LEAVE_AGE = parameter(
    "leaving_age", "离任生活补贴：年满", 60, group=SAFEGUARDS, unit="周岁", low=0, high=100, basis=LOCAL
)
LEAVE_MOST = parameter(
    "leaving_most_years", "离任生活补贴：最多计", 30, group=SAFEGUARDS, unit="年", low=1, high=80, basis=LOCAL
)
LEAVE_BOTH = parameter(
    "leaving_both", "离任生活补贴：书记兼主任每任职一年", 12, group=SAFEGUARDS, unit="元/月", low=0, high=10_000,
    basis="任职年限乘标准，按职务类别分档（书记兼主任、书记或主任、其他），标准按本县文件修改",
)  # fmt: skip
LEAVE_ONE = parameter(
    "leaving_one", "离任生活补贴：书记或主任每任职一年", 10, group=SAFEGUARDS, unit="元/月", low=0, high=10_000,
    basis=LOCAL,
)  # fmt: skip
LEAVE_OTHER = parameter(
    "leaving_other", "离任生活补贴：其他“两委”成员每任职一年", 6, group=SAFEGUARDS, unit="元/月", low=0, high=10_000,
    basis=LOCAL,
)  # fmt: skip
LEAVE_EXCLUDED = parameter(
    "leaving_excluded", "离任生活补贴：以这些原因离任的不享受",
    (EndReason.RECALLED.label, EndReason.UNFIT.label), group=SAFEGUARDS,
    basis="因违纪违法、罢免等非正常离任的不享受（正常离任才享受）", line=_reason,
)  # fmt: skip
