"""经验材料 and 年度总结: written from the figures of a date, on the page and in Word; the county edits the wording."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render

from config.reports import essay_word
from config.reports.matrix import area
from config.reports.views import asked_code
from config.reports.wording import SHIPPED
from core import indicators, report
from core.models import ReportTemplate
from core.views.access import business_page, page_for
from core.views.figures import townships
from core.word import CONTENT_TYPE
from core.writes import create_rows
from rosters.listing import download
from talent.parameters.reports import NAMES
from villages.models import Division

MOST_PROBLEMS = 20  # told at once
KINDS = dict(ReportTemplate.Kind.choices)


@dataclass(frozen=True)
class Wording:
    """The text that holds for a user; version 0 is the one that is shipped."""

    kind: str
    version: int
    text: str

    @property
    def title(self):
        return KINDS[self.kind]

    @classmethod
    def of(cls, user, kind):
        if kind not in SHIPPED:
            raise Http404
        held = ReportTemplate.objects.current(user, kind)
        return cls(kind, held.version, held.text) if held else cls(kind, 0, SHIPPED[kind])


class WordingForm(forms.Form):
    """A new version; `base` is the one that was on the page, so that nobody overwrites somebody else's."""

    text = forms.CharField(
        label="文稿", max_length=report.LONGEST, widget=forms.Textarea(attrs={"rows": 28, "spellcheck": "false"}),
        help_text="# 开头是标题，## 是一级标题，### 是二级标题，其他每行一段；? 开头的一段，里面的数全是 0 时不写。数字写成占位符，例如 {{cadres}}、{{one_shoulder:占比}}、{{reserves:分乡镇}}。",
    )  # fmt: skip
    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=1_000_000)

    def clean_text(self):
        text = self.cleaned_data["text"]
        if found := report.problems(text):
            raise ValidationError([str(one) for one in found[:MOST_PROBLEMS]])
        return text


@business_page
def essay(request, kind):
    """The report as it reads at the date, its notes below."""
    wording = Wording.of(request.user, kind)
    code = asked_code(request)
    wrong = report.problems(wording.text)[:MOST_PROBLEMS]
    context = {
        "wording": wording,
        "wrong": wrong,
        **({"blocks": [], "notes": []} if wrong else _composed(request, wording.text, code)),
        "townships": townships(request.user),
        "code": code or "",
        "can_edit": _can_edit(request.user),
    }
    return render(request, "reports/essay.html", context)


@business_page
def essay_file(request, kind):
    """The report in Word, laid out as GB/T 9704 asks, with the annex of its figures."""
    wording, code = Wording.of(request.user, kind), asked_code(request)
    if report.problems(wording.text):
        return essay(request, kind)
    composed = _composed(request, wording.text, code, NAMES.value(request.on))
    unit = area(request.user, code)
    content = essay_word.document(composed["blocks"], composed["notes"], unit, request.on)
    return download(content, f"{unit}{wording.title}{request.on:%Y%m%d}.docx", CONTENT_TYPE)


@page_for("core.add_reporttemplate")
def edit(request, kind):
    """Change the wording: a preview first, then a new version; every version stays and can be taken up again."""
    wording = Wording.of(request.user, kind)
    held = ReportTemplate.objects.filter(division=request.user.division_id, kind=kind).select_related("by")
    form = WordingForm(
        request.POST or None, initial={"text": _taken_up(request, held, wording), "base": wording.version}
    )
    preview, status = None, 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            if "preview" in request.POST:
                preview, status = _composed(request, form.cleaned_data["text"], None), 200
            elif _saved(request, wording, form):
                return redirect("report_essay", kind)
    context = {
        "wording": wording,
        "form": form,
        "preview": preview,
        "versions": held.order_by("-version"),
        "placeholders": _placeholders(),
        "parts": [part for part in report.PARTS if part],
    }
    return render(request, "reports/essay_edit.html", context, status=status)


def _can_edit(user):
    return user.has_perm("core.add_reporttemplate")


def _taken_up(request, held, wording):
    """The text to begin with: `?version=` for an earlier one, 0 for the one that is shipped."""
    asked = request.GET.get("version")
    if asked is None:
        return wording.text
    if not (asked.isascii() and asked.isdigit() and len(asked) < 8):
        raise Http404
    if asked == "0":
        return SHIPPED[wording.kind]
    found = held.filter(version=int(asked)).first()
    if found is None:
        raise Http404
    return found.text


def _saved(request, wording, form):
    """True when the text has become the next version; the form says why not."""
    try:
        row = save(request.user, wording.kind, form.cleaned_data["text"], form.cleaned_data["base"])
    except ValidationError as refused:
        form.add_error(None, refused)
        return False
    messages.success(request, f"已保存：{wording.title}文稿第 {row.version} 版。以前的版本都还在。")
    return True


@transaction.atomic
def save(user, kind, text, base):
    """Write the next version; ValidationError where somebody saved one since `base`. One editor at a time."""
    Division.objects.select_for_update().get(code=user.division_id)
    newest = Wording.of(user, kind)
    if newest.version != base:
        raise ValidationError(f"您修改期间，别人已保存了第 {newest.version} 版。请先复制您的文稿，重新打开本页再改。")
    row = ReportTemplate(division=user.division, kind=kind, version=base + 1, text=text, by=user)
    return create_rows([row], by=user)[0]


def _composed(request, text, code, names=None):
    on, unit = request.on, area(request.user, code)
    words = {"单位": unit, "时点": f"{on.year}年{on.month}月{on.day}日", "年度": str(on.year)}
    blocks, notes = report.compose(text, request.user, on, words=words, names=names, code=code)
    return {"blocks": blocks, "notes": notes}


def _placeholders():
    """[(group, [(key, label, unit, parts that can be written behind it)])] in the order of the board."""
    groups = {}
    for one in indicators.REGISTRY.values():
        parts = [part for part, needed in report.PARTS.items() if part and _has(one, needed)]
        groups.setdefault(one.group, []).append({"one": one, "parts": parts})
    return list(groups.items())


def _has(one, part):
    return {"percent": "missing", "townships": "numerator"}.get(part, part) in one.parts
