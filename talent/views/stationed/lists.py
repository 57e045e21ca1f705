"""Who is where on the date, who is due for rotation, and where a required first secretary is missing."""

from functools import partial

from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse

from core.periods import begun, ended
from core.views.access import business_page
from talent.indicators.stationed import due_stays, labels_that_require, with_rotation
from talent.models import Stationing, StationingAssessment
from talent.models.stationing import Role
from talent.parameters.stationed import REMIND_DAYS
from talent.views.sheet import Cell, Choice, Lines, Sheet, answer, narrowed, person_cell, upload_button, village_cell
from talent.views.stationed.tabs import tabs

ROLE = Choice("role", "职务：全部", tuple(Role.choices))
LEVEL = Choice("level", "单位层级：全部", tuple(Stationing.UnitLevel.choices))
STATE = Choice("state", "状态：在岗", (("ended", "已离任"), ("all", "在岗和已离任")))
AHEAD = (0, 30, 60, 90, 180, 365)
DUE = Choice("days", "轮换：不限", tuple((days, f"{days} 天内到期" if days else "已到期") for days in AHEAD))
COLUMNS = (
    ("姓名", 12), ("乡镇", 12), ("派驻村", 14), ("职务", 14), ("派出单位", 22), ("层级", 8), ("原职务", 16), ("工作队", 16),
    ("派驻时间", 12), ("轮换日期", 12), ("离任时间", 12), ("离任方式", 12), ("最近考核", 16),
)  # fmt: skip


def _told(stays):
    """Stays with what their line tells: township, and the latest grade with its year."""
    latest = StationingAssessment.objects.filter(stationing=OuterRef("pk")).order_by("-year")
    return stays.select_related("person", "village__township").annotate(
        graded=Subquery(latest.values("grade")[:1]), graded_in=Subquery(latest.values("year")[:1])
    )


def _line(stay, on):
    return [
        person_cell(stay.person), Cell(stay.village.township.name), village_cell(stay.village),
        Cell(stay.get_role_display(), reverse("stationing", args=[stay.pk])), Cell(stay.dispatch_unit),
        Cell(stay.get_unit_level_display()), Cell(stay.original_post), Cell(stay.team), Cell(f"{stay.start:%Y-%m-%d}"),
        rotation_cell(stay, on), Cell(f"{stay.end:%Y-%m-%d}" if stay.end else ""), Cell(stay.get_end_kind_display()),
        Cell(f"{stay.graded_in} {stay.graded}" if stay.graded else ""),
    ]  # fmt: skip


def rotation_cell(stay, on):
    """The day of rotation; red once it has come, nothing of who is gone."""
    if stay.end and stay.end < on:
        return Cell("")
    return Cell(f"{stay.rotation:%Y-%m-%d}", tag="bad" if stay.rotation <= on else "")


def _of_state(request):
    """Those in force on the date, or those who have left by it, or both; nobody who comes only later."""
    state, on = STATE.asked(request), request.on
    found = Stationing.objects.filter(begun(on))
    return {"": Stationing.objects.serving(on), "ended": found.filter(ended(on))}.get(state, found)


def _chosen(request, stays):
    """The stays that the filters of the page leave."""
    if role := ROLE.asked(request):
        stays = stays.filter(role=role)
    if level := LEVEL.asked(request):
        stays = stays.filter(unit_level=level)
    if words := request.GET.get("q", "").strip():
        spelt = Q(person__pinyin__startswith=words.lower()) | Q(person__initials__startswith=words.lower())
        named = Q(person__name__contains=words) | Q(dispatch_unit__contains=words) | Q(village__name__contains=words)
        stays = stays.filter(named | spelt)
    return stays


def _buttons(request):
    found = upload_button(request, "stationed", "上传驻村名册")
    if request.user.has_perm("talent.add_stationing"):
        found.append({"label": "派驻工作队", "url": reverse("stationed_dispatch"), "main": True})
    return found


@business_page
def stationed(request):
    """Who is where on the date, narrowed by township, role, level, days to the rotation and state."""
    days, on = DUE.asked(request), request.on
    stays = due_stays(on, int(days)) if days else with_rotation(_of_state(request), on)
    found = _told(_chosen(request, narrowed(request, stays))).order_by("village_id", "role", "-start", "pk")
    empty = "这一天没有符合的派驻人员。可以换一个数据时点或筛选条件，也可以从“花名册”上传驻村名册。"
    sheet = Sheet("驻村派驻人员", "人次", COLUMNS, Lines(found, partial(_line, on=on)), empty)
    return answer(
        request, sheet, tabs=tabs("stationed"), choices=(ROLE, LEVEL, DUE, STATE), searched="姓名、派出单位、村",
        buttons=_buttons(request),
    )  # fmt: skip


@business_page
def due(request):
    """Those whose rotation has come or comes within the days that the county reminds ahead, the longest overdue first."""
    on = request.on
    found = _told(_chosen(request, narrowed(request, due_stays(on)))).order_by("rotation", "village_id", "pk")
    ahead = REMIND_DAYS.value(on)
    sheet = Sheet(
        "到期轮换",
        "人次",
        COLUMNS,
        Lines(found, partial(_line, on=on)),
        f"这一天没有已到期或 {ahead} 天内到期的派驻人员。",
    )
    note = f"轮换日期已到，或在 {ahead} 天以内；任期和提前天数见“参数设置”。点职务可以办理轮换、召回或延期。名单由派驻记录算出，不传回。"
    return answer(
        request, sheet, tabs=tabs("stationed_due"), choices=(ROLE, LEVEL), searched="姓名、派出单位、村", note=note
    )


REQUIRED_COLUMNS = (("村（社区）", 16), ("乡镇", 12), ("类别", 26), ("第一书记", 14), ("上一任离任", 14), ("状态", 10))
MISSING = Choice("state", "状态：未派", (("all", "全部应派村"),))


@business_page
def required(request):
    """The villages to which a first secretary must be sent: those without one, or all of them."""
    on = request.on
    first = Stationing.objects.filter(village=OuterRef("village"), role=Role.FIRST_SECRETARY)
    labels = narrowed(request, labels_that_require(on)).select_related("village__township").order_by("village_id", "pk")
    labels = labels.annotate(
        is_sent=Exists(first.serving(on)), sent=Subquery(first.serving(on).values("person__name")[:1]),
        left=Subquery(first.filter(ended(on)).order_by("-end").values("end")[:1]),
    )  # fmt: skip
    if not MISSING.asked(request):
        labels = labels.filter(is_sent=False)
    sheet = Sheet("应派第一书记的村", "个村", REQUIRED_COLUMNS, _by_village(labels), "应派第一书记的村都已派出。")
    note = "应派村的类别见“参数设置”；村的类别在村的资料里登记。"
    return answer(
        request, sheet, tabs=tabs("stationed_required"), choices=(MISSING,), note=note, buttons=_buttons(request)
    )


def _by_village(labels):
    """One line a village, its classes joined."""
    found = {}
    for label in labels:
        found.setdefault(label.village_id, []).append(label)
    return [_required_line(rows) for rows in found.values()]


def _required_line(rows):
    one = rows[0]
    state = Cell("已派", tag="ok") if one.is_sent else Cell("未派", tag="bad")
    return [
        village_cell(one.village), Cell(one.village.township.name), Cell("、".join(row.get_label_display() for row in rows)),
        Cell(one.sent or ""), Cell(f"{one.left:%Y-%m-%d}" if one.left and not one.is_sent else ""), state,
    ]  # fmt: skip
