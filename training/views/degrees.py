"""Degree study: the list, one person's study with its terms, and the villages without a college-educated cadre."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from core import indicators
from core.admin.base import own
from core.admin.forms import DateInput
from core.periods import month
from core.views.access import business_page
from core.views.figures import asked_division, tile, townships
from core.views.pages import page_of
from rosters import listing
from training import actions
from training.gaps import expected, gaps
from training.models import DegreeStudy, StudyTerm
from training.parameters.degrees import USUAL_MONTHS

FIGURES = ("degree_students", "degree_graduated", "college_cadre_villages")
STATES = (("studying", "在读"), ("late", "超过预计时间"), ("graduated", "毕业"), ("withdrawn", "退学"))
TAGS = {"studying": "blue", "late": "warn", "graduated": "ok", "withdrawn": "same"}
HEADINGS = (
    ("乡镇", 14), ("村", 14), ("姓名", 10), ("职务", 20), ("院校", 28), ("专业", 20), ("层次", 8), ("学习形式", 12),
    ("入学", 12), ("预计毕业", 12), ("毕业（退学）", 12), ("状态", 16), ("学费（元）", 12), ("补助（元）", 12), ("最近学期", 24),
)  # fmt: skip
GAP_HEADINGS = (("乡镇", 14), ("村", 14), ("最早可补上", 20), ("在读的村干部", 50), ("有学历的后备", 40))


@business_page
def degrees(request):
    """Everybody's study begun by the date, with filters; the villages without, and who could close each gap by when."""
    code, asked = asked_division(request), _asked(request)
    rows = studies_of(request.user, request.on, code, **asked)
    if request.GET.get("excel") == "gaps":
        return _gaps_excel(request, code)
    if request.GET.get("excel"):
        return _excel(request, rows)
    seen = DegreeStudy.objects.visible_to(request.user)
    context = {
        "tiles": [tile(indicators.figure(key, request.user, request.on, code), code or "") for key in FIGURES],
        "gaps": gaps(request.user, request.on, code), "asked": asked, "states": STATES, "code": code or "",
        "townships": townships(request.user), "targets": DegreeStudy.Target.choices,
        "schools": seen.exclude(school="").order_by("school").values_list("school", flat=True).distinct(),
        "tuition": sum(row.tuition or 0 for row in rows), "subsidy": sum(row.subsidy or 0 for row in rows),
        **page_of(request, rows),
    }  # fmt: skip
    return render(request, "training/degrees.html", context)


def _gaps_excel(request, code):
    lines = [
        (gap["where"], gap["name"], gap["closing"],
         "、".join(f"{study.person.name}（{study.get_target_display()}，{study.school or '院校未填'}，预计 {month(day)}）" for study, day in gap["students"]),
         "、".join(f"{row.person.name}（{row.get_target_display()}）" for row in gap["reserves"]))
        for gap in gaps(request.user, request.on, code)
    ]  # fmt: skip
    title = f"{request.user.division.name}还没有大专及以上村干部的村"
    content = listing.workbook(title, GAP_HEADINGS, lines, by=request.user.name, told=f"时点 {request.on}")
    return listing.download(content, f"{title}.xlsx")


def _asked(request):
    state, target = request.GET.get("state", ""), request.GET.get("target", "")
    return {
        "state": state if state in dict(STATES) else "",
        "target": target if target in DegreeStudy.Target.values else "",
        "school": request.GET.get("school", "")[:100],
    }


def studies_of(user, on, code=None, *, state="", target="", school=""):
    """Studies begun by the date, each with its state on that date, when it should end and its latest term."""
    found = DegreeStudy.objects.visible_to(user).filter(start__lte=on)
    found = found.below(code) if code else found
    if target:
        found = found.filter(target=target)
    if school:
        found = found.filter(school=school)
    latest = Prefetch("terms", StudyTerm.objects.begun(on).order_by("-year", "-season"))
    rows = found.select_related("person", "village__township").prefetch_related(latest)
    months = USUAL_MONTHS.value(on)
    dated = [_dated(row, on, months) for row in rows.order_by("village_id", "-start", "pk")]
    return [row for row in dated if not state or row.state == state or (state == "studying" and row.state == "late")]


