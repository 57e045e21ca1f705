"""The pages about people sent in, as the chips above each of them."""

from django.urls import reverse

TABS = (
    ("stationed", "在岗名单"),
    ("stationed_due", "到期轮换"),
    ("stationed_required", "应派未派"),
    ("stationed_assessments", "年度考核"),
    ("specialists", "科技特派员"),
    ("secondments", "挂职锻炼"),
)


def tabs(current):
    return [{"label": label, "url": reverse(route), "current": route == current} for route, label in TABS]
