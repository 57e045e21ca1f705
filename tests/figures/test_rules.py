"""Every check finds the one thing planted for it, and says nothing of a team in order."""

import datetime

import pytest

from core import rules
from core.models import ParameterValue
from talent.models import Appointment, Person, Post, ReserveAssessment, ReserveCandidate, ReviewRound, Stationing
from tests import factories
from villages.models import Village, VillageFigures

ON = datetime.date(2024, 12, 31)
CODE = "990121100201"


@pytest.fixture
def team(db):
    """A village whose team is in order: name → Person."""
    village = factories.village(CODE, party_seats=2, committee_seats=3)
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
        held = factories.session(start=datetime.date(2024, 6, 4), end=datetime.date(2024, 6, 5))
        factories.enrollment(person=people[name], village=village, session=held)
    for number, target in enumerate(("secretary", "secretary", "other", "other")):
        waiting = factories.person(
            name=f"王后备{number}", village=village, id_number=factories.id_number(datetime.date(1985 + number, 5, 6)),
            political_status="party_member",
        )  # fmt: skip
        factories.education(person=waiting, level="junior_college")
        place = factories.reserve(person=waiting, target=target, mentor="王副书记")
        factories.reserve_assessment(candidate=place)
    return people


def codes():
    return {finding.code for finding in rules.check(ON, CODE)}


def test_team_in_order_has_no_findings(team):
    assert rules.check(ON, CODE) == []


def _vacant(team):
    team["secretary"].appointments.filter(post=Post.PARTY_SECRETARY).update(end=datetime.date(2024, 9, 30))


def _two_gone_since_summer(team):
    posts = Appointment.objects.filter(person__in=[team["deputy"], team["woman"]], post=Post.VILLAGE_COMMITTEE_MEMBER)
    posts.filter(person=team["deputy"]).update(end=datetime.date(2024, 9, 29))
    posts.filter(person=team["woman"]).update(end=datetime.date(2024, 12, 29))


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


def _of_the_bench(target="secretary"):
    return ReserveCandidate.objects.filter(target=target).order_by("pk")[:1]


def _waiting(**fields):
    def plant(team):
        ReserveCandidate.objects.filter(pk__in=_of_the_bench()).update(**fields)

    return plant


def _candidate(**fields):
    def plant(team):
        Person.objects.filter(pk__in=_of_the_bench().values("person_id")).update(**fields)

    return plant


def _forgotten(team):
    ReserveAssessment.objects.filter(candidate__in=_of_the_bench()).delete()


def _unschooled(team):
    person = _of_the_bench().get().person
    person.educations.update(level="senior_middle", rank=3)


def _studies(team):
    factories.degree_study(person=team["woman"], village=team["woman"].village, start=datetime.date(2019, 9, 1))


def _overdue(team):
    place = _round(team)
    factories.election_step(round=place.round, title="公布选民名单", offset=-20)


def _unreviewed(team):
    place = _round(team)
    factories.review_item(department=factories.review_department(round=place.round))
    someone = team["woman"]
    factories.candidate(round=place.round, person=someone, village=someone.village, nominated_on=ON)


def _round(team):
    held = factories.election_round(election_day=datetime.date(2025, 1, 3), start=datetime.date(2024, 12, 1))
    return factories.election_village(round=held, village=team["secretary"].village)


def _reviewed(team, **fields):
    """The village's sheet in a round that closed in October, decided unless told otherwise."""
    held = factories.review_round(
        name="届中研判", as_of=datetime.date(2024, 9, 1), opens=datetime.date(2024, 9, 1), closes=datetime.date(2024, 10, 20)
    )  # fmt: skip
    decided = {"status": "decided", "team_class": "好", "decided_on": datetime.date(2024, 10, 10)}
    return factories.team_review(round=held, village=team["woman"].village, **decided | fields)


def _not_decided(team):
    _reviewed(team, status="filled", decided_on=None)


def _weak(team):
    _reviewed(team, team_class="差")


def _judged(**fields):
    def plant(team):
        factories.person_review(team=_reviewed(team), person=team["woman"], grade="不称职", **fields)

    return plant


def _kin(first, second):
    return lambda team: factories.kinship(first=team[second], second=team[first])


