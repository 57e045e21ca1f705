"""The candidates of a round: filters, the list as Excel, another status for those ticked."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, When
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from core.text import row_key
from core.views.access import business_page
from core.views.figures import asked_division, townships
from core.views.pages import page_of
from rosters.listing import download, workbook
from talent import actions, eligibility
from talent.admin.rows import highest_education
from talent.models import Candidate, EducationLevel, Person, Post
from talent.models.candidate import ELECTED_POSTS
from talent.views.elections.access import is_running, round_or_404
from talent.views.elections.forms import MoveForm

Status = Candidate.Status
BY_RANK = Case(*(When(post=post.value, then=place) for place, post in enumerate(Post)), output_field=IntegerField())
REVIEWS = (("blocked", "有否决结论"), ("waiting", "未办完"), ("passed", "已办完、无否决"))
# What a township may decide of its own candidates; who is formal the county decides after the joint review.
OF_TOWNSHIP = (Status.NOMINATED, Status.SHORTLISTED, Status.DISQUALIFIED)
OF_COUNTY = (Status.NOMINATED, Status.SHORTLISTED, Status.FORMAL, Status.DISQUALIFIED)
HEADINGS = (
    ("乡镇", 12), ("村（社区）", 14), ("姓名", 10), ("性别", 6), ("选举日年龄（岁）", 16), ("学历", 10), ("政治面貌", 12), ("拟任职务", 18),
    ("人员来源", 12), ("提名方式", 10), ("提名日期", 12), ("状态", 12), ("县级联审", 40), ("资格提示", 30), ("得票（票）", 10),
)  # fmt: skip


@business_page
@require_GET
def candidates(request, pk):
    """The list with its filters."""
    held = round_or_404(request, pk)
    rows, asked = _asked(request, held)
    kept = page_of(request, rows)
    lines = _lines(kept["page"], request)
    context = kept | {
        "round": held,
        "is_open": is_running(held),
        "lines": lines,
        "asked": asked,
        "filters": _filters(asked),
        "townships": townships(request.user),
        "code": asked["division"] or "",
        "query": request.GET.urlencode(),
        "form": MoveForm(statuses=_statuses(request.user)),
        "can_move": request.user.has_perm("talent.change_candidate") and is_running(held),
    }
    return render(request, "talent/elections/candidates.html", context)


@business_page
@require_GET
def export(request, pk):
    """The same list as Excel."""
    held = round_or_404(request, pk)
    rows, _ = _asked(request, held)
    title = f"{held}候选人名单"
    told = f"{request.user.division}　{request.on:%Y-%m-%d} 时点"
    cells = [_cells(line) for line in _lines(rows, request)]
    return download(workbook(title, HEADINGS, cells, by=request.user.name, told=told), f"{title}.xlsx")


@business_page
@require_POST
def move(request, pk):
    """Give the ticked candidates another status."""
    held = round_or_404(request, pk)
    if not request.user.has_perm("talent.change_candidate"):
        raise PermissionDenied
    back = reverse("election_candidates", args=[pk]) + (f"?{asked}" if (asked := request.POST.get("back")) else "")
    keys = {row_key(one) for one in request.POST.getlist("candidate")} - {None}
    chosen = list(Candidate.objects.visible_to(request.user).filter(round=held, pk__in=keys).order_by("pk"))
    form = MoveForm(request.POST, statuses=_statuses(request.user))
    if not chosen or not form.is_valid():
        messages.error(request, "没有改动：请勾选候选人，并选好要改成的状态。")
        return redirect(back)
    status = form.cleaned_data["status"]
    try:
        changed = actions.move_candidates(
            chosen, status=status, by=request.user, reason=form.cleaned_data["reason"],
            formal_too=request.user.has_perm("talent.change_electionround"),
        )  # fmt: skip
    except ValidationError as refused:
        for told in refused.messages:
            messages.error(request, told)
    else:
        messages.success(request, f"{len(changed)} 名候选人改为“{Status(status).label}”。")
    return redirect(back)


def _statuses(user):
    return OF_COUNTY if user.has_perm("talent.change_electionround") else OF_TOWNSHIP


def _asked(request, held):
    """(candidates that the filters ask for, what was asked)."""
    names = ("post", "status", "source", "review", "q")
    asked = {name: request.GET.get(name, "") for name in names} | {"division": asked_division(request)}
    rows = Candidate.objects.visible_to(request.user).at(request.on).filter(round=held)
    rows = rows.below(asked["division"]) if asked["division"] else rows
    for name, path in (("post", "post"), ("status", "status_then"), ("source", "source")):
        rows = rows.filter(**{path: asked[name]}) if asked[name] else rows
    rows = by_review(rows, asked["review"], request.on)
    if words := asked["q"].strip():
        rows = rows.filter(_called(words))
    waiting = Candidate.objects.filter(pk=OuterRef("pk")).unreviewed(request.on)
    rows = rows.annotate(waiting=Exists(waiting), education=highest_education(request.on, "person_id"))
    return rows.select_related("person", "village__township", "round").order_by("village_id", BY_RANK, "pk"), asked


def _called(words):
    """A person or a village of that name; never a number of somebody, for an address is kept in logs."""
    place = Q(village__name__contains=words)
    return place if words[0].isdigit() else place | Q(person__in=Person.objects.search(words))


def by_review(rows, asked, on):
    """Candidates narrowed to one of REVIEWS as the joint review stood on the date."""
    if asked == "blocked":
        return rows.blocked(on)
    if asked == "waiting":
        return rows.unreviewed(on)
    if asked == "passed":
        return rows.exclude(pk__in=Candidate.objects.blocked(on).values("pk")).exclude(
            pk__in=Candidate.objects.unreviewed(on).values("pk")
        )
    return rows


def _filters(asked):
    """(name, label, choices, what was chosen) of the drop-downs."""
    return [
        ("post", "拟任职务", [(post.value, post.label) for post in ELECTED_POSTS], asked["post"]),
        ("status", "状态", Status.choices, asked["status"]),
        ("source", "来源", Candidate.Source.choices, asked["source"]),
        ("review", "县级联审", REVIEWS, asked["review"]),
    ]


def _lines(rows, request):
    rows = list(rows)
    told = eligibility.concerns(rows, request.on, request.user)
    reasons = actions.blocks(rows[0].round, {row.person_id for row in rows}, request.on) if rows else {}
    days = eligibility.election_days(rows)
    return [
        {
            "row": row,
            "age": row.person.age(days.get(row.village_id, row.round.election_day)),
            "education": EducationLevel(row.education).label if row.education else "",
            "status": Status(row.status_then).label,
            "votes": row.votes if row.status_then == row.status else None,
            "out_reason": row.out_reason if row.status_then == Status.DISQUALIFIED else "",
            "review": _review(row, reasons.get(row.person_id, "")),
            "concerns": told.get(row.pk, []),
            "css": {"elected": "ok", "formal": "blue", "disqualified": "bad"}.get(row.status_then, "same"),
        }
        for row in rows
    ]


def _review(row, reason):
    """(css, word, reason) of the joint review of a candidate."""
    if reason:
        return {"css": "bad", "word": "有", "reason": reason}
    return {"css": "same", "word": "未办完", "reason": ""} if row.waiting else {"css": "ok", "word": "无", "reason": ""}


def _cells(line):
    row, person = line["row"], line["row"].person
    review = "：".join(filter(None, [line["review"]["word"], line["review"]["reason"]]))
    return (
        row.village.township.name, row.village.name, person.name, person.get_sex_display(), line["age"], line["education"],
        person.get_political_status_display(), row.get_post_display(), row.get_source_display(), row.get_nominated_by_display(),
        f"{row.nominated_on:%Y-%m-%d}", line["status"], review, "；".join(line["concerns"]), line["votes"],
    )  # fmt: skip
