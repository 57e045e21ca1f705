"""The pool of rural talents: the list, its counts by class, where people came from, the yearly confirmation, a row's form."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from core.admin.forms import DateInput
from core.forms import RowForm
from core.periods import dated_before, month, months_before
from core.text import plain, row_key
from core.views.access import business_page, page_for
from core.views.figures import asked_division, townships
from core.views.pages import page_of
from core.writes import change_rows
from rosters import listing
from talent import actions
from talent.models import Person, RuralTalent, TalentConfirmation
from talent.models.talent_classes import CLASS_OF, GROUPED_SUB_CLASSES, JOIN, SUB_CLASSES, Business, words_of
from talent.parameters.talents import STALE_MONTHS, TAGS

HEADINGS = (
    ("乡镇", 12), ("村（社区）", 14), ("姓名", 10), ("人才大类", 20), ("人才小类", 24), ("人才类别", 12), ("身份标签", 20), ("专业特长", 20),
    ("技能关键词", 20), ("职称和证书", 18), ("经营类型", 12), ("产业规模", 16), ("带动户数", 9), ("示范户", 7), ("服务意愿", 12), ("愿意做什么", 18), ("引育方式", 10),
    ("来自何处", 16), ("来（返）乡时间", 12), ("入库时间", 10), ("最近确认", 12), ("久未确认", 9),
)  # fmt: skip
ASKED = ("class", "type", "tag", "origin", "business", "stale", "q")


@business_page
def talents(request):
    """Who is in the pool on the date, narrowed as asked."""
    rows = chosen(request)
    bound = stale_before(request.on)
    shown = page_of(request, rows)
    context = {
        **shown,
        "lines": [line(row, bound) for row in shown["page"]],
        "asked": {name: request.GET.get(name, "") for name in ASKED},
        "classes": class_choices(),
        "types": RuralTalent.Category.choices,
        "tags": TAGS.value(request.on),
        "origins": RuralTalent.Origin.choices,
        "businesses": Business.choices,
        "townships": townships(request.user),
        "code": asked_division(request) or "",
        "query": request.GET.urlencode(),
    }
    return render(request, "talent/talents/list.html", context)


def class_choices():
    """[(class, its label, its sub-classes)] for a drop-down; a class and a sub-class never have the same code."""
    return [(one.value, one.label, [(sub.value, sub.label) for sub in subs]) for one, subs in SUB_CLASSES.items()]


def stale_before(on):
    """Whose last confirmation lies before this day is stale on `on`."""
    return months_before(on, STALE_MONTHS.value(on))


def chosen(request):
    """The talents that the address asks for, as of the date of the site."""
    on, asked = request.on, request.GET
    rows = RuralTalent.objects.visible_to(request.user).in_pool(on).with_confirmation(on)
    if code := asked_division(request):
        rows = rows.below(code)
    if code := asked.get("class"):
        rows = rows.filter(of_class(code))
    if asked.get("type"):
        rows = rows.filter(category=asked["type"])
    if asked.get("tag"):
        rows = rows.tagged(asked["tag"])
    if asked.get("origin"):
        rows = rows.filter(origin=asked["origin"])
    if kind := asked.get("business"):
        rows = rows.filter(business="" if kind == "none" else kind)
    if asked.get("stale"):
        rows = rows.stale(on, STALE_MONTHS.value(on))
    if words := "".join(asked.get("q", "").split()):
        rows = rows.filter(_speaks_of(words))
    return rows.select_related("person", "village__township").order_by("village_id", "person__pinyin", "pk")


def of_class(code):
    """A condition: the class or sub-class `code`; a class with "-" without a sub-class, "none" without either."""
    if code == "none":
        return Q(talent_class="", sub_class="")
    if code.endswith("-"):
        return Q(talent_class=code[:-1], sub_class="")
    return Q(sub_class=code) if code in CLASS_OF else Q(talent_class=code)


def _speaks_of(words):
    """A name, or a word of the skills; never a number of somebody, for an address is kept in logs."""
    spelt = Q(person__pinyin__startswith=words.lower()) | Q(person__initials__startswith=words.lower())
    known = Q(skills__contains=words) | Q(specialty__contains=words) | Q(certificates__contains=words)
    return known | Q(person__name__contains=words) | (spelt if words.isascii() else Q(pk__in=[]))


def line(row, bound):
    return {
        "row": row,
        "tags": row.tag_words,
        "class": row.class_text or "未分类",
        "stale": row.known_on < bound,
        "confirmed": row.confirmed_on,
    }


@business_page
def talents_excel(request):
    """The list as asked, as a workbook."""
    bound = stale_before(request.on)
    rows = [_cells(row, bound) for row in chosen(request)]
    told = f"{request.user.division.name}　{request.on:%Y-%m-%d} 时点　{len(rows)} 人"
    content = listing.workbook("乡村人才信息库", HEADINGS, rows, by=request.user.name, told=told)
    return listing.download(content, f"乡村人才信息库_{request.on:%Y%m%d}.xlsx")


def _cells(row, bound):
    return (
        row.village.township.name, row.village.name, row.person.name, row.get_talent_class_display(), row.get_sub_class_display(),
        row.get_category_display(), row.tags, row.specialty, row.skills, row.certificates, row.get_business_display(), row.scale, row.households_led,
        "是" if row.is_demonstration else "", row.get_willing_display(), row.wishes, row.get_origin_display(), row.came_from,
        month(row.came_on), month(row.start), f"{row.confirmed_on:%Y.%m.%d}" if row.confirmed_on else "没有确认过",
        "是" if row.known_on < bound else "",
    )  # fmt: skip


# --- one place in the pool


class TalentForm(RowForm):
    """Everything of a place in the pool but whose it is and where."""

    tags = forms.MultipleChoiceField(label="身份标签", required=False, widget=forms.CheckboxSelectMultiple)
    sub_class = forms.ChoiceField(label="人才小类", required=False, choices=[("", "未定"), *GROUPED_SUB_CLASSES])

    class Meta:
        model = RuralTalent
        fields = (
            "talent_class", "sub_class", "category", "is_demonstration", "tags", "specialty", "skills", "certificates", "business", "scale",
            "households_led", "willing", "wishes", "origin", "came_from", "came_on", "start", "end", "end_reason", "remarks",
        )  # fmt: skip
        widgets = {
            **dict.fromkeys(("came_on", "start", "end"), DateInput),
            "remarks": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args, on, **kwargs):
        super().__init__(*args, **kwargs)
        offered = dict.fromkeys((*TAGS.value(on), *words_of(self.instance.tags)))
        self.fields["tags"].choices = [(tag, tag) for tag in offered]
        self.initial["tags"] = words_of(self.instance.tags)
        for name in ("talent_class", "category", "business", "willing", "origin"):
            self.fields[name].choices = [("", "未定"), *[one for one in self.fields[name].choices if one[0]]]

    @property
    def left_out(self):
        """Somebody new has no place yet that could meet this one; of a known person two that would meet are told."""
        return () if self.instance.person_id else ("person", "village")

    def clean_tags(self):
        text = JOIN.join(self.cleaned_data["tags"])
        if len(text) > RuralTalent._meta.get_field("tags").max_length:
            raise forms.ValidationError("标签太多，请只留最主要的几个。")
        return text

    def clean(self):
        """A sub-class says its class where that is left open."""
        cleaned = super().clean()
        if cleaned.get("sub_class") and not cleaned.get("talent_class"):
            cleaned["talent_class"] = CLASS_OF[cleaned["sub_class"]]
        return cleaned


PARTS = (
    ("类别和身份", ("talent_class", "sub_class", "category", "is_demonstration", "tags")),
    ("本领", ("specialty", "skills", "certificates", "business", "scale", "households_led")),
    ("意愿和来处", ("willing", "wishes", "origin", "came_from", "came_on")),
    ("在库", ("start", "end", "end_reason", "remarks")),
)


def visible_talent(request, pk):
    """The place in the pool `pk`, or 404 when missing or out of scope."""
    rows = RuralTalent.objects.visible_to(request.user).with_confirmation(request.on)
    return get_object_or_404(rows.select_related("person", "village__township"), pk=pk)


@page_for("talent.change_ruraltalent")
@transaction.atomic
def talent(request, pk):
    """Change a place in the pool; what was typed stays when it is wrong."""
    found = visible_talent(request, pk)
    form = TalentForm(request.POST or None, instance=found, on=request.on)
    if request.method == "POST" and form.is_valid():
        change_rows([form.instance], list(TalentForm.Meta.fields), by=request.user)
        messages.success(request, f"已保存{found.person.name}的人才信息。")
        return redirect("person", found.person_id)
    context = {
        "talent": found,
        "form": form,
        "parts": [(title, [form[name] for name in names]) for title, names in PARTS],
        "confirmations": found.confirmations.select_related("by"),
    }
    return render(request, "talent/talents/form.html", context)


def cards(person: Person, on):
    """What the person's page tells of the place in the pool on the date."""
    found = person.talents.in_pool(on).with_confirmation(on).select_related("village__township")
    bound = stale_before(on)
    return [{"talent": row, "facts": _facts(row), "stale": row.known_on < bound} for row in found]


