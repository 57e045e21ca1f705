"""The county asks for rosters: rounds, the board, reminders, which upload answers, and what neighbours see of it."""

import datetime
import io
from dataclasses import replace

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.jobs import chores
from core.jobs.worker import Worker
from core.models import AuditEntry
from rosters import collection, spec
from rosters.models import CollectionNotice, CollectionRequest, CollectionRound, Upload
from tests import factories
from tests.rosters import county
from tests.rosters.workbooks import xlsx
from villages.models import Division

pytestmark = pytest.mark.django_db
HEADER = ("村", "姓名", "身份证号", "职务", "任现职时间")
OTHER = "350723102"  # 止马镇


@pytest.fixture
def staff(db, client):
    county.load()
    user = county.staff()
    client.force_login(user)
    return user


def clerk_client(code=county.TOWNSHIP):
    found = Client()
    found.force_login(county.clerk(code))
    return found


def today(days=0):
    return timezone.localdate() + datetime.timedelta(days=days)


def ask(client, days=5, townships=(county.TOWNSHIP, OTHER), **more):
    given = {
        "kind": "committee", "as_of": today().isoformat(), "due": today(days).isoformat(),
        "townships": townships, "note": "含新任干部",
    }  # fmt: skip
    return client.post(reverse("collection_new"), given | more)


def send(client, *people, village="茶富村", content=None):
    rows = people or [(village, "张三", factories.id_number(), "村委委员", "2021.03")]
    file = SimpleUploadedFile("名册.xlsx", content or xlsx([list(HEADER), *map(list, rows)]))
    client.post(reverse("roster_upload"), {"kind": "committee", "file": file})
    return Upload.objects.order_by("-pk").first()


def text(client, name, *args, **query):
    return client.get(reverse(name, args=args), query).content.decode()


def board(client, **query):
    return text(client, "collection_round", CollectionRound.objects.latest("pk").pk, **query)


def request_of(code=county.TOWNSHIP):
    return CollectionRequest.objects.get(division_id=code)


def test_all_townships_are_asked_unless_some_are_chosen(staff, client):
    form = text(client, "collection_new")

    townships = Division.objects.townships().filter(code__startswith=county.COUNTY).count()
    assert form.count('name="townships"') == form.count("checked") == townships
    answer = ask(client)
    assert answer["Location"] == reverse("collection_round", args=[CollectionRound.objects.get().pk])
    assert CollectionRequest.objects.count() == 2
    assert AuditEntry.objects.filter(verb="create", model="rosters.collectionround").count() == 1


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"due": "2020-01-01"}, "报送期限已经过去"),
        ({"townships": []}, "请至少选一个乡镇"),
        ({"as_of": "2099-01-01"}, "名册截至不能晚于报送期限"),
        ({"townships": ["350724100"]}, "350724100"),
        ({"kind": "nothing"}, "nothing"),
    ],
)
def test_what_cannot_be_asked_is_told(staff, client, given, words):
    answer = ask(client, **given)

    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert not CollectionRound.objects.exists()


OF_COUNTY = ["review_rounds", "election_results", "colleges", "safeguard_standards", "joint_review", "fund_entries"]


@pytest.mark.parametrize("kind", OF_COUNTY)
def test_townships_are_not_asked_for_what_the_county_alone_writes(staff, client, kind):
    assert ask(client, kind=kind).status_code == 400
    assert f'value="{kind}"' not in text(client, "collection_new")
    template = reverse("roster_template_choice", args=[kind])
    assert template in text(client, "roster_forms")
    assert template not in text(clerk_client(), "roster_forms")


def test_a_prefecture_looks_and_does_not_ask(staff, client):
    ask(client)
    prefecture = Client()
    prefecture.force_login(county.user("prefecture", "3507"))

    assert "已报 0/2 个乡镇" in board(prefecture)
    assert ask(prefecture).status_code == 403
    assert CollectionRound.objects.count() == 1


def test_board_follows_an_upload_from_missing_to_done(staff, client):
    ask(client)
    clerk = clerk_client()
    assert board(client).count("未交</span>") == 2

    upload = send(clerk)
    assert upload.request == request_of()
    assert "已上传待核对" in board(client, show="reading")
    clerk.post(reverse("roster_confirm", args=[upload.pk]))

    html = board(client, show="done")
    assert "已入库</span>" in html
    assert "寨里镇" in html
    assert "止马镇" not in html
    assert "已报 1/2 个乡镇" in html
    assert reverse("roster_preview", args=[upload.pk]) in html


def test_board_counts_wrong_rows(staff, client):
    ask(client)

    send(clerk_client(), ("茶富村", "张三", "123", "村委委员", "2021.03"))

    assert "有问题 1 行" in board(client, show="problems")


