"""The pictures of the handbook: script/screenshots walks through the running product with the demo county.

One walk, because each picture stands on what was done before it. Everybody in it is invented.
"""

import datetime
import io
from pathlib import Path

import openpyxl
import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from config.demo import history, workbooks
from core.identity import id_check_digit
from core.jobs.worker import Worker
from core.models import User
from rosters import spec
from rosters.models import Upload
from talent.models import Person
from tests import factories
from tests.browser.pictures import small_png

pytestmark = pytest.mark.browser
FOLDER = Path(settings.BASE_DIR) / "docs" / "images" / "handbook"
TOWNSHIP = "990121200"  # 青山乡
NEXT_TOWNSHIP = "990121101"  # 柳林镇
OUTLINE = "(cell) => { cell.style.outline = '3px solid #d4380d'; cell.style.outlineOffset = '2px'; }"


class Camera:
    """One signed-in window and the pictures it takes."""

    def __init__(self, window, username, developer):
        self.watched, self.developer = window("desk"), developer
        self.page, self.site = self.watched.page, self.watched.site
        self.watched.sign_in(username, factories.PASSWORD)

    def open(self, path):
        self.page.goto(f"{self.site}{path}")

    def press(self, name):
        self.page.get_by_role("button", name=name).first.click()

    def shoot(self, name, around=None, mark=None):
        """The window as it is; scrolled so that `around` stands in it, with `mark` framed."""
        if around is not None:
            around.first.evaluate("(cell) => cell.scrollIntoView({block: 'center'})")
        frame = mark.first if mark is not None else None
        if frame is not None:
            frame.evaluate(OUTLINE)
        self.page.wait_for_load_state("networkidle")
        picture = self.page.screenshot(animations="disabled", caret="hide")
        (FOLDER / f"{name}.png").write_bytes(small_png(self.developer, picture))
        if frame is not None:
            frame.evaluate("(cell) => { cell.style.outline = ''; }")

    def upload(self, name, content, kind=""):
        self.open("/rosters/upload/")
        if kind:
            self.page.select_option("#kind", kind)
        self.page.set_input_files("#file", as_file(name, content))
        self.press("上传并核对")
        self.page.wait_for_url(lambda url: "upload" not in url)


def as_file(name, content):
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def sheet(*rows):
    """The bytes of a workbook of these rows."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def team(code=TOWNSHIP, most=14):
    """What is kept of the township's team, as rows {field: value}."""
    return spec.get("committee").rows_to_export(code, timezone.localdate())[:most]


def table(header, fields, rows):
    return sheet(header, *[[row.get(name) or "" for name in fields] for row in rows])


@pytest.fixture
def county(site):
    history.build()
    for user in User.objects.filter(username__in=("wang", "qingshan", "liulin", "sysadmin")):
        user.set_password(factories.PASSWORD)
        user.save(update_fields=["password"])


