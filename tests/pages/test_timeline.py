"""The time line of a person holds all that is kept of them, and what not everybody may see only for who may."""

import datetime

from django.apps import apps
from django.db import connection
from django.db.models import ForeignKey, OneToOneField
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from talent import timeline
from talent.models import Person
from tests import factories

# Rows of a person that are no event of a life.
NO_EVENTS = {
    "talent.kinship": "who is whose relative has no day; it stands on the page by itself",
    "talent.formeridnumber": "a number of the person, not an event",
    "talent.notsameperson": "about two files",
    "talent.jointreviewmark": "the candidate's line says what came of the review",
    "awards.awardjudge": "who judges others is not told",
    "training.trainingwish": "has no day yet",
}


def models_about_people():
    """The models of which a row is about a person: it names one."""
    for model in apps.get_models():
        fields = [field for field in model._meta.fields if isinstance(field, ForeignKey | OneToOneField)]
        if any(field.remote_field.model is Person for field in fields) and model._meta.label_lower not in NO_EVENTS:
            yield model


def test_every_model_that_names_a_person_is_asked_for_the_time_line(own, sign_in):
    with CaptureQueriesContext(connection) as asked:
        timeline.events(own[Person], sign_in().user)

    read = " ".join(query["sql"] for query in asked)
    assert [
        model._meta.label_lower for model in models_about_people() if f'FROM "{model._meta.db_table}"' not in read
    ] == []


def kinds_on_page(client, person):
    return {event["kind"] for event in client.get(reverse("person", args=[person.pk])).context["events"]}


def test_the_page_shows_every_kind_of_event(own, sign_in):
    kinds = kinds_on_page(sign_in(), own[Person])

    assert kinds >= {
        "任职",
        "后备",
        "驻村",
        "服务",
        "挂职",
        "人才",
        "换届",
        "培训",
        "表彰",
        "保障",
        "扶持",
        "审批表",
        "学历提升",
    }


def test_a_disciplinary_decision_is_for_the_county_alone(sign_in):
    person = factories.person(village=factories.village_in(factories.OWN))
    factories.integrity_record(person=person, kind="warning", reason="违规发放补贴")

    seen = {
        role: "廉政" in kinds_on_page(sign_in(role), person) for role in ("county_staff", "township_clerk", "leader")
    }

    assert seen == {"county_staff": True, "township_clerk": False, "leader": False}


def test_money_of_support_and_of_awards_stands_on_its_day(sign_in):
    applied = factories.support_application(applied_on=datetime.date(2024, 2, 1))
    factories.support_payment(application=applied, on=datetime.date(2024, 6, 3), amount=1000)
    factories.support_result(application=applied, checked_on=datetime.date(2025, 6, 3), jobs=3, people_led=12)
    award = factories.award(person=applied.person, village=applied.village)
    account, day = factories.user(), datetime.date(2024, 7, 2)
    checked = {"made_by": account, "checked_by": factories.user(), "checked_on": day}
    factories.fund_entry(
        kind="payment", form="bonus", award=award, on=datetime.date(2024, 7, 1), amount=2000, **checked
    )
    factories.fund_entry(
        kind="payment", form="bonus", award=award, on=datetime.date(2024, 8, 1), state="proposed", made_by=account
    )

    events = timeline.events(applied.person)

    name = applied.policy.name
    assert [(event.start, event.text) for event in events if event.kind in {"扶持", "奖励"}] == [
        (datetime.date(2025, 6, 3), f"{name}满 1 年回访：仍在经营"),
        (datetime.date(2024, 7, 1), "奖金 2,000.00 元"),
        (datetime.date(2024, 6, 3), f"{name}支付 1,000.00 元"),
        (datetime.date(2024, 2, 1), f"申请{name}：{applied.project}"),
    ]
