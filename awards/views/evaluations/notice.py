"""The results of an announced evaluation as a notice in Word: how many have which grade, who is 优秀, until when to appeal."""

from collections import Counter

from django.http import Http404

from awards.actions.evaluation_grades import appeal_until
from awards.models import Grade
from awards.views.evaluations.reading import is_run_from, scheme_or_404, standing
from core import word
from core.views.access import business_page
from rosters.listing import download

HEADINGS, WIDTHS = ("序号", "乡镇", "村（社区）", "对象", "职务（身份）"), (14, 30, 34, 28, 50)
COUNTED, COUNT_WIDTHS = ("乡镇", *Grade.labels, "合计"), (36, 24, 24, 24, 24, 24)


@business_page
def notice(request, pk):
    """What the reader sees of it: the county the whole, a township its own; nothing before it is announced."""
    scheme = scheme_or_404(request, pk)
    if not scheme.was_published(request.on):
        raise Http404
    title = f"关于公布{scheme}结果的通知"
    found = standing(request, scheme, request.on)
    part = "" if is_run_from(request.user, scheme) else request.user.division.name
    return download(_written(title, scheme, found, part), f"{title}.docx", word.CONTENT_TYPE)


def _written(title, scheme, found, part):
    paper = word.OfficialDocument()
    paper.title(title)
    if part:  # whoever sees a part only hands out no more, and says so
        paper.centred(f"（{part}的部分）")
    grades = Counter(line.grade_on for line in found)
    counted = "、".join(f"{grade.label} {grades[grade.value]} 个" for grade in Grade)
    basis = f"按照{scheme.document_no}，" if scheme.document_no else ""
    paper.paragraph(f"{basis}经评分、群众测评和审定，{scheme}共 {len(found)} 个对象，其中{counted}，现予公布。")
    paper.paragraph(f"对结果有异议的，请在 {_spelled(appeal_until(scheme))} 以前提出申诉。")
    paper.heading("一、各乡镇等次")
    paper.table(COUNTED, _by_township(found), COUNT_WIDTHS)
    paper.heading("二、优秀名单")
    excellent = [line for line in found if line.grade_on == Grade.EXCELLENT]
    rows = [
        (str(number), line.row.village.township.name, line.row.village.name, line.row.name, line.row.post)
        for number, line in enumerate(excellent, 1)
    ]
    paper.table(HEADINGS, rows or ["没有评为优秀的对象。"], WIDTHS)
    name = scheme.division.name
    paper.right(f"中共{name}委组织部" if name.endswith("县") else f"中共{name}委员会组织部")
    paper.right(_spelled(scheme.published_on))
    return paper.bytes()


def _spelled(day):
    return f"{day.year}年{day.month}月{day.day}日"


def _by_township(found):
    groups = {}
    for line in found:
        groups.setdefault(line.row.village.township.name, Counter())[line.grade_on] += 1
    rows = [
        (name, *(str(counts[grade.value]) for grade in Grade), str(counts.total())) for name, counts in groups.items()
    ]
    whole = sum(groups.values(), Counter())
    return [*rows, ("合计", *(str(whole[grade.value]) for grade in Grade), str(whole.total()))]
