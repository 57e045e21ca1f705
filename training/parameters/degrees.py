"""What a county sets about degree study."""

from core.parameters import parameter

DEGREES = "学历提升"

LONG_YEARS = parameter(
    "degree_long_years", "在读满几年要核对", 5, group=DEGREES, unit="年", low=2, high=10,
    basis="县级工作要求；开放教育学籍保留八年，多数三年内毕业",
)  # fmt: skip
USUAL_MONTHS = parameter(
    "degree_usual_months", "没有填预计毕业时间的按入学后几个月推算", 30, group=DEGREES, unit="个月", low=12, high=96,
    basis="开放教育专科、本科最短学制两年半",
)  # fmt: skip
