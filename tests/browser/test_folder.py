"""A whole folder, in a real browser: chosen, sent in parts, read by the worker, watched, opened."""

import pytest

from core.jobs.worker import Worker
from core.models import Job
from rosters.models import Upload
from tests import factories
from tests.rosters import county
from tests.rosters.test_in_the_background import roster

pytestmark = pytest.mark.browser
FILES = 23  # more than one part


@pytest.fixture
def folder(tmp_path):
    """寨里镇/ with rosters in two folders, a letter and a picture."""
    home = tmp_path / "寨里镇"
    for number in range(FILES):
        place = home / ("茶富" if number % 2 else "山头")
        place.mkdir(parents=True, exist_ok=True)
        (place / f"名册{number}.xlsx").write_bytes(roster())
    (home / "通知.docx").write_bytes(b"PK")
    (home / "Thumbs.db").write_bytes(b"x")
    return home


@pytest.fixture
def mine(site, window):
    county.load()

    def sign_in(size="desk", role="county_staff"):
        watched = window(size)
        watched.sign_in(county.user(f"{role}_{size}", role=role).username, factories.PASSWORD)
        return watched

    return sign_in


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_a_folder_is_handed_in_watched_and_opened(mine, folder, size):
    watched = mine(size)
    page = watched.page
    page.goto(f"{watched.site}/rosters/upload/")
    page.locator("#folder").set_input_files(folder)
    page.get_by_text(f"文件夹里 {FILES} 个文件要读取，另有 2 个不是表格，跳过").wait_for()
    assert watched.fits()
    page.get_by_role("button", name="上传并核对").click()

    page.get_by_text(f"已读 0 / {FILES} 个文件").wait_for()
    page.get_by_text("后台程序没有运行").wait_for()
    page.get_by_text("2 个文件不是名册，跳过没有读").wait_for()
    assert watched.fits()
    Worker().run(until_empty=True)

    page.get_by_text(f"已读 {FILES} / {FILES} 个文件").wait_for()  # by itself
    assert page.get_by_text("寨里镇／茶富／名册1.xlsx").is_visible()
    assert watched.fits()
    page.get_by_role("link", name="寨里镇／茶富／名册1.xlsx").click()
    page.get_by_role("button", name="入库 2 行").wait_for()
    watched.check()
    assert Upload.objects.filter(status="read").count() == FILES


def test_the_rest_is_taken_back_on_the_page(mine, folder):
    watched = mine()
    page = watched.page
    page.goto(f"{watched.site}/rosters/upload/")
    page.locator("#folder").set_input_files(folder)
    page.get_by_role("button", name="上传并核对").click()
    page.get_by_role("button", name=f"取消其余 {FILES} 个").click()

    page.get_by_text(f"{FILES} 个已取消，没有读").wait_for()
    assert set(Job.objects.values_list("status", flat=True)) == {"cancelled"}
    watched.check()


@pytest.mark.parametrize("role", ["county_staff", "system_admin"])
def test_the_list_of_jobs(mine, role):
    staff = county.user("handed", county.TOWNSHIP, "township_clerk")
    Job.objects.create(kind="roster_read", by=staff, division=staff.division)
    watched = mine(role=role)
    watched.page.goto(watched.site)
    watched.page.get_by_role("link", name="后台任务").first.click()

    watched.page.get_by_role("button", name="取消").wait_for()
    assert watched.fits()
    watched.check()
