"""Sheets of several tables, of any kind of roster, made from the declarations: every table with columns of its own."""

from dataclasses import dataclass, field

from hypothesis import strategies as st

from rosters import spec
from tests.rosters import workbooks
from tests.rosters.layouts import person

# What a cell of a field holds, and what a right reading makes of it, for fields that a person of the generator has not.
VALUES = {
    "source": ("返乡知识青年", "returning_youth"),
    "target_post": ("党支部书记", "secretary"),
    "dispatch_unit": ("县农业农村局", "县农业农村局"),
    "original_post": ("四级主任科员", "四级主任科员"),
    "talent_category": ("经营型", "business"),
    "specialty": ("食用菌种植", "食用菌种植"),
    "is_demonstration": ("是", True),
    "talent_class": ("乡村治理人才", "governance"),
    "sub_class": ("农村法律人才", "law"),
    "tags": ("土专家、村医", "土专家、村医"),
    "skills": ("竹编，直播", "竹编、直播"),
    "certificates": ("助理农艺师", "助理农艺师"),
    "business": ("种植", "planting"),
    "scale": ("茶园二十亩", "茶园二十亩"),
    "households_led": (12, 12),
    "willing": ("可全职", "full_time"),
    "wishes": ("愿意教徒弟", "愿意教徒弟"),
    "origin": ("返乡", "returned"),
    "came_from": ("厦门某公司", "厦门某公司"),
    "came_on": ("2022年5月", "2022-05"),
    "mentor": ("镇党委副书记陈小明", "镇党委副书记陈小明"),
    "entered_on": ("2023年6月", "2023-06"),
    "job_title": ("村支部委员", "村支部委员"),
    "lodging": ("是", True),
    "halal": ("否", False),
    "school": ("福建农林大学", "福建农林大学"),
    "major": ("园艺技术", "园艺技术"),
    "target_education": ("专科", "junior_college"),
    "study_mode": ("函授", "函授"),
    "enrolled_on": ("2024.09", "2024-09"),
    "is_graduated": ("否", False),
    "unit": ("寨里镇茶富村合作社社长", "寨里镇茶富村合作社社长"),
    "award_category": ("产业振兴", "industry"),
    "achievements": ("带领村民发展林下经济，户均增收三千元", "带领村民发展林下经济，户均增收三千元"),
    "student_no": ("20240901", "20240901"),
    "expected_on": ("2027.06", "2027-06"),
    "tuition": (6000, 6000),
    "subsidy": (3000, 3000),
    "certificate_no": ("511613202706000123", "511613202706000123"),
    "unit_level": ("县直", "county"),
    "team": ("驻茶富村工作队", "驻茶富村工作队"),
    "due": ("2028.05", "2028-05"),
    "party_transferred": ("是", True),
    "insured": ("否", False),
    "funds_wan": (1.5, 1.5),
    "background": ("返乡青年", "returning_youth"),
    "planned_post": ("村委会主任", "village_director"),
    "readiness": ("长期培养", "long_term"),
    "measures": ("跟班学习", "跟班学习"),
    "household": ("报考乡镇", "township"),
    "ticket_no": ("202307001", "202307001"),
    "applied_on": ("2023年6月", "2023-06"),
    "written": (78.5, 78.5),
    "interview": (82, 82),
    "extra": (90, 90),
    "groups": (12, 12),
    "households": (345, 345),
    "population": (1234, 1234),
    "party_members": (56, 56),
    "arable_land_mu": (2100, 2100),
}
POSTS = {"committee": ("文书", ["clerk"]), "stationed": ("第一书记", ["first_secretary"])}
CODES = {
    "男": "male", "女": "female", "中共党员": "party_member", "大专": "junior_college", "高中": "senior_middle", "本科": "bachelor",
    "2021年3月": "2021-03",
}  # fmt: skip
# Left out: fields whose header alone means several things, which is what the mapping page is for.
HARD = {
    "graduated_on",
    "remarks",
    "nominee_type",
    "leader_name",
    "member_count",
    "secretary_name",
    "birth_date",
    "education_full_time",
    "education_on_job",
}
KINDS = ("committee", "reserve", "stationed", "talent", "trainees", "degree", "nominees")
LATER_TITLES = ("附件2", "单位：人", "（内部资料）")
TITLES = (*LATER_TITLES, "光泽县寨里镇有关人员情况")


@dataclass
class Stack:
    """A workbook of one sheet and its truth: per header row the columns, per row number its values."""

    kind: str
    content: bytes = field(repr=False, default=b"")
    grid: list = field(default_factory=list)
    columns: dict = field(default_factory=dict)
    rows: dict = field(default_factory=dict)


def cell(kind, name, truth):
    """(what the clerk writes, what is read) of a field of the person."""
    if name == "posts":
        return POSTS[kind]
    if name in VALUES:
        return VALUES[name]
    typed = truth[name]
    if name == "party_joined":
        return typed, typed.replace(".", "-")
    return typed, CODES.get(typed, typed)


@st.composite
def stacks(draw):
    """One to three tables of one kind below each other, each with its title, its own columns and order, and a footer."""
    kind = draw(st.sampled_from(KINDS))
    roster = spec.get(kind)
    stack = Stack(kind)
    number = draw(st.integers(1, 300))
    for table in range(draw(st.integers(1, 3))):
        # A title that names a township anew would begin a table of its own even under the same header.
        titles = TITLES if table == 0 else LATER_TITLES
        for text in draw(st.lists(st.sampled_from(titles), unique=True, max_size=3)):
            stack.grid.append([text])
        number = _table(draw, stack, roster, number)
        if draw(st.booleans()):
            stack.grid.append(["填表人：黄晓燕"])
        stack.grid.extend([] for _ in range(draw(st.integers(0, 2))))
    stack.content = workbooks.xlsx(stack.grid)
    return stack


def _table(draw, stack, roster, number):
    fields = _fields(draw, roster)
    spellings = {name: roster.column(name).spellings for name in fields}
    headers = [draw(st.sampled_from(spellings[name][:3])) for name in fields]
    stack.grid.append(headers)
    stack.columns[len(stack.grid)] = {name: chr(65 + place) for place, name in enumerate(fields)}
    for village in workbooks.VILLAGES[: draw(st.integers(1, 3))]:
        number += 1
        cells = [cell(roster.slug, name, person(number, village)) for name in fields]
        stack.grid.append([typed for typed, _ in cells])
        stack.rows[len(stack.grid)] = dict(zip(fields, [value for _, value in cells], strict=True))
    return number


def usable_fields(roster):
    """The fields whose first spellings mean them alone."""
    return [
        column.field
        for column in roster.columns
        if "." not in column.field
        and column.field not in HARD
        and not column.compared_only
        and not column.yields_to
        and not column.by_values
        and column.field not in {"township"}
        and len(column.spellings) >= 3
    ]


def _fields(draw, roster):
    """The required fields and any others, in any order."""
    usable = usable_fields(roster)
    needed = [name for name in ("village", *roster.required, "id_number") if name in usable]
    needed = list(dict.fromkeys(needed))
    others = [name for name in usable if name not in needed]
    chosen = draw(st.lists(st.sampled_from(others), unique=True, max_size=len(others)))
    return draw(st.permutations([*needed, *chosen]))
