"""People, posts and places in the pool given by another system: one validator, one apply, one audit log."""

import datetime

import pytest

from core.models import AuditEntry
from talent.models import Appointment, Education, Person, ReserveCandidate
from tests import factories

PHONE = "13905990123"
VILLAGE = "990121100201"
START = "2021-03-31"
DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def places(db):
    """Two villages of the writer's township and one of the neighbour's, with names that repeat."""
    factories.division(factories.COUNTY, "清源县")
    factories.division(factories.OWN, "清溪镇")
    factories.division(factories.NEIGHBOUR, "南坪乡")
    factories.village(VILLAGE, "东山村")
    factories.village("990121100202", "西山村")
    factories.village(f"{factories.NEIGHBOUR}201", "东山村")


def new_person(**fields):
    given = {"name": "张建国", "id_number": factories.id_number(), "village": VILLAGE, "ethnicity": "汉族"}
    return given | fields


def told(answer):
    """{(field, code)} of a refusal, each with a Chinese message."""
    assert answer.status_code == 400, answer.content.decode()
    assert answer["Content-Type"] == "application/problem+json"
    assert all(not found["message"].isascii() for found in answer.json()["errors"])
    return {(found["field"], found["code"]) for found in answer.json()["errors"]}


def test_a_new_person(writer):
    number = factories.id_number(datetime.date(1985, 6, 12), "female")
    given = new_person(
        name=" 李 小芳 ",
        id_number=number,
        political_status="party_member",
        party_joined="2010.7",
        education="大专",
        phone=PHONE,
    )

    answer = writer.post("persons/", given)

    assert answer.status_code == 201
    person = Person.objects.get()
    assert answer.json()["id"] == person.pk
    assert (person.name, person.id_number, person.phone) == ("李小芳", number, PHONE)
    assert (person.sex, person.birth_date, person.village_id) == ("female", datetime.date(1985, 6, 12), VILLAGE)
    assert (person.political_status, person.party_joined) == ("party_member", datetime.date(2010, 7, 1))
    assert person.educations.get().level == "junior_college"
    assert answer.json()["warnings"] == []


def test_what_was_written_comes_back_masked(writer):
    number = factories.id_number()

    answer = writer.post("persons/", new_person(id_number=number, phone=PHONE))

    assert number not in answer.content.decode()
    assert PHONE not in answer.content.decode()
    assert answer.json()["phone"] == "139****0123"


def test_every_write_has_its_audit_line(writer):
    number = factories.id_number()
    person = writer.post("persons/", new_person(id_number=number, phone=PHONE)).json()["id"]
    writer.patch(f"persons/{person}/", {"remarks": f"换证，原号{number}"})

    lines = AuditEntry.objects.filter(model="talent.person").order_by("pk")
    assert [line.verb for line in lines] == ["create", "change"]
    assert {line.role for line in lines} == {"api_client"}
    assert all(line.request_id for line in lines)
    assert number not in str([(line.before, line.after) for line in lines])


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({"name": None}, ("name", "missing_name")),
        ({"id_number": ""}, ("id_number", "missing_id")),
        ({"id_number": "35072319800506123"}, ("id_number", "id_length")),
        ({"id_number": "350723198013061234"}, ("id_number", "id_birth_invalid")),
        ({"id_number": "110105194912310021"}, ("id_number", "id_checksum")),
        ({"id_number": "3.50723E+17"}, ("id_number", "id_rounded")),
        ({"village": None}, ("village", "missing_field:village")),
        ({"village": "990121100999"}, ("village", "unknown_village")),
        ({"village": f"{factories.NEIGHBOUR}201"}, ("village", "unknown_village")),
        ({"village": "东山村"}, ("village", "unknown_village")),
        ({"village": factories.OWN}, ("village", "unknown_village")),
        ({"sex": "female"}, ("sex", "sex_mismatch")),
        ({"education": "博士后"}, ("education", "unknown_education")),
        ({"birth_date": "1985年"}, ("birth_date", "bad_date")),
        ({"political_status": ["x"]}, ("political_status", "invalid")),
        ({"name": "字" * 51}, ("name", "max_length")),
    ],
)
def test_problems_are_those_of_a_roster_row(writer, wrong, problem):
    answer = writer.post("persons/", new_person(**wrong))

    assert problem in told(answer)
    assert not Person.objects.exists()
    assert not AuditEntry.objects.filter(verb="create").exists()


