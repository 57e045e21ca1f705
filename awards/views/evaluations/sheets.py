"""The sheets that are filled in for many objects at once: points and ballot counts."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render

from awards import actions
from awards.models import EvaluationItem
from awards.views.evaluation_forms import (
    BallotForm,
    ScoreSheetForm,
)
from awards.views.evaluations.reading import FILL, GRADE, asked_township, scheme_or_404, standing, with_files
from core.dates import recorded_on
from core.scope import inside
from core.views.access import page_for
from core.views.figures import townships
from core.views.pages import page_of

SHEET_SIZE = 25
Part, Source = EvaluationItem.Part, EvaluationItem.Source


@page_for(FILL)
def scores(request, pk):
    """The score sheet: many objects at once, the township's points or the county's beside them."""
    scheme = scheme_or_404(request, pk)
    context = _sheet(request, scheme)
    items, county = list(scheme.items.order_by("pk")), request.user.has_perm(GRADE)
    form = ScoreSheetForm(request.POST or None, lines=context["page"].object_list, items=items, county=county)
    if request.method == "POST" and form.is_valid():
        try:
            written = actions.give_points(scheme, form.given(), on=recorded_on(request), by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, f"已保存，{len(written)} 处得分有变动。")
            return redirect(request.get_full_path())
    context |= {
        "form": form, "rows": with_files(form.rows()), "county": county, "ballot_item": next((one for one in items if one.source == Source.BALLOTS), None),
        "scored": [one for one in form.items if one.part == Part.SCORE],
    }  # fmt: skip
    return render(request, "awards/evaluations/scores.html", context, status=400 if form.errors else 200)


def _sheet(request, scheme):
    """The page of objects to fill in of the chosen township, in order of village."""
    code = asked_township(request)
    lines = [line for line in standing(request, scheme) if inside(line.row.village_id, code or line.row.village_id)]
    shown = {"code": code} if townships(request.user) else {"code": ""}
    return {"scheme": scheme, "townships": townships(request.user), **shown, **page_of(request, lines, SHEET_SIZE)}


@page_for(FILL)
def ballots(request, pk):
    """Satisfaction: the counts of issued, returned and valid ballots and what they say, never a single vote."""
    scheme = scheme_or_404(request, pk)
    context, county = _sheet(request, scheme), request.user.has_perm(GRADE)
    posted = request.POST if request.method == "POST" else None
    rows = []
    for line in context["page"].object_list:
        may = not line.row.grade and (county or not line.row.handed_in_on)
        form = BallotForm(posted, instance=line.row, prefix=f"b{line.row.pk}") if may else None
        rows.append({"line": line, "form": form})
    forms = [row["form"] for row in rows if row["form"]]
    refused = ""
    valid = [form.is_valid() for form in forms] if posted is not None else [False]
    if all(valid):
        changed = [form for form in forms if form.has_changed()]
        try:
            written = actions.count_ballots(
                scheme,
                [form.instance for form in changed],
                on=recorded_on(request),
                by=request.user,
                reasons={form.instance.pk: form.cleaned_data.get("reason", "") for form in changed},
            )
        except ValidationError as error:
            refused = error.messages[0]
        else:
            messages.success(request, f"已保存 {len(written)} 个对象的测评票数。")
            return redirect(request.get_full_path())
    wrong = bool(refused) or any(form.errors for form in forms)
    for row in rows:
        share = row["line"].share if not wrong else None
        row["share"] = "" if share is None else f"{share}%"
    context |= {"rows": rows, "refused": refused, "wrong": wrong}
    return render(request, "awards/evaluations/ballots.html", context, status=400 if wrong else 200)
