"""The list of rounds, a new one, and a round's page: how far each township is and what was found."""

from collections import Counter

from django.contrib import messages
from django.db.models import Count, Exists, OuterRef, Q
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from core.scope import inside
from core.text import quoted
from core.views.access import business_page, page_for
from core.views.figures import asked_division, townships
from core.views.pages import page_of
from rosters.listing import download, workbook
from talent.actions import reviews as actions
from talent.models import Adjustment, PersonReview, ReviewRound, TeamReview
from talent.parameters.reviews import TEAM_CLASSES, WEAK_CLASSES
from talent.views.reviews.access import DECIDE, FILL, TAGS, is_later, on_date, visible_round
from talent.views.reviews.counting import known
from talent.views.reviews.forms import RoundForm

Status, Proposal = TeamReview.Status, PersonReview.Proposal
WAITING, DONE, OVER, GOING = STATES = ("还没有开始", "已全部审定", "已截止", "进行中")
ROUNDS = (
    ("轮次", 30), ("进展", 12), ("已审定（村）", 12), ("全部（村）", 12), ("台账取数", 12), ("开始", 12), ("截止", 12), ("方案文号", 22),
)  # fmt: skip
HEADINGS = (
    ("乡镇", 12), ("村（社区）", 14), ("进度", 10), ("班子等次", 10), ("满意率", 9), ("存在问题", 36), ("一村一策", 36), ("留任", 8),
    ("提拔培养", 9), ("教育帮带", 9), ("调整撤换", 9), ("审定日期", 12),
)  # fmt: skip


@business_page
def reviews(request):
    """Every round of the county, the newest first, with how far the user's villages are; `?state=` keeps those so far, with
    `?xlsx=1` as Excel."""
    mine = TeamReview.objects.visible_to(request.user)
    done = Count("teams", filter=Q(teams__in=mine.decided(request.on)))
    rounds = ReviewRound.objects.visible_to(request.user).annotate(
        all=Count("teams", filter=Q(teams__in=mine)), done=done
    )
    state = request.GET.get("state", "")
    lines = [_line(one, request.on) for one in rounds.order_by("-opens", "-pk")]
    lines = [line for line in lines if state in ("", line["word"])]
    if "xlsx" in request.GET:
        return _rounds_sheet(request, lines)
    context = {
        "rounds": lines,
        "state": state,
        "states": STATES,
        "may_begin": request.user.has_perm("talent.add_reviewround"),
    }
    return render(request, "talent/reviews/rounds.html", context)


def _rounds_sheet(request, lines):
    title, told = "届中研判轮次", f"{request.on:%Y-%m-%d} 时点"
    rows = [
        (one.name, line["word"], one.done, one.all, f"{one.as_of}", f"{one.opens}", f"{one.closes}", one.document_no)
        for line in lines
        for one in [line["round"]]
    ]
    content = workbook(title, ROUNDS, rows, by=request.user.name, told=told)
    return download(content, f"{title}{request.on:%Y%m%d}.xlsx")


def _line(one, on):
    if on < one.opens:
        tag, word = "same", WAITING
    elif one.all and one.done == one.all:
        tag, word = "ok", DONE
    elif on > one.closes:
        tag, word = "warn", OVER
    else:
        tag, word = "blue", GOING
    return {"round": one, "tag": tag, "word": word}


@page_for("talent.add_reviewround")
def review_new(request):
    """Begin a round: the sheets of all villages are prepared at once."""
    today = timezone.localdate()
    first = {"name": f"{today.year}年届中分析研判", "as_of": today, "opens": today}
    form = RoundForm(request.POST or None, division=request.user.division, initial=first)
    if request.method == "POST" and form.is_valid():
        opened = actions.open_round(form.instance, by=request.user)
        messages.success(
            request,
            f"已发起{quoted(opened.name)}，{opened.teams.count()} 个村的研判表已按 {opened.as_of:%Y-%m-%d} 的台账备好。",
        )
        return redirect("review_round", opened.pk)
    return render(request, "talent/reviews/new.html", {"form": form})


@page_for(FILL)
@require_POST
def review_prepare(request, pk):
    """Take in villages and cadres that came into the ledger after the round began."""
    held = visible_round(request, pk)
    villages, people = actions.prepare(held, by=request.user, code=request.user.division_id)
    told = f"补上了 {villages} 个村、{people} 名干部" if villages or people else "没有要补的"
    messages.success(request, f"已按 {held.as_of:%Y-%m-%d} 的台账核对：{told}；已经审定的村没有动。")
    return redirect("review_round", held.pk)


