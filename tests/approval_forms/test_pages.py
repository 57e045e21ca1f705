"""The appointment form of a person and of a village's team, through the pages."""

import datetime
import io
import shutil
import subprocess
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from talent import lrmx
from talent.models import ApprovalForm, Person
from tests import factories
from tests.approval_forms.test_lrmx import everything, file, picture

day = datetime.date
START = day(2019, 3, 1)


@pytest.fixture
def secretary(db):
    place = factories.village()
    someone = factories.person(name="李某", village=place, work_started=day(2005, 7, 1), native_place="清源县")
    factories.appointment(person=someone, village=place, post="party_secretary", start=START)
    return someone


def texts_of(content):
    """Every text of a Word file, tables included, a merged cell once."""
    found = []
    document = Document(io.BytesIO(content))
    for table in document.tables:
        for row in table.rows:
            found += [cell.text for cell in dict.fromkeys(row.cells)]
    return "\n".join([line.text for line in document.paragraphs] + found)


def typed(page, **texts):
    """What the browser sends when the form is saved as it stands, but for these texts."""
    form, family = page.context["form"], page.context["family"]
    sent = {name: form[name].value() or "" for name in lrmx.TAGS}
    for line in family:
        sent |= {field.html_name: field.value() or "" for field in line}
    return sent | texts


def upload(content, name="a.lrmx"):
    return SimpleUploadedFile(name, content)


def test_an_empty_form_is_printed_from_the_ledger(sign_in, secretary):
    client = sign_in("township_clerk")
    told = texts_of(client.get(f"/people/{secretary.pk}/approval-form/word/?on=2024-06-30").content)
    assert "李某" in told
    assert (
        f"2005.07--2005.07  参加工作\n2019.03--         {secretary.village.township.name}{secretary.village.name}党组织书记"
        in told
    )
    assert secretary.id_number not in told


def test_what_is_typed_is_printed_and_emptied_it_follows_the_ledger_again(sign_in, secretary):
    client, address = sign_in("township_clerk"), f"/people/{secretary.pk}/approval-form/"
    family = {"family-0-title": "妻子", "family-0-name": "林某", "family-0-born": "198506", "family-0-post": "村医"}
    answer = client.post(address, typed(client.get(address), native_place="省城", born="1980.06", **family))
    assert answer.status_code == 302

    kept = ApprovalForm.objects.get(person=secretary)
    assert (kept.native_place, kept.born) == ("省城", "198006")
    told = texts_of(client.get(f"{address}word/?on=2024-06-30").content)
    assert "省城" in told
    assert "1980.06\n（44岁）" in told
    assert "林某" in told
    assert "39" in told
    page = client.get(address).content.decode()
    assert "表上与档案不同" in page
    assert "清源县" in page

    client.post(
        address,
        typed(
            client.get(address),
            native_place="",
            **{"family-0-title": "", "family-0-name": "", "family-0-born": "", "family-0-post": ""},
        ),
    )
    told = texts_of(client.get(f"{address}word/").content)
    assert "清源县" in told
    assert "林某" not in told


def test_a_photograph_is_kept_printed_and_taken_off(sign_in, secretary):
    client, address = sign_in("township_clerk"), f"/people/{secretary.pk}/approval-form/"
    client.post(address, typed(client.get(address), photo_file=upload(picture(), "a.png")))
    assert ApprovalForm.objects.get().photo == picture()
    assert Document(io.BytesIO(client.get(f"{address}word/").content)).inline_shapes
    client.post(address, typed(client.get(address)))
    assert ApprovalForm.objects.get().photo == picture()
    client.post(address, typed(client.get(address), drop_photo="on"))
    assert ApprovalForm.objects.get().photo is None


def test_what_is_wrong_is_said_and_what_was_typed_stays(sign_in, secretary):
    client, address = sign_in("township_clerk"), f"/people/{secretary.pk}/approval-form/"
    sent = typed(
        client.get(address), health="好" * 51, photo_file=upload(b"no picture"), **{"family-3-post": "只有单位"}
    )
    answer = client.post(address, sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "好" * 51 in page
    assert "照片不是能读的" in page
    assert "请填写称谓或者姓名" in page
    assert "只有单位" in page
    assert not ApprovalForm.objects.exists()


def test_a_file_goes_in_and_comes_out_with_all_that_it_held(sign_in, secretary):
    client, address = sign_in("township_clerk"), f"/people/{secretary.pk}/approval-form/"
    content = file(XingMing="李某", JiGuan="清源县")
    client.post(f"{address}take/?on=2024-06-30", {"file": upload(content)})

    kept = ApprovalForm.objects.get(person=secretary)
    assert kept.native_place == ""  # as the ledger has it: it follows the ledger
    out = everything(client.get(f"{address}lrmx/?on=2024-06-30").content)
    assert everything(content).items() <= out.items()
    client.post(f"{address}take/?on=2024-06-30", {"file": upload(content)})
    assert everything(client.get(f"{address}lrmx/?on=2024-06-30").content) == out


def test_when_and_by_whom_a_form_was_filled_stays_with_it(sign_in, secretary):
    client, address = sign_in("township_clerk"), f"/people/{secretary.pk}/approval-form/"
    content = client.get(f"{address}lrmx/?on=2024-06-30").content
    assert b"<TianBiaoShiJian>20240630<" in content
    client.post(f"{address}take/?on=2024-06-30", {"file": upload(content)})

    later = sign_in("township_clerk")
    out = everything(later.get(f"{address}lrmx/?on=2024-07-05").content)

    assert everything(content).items() <= out.items()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (file(XingMing="王某"), "姓名与“李某”不同"),
        (b"nothing", "不是 .lrmx 文件"),
        (file(XingMing="李某", JianKangZhuangKuang="好" * 60), "“健康状况”"),
        (file().replace(b"<ShenFenZheng>", b"<ShenFenZheng>990101199001011234"), "不是同一个人"),
    ],
)  # fmt: skip
def test_a_file_of_somebody_else_or_none_writes_nothing(sign_in, secretary, content, said):
    answer = sign_in("township_clerk").post(
        f"/people/{secretary.pk}/approval-form/take/", {"file": upload(content)}, follow=True
    )
    assert said in answer.content.decode()
    assert not ApprovalForm.objects.exists()


