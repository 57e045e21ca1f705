"""Workbooks of the kinds that no file of a real office is at hand for, as clerks keep them: titles and groups merged over columns,
headers broken and misspelt, several sheets, sections, totals, footers; each with what a right reading finds in it."""

import datetime
from dataclasses import dataclass, field

from tests.rosters.layouts import person
from tests.rosters.workbooks import xlsx


@dataclass(frozen=True)
class Book:
    """`rows` are {(sheet, Excel row): (outcome, {field: value}, problem codes)}; values that are not named are not looked at."""

    kind: str
    filename: str
    content: bytes = field(repr=False)
    header_rows: tuple
    fields: frozenset
    rows: dict
    ignored_sheets: frozenset = frozenset()


A, B, C, D = (
    person(number, village) for number, village in ((11, "茶富村"), (24, "茶富村"), (37, "太银村"), (50, "桃林村"))
)
NAMES = [one["name"] for one in (A, B, C, D)]
NUMBERS = [one["id_number"] for one in (A, B, C, D)]


def fields(text):
    return frozenset(text.split())


def reviews():
    """Ballots under one merged group, counts with their unit, a total below."""
    rows = [
        ["附件2"],
        ["光泽县寨里镇村干部届中研判测评汇总表"],
        ["填报单位（盖章）：中共寨里镇委员会", None, None, None, None, None, None, None, None, "2026年8月"],
        ["序号", "所在村", "姓 名", "身份证号码", "民主测评（票）", None, None, None, None, None, "综合评价\n等次", "处理 建议", "调整撤换原因", "现实表现及存在问题", "帮带措施"],
        [None, None, None, None, "发出", "收回", "有效", "满意", "基本\n满意", "不满意", None, None, None, None, None],
        [1, "茶富村", NAMES[0], NUMBERS[0], 40, "38票", 37, 30, 6, 1, "优秀", "提拔 培养", None, "工作扎实，\n群众认可", None],
        [2, None, NAMES[1], NUMBERS[1], "40票", 38, 38, 20, 10, 8, "基本称职", "调整撤换", "长期不在岗", "在外经商", "／"],
        [3, "太银村", NAMES[2], None, 40, 40, 40, "三十", 5, 5, "称职", "留任", None, None, "无"],
        ["合计", None, "3人", None, 120, 116, 115],
        ["填表人：黄晓燕        审核人：            联系电话：0599-7920001"],
    ]  # fmt: skip
    merges = (
        "A2:O2",
        "A4:A5",
        "B4:B5",
        "C4:C5",
        "D4:D5",
        "E4:J4",
        "K4:K5",
        "L4:L5",
        "M4:M5",
        "N4:N5",
        "O4:O5",
        "B6:B7",
    )
    sheet = "研判"
    return Book(
        "reviews", "寨里镇届中研判.xlsx", xlsx((sheet, rows), merges=merges), (4, 5),
        fields("village name id_number issued returned valid satisfied fair dissatisfied grade proposal adjust_reason performance own_plan"),
        {
            (sheet, 6): ("accept", {"village": "茶富村", "name": NAMES[0], "issued": 40, "returned": 38, "proposal": "promote"}, set()),
            (sheet, 7): ("accept", {"village": "茶富村", "proposal": "adjust", "adjust_reason": "长期不在岗", "own_plan": None}, set()),
            (sheet, 8): ("error", {"village": "太银村", "satisfied": None, "own_plan": None}, {"bad_number"}),
        },
    )  # fmt: skip