def test_a_roster_that_changes_nothing_is_handed_in(staff, client):
    ask(client)
    clerk = clerk_client()
    person = ("茶富村", "张三", factories.id_number(), "村委委员", "2021.03")
    first = send(clerk, person)
    clerk.post(reverse("roster_confirm", args=[first.pk]))
    client.post(reverse("collection_again", args=[request_of().pk]), {"reason": "缺村监会成员"})

    send(clerk, person)

    assert "与系统一致</span>" in board(client, show="done")


def test_board_says_how_late_it_came_and_how_late_it_is(staff, client):
    ask(client)
    CollectionRound.objects.update(due=today(-4))
    upload = send(clerk_client())
    clerk_client().post(reverse("roster_confirm", args=[upload.pk]))
    Upload.objects.filter(pk=upload.pk).update(committed_at=timezone.now() - datetime.timedelta(days=2))

    html = board(client, show="late")

    assert "迟交 2 天" in html
    assert "迟交 4 天" in html


def test_again_shows_the_reason_to_the_clerk_and_ends_with_the_next_upload(staff, client):
    ask(client)
    clerk = clerk_client()
    upload = send(clerk)
    clerk.post(reverse("roster_confirm", args=[upload.pk]))
    assert "请重报" not in text(clerk, "home")

    client.post(reverse("collection_again", args=[request_of().pk]), {"reason": "缺村监会成员"})
    assert "缺村监会成员" in text(clerk, "home")
    assert "待重报" in board(client)
    assert f'href="{reverse("roster_preview", args=[upload.pk])}">重报以前的' in board(client)
    again = send(clerk)
    clerk.post(reverse("roster_confirm", args=[again.pk]))

    assert "缺村监会成员" not in text(clerk, "home")
    assert "已报 1/2" in board(client)
    assert "重报以前的" not in board(client)


def test_again_needs_a_reason_and_an_open_round(staff, client):
    ask(client)
    asked = CollectionRound.objects.get()
    client.post(reverse("collection_again", args=[request_of().pk]), {"reason": " "})
    assert "请写明为什么要重报" in board(client)

    client.post(reverse("collection_close", args=[asked.pk]))
    client.post(reverse("collection_again", args=[request_of().pk]), {"reason": "x"})

    assert "这次催报已经结束" in board(client)
    assert not CollectionNotice.objects.exists()


@pytest.mark.parametrize(
    ("days", "words", "at_home"),
    [(9, "还有 9 天", False), (3, "还有 3 天", True), (1, "还有 1 天", True), (0, "今天到期", True), (-2, "已过报送期限 2 天", True)],
)  # fmt: skip
def test_the_clerk_is_told_as_the_day_comes_near(staff, client, days, words, at_home):
    ask(client)
    due = today(days)
    CollectionRound.objects.update(due=due)
    clerk = clerk_client()

    assert (words in text(clerk, "home")) is at_home
    html = text(clerk, "roster_home")
    assert words in html
    assert f"请于 {due.month}月{due.day}日前报送" in html
    assert ('class="bad-words"' in html) is (days < 0)


def test_a_closed_round_asks_nobody(staff, client):
    ask(client, days=1)
    client.post(reverse("collection_close", args=[CollectionRound.objects.get().pk]))

    assert "前报送" not in text(clerk_client(), "roster_home")
    assert send(clerk_client()).request is None
    assert "已结束" in text(client, "collection_home")


def test_another_township_sees_nothing_of_it(staff, client):
    ask(client, days=1, townships=[county.TOWNSHIP])
    client.post(reverse("collection_again", args=[request_of().pk]), {"reason": "缺村监会成员"})
    neighbour = clerk_client(OTHER)

    pages = text(neighbour, "home") + text(neighbour, "roster_home") + text(neighbour, "roster_upload")
    assert "前报送" not in pages
    assert "缺村监会成员" not in pages
    assert send(neighbour, village="止马村").request is None


def test_the_timer_reminds_once_and_not_who_has_handed_in(staff, client):
    ask(client, days=3)
    upload = send(clerk_client())
    clerk_client().post(reverse("roster_confirm", args=[upload.pk]))

    out = io.StringIO()
    call_command("remind", stdout=out)
    call_command("remind", stdout=io.StringIO())

    assert "提前 3 天提醒：1 个乡镇" in out.getvalue()
    notice = CollectionNotice.objects.get()
    assert (notice.request.division_id, notice.kind) == (OTHER, "days_3")
    assert "提前 3 天提醒" in board(client)


def work_once():
    worker = Worker(control=connection, needed=lambda: worker.stop() is None)  # one look, and it ends
    worker.run()


