"""供需对接: needs for talents and what became of them, by place."""

from dataclasses import dataclass, field

from config.reports import listed
from config.reports.matrix import Column, Places, area, table
from talent.models import Demand
from talent.views.demands.funnel import STEPS, counted

NOTES = (
    "说明：截至时点提出、没有撤回的人才需求，一条需求一项；推荐、邀请、接受、签约、到岗为截至时点走到这一步的人次，走到后面的也计入前面。",
    "村和村内单位的需求计在所在村，乡镇提出的计在乡镇；未满足为没有关闭、到岗少于需要人数的。",
)


@dataclass(frozen=True)
class Need:
    """A need: how many people it asks for, how many reached each step, how many are still sought."""

    place: str
    people: int
    missing: int
    reached: dict = field(hash=False)


def _needs(count):
    return lambda things: count([thing for thing in things if isinstance(thing, Need)])


def _reached(step, is_people):
    return _needs(lambda needs: sum(one.reached[step] if is_people else one.reached[step] > 0 for one in needs))


COLUMNS = (
    Column("需求", "项数", _needs(len)),
    Column("需求", "需要人数", _needs(lambda needs: sum(one.people for one in needs))),
    *(Column(label, unit, _reached(step, unit == "人次")) for step, label in STEPS for unit in ("项数", "人次")),
    Column("结果", "已满足（项）", listed.of("demands_met"), 10),
    Column("结果", "未满足（项）", listed.of("demands_open"), 10),
    Column("结果", "仍缺（人）", _needs(lambda needs: sum(one.missing for one in needs))),
)


def sheet(user, on, code=None):
    """The sheet of a date. Queries do not grow."""
    demands = Demand.objects.visible_to(user).stated(on)
    demands = (demands.below(code) if code else demands).with_asker()
    places = dict(demands.order_by().values_list("pk", "place_code"))
    steps = [step for step, _ in STEPS]
    things = [
        Need(places[row["pk"]], row["number"], row["missing"], {step: row[step] for step in steps})
        for row in counted(demands, on)
    ]
    for key in ("demands_met", "demands_open"):
        things += listed.rows(key, user, on, code)
    told = f"{area(user, code)}　截至 {on:%Y-%m-%d}　单位：项、人次、人"
    title = "人才需求对接情况统计表"
    return [table(title, Places.of(user, on, code), things, COLUMNS, told=told, foot=NOTES, name="需求对接")]
