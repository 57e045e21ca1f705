"""Correcting a cell in the page: kept beside what the file says, checked at once with everything that hangs on it."""

import pytest
from django.db import connection
from django.urls import reverse

from core.models import AuditEntry
from rosters import importer
from rosters.models import Upload, UploadRow
from talent.models import Person
from tests import factories
from tests.rosters import county
from tests.rosters.test_import_pages import HEADER, _queries, confirm, page, rows, send, send_path, upload_of
from tests.rosters.workbooks import xlsx

pytestmark = pytest.mark.django_db
FETCH = {"HTTP_X_REQUESTED_WITH": "fetch"}


@pytest.fixture
def clerk(db, client):
    county.load()
    user = county.clerk()
    client.force_login(user)
    return user


def address(upload, order=0):
    return reverse("roster_correct", args=[upload.pk, order])


def correct(client, upload, order=0, **cells):
    posted = {name if name == "undo" else f"cell-{name}": text for name, text in cells.items()}
    return client.post(address(upload, order), posted, **FETCH)


def row(upload, order=0):
    return UploadRow.objects.get(upload=upload, order=order)


def codes(upload, order=0):
    return {found["code"] for found in row(upload, order).problems}


def one(client, **cells):
    """An upload of one good row in which `cells` {header: value} stand instead."""
    good = dict(
        zip(HEADER, ("茶富村", "张三", factories.id_number(), "村主任", "2021.03", "13900001111", ""), strict=True)
    )
    return upload_of(send(client, rows(tuple((good | cells).values()))))


def test_a_corrected_cell_is_good_at_once_and_the_file_s_text_stays(clerk, client):
    upload = one(client, 职务="妇女主人")
    assert row(upload).outcome == "error"

    html = correct(client, upload, posts="村委委员").content.decode()

    found = row(upload)
    assert (found.outcome, found.change, found.values["posts"]) == ("accept", "new", ["village_committee_member"])
    assert (found.typed["posts"], found.corrections) == ("妇女主人", {"posts": "村委委员"})
    assert '<span class="was">妇女主人</span>村委委员' in html
    assert "已改" in html
    assert "入库 1 行" in html


def test_a_correction_is_taken_back(clerk, client):
    upload = one(client, 职务="妇女主人")
    before = Upload.objects.get(pk=upload.pk).fingerprint
    correct(client, upload, posts="村委委员")

    correct(client, upload, undo="posts")

    assert (row(upload).corrections, row(upload).outcome) == (None, "error")
    assert Upload.objects.get(pk=upload.pk).fingerprint == before


def test_typing_what_the_file_says_is_no_correction(clerk, client):
    upload = one(client, 职务="妇女主人")
    correct(client, upload, posts="村委委员")

    correct(client, upload, posts="妇女主人")

    assert row(upload).corrections is None


def test_what_is_corrected_is_what_is_written(clerk, client):
    upload = one(client, 姓名="张3")
    correct(client, upload, name="张叁")

    confirm(client, upload)

    assert Person.objects.get().name == "张叁"


def test_other_cells_keep_what_their_numbers_mean(clerk, client):
    """1985.1 as a number is October; as a text it would be January."""
    header = (*HEADER, "入党时间")
    content = xlsx(
        [list(header), ["茶富村", "张三", factories.id_number(), "妇女主人", 2021.1, 13900001111, "", 1985.1]]
    )
    upload = upload_of(send(client, content))

    correct(client, upload, posts="村委委员")

    values = row(upload).values
    assert (values["start_date"], values["party_joined"], values["phone"]) == ("2021-10", "1985-10", "13900001111")


def test_a_repeated_row_is_good_once_the_other_is_corrected(clerk, client):
    number, other = factories.id_number(), factories.id_number()
    person = ("茶富村", "张三", number, "村主任", "2021.03", "", "")
    upload = upload_of(send(client, rows(person, person)))
    assert codes(upload, 1) == {"duplicate_in_file"}

    html = correct(client, upload, 0, id_number=other).content.decode()

    assert codes(upload, 1) == set()
    assert 'id="row-0"' in html
    assert 'id="row-1"' in html
    assert number not in html
    assert other not in html


def test_one_secretary_a_village_is_checked_again(clerk, client):
    first = ("茶富村", "张三", factories.id_number(), "书记", "2021.03", "", "")
    second = ("茶富村", "李四", factories.id_number(), "党支部副书记", "2021.03", "", "")
    upload = upload_of(send(client, rows(first, second)))
    assert row(upload, 1).outcome == "accept"

    correct(client, upload, 1, posts="党支部书记")

    assert "error" in {row(upload, 0).outcome, row(upload, 1).outcome}
    assert Upload.objects.get(pk=upload.pk).counts["error"] > 0


def test_a_place_is_looked_up_among_the_uploaders_villages(clerk, client):
    upload = one(client, 村="茶富寸")
    assert codes(upload) == {"unknown_village"}

    correct(client, upload, village="茶富村")
    assert row(upload).village_code.startswith(county.TOWNSHIP)

    correct(client, upload, village="止马村")
    assert "outside_scope" in codes(upload)


def test_an_empty_box_over_a_masked_number_changes_nothing(clerk, client):
    upload = one(client, 联系电话="1390000111")

    correct(client, upload, id_number="", phone=" ")

    assert row(upload).corrections is None


