"""Undo: everything that a batch did is taken back, whatever was edited since is kept and listed with who and when."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.models import AuditEntry, JournalEntry
from rosters import importer
from rosters.models import Upload, UploadRow
from talent import actions
from talent.models import Appointment, Education, Person, ReserveCandidate
from tests import factories
from tests.rosters import county
from tests.rosters.clerks import committed, in_journal, page, press, press_as_shown, sent, tables, touched, undone

pytestmark = pytest.mark.django_db
VILLAGE = "350723101201"  # 茶富村


@pytest.fixture
def guangze(db):
    county.load()


@pytest.fixture
def clerk(guangze, client):
    user = county.clerk()
    client.force_login(user)
    return user


def row(name, number, education="大专", posts="村委委员", start="2021.03", phone="13900001111", village="茶富村"):
    return (village, name, number, education, posts, start, phone)


def known(**fields):
    """Somebody who is kept already, with a post, a level and a place in the pool."""
    someone = factories.person(village=VILLAGE, political_status="party_member", phone="13900002222", **fields)
    factories.education(person=someone, level="bachelor", mode="unspecified")
    factories.education(person=someone, level="junior_college", mode="unspecified")
    factories.appointment(person=someone, village=VILLAGE, post="clerk", start=datetime.date(2019, 1, 1))
    factories.reserve(person=someone, village=VILLAGE)
    return someone


def test_a_first_roster_is_taken_back_whole(guangze, client):
    client.force_login(county.staff())
    before = tables()
    upload = committed(client, content=county.SECOND.read_bytes())
    assert tables() != before

    undone(client, upload)

    assert tables() == before


def test_every_kind_of_change_is_taken_back(clerk, client):
    someone = known(name="张三")
    before = tables()
    upload = committed(
        client, row("张叁", someone.id_number, "大专", "主任", "2023.05"), row("李四", factories.id_number())
    )
    verbs = set(JournalEntry.objects.filter(batch=upload.pk).values_list("model", "verb"))
    assert {
        ("talent.person", "create"), ("talent.person", "change"), ("talent.education", "delete"),
        ("talent.appointment", "create"), ("talent.appointment", "change"), ("talent.reservecandidate", "change"),
    } <= verbs  # fmt: skip

    undone(client, upload)

    assert tables() == before


def test_every_model_that_a_batch_writes_stands_in_its_journal(clerk, client):
    someone = known(name="张三")
    before = tables()

    upload = committed(client, row("张叁", someone.id_number, "大专", "主任"), row("李四", factories.id_number()))

    assert touched(before, tables()) == in_journal(upload)


def test_the_page_counts_before_anything_happens(clerk, client):
    upload = committed(client, row("张三", factories.id_number()), row("李四", factories.id_number()))
    before = tables(), AuditEntry.objects.count(), JournalEntry.objects.count(), Upload.objects.count()

    text = page(client, "roster_undo", upload)

    assert "撤销这一批，恢复 6 处" in text
    assert (tables(), AuditEntry.objects.count(), JournalEntry.objects.count(), Upload.objects.count()) == before


def test_an_undo_is_a_batch_of_its_own_in_the_list(clerk, client):
    upload = committed(client, row("张三", factories.id_number()))

    undo = undone(client, upload)

    upload.refresh_from_db()
    assert (upload.status, undo.status, undo.by, undo.committed_by) == ("undone", "committed", clerk, clerk)
    assert undo.counts["taken"] == 3
    text = client.get(reverse("roster_home")).content.decode()
    assert "撤销：名册.xlsx" in text
    assert "已撤销" in text
    assert "已恢复 3 处" in page(client, "roster_result", undo)
    assert "撤销" in page(client, "roster_result", upload)
    assert set(AuditEntry.objects.filter(batch=undo.pk).values_list("verb", flat=True)) == {"delete", "undo"}


def test_an_undo_can_be_undone_and_that_again(clerk, client):
    someone = known(name="张三")
    before = tables()
    upload = committed(client, row("张叁", someone.id_number, "大专", "主任", "2023.05"))
    after = tables()

    undo = undone(client, upload)
    redo = undone(client, undo)
    assert tables() == after
    assert redo.filename == "恢复：名册.xlsx"
    undone(client, redo)
    assert tables() == before


def test_a_second_press_finds_the_first_undo(clerk, client):
    upload = committed(client, row("张三", factories.id_number()))
    first = undone(client, upload)

    again = press(client, "roster_undo", upload)

    assert again["Location"] == reverse("roster_result", args=[first.pk])
    assert Upload.objects.filter(undoes=upload).count() == 1
    assert importer.undo(upload, by=clerk).state == "already"


def test_what_was_edited_since_is_kept_with_who_and_when(clerk, client):
    upload = committed(client, row("张三", factories.id_number()), row("李四", factories.id_number()))
    editor = factories.user("county_staff", county.COUNTY, name="王干事")
    client.force_login(editor)
    changed = Person.objects.get(name="张三")
    committed(client, row("张三丰", changed.id_number), name="改名.xlsx")
    client.force_login(clerk)

    text = page(client, "roster_undo", upload)
    undo = undone(client, upload)

    assert "此后又改过：姓名" in text
    assert list(Person.objects.values_list("name", flat=True)) == ["张三丰"]
    kept = [stored.values for stored in undo.rows.all()]
    assert [(found["kind"], found["text"], found["by"]) for found in kept] == [("人员", "张三丰", "王干事")]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", kept[0]["at"])
    assert "王干事" in page(client, "roster_result", undo)
    assert not Appointment.objects.exists()


def test_a_person_to_whom_something_was_added_since_is_kept(clerk, client):
    upload = committed(client, row("张三", factories.id_number()), row("李四", factories.id_number()))
    someone = Person.objects.get(name="张三")
    trainer = factories.user("county_staff", county.COUNTY, name="王干事")
    place = ReserveCandidate(person=someone, village=someone.village, target="other", start=factories.START)
    actions.enter_pool([place], by=trainer)

    undo = undone(client, upload)

    assert list(Person.objects.values_list("name", flat=True)) == ["张三"]
    assert [(found.values["why"], found.values["by"]) for found in undo.rows.all()] == [
        ("此后又有了与它相连的后备干部", "王干事")
    ]
    assert (Appointment.objects.count(), Education.objects.count()) == (0, 0)


def test_a_kept_post_keeps_its_person(clerk, client):
    upload = committed(client, row("张三", factories.id_number()))
    seat = Appointment.objects.get()
    actions.end_appointments([seat], on=datetime.date(2024, 1, 31), reason="resigned", by=clerk)

    undo = undone(client, upload)

    assert (Person.objects.count(), Appointment.objects.count(), Education.objects.count()) == (1, 1, 0)
    assert {found.values["kind"] for found in undo.rows.all()} == {"人员", "任职"}


def test_a_row_deleted_since_is_told_and_stays_deleted(clerk, client):
    upload = committed(client, row("张三", factories.id_number()))
    Education.objects.all().delete()

    undo = undone(client, upload)

    assert [found.values["why"] for found in undo.rows.all()] == ["此后已被删除"]
    assert not Person.objects.exists()


def test_a_township_is_not_told_who_in_another_one_did_it(clerk, client):
    upload = committed(client, row("张三", factories.id_number()))
    neighbour = factories.user("township_clerk", "350723102", name="邻乡干事")
    someone = Person.objects.get()
    actions.appoint(
        [Appointment(person=someone, village_id="350723102201", post="clerk", start=factories.START)], by=neighbour
    )

    text = page(client, "roster_undo", upload)

    assert "其他单位" in text
    assert "邻乡干事" not in text
    assert "止马" not in text


def test_a_secretary_appointed_since_is_no_error(clerk, client):
    old = known(name="张三")
    seat = factories.appointment(person=old, village=VILLAGE, post="party_secretary")
    upload = committed(client, row("张三", old.id_number, "本科", "村委委员", "2023.05"))
    seat.refresh_from_db()
    assert seat.end is not None
    factories.appointment(
        person=factories.person("李四", village=VILLAGE), village=VILLAGE, post="party_secretary",
        start=datetime.date(2024, 1, 1),
    )  # fmt: skip

    undo = undone(client, upload)

    seat.refresh_from_db()
    assert seat.end is not None
    assert "这个村在这段时间已有党组织书记" in undo.rows.get().values["why"]
    assert not Appointment.objects.filter(post="village_committee_member").exists()


def test_what_was_put_back_by_hand_is_nothing_to_do(clerk, client):
    someone = known(name="张三")
    upload = committed(client, row("张叁", someone.id_number, "大专", "文书", ""))
    Person.objects.filter(pk=someone.pk).update(name="张三", phone="")
    found = Person.objects.get(pk=someone.pk)
    found.phone = "13900002222"
    found.save()

    undo = undone(client, upload)

    assert not undo.rows.exists()
    assert Person.objects.get(pk=someone.pk).name == "张三"


def test_data_changed_after_the_page_shows_it_again(clerk, client):
    upload = committed(client, row("张三", factories.id_number()), row("李四", factories.id_number()))
    shown = re.search(r'name="shown" value="(\w+)"', page(client, "roster_undo", upload))[1]
    Person.objects.filter(name="张三").update(name="张三丰")

    answer = press(client, "roster_undo", upload, shown=shown)

    assert "打开这一页之后数据有了变化" in answer.content.decode()
    upload.refresh_from_db()
    assert upload.status == "committed"
    assert Person.objects.count() == 2


def test_an_expired_upload_can_still_be_undone(clerk, client):
    before = tables()
    upload = committed(client, row("张三", factories.id_number()))
    importer.purge(upload.expires_at + datetime.timedelta(days=1))

    undone(client, upload)
    importer.purge(upload.expires_at + datetime.timedelta(days=1))

    assert tables() == before
    assert "撤销" in page(client, "roster_result", upload)


def test_a_batch_that_wrote_nothing_is_told(clerk, client):
    people = row("张三", factories.id_number())
    committed(client, people)
    same = committed(client, people, name="再传.xlsx")

    text = page(client, "roster_undo", same)
    press(client, "roster_undo", same)

    assert "这一批没有可以撤销的内容" in text
    same.refresh_from_db()
    assert same.status == "committed"


def test_the_neighbours_batch_does_not_exist(guangze, client):
    client.force_login(county.clerk("350723102"))
    theirs = committed(client, row("李四", factories.id_number(), village="止马村"))
    client.force_login(county.clerk())

    assert client.get(reverse("roster_undo", args=[theirs.pk])).status_code == 404
    assert press(client, "roster_undo", theirs).status_code == 404
    assert Person.objects.exists()


@pytest.mark.parametrize("role", ["leader", "auditor", "system_admin"])
def test_other_roles_may_not_undo(clerk, client, role):
    upload = committed(client, row("张三", factories.id_number()))
    client.force_login(county.user(role, role=role))

    assert client.get(reverse("roster_undo", args=[upload.pk])).status_code == 403
    assert press(client, "roster_undo", upload).status_code == 403
    assert Person.objects.exists()


def test_the_countys_staff_may_undo_a_townships_batch(clerk, client):
    before = tables()
    upload = committed(client, row("张三", factories.id_number()))
    client.force_login(county.staff())

    undo = undone(client, upload)

    assert tables() == before
    assert undo.division_id == county.TOWNSHIP
    client.force_login(clerk)
    assert "已恢复 3 处" in page(client, "roster_result", undo)


def test_no_page_shows_a_whole_number(clerk, client):
    someone = known(name="张三")
    upload = committed(client, row("张叁", someone.id_number, phone="13911112222"), row("李四", factories.id_number()))
    Person.objects.filter(pk=someone.pk).update(name="张五")
    texts = [page(client, "roster_undo", upload)]
    undo = undone(client, upload)
    texts += [page(client, "roster_result", undo), str(undo.counts)]

    for text in texts:
        assert not re.search(r"[0-9]{17}[0-9Xx]|(?<![0-9])1[3-9][0-9]{9}(?![0-9])", text)


def _queries(call, *args, **options):
    with CaptureQueriesContext(connection) as found:
        call(*args, **options)
    return len(found)


@pytest.mark.parametrize("kept", [False, True])
def test_twenty_rows_cost_the_queries_of_two(clerk, client, kept):
    costs = []
    for size in (2, 20):
        people = [known(name=f"人{number}") for number in range(size)]
        new = [row(f"新{number}", factories.id_number()) for number in range(size)]
        rows = [row(f"改{number}", someone.id_number, "大专", "村委委员") for number, someone in enumerate(people)]
        upload = committed(client, *rows, *new)
        if kept:
            Person.objects.filter(name__startswith="改").update(name="又改")
            Appointment.objects.filter(person__name__startswith="新").update(remarks="x")
        costs.append([_queries(call, upload, by=clerk) for call in (importer.look, importer.undo)])
        Appointment.objects.all().delete()
    assert costs[0] == costs[1]


def test_kept_rows_of_an_undo_are_encrypted(clerk, client):
    upload = committed(client, row("诸葛孔明", factories.id_number()))
    Person.objects.update(remarks="x")
    undo = undone(client, upload)

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT t::text FROM {UploadRow._meta.db_table} t WHERE upload_id = %s", [undo.pk])
        assert "诸葛" not in str(cursor.fetchall())


def test_a_batch_that_is_not_committed_cannot_be_undone(clerk, client):
    upload = sent(client, row("张三", factories.id_number()))

    assert press(client, "roster_undo", upload)["Location"] == reverse("roster_result", args=[upload.pk])
    assert press_as_shown(client, "roster_preview", "roster_confirm", upload)["Location"] == reverse(
        "roster_result", args=[upload.pk]
    )


def test_what_the_county_took_back_the_township_does_not_bring_again(clerk, client):
    upload = committed(client, row("张三", factories.id_number()))
    client.force_login(county.staff())
    undo = undone(client, upload)
    client.force_login(clerk)

    press(client, "roster_undo", undo)

    assert not Person.objects.exists()
    assert "收回这次撤销" not in page(client, "roster_result", undo)
