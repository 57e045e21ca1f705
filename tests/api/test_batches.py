"""Rows of every kind of roster given in bulk by another system: checked, matched and written as a workbook's are."""

import datetime
import io
import json

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.models import AuditEntry, Job
from rosters import importer, spec
from rosters.limits import MAX_ROWS
from rosters.models import Upload
from rosters.views import delivering
from talent.models import Appointment, Person, RuralTalent, Stationing
from tests import factories
from tests.api.conftest import client_of
from tests.rosters import county as sample
from tests.rosters.background import drain
from tests.rosters.test_collection import staff
from tests.rosters.test_giving_out import exported, keep_samples
from training.models import TrainingSession

__all__ = ["staff"]  # a fixture
pytestmark = pytest.mark.django_db

VILLAGE = "990121100201"
HEADER_ROW = 3  # of an exported workbook


@pytest.fixture
def places(db):
    """Two villages of the writer's township and one of the neighbour's, with names that repeat."""
    factories.division(factories.COUNTY, "清源县")
    factories.division(factories.OWN, "清溪镇")
    factories.division(factories.NEIGHBOUR, "南坪乡")
    factories.village(VILLAGE, "东山村")
    factories.village("990121100202", "西山村")
    factories.village(f"{factories.NEIGHBOUR}201", "南山村")


def cadre(name="张建国", **fields):
    given = {"village": "东山村", "name": name, "id_number": factories.id_number(), "posts": "村委委员"}
    return given | {"start_date": "2021-03"} | fields


def told(answer, status=201):
    assert answer.status_code == status, answer.content.decode()
    return answer.json()


def give(client, *rows, kind="committee", status=201, **more):
    return told(client.post(f"rosters/{kind}/", {"rows": list(rows), **more}), status)


def problems(batch):
    """{(index, column, code)} of what keeps rows from being written."""
    found = [problem for row in batch["rows"] for problem in row["problems"]]
    return {(problem["index"], problem["column"], problem["code"]) for problem in found if problem["level"] == "error"}


def refused(answer):
    return {(found["field"], found["code"]) for found in told(answer, 400)["errors"]}


# --- every kind


