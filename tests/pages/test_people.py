"""A person's page on a date: what they are, and their life in order."""

import datetime

from django.urls import reverse

from tests import factories


def page_of(client, person, on):
    return client.get(reverse("person", args=[person.pk]), {"on": on}).context


def test_one_person_in_both_first_posts_is_said_to_be_so(sign_in):
    seat = factories.appointment(post="village_director")
    factories.appointment(person=seat.person, village=seat.village, post="party_secretary")

    standing = page_of(sign_in(), seat.person, "2024-12-31")["standing"]

    assert standing["word"] == "在任"
    assert "党组织书记、村（居）委会主任（一肩挑）" in standing["lines"][0]


def test_standing_follows_the_date(sign_in):
    client, person = sign_in(), factories.person()
    day = datetime.date
    factories.reserve(person=person, start=day(2020, 1, 1), end=day(2020, 12, 31), end_reason="promoted")
    factories.appointment(person=person, start=day(2021, 1, 1), end=day(2022, 12, 31))
    factories.stationing(person=person, start=day(2024, 1, 1))
    factories.rural_talent(person=person, start=day(2020, 6, 1), end=day(2023, 6, 30))

    words = [
        page_of(client, person, on)["standing"]["word"]
        for on in ("2020-12-31", "2022-12-31", "2023-01-01", "2023-07-01", "2024-01-01")
    ]

    assert words == ["后备在库", "在任", "乡村人才", "不在任", "在村"]


def test_the_time_line_is_in_order_and_can_be_narrowed(sign_in):
    client, person = sign_in(), factories.person(party_joined=datetime.date(2005, 7, 1))
    factories.appointment(person=person)
    factories.enrollment(
        person=person, session=factories.session(start=datetime.date(2023, 5, 1), end=datetime.date(2023, 5, 3))
    )
    factories.award(person=person, year=2024)

    events = page_of(client, person, "2024-12-31")["events"]
    narrowed = client.get(reverse("person", args=[person.pk]), {"kind": "任职"}).context["events"]

    assert [event["kind"] for event in events] == ["表彰", "培训", "任职", "入党"]
    assert [event["kind"] for event in narrowed] == ["任职"]


def test_a_village_shows_vacancies_and_what_follows_from_its_team(sign_in):
    place = factories.village(party_seats=3, committee_seats=3)
    secretary = factories.person(village=place)
    for post in ("party_secretary", "village_director"):
        factories.appointment(person=secretary, village=place, post=post)
    factories.appointment(village=place, post="party_committee_member")
    factories.reserve(village=place, target="secretary")

    page = sign_in().get(reverse("village", args=[place.code]), {"on": "2024-12-31"}).context

    assert [(body["people"], body["vacant"]) for body in page["committees"][:2]] == [(2, 1), (1, 2)]
    assert (page["summary"]["one_shoulder"], page["summary"]["crossing"], page["summary"]["cadres"]) == ("是", 1, 2)
    assert (page["need"]["secretary"], page["need"]["other"], page["need"]["met"]) == ("1/2", "0/1", False)


def test_a_village_on_a_date_before_it_was_founded_says_so(sign_in):
    place = factories.village(start=datetime.date(2022, 1, 1))

    page = sign_in().get(reverse("village", args=[place.code]), {"on": "2021-12-31"}).content.decode()

    assert "这一天没有这个村" in page


def test_a_later_page_of_the_list_by_age_goes_on_where_the_one_before_ends(sign_in):
    client, village = sign_in(), factories.village()
    for year in range(1950, 2005):  # more than a page
        factories.person(village=village, name=f"王{year}", id_number=factories.id_number(datetime.date(year, 5, 6)))
    factories.person(village=village, name="王无号", id_number=None)
    address = reverse("admin:talent_person_changelist")

    pages = [client.get(address, {"o": "5", "p": page}).context["cl"].result_list for page in (1, 2)]

    assert [person.name for page in pages for person in page] == [f"王{year}" for year in range(2004, 1949, -1)] + [
        "王无号"
    ]
