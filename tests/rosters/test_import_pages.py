"""The clerk's job through the pages: upload, see, confirm, result; who may; what the pages never say."""

import datetime
import io
import json
import re
import time

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.models import AuditEntry
from rosters import importer
from rosters.models import Upload, UploadRow
from talent.models import Appointment, Person
from tests import factories
from tests.rosters import county
from tests.rosters.background import drain
from tests.rosters.test_hostile import HOSTILE
from tests.rosters.workbooks import ods, roster_rows, xlsx

pytestmark = pytest.mark.django_db

HEADER = ("村", "姓名", "身份证号", "职务", "任现职时间", "联系电话", "备注")


@pytest.fixture
def guangze(db):
    county.load()


@pytest.fixture
def clerk(guangze, client):
    user = county.clerk()
    client.force_login(user)
    return user


def send(client, content, name="名册.xlsx", **more):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("roster_upload"), {"kind": "committee", "file": file, **more})


def send_path(client, path):
    return send(client, path.read_bytes(), path.name)


def upload_of(response):
    return Upload.objects.get(pk=int(re.search(r"/rosters/(\d+)/", response["Location"])[1]))


def page(client, response):
    return client.get(response["Location"]).content.decode()


def confirm(client, upload):
    return client.post(reverse("roster_confirm", args=[upload.pk]))


def expected(path):
    return json.loads(path.with_suffix(".expected.json").read_text(encoding="utf-8"))


def rows(*people, header=HEADER):
    return xlsx([list(header), *[list(person) for person in people]])


def test_list_begins_empty_and_says_what_to_do(clerk, client):
    assert "还没有上传过名册" in client.get(reverse("roster_home")).content.decode()


def test_list_tells_a_file_without_rows_from_one_with_problems(clerk, client):
    send(client, rows(), "空表.xlsx")
    assert "没有数据行</span>" in client.get(reverse("roster_home")).content.decode()

    confirm(client, upload_of(send_path(client, county.FIRST)))
    again = upload_of(send(client, county.FIRST.read_bytes()))
    assert again.counts["unchanged"]
    assert again.counts["error"]

    page = client.get(reverse("roster_home")).content.decode()
    assert "待改正</span>" in page
    assert "与系统一致</span>" not in page


@pytest.mark.parametrize("path", [county.FIRST, county.SECOND, county.THIRD], ids=["01", "02", "03"])
def test_workbook_comes_in_as_expected(guangze, client, path):
    client.force_login(county.staff())

    upload = upload_of(send_path(client, path))
    wanted = expected(path)
    found = {(row.sheet, row.excel_row): row.outcome for row in upload.rows.all()}
    assert found == {(row["sheet"], row["excel_row"]): row["outcome"] for row in wanted["rows"]}
    totals = wanted["totals"]
    assert (upload.counts["new"], upload.counts["error"]) == (totals["accept"] + totals["warn"], totals["error"])
    assert not Person.objects.exists()

    response = confirm(client, upload)
    assert response["Location"] == reverse("roster_result", args=[upload.pk])
    assert f"已入库 {upload.writes} 行" in client.get(response["Location"]).content.decode()
    good = [row["values"] for row in wanted["rows"] if row["outcome"] != "error"]
    assert Person.objects.count() == len({row["id_number"] for row in good})
    assert Appointment.objects.count() == len({(row["id_number"], post) for row in good for post in row["posts"]})


def test_every_value_of_the_first_workbook_is_kept(clerk, client):
    confirm(client, upload_of(send_path(client, county.FIRST)))

    for row in expected(county.FIRST)["rows"]:
        if row["outcome"] == "error":
            continue
        values = row["values"]
        person = Person.objects.with_id_number(values["id_number"]).get()
        assert (person.name, person.sex, person.village.name) == (values["name"], values["sex"], values["village"])
        assert person.political_status == values["political_status"]
        assert [education.level for education in person.educations.all()] == [values["education"]]
        held = person.appointments.filter(start__startswith=values["start_date"] or "").values_list("post", flat=True)
        assert set(held) >= set(values["posts"])