def as_json(content):
    """The rows of an exported workbook as another system would give them."""
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    header, *rows = sheet.iter_rows(min_row=HEADER_ROW, values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def test_every_kind_has_an_example_here():
    assert {roster.slug for roster in spec.importable()} == {*KINDS, *BY_ACCOUNTS_ONLY}


# What a department fills in with its own account, and what is closed to a token as if it did not exist.
BY_ACCOUNTS_ONLY = {roster.slug for roster in spec.importable() if roster.own_door or roster.closed}
KINDS = [roster.slug for roster in spec.importable() if roster.export and roster.slug not in BY_ACCOUNTS_ONLY]


@pytest.mark.parametrize("slug", KINDS)
def test_what_is_kept_comes_back_unchanged(staff, slug):
    roster, on = spec.get(slug), timezone.localdate()
    target = keep_samples(staff, roster, on)
    rows = as_json(exported(staff, roster, target))
    client = client_of(sample.COUNTY, can_write=True)

    by_header = give(client, *rows, kind=slug, target=target)
    fields = {column.spellings[0]: column.field for column in reversed(roster.columns) if column.spellings}
    by_field = give(client, *[{fields[k]: v for k, v in row.items()} for row in rows], kind=slug, target=target)

    for batch in (by_header, by_field):
        assert batch["counts"] == {
            "rows": len(rows), "new": 0, "changed": 0, "unchanged": len(rows), "error": 0, "warn": batch["counts"]["warn"],
        }, problems(batch)  # fmt: skip
        assert (batch["state"], batch["target"]) == ("committed", target)
        assert {row["change"] for row in batch["rows"]} == {"unchanged"}
    assert len(rows) > 0


@pytest.mark.parametrize("slug", KINDS)
def test_the_workbook_of_a_kind_is_read_alike_as_json(staff, slug):
    """One validator: what a workbook's rows are told, the same rows given as JSON are told too."""
    roster, on = spec.get(slug), timezone.localdate()
    target = keep_samples(staff, roster, on)
    rows = as_json(exported(staff, roster, target))
    for row in rows:
        for header in row:
            row[header] = "不是这样" if header.endswith(("时间", "日期", "号", "人数")) else row[header]
    book = openpyxl.Workbook()
    book.active.append(list(rows[0]))
    for row in rows:
        book.active.append(list(row.values()))
    output = io.BytesIO()
    book.save(output)

    file = importer.upload(
        by=staff, kind=slug, filename="x.xlsx", content=output.getvalue(), as_of=on, target_id=target
    )
    batch = give(client_of(sample.COUNTY, can_write=True), *rows, kind=slug, target=target, dry_run=True)

    of_file = [(row.order, row.outcome, row.change, [p["code"] for p in row.problems]) for row in file.rows.all()]
    of_json = [(r["index"], r["outcome"], r["change"], [p["code"] for p in r["problems"]]) for r in batch["rows"]]
    assert of_json == of_file


def test_the_kinds_say_what_they_take(staff):
    held = factories.session(sample.COUNTY, start=timezone.localdate(), end=timezone.localdate())
    client = client_of(sample.COUNTY, can_write=True)

    kinds = {kind["slug"]: kind for kind in told(client.get("rosters/"), 200)}

    assert set(kinds) == set(KINDS)
    for slug, kind in kinds.items():
        roster = spec.get(slug)
        assert kind["title"] == roster.title
        assert [column["name"] for column in kind["columns"]] == [column.field for column in roster.columns]
        assert (kind["target"] is None) == (roster.target is None)
        assert kind["writable"]
    assert [target["id"] for target in kinds["trainees"]["targets"]] == [held.pk]
    columns = {column["name"]: column for column in kinds["committee"]["columns"]}
    assert (columns["posts"]["required"], columns["phone"]["required"]) == (True, False)
    assert {"value": "female", "label": "女"} in columns["sex"]["choices"]


def test_one_kind_also_names_the_words_of_its_lists(places):
    factories.topic(factories.COUNTY, name="党建业务")

    kind = told(client_of(factories.OWN, can_write=True).get("rosters/wishes/"), 200)

    topic = next(column for column in kind["columns"] if column["name"] == "topic")
    assert {"value": "党建业务", "label": "党建业务"} in topic["choices"]


@pytest.mark.parametrize("path", ["rosters/nothing/", "rosters/secretaries/"])
def test_a_kind_that_cannot_be_written_is_not_there(writer, path):
    assert writer.get(path).status_code == 404
    assert writer.post(path, {"rows": [{"name": "x"}]}).status_code == 404


# --- one batch


def test_rows_are_written_as_a_batch(places, writer):
    batch = give(
        writer, cadre(phone=13905990123), cadre("李小芳", village="西山村", posts=["村委委员", "妇女主席"][:1])
    )

    assert (batch["state"], batch["counts"]["new"], batch["title"]) == ("committed", 2, "村“两委”干部花名册")
    assert Appointment.objects.count() == 2
    assert Person.objects.get(name="张建国").phone == "13905990123"
    upload = Upload.objects.get()
    assert (upload.pk, upload.division_id, upload.committed_by_id) == (batch["id"], factories.OWN, upload.by_id)
    lines = AuditEntry.objects.filter(batch=upload.pk)
    assert {"upload", "import"} <= {line.verb for line in lines}
    assert {line.role for line in lines} == {"api_client"}


def test_the_same_rows_again_change_nothing(places, writer):
    rows = [cadre(), cadre("李小芳")]
    give(writer, *rows)
    before = AuditEntry.objects.filter(model__in=["talent.person", "talent.appointment"]).count()

    again = give(writer, *rows)

    assert (again["state"], again["counts"]["unchanged"], again["counts"]["changed"]) == ("committed", 2, 0)
    assert AuditEntry.objects.filter(model__in=["talent.person", "talent.appointment"]).count() == before


def test_absent_and_null_leave_and_a_word_clears(places, writer):
    row = cadre(phone="13905990123", remarks="某")
    give(writer, row)
    person = Person.objects.get()

    left = give(writer, {k: v for k, v in row.items() if k != "remarks"} | {"phone": None})
    assert left["counts"]["unchanged"] == 1

    cleared = give(writer, row | {"phone": "清空", "remarks": None})
    person.refresh_from_db()
    assert (cleared["counts"]["changed"], person.phone, person.remarks) == (1, None, "某")


def test_problems_name_row_and_column(places, writer):
    bad = cadre("李小芳", id_number="99012119850612001X", start_date="不详")

    batch = give(writer, cadre(), bad, cadre(name=None), cadre(village="东山"))

    assert batch["state"] == "committed"
    assert (batch["counts"]["new"], batch["counts"]["error"]) == (2, 2) or batch["counts"]["error"] == 2
    assert {(1, "id_number", "id_checksum"), (1, "start_date", "bad_date"), (2, "name", "missing_name")} <= problems(
        batch
    )
    told_of = next(p for p in batch["rows"][1]["problems"] if p["column"] == "start_date")
    assert (told_of["row"], told_of["label"]) == (3, "任现职时间")
    assert "请改成" in told_of["message"]


def test_a_repeated_row_names_the_other_by_its_number(places, writer):
    row = cadre()

    batch = give(writer, row, row)

    assert (1, "id_number", "duplicate_in_file") in problems(batch)
    assert "第 2 行" in batch["rows"][1]["problems"][0]["message"]
    assert [found["row"] for found in batch["rows"]] == [2, 3]


def test_no_row_is_taken_for_something_else(places, writer):
    """What a file's reader leaves out (sums, notes, blank lines) is a row here, with its own problems."""
    odd = [
        {"name": "合计", "posts": "3 人"},
        {"name": "填表人：张三"},
        {"name": None},
        {"name": "姓名"},
        {"village": "东山村"},
    ]

    batch = give(writer, *odd)

    assert (batch["counts"]["rows"], batch["counts"]["error"]) == (5, 5)
    assert [row["index"] for row in batch["rows"]] == [0, 1, 2, 3, 4]
    assert (batch["state"], Appointment.objects.count()) == ("read", 0)


def test_all_or_nothing_holds_the_batch(places, writer):
    batch = give(writer, cadre(), cadre(name=""), mode="all_or_nothing")

    assert (batch["state"], batch["counts"]["new"], batch["counts"]["error"]) == ("read", 1, 1)
    assert not Person.objects.exists()


def test_a_trial_writes_nothing(places, writer):
    batch = give(writer, cadre(), dry_run=True)

    assert (batch["state"], batch["counts"]["new"], batch["rows"][0]["change"]) == ("dropped", 1, "new")
    assert not Person.objects.exists()
    assert not Appointment.objects.exists()


def test_a_batch_in_the_list_of_the_page(places, writer, client):
    batch = give(writer, cadre(name=""), cadre())
    client.force_login(factories.user("township_clerk", factories.OWN))

    assert "（接口写入）" in client.get(reverse("roster_home")).content.decode()
    result = client.get(reverse("roster_result", args=[batch["id"]])).content.decode()
    assert "姓名" in result


def test_what_was_held_is_corrected_on_the_page(places, writer, client):
    batch = give(writer, cadre(name=None), mode="all_or_nothing")
    client.force_login(factories.user("township_clerk", factories.OWN))

    for route in ("roster_preview", "roster_mapping"):
        assert client.get(reverse(route, args=[batch["id"]])).status_code == 200
    client.post(reverse("roster_correct", args=[batch["id"], 0]), {"cell-name": "张三"})
    client.post(reverse("roster_confirm", args=[batch["id"]]))
    assert Person.objects.get().name == "张三"
    workbook = client.get(reverse("roster_workbook", args=[batch["id"]]))
    sheet = openpyxl.load_workbook(io.BytesIO(workbook.content)).worksheets[0]
    assert [cell.value for cell in sheet[1]][:2] == ["行政村", "姓名"]


# --- whose rows


def test_another_townships_rows_are_refused_as_in_a_file(places, writer):
    held = factories.person("王大山", village=f"{factories.NEIGHBOUR}201")

    batch = give(writer, cadre(village="南山村"), cadre("王大山", id_number=held.id_number))

    assert {(found[0], found[2]) for found in problems(batch)} == {(0, "outside_scope"), (1, "held_elsewhere")} or {
        0, 1
    } == {found[0] for found in problems(batch)}  # fmt: skip
    assert not Appointment.objects.exists()
    assert factories.NEIGHBOUR not in json.dumps(batch)


def test_the_county_writes_for_its_townships(places, county_writer):
    batch = give(county_writer, cadre(village="南山村", township="南坪乡"))

    assert batch["counts"]["new"] == 1


def test_a_token_for_one_township_writes_there_only(places):
    narrowed = client_of(factories.COUNTY, can_write=True, division=factories.division(factories.OWN))

    batch = give(narrowed, cadre(), cadre(village="南山村", township="南坪乡"))

    assert (batch["division"], batch["counts"]["new"], batch["counts"]["error"]) == (factories.OWN, 1, 1)
    told(narrowed.post(f"uploads/{batch['id']}/undo/", {}), 201)
    assert not Appointment.objects.exists()


def test_a_township_does_not_take_back_what_the_county_wrote_for_it(places, county_writer, writer):
    batch = give(county_writer, cadre(township="清溪镇"))

    assert writer.post(f"uploads/{batch['id']}/undo/", {}).status_code == 404


def test_a_village_by_its_code(places, writer):
    batch = give(writer, cadre(village=VILLAGE), cadre(village=f"{factories.NEIGHBOUR}201"))

    assert (batch["counts"]["new"], {found[0] for found in problems(batch)}) == (1, {1})
    assert Appointment.objects.get().village_id == VILLAGE


def test_who_may_not_write(places, township):
    assert township.post("rosters/committee/", {"rows": [cadre()]}).status_code == 403
    assert told(township.get("rosters/committee/"), 200)["writable"] is False
    for role in ("leader", "auditor", "system_admin"):
        browser = Client()
        browser.force_login(factories.user(role, factories.COUNTY))
        given = json.dumps({"rows": [cadre()]})
        answer = browser.post("/api/v1/rosters/committee/", given, content_type="application/json")
        assert answer.status_code == 403
    assert not Upload.objects.exists()


def test_a_province_writes_no_rosters(places):
    answer = client_of("99", can_write=True).post("rosters/committee/", {"rows": [cadre()]})

    assert "县级或乡镇" in told(answer, 403)["detail"]


def test_a_clerk_writes_by_session(places):
    browser = Client()
    browser.force_login(factories.user("township_clerk", factories.OWN))

    answer = browser.post(
        "/api/v1/rosters/committee/", json.dumps({"rows": [cadre()]}), content_type="application/json"
    )

    assert told(answer)["counts"]["new"] == 1


# --- what is no batch at all


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({}, ("rows", "required")),
        ({"rows": []}, ("rows", "empty")),
        ({"rows": {}}, ("rows", "not_a_list")),
        ({"rows": None}, ("rows", "null")),
        ({"rows": [1]}, ("rows[0]", "not_a_row")),
        ({"rows": [{}]}, ("rows", "no_columns")),
        ({"rows": [{"name": "x"}, {"name": {"a": 1}}]}, ("rows[1].name", "bad_value")),
        ({"rows": [{"name": "x", "posts": [["a"]]}]}, ("rows[0].posts", "bad_value")),
        ({"rows": [{"salary": 1}]}, ("salary", "unknown_field")),
        ({"rows": [{"": 1}]}, ("", "unknown_field")),
        ({"rows": [{"name": "x", "姓名": "y"}]}, ("姓名", "column_twice")),
        ({"rows": [{"name": "x"}], "mode": "some"}, ("mode", "invalid_choice")),
        ({"rows": [{"name": "x"}], "as_of": "9999-12-31"}, ("as_of", "in_future")),
        ({"rows": [{"name": "x"}], "as_of": "2021.3"}, ("as_of", "invalid")),
        ({"rows": [{"name": "x"}], "target": 7}, ("target", "no_target")),
        ({"rows": [{"name": "x"}], "division": "99"}, ("division", "unknown_field")),
        ({"rows": [{"name": "x"}] * (MAX_ROWS + 1)}, ("rows", "max_length")),
    ],
)  # fmt: skip
def test_what_is_no_batch(places, writer, given, problem):
    assert problem in refused(writer.post("rosters/committee/", given))
    assert not Upload.objects.exists()


