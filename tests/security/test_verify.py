"""Verifying a certificate without an account: nothing without the exact code, counted by address, written down."""

import datetime
import re
import threading

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core import tries
from core.models import AuditEntry
from tests import factories

pytestmark = pytest.mark.django_db
CODE = "ABCD2345EFGH"


@pytest.fixture
def given():
    someone = factories.person("欧阳建国", village="990121100201")
    held = factories.session(name="秋训班", start=datetime.date(2026, 9, 22), end=datetime.date(2026, 9, 23))
    row = factories.enrollment(person=someone, session=held, result="qualified")
    return factories.certificate(enrollment=row, issued_on=held.end, check_code=CODE)


@pytest.fixture
def honoured():
    someone = factories.person("张三", village="990121100201")
    day = datetime.date(2024, 10, 9)
    return factories.award(
        person=someone, village=someone.village, year=2024, decided_on=day, certificate_no="990121-BZ2024-00001", check_code=CODE,
        certified_on=day,
    )  # fmt: skip


def ask(number, code=CODE, address="127.0.0.1", **headers):
    return Client(REMOTE_ADDR=address).post("/verify/", {"number": number, "code": code}, headers=headers)


def page(answer):
    return answer.content.decode()


def without_what_was_typed(answer):
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page(answer))
    return re.sub(r'value="[\w-]*"', "", text)


def verbs():
    return list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))


def test_the_holder_of_the_paper_learns_what_is_printed_and_no_more(given):
    told = page(ask(given.number, "abcd-2345-efgh"))

    assert all(text in told for text in ("证书有效", "结业证书", "欧***", "秋训班", "2026 年", given.number))
    person = given.enrollment.person
    assert not any(text in told for text in ("欧阳", person.id_number, person.id_masked, given.enrollment.village.name))
    line = AuditEntry.objects.get()
    assert (line.verb, line.object_text, line.address, line.by) == ("verify", given.number, "127.0.0.1", None)


def test_a_certificate_of_honour_is_verified_by_the_same_page(honoured):
    told = page(ask(honoured.certificate_no))

    assert all(text in told for text in ("证书有效", "荣誉证书", "张*", "2024 年"))
    assert "张三" not in told


def test_what_no_longer_holds_says_since_when_and_not_why(given):
    given.revoked_on, given.revoke_reason = datetime.date(2026, 10, 1), "受处分"
    given.save()

    told = page(ask(given.number))

    assert "证书已于 2026-10-01 失效" in told
    assert "受处分" not in told
    assert "证书有效" not in told


def test_wrong_codes_and_missing_numbers_look_alike(given, honoured):
    given.revoked_on, given.revoke_reason = datetime.date(2026, 10, 1), "重发"
    given.save()
    tries = [
        (given.number, CODE[:-1]), (given.number, CODE[:-1] + "J"), (given.number, "Z" * 12), ("990121-2026-999999", CODE),
        (honoured.certificate_no, CODE + "A"), (honoured.certificate_no, "-" * 12), ("无", "无"), (given.number[:-1], CODE),
    ]  # fmt: skip

    answers = [ask(*one) for one in tries]

    assert {answer.status_code for answer in answers} == {200}
    assert len({without_what_was_typed(answer) for answer in answers}) == 1
    assert "对不上" in page(answers[0])
    lines = AuditEntry.objects.all()
    assert {(line.verb, line.object_text) for line in lines} == {("verify_failed", "编号和校验码对不上")}


def test_a_wrong_code_and_a_missing_number_take_the_same_statements(given):
    def statements(number):
        with CaptureQueriesContext(connection) as sent:
            ask(number, "Z" * 12)
        return [query["sql"].split(" ")[0] for query in sent]

    ask(given.number, "Z" * 12)
    assert statements(given.number) == statements("990121-2026-999999")


def test_too_many_wrong_tries_close_the_page_for_the_address_also_for_the_right_code(given):
    with time_machine.travel("2026-11-20 08:00:00+00:00", tick=False) as clock:
        for _ in range(tries.MOST_WRONG):
            ask(given.number, "Z" * 12, **{"X-Forwarded-For": "10.0.0.7"})
        refused = [ask(given.number, **{"X-Forwarded-For": f"10.0.0.{number}"}) for number in range(3)]
        assert {answer.status_code for answer in refused} == {429}
        assert "证书有效" not in page(refused[0])
        assert "证书有效" in page(ask(given.number, address="10.1.1.1"))
        clock.shift(31 * 60)
        assert "证书有效" in page(ask(given.number))

    assert verbs().count("verify_failed") == tries.MOST_WRONG
    assert verbs().count("verify_locked") == 1


def test_parallel_tries_are_counted_one_by_one(committed_db):
    def attempt():
        ask("990121-2026-999999")
        connection.close()

    threads = [threading.Thread(target=attempt) for _ in range(tries.MOST_WRONG + 6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert verbs().count("verify_failed") == tries.MOST_WRONG


@pytest.mark.parametrize("typed", [("", ""), ("9" * 400, "A" * 400), ("990121\0", CODE)])
def test_what_nobody_prints_is_told_and_stays_typed(typed):
    assert ask(*typed).status_code == 400


def test_a_code_is_in_no_address(given):
    answer = Client().get("/verify/", {"number": given.number, "code": CODE})

    assert "证书有效" not in page(answer)
    assert 'method="post"' in page(answer)


def test_the_sign_in_page_leads_there_and_the_paper_says_where(given):
    assert 'href="/verify/"' in page(Client().get("/login/"))
    county = Client()
    county.force_login(factories.user("county_staff", factories.COUNTY), backend="core.auth.RoleBackend")
    assert "http://testserver/verify/" in page(county.get(f"/certificates/{given.pk}/"))