def service_visits():
    """A sheet for each month, dates in every spelling, notes on a sheet of their own."""
    head = [
        "序号",
        "特派员\n姓名",
        "身份证号",
        "服务村",
        "服务时间\n（年月日）",
        "服务天数(天)",
        "技术服务内容",
        "服务农户\n人次",
        "备注",
    ]
    march = [
        ["科技特派员服务记录（3月）"], head,
        [1, NAMES[0], NUMBERS[0], "茶富村", datetime.datetime(2026, 3, 5), 1, "茶园冬季管护指导", 23, None],
        [2, NAMES[0], NUMBERS[0], "太银村", "2026年3月12日", "2天", "病虫害防治", "15人次", "入户"],
    ]  # fmt: skip
    april = [
        ["科技特派员服务记录（4月）"], head,
        [1, NAMES[1], NUMBERS[1], "桃林村", "2026.4.6", 1, "春茶采摘培训", 40, None],
        [2, NAMES[1], NUMBERS[1], None, "四月中旬", 1, "回访", None, "村名没写"],
        ["备注：天数不足一天的按一天计。"],
    ]  # fmt: skip
    notes = [["填表说明"], ["1. 一次服务一行，日期写到日。"], ["2. 每月5日前报乡镇。"]]
    return Book(
        "service_visits", "科技特派员服务记录.xlsx",
        xlsx(("3月", march), ("4月", april), ("填表说明", notes), merges=("A1:I1",)), (2,),
        fields("name id_number village visited_on visit_days visit_work visit_served remarks"),
        {
            ("3月", 3): ("accept", {"village": "茶富村", "visited_on": "2026-03-05", "visit_days": 1, "visit_served": 23}, set()),
            ("3月", 4): ("accept", {"visited_on": "2026-03-12", "visit_days": 2, "visit_served": 15, "remarks": "入户"}, set()),
            ("4月", 3): ("accept", {"village": "桃林村", "visited_on": "2026-04-06"}, set()),
            ("4月", 4): ("error", {"visit_work": "回访"}, {"bad_date", "missing_field:village"}),
        },
        frozenset({"填表说明"}),
    )  # fmt: skip


def secondments():
    """Unit and post under a group each, for where from and where to."""
    rows = [
        ["2026年光泽县干部挂职锻炼人员名册"],
        ["序号", "姓名", "性别", "身份证号", "挂职类别", "挂职前", None, "挂职", None, "挂职时间", "挂职期限至", "带教导师", "鉴定等次", "联系方式", "备 注"],
        [None, None, None, None, None, "单位", "职务", "单位", "职务", None, None, None, None, None, None],
        [1, NAMES[0], "男", NUMBERS[0], "上挂", "寨里镇人民政府", "党政办干部", "县委组织部", "干部科跟班", "2026年3月", "2026.08", "王敏", None, "13905990001", None],
        [2, NAMES[1], "女", NUMBERS[1], "下派", "县农业农村局", "股长", "寨里镇", "副镇长（挂职）", "2025.09", "2027-08", None, "优秀", None, "党组织关系已转"],
        [3, NAMES[2], "男", NUMBERS[2], "去外地", "寨里镇", None, "某公司", None, "2026.01", None, None, None, None, None],
        ["注：1.挂职类别填上挂、下挂、跨村挂职；2.本表一式两份。"],
    ]  # fmt: skip
    merges = ("A1:O1", "F2:G2", "H2:I2", *(f"{letter}2:{letter}3" for letter in "ABCDEJKLMNO"))
    sheet = "Sheet1"
    return Book(
        "secondments", "挂职人员.xlsx", xlsx((sheet, rows), merges=merges), (2, 3),
        fields("name sex id_number secondment_kind home_unit home_post host_unit host_post seconded_on seconded_due secondment_mentor secondment_grade phone remarks"),
        {
            (sheet, 4): ("accept", {"secondment_kind": "up", "home_unit": "寨里镇人民政府", "host_unit": "县委组织部", "host_post": "干部科跟班", "seconded_on": "2026-03", "seconded_due": "2026-08"}, set()),
            (sheet, 5): ("accept", {"secondment_kind": "down", "home_post": "股长", "secondment_grade": "优秀", "remarks": "党组织关系已转"}, set()),
            (sheet, 6): ("error", {"host_unit": "某公司"}, {"unknown_secondment_kind"}),
        },
    )  # fmt: skip