def test_all_problems_at_once(writer):
    given = {"name": "", "id_number": "1", "village": "1", "education": "x", "birth_date": "不详"}

    assert {field for field, _ in told(writer.post("persons/", given))} == set(given)


def test_a_neighbours_village_answers_exactly_like_a_missing_one(writer):
    given = new_person()

    neighbours = writer.post("persons/", given | {"village": f"{factories.NEIGHBOUR}201"})
    missing = writer.post("persons/", given | {"village": f"{factories.NEIGHBOUR}999"})

    assert neighbours.json() == missing.json()


def test_warnings_do_not_stand_in_the_way(writer):
    answer = writer.post("persons/", new_person(birth_date="1970-01", phone="0599-1234567"))

    assert answer.status_code == 201
    assert {found["code"] for found in answer.json()["warnings"]} >= {"birth_mismatch", "phone_format"}
    assert Person.objects.get().archive_birth_date == datetime.date(1970, 1, 1)


@pytest.mark.parametrize(
    "given",
    [{"id": 7}, {"updated_at": "2020-01-01"}, {"pinyin": "x"}, {"id_digest": "x"}, {"role": "county_staff"}],
)
def test_what_clients_may_not_set_is_refused(writer, given):
    field = next(iter(given))

    assert told(writer.post("persons/", new_person(**given))) == {(field, "unknown_field")}


def test_a_known_number_is_no_second_file(writer, county_writer):
    known = factories.person(village=VILLAGE)

    assert told(writer.post("persons/", new_person(id_number=known.id_number))) == {("id_number", "id_exists")}
    assert Person.objects.count() == 1


def test_a_person_held_by_a_neighbour_is_not_described(writer):
    held = factories.person("王大山", village=f"{factories.NEIGHBOUR}201")

    answer = writer.post("persons/", new_person(id_number=held.id_number))

    assert told(answer) == {("id_number", "held_elsewhere")}
    assert "王" not in answer.content.decode()
    assert factories.NEIGHBOUR not in answer.content.decode()


def test_a_change_touches_what_was_given(writer):
    person = factories.person(village=VILLAGE, phone=PHONE, ethnicity="汉族")

    answer = writer.patch(f"persons/{person.pk}/", {"phone": "13905990999", "education": "bachelor"})

    assert answer.status_code == 200
    person.refresh_from_db()
    assert (person.phone, person.ethnicity) == ("13905990999", "汉族")
    assert Education.objects.get(person=person).level == "bachelor"
    assert list(AuditEntry.objects.get(verb="change").after) == ["phone"]


def test_a_blank_clears(writer):
    person = factories.person(village=VILLAGE, phone=PHONE, ethnicity="汉族", remarks="某")

    writer.patch(f"persons/{person.pk}/", {"phone": None, "remarks": ""})

    person.refresh_from_db()
    assert (person.phone, person.phone_digest, person.remarks, person.ethnicity) == (None, None, "", "汉族")


def test_the_same_again_changes_nothing(writer):
    person = factories.person("张建国", village=VILLAGE, ethnicity="汉族")

    writer.patch(f"persons/{person.pk}/", {"name": "张建国", "ethnicity": "汉族", "village": VILLAGE})

    assert not AuditEntry.objects.filter(verb="change").exists()
    assert Person.objects.get().updated_at == person.updated_at


def test_a_corrected_number_brings_its_birth_and_sex(writer):
    person = factories.person(village=VILLAGE)
    number = factories.id_number(datetime.date(1990, 1, 2), "female")

    assert writer.patch(f"persons/{person.pk}/", {"id_number": number}).status_code == 200

    found = Person.objects.with_id_number(number).get()
    assert (found.pk, found.sex, found.birth_date) == (person.pk, "female", datetime.date(1990, 1, 2))


def test_a_number_of_somebody_else_is_refused(writer):
    person, other = factories.person(village=VILLAGE), factories.person("李四", village=VILLAGE)

    answer = writer.patch(f"persons/{person.pk}/", {"id_number": other.id_number})

    assert {field for field, _ in told(answer)} == {"id_number"}


