"""Layouts one by one: what is header, data and frame, and where a row belongs."""

import pytest

from core.identity import id_check_digit
from rosters import spec
from rosters.reading import check_rows, read
from tests.rosters import workbooks
from tests.rosters.workbooks import delimited, xlsx

PHONE = "13900000001"
NAMES = ("贾兴祥", "吴安全", "石博", "吴荣", "万雅倩", "任明", "胡胜仁", "张龙", "汪英洁")


def id_of(number, sex=1):
    body = f"350723{1975 + number}0512{number:02}{sex}"
    return body + id_check_digit(body)


def people(*villages, start=0, post="书记"):
    return [
        [number + 1, village, NAMES[start + number], id_of(start + number), post, PHONE]
        for number, village in enumerate(villages)
    ]


HEADER = ["序号", "行政村", "姓名", "身份证号码", "职务", "手机号码"]


def reading_of(content, context, kind="committee"):
    return read(spec.get(kind), content, "名册.xlsx", context)


def places(reading):
    return [(row.values["township"], row.values["village"]) for row in reading.rows]


def reasons(reading):
    return [(row["excel_row"], row["reason"]) for row in reading.ignored_rows]


TICKED = [
    ["光泽县寨里镇村干部情况表"],
    ["序号", "村名", "基本情况", None, None, "党支部", None, None, "村委会", None, "监委会", None, "联系方式"],
    [None, None, "姓名", "性别", "身份证号", "书记", "副书记", "委员", "主任", "委员", "主任", "委员", "手机"],
    [1, "茶富村", "贾兴祥", "男", id_of(1), "√", None, None, "√", None, None, None, PHONE],
    [2, "茶富村", "吴安全", "男", id_of(2), None, "√", None, None, "√", None, None, PHONE],
    [3, "太银村", "石博", "男", id_of(3), None, None, "√", None, None, "√", None, PHONE],
]
TICKED_MERGES = ("A2:A3", "B2:B3", "C2:E2", "F2:H2", "I2:J2", "K2:L2")


def test_values_below_a_merged_group_are_names_of_columns(context):
    rows = [
        ["光泽县寨里镇村干部情况表"],
        ["序号", "村名", "姓名", "性别", None, "身份证号", "职务", "手机"],
        [None, None, None, "男", "女", None, None, None],
        [1, "茶富村", "贾兴祥", "√", None, id_of(1), "书记", PHONE],
        [2, "太银村", "石博", "√", None, id_of(2), "书记", PHONE],
    ]
    merges = ("A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:F3", "G2:G3", "H2:H3")

    reading = reading_of(xlsx(rows, merges=merges), context)

    assert reading.tables[0].header_rows == (2, 3)
    assert [row.values["name"] for row in reading.rows] == ["贾兴祥", "石博"]


@pytest.mark.parametrize(
    "content", [xlsx(TICKED, merges=TICKED_MERGES), delimited(TICKED, "gbk")], ids=["merged", "csv"]
)
def test_ticked_posts_under_their_bodies(content, context):
    reading = reading_of(content, context)

    assert reading.tables[0].header_rows == (2, 3)
    assert [row.values["posts"] for row in reading.rows] == [
        ["party_secretary", "village_director"],
        ["party_deputy_secretary", "village_committee_member"],
        ["party_committee_member", "supervision_director"],
    ]
    assert reading.totals["accept"] == 3


GROUPED = [
    ["序号", "村", "姓名", "身份证号", "学历学位", None, None, None, "现任职务", None, "任现职"],
    [None, None, None, None, "全日制教育", None, "在职教育", None, "党内\n职务", "行政\n职务", "时间"],
    [None, None, None, None, "学历", "毕业院校", "学历", "毕业院校"],
    [1, "茶富村", "贾兴祥", id_of(1), "高中", "光泽一中", "大专", "福建电大", "书记", "主任", "2021.03"],
]
GROUPED_MERGES = ("A1:A3", "B1:B3", "C1:C3", "D1:D3", "E1:H1", "E2:F2", "G2:H2", "I1:J1", "I2:I3", "J2:J3", "K2:K3")


