"""Sheets that are no list: a column for each person, or a form for each; every cell is named as it stands in the file."""

import datetime
import io

import openpyxl
import pytest
from django.urls import reverse

from rosters import importer, spec, superior
from rosters.limits import Refused
from rosters.models import Upload
from rosters.reading import read
from rosters.recognition import recognise
from rosters.sandbox import read_cells
from talent.models import Person
from tests.rosters import county
from tests.rosters.layouts import person
from tests.rosters.test_import_pages import confirm, send
from tests.rosters.workbooks import delimited, xls, xlsx

TITLE = "光泽县寨里镇村“两委”干部情况表"
LABELS = {
    "village": "所在村", "name": "姓 名", "sex": "性别", "ethnicity": "民族", "birth_date": "出生\n年月", "id_number": "身份证号码",
    "political_status": "政治面貌", "education": "学历", "posts": "现任职务", "start_date": "任现职时间", "phone": "联系电话",
}  # fmt: skip
PEOPLE = [person(number, village) for number, village in ((21, "茶富村"), (32, "茶富村"), (43, "太银村"))]


def reading_of(content, context, kind="committee"):
    return read(spec.get(kind), content, "表.xlsx", context)


def listed():
    """The same people as a list, for comparison."""
    return xlsx([[TITLE], list(LABELS.values()), *([one[name] for name in LABELS] for one in PEOPLE)])


def turned(people=PEOPLE):
    return [[label, *(one[name] for one in people)] for name, label in LABELS.items()]


def values(reading):
    return [row.values for row in reading.rows]


@pytest.mark.parametrize(
    ("rows", "merges", "letters"),
    [
        (turned(), (), "BCD"),
        ([[TITLE], ["填报单位：寨里镇", None, "2026年8月"], *turned(), [], ["填表人：张三"]], ("A1:D1",), "BCD"),
        ([[None, *line] for line in turned()], (), "CDE"),
        ([["序号", 1, 2, 3], *turned(), ["月补贴标准（元）", 1200, 1200, 1500]], (), "BCD"),
        ([["基本情况" if number == 0 else "任职情况" if number == 8 else None, *line] for number, line in enumerate(turned())],
         ("A1:A8", "A9:A11"), "CDE"),
    ],
    ids=["plain", "title and footer", "margin", "numbered", "groups"],
)  # fmt: skip
def test_a_column_for_each_person_is_read_like_a_row(rows, merges, letters, context):
    reading = reading_of(xlsx(rows, merges=merges), context)

    assert values(reading) == values(reading_of(listed(), context)) or _but_for_township(reading, context)
    assert [row.above["at"] for row in reading.rows] == [f"{letter} 列" for letter in letters]
    assert reading.tables[0].shape == "turned"


def _but_for_township(reading, context):
    """Without the title the village tells the township as well."""
    return [one | {"township": "寨里镇"} for one in values(reading)] == values(reading_of(listed(), context))


@pytest.mark.parametrize("content", [delimited(turned(), "gbk"), xls(turned())], ids=["csv", "xls"])
def test_in_any_format(content, context):
    assert [row.values["name"] for row in reading_of(content, context).rows] == [one["name"] for one in PEOPLE]


def test_its_columns_are_the_rows_of_the_file(context):
    table = reading_of(xlsx([[TITLE], *turned()]), context).tables[0]

    assert (table.columns["village"], table.columns["name"], table.columns["phone"]) == ("2", "3", "12")


def test_a_village_merged_over_its_people(context):
    rows = turned()
    rows[0][2] = None

    reading = reading_of(xlsx(rows, merges=("B1:C1",)), context)

    assert [row.values["village"] for row in reading.rows] == ["茶富村", "茶富村", "太银村"]


def test_the_same_as_on_the_left_is_the_person_before(context):
    rows = turned()
    rows[0][2], rows[7][2] = "同左", "〃"
    rows[7][1] = "大专"

    reading = reading_of(xlsx(rows), context)

    assert [row.values["village"] for row in reading.rows] == ["茶富村", "茶富村", "太银村"]
    assert reading.rows[1].values["education"] == "junior_college"


def test_a_list_of_three_is_no_turned_one(context):
    assert reading_of(listed(), context).tables[0].shape == ""


