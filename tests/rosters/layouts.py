"""Committee workbooks of endless variety, with what a right reading finds in them."""

import datetime
from dataclasses import dataclass, field

from hypothesis import strategies as st

from core.identity import id_check_digit
from tests.rosters import workbooks

SPELLINGS = {
    "village": ("行政村", "村 名", "所在村", "村（社区）", "村\n（社区）", "村社区名称", "村别", "所属村委会"),
    "name": ("姓名", "姓 名", "干部姓名", "名字", "*姓名", "姓\n名", "姓　名"),
    "sex": ("性别", "性 别", "性\n别", "性别（男/女）"),
    "ethnicity": ("民族", "民 族", "族别"),
    "birth_date": ("出生年月", "出生日期", "出生\n年月", "出生年月（如1985.06）", "出生年月日", "出生时间"),
    "id_number": (
        "身份证号",
        "身份证号码",
        "*身份证号",
        "公民身份号码",
        "证件号码",
        "居民身份证号码",
        "身份证号码（18位）",
    ),
    "political_status": ("政治面貌", "政治\n面貌", "党派", "政治面貌：", "面貌"),
    "party_joined": ("入党时间", "入党年月", "入党\n时间", "加入中共时间", "入党日期"),
    "education": ("学历", "文化程度", "最高学历", "文化\n程度", "教育程度", "现学历"),
    "posts": ("职务", "现任职务", "担任职务", "村内职务", "现职务", "岗位", "职 务"),
    "start_date": ("任现职时间", "任职时间", "任现职\n时间（年月）", "担任现职时间", "上任时间", "任职年月"),
    "phone": ("联系电话", "手机号码", "联系方式", "手机", "电话", "联系电话（手机）", "手机号码\n（必填）"),
    "remarks": ("备注", "备 注", "说明"),
}
UNKNOWN = (
    "籍贯",
    "户籍地",
    "毕业院校及专业",
    "月补贴标准（元）",
    "银行卡号",
    "特长",
    "是否享受补贴",
    "健康状况",
    "培养联系人",
    "微信号",
)
TITLES = (
    "附件3", "光泽县寨里镇村“两委”干部花名册", "填报单位（盖章）：中共寨里镇委员会", "（2024年12月）", "单位：人", "内部资料 注意保存",
)  # fmt: skip
FOOTERS = (
    "填表人：黄晓燕",
    "备注：1.本表由各村填报。",
    "审核人：",
    "    2.请于月底前报送。",
    "说明：任职时间填最近一次当选时间",
)
GROUPS = {"基本情况": ("name", "sex", "ethnicity", "birth_date", "id_number"), "任职情况": ("posts", "start_date")}
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈", "伟芳娜敏静强磊军洋勇艳杰"
POSTS = {"党支部书记": ["party_secretary"], "支委、村委": ["party_committee_member", "village_committee_member"],
         "村委会副主任": ["village_deputy_director"], "文书": ["clerk"]}  # fmt: skip


@dataclass
class Sample:
    """A workbook and its truth."""

    content: bytes = field(repr=False, default=b"")
    grid: list = field(default_factory=list)
    header_rows: list = field(default_factory=list)
    columns: dict = field(default_factory=dict)
    rows: dict = field(default_factory=dict)


