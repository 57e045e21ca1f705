"""Lists and details over all viewsets: scope, masks, pages, filters, queries that do not grow."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from config.api import router
from core.indicators import REGISTRY
from core.models import ParameterValue
from tests import factories

# Batches of rosters are no rows of business: test_batches goes over them.
VIEWSETS = {
    prefix: viewset
    for prefix, viewset, _ in router.registry
    if viewset.model is not None and prefix not in {"rosters", "uploads"}
}
KEPT = {"award-judges", "award-scores", "award-objections"}  # the county's alone, on its own pages and to its own staff
READABLE = [prefix for prefix in VIEWSETS if prefix not in KEPT]
PHONE = "13905990123"


def key_of(viewset, row):
    return getattr(row, viewset.lookup_field)


@pytest.fixture
def rows(db):
    return {
        township: factories.one_of_each(township)
        for township in (factories.OWN, factories.NEIGHBOUR, f"{factories.OTHER_COUNTY}100")
    }


def test_every_business_model_has_its_viewset(rows):
    assert {viewset.model for viewset in VIEWSETS.values()} == set(rows[factories.OWN])


@pytest.mark.parametrize("prefix", sorted(KEPT))
def test_a_token_does_not_read_what_the_county_keeps_to_itself(township, rows, prefix):
    own = rows[factories.OWN][VIEWSETS[prefix].model]

    assert township.get(f"{prefix}/").status_code == 403
    assert township.get(f"{prefix}/{own.pk}/").status_code == 403


@pytest.mark.parametrize("prefix", READABLE)
def test_a_list_stops_at_the_townships_border(township, rows, prefix):
    found = township.get(f"{prefix}/").json()["results"]

    ids = {row["id"] for row in found}
    assert rows[factories.OWN][VIEWSETS[prefix].model].pk in ids
    assert rows[factories.NEIGHBOUR][VIEWSETS[prefix].model].pk not in ids
    assert rows[f"{factories.OTHER_COUNTY}100"][VIEWSETS[prefix].model].pk not in ids


@pytest.mark.parametrize("prefix", READABLE)
def test_a_neighbours_row_answers_like_a_missing_one(township, rows, prefix):
    viewset = VIEWSETS[prefix]
    own, neighbours = (rows[code][viewset.model] for code in (factories.OWN, factories.NEIGHBOUR))

    assert township.get(f"{prefix}/{key_of(viewset, own)}/").status_code == 200
    there = township.get(f"{prefix}/{key_of(viewset, neighbours)}/")
    missing = township.get(f"{prefix}/999999999/")

    assert there.status_code == missing.status_code == 404
    assert there.json() == missing.json() == {"type": "about:blank", "title": "没有找到", "status": 404}


@pytest.mark.parametrize("prefix", READABLE)
def test_a_filter_does_not_reach_over_the_border(township, rows, prefix):
    narrowed = township.get(f"{prefix}/", division=factories.NEIGHBOUR).json()["results"]

    assert narrowed == []


@pytest.mark.parametrize("prefix", READABLE)
def test_twenty_rows_cost_as_many_queries_as_two(county, prefix, db):
    def queries(townships):
        for code in townships:
            factories.one_of_each(f"{factories.COUNTY}{code}")
        with CaptureQueriesContext(connection) as sent:
            found = county.get(f"{prefix}/").json()["results"]
        return len(found), len(sent)

    county.get(f"{prefix}/")  # the token's first use is noted
    few, cost_of_few = queries(range(101, 103))
    many, cost_of_many = queries(range(103, 121))

    assert many >= few + 18
    assert cost_of_many == cost_of_few


@pytest.mark.parametrize("prefix", READABLE)
def test_every_row_names_what_it_points_at(county, rows, prefix):
    model = VIEWSETS[prefix].model
    row = county.get(f"{prefix}/").json()["results"][0]

    for field in model._meta.concrete_fields:
        if field.is_relation:
            assert f"{field.name}_label" in row
            if field.target_field.name == "code" and row[field.name]:
                assert row[field.name].isdigit()
    assert not {name for name in row if "digest" in name or "pinyin" in name}


def test_numbers_are_masked(county, db):
    someone = factories.person(phone=PHONE)

    row = county.get(f"persons/{someone.pk}/").json()

    assert row["id_number"] == someone.id_masked
    assert row["phone"] == "139****0123"
    assert someone.id_number not in county.get("persons/").content.decode()


def test_pages_by_cursor_come_once_each_and_end(county, db):
    made = [factories.person(f"张{number}").pk for number in range(7)]

    seen, address = [], "persons/?page_size=3"
    while address:
        page = county.get(address).json()
        seen += [row["id"] for row in page["results"]]
        address = page["next"]

    assert seen == made


def test_a_page_has_at_most_two_hundred_rows(county, db):
    from talent.models import Person

    place = factories.village()
    Person.objects.bulk_create(Person(name="张三", village=place) for _ in range(205))

    assert len(county.get("persons/", page_size=100000).json()["results"]) == 200


@pytest.mark.parametrize("cursor", ["x", "cD1hYmM=", "cD0lMDA=", "cD05OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk=", "🀄"])
def test_a_broken_cursor_is_no_fault_of_ours(county, cursor):
    assert county.get("persons/", cursor=cursor).status_code == 404


@pytest.mark.parametrize(
    ("path", "query", "named"),
    [
        ("persons/", {"serving": "2024-12-31"}, ["在任"]),
        ("persons/", {"serving": "2020-12-31"}, []),
        ("persons/", {"name": "在"}, ["在任"]),
        ("persons/", {"name": "lishi"}, ["历史"]),
        ("persons/", {"division": factories.OWN}, ["在任", "历史"]),
        ("persons/", {"village": "990121100201"}, ["在任"]),
        ("persons/", {"sex": "female"}, ["历史"]),
    ],
)
def test_filters_of_people(county, db, path, query, named):
    serving = factories.person("在任", village="990121100201")
    factories.person("历史", village="990121100202", id_number=factories.id_number(sex="female"))
    factories.appointment(person=serving)

    assert [row["name"] for row in county.get(path, **query).json()["results"]] == named


def test_posts_as_they_stood_on_a_date(county, db):
    last = datetime.date(2024, 3, 31)
    seat = factories.appointment(post="party_secretary", end=last)

    assert [row["id"] for row in county.get("appointments/", on="2024-03-31").json()["results"]] == [seat.pk]
    assert county.get("appointments/", on="2024-04-01").json()["results"] == []
    assert county.get("appointments/", on="2024-03-31", post="clerk").json()["results"] == []
    assert county.get("appointments/", on="2024-03-31", committee="party").json()["results"]


@pytest.mark.parametrize(
    ("path", "query", "field"),
    [
        ("persons/", {"ordering": "id_digest"}, "ordering"),
        ("persons/", {"id_number": "1"}, "id_number"),
        ("persons/", {"village__name": "x"}, "village__name"),
        ("persons/", {"name": "110105194912310021"}, "name"),
        ("persons/", {"name": "13905990123"}, "name"),
        ("persons/", {"division": "99012"}, "division"),
        ("persons/", {"division": "99012%"}, "division"),
        ("persons/", {"serving": "2024-13-01"}, "serving"),
        ("persons/", {"name": "a\x00"}, "name"),
        ("appointments/", {"person": "1 OR 1=1"}, "person"),
        ("appointments/", {"post": "king"}, "post"),
        ("appointments/", {"on": "soon"}, "on"),
        ("awards/", {"year": "x"}, "year"),
    ],
)
def test_wrong_filters_are_told_in_chinese(county, path, query, field):
    answer = county.get(path, **query)

    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert [found["field"] for found in answer.json()["errors"]] == [field]
    assert not answer.json()["errors"][0]["message"].isascii()


@pytest.mark.parametrize("person", ["99999999999999999999999999", "-5", "0"])
def test_numbers_out_of_reach_find_nothing(county, person):
    assert county.get("appointments/", person=person).json()["results"] == []


def test_sessions_name_only_courses_in_scope(township, county, db):
    session = factories.session(factories.COUNTY)
    session.courses.set([factories.course(factories.COUNTY), factories.course(factories.NEIGHBOUR)])

    assert len(county.get(f"training-sessions/{session.pk}/").json()["courses"]) == 2
    assert len(township.get(f"training-sessions/{session.pk}/").json()["courses"]) == 1


def test_figures_are_those_of_the_command(county, db, capsys):
    import json

    from django.core.management import call_command

    factories.appointment(post="party_secretary")
    answer = county.get("indicators/", on="2024-12-31")

    call_command("indicators", on="2024-12-31", division=factories.COUNTY, json=True)
    printed = json.loads(capsys.readouterr().out)
    assert answer.json()["reserves"] == printed["reserves"]
    assert answer.json() == printed
    assert set(answer.json()) == set(REGISTRY)
    assert answer.json()["villages"]["value"] == 1


def test_figures_of_a_village_and_the_list_behind(township, db):
    factories.village("990121100201", "东村")
    factories.village("990121100202", "西村")
    factories.village_in(factories.NEIGHBOUR)

    assert township.get("indicators/").json()["villages"]["value"] == 2
    assert township.get("indicators/", division="990121100202").json()["villages"]["value"] == 1
    behind = township.get("indicators/villages/rows/", division="990121100202").json()
    assert [row["label"] for row in behind] == ["西村"]


@pytest.mark.parametrize("code", [factories.NEIGHBOUR, factories.COUNTY, "990121100999", f"{factories.NEIGHBOUR}201"])
def test_figures_of_others_are_not_there(township, rows, code):
    assert township.get("indicators/", division=code).status_code == 404
    assert township.get("indicators/villages/rows/", division=code).status_code == 404


@pytest.mark.parametrize(
    ("path", "query", "status"),
    [
        ("indicators/", {"on": "2024-02-30"}, 400),
        ("indicators/", {"division": "x"}, 400),
        ("indicators/villages/rows/", {"part": "all"}, 400),
        ("indicators/nothing/rows/", {}, 404),
        ("indicators/villages/rows/", {"part": "missing"}, 404),
    ],
)
def test_wrong_questions_about_figures(county, path, query, status):
    assert county.get(path, **query).status_code == status


@pytest.mark.parametrize("key", ["villages", "one_shoulder", "reserves", "people_trained"])
def test_the_list_behind_a_figure_shows_no_neighbour(township, rows, key):
    mine = township.get(f"indicators/{key}/rows/").content.decode()

    assert rows[factories.NEIGHBOUR][type(factories.person())].name not in mine
    assert factories.NEIGHBOUR not in mine


def test_numbers_for_people_are_found_by_the_whole_number_only(county, township, db):
    someone = factories.person(village=factories.village_in(factories.NEIGHBOUR))

    found = county.post("persons/lookup/", {"id_number": f" {someone.id_number.lower()} "})
    assert (found.status_code, found.json()["id"]) == (200, someone.pk)
    assert someone.id_number not in found.content.decode()
    assert county.post("persons/lookup/", {"id_number": someone.id_number[:17]}).status_code == 404
    assert township.post("persons/lookup/", {"id_number": someone.id_number}).status_code == 404
    assert county.get("persons/lookup/").status_code == 405


def test_each_look_up_is_in_the_log_masked(county, db):
    from core.models import AuditEntry

    someone = factories.person()
    county.post("persons/lookup/", {"id_number": someone.id_number})
    county.post("persons/lookup/", {"id_number": factories.id_number()})

    lines = AuditEntry.objects.filter(verb="lookup").order_by("pk")
    assert [line.object_id for line in lines] == [str(someone.pk), ""]
    assert lines[0].object_text == someone.id_masked


def test_a_date_in_the_address_begins_no_session(county, db):
    answer = county.get("appointments/", on="2024-12-31")

    assert not answer.cookies


def test_parameters_are_those_of_the_date(county, db):
    decided = {"value": 3, "basis": "会议纪要", "division": factories.division(factories.COUNTY)}
    ParameterValue.objects.create(key="reserve_secretary_ratio", start="2024-01-01", **decided)

    def ratio(on):
        found = {one["key"]: one for one in county.get("parameters/", on=on).json()}["reserve_secretary_ratio"]
        return found["value"], found["since"], found["basis"]

    assert ratio("2023-12-31")[:2] == (2, None)
    assert ratio("2024-01-01") == (3, "2024-01-01", "会议纪要")