def wishes():
    """The village as a section above its people, wrapped headers."""
    rows = [
        ["寨里镇2026年村干部培训需求摸底表"],
        ["序\n号", "姓\n名", "身份证\n号码", "现任\n职务", "想学\n什么", "需求\n年度", "谁\n提出的", "说明"],
        ["茶富村（2人）"],
        [1, NAMES[0], NUMBERS[0], "党支部书记", "电商直播", "2026年度", "本人", None],
        [2, NAMES[1], NUMBERS[1], "文书", "公文写作", 2026, "乡镇党委建议", None],
        ["太银村（1人）"],
        [1, NAMES[2], NUMBERS[2], "村委会主任", None, 2026, "自己想的", None],
        [],
        ["填表人：", None, None, "负责人："],
    ]
    sheet = "需求"
    return Book(
        "wishes", "培训需求.xlsx", xlsx((sheet, rows), merges=("A1:H1", "A3:H3", "A6:H6")), (2,),
        fields("name id_number job_title topic wish_year wish_source remarks"),
        {
            (sheet, 4): ("accept", {"village": "茶富村", "topic": "电商直播", "wish_year": 2026, "wish_source": "self"}, set()),
            (sheet, 5): ("accept", {"village": "茶富村", "wish_source": "township", "wish_year": 2026}, set()),
            (sheet, 7): ("error", {"village": "太银村", "topic": None}, {"missing_field:topic", "unknown_wish_source"}),
        },
    )  # fmt: skip


def plan():
    """Units in the cells and in the headers, a total row, a second header row repeated on the next printed page."""
    head = [
        "序号",
        "培训班名称",
        "参训对象",
        "计划专题",
        "拟办时间（月）",
        "办班期数",
        "计划人数",
        "培训学时",
        "经费预算（元）",
        "承办单位",
        "年度",
    ]
    rows = [
        ["附件1"], ["光泽县2026年度农村干部培训计划"], head,
        [1, "村党组织书记示范班", "村“两委”干部", "基层党建", "3月", "1期", "60人", "24学时", 12000, "县委党校", 2026],
        [2, "后备干部能力提升班", "后备干部", "乡村治理", 9, 2, 80, 16, "8000元", "县委党校", 2026],
        head,
        [3, "电商人才班", "随便谁", "电商", "十月", 1, 50, 16, 5000, "商务局", 2026],
        ["合计", None, None, None, None, 4, 190, None, 25000],
    ]  # fmt: skip
    sheet = "计划"
    return Book(
        "plan", "培训计划.xlsx", xlsx((sheet, rows), merges=("A2:K2",)), (3,),
        fields("plan_class plan_group plan_topic plan_month plan_classes plan_people plan_hours plan_budget plan_year"),
        {
            (sheet, 4): ("accept", {"plan_group": "committee", "plan_month": 3, "plan_classes": 1, "plan_people": 60, "plan_hours": 24, "plan_budget": 12000}, set()),
            (sheet, 5): ("accept", {"plan_class": "后备干部能力提升班", "plan_month": 9, "plan_budget": 8000, "plan_year": 2026}, set()),
            (sheet, 7): ("error", {"plan_class": "电商人才班"}, {"unknown_plan_group", "bad_number"}),
        },
    )  # fmt: skip


def attendance():
    """A sheet for each day, ticks and crosses, nobody's village."""
    head = ["序号", "姓名", "单位及职务", "身份证号", "签到日期", "上下午", "签到情况", "签名"]
    first = [
        ["2026年第一期村干部培训班签到表"], head,
        [1, NAMES[0], "茶富村书记", NUMBERS[0], "2026-3-5", "上午", "√", "（签字）"],
        [2, NAMES[1], "茶富村文书", NUMBERS[1], datetime.datetime(2026, 3, 5), "上午", "请假", None],
    ]  # fmt: skip
    second = [
        ["2026年第一期村干部培训班签到表"], head,
        [1, NAMES[0], "茶富村书记", NUMBERS[0], "3月6日", "下午", "到", None],
        [2, NAMES[1], "茶富村文书", NUMBERS[1], "2026.03.06", "下午", "×", None],
        ["实到 1 人，缺勤 1 人"],
    ]  # fmt: skip
    return Book(
        "attendance", "签到.xlsx", xlsx(("3月5日", first), ("3月6日", second), merges=("A1:H1",)), (2,),
        fields("name job_title id_number attended_on half attendance_state"),
        {
            ("3月5日", 3): ("accept", {"attended_on": "2026-03-05", "half": "am", "attendance_state": "present"}, set()),
            ("3月5日", 4): ("accept", {"attended_on": "2026-03-05", "attendance_state": "leave"}, set()),
            ("3月6日", 3): ("error", {"half": "pm", "attendance_state": "present"}, {"bad_date"}),
            ("3月6日", 4): ("accept", {"attended_on": "2026-03-06", "attendance_state": "absent"}, set()),
        },
    )  # fmt: skip


