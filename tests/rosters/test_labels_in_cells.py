"""Forms whose labels stand in one cell with their values, 姓名：张三  性别：男: every value is read, named and corrected where it is."""

import pytest

from rosters import importer
from rosters.recognition import recognise
from rosters.sandbox import read_cells
from talent.models import Person
from tests.rosters.test_import_pages import confirm
from tests.rosters.test_shapes import (
    LABELS,
    PEOPLE,
    TITLE,
    listed,
    marked,
    page,
    reading_of,
    sent,
    values,
    wrong,
)
from tests.rosters.workbooks import xlsx

WHAT = {name: "".join(label.split()) for name, label in LABELS.items()}
LINES = (("village", "name", "sex"), ("ethnicity", "birth_date", "political_status"), ("id_number", "phone"), ("education", "posts", "start_date"))  # fmt: skip


def line(one, names, between="  ", colon="："):
    return between.join(f"{WHAT[name]}{colon}{one[name]}" for name in names)


def in_cells(one):
    """A cell for each label and value."""
    return [[f"{WHAT[name]}：{one[name]}" for name in names] for names in LINES]


def in_lines(one, between="　　"):
    """A cell for each line of the form."""
    return [[line(one, names, between)] for names in LINES]


def in_one(one):
    """All of it in one cell, as pasted from a document."""
    return [["\n".join(line(one, names, "    ", ":") for names in LINES)]]


SHAPES = pytest.mark.parametrize("drawn", [in_cells, in_lines, in_one])
KEPT = ("village", "name", "sex", "ethnicity", "birth_date", "id_number", "political_status", "posts", "start_date", "phone", "education")  # fmt: skip


def same(reading, context):
    wanted = values(reading_of(listed(), context))
    return [[row[name] for name in KEPT] for row in values(reading)] == [[row[name] for name in KEPT] for row in wanted]


@SHAPES
@pytest.mark.parametrize("title", [[], [[TITLE]], [[TITLE], ["填报单位：寨里镇  填报时间：2026年8月"]]])
def test_a_sheet_for_each_person(drawn, title, context):
    sheets = ((f"表{number}", [*title, *drawn(one), ["填表人：张三"]]) for number, one in enumerate(PEOPLE))

    reading = reading_of(xlsx(*sheets), context)

    assert same(reading, context)
    assert {row.outcome for row in reading.rows} == {"accept"}
    assert {table.shape for table in reading.tables} == {"form"}


@SHAPES
@pytest.mark.parametrize("gap", [[], [[]], [[], []]], ids=len)
@pytest.mark.parametrize("title", [[], [[TITLE]]], ids=len)
def test_one_below_the_other(drawn, gap, title, context):
    rows = [*title, *(row for one in PEOPLE for row in (*drawn(one), *gap))]

    assert same(reading_of(xlsx(rows), context), context)


def test_side_by_side(context):
    rows = [[left[0], None, right[0]] for left, right in zip(in_lines(PEOPLE[0]), in_lines(PEOPLE[1]), strict=True)]
    rows = [[TITLE], *rows, [], *in_lines(PEOPLE[2])]

    reading = reading_of(xlsx(rows), context)

    assert same(reading, context)
    assert [row.above["at"] for row in reading.rows][:2] == ["A2–A5 格", "C2–C5 格"]


def test_several_people_in_one_cell(context):
    text = "\n".join(line(one, [name for names in LINES for name in names], " ") for one in PEOPLE)

    reading = reading_of(xlsx([[TITLE], [text]]), context)

    assert same(reading, context)
    assert [row.above["at"] for row in reading.rows] == ["2 行 第 1 人", "2 行 第 2 人", "2 行 第 3 人"]


def test_beside_cells_of_the_usual_kind(context):
    one = PEOPLE[0]
    rows = [
        ["村干部登记表"],
        ["姓名：", one["name"], "性别", one["sex"]],
        [line(one, ("id_number",)), None, "民 族", one["ethnicity"]],
        [line(one, ("village", "phone"), " ")],
        ["现任职务", one["posts"], line(one, ("start_date",))],
    ]

    reading = reading_of(xlsx(rows), context)

    assert [reading.tables[0].columns[name] for name in ("name", "id_number", "phone", "start_date")] == [
        "B2",
        "A3#0",
        "A4#2",
        "C5#0",
    ]
    assert [row.outcome for row in reading.rows] == ["accept"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("姓 名：张 三  性 别：男", {"name": "张三", "sex": "male"}),
        ("1.姓名：张三 2.性别：男；3.民族：汉", {"name": "张三", "sex": "male", "ethnicity": "汉族"}),
        ("姓名：__张三__性别：_男_", {"name": "张三", "sex": "male"}),
        ("身份证号：350723196203140018联系电话：13900000001", {"phone": "13900000001"}),
        ("姓名：张三 爱好：钓鱼", {"name": "张三"}),
        ("姓名：张三性别：男民族：汉族", {"name": "张三", "sex": "male", "ethnicity": "汉族"}),
        ("姓名:张三/性别:男/民族:汉", {"name": "张三", "sex": "male"}),
        ("出生年月（岁）：1962.03（64）  家庭联系电话：0599", {"birth_date": "1962-03"}),
        ("简历：1990年 务农：种菇\n姓名：张三", {"name": "张三"}),
    ],
)
def test_in_whatever_way_it_is_written(text, found, context):
    others = [
        [cell for cell in cells if cell.partition("：")[0] not in "".join(text.split())]
        for cells in in_cells(PEOPLE[0])
    ]
    rows = [[TITLE], [text], *others]

    row = reading_of(xlsx(rows), context).rows[0]

    assert {name: row.values[name] for name in found} == found