@pytest.mark.parametrize("content", [xlsx(GROUPED, merges=GROUPED_MERGES), delimited(GROUPED)], ids=["merged", "csv"])
def test_header_of_three_rows_with_groups(content, context):
    reading = reading_of(content, context)

    assert reading.tables[0].header_rows == (1, 2, 3)
    values = reading.rows[0].values
    assert (values["education_full_time"], values["education_on_job"]) == ("senior_middle", "junior_college")
    assert values["education"] == "junior_college"
    assert values["posts"] == ["party_secretary", "village_director"]
    assert values["start_date"] == "2021-03"


def test_one_table_per_township_on_a_sheet(context):
    rows = [["光泽县寨里镇村干部名册"], HEADER, *people("茶富", "太银"), ["合计", None, "2人"], [],
            ["光泽县止马镇村干部名册"], HEADER, *people("水口", start=2), ["合计"]]  # fmt: skip

    reading = reading_of(xlsx(rows), context)

    assert [table.header_rows for table in reading.tables] == [(2,), (8,)]
    assert places(reading) == [("寨里镇", "茶富村"), ("寨里镇", "太银村"), ("止马镇", "水口村")]
    assert reasons(reading) == [(5, "total"), (6, "blank"), (7, "section_heading"), (10, "total")]


def test_sections_with_their_own_columns_under_one_title(context):
    rows = [["光泽县寨里镇茶富村班子成员名册"], ["一、村党支部"], ["姓名", "身份证号", "党内职务"], ["贾兴祥", id_of(1), "书记"],
            ["二、村务监督委员会"], ["序号", "姓名", "性别", "身份证号", "监委会职务"], [1, "石博", "男", id_of(3), "委员"]]  # fmt: skip

    reading = reading_of(xlsx(rows), context)

    assert places(reading) == [("寨里镇", "茶富村")] * 2
    assert [row.values["posts"] for row in reading.rows] == [["party_secretary"], ["supervision_member"]]
    assert reading.layout == {"township": "title", "village": "title"}


@pytest.mark.parametrize("merges", [(), ("A2:F2", "A3:F3", "A5:F5", "A7:F7", "A8:F8")], ids=["plain", "merged"])
def test_nested_sub_headings(merges, context):
    header = ["姓名", "性别", "身份证号", "职务", "电话", "备注"]
    rows = [header, ["一、寨里镇（2人）"], ["（一）茶富村（1人）"], ["贾兴祥", "男", id_of(1), "书记", PHONE],
            ["（二）太银村："], ["吴安全", "男", id_of(2), "书记", PHONE], ["二、止马镇"], ["水口村"],
            ["石博", "男", id_of(3), "主任", PHONE]]  # fmt: skip

    reading = reading_of(xlsx(rows, merges=merges), context)

    assert places(reading) == [("寨里镇", "茶富村"), ("寨里镇", "太银村"), ("止马镇", "水口村")]
    assert reading.layout == {"township": "subheading", "village": "subheading"}


def test_sub_heading_of_no_known_village_is_a_problem_of_its_rows(context):
    rows = [["光泽县寨里镇花名册"], ["姓名", "身份证号", "职务"], ["幸福村"], ["贾兴祥", id_of(1), "书记"]]

    reading = reading_of(xlsx(rows, merges=["A3:C3"]), context)

    assert [problem.code for problem in reading.rows[0].problems] == ["unknown_village"]


