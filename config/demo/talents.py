"""The pool of rural talents: two people of every village, some of them gone again."""

from config.demo.county import day
from talent import actions
from talent.models import RuralTalent

SPECIALTIES = (
    ("production", "食用菌栽培"), ("production", "白茶种植"), ("production", "稻渔综合种养"), ("business", "农产品电商"),
    ("business", "家庭农场经营"), ("skill", "竹编"), ("skill", "农机修理"), ("service", "乡村医生"), ("service", "民宿管家"),
    ("governance", "人民调解"),
)  # fmt: skip
ENTERED = (day(2022, 6, 30), day(2023, 6, 30), day(2024, 6, 30), day(2025, 6, 30))
LEFT = day(2025, 12, 31)
LEAVE_EVERY = 20


def fill(county):
    """Draws its people last, so that what was drawn before stays as it was."""
    places = []
    for number, village in enumerate([village for village in county.villages for _ in range(2)]):
        category, specialty = county.rng.choice(SPECIALTIES)
        gone = number % LEAVE_EVERY == 0
        person = county.humans.draw(
            village, born=(1965, 1995), member=county.rng.random() < 0.3, level=county.rng.choice(("senior_middle", "junior_college")),
            joined_by=day(2022, 1, 1),
        )  # fmt: skip
        places.append(
            RuralTalent(
                person=person, village=village, category=category, specialty=specialty, start=county.rng.choice(ENTERED),
                is_demonstration=county.rng.random() < 0.25, end=LEFT if gone else None, end_reason="外出务工" if gone else "",
            )
        )  # fmt: skip
    county.save([place.person for place in places])
    actions.enter_talent_pool(places, by=county.by)
