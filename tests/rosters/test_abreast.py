"""Two tables side by side, as clerks print short rows on wide paper: nobody in the right one is lost."""

import io

import openpyxl
import pytest
from django.urls import reverse

from rosters import spec
from rosters.reading import read
from rosters.recognition import recognise
from rosters.sandbox import read_cells
from talent.models import Person
from tests import factories
from tests.rosters import county
from tests.rosters.test_correct_pages import correct
from tests.rosters.test_import_pages import confirm, send, upload_of
from tests.rosters.workbooks import xlsx

HEAD = ["序号", "村", "姓名", "身份证号", "职务"]
TITLE = ["光泽县寨里镇村干部花名册"]


def person(number, name, village="茶富村", post="村委委员"):
    return [number, village, name, factories.id_number(), post]


def abreast(left, right, gap=()):
    lines = [[*one, *gap, *other] for one, other in zip(left, right, strict=True)]
    return xlsx([TITLE, [*HEAD, *gap, *HEAD], *lines])


def names(reading):
    return [(row.excel_row, row.values["name"], row.values["township"]) for row in reading.rows]


@pytest.mark.parametrize("gap", [(), (None,)], ids=["touching", "with a gap"])
def test_both_are_read_under_one_title(context, gap):
    left, right = [person(1, "张三"), person(2, "李四")], [person(3, "王五", "太银村"), [None] * 5]

    reading = read(spec.get("committee"), abreast(left, right, gap), "名册.xlsx", context)

    assert names(reading) == [(3, "张三", "寨里镇"), (4, "李四", "寨里镇"), (3, "王五", "寨里镇")]
    assert [table.columns["name"] for table in reading.tables] == ["C", "I" if gap else "H"]
    assert {row.outcome for row in reading.rows} == {"accept"}


def test_the_same_person_in_both_is_told(context):
    one = person(1, "张三")

    reading = read(spec.get("committee"), abreast([one], [one]), "名册.xlsx", context)

    assert [row.outcome for row in reading.rows] == ["accept", "error"]


def test_columns_of_two_years_are_one_table(context):
    rows = [
        ["寨里镇"],
        ["村名", "2023年", None, "2024年", None],
        [None, "户数", "人口", "户数", "人口"],
        ["茶富村", 10, 20, 11, 22],
    ]

    reading = read(spec.get("villages"), xlsx(rows, merges=("A2:A3", "B2:C2", "D2:E2")), "村情.xlsx", context)

    assert len(reading.tables) == 1


GROUPED = ["姓名", "身份证号", "电话"]


def grouped(*lines, groups=("党支部书记", "村委会主任"), title=TITLE):
    top = ["序号", "村名", groups[0], None, None, groups[1], None, None, "备注"]
    return xlsx(
        [title, top, [None, None, *GROUPED, *GROUPED], *lines], merges=("A2:A3", "B2:B3", "C2:E2", "F2:H2", "I2:I3")
    )


def in_group(name):
    return [name, factories.id_number(), "13912345678"]


def test_groups_of_columns_per_post_are_a_person_each(context):
    nobody = [None, None, None]
    book = grouped(
        [1, "茶富村", *in_group("张三"), *in_group("李四"), None], [2, "太银村", *in_group("王五"), *nobody, "缺主任"]
    )

    recognised = recognise(read_cells(book), context)
    reading = read(spec.get("committee"), book, "名册.xlsx", context)

    assert recognised.roster.slug == "committee"
    assert [
        (row.excel_row, row.values["name"], row.values["village"], row.values["posts"]) for row in reading.rows
    ] == [
        (4, "张三", "茶富村", ["party_secretary"]),
        (5, "王五", "太银村", ["party_secretary"]),
        (4, "李四", "茶富村", ["village_director"]),
    ]
    assert {row.outcome for row in reading.rows} == {"accept"}
    assert reading.layout["posts"] == "group"


def test_groups_of_columns_of_reserves_tell_what_for(context):
    line = [1, "茶富村", *in_group("张三"), *in_group("李四"), None]
    book = grouped(line, groups=("党支部书记后备人选", "村委会主任后备人选"), title=["光泽县寨里镇村级后备干部名册"])

    reading = read(spec.get("reserve"), book, "名册.xlsx", context)

    assert [row.values["target_post"] for row in reading.rows] == ["secretary", "other"]


def test_sections_per_post_tell_the_posts(context):
    lines = [["一、党支部书记"], [1, "茶富村", *in_group("张三")], ["二、村委会主任"], [1, "茶富村", *in_group("李四")]]

    reading = read(spec.get("committee"), xlsx([TITLE, ["序号", "村名", *GROUPED], *lines]), "名册.xlsx", context)

    assert [row.values["posts"] for row in reading.rows] == [["party_secretary"], ["village_director"]]


def test_a_title_that_names_a_post_gives_it_to_nobody(context):
    """Whoever stands in a list of secretaries may have other posts as well: none of them is ended by it."""
    book = xlsx([["寨里镇村党支部书记通讯录"], ["序号", "村名", *GROUPED], [1, "茶富村", *in_group("张三")]])

    reading = read(spec.get("committee"), book, "名册.xlsx", context)

    assert "posts" not in reading.rows[0].values


@pytest.fixture
def clerk(db, client):
    county.load()
    user = county.clerk()
    client.force_login(user)
    return user


def test_a_cell_of_the_right_table_is_corrected_and_written(clerk, client):
    upload = upload_of(send(client, abreast([person(1, "张三")], [person(2, "李四", post="妇女主人")])))
    wrong = upload.rows.get(outcome="error")

    correct(client, upload, wrong.order, posts="村委委员")
    confirm(client, upload)

    assert set(Person.objects.values_list("name", flat=True)) == {"张三", "李四"}


def test_both_problems_of_a_line_stand_in_the_marked_workbook(clerk, client):
    upload = upload_of(send(client, abreast([person(1, "张三", post="护林人")], [person(2, "李四", post="妇女主人")])))

    content = client.get(reverse("roster_workbook", args=[upload.pk])).content
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    told = [cell.value for row in sheet.iter_rows(min_row=3, max_row=3) for cell in row if cell.value]

    assert "E 列" in told[-1]
    assert "J 列" in told[-1]
    assert sheet["E3"].comment
    assert sheet["J3"].comment


def test_the_marked_workbook_comes_back_as_both(clerk, client):
    upload = upload_of(send(client, abreast([person(1, "张三", post="护林人")], [person(2, "李四")])))

    content = client.get(reverse("roster_workbook", args=[upload.pk])).content

    assert upload_of(send(client, content)).rows.count() == 2


def test_people_in_groups_of_columns_are_written_with_their_posts(clerk, client):
    book = grouped([1, "茶富村", *in_group("张三"), *in_group("李四"), None])

    upload = upload_of(send(client, book))
    page = client.get(reverse("roster_preview", args=[upload.pk])).content.decode()
    confirm(client, upload)

    assert "职务取自表头上的分组" in page
    posts = Person.objects.values_list("name", "appointments__post")
    assert set(posts) == {("张三", "party_secretary"), ("李四", "village_director")}
