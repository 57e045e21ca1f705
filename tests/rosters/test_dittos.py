"""〃, 同上 in place of a value: read as what stands above, and said so; never for what two people cannot share."""

import pytest
from django.urls import reverse

from rosters import importer, spec
from rosters.reading import read
from tests.rosters import county
from tests.rosters.layouts import person
from tests.rosters.workbooks import xlsx

TITLE = ["光泽县寨里镇村“两委”干部花名册"]
HEADER = ["序号", "单位", "姓名", "民族", "身份证号", "学历", "职务", "任职时间", "联系电话"]
FIELDS = ("village", "name", "ethnicity", "id_number", "education", "posts", "start_date", "phone")
VILLAGES = ("茶富村", "茶富村", "茶富村", "太银村", "太银村")


def rows_of(mark, *places):
    """Five people; `mark` stands in their cells of `places` wherever the cell above holds the same."""
    people = [person(number, village) for number, village in enumerate(VILLAGES, 20)]
    for one in people:
        one.update(ethnicity="畲族", education="大专", posts="支委", start_date="2021.03")
    rows = []
    for number, one in enumerate(people):
        before = people[number - 1] if number else {}
        cells = [mark if name in places and before.get(name) == one[name] else one[name] for name in FIELDS]
        rows.append([number + 1, *cells])
    return [TITLE, HEADER, *rows]


def reading_of(rows, context, kind="committee"):
    return read(spec.get(kind), xlsx(rows), "名册.xlsx", context)


SHARED = ("village", "ethnicity", "education", "posts", "start_date")


@pytest.mark.parametrize("mark", ["〃", "″", '"', "“", "同上", "同 上", " 〃 ", "（同上）", "''", "如上"])
def test_a_mark_is_what_stands_above(mark, context):
    plain, marked = reading_of(rows_of("", ()), context), reading_of(rows_of(mark, *SHARED), context)

    assert [row.values for row in marked.rows] == [row.values for row in plain.rows]
    assert [row.outcome for row in marked.rows] == ["accept"] * 5


def test_the_cell_says_that_it_was_read_so(context):
    row = reading_of(rows_of("〃", "village", "posts"), context).rows[1]

    assert [(found.field, found.code) for found in row.hints] == [("village", "ditto"), ("posts", "ditto")]
    assert "“〃”" in row.hints[0].message


def test_the_same_as_on_the_left_is_the_cell_beside_it(context):
    rows = [[*HEADER, "全日制学历", "在职学历"]]
    rows += [[*cells, "大专", "同左"] for cells in rows_of("", ())[2:]]
    values = reading_of(rows, context).rows[0].values

    assert (values["education_full_time"], values["education_on_job"]) == ("junior_college", "junior_college")


@pytest.mark.parametrize(
    ("place", "code"), [("name", "ditto_of_a_person"), ("id_number", "ditto_of_a_person"), ("phone", "phone_format")]
)
def test_what_two_people_cannot_share_is_asked_for(place, code, context):
    rows = rows_of("", ())
    rows[3][1 + FIELDS.index(place)] = "同上"
    row = reading_of(rows, context).rows[1]

    assert row.values[place] is None
    assert [(found.field, found.code) for found in row.problems] == [(place, code)]


def test_a_mark_below_nothing_is_no_value(context):
    rows = rows_of("", ())
    rows[2][6] = "〃"
    row = reading_of(rows, context).rows[0]

    assert [(found.field, found.code) for found in row.problems] == [("posts", "unknown_post")]


@pytest.fixture
def kept(db):
    county.load()
    clerk = county.clerk()
    content = xlsx(rows_of("〃", "village", "education"))
    return clerk, importer.upload(by=clerk, filename="名册.xlsx", content=content, kind="committee")


def test_the_preview_says_so_and_a_corrected_cell_does_not_any_more(kept, client):
    clerk, upload = kept
    client.force_login(clerk)
    page = reverse("roster_preview", args=[upload.pk])
    assert client.get(page).content.decode().count("表里写的是“〃”，照上一格读") == 7

    importer.recheck(upload, {1: {"education": "本科"}}, by=clerk)

    assert client.get(page).content.decode().count("表里写的是“〃”，照上一格读") == 6
    assert upload.rows.get(order=1).values["education"] == "bachelor"
