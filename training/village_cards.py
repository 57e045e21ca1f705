"""What training puts on a village's page: the classes of the year with its people, and who studies for a degree."""

from django.urls import reverse

from core.periods import month, year_to_date
from talent.village_cards import Card, Line, card
from training.models import DegreeStudy, Enrollment

LATEST = 20


@card
def training(village, on):
    """One line a class begun this year: how many of the village's people were on its list, and how many took part."""
    rows = Enrollment.objects.listed().filter(year_to_date(on, "session__start"), village=village)
    classes = {}
    for row in rows.select_related("session").order_by("-session__start", "session_id", "pk"):
        classes.setdefault(row.session, []).append(row.result in Enrollment.TRAINED)
    lines = [
        Line(
            str(session), reverse("training_session", args=[session.pk]), f"名单 {len(trained)} 人，参训 {sum(trained)} 人",
            f"{session.start:%Y-%m-%d}",
        )
        for session, trained in classes.items()
    ]  # fmt: skip
    return Card("培训", f"{on.year} 年到这一天，这个村还没有人在培训班名单上。", lines[:LATEST])


@card
def degrees(village, on):
    rows = DegreeStudy.objects.studying(on).filter(village=village).select_related("person")
    lines = [
        Line(
            row.person.name, reverse("degree", args=[row.pk]), "，".join(filter(None, [row.school, row.major, row.get_target_display()])),
            f"{month(row.start)} 入学",
        )
        for row in rows.order_by("-start", "pk")[:LATEST]
    ]  # fmt: skip
    return Card("学历提升", "这一天这个村没有在读的人。", lines)
