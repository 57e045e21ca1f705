"""What awards put on a village's page: awards to the village's people and collectives, withdrawn ones said so."""

from django.urls import reverse

from awards.models import Award, Evaluation, EvaluationScheme, Grade, InspectionFinding, SupportApplication
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


@card
def evaluations(village, on):
    """The grades of the village's team, and how many of its people have which."""
    graded = Evaluation.objects.announced(on).filter(village=village).select_related("scheme", "village", "person")
    teams, people = [], {}
    for row in graded.order_by("-scheme__year", "scheme__kind", "pk"):
        if row.scheme.kind == EvaluationScheme.Kind.TEAM:
            teams.append(row)
        else:
            people.setdefault(row.scheme, []).append(Grade(row.grade_on).label)
    lines = [Line(str(row.scheme), reverse("evaluation", args=[row.pk]), Grade(row.grade_on).label) for row in teams]
    lines += [Line(str(scheme), _of_village(scheme, village), _counted(grades)) for scheme, grades in people.items()]
    return Card("考核评价", "截至这一天，这个村的班子和人还没有公布的考核结果。", lines[:LATEST])


def _of_village(scheme, village):
    return f"{reverse('evaluation_scheme', args=[scheme.pk])}?division={village.code}"


def _counted(grades):
    return "，".join(f"{label} {grades.count(label)} 名" for label in Grade.labels if label in grades)


@card
def inspections(village, on):
    """What checks found in the village that was not closed by the day."""
    rows = InspectionFinding.objects.open(on).filter(village=village).select_related("inspection", "item")
    lines = [
        Line(row.problem, reverse("inspection_finding", args=[row.pk]), row.item.title, f"{row.due:%Y-%m-%d} 前整改")
        for row in rows.order_by("due", "pk")[:LATEST]
    ]
    return Card("检查发现的问题", "没有未销号的问题。", lines)


@card
def support(village, on):
    """Support granted to people of the village by the day, the latest first."""
    given = SupportApplication.objects.granted(on).filter(village=village).select_related("person", "policy")
    lines = [
        Line(
            row.person.name, reverse("support_application", args=[row.pk]), f"{row.policy.name}：{row.project}",
            f"{row.decided_on:%Y-%m-%d} 批准 {row.amount:,.2f} 元",
        )
        for row in given.order_by("-decided_on", "-pk")[:LATEST]
    ]  # fmt: skip
    return Card("扶持政策", "截至这一天，这个村还没有人享受扶持政策。", lines)