def _crowd(team):
    for number in range(6):
        factories.appointment(
            person=factories.person(f"王{number}", village=CODE), village=CODE, post="party_committee_member"
        )
        factories.reserve(person=factories.person(f"李{number}", village=CODE), village=CODE)


def _small(team):
    VillageFigures.objects.update(population=900)
    Village.objects.update(committee_seats=4)


def _stationed_alone(team):
    factories.stationing(village=CODE, start=ON)


def _specialist(team):
    factories.stationing(village=CODE, start=ON, role="specialist")


def _stationed_team(team):
    stay = factories.stationing(village=CODE, start=datetime.date(2023, 6, 30))
    mate = factories.stationing(village=CODE, start=datetime.date(2023, 6, 30), role="team_member")
    factories.stationing_assessment(stationing=mate if stay.pk else stay)


def _seconded(team):
    factories.secondment(village=CODE, mentor="张书记", due=ON)


def _seconded_alone(team):
    factories.secondment(village=CODE)


def _late(team):
    factories.degree_study(
        person=team["deputy"], village=team["deputy"].village, start=datetime.date(2021, 9, 1),
        expected_on=datetime.date(2024, 7, 1),
    )  # fmt: skip


def _untrained(team):
    team["woman"].enrollments.update(result="absent")


def _untaught(team):
    asked = factories.topic_requirement(group="secretary", topic=factories.topic(name="村务公开"))
    asked.topic.sessions.add(factories.enrollment(person=team["deputy"]).session)


def _need(**fields):
    dates = dict.fromkeys(("start", "stated_on", "published_on"), datetime.date(2024, 3, 1))
    return factories.demand(village=CODE, post="技术员", **dates | fields)


def _talent_stale(team):
    factories.rural_talent(person=team["woman"], start=datetime.date(2023, 6, 30))


def _need_overdue(team):
    _need(end=datetime.date(2024, 10, 31))


def _not_arrived(team):
    talent = factories.rural_talent(person=team["woman"], start=datetime.date(2024, 6, 30))
    steps = ("proposed_on", "invited_on", "accepted_on", "agreed_on")
    factories.match(demand=_need(), talent=talent, **dict.fromkeys(steps, datetime.date(2024, 7, 1)))


def _nominee(team, **fields):
    someone = team["deputy"]
    return factories.nomination(person=someone, village=someone.village, eligibility="passed", **fields)


def _undecided(team):
    row = _nominee(team)
    row.publicity = factories.award_publicity(
        round=row.round, starts_on=datetime.date(2024, 11, 4), ends_on=datetime.date(2024, 11, 11)
    )
    row.save()


def _objected(team):
    factories.objection(nomination=_nominee(team), received_on=datetime.date(2024, 12, 1))


def _awarded(team, **fields):
    row = _nominee(team)
    told = {"person": row.person, "village": row.village, "decided_on": datetime.date(2024, 10, 8)}
    return factories.award(nomination=row, scheme=row.round.scheme, **told | fields)


def _scored_at_home(team):
    row = _nominee(team)
    factories.award_score(nomination=row, judge=factories.judge(round=row.round, name="评委甲", village=row.village))


def _unpaid(team):
    _awarded(team, bonus=3000, certificate_no="1", check_code="A", certified_on=datetime.date(2024, 10, 9))


def _withdrawn_and_paid(team):
    gone = {"withdrawn_on": datetime.date(2024, 12, 1), "withdraw_reason": "失实", "withdraw_no": "31号"}
    factories.fund_entry(
        award=_awarded(team, bonus=3000, **gone), kind="payment", form="bonus", amount=3000, on=datetime.date(2024, 11, 1),
        checked_by=factories.user(), checked_on=datetime.date(2024, 11, 1),
    )  # fmt: skip


def _graded_unfit(team):
    someone = team["deputy"]
    for year in (2023, 2024):
        factories.evaluation(
            scheme=factories.evaluation_scheme(
                year=year, closes=datetime.date(2024, 12, 31), published_on=datetime.date(2024, 12, 24)
            ), person=someone,
            village=someone.village, grade="unfit", graded_on=datetime.date(2024, 12, 20),
        )  # fmt: skip


def _ungraded(team):
    scheme = factories.evaluation_scheme(year=2024, closes=datetime.date(2024, 12, 20))
    factories.evaluation(scheme=scheme, person=team["deputy"], village=team["deputy"].village)