def _facts(row):
    came = " ".join(filter(None, [row.get_origin_display(), row.came_from, month(row.came_on)]))
    led = f"{row.households_led} 户" if row.households_led is not None else ""
    told = (
        ("类别", JOIN.join(filter(None, [row.get_talent_class_display(), row.get_sub_class_display()]))),
        ("类型", row.get_category_display()), ("身份标签", row.tags), ("专业特长", row.specialty), ("技能关键词", row.skills),
        ("职称和证书", row.certificates), ("经营类型", row.get_business_display()), ("产业规模", row.scale), ("带动户数", led), ("服务意愿", row.get_willing_display()),
        ("愿意做什么", row.wishes), ("引育方式", came), ("入库时间", month(row.start)),
        ("最近确认", f"{row.confirmed_on:%Y-%m-%d} 仍在" if row.confirmed_on else "没有确认过"),
    )  # fmt: skip
    return [(label, text) for label, text in told if text]


# --- once a year: are they still there?


@page_for("talent.add_talentconfirmation")
def talents_confirm(request):
    """Village by village: who is in the pool today, and the answer of this year."""
    today, code = timezone.localdate(), asked_division(request)
    rows = _to_confirm(request.user, today)
    rows = rows.below(code) if code else rows
    unanswered = rows.filter(_open(today))
    only_open = bool(request.GET.get("open"))
    listed = rows.filter(village__in=unanswered.values("village")) if only_open else rows
    shown = page_of(
        request, listed.select_related("person", "village__township").order_by("village_id", "person__pinyin", "pk")
    )
    context = {
        **shown,
        "year": today.year,
        "groups": _groups(shown["page"], rows, today),
        "only_open": only_open,
        "open": unanswered.count(),
        "all": rows.count(),
        "townships": townships(request.user),
        "code": code or "",
    }
    return render(request, "talent/talents/confirm.html", context)