def test_preview_shows_what_was_understood(clerk, client):
    text = page(client, send_path(client, county.FIRST))

    for words in (
        "识别为“村‘两委’干部花名册”",
        "表头在第 3 行",
        "表头“出生 年月”",
        "没有用到的列：A 序号",
        "Sheet2",
        "入库 46 行，8 行有问题暂不入库",
        "乡镇取自表格标题",
    ):
        assert words in text


def test_pages_never_show_a_whole_number(clerk, client):
    response = send_path(client, county.FIRST)
    upload = upload_of(response)
    texts = [page(client, response)]
    confirm(client, upload)
    texts += [
        client.get(reverse(name, args=[upload.pk])).content.decode() for name in ("roster_result", "roster_preview")
    ]

    for text in texts:
        assert not re.search(
            r"[0-9]{17}[0-9Xx]|(?<![0-9])1[3-9][0-9]{9}(?![0-9])", re.sub("[0-9a-f]{32,}", "", text)
        )  # a fingerprint is no phone


@pytest.mark.parametrize(
    ("chip", "count"), [("new", 46), ("changed", 0), ("same", 0), ("warn", 3), ("error", 8), ("", 54)]
)
def test_chips_filter_the_rows(clerk, client, chip, count):
    upload = upload_of(send_path(client, county.FIRST))

    text = client.get(reverse("roster_preview", args=[upload.pk]), {"show": chip}).content.decode()

    assert text.count('<tr id="row-') == count


def test_the_same_file_again_says_nothing_changes(clerk, client):
    confirm(client, upload_of(send_path(client, county.FIRST)))
    lines = AuditEntry.objects.count()

    again = send(client, county.FIRST.read_bytes(), "改了名字.xlsx")

    assert "与系统一致" in page(client, again)
    assert upload_of(again).writes == 0
    assert reverse("roster_confirm", args=[upload_of(again).pk]) not in page(client, again)
    assert AuditEntry.objects.count() == lines + 1


def test_a_corrected_file_touches_only_what_was_corrected(clerk, client):
    confirm(client, upload_of(send_path(client, county.FIRST)))
    book = openpyxl.load_workbook(county.FIRST)
    sheet = book["Sheet1"]
    sheet["G5"] = "大专"  # 吴安全, was 高中
    sheet["G11"] = "初中"  # was 文盲, not understood
    output = io.BytesIO()
    book.save(output)

    response = send(client, output.getvalue())
    upload = upload_of(response)
    assert (upload.counts["new"], upload.counts["changed"], upload.counts["error"]) == (1, 1, 7)
    assert '<span class="was">高中</span>大专' in page(client, response)
    confirm(client, upload)

    touched = AuditEntry.objects.filter(batch=upload.pk).exclude(verb__in=["upload", "import"])
    assert sorted(touched.values_list("verb", "model")) == [
        ("appoint", "talent.appointment"), ("change", "talent.education"),
        ("create", "talent.education"), ("create", "talent.person"),
    ]  # fmt: skip


def test_a_second_confirm_shows_the_first_result(clerk, client):
    upload = upload_of(send_path(client, county.FIRST))

    first, second = confirm(client, upload), confirm(client, upload)

    assert first["Location"] == second["Location"]
    assert AuditEntry.objects.filter(verb="import").count() == 1


def test_confirm_after_the_data_changed_shows_it_again(clerk, client):
    someone = factories.person("张三", village="350723101201")
    upload = upload_of(send(client, rows(("茶富村", "张三", someone.id_number, "主任", "2021.03", "", ""))))
    Person.objects.filter(pk=someone.pk).update(name="张叁")

    response = confirm(client, upload)

    assert "有了变化" in page(client, response)
    assert not Appointment.objects.exists()
    assert confirm(client, upload)["Location"] == reverse("roster_result", args=[upload.pk])


def test_an_unwanted_upload_is_put_away(clerk, client):
    upload = upload_of(send_path(client, county.FIRST))
    client.post(reverse("roster_drop", args=[upload.pk]))

    response = confirm(client, upload)

    assert "已作废" in page(client, response)
    assert not Person.objects.exists()


