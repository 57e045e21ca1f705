"""The pool of rural talents: two people of every village, some of them gone again, confirmed once a year."""

import datetime
import random

from config.demo.county import day
from talent import actions
from talent.models import RuralTalent

SPECIALTIES = (
    ("production", "食用菌栽培"), ("production", "白茶种植"), ("production", "稻渔综合种养"), ("business", "农产品电商"),
    ("business", "家庭农场经营"), ("skill", "竹编"), ("skill", "农机修理"), ("service", "乡村医生"), ("service", "民宿管家"),
    ("governance", "人民调解"),
)  # fmt: skip
# specialty → class, sub-class, skills, what a certificate says, a scale with its unit, tags that go with it
ABOUT = {
    "食用菌栽培": ("production", "farmer", "食用菌、菌棒、大棚", "农民技术员", "菌棒 {} 万棒", ("土专家", "田秀才")),
    "白茶种植": ("production", "farmer", "茶叶加工、茶园管理、评茶", "评茶员（三级）", "茶园 {}0 亩", ("土专家", "致富带头人")),
    "稻渔综合种养": ("production", "farm_leader", "水稻、水产、病虫害防治", "助理农艺师", "稻田 {}0 亩", ("家庭农场主", "致富带头人")),
    "农产品电商": ("industry", "e_commerce", "直播、短视频、摄影、网店运营", "电子商务师（四级）", "年销售 {}0 万元", ("电商主播", "返乡大学生")),
    "家庭农场经营": ("production", "farm_leader", "农场经营、记账、果树", "", "果园 {}0 亩", ("家庭农场主", "合作社理事长")),
    "竹编": ("industry", "craftsman", "竹编、设计、带徒", "乡村工匠师", "", ("非遗传承人", "土专家")),
    "农机修理": ("industry", "craftsman", "农机修理、无人机植保", "农机修理工（三级）", "", ("退役军人", "土专家")),
    "乡村医生": ("service", "health", "全科诊疗、康复、健康管理", "乡村全科执业助理医师", "", ("村医",)),
    "民宿管家": ("service", "culture", "民宿、接待、乡村旅游", "", "客房 {} 间", ("返乡创业人员", "返乡大学生")),
    "人民调解": ("governance", "law", "调解、法律咨询", "人民调解员", "", ("退役军人",)),
}  # fmt: skip
# What those live by who run something of their own.
BUSINESS = {
    "食用菌栽培": "planting", "白茶种植": "planting", "稻渔综合种养": "breeding", "农产品电商": "commerce", "家庭农场经营": "planting",
    "竹编": "craft", "农机修理": "service", "民宿管家": "tourism",
}  # fmt: skip
OUTSIDE = (
    "示例省城某公司",
    "示例市某企业",
    "沿海某电商公司",
    "示例农业大学",
    "邻县某合作社",
    "部队退役",
    "示例职业技术学院",
)
ORIGINS = ("local",) * 11 + ("returned",) * 6 + ("introduced",) * 3
WISHES = ("带徒弟", "到邻村作技术指导", "办培训班讲课", "领办合作社", "")
CONFIRMED = {2023: 0.9, 2024: 0.92, 2025: 0.95, 2026: 0.98}  # year → share that the clerks confirmed in June
SILENT_IN_2026 = ("990121201", "990121202")  # townships that have not yet confirmed this year
SHORT_EVERY, SHORT_AT = 14, 3
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
    rng = random.Random("乡村人才的类别、标签和来处")  # its own: what others draw stays as it was
    for number, place in enumerate(places):
        _tell(place, rng)
        if number % SHORT_EVERY == SHORT_AT and (number - 1) % LEAVE_EVERY:  # the other of the village stays
            _leave_soon(place, rng)
    actions.enter_talent_pool(places, by=county.by)
    _confirm(places, rng, county.by)


def _tell(place, rng):
    """Class, tags, skills, scale, willingness and origin of somebody whose specialty is known."""
    one, sub, skills, certificate, scale, tags = ABOUT[place.specialty]
    words = skills.split("、")
    place.talent_class, place.sub_class = one, sub if rng.random() < 0.95 else ""
    place.skills = "、".join(sorted(rng.sample(words, rng.randint(1, len(words))), key=words.index))
    place.certificates = certificate if rng.random() < 0.5 else ""
    place.business = BUSINESS.get(place.specialty, "")
    place.scale = scale.format(rng.randint(1, 12))
    place.households_led = rng.choice((None, rng.randint(2, 40)))
    place.tags = "、".join(rng.sample(tags, rng.randint(0, len(tags))))
    place.willing = rng.choice(("full_time", "flexible", "flexible", "guidance", "guidance", "none", ""))
    place.wishes = rng.choice(WISHES)
    place.origin = rng.choice(ORIGINS)
    if place.origin != "local":
        place.came_from = rng.choice(OUTSIDE)
        place.came_on = place.start - datetime.timedelta(days=rng.randint(0, 1200))


def _leave_soon(place, rng):
    """Somebody brought in who did not stay."""
    place.origin, place.came_from, place.came_on = "introduced", rng.choice(OUTSIDE), place.start
    place.end = place.start + datetime.timedelta(days=rng.randint(150, 500))
    place.end_reason = "合同到期离开"


def _confirm(places, rng, by):
    for year, share in CONFIRMED.items():
        on = day(year, 6, 20)
        asked = [place for place in places if place.start < on and (place.end is None or place.end >= on)]
        asked = [place for place in asked if year < 2026 or place.village.township_id not in SILENT_IN_2026]
        actions.confirm_talents([place for place in asked if rng.random() < share], is_here=True, on=on, by=by)
