"""The pages about safeguards and about support, as the chips above each of them."""

from django.urls import reverse

SAFEGUARDS = (
    ("safeguards", "按乡镇和村"),
    ("safeguard_people", "按人"),
    ("safeguard_standards", "报酬标准"),
    ("leaving", "离任生活补贴"),
)
SUPPORT = (("support_policies", "政策"), ("support_applications", "申请"), ("support_payments", "支付"))


def tabs(pages, current):
    return [{"label": label, "url": reverse(route), "current": route == current} for route, label in pages]