@pytest.fixture
def camera(county, window, chromium):
    """`camera(username)`: a window of that demo account."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    context = chromium.new_context()
    developer = context.new_page()
    yield lambda username: Camera(window, username, developer)
    context.close()


def test_the_way_of_a_roster(camera, tmp_path):
    clerk, staff = camera("qingshan"), camera("wang")
    first_name, first = workbooks.first_month(TOWNSHIP)
    uploading(clerk, first_name, first, tmp_path)
    deciding(clerk)
    correcting(clerk, first_name, first)
    handing_in(clerk, staff)
    missing_people(staff)
    undoing(staff)
    collecting(clerk, staff)
    giving_out(staff, tmp_path)
    cleaning_up(staff)


def uploading(clerk, name, content, tmp_path):
    page = clerk.page
    clerk.open("/rosters/")
    clerk.shoot("home", mark=page.get_by_role("link", name="上传名册", exact=True))
    clerk.open("/rosters/upload/")
    page.set_input_files("#file", as_file(name, content))
    clerk.shoot("upload", mark=page.get_by_role("button", name="上传并核对"))
    parts = [table(HEADER, FIELDS, [row]) for row in team(most=8)]
    page.set_input_files("#file", [as_file(f"名册{number}.xlsx", part) for number, part in enumerate(parts[:3], 1)])
    clerk.shoot("upload-several", mark=page.locator("label.drop"))
    folder(clerk, parts, tmp_path)


def folder(clerk, parts, tmp_path):
    page, home = clerk.page, tmp_path / "青山乡"
    for number, part in enumerate(parts, 1):
        place = home / ("一片" if number % 2 else "二片")
        place.mkdir(parents=True, exist_ok=True)
        (place / f"名册{number}.xlsx").write_bytes(part)
    (home / "通知.docx").write_bytes(b"PK")
    (home / "旧表.xlsx").write_bytes(b"not a workbook")
    clerk.open("/rosters/upload/")
    page.locator("#folder").set_input_files(home)
    page.get_by_text("个文件要读取").wait_for()
    clerk.shoot("upload-folder", mark=page.locator("[data-folder]"))
    clerk.press("上传并核对")
    page.get_by_text("后台程序没有运行").wait_for()
    clerk.shoot("progress-no-worker")
    Worker().run(until_empty=True)
    clerk.page.reload()
    clerk.shoot("progress")
    for upload in Upload.objects.filter(status="read"):  # nothing of these is needed later
        clerk.open(f"/rosters/{upload.pk}/")
        clerk.press("作废")


HEADER = ("村", "姓名", "身份证号", "职务", "任现职时间", "联系电话")
FIELDS = ("village", "name", "id_number", "posts", "start_date", "phone")


def deciding(clerk):
    """A heading that may be two things, a word nobody knows, a roster of no certain kind."""
    page = clerk.page
    people = team(most=9)
    people[2] = people[2] | {"posts": "妇女主任"}
    people[5] = people[5] | {"posts": "妇女主任"}
    clerk.upload("村干部名单.xlsx", table((*HEADER[:4], "时间", "联系电话"), FIELDS, people))
    clerk.shoot("mapping", mark=page.locator("th.asked select"))
    page.get_by_label("E 列读作").select_option("任现职时间")
    clerk.press("按此读取并核对")
    page.get_by_text("有 1 个写法系统不认识").wait_for()
    clerk.shoot("unknown-word", mark=page.get_by_label("“妇女主任”当作"))
    page.get_by_label("“妇女主任”当作").select_option("村（居）委会委员")
    clerk.press("按此重新核对")
    page.get_by_text("按以前的选择读").wait_for()
    clerk.press("作废")
    clerk.open("/rosters/memory/")
    clerk.shoot("memory")
    names = ("village", "name", "sex", "id_number", "phone")
    clerk.upload("名单.xlsx", table(("村", "姓名", "性别", "身份证号", "电话"), names, team(most=6)))
    clerk.shoot("which-kind")


def correcting(clerk, name, content):
    page = clerk.page
    clerk.upload(name, content)
    clerk.shoot("preview")
    page.locator("details.understood summary").click()
    clerk.shoot("understood", mark=page.get_by_role("link", name="改列的对应"))
    page.locator("details.understood summary").click()
    page.locator(".chip", has_text="有问题").click()
    clerk.shoot("problems", around=page.locator("table tbody"))
    cell = page.locator("td[data-field]", has=page.get_by_text("改这一格"))
    field, row = cell.first.get_attribute("data-field"), page.locator("tr", has=cell.first).first.get_attribute("id")
    page.get_by_text("改这一格").first.click()
    box = page.locator(f"#{row} td[data-field={field}] input")
    clerk.shoot("correct-cell", around=box, mark=box)
    box.press("Escape")
    clerk.open(f"/rosters/{latest().pk}/")
    clerk.shoot("workbook-back", mark=page.get_by_role("link", name="下载标注了问题的原表"))


def latest():
    return Upload.objects.order_by("-pk").first()


def handing_in(clerk, staff):
    clerk.press("作废")
    clerk.upload(*workbooks.second_month(TOWNSHIP))
    clerk.shoot("changes")
    upload = latest()
    staff.open("/rosters/settings/")
    staff.page.check("input[name=review][value=committee]")
    staff.press("保存")
    staff.open("/rosters/settings/")
    staff.shoot("settings")
    clerk.open(f"/rosters/{upload.pk}/")
    clerk.page.check("input[name=complete]")
    clerk.press("按所选重新核对")
    clerk.page.locator("#handin").wait_for()
    clerk.shoot("hand-in", mark=clerk.page.locator("#handin"))
    clerk.page.locator("#main-action button").click()
    clerk.page.get_by_text("等县委组织部审核").wait_for()
    clerk.shoot("submitted")
    staff.open("/rosters/?show=submitted")
    staff.shoot("to-review")
    staff.open(f"/rosters/{upload.pk}/")
    staff.shoot("review", mark=staff.page.get_by_role("button", name="同意入库"))
    staff.page.fill("#comment", "下坪村新任书记的任现职时间，请按任职文件核对")
    staff.press("退回")
    clerk.open(f"/rosters/{upload.pk}/")
    clerk.shoot("returned")
    clerk.page.locator("#main-action button").click()
    clerk.page.get_by_text("等县委组织部审核").wait_for()
    staff.open(f"/rosters/{upload.pk}/")
    staff.press("同意入库")
    staff.page.get_by_role("heading", name="已入库").wait_for()
    staff.shoot("result")


def missing_people(staff):
    """A roster that says it is complete and leaves two people out."""
    everybody = team(NEXT_TOWNSHIP, most=500)
    named = table(("乡镇", *HEADER), ("township", *FIELDS), fresh_phone(everybody[:-2]))
    staff.upload("柳林镇“两委”名册.xlsx", named)
    upload = latest()
    staff.page.check("input[name=complete]")
    staff.press("按所选重新核对")
    staff.page.locator(".chip", has_text="不在此次名册中").click()
    staff.shoot("missing", around=staff.page.locator(".chips"))
    staff.page.locator("#main-action button").click()
    staff.page.get_by_role("heading", name="已入库").wait_for()
    staff.open(f"/rosters/{upload.pk}/missing/")
    staff.page.locator("input[name=who]").first.check()
    staff.page.fill("#ending-on", timezone.localdate().isoformat())
    staff.page.select_option("#reason", "resigned")
    staff.page.locator("h1").click()
    staff.shoot("ending-posts")


def fresh_phone(rows):
    """The rows with another phone in the first: something to write."""
    return [rows[0] | {"phone": "19988886666"}, *rows[1:]]


def undoing(staff):
    upload = latest()
    staff.open(f"/rosters/{upload.pk}/undo/")
    staff.shoot("undo", mark=staff.page.get_by_role("button", name="撤销这一批"))
    staff.press("撤销这一批")
    staff.page.get_by_role("heading", name="已恢复").wait_for()
    staff.shoot("undone")


def collecting(clerk, staff):
    page = staff.page
    staff.open("/rosters/collection/new/")
    page.fill("input[name=title]", "年底班子名册")
    page.fill("input[name=due]", (timezone.localdate() + datetime.timedelta(days=3)).isoformat())
    page.fill("textarea[name=note]", "含新任干部，兼职分别列明")
    page.locator("h1").click()
    staff.shoot("collection-new")
    staff.press("向所选乡镇催报")
    page.get_by_text("已报 0/").wait_for()
    board = page.url
    call_command("remind", stdout=io.StringIO())
    clerk.open("/")
    clerk.shoot("reminder", mark=clerk.page.get_by_role("link", name="去上传"))
    clerk.upload(*workbooks.first_month(TOWNSHIP))
    clerk.shoot("bound")
    page.goto(board)
    staff.shoot("collection-board")


def giving_out(staff, tmp_path):
    page = staff.page
    staff.open("/rosters/forms/")
    staff.shoot("forms")
    staff.open("/rosters/committee/template/")
    staff.shoot("template")
    empty = sheet(
        ("全市村（社区）干部情况统计表",),
        ("序号", "乡镇", "行政村", "姓名", "身份证号码", "职务", "年龄", "联系电话", "银行卡号"),
        *[("",)] * 3,
    )
    staff.open("/rosters/superior/")
    page.set_input_files("input[name=file]", as_file("市委组织部表样.xlsx", empty))
    staff.press("看各列填什么")
    page.get_by_text("列留空").wait_for()
    staff.shoot("superior-form")
    others = team(most=12)
    others[1] = others[1] | {"phone": "13900001111"}
    others[3] = others[3] | {"posts": "村文书"}
    staff.open("/rosters/reconcile/")
    page.set_input_files("input[name=file]", as_file("民政局名册.xlsx", table(HEADER, FIELDS, others)))
    staff.press("核对")
    page.get_by_role("heading", name="民政局名册.xlsx").wait_for()
    staff.shoot("reconcile")
    staff.open("/rosters/upload/")
    page.select_option("#kind", "trainees")
    staff.shoot("target", mark=page.locator("[data-only-for=trainees]"))


def cleaning_up(staff):
    kept = Person.objects.below(TOWNSHIP).exclude(id_digest=None).order_by("pk").first()
    body = f"{kept.id_number[:14]}{(int(kept.id_number[14:17]) + 20) % 1000:03d}"
    factories.person(kept.name, village=kept.village_id, id_number=body + id_check_digit(body))
    staff.open("/people/same/")
    staff.shoot("same-people")
    staff.page.locator("main a[href*='/people/same/']").first.click()
    staff.shoot("same-pair")
    staff.open("/jobs/")
    staff.shoot("jobs")
