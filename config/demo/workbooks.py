"""Two messy committee rosters of a demo township, made from what is in the database when they are asked for."""

from dataclasses import dataclass, field, replace

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side

from config.demo.places import COUNTY
from core.identity import id_check_digit
from core.scope import within
from rosters.written import workbook_bytes
from talent.models import Appointment, Committee, EducationLevel, Person, PoliticalStatus, Post, Sex
from talent.models.appointment import POSTS_OF
from villages.models import Division, Village

HEADER = (
    ("序号", ""), ("行政村", ""), ("姓名", ""), ("性别", ""), ("民族", ""), ("出生年月", ""), ("身份证号码", ""), ("政治面貌", ""),
    ("入党时间", ""), ("学历", ""), ("现任职务", "党组织"), ("现任职务", "村委会"), ("任现职时间", ""), ("联系电话", ""), ("备注", ""),
)  # fmt: skip
WIDTHS = (6, 11, 12, 6, 9, 11, 23, 14, 11, 9, 10, 10, 13, 15, 12)
# What clerks write in the column of a body.
SHORT = {
    Post.PARTY_SECRETARY: "书记", Post.PARTY_DEPUTY_SECRETARY: "副书记", Post.PARTY_COMMITTEE_MEMBER: "委员",
    Post.VILLAGE_DIRECTOR: "主任", Post.VILLAGE_DEPUTY_DIRECTOR: "副主任", Post.VILLAGE_COMMITTEE_MEMBER: "委员",
}  # fmt: skip
SCHOOLING = {"secondary_vocational": "中专", "junior_college": "大专", "master": "研究生"}
NEW_PHONE = "19988886666"
THIN = Border(*(Side(style="thin"),) * 4)


@dataclass(frozen=True)
class Line:
    """One person as the clerk would write them; `order` keeps a village's people together."""

    order: tuple
    village: str
    name: str
    sex: str
    ethnicity: str
    birth: str
    number: object
    status: str
    joined: str
    education: str
    party: str
    committee: str
    start: str
    phone: str
    remarks: str = ""
    alone: bool = field(default=False)  # its village cell is not merged with the others'

    def cells(self, position):
        return (
            position, self.village, self.name, self.sex, self.ethnicity, self.birth, self.number, self.status,
            self.joined, self.education, self.party, self.committee, self.start, self.phone, self.remarks,
        )  # fmt: skip


def first_month(township_code):
    """(file name, bytes): the township's serving team with the mistakes that clerks make, about ten of them."""
    township = Division.objects.get(code=township_code)
    lines = _with_mistakes(_serving(township_code))
    return f"{township.name}村“两委”干部花名册.xlsx", _workbook(township.name, lines, "9月")


def second_month(township_code):
    """(file name, bytes): the same team with three changes against the database: somebody new, a phone, a party status."""
    township = Division.objects.get(code=township_code)
    lines = _with_changes(_serving(township_code), township_code)
    return f"{township.name}村“两委”干部花名册（10月更新）.xlsx", _workbook(township.name, lines, "10月")


def _serving(code):
    """A line per person of the two committees who has an ID number, village after village."""
    on = timezone.localdate()
    people = Person.objects.with_education(on).filter(id_digest__isnull=False)
    posts = {}
    for row in (
        Appointment.objects.cadres(on).below(code).select_related("village").order_by("village_id", "start", "pk")
    ):
        posts.setdefault((row.village_id, row.person_id), []).append(row)
    known = {person.pk: person for person in people.filter(pk__in=[person for _, person in posts])}
    lines = [_line(known[person], rows) for (_, person), rows in posts.items() if person in known]
    return sorted(lines, key=lambda line: line.order)


def _line(person, posts):
    held = {row.post for row in posts}
    rank = min(list(Post.values).index(post) for post in held)
    return Line(
        order=(posts[0].village_id, rank, person.pk), village=posts[0].village.name, name=person.name,
        sex=Sex(person.sex).label, ethnicity=person.ethnicity, birth=f"{person.birth_date:%Y.%m}", number=person.id_number,
        status=PoliticalStatus(person.political_status).label,
        joined=f"{person.party_joined:%Y.%m}" if person.party_joined else "",
        education=SCHOOLING.get(person.education) or EducationLevel(person.education).label,
        party=_posts(held, Committee.PARTY), committee=_posts(held, Committee.VILLAGERS),
        start=f"{posts[0].start:%Y-%m-%d}", phone=person.phone or "",
    )  # fmt: skip


def _posts(held, body):
    return "、".join(SHORT[post] for post in POSTS_OF[body] if post in held)


def _with_mistakes(lines):
    """One mistake each in lines far enough apart; the rest only looks untidy and reads well."""
    changed = list(lines)
    for position, mistake in enumerate(MISTAKES):
        at = 1 + position * (len(lines) - 2) // len(MISTAKES)
        changed[at] = mistake(changed[at])
    return [*changed, replace(changed[0], alone=True, remarks="重复填写")]


