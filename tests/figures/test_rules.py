"""Every check finds the one thing planted for it, and says nothing of a team in order."""

import datetime

import pytest

from core import rules
from talent.models import Person, Post, ReserveCandidate, Stationing
from tests import factories
from villages.models import Village, VillageFigures

ON = datetime.date(2024, 12, 31)
CODE = "990121100201"


@pytest.fixture
def team(db):
    """A village whose team is in order: name → Person."""
    village = factories.village(CODE, party_seats=3, committee_seats=3)
    VillageFigures.objects.create(village=village, year=2023)
    members = {
        "secretary": ("male", datetime.date(1975, 5, 6), (Post.PARTY_SECRETARY, Post.VILLAGE_DIRECTOR)),
        "deputy": ("male", datetime.date(1981, 2, 3), (Post.PARTY_DEPUTY_SECRETARY, Post.VILLAGE_COMMITTEE_MEMBER)),
        "woman": ("female", datetime.date(1995, 5, 6), (Post.VILLAGE_COMMITTEE_MEMBER,)),
        "supervisor": ("male", datetime.date(1970, 5, 6), (Post.SUPERVISION_DIRECTOR,)),
    }
    people = {}
    for name, (sex, born, posts) in members.items():
        people[name] = factories.person(
            id_number=factories.id_number(born, sex), sex=sex, birth_date=born, village=village,
            political_status="party_member", party_joined=datetime.date(2015, 7, 1),
        )  # fmt: skip
        for post in posts:
            factories.appointment(person=people[name], village=village, post=post)
    for number, target in enumerate(("secretary", "secretary", "other", "other")):
        factories.reserve(person=factories.person(name=f"王后备{number}", village=village), target=target)
    return people


def codes():
    return {finding.code for finding in rules.check(ON, CODE)}


def test_team_in_order_has_no_findings(team):
    assert rules.check(ON, CODE) == []


def _vacant(team):
    team["secretary"].appointments.filter(post=Post.PARTY_SECRETARY).update(end=datetime.date(2024, 9, 30))


def _probationary(team):
    Person.objects.filter(pk=team["secretary"].pk).update(political_status="probationary_party_member")


def _two_on_the_committee(team):
    team["woman"].appointments.update(end=datetime.date(2024, 9, 30))


def _born(name, date):
    def plant(team):
        Person.objects.filter(pk=team[name].pk).update(birth_date=date)

    return plant


def _changed(name, **fields):
    def plant(team):
        Person.objects.filter(pk=team[name].pk).update(**fields)

    return plant


def _conflict(team):
    factories.appointment(
        person=team["supervisor"], village=team["supervisor"].village, post=Post.VILLAGE_COMMITTEE_MEMBER
    )


def _reserve_gone(team):
    place = ReserveCandidate.objects.filter(target="other").first()
    ReserveCandidate.objects.filter(pk=place.pk).update(end=datetime.date(2024, 6, 1))


def _label(team):
    factories.village_label(village=team["secretary"].village, label="weak", start=datetime.date(2024, 1, 1))


def _stationed(team):
    factories.stationing(
        village=team["secretary"].village, role=Stationing.Role.FIRST_SECRETARY, start=datetime.date(2022, 12, 31)
    )


def _twin(team):
    Person.objects.create(name=team["woman"].name, birth_date=team["woman"].birth_date, village=team["woman"].village)


def _seats(team):
    Village.objects.update(party_seats=None)


def _figures(team):
    VillageFigures.objects.all().delete()


def _studies(team):
    factories.degree_study(person=team["woman"], village=team["woman"].village, start=datetime.date(2019, 9, 1))


def _need(**fields):
    dates = dict.fromkeys(("start", "stated_on", "published_on"), datetime.date(2024, 3, 1))
    return factories.demand(village=CODE, post="技术员", **dates | fields)


def _talent_stale(team):
    factories.rural_talent(person=team["woman"], start=datetime.date(2023, 6, 30))


def _overdue(team):
    _need(end=datetime.date(2024, 10, 31))


def _not_arrived(team):
    talent = factories.rural_talent(person=team["woman"], start=datetime.date(2024, 6, 30))
    steps = ("proposed_on", "invited_on", "accepted_on", "agreed_on")
    factories.match(demand=_need(), talent=talent, **dict.fromkeys(steps, datetime.date(2024, 7, 1)))


PLANTED = {
    "talent_stale": (_talent_stale, "2023-06-30"),
    "demand_overdue": (_overdue, "2024-10-31"),
    "match_not_arrived": (_not_arrived, "2024-07-01"),
    "secretary_vacant": (_vacant, "上一任离任日期：2024-09-30"),
    "secretary_not_member": (_probationary, "中共预备党员"),
    "committee_size": (_two_on_the_committee, "在任 2 人"),
    "no_woman": (_changed("woman", sex="male"), "没有女性"),
    "no_young": (_born("woman", datetime.date(1988, 12, 31)), "35 周岁及以下"),
    "secretary_age": (_born("secretary", datetime.date(1964, 12, 31)), "1964-12-31"),
    "reserve_shortfall": (_reserve_gone, "缺 1 名：书记后备 2/2，其他 1/2"),
    "supervision_conflict": (_conflict, "监委会主任"),
    "first_secretary_missing": (_label, "软弱涣散村"),
    "stationed_long": (_stationed, "2022-12-31"),
    "id_missing": (_changed("deputy", id_number=None, id_digest=None), "没有登记身份证号"),
    "birth_missing": (_changed("deputy", birth_date=None), "没有出生日期"),
    "party_joined_early": (_changed("woman", party_joined=datetime.date(2013, 5, 5)), "2013-05-05"),
    "party_joined_missing": (_changed("deputy", party_joined=None), "没有登记入党时间"),
    "same_name_and_birth": (_twin, "同名同生日"),
    "seats_unknown": (_seats, "没有登记"),
    "figures_missing": (_figures, "没有上年度"),
    "study_long": (_studies, "2019-09-01"),
}


@pytest.mark.parametrize("code", PLANTED)
def test_check_finds_what_is_planted(team, code):
    plant, said = PLANTED[code]

    plant(team)

    found = [finding for finding in rules.check(ON, CODE) if finding.code == code]
    assert len(found) == (2 if code == "same_name_and_birth" else 1)
    assert said in found[0].message
    assert found[0].village_code == CODE


def test_term_that_ran_out_is_found_for_the_county(team):
    factories.term(start=datetime.date(2019, 7, 1), end=datetime.date(2024, 6, 30))

    found = [finding for finding in rules.check(ON) if finding.code == "term_expired"]
    assert [finding.village_code for finding in found] == ["990121"]


def test_every_check_is_planted_here():
    assert set(rules.RULES) == {*PLANTED, "term_expired"}


def test_village_without_any_record_is_not_told_off(db):
    factories.village("990121100299", party_seats=3, committee_seats=3)

    assert {finding.code for finding in rules.check(ON)} == {"figures_missing"}


@pytest.mark.parametrize(
    ("code", "born", "found"),
    [
        ("secretary_age", datetime.date(1965, 1, 1), False),  # 60 only the day after
        ("no_young", datetime.date(1989, 1, 1), False),  # still 35
    ],
)
def test_thresholds_to_the_day(team, code, born, found):
    _born("secretary" if code == "secretary_age" else "woman", born)(team)

    assert (code in codes()) is found
