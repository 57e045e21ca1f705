"""What awards put on a village's page: awards to the village's people and collectives, withdrawn ones said so."""

from django.urls import reverse

from awards.models import Award
from core.periods import dated_by
from talent.village_cards import Card, Line, card

LATEST = 20


@card
def awards(village, on):
    rows = Award.objects.filter(dated_by(on, "decided_on"), village=village).select_related("scheme", "person")
    lines = [_line(row, on) for row in rows.order_by("-decided_on", "pk")[:LATEST]]
    return Card("表彰", "截至这一天，这个村的人和集体还没有登记表彰。", lines)


def _line(row, on):
    withdrawn = "，已撤销" if row.withdrawn_on and row.withdrawn_on <= on else ""
    kind = "个人" if row.person_id else "集体"
    more = f"{row.decided_on:%Y-%m-%d} {row.document_no}{withdrawn}"
    return Line(row.winner, reverse("award", args=[row.pk]), f"{row.year} 年度{row.scheme}（{kind}）", more)
