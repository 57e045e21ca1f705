"""What is handed out of a recruitment: the ranking as Excel, the notice of publicity as Word."""

from core import word
from core.periods import month
from core.views.access import business_page
from rosters.listing import download, workbook
from talent import recruiting
from talent.views.recruitments import reading
from talent.views.recruitments.ranking import visible

HEADINGS = (
    ("乡镇", 14), ("名次", 8), ("姓名", 10), ("性别", 6), ("出生年月", 10), ("学历", 12), ("政治面貌", 12), ("身份证号", 22), ("联系电话", 14),
    ("报考村", 14), ("准考证号", 14), ("资格审查", 10), ("审查意见", 36), ("笔试", 8), ("面试", 8), ("加试", 8), ("总成绩", 8), ("体检", 8),
    ("考察", 8), ("公示", 8), ("结果", 16), ("聘用日期", 12), ("聘用文号", 18),
)  # fmt: skip
PUBLIC = ("序号", "姓名", "性别", "出生年月", "学历", "身份证号", "联系电话", "报考乡镇", "报考村", "总成绩")
PUBLIC_WIDTHS = (12, 20, 12, 20, 22, 48, 32, 26, 26, 18)


@business_page
def sheet(request, pk):
    """The ranking as narrowed on the page; ID numbers and phones masked."""
    held = visible(request, pk)
    code, state = reading.asked(request)
    ranked = reading.narrowed(reading.rankings(request.user, held, request.on), code, state)
    educations = reading.educations(held, [line for _, _, lines in ranked for line in lines])
    rows = [_cells(township, line, educations) for township, _, lines in ranked for line in lines]
    told = f"{request.on:%Y-%m-%d} 时点，笔试占 {held.written_weight}%，面试占 {held.interview_weight}%，按乡镇名额排名"
    content = workbook("招聘成绩排名表", HEADINGS, rows, by=request.user.name, told=told)
    return download(content, f"{held.title}成绩排名表.xlsx")


def _cells(township, line, educations):
    one, person = line.application, line.application.person
    rank = f"{line.rank}（同分）" if line.rank and line.tied else line.rank
    return (
        township.name, rank, person.name, person.get_sex_display(), month(person.birth_date), educations.get(person.pk, ""),
        person.get_political_status_display(), person.id_masked, person.phone_masked, one.village.name, one.ticket_no,
        one.get_eligibility_display(), one.eligibility_reasons, _score(one.written), _score(one.interview), _score(one.extra),
        _score(line.total), one.get_physical_display(), one.get_inspection_display(), one.get_publicity_display(), line.state,
        one.engaged_on or "", one.document_no,
    )  # fmt: skip


def _score(value):
    return None if value is None else float(value)


@business_page
def publicity(request, pk):
    """The notice of who is to be engaged: those within the places whose 考察 is passed."""
    held = visible(request, pk)
    ranked = reading.rankings(request.user, held, request.on)
    lines = [(township, line) for township, ranking in ranked for line in ranking.lines if _is_public(line)]
    paper = word.OfficialDocument(landscape=True)
    paper.title(f"{held.title}拟聘用人员公示")
    paper.paragraph(_opening(held, len(lines)))
    educations = reading.educations(held, [line for _, line in lines])
    rows = [_public(number, *found, educations) for number, found in enumerate(lines, 1)]
    paper.table(PUBLIC, rows, PUBLIC_WIDTHS)
    paper.paragraph(
        "公示期间对公示对象有异议的，请向县委组织部反映。反映情况须实事求是，以单位名义反映的须加盖公章，以个人名义反映的须署真实姓名。"
    )
    paper.right(
        f"中共{held.division.name}委组织部"
        if held.division.name.endswith("县")
        else f"中共{held.division.name}委员会组织部"
    )
    day = held.publicised_from or request.on  # a notice bears the day on which it is put up
    paper.right(f"{day.year}年{day.month}月{day.day}日")
    return download(paper.bytes(), f"{held.title}拟聘用人员公示.docx", word.CONTENT_TYPE)


def _is_public(line):
    return line.is_selected and line.application.inspection == recruiting.PASSED


def _opening(held, people):
    when = "（公示时间另行公布）"
    if held.publicised_from:
        when = f"自 {held.publicised_from:%Y-%m-%d} 至 {held.publicised_until:%Y-%m-%d}"
    return f"经报名、资格审查、笔试、面试、体检、考察，拟聘用以下 {people} 人为村级后备干部，现予公示，公示时间{when}。"


def _public(number, township, line, educations):
    one, person = line.application, line.application.person
    return (
        number, person.name, person.get_sex_display(), month(person.birth_date), educations.get(person.pk, ""), person.id_masked,
        person.phone_masked, township.name, one.village.name, line.total,
    )  # fmt: skip