def form(one, village=True):
    """A registration form as a county office draws it."""
    return [
        ["光泽县寨里镇村干部登记表"],
        ["姓  名", one["name"], "性  别", one["sex"], "出生年月\n（  岁）", one["birth_date"], "照片"],
        ["民  族", one["ethnicity"], "籍  贯", "福建光泽", "政治面貌", one["political_status"]],
        ["身份证\n号  码", one["id_number"], None, "联系电话", one["phone"]],
        ["学历\n学位", "全日制\n教  育", "高中", "毕业院校\n系及专业", "光泽一中"],
        [None, "在  职\n教  育", "大专", "毕业院校\n系及专业", "福建开放大学"],
        [*(["所在村", one["village"]] if village else [None, None]), "现任职务", one["posts"], "任现职时间", one["start_date"]],
        ["简\n历", "1990.09—1993.07 光泽一中学生\n1993.07— 务农"],
        ["家庭\n主要\n成员", "称谓", "姓名", "年龄", "政治面貌", "工作单位及职务"],
        [None, "配偶", "李某", 45, "群众", "茶富村村民"],
        [None, "儿子", "王某", 20, "共青团员", "福州某公司"],
        ["村党组织意见", None, None, "乡镇党委意见"],
        ["填表人：张三"],
    ]  # fmt: skip


FORM_MERGES = ("A1:G1", "G2:G4", "B4:C4", "E4:F4", "A5:A6", "E5:G5", "E6:G6", "B8:G8", "A9:A11")


def forms(edit=lambda book: None, **more):
    def merge(book):
        for sheet in book.worksheets:
            for merged in FORM_MERGES:
                sheet.merge_cells(merged)
        edit(book)

    return xlsx(*((one["name"], form(one, **more)) for one in PEOPLE), edit=merge)


def test_a_form_for_each_person_on_a_sheet_of_its_own(context):
    reading = reading_of(forms(), context)

    wanted = values(reading_of(listed(), context))
    found = values(reading)
    for name in (
        "name",
        "sex",
        "ethnicity",
        "birth_date",
        "id_number",
        "political_status",
        "posts",
        "start_date",
        "phone",
        "village",
    ):
        assert [row[name] for row in found] == [row[name] for row in wanted], name
    assert [(row["education_full_time"], row["education_on_job"]) for row in found] == [
        ("senior_middle", "junior_college")
    ] * 3
    assert [row.sheet for row in reading.rows] == [one["name"] for one in PEOPLE]
    assert {row.outcome for row in reading.rows} == {"accept"}
    assert reading.tables[0].columns["id_number"] == "B4"
    assert len({table.layout for table in reading.tables}) == 1


def test_forms_one_below_the_other(context):
    rows = [line for one in PEOPLE for line in [*form(one), []]]

    reading = reading_of(xlsx(rows), context)

    assert [row.values["name"] for row in reading.rows] == [one["name"] for one in PEOPLE]
    assert [row.values["village"] for row in reading.rows] == [one["village"] for one in PEOPLE]
    assert [table.columns["name"] for table in reading.tables] == ["B2", "B16", "B30"]


def test_forms_side_by_side_and_far_down(context):
    people = [person(number, "茶富村") for number in range(60, 90)]
    pairs = list(zip(people[::2], people[1::2], strict=True))
    rows = []
    for left, right in pairs:
        for one, other in zip(form(left)[1:7], form(right)[1:7], strict=True):
            rows.append([*one, *[None] * (8 - len(one)), *other])
        rows.append([])

    reading = reading_of(xlsx(rows), context)

    assert sorted(row.values["name"] for row in reading.rows) == sorted(one["name"] for one in people)
    assert {row.outcome for row in reading.rows} == {"accept"}


def test_a_form_without_a_name_is_not_lost(context):
    people = [dict(one) for one in PEOPLE]
    people[1]["name"] = None
    rows = [line for one in people for line in [*form(one), []]]

    reading = reading_of(xlsx(rows), context)

    assert [row.outcome for row in reading.rows] == ["accept", "error", "accept"]


