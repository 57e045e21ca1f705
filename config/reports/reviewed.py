"""届中研判: what the latest round found of teams and cadres and what was done about it, by place."""

from collections import Counter

from config.reports import listed
from config.reports.listed import of
from config.reports.matrix import Column, Places, area, table
from talent.indicators.reviews import standing
from talent.models import PersonReview, TeamReview
from talent.parameters.reviews import GRADES, TEAM_CLASSES

NOTES = (
    "说明：班子和干部的等次只计最近一轮届中分析研判中县里已审定的研判表；处理建议为审定的建议。",
    "“届中调整（不胜任不尽职）”为时点所在届内因此离任的干部，一人计一次；“按研判结论调整”是其中任职变动已接到研判表的；“已定未办”不分轮次。",
)
FIGURES = ("teams_reviewed", "teams_weak", "cadres_adjusted", "cadres_adjusted_review", "adjustments_waiting")


def sheet(user, on, code=None):
    """The sheet of the latest round. Queries do not grow."""
    things = [row for key in FIGURES for row in listed.rows(key, user, on, code)]
    things += listed.rows("teams_reviewed", user, on, code, "denominator", "village")
    things += [*_sheets(user, on, code), *_people(user, on, code)]
    told = f"{area(user, code)}　截至 {on:%Y-%m-%d}　单位：个、人"
    title = "届中分析研判情况统计表"
    return [table(title, Places.of(user, on, code), things, _columns(on), told=told, foot=NOTES, name="届中研判")]


def _columns(on):
    return [
        Column("班子", "村（社区）数", of("village")), Column("班子", "列入研判", of("sheet")), Column("班子", "已审定", of("teams_reviewed")),
        *(Column("班子等次", word, of("teams_reviewed", "班子等次", word)) for word in TEAM_CLASSES.value(on)),
        Column("班子", "薄弱班子", of("teams_weak")),
        Column("干部", "研判人数", _people_of()), *(Column("干部等次", word, _people_of(grade=word)) for word in GRADES.value(on)),
        *(Column("处理建议", label, _people_of(proposal=label)) for _, label in PersonReview.Proposal.choices),
        Column("调整", "届中调整（不胜任不尽职）", of("cadres_adjusted"), 12),
        Column("调整", "其中按研判结论调整", of("cadres_adjusted_review"), 11), Column("调整", "已定未办", of("adjustments_waiting")),
    ]  # fmt: skip


def _people_of(grade="", proposal=""):
    def count(things):
        rows = [one for one in things if one.what == "person"]
        return sum(one.says("grade") in (grade or one.says("grade"),) and one.says("proposal") in (proposal or one.says("proposal"),) for one in rows)  # fmt: skip

    return count


def _seen(rows, user, code):
    rows = rows.visible_to(user)
    return rows.below(code) if code else rows


def _sheets(user, on, code):
    held = _seen(standing(on), user, code).order_by("village_id", "pk")
    return [listed.Row(place, "sheet", 1) for place in held.values_list("village_id", flat=True)]


def _people(user, on, code):
    """The cadres of the sheets that the county has decided; the same kinds of people are one row."""
    sheets = standing(on).filter(pk__in=TeamReview.objects.decided(on).values("pk"))
    rows = _seen(PersonReview.objects.filter(team__in=sheets), user, code)
    labels = dict(PersonReview.Proposal.choices)
    kinds = Counter(rows.order_by("pk").values_list("team__village_id", "grade", "proposal"))
    return [
        listed.Row(place, "person", 1, (("grade", grade), ("proposal", labels.get(proposal, ""))))
        for (place, grade, proposal), people in sorted(kinds.items())
        for _ in range(people)
    ]
