"""Trainees, degree students and nominees in layouts of our own: what a title or heading says, and what a column does."""

import pytest

from rosters import spec
from rosters.reading import read
from tests.rosters import workbooks
from tests.rosters.conftest import GAZETTEER

PERSON = ["寨里镇", "贾兴祥", "男", "350723198202043818", "产业振兴奖", "带头种茶"]
PERSON_HEADER = ["乡镇", "姓名", "性别", "身份证号", "推荐奖项", "主要事迹"]
GROUP = ["止马镇", "白门楼村老年协会", "钱大", 12, "文化振兴", "建文艺队"]
GROUP_HEADER = ["乡镇", "集体名称", "负责人", "人数", "奖项", "事迹"]


def rows_of(kind, context, *sheets):
    return read(spec.get(kind), workbooks.xlsx(*sheets), "a.xlsx", context)


def codes(row):
    return {(found.field, found.code) for found in row.problems}


def types(reading):
    return [row.values.get("nominee_type") for row in reading.rows]


def test_nominees_by_sheet_name(context):
    reading = rows_of(
        "nominees", context, ("个人", [PERSON_HEADER, PERSON, PERSON]), ("先进集体", [GROUP_HEADER, GROUP, GROUP])
    )

    assert types(reading) == ["individual", "individual", "collective", "collective"]
    assert reading.layout["nominee_type"] == "sheet_name"
    assert codes(reading.rows[1]) == {("id_number", "duplicate_in_file")}
    assert codes(reading.rows[3]) == {("name", "duplicate_in_file")}


def test_nominees_by_column(context):
    header = [*PERSON_HEADER, "推荐类型"]
    collective = ["止马镇", "白门楼村老年协会", None, None, "文化振兴", "建文艺队", "先进集体"]
    no_id = ["止马镇", "钱大为", "男", None, "文化振兴", "建文艺队", "个人"]
    reading = rows_of("nominees", context, ("推荐表", [["贡献奖推荐表"], header, [*PERSON, "个人"], collective, no_id]))

    assert types(reading) == ["individual", "collective", "individual"]
    assert reading.layout["nominee_type"] == "column"
    assert codes(reading.rows[1]) == set()
    assert codes(reading.rows[2]) == {("id_number", "missing_id")}


def test_nominees_by_headings_between_the_rows_of_one_table(context):
    header = ["乡镇", "姓名（名称）", "性别", "身份证号", "推荐奖项", "主要事迹"]
    collective = ["止马镇", "白门楼村老年协会", None, None, "文化振兴", "建文艺队"]
    rows = [["贡献奖推荐汇总表"], header, ["（一）先进个人"], PERSON, ["（二）先进集体"], collective]
    reading = rows_of("nominees", context, ("汇总", rows))

    assert types(reading) == ["individual", "collective"]
    assert codes(reading.rows[1]) == set()


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        (["2024年村级后备干部能力提升培训班学员花名册"], "2024年村级后备干部能力提升培训班"),
        (["附件2", "培训班名称：全县村党组织书记专题研修班", "学员名单"], "全县村党组织书记专题研修班"),
        (["村“两委”班子成员培训名册"], None),
        (["学员花名册"], None),
    ],
)
def test_class_of_the_trainees(context, titles, expected):
    rows = [[title] for title in titles]
    rows += [["序号", "乡镇", "村", "姓名", "性别", "是否住宿"], [1, "寨里镇", "茶富村", "贾兴祥", "男", "√"]]
    reading = rows_of("trainees", context, ("名册", rows))

    assert reading.context == ({"class_name": expected} if expected else {})
    assert reading.rows[0].values["lodging"] is True
    assert reading.rows[0].outcome == "accept"


def test_the_class_may_be_named_by_the_sheet(context):
    rows = [["姓名", "所在村", "职务", "手机号码"], ["贾兴祥", "寨里镇茶富村", "支委", "15021617989"]]

    assert rows_of("trainees", context, ("头雁培训班", rows)).context == {"class_name": "头雁培训班"}


def test_degree_students_in_another_order_and_spelling(context):
    header = ["姓名", "就读院校", "入学年月", "层次", "入学前学历", "村", "毕业否"]
    rows = [
        ["学历提升台账"],
        header,
        ["贾兴祥", "国家开放大学", "2023年9月", "高起专", "高中", "茶富村", "否"],
        ["吴安全", "武夷学院", "2022.09", "硕士", "大专", "茶富村", None],
    ]
    first, second = rows_of("degree", context, rows).rows

    assert first.outcome == "accept"
    assert first.values["target_education"] == "junior_college"
    assert (first.values["education"], first.values["enrolled_on"]) == ("senior_middle", "2023-09")
    assert codes(second) == {("target_education", "unknown_education")}


def test_a_township_that_does_not_exist_with_an_empty_village(context):
    place = GAZETTEER.resolve("金岭镇", "")

    assert [(field, found.code) for field, found in place.found] == [("township", "unknown_township")]


def test_columns_own_words_for_yes_and_no(context):
    header = ["姓名", "所在村", "报读院校", "报读层次", "入学时间", "是否毕业"]
    people = [["张小英", "茶富村", "开放大学", "专科", "2023.09", word] for word in ("毕业", "在读", "是", "否")]

    rows = read(spec.get("degree"), workbooks.xlsx([header, *people]), "a.xlsx", context).rows

    assert [row.values["is_graduated"] for row in rows] == [True, False, True, False]
