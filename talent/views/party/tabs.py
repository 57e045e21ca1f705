"""The pages about party life and about projects, as the chips above each of them."""

from django.urls import reverse

TABS = (
    (("party_life", "月度矩阵"), ("party_records", "会议记录"), ("party_activities", "联系服务")),
    (("village_projects", "村级项目"), ("cultural_activities", "文化活动"), ("village_project_totals", "按乡镇合计")),
)


def tabs(current):
    group = next(group for group in TABS if current in dict(group))
    return [{"label": label, "url": reverse(route), "current": route == current} for route, label in group]