def test_sheet_names_name_the_township(context):
    names = ("1寨里镇（16村）", " 止马 ", "3、李坊乡")
    villages = ("茶富", "水口村委会", "长源")
    sheets = [
        (name, [["村干部名册"], HEADER, *people(village, start=index)])
        for index, (name, village) in enumerate(zip(names, villages, strict=True))
    ]

    reading = reading_of(
        xlsx(*sheets, ("填表说明", [["请如实填写，不得漏报，职务用规范名称。"]]), ("空表", [])), context
    )

    assert places(reading) == [("寨里镇", "茶富村"), ("止马镇", "水口村"), ("李坊乡", "长源村")]
    assert reading.layout["township"] == "sheet_name"
    assert [sheet["reason"] for sheet in reading.ignored_sheets] == ["instructions", "empty"]


def test_sheet_names_name_the_village(context):
    header = ["姓名", "身份证", "职务"]
    sheets = [("1.茶富村", [header, ["贾兴祥", id_of(1), "书记"]]), ("太银", [header, ["石博", id_of(3), "书记"]])]

    reading = reading_of(xlsx(*sheets), context)

    assert places(reading) == [("寨里镇", "茶富村"), ("寨里镇", "太银村")]


def test_phone_list_and_summary_beside_the_roster_are_left_out(context):
    content = xlsx(
        ("名册", [HEADER, *people("茶富村")]),
        ("通讯录", [["序号", "姓名", "电话"], [1, "贾兴祥", PHONE]]),
        ("统计", [["村", "人数"], ["茶富村", 3], ["太银村", 4]]),
    )

    reading = reading_of(content, context)

    assert len(reading.rows) == 1
    assert [sheet["sheet"] for sheet in reading.ignored_sheets] == ["通讯录", "统计"]


def test_page_headers_are_not_data(context):
    rows = [["光泽县寨里镇花名册"], ["填报单位：寨里镇"], HEADER, *people("茶富"), ["光泽县寨里镇花名册"], ["填报单位：寨里镇"],
            HEADER, *people("太银", start=1), ["第 2 页"], ["填表人：张三", None, "审核人："]]  # fmt: skip

    reading = reading_of(xlsx(rows), context)

    assert len(reading.tables) == 1
    assert len(reading.rows) == 2
    assert [reason for _, reason in reasons(reading)] == [
        "repeated_title", "repeated_title", "repeated_header", "footnote", "footnote",
    ]  # fmt: skip


def test_column_numbers_example_and_empty_numbered_rows_are_not_data(context):
    rows = [HEADER, ["1", "2", "3", "4", "5", "6"], ["示例", "茶富村", "张三", id_of(9), "书记", PHONE],
            *people("茶富村"), [2], [3], ["总计：1人"]]  # fmt: skip

    reading = reading_of(xlsx(rows), context)

    assert [row.values["name"] for row in reading.rows] == ["贾兴祥"]


def test_person_merged_over_two_posts_is_two_rows(context):
    rows = [
        HEADER,
        [1, "茶富村", "贾兴祥", id_of(1), "党支部书记", PHONE],
        [None, None, None, None, "村委会主任", None],
    ]

    reading = reading_of(xlsx(rows, merges=["A2:A3", "B2:B3", "C2:C3", "D2:D3"]), context)

    assert [row.values["posts"] for row in reading.rows] == [["party_secretary"], ["village_director"]]
    assert [row.values["id_number"] for row in reading.rows] == [id_of(1)] * 2
    assert reading.totals["accept"] == 2


def test_blank_cell_that_is_not_merged_is_blank(context):
    rows = [HEADER, *people("茶富村", None)]

    assert [problem.code for problem in reading_of(xlsx(rows), context).rows[1].problems] == ["missing_field:village"]


def test_row_with_one_cell_filled_is_still_data(context):
    rows = [HEADER, *people("茶富村"), [2, None, "吴安全"], *people("太银村", start=2)]

    codes = sorted(problem.code for problem in reading_of(xlsx(rows), context).rows[1].problems)

    assert codes == ["missing_field:posts", "missing_field:village", "missing_id"]