def person(number, village):
    sex = "男" if number % 2 else "女"
    birth = datetime.date(1970 + number % 25, 1 + number % 12, 1 + number % 28)
    body = f"350723{birth:%Y%m%d}{number % 100:02}{number % 2}"
    return {
        "village": village,
        "name": SURNAMES[number % 10] + GIVEN[number % 12] + GIVEN[number // 2 % 12],
        "sex": sex,
        "ethnicity": "汉族" if number % 5 else "畲族",
        "birth_date": f"{birth:%Y.%m}",
        "id_number": body + id_check_digit(body),
        "political_status": "中共党员",
        "party_joined": f"{birth.year + 22}.07",
        "education": ("大专", "高中", "本科")[number % 3],
        "posts": list(POSTS)[number % 4],
        "start_date": "2021年3月",
        "phone": f"139{number:08}",
        "remarks": None,
    }


def unknown_value(header, number):
    return {"银行卡号": f"6217{number:015}", "月补贴标准（元）": 1200, "是否享受补贴": "是", "微信号": f"139{number:08}",
            "培养联系人": "陈小明", "籍贯": "福建光泽", "户籍地": "寨里镇茶富村"}.get(header, "一般")  # fmt: skip


@st.composite
def samples(draw):
    """Title rows 0–5, header rows 1–3, groups, shuffled and unknown columns, sub-headings, footers, page headers."""
    subheadings = draw(st.booleans())
    needed = ["name", "id_number", "posts"] + ([] if subheadings else ["village"])
    optional = [name for name in SPELLINGS if name not in (*needed, "village")]
    chosen = draw(st.lists(st.sampled_from(optional), unique=True, max_size=len(optional)))
    unknown = draw(st.lists(st.sampled_from(UNKNOWN), unique=True, max_size=4))
    fields = draw(st.permutations([*needed, *chosen, *unknown]))
    header_height = draw(st.sampled_from((1, 1, 2, 3)))
    if header_height > 1:
        fields = sorted(fields, key=lambda name: group_of(name) or "")
    if draw(st.booleans()):
        fields = ["序号", *fields]
    headers = [draw(st.sampled_from(SPELLINGS[name])) if name in SPELLINGS else name for name in fields]
    sheet = _Sheet(fields, headers)
    sheet.titles(draw(st.lists(st.sampled_from(TITLES), unique=True, max_size=5)), draw(st.booleans()))
    sheet.header(header_height)
    _body(draw, sheet, subheadings)
    if draw(st.booleans()):
        sheet.line(["合计", None, "共9人"])
    for text in draw(st.lists(st.sampled_from(FOOTERS), unique=True, max_size=3)):
        sheet.line([text])
    return sheet.sample()


def _body(draw, sheet, subheadings):
    number = draw(st.integers(1, 500))
    repeat_at = draw(st.integers(0, 8))
    merge_down = draw(st.booleans())
    for village in workbooks.VILLAGES[: draw(st.integers(1, 4))]:
        if subheadings:
            sheet.line([draw(st.sampled_from((village, f"一、{village}（3人）", f"{village}：")))], across=True)
        first = sheet.height
        for position in range(draw(st.integers(1, 3))):
            number += 1
            sheet.person(number, village, blank_village=merge_down and position > 0)
        if not subheadings:
            if merge_down:
                sheet.merge_down("village", first, sheet.height - 1)
            if draw(st.integers(0, 3)) == 0:
                sheet.line([None, "小计", "3人"] if sheet.fields[0] == "序号" else ["小计", "3人"])
        if draw(st.integers(0, 4)) == 0:
            sheet.line([])
        if number % 9 == repeat_at and len(sheet.header_rows) == 1:
            sheet.line(sheet.headers)


def group_of(name):
    return next((group for group, names in GROUPS.items() if name in names), None)


class _Sheet:
    def __init__(self, fields, headers):
        self.fields, self.headers = fields, headers
        self.rows, self.merges, self.header_rows, self.people = [], [], [], {}

    @property
    def height(self):
        return len(self.rows)

    def line(self, cells, across=False):
        self.rows.append(list(cells))
        if across and len(self.fields) > 1:
            self.merges.append((self.height, 1, self.height, len(self.fields)))

    def titles(self, texts, merged):
        for text in texts:
            self.line([text], across=merged)

    def header(self, height):
        """Groups in the first row; with three rows the group's name stands over two of them."""
        first = self.height
        self.header_rows = [first + 1 + row for row in range(height)]
        grouped = [group_of(name) for name in self.fields]
        for row in range(height):
            last = row == height - 1
            self.line([
                header if (group is None and row == 0) or (group and last) else group if group and row == 0 and self._starts(index, grouped) else None
                for index, (header, group) in enumerate(zip(self.headers, grouped, strict=True))
            ])  # fmt: skip
        if height == 1:
            self.rows[first] = list(self.headers)
            return
        self._merge_header(first, height, grouped)

    def _starts(self, index, grouped):
        return index == 0 or grouped[index - 1] != grouped[index]

    def _merge_header(self, first, height, grouped):
        for index, group in enumerate(grouped):
            if group is None:
                self.merges.append((first + 1, index + 1, first + height, index + 1))
            elif self._starts(index, grouped):
                right = index
                while right + 1 < len(grouped) and grouped[right + 1] == group:
                    right += 1
                self.merges.append((first + 1, index + 1, first + height - 1, right + 1))

    def person(self, number, village, blank_village):
        truth = person(number, village)
        cells = []
        for name in self.fields:
            if name == "序号":
                cells.append(len(self.people) + 1)
            elif name == "village" and blank_village:
                cells.append(None)
            else:
                cells.append(truth[name] if name in truth else unknown_value(name, number))
        self.line(cells)
        self.people[self.height] = truth

    def merge_down(self, name, first, last):
        if last > first and name in self.fields:
            column = self.fields.index(name) + 1
            self.merges.append((first + 1, column, last + 1, column))

    def sample(self):
        def merge(workbook):
            for top, left, bottom, right in self.merges:
                workbook.active.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)

        letters = {name: chr(65 + index) for index, name in enumerate(self.fields) if name in SPELLINGS}
        return Sample(workbooks.xlsx(self.rows, edit=merge), self.rows, self.header_rows, letters, self.people)
