"""Awards of the demo county, and whom its townships recommended for those of the last year."""

import random

from awards import actions
from awards.models import Award, AwardRound, AwardScheme, Nomination
from config.demo.county import day
from config.demo.places import COUNTY

SCHEMES = (("乡村振兴贡献奖", "清评组〔2021〕3号"), ("优秀村党组织书记", "清评组〔2021〕4号"))
CATEGORIES = tuple(Award.Category.values)
DEEDS = (
    "带领群众发展茶产业，户均年增收 1.2 万元。", "领办合作社，吸纳 32 户脱贫户就业。", "牵头整治人居环境，村容村貌明显改善。",
    "组建村级文艺队，传承采茶戏。", "推行积分制，矛盾纠纷下降六成。",
)  # fmt: skip
PLACES = (10, 5)  # of the prize, as approved
BESIDES = 2  # nominated by every township beside those who get the prize


def set_up(county):
    schemes = [AwardScheme(division_id=COUNTY[0], name=name, approval_no=number) for name, number in SCHEMES]
    schemes[0].individual_places, schemes[0].collective_places = PLACES
    return actions.set_up_schemes(schemes, by=county.by)


def give(county, schemes, year, on):
    """Ten people and five villages get the prize of the year, nine secretaries theirs."""
    awards = drawn(county, schemes, year, on)
    return actions.give_awards(awards, by=county.by)


def give_secretaries(county, schemes, year, on):
    """The awards of the year but for the prize, whose winners are told instead: its round is held as a round goes.

    ([(person, village, category)], [(village, category)])."""
    awards = drawn(county, schemes, year, on)
    actions.give_awards([one for one in awards if one.scheme != schemes[0]], by=county.by)
    prizes = [one for one in awards if one.scheme == schemes[0]]
    people = [(one.person, one.village, one.category) for one in prizes if one.person_id]
    return people, [(one.village, one.category) for one in prizes if not one.person_id]


def drawn(county, schemes, year, on):
    """Unsaved awards of a year."""
    document = f"清委〔{on.year}〕{20 + year % 10}号"
    prize, secretary = schemes
    people = county.rng.sample(county.serving("secretary", "deputy", "member"), 10)
    villages = county.rng.sample(county.villages, 5)
    more = {"year": year, "decided_on": on, "document_no": document}
    awards = [
        Award(scheme=prize, person=person, village=county.by_code[code], category=county.rng.choice(CATEGORIES), **more)
        for person, code in people
    ]
    awards += [
        Award(scheme=prize, collective=village.name, village=village, category=county.rng.choice(CATEGORIES), **more)
        for village in villages
    ]
    awards += [
        Award(scheme=secretary, person=person, village=county.by_code[code], **more)
        for person, code in county.rng.sample(county.serving("secretary"), 9)
    ]
    return awards


def awarded_on(year):
    """The day of the year's ceremony, in the following winter but before the year's end."""
    return day(year, 12, 20) if year < 2026 else day(year, 10, 16)


def recommend(county, schemes, year):
    """The round of `year` with what the townships handed in, winners among them; the next one has just been opened.

    Drawn by itself, so that nothing else of the demo depends on it."""
    rng, prize = random.Random(year), schemes[0]
    held, coming = actions.open_rounds(
        [
            AwardRound(
                scheme=prize,
                year=year,
                opens_on=day(year, 8, 1),
                closes_on=day(year, 9, 10),
                document_no=f"清评组〔{year}〕2号",
            ),
            AwardRound(scheme=prize, year=year + 1, opens_on=day(year, 11, 1), document_no=f"清评组〔{year}〕5号"),
        ],
        by=county.by,
    )
    actions.nominate(_individuals(county, held, rng) + _collectives(county, held, rng), by=county.by)
    return held, coming


def _individuals(county, held, rng):
    won = Award.objects.filter(scheme=held.scheme, year=held.year, person__isnull=False).select_related(
        "person", "village__township"
    )
    chosen = {award.person_id: (award.person, award.village) for award in won.order_by("village_id", "pk")}
    for villages in county.townships():
        codes = {village.code for village in villages}
        here = [(person, code) for person, code in county.serving("secretary", "deputy") if code in codes]
        chosen |= {person.pk: (person, county.by_code[code]) for person, code in rng.sample(here, BESIDES)}
    return [
        Nomination(
            round=held, township_id=village.township_id, nominee_type="individual", person=person, village=village,
            unit=f"{village.township.name}{village.name}", category=rng.choice(CATEGORIES), achievements=rng.choice(DEEDS),
        )
        for person, village in chosen.values()
    ]  # fmt: skip


def _collectives(county, held, rng):
    chosen = [rng.choice(villages) for villages in county.townships()]
    return [
        Nomination(
            round=held, township_id=village.township_id, nominee_type="collective", village=village,
            collective=f"{village.township.name}{village.name}党支部", leader_name=_secretary(county, village),
            member_count=rng.randint(12, 60), category=rng.choice(CATEGORIES), achievements=rng.choice(DEEDS),
        )
        for village in chosen
    ]  # fmt: skip


def _secretary(county, village):
    found = county.holders.get((village.code, "secretary"))
    return found.name if found else ""