def test_a_batch_about_a_class_names_it(places, writer):
    neighbours = factories.session(factories.NEIGHBOUR, start=timezone.localdate(), end=timezone.localdate())

    for given, code in (
        ({}, "missing_target"),
        ({"target": neighbours.pk}, "unknown_target"),
        ({"target": 10**30}, "unknown_target"),
    ):
        answer = writer.post("rosters/trainees/", {"rows": [{"name": "张三"}], **given})
        assert ("target", code) in refused(answer)
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    "value", ["", " ", "\u0000", "字" * 1000, 10**400, -1, 1e308, True, [], ["", None], "0001-01-01", "9999-12-31", "=1+1", 0.1, "\ud800"]
)  # fmt: skip
@pytest.mark.parametrize(
    "slug", ["committee", "plan", "villages", "demands", "applicants", "reviews", "election_results", "village_steps"]
)
def test_odd_values_are_told_never_a_fault(staff, slug, value):
    """Each column in turn holds something that nobody should send."""
    roster = spec.get(slug)
    makers = {
        "demands": factories.demand_round, "applicants": factories.recruitment, "reviews": factories.review_round,
        "election_results": factories.election_round, "village_steps": factories.election_round,
    }  # fmt: skip
    target = makers[slug](sample.COUNTY).pk if slug in makers else None
    rows = [{column.field: value} for column in roster.columns] + [{column.field: value for column in roster.columns}]
    if target and target not in dict(importer.offered_targets(roster, staff)):
        target = next(iter(dict(importer.offered_targets(roster, staff))), None)

    answer = client_of(sample.COUNTY, can_write=True).post(f"rosters/{slug}/", {"rows": rows, "target": target})

    assert answer.status_code in {201, 400}, answer.content.decode()


