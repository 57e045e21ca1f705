"""What a county sets about training."""

from collections import defaultdict

from django.core.exceptions import ValidationError

from core.parameters import parameter
from core.text import tight

TRAINING = "培训"


def mapped_topic(line):
    """(indicator or grade, topic) of a line; ValidationError where it is none."""
    word, sign, topic = line.replace("＝", "=").partition("=")
    if not (sign and word.strip() and topic.strip()):
        raise ValidationError(
            f"“{line}”看不懂，请按“工作实绩=发展壮大村集体经济”的样子写：考核指标或等次，等号，培训专题。"
        )
    return tight(word), tight(topic)


UNCOVERED_YEARS = parameter(
    "training_uncovered_years", "几年没有参训要提醒", 3, group=TRAINING, unit="年", low=1, high=10,
    basis="县级工作要求（任期内至少轮训一次，默认 3 年）",
)  # fmt: skip
ATTENDANCE_SHARE = parameter(
    "training_attendance_share", "到课率达到多少可以发证", 80, group=TRAINING, unit="%", low=0, high=100,
    basis="县级工作要求（默认 80%）；没有签到记录的班次不按到课率判断",
)  # fmt: skip
PASS_SCORE = parameter(
    "training_pass_score", "测试成绩合格线", 60, group=TRAINING, unit="分", low=0, high=100, basis="县级工作要求（默认 60 分）"
)  # fmt: skip
LOW_PERCENT = parameter(
    "training_low_percent", "考核指标得分率低于多少算短板", 60, group=TRAINING, unit="%", low=0, high=100,
    basis="县级工作要求（默认 60%；填 0 表示不按指标得分）；用上一次已公布的年度考核",
)  # fmt: skip
TOPICS_OF_EVALUATION = parameter(
    "training_topics_of_evaluation", "考核短板对应的培训专题",
    ("政治表现=党建引领乡村治理", "工作实绩=发展壮大村集体经济", "群众满意度=“四议两公开”与村务公开", "基本称职=村级财务与廉洁履职", "不称职=村级财务与廉洁履职"),
    group=TRAINING, basis="县级工作要求；每行一个“考核指标或等次=培训专题”，一项可以对几个专题，专题没有建立的不起作用", line=mapped_topic,
)  # fmt: skip


def mapping(on):
    """{indicator or grade: names of the topics, without blanks} as the county maps them on the day `on`."""
    found = defaultdict(list)
    for word, topic in map(mapped_topic, TOPICS_OF_EVALUATION.value(on)):
        found[word].append(topic)
    return found
