"""The set-based actions: what they write, what follows, and that every row has its audit line."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from awards import actions as awards
from awards.models import Award
from core.models import AuditEntry
from talent import actions as talent
from talent.models import Appointment, Education, Person, Post, ReserveCandidate, Stationing
from tests import factories
from training import actions as training
from training.models import DegreeStudy
from villages import actions as villages

ON = datetime.date(2024, 6, 30)


@pytest.fixture
def staff(db):
    return factories.user()


def new_post(person, post=Post.VILLAGE_COMMITTEE_MEMBER, **fields):
    return Appointment(person=person, village=person.village, post=post, start=ON, **fields)


def test_people_take_birth_and_sex_from_the_number(staff):
    number = factories.id_number(datetime.date(1991, 2, 3), "female")

    (person,) = talent.create_people([Person(name="李霞", id_number=number, village=factories.village())], by=staff)

    assert (person.birth_date, person.sex, person.initials) == (datetime.date(1991, 2, 3), "female", "lx")
    line = AuditEntry.objects.get(model="talent.person")
    assert (line.by, line.verb) == (staff, "create")
    assert number not in str(line.after)


def test_appointed_to_the_two_committees_leaves_the_pool(staff):
    place = factories.reserve()

    talent.appoint([new_post(place.person)], by=staff)

    place.refresh_from_db()
    assert (place.end, place.end_reason) == (datetime.date(2024, 6, 29), ReserveCandidate.OutReason.PROMOTED)


@pytest.mark.parametrize("fields", [{"post": Post.SUPERVISION_MEMBER}, {"end": datetime.date(2025, 6, 30)}])
def test_other_posts_and_past_posts_leave_the_pool_alone(staff, fields):
    place = factories.reserve()

    talent.appoint([new_post(place.person, **fields)], by=staff)

    place.refresh_from_db()
    assert place.end is None


def test_ended_posts_keep_reason_and_document(staff):
    posts = [factories.appointment(), factories.appointment()]

    talent.end_appointments(posts, on=ON, reason="unfit", document_no="清委组〔2024〕9号", by=staff)

    assert set(Appointment.objects.values_list("end", "end_reason", "end_document_no")) == {
        (ON, "unfit", "清委组〔2024〕9号")
    }
    assert AuditEntry.objects.filter(verb="dismiss").count() == 2


def test_second_secretary_is_refused_and_nothing_is_left(staff):
    first = factories.appointment(post=Post.PARTY_SECRETARY)
    second = factories.person(village=first.village)

    with pytest.raises(IntegrityError), transaction.atomic():
        talent.appoint([new_post(second, Post.PARTY_SECRETARY)], by=staff)

    assert Appointment.objects.count() == 1
    assert not AuditEntry.objects.filter(verb="appoint").exists()


def test_sent_in_and_withdrawn(staff):
    stay = factories.stationing()

    talent.withdraw([stay], on=ON, reason="期满轮换", by=staff)

    assert not Stationing.objects.serving(datetime.date(2024, 7, 1)).exists()
    assert Stationing.objects.serving(ON).exists()


def test_graduation_becomes_an_education(staff):
    study = factories.degree_study(school="国家开放大学", major="行政管理")

    training.graduate([study], on=ON, by=staff)

    education = Education.objects.get(person=study.person)
    assert (education.level, education.mode, education.graduated_on) == ("junior_college", "on_job", ON)
    study.refresh_from_db()
    assert (study.end, study.outcome) == (ON, DegreeStudy.Outcome.GRADUATED)


def test_graduation_to_a_level_already_there_adds_none(staff):
    study = factories.degree_study()
    factories.education(person=study.person, level="junior_college", mode="on_job")

    training.graduate([study], on=ON, by=staff)

    assert Education.objects.filter(person=study.person).count() == 1


def test_leaving_a_study_gives_no_education(staff):
    study = factories.degree_study()

    training.leave_degree([study], on=ON, by=staff)

    assert not Education.objects.exists()
    assert DegreeStudy.objects.get().outcome == DegreeStudy.Outcome.WITHDRAWN


def test_awards_are_logged(staff):
    scheme = factories.award_scheme()
    village = factories.village()

    awards.give_awards([Award(scheme=scheme, year=2024, village=village, collective=village.name)], by=staff)

    assert AuditEntry.objects.filter(model="awards.award", verb="create").count() == 1


def test_label_ends_on_its_last_day(staff):
    (label,) = villages.label_villages(
        [factories.VillageLabel(village=factories.village(), label="weak", start=ON)], by=staff
    )

    villages.end_labels([label], on=datetime.date(2024, 12, 31), by=staff)

    assert label.end == datetime.date(2024, 12, 31)
    assert AuditEntry.objects.filter(model="villages.villagelabel").count() == 2


def test_a_hundred_rows_cost_what_two_do(staff):
    few, many = ([factories.person() for _ in range(count)] for count in (2, 100))

    with CaptureQueriesContext(connection) as two:
        talent.appoint([new_post(person) for person in few], by=staff)
    with CaptureQueriesContext(connection) as hundred:
        talent.appoint([new_post(person) for person in many], by=staff)

    assert len(hundred) == len(two)
