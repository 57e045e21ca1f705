"""How the tables for the superior group people: bands of age and of years in office."""

from django.core.exceptions import ValidationError

from core.parameters import parameter

REPORTS = "上报表"
LOCAL = "各级表样不一，默认按常用分段；请照上级当年的表样改"


def _bound(line):
    if not (line.isascii() and line.isdigit() and 0 < int(line) < 100):
        raise ValidationError(f"“{line}”不是 1 到 99 的整数，每行写一个分段的上限。")


AGE_BOUNDS = parameter(
    "report_age_bounds", "结构分析表年龄段的上限（含）", ("35", "45", "55", "60"), group=REPORTS, basis=LOCAL, unit="周岁", line=_bound
)  # fmt: skip
YEAR_BOUNDS = parameter(
    "report_year_bounds", "结构分析表任职年限段的上限（含）", ("3", "5", "10"), group=REPORTS, basis=LOCAL, unit="年", line=_bound
)  # fmt: skip

NAMES = parameter(
    "report_names", "材料附件每个数最多列出的名单", 50, group=REPORTS, basis="县级工作要求（默认值，可改）", unit="个", low=1, high=5000
)  # fmt: skip


def bands(bounds):
    """[(low, high, label)] of whole years from the upper bounds, the last one open."""
    uppers, found, low = sorted(map(int, bounds)), [], 0
    for high in uppers:
        found.append((low, high, f"{high}及以下" if low == 0 else f"{low}–{high}"))
        low = high + 1
    return [*found, (low, 999, f"{low}及以上")]