def test_the_neighbours_upload_does_not_exist(guangze, client):
    client.force_login(county.clerk("350723102"))
    theirs = upload_of(send(client, rows(("止马村", "李四", factories.id_number(), "主任", "", "", ""))))
    client.force_login(county.clerk())

    for name in ("roster_preview", "roster_result"):
        assert client.get(reverse(name, args=[theirs.pk])).status_code == 404
    for name in ("roster_confirm", "roster_drop"):
        assert client.post(reverse(name, args=[theirs.pk])).status_code == 404
    assert "名册.xlsx" not in client.get(reverse("roster_home")).content.decode()


@pytest.mark.parametrize("role", ["leader", "auditor", "system_admin"])
def test_other_roles_may_not_upload(guangze, client, role):
    client.force_login(county.user(role, role=role))

    assert client.get(reverse("roster_upload")).status_code == 403
    assert send(client, b"x").status_code == 403
    assert not Upload.objects.exists()


def test_a_prefecture_is_told_to_use_a_county_account(guangze, client):
    client.force_login(county.user("prefecture", "3507"))

    response = send(client, b"x")

    assert response.status_code == 403
    assert "县级或乡镇账号" in response.content.decode()


def test_a_refused_file_keeps_its_name_and_says_what_to_do(clerk, client):
    response = send(client, b"PK\x03\x04 not a workbook", "坏文件.xlsx")
    text = page(client, response)

    upload = upload_of(response)
    assert upload.status == "refused"
    assert "坏文件.xlsx" in text
    assert upload.refusal_message in text
    assert "坏文件.xlsx" in client.get(reverse("roster_home")).content.decode()


def send_all(client, *contents):
    files = [SimpleUploadedFile(f"名册{number}.xlsx", content) for number, content in enumerate(contents, 1)]
    return client.post(reverse("roster_upload"), {"kind": "committee", "file": files})


def test_several_files_at_once_and_one_bad_file_stops_none(clerk, client):
    response = send_all(client, xlsx(roster_rows()), b"no workbook", xlsx(roster_rows()[:4]))
    drain()

    assert [upload.status for upload in Upload.objects.order_by("pk")] == ["read", "refused", "read"]
    html = page(client, response)
    assert "读取了 3 个文件，其中 1 个未能读取，打开可看原因" in html
    assert all(f"名册{number}.xlsx" in html for number in (1, 2, 3))


def test_too_many_files_at_once_are_told_and_none_is_kept(clerk, client):
    response = send_all(client, *[b"x"] * 21)

    assert response.status_code == 400
    assert "一次最多上传 20 个文件，这次选了 21 个，请分几次上传。" in response.content.decode()
    assert not Upload.objects.exists()


def test_no_file_and_too_large_a_file_are_told(clerk, client):
    nothing = client.post(reverse("roster_upload"), {"kind": "committee"})
    large = send(client, b"0" * (13 * 1024 * 1024))

    assert (nothing.status_code, large.status_code) == (400, 400)
    assert "还没有选择文件" in nothing.content.decode()
    assert "超过 10 MB" in large.content.decode()


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gets_a_message_and_the_site_lives(clerk, client, name):
    began = time.monotonic()
    response = send(client, HOSTILE[name][0], f"{name}.xlsx")
    drain()  # a large one waits for the worker

    assert time.monotonic() - began < 10
    kept = Upload.objects.get()
    assert kept.status == "refused"
    assert kept.refusal_message in page(client, response)
    assert client.get(reverse("roster_home")).status_code == 200


def test_a_file_without_rows_and_one_without_the_column(clerk, client):
    empty = page(client, send(client, rows()))
    without = page(client, send(client, xlsx([["村", "姓名", "身份证号"], ["茶富村", "张三", factories.id_number()]])))

    assert "没有一行数据" in empty or "未能读取" in empty
    assert "没有找到“职务”这一列" in without


def test_markup_in_a_cell_and_in_the_name_stays_text(clerk, client):
    evil = "<script>alert(1)</script>"
    response = send(client, rows(("茶富村", evil, factories.id_number(), "主任", "", "", evil)), f"{evil}.xlsx")
    text = page(client, response) + client.get(reverse("roster_home")).content.decode()

    assert evil not in text
    assert "&lt;script&gt;" in text


