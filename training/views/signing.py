"""Sign-in by the half-day, results and scores, marks of the courses of a class."""

import datetime
from decimal import Decimal, InvalidOperation

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from core.stamps import MEANWHILE, NAME, is_stale, stamp_input
from core.views.access import page_for
from core.views.pages import page_of
from training import actions
from training.models import Attendance, CourseFeedback, Enrollment
from training.models.session import clashes, double_booking
from training.parameters.classes import ATTENDANCE_SHARE, PASS_SCORE
from training.results import suggested
from training.views.access import session_to_run
from training.views.sessions import people_of
from training.views.wishes import StillNeededForm

Result, State = Enrollment.Result, Attendance.State
LONGEST_CLASS = 60  # days; a class of a year has its sign-in uploaded
RESULTS = [choice for choice in Result.choices if choice[0] != Result.DRAFT]
ONE_FORM = 200  # people on one form; what a browser may send has a limit
MOST_DIGITS = 4  # of the people who gave one mark
DAY = datetime.timedelta(days=1)


def slots_of(session):
    """[(key, date, half)] of the half-days of the class."""
    days = min((session.end - session.start).days + 1, LONGEST_CLASS)
    dates = [session.start + number * DAY for number in range(days)]
    return [(f"{date:%Y-%m-%d}{half}", date, half) for date in dates for half in Attendance.Half.values]


def _listed(session, user):
    found = session.enrollments.visible_to(user).listed().select_related("person", "session", "village__township")
    return list(found.order_by("village_id", "person__pinyin", "pk"))


@page_for("training.change_trainingsession")
@transaction.atomic
def sign_in_page(request, pk):
    """One half-day: everybody on the list is there unless said otherwise."""
    session = session_to_run(request, pk)
    slots = slots_of(session)
    asked = request.POST.get("slot") or request.GET.get("slot") or slots[0][0]
    slot = next((one for one in slots if one[0] == asked), None)
    if slot is None:
        raise Http404
    paged = page_of(request, _listed(session, request.user), ONE_FORM)
    rows = list(paged["page"])
    signed = Attendance.objects.filter(enrollment__in=[row.pk for row in rows], date=slot[1], half=slot[2])
    stale = is_stale(request.POST.get(NAME), [signed])
    if request.method == "POST" and not stale:
        return _signed(request, session, rows, slot)
    if stale:
        messages.warning(request, MEANWHILE)
    kept = dict(signed.values_list("enrollment_id", "state"))
    for row in rows:
        known = kept.get(row.pk, State.ABSENT if row.result == Result.ABSENT else State.PRESENT)
        row.chosen = request.POST.get(f"state-{row.pk}", known)
    halves = dict(Attendance.Half.choices)
    chips = [{"key": key, "label": f"{date:%m-%d} {halves[half]}", "current": key == slot[0]} for key, date, half in slots]  # fmt: skip
    context = {"session": session, "rows": rows, "chips": chips, "slot": slot[0], "states": State.choices,
               "said": f"{slot[1]:%Y-%m-%d} {halves[slot[2]]}", "is_kept": bool(kept),
               "stamp": stamp_input([signed]), **paged}  # fmt: skip
    return render(request, "training/sign_in.html", context, status=409 if stale else 200)


def _signed(request, session, rows, slot):
    stated = {row.pk: request.POST.get(f"state-{row.pk}", "") for row in rows}
    marks = [
        Attendance(enrollment=row, date=slot[1], half=slot[2], state=stated[row.pk])
        for row in rows
        if stated[row.pk] in State.values
    ]
    new, changed = actions.sign_in(marks, by=request.user)
    present = sum(mark.state == State.PRESENT for mark in marks)
    messages.success(
        request, f"已保存：应到 {len(marks)} 人，到课 {present} 人（新记 {len(new)}，改动 {len(changed)}）。"
    )
    return redirect(f"{request.path}?{urlencode({'slot': slot[0], **_this_page(request)})}")


def _this_page(request):
    """The page of a long list that the form was sent from."""
    return {"p": request.GET["p"]} if request.GET.get("p") else {}


@page_for("training.change_trainingsession")
@transaction.atomic
def results_page(request, pk):
    """Scores and results of everybody on the list; where none is known one is suggested from sign-in and score."""
    session = session_to_run(request, pk)
    listed = [row for row in people_of(session, request.user)[0] if row.result != Result.DRAFT]
    paged = page_of(request, listed, ONE_FORM)
    rows, problems = list(paged["page"]), {}
    known = [Enrollment.objects.filter(pk__in=[row.pk for row in rows])]
    stale = is_stale(request.POST.get(NAME), known)
    if stale:
        messages.warning(request, MEANWHILE)
    if request.method == "POST":
        problems = _take_results(request, session, rows)
        if not problems and not stale:
            changed = actions.keep_results(rows, by=request.user)
            messages.success(request, f"已保存：改动 {len(changed)} 人，其余没有变。")
            return redirect(_after_results(request, session, paged["page"]))
    share, line = ATTENDANCE_SHARE.value(request.on), PASS_SCORE.value(request.on)
    for row in rows:
        row.problem = problems.get(row.pk, "")
        typed = request.POST.get(f"score-{row.pk}")
        row.typed = typed if typed is not None else ("" if row.score is None else f"{float(row.score):g}")
        row.chosen = row.result
        if request.method == "GET" and row.result == Result.ENROLLED and session.end <= request.on:
            row.chosen = suggested(row, share, line)
    context = {"session": session, "rows": rows, "results": RESULTS, "share": share, "line": line, "problems": problems,
               "stamp": stamp_input(known), **paged}  # fmt: skip
    return render(request, "training/results.html", context, status=400 if problems else 409 if stale else 200)