def _wrong_digit(line):
    wrong = next(digit for digit in "0123456789" if digit != line.number[17])
    return replace(line, number=line.number[:17] + wrong)


def _destroyed(line):
    """Excel keeps fifteen digits of a number."""
    return replace(line, number=int(line.number[:15]) * 1000)


def _other_sex(line):
    return replace(line, sex="女" if line.sex == "男" else "男")


def _other_year(line):
    year, month = line.birth.split(".")
    return replace(line, birth=f"{int(year) + 1}.{month}")


def _spaced(line):
    name = line.name if "·" in line.name else "　".join(line.name)
    return replace(line, name=name, number=f"{line.number[:6]} {line.number[6:14]} {line.number[14:].lower()}")


MISTAKES = (
    _wrong_digit,
    _spaced,  # reads well
    lambda line: replace(line, start="2026.13"),
    _other_year,  # a warning: the archive may differ
    lambda line: replace(line, committee=f"{line.committee}、妇女主任".strip("、")),
    _destroyed,
    lambda line: replace(line, phone="7921234"),  # a warning
    _other_sex,
    lambda line: replace(line, village=line.village.removesuffix("村") + "老街", alone=True),
    lambda line: replace(line, ethnicity=""),  # a warning
)


def _with_changes(lines, township_code):
    changed = list(lines)
    changed[2] = replace(changed[2], phone=NEW_PHONE)
    waiting = {PoliticalStatus.MASSES.label, PoliticalStatus.YOUTH_LEAGUE.label, PoliticalStatus.PROBATIONARY.label}
    at = next(at for at, line in enumerate(changed) if line.status in waiting and at != 2)
    changed[at] = replace(changed[at], status=PoliticalStatus.PROBATIONARY.label)
    newcomer = _newcomer(township_code)
    if newcomer.number not in {line.number for line in changed}:
        changed.append(newcomer)
    return sorted(changed, key=lambda line: line.order)


def _newcomer(township_code):
    """Somebody who takes the vacant secretary's seat of the township, or joins the committee of its last village."""
    villages = Village.objects.filter(within("code", township_code)).order_by("code")
    on = timezone.localdate()
    led = Appointment.objects.serving(on).filter(post=Post.PARTY_SECRETARY).values("village_id")
    vacant = villages.exclude(code__in=led).first()
    village = vacant or villages.last()
    body = f"{COUNTY[0]}19860314{int(township_code[-3:]) * 2 % 998 + 1:03d}"
    return Line(
        order=(village.code, 0 if vacant else 99, 0), village=village.name, name="林新春", sex="男", ethnicity="汉族",
        birth="1986.03", number=body + id_check_digit(body), status=PoliticalStatus.PARTY_MEMBER.label, joined="2010.07",
        education="本科", party="书记" if vacant else "", committee="主任" if vacant else "委员",
        start=f"{on:%Y-%m}-01", phone="19988880001",
    )  # fmt: skip


def _workbook(township, lines, month):
    book = Workbook()
    sheet = book.active
    sheet.title = "花名册"
    _head(sheet, township, month)
    for position, line in enumerate(lines, start=1):
        sheet.append(line.cells(position))
    _merge_villages(sheet, lines, first=5)
    last = sheet.max_row
    sheet.append(["", f"合计：{len(lines)} 人"])
    sheet.append(["", "备注：本表一式两份，报县委组织部一份。"])
    sheet.append(["填表人：", "", "", "", "审核人：", "", "", "填表日期："])
    _dress(sheet, last)
    return workbook_bytes(book)


def _head(sheet, township, month):
    width = len(HEADER)
    sheet.append([f"清源县{township}村“两委”干部花名册"])
    sheet.append([f"填报单位（盖章）：{township}党委", *[""] * (width - 3), f"（{month}）"])
    sheet.append([top for top, _ in HEADER])
    sheet.append([below for _, below in HEADER])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=width)
    for column, (_, below) in enumerate(HEADER, start=1):
        if not below:
            sheet.merge_cells(start_row=3, start_column=column, end_row=4, end_column=column)
    sheet.merge_cells(start_row=3, start_column=11, end_row=3, end_column=12)


def _merge_villages(sheet, lines, first):
    """One merged cell per village, as clerks like it."""
    begin = 0
    for at in range(1, len(lines) + 1):
        if at < len(lines) and lines[at].village == lines[begin].village and not lines[at].alone:
            continue
        if at - begin > 1:
            sheet.merge_cells(start_row=first + begin, start_column=2, end_row=first + at - 1, end_column=2)
        begin = at


def _dress(sheet, last):
    sheet["A1"].font = Font(name="方正小标宋简体", size=18)
    for letter, width in zip("ABCDEFGHIJKLMNO", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    for row in sheet.iter_rows(min_row=1, max_row=last):
        for cell in row:
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
            if cell.row >= 3:
                cell.border = THIN
