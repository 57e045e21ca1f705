"""What is exported and uploaded again changes nothing, whatever is kept: every roster of people that can be exported."""

import datetime
import random
import re
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from awards.actions.evaluations import template_items
from awards.models import Award, AwardRound, EvaluationScheme, SupportPolicy
from rosters import importer, spec
from talent.indicators.reserves import last_half
from talent.models import (
    Demand,
    DemandRound,
    EducationLevel,
    EducationMode,
    Match,
    PoliticalStatus,
    Post,
    ReserveCandidate,
    ReviewRound,
    RuralTalent,
    Stationing,
    TeamReview,
)
from talent.models.appointment import SENT_IN, VILLAGE_POSTS
from talent.models.review import COUNTS
from talent.models.stationing import TEAM_ROLES
from tests import factories
from tests.rosters.test_written import NASTY
from training.models import Attendance, StudyTerm, Topic, TrainingSession, TrainingWish

pytestmark = pytest.mark.django_db

VILLAGES = ("990121100201", "990121100202", "990121100203")
TEXTS = [
    *[text for text in NASTY if not re.match(r"['\s]", text) and "\r" not in text], "", "县农业农村局", "两  个空格", "行尾 ",
    "一行\n 二行", "全\u3000角", "无", "/",
]  # fmt: skip
NAMES = ("张三", "欧阳建国", "阿卜杜·热合曼", "阿卜杜•热合曼", "𠮷野", "李 四")
PEOPLE = 40


@pytest.fixture
def clerk():
    for code in VILLAGES:
        factories.village(code, f"第{code[-1]}村")
    return factories.user("township_clerk", factories.OWN)


def day(drawn):
    return datetime.date(2015 + drawn.randrange(8), drawn.randint(1, 12), drawn.choice((1, 1, 9, 28)))


def somebody(drawn, place):
    born = datetime.date(1960 + drawn.randrange(40), drawn.randint(1, 12), drawn.randint(1, 28))
    someone = factories.person(
        drawn.choice(NAMES), village=drawn.choice((place, VILLAGES[0])), remarks=drawn.choice(TEXTS),
        id_number=factories.id_number(born, drawn.choice(("male", "female"))), ethnicity=drawn.choice(("", "汉族", "畲族")),
        political_status=drawn.choice(("party_member", *PoliticalStatus.values)), phone=drawn.choice((None, "13900001111")),
        archive_birth_date=drawn.choice((None, datetime.date(1970, 3, 1), datetime.date(1970, 3, 9))),
        party_joined=drawn.choice((None, datetime.date(2012, 7, 1), datetime.date(2012, 7, 16))),
    )  # fmt: skip
    for level, mode in {(drawn.choice(EducationLevel.values), drawn.choice(EducationMode.values)) for _ in range(2)}:
        factories.education(person=someone, level=level, mode=mode, school=drawn.choice(("", "农大")))
    return {"person": someone, "village": place, "start": day(drawn), "remarks": drawn.choice(TEXTS)}


def serve(drawn, about):
    posts = drawn.sample([post for post in VILLAGE_POSTS if post != Post.PARTY_SECRETARY], drawn.randint(1, 3))
    for post in posts:
        factories.appointment(**about | {"post": post, "start": day(drawn)})


def wait(drawn, about):
    factories.reserve(
        **about, target=drawn.choice(ReserveCandidate.Target.values), source=drawn.choice(("", *ReserveCandidate.Source.values)),
        mentor=drawn.choice(TEXTS)[:100],
    )  # fmt: skip


def be_assessed(drawn, about):
    place = factories.reserve(**about)
    if drawn.random() < 0.7:
        year, half = last_half(timezone.localdate())
        factories.reserve_assessment(
            candidate=place, year=year, half=half, result=drawn.choice(("成熟，可使用", "从前的词")),
            remarks=drawn.choice(TEXTS)[:300], assessed_on=timezone.localdate(),
        )  # fmt: skip


def stay(drawn, about):
    for role in drawn.sample(SENT_IN, drawn.randint(1, 2)):
        texts = {"dispatch_unit": drawn.choice(TEXTS)[:100], "original_post": drawn.choice(TEXTS)[:100]}
        factories.stationing(**about | texts | {"role": role, "start": day(drawn)})
    factories.stationing(**about | {"role": Stationing.Role.SPECIALIST})


