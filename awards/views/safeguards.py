"""保障: by township and village, by person, the standards of the year, one person's record."""

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from awards import actions, safeguarding
from awards.models import SafeguardRecord, SafeguardStandard
from awards.parameters.safeguards import COVERS, REQUIRED
from awards.views.safeguard_forms import RecordForm, StandardsForm
from awards.views.tabs import SAFEGUARDS, tabs
from core.periods import between
from core.scope import inside
from core.views.access import page_for
from core.views.figures import asked_division
from talent.models import Appointment, Person
from talent.models.appointment import VILLAGE_POST_CHOICES
from talent.views.sheet import (
    Cell,
    Choice,
    Sheet,
    answer,
    as_excel,
    excel,
    narrowed,
    person_cell,
    upload_button,
    village_cell,
)

COUNTY_DIGITS, TOWNSHIP_DIGITS = 6, 9
PLACES = (("乡镇", 14), ("村（社区）", 16))
COUNTED = (("在任（人）", 10), ("已登记（人）", 12), ("齐全（人）", 10))
SUMS = (("应发（元）", 16), ("实发（元）", 16), ("还差（元）", 16), ("有住房保障（人）", 14))
COLUMNS = (
    ("姓名", 12), ("乡镇", 12), ("村", 14), ("职务", 24), ("年度记录", 10), ("缺少的保障", 32), ("养老保险", 18), ("医疗保险", 14),
    ("意外险止", 12), ("体检", 12), ("住房保障", 12), ("应发（元）", 14), ("实发（元）", 14), ("还差（元）", 14),
)  # fmt: skip
STACKS = ((0, 4), (1, 2), (3,), (5,), (6, 7), (8, 9), (10,), (11,), (12,), (13,))
LACK = Choice(
    "lack",
    "保障：全部",
    (
        ("any", "缺任何一项"),
        ("complete", "齐全"),
        ("short", "报酬没有发够"),
        *((code, f"缺{word}") for word, code in COVERS.items()),
    ),
)
STANDARDS = (
    ("年度", 8), ("职务", 24), ("基本报酬（元/年）", 16), ("绩效报酬（元/年）", 16), ("补贴（元/年）", 14), ("合计（元/年）", 14), ("依据", 30),
)  # fmt: skip
YEARS = Choice("period", "时间：本年度", (("all", "历年"),))
POST = Choice("post", "职务：全部", tuple(VILLAGE_POST_CHOICES))
NOTE = (
    "在任指村“两委”成员。应发按标准从 1 月算到数据时点前最后一个满月，当月 15 日在任的计一个月，一人多职取最高的一职；"
    "应有哪些保障、体检几个月一次见“参数设置”。“已登记”指有这一年度的保障记录。"
)
NOT_RETURNED = "各乡镇、各村的数由任职记录和保障记录算出，不传回；要改，在“按人”里登记，或上传“村干部保障名册”。"
MEANWHILE = "保存时发现这个人这一年度的记录刚由别人登记，没有保存。请刷新后再改。"


def _lines(request):
    return safeguarding.lines(narrowed(request, Appointment.objects.all()), request.on)


@page_for("awards.view_safeguardrecord")
def safeguards(request):
    """Who lacks what and what was due and paid: townships of a county, villages of a township."""
    own = len(request.user.division_id or "") > COUNTY_DIGITS
    by_village, lines = own or bool(asked_division(request)), _lines(request)
    required = [word for word in COVERS if word in REQUIRED.value(request.on)]
    rows = [_total(total, by_village, required) for total in safeguarding.totals(lines, by_village=by_village)]
    named = [Cell("合计"), Cell("")] if by_village else [Cell("合计")]
    whole = safeguarding.whole(lines, asked_division(request) or "")
    foot = tuple(_amounts(whole, named, required)) if rows else ()
    places, counted = (PLACES, "个村") if by_village else (PLACES[:1], "个乡镇")
    columns = (*places, *COUNTED, *((f"缺{word}（人）", 14) for word in required), *SUMS)
    sheet = Sheet("村干部保障", counted, columns, rows, "这一天没有在任的村干部。", foot)
    return answer(
        request, sheet, tabs=tabs(SAFEGUARDS, "safeguards"), note=NOTE, buttons=_buttons(request),
        not_returned=NOT_RETURNED,
    )  # fmt: skip


def _total(total, by_village, required):
    place = [Cell(total.township), Cell(total.name, reverse("village", args=[total.code]))]
    if not by_village:
        place = [Cell(total.name, f"?division={total.code}")]
    return _amounts(total, place, required)


def _amounts(total, place, required):
    """What is counted of a township or village, or of all where the total has no code; a column for each safeguard required."""
    narrowed_to = {"division": total.code[:TOWNSHIP_DIGITS]} if total.code else {}
    people = reverse("safeguard_people", query=narrowed_to)
    lacks = [
        Cell(
            total.lacks[word],
            reverse("safeguard_people", query=narrowed_to | {"lack": code}) if total.lacks[word] else "",
        )
        for word, code in ((word, COVERS[word]) for word in required)
    ]
    short = reverse("safeguard_people", query=narrowed_to | {"lack": "short"}) if total.short > 0 else ""
    amounts = [Cell(float(total.due)), Cell(float(total.paid)), Cell(float(total.short), short)]
    return [
        *place,
        Cell(total.serving, people),
        Cell(total.recorded),
        Cell(total.complete),
        *lacks,
        *amounts,
        Cell(total.housing),
    ]


def _buttons(request):
    return upload_button(request, "safeguards", "上传保障名册")


