"""Awards of the demo county."""

from awards import actions
from awards.models import Award, AwardScheme
from config.demo.county import day
from config.demo.places import COUNTY

SCHEMES = (("乡村振兴贡献奖", "清评组〔2021〕3号"), ("优秀村党组织书记", "清评组〔2021〕4号"))
CATEGORIES = tuple(Award.Category.values)


def set_up(county):
    schemes = [AwardScheme(division_id=COUNTY[0], name=name, approval_no=number) for name, number in SCHEMES]
    return actions.set_up_schemes(schemes, by=county.by)


def give(county, schemes, year, on):
    """Ten people and five villages get the prize of the year, nine secretaries theirs."""
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
    return actions.give_awards(awards, by=county.by)


def awarded_on(year):
    """The day of the year's ceremony, in the following winter but before the year's end."""
    return day(year, 12, 20) if year < 2026 else day(year, 10, 16)
