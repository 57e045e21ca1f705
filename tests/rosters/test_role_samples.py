"""The county's own workbooks of reserves, people sent in and rural talents: in, in again, out and in again; the pages."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from core.models import AuditEntry
from core.periods import in_force
from rosters import importer
from rosters.models import Upload
from talent.models import Person, ReserveCandidate, RuralTalent, Stationing
from tests import factories
from tests.rosters import county
from tests.rosters.conftest import DATA
from tests.rosters.workbooks import xlsx

pytestmark = pytest.mark.django_db

BOOKS = pytest.mark.parametrize(
    ("kind", "number", "model"),
    [("reserve", "04", ReserveCandidate), ("stationed", "05", Stationing), ("talent", "06", RuralTalent)],
)


@pytest.fixture
def staff(db, client):
    county.load()
    user = county.staff()
    client.force_login(user)
    return user


def book(number):
    return next(path for path in DATA.glob(f"{number}*") if not path.name.endswith(".json"))


def sent(client, kind, content, name="名册.xlsx"):
    response = client.post(reverse("roster_upload"), {"kind": kind, "file": SimpleUploadedFile(name, content)})
    return Upload.objects.get(pk=int(re.search(r"/rosters/(\d+)/", response["Location"])[1]))


def sent_book(client, kind, number):
    path = book(number)
    return sent(client, kind, path.read_bytes(), path.name)


@BOOKS
def test_a_workbook_comes_in_as_expected(staff, client, kind, number, model):
    wanted = json.loads(book(number).with_suffix(".expected.json").read_text(encoding="utf-8"))["totals"]
    upload = sent_book(client, kind, number)
    good = wanted["accept"] + wanted["warn"]

    assert upload.counts["error"] == wanted["error"]
    assert upload.counts["new"] == good
    client.post(reverse("roster_confirm", args=[upload.pk]))

    assert Upload.objects.get(pk=upload.pk).status == "committed"
    assert model.objects.filter(end=None).count() >= good
    assert Person.objects.filter(pk__in=model.objects.values("person")).count() == Person.objects.count()


@BOOKS
def test_a_workbook_again_changes_nothing(staff, client, kind, number, model):
    first = sent_book(client, kind, number)
    importer.confirm(first, by=staff)
    lines = AuditEntry.objects.filter(model=model._meta.label_lower).count()

    again = sent_book(client, kind, number)

    assert again.writes == 0
    assert again.counts["unchanged"] == first.counts["new"]
    assert importer.confirm(again, by=staff).state == "done"
    assert AuditEntry.objects.filter(model=model._meta.label_lower).count() == lines


@BOOKS
def test_a_workbook_goes_out_and_comes_back_unchanged(staff, client, kind, number, model):
    importer.confirm(sent_book(client, kind, number), by=staff)

    content = client.post(reverse("roster_export", args=[kind]), {"reason": "核对"}).content
    again = sent(client, kind, content)

    assert again.rows_total == model.objects.filter(in_force(timezone.localdate())).count() > 0
    assert again.counts["unchanged"] == again.rows_total


@BOOKS
def test_the_empty_form_is_read_as_its_kind(staff, client, kind, number, model):
    content = client.get(reverse("roster_template", args=[kind])).content

    assert sent(client, kind, content).rows_total == 0


@pytest.mark.parametrize("kind", ["reserve", "stationed", "talent"])
def test_the_roster_page_offers_form_and_export(staff, client, kind):
    page = client.get(reverse("roster_forms")).content.decode()

    assert reverse("roster_template_choice", args=[kind]) in page
    assert reverse("roster_export", args=[kind]) in page


def test_the_preview_shows_old_and_new_and_what_is_emptied(staff, client):
    talent = factories.rural_talent(village="350723101201", specialty="竹编", category="skill")
    header = ["村", "姓名", "身份证号", "人才类别", "专业特长"]
    row = ["茶富村", talent.person.name, talent.person.id_number, "经营型", "清空"]

    upload = sent(client, "talent", xlsx([header, row]))
    page = client.get(reverse("roster_preview", args=[upload.pk])).content.decode()

    assert '<span class="was">技能型</span>经营型' in page
    assert '<span class="was">竹编</span>（空）' in page


def test_the_page_of_another_townships_clerk_never_shows_the_roster(staff, client):
    upload = sent_book(client, "talent", "06")
    client.force_login(county.clerk("350723102"))

    assert client.get(reverse("roster_preview", args=[upload.pk])).status_code == 404


def test_a_blank_demonstration_leaves_a_kept_one_and_a_no_ends_it(staff, client):
    talent = factories.rural_talent(village="350723101201", is_demonstration=True)
    header = ["村", "姓名", "身份证号", "是否示范户"]
    about = ["茶富村", talent.person.name, talent.person.id_number]

    assert sent(client, "talent", xlsx([header, [*about, None]])).writes == 0
    assert sent(client, "talent", xlsx([header, [*about, "否"]])).writes == 1