def test_many_rows_come_in_pages(clerk, client):
    people = [("茶富村", f"人{number}", factories.id_number(), "村委委员", "2021.03", "", "") for number in range(450)]
    upload = upload_of(send(client, rows(*people)))

    text = client.get(reverse("roster_preview", args=[upload.pk]), {"show": "new", "p": 3}).content.decode()

    assert text.count('<tr id="row-') == 50
    assert "show=new&amp;p=2" in text


@pytest.mark.parametrize("name", ["roster_home", "roster_upload"])
def test_pages_cost_the_same_for_more_uploads(clerk, client, name, django_assert_num_queries):
    counts = []
    for _ in range(2):
        send(client, rows(("茶富村", "张三", factories.id_number(), "主任", "", "", "")))
        counts.append(_queries(lambda: client.get(reverse(name))))
    assert counts[0] == counts[1]


def _queries(call):
    with CaptureQueriesContext(connection) as found:
        call()
    return len(found)


def test_twenty_rows_cost_the_queries_of_two(clerk, client):
    assert _costs(clerk, client, 2) == _costs(clerk, client, 20)


def _costs(clerk, client, size):
    """Queries of uploading, showing and confirming `size` new people, and of confirming a change of them all."""
    people = [
        ("茶富村", f"人{number}", factories.id_number(), "村委委员", "2021.03", "13900001111", "x")
        for number in range(size)
    ]
    first = []
    costs = [_queries(lambda: first.append(upload_of(send(client, rows(*people)))))]
    costs.append(_queries(lambda: client.get(reverse("roster_preview", args=[first[0].pk]))))
    costs.append(_queries(lambda: importer.confirm(first[0], by=clerk)))
    changed = upload_of(send(client, rows(*[(*person[:4], "2022.01", "13900002222", "y") for person in people])))
    costs.append(_queries(lambda: importer.confirm(changed, by=clerk)))
    return costs


def test_export_comes_back_unchanged(guangze, client):
    client.force_login(county.staff())
    for path in (county.FIRST, county.SECOND):
        confirm(client, upload_of(send_path(client, path)))

    response = client.post(reverse("roster_export", args=["committee"]), {"reason": "换届核对"})
    assert response["Content-Disposition"].startswith("attachment")
    again = upload_of(send(client, response.content))

    assert again.counts["error"] == 0
    assert (again.counts["new"], again.counts["changed"]) == (0, 0)
    people = {seat[:2] for seat in Appointment.objects.serving(datetime.date.today()).values_list("person", "village")}
    assert again.counts["unchanged"] == len(people)
    line = AuditEntry.objects.get(verb="export")
    assert (line.reason, line.after) == ("换届核对", {"rows": len(people)})


def test_export_asks_for_a_reason_and_stays_in_scope(clerk, client):
    factories.appointment(village="350723102201")

    factories.appointment(village="350723101201")

    refused = client.post(reverse("roster_export", args=["committee"]), {"reason": " "})
    book = openpyxl.load_workbook(
        io.BytesIO(client.post(reverse("roster_export", args=["committee"]), {"reason": "x"}).content)
    )

    assert refused.status_code == 400
    assert book.active.max_row == 4


def test_an_export_of_nothing_says_so(clerk, client):
    factories.appointment(village="350723102201")

    answer = client.post(reverse("roster_export", args=["committee"]), {"reason": "x"})

    assert "导出 0 行，没有生成表格" in answer.content.decode()
    assert not AuditEntry.objects.filter(verb="export").exists()


def test_export_cells_are_text_and_no_formula(clerk, client):
    someone = factories.person("=1+1", village="350723101201", phone="13900001111", remarks="@SUM(A1)")
    factories.appointment(person=someone, village="350723101201")

    content = client.post(reverse("roster_export", args=["committee"]), {"reason": "x"}).content
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active

    assert {cell.data_type for row in sheet.iter_rows(min_row=3) for cell in row if cell.value} == {"s"}
    values = {cell.value: cell.number_format for row in sheet.iter_rows(min_row=4) for cell in row}
    assert values[someone.id_number] == "@"
    assert "=1+1" in values
    assert "@SUM(A1)" in values
    assert upload_of(send(client, content)).counts["unchanged"] == 1