def be_able(drawn, about):
    factories.rural_talent(
        **about, category=drawn.choice(("", *RuralTalent.Category.values)), specialty=drawn.choice(TEXTS)[:200],
        is_demonstration=drawn.random() < 0.5, talent_class=drawn.choice(("", "industry")), tags=drawn.choice(("", "土专家、退役军人")),
        skills=drawn.choice(("", "竹编")), households_led=drawn.choice((None, 0, 12)), willing=drawn.choice(("", "guidance")),
        origin=drawn.choice(("", "returned")), came_from=drawn.choice(TEXTS)[:100], scale=drawn.choice(TEXTS)[:100],
        came_on=drawn.choice((None, datetime.date(2020, 5, 1), datetime.date(2020, 5, 9))),
    )  # fmt: skip


def serve_villages(drawn, about):
    factories.stationing(**about | {"role": Stationing.Role.SPECIALIST})
    first = datetime.date(timezone.localdate().year, 1, 1)
    for work in drawn.sample([text for text in TEXTS if re.search(r"[\w<=+-]{2}", text)], 2):
        factories.service_visit(
            **about | {"start": first}, end=first, work=work[:200], served=drawn.choice((None, 0, 12))
        )


def be_seconded(drawn, about):
    texts = {name: drawn.choice(TEXTS)[:100] for name in ("home_post", "host_post", "mentor")}
    unit = drawn.choice(("县农业农村局", "两  个空格", "行尾 "))
    factories.secondment(
        **about | texts, home_unit=unit, host_unit=unit, kind=drawn.choice(("down", "across")), appraisal=drawn.choice(TEXTS),
        due=drawn.choice((None, datetime.date(2027, 3, 1), datetime.date(2027, 3, 9))), grade=drawn.choice(("", "优秀", "旧等次")),
    )  # fmt: skip


def be_graded(drawn, about):
    last = timezone.localdate().year - 1
    for role in drawn.sample(TEAM_ROLES, drawn.randint(1, 2)):
        stay = factories.stationing(**about | {"role": role, "start": datetime.date(last, drawn.randint(1, 12), 9)})
        if drawn.random() < 0.7:
            grade = drawn.choice(("优秀", "称职", "从前的 等次"))
            factories.stationing_assessment(stationing=stay, year=last, grade=grade, remarks=drawn.choice(TEXTS))


def attend(drawn, about):
    known = {name: about[name] for name in ("person", "village", "remarks")}
    factories.enrollment(
        **known, session=TARGETS["trainees"](), job_title=drawn.choice(TEXTS)[:100], lodging=drawn.random() < 0.5,
        halal=drawn.random() < 0.5,
    )  # fmt: skip


def be_named(drawn, about):
    factories.nomination(
        person=about["person"], remarks=about["remarks"], round=TARGETS["nominees"](), unit=drawn.choice(TEXTS)[:200],
        category=drawn.choice(("", *Award.Category.values)), achievements=drawn.choice(TEXTS),
    )  # fmt: skip


def be_asked(drawn, about):
    """In the pool, and for most an answer of this year."""
    place = factories.rural_talent(**about, specialty=drawn.choice(TEXTS)[:200])
    this = timezone.localdate().year
    if drawn.random() < 0.7:
        factories.talent_confirmation(
            talent=place,
            year=this,
            confirmed_on=datetime.date(this, 1, 1),
            is_here=True,
            remarks=drawn.choice(TEXTS)[:200],
        )


def be_matched(drawn, about):
    """Proposed for a need of odd texts, some steps on; one need for two or three people."""
    place = factories.rural_talent(**about)
    held, day = TARGETS["matches"](), datetime.date(2026, 3, 1)
    needs = list(Demand.objects.filter(round=held, village=about["village"]))
    if len(needs) < 15:
        post = drawn.choice([text for text in TEXTS if re.search(r"[\w<=+-]{2}", text)])[:80] + f" {len(needs)}"
        unit = drawn.choice(("", "城关 茶业公司", "=合作社"))
        needs = [factories.demand(round=held, village=about["village"], post=post, unit=unit)]
    steps = {
        "invited_on": day,
        **drawn.choice(({}, {"declined_on": day, "decline_reason": "家里 走不开"}, {"accepted_on": day})),
    }
    return factories.match(
        demand=drawn.choice(needs), talent=place, proposed_on=day, reasons=drawn.choice(TEXTS), remarks=about["remarks"],
        **drawn.choice(({}, steps)),
    )  # fmt: skip


