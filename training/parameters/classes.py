"""What a county sets about training."""

from core.parameters import parameter

TRAINING = "培训"

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
