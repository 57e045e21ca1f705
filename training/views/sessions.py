"""A class: its people, sign-in grid, scores, certificates; what the county and the townships do with the list."""

from collections import Counter

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from core.text import row_key
from core.views.access import business_page
from rosters import listing
from training import actions, needs
from training.actions.certificates import earners
from training.models import Attendance, Enrollment
from training.views.access import runs, session_of
from training.views.home import STATE_TAGS, STATES, state_of
from training.views.people import member_of, named

Result = Enrollment.Result
TAGS = {Result.DRAFT: "blue", Result.ENROLLED: "blue", Result.QUALIFIED: "ok", Result.ATTENDED: "ok",
        Result.UNQUALIFIED: "warn", Result.ABSENT: "bad"}  # fmt: skip
SIGNS = {Attendance.State.PRESENT: "√", Attendance.State.LEAVE: "假", Attendance.State.ABSENT: "×"}
HEADINGS = (
    ("乡镇", 14), ("村", 14), ("姓名", 10), ("职务", 24), ("结果", 10), ("到课（半天）", 12), ("应到（半天）", 12),
    ("测试成绩", 10), ("证书编号", 24),
)  # fmt: skip


@business_page
def session_page(request, pk):
    """The class with its people of the user's area; POST `do` changes the list."""
    session = session_of(request, pk)
    if request.method == "POST":
        return _do(request, session)
    return _shown(request, session)


def _shown(request, session, problem="", typed=""):
    rows, slots = people_of(session, request.user, request.on)
    if request.GET.get("excel"):
        return _excel(request, session, rows, slots)
    manages = runs(request.user, session)
    state = state_of(session, request.on)
    context = {
        "session": session, "rows": rows, "slots": slots, "manages": manages, "problem": problem, "typed": typed,
        "can_nominate": may_nominate(request.user, session, request.on),
        "state": dict(STATES)[state], "state_tag": STATE_TAGS[state], "courses": _courses(session),
        "needed": _needed(session, request.user), "counts": _counts(rows), "lacking": _lacking(request, session, rows),
        "can_draft": session.end >= request.on, "is_past": request.on < timezone.localdate(),
        "earned": len(earners(session, request.on)) if manages else 0,
    }  # fmt: skip
    return render(request, "training/session.html", context, status=400 if problem else 200)


def may_nominate(user, session, on):
    """The county always, a township until the class begins."""
    return user.has_perm("training.nominate_enrollment") and (runs(user, session) or session.start > on)


def people_of(session, user, on=None):
    """(the enrolments of the user's area with `marks` a half-day, the half-days signed) of the class.

    With a day gone by as `on`: as far as it was known on that day. Who is on the list has no date: it is today's list."""
    past = on if on is not None and on < timezone.localdate() else None
    found = session.enrollments.visible_to(user).select_related("person", "village__township", "certificate")
    rows = list(found.order_by("village_id", "person__pinyin", "pk"))
    signed = Attendance.objects.filter(enrollment__in=[row.pk for row in rows]).order_by("date", "half")
    signed = signed.filter(date__lte=past) if past else signed
    marks = {(row.enrollment_id, row.date, row.half): row for row in signed}
    slots = sorted({(date, half) for _, date, half in marks})
    for row in rows:
        own = [marks.get((row.pk, *slot)) for slot in slots]
        row.marks = [SIGNS[mark.state] if mark else "" for mark in own]
        row.present = sum(mark is not None and mark.state == Attendance.State.PRESENT for mark in own)
        row.halves = sum(mark is not None for mark in own)
        row.known = _known(row.result, session, past) if past else row.result
        row.known_label, row.tag = Result(row.known).label, TAGS[row.known]
        row.points = row.score if not past or session.end <= past else None
        row.given = _given(row, past)
    halves = dict(Attendance.Half.choices)
    return rows, [f"{date:%m-%d} {halves[half]}" for date, half in slots]


def _known(result, session, on):
    """The result as far as it was known on a day gone by: called before the class, there while it lasts."""
    if result in {Result.DRAFT, Result.ENROLLED} or session.end <= on:
        return result
    if session.start > on:
        return Result.ENROLLED
    return Result.ABSENT if result == Result.ABSENT else Result.ATTENDED


def _given(row, on):
    """The certificate, by the day `on` where one is asked for: not yet issued then, or not yet revoked."""
    given = getattr(row, "certificate", None)
    if given is None or (on and given.issued_on > on):
        return None
    given.is_revoked = given.revoked_on is not None and not (on and given.revoked_on > on)
    return given


