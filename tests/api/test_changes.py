"""The feed by which another system keeps a copy: every change once it can be seen, what is gone, nothing of the neighbours."""

import threading

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from core import audit, changes
from core.models import AuditEntry
from core.writes import change_rows, delete_rows
from tests import factories
from tests.api.conftest import client_of

pytestmark = pytest.mark.django_db
VILLAGE, BESIDE = "990121100201", f"{factories.NEIGHBOUR}201"


@pytest.fixture
def places(db):
    factories.division(factories.COUNTY, "清源县")
    for township, village in ((factories.OWN, VILLAGE), (factories.NEIGHBOUR, BESIDE)):
        factories.division(township)
        factories.village(village)


@pytest.fixture
def boss(places):
    return factories.user("county_staff", factories.COUNTY)


def asked(client, after=None, status=200):
    answer = client.get("changes/", **({} if after is None else {"after": after}))
    assert answer.status_code == status, answer.content.decode()
    return answer.json()


def since(client, after):
    """[(what, model, id)] of the changes after that number."""
    return [(found["what"], found["model"], found["id"]) for found in asked(client, after)["changes"]]


def test_a_written_row_is_told_with_its_address(places, writer):
    start = asked(writer)["next"]
    given = {"name": "张建国", "id_number": factories.id_number(), "village": VILLAGE}
    person = writer.post("persons/", given).json()["id"]

    found = asked(writer, start)

    assert [(change["what"], change["verb"], change["model"]) for change in found["changes"]] == [
        ("changed", "create", "talent.person")
    ]
    assert writer.get(found["changes"][0]["url"]).json()["id"] == person
    assert asked(writer, found["next"]) == {"next": found["next"], "more": False, "changes": []}
    assert given["id_number"] not in str(found)


def test_rows_of_a_batch_and_their_undo_are_told(places, writer):
    start = asked(writer)["next"]
    row = {"village": VILLAGE, "name": "张建国", "id_number": factories.id_number(), "posts": "村委委员"}
    batch = writer.post("rosters/committee/", {"rows": [row | {"start_date": "2021-03"}]}).json()["id"]
    written = since(writer, start)
    assert {(what, model) for what, model, _ in written} >= {
        ("changed", "talent.person"),
        ("changed", "talent.appointment"),
    }

    start = asked(writer, start)["next"]
    writer.post(f"uploads/{batch}/undo/", {})

    gone = {(model, pk) for what, model, pk in since(writer, start) if what == "deleted"}
    assert {(model, pk) for _, model, pk in written if model.startswith("talent.")} == gone


def test_a_neighbour_is_told_nothing_the_county_everything(boss):
    own, beside, county = client_of(factories.OWN), client_of(factories.NEIGHBOUR), client_of()
    start = asked(own)["next"]
    person = factories.person(village=VILLAGE)
    audit.record(by=boss, verb="create", obj=person, after=audit.snapshot(person))
    delete_rows([person], by=boss)

    assert since(own, start) == since(county, start) == [("deleted", "talent.person", person.pk)] * 2
    assert since(beside, start) == []


def test_a_row_that_moved_away_is_gone_here_and_there_now(boss):
    own, beside = client_of(factories.OWN), client_of(factories.NEIGHBOUR)
    start = asked(own)["next"]
    person = factories.person(village=VILLAGE)
    person.village_id = BESIDE
    change_rows([person], ["village"], by=boss)

    assert since(own, start) == [("deleted", "talent.person", person.pk)]
    assert since(beside, start) == [("changed", "talent.person", person.pk)]


def test_what_hung_on_a_row_is_told_gone_too(boss):
    own, beside = client_of(factories.OWN), client_of(factories.NEIGHBOUR)
    start = asked(own)["next"]
    education = factories.education(person=factories.person(village=VILLAGE))
    pk = education.pk
    delete_rows([education], by=boss)

    assert since(own, start) == [("deleted", "talent.education", pk)]
    assert since(beside, start) == []


def test_a_countys_class_is_told_to_its_townships(boss):
    own = client_of(factories.OWN)
    start = asked(own)["next"]
    held = factories.session(factories.COUNTY)
    audit.record(by=boss, verb="create", obj=held, after=audit.snapshot(held))
    pk = held.pk
    delete_rows([held], by=boss)

    assert ("deleted", "training.trainingsession", pk) in since(own, start)


def test_pages_follow_one_another(boss):
    county = client_of()
    start = asked(county)["next"]
    person = factories.person(village=VILLAGE)
    for _ in range(changes.PAGE + 3):
        audit.record(by=boss, verb="change", obj=person)

    first = asked(county, start)
    second = asked(county, first["next"])

    assert (len(first["changes"]), first["more"], len(second["changes"]), second["more"]) == (
        changes.PAGE,
        True,
        3,
        False,
    )


def test_many_changes_cost_what_few_do(boss):
    county = client_of()
    start = asked(county)["next"]
    people = [factories.person(village=VILLAGE) for _ in range(20)]

    def cost(some):
        rows = [factories.education(person=person) for person in some]
        audit.record_all(some, by=boss, verb="change")
        delete_rows(rows, by=boss)
        with CaptureQueriesContext(connection) as queries:
            since(county, start)
        return len(queries)

    assert cost(people[:2]) == cost(people[2:])


@pytest.mark.parametrize("after", ["x", "", "-1", "1" * 19, "0.5", "\u0000"])
def test_a_start_that_is_none(county, after):
    assert client_answer(county, after=after).status_code == 400


def client_answer(client, **query):
    return client.http.get(client.address("changes/"), query)


def test_a_start_beyond_all_changes_asks_to_read_anew(county):
    answer = client_answer(county, after=10**17)

    assert answer.status_code == 400
    assert "全部重新读取" in answer.json()["errors"][0]["message"]
    assert client_answer(county, since=1).status_code == 400


def test_a_line_that_is_written_meanwhile_is_not_passed_over(committed_db, monkeypatch):
    """A transaction took its number first and ends last: nobody is told of a later number before it ends."""
    boss = factories.user("county_staff", factories.COUNTY)
    person = factories.person(village=factories.village(VILLAGE))
    client = client_of()
    start = asked(client)["next"]
    taken, end = threading.Event(), threading.Event()

    def slow():
        try:
            with transaction.atomic():
                audit.record(by=boss, verb="change", obj=person)
                taken.set()
                end.wait(30)
        finally:
            connection.close()

    writer = threading.Thread(target=slow)
    writer.start()
    assert taken.wait(30)
    audit.record(by=boss, verb="change", obj=person)
    monkeypatch.setattr(changes, "PATIENCE", 0)
    answer = client_answer(client, after=start)
    end.set()
    writer.join()

    assert answer.json() == {"next": start, "more": True, "changes": []}
    assert answer["Retry-After"]
    told = asked(client, start)
    assert len(told["changes"]) == 2 == AuditEntry.objects.filter(pk__gt=start).count()