def test_a_change_cannot_carry_a_person_out_of_scope(writer):
    person = factories.person(village=VILLAGE)

    answer = writer.patch(f"persons/{person.pk}/", {"village": f"{factories.NEIGHBOUR}201"})

    assert told(answer) == {("village", "unknown_village")}
    assert writer.patch(f"persons/{person.pk}/", {"village": "990121100202"}).status_code == 200
    person.refresh_from_db()
    assert person.village_id == "990121100202"


def test_the_county_moves_a_person(county_writer):
    person = factories.person(village=VILLAGE)

    county_writer.patch(f"persons/{person.pk}/", {"village": f"{factories.NEIGHBOUR}201"})

    person.refresh_from_db()
    assert person.village_id == f"{factories.NEIGHBOUR}201"


def test_a_neighbours_file_is_not_there_and_one_seen_by_a_role_is_only_read(writer):
    stranger = factories.person(village=f"{factories.NEIGHBOUR}201")
    seen = factories.person(village=f"{factories.NEIGHBOUR}201")
    factories.appointment(person=seen, village=factories.village(VILLAGE))

    assert writer.patch(f"persons/{stranger.pk}/", {"remarks": "x"}).status_code == 404
    assert told(writer.patch(f"persons/{seen.pk}/", {"remarks": "x"})) == {("village", "held_elsewhere")}
    seen.refresh_from_db()
    assert seen.remarks == ""


def seat(someone, **fields):
    return {"person": someone.pk, "village": VILLAGE, "post": "village_director", "start": START} | fields


def test_a_new_post(writer):
    person = factories.person(village=VILLAGE)
    term = factories.term()

    answer = writer.post(
        "appointments/", seat(person, how="elected", term=term.pk, document_no="清委组〔2021〕3号", post="党支部副书记")
    )

    assert answer.status_code == 201
    kept = Appointment.objects.get()
    assert (kept.person, kept.village_id, kept.post) == (person, VILLAGE, "party_deputy_secretary")
    assert (kept.start, kept.how, kept.term) == (datetime.date(2021, 3, 31), "elected", term)
    assert answer.json()["person_label"] == person.name
    assert AuditEntry.objects.filter(verb="appoint", object_id=str(kept.pk)).exists()


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({"post": "护林员"}, ("post", "unknown_post")),
        ({"post": ""}, ("post", "missing_field:posts")),
        ({"post": "书记、主任"}, ("post", "one_post")),
        ({"start": ""}, ("start", "missing_field:start")),
        ({"start": "2021.13"}, ("start", "bad_date")),
        ({"village": f"{factories.NEIGHBOUR}201"}, ("village", "unknown_village")),
        ({"person": 999999}, ("person", "unknown_person")),
        ({"person": None}, ("person", "null")),
        ({"how": "magic"}, ("how", "invalid_choice")),
        ({"term": 999999}, ("term", "invalid")),
        ({"end": "2020-01-01"}, ("", "invalid")),
        ({"end_reason": "resigned"}, ("", "invalid")),
        ({"post": "first_secretary"}, ("post", "invalid_choice")),
    ],
)
def test_problems_of_a_post(writer, wrong, problem):
    person = factories.person(village=VILLAGE)

    assert problem in told(writer.post("appointments/", seat(person, **wrong)))
    assert not Appointment.objects.exists()


def test_a_secretary_is_a_party_member(writer):
    person = factories.person(village=VILLAGE, political_status="masses")

    answer = writer.post("appointments/", seat(person, post="party_secretary"))

    assert told(answer) == {("political_status", "secretary_not_party_member")}


def test_a_second_secretary_is_refused(writer):
    factories.appointment(post="party_secretary", village=factories.village(VILLAGE))
    person = factories.person(village=VILLAGE, political_status="party_member")

    answer = writer.post("appointments/", seat(person, post="party_secretary"))

    assert "已有党组织书记" in answer.content.decode()
    assert Appointment.objects.count() == 1


def test_a_neighbours_person_gets_no_post_here(writer):
    stranger = factories.person(village=f"{factories.NEIGHBOUR}201")

    assert told(writer.post("appointments/", seat(stranger))) == {("person", "unknown_person")}
    assert not Appointment.objects.exists()


