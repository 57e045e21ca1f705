"""The list of needs, and everything of it as Excel."""

from django.http import Http404
from django.shortcuts import render

from core.periods import dated_by, month
from core.views.access import business_page
from core.views.figures import asked_division, townships
from core.views.pages import page_of
from rosters import listing
from talent.models import Demand, DemandRound, DemandVisit, Match
from talent.views.demands import funnel
from talent.views.demands.asking import ASKED, STATES, chosen
from talent.views.demands.forms import is_county
from talent.views.talents import class_choices

HEADINGS = (
    ("年度", 7), ("乡镇", 12), ("村（社区）", 14), ("单位类型", 12), ("需求单位", 22), ("需要什么人", 22), ("人才大类", 20), ("人才小类", 22),
    ("技能关键词", 20), ("人数", 6), ("引进方式", 10), ("待遇", 20), ("需要时间起", 12), ("需要时间止", 12), ("联系人", 10), ("联系电话", 14),
    ("提出日期", 12), ("发布日期", 12), ("到岗人数", 9), ("状态", 12), ("备注", 20),
)  # fmt: skip
MATCH_HEADINGS = (
    ("乡镇", 12), ("需求单位", 22), ("需要什么人", 22), ("人选", 10), ("人选乡镇", 12), ("推荐得分", 9), ("推荐理由", 46), ("推荐", 12), ("邀请", 12),
    ("接受", 12), ("谢绝", 12), ("谢绝原因", 18), ("签约", 12), ("到岗", 12), ("评价", 10), ("结束", 12), ("结束原因", 16),
)  # fmt: skip
VISIT_HEADINGS = (
    ("乡镇", 12), ("需求单位", 22), ("需要什么人", 22), ("服务人", 10), ("服务日期", 12), ("天数", 7), ("做了什么", 50)
)  # fmt: skip


@business_page
def demands(request):
    """The needs that the address asks for, with how far each has come by the date."""
    rows = chosen(request)
    shown = page_of(request, rows)
    rounds = DemandRound.objects.visible_to(request.user)
    context = {
        **shown,
        "lines": [_line(row, request.on) for row in shown["page"]],
        "asked": {name: request.GET.get(name, "") for name in ASKED},
        "rounds": rounds.order_by("-year", "-pk"),
        "steps": funnel.steps(rows, request.on),
        "states": STATES,
        "askers": Demand.Asker.choices,
        "classes": class_choices(),
        "townships": townships(request.user),
        "code": asked_division(request) or "",
        "query": request.GET.urlencode(),
        "is_county": is_county(request.user),
    }
    return render(request, "talent/demands/list.html", context)


def _line(row, on):
    state = row.state(on, row.arrived)
    overdue = row.end is not None and row.end < on and state in {"对接中", "待发布"}
    return {"row": row, "state": state, "done": state in {"已到岗", "已解决"}, "overdue": overdue}


# --- Excel


@business_page
def demands_excel(request, what):
    """`what`: the needs, the matches with their steps, the visits, or the funnel by class or by township, of the needs as asked."""
    makers = {"demands": _demand_book, "matches": _match_book, "visits": _visit_book, **funnel.BOOKS}
    if what not in makers:
        raise Http404
    title, headings, rows = makers[what](chosen(request), request.on)
    told = f"{request.user.division.name}　{request.on:%Y-%m-%d} 时点"
    content = listing.workbook(title, headings, rows, by=request.user.name, told=told)
    return listing.download(content, f"{title}_{request.on:%Y%m%d}.xlsx")


def _demand_book(demands, on):
    rows = [
        (
            row.round.year, row.township.name, row.village.name if row.village else "", row.get_asker_display(), row.asker_text,
            row.post, row.get_talent_class_display(), row.get_sub_class_display(), row.skills, row.number,
            row.get_manner_display(), row.terms, month(row.start), month(row.end), row.contact, row.phone_masked,
            _day(row.stated_on), _day(row.published_on), row.arrived, row.state(on, row.arrived), row.remarks,
        )
        for row in demands
    ]  # fmt: skip
    return "人才需求汇总表", HEADINGS, rows


def _match_book(demands, on):
    """What came of each by `on`: a later step and what was said beside it are left out."""
    found = Match.objects.filter(dated_by(on, "proposed_on"), demand__in=demands.values("pk"))
    found = found.select_related("demand__township", "demand__village", "talent__person", "talent__village__township")
    rows = [
        (
            row.demand.township.name, row.demand.asker_text, row.demand.post, row.talent.person.name,
            row.talent.village.township.name, row.score, row.reasons, _day(row.proposed_on), *_steps(row.as_of(on)),
        )
        for row in found.order_by("demand__township_id", "demand_id", "pk")
    ]  # fmt: skip
    return "供需对接台账", MATCH_HEADINGS, rows


def _steps(row):
    return (
        _day(row.invited_on), _day(row.accepted_on), _day(row.declined_on), row.decline_reason, _day(row.agreed_on),
        _day(row.arrived_on), row.get_grade_display(), _day(row.ended_on), row.end_reason,
    )  # fmt: skip


def _visit_book(demands, on):
    found = DemandVisit.objects.filter(dated_by(on, "visited_on"), match__demand__in=demands.values("pk"))
    found = found.select_related("match__demand__township", "match__demand__village", "match__talent__person")
    rows = [
        (
            row.match.demand.township.name, row.match.demand.asker_text, row.match.demand.post, row.match.talent.person.name,
            _day(row.visited_on), float(row.days), row.done,
        )
        for row in found.order_by("match__demand__township_id", "visited_on", "pk")
    ]  # fmt: skip
    return "上门服务记录", VISIT_HEADINGS, rows


def _day(date):
    return f"{date:%Y-%m-%d}" if date else ""