def test_a_number_is_never_sent_back_whole(clerk, client):
    number = factories.id_number()
    upload = one(client, 身份证号=number, 备注="电话13900002222", 职务="妇女主人")
    better = factories.id_number()

    texts = [correct(client, upload, id_number=better).content.decode()]
    texts += [client.get(address(upload)).content.decode(), page_of(client, upload)]

    for text in texts:
        for secret in (number, better, "13900001111", "13900002222"):
            assert secret not in text


def page_of(client, upload):
    return client.get(reverse("roster_preview", args=[upload.pk])).content.decode()


def test_corrections_are_encrypted_and_the_log_names_only_the_cells(clerk, client):
    upload = one(client, 职务="妇女主人")
    better = factories.id_number()

    correct(client, upload, id_number=better, name="王五")

    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(row)::text FROM rosters_uploadrow row")
        kept = cursor.fetchone()[0]
    assert better not in kept
    assert "王五" not in kept
    line = AuditEntry.objects.filter(verb="change").latest("pk")
    assert line.after == {"corrected": {"第 2 行": "姓名、身份证号"}}


def test_the_form_without_script_says_what_is_wrong_and_goes_back_to_the_row(clerk, client):
    upload = one(client, 职务="妇女主人")

    form = client.get(address(upload), {"show": "error", "p": "1"}).content.decode()
    response = client.post(address(upload), {"cell-posts": "村委委员", "cell-name": "张三", "show": "error", "p": "1"})

    assert "妇女主人" in form
    assert "职务" in form
    assert response["Location"] == reverse("roster_preview", args=[upload.pk]) + "?show=error&p=1#row-0"
    assert row(upload).corrections == {"posts": "村委委员"}


def test_an_untouched_box_is_no_correction_though_it_lost_its_line_break(clerk, client):
    upload = one(client, 备注="甲\n乙")

    client.post(address(upload), {"cell-remarks": "甲乙", "cell-name": "李四"})

    assert row(upload).corrections == {"name": "李四"}


def test_where_to_go_back_is_no_open_door(clerk, client):
    upload = one(client)

    response = client.post(address(upload), {"cell-name": "李四", "show": "//evil.example", "p": "1&x=2"})

    assert response["Location"] == reverse("roster_preview", args=[upload.pk]) + "#row-0"


def test_markup_in_a_correction_stays_text(clerk, client):
    upload = one(client)

    html = correct(client, upload, remarks="<script>alert(1)</script>\x00").content.decode()

    assert "<script>alert" not in html
    assert row(upload).corrections == {"remarks": "<script>alert(1)</script>"}


def test_cells_that_are_split_over_columns_are_corrected_as_one(clerk, client):
    header = ["村", "姓名", "身份证号", "党组织职务", "村委会职务", "任现职时间"]
    upload = upload_of(
        send(client, xlsx([header, ["茶富村", "张三", factories.id_number(), "书纪", "主任", "2021.03"]]))
    )
    assert row(upload).outcome == "error"

    correct(client, upload, posts="党支部书记、村委会主任")

    assert row(upload).values["posts"] == ["party_secretary", "village_director"]


def test_a_missing_row_and_an_unknown_cell(clerk, client):
    upload = one(client)

    assert client.get(address(upload, 7)).status_code == 404
    assert correct(client, upload, order=7, name="x").status_code == 404
    correct(client, upload, nonsense="x")
    assert row(upload).corrections is None


def test_another_townships_row_does_not_exist(clerk, client):
    upload = one(client)
    client.force_login(county.clerk("350723102"))

    assert client.get(address(upload)).status_code == 404
    assert correct(client, upload, name="李四").status_code == 404
    assert row(upload).corrections is None


def test_a_leader_may_not_correct(clerk, client):
    upload = one(client)
    client.force_login(county.user("leader", role="leader"))

    assert client.get(address(upload)).status_code == 403
    assert correct(client, upload, name="李四").status_code == 403


@pytest.mark.parametrize("how", ["committed", "dropped"])
def test_what_is_done_cannot_be_corrected(clerk, client, how):
    upload = one(client)
    client.post(reverse("roster_confirm" if how == "committed" else "roster_drop", args=[upload.pk]))

    assert correct(client, upload, name="李四").status_code == 409
    assert "不能在页面上更正" in page_of(client, upload)
    assert row(upload).corrections is None
    assert "edit-row" not in page_of(client, upload)
    with pytest.raises(importer.NotNow):
        importer.recheck(upload, {0: {"name": "李四"}}, by=clerk)


def test_many_corrections_cost_the_queries_of_one(clerk, client):
    people = [("茶富村", f"人{number}", factories.id_number(), "妇女主人", "2021.03", "", "") for number in range(20)]
    upload = upload_of(send(client, rows(*people)))

    def cost(orders, text):
        corrections = {order: {"posts": text} for order in orders}
        return _queries(lambda: importer.recheck(upload, corrections, by=clerk))

    assert cost([0], "村委委员") == cost(range(20), "村委委员、支委")
    assert Upload.objects.get(pk=upload.pk).counts["new"] == 20


def test_the_counts_of_a_real_workbook_follow_its_corrections(clerk, client):
    response = send_path(client, county.FIRST)
    upload = upload_of(response)
    bad = next(
        row for row in upload.rows.filter(outcome="error") if "unknown_education" in {p["code"] for p in row.problems}
    )
    assert "改这一格" in page(client, response)

    html = correct(client, upload, bad.order, education="初中").content.decode()

    counts = Upload.objects.get(pk=upload.pk).counts
    assert (counts["new"], counts["error"]) == (47, 7)
    assert "有问题 <b>7</b>" in html
