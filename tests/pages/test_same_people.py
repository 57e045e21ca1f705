"""Files that may be one human: the queue, the two side by side, merging and telling apart."""

import datetime
import re

import pytest
from django.urls import reverse

from core.identity import id_check_digit
from core.models import AuditEntry
from talent.models import (
    Appointment,
    Education,
    FormerIdNumber,
    NotSamePerson,
    Person,
    RecruitmentApplication,
    ReserveAssessment,
    ReserveCandidate,
)
from tests import factories

pytestmark = pytest.mark.django_db

BORN = datetime.date(1980, 5, 6)


@pytest.fixture
def clerk(client):
    account = factories.user("township_clerk", factories.OWN)
    client.force_login(account)
    return client


def number(body):
    return body + id_check_digit(body)


def two(**fields):
    """Two files of one name and birth in one village."""
    place = factories.village()
    return factories.person("李小满", village=place), factories.person("李小满", village=place, **fields)


def pair_page(first, second):
    return reverse("same_pair", args=[first.pk, second.pk])


def decide(client, first, second, decision, reason="核对了身份证原件"):
    return client.post(pair_page(first, second), {"decision": decision, "reason": reason})


def listed(client):
    return [
        {line["pair"].first.pk, line["pair"].second.pk} for line in client.get(reverse("same_people")).context["lines"]
    ]


def test_same_name_and_birth_are_listed(clerk):
    first, second = two()
    factories.person("王小满", village=first.village)

    assert listed(clerk) == [{first.pk, second.pk}]


def test_numbers_a_digit_apart_say_which_digit(clerk):
    place = factories.village()
    first = factories.person("李小满", village=place, id_number=number("35072319800506001"))
    second = factories.person("李小满", village=place, id_number=number("35072319800507001"))

    page = clerk.get(reverse("same_people")).content.decode()

    assert listed(clerk) == [{first.pk, second.pk}]
    assert "身份证号只差第 14 位" in page
    assert first.id_number not in page


def test_one_phone_for_two_is_listed(clerk):
    first = factories.person("甲某", phone="13800001111")
    second = factories.person("乙某", phone="13800001111")

    assert listed(clerk) == [{first.pk, second.pk}]


def test_strangers_of_one_name_in_two_villages_are_not_listed(clerk):
    factories.person("李小满", village=factories.village_in(factories.OWN, 201))
    other = factories.id_number(datetime.date(1990, 1, 1))
    factories.person("李小满", village=factories.village_in(factories.OWN, 202), id_number=other)

    assert listed(clerk) == []


def test_neighbours_file_is_not_shown(clerk):
    mine = factories.person("李小满", village=factories.village_in(factories.OWN))
    theirs = factories.person("李小满", village=factories.village_in(factories.NEIGHBOUR))

    assert listed(clerk) == []
    assert clerk.get(pair_page(mine, theirs)).status_code == 404


def test_merging_keeps_both_histories(clerk):
    first, second = two(phone="13800001111")
    mine = factories.appointment(
        person=first, post="clerk", start=datetime.date(2018, 3, 1), end=datetime.date(2020, 3, 1)
    )
    theirs = factories.appointment(person=second, post="village_director")
    factories.education(person=second, level="bachelor")

    answer = decide(clerk, first, second, first.pk)

    assert answer.url == reverse("person", args=[first.pk])
    assert not Person.objects.filter(pk=second.pk).exists()
    assert set(Appointment.objects.filter(person=first)) == {mine, theirs}
    assert Education.objects.get().person == first
    assert Person.objects.get(pk=first.pk).phone == "13800001111"
    assert FormerIdNumber.objects.get().id_number == second.id_number
    assert AuditEntry.objects.filter(verb="merge", object_id=str(first.pk), reason="核对了身份证原件").exists()


def test_one_post_in_both_files_becomes_one_that_lasts_as_long_as_both(clerk):
    first, second = two()
    factories.appointment(person=first, post="clerk", start=datetime.date(2021, 3, 1), end=datetime.date(2023, 3, 1))
    factories.appointment(person=second, post="clerk", start=datetime.date(2022, 1, 1))

    decide(clerk, first, second, second.pk)

    seat = Appointment.objects.get()
    assert (seat.person, seat.start, seat.end) == (second, datetime.date(2021, 3, 1), None)


def test_an_education_told_in_full_and_in_short_becomes_one(clerk):
    first, second = two()
    factories.education(person=first, level="bachelor", mode="unspecified", graduated_on=None)
    factories.education(person=second, level="bachelor", mode="unspecified", school="示例大学")

    decide(clerk, first, second, first.pk)

    assert Education.objects.get().person == first
    assert Education.objects.get().school == "示例大学"