def test_what_no_column_is_read_as_is_listed(context):
    rows = [
        [TITLE],
        ["姓名：张三 爱好：钓鱼"],
        *in_cells(PEOPLE[0])[1:],
        ["何时返乡：2019年  特长：种菇"],
        ["填表人：李四"],
    ]

    table = reading_of(xlsx(rows), context).tables[0]

    assert sorted(table.unmapped) == [("A2#2", "爱好"), ("A6#1", "何时返乡"), ("A6#2", "特长")]


def test_a_list_below_such_lines_stays_one(context):
    head = [line(PEOPLE[0], ("village", "name", "phone"))]
    rows = [head, list(LABELS.values()), *([one[name] for name in LABELS] for one in PEOPLE)]

    reading = reading_of(xlsx(rows), context)

    assert [table.shape for table in reading.tables] == [""]
    assert [row.values["name"] for row in reading.rows] == [one["name"] for one in PEOPLE]


def test_a_list_of_few_columns_below_such_lines_stays_one(context):
    head = [line(PEOPLE[0], ("name", "phone", "village"))]
    rows = [head, ["姓名", "联系电话", "备注"], *([one["name"], one["phone"], None] for one in PEOPLE)]

    reading = reading_of(xlsx(rows), context)

    assert [row.values["name"] for row in reading.rows] == [one["name"] for one in PEOPLE]


def test_a_table_of_the_family_below_such_lines_is_no_list(context):
    rows = [
        [TITLE],
        *in_lines(PEOPLE[0]),
        ["家庭成员", "称谓", "姓名", "政治面貌"],
        [None, "配偶", "李某", "群众"],
        [None, "儿子", "王某", "共青团员"],
    ]

    assert [row.values["name"] for row in reading_of(xlsx(rows), context).rows] == [PEOPLE[0]["name"]]


def test_it_is_known_for_what_it_is(context):
    content = xlsx([["登记表"], *in_lines(PEOPLE[0])])

    assert recognise(read_cells(content), context, "登记表.xlsx").roster.slug == "committee"


# --- through the pages


def test_it_goes_into_the_ledger_and_changes_nothing_the_second_time(clerk, client):
    content = xlsx([[TITLE], *(row for one in PEOPLE for row in (*in_lines(one), []))])
    confirm(client, sent(client, content))
    assert sorted(Person.objects.values_list("name", flat=True)) == sorted(one["name"] for one in PEOPLE)

    again = sent(client, content, "再来.xlsx")

    assert (again.counts["new"], again.counts["changed"], again.counts["unchanged"]) == (0, 0, 3)


def test_a_corrected_value_takes_its_place_in_the_cell(clerk, client):
    one = {**PEOPLE[0], "id_number": wrong(PEOPLE[0]["id_number"]), "phone": "1390000"}
    upload = sent(client, xlsx([[TITLE], *in_lines(one)]))
    text = page(client, "roster_preview", upload)
    assert "A4 格第 2 项" in text
    importer.recheck(upload, {0: {"phone": "13900000009", "sex": "女", "id_number": PEOPLE[0]["id_number"]}}, by=clerk)
    upload.refresh_from_db()

    sheet = marked(client, upload).active

    assert sheet["A4"].value == f"身份证号码：{PEOPLE[0]['id_number']}　　联系电话：13900000009"
    assert sheet["A2"].value == in_lines({**one, "sex": "女"})[0][0]


def test_a_wrong_value_is_marked_at_the_cell_that_it_stands_in(clerk, client):
    one = {**PEOPLE[0], "id_number": wrong(PEOPLE[0]["id_number"])}
    upload = sent(client, xlsx([[TITLE], *in_lines(one)]))

    sheet = marked(client, upload).active

    assert "校验位不对" in sheet["A4"].comment.text
    assert sheet["A4"].value == in_lines(one)[2][0]


def test_what_cannot_be_put_into_the_sheet_is_said_at_the_name(clerk, client):
    rows = [[TITLE], *in_lines(PEOPLE[0])]
    rows[3] = [line(PEOPLE[0], ("id_number",))]
    upload = sent(client, xlsx(rows))
    importer.recheck(upload, {0: {"phone": "13900000009"}}, by=clerk)

    sheet = marked(client, upload).active

    assert "联系电话已在系统页面上改为“13900000009”" in sheet["A2"].comment.text
    assert sheet["A2"].value == in_lines(PEOPLE[0])[0][0]
