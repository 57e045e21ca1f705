"""Folders, large files and large commits through the pages: received at once, done by the worker, watched and taken back."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core import jobs
from core.models import AuditEntry, Job
from rosters.importer import delivery
from rosters.models import Upload
from rosters.views import delivering
from talent.models import Person
from tests import factories
from tests.rosters import county
from tests.rosters.background import drain
from tests.rosters.workbooks import xlsx

pytestmark = pytest.mark.django_db
HEADER = ["村", "姓名", "身份证号", "职务", "任现职时间"]


@pytest.fixture
def clerk(db, client):
    county.load()
    user = county.clerk()
    client.force_login(user)
    return user


def roster(count=2):
    """Of people nobody could take for one another: who is on file under another number is warned about."""
    numbers = [factories.id_number() for _ in range(count)]
    return xlsx([HEADER, *[["茶富村", f"人{number[4:]}", number, "村委委员", "2021.03"] for number in numbers]])


def hand_in(client, files, script=False, **more):
    """POST {path: content} as the page does: without its script all at once, with it as a part of a folder."""
    sent = [SimpleUploadedFile(path.rsplit("/", 1)[-1], content) for path, content in files.items()]
    form = {"kind": "committee", "file": sent, **more}
    if script:
        form |= {"batch": more.get("batch", ""), "path": list(files)}
    headers = {"Accept": "application/json"} if script else {}
    return client.post(reverse("roster_upload"), form, headers=headers)


def page(client, response):
    return client.get(response["Location"]).content.decode()


def large(clerk, client, monkeypatch):
    """An upload whose commit is work for the worker."""
    monkeypatch.setattr(delivering, "FEW_ROWS", 1)
    return Upload.objects.get(pk=re.search(r"\d+", hand_in(client, {"a.xlsx": roster()})["Location"])[0])


def test_files_are_kept_before_anybody_reads_them(clerk, client):
    response = hand_in(client, {"一.xlsx": roster(), "二.xlsx": roster()})

    assert [upload.status for upload in Upload.objects.all()] == ["queued", "queued"]
    assert all(upload.content.startswith(b"PK") for upload in Upload.objects.all())
    html = page(client, response)
    assert "已读 0 / 2 个文件" in html
    assert "后台程序没有运行。文件已收下，不会丢失；启动后会接着处理" in html


def test_the_worker_reads_them_and_the_page_leads_on(clerk, client):
    response = hand_in(client, {"一.xlsx": roster(), "二.xlsx": roster()})
    drain()

    html = page(client, response)
    assert "已读 2 / 2 个文件" in html
    assert 'data-poll="0"' in html
    assert [upload.counts["new"] for upload in Upload.objects.all()] == [2, 2]
    for upload in Upload.objects.all():
        assert reverse("roster_preview", args=[upload.pk]) in html
        assert client.post(reverse("roster_confirm", args=[upload.pk])).status_code == 302
    assert Person.objects.count() == 4


def test_a_queued_upload_leads_to_its_progress(clerk, client):
    response = hand_in(client, {"一.xlsx": roster(), "二.xlsx": roster()})

    for upload in Upload.objects.all():
        answer = client.get(reverse("roster_preview", args=[upload.pk]))
        assert answer["Location"] == response["Location"]
    assert "排队读取" in client.get(reverse("roster_home")).content.decode()


def test_the_script_sees_only_what_changes(clerk, client):
    response = hand_in(client, {"一.xlsx": roster(), "二.xlsx": roster()})

    part = client.get(response["Location"], headers={"X-Part": "progress"}).content.decode()

    assert part.startswith('<div id="progress"')
    assert "<html" not in part


def test_a_folder_comes_in_parts_and_is_one_lot(clerk, client):
    first = hand_in(client, {"寨里镇/茶富/一.xlsx": roster(), "寨里镇/二.xlsx": roster()}, script=True).json()
    second = hand_in(client, {"寨里镇/三.xlsx": roster()}, script=True, batch=first["batch"]).json()
    drain()

    assert second == first
    names = ["寨里镇／茶富／一.xlsx", "寨里镇／二.xlsx", "寨里镇／三.xlsx"]
    assert list(Upload.objects.order_by("pk").values_list("filename", flat=True)) == names
    assert "已读 3 / 3 个文件" in client.get(first["page"]).content.decode()


def test_what_is_no_roster_is_skipped_and_said(clerk, client):
    files = {"资料/说明.docx": b"PK", "资料/~$一.xlsx": b"x", "资料/Thumbs.db": b"x", "资料/一.xlsx": roster()}
    more = {"skipped": ["资料/照片.jpg", "资料/大表.xlsx"], "skipped_size": ["9", str(11 * 1024 * 1024)]}
    answer = hand_in(client, files, script=True, **more)

    html = client.get(answer.json()["page"]).content.decode()

    assert Upload.objects.get().filename == "资料／一.xlsx"
    assert "5 个文件不是名册，跳过没有读" in html
    for name in ("说明.docx", "~$一.xlsx", "Thumbs.db", "照片.jpg", "大表.xlsx", "超过 10 MB"):
        assert name in html


def test_a_folder_without_a_roster_is_told(clerk, client):
    answer = hand_in(client, {"说明.docx": b"PK", "照片.jpg": b"x"}, script=True)

    assert answer.status_code == 400
    assert answer.json()["problem"] == "2 个文件都不是名册（不是表格等），没有读取。"
    assert not Job.objects.exists()


def test_a_path_is_only_a_name(clerk, client):
    evil = "../../etc/<b>夹\u202e</b>/350723198001011234/一.xlsx"
    html = client.get(hand_in(client, {evil: roster()}, script=True).json()["page"]).content.decode()

    name = Upload.objects.get().filename
    assert name.endswith("／一.xlsx")
    assert "350723198001011234" not in name + html
    assert "/" not in name
    assert "\u202e" not in name


def test_a_lot_has_a_limit(clerk, client, monkeypatch):
    monkeypatch.setattr(delivery, "MOST_FILES", 2)
    first = hand_in(client, {"一.xlsx": roster(), "二.xlsx": roster()}, script=True).json()

    third = hand_in(client, {"三.xlsx": roster()}, script=True, batch=first["batch"])

    assert third.status_code == 400
    assert "一次最多 2 个文件" in third.json()["problem"]
    assert Upload.objects.count() == 2


def test_a_foreign_lot_is_not_joined(clerk, client):
    first = hand_in(client, {"一.xlsx": roster()}, script=True).json()
    client.force_login(county.clerk("350723102"))

    second = hand_in(client, {"二.xlsx": roster()}, script=True, batch=first["batch"]).json()

    assert second["batch"] != first["batch"]
    assert client.get(first["page"]).status_code == 404


def test_a_large_file_waits_for_the_worker(clerk, client, monkeypatch):
    monkeypatch.setattr(delivering, "SMALL", 100)

    response = hand_in(client, {"大.xlsx": roster()})
    waiting = page(client, response)
    drain()

    assert "已读 0 / 1 个文件" in waiting
    assert reverse("roster_preview", args=[Upload.objects.get().pk]) in page(client, response)


def test_the_rest_is_taken_back_and_the_read_ones_stay(clerk, client):
    response = hand_in(client, {"一.xlsx": roster(), "二.xlsx": roster(), "三.xlsx": roster()})
    first = Job.objects.order_by("pk").first()
    Job.objects.exclude(pk=first.pk).update(place=9)
    Job.objects.filter(pk=first.pk).update(status="running", tries=1)  # as if a worker had it: it is asked to stop

    client.post(reverse("job_cancel", args=[first.pk]), {"rest": "1"})

    assert [job.status for job in Job.objects.order_by("pk")] == ["running", "cancelled", "cancelled"]
    assert [upload.status for upload in Upload.objects.order_by("pk")] == ["queued", "dropped", "dropped"]
    drain()  # its worker is dead, so the next one ends it
    assert Job.objects.get(pk=first.pk).status == "cancelled"
    assert Upload.objects.order_by("pk").first().status == "dropped"
    html = page(client, response)
    assert "已读 0 / 3 个文件" in html
    assert "3 个已取消，没有读" in html


def test_a_large_commit_goes_to_the_worker_once(clerk, client, monkeypatch):
    upload = large(clerk, client, monkeypatch)

    first, second = (client.post(reverse("roster_confirm", args=[upload.pk])) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert "排队等候入库" in page(client, first)
    preview = client.get(reverse("roster_preview", args=[upload.pk])).content.decode()
    assert "正在后台入库" in preview
    assert not Person.objects.exists()

    drain()
    assert Person.objects.count() == 2
    html = page(client, first)
    assert "已入库 2 行。" in html
    assert reverse("roster_result", args=[upload.pk]) in html


def test_a_commit_after_the_data_changed_is_shown_again(clerk, client, monkeypatch):
    upload = large(clerk, client, monkeypatch)
    other = hand_in(client, {"b.xlsx": upload.content})
    response = client.post(reverse("roster_confirm", args=[upload.pk]))
    monkeypatch.setattr(delivering, "FEW_ROWS", 9)
    client.post(f"{other['Location']}confirm/")

    drain()

    html = page(client, response)
    assert "没有写入任何内容，请再核对一次" in html
    assert f"{reverse('roster_preview', args=[upload.pk])}?renewed=1" in html


def test_an_account_that_was_switched_off_commits_nothing(clerk, client, monkeypatch):
    upload = large(clerk, client, monkeypatch)
    client.post(reverse("roster_confirm", args=[upload.pk]))
    type(clerk).objects.filter(pk=clerk.pk).update(is_active=False)

    drain()

    job = jobs.latest(delivery.COMMIT, upload.pk)
    assert (job.status, job.error) == ("failed", "这个账号没有上传名册的权限。")
    assert not Person.objects.exists()


def test_a_failed_job_says_why_and_is_tried_again(clerk, client):
    response = hand_in(client, {"一.xlsx": roster(), "二.xlsx": roster()})
    job = Job.objects.order_by("pk").first()
    for _ in range(3):  # three workers died over it
        Job.objects.filter(pk=job.pk).update(status="running", tries=3)
    drain()

    html = page(client, response)
    assert "一.xlsx：后台程序处理它时中断了 3 次，没有写入任何内容" in html
    assert "再试一次" in html
    client.post(reverse("job_retry", args=[job.pk]))
    drain()

    assert {upload.status for upload in Upload.objects.all()} == {"read"}
    assert "中断" not in page(client, response)


def test_the_read_in_the_background_is_in_the_log(clerk, client):
    hand_in(client, {"一.xlsx": roster(), "二.xlsx": roster()})
    drain()

    assert list(AuditEntry.objects.filter(verb="upload").values_list("by", flat=True)) == [clerk.pk] * 2


def test_progress_costs_the_same_for_more_files(clerk, client, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    costs = []
    for count in (2, 12):
        response = hand_in(client, {f"{at}.xlsx": roster() for at in range(count)})
        with CaptureQueriesContext(connection) as asked:
            client.get(response["Location"])
        costs.append(len(asked))
        drain()
    assert costs[0] == costs[1] or abs(costs[0] - costs[1]) <= 1  # the second one knows how long a file takes


def test_handing_in_costs_the_same_for_more_files(clerk, client):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    costs = []
    for count in (2, 12):
        with CaptureQueriesContext(connection) as asked:
            hand_in(client, {f"{at}.xlsx": roster() for at in range(count)})
        costs.append(len(asked))
    assert costs[0] == costs[1]


def test_the_list_of_jobs_shows_the_office_everything_and_the_administrator_states(clerk, client):
    hand_in(client, {"甲村名册.xlsx": roster(), "二.xlsx": roster()})
    Job.objects.filter(place=1).update(status="failed", error="后台程序中断", finished_at="2026-01-01T00:00Z")
    pages = {}
    for role in ("county_staff", "system_admin"):
        client.force_login(county.user(f"a_{role}", role=role))
        pages[role] = client.get(reverse("jobs")).content.decode()

    assert "甲村名册.xlsx" in pages["county_staff"]
    assert "甲村名册.xlsx" not in pages["system_admin"]
    assert "/rosters/" not in pages["system_admin"]
    for html in pages.values():
        assert "后台程序没有运行" in html
        assert "读取名册" in html
        assert "再试一次" in html


def test_the_administrator_tries_again_from_the_list(clerk, client):
    hand_in(client, {"一.xlsx": roster(), "二.xlsx": roster()})
    job = Job.objects.latest("pk")
    Job.objects.filter(pk=job.pk).update(status="failed", error="x", finished_at="2026-01-01T00:00Z")
    client.force_login(county.user("admin", role="system_admin"))

    answer = client.post(reverse("job_retry", args=[job.pk]), {"list": "1"})

    assert answer["Location"] == reverse("jobs")
    assert Job.objects.get(pk=job.pk).status == "waiting"
    assert AuditEntry.objects.filter(model="core.job", object_id=str(job.pk), by__username="admin").exists()