def test_columns_about_somebody_else_are_not_taken(context):
    rows = [["姓名", "曾用名", "配偶姓名", "配偶身份证号", "培养联系人姓名", "家庭电话", "原任职务", "首次任职时间", "户籍所在村",
             "身份证号", "职务", "村", "联系电话", "任职时间"],
            ["贾兴祥", "贾小祥", "某某", id_of(30, 2), "王五", "13911111111", "村委", "2015.06", "太银村",
             id_of(1), "书记", "茶富村", PHONE, "2021.03"]]  # fmt: skip

    values = reading_of(xlsx(rows), context).rows[0].values

    assert values == {"name": "贾兴祥", "id_number": id_of(1), "posts": ["party_secretary"], "village": "茶富村",
                      "township": "寨里镇", "phone": PHONE, "start_date": "2021-03"}  # fmt: skip


def test_ambiguous_header_is_decided_by_its_cells(context):
    ids = [id_of(number) for number in range(3)]
    rows = [["姓名", "任职情况", "单位", "身份证号", "担任职务"], *(
        [name, term, village, number, post]
        for name, term, village, number, post in zip(
            NAMES, ("连任", "新任", "新任"), ("茶富", "太银村", "寨里镇山头村"), ids, ("书记", "村委", "文书"), strict=False
        )
    )]  # fmt: skip

    reading = reading_of(xlsx(rows), context)

    assert reading.tables[0].columns["posts"] == "E"
    assert reading.tables[0].columns["village"] == "C"
    rows[0][4] = "x"
    rows = [[*row[:4]] for row in rows]
    rows = [
        [cell if index != 1 else ("任职情况", "书记", "村委", "文书")[number] for index, cell in enumerate(row)]
        for number, row in enumerate(rows)
    ]
    assert reading_of(xlsx(rows), context).tables[0].columns["posts"] == "B"


@pytest.mark.parametrize("header", [["甲", "乙", "丙", "丁", "戊"], None], ids=["unknown header", "no header"])
def test_cells_alone_tell_the_columns(header, context):
    rows = [
        [village, NAMES[index], id_of(index), "书记", "男"]
        for index, village in enumerate(("茶富村", "太银村", "山头村"))
    ]

    reading = reading_of(xlsx([header, *rows] if header else rows), context)

    assert reading.tables[0].columns == {"village": "A", "name": "B", "id_number": "C", "posts": "D", "sex": "E"}
    assert reading.tables[0].reasons["C"] == "18 位数字，多为身份证号"
    assert reading.totals["accept"] == 3


def test_every_column_has_its_reason(context):
    reading = reading_of(
        xlsx([["村（社区）", "姓 名", "身份证\n号码", "职务"], ["茶富村", "贾兴祥", id_of(1), "书记"]]), context
    )

    assert reading.tables[0].reasons == {
        "A": "表头“村（社区）”", "B": "表头“姓 名”", "C": "表头“身份证 号码”", "D": "表头“职务”",
    }  # fmt: skip


def test_hidden_column_is_not_there_and_hidden_row_is_read_and_said(context):
    def hide(workbook):
        workbook.active.column_dimensions["C"].hidden = True
        workbook.active.row_dimensions[3].hidden = True

    rows = [["序号", "村", "姓名", "姓名", "身份证号", "职务"], [1, "茶富村", "旧名", "贾兴祥", id_of(1), "书记"],
            [2, "太银村", "旧名", "石博", id_of(3), "书记"]]  # fmt: skip

    reading = reading_of(xlsx(rows, edit=hide), context)

    assert [row.values["name"] for row in reading.rows] == ["贾兴祥", "石博"]
    assert reading.tables[0].hidden_columns == ("C",)
    assert "1 行数据被隐藏" in reading.notes[0]


def test_header_without_rows_is_a_roster_of_nobody(context):
    reading = reading_of(xlsx([["名册"], HEADER, [1], [2], ["合计", "0人"]]), context)

    assert reading.rows == ()
    assert reading.tables[0].header_rows == (2,)


