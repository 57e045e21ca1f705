"""A department downloads its column, fills it in and hands it in: looked at first, written once confirmed, taken back; its own column only."""

import datetime
import io

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from rosters.models import Upload
from talent.models import Candidate, JointReviewMark
from tests import factories
from tests.elections.conftest import signed_in, stand
from tests.elections.test_review import police, setup  # noqa: F401 - a fixture
from tests.rosters.handing import TODAY, codes, hand_in, messages, sent_back

pytestmark = pytest.mark.django_db
FIELDS = {"联审结论": "无", "联审文号": "清公函〔2026〕9号", "出具日期": "2026-01-03", "审核人": "李警官"}

TOMORROW = timezone.localdate() + datetime.timedelta(1)


def text(answer):
    return answer.content.decode()


def file_of(held, name="公安局"):
    return reverse("joint_review_file", args=[held.departments.get(name=name).pk])


def book_of(client, held, name="公安局"):
    url = reverse("joint_review_blank", args=[held.departments.get(name=name).pk])
    return openpyxl.load_workbook(io.BytesIO(client.get(url).content))


def fill(book, **told):
    """Fill in every row of a person; `told` is {heading: text}."""
    sheet = book.active
    head = {str(cell.value).strip("*"): cell.column for cell in sheet[3] if cell.value}
    for line in sheet.iter_rows(min_row=4):
        if line[head["姓名"] - 1].value:
            for heading, value in (FIELDS | told).items():
                line[head[heading] - 1].value = value
    return book


def send(client, held, book, name="公安局"):
    out = io.BytesIO()
    book.save(out)
    file = SimpleUploadedFile("联审结论.xlsx", out.getvalue())
    return client.post(file_of(held, name), {"send": "1", "file": file}, follow=True)


def press(client, held, button):
    kept = Upload.objects.filter(kind="joint_review", undoes=None).latest("pk")
    posted = {"upload": kept.pk, "shown": kept.fingerprint, button: "1"}
    return client.post(file_of(held), posted, follow=True)


@pytest.fixture
def standing(held, team, staff):
    return [stand(held, one, "village_director", by=staff.user, formal=False) for one in (team.member, team.newcomer)]


def test_the_column_comes_masked_with_its_items_only(police, held, standing):  # noqa: F811
    cells = [[cell.value for cell in row] for row in book_of(police, held).active.iter_rows()]
    flat = " ".join(str(value) for row in cells for value in row if value)

    assert "受过刑事处罚" in flat
    assert "涉邪教" not in flat
    assert standing[0].person.id_masked in flat
    assert standing[0].person.id_number not in flat


def test_a_filled_column_is_looked_at_then_written(police, held, standing):  # noqa: F811
    page = send(police, held, fill(book_of(police, held)))

    assert "新填 4" in text(page)
    assert not JointReviewMark.objects.exists()

    press(police, held, "confirm")

    kept = set(JointReviewMark.objects.values_list("result", "document_no", "decided_on", "reviewer"))
    assert kept == {("clear", "清公函〔2026〕9号", datetime.date(2026, 1, 3), "李警官")}
    assert JointReviewMark.objects.count() == 4


