"""Party life: the matrix branch × month, the list of records, a branch's page."""

from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from core.admin.base import own
from core.periods import dated_by, year_to_date
from core.views.access import business_page, page_for
from talent.views.party.forms import BranchChangeForm, BranchForm, SizeForm
from talent.views.party.tabs import tabs
from talent.views.sheet import Cell, Choice, Sheet, answer, narrowed, village_cell
from villages import actions
from villages.models import BranchSize, MeetingKind, MeetingRecord, PartyBranch
from villages.parameters.party import COMMITTEE_FROM, MONTH_DAY, QUARTER_DAYS, QUORUM
from villages.party_duties import MONTHS, Slot, matrix, size_on, sizes_of

KIND = Choice("kind", "类型：全部", tuple(MeetingKind.choices))
STATE = Choice("state", "支部：全部", (("missing", "有缺项"), ("complete", "无缺项")))
TAGS = {"done": "ok", "missing": "bad", "open": "blue", "none": ""}
COLUMNS = (
    ("党支部", 24), ("乡镇", 12), ("村", 14), ("正式党员", 10), *((f"{month}月", 12) for month in MONTHS), ("缺项", 8),
)  # fmt: skip


@business_page
def party_life(request):
    """Which branch did what it owes in which month of the year of the date; missing kinds are named in the cell."""
    on, kind, state = request.on, KIND.asked(request), STATE.asked(request)
    found = narrowed(request, PartyBranch.objects.existing(on)).select_related("village__township")
    branches = list(found.order_by("village_id", "name", "pk"))
    cells, sizes = matrix(branches, on, kind), sizes_of([branch.pk for branch in branches])
    lines = [_line(branch, cells[branch.pk], size_on(sizes[branch.pk], on)) for branch in branches]
    wanted = {"missing": lambda line: line[-1].text > 0, "complete": lambda line: line[-1].text == 0}.get(state)
    lines = [line for line in lines if wanted is None or wanted(line)]
    empty = "没有符合的党支部。可以换一个筛选条件或数据时点；还没有登记过党支部的，点“登记党支部”。"
    title = f"{on.year}年{MeetingKind(kind).label if kind else '组织生活'}情况"
    sheet = Sheet(title, "个党支部", COLUMNS, lines, empty)
    return answer(
        request, sheet, tabs=tabs("party_life"), choices=(KIND, STATE), buttons=_buttons(request), note=_note(on)
    )


def _note(on):
    return (
        f"每月 {MONTH_DAY.value(on)} 日起提示当月缺项，季度和年度要求在末月的最后 {QUARTER_DAYS.value(on)} 天起提示；"
        f"正式党员不满 {COMMITTEE_FROM.value(on)} 人的支部没有支委会，不要求开支委会；支部大会、支委会等到会要超过应到的 "
        f"{QUORUM.value(on)}%。“3/4”是到期 4 项已办 3 项。次数和日子见“参数设置”。"
    )


def _buttons(request):
    if not request.user.has_perm("villages.add_partybranch"):
        return []
    upload = {"label": "上传会议记录", "url": f"{reverse('roster_upload')}?kind=party_meetings", "main": False}
    return [upload, {"label": "登记党支部", "url": reverse("party_branch_new"), "main": True}]


def _line(branch, cells, size):
    return [
        Cell(branch.name, reverse("party_branch", args=[branch.pk])), Cell(branch.village.township.name),
        village_cell(branch.village), Cell(size.full_members if size else "未登记"),
        *(_month(branch, month, cell) for month, cell in zip(MONTHS, cells, strict=True)), Cell(sum(len(cell.missing) for cell in cells)),
    ]  # fmt: skip


def _month(branch, month, cell):
    """A month's cell; a gap opens what is missing."""
    url = f"{reverse('party_branch', args=[branch.pk])}#month-{month}" if cell.state == "missing" else ""
    return Cell(cell.text, url, TAGS[cell.state], wrap=bool(url))


RECORD_COLUMNS = (
    ("日期", 12), ("类型", 14), ("主题", 30), ("乡镇", 12), ("村", 14), ("党支部", 20), ("主持人", 10), ("应到", 8), ("实到", 8),
    ("请假", 8), ("缺席", 8), ("决议", 8), ("附件", 8), ("讲课人", 10), ("党课题目", 24),
)  # fmt: skip


@business_page
def party_records(request):
    """Every meeting of the year up to the date, the latest first; of one kind or branch where asked."""
    found = narrowed(request, MeetingRecord.objects.filter(year_to_date(request.on, "held_on")))
    if kind := KIND.asked(request):
        found = found.filter(kind=kind)
    if words := request.GET.get("q", "").strip():
        found = found.filter(topic__contains=words) | found.filter(branch__name__contains=words)
    lines = [_record(row) for row in told(found)]
    empty = "今年到这一天还没有会议记录。在党支部的页面登记，或从“花名册”上传。"
    sheet = Sheet(f"{request.on.year}年会议记录", "次", RECORD_COLUMNS, lines, empty)
    return answer(
        request, sheet, tabs=tabs("party_records"), choices=(KIND,), searched="主题、党支部", buttons=_buttons(request)
    )