def _to_confirm(user, today):
    """Who is in the pool today, or was until this year's confirmation said otherwise."""
    said = TalentConfirmation.objects.filter(year=today.year, is_here=False).values("talent")
    there = RuralTalent.objects.in_pool(today).values("pk")
    rows = RuralTalent.objects.visible_to(user)
    return rows.filter(Q(pk__in=there) | Q(end_reason=actions.GONE, pk__in=said)).with_confirmation(today)


def _open(today):
    """A condition: nobody has answered this year."""
    first = today.replace(month=1, day=1)
    return ~Q(end_reason=actions.GONE) & (Q(confirmed_on__isnull=True) | dated_before(first, "confirmed_on"))


def _groups(page, rows, today):
    """[{village, lines, people, open}] of a page; the counts are those of the whole village."""
    bound, villages = stale_before(today), {}
    for row in page:
        villages.setdefault(row.village, []).append(_answered(row, today, bound))
    counted = rows.filter(village__in=[village.code for village in villages]).order_by().values("village_id")
    counts = {
        row["village_id"]: row for row in counted.annotate(people=Count("pk"), unanswered=Count("pk", filter=_open(today)))
    }  # fmt: skip
    return [
        {"village": village, "lines": lines, "people": counts[village.code]["people"], "open": counts[village.code]["unanswered"]}
        for village, lines in villages.items()
    ]  # fmt: skip


def _answered(row, today, bound):
    gone = row.end_reason == actions.GONE
    here = row.confirmed_on is not None and row.confirmed_on.year == today.year and not gone
    return {"row": row, "gone": gone, "here": here, "stale": row.known_on < bound and not gone}


@page_for("talent.add_talentconfirmation")
@require_POST
def talents_answer(request):
    """`here` or `gone` name a talent; `village` a village all of whose people without an answer are still there."""
    today = timezone.localdate()
    rows = _to_confirm(request.user, today).select_related("person", "village").order_by("pk")
    if code := plain(request.POST.get("village", "")):
        found, is_here = list(rows.filter(_open(today), village_id=code)), True
    else:
        is_here = "here" in request.POST
        found = list(rows.filter(pk=row_key(request.POST.get("here" if is_here else "gone", ""))))
        if not found:
            raise Http404
    try:
        actions.confirm_talents(found, is_here=is_here, on=today, by=request.user)
        messages.success(request, _told(found, is_here, today))
    except ValidationError as refused:
        messages.warning(request, refused.messages[0])
    anchor = f"#v{found[0].village_id}" if found else ""
    return redirect(f"{reverse('talents_confirm')}{_narrowed(request.POST)}{anchor}")


def _narrowed(sent):
    """What the page was narrowed to, as an address asks for it."""
    kept = {name: sent.get(name, "") for name in ("division", "p", "open")}
    asked = urlencode({name: value for name, value in kept.items() if value.isascii() and value.isdigit()})
    return f"?{asked}" if asked else ""


def _told(found, is_here, today):
    if not found:
        return "这个村今年都已确认过，没有改动。"
    names = "、".join(row.person.name for row in found[:5]) + (f"等 {len(found)} 人" if len(found) > 5 else "")
    if is_here:
        return f"已确认 {today.year} 年度仍在：{names}。"
    return f"已记为不在：{names}，从今天起不计入人才库；点错了可以改回仍在。"