def test_two_schools_of_one_level_are_a_conflict(clerk):
    first, second = two()
    factories.education(person=first, level="bachelor", mode="unspecified", school="示例师范学院")
    factories.education(person=second, level="bachelor", mode="unspecified", school="示例大学")

    answer = decide(clerk, first, second, first.pk)

    assert "两份档案的学历有冲突" in answer.content.decode()
    assert Education.objects.count() == 2


def test_a_conflict_is_told_and_changes_nothing(clerk):
    first, second = two()
    factories.reserve(person=first, target="secretary")
    factories.reserve(person=second, target="other")

    answer = decide(clerk, first, second, first.pk)

    assert answer.status_code == 400
    assert "两份档案的后备干部有冲突" in answer.content.decode()
    assert Person.objects.filter(pk=second.pk).exists()


def reserves(first, second, begins=datetime.date(2022, 1, 1)):
    """A place of each in the same pool, that of the first from 2021."""
    mine = factories.reserve(person=first, target="other", start=datetime.date(2021, 3, 1))
    return mine, factories.reserve(person=second, target="other", start=begins)


def test_assessments_of_the_place_that_goes_stay_with_the_one_that_is_kept(clerk):
    first, second = two()
    mine, theirs = reserves(first, second)
    factories.reserve_assessment(candidate=mine, half=1)
    factories.reserve_assessment(candidate=theirs, half=2, result="成熟，可使用")

    answer = decide(clerk, first, second, first.pk)

    assert answer.status_code == 302
    place = ReserveCandidate.objects.get()
    assert (place.person, place.start) == (first, datetime.date(2021, 3, 1))
    assert list(place.assessments.order_by("half").values_list("half", "result")) == [
        (1, "继续培养"), (2, "成熟，可使用"),
    ]  # fmt: skip


def test_two_assessments_of_one_half_that_say_the_same_become_one(clerk):
    first, second = two()
    mine, theirs = reserves(first, second)
    factories.reserve_assessment(candidate=mine, remarks="")
    factories.reserve_assessment(candidate=theirs, remarks="踏实肯干")

    decide(clerk, first, second, first.pk)

    assert ReserveAssessment.objects.values_list("candidate", "remarks").get() == (mine.pk, "踏实肯干")


def test_two_assessments_of_one_half_that_differ_are_a_conflict(clerk):
    first, second = two()
    mine, theirs = reserves(first, second)
    factories.reserve_assessment(candidate=mine)
    factories.reserve_assessment(candidate=theirs, result="建议出库")

    answer = decide(clerk, first, second, first.pk)

    assert answer.status_code == 400
    assert "两份档案的后备干部研判有冲突" in answer.content.decode()
    assert ReserveAssessment.objects.count() == 2


def test_an_application_that_led_to_the_place_that_goes_leads_to_the_one_that_is_kept(clerk):
    first, second = two()
    mine, theirs = reserves(first, second)
    applied = engaged(second, theirs)

    answer = decide(clerk, first, second, first.pk)

    applied.refresh_from_db()
    assert answer.status_code == 302
    assert (applied.person, applied.place) == (first, mine)


def engaged(person, place, **fields):
    """Somebody whose application led to the place."""
    steps = dict.fromkeys(("eligibility", "physical", "inspection", "publicity"), "passed")
    scores = {"written": 80, "interview": 85}
    return factories.recruitment_application(
        person=person, place=place, engaged_on=place.start, **steps, **scores, **fields
    )


def test_one_application_told_in_both_files_becomes_one(clerk):
    first, second = two()
    mine, theirs = reserves(first, second, datetime.date(2021, 3, 1))
    held = factories.recruitment()
    kept = engaged(first, mine, recruitment=held)
    engaged(second, theirs, recruitment=held)

    answer = decide(clerk, first, second, first.pk)

    assert answer.status_code == 302
    assert RecruitmentApplication.objects.get() == kept


def test_two_recruitments_that_led_to_one_place_are_told_in_words(clerk):
    first, second = two()
    mine, theirs = reserves(first, second)
    engaged(first, mine)
    engaged(second, theirs)

    answer = decide(clerk, first, second, first.pk)

    assert answer.status_code == 400
    assert "冲突" in answer.content.decode()
    assert RecruitmentApplication.objects.count() == 2


def test_told_apart_is_not_asked_again(clerk):
    first, second = two()

    decide(clerk, first, second, "different")

    assert NotSamePerson.objects.count() == 1
    assert listed(clerk) == []


def test_a_reason_is_asked_for(clerk):
    first, second = two()

    assert decide(clerk, first, second, first.pk, reason="").status_code == 400
    assert Person.objects.filter(pk=second.pk).exists()


def test_a_leader_may_not_decide(client):
    client.force_login(factories.user("leader"))

    assert client.get(reverse("same_people")).status_code == 403


def test_the_queue_has_its_own_place_on_the_rail(clerk, client):
    page = client.get(reverse("same_people")).content.decode()

    assert re.findall(r'aria-current="page"><span>([^<]+)', page) == ["疑似同一人"]
