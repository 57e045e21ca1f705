"""The list of a class before it begins: proposed, edited, confirmed; nobody is called to two classes at once."""

from django.core.exceptions import ValidationError
from django.db import transaction

from core.writes import change_rows, create_rows, delete_rows
from talent.models import Person
from training.models import Enrollment
from training.models.session import clashes, double_booking

WITH_MARKS = "已有签到、成绩或证书，不能移出名单；没有来的请在“成绩与结果”里记缺训。"
NOT_THERE = "名单已经变了，请刷新页面再试。"


@transaction.atomic
def draft(session, members, *, by):
    """Propose members (needs.Member) for the class; who was called elsewhere or is in it meanwhile is left out.

    Returns the new enrolments."""
    free = _lock_free(session, [member.person.pk for member in members])
    rows = [_proposed(session, member) for member in members if member.person.pk in free]
    return create_rows(rows, by=by)


@transaction.atomic
def put_in(session, member, *, by):
    """Propose one member; ValidationError says why the person cannot come."""
    key = member.person.pk
    if key not in _lock_free(session, [key]):
        raise ValidationError(_why_not(session, member.person))
    return create_rows([_proposed(session, member)], by=by)[0]


def _proposed(session, member):
    return Enrollment(
        session=session, person=member.person, village=member.village, job_title=member.post[:100],
        result=Enrollment.Result.DRAFT,
    )  # fmt: skip


def _lock_free(session, keys):
    """Those of the people who are free on the days of the class; locked, so that two lists come one after the other."""
    locked = set(Person.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk", flat=True))
    listed = set(Enrollment.objects.filter(person_id__in=keys, session=session).values_list("person_id", flat=True))
    return locked - clashes(keys, session).keys() - listed


def _why_not(session, person):
    if session.enrollments.filter(person=person).exists():
        return f"{person.name}已在这一期的名单中。"
    met = clashes([person.pk], session)
    return f"{person.name}{double_booking(met[person.pk])}" if met else f"{person.name}的档案已不在，请重新查找。"


def confirm(enrollments, *, by):
    """Turn proposals into the list of the class (已报名)."""
    for row in enrollments:
        row.result = Enrollment.Result.ENROLLED
    return change_rows(enrollments, ["result"], by=by, verb="enroll")


@transaction.atomic
def drop(enrollment, *, by):
    """Take somebody off the list; not once something was recorded of the attendance."""
    kept = Enrollment.objects.select_for_update().filter(pk=enrollment.pk).first()
    if kept is None:
        raise ValidationError(NOT_THERE)
    marked = kept.result not in {Enrollment.Result.DRAFT, Enrollment.Result.ENROLLED} or kept.score is not None
    if marked or kept.attendances.exists() or hasattr(kept, "certificate"):
        raise ValidationError(WITH_MARKS)
    delete_rows([kept], by=by)
