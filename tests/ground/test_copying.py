"""Sets written with one statement are the rows that bulk_create and bulk_update would have left, for every model."""

import datetime
import decimal

import pytest
from django.apps import apps
from django.db import DataError, IntegrityError, connection, models, transaction

from core.collecting import unsaved
from core.copying import copy_rows, update_rows
from core.fields import DerivedField, EncryptedBinaryField, EncryptedJSONField
from talent.models import Education, Person
from tests import factories

pytestmark = pytest.mark.django_db

OURS = ("awards", "core", "rosters", "talent", "training", "villages")
MODELS = [model for model in apps.get_models() if model._meta.app_label in OURS]
TEXTS = ("单志强", "a\tb\nc\rd\\e\\N", "\\.", 'it\'s "so"', "𠮷野·阿依", "", " x ")
JSONS = ({"a": ["\t", "\\", "”", None, 1.5, True]}, {}, [1, "二"], [], {"深": {"层": "\n"}}, [], {})
NUMBERS = (0, 1, 7, 32000, 5, 2, 3)


def value_of(field, turn):
    """A value for the field that COPY could get wrong; every third nullable one is null."""
    if field.null and turn % 3 == 2:
        return None
    if field.choices:
        return field.choices[turn % len(field.choices)][0]
    if isinstance(field, models.ForeignKey):
        return value_of(field.target_field, turn) if field.target_field.get_internal_type() == "CharField" else turn + 1
    if isinstance(field, models.JSONField | EncryptedJSONField):
        return JSONS[turn]
    if isinstance(field, EncryptedBinaryField):
        return bytes(range(256)) * (turn + 1)
    if isinstance(field, models.CharField | models.TextField):
        return TEXTS[turn][: field.max_length]
    by_kind = {
        "BooleanField": turn % 2 == 0,
        "DateField": datetime.date(2021, 2, turn + 1),
        "DateTimeField": datetime.datetime(2021, 2, turn + 1, 3, 4, 5, 678, tzinfo=datetime.UTC),
        "DecimalField": decimal.Decimal("12.50") + turn,
        "TimeField": datetime.time(9, turn + 1),
    }
    return by_kind.get(field.get_internal_type(), NUMBERS[turn])


def instances(model):
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    settable = [field for field in fields if not isinstance(field, DerivedField)]
    return [model(**{field.attname: value_of(field, turn) for field in settable}) for turn in range(len(TEXTS))]


def stored(model):
    """What the table holds, without keys and times of saving."""
    names = [
        field.attname
        for field in model._meta.concrete_fields
        if not (field.primary_key or getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False))
    ]
    return list(model._base_manager.order_by("pk").values_list(*names))


@pytest.fixture
def alone():
    """Puts an empty table without constraints before a model's own for the rest of the test."""

    def shadow(model):
        table = model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TEMP TABLE {table} (LIKE public.{table} INCLUDING IDENTITY) ON COMMIT DROP")

    return shadow


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_copy_leaves_the_rows_of_bulk_create(alone, model):
    alone(model)
    model._base_manager.bulk_create(instances(model))
    expected = stored(model)
    connection.cursor().execute(f"TRUNCATE {model._meta.db_table}")

    copy_rows(instances(model))

    assert stored(model) == expected


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_update_leaves_the_rows_of_bulk_update(alone, model):
    alone(model)
    rows = copy_rows(instances(model))
    names = [field.name for field in model._meta.concrete_fields if not field.primary_key]
    for row, other in zip(rows, instances(model)[::-1], strict=True):
        for field in model._meta.concrete_fields[1:]:
            setattr(row, field.attname, getattr(other, field.attname))
    model._base_manager.bulk_update(rows, names)
    expected = stored(model)
    connection.cursor().execute(f"TRUNCATE {model._meta.db_table}")
    kept = copy_rows(instances(model))
    for row, other in zip(kept, rows, strict=True):
        other.pk = row.pk

    update_rows(rows, names)

    assert stored(model) == expected


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_instances_made_of_a_set_are_as_each_by_itself(model):
    given = [vars(row) for row in instances(model)]
    given = [{name: row[name] for name in row if name != "_state" and turn % 2} for turn, row in enumerate(given)]

    made = unsaved(model, given)

    times = {field.attname for field in model._meta.concrete_fields if isinstance(field, models.DateTimeField)}
    for row, values in zip(made, given, strict=True):
        expected = vars(model(**values))
        assert vars(row).keys() == expected.keys()
        assert all(vars(row)[name] == expected[name] for name in expected.keys() - {"_state", *times})
    assert len({id(row._state) for row in made}) == len(made)
    assert all(row._state.adding for row in made)


def test_what_the_model_does_not_know_is_refused():
    with pytest.raises(TypeError, match="nobody"):
        unsaved(Education, [{"level": "bachelor", "nobody": 1}])


def test_update_refuses_what_is_too_long():
    person = factories.person()
    person.native_place = "长" * 200

    with pytest.raises(DataError), transaction.atomic():
        update_rows([person], ["native_place"])


def test_copied_instances_know_their_keys_in_order():
    village = factories.village()
    people = copy_rows([Person(name=f"甲{number}", village=village) for number in range(3)])

    assert [Person.objects.get(pk=person.pk).name for person in people] == ["甲0", "甲1", "甲2"]
    assert not any(person._state.adding for person in people)


def test_copied_row_of_somebody_saved_since():
    person = Person(name="甲", village=factories.village())
    level = Education(person=person, level="bachelor")
    person.save()

    copy_rows([level])

    assert Education.objects.get(pk=level.pk).person == person


def test_copy_that_breaks_a_constraint_writes_nothing():
    village = factories.village()

    with pytest.raises(IntegrityError), transaction.atomic():
        copy_rows([Person(name="甲", village=village), Person(name="", village=village)])

    assert not Person.objects.exists()


def test_error_while_lines_are_made_is_told_as_it_is():
    village = factories.village()

    with pytest.raises(ValueError, match="nobody"), transaction.atomic():
        copy_rows([Education(person=factories.person(village=village), level="nobody")])

    assert not Education.objects.exists()


def test_an_empty_set_is_nothing_to_write():
    assert copy_rows([]) == []
    assert update_rows([], ["name"]) is None