def test_an_old_date(places, writer):
    batch = give(writer, cadre(), as_of="1949-10-01")

    assert batch["as_of"] == "1949-10-01"


# --- large ones


def test_a_large_batch_is_the_workers(places, writer, monkeypatch):
    monkeypatch.setattr(delivering, "SMALL", 10)

    answer = writer.post("rosters/committee/", {"rows": [cadre(), cadre(name="")]})

    batch = told(answer, 202)
    assert (batch["state"], batch["work"]["state"]) == ("queued", "waiting")
    assert "rows" not in batch
    assert not Person.objects.exists()
    drain()
    done = told(writer.get(answer["Location"]), 200)
    assert (done["state"], done["counts"]["new"], done["counts"]["error"]) == ("committed", 1, 1)
    rows = told(writer.get(f"uploads/{batch['id']}/rows/", outcome="error"), 200)["results"]
    assert [row["index"] for row in rows] == [1]


def test_a_large_trial_and_a_large_batch_of_a_narrow_token(places, monkeypatch):
    monkeypatch.setattr(delivering, "SMALL", 10)
    narrowed = client_of(factories.COUNTY, can_write=True, division=factories.division(factories.OWN))
    elsewhere = cadre(village="南山村", township="南坪乡")

    tried = give(narrowed, cadre(), status=202, dry_run=True)
    kept = give(narrowed, cadre(), elsewhere, status=202, mode="valid_rows")
    drain()

    assert told(narrowed.get(f"uploads/{tried['id']}/"), 200)["state"] == "dropped"
    done = told(narrowed.get(f"uploads/{kept['id']}/"), 200)
    assert (done["state"], done["counts"]["new"], done["counts"]["error"]) == ("committed", 1, 1)
    assert set(AuditEntry.objects.filter(batch=kept["id"]).values_list("division_code", flat=True)) == {factories.OWN}


