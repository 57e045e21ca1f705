"""manage.py import_roster: shows, writes only with --commit, refuses with a message."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from rosters import importer
from rosters.models import Upload
from talent.models import Person
from tests.rosters import county

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    county.load()
    return county.clerk()


def run(clerk, path=county.FIRST, **options):
    out, err = StringIO(), StringIO()
    call_command("import_roster", "committee", str(path), user=clerk.username, stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def test_without_commit_it_only_shows(clerk):
    out, err = run(clerk)

    assert "加 --commit 将入库 46 行；8 行有问题未入库" in out
    assert "问题 Sheet1 第 26 行 身份证号：校验位不对" in out
    assert "[1/1]" in err
    assert not Person.objects.exists()


def test_with_commit_it_writes_and_the_second_time_finds_nothing(clerk):
    assert "已入库 46 行；8 行有问题未入库" in run(clerk, commit=True)[0]
    assert "与系统一致，0 处变更" in run(clerk, commit=True)[0]
    assert Person.objects.count() == 45


def test_a_refused_file_exits_with_two(clerk, tmp_path):
    path = tmp_path / "empty.xlsx"
    path.write_bytes(b"")

    with pytest.raises(SystemExit) as exited:
        run(clerk, path)

    assert exited.value.code == 2
    assert Upload.objects.get().status == "refused"


@pytest.mark.parametrize(
    ("change", "words"),
    [({"user": "nobody"}, "没有可用的账号"), ({"as_of": "去年"}, "不是日期"), ({"file": "no.xlsx"}, "打不开文件")],
)
def test_wrong_arguments_are_told(clerk, change, words):
    options = {"user": clerk.username, "as_of": None, "file": str(county.FIRST)} | change

    with pytest.raises(CommandError, match=words):
        call_command("import_roster", "committee", options["file"], user=options["user"], as_of=options["as_of"])


def test_who_may_not_upload_is_refused(clerk):
    leader = county.user("leader", role="leader")

    with pytest.raises(CommandError, match="没有上传名册的权限"):
        run(leader)


def test_as_of_is_the_day_of_the_roster(clerk):
    run(clerk, as_of="2024-12-31")

    assert str(Upload.objects.get().as_of) == "2024-12-31"


def test_where_the_county_reviews_it_is_handed_in(clerk):
    importer.set_reviewed({"committee"}, ["committee"], by=county.staff())

    assert "已提交 46 行，由县委组织部审核后入库；8 行有问题未入库" in run(clerk, commit=True)[0]
    assert Upload.objects.get().status == "submitted"
    assert not Person.objects.exists()
