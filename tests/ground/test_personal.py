"""ID numbers, phones and files are unreadable in the database, findable by a keyed digest, masked where shown."""

import base64
import hashlib
import hmac
import re

import pytest
from cryptography.exceptions import InvalidTag
from django.db import connection

from core import audit, fields
from core.models import AuditEntry
from core.writes import change_rows, create_rows
from talent.models import Person
from tests import factories

pytestmark = pytest.mark.django_db
PHONE = "13905990123"
LONG_NUMBER = re.compile(r"(?<![0-9])[0-9]{17}[0-9Xx](?![0-9])")


def texts_of(table):
    """Every value of every column of a table as text, as a dump would hold it."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT t::text FROM "{table}" AS t')
        return [row for (row,) in cursor.fetchall()]


def all_texts():
    tables = connection.introspection.table_names()
    return "\n".join(row for table in tables for row in texts_of(table))


def test_raw_sql_shows_no_number():
    someone = factories.person(phone=PHONE)

    raw = "".join(texts_of("talent_person"))

    assert someone.id_number not in raw
    assert PHONE not in raw
    assert someone.id_number[6:14] not in raw.replace("-", "x")


def test_the_number_comes_back_in_clear():
    someone = factories.person(phone=PHONE)

    found = Person.objects.get(pk=someone.pk)

    assert (found.id_number, found.phone) == (someone.id_number, PHONE)


def test_equal_numbers_look_different_in_the_database():
    factories.person("张三", phone=PHONE)
    factories.person("李四", phone=PHONE)

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT phone), count(DISTINCT phone_digest) FROM talent_person")
        assert cursor.fetchone() == (2, 1)


def test_a_value_moved_to_another_column_does_not_open():
    someone = factories.person(phone=PHONE)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE talent_person SET id_number = phone WHERE id = %s", [someone.pk])

    with pytest.raises(InvalidTag):
        Person.objects.get(pk=someone.pk)


def test_another_key_opens_nothing(settings):
    someone = factories.person()
    settings.FIELD_KEY = "another-key-of-thirty-two-characters"

    with pytest.raises(InvalidTag):
        Person.objects.get(pk=someone.pk)


def test_a_changed_byte_is_noticed():
    sealed = bytearray(fields.encrypt(b"350723198005061234", "table.column"))
    sealed[-1] ^= 1

    with pytest.raises(InvalidTag):
        fields.decrypt(bytes(sealed), "table.column")


def test_the_ciphertext_names_its_key():
    someone = factories.person()
    with connection.cursor() as cursor:
        cursor.execute("SELECT id_number FROM talent_person WHERE id = %s", [someone.pk])
        version, key, sealed = cursor.fetchone()[0].split("|")

    assert (version, key) == (fields.VERSION, fields.key_id())
    assert len(base64.b64decode(sealed)) == 12 + 18 + 16


@pytest.mark.parametrize("typed", ["{}", " {} ", "{}\u200b"])
def test_people_are_found_by_their_whole_number(typed):
    someone = factories.person()

    assert Person.objects.with_id_number(typed.format(someone.id_number)).get() == someone
    assert not Person.objects.with_id_number(factories.id_number()).exists()


def test_a_lower_case_x_is_the_same_number():
    someone = factories.person(id_number="11010519491231002X")

    assert Person.objects.with_id_number("11010519491231002x").get() == someone


@pytest.mark.parametrize("key", ["一个口令", "x" * 200])
def test_digests_are_those_of_hmac(settings, key):
    settings.INDEX_KEY = key
    expected = hmac.digest(hashlib.sha256(key.encode()).digest(), PHONE.encode(), "sha256").hex()

    assert fields.digest(PHONE) == expected


def test_digests_follow_a_bulk_change():
    someone = factories.person(phone=PHONE)
    someone.phone = "13905990999"

    change_rows([someone], ["phone"], by=factories.user())

    assert Person.objects.filter(phone_digest=fields.digest("13905990999")).get() == someone
    assert not Person.objects.filter(phone_digest=fields.digest(PHONE)).exists()


def test_masks_show_ends_only():
    someone = factories.person(id_number="11010519491231002X", phone=PHONE)

    assert someone.id_masked == "110105********002X"
    assert someone.phone_masked == "139****0123"


def test_the_log_holds_no_number():
    someone = Person(name="张三", id_number=factories.id_number(), phone=PHONE, village=factories.village())
    someone.remarks = f"原号码 {someone.id_number}，电话{PHONE}"
    by = factories.user()
    create_rows([someone], by=by)
    someone.phone, someone.remarks = "13905990999", "电话改为13905990999"
    change_rows([someone], ["phone", "remarks"], by=by, reason=f"本人（{someone.id_number}）申请")
    audit.record(by=by, verb="export", about=someone.id_number, after={"list": [someone.id_number, {"to": PHONE}]})

    raw = "".join(texts_of("core_auditentry"))

    assert AuditEntry.objects.count() == 3
    assert not LONG_NUMBER.search(raw)
    assert PHONE not in raw
    assert "13905990999" not in raw
    assert "139****0999" in raw
    assert fields.digest(PHONE) not in raw