@page_for("awards.view_safeguardrecord")
def people(request):
    """The cadres in office on the date (who was not paid in full: in the year), each with what is missing."""
    lack, words = LACK.asked(request), request.GET.get("q", "").strip()
    found = [line for line in _lines(request) if _is_of(line, lack) and words in line.person.name]
    rows = [_row(line, request) for line in found]
    sheet = Sheet(
        "村干部保障名单",
        "人",
        COLUMNS,
        rows,
        "没有符合条件的在任村干部，换一个筛选条件看看。",
        stacks=STACKS,
    )
    note = "点“年度记录”登记或修改这个人这一年度的保障；整批登记请上传“村干部保障名册”。"
    return answer(
        request, sheet, tabs=tabs(SAFEGUARDS, "safeguard_people"), choices=(LACK,), searched="姓名", note=note,
        buttons=_buttons(request),
    )  # fmt: skip


def _is_of(line, lack):
    """Of those in office; who was not paid in full may have left in the year."""
    if lack == "short":
        return line.short > 0
    if not line.is_serving:
        return False
    if lack == "any":
        return bool(line.lacks)
    if lack == "complete":
        return not line.lacks
    return not lack or lack in {COVERS[word] for word in line.lacks}


def _row(line, request):
    record, day = line.record, "{:%Y-%m-%d}".format
    edits = request.user.has_perm("awards.change_safeguardrecord")
    url = reverse("safeguard_record", args=[line.person.pk]) if edits else ""
    kinds = [record.get_pension_display(), record.get_medical_display()] if record else ["", ""]
    return [
        person_cell(line.person), Cell(line.village.township.name), village_cell(line.village), Cell(line.posts, wrap=True),
        Cell("修改" if record else "登记", url) if edits else Cell("有" if record else "没有"),
        Cell("、".join(line.lacks), tag="bad", wrap=True), *(Cell(text) for text in kinds),
        Cell(day(record.accident_end) if record and record.accident_end else ""),
        Cell(day(record.checkup_on) if record and record.checkup_on else ""),
        Cell(record.get_housing_display() if record else ""),
        *(Cell(float(value)) for value in (line.due, line.paid, line.short)),
    ]  # fmt: skip


@page_for("awards.view_safeguardstandard")
def standards(request):
    """The standards of the year of the date, or of every year until then, as a list; the county sets those of the year."""
    year, code = request.on.year, (request.user.division_id or "")[:COUNTY_DIGITS]
    county = SafeguardStandard.objects.visible_to(request.user).filter(division_id=code)
    shown = _standards_sheet(request, county)
    if "xlsx" in request.GET:
        return excel(request, shown.title, shown)
    kept = {row.post: row for row in county.filter(between(year, year, "year")).order_by("pk")}
    may = request.user.has_perm("awards.change_safeguardstandard") and request.user.division_id == code
    form = StandardsForm(request.POST or None, kept=kept) if may else None
    if request.method == "POST" and may and form.is_valid():
        actions.set_standards(form.standards(code, year), by=request.user)
        messages.success(request, f"已保存 {year} 年度报酬标准。")
        return redirect("safeguard_standards")
    context = {
        "form": form, "year": year, "sheet": shown, "xlsx": as_excel(request),
        "choices": [choice.shown(request) for choice in (YEARS, POST)], "tabs": tabs(SAFEGUARDS, "safeguard_standards"),
    }  # fmt: skip
    return render(request, "awards/safeguard_standards.html", context, status=400 if form and form.errors else 200)


def _standards_sheet(request, county):
    """What a post is paid in a year: the year of the date, or with `?period=all` every year until then."""
    year, post = request.on.year, POST.asked(request)
    rows = county.filter(between(0 if YEARS.asked(request) else year, year, "year"))
    rows = rows.filter(post=post) if post else rows
    found = sorted(rows.order_by("pk"), key=lambda row: (-row.year, safeguarding.RANK[row.post]))
    lines = [
        [
            Cell(row.year), Cell(row.get_post_display()),
            *(Cell(float(value)) for value in (row.basic, row.performance, row.allowance, row.total)), Cell(row.document_no),
        ]
        for row in found
    ]  # fmt: skip
    empty = "没有符合条件的报酬标准。" if post else f"县里还没有登记 {year} 年度的报酬标准。"
    return Sheet("村干部报酬标准", "条", STANDARDS, lines, empty)


@page_for("awards.change_safeguardrecord")
def record(request, pk):
    """What a person had in the year of the date: a new record, or the one that is there."""
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    year = request.on.year
    kept = SafeguardRecord.objects.filter(person=person, year=year).first()
    own = kept is None or inside(kept.village_id, request.user.division_id)
    if not own:
        messages.error(request, f"{person.name}{year} 年度的保障由别的乡镇登记，请联系县委组织部。")
        return redirect("safeguard_people")
    instance = kept or SafeguardRecord(person=person, year=year)
    form = RecordForm(
        request.POST or None, instance=instance, user=request.user, on=request.on,
        initial={} if kept else {"village": _home(request, person)},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid() and _saved(request, form, kept):
        messages.success(request, f"已保存{person.name} {year} 年度的保障。")
        return redirect("safeguard_people")
    context = {"form": form, "person": person, "year": year}
    return render(request, "awards/safeguard_record.html", context, status=400 if form.errors else 200)


def _home(request, person):
    seats = Appointment.objects.visible_to(request.user).serving(request.on).filter(person=person)
    seat = seats.order_by("village_id", "pk").first()
    return seat.village_id if seat else person.village_id


def _saved(request, form, kept):
    do = actions.change_safeguards if kept else actions.record_safeguards
    try:
        with transaction.atomic():
            do([form.instance], by=request.user)
    except IntegrityError:
        form.add_error(None, MEANWHILE)
        return False
    return True
