"""What a county sets about rural talents: words, when an entry is stale, what a match is worth."""

from core.parameters import parameter

TALENTS = "乡村人才"
MATCHING = "供需对接"
LOCAL = "县级工作要求"
POINTS = "县级工作要求（推荐得分的权重，只影响先后次序）"

TAGS = parameter(
    "talent_tags", "身份标签",
    ("土专家", "田秀才", "致富带头人", "返乡大学生", "返乡创业人员", "退役军人", "合作社理事长", "家庭农场主", "非遗传承人",
     "村医", "村教", "电商主播", "农民技术员", "高校毕业生"),
    group=TALENTS, basis=LOCAL,
)  # fmt: skip
STALE_MONTHS = parameter(
    "talent_stale_months", "多久没有确认算“久未确认”", 12, group=TALENTS, unit="个月", low=1, high=60,
    basis="人才库每年确认一次（县级工作要求）",
)  # fmt: skip
ARRIVAL_DAYS = parameter(
    "match_arrival_days", "签约后多少天应到岗", 60, group=MATCHING, unit="天", low=1, high=730, basis=LOCAL
)


def _points(key, label, default):
    return parameter(f"match_points_{key}", label, default, group=MATCHING, unit="分", low=0, high=100, basis=POINTS)


SUB_CLASS = _points("sub_class", "人才小类相同", 30)
CLASS = _points("class", "人才大类相同", 15)
SKILLS = _points("skills", "技能关键词全部相符（部分相符按比例）", 30)
SAME_VILLAGE = _points("village", "同村", 20)
SAME_TOWNSHIP = _points("township", "同乡镇", 15)
SAME_COUNTY = _points("county", "同县", 5)
WILLING = _points("willing", "服务意愿符合引进方式", 15)
UNWILLING = _points("unwilling", "服务意愿不符合引进方式，减", 20)
LOAD = _points("load", "每有一项正在进行的对接，减", 10)
STALE = _points("stale", "久未确认，减", 10)