def test_the_worker_reminds_by_itself(staff, client):
    ask(client, days=3, townships=[OTHER])

    work_once()

    assert [notice.kind for notice in CollectionNotice.objects.all()] == ["days_3"]


@pytest.mark.parametrize("fault", [ValueError, OperationalError])
def test_a_fault_of_one_daily_chore_keeps_nothing_else_from_being_done(staff, client, monkeypatch, caplog, fault):
    def broken(day):
        raise fault("!")

    ask(client, days=3, townships=[OTHER])
    monkeypatch.setattr(chores, "_chores", [broken, *chores._chores])

    work_once()

    assert [notice.kind for notice in CollectionNotice.objects.all()] == ["days_3"]
    assert "每天的例行工作 broken 出错" in caplog.text


@pytest.mark.parametrize(("on", "kinds"), [(0, []), (2, ["days_3"]), (4, ["days_1"]), (5, ["days_0"]), (6, [])])
def test_the_timer_knows_the_days_and_catches_up_with_a_missed_one(staff, client, on, kinds):
    ask(client, days=5, townships=[OTHER])

    call_command("remind", on=today(on).isoformat(), stdout=io.StringIO())

    assert [notice.kind for notice in CollectionNotice.objects.all()] == kinds


def test_of_several_requests_the_nearest_is_answered_and_another_can_be_chosen(staff, client):
    ask(client, days=9, title="年底名册")
    ask(client, days=4, title="换届名册")
    clerk = clerk_client()
    upload = send(clerk)
    assert upload.request.round.title == "换届名册"
    assert "年底名册" in text(clerk, "roster_preview", upload.pk)

    other = CollectionRequest.objects.get(round__title="年底名册", division_id=county.TOWNSHIP)
    clerk.post(reverse("roster_bind", args=[upload.pk]), {"request": other.pk})
    upload.refresh_from_db()
    assert upload.request == other
    clerk.post(reverse("roster_bind", args=[upload.pk]), {"request": ""})
    upload.refresh_from_db()
    assert upload.request is None


def test_an_upload_cannot_be_bound_to_the_neighbours_request(staff, client):
    ask(client)
    upload = send(clerk_client())

    answer = clerk_client().post(reverse("roster_bind", args=[upload.pk]), {"request": request_of(OTHER).pk})

    assert answer.status_code == 404
    upload.refresh_from_db()
    assert upload.request == request_of()


def test_board_as_a_workbook(staff, client):
    ask(client)
    send(clerk_client())
    collection.ask_again(request_of(OTHER), by=staff, reason="=1+1")

    answer = client.get(reverse("collection_export", args=[CollectionRound.objects.get().pk]))

    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    lines = {row[1]: row for row in sheet.iter_rows(min_row=4, values_only=True)}
    assert lines["寨里镇"][2] == "已上传待核对"
    assert lines["寨里镇"][4] == 1
    assert lines["止马镇"][2] == "待重报"
    assert lines["止马镇"][12] == "=1+1"
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


def _queries(call):
    with CaptureQueriesContext(connection) as found:
        call()
    return len(found)


@pytest.mark.parametrize("name", ["collection_home", "collection_round"])
def test_pages_cost_the_same_for_more_townships(staff, client, name):
    costs = []
    for count in (1, 8):
        townships = [found.code for found in Division.objects.townships().filter(code__startswith="350723")[:count]]
        ask(client, townships=townships)
        for code in townships:
            Upload.objects.create(
                by=staff, division_id=code, kind="committee", filename="x", digest="", size=1, status="read",
                as_of=today(), request=CollectionRequest.objects.latest("pk"),
            )  # fmt: skip
        args = [CollectionRound.objects.latest("pk").pk] if name == "collection_round" else []
        costs.append(_queries(lambda args=args: client.get(reverse(name, args=args))))
    assert costs[0] == costs[1]


@pytest.fixture
def by_class(monkeypatch):
    """The kind as if it were collected per training class: classes 7 and 8."""
    classes = {7: "第一期培训班", 8: "第二期培训班"}
    target = spec.Target(
        "班次", lambda user, on: list(classes.items()), lambda user: list(classes), lambda keys: {key: classes[key] for key in keys},
        title="名册", missing="请选择班次。",
    )  # fmt: skip
    monkeypatch.setitem(spec._registry, "committee", replace(spec.get("committee"), target=target))


def test_a_kind_about_a_class_is_asked_for_one(staff, client, by_class):
    refused = ask(client)
    assert refused.status_code == 400
    assert "要选班次" in refused.content.decode()

    ask(client, target="committee:8")

    assert CollectionRound.objects.get().target_id == 8
    assert "第二期培训班" in board(client)
    assert send(clerk_client()).target_id == 8