def _appealed(team):
    scheme = factories.evaluation_scheme(year=2024, closes=datetime.date(2024, 12, 20))
    told = {"grade": "basic", "graded_on": datetime.date(2024, 10, 8)}
    row = factories.evaluation(scheme=scheme, person=team["deputy"], village=team["deputy"].village, **told)
    factories.evaluation_appeal(evaluation=row, received_on=datetime.date(2024, 11, 1), old_grade="basic")


def _not_put_right(team):
    looked = factories.inspection_item(inspection=factories.inspection(name="第三季度检查"))
    factories.inspection_finding(item=looked, village=team["deputy"].village, due=datetime.date(2024, 12, 1))


def _uncovered(name):
    """The team's safeguards are all there but for one of the deputy's."""

    def plant(team):
        whole = {f"{one}_start": datetime.date(2024, 1, 1) for one in ("pension", "medical", "accident", "housing")}
        kinds = {"pension": "resident", "medical": "resident", "accident": "insured", "housing": "flat"}
        for who in ("secretary", "deputy", "woman"):
            told = kinds | whole | {"checkup_on": datetime.date(2024, 6, 4)}
            if who == "deputy":
                told = {key: value for key, value in told.items() if not key.startswith(name)}
            factories.safeguard(person=team[who], village=team[who].village, **told)

    return plant


def _unhoused(team):
    """The county asks for housing too."""
    ParameterValue.objects.create(
        division=factories.division(factories.COUNTY), key="safeguard_required", value=["住房保障"], basis="县级办法",
        start=datetime.date(2024, 1, 1),
    )  # fmt: skip
    _uncovered("housing")(team)


def _missed_meetings(team):
    factories.branch_size(branch=factories.party_branch(village=factories.village(CODE), name="甲支部"))


def _size_unknown(team):
    factories.party_branch(village=factories.village(CODE), name="乙支部")


def _supported(decided=None, **fields):
    """Plants an application; with `decided` one approved on that day."""

    def plant(team):
        told = {
            "person": team["deputy"],
            "village": team["deputy"].village,
            "policy": factories.support_policy(name="创业补贴"),
        }
        if decided:
            told |= {"state": "approved", "amount": 5000, "decided_on": decided}
        row = factories.support_application(**told | {"applied_on": decided or datetime.date(2024, 11, 1)})
        for years in fields.get("visited", ()):
            factories.support_result(application=row, after_years=years, checked_on=datetime.date(2024, 6, 1))
        if fields.get("paid"):
            factories.support_payment(application=row, on=decided, amount=fields["paid"])

    return plant