def test_typed_age_and_posts_are_only_compared(context):
    rows = [[*HEADER, "年龄", "是否“一肩挑”", "是否交叉任职"], [*people("茶富村")[0], 20, "是", "是"]]

    row = reading_of(xlsx(rows), context).rows[0]

    assert [hint.field for hint in row.hints] == ["age", "one_shoulder", "cross_posts"]
    assert not {"age", "one_shoulder", "cross_posts"} & row.values.keys()
    assert row.outcome == "accept"


def test_posts_on_several_rows_make_one_shoulder(context):
    rows = [[*HEADER, "一肩挑"], [*people("茶富村")[0], "是"], [2, "茶富村", NAMES[0], id_of(0), "村主任", PHONE, "是"]]

    assert [row.hints for row in reading_of(xlsx(rows), context).rows] == [(), ()]


def test_duplicates_across_sheets_and_not_across_posts(context):
    one = [HEADER, *people("茶富村"), [2, "茶富村", NAMES[0], id_of(0), "村主任", PHONE]]
    other = [HEADER, *people("茶富村")]

    reading = reading_of(xlsx(("甲", one), ("乙", other)), context)

    assert [[problem.code for problem in row.problems] for row in reading.rows] == [[], [], ["duplicate_in_file"]]
    assert "“甲”表第 2 行" in reading.rows[2].problems[0].message


def test_rows_from_a_page_go_through_the_same_checks(context):
    good = {"township": "寨里镇", "village": "茶富村", "name": "贾 兴祥", "sex": "男", "id_number": id_of(1), "posts": "书记",
            "political_status": "党员"}  # fmt: skip
    coded = {
        **good,
        "village": "350723101201",
        "sex": "male",
        "posts": ["village_director"],
        "political_status": "masses",
    }
    bad = {**good, "village": "没有村", "sex": "女", "id_number": id_of(2), "political_status": "群众"}

    rows = check_rows(spec.get("committee"), [good, coded, bad, good], context)

    assert [row.outcome for row in rows] == ["accept", "accept", "error", "error"]
    assert rows[0].values["name"] == "贾兴祥"
    assert rows[1].village_code == "350723101201"
    assert {problem.code for problem in rows[2].problems} == {
        "unknown_village", "sex_mismatch", "secretary_not_party_member",
    }  # fmt: skip
    assert [problem.code for problem in rows[3].problems] == ["duplicate_in_file"]


def test_wrong_kind_of_roster_is_said(context):
    content = workbooks.xlsx(
        [["村", "姓名", "户数", "人口"], ["茶富村", "贾兴祥", 120, 400], ["太银村", "石博", 100, 300]]
    )

    reading = reading_of(content, context)

    assert any("身份证号" in note for note in reading.notes)


def test_party_member_column_counts_only_without_political_status(context):
    rows = [
        ["姓名", "村", "身份证号", "职务", "党员"],
        [NAMES[0], "茶富村", id_of(1), "书记", "√"],
        [NAMES[1], "太银村", id_of(2), "书记", None],
    ]

    alone = reading_of(xlsx(rows), context)
    beside = reading_of(
        xlsx([[*row, status] for row, status in zip(rows, ("政治面貌", "党员", "党员"), strict=True)]), context
    )

    assert [row.values["is_party_member"] for row in alone.rows] == [True, False]
    assert [(problem.field, problem.code) for problem in alone.rows[1].problems] == [
        ("is_party_member", "secretary_not_party_member")
    ]
    assert "is_party_member" not in beside.tables[0].columns
    assert beside.totals["accept"] == 2


def test_remark_that_counts_years_is_no_total(context):
    rows = [
        ["村", "姓名", "备注", "身份证号", "职务"],
        ["茶富村", NAMES[0], "累计任职10年", id_of(1), "书记"],
        ["太银村", None, "累计任职5年", None, None],
    ]

    assert len(reading_of(xlsx(rows), context).rows) == 2


