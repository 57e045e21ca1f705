"""Townships, villages, terms, classes and yearly figures of the demo county."""

import datetime
from decimal import Decimal

from villages import actions
from villages.models import Division, Term, Village, VillageFigures, VillageLabel

PROVINCE, PREFECTURE, COUNTY = ("99", "示例省"), ("9901", "示例市"), ("990121", "清源县")
TOWNSHIPS = (
    ("990121100", "城关镇", 12),
    ("990121101", "柳林镇", 11),
    ("990121102", "石桥镇", 10),
    ("990121103", "白马镇", 11),
    ("990121104", "双河镇", 9),
    ("990121105", "太平镇", 8),
    ("990121200", "青山乡", 9),
    ("990121201", "龙泉乡", 8),
    ("990121202", "永兴乡", 8),
)
# Names that occur in two townships, as in most real counties; a village is never found by its name alone.
SHARED_NAMES = {"990121101": "新丰村", "990121103": "大坪村", "990121104": "新丰村", "990121201": "大坪村"}
FIXED_NAMES = {"990121200": ("下坪村",)}
FIRST = "上下东西南北前后大小新古高长石白青黄桃梅竹松枫云金玉龙凤"
SECOND = (
    "坪",
    "桥",
    "湾",
    "坑",
    "溪",
    "岭",
    "塘",
    "田",
    "洋",
    "墩",
    "林",
    "岩",
    "坂",
    "口",
    "庄",
    "源",
    "山头",
    "家店",
    "丰",
)
SINCE = datetime.date(1949, 10, 1)
TERMS = (
    ("第十届", datetime.date(2018, 8, 1), datetime.date(2020, 12, 31)),
    ("第十一届", datetime.date(2021, 1, 1), datetime.date(2025, 12, 31)),
    ("第十二届", datetime.date(2026, 1, 1), datetime.date(2030, 12, 31)),
)
# Label, how many villages, from, until.
LABELS = (
    ("formerly_poor", 18, datetime.date(2020, 12, 31), None),
    ("priority", 6, datetime.date(2021, 9, 1), None),
    ("thin_economy", 14, datetime.date(2019, 3, 1), datetime.date(2023, 12, 31)),
    ("demonstration", 9, datetime.date(2023, 7, 1), None),
    ("red", 3, datetime.date(2019, 1, 1), None),
    ("minority", 2, datetime.date(2019, 1, 1), None),
    ("weak", 5, datetime.date(2021, 6, 1), datetime.date(2022, 5, 31)),
    ("weak", 3, datetime.date(2024, 6, 1), datetime.date(2025, 5, 31)),
    ("weak", 2, datetime.date(2026, 6, 1), None),
)
FIGURE_YEARS = range(2020, 2026)


def build_divisions():
    """Province to townships; they come first, since the accounts belong to them."""
    named = [PROVINCE, PREFECTURE, COUNTY, *((code, name) for code, name, _ in TOWNSHIPS)]
    return actions.add_divisions([Division(code=code, name=name) for code, name in named], by=None)


def build_villages(rng, by):
    """The 86 villages, in order of code."""
    villages = [
        Village(
            code=f"{code}{200 + number}", township_id=code, name=name, start=SINCE, party_seats=3, committee_seats=3
        )
        for code, _, count in TOWNSHIPS
        for number, name in enumerate(_names(rng, code, count), start=1)
    ]
    return actions.add_villages(villages, by=by)


def build_terms(by):
    """The terms, oldest first."""
    return actions.begin_terms(
        [Term(division_id=COUNTY[0], name=name, start=start, end=end) for name, start, end in TERMS], by=by
    )


def build_labels(rng, villages, by):
    """Classes of villages over the years; the ones that ended are ended on their day."""
    for label, count, start, end in LABELS:
        chosen = sorted(rng.sample(villages, count), key=lambda village: village.code)
        labels = actions.label_villages([VillageLabel(village=one, label=label, start=start) for one in chosen], by=by)
        if end:
            actions.end_labels(labels, on=end, by=by)


def build_figures(rng, villages, by):
    """Six years of basic facts of every village, growing slowly."""
    figures = []
    for village in villages:
        households, members = rng.randint(180, 760), rng.randint(28, 90)
        land, income = Decimal(rng.randint(6000, 42000)) / 10, Decimal(rng.randint(30, 160)) / 10
        for year in FIGURE_YEARS:
            income = (income * Decimal(rng.randint(104, 122)) / 100).quantize(Decimal("0.01"))
            people = round(households * 3.4)
            figures.append(
                VillageFigures(
                    village=village, year=year, groups=max(4, households // 45), households=households, population=people,
                    resident_population=round(people * rng.uniform(0.48, 0.72)), party_members=members,
                    arable_land_mu=land, collective_income_wan=income, **_working(village, year, members),
                )
            )  # fmt: skip
            households, members = households + rng.randint(-2, 4), members + rng.randint(0, 2)
    return actions.record_figures(figures, by=by)


def _working(village, year, members):
    """How the party organisation is set up and what it works with: from the village's number, so that no draw moves."""
    place = int(village.code[6:])
    grown = place % 7 + year - FIGURE_YEARS[0]  # what one village has today another has a few years later
    return {
        "party_body": "general_branch" if members > 80 else "branch", "members_joined": (place + year) % 3 if place % 11 else 0,
        "office_funds_wan": Decimal(40 + place % 5 * 5 + (year - FIGURE_YEARS[0]) * 4) / 10, "venue_area": 0 if place % 43 == 0 else 120 + grown * 30,
        "venue_built": "yes" if (place + year) % 19 == 0 else "no", "five_rooms": "yes" if grown > 5 else "no",
        "open_decisions": "yes", "leader_subsidy": "no" if place % 17 == 0 and year < FIGURE_YEARS[-1] else "yes",
        "bundled_projects": "yes" if place % 4 == 0 else "no",
    }  # fmt: skip


def _names(rng, township, count):
    """`count` names: distinct in the county, but for the shared ones."""
    fixed = [*FIXED_NAMES.get(township, ()), *filter(None, [SHARED_NAMES.get(township)])]
    everywhere = {*SHARED_NAMES.values(), *(name for names in FIXED_NAMES.values() for name in names)}
    pool = [first + second + "村" for first in FIRST for second in SECOND if first + second + "村" not in everywhere]
    # Every township draws from its own slice, so that no name comes twice.
    index = [code for code, _, _ in TOWNSHIPS].index(township)
    names = fixed + rng.sample(pool[index :: len(TOWNSHIPS)], count - len(fixed))
    rng.shuffle(names)
    return names