def test_two_bands_of_people_in_columns(context):
    people = [person(number, "茶富村") for number in range(60, 65)]
    rows = [[TITLE], *turned(people[:3]), [], *turned(people[3:])]

    reading = reading_of(xlsx(rows), context)

    assert sorted(row.values["name"] for row in reading.rows) == sorted(one["name"] for one in people)
    assert {row.outcome for row in reading.rows} == {"accept"}


def test_a_form_of_one_column_of_labels(context):
    rows = [[TITLE], *([label, PEOPLE[0][name]] for name, label in LABELS.items())]

    reading = reading_of(xlsx(rows), context)

    assert [row.values["name"] for row in reading.rows] == [PEOPLE[0]["name"]]
    assert reading.tables[0].columns["name"] == "B3"


def test_the_village_of_a_form_is_told_by_its_title(context):
    rows = form(PEOPLE[2], village=False)
    rows[0] = ["光泽县寨里镇太银村村干部登记表"]

    assert [row.values["village"] for row in reading_of(xlsx(rows), context).rows] == ["太银村"]


def test_a_form_with_the_village_before_the_post_is_known_as_well(context):
    rows = form({**PEOPLE[0], "posts": "茶富村支委、村委"})
    rows[0] = ["登记表"]

    found = recognise(read_cells(xlsx(rows)), context, "登记表.xlsx")

    assert (found.roster.slug, found.close) == ("committee", ())


def test_a_value_that_looks_like_a_label_is_none(context):
    rows = [["乡村人才信息登记表"], ["姓名", PEOPLE[0]["name"], "性别", PEOPLE[0]["sex"], "学历", "大专"],
            ["身份证号", PEOPLE[0]["id_number"], "所在村", "茶富村"], ["主要业绩", "带动农户30户", None, None]]  # fmt: skip

    table = reading_of(xlsx(rows), context, "talent").tables[0]

    assert "households_led" not in table.columns


@pytest.mark.parametrize("slug", ["villages", "reserve", "talent"])
def test_cards_of_other_kinds(slug, context):
    card = {
        "villages": [["光泽县寨里镇村情一览表"], ["村名", "茶富村", "村民小组数", 5, "户数", 300], ["人口", 1200, "党员数", 45, "耕地面积（亩）", 1800]],
        "reserve": [["村级后备干部登记表"], ["姓名", PEOPLE[0]["name"], "性别", PEOPLE[0]["sex"], "民族", "汉族"],
                    ["身份证号", PEOPLE[0]["id_number"], "联系电话", "13900000001"], ["所在村", "茶富村", "后备类别", "村党组织书记后备", "来源", "致富能手"]],
        "talent": [["乡村人才信息登记表"], ["姓名", PEOPLE[0]["name"], "性别", PEOPLE[0]["sex"], "民族", "汉族"],
                   ["身份证号", PEOPLE[0]["id_number"], "联系电话", "13900000001"], ["所在村", "茶富村", "人才类别", "经营型", "专业特长", "种菇"]],
    }[slug]  # fmt: skip
    content = xlsx(card)

    assert recognise(read_cells(content), context, "表.xlsx").roster.slug == slug
    assert [(row.values["village"], row.outcome) for row in reading_of(content, context, slug).rows] == [
        ("茶富村", "accept")
    ]


def test_a_field_that_nobody_knows_is_listed_and_a_table_in_the_form_is_not(context):
    rows = form(PEOPLE[0])
    rows[2] += ["爱好", "钓鱼"]
    rows[4:4] = [["何时返乡", "2019年", None, "返乡原因", None], ["现住何处", "本村"]]

    table = reading_of(xlsx(rows), context).tables[0]

    unread = dict(table.unmapped)
    assert {text: letter for letter, text in unread.items()}.items() >= {"何时返乡": "B5", "现住何处": "B6"}.items()
    assert not {"配偶", "儿子", "填表人：张三"} & set(unread.values())


def test_a_label_that_stands_twice_is_listed_as_well(context):
    rows = [*form(PEOPLE[0])[:7], ["是否党代表", "否", "联系电话", "13900000099"]]

    table = reading_of(xlsx(rows), context).tables[0]

    assert table.columns["phone"] == "E4"
    assert ("D8", "另一处联系电话") in table.unmapped


def test_a_form_is_known_for_what_it_is(context):
    assert recognise(read_cells(forms()), context, "村干部登记表.xlsx").roster.slug == "committee"


