"""What a dump of the database holds after people came in through every door: no ID number, no phone, no password."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from core.identity import id_problem
from talent.models import Person
from tests import factories

pytestmark = pytest.mark.django_db
PHONE = "13905990123"
NUMBER = re.compile(r"(?<![0-9A-Za-z])[0-9]{17}[0-9Xx](?![0-9A-Za-z])")


def dump():
    """{table: all its rows as text}, as pg_dump would write them."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT string_agg(t::text, chr(10)) FROM "{table}" AS t')
            found[table] = cursor.fetchone()[0] or ""
    return found


def by_roster(numbers):
    """Hand in a roster on the page, and confirm it; once more with a mistake, left at its preview."""
    browser = Client()
    browser.force_login(factories.user("township_clerk", factories.OWN))
    lines = ["村,姓名,身份证号,职务,任现职时间,联系电话,备注"]
    lines += [
        f"东山村,张{'一二三'[at]},{number},村委委员,2021.03,{PHONE},某组组长" for at, number in enumerate(numbers)
    ]
    for name, content in (("花名册.csv", lines), ("错的.csv", [*lines, f"无此村,李四,{numbers[0]},书记,2021.03,,"])):
        file = SimpleUploadedFile(name, "\n".join(content).encode("gb18030"))
        preview = browser.post("/rosters/upload/", {"kind": "committee", "file": file})
        assert preview.status_code == 302, preview.content.decode()
        if name == "花名册.csv":
            browser.post(f"{preview['Location']}confirm/")
    assert Person.objects.count() == len(numbers)


def by_rest(number):
    _, secret = factories.token(factories.user("api_client"), can_write=True)
    client = Client(headers={"Authorization": f"Token {secret}"})
    given = {"name": "王五", "id_number": number, "village": "990121100201", "phone": PHONE}
    for body in (given, given, {"id_number": f"{number[:17]}?"}):
        client.post("/api/v1/persons/", json.dumps(body), content_type="application/json")
    client.post("/api/v1/persons/lookup/", json.dumps({"id_number": number}), content_type="application/json")
    return secret


def test_a_dump_holds_no_number():
    factories.division(factories.COUNTY, "清源县")
    factories.division(factories.OWN, "清溪镇")
    factories.village("990121100201", "东山村")
    numbers = [factories.id_number() for _ in range(4)]

    by_roster(numbers[:3])
    secret = by_rest(numbers[3])

    assert Person.objects.count() == 4
    for table, text in dump().items():
        shown = [number for number in NUMBER.findall(text) if id_problem(number.upper()) is None]
        assert shown == [], table
        assert not [number for number in numbers if number in text], table
        assert PHONE not in text, table
        assert secret.split("_", 2)[2] not in text, table