def candidates():
    """Two groups over the columns, several posts of one person, an ID number spoilt by the spreadsheet."""
    rows = [
        ["光泽县寨里镇2026年村“两委”换届初步候选人名册"],
        ["基本情况", None, None, None, None, None, None, "提名情况", None, None, None],
        ["村（社区）", "姓名", "性别", "出生年月", "身份证号码", "政治面貌", "学历", "拟任职务", "人选来源", "推荐提名方式", "提名时间"],
        ["茶富村", NAMES[0], "男", A["birth_date"], NUMBERS[0], "党员", "大专", "党支部书记、村委会主任", "现任村干部", "村民提名", "2026.09.01"],
        [None, NAMES[1], "女", B["birth_date"], NUMBERS[1], "群众", "高中", "村委委员", "致富能手", "村民提名", "2026.9"],
        ["太银村", NAMES[2], "男", C["birth_date"], float(NUMBERS[2][:17] + "0"), "中共党员", "本科", "支委", "返乡大学生", "党员推荐", None],
    ]  # fmt: skip
    sheet = "候选人"
    return Book(
        "candidates", "候选人.xlsx", xlsx((sheet, rows), merges=("A1:K1", "A2:G2", "H2:K2", "A4:A5")), (2, 3),
        fields("village name sex birth_date id_number political_status education posts candidate_source nominated_by nominated_on"),
        {
            (sheet, 4): ("accept", {"village": "茶富村", "posts": ["party_secretary", "village_director"], "nominated_on": "2026-09-01"}, set()),
            (sheet, 5): ("accept", {"village": "茶富村", "posts": ["village_committee_member"], "nominated_on": "2026-09"}, set()),
            (sheet, 6): ("error", {"village": "太银村"}, {"id_rounded"}),
        },
    )  # fmt: skip


def confirmations():
    """A column with the village merged downwards, answers in the clerks' own words."""
    rows = [
        ["寨里镇2026年度乡村人才在库情况核查表"],
        ["填报单位：寨里镇      核查时间：2026年6月"],
        ["序号", "所在村", "姓名", "身份证号", "专业特长", "是否仍\n在库", "核实时间", "备注（去向）"],
        [1, "茶富村", NAMES[0], NUMBERS[0], "制茶", "仍在", "2026.6.20", None],
        [2, None, NAMES[1], NUMBERS[1], "电商", "已离开", "2026年6月21日", "去厦门务工"],
        [3, "太银村", NAMES[2], NUMBERS[2], "养蜂", "√", None, None],
        [4, "桃林村", NAMES[3], NUMBERS[3], "竹编", "不好说", "2026.6.22", None],
        ["合计", "4人"],
    ]
    sheet = "核查"
    return Book(
        "confirmations", "人才年度确认.xlsx", xlsx((sheet, rows), merges=("A1:H1", "A2:H2", "B4:B5")), (3,),
        fields("village name id_number specialty still_here confirmed_on remarks"),
        {
            (sheet, 4): ("accept", {"village": "茶富村", "still_here": "here", "confirmed_on": "2026-06-20"}, set()),
            (sheet, 5): ("accept", {"village": "茶富村", "still_here": "gone", "remarks": "去厦门务工"}, set()),
            (sheet, 6): ("accept", {"still_here": "here", "confirmed_on": None}, set()),
            (sheet, 7): ("error", {"village": "桃林村"}, {"unknown_answer"}),
        },
    )  # fmt: skip


