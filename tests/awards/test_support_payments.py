"""Payments of support: one enters, another confirms; what waits is held back from the rest and counted nowhere as paid."""

import datetime

import pytest
from django.urls import reverse

from awards.models import SupportPayment
from core import indicators
from core.models import AuditEntry
from rosters import importer
from talent.models import Person
from tests import factories
from tests.awards.conftest import FOREIGN, HOME, ON, text
from tests.awards.test_safeguards import cells
from tests.awards.test_support import approve, asked, policy, returned  # noqa: F401 (fixtures)
from tests.rosters.handing import codes, committed, hand_in, row_of

pytestmark = pytest.mark.django_db
day = datetime.date
PAY = {"payment-on": "2024-11-04", "payment-amount": "1500", "payment-basis": "拨付通知"}


@pytest.fixture
def granted(county, policy, returned):  # noqa: F811
    """2000 yuan approved on the day."""
    row = asked(policy, returned)
    assert approve(county, row).status_code == 302
    return row


def pay(browser, row, **fields):
    return browser.post(reverse("support_pay", args=[row.pk]), PAY | fields)


def check(browser, payment, answer="accept", note=""):
    return browser.post(reverse("support_payment_check", args=[payment.pk]), {"answer": answer, "note": note})


def paid_wan(browser):
    return indicators.figure("support_paid_wan", browser.user, ON).value


def test_nothing_is_paid_without_approval_nor_beyond_it(county, clerk, policy, returned):  # noqa: F811
    row = asked(policy, returned)
    assert "没有批准的申请不能支付" in text(pay(county, row), 400)
    approve(county, row)

    assert pay(clerk, row).status_code == 403
    assert pay(county, row).status_code == 302
    page = text(pay(county, row), 400)
    assert "批准 2,000.00 元，已支付 0.00 元，待复核 1,500.00 元，还可支付 500.00 元" in page
    assert "拨付通知" in page
    early = {"payment-on": "2024-11-01", "payment-amount": "500"}
    assert "支付日期早于审批日期" in text(pay(county, row, **early), 400)


def test_one_enters_and_another_confirms(county, clerk, browser, granted):
    pay(county, granted)
    payment = SupportPayment.objects.get()
    assert (payment.state, payment.made_by, paid_wan(county)) == ("proposed", county.user, 0)
    page = text(county.get(reverse("support_application", args=[granted.pk])))
    assert "已支付 0.00 元，待复核 1,500.00 元，还可支付 500.00 元" in page
    assert "由另一人复核" in page

    assert "这笔支付是您登记的，请由另一位工作人员复核" in text(check(county, payment), 400)
    assert check(clerk, payment).status_code == 403
    other = browser()
    assert check(other, payment).status_code == 302

    payment.refresh_from_db()
    assert (payment.state, payment.checked_by, payment.checked_on) == ("paid", other.user, other.get("/").context["on"])
    assert paid_wan(county) == 0.15
    assert AuditEntry.objects.filter(verb="approve", object_id=str(payment.pk), by=other.user).exists()
    assert "已经复核过" in text(check(other, payment), 400)
    assert "已支付 1,500.00 元，还可支付 500.00 元" in text(
        clerk.get(reverse("support_application", args=[granted.pk]))
    )


def test_what_is_sent_back_tells_the_reason_and_frees_the_rest(county, browser, granted):
    pay(county, granted)
    payment, other = SupportPayment.objects.get(), browser()

    assert "退回支付请写明原因" in text(check(other, payment, "reject"), 400)
    long = text(check(other, payment, "reject", "长" * 201), 400)
    assert "长" * 201 in long
    assert text(check(other, payment, "", "\x00"), 400)
    assert check(other, payment, "reject", "账号不对").status_code == 302

    page = text(county.get(reverse("support_application", args=[granted.pk])))
    assert "退回原因：账号不对" in page
    assert "还可支付 2,000.00 元" in page
    assert paid_wan(county) == 0
    assert pay(county, granted, **{"payment-amount": "2000"}).status_code == 302


def test_the_list_confirms_what_is_ticked_all_or_nothing(county, browser, policy, granted):  # noqa: F811
    pay(county, granted)
    pay(county, granted, **{"payment-amount": "500"})
    first, second = SupportPayment.objects.order_by("pk")
    other = browser()
    mine = factories.support_payment(application=granted, state="proposed", made_by=other.user)
    url, post = reverse("support_payments"), reverse("support_payments_check")
    page = text(other.get(url))
    assert page.count('name="chosen"') == 2
    assert 'name="chosen"' not in text(county.get(url, {"on": "2024-01-01"}))

    told = text(other.post(post, {"chosen": [first.pk, mine.pk]}, follow=True))
    assert "返乡人 2024-06-03 1,000.00 元：这笔支付是您登记的，请由另一位工作人员复核。一笔也没有复核。" in told
    assert "没有选择" in text(other.post(post, {"chosen": ["x"]}, follow=True))
    assert SupportPayment.objects.filter(state="proposed").count() == 3
    assert "已复核 2 笔支付" in text(other.post(post, {"chosen": [first.pk, second.pk]}, follow=True))

    head, *rows = cells(county.get(url, {"xlsx": "1", "state": "paid", "on": ON.isoformat()}))
    assert [dict(zip(head, row, strict=True))["金额（元）"] for row in rows] == [500, 1500]
    page = text(county.get(reverse("support_policy", args=[policy.pk])))
    assert "2024 年已支付" in page
    assert "待复核 1,000.00 元，复核后才算已支付" in page


