"""学期进展: how everybody's study went in one term, and whose is not noted yet."""

from django.shortcuts import render

from core.views.access import business_page
from core.views.figures import asked_division, townships
from core.views.pages import page_of
from rosters import listing
from training.models import DegreeStudy, StudyTerm
from training.models.degree import term_days, within_study

MISSING = "missing"
STATES = (*StudyTerm.State.choices, (MISSING, "还没有登记"))
TAGS = {"normal": "ok", "behind": "warn", "suspended": "bad", MISSING: "blue"}
HEADINGS = (
    ("乡镇", 14), ("村", 14), ("姓名", 10), ("院校", 28), ("专业", 20), ("层次", 8), ("学期", 14), ("学习情况", 14), ("取得学分", 10),
    ("未通过（门）", 12), ("学费（元）", 12), ("补助（元）", 12), ("备注", 30),
)  # fmt: skip


@business_page
def terms_page(request):
    """The studies under way in a term begun by the date, the latest if not said, each with what was noted of it."""
    code, asked = asked_division(request), _asked(request)
    rows = term_rows(request.user, *asked["term"], code)
    chosen = [row for row in rows if not asked["state"] or row["state"] == asked["state"]]
    if request.GET.get("excel"):
        return _excel(request, chosen, _name(*asked["term"]))
    noted = [row["term"] for row in chosen if row["term"]]
    context = {
        "said": _name(*asked["term"]), "asked": asked, "terms": _offered(request), "states": STATES, "code": code or "",
        "townships": townships(request.user), "noted": len(noted), "tuition": sum(term.tuition or 0 for term in noted),
        "subsidy": sum(term.subsidy or 0 for term in noted), **page_of(request, chosen),
    }  # fmt: skip
    return render(request, "training/terms.html", context)


def _latest(on):
    """(year, season) of the last term begun by the date."""
    begun = [
        (year, season)
        for year in (on.year - 1, on.year)
        for season in StudyTerm.Season.values
        if term_days(year, season)[0] <= on
    ]
    return begun[-1]


def _offered(request):
    """[(value, label)] of the terms with something noted by the date, and the latest one."""
    seen = StudyTerm.objects.visible_to(request.user).begun(request.on).order_by()
    kept = {*seen.values_list("year", "season").distinct(), _latest(request.on)}
    return [(f"{year}-{season}", _name(year, season)) for year, season in sorted(kept, reverse=True)]


def _name(year, season):
    return f"{year} 年{StudyTerm.Season(season).label}学期"


def _asked(request):
    year, _, season = request.GET.get("term", "").partition("-")
    known = year.isascii() and year.isdigit() and "2000" <= year <= "2100" and season in StudyTerm.Season.values
    term = (int(year), season) if known and len(year) == 4 else _latest(request.on)
    state = request.GET.get("state", "")
    return {"term": term, "value": f"{term[0]}-{term[1]}", "state": state if state in dict(STATES) else ""}


def term_rows(user, year, season, code=None):
    """One dict a study under way in the term: the study, its term or None, its state."""
    found = DegreeStudy.objects.visible_to(user)
    found = found.below(code) if code else found
    rows = found.select_related("person", "village__township").order_by("village_id", "person__pinyin", "-start", "pk")
    noted = {
        term.study_id: term for term in StudyTerm.objects.visible_to(user).filter(year=year, season=season).order_by("pk")
    }  # fmt: skip
    return [
        _row(study, noted.get(study.pk)) for study in rows if study.pk in noted or within_study(study, year, season)
    ]


def _row(study, term):
    state = term.state if term else MISSING
    return {"study": study, "term": term, "state": state, "label": dict(STATES)[state], "tag": TAGS[state]}


def _excel(request, rows, said):
    lines = [
        (row["study"].village.township.name, row["study"].village.name, row["study"].person.name, row["study"].school,
         row["study"].major, row["study"].get_target_display(), said, row["label"], *_noted(row["term"]))
        for row in rows
    ]  # fmt: skip
    title = f"{request.user.division.name}学历提升{said}进展"
    content = listing.workbook(title, HEADINGS, lines, by=request.user.name, told=f"时点 {request.on}")
    return listing.download(content, f"{title}.xlsx")


def _noted(term):
    if term is None:
        return ("", "", "", "", "")
    blank = ("" if amount is None else amount for amount in (term.tuition, term.subsidy))
    return (float(term.credits), term.failed, *blank, term.remarks)