@business_page
def review_round(request, pk):
    """One round: progress by township, and its villages narrowed by township, progress, class and proposal."""
    held = visible_round(request, pk)
    teams = _teams(request.user, held, request.on)
    asked = {name: request.GET.get(name, "") for name in ("division", "status", "team_class", "proposal")}
    asked["division"] = asked_division(request) or ""
    chosen, weak = _narrowed(teams, asked), WEAK_CLASSES.value(held.opens)
    context = {
        "held": held,
        "asked": asked,
        **page_of(request, [_village_line(team, weak) for team in chosen]),
        "progress": _progress(teams),
        "chips": _chips(teams, asked["status"]),
        "townships": townships(request.user),
        "classes": _classes_used(teams, held.opens),
        "proposals": Proposal.choices,
        "may_fill": request.user.has_perm(FILL),
        "may_decide": request.user.has_perm(DECIDE),
        "late": request.on > held.closes and any(not team.is_decided for team in teams),
        "later": sum(is_later(team) for team in teams),
        "open": any(not team.is_decided for team in teams),
        "total": len(teams),
    }
    return render(request, "talent/reviews/round.html", context)


@business_page
def review_list(request, pk):
    """The villages of a round as Excel, narrowed as on the page."""
    held = visible_round(request, pk)
    asked = {name: request.GET.get(name, "") for name in ("status", "team_class", "proposal")}
    chosen = _narrowed(_teams(request.user, held, request.on), asked | {"division": asked_division(request) or ""})
    title = f"{held.name}各村研判结果"
    told = f"台账取数 {held.as_of:%Y-%m-%d}，审定截至 {request.on:%Y-%m-%d}"
    rows = [_row(team) for team in chosen]
    return download(workbook(title, HEADINGS, rows, by=request.user.name, told=told), f"{title}.xlsx")


def _row(team):
    counts = [getattr(team, f"people_{key}") for key, _ in Proposal.choices]
    return (
        team.village.township.name, team.village.name, team.get_status_display(), team.team_class, team.satisfaction,
        "、".join(team.problems), team.plan, *counts, f"{team.decided_on:%Y-%m-%d}" if team.decided_on else "",
    )  # fmt: skip


def _teams(user, held, on):
    """The user's sheets of a round as they stood on the date, with how many people each proposal has, in order of village."""
    counts = {
        f"people_{key}": Count("people", filter=Q(people__proposal=key)) for key in Proposal.values
    }  # fmt: skip
    carried = Adjustment.objects.filter(review__team=OuterRef("pk")).done(on)
    teams = TeamReview.objects.visible_to(user).filter(round=held).annotate(**counts, carried=Exists(carried))
    return on_date(list(teams.select_related("village__township").order_by("village_id")), on)


def _narrowed(teams, asked):
    tests = {
        "division": lambda team, code: inside(team.village_id, code),
        "status": lambda team, status: team.status == status,
        "team_class": lambda team, word: team.team_class == word,
        "proposal": lambda team, key: getattr(team, f"people_{key}", 0) > 0,
    }
    return [team for team in teams if all(tests[name](team, value) for name, value in asked.items() if value)]


def _village_line(team, weak):
    proposals = [
        f"{label} {count}" for key, label in Proposal.choices if (count := getattr(team, f"people_{key}")) and key != "keep"
    ]  # fmt: skip
    return {
        "team": team,
        "tag": TAGS[team.status],
        "weak": team.team_class in weak,
        "proposals": "，".join(proposals),
        "problems": "、".join(team.problems),
    }


def _progress(teams):
    """One line a township: how many sheets are where, and the classes given."""
    grouped = {}
    for team in teams:
        grouped.setdefault(team.village.township, []).append(team)
    return [
        {
            "township": township,
            "all": len(rows),
            "counts": [sum(row.status == status for row in rows) for status in Status],
            "classes": "，".join(f"{word} {count}" for word, count in Counter(_classes(rows)).most_common()),
            "adjust": sum(row.people_adjust for row in rows),
        }
        for township, rows in grouped.items()
    ]


def _classes_used(teams, on):
    """The classes given, in the county's order."""
    used = set(_classes(teams))
    return [word for word in known(TEAM_CLASSES.value(on), used) if word in used]


def _classes(rows):
    return [row.team_class for row in rows if row.team_class]


def _chips(teams, current):
    counts = Counter(team.status for team in teams)
    whole = {"key": "", "label": "全部", "count": len(teams), "current": not current}
    return [whole, *(
        {"key": status.value, "label": status.label, "count": counts[status], "current": status == current}
        for status in Status
    )]  # fmt: skip