def matches():
    """The need and the steps each under a group, an enterprise without a village."""
    rows = [
        ["光泽县2026年乡村人才供需对接台账"],
        ["需求情况", None, None, None, "人选情况", None, "对接情况", None, None, None, None, None, None],
        ["乡镇", "村（社区）", "用人单位", "需求岗位", "人选姓名", "人选身份证号", "推荐时间", "邀请时间", "同意日期", "签订协议时间", "实际到岗时间", "满意度", "评价时间"],
        ["寨里镇", "茶富村", None, "茶叶加工技术员", NAMES[0], NUMBERS[0], "2026.3.10", "2026.3.12", "2026.3.15", "2026.3.20", "2026年4月1日", "很满意", "2026.6.1"],
        ["寨里镇", None, "寨里镇示例茶业有限公司", "质检员", NAMES[1], None, datetime.datetime(2026, 3, 11), None, None, None, None, None, None],
        ["寨里镇", "太银村", None, None, NAMES[2], NUMBERS[2], "2026.3.11", "13月", None, None, None, "五星", None],
        ["说明：到岗后三个月内由用人单位评价。"],
    ]  # fmt: skip
    sheet = "台账"
    return Book(
        "matches", "供需对接.xlsx", xlsx((sheet, rows), merges=("A1:M1", "A2:D2", "E2:F2", "G2:M2")), (2, 3),
        fields("township village unit post name id_number proposed_on invited_on accepted_on agreed_on arrived_on match_grade evaluated_on"),
        {
            (sheet, 4): ("accept", {"village": "茶富村", "post": "茶叶加工技术员", "name": NAMES[0], "accepted_on": "2026-03-15", "arrived_on": "2026-04-01", "match_grade": "good"}, set()),
            (sheet, 5): ("accept", {"township": "寨里镇", "village": None, "unit": "寨里镇示例茶业有限公司", "proposed_on": "2026-03-11"}, set()),
            (sheet, 6): ("error", {"post": None}, {"missing_field:post", "bad_date", "unknown_match_grade"}),
        },
    )  # fmt: skip


def demand_visits():
    """Half days, a page header repeated, a sum of days below."""
    head = ["乡镇", "村名", "需求单位", "需求岗位", "服务专家", "身份证号", "上门时间", "上门天数", "服务情况"]
    rows = [
        ["人才需求上门服务记录表"], ["（2026年1—6月）"], head,
        ["寨里镇", "茶富村", None, "茶叶加工技术员", NAMES[0], NUMBERS[0], "2026.4.2", "0.5天", "指导做青"],
        ["寨里镇", "茶富村", None, "茶叶加工技术员", NAMES[0], NUMBERS[0], "2026年5月6日", 1, "夏茶采摘\n及加工"],
        head,
        ["寨里镇", "太银村", None, "电商运营", NAMES[1], None, "2026.5", "半天", "直播"],
        ["合计", None, None, None, None, None, None, 2],
    ]  # fmt: skip
    sheet = "服务"
    return Book(
        "demand_visits", "上门服务.xlsx", xlsx((sheet, rows), merges=("A1:I1", "A2:I2")), (3,),
        fields("township village unit post name id_number served_on served_days served_work"),
        {
            (sheet, 4): ("accept", {"served_on": "2026-04-02", "served_days": 0.5, "served_work": "指导做青"}, set()),
            (sheet, 5): ("accept", {"served_on": "2026-05-06", "served_days": 1}, set()),
            (sheet, 7): ("error", {"served_on": "2026-05"}, {"bad_number"}),
        },
    )  # fmt: skip


BOOKS = tuple(
    make()
    for make in (
        reviews, service_visits, secondments, wishes, plan, attendance, candidates, confirmations, matches, demand_visits,
    )
)  # fmt: skip
