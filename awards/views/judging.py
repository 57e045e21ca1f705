"""Judges of a round and the sheet on which each one's scores are entered."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render

from awards import actions, ranking
from awards.models import AwardJudge
from awards.views import reading
from awards.views.access import own_round
from awards.views.forms import JudgeForm, ScoreForm
from core.views.access import page_for


@page_for("awards.add_awardjudge")
def judges(request, pk):
    """The judges of a round, and a new one."""
    held = own_round(request, pk)
    form = JudgeForm(request.POST or None, held=held, user=request.user)
    if request.method == "POST" and form.is_valid():
        actions.appoint_judges([form.instance], by=request.user)
        messages.success(request, f"已登记评委：{form.instance.name}。")
        return redirect("award_judges", pk=pk)
    rows = held.judges.select_related("village__township", "person").order_by("pk")
    lines = [{"judge": row, "scored": _scored(row)} for row in rows.prefetch_related("scores")]
    context = {"held": held, "form": form, "lines": lines}
    return render(request, "awards/judges.html", context, status=400 if form.errors else 200)


def _scored(judge):
    scores = judge.scores.all()
    return {"given": sum(one.points is not None for one in scores), "aside": sum(one.points is None for one in scores)}


@page_for("awards.change_awardjudge")
def scores(request, pk):
    """The sheet of one judge: points, or why the judge stands aside; who is close to the judge is barred beforehand."""
    found = AwardJudge.objects.visible_to(request.user).select_related("round__scheme", "person")
    judge = get_object_or_404(found, pk=pk)
    held = own_round(request, judge.round_id)
    rows = [row for row in reading.nominations(request.user, held) if not ranking.why_out(row)]
    barred = ranking.conflicts(judge, rows)
    kept = {score.nomination_id: score for score in judge.scores.order_by("pk")}
    form = ScoreForm(request.POST or None, nominations=rows, kept=kept, barred=barred)
    if request.method == "POST" and form.is_valid():
        try:
            written = actions.give_scores(judge, form.given(), by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, f"已保存{judge.name}的打分，{len(written)} 处有变动。")
            return redirect("award_judges", pk=held.pk)
    context = {"judge": judge, "held": held, "form": form, "lines": form.lines()}
    return render(request, "awards/scores.html", context, status=400 if form.errors else 200)
