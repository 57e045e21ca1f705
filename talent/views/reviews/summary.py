"""The county's summary of a round on a page, as a workbook and as a Word report."""

from django.shortcuts import render

from core.views.access import business_page
from core.views.figures import asked_division, townships
from core.word import CONTENT_TYPE
from rosters.listing import download, workbook
from talent.models import PersonReview
from talent.views.reviews import word
from talent.views.reviews.access import visible_round
from talent.views.reviews.counting import summary

LIST = (
    ("序号", 6), ("乡镇", 12), ("村（社区）", 14), ("姓名", 10), ("原任职务", 28), ("评价等次", 10), ("调整原因", 22), ("免职日期", 12),
    ("免职文号", 20), ("接替人", 10),
)  # fmt: skip


@business_page
def review_summary(request, pk):
    """Teams by class, people by grade and proposal, who was adjusted and why: by township, with the whole below; of one
    township with `?division=`."""
    held = visible_round(request, pk)
    code, found = _found(request, held)
    context = {
        "held": held,
        "code": code,
        "townships": townships(request.user),
        "found": found,
        "lines": [_line(township.name, part) for township, part in found.by_township()],
        "whole": _line("合计", found),
        "reasons": found.by_reason(),
        "proposals": [label for _, label in PersonReview.Proposal.choices],
        "counts": {
            "teams": len(found.teams), "decided": len(found.decided), "people": len(found.people),
            "adjusted": len(found.adjusted), "waiting": len(found.waiting), "weak": len(found.weak_teams),
        },
    }  # fmt: skip
    return render(request, "talent/reviews/summary.html", context)


def _found(request, held):
    """(township code asked for or "", the Summary of it or of the user's whole part)."""
    code, found = asked_division(request) or "", summary(request.user, held, request.on)
    return code, found.within(code) if code else found


def _line(name, part):
    return {
        "name": name,
        "teams": len(part.teams),
        "decided": len(part.decided),
        "classes": part.of_classes(),
        "people": len(part.people),
        "grades": part.of_grades(),
        "proposals": part.of_proposals(),
        "adjusted": len(part.adjusted),
    }


@business_page
def review_summary_list(request, pk):
    """Who was adjusted and why, by name, as a workbook (调整台账)."""
    held = visible_round(request, pk)
    _, found = _found(request, held)
    title = f"{held.name}调整干部台账"
    rows = [(number, *_row(one)) for number, one in enumerate(found.adjusted, 1)]
    told = f"{request.on:%Y-%m-%d} 时点，{len(rows)} 名"
    return download(workbook(title, LIST, rows, by=request.user.name, told=told), f"{title}.xlsx")


def _row(one):
    team = one.review.team
    return (
        team.village.township.name, team.village.name, one.review.person.name, one.posts, one.review.grade, one.review.reason,
        f"{one.on:%Y-%m-%d}", one.document_no, one.successor,
    )  # fmt: skip


@business_page
def review_report(request, pk):
    """The report in the layout of an official document, with its tables and the named annex."""
    held = visible_round(request, pk)
    unit = request.user.division.name
    content = word.report(held, summary(request.user, held, request.on), request.on, unit)
    return download(content, f"{unit}{held.name}情况报告.docx", CONTENT_TYPE)
