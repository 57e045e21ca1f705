"""Writing sets of rows with one statement each: COPY for new ones, UPDATE … FROM for kept ones; the same rows as
bulk_create and bulk_update leave, several times as fast."""

import datetime
import decimal
import json
import re
import uuid
from functools import cache
from itertools import chain, islice

from django.db import connection, models, transaction
from psycopg2.extensions import Binary
from psycopg2.extras import Json

from core.collecting import getter
from core.fields import EncryptedTextField, JsonText

NULL = "\\N"
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
ROWS_A_PIECE = 200  # that are made into text together, column by column
# What psycopg2 is given for a value of this kind of field is the value itself.
UNTOUCHED = {
    "CharField": str,
    "TextField": str,
    "IntegerField": int,
    "SmallIntegerField": int,
    "BigIntegerField": int,
    "PositiveIntegerField": int,
    "PositiveSmallIntegerField": int,
    "BigAutoField": int,
    "BooleanField": bool,
    "DateField": datetime.date,
}


TEXTS = {
    bool: lambda value: "t" if value else "f",
    int: int.__repr__,
    float: float.__repr__,
    str: str,
    decimal.Decimal: str,
    uuid.UUID: str,
    datetime.datetime: datetime.datetime.isoformat,
    datetime.date: datetime.date.isoformat,
    datetime.time: datetime.time.isoformat,
    Json: lambda value: value.dumps(value.adapted),
    Binary: lambda value: "\\x" + bytes(value.adapted).hex(),
}
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _text(value):
    """A value prepared for psycopg2, as PostgreSQL reads it from a text."""
    for kind in type(value).__mro__:
        if kind in TEXTS:
            return TEXTS[kind](value)
    raise TypeError(f"no text is known for {type(value).__name__}")


def _escaped(text):
    """A text between the tabs of COPY."""
    if "\\" in text or "\n" in text or "\t" in text or "\r" in text:
        return text.translate(ESCAPES)
    return text


def _is_plain(field):
    """True when the field's class leaves to Django how its values are prepared."""
    kind = type(field)
    methods = (kind.get_prep_value, kind.get_db_prep_value, kind.get_db_prep_save)
    return all(method.__module__.startswith("django.db.models.") for method in methods)


def _encode_json(value):
    if value is None:
        return NULL
    if type(value) is JsonText:
        return _escaped(value)
    if not value and isinstance(value, dict | list):  # most of them: no problems, nothing before
        return "{}" if isinstance(value, dict) else "[]"
    return _escaped(_json(value))


def json_texts(values, encode=_json):
    """Each of a field's values as JSON, equal texts encoded once."""
    known, texts = {None: "null"}, []
    for value in values:
        kind = type(value)
        if kind is int:
            texts.append(int.__repr__(value))
        elif value is not None and kind is not str:
            texts.append(encode(value))
        elif value in known:
            texts.append(known[value])
        else:
            texts.append(known.setdefault(value, encode(value)))
    return texts


def _texts(values):
    """Texts or None between the tabs of COPY; hardly ever has one of them anything to escape."""
    together = "".join(filter(None, values))
    if "\\" in together or "\n" in together or "\t" in together or "\r" in together:
        return [NULL if value is None else _escaped(value) for value in values]
    return [NULL if value is None else value for value in values]


def _made_by(text):
    return lambda values: [NULL if value is None else text(value) for value in values]


@cache
def _encoder(field):
    """A function: values of the field → what COPY reads of each. Where all are of the kind that needs no preparing, they go
    a short way."""
    if isinstance(field, models.JSONField) and field.encoder is None:
        return lambda values: map(_encode_json, values)
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    untouched = UNTOUCHED.get(target.get_internal_type()) if _is_plain(field) and _is_plain(target) else None
    short = _texts if untouched is str else _made_by(TEXTS.get(untouched))
    prepared = _made_by(lambda value: _escaped(_text(field.get_db_prep_save(value, connection))))

    def encode(values):
        return short(values) if {type(None), untouched}.issuperset(map(type, values)) else prepared(values)

    return encode


def _encoders(fields):
    """The encoders of some fields; those that seal hold the key, so they are made for each set."""
    return [_sealed(field) if isinstance(field, EncryptedTextField) else _encoder(field) for field in fields]


def _sealed(field):
    seal = field.sealer()
    return lambda values: [NULL if value is None else value for value in map(seal, values)]  # nothing in it to escape


def _pieces(encoders, rows, same=(), at_once=ROWS_A_PIECE):
    """What COPY reads of rows, tuples of values behind the texts `same`, some hundred lines at a time: a column at a time
    takes half as long as a value at a time."""
    rows = iter(rows)
    while piece := list(islice(rows, at_once)):
        columns = [[text] * len(piece) for text in same]
        columns += [encode(values) for encode, values in zip(encoders, zip(*piece, strict=True), strict=True)]
        yield "\n".join([*map("\t".join, zip(*columns, strict=True)), ""])


def _is_made(field):
    """True when the field's value is made at saving: a digest, pinyin, the time."""
    inherited = (models.Field.pre_save, models.DateField.pre_save, models.DateTimeField.pre_save)
    now = getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    return now or type(field).pre_save not in inherited


