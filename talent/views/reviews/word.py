"""The Word forms of the mid-term review: one village, one sheet; the report with tables and a named annex."""

import re
import zipfile
from io import BytesIO

from core.word import OfficialDocument
from talent.models import PersonReview

Proposal = PersonReview.Proposal
NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')  # what Windows refuses in the name of a file
SHEET_WIDTHS = (32, 124)
PEOPLE = ("姓名", "现任职务", "年龄（岁）", "学历", "满意率", "等次", "处理建议及原因", "一人一策（没有的为现实表现）")
PEOPLE_WIDTHS = (18, 30, 12, 16, 16, 16, 24, 24)
ANNEX = ("序号", "乡镇、村", "姓名", "原任职务", "免职时间", "调整原因", "接替人")
ANNEX_WIDTHS = (12, 34, 18, 34, 22, 22, 14)


def sheets(prepared, on):
    """The bytes of a document with the sheets as far as they were on the date, each on a page of its own."""
    document = OfficialDocument()
    for number, sheet in enumerate(prepared):
        if number:
            document.page_break()
        _sheet(document, sheet, on)
    return document.bytes()


def packed(prepared, on):
    """The bytes of a zip with a document per sheet, 村名.docx; the names of a township's villages differ."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for sheet in prepared:
            archive.writestr(f"{NOT_IN_NAMES.sub('_', sheet.village.name)}.docx", sheets([sheet], on))
    return content.getvalue()


def _sheet(document, sheet, on):
    team, village = sheet.team, sheet.village
    document.title(f"{village.township.name}{village.name}班子研判表")
    document.centred(f"（{team.round.name}，台账取数 {_day(team.round.as_of)}，审定和走访截至 {_day(on)}）")
    document.table(("项目", "内容"), _facts(sheet), SHEET_WIDTHS)
    document.heading("班子成员")
    document.table(PEOPLE, [_person(line) for line in sheet.people], PEOPLE_WIDTHS)
    if sheet.visits:
        document.heading("走访情况")
        rows = [
            (f"{one.on:%Y.%m.%d}", one.get_way_display(), one.visitors, one.talked, one.found) for one in sheet.visits
        ]
        document.table(("日期", "方式", "走访人员", "谈话（人）", "了解到的情况"), rows, (24, 24, 34, 22, 52))
    document.right("研判人签字：　　　　　　")


def _day(on):
    return f"{on.year}年{on.month}月{on.day}日"


def _facts(sheet):
    team = sheet.team
    findings = "；".join(finding.message for finding in sheet.findings)
    decided = f"（{_day(team.decided_on)}审定）" if team.decided_on else "（未审定）"
    return [
        *sheet.facts,
        ("核查发现", findings or "无"),
        ("群众测评", ballots_said(team) or "没有测评"),
        ("班子等次", f"{team.team_class}{decided}"),
        ("存在问题", "、".join(team.problems) or "无"),
        ("问题表现和不稳定因素", team.unrest),
        ("一村一策", team.plan),
        ("乡镇意见", team.township_opinion),
        ("县级意见", team.county_opinion),
    ]


def ballots_said(row):
    """The counts of ballots in one sentence; "" where nobody was asked."""
    if row.issued is None:
        return ""
    counts = f"发出 {row.issued} 票，收回 {row.returned} 票，有效 {row.valid} 票"
    said = f"满意 {row.satisfied} 票，基本满意 {row.fair} 票，不满意 {row.dissatisfied} 票"
    return f"{counts}；{said}{f'；满意率 {row.satisfaction}' if row.satisfaction else ''}"


def _person(line):
    row = line.review
    proposal = "，".join(filter(None, [row.get_proposal_display(), row.reason]))
    return (
        row.person.name, line.posts, line.age, line.education, row.satisfaction, row.grade, proposal, row.plan or row.performance
    )  # fmt: skip


def report(held, found, on, unit):
    """The bytes of the report of a round; `found` is its counting.Summary, `unit` who reports."""
    document = OfficialDocument()
    document.title(f"{unit}{held.name}情况报告")
    document.centred(f"（截至 {_day(on)}）")
    _overview(document, held, found, unit)
    _teams(document, found)
    _people(document, found)
    _adjustments(document, found)
    document.right(unit)
    document.right(f"{_day(on)}")
    document.page_break()
    document.paragraph("附件")
    document.title("届中调整干部名册")
    document.table(ANNEX, [_annexed(number, one) for number, one in enumerate(found.adjusted, 1)], ANNEX_WIDTHS)
    return document.bytes()


def _overview(document, held, found, unit):
    document.heading("一、总体情况")
    asked = f"按照{f'《{held.name}方案》（{held.document_no}）' if held.document_no else '县委组织部部署'}，"
    waiting = f"，已审定还没有办理的 {len(found.waiting)} 名" if found.waiting else ""
    document.paragraph(
        f"{asked}{_day(held.opens)}至{_day(held.closes)}，对{unit} {len(found.teams)} 个村（社区）“两委”班子逐村逐人分析研判，"
        f"数据时点为 {_day(held.as_of)}。截至目前已审定 {len(found.decided)} 个村，研判干部 {len(found.people)} 名，"
        f"已按研判结论调整干部 {len(found.adjusted)} 名{waiting}。"
    )  # fmt: skip


def _teams(document, found):
    document.heading("二、班子研判结果")
    classes = "，".join(f"“{word}” {count} 个" for word, count in zip(found.classes, found.of_classes(), strict=True))
    document.paragraph(f"班子等次：{classes}。{_weak_said(found.weak_teams)}")
    rows = [(name, len(part.teams), len(part.decided), *part.of_classes()) for name, part in _parts(found)]
    document.table(("乡镇", "村数", "已审定", *found.classes), rows)


def _weak_said(teams):
    if not teams:
        return ""
    names = "、".join(f"{team.village.township.name}{team.village.name}" for team in teams)
    return f"薄弱班子 {len(teams)} 个：{names}，其中 {sum(bool(team.plan) for team in teams)} 个已制定一村一策。"


def _people(document, found):
    document.heading("三、干部研判结果")
    grades = "，".join(f"{word} {count} 名" for word, count in zip(found.grades, found.of_grades(), strict=True))
    labels = [label for _, label in Proposal.choices]
    proposals = "，".join(f"{label} {count} 名" for label, count in zip(labels, found.of_proposals(), strict=True))
    document.paragraph(f"评价等次：{grades}。处理建议：{proposals}。")
    rows = [(name, len(part.people), *part.of_grades(), *part.of_proposals()) for name, part in _parts(found)]
    document.table(("乡镇", "干部", *found.grades, *labels), rows)


def _adjustments(document, found):
    document.heading("四、调整情况")
    if not found.adjusted:
        document.paragraph("截至目前没有办理调整。")
        return
    document.paragraph(f"已调整 {len(found.adjusted)} 名，名册见附件。按原因：")
    document.table(("调整原因", "已调整（名）", "待办理（名）"), found.by_reason())
    document.paragraph("按乡镇：")  # Word would make one table of two that touch
    rows = [(name, len(part.adjusted), len(part.waiting)) for name, part in _parts(found)]
    document.table(("乡镇", "已调整（名）", "待办理（名）"), rows)


def _parts(found):
    """(name, Summary) of every township, then the whole where there are several."""
    parts = [(township.name, part) for township, part in found.by_township()]
    return [*parts, ("合计", found)] if len(parts) > 1 else parts


def _annexed(number, one):
    village = one.review.team.village
    return (
        number, f"{village.township.name}{village.name}", one.review.person.name, one.posts, f"{one.on:%Y.%m.%d}",
        one.review.reason, one.successor,
    )  # fmt: skip
