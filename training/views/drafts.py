"""A class list drafted from the gap: places shared by township among those who lack what the class teaches."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render

from core.views.access import page_for
from training import actions, needs
from training.views.access import session_to_run

PLACES = 50
MOST_PLACES = 500


class PlacesForm(forms.Form):
    places = forms.IntegerField(label="拟调训人数", min_value=1, max_value=MOST_PLACES, initial=PLACES)


@page_for("training.change_trainingsession")
def draft_page(request, pk):
    """Per township: who lacks it and how many places; POST drafts the list."""
    session = session_to_run(request, pk)
    found = needs.candidates(request.user, request.on, session)
    by_township = _by_township(found)
    form = PlacesForm(request.GET if "places" in request.GET else None)
    places = form.cleaned_data["places"] if form.is_bound and form.is_valid() else PLACES
    counts = {code: len(people) for code, people in by_township.items()}
    given = needs.quotas(counts, places)
    if request.method == "POST":
        return _drafted(request, session, by_township)
    rows = [
        {
            "township": people[0].member.village.township, "people": people, "count": len(people), "quota": given[code],
            "never": sum(all(need.last is None for need in one.needs) for one in people),
            "first": people[: given[code]],
        }
        for code, people in sorted(by_township.items())
    ]  # fmt: skip
    context = {"session": session, "topics": session.topics.all(), "rows": rows, "form": form, "places": places, "total": len(found), "given": sum(given.values())}  # fmt: skip
    return render(request, "training/draft.html", context)


def _by_township(found):
    """{township code: [Candidate]}, those who need it most first."""
    grouped = {}
    for one in found:
        grouped.setdefault(one.member.village.township_id, []).append(one)
    return grouped


def _drafted(request, session, by_township):
    chosen = []
    for code, people in by_township.items():
        chosen += people[: _quota(request.POST.get(f"quota-{code}", ""))]
    if not chosen:
        messages.error(request, "没有分配名额，名单没有变。请给至少一个乡镇填上名额。")
        return redirect("training_draft", session.pk)
    made = actions.draft(session, [one.member for one in chosen], by=request.user)
    left = len(chosen) - len(made)
    told = f"；另有 {left} 人刚刚列入了其他班次，没有列入" if left else ""
    messages.success(request, f"已拟出 {len(made)} 人的名单{told}。请核对增减，再点“确定名单”。")
    return redirect("training_session", session.pk)


def _quota(text):
    return min(int(text), MOST_PLACES) if text.isascii() and text.isdigit() and len(text) <= 4 else 0
