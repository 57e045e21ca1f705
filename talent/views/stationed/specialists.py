"""Technical specialists (科技特派员): days and visits of the year against the standard, the ledger of visits, a new visit."""

from django.contrib import messages
from django.db.models import Case, Sum, Value, When
from django.shortcuts import redirect, render
from django.urls import reverse

from core.periods import meets_year, year_to_date
from core.views.access import business_page, page_for
from talent import actions
from talent.indicators import stationed as figures
from talent.models import Person, ServiceVisit, Stationing
from talent.models.stationing import Role
from talent.parameters.stationed import SPECIALIST_DAYS, SPECIALIST_VISITS
from talent.views.sheet import Cell, Choice, Lines, Sheet, answer, narrowed, person_cell, upload_button, village_cell
from talent.views.stationed.forms import VisitForm
from talent.views.stationed.tabs import tabs

STATE = Choice("state", "达标：全部", (("short", "未达标"), ("enough", "已达标")))
COLUMNS = (
    ("姓名", 12), ("乡镇", 14), ("派驻村", 22), ("派出单位", 22), ("层级", 8), ("派驻时间", 12), ("服务天数", 10), ("服务次数", 10), ("状态", 10),
)  # fmt: skip


def _standard(on):
    return f"{SPECIALIST_DAYS.value(on)} 天或 {SPECIALIST_VISITS.value(on)} 次"


@business_page
def specialists(request):
    """Everybody in service on the date, with the days and visits of the year so far against the standard."""
    on, state = request.on, STATE.asked(request)
    stays = narrowed(request, figures.specialists(on)).select_related("person", "village__township")
    enough = figures.is_enough(on)
    stays = {"short": stays.exclude(enough), "enough": stays.filter(enough)}.get(state, stays)
    stays = stays.annotate(is_enough=Case(When(enough, then=Value(True)), default=Value(False)))
    lines = _by_person(stays.order_by("village_id", "pk"))
    empty = "这一天没有在岗的科技特派员。县里选派后，在“派驻工作队”里以职务“科技特派员”登记。"
    sheet = Sheet(f"{on.year}年科技特派员服务", "人", COLUMNS, lines, empty)
    return answer(
        request, sheet, tabs=tabs("specialists"), choices=(STATE,), buttons=_buttons(request),
        note=f"{on.year} 年 1 月 1 日至 {on:%m 月 %d 日}的服务；标准为每年不少于 {_standard(on)}，两项达到一项即可。天数和次数由服务记录算出，不传回；要改，用“服务记录”。",
    )  # fmt: skip


def _by_person(stays):
    """One line a person, the villages joined."""
    held = {}
    for stay in stays:
        held.setdefault(stay.person_id, []).append(stay)
    return [_line(rows) for rows in held.values()]


def _line(rows):
    one = rows[0]
    ledger = f"{reverse('service_visits')}?person={one.person_id}"
    return [
        person_cell(one.person), Cell("、".join(dict.fromkeys(row.village.township.name for row in rows))),
        Cell("、".join(row.village.name for row in rows), reverse("stationing", args=[one.pk])), Cell(one.dispatch_unit),
        Cell(one.get_unit_level_display()), Cell(f"{one.start:%Y-%m-%d}"), Cell(one.days, ledger), Cell(one.visits, ledger),
        Cell("已达标", tag="ok") if one.is_enough else Cell("未达标", tag="warn"),
    ]  # fmt: skip


def _buttons(request):
    return [{"label": "服务记录", "url": reverse("service_visits"), "main": False}, *_new_visit(request)]


def _new_visit(request):
    may = request.user.has_perm("talent.add_servicevisit")
    return [{"label": "登记服务", "url": reverse("visit_new"), "main": True}] if may else []


VISIT_COLUMNS = (
    ("日期", 12), ("至", 12), ("姓名", 12), ("乡镇", 12), ("服务村", 14), ("天数", 8), ("服务内容", 40), ("服务人次", 10), ("备注", 24),
)  # fmt: skip


@business_page
def service_visits(request):
    """The ledger of the year so far, the latest first, of one specialist where asked."""
    on, asked = request.on, request.GET.get("person", "")
    found = narrowed(request, ServiceVisit.objects.filter(year_to_date(on, "start")))
    if asked.isascii() and asked.isdigit() and len(asked) < 19:
        found = found.filter(person_id=int(asked))
    found = found.select_related("person", "village__township").order_by("-start", "village_id", "pk")
    empty = "今年到这一天还没有服务记录。科技特派员到村后，在“登记服务”里记一条。"
    sheet = Sheet(f"{on.year}年科技特派员服务记录", "次", VISIT_COLUMNS, Lines(found, _visit), empty)
    days = found.aggregate(days=Sum("days"))["days"] or 0
    buttons = upload_button(request, "service_visits", "上传服务记录") + _new_visit(request)
    return answer(
        request, sheet, tabs=tabs("specialists"), buttons=buttons, note=f"合计 {len(sheet.rows)} 次、{days} 天。"
    )


def _visit(row):
    return [
        Cell(f"{row.start:%Y-%m-%d}"), Cell(f"{row.end:%Y-%m-%d}" if row.end != row.start else ""), person_cell(row.person),
        Cell(row.village.township.name), village_cell(row.village), Cell(row.days), Cell(row.work),
        Cell("" if row.served is None else row.served), Cell(row.remarks),
    ]  # fmt: skip


@page_for("talent.add_servicevisit")
def visit_new(request):
    """Write down a visit of a specialist of the user's area."""
    first = {"person": request.GET.get("person"), "start": request.on}
    form = VisitForm(
        request.POST or None, people=_people(request), user=request.user, on=request.on, initial=first
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        visit = actions.record_service_visits([form.save(commit=False)], by=request.user)[0]
        messages.success(
            request, f"已登记：{visit.person.name} {visit.start:%Y-%m-%d} 到{visit.village.name}服务 {visit.days} 天。"
        )
        return redirect("specialists")
    return render(request, "talent/stationed/visit.html", {"form": form, "tabs": tabs("specialists")})


def _people(request):
    """Who may be named: specialists of this year or the last, so that a late note still finds its author."""
    recent = meets_year(request.on.year) | meets_year(request.on.year - 1)
    stays = Stationing.objects.visible_to(request.user).filter(recent, role=Role.SPECIALIST)
    return Person.objects.filter(pk__in=stays.values("person")).select_related("village").order_by("pinyin", "pk")
