"""What a county sets about the yearly evaluation and its periodic checks."""

import re

from django.core.exceptions import ValidationError

from core.parameters import parameter

EVALUATION = "考核与监督"
LOCAL = "县级考核工作方案；上级没有统一规定，按本县文件修改"
SOURCES = {"乡镇评分": "township", "县级评分": "county", "群众测评": "ballots"}
INDICATOR = re.compile(r"(?P<title>\S+)\s+(?P<weight>\d{1,3})\s+(?P<source>乡镇评分|县级评分|群众测评)")
BONUS = re.compile(r"(?P<title>\S+)\s+(?P<most>\d{1,3})")


def indicator_parts(line):
    """(title, weight, source) of a line of the template; ValidationError where it is none."""
    found = INDICATOR.fullmatch(line.strip())
    if found is None or not 1 <= int(found["weight"]) <= 100:
        raise ValidationError(
            f"“{line}”看不懂，请按“工作实绩 40 乡镇评分”的样子写：名称、权重（1 到 100）、来源（乡镇评分、县级评分或群众测评）。"
        )
    return found["title"], int(found["weight"]), SOURCES[found["source"]]


def bonus_parts(line):
    """(title, most points) of a line of plus or minus items; ValidationError where it is none."""
    found = BONUS.fullmatch(line.strip())
    if found is None or not int(found["most"]) >= 1:
        raise ValidationError(f"“{line}”看不懂，请按“受到县级以上表彰 5”的样子写：名称、最多几分。")
    return found["title"], int(found["most"])


INDICATORS = parameter(
    "evaluation_indicators", "考核指标样表", ("政治表现 30 乡镇评分", "工作实绩 40 乡镇评分", "群众满意度 30 群众测评"),
    group=EVALUATION, basis="政治表现、工作实绩、群众满意度三项（默认 30、40、30，合计 100，新建方案时照抄，可改）", line=indicator_parts,
)  # fmt: skip
PLUS = parameter(
    "evaluation_plus", "加分项样表", ("受到县级以上表彰 5", "工作经验被县级以上推广 3"), group=EVALUATION, basis=LOCAL,
    line=bonus_parts,
)  # fmt: skip
MINUS = parameter(
    "evaluation_minus", "扣分项样表", ("受到通报批评 5", "检查发现问题逾期没有整改 3"), group=EVALUATION, basis=LOCAL,
    line=bonus_parts,
)  # fmt: skip
VETOES = parameter(
    "evaluation_vetoes", "一票否决项样表", ("受到党纪政务处分或刑事处罚", "发生重大责任事故或群体性事件", "弄虚作假"), group=EVALUATION,
    basis=LOCAL,
)  # fmt: skip
EXCELLENT_PERCENT = parameter(
    "evaluation_excellent_percent", "每个乡镇优秀不超过", 20, group=EVALUATION, unit="%", low=0, high=100,
    basis="年度考核优秀等次一般为 15% 至 20%（默认取 20%，新建方案时照抄，不足 1 名的舍去）",
)  # fmt: skip
EXCELLENT_FROM = parameter(
    "evaluation_excellent_from", "优秀不低于", 90, group=EVALUATION, unit="分", low=0, high=100, basis=LOCAL
)
COMPETENT_FROM = parameter(
    "evaluation_competent_from", "称职不低于", 75, group=EVALUATION, unit="分", low=0, high=100, basis=LOCAL
)
BASIC_FROM = parameter(
    "evaluation_basic_from", "基本称职不低于", 60, group=EVALUATION, unit="分", low=0, high=100, basis=LOCAL
)
FAIR_PERCENT = parameter(
    "evaluation_fair_percent", "基本满意票折算", 60, group=EVALUATION, unit="%", low=0, high=100,
    basis="群众满意度按有效票计：满意票计 100%，基本满意票按此折算，不满意票不计（县级考核方案，可改）",
)  # fmt: skip
UNFIT_YEARS = parameter(
    "evaluation_unfit_years", "连续不称职应当处理", 2, group=EVALUATION, unit="年", low=2, high=5,
    basis="连续两年考核不称职的，按章依法处理",
)  # fmt: skip
APPEAL_WINDOW = parameter(
    "evaluation_appeal_window",
    "考核申诉应在公布后提出",
    30,
    group=EVALUATION,
    unit="天内",
    low=1,
    high=365,
    basis=LOCAL,
)
APPEAL_DAYS = parameter(
    "evaluation_appeal_days", "考核申诉应在收到后办结", 30, group=EVALUATION, unit="天内", low=1, high=180, basis=LOCAL
)
