"""Which session or round a roster is about: asked, suggested and shown by the pages, the command and the admin."""

import datetime
import io
import re
from io import StringIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from core.models import AuditEntry
from rosters.models import Upload
from tests import factories
from tests.rosters.handing import queries
from tests.rosters.workbooks import xlsx
from training.models import Enrollment

pytestmark = pytest.mark.django_db

HEADER = ("村", "姓名", "性别", "身份证号", "职务", "联系电话")
NAME = "2026年清源县村党组织书记培训班"


@pytest.fixture
def clerk(client):
    factories.division(factories.COUNTY, "清源县")
    factories.division(factories.OWN, "城关镇")
    factories.village("990121100201", "甲村")
    factories.village("990121101201", "丙村")
    user = factories.user("township_clerk", factories.OWN, name="经办人")
    client.force_login(user)
    return user


@pytest.fixture
def session(clerk):
    days = {"start": datetime.date(2026, 10, 12), "end": datetime.date(2026, 10, 14)}
    return factories.session(name=NAME, number=1, **days)


def content(title=None):
    rows = [[title]] if title else []
    return xlsx([*rows, list(HEADER), ["甲村", "张三", "男", factories.id_number(), "书记", "13800001111"]])


def send(client, book, kind="trainees", **more):
    return client.post(reverse("roster_upload"), {"kind": kind, "file": SimpleUploadedFile("名册.xlsx", book), **more})


def upload_of(response):
    return Upload.objects.get(pk=int(re.search(r"/rosters/(\d+)/", response["Location"])[1]))


def text_of(client, url, **query):
    return client.get(url, query).content.decode()


def test_the_form_asks_for_what_the_user_may_use(client, clerk, session):
    factories.session(factories.NEIGHBOUR, name="邻镇的培训班")
    factories.session(factories.OWN, name="本镇的培训班")
    factories.award_round(closes_on=datetime.date(2020, 1, 1), scheme=factories.award_scheme(name="截止了的表彰"))
    factories.award_round(scheme=factories.award_scheme(name="正在评的表彰"))

    page = text_of(client, reverse("roster_upload"))

    assert 'name="target_trainees"' in page
    assert 'name="target_nominees"' in page
    assert "本镇的培训班" in page
    assert f"{session}（2026.10.12）" in page
    assert "正在评的表彰" in page
    assert "邻镇的培训班" not in page
    assert "截止了的表彰" not in page


VILLAGES = [["乡镇", "行政村", "总人口"], ["城关镇", "甲村", "1200"], ["城关镇", "甲村", "很多"]]
NOMINEES = [
    ["乡镇", "推荐类型", "姓名", "身份证号", "推荐奖项", "主要事迹"],
    ["城关镇", "集体", "甲村合作社", "", "人才振兴奖", "带领群众发展茶叶"],
    ["城关镇", "个人", "李四", factories.id_number(), "最美奖", "户均增收一万元"],
]


@pytest.mark.parametrize(("kind", "sheet", "left"), [("villages", VILLAGES, "甲村"), ("nominees", NOMINEES, "李四")])
def test_the_result_lists_what_was_left_in_every_kind(client, clerk, kind, sheet, left):
    about = {"target_nominees": factories.award_round().pk} if kind == "nominees" else {}
    upload = upload_of(send(client, xlsx(sheet), kind, **about))

    page = client.post(reverse("roster_confirm", args=[upload.pk]), follow=True).content.decode()

    assert "已入库 1 行" in page
    assert f"<td>{left}</td>" in page.partition("没有入库的行")[2]


def test_a_link_from_the_session_chooses_it(client, clerk, session):
    link = f"{reverse('roster_upload')}?kind=trainees&amp;target={session.pk}"
    assert link in text_of(client, reverse("admin:training_trainingsession_change", args=[session.pk]))

    page = text_of(client, reverse("roster_upload"), kind="trainees", target=session.pk)

    assert f'<option value="{session.pk}" selected>' in page
    assert '<option value="trainees" selected>' in page


def test_a_round_has_the_link_too_and_a_leader_does_not(client, clerk):
    held = factories.award_round()
    url = reverse("admin:awards_awardround_change", args=[held.pk])
    assert "上传推荐汇总表" in text_of(client, url)

    client.force_login(factories.user("leader"))

    assert "上传推荐汇总表" not in text_of(client, url)