def test_a_large_commit_is_the_workers(places, writer, monkeypatch):
    monkeypatch.setattr(delivering, "FEW_ROWS", 1)

    batch = give(writer, cadre(), cadre("李小芳"), status=202)
    assert batch["state"] == "read"
    drain()

    assert told(writer.get(f"uploads/{batch['id']}/"), 200)["state"] == "committed"
    assert Job.objects.get().status == "done"


# --- review, undo, reading


def review(kind="committee"):
    boss = factories.user("county_staff", factories.COUNTY)
    importer.set_reviewed({kind}, [kind], by=boss)
    return boss


def test_a_kind_under_review_waits_for_the_county(places, writer, client):
    boss = review()

    batch = give(writer, cadre())

    assert batch["state"] == "submitted"
    assert not Person.objects.exists()
    assert told(writer.get("rosters/committee/"), 200)["needs_review"]
    client.force_login(boss)
    upload = Upload.objects.get()
    given = {"decision": "approve", "shown": upload.fingerprint, "submitted_at": upload.submitted_at.isoformat()}
    client.post(reverse("roster_review", args=[upload.pk]), given)
    assert told(writer.get(f"uploads/{batch['id']}/"), 200)["state"] == "committed"
    assert Person.objects.count() == 1


def test_what_changes_nothing_is_not_sent_for_review(places, writer):
    row = cadre()
    give(writer, row)
    review()

    assert give(writer, row)["state"] == "committed"