def _counts(rows):
    """How many of each kind: proposed, on the list, trained, with a certificate."""
    listed = [row for row in rows if row.known != Result.DRAFT]
    return {
        "drafts": len(rows) - len(listed),
        "listed": len(listed),
        "trained": sum(row.known in Enrollment.TRAINED for row in rows),
        "certified": sum(row.given is not None for row in rows),
    }


def _courses(session):
    """The courses with their teachers and the mean mark that trainees gave."""
    marks = {row.course_id: row for row in session.feedback.all()}
    return [(course, marks.get(course.pk)) for course in session.courses.select_related("teacher").order_by("pk")]


def _needed(session, user):
    """[(topic, how many people of the user's area said after the class that they still need it)]."""
    wishes = session.still_needed.visible_to(user).select_related("topic").order_by("topic_id", "pk")
    return list(Counter(wish.topic for wish in wishes).items())


def _lacking(request, session, rows):
    """{person's key: topics of the class that somebody proposed lacks}; asked only while there are proposals."""
    proposed = {row.person_id for row in rows if row.result == Result.DRAFT}
    if not proposed:
        return {}
    topics = set(session.topics.values_list("pk", flat=True))
    found = {}
    for need in needs.needs(request.user, request.on):
        if need.member.person.pk in proposed and need.topic.pk in topics:
            found.setdefault(need.member.person.pk, []).append(f"{need.topic}（{need.reason}）")
    for row in rows:
        row.lacks = "；".join(found.get(row.person_id, []))
    return found


def _do(request, session):
    done = DOINGS.get(request.POST.get("do"))
    if done is None:
        raise Http404
    try:
        said = done(request, session)
    except ValidationError as error:
        return _shown(request, session, error.messages[0], request.POST.get("who", ""))
    messages.success(request, said)
    return redirect("training_session", session.pk)


def _for_the_county(request, session):
    if not runs(request.user, session):
        raise PermissionDenied


def _put_in(request, session):
    if not may_nominate(request.user, session, request.on):
        raise PermissionDenied
    person = named(request.user, request.POST.get("who", ""))
    actions.put_in(session, member_of(request.user, request.on, person), by=request.user)
    return f"已拟入名单：{person.name}。县委组织部确定名单后生效。"


def _confirm(request, session):
    _for_the_county(request, session)
    drafts = session.enrollments.visible_to(request.user).filter(result=Result.DRAFT)
    changed = actions.confirm(list(drafts.select_related("person", "session").order_by("pk")), by=request.user)
    return f"已确定名单：{len(changed)} 人由拟定转为已报名。"


def _drop(request, session):
    if not may_nominate(request.user, session, request.on):
        raise PermissionDenied
    rows = session.enrollments.visible_to(request.user).select_related("person", "session")
    row = get_object_or_404(rows, pk=row_key(request.POST.get("enrollment", "")))
    if not runs(request.user, session) and row.result != Result.DRAFT:
        raise ValidationError("名单已经确定，要换人请联系县委组织部。")
    actions.drop(row, by=request.user)
    return f"已移出名单：{row.person.name}。"


def _issue(request, session):
    _for_the_county(request, session)
    if session.end > request.on:
        raise ValidationError("这一期还没有结业，结业后再发证。")
    given = actions.issue(earners(session, request.on), on=request.on, by=request.user)
    if not given:
        raise ValidationError(
            "没有可以发证的人：结果须为已参训或合格，到课率和成绩须达到“参数设置”里的要求，且没有发过。"
        )
    return f"已发证 {len(given)} 本。点证书编号可以打印。"


DOINGS = {"put_in": _put_in, "confirm": _confirm, "drop": _drop, "issue": _issue}


def _excel(request, session, rows, slots):
    lines = [
        (row.village.township.name, row.village.name, row.person.name, row.job_title, row.known_label,
         row.present, row.halves, float(row.points) if row.points is not None else "",
         row.given.number if row.given else "", *row.marks)
        for row in rows
    ]  # fmt: skip
    headings = (*HEADINGS, *((slot, 12) for slot in slots))
    told = f"{session.start} 至 {session.end}；到课、结果、成绩、证书截至 {request.on}"
    content = listing.workbook(f"{session}学员情况", headings, lines, by=request.user.name, told=told)
    return listing.download(content, f"{session}学员情况.xlsx")
