"""Taking a batch back, for every model that business data has: created, changed and deleted rows are as they were."""

import decimal

import pytest
from django.db import models

from core.models import JournalEntry
from core.reversal import Reversal
from core.writes import change_rows, create_rows, delete_rows
from talent.models import Appointment, Education, Person, ReserveCandidate, Stationing
from tests import factories
from training.models import Attendance, Certificate, StudyTerm, TrainingWish
from villages.models import DivisionName, Term, VillageFigures, VillageLabel, VillageName

pytestmark = pytest.mark.django_db
BATCH, UNDO = 1, 2
# Models at whose row nothing points, so that it can be deleted.
ENDS = (
    Appointment, Attendance, Certificate, DivisionName, Education, ReserveCandidate, Stationing, StudyTerm, Term, TrainingWish,
    VillageFigures, VillageLabel, VillageName,
)  # fmt: skip


@pytest.fixture
def rows():
    return factories.one_of_each(factories.OWN)


@pytest.fixture
def by():
    return factories.user()


def table(model):
    fields = [field.attname for field in model._meta.concrete_fields if not getattr(field, "auto_now", False)]
    return list(model._base_manager.order_by("pk").values_list(*fields))


def reverse(by, batch=BATCH, into=UNDO):
    reversal = Reversal(batch)
    reversal.judge()
    reversal.take(by=by, into=into)
    return reversal


@pytest.mark.parametrize("model", ENDS)
def test_a_deleted_row_is_back_with_its_key(rows, by, model):
    before = table(model)
    delete_rows([rows[model]], by=by, batch=BATCH)
    assert table(model) != before

    reversal = reverse(by)

    assert table(model) == before
    assert not reversal.kept


@pytest.mark.parametrize("model", ENDS)
def test_a_created_row_is_gone_and_its_undo_can_be_undone(rows, by, model):
    fields = {field.attname: getattr(rows[model], field.attname) for field in model._meta.concrete_fields}
    model._base_manager.filter(pk=rows[model].pk).delete()
    before = table(model)
    create_rows([model(**fields)], by=by, batch=BATCH)
    after = table(model)

    reverse(by)
    assert table(model) == before

    reverse(by, batch=UNDO, into=3)
    assert table(model) == after


def changed(field):
    """Another value for a field that any row may have, or None."""
    if field.choices or field.unique or field.is_relation or not field.editable:
        return None
    if isinstance(field, models.DecimalField):
        return decimal.Decimal("7.5")  # which the database gives back as 7.50
    if isinstance(field, models.TextField | models.CharField) and field.name in {"remarks", "mentor", "school", "name"}:
        return "改"
    return 7 if isinstance(field, models.PositiveIntegerField) and field.name in {"population", "hours"} else None


@pytest.mark.parametrize("model", [*ENDS, Person])
def test_changed_fields_are_as_before(rows, by, model):
    before = table(model)
    new = {field.name: changed(field) for field in model._meta.concrete_fields if changed(field) is not None}
    row = rows[model]
    for name, value in new.items():
        setattr(row, name, value)
    change_rows([row], [*new], by=by, batch=BATCH)

    reversal = reverse(by)

    assert table(model) == before
    assert not reversal.kept


def test_a_row_made_and_unmade_by_one_batch_is_nothing(rows, by):
    made = create_rows([Education(person=rows[Person], level="master")], by=by, batch=BATCH)
    delete_rows(made, by=by, batch=BATCH)

    reversal = reverse(by)

    assert not reversal.taken
    assert not reversal.kept


def test_a_row_changed_and_then_deleted_is_as_before_both(rows, by):
    before = table(Education)
    row = rows[Education]
    row.school = "改"
    change_rows([row], ["school"], by=by, batch=BATCH)
    delete_rows([row], by=by, batch=BATCH)

    reverse(by)

    assert table(Education) == before


def test_a_row_that_the_database_refuses_stays_as_a_whole(rows, by):
    row = rows[Appointment]
    row.remarks = "改"
    change_rows([row], ["remarks"], by=by, batch=BATCH)
    row.end, row.end_reason = row.start, "other"
    change_rows([row], ["end", "end_reason"], by=by, batch=BATCH)
    factories.appointment(person=rows[Person], village=row.village, start=row.start.replace(year=row.start.year + 1))

    reversal = reverse(by)

    row.refresh_from_db()
    assert (row.end, row.remarks) == (row.start, "改")
    assert [kept.why for kept in reversal.listed(lambda entry: True)] == [
        "现在恢复会有冲突：这个人在这个村担任同一职务的时间段重叠了，请核对任职和免职日期。"
    ]
    assert not JournalEntry.objects.filter(batch=UNDO).exists()


def test_of_many_rows_only_those_refused_stay(by):
    seats = [factories.appointment(post="clerk") for _ in range(9)]
    for seat in seats:
        seat.end = seat.start
    change_rows(seats, ["end"], by=by, batch=BATCH)
    for seat in (seats[2], seats[7]):
        factories.appointment(
            person=seat.person, village=seat.village, post="clerk", start=seat.start.replace(year=2023)
        )

    reversal = reverse(by)

    assert {pk for _, pk in reversal.kept} == {seats[2].pk, seats[7].pk}
    assert Appointment.objects.filter(pk__in=[seat.pk for seat in seats], end=None).count() == 7


@pytest.mark.parametrize("build", [factories.education, factories.appointment])
def test_what_a_deleted_row_pointed_at_is_gone_since(by, build):
    someone = factories.person()
    row = build(person=someone)
    delete_rows([row], by=by, batch=BATCH)
    someone.delete()

    reversal = reverse(by)

    assert len(reversal.kept) == 1
    assert "冲突" in reversal.listed(lambda entry: True)[0].why