PLANTED = {
    "support_undecided": (_supported(), "2024-11-01 申请“创业补贴”，还没有审批"),
    "support_unpaid": (_supported(datetime.date(2024, 10, 8), paid=100), "于 2024-10-08 批准 5000.00 元，还没有付清"),
    "support_unvisited_1": (_supported(datetime.date(2023, 10, 8), paid=5000), "已满 1 年，还没有登记成效"),
    "support_unvisited_3": (
        _supported(datetime.date(2021, 10, 8), paid=5000, visited=[1]),
        "已满 3 年，还没有登记成效",
    ),
    "evaluation_unfit_repeated": (_graded_unfit, "截至 2024 年度连续考核不称职"),
    "evaluation_overdue": (_ungraded, "还没有定等次，截止日期是 2024-12-20"),
    "evaluation_appeal_late": (_appealed, "2024-11-01 收到的考核申诉还没有办结"),
    "inspection_overdue": (_not_put_right, "“第三季度检查”发现的问题“没有坐班”应在 2024-12-01 前整改"),
    "safeguard_no_pension": (_uncovered("pension"), "时点没有养老保险"),
    "safeguard_no_medical": (_uncovered("medical"), "时点没有医疗保险"),
    "safeguard_no_accident": (_uncovered("accident"), "时点没有意外伤害险"),
    "safeguard_no_housing": (_unhoused, "时点没有住房保障"),
    "safeguard_no_checkup": (_uncovered("checkup"), "时点没有体检"),
    "award_publicity_undecided": (_undecided, "公示到 2024-11-11 已期满"),
    "award_objection_late": (_objected, "2024-12-01 收到的异议还没有办结"),
    "award_uncertified": (_awarded, "2024-10-08 受到表彰，还没有发放证书"),
    "award_score_conflict": (_scored_at_home, "打了分，是同村，应当回避"),
    "award_unpaid": (_unpaid, "奖金 3000.00 元，还没有付清"),
    "award_not_refunded": (_withdrawn_and_paid, "2024-12-01 撤销，已付的奖金还没有追回"),
    "party_life_gap": (_missed_meetings, "甲支部缺：1月支委会 1月主题党日"),
    "branch_size_unknown": (_size_unknown, "乙支部没有登记正式党员数"),
    "review_overdue": (_not_decided, "“届中研判”中还没有审定（乡镇已填），截止日期是 2024-10-20"),
    "weak_team_without_plan": (_weak, "研判为“差”，没有填一村一策"),
    "unfit_without_proposal": (_judged(proposal="keep"), "评为“不称职”"),
    "adjustment_not_carried_out": (_judged(proposal="adjust", reason="外出"), "2024-10-10 审定调整撤换（外出）"),
    "talent_stale": (_talent_stale, "2023-06-30"),
    "demand_overdue": (_need_overdue, "2024-10-31"),
    "match_not_arrived": (_not_arrived, "2024-07-01"),
    "secretary_vacant": (_vacant, "上一任离任日期：2024-09-30"),
    "seats_vacant_long": (
        _two_gone_since_summer,
        "超过 3 个月：村（居）民委员会核定 3 职、在任 1 人，2024-09-30 起未满员。",
    ),
    "secretary_not_member": (_probationary, "中共预备党员"),
    "committee_size": (_two_on_the_committee, "在任 2 人"),
    "no_woman": (_changed("woman", sex="male"), "女性 0 人，应不少于 1 人"),
    "no_young": (_born("woman", datetime.date(1988, 12, 31)), "35 周岁及以下"),
    "secretary_age": (_born("secretary", datetime.date(1964, 12, 31)), "1964-12-31"),
    "reserve_shortfall": (_reserve_gone, "缺 1 名：书记后备 2/2，其他 1/2"),
    "supervision_conflict": (_conflict, "监委会主任"),
    "kin_of_supervisor": (_kin("supervisor", "deputy"), "夫妻"),
    "kin_in_team": (_kin("deputy", "woman"), "夫妻"),
    "party_committee_large": (_crowd, "在任 8 人，不应多于 7 人"),
    "seats_above_population": (_small, "户籍人口 900 人，村（居）委会核定 4 职，按人口不多于 3 职"),
    "stationed_team_small": (_stationed_alone, "现有 1 人，应不少于 2 人"),
    "specialist_short": (_specialist, "服务 0 天、0 次，未达到 30 天或 12 次"),
    "assessment_missing": (_stationed_team, "2023 年度"),
    "secondment_over": (_seconded, "2024-12-31 已期满"),
    "secondment_without_mentor": (_seconded_alone, "结对导师或计划期满没有填"),
    "first_secretary_missing": (_label, "软弱涣散村"),
    "stationed_long": (_stationed, "2022-12-31"),
    "id_missing": (_changed("deputy", id_number=None, id_digest=None), "没有登记身份证号"),
    "birth_missing": (_changed("deputy", birth_date=None), "没有出生日期"),
    "party_joined_early": (_changed("woman", party_joined=datetime.date(2013, 5, 5)), "2013-05-05"),
    "party_joined_missing": (_changed("deputy", party_joined=None), "没有登记入党时间"),
    "same_name_and_birth": (_twin, "同名同生日"),
    "reserves_stale": (_waiting(start=datetime.date(2018, 12, 31)), "2018-12-31 入库"),
    "reserve_not_assessed": (_forgotten, "上一个半年没有研判"),
    "reserve_over_age": (_candidate(birth_date=datetime.date(1978, 12, 31)), "1978-12-31 出生"),
    "reserve_no_mentor": (_waiting(mentor=""), "没有培养联系人"),
    "reserve_education": (_unschooled, "学历为高中"),
    "reserve_not_member": (_candidate(political_status="masses"), "政治面貌为群众"),
    "seats_unknown": (_seats, "没有登记"),
    "figures_missing": (_figures, "没有上年度"),
    "election_step_overdue": (_overdue, "公布选民名单"),
    "candidate_unreviewed": (_unreviewed, "村（居）委会主任"),
    "study_long": (_studies, "2019-09-01"),
    "degree_overdue": (_late, "2024-07-01"),
    "untrained_long": (_untrained, "没有参加过培训"),
    "topic_overdue": (_untaught, "村务公开"),
}