def test_the_number_goes_out_only_for_a_reason(sign_in, secretary):
    client, address = sign_in("township_clerk"), f"/people/{secretary.pk}/approval-form/lrmx/"
    assert secretary.id_number.encode() not in client.get(address).content
    assert client.post(address, {"reason": ""}).status_code == 422
    assert secretary.id_number.encode() in client.post(address, {"reason": "报送任免审批表"}).content
    assert sign_in("leader").post(address, {"reason": "想看一看"}).status_code == 403


def test_a_gap_in_the_resume_is_told(sign_in, secretary):
    factories.approval_form(
        person=secretary, resume="2000.01--2003.06  村民\n2003.12--2002.01  会计\n2010.01--         书记"
    )
    page = sign_in("township_clerk").get(f"/people/{secretary.pk}/approval-form/").content.decode()
    assert "第 2 行：结束早于开始" in page
    assert "第 2 行：与上一行之间空了 5 个月" in page


def test_another_township_sees_nothing_of_it(sign_in, secretary):
    other = sign_in("township_clerk", "990121101")
    for address in (
        f"/people/{secretary.pk}/approval-form/",
        f"/people/{secretary.pk}/approval-form/word/",
        f"/villages/{secretary.village_id}/approval-forms/",
    ):
        assert other.get(address).status_code == 404
    assert other.post(f"/people/{secretary.pk}/approval-form/take/", {"file": upload(file())}).status_code == 404
    # One who serves there too is seen there, but the file is not theirs.
    factories.appointment(
        person=secretary, village=factories.village("990121101201"), post="village_committee_member", start=START
    )
    assert other.get(f"/people/{secretary.pk}/").status_code == 200
    assert other.get(f"/people/{secretary.pk}/approval-form/").status_code == 404


def test_a_leader_reads_and_prints_but_writes_nothing(sign_in, secretary):
    leader, address = sign_in("leader"), f"/people/{secretary.pk}/approval-form/"
    page = leader.get(address)
    assert page.status_code == 200
    assert "读入 .lrmx" not in page.content.decode()
    assert leader.post(address, typed(page)).status_code == 403
    assert leader.post(f"{address}take/", {"file": upload(file())}).status_code == 403


def test_a_village_goes_out_as_a_zip_and_comes_back(sign_in, secretary):
    client, address = sign_in("township_clerk"), f"/villages/{secretary.village_id}/approval-forms/"
    namesake = factories.person(name="李某", village=secretary.village)
    factories.appointment(person=namesake, village=secretary.village, post="village_committee_member", start=START)
    packed = client.get(f"{address}approval/?on=2024-06-30").content
    name = secretary.village.name
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert sorted(archive.namelist()) == [f"{name}-李某.docx", f"{name}-李某2.docx"]
    Person.objects.filter(pk=namesake.pk).update(name="赵某")

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("目录/甲.lrmx", file(XingMing="李某"))
        archive.writestr("乙.lrmx", file(XingMing="赵某"))
        archive.writestr("丙.lrmx", file(XingMing="钱某"))
        archive.writestr("说明.txt", "")
    answer = client.post(f"{address}take/", {"files": upload(out.getvalue(), "村.zip")}, follow=True)
    page = answer.content.decode()
    assert "已读入 2 份：李某、赵某" in page
    assert "丙.lrmx 没有读入：班子里没有“钱某”" in page
    assert ApprovalForm.objects.count() == 2


def test_a_broken_zip_is_refused_in_words(sign_in, secretary):
    address = f"/villages/{secretary.village_id}/approval-forms/take/"
    client = sign_in("township_clerk")
    assert (
        "压缩包打不开" in client.post(address, {"files": upload(b"PK broken", "a.zip")}, follow=True).content.decode()
    )
    assert "请选择 .lrmx 文件" in client.post(address, {}, follow=True).content.decode()


@pytest.mark.parametrize("on", ["0001-01-01", "9999-12-31", "2024-02-29"])
def test_any_date_answers(sign_in, secretary, on):
    client = sign_in("township_clerk")
    for name in ("", "word/", "register/", "lrmx/"):
        assert client.get(f"/people/{secretary.pk}/approval-form/{name}?on={on}").status_code in (200, 302, 400)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice here; script/test-browser installs it")
def test_libreoffice_opens_both_forms_and_says_the_same(sign_in, secretary, tmp_path):
    factories.approval_form(person=secretary, photo=picture(), reason="工作需要")
    client, address = sign_in("township_clerk"), f"/people/{secretary.pk}/approval-form/"
    for name in ("word", "register"):
        (tmp_path / f"{name}.docx").write_bytes(client.get(f"{address}{name}/?on=2024-06-30").content)
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "txt:Text"]
    paths = [str(tmp_path / f"{name}.docx") for name in ("word", "register")]
    subprocess.run([*command, "--outdir", str(tmp_path), *paths], check=True, capture_output=True, timeout=180)
    told = (tmp_path / "word.txt").read_text("utf-8-sig")
    assert "干部任免审批表" in told
    assert "李某" in told
    assert "工作需要" in told
    assert "村干部登记表" in (tmp_path / "register.txt").read_text("utf-8-sig")