def test_a_post_ends(writer):
    kept = factories.appointment(village=factories.village(VILLAGE))

    answer = writer.patch(f"appointments/{kept.pk}/", {"end": "2024-03-31", "end_reason": "resigned"})

    assert answer.status_code == 200
    kept.refresh_from_db()
    assert (kept.end, kept.end_reason) == (datetime.date(2024, 3, 31), "resigned")
    assert AuditEntry.objects.get(verb="dismiss").after == {"end": "2024-03-31", "end_reason": "resigned"}


@pytest.mark.parametrize("given", [{"person": 1}, {"village": VILLAGE}, {"id": 1}])
def test_person_and_village_of_a_post_stay(writer, given):
    kept = factories.appointment(village=factories.village(VILLAGE))

    assert told(writer.patch(f"appointments/{kept.pk}/", given)) == {(next(iter(given)), "unknown_field")}


def test_a_neighbours_post_is_not_there(writer):
    kept = factories.appointment(village=factories.village(f"{factories.NEIGHBOUR}201"))

    assert writer.patch(f"appointments/{kept.pk}/", {"end": "2024-03-31"}).status_code == 404


def test_entering_the_committees_leaves_the_pool(writer):
    place = factories.reserve(village=factories.village(VILLAGE))

    writer.post("appointments/", seat(place.person, post="village_committee_member", start="2024-01-01"))

    place.refresh_from_db()
    assert (place.end, place.end_reason) == (datetime.date(2023, 12, 31), "promoted")


def test_a_new_place_in_the_pool(writer):
    person = factories.person(village=VILLAGE)
    given = {"person": person.pk, "village": VILLAGE, "target": "secretary", "start": START, "source": "退伍军人"}

    answer = writer.post("reserves/", given | {"kind": "recruited", "mentor": "陈一"})

    assert answer.status_code == 201
    kept = ReserveCandidate.objects.get()
    assert (kept.target, kept.kind, kept.source, kept.mentor) == ("secretary", "recruited", "veteran", "陈一")


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({"target": "king"}, ("target", "invalid_choice")),
        ({"target": None}, ("target", "blank")),
        ({"start": None}, ("start", "null")),
        ({"village": "x"}, ("village", "unknown_village")),
        ({"person": 999999}, ("person", "unknown_person")),
        ({"end": "2020-01-01"}, ("", "invalid")),
    ],
)
def test_problems_of_a_place(writer, wrong, problem):
    person = factories.person(village=VILLAGE)
    given = {"person": person.pk, "village": VILLAGE, "target": "other", "start": START} | wrong

    assert problem in told(writer.post("reserves/", given))
    assert not ReserveCandidate.objects.exists()


def test_a_place_is_left(writer):
    place = factories.reserve(village=factories.village(VILLAGE))

    answer = writer.patch(f"reserves/{place.pk}/", {"end": "2024-03-31", "end_reason": "left"})

    assert answer.status_code == 200
    place.refresh_from_db()
    assert (place.end, place.end_reason, place.source) == (datetime.date(2024, 3, 31), "left", "")


@pytest.mark.parametrize("path", ["persons/", "appointments/", "reserves/"])
def test_a_reading_token_writes_nothing(township, path):
    assert township.post(path, {}).status_code == 403
    assert township.patch(f"{path}1/", {}).status_code == 403


@pytest.mark.parametrize("path", ["persons/", "appointments/", "reserves/"])
def test_nothing_is_deleted_or_replaced(writer, path):
    assert writer.http.delete(f"/api/v1/{path}1/").status_code in {403, 405}
    assert writer.http.put(f"/api/v1/{path}1/").status_code == 405


@pytest.mark.parametrize("role", ["leader", "auditor", "system_admin"])
def test_who_may_not_write_in_the_browser_may_not_here(role, db):
    from tests.api.conftest import client_of

    client = client_of(factories.OWN, role=role, can_write=True)

    assert client.post("persons/", new_person()).status_code == 403


def test_a_post_in_a_village_that_was_merged_away_can_still_be_corrected(writer):
    gone = factories.village("990121100209", "旧村")
    post = factories.appointment(
        village=gone,
        person=factories.person(village=gone),
        post="clerk",
        end=factories.START + DAY,
        end_reason="merged",
    )
    type(gone).objects.filter(pk=gone.pk).update(end=factories.START + DAY)

    answer = writer.patch(f"appointments/{post.pk}/", {"remarks": "撤并"})

    assert answer.status_code == 200, answer.content.decode()
    post.refresh_from_db()
    assert post.remarks == "撤并"