def test_a_batch_is_taken_back(places, writer):
    batch = give(writer, cadre())
    look = told(writer.post(f"uploads/{batch['id']}/undo/", {"dry_run": True}), 200)
    assert Appointment.objects.count() == 1

    undone = told(writer.post(f"uploads/{batch['id']}/undo/", {}), 201)

    assert (undone["undoes"], look["taken"]) == (batch["id"], undone["counts"]["rows"])
    assert not Appointment.objects.exists()
    assert told(writer.get(f"uploads/{batch['id']}/"), 200)["undone_by"] == undone["id"]
    assert told(writer.post(f"uploads/{batch['id']}/undo/", {}), 200)["id"] == undone["id"]
    assert told(writer.get(f"uploads/{undone['id']}/rows/"), 200)["results"] == []


def test_what_stays_after_an_undo_is_told(places, writer):
    batch = give(writer, cadre())
    writer.patch(f"persons/{Person.objects.get().pk}/", {"remarks": "后来改过"})

    look = told(writer.post(f"uploads/{batch['id']}/undo/", {"dry_run": True}), 200)
    undone = told(writer.post(f"uploads/{batch['id']}/undo/", {}), 201)

    assert look["kept"]
    assert all(found["why"] for found in look["kept"])
    rows = told(writer.get(f"uploads/{undone['id']}/rows/"), 200)["results"]
    assert len(rows) == len(look["kept"])


def test_what_cannot_be_taken_back_says_why(places, writer):
    batch = give(writer, cadre(), dry_run=True)

    assert "没有入库" in told(writer.post(f"uploads/{batch['id']}/undo/", {}), 409)["detail"]


def test_uploads_are_ones_own_and_masked(places, writer, township):
    number = factories.id_number()
    batch = give(writer, cadre(id_number=number, phone="13905990123"))
    beside = client_of(factories.NEIGHBOUR, can_write=True)

    assert beside.get("uploads/").json()["results"] == []
    for path in (f"uploads/{batch['id']}/", f"uploads/{batch['id']}/rows/"):
        assert beside.get(path).status_code == 404
        seen = township.get(path)
        assert number not in seen.content.decode()
        assert "13905990123" not in seen.content.decode()
        assert seen.status_code == 200
    assert beside.post(f"uploads/{batch['id']}/undo/", {}).status_code == 404
    assert township.post(f"uploads/{batch['id']}/undo/", {}).status_code == 403
    row = told(township.get(f"uploads/{batch['id']}/rows/"), 200)["results"][0]
    assert row["cells"]["phone"] == "139****0123"
    assert row["village"] == VILLAGE


def test_lists_are_narrowed_and_unknown_filters_told(places, writer):
    give(writer, cadre())
    give(writer, cadre("李小芳"), dry_run=True)

    found = told(writer.get("uploads/", state="dropped", kind="committee"), 200)["results"]
    assert [upload["counts"]["new"] for upload in found] == [1]
    assert writer.get("uploads/", status="x").status_code == 400
    assert writer.get("uploads/", state="x").status_code == 400
    assert writer.get(f"uploads/{found[0]['id']}/rows/", outcome="x").status_code == 400