def _dated(row, on, months):
    ended = row.end is not None and row.end <= on
    row.expected = expected(row, months)
    row.state = row.outcome if ended else "late" if row.expected < on else "studying"
    row.state_label, row.tag = dict(STATES)[row.state], TAGS[row.state]
    row.ended = row.end if ended else None
    terms = list(row.terms.all())
    row.latest = f"{terms[0]}：{terms[0].get_state_display()}" if terms else ""
    return row


class TermForm(forms.ModelForm):
    class Meta:
        model = StudyTerm
        fields = ("year", "season", "state", "credits", "failed", "tuition", "subsidy", "remarks")
        widgets = {"remarks": forms.Textarea(attrs={"rows": 2})}


class EndForm(forms.Form):
    on = forms.DateField(
        label="毕业（退学）时间", widget=DateInput, help_text="毕业证上的日期；只有月份的填当月 1 日。"
    )
    certificate_no = forms.CharField(label="毕业证书编号", max_length=50, required=False, help_text="退学的不填。")

    def __init__(self, *args, study, **kwargs):
        super().__init__(*args, **kwargs)
        self.study = study

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise ValidationError("晚于今天，毕业（退学）以后再登记。")
        if day < self.study.start:
            raise ValidationError(f"早于入学时间 {self.study.start:%Y-%m-%d}，请核对。")
        return day


@business_page
def degree(request, pk):
    """One study: fees, terms; the county notes a term, a graduation or that somebody left."""
    rows = DegreeStudy.objects.visible_to(request.user).select_related("person", "village__township")
    study = get_object_or_404(rows, pk=pk)
    may = request.user.has_perm("training.change_degreestudy") and own(request.user, study)
    typed = {"term": None, "end": None}
    if may and study.end is None:
        do = request.POST.get("do", "")
        typed = {
            "term": TermForm(
                request.POST if do == "term" else None,
                instance=StudyTerm(study=study),
                initial={"year": request.on.year},
            ),
            "end": EndForm(
                request.POST if do in {"graduate", "leave"} else None, study=study, initial={"on": request.on}
            ),
        }
    if request.method == "POST":
        if not may:
            raise PermissionDenied
        if done := _do(request, study, typed):
            return done
    _dated(study, request.on, USUAL_MONTHS.value(request.on))
    context = {
        "study": study, "terms": study.terms.begun(request.on), "may": may, "term_form": typed["term"], "end_form": typed["end"],
        "educations": study.person.educations.completed(request.on).order_by("-rank", "pk"),
    }  # fmt: skip
    bad = any(form is not None and form.errors for form in typed.values())
    return render(request, "training/degree.html", context, status=400 if bad else 200)


def _do(request, study, typed):
    """Carry out what was asked; None when what was typed has to be put right first."""
    do = request.POST.get("do")
    form = typed["term"] if do == "term" else typed["end"] if do in {"graduate", "leave"} else None
    if form is None:
        raise Http404
    if not form.is_valid():
        return None
    if do == "term":
        actions.note_term([form.instance], by=request.user)
        said = f"已登记：{form.instance}，{form.instance.get_state_display()}。"
    elif do == "graduate":
        actions.graduate([study], on=form.cleaned_data["on"], by=request.user, certificates={study.pk: form.cleaned_data["certificate_no"]})  # fmt: skip
        said = f"已登记毕业：{study.person.name}的学历已增加一条{study.get_target_display()}，从这一天起计入有关指标。"
    else:
        actions.leave_degree([study], on=form.cleaned_data["on"], by=request.user)
        said = f"已登记退学：{study.person.name}。"
    messages.success(request, said)
    return redirect("degree", study.pk)


def _excel(request, rows):
    lines = [
        (row.village.township.name, row.village.name, row.person.name, row.job_title, row.school, row.major,
         row.get_target_display(), row.study_mode, f"{row.start}", f"{row.expected}", f"{row.ended}" if row.ended else "",
         row.state_label, row.tuition if row.tuition is not None else "", row.subsidy if row.subsidy is not None else "",
         row.latest)
        for row in rows
    ]  # fmt: skip
    title = f"{request.user.division.name}学历提升人员"
    content = listing.workbook(title, HEADINGS, lines, by=request.user.name, told=f"时点 {request.on}")
    return listing.download(content, f"{title}.xlsx")
