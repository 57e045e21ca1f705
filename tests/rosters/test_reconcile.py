"""Another office's file against the ledger, cell by cell, explained; nothing is written."""

import datetime
import io
import re

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.models import AuditEntry
from rosters.models import ReconciledRow, Reconciliation, Upload
from talent.models import Appointment, Education, Person
from tests import factories
from tests.rosters.test_collection import OTHER, clerk_client, staff
from tests.rosters.workbooks import xlsx

__all__ = ["staff"]  # a fixture
pytestmark = pytest.mark.django_db
HEADER = ("村", "姓名", "身份证号", "职务", "任现职时间", "出生年月", "学历", "政治面貌", "联系电话")
BORN = datetime.date(1980, 5, 6)


def member(name="张三", village="350723101201", post="village_committee_member", **fields):
    someone = factories.person(name, village=village, id_number=factories.id_number(BORN), **fields)
    factories.appointment(person=someone, village=village, post=post, start=datetime.date(2021, 3, 1))
    return someone


def row(someone, **cells):
    """The row of somebody as the other office has it."""
    known = {
        "村": "茶富村", "姓名": someone.name, "身份证号": someone.id_number, "职务": "村委委员", "任现职时间": "2021.03",
        "出生年月": "1980.05",
    }  # fmt: skip
    return [(known | cells).get(head) for head in HEADER]


def compare(client, *rows, header=HEADER, **more):
    file = SimpleUploadedFile("民政局名册.xlsx", xlsx([list(header), *map(list, rows)]))
    answer = client.post(reverse("reconcile_upload"), {"kind": "committee", "file": file, **more})
    assert answer.status_code == 302, answer.content.decode()
    return Reconciliation.objects.latest("pk")


def cells(kept):
    """{field: (theirs, ours, why)} of the first row."""
    return {cell["field"]: (cell["theirs"], cell["ours"], cell["why"]) for cell in kept.rows.first().content["cells"]}


def page(client, kept, **query):
    return client.get(reverse("reconcile", args=[kept.pk]), query).content.decode()


def test_both_only_theirs_and_only_ours(staff, client):
    same, mine = member("张三"), member("李四")

    kept = compare(client, row(same), row(mine, 姓名="王五", 身份证号=factories.id_number()))

    assert kept.counts == {"same": 1, "theirs": 1, "ours": 1}
    assert "王五" in page(client, kept, show="theirs")
    html = page(client, kept, show="ours")
    assert "李四" in html
    assert "王五" not in html


def test_nothing_is_written(staff, client):
    member("张三")
    before = (Person.objects.count(), Appointment.objects.count(), AuditEntry.objects.filter(verb="import").count())

    compare(client, ["茶富村", "王五", factories.id_number(), "主任", "2021.03", *[None] * 4])

    assert before == (Person.objects.count(), Appointment.objects.count(), 0)
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    ("changed", "field", "why"),
    [
        ({"职务": "村委会主任"}, "posts", "对方多：村（居）委会主任；对方少：村（居）委会委员"),
        ({"任现职时间": "2018.06"}, "start_date", "对方较早，可能填的是首次任职时间"),
        ({"学历": "高中"}, "education", "对方填的学历较低，可能是原学历"),
        ({"学历": "硕士"}, "education", "对方填的学历较高，可能新取得学历"),
        ({"政治面貌": "中共预备党员"}, "political_status", "对方可能还没有改转正"),
        ({"联系电话": "13900009999"}, "phone", "号码不同，可能换了号码"),
        ({"姓名": "张山"}, "name", "一字不同，可能是同音字或异体字"),
        ({"村": "太银村"}, "village", "对方所列的村与任职的村不同，可能已调动"),
        ({"任现职时间": "二〇二一"}, "start_date", "对方这一格看不懂，没有比"),
    ],
)
def test_a_difference_is_explained(staff, client, changed, field, why):
    someone = member("张三", phone="13900001111", political_status="party_member")
    Education.objects.create(person=someone, level="junior_college")

    kept = compare(client, row(someone, 学历="大专", 政治面貌="中共党员", 联系电话="13900001111", **changed)
                   if not changed.keys() & {"学历", "政治面貌", "联系电话"} else row(someone, **changed))  # fmt: skip

    assert kept.rows.first().state == "different"
    assert cells(kept)[field][2] == why


def test_archive_and_id_birth_are_told_apart(staff, client):
    someone = member("张三", archive_birth_date=datetime.date(1979, 8, 1))

    found = cells(compare(client, row(someone, 出生年月="1980.05")))

    assert found["birth_date"] == ("1980.05", "1979.08", "对方按身份证，系统按档案认定")


def test_a_birth_that_follows_another_number_says_so(staff, client):
    someone = member("张三")
    other = factories.id_number(datetime.date(1985, 1, 2))

    found = cells(compare(client, row(someone, 身份证号=other, 出生年月="1985.01")))

    assert found["birth_date"][2] == "随身份证号不同，先核对号码"


def test_precision_and_blanks_are_minor(staff, client):
    someone = member("张三", phone="13900001111")

    kept = compare(client, row(someone, 任现职时间="2021.03.01"))

    assert kept.counts == {"minor": 1}
    assert cells(kept)["phone"][2] == "对方没有填"