# --- through the pages


def sent(client, content, name="村干部登记表.xlsx"):
    send(client, content, name)
    return Upload.objects.order_by("-pk").first()


def page(client, view, upload):
    return client.get(reverse(view, args=[upload.pk])).content.decode()


def wrong(number):
    """An ID number with one digit that does not fit."""
    return number[:-1] + ("1" if number[-1] != "1" else "2")


def test_people_in_columns_go_into_the_ledger(clerk, client):
    upload = sent(client, xlsx([[TITLE], *turned()]))
    text = page(client, "roster_preview", upload)
    assert "一人一列，已转成一人一行来读" in text
    assert "第 4 行" in text
    assert "B 列" in text

    confirm(client, upload)

    assert Person.objects.with_id_number(PEOPLE[2]["id_number"]).get().village.name == "太银村"
    assert Person.objects.count() == 3


def test_a_file_of_forms_goes_into_the_ledger(clerk, client):
    upload = sent(client, forms())
    assert "一人一张的登记表" in page(client, "roster_preview", upload)

    confirm(client, upload)

    assert sorted(Person.objects.values_list("name", flat=True)) == sorted(one["name"] for one in PEOPLE)


def marked(client, upload):
    return openpyxl.load_workbook(io.BytesIO(client.get(reverse("roster_workbook", args=[upload.pk])).content))


def test_a_wrong_cell_of_a_column_is_marked_where_it_stands(clerk, client):
    rows = [[TITLE], *turned()]
    rows[6][2] = wrong(rows[6][2])
    rows[1][3] = None
    upload = sent(client, xlsx(rows))
    assert upload.counts["error"] == 2

    sheet = marked(client, upload).active

    assert "校验位不对" in sheet["C7"].comment.text
    assert "村（社区）没有填" in sheet["D2"].comment.text
    assert [cell.value for cell in sheet[2]][:4] == ["所在村", "茶富村", "茶富村", None]


def test_a_corrected_cell_of_a_form_is_put_where_it_stands(clerk, client):
    rows = form({**PEOPLE[0], "id_number": wrong(PEOPLE[0]["id_number"])})
    upload = sent(client, xlsx(rows))
    importer.recheck(upload, {0: {"phone": "13900000009"}}, by=clerk)

    sheet = marked(client, upload).active

    assert "校验位不对" in sheet["B4"].comment.text
    assert sheet["E4"].value == "13900000009"
    assert str(upload.rows.get()) == "2–8 行"


def test_what_is_to_be_asked_is_asked_with_the_sheet_as_it_was_read(clerk, client):
    rows = [[label, *(one[name] for one in PEOPLE)] for name, label in LABELS.items()]
    rows[9][0] = "时间"
    upload = sent(client, xlsx(rows))
    text = page(client, "roster_mapping", upload)
    assert "第 10 行：表头“时间”没有写明是哪一项" in text
    table = upload.tables["tables"][0]

    client.post(reverse("roster_mapping", args=[upload.pk]), {f"c-{table['layout']}-10": "start_date"})

    upload.refresh_from_db()
    assert (upload.status, upload.tables["tables"][0]["columns"]["start_date"]) == ("read", "10")


def test_the_same_person_in_two_columns_is_told_by_the_column(clerk, client):
    upload = sent(client, xlsx(turned([PEOPLE[0], PEOPLE[1], PEOPLE[0]])))

    assert "与 B 列重复" in page(client, "roster_preview", upload)


def test_what_two_columns_of_a_person_do_not_agree_on_is_told_by_the_column(clerk, client):
    again = {**PEOPLE[0], "posts": "村委会委员", "education": "大专"}
    first = {**PEOPLE[0], "posts": "党支部委员", "education": "高中"}

    upload = sent(client, xlsx(turned([first, PEOPLE[2], again])))

    assert "与此人在 B 列所填不同，按 B 列入库" in page(client, "roster_preview", upload)


def test_a_superiors_form_for_one_person_is_no_list_to_fill(clerk, client):
    staff = county.staff()

    with pytest.raises(Refused, match="不能按表样成批导出"):
        superior.take(by=staff, content=forms(), filename="登记表.xlsx", on=datetime.date(2026, 11, 22))
