"""表彰: what was awarded in the year, by place."""

from dataclasses import dataclass

from awards.models import Award
from config.reports.matrix import Column, Places, adding, area, counting, table
from core.periods import year_to_date

NOTES = (
    "说明：本年 1 月 1 日至时点作出、至时点没有撤销的表彰，个人和集体各按一项计，按获表彰时所在村统计；名单见“评优表彰”。",
    "“受表彰的个人”一人一年获几项的只计一次，计在第一项所在的村；奖金为登记的金额，不等于已支付的专项奖励基金。",
)


@dataclass(frozen=True)
class Given:
    """An award; `is_first` for a person's first of the year."""

    place: str
    is_person: bool
    is_first: bool
    category: str
    bonus: float


COLUMNS = (
    Column("表彰（项）", "合计", len),
    Column("表彰（项）", "个人", counting(is_person=True)),
    Column("表彰（项）", "集体", counting(is_person=False)),
    Column("", "受表彰的个人（人）", counting(is_first=True), 11),
    *(Column("类别（项）", label, counting(category=value)) for value, label in Award.Category.choices),
    Column("类别（项）", "未登记", counting(category="")),
    Column("", "奖金（元）", lambda things: round(adding("bonus")(things), 2), 12),
)


def sheet(user, on, code=None):
    """The sheet of the year so far. One query."""
    given = Award.objects.visible_to(user).given(on).filter(year_to_date(on, "decided_on"))
    given = (given.below(code) if code else given).order_by("decided_on", "village_id", "pk")
    things, people = [], set()
    for place, person, category, bonus in given.values_list("village_id", "person_id", "category", "bonus"):
        things.append(
            Given(place, person is not None, person is not None and person not in people, category, float(bonus or 0))
        )
        people.add(person)
    told = f"{area(user, code)}　{on.year} 年 1 月 1 日至 {on:%Y-%m-%d}"
    return [table("乡村振兴表彰情况统计表", Places.of(user, on, code), things, COLUMNS, told=told, foot=NOTES, name="表彰情况")]  # fmt: skip