def be_of_use(drawn, about):
    match, day = be_matched(drawn, about), datetime.date(2026, 3, 1)
    Match.objects.filter(pk=match.pk).update(invited_on=day, accepted_on=day, declined_on=None, decline_reason="")
    work = drawn.choice([text for text in TEXTS if re.search(r"[\w<=+-]{2}", text)])
    factories.demand_visit(match=match, visited_on=day, days=drawn.choice(("0.5", "1", "12.5")), done=work)


def be_judged(drawn, about):
    held, place = TARGETS["reviews"](), about["village"]
    sheet = TeamReview.objects.filter(round=held, village=place).first()
    sheet = sheet or factories.team_review(round=held, village=place)
    factories.person_review(
        team=sheet, person=about["person"], grade=drawn.choice(("", "称职", "从前的等次")), performance=drawn.choice(TEXTS),
        plan=drawn.choice(TEXTS), **drawn.choice(({}, {"proposal": "adjust", "reason": "不团结、内耗"}, {"proposal": "help"})),
        **drawn.choice(({}, dict(zip(COUNTS, (40, 38, 37, 20, 10, 0), strict=True)))),
    )  # fmt: skip


def be_evaluated(drawn, about):
    scheme = EvaluationScheme.objects.get(pk=TARGETS["evaluations"]().pk)
    row = factories.evaluation(
        scheme=scheme, person=about["person"], village=about["village"],
        **drawn.choice(({}, dict(zip(COUNTS, (40, 38, 37, 20, 10, 0), strict=True)))),
    )  # fmt: skip
    for item in scheme.items.exclude(source="ballots").order_by("pk"):
        told = drawn.choice(("清委〔2024〕1号", "甲；乙（附件）")) if item.part != "score" else ""
        factories.evaluation_score(
            evaluation=row, item=item, township_points=drawn.choice((0, 1)), evidence=told,
            county_points=drawn.choice((None, 1)),
        )  # fmt: skip


def scored_by():
    scheme = EvaluationScheme.objects.first() or factories.evaluation_scheme()
    if not scheme.items.exists():
        for item in template_items(scheme.opens):
            item.scheme = scheme
            item.save()
    return scheme


def wish(drawn, about):
    known = {name: about[name] for name in ("person", "village", "remarks")}
    topic = Topic.objects.first() or factories.topic()
    factories.training_wish(
        **known, topic=topic, year=timezone.localdate().year, source=drawn.choice(TrainingWish.Source.values)
    )


def study(drawn, about):
    """Somebody's study of two levels one after the other, each with a term."""
    for level, begun in (("junior_college", 2019), ("bachelor", 2023)):
        known = {name: about[name] for name in ("person", "village")}
        ended = {"outcome": "graduated", "end": datetime.date(2022, 1, 15)} if begun == 2019 else {}
        one = factories.degree_study(**known, target=level, start=datetime.date(begun, 9, 1), **ended)
        factories.study_term(
            study=one, year=begun + 1, season=drawn.choice(("1", "2")), state=drawn.choice(StudyTerm.State.values),
            credits=drawn.choice((0, 8, 12.5)), tuition=drawn.choice((None, 0, 1360)), remarks=about["remarks"],
        )  # fmt: skip


def sign(drawn, about):
    held = TARGETS["attendance"]()
    one = factories.enrollment(person=about["person"], village=about["village"], session=held)
    for half in ("am", "pm"):
        factories.attendance(enrollment=one, date=held.start, half=half, state=drawn.choice(Attendance.State.values))


def pass_or_fail(drawn, about):
    factories.enrollment(
        person=about["person"], village=about["village"], session=TARGETS["results"](), remarks=about["remarks"],
        score=drawn.choice((None, 0, 59.5, 100)), result=drawn.choice(("enrolled", "attended", "qualified", "unqualified", "absent")),
    )  # fmt: skip


def be_covered(drawn, about):
    year = timezone.localdate().year
    period = {
        "pension_start": datetime.date(2020, 3, 1),
        "pension_end": drawn.choice((None, datetime.date(year, 2, 28))),
    }
    factories.safeguard(
        person=about["person"], village=about["village"], year=year, remarks=about["remarks"][:200],
        basic_paid=drawn.choice((0, 24_000, Decimal("1234.5"))), checkup_on=drawn.choice((None, datetime.date(year, 5, 6))),
        **drawn.choice(({}, {"pension": "employee", "pension_subsidy": 900} | period, {"pension": "none"})),
        **drawn.choice(({}, {"housing": "flat", "housing_start": datetime.date(year, 1, 1)})),
    )  # fmt: skip


