"""两个日期之间的变化: who took up and who left the posts of the teams between two dates, as a list to sign."""

from dataclasses import dataclass

from django import forms
from django.shortcuts import render

from core.admin.forms import DateInput
from core.dates import EARLIEST, within_reach
from core.periods import months_before
from core.views.access import business_page
from core.views.figures import asked_division, townships
from core.views.pages import page_of
from rosters import listing
from talent import changes

TITLE = "村班子变动情况表"
HEADINGS = (
    ("序号", 6), ("乡镇", 14), ("村（社区）", 16), ("姓名", 12), ("变动", 14), ("原任职务", 26), ("现任职务", 26), ("日期", 12),
    ("上任/离任", 26), ("方式/原因", 22), ("文号", 24),
)  # fmt: skip
SUM_HEADINGS = (("项目", 26), ("单位", 8), ("期初", 10), ("增加", 10), ("减少", 10), ("期末", 10))
SHOULDER_HEADINGS = (("乡镇", 14), ("村", 16), ("变化", 10), ("期初“一肩挑”", 18), ("期末“一肩挑”", 18))
SIGNED = (
    "填报人（签字）：　　　　　　　　审核人（签字）：　　　　　　　　单位负责人（签字）：　　　　　　　　年　　月　　日",
)


class PeriodForm(forms.Form):
    """The two dates; the earlier one is the state from which the changes are counted."""

    since = forms.DateField(label="从", widget=DateInput, validators=[within_reach])
    until = forms.DateField(label="到", widget=DateInput, validators=[within_reach])
    kind = forms.ChoiceField(
        label="变动", required=False, choices=[("", "变动：全部"), *((kind, kind) for kind in changes.KINDS)]
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("since") and cleaned.get("until") and cleaned["since"] > cleaned["until"]:
            self.add_error("until", "后一个日期不能早于前一个日期，请核对。")
        return cleaned


@dataclass(frozen=True)
class Asked:
    """What the address asks for; `period` is None where the dates are wrong."""

    form: PeriodForm
    code: str | None

    @classmethod
    def of(cls, request):
        first = {"since": _year_before(request.on), "until": request.on, "kind": ""}
        given = {name: request.GET.get(name, value) for name, value in first.items()}
        return cls(PeriodForm(given), asked_division(request))

    @property
    def period(self):
        return (
            changes.Period(self.form.cleaned_data["since"], self.form.cleaned_data["until"])
            if self.form.is_valid()
            else None
        )

    def shown(self, found):
        kind = self.form.cleaned_data["kind"]
        return [change for change in found.changes if kind in ("", change.kind)]


@business_page
def compared(request):
    """The changes on the page; what is wrong with the dates stands beside them (400)."""
    asked = Asked.of(request)
    context = {"form": asked.form, "code": asked.code or "", "townships": townships(request.user), "found": None}
    if asked.period is None:
        return render(request, "talent/changes.html", context, status=400)
    found = changes.difference(request.user, asked.period, asked.code)
    context |= {"found": found, "period": asked.period, **page_of(request, [_line(one) for one in asked.shown(found)])}
    return render(request, "talent/changes.html", context)


@business_page
def compared_sheet(request):
    """The same as a workbook: the list to sign, the sums, 一肩挑."""
    asked = Asked.of(request)
    if asked.period is None:
        return compared(request)
    found = changes.difference(request.user, asked.period, asked.code)
    told = f"{request.user.division.name}　{asked.period.since:%Y-%m-%d} 至 {asked.period.until:%Y-%m-%d}"
    tables = (
        listing.Table(TITLE, HEADINGS, _rows(asked.shown(found)), told, SIGNED, name="变动名单"),
        listing.Table("期初期末平衡表", SUM_HEADINGS, [_sum(one) for one in found.sums], told, SIGNED),
        listing.Table("“一肩挑”变化表", SHOULDER_HEADINGS, [_shoulder(one) for one in found.shoulders], told, SIGNED),
    )
    content = listing.workbook_of(tables, by=request.user.name)
    return listing.download(content, f"{TITLE}{asked.period.since:%Y%m%d}-{asked.period.until:%Y%m%d}.xlsx")


def _year_before(on):
    """A year before `on`; the ledger's first day where it knows no such day."""
    return max(months_before(on, 12), EARLIEST)


def _line(one):
    return {"one": one, "before": changes.posts(one.before), "after": changes.posts(one.after)}


def _rows(shown):
    """One row for each seat taken up or left."""
    events = ((one, event) for one in shown for event in one.events)
    return [
        (
            number, one.village.township.name, one.village.name, one.person.name, one.kind, changes.posts(one.before),
            changes.posts(one.after), f"{day:%Y-%m-%d}", what, why, document_no,
        )
        for number, (one, (day, what, why, document_no)) in enumerate(events, 1)
    ]  # fmt: skip


def _sum(one):
    return one.label, one.unit, one.start, one.came, one.gone, one.end


def _shoulder(one):
    return (
        one.village.township.name,
        one.village.name,
        one.kind,
        one.before and one.before.name,
        one.after and one.after.name,
    )
