"""The audit log: only added to, by anybody, in the same transaction as the change."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from core import audit, writes
from core.models import AuditEntry
from talent.models import Person
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry():
    line = audit.record(by=factories.user(), verb="create", about="张三")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # or TRUNCATE fails for a reason of its own
    return line


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE core_auditentry SET verb = 'x'",
        "DELETE FROM core_auditentry",
        "TRUNCATE core_auditentry",
        "TRUNCATE core_auditentry CASCADE",
    ],
)
def test_nobody_changes_a_line(entry, statement):
    # The test runs as the owner of the table.
    with pytest.raises(DatabaseError, match="操作日志只增不改"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert AuditEntry.objects.get() == entry


@pytest.mark.parametrize("change", [lambda row: row.save(), lambda row: row.delete()])
def test_neither_does_the_orm(entry, change):
    with pytest.raises(DatabaseError, match="操作日志只增不改"), transaction.atomic():
        change(entry)


def test_an_account_with_lines_stays(entry):
    with pytest.raises(Exception, match="protected"), transaction.atomic():
        entry.by.delete()


def refuse_new_lines():
    """From here to the end of the transaction the database takes no audit line."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE core_auditentry ADD CONSTRAINT disk_full CHECK (verb = 'none') NOT VALID")


def test_no_line_no_new_row():
    by, place = factories.user(), factories.village()
    refuse_new_lines()

    with pytest.raises(DatabaseError, match="disk_full"), transaction.atomic():
        writes.create_rows([Person(name="张三", village=place)], by=by)

    assert not Person.objects.exists()


def test_no_line_no_change():
    by, someone = factories.user(), factories.person("张三")
    refuse_new_lines()
    someone.name = "李四"

    with pytest.raises(DatabaseError, match="disk_full"), transaction.atomic():
        writes.change_rows([someone], ["name"], by=by)

    assert Person.objects.get().name == "张三"


def test_a_change_rolled_back_leaves_no_line():
    by = factories.user()

    with pytest.raises(ZeroDivisionError), transaction.atomic():  # noqa: PT012
        writes.create_rows([Person(name="张三", village=factories.village())], by=by)
        1 / 0  # noqa: B018

    assert not AuditEntry.objects.exists()


def test_a_line_says_who_where_and_what():
    by = factories.user("township_clerk", factories.OWN, username="clerk")
    someone = factories.person("张三")
    someone.name = "李四"

    writes.change_rows([someone], ["name"], by=by, reason="更正", batch=7)

    line = AuditEntry.objects.get()
    assert (line.by, line.by_name, line.role, line.division_code) == (by, "clerk", "township_clerk", factories.OWN)
    assert (line.verb, line.model, line.object_id, line.batch) == ("change", "talent.person", str(someone.pk), 7)
    assert (line.before, line.after, line.reason) == ({"name": "张三"}, {"name": "李四"}, "更正")


def test_a_change_that_changes_nothing_leaves_no_line():
    someone = factories.person()

    assert writes.change_rows([someone], ["name"], by=factories.user()) == []
    assert not AuditEntry.objects.exists()


def test_a_set_costs_the_same_statements_as_one():
    by, place = factories.user(), factories.village()

    def statements(count):
        with CaptureQueriesContext(connection) as sent:
            writes.create_rows([Person(name=f"张{n}", village=place) for n in range(count)], by=by)
        return len(sent)

    assert statements(2) == statements(20)


def test_what_a_command_did_is_shown_where_the_row_belongs(db):
    audit.record(by=None, verb="load", obj=factories.division(factories.COUNTY))
    audit.record(by=None, verb="change", obj=factories.person(village=factories.village_in(factories.OWN)))

    def seen(code):
        return set(AuditEntry.objects.visible_to(factories.user("auditor", code)).values_list("verb", flat=True))

    assert seen(factories.COUNTY) == {"load", "change"}
    assert seen(factories.OWN) == {"change"}
    assert seen(factories.OTHER_COUNTY) == set()
