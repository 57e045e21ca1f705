"""Files that show why an object was scored as it was: handed in by the township, read by the county, nobody else's."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from awards.models import Evaluation, EvidenceFile
from tests import factories
from tests.awards.conftest import FOREIGN, ON, text
from tests.awards.evaluating import items, rows, url

PDF = b"%PDF-1.4 "


def sent(item, name="清委组〔2024〕3号.pdf", content=PDF):
    return {"item": item.pk, "file": SimpleUploadedFile(name, content)}


def attach(client, row, item, *more):
    return client.post(f"/evaluations/objects/{row.pk}/attach/", sent(item, *more))


@pytest.fixture
def row(scheme):
    return rows(scheme)[0]


@pytest.fixture
def item(scheme):
    return items(scheme)["工作实绩"]


def test_the_county_reads_what_the_township_handed_in(clerk, county, scheme, row, item):
    assert attach(clerk, row, item).status_code == 302

    kept = EvidenceFile.objects.get()
    assert (kept.evaluation, kept.item, kept.by, kept.uploaded_on) == (row, item, clerk.user, ON)
    page = text(county.get(f"/evaluations/objects/{row.pk}/"))
    assert "清委组〔2024〕3号.pdf" in page
    for step in ("scores/", f"grades/?division={factories.OWN}"):
        assert f'href="/evaluations/objects/{row.pk}/#files"' in text(county.get(url(scheme, step)))
    answer = county.get(f"/evaluations/evidence/{kept.pk}/")
    assert (answer.content, answer["Content-Type"]) == (PDF, "application/pdf")
    assert (answer["X-Content-Type-Options"], "attachment" in answer["Content-Disposition"]) == ("nosniff", True)


def test_it_is_kept_encrypted_and_not_in_lists(clerk, row, item):
    attach(clerk, row, item)
    kept = EvidenceFile.objects.get()

    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM awards_evidencefile")
        assert PDF not in bytes(cursor.fetchone()[0])
    told = clerk.get(f"/api/v1/evidence-files/?evaluation={row.pk}").json()["results"]
    assert [(one["filename"], "content" in one) for one in told] == [(kept.filename, False)]


@pytest.mark.parametrize(
    ("more", "told"),
    [(("a.exe", b"MZ"), "不是可以收的文件"), (("a.pdf", b"PK"), "不是可以收的文件"), (("长" * 120 + ".pdf", PDF), "文件名超过 100 个字")],
)  # fmt: skip
def test_what_cannot_be_taken_is_told_at_the_file(clerk, row, item, more, told):
    page = text(attach(clerk, row, item, *more), 400)

    assert told in page
    assert f'value="{item.pk}" selected' in page  # what was chosen stays
    assert not EvidenceFile.objects.exists()


def test_an_indicator_and_a_file_are_wanted(clerk, scheme, row, item):
    address = f"/evaluations/objects/{row.pk}/attach/"
    other = factories.evaluation_item()

    assert "还没有选择文件" in text(clerk.post(address, {"item": item.pk}), 400)
    assert "还没有填" in text(clerk.post(address, {"file": SimpleUploadedFile("a.pdf", PDF)}), 400)
    for odd in (other.pk, "x", "9" * 40, "\0"):
        text(clerk.post(address, sent(item) | {"item": odd}), 400)
    assert not EvidenceFile.objects.exists()


def test_five_files_an_indicator_each_once_and_dropped_again(clerk, scheme, row, item):
    for number in range(5):
        attach(clerk, row, item, f"{number}.pdf", PDF + b"%d" % number)

    assert "最多 5 个附件" in text(attach(clerk, row, item), 400)
    assert attach(clerk, row, items(scheme)["政治表现"]).status_code == 302  # of another indicator
    clerk.post(f"/evaluations/evidence/{row.evidence_files.filter(item=item).first().pk}/drop/")
    again = items(scheme)["政治表现"]
    assert "这个文件已经上传过" in text(attach(clerk, row, again), 400)
    assert row.evidence_files.count() == 5


@pytest.mark.parametrize(
    ("fields", "county_may"),
    [({"handed_in_on": ON}, True), ({"grade": "competent", "graded_on": ON}, False)],
)
def test_it_is_closed_with_the_scores(clerk, county, row, item, fields, county_may):
    kept = factories.evidence_file(evaluation=row, item=item)
    Evaluation.objects.filter(pk=row.pk).update(**fields)

    text(attach(clerk, row, item), 400)
    clerk.post(f"/evaluations/evidence/{kept.pk}/drop/")
    assert "删去" not in text(clerk.get(f"/evaluations/objects/{row.pk}/"))
    assert list(row.evidence_files.all()) == [kept]
    assert attach(county, row, item).status_code == (302 if county_may else 400)


def test_the_county_brings_its_own_for_what_it_scores(clerk, county, scheme, row):
    item = factories.evaluation_item(scheme=scheme, title="县级评价", source="county", part="plus", weight=0, most=5)

    assert attach(county, row, item).status_code == 302
    kept = row.evidence_files.get()
    text(attach(clerk, row, item, "b.pdf", PDF + b"2"), 400)
    clerk.post(f"/evaluations/evidence/{kept.pk}/drop/")
    assert row.evidence_files.get() == kept


def test_another_townships_is_not_there(browser, clerk, scheme, row, item):
    kept = factories.evidence_file(evaluation=row, item=item)
    neighbour = browser("township_clerk", factories.NEIGHBOUR)

    assert neighbour.get(f"/evaluations/evidence/{kept.pk}/").status_code == 404
    assert neighbour.post(f"/evaluations/evidence/{kept.pk}/drop/").status_code == 404
    assert attach(neighbour, row, item).status_code == 404
    assert neighbour.get(f"/api/v1/evidence-files/{kept.pk}/").status_code == 404
    assert attach(clerk, rows(scheme, FOREIGN)[0], item).status_code == 404


def test_whoever_has_evidence_stays_on_the_list_and_so_does_the_indicator(county, clerk, scheme, row):
    item = items(scheme)["政治表现"]
    attach(clerk, row, item)
    row.person.appointments.all().delete()

    county.post(url(scheme, "prepare/"))

    assert scheme.evaluations.filter(pk=row.pk).exists()
