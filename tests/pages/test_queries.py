"""Two rows cost as many queries as twenty."""

import datetime

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from talent.models import Demand
from tests import factories


def _grow(count, begin):
    """`count` people with a row of everything each; half of their rows in one village."""
    first, earlier, today = factories.village_in(factories.OWN), None, timezone.localdate()
    for number in range(begin, begin + count):
        place = factories.village_in(factories.OWN, number)
        someone = factories.person(name="李某", village=place)
        factories.appointment(person=someone, village=place, post="party_secretary")
        factories.appointment(person=someone, village=first, post="village_committee_member")
        factories.reserve(person=factories.person(village=first), village=first)
        factories.stationing(person=factories.person(village=first), village=first)
        stay = factories.stationing(person=factories.person(village=place), village=place, role="specialist")
        factories.stationing_assessment(stationing=stay)
        factories.service_visit(person=stay.person, village=place, start=today, end=today)
        factories.secondment(village=first)
        if earlier:
            factories.kinship(first=earlier, second=someone)
        earlier = someone
        skilled = factories.rural_talent(person=factories.person(village=first), village=first)
        factories.talent_confirmation(talent=skilled)
        factories.demand_visit(
            match=factories.match(
                talent=skilled,
                demand=factories.demand(village=place),
                **dict.fromkeys(("invited_on", "accepted_on"), datetime.date(2026, 3, 20)),
            )
        )
        for of_person in (factories.enrollment, factories.degree_study, factories.award, factories.training_wish):
            of_person(person=someone, village=place)
        factories.education(person=someone)
        factories.attendance(enrollment=someone.enrollments.get())
        factories.certificate(enrollment=someone.enrollments.get())
        factories.study_term(study=someone.degree_studies.get())
        factories.topic_requirement()
        factories.plan_line()
        factories.major()
        for of_village in (factories.village_figures, factories.village_label, factories.village_name):
            of_village(village=place)
        factories.adjustment(review=factories.person_review(person=someone))
        factories.review_visit(team=factories.team_review(village=place))
        factories.term()
        factories.division_name()
        factories.course()
    return first


def _cost(client, url):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return [query["sql"] for query in asked]


TRAINING = ("training", "training_needs", "training_wishes", "training_plan", "training_colleges", "degrees")
PAGES = (
    "stationed", "stationed_due", "stationed_required", "stationed_assessments", "specialists", "service_visits", "secondments",
    "vacancies", "team_changes", "reports", "talent_stationingassessment", "talent_servicevisit", "talent_secondment", "talent_kinship",
    "home", "villages", "village", "findings", "search", "figure",
    "villages_division", "villages_divisionname", "villages_village", "villages_villagefigures", "villages_villagelabel", "villages_villagename",
    "villages_term", "talent_person", "talent_education", "talent_appointment", "talent_reservecandidate",
    "talent_stationing", "talent_ruraltalent", "training_course", "training_trainingsession", "training_enrollment", "training_degreestudy",
    "awards_awardscheme", "awards_award", "talent_reviewround", "talent_teamreview", "talent_personreview", "talent_reviewvisit", "talent_adjustment",
    *TRAINING,
    "training_topic", "training_topicrequirement", "training_trainingwish", "training_planline", "training_major", "training_attendance",
    "training_certificate", "training_studyterm", "training_partnercollege",
    "talents", "talents_excel", "talent_counts", "talent_origins", "talents_confirm", "demands",
    "demands_funnel", "demand", "talent_talentconfirmation", "talent_demandround", "talent_demand", "talent_match", "talent_demandvisit",
)  # fmt: skip


def test_two_rows_cost_as_many_queries_as_twenty(sign_in):
    client = sign_in()
    first = _grow(2, 210)
    urls = [_address(page, first) for page in PAGES]
    for url in urls:
        client.get(url)  # what is looked up once a process
    few = {url: len(_cost(client, url)) for url in urls}
    _grow(18, 300)

    many = {url: len(_cost(client, url)) for url in urls}

    assert many == few


def _address(page, village):
    if page == "village":
        return reverse("village", args=[village.code])
    if page == "figure":
        return reverse("figure", args=["one_shoulder"]) + "?part=denominator"
    if page == "search":
        return "/search/?q=李"
    if page == "demand":
        return reverse("demand", args=[Demand.objects.order_by("pk").first().pk])
    try:
        return reverse(f"admin:{page}_changelist")
    except NoReverseMatch:
        return reverse(page)


def test_a_long_life_costs_as_many_queries_as_a_short_one(sign_in):
    client, someone = sign_in(), factories.person()
    url = reverse("person", args=[someone.pk])
    factories.appointment(person=someone)
    factories.enrollment(person=someone)
    client.get(url)
    few = _cost(client, url)
    for year in range(1990, 2010):
        start, end = datetime.date(year, 1, 1), datetime.date(year, 6, 30)
        factories.appointment(person=someone, start=start, end=end, village=f"9901211002{year % 100:02d}")
        factories.enrollment(person=someone)
        factories.stationing(person=someone, start=start, end=end)

    many = _cost(client, url)

    assert len(many) == len(few), "\n".join(sql for sql in many if sql not in few)
