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

# Two amounts that every county has of its own, by year and document: there is no default that would be true anywhere.
RURAL_INCOME = parameter(
    "report_rural_income", "党内统计：上年度农村居民人均可支配收入", None, group=REPORTS, unit="元/年", low=1, high=1_000_000,
    basis="没有默认值：请填本县统计部门公布的上年度数，依据写统计公报",
)  # fmt: skip
PAY_TIMES = parameter(
    "report_pay_times", "党内统计：书记报酬不少于农民人均收入的", 2, group=REPORTS, unit="倍", low=1, high=10, basis="村党组织书记报酬一般不低于上年度农村居民人均可支配收入的两倍"
)  # fmt: skip
VILLAGE_FUNDS = parameter(
    "report_village_funds", "党内统计：基本报酬和办公经费每村不少于", None, group=REPORTS, unit="元/年", low=1, high=10_000_000,
    basis="没有默认值：各地标准不同，请填本县村级组织运转经费保障文件定的数，依据写文号",
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