@pytest.mark.parametrize("code", PLANTED)
def test_check_finds_what_is_planted(team, code):
    plant, said = PLANTED[code]

    plant(team)

    found = [finding for finding in rules.check(ON, CODE) if finding.code == code]
    assert len(found) == (2 if code == "same_name_and_birth" else 1)
    assert said in found[0].message
    assert found[0].village_code == CODE


def test_a_quoted_name_does_not_bring_quotes_of_the_same_kind(team):
    _not_decided(team)
    ReviewRound.objects.update(name="班子“回头看”")

    (found,) = [finding for finding in rules.check(ON, CODE) if finding.code == "review_overdue"]

    assert "在“班子‘回头看’”中" in found.message


def test_a_judge_who_scored_himself_or_a_relative_is_found(team):
    row = _nominee(team)
    elsewhere = factories.village("990121101201")
    kin, stranger = (factories.person(name, village=elsewhere) for name in ("评委乙", "评委丙"))
    factories.kinship(first=row.person, second=kin, relation="sibling")
    for person in (kin, stranger, row.person):
        factories.award_score(nomination=row, judge=factories.judge(round=row.round, name=person.name, person=person))

    found = sorted(one.message for one in rules.check(ON, CODE) if one.code == "award_score_conflict")

    assert len(found) == 2
    assert any("评委评委乙给" in said and "是近亲属" in said for said in found)
    assert any("是评委本人" in said for said in found)


def test_a_fund_whose_balance_is_not_what_was_booked_is_found_for_the_county(team):
    factories.fund_entry(amount=1000)

    found = [finding for finding in rules.check(ON) if finding.code == "fund_balance_differs"]
    assert [finding.village_code for finding in found] == ["990121"]


def test_term_that_ran_out_is_found_for_the_county(team):
    factories.term(start=datetime.date(2019, 7, 1), end=datetime.date(2024, 6, 30))

    found = [finding for finding in rules.check(ON) if finding.code == "term_expired"]
    assert [finding.village_code for finding in found] == ["990121"]


@pytest.mark.parametrize(
    ("end", "months"),
    [(datetime.date(2025, 3, 28), 3), (datetime.date(2025, 6, 28), 6), (datetime.date(2025, 12, 28), 12)],
)
def test_a_term_that_ends_soon_is_told_once_by_how_soon(team, end, months):
    factories.term(start=datetime.date(2020, 1, 1), end=end)

    told = [finding.code for finding in rules.check(ON) if finding.code.startswith("term_ends")]
    assert told == [f"term_ends_in_{months}_months"]


def test_every_check_is_planted_here():
    ending = {f"term_ends_in_{months}_months" for months in (3, 6, 12)}
    of_divisions = {"term_expired", "township_left_out", "fund_balance_differs", "safeguard_not_reported"}
    assert set(rules.RULES) == {*PLANTED, *ending, *of_divisions}


def test_village_without_any_record_is_not_told_off(db):
    factories.village("990121100299", party_seats=3, committee_seats=3)

    assert {finding.code for finding in rules.check(ON)} == {"figures_missing"}


@pytest.mark.parametrize(
    ("last_day", "found"),
    [(datetime.date(2024, 9, 30), False), (datetime.date(2024, 9, 29), True)],
)
def test_a_seat_is_empty_for_long_once_the_months_are_full(team, last_day, found):
    team["woman"].appointments.update(end=last_day)

    assert ("seats_vacant_long" in codes()) is found


def test_a_committee_that_never_was_full_is_vacant_since_its_posts_are_registered(team):
    Village.objects.update(party_seats=4)

    (told,) = [one for one in rules.check(ON, CODE) if one.code == "seats_vacant_long"]

    assert "村党组织核定 4 职、在任 2 人，从未登记满员" in told.message
    assert "seats_vacant_long" not in {one.code for one in rules.check(factories.START, CODE)}


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
