"""Taking back a huge batch: the worker does it, watched on its page, taken back before it began, whole or not at all."""

import datetime
import re

import pytest
from django.db import connection
from django.urls import reverse

from core import jobs
from core.models import AuditEntry, Job
from rosters import importer
from rosters.importer import undoing
from rosters.models import Upload
from talent.models import Appointment, Person
from tests import factories
from tests.rosters import county
from tests.rosters.background import drain
from tests.rosters.clerks import committed, page, press, press_as_shown, tables
from tests.rosters.test_at_the_deadline import as_file, killed_at, people, roster, worker
from tests.rosters.test_import_at_once import GATES, NO_GATES


@pytest.fixture
def clerk(db, client, monkeypatch):
    county.load()
    user = county.clerk()
    client.force_login(user)
    monkeypatch.setattr(undoing, "MANY", 1)
    return user


def row(name):
    return ("茶富村", name, factories.id_number(), "大专", "村委委员", "2021.03", "13900001111")


def asked(client, upload):
    """The page to which the button leads."""
    return press_as_shown(client, "roster_undo", "roster_undo", upload)["Location"]


def read(client, address):
    return client.get(address).content.decode()


def test_a_large_undo_goes_to_the_worker_once(clerk, client):
    before = tables()
    upload = committed(client, row("张三"), row("李四"))
    text = page(client, "roster_undo", upload)
    assert "撤销这一批，恢复 6 处" in text
    assert "由后台程序撤销" in text

    first, second = asked_twice(client, upload)
    assert first == second
    assert "排队等候撤销" in read(client, first)
    assert Person.objects.count() == 2
    assert "正在后台撤销，看进度" in page(client, "roster_result", upload)
    assert client.get(reverse("roster_undo", args=[upload.pk]))["Location"] == first

    drain()
    assert tables() == before
    undo = Upload.objects.get(undoes=upload)
    html = read(client, first)
    assert "已恢复 6 处。" in html
    assert reverse("roster_result", args=[undo.pk]) in html
    assert "已恢复 6 处" in page(client, "roster_result", undo)


def asked_twice(client, upload):
    shown = re.search(r'name="shown" value="(\w+)"', page(client, "roster_undo", upload))[1]
    return [press(client, "roster_undo", upload, shown=shown)["Location"] for _ in range(2)]


def test_without_a_worker_the_page_says_so(clerk, client):
    upload = committed(client, row("张三"))

    html = read(client, asked(client, upload))

    assert "后台程序没有运行。要撤销的已记下，不会丢失；启动后会接着处理" in html


def test_an_undo_taken_back_before_it_began_did_nothing(clerk, client):
    upload = committed(client, row("张三"))
    address = asked(client, upload)

    client.post(reverse("job_cancel", args=[Job.objects.get().pk]))
    drain()

    html = read(client, address)
    assert "已取消，什么都没有撤销。" in html
    assert reverse("roster_undo", args=[upload.pk]) in html
    assert Person.objects.exists()
    assert "撤销这一批，恢复 3 处" in page(client, "roster_undo", upload)


def test_data_changed_after_the_page_shows_it_again(clerk, client):
    upload = committed(client, row("张三"), row("李四"))
    address = asked(client, upload)
    Person.objects.filter(name="张三").update(name="张三丰")

    drain()

    html = read(client, address)
    assert "还没有撤销，请再看一遍" in html
    assert f"{reverse('roster_undo', args=[upload.pk])}?renewed=1" in html
    assert Person.objects.count() == 2
    assert "此后又改过：姓名" in page(client, "roster_undo", upload)


def test_what_the_database_refuses_is_kept_and_told_in_the_result(clerk, client):
    """Only writing finds it: the page before it could not say so, and the rest is taken back all the same."""
    someone = factories.person("张三", village="350723101201")
    seat = factories.appointment(person=someone, village="350723101201", post="party_secretary")
    upload = committed(client, ("茶富村", "张三", someone.id_number, "本科", "村委委员", "2023.05", ""))
    seat.refresh_from_db()
    assert seat.end is not None
    other = factories.person("李四", village="350723101201")
    factories.appointment(person=other, village="350723101201", post="party_secretary", start=datetime.date(2024, 1, 1))

    address = asked(client, upload)
    drain()

    assert "看撤销结果" in read(client, address)
    undo = Upload.objects.get(undoes=upload)
    assert "这个村在这段时间已有党组织书记" in page(client, "roster_result", undo)
    assert not Appointment.objects.filter(post="village_committee_member").exists()


def test_an_undo_in_the_background_can_be_undone(clerk, client):
    upload = committed(client, row("张三"))
    after = tables()
    asked(client, upload)
    drain()
    undo = Upload.objects.get(undoes=upload)

    asked(client, undo)
    drain()

    assert tables() == after
    assert "恢复：名册.xlsx" in read(client, reverse("roster_home"))


def test_the_township_is_told_that_the_county_takes_its_batch_back(clerk, client):
    upload = committed(client, row("张三"))
    client.force_login(county.staff())
    asked(client, upload)
    client.force_login(clerk)

    answer = press(client, "roster_undo", upload)

    assert answer["Location"] == reverse("roster_result", args=[upload.pk])
    assert "县委组织部正在后台撤销这一批" in read(client, answer["Location"])


def test_an_account_that_was_switched_off_takes_nothing_back(clerk, client):
    upload = committed(client, row("张三"))
    asked(client, upload)
    type(clerk).objects.filter(pk=clerk.pk).update(is_active=False)

    drain()

    assert jobs.latest(undoing.UNDO, upload.pk).status == "failed"
    assert Person.objects.exists()


@pytest.mark.parametrize("step", [1, 2, 4])
def test_a_worker_killed_while_it_takes_back_is_followed_by_the_next(committed_db, step):
    county.load()
    by = county.clerk()
    before = tables()
    upload = importer.confirm(importer.upload(by=by, **as_file(roster(people()))), by=by).upload
    after = tables()
    job = jobs.enqueue(undoing.UNDO, by=by, target_id=upload.pk, size=9)
    with connection.cursor() as cursor:
        cursor.execute(GATES)
        killed_at(cursor, step, worker)
        assert tables() == after
        assert not Upload.objects.filter(undoes=upload).exists()
        worker()
    with connection.cursor() as cursor:
        cursor.execute(NO_GATES)

    assert tables() == before
    job.refresh_from_db()
    assert (job.status, job.outcome, job.tries) == ("done", "done", 2)
    assert AuditEntry.objects.filter(verb="undo").count() == 1