@cache
def _plan(model):
    """(its fields but the key, a function for their values, [(place, field made at saving)])."""
    fields = [field for field in model._meta.concrete_fields if not field.primary_key and not field.generated]
    values = getter([model._meta.pk.attname, *(field.attname for field in fields)])
    made = [(place, field) for place, field in enumerate(fields, 1) if _is_made(field)]
    return fields, values, made


def _values(rows, keys, model):
    """The rows as tuples of their fields' values, the key first."""
    _, values_of, made = _plan(model)
    for key, row in zip(keys, rows, strict=True):
        values = [*values_of(row)]
        for place, field in made:
            values[place] = field.pre_save(row, True)
        values[0] = key
        yield values


@transaction.atomic
def copy_rows(rows):
    """Insert unsaved instances of one model with one statement; returns them as bulk_create leaves them, keys included."""
    if not rows:
        return []
    model = type(rows[0])
    _take_saved(rows)
    keys = _keys(model, rows)
    fields = [model._meta.pk, *_plan(model)[0]]
    _copy(model, fields, _pieces(_encoders(fields), _values(rows, keys, model)))
    alias, own = connection.alias, model._meta.pk.attname
    for key, row in zip(keys, rows, strict=True):
        setattr(row, own, key)
        row._state.adding, row._state.db = False, alias
    return rows


def _take_saved(rows):
    """Give the rows the keys of what was saved since it was put into them."""
    relations = [(field.name, field.attname) for field in type(rows[0])._meta.concrete_fields if field.is_relation]
    for row in rows:
        cached = row._state.fields_cache
        if cached and any(name in cached and vars(row).get(key) in (None, "") for name, key in relations):
            row._prepare_related_fields_for_save(operation_name="copy_rows")


@transaction.atomic
def copy_values(model, shared, names, values, at_once=ROWS_A_PIECE):
    """Insert rows of `model` without making instances: `shared` {attribute: value} is the same in all of them, `values`
    are tuples for the attributes `names`. The two are all that the model has but its key. Making the values must not ask
    the database for anything: they are taken while it copies, `at_once` at a time."""
    known = {field.attname: field for field in model._meta.concrete_fields}
    alike = zip(_encoders([known[name] for name in shared]), shared.values(), strict=True)
    same = [text for encode, value in alike for text in encode([value])]
    pieces = _pieces(_encoders([known[name] for name in names]), values, same, at_once)
    _copy(model, [known[name] for name in (*shared, *names)], pieces)


def update_rows(rows, names):
    """Write the fields `names` of saved instances of one model with one statement, as bulk_update does in many."""
    if not rows:
        return
    model, quote = type(rows[0]), connection.ops.quote_name
    fields = [model._meta.pk, *(model._meta.get_field(name) for name in names)]
    # Without its length: an explicit cast to varchar(50) would cut what is too long instead of refusing it.
    kinds = [re.sub(r"\(.*\)", "", field.db_type(connection)) for field in fields]
    given = ", ".join(f"c{place}" for place in range(len(fields)))
    sets = ", ".join(f"{quote(field.column)} = given.c{n}::{kinds[n]}" for n, field in enumerate(fields) if n)
    table, key = quote(model._meta.db_table), quote(model._meta.pk.column)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {sets} FROM unnest({', '.join(['%s::text[]'] * len(fields))}) AS given ({given}) "
            f"WHERE {table}.{key} = given.c0::{kinds[0]}",
            [[_given(field, row) for row in rows] for field in fields],
        )


def _given(field, row):
    value = field.get_db_prep_save(getattr(row, field.attname), connection)
    return None if value is None else _text(value)


def _keys(model, rows):
    """The keys of the rows, new ones from the sequence where they have none."""
    missing = sum(1 for row in rows if row.pk is None)
    if not missing:
        return [row.pk for row in rows]
    with connection.cursor() as cursor:
        cursor.execute(
            # The name of the sequence is looked up once, not for each row.
            "SELECT nextval(keys.of) FROM (SELECT pg_get_serial_sequence(%s, %s)::regclass AS of OFFSET 0) keys, "
            "generate_series(1, %s)",
            [model._meta.db_table, model._meta.pk.column, missing],
        )
        fresh = chain.from_iterable(cursor.fetchall())
    return [next(fresh) if row.pk is None else row.pk for row in rows]


class _Pull:
    """The file that COPY reads from: its pieces are made as they are asked for."""

    def __init__(self, pieces):
        self.pieces, self.error = pieces, None

    def read(self, size=-1):
        try:
            return next(self.pieces, "")
        except Exception as error:  # its text would go to the server's log; the caller raises it again
            self.error = error
            return ""


def _copy(model, fields, pieces):
    quote = connection.ops.quote_name
    table, columns = quote(model._meta.db_table), ", ".join(quote(field.column) for field in fields)
    pull = _Pull(pieces)
    with connection.cursor() as cursor, connection.wrap_database_errors:
        cursor.copy_expert(f"COPY {table} ({columns}) FROM STDIN", pull)
    if pull.error:
        raise pull.error