def test_template_has_the_villages_of_the_township(clerk, client):
    content = client.get(reverse("roster_template", args=["committee"])).content
    book = openpyxl.load_workbook(io.BytesIO(content))

    assert book["选项"].sheet_state == "hidden"
    texts = {cell.value for row in book["选项"].iter_rows() for cell in row}
    assert "茶富村" in texts
    assert "止马村" not in texts
    assert len(book["名册"].data_validations.dataValidation) >= 5
    assert upload_of(send(client, content)).rows_total == 0


def test_purge_lets_contents_go_and_keeps_counts(clerk, client):
    kept = upload_of(send_path(client, county.FIRST))
    confirm(client, kept)
    dropped = upload_of(send_path(client, county.FIRST))

    assert importer.purge(kept.expires_at) == 0
    assert importer.purge(kept.expires_at + datetime.timedelta(days=1)) == 2

    kept.refresh_from_db()
    dropped.refresh_from_db()
    assert (kept.content, kept.counts["new"]) == (None, 46)
    assert not kept.rows.exclude(values=None).exists()
    assert dropped.status == "dropped"
    assert not UploadRow.objects.filter(upload=dropped).exists()
    assert client.get(reverse("roster_result", args=[kept.pk])).status_code == 200
    assert client.get(reverse("roster_preview", args=[kept.pk])).status_code == 200


def test_a_name_that_fits_several_townships_is_the_clerks_own(guangze, client):
    client.force_login(county.clerk("350723200"))  # 鸾凤乡 has 坪山村, 杭川镇 has 坪山社区

    upload = upload_of(send(client, rows(("坪山", "张三", factories.id_number(), "主任", "", "", ""))))

    assert upload.counts["new"] == 1


@pytest.mark.parametrize(("state", "words"), [("23505", "与别处刚做的改动冲突"), ("40P01", "请稍后再按一次")])
def test_what_the_database_refuses_at_the_end_writes_nothing_and_is_told(clerk, client, state, words):
    upload = upload_of(send_path(client, county.FIRST))
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION refuse_now() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION 'now' USING ERRCODE = '{state}'; END $$;"
            "CREATE TRIGGER refuse_now BEFORE INSERT ON talent_appointment EXECUTE FUNCTION refuse_now();"
        )

    response = confirm(client, upload)

    assert words in page(client, response)
    assert not Person.objects.exists()
    upload.refresh_from_db()
    assert upload.status == "read"


def test_a_county_roster_leaves_out_what_is_not_the_clerks(clerk, client):
    upload = upload_of(send_path(client, county.SECOND))
    townships = {row["excel_row"]: row["values"]["township"] for row in expected(county.SECOND)["rows"]}

    for row in upload.rows.all():
        told = {problem["code"] for problem in row.problems}
        if row.change != "none":
            assert townships[row.excel_row] == "寨里镇"
        elif row.village_code and townships[row.excel_row] != "寨里镇":
            assert "outside_scope" in told
    assert 0 < upload.counts["new"] < 20


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (r"C:\fakepath\名册.xlsx", "名册.xlsx"),
        ("../../名\u202e册\n.xlsx", "名册 .xlsx"),
        ("张三350723197710031862名册.xlsx", "张三350723********1862名册.xlsx"),
        ("长" * 300 + ".xlsx", "长" * 180 + "…" + "长" * 10 + ".xlsx"),
        ("", "未命名"),
    ],
)
def test_file_names_are_made_harmless(given, kept):
    assert importer.short_name(given) == kept


def test_a_sheet_name_may_be_long_and_hold_a_number(clerk, client):
    upload = upload_of(send(client, ods(roster_rows(), sheet="350723198202043818" + "名" * 300), "名册.ods"))

    assert upload.tables["tables"][0]["sheet"].startswith("350723********3818名")
    assert "350723198202043818" not in client.get(reverse("roster_preview", args=[upload.pk])).content.decode()