def test_a_wrong_number_finds_the_same_name_in_the_village(staff, client):
    someone = member("张三")

    kept = compare(client, row(someone, 身份证号=factories.id_number()))

    assert "可能是重名的另一个人" in cells(kept)["id_number"][2]


def test_a_row_per_post_is_one_person(staff, client):
    someone = member("张三")
    factories.appointment(
        person=someone, village="350723101201", post="party_committee_member", start=datetime.date(2021, 3, 1)
    )

    kept = compare(client, row(someone), row(someone, 职务="支委"))

    assert kept.counts == {"same": 1}


def test_numbers_are_masked_on_the_page_and_in_the_workbook(staff, client):
    someone = member("张三", phone="13900001111")
    kept = compare(
        client, row(someone, 联系电话="13900002222"), row(someone, 姓名="王五", 身份证号=factories.id_number())
    )

    html = page(client, kept, show="all")
    book = openpyxl.load_workbook(io.BytesIO(client.get(reverse("reconcile_export", args=[kept.pk])).content))
    text = html + "".join(str(cell.value) for sheet in book for line in sheet.iter_rows() for cell in line)

    assert "1390" not in text.replace("139****", "")
    assert not re.search(r"[0-9]{17}[0-9Xx]", text)
    assert book["不一致"]["D3"].value == "张三"


def test_whole_numbers_need_a_reason(staff, client):
    someone = member("张三")
    kept = compare(client, row(someone, 职务="村委会主任"))
    address = reverse("reconcile_export", args=[kept.pk])

    client.post(address, {"reason": " "})
    assert "要写明用途" in page(client, kept)
    book = openpyxl.load_workbook(io.BytesIO(client.post(address, {"reason": "与民政核对"}).content))

    assert book["不一致"]["E3"].value == someone.id_number
    assert AuditEntry.objects.get(verb="export").reason == "与民政核对"


def test_rows_of_other_townships_are_left_out_for_a_clerk(staff, client):
    mine, theirs = member("张三"), member("邻镇人", village="350723102201")

    kept = compare(clerk_client(), row(mine), row(theirs, 村="止马村"))

    assert kept.counts == {"same": 1}
    assert "1 行不属本单位，没有比" in "".join(kept.told)


def test_a_neighbours_comparison_does_not_exist(staff, client):
    kept = compare(clerk_client(OTHER), row(member("邻镇人", village="350723102201"), 村="止马村"))
    clerk = clerk_client()

    for name in ("reconcile", "reconcile_export"):
        assert clerk.get(reverse(name, args=[kept.pk])).status_code == 404
    assert "民政局名册" not in clerk.get(reverse("reconcile_upload")).content.decode()


@pytest.mark.parametrize(
    ("given", "words"), [({}, "还没有选择文件"), ({"kind": "x"}, "请选择名册种类"), ({"as_of": "x"}, "请填一个日期")]
)
def test_what_is_missing_is_told(staff, client, given, words):
    file = {"file": SimpleUploadedFile("x.xlsx", xlsx([list(HEADER)]))} if given else {}

    answer = client.post(reverse("reconcile_upload"), {"kind": "committee", **file, **given})

    assert answer.status_code == 400
    assert words in answer.content.decode()


def test_a_comparison_goes_when_its_day_has_come(staff, client):
    compare(client, row(member("张三")))
    Reconciliation.objects.update(expires_at=datetime.date(2020, 1, 1))

    call_command("purge_uploads", stdout=io.StringIO())

    assert not ReconciledRow.objects.exists()


def test_many_rows_cost_the_queries_of_few(staff, client):
    costs = []
    for size in (2, 20):
        people = [row(member(f"人{number}")) for number in range(size)]
        with CaptureQueriesContext(connection) as found:
            kept = compare(client, *people)
            page(client, kept, show="all")
        costs.append(len(found))
    assert costs[0] == costs[1]


def test_a_file_of_one_township_is_compared_with_that_one(staff, client):
    mine, missing = member("张三"), member("李四")
    member("王五", village="350723102201")

    kept = compare(client, row(mine))

    assert kept.counts == {"same": 1, "ours": 1}
    assert missing.name in page(client, kept, show="ours")
    assert "表上只有寨里镇，别的乡镇系统里有 1 行，没有列出" in page(client, kept)


def test_a_file_of_several_townships_or_of_no_place_is_compared_with_the_county(staff, client):
    mine, other = member("张三"), member("王五", village="350723102201")
    neighbour = row(other, 村=other.village.name)

    assert compare(client, row(mine), neighbour).counts == {"same": 2}
    assert compare(client, row(mine)[1:], header=HEADER[1:]).counts == {"same": 1, "ours": 1}


def test_what_only_some_are_known_to_have_is_compared(staff, client):
    learned, other = member("张三"), member("李四")
    factories.education(person=learned, level="junior_college", mode="on_job")
    header = (*HEADER, "在职学历")

    kept = compare(client, [*row(other), "大专"], [*row(learned), "本科"], header=header)

    found = [cell for line in kept.rows.order_by("order") for cell in line.content["cells"]]
    assert [cell["why"] for cell in found if cell["field"] == "education_on_job"] == [
        "系统里没有",
        "对方填的学历较高，可能新取得学历",
    ]
    assert "没有比的栏目" not in page(client, kept)
