"""What is exported and uploaded again changes nothing, whatever is kept: every roster of people that can be exported."""

import datetime
import random
import re
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from awards.models import Award, AwardRound, SupportPolicy
from rosters import importer, spec
from talent.models import (
    EducationLevel,
    EducationMode,
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
from tests import factories
from tests.rosters.test_written import NASTY
from training.models import Attendance, Topic, TrainingSession, TrainingWish

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


def be_judged(drawn, about):
    held, place = TARGETS["reviews"](), about["village"]
    sheet = TeamReview.objects.filter(round=held, village=place).first()
    sheet = sheet or factories.team_review(round=held, village=place)
    factories.person_review(
        team=sheet, person=about["person"], grade=drawn.choice(("", "称职", "从前的等次")), performance=drawn.choice(TEXTS),
        plan=drawn.choice(TEXTS), **drawn.choice(({}, {"proposal": "adjust", "reason": "不团结、内耗"}, {"proposal": "help"})),
        **drawn.choice(({}, dict(zip(COUNTS, (40, 38, 37, 20, 10, 0), strict=True)))),
    )  # fmt: skip


def wish(drawn, about):
    known = {name: about[name] for name in ("person", "village", "remarks")}
    topic = Topic.objects.first() or factories.topic()
    factories.training_wish(
        **known, topic=topic, year=timezone.localdate().year, source=drawn.choice(TrainingWish.Source.values)
    )


def sign(drawn, about):
    held = TARGETS["attendance"]()
    one = factories.enrollment(person=about["person"], village=about["village"], session=held)
    for half in ("am", "pm"):
        factories.attendance(enrollment=one, date=held.start, half=half, state=drawn.choice(Attendance.State.values))


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


ELSEWHERE = {"degree", "applicants", "candidates"}  # these come back in test_giving_out, with plain texts
TARGETS = {
    "attendance": lambda: (
        TrainingSession.objects.first() or factories.session(start=timezone.localdate(), end=timezone.localdate())
    ),
    "trainees": lambda: TrainingSession.objects.first() or factories.session(end=timezone.localdate()),
    "nominees": lambda: AwardRound.objects.first() or factories.award_round(),
    "support_applications": lambda: (
        SupportPolicy.objects.first() or factories.support_policy(formula="per_unit", base="亩", rate=100)
    ),
    "reviews": lambda: ReviewRound.objects.first() or factories.review_round(),
}
ROLES = {
    "committee": serve,
    "reserve": wait,
    "stationed": stay,
    "talent": be_able,
    "service_visits": serve_villages,
    "secondments": be_seconded,
    "trainees": attend,
    "nominees": be_named,
    "reviews": be_judged,
    "wishes": wish,
    "safeguards": be_covered,
    "support_applications": be_supported,
    "attendance": sign,
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


def test_every_roster_that_can_be_exported_is_drawn_here():
    of_people = {roster.slug for roster in spec.importable() if roster.export and roster.column("id_number")}

    assert of_people - ELSEWHERE == set(ROLES)
    assert {slug for slug in set(ROLES) if spec.get(slug).target} == set(TARGETS)