def test_payments_stay_in_the_township_and_answer_for_the_date(clerk, county, policy, granted):  # noqa: F811
    there = factories.person("邻镇人", village=FOREIGN)
    factories.support_payment(application=asked(policy, there))
    factories.support_payment(application=granted, on=ON, amount=300)
    url = reverse("support_payments")

    assert "邻镇人" not in text(clerk.get(url))
    assert "返乡人" in text(clerk.get(url))
    assert "返乡人" not in text(clerk.get(url, {"on": "2024-11-03"}))
    assert "邻镇人" in text(county.get(url))
    assert "返乡人" not in text(county.get(url, {"q": "邻镇", "kind": "land", "on": ON.isoformat()}))


def test_rest_and_time_line_tell_what_was_confirmed(county, granted):
    waiting = factories.support_payment(application=granted, on=ON, amount=700, state="proposed")
    factories.support_payment(application=granted, on=ON, amount=300)

    told = county.get(reverse("api:support-payment-list"), {"state": "proposed"}).json()["results"]

    assert [(row["id"], row["state"], row["checked_by"]) for row in told] == [(waiting.pk, "proposed", None)]
    page = text(county.get(reverse("person", args=[granted.person_id])))
    assert "支付 300.00 元" in page
    assert "支付 700.00 元" not in page


# --- the roster

HEAD = ("乡镇", "村（社区）", "姓名", "身份证号", "发放日期", "发放金额（元）", "发放依据")


@pytest.fixture
def of_people(county, policy):  # noqa: F811
    """Two people with 2000 yuan approved each, and the row that pays the first."""
    for name in ("张三", "李四"):
        someone = factories.person(name, village=HOME)
        factories.support_application(
            policy=policy,
            person=someone,
            village=someone.village,
            state="approved",
            amount=2000,
            decided_on=day(2024, 3, 9),
        )
    numbers = {one.name: one.id_number for one in Person.objects.filter(name__in=("张三", "李四"))}

    def row(name="张三", on="2024.06.03", amount=1500, basis="清财农〔2024〕2号", number=""):
        return ("城关镇", "甲山村", name, number or numbers[name], on, amount, basis)

    return row


def test_a_list_of_payments_waits_for_another_person(county, browser, policy, of_people):  # noqa: F811
    told = committed(county.user, "support_payments", HEAD, of_people(), of_people("李四"), target_id=policy.pk)
    assert "support_payment_waits" in codes(told)
    first, second = SupportPayment.objects.order_by("pk")
    assert {(row.state, row.made_by, row.amount) for row in (first, second)} == {("proposed", county.user, 1500)}
    assert paid_wan(county) == 0

    again = committed(county.user, "support_payments", HEAD, of_people(), target_id=policy.pk)
    assert row_of(again).change == "unchanged"
    assert SupportPayment.objects.count() == 2
    post = {"chosen": [first.pk, second.pk]}
    assert "您登记的" in text(county.post(reverse("support_payments_check"), post, follow=True))
    other = browser()
    assert "已复核 2 笔" in text(other.post(reverse("support_payments_check"), post, follow=True))
    assert paid_wan(county) == 0.3


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"amount": 2500}, "support_beyond_granted"),
        ({"amount": 0}, "support_payment_unlikely"),
        ({"amount": 10.005}, "support_payment_unlikely"),
        ({"on": "2024.01.02"}, "support_paid_early"),
        ({"on": "2024.06"}, "day_wanted"),
        ({"on": "2029.12.31"}, "support_payment_in_future"),
        ({"basis": "长" * 101}, "too_long"),
        ({"basis": ""}, "missing_field:support_paid_basis"),
    ],
)
def test_a_list_refuses_what_the_page_refuses(county, policy, of_people, said, code):  # noqa: F811
    upload = hand_in(county.user, "support_payments", HEAD, of_people(**said), target_id=policy.pk)

    assert code in codes(upload)
    assert row_of(upload).outcome == "error"


def test_a_list_pays_nobody_without_approval_and_no_township_hands_one_in(county, clerk, policy, of_people, returned):  # noqa: F811
    nobody = of_people("张三", number=factories.id_number())
    assert "not_on_file" in codes(hand_in(county.user, "support_payments", HEAD, nobody, target_id=policy.pk))
    waiting = factories.person("王五", village=HOME)
    asked(policy, waiting)
    row = of_people("王五", number=waiting.id_number)
    assert "support_not_granted" in codes(hand_in(county.user, "support_payments", HEAD, row, target_id=policy.pk))
    of_clerk = hand_in(clerk.user, "support_payments", HEAD, of_people(), target_id=policy.pk)
    assert codes(of_clerk) == {"support_payment_of_county"}
    twice = hand_in(county.user, "support_payments", HEAD, of_people(), of_people(amount=800), target_id=policy.pk)
    assert [row.outcome for row in twice.rows.order_by("order")] == ["accept", "error"]


def test_what_waits_is_taken_back_and_what_was_confirmed_is_kept(county, browser, policy, of_people):  # noqa: F811
    upload = committed(county.user, "support_payments", HEAD, of_people(), of_people("李四"), target_id=policy.pk)
    confirmed = SupportPayment.objects.get(application__person__name="李四")
    assert check(browser(), confirmed).status_code == 302

    importer.undo(upload, by=county.user)

    assert list(SupportPayment.objects.all()) == [confirmed]


def test_another_system_enters_payments_by_rest_and_a_person_confirms_them(county, policy, of_people):  # noqa: F811
    fields = ("township", "village", "name", "id_number", "support_paid_on", "support_paid", "support_paid_basis")
    rows = [dict(zip(fields, map(str, of_people()), strict=True))]

    answer = county.post(
        "/api/v1/rosters/support_payments/", {"rows": rows, "target": policy.pk}, content_type="application/json"
    )

    assert answer.status_code in (200, 201), answer.content.decode()
    assert SupportPayment.objects.get().state == "proposed"