def told(meetings):
    """Meetings with what a list tells of each, the latest first."""
    rows = meetings.select_related("branch__village__township").prefetch_related("resolutions")
    rows = list(rows.order_by("-held_on", "branch_id", "kind", "pk"))
    files = _files(rows)
    for row in rows:
        row.files = files.get(row.pk, 0)
    return rows


def _files(rows):
    """meeting's key → how many files it has, without reading any."""
    counted = MeetingRecord.objects.filter(pk__in=[row.pk for row in rows]).annotate(n=Count("attachments"))
    return dict(counted.order_by().values_list("pk", "n"))


def _record(row):
    branch = row.branch
    return [
        Cell(f"{row.held_on:%Y-%m-%d}"), Cell(row.get_kind_display()), Cell(row.topic, reverse("meeting", args=[row.pk])),
        Cell(branch.village.township.name), village_cell(branch.village), Cell(branch.name), Cell(row.chair), Cell(row.expected),
        Cell(row.present), Cell(row.leave), Cell(row.absent), Cell(len(row.resolutions.all())), Cell(row.files),
        Cell(row.lecturer), Cell(row.lecture_title),
    ]  # fmt: skip


@page_for("villages.add_partybranch")
def branch_new(request):
    """Add a branch of a village of the user's area."""
    first = {"village": request.GET.get("village"), "start": request.on}
    form = BranchForm(request.POST or None, user=request.user, on=request.on, initial=first)
    if request.method == "POST" and form.is_valid():
        branch = actions.add_branches([form.save(commit=False)], by=request.user)[0]
        messages.success(request, f"已登记：{branch.name}。再登记正式党员数，才知道要不要开支委会。")
        return redirect("party_branch", branch.pk)
    context = {
        "form": form,
        "title": "登记党支部",
        "back": reverse("party_life"),
        "parent": "组织生活",
        "can_drop": False,
    }
    return render(request, "talent/party/form.html", context, status=400 if form.errors else 200)


def branch_of(request, pk):
    """The branch, or 404 outside the user's scope."""
    found = PartyBranch.objects.visible_to(request.user).select_related("village__township")
    return get_object_or_404(found, pk=pk)


@business_page
@transaction.atomic
def branch(request, pk):
    """A branch: its months of the year, its records, its sizes; POST `do` changes it or states a size."""
    found, on = branch_of(request, pk), request.on
    may = request.user.has_perm("villages.change_partybranch") and own(request.user, found)
    do = request.POST.get("do") if may else None
    forms = {
        "change": BranchChangeForm(request.POST if do == "change" else None, instance=branch_of(request, pk)),
        "size": SizeForm(
            request.POST if do == "size" else None, instance=BranchSize(branch=found), initial={"start": on}
        ),
    }
    if do in forms and forms[do].is_valid():
        return _branch_kept(request, found, do, forms[do])
    sizes = list(BranchSize.objects.filter(branch=found).order_by("start"))
    months, records = matrix([found], on)[found.pk], told(found.meetings.filter(year_to_date(on, "held_on")))
    context = {
        "branch": found, "months": [(month, _month(found, month, cell)) for month, cell in zip(MONTHS, months, strict=True)],
        "gaps": _gaps(months, records), "size": size_on(sizes, on), "sizes": reversed(sizes), "records": records,
        "earlier": found.meetings.filter(dated_by(on, "held_on")).count(), "may": may, "change": forms["change"],
        "size_form": forms["size"], "committee_from": COMMITTEE_FROM.value(on),
        "can_record": request.user.has_perm("villages.add_meetingrecord") and own(request.user, found),
    }  # fmt: skip
    bad = any(form.errors for form in forms.values())
    return render(request, "talent/party/branch.html", context, status=400 if bad else 200)


@dataclass(frozen=True)
class Gap:
    """A meeting that is missing: its slot, and what was held of it without a quorum."""

    slot: Slot
    short: list

    @property
    def month(self):
        return self.slot.month


def _gaps(months, records):
    """[Gap] of a branch's months, in their order; `records` are its meetings of the year."""
    lacking = [slot for cell in months for slot in cell.missing]
    return [Gap(slot, [row for row in records if row.kind == slot.kind and slot.first <= row.held_on <= slot.last]) for slot in lacking]  # fmt: skip


def _branch_kept(request, found, do, form):
    if do == "size":
        actions.state_sizes([form.instance], by=request.user)
        messages.success(request, f"已登记：{form.instance}。")
    else:
        actions.change_branches([form.instance], list(form.fields), by=request.user)
        messages.success(request, f"已保存：{form.instance.name}。")
    return redirect("party_branch", found.pk)