def test_a_finding_blocks_and_is_taken_back_with_the_batch(police, held, team, staff):  # noqa: F811
    row = stand(held, team.member, "village_director", by=staff.user)
    page = send(police, held, fill(book_of(police, held), 联审结论="有", 具体情况="有犯罪记录"))
    assert "入库后即取消资格" in text(page)

    press(police, held, "confirm")
    after = Candidate.objects.get(pk=row.pk)
    press(police, held, "undo")

    before = Candidate.objects.get(pk=row.pk)
    assert (after.status, "有犯罪记录" in after.blocked_reason) == ("disqualified", True)
    assert (before.status, before.blocked_reason, before.out_reason) == ("formal", "", "")
    assert set(JointReviewMark.objects.filter(item__department__name="公安局").values_list("result", flat=True)) == {
        "clear"
    }


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"联审结论": "有"}, "missing_field:review_reason"), ({"出具日期": ""}, "missing_field:review_decided"),
        ({"出具日期": str(TOMORROW)}, "decided_in_future"), ({"联审结论": "也许"}, "unknown_review_result"),
        ({"联审事项": "涉邪教"}, "unknown_review_item"), ({"姓名": "陌生人"}, "not_standing"),
        ({"身份证号": "110***********0000"}, "not_standing"), ({"联审文号": "长" * 51}, "too_long"),
        ({"行政村": "丙田村"}, "unknown_village"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_and_not_written(police, held, standing, told, code):  # noqa: F811
    page = send(police, held, fill(book_of(police, held), **told))

    upload = Upload.objects.get(kind="joint_review")
    assert code in codes(upload)
    assert messages(upload)[0] in text(page)
    assert "确认入库" not in text(page)
    press(police, held, "confirm")
    assert not JointReviewMark.objects.exists()


def test_an_empty_result_leaves_the_row_alone(police, held, standing):  # noqa: F811
    assert "没有变化 4" in text(send(police, held, fill(book_of(police, held), 联审结论=None)))


def test_our_own_column_comes_back_unchanged(police, staff, held, standing):  # noqa: F811
    department = held.departments.get(name="公安局")
    send(police, held, fill(book_of(police, held)))
    press(police, held, "confirm")

    again = sent_back("joint_review", staff.user, department.pk, on=TODAY)

    assert (again.status, again.writes, again.count("error")) == ("read", 0, 0)
    assert "没有变化 4" in text(send(police, held, book_of(police, held)))


@pytest.mark.parametrize("address", ["joint_review_file", "joint_review_blank"])
def test_another_departments_column_does_not_exist(police, held, standing, address):  # noqa: F811
    other = held.departments.get(name="政法委")

    assert police.get(reverse(address, args=[other.pk])).status_code == 404
    assert police.post(reverse("joint_review_file", args=[other.pk]), {"send": "1"}).status_code == 404


def test_a_file_of_another_column_writes_nothing(police, staff, held, standing):  # noqa: F811
    send(police, held, fill(book_of(staff, held, "政法委")))

    press(police, held, "confirm")

    assert codes(Upload.objects.get(kind="joint_review")) == {"unknown_review_item"}
    assert not JointReviewMark.objects.exists()


def test_a_file_of_somebody_else_is_not_seen_and_not_confirmed(police, staff, held, standing):  # noqa: F811
    send(staff, held, fill(book_of(staff, held)))

    page = press(police, held, "confirm")

    assert "联审结论.xlsx" not in text(page)
    assert not JointReviewMark.objects.exists()


@pytest.mark.parametrize("name", ["roster_home", "roster_upload"])
def test_the_other_doors_of_rosters_stay_shut(police, held, name):  # noqa: F811
    assert police.get(reverse(name)).status_code == 403
    assert police.post(reverse("roster_upload"), {"kind": "joint_review"}).status_code == 403


def test_a_department_hands_in_no_other_roster(police, held):  # noqa: F811
    with pytest.raises(PermissionDenied):
        hand_in(police.user, "candidates", ("姓名",), ("张三",), target_id=held.pk)


def test_a_township_has_no_column_to_hand_in(clerk, held, standing):
    upload = hand_in(
        clerk.user, "joint_review", ("村（社区）", "姓名", "联审事项", "联审结论", "出具日期"),
        ("甲山村", "老委员", "受过刑事处罚", "无", "2026-01-03"), target_id=held.departments.get(name="公安局").pk,
    )  # fmt: skip

    assert (upload.status, upload.refusal_code) == ("refused", "unknown_target")


def test_the_county_hands_it_in_at_the_rosters_page_too(staff, held, standing):
    department = held.departments.get(name="公安局")

    assert f'value="{department.pk}"' in text(
        staff.get(reverse("roster_upload") + f"?kind=joint_review&target={department.pk}")
    )


def test_a_closed_round_takes_no_file(police, staff, held, standing):  # noqa: F811
    book = fill(book_of(police, held))
    send(police, held, book)
    held.end = datetime.date(2026, 1, 31)
    held.save()

    assert police.get(file_of(held)).status_code == 404
    send(staff, held, book)
    assert not JointReviewMark.objects.exists()


def test_no_file_is_told(police, held, standing):  # noqa: F811
    assert "还没有选择文件" in text(police.post(file_of(held), {"send": "1"}, follow=True))


def test_an_account_that_lost_the_column_does_not_take_it_back(police, staff, held, standing):  # noqa: F811
    send(police, held, fill(book_of(police, held)))
    press(police, held, "confirm")
    other = factories.user("reviewer", factories.COUNTY)
    setup(staff, held, **{f"account_{held.departments.get(name='公安局').pk}": other.pk})

    assert police.post(file_of(held), {"undo": "1"}).status_code == 404
    assert signed_in(other).get(file_of(held)).status_code == 200
    assert JointReviewMark.objects.count() == 4