def test_lists_cost_the_same_for_many(places, writer, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost(path):
        with CaptureQueriesContext(connection) as asked:
            assert writer.get(path).status_code == 200
        return len(asked)

    batch = give(writer, cadre())
    before = cost("uploads/"), cost(f"uploads/{batch['id']}/rows/")
    for _ in range(5):
        batch = give(writer, *[cadre(f"人{factories.id_number()[4:9]}") for _ in range(10)])

    assert (cost("uploads/"), cost(f"uploads/{batch['id']}/rows/")) == before


# --- what could only be read one by one is written in bulk


def test_models_that_are_only_read_one_by_one_are_written_in_bulk(places, writer):
    someone = {"village": "东山村", "name": "张建国", "id_number": factories.id_number(datetime.date(1985, 6, 12))}

    stationed = give(
        writer,
        someone
        | {"posts": "第一书记", "dispatch_unit": "县农业农村局", "start_date": "2023-05", "education": "大学本科"},
        kind="stationed",
    )
    talent = give(writer, someone | {"skills": ["竹编", "直播"], "entered_on": "2022-01"}, kind="talent")

    assert (stationed["counts"]["new"], talent["counts"]["new"]) == (1, 1)
    assert Stationing.objects.get().dispatch_unit == "县农业农村局"
    assert Person.objects.get().educations.get().level == "bachelor"
    assert "竹编" in RuralTalent.objects.get().skills


def test_classes_results_and_marks_of_a_county_by_rest(places, county_writer):
    held = {
        "class_title": "村党组织书记轮训",
        "plan_group": "村党组织书记",
        "class_start": "2026-03-05",
        "class_end": "2026-03-07",
    }
    batch = give(county_writer, held | {"class_courses": "村务公开实务"}, kind="sessions")

    session = TrainingSession.objects.get()
    assert (batch["counts"]["new"], session.end, session.courses.get().name) == (
        1,
        datetime.date(2026, 3, 7),
        "村务公开实务",
    )
    someone = factories.person("张建国", village=VILLAGE)
    factories.enrollment(person=someone, session=session, village=someone.village)
    score = {
        "village": "东山村",
        "name": "张建国",
        "id_number": someone.id_number,
        "test_score": 91,
        "class_result": "合格",
    }
    give(county_writer, score, kind="results", target=session.pk)
    give(county_writer, {"marked_course": "村务公开实务", "mark_five": 12}, kind="course_marks", target=session.pk)
    survey = give(county_writer, {"survey_year": 2026, "survey_name": "年度调查"}, kind="demand_rounds")
    assert session.enrollments.values_list("score", "result").get() == (91, "qualified")
    assert session.feedback.get().five == 12
    assert survey["counts"]["new"] == 1


def test_a_township_writes_no_class_and_no_survey_by_rest(places, writer):
    held = {"class_title": "本镇班", "plan_group": "党员", "class_start": "2026-03-05"}

    batch = give(writer, held, kind="sessions")

    assert {found[2] for found in problems(batch)} == {"class_of_county"}
    batch = give(writer, {"survey_year": 2026, "survey_name": "年度调查"}, kind="demand_rounds")
    assert {found[2] for found in problems(batch)} == {"survey_of_county"}


def test_whoever_was_withdrawn_is_nominated_anew_by_rest(places, writer):
    held, someone = factories.award_round(), factories.person("张建国", village=VILLAGE)
    gone = {"withdrawn_on": datetime.date(2026, 5, 1), "withdraw_reason": "材料不全"}
    factories.nomination(round=held, person=someone, **gone)
    row = {"nominee_type": "个人", "name": "张建国", "id_number": someone.id_number, "unit": "东山村"}

    assert give(writer, row, kind="nominees", target=held.pk)["counts"]["new"] == 1
    assert held.nominations.standing().count() == 1
    assert give(writer, row, kind="nominees", target=held.pk)["counts"]["unchanged"] == 1


def test_the_county_gives_grades_by_rest_and_counts_are_corrected_with_a_reason(places, county_writer):
    scored = factories.evaluation_score(township_points=30)
    row, counts = (
        scored.evaluation,
        {"issued": 9, "returned": 9, "valid": 9, "satisfied": 9, "fair": 0, "dissatisfied": 0},
    )
    who = {"village": row.village.name, "name": row.person.name, "id_number": row.person.id_number}

    give(county_writer, who | counts, kind="evaluations", target=row.scheme_id)
    refused = give(county_writer, who | {"satisfied": 8}, kind="evaluations", target=row.scheme_id)
    assert {found[1:] for found in problems(refused)} == {("ballot_reason", "correction_reason")}
    told = {"satisfied": 8, "ballot_reason": "多记一票", "final_grade": "称职"}
    give(county_writer, who | told, kind="evaluations", target=row.scheme_id)

    row.refresh_from_db()
    assert (row.satisfied, row.grade, row.corrections.get().satisfied) == (8, "competent", 9)