def test_a_clerk_uploads_onto_the_countys_session(client, clerk, session):
    upload = upload_of(send(client, content(), target_trainees=session.pk))
    page = text_of(client, reverse("roster_preview", args=[upload.pk]))
    client.post(reverse("roster_confirm", args=[upload.pk]))

    assert f"培训班次：{session}" in page
    assert Enrollment.objects.get().session == session
    assert str(session) in text_of(client, reverse("roster_home"))


def test_the_files_own_title_chooses_where_nothing_was_chosen(client, clerk, session):
    upload = upload_of(send(client, content(f"{NAME}学员花名册"), target_trainees=""))

    assert upload.target_id == session.pk


@pytest.mark.parametrize("target", ["0", "987654321"])
def test_a_session_that_does_not_exist_is_refused(client, clerk, session, target):
    upload = upload_of(send(client, content(), target_trainees=target))

    assert upload.status == "refused"
    assert "请重新选择培训班次" in text_of(client, reverse("roster_preview", args=[upload.pk]))


@pytest.mark.parametrize("target", ["", "x", "9" * 40])
def test_without_a_session_it_is_asked_for(client, clerk, session, target):
    theirs = factories.session(factories.NEIGHBOUR, name="邻镇的培训班")

    upload = upload_of(send(client, content(), target_trainees=target))
    url = reverse("roster_mapping", args=[upload.pk])
    page = text_of(client, url)
    refused = client.post(url, {"target": theirs.pk})
    client.post(url, {"target": session.pk})

    assert f'<option value="{session.pk}">' in page
    assert "邻镇的培训班" not in page
    assert "只差一项：请选这是哪个培训班次的名册" in page
    assert refused.status_code == 400
    upload.refresh_from_db()
    assert (upload.status, upload.target_id, upload.counts["new"]) == ("read", session.pk, 1)


def test_a_session_chosen_for_another_kind_is_not_taken(client, clerk, session):
    book = xlsx([list(HEADER), ["甲村", "张三", "男", factories.id_number(), "村委会主任", ""]])

    upload = upload_of(send(client, book, kind="committee", target_trainees=session.pk))

    assert (upload.status, upload.target_id) == ("read", None)


def test_the_list_costs_the_same_for_more_uploads(client, clerk, session):
    send(client, content(), target_trainees=session.pk)
    few = queries(lambda: client.get(reverse("roster_home")))
    other = factories.session(factories.OWN)
    for _ in range(3):
        send(client, content(), target_trainees=other.pk)

    assert queries(lambda: client.get(reverse("roster_home"))) == few


# --- export


def export(client, **given):
    return client.post(reverse("roster_export", args=["trainees"]), {"reason": "核对", **given})


def test_an_export_asks_for_the_session(client, clerk, session):
    factories.session(factories.NEIGHBOUR, name="邻镇的培训班")

    page = text_of(client, reverse("roster_export", args=["trainees"]))
    refused = export(client)

    assert str(session) in page
    assert "邻镇的培训班" not in page
    assert refused.status_code == 400
    assert "请选择培训班次" in refused.content.decode()


def test_an_export_holds_the_session_of_the_own_township_only(client, clerk, session):
    factories.enrollment(session=session, person=factories.person("张三", village="990121100201"))
    factories.enrollment(session=session, person=factories.person("外镇人", village="990121101201"))

    sheet = openpyxl.load_workbook(io.BytesIO(export(client, target=session.pk).content)).active

    texts = {cell.value for row in sheet.iter_rows() for cell in row}
    assert sheet["A1"].value == f"{session}学员花名册"
    assert "张三" in texts
    assert "外镇人" not in texts
    assert str(session) in AuditEntry.objects.get(verb="export").object_text


def test_a_neighbours_session_is_not_exported(client, clerk):
    theirs = factories.session(factories.NEIGHBOUR)

    assert export(client, target=theirs.pk).status_code == 400


def test_a_table_of_villages_says_nothing_of_id_numbers(client, clerk):
    assert "完整的身份证号" not in text_of(client, reverse("roster_export", args=["villages"]))
    assert "完整的身份证号" in text_of(client, reverse("roster_export", args=["degree"]))