def _after_results(request, session, page):
    """The class; of a list of several pages the next one that is still to be filled in."""
    here = f"{request.path}?p={page.next_page_number()}" if page.has_next() else ""
    return here or reverse("training_session", args=[session.pk])


def _take_results(request, session, rows):
    """Put what was typed onto the rows; {row's key: what is wrong with it}."""
    problems = {}
    away = [row.person_id for row in rows if row.result == Result.ABSENT]
    elsewhere = clashes(away, session) if away else {}
    for row in rows:
        result = request.POST.get(f"result-{row.pk}", "")
        row.result = result if result in dict(RESULTS) else row.result
        if row.result != Result.ABSENT and row.person_id in elsewhere:
            problems[row.pk] = double_booking(elsewhere[row.person_id])
        try:
            row.score = _score(request.POST.get(f"score-{row.pk}", ""))
        except ValueError as error:
            problems[row.pk] = str(error)
    return problems


def _score(text):
    """A score of 0 to 100 with one digit at most, None for nothing."""
    typed = text.strip()
    if not typed:
        return None
    try:
        score = Decimal(typed)
    except InvalidOperation:
        raise ValueError(f"“{typed}”不是数，请填 0 到 100") from None
    if not score.is_finite() or not 0 <= score <= 100:
        raise ValueError(f"“{typed}”超出范围，请填 0 到 100")
    return score.quantize(Decimal("0.1"))


@page_for("training.change_trainingsession")
@transaction.atomic
def feedback_page(request, pk):
    """How many trainees gave each course which mark; POST `do=need` keeps what somebody still needs after the class."""
    session = session_to_run(request, pk)
    courses = list(session.courses.select_related("teacher").order_by("pk"))
    kept = {row.course_id: row for row in session.feedback.all()}
    rows = [kept.get(course.pk) or CourseFeedback(session=session, course=course) for course in courses]
    problems, form = {}, StillNeededForm(user=request.user, session=session)
    marks = [CourseFeedback.objects.filter(session=session)]
    stale = is_stale(request.POST.get(NAME), marks)
    if stale:
        messages.warning(request, MEANWHILE)
    if request.POST.get("do") == "need":
        form = StillNeededForm(request.POST, user=request.user, session=session)
        if form.is_valid():
            wish = actions.note_still_needed(form.instance, by=request.user)
            messages.success(request, f"已登记：{wish.person.name}还需要“{wish.topic}”，“谁缺什么”已列上。")
            return redirect(request.path)
    elif request.method == "POST":
        problems = _take_feedback(request, rows)
        if not problems and not stale:
            changed = actions.keep_feedback(rows, by=request.user)
            messages.success(request, f"已保存 {len(changed)} 门课的评价。")
            return redirect("training_session", session.pk)
    lines = [
        {"row": row, "course": course, "marks": _mark_cells(request, row, problems)}
        for row, course in zip(rows, courses, strict=True)
    ]
    context = {
        "session": session, "lines": lines, "marks": CourseFeedback.MARKS, "problems": problems, "form": form,
        "needed": still_needed(session, request.user), "stamp": stamp_input(marks),
    }  # fmt: skip
    status = 400 if problems or form.errors else 409 if stale else 200
    return render(request, "training/feedback.html", context, status=status)


def still_needed(session, user):
    """What people of the user's area said after the class that they still need."""
    rows = session.still_needed.visible_to(user).select_related("person", "village__township", "topic")
    return rows.order_by("topic_id", "village_id", "person__pinyin", "pk")


def _take_feedback(request, rows):
    """Put what was typed onto the rows; {name of the cell: what is wrong with it}."""
    problems = {}
    for row in rows:
        for name, _ in CourseFeedback.MARKS:
            cell = f"{name}-{row.course_id}"
            try:
                setattr(row, name, _count(request.POST.get(cell, "")))
            except ValueError as error:
                problems[cell] = str(error)
    return problems


def _mark_cells(request, row, problems):
    """The cells of a course: what was typed where it was wrong, else what the row holds."""
    cells = []
    for name, mark in CourseFeedback.MARKS:
        cell = f"{name}-{row.course_id}"
        people = request.POST[cell] if cell in problems else getattr(row, name)
        cells.append({"name": cell, "mark": mark, "people": people, "problem": problems.get(cell, "")})
    return cells


def _count(text):
    """A number of people of 0 to 9999, 0 for nothing."""
    typed = text.strip()
    if not typed:
        return 0
    if not (typed.isascii() and typed.isdigit()) or len(typed) > MOST_DIGITS:
        raise ValueError(f"“{typed}”不是人数，请填 0 到 9999 的整数")
    return int(typed)