def be_supported(drawn, about):
    factories.support_application(
        person=about["person"], village=about["village"], policy=TARGETS["support_applications"](),
        remarks=about["remarks"][:200], project=drawn.choice(("茶叶加工", "林下养鸡")), base=drawn.choice((12, 1200, Decimal("7.5"))),
        business=drawn.choice(("", "planting", "commerce")), applied_on=timezone.localdate(),
    )  # fmt: skip


# These come back in test_giving_out, with plain texts.
ELSEWHERE = {
    "degree", "applicants", "candidates", "awards_given", "election_results", "integrity", "party_activities", "support_payments",
}  # fmt: skip
TARGETS = {
    "attendance": lambda: (
        TrainingSession.objects.first() or factories.session(start=timezone.localdate(), end=timezone.localdate())
    ),
    "results": lambda: TrainingSession.objects.first() or factories.session(),
    "trainees": lambda: TrainingSession.objects.first() or factories.session(end=timezone.localdate()),
    "nominees": lambda: AwardRound.objects.first() or factories.award_round(),
    "matches": lambda: DemandRound.objects.first() or factories.demand_round(),
    "demand_visits": lambda: DemandRound.objects.first() or factories.demand_round(),
    "evaluations": scored_by,
    "support_applications": lambda: (
        SupportPolicy.objects.first() or factories.support_policy(formula="per_unit", base="亩", rate=100)
    ),
    "reviews": lambda: ReviewRound.objects.first() or factories.review_round(),
}
ROLES = {
    "committee": serve,
    "reserve": wait,
    "reserve_assessments": be_assessed,
    "stationed": stay,
    "talent": be_able,
    "service_visits": serve_villages,
    "secondments": be_seconded,
    "stay_grades": be_graded,
    "trainees": attend,
    "nominees": be_named,
    "evaluations": be_evaluated,
    "reviews": be_judged,
    "confirmations": be_asked,
    "matches": be_matched,
    "demand_visits": be_of_use,
    "wishes": wish,
    "safeguards": be_covered,
    "support_applications": be_supported,
    "attendance": sign,
    "results": pass_or_fail,
    "study_terms": study,
}


@pytest.mark.parametrize("kind", sorted(ROLES))
@pytest.mark.parametrize("seed", range(3))
def test_an_export_comes_back_unchanged(clerk, client, kind, seed):
    drawn = random.Random(seed)
    for _ in range(PEOPLE):
        ROLES[kind](drawn, somebody(drawn, drawn.choice(VILLAGES)))
    client.force_login(factories.user("county_staff", factories.COUNTY))
    target = TARGETS[kind]().pk if kind in TARGETS else None

    content = client.post(reverse("roster_export", args=[kind]), {"reason": "核对", "target": target or ""}).content
    again = importer.upload(
        by=clerk, kind=kind, filename="导出.xlsx", content=content, as_of=timezone.localdate(), target_id=target
    )

    told = [(row.change, row.diff, row.problems) for row in again.rows.all() if row.change != "unchanged"]
    assert told == []
    assert again.rows_total >= PEOPLE


@pytest.mark.parametrize("kind", [kind for kind in ROLES if "id_number" in spec.get(kind).required])
def test_whom_we_know_without_a_number_comes_back_without_one(clerk, client, kind):
    drawn = random.Random(7)
    someone = factories.person("李无号", village=VILLAGES[0], id_number=None, ethnicity="汉族")
    about = {"person": someone, "village": someone.village, "start": datetime.date(2024, 3, 9), "remarks": ""}
    ROLES[kind](drawn, about)
    client.force_login(factories.user("county_staff", factories.COUNTY))
    target = TARGETS[kind]().pk if kind in TARGETS else None

    content = client.post(reverse("roster_export", args=[kind]), {"reason": "核对", "target": target or ""}).content
    again = importer.upload(
        by=clerk, kind=kind, filename="导出.xlsx", content=content, as_of=timezone.localdate(), target_id=target
    )

    told = [(row.change, row.outcome, row.diff, row.problems) for row in again.rows.all()]
    assert {(change, outcome) for change, outcome, _, _ in told} == {("unchanged", "accept")}, told


def test_every_roster_that_can_be_exported_is_drawn_here():
    of_people = {roster.slug for roster in spec.importable() if roster.export and roster.column("id_number")}

    assert of_people - ELSEWHERE == set(ROLES)
    assert {slug for slug in set(ROLES) if spec.get(slug).target} == set(TARGETS)