@pytest.mark.parametrize("kind", ["villages", "trainees", "degree", "nominees"])
def test_a_template_has_drop_downs_and_reads_back_empty(client, clerk, session, kind):
    held = factories.award_round()
    targets = {"trainees": session.pk, "nominees": held.pk}

    book = client.get(reverse("roster_template", args=[kind])).content
    upload = upload_of(send(client, book, kind=kind, **{f"target_{kind}": targets.get(kind, "")}))

    assert openpyxl.load_workbook(io.BytesIO(book))["名册"].data_validations.dataValidation
    assert (upload.status, upload.rows_total) == ("read", 0)


# --- the command


def run(clerk, path, **options):
    out, err = StringIO(), StringIO()
    call_command("import_roster", "trainees", str(path), user=clerk.username, stdout=out, stderr=err, **options)
    return out.getvalue()


def test_the_command_takes_the_number_of_the_session(clerk, session, tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(content())

    assert str(session) in run(clerk, path, target=session.pk, commit=True)
    assert Enrollment.objects.get().session == session


def test_the_command_offers_the_numbers_where_none_is_given(clerk, session, tmp_path):
    path, err = tmp_path / "a.xlsx", StringIO()
    path.write_bytes(content())

    with pytest.raises(SystemExit) as exited:
        call_command("import_roster", "trainees", str(path), user=clerk.username, stdout=StringIO(), stderr=err)

    assert exited.value.code == 2
    assert f"--target {session.pk}  {session}" in err.getvalue()


# --- the superior's form, reconciling


def superior_form(client, header):
    book = xlsx([["全市培训情况表"], list(header), [""] * len(header)])
    sent = {"kind": "trainees", "file": SimpleUploadedFile("表样.xlsx", book)}
    return client.post(reverse("superior_upload"), sent)["Location"]


def test_a_superiors_form_is_filled_with_one_session(client, clerk, session):
    other = factories.session(name="另一个培训班", number=2)
    mine = factories.enrollment(session=session, person=factories.person("张三", village="990121100201"))
    factories.enrollment(session=other, person=factories.person("李四", village="990121100201"))
    address = superior_form(client, HEADER)
    assert f"{session}（2026.10.12）" in text_of(client, address)

    refused = client.post(address, {"reason": "报市里"})
    foreign = client.post(address, {"reason": "报市里", "target": factories.session(factories.NEIGHBOUR).pk})
    content = client.post(address, {"reason": "报市里", "target": session.pk}).content

    for answer in (refused, foreign):
        assert answer.status_code == 400
        assert "，再导出。" in answer.content.decode()
    texts = [cell.value for row in openpyxl.load_workbook(io.BytesIO(content)).active for cell in row]
    assert "张三" in texts
    assert mine.person.id_number in texts
    assert "李四" not in texts
    assert str(session) in AuditEntry.objects.get(verb="export").object_text


def test_another_offices_list_is_compared_with_one_session(client, clerk, session):
    known = factories.enrollment(session=session, person=factories.person("张三", village="990121100201")).person
    factories.enrollment(
        session=factories.session(name="另一个", number=2), person=factories.person("李四", village="990121100201")
    )
    rows = [
        ["甲村", "张三", "男", known.id_number, "书记", ""],
        ["甲村", "王五", "男", factories.id_number(), "书记", ""],
    ]
    asked = {"kind": "trainees", "as_of": "2026-10-14"}

    def compare(**more):
        file = SimpleUploadedFile("签到表.xlsx", xlsx([list(HEADER), *rows]))
        return client.post(reverse("reconcile_upload"), {**asked, "file": file, **more})

    assert "再核对" in compare().content.decode()
    assert compare(target_trainees=factories.session(factories.NEIGHBOUR).pk).status_code == 400
    page = text_of(client, compare(target_trainees=session.pk)["Location"], show="all")

    assert "王五" in page
    assert "张三" in page
    assert "李四" not in page
    assert str(session) in page


def test_nominees_are_compared_with_one_round(client, clerk):
    held = factories.award_round(scheme=factories.award_scheme(name="乡村振兴贡献奖"))
    named = factories.nomination(
        round=held, person=factories.person("张三", village="990121100201"), category="产业振兴贡献奖"
    )
    rows = [["城关镇", "个人", "张三", named.person.id_number, "生态振兴贡献奖", ""]]
    file = SimpleUploadedFile("名单.xlsx", xlsx([NOMINEES[0], *rows]))

    answer = client.post(reverse("reconcile_upload"), {"kind": "nominees", "file": file, "target_nominees": held.pk})

    page = text_of(client, answer["Location"], show="all")
    assert "生态振兴贡献奖" in page
    assert "产业振兴贡献奖" in page