def test_column_of_somebodys_registered_home_is_no_village(context):
    rows = [["光泽县寨里镇花名册"], ["姓名", "身份证号", "职务", "户籍所在村"], ["太银村"],
            *([name, id_of(index), "村委", "茶富村"] for index, name in enumerate(NAMES[:4]))]  # fmt: skip

    reading = reading_of(xlsx(rows, merges=["A3:D3"]), context)

    assert {row.values["village"] for row in reading.rows} == {"太银村"}


def test_unit_and_date_above_the_header_are_no_groups(context):
    rows = [["光泽县村干部花名册"], ["寨里镇党委（盖章）", None, None, "二〇二四年三月"], ["村", "姓名", "身份证号", "职务", "电话"],
            ["茶富村", NAMES[0], id_of(1), "主任", PHONE]]  # fmt: skip

    reading = reading_of(xlsx(rows, merges=["A2:C2", "D2:E2"]), context)

    assert reading.tables[0].header_rows == (3,)
    assert reading.rows[0].values["posts"] == ["village_director"]


def test_guidance_below_the_header_is_no_data(context):
    rows = [
        ["村", "姓名", "身份证号", "职务"],
        ["（必填）", "（必填）", "（18位）", "如：书记、主任"],
        ["茶富村", NAMES[0], id_of(1), "主任"],
    ]

    assert [row.excel_row for row in reading_of(xlsx(rows), context).rows] == [3]


def test_id_numbers_that_no_field_took_are_said(context):
    """Groups of columns that are no posts are read for the first of them only; that must not go unsaid."""
    rows = [["村", "第一人", None, "第二人", None], [None, "姓名", "身份证号", "姓名", "身份证号"],
            ["茶富村", NAMES[0], id_of(1), NAMES[1], id_of(2)]]  # fmt: skip

    reading = reading_of(xlsx(rows, merges=["A1:A2", "B1:C1", "D1:E1"]), context)

    assert any("E 列“第二人／身份证号”" in note for note in reading.notes)


def test_merged_village_under_an_empty_header(context):
    rows = [["光泽县寨里镇花名册"], [None, "姓名", "身份证号", "职务"], ["茶富村", NAMES[0], id_of(1), "书记"],
            [None, NAMES[1], id_of(2), "主任"], ["太银村", NAMES[2], id_of(3), "村委"]]  # fmt: skip

    reading = reading_of(xlsx(rows, merges=["A3:A4"]), context)

    assert [village for _, village in places(reading)] == ["茶富村", "茶富村", "太银村"]


PLAIN = ["序号", "姓名", "身份证号码", "职务"]


def of_two_villages(*leads):
    """Two villages one below the other, each with its `leads` (rows of texts) and the same header."""
    rows = [["光泽县寨里镇村干部花名册"]]
    for number, village in enumerate(("茶富村", "太银村")):
        rows += [[text.format(village) if text else None for text in lead] for lead in leads]
        rows += [PLAIN, [1, NAMES[number], id_of(number), "书记"], [None] * 4]
    return xlsx(rows)


@pytest.mark.parametrize(
    "lead",
    [
        ["村名：{}"],
        ["{}"],
        ["{}村“两委”干部花名册"],
        ["光泽县寨里镇{}班子成员一览表"],
        ["村名", "{}"],
        ["村名", "{}", "负责人", "张某"],
        ["村名：", "{}"],
        ["村名：{}", "", "书记：张三"],
        ["所在村：寨里镇{}", "书记：张三", "联系电话：13900000001"],
    ],
    ids="|".join,
)
def test_what_stands_above_a_header_printed_again_names_the_village_below(context, lead):
    reading = reading_of(of_two_villages(lead), context)

    assert [(row.values["name"], row.values["village"]) for row in reading.rows] == [
        (NAMES[0], "茶富村"),
        (NAMES[1], "太银村"),
    ]
