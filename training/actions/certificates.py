"""Certificates of a class: issued to who earned one, revoked with a reason."""

import secrets

from django.db import transaction
from django.db.models import Count, Q

from core.writes import change_rows, create_rows
from training.models import Attendance, Certificate, Enrollment
from training.parameters.classes import ATTENDANCE_SHARE, PASS_SCORE
from villages.models import Division

# No letter or digit that is taken for another when it is read off paper.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH = 12
EARNED = (Enrollment.Result.ATTENDED, Enrollment.Result.QUALIFIED)


def earners(session, on):
    """Enrolments of the class that earned a certificate and have none: result, attendance and score as the county asks."""
    share, score = ATTENDANCE_SHARE.value(on), PASS_SCORE.value(on)
    counted = session.enrollments.filter(result__in=EARNED, certificate__isnull=True).annotate(
        halves=Count("attendances"),
        present=Count("attendances", filter=Q(attendances__state=Attendance.State.PRESENT)),
    )
    rows = counted.filter(Q(score__isnull=True) | Q(score__gte=score)).select_related("person", "session")
    return [row for row in rows.order_by("village_id", "pk") if row.present * 100 >= share * row.halves]


@transaction.atomic
def issue(enrollments, *, on, by):
    """Give each of the enrolments (of one class) a numbered certificate with a code of its own."""
    if not enrollments:
        return []
    rows = [Certificate(enrollment=row, issued_on=on) for row in enrollments]
    number(rows)
    return create_rows(rows, by=by)


def number(certificates):
    """Give unsaved certificates of one division and one day their numbers, one after the other, and their codes."""
    division, year = certificates[0].enrollment.session.division_id, certificates[0].issued_on.year
    Division.objects.select_for_update().get(code=division)
    prefix = f"{division}-{year}-"
    last = Certificate.objects.filter(number__startswith=prefix).order_by("-number").first()
    begin = int(last.number.removeprefix(prefix)) if last else 0
    for at, row in enumerate(certificates, begin + 1):
        row.number, row.check_code = f"{prefix}{at:06d}", _code()


def revoke(certificate, *, on, reason, by):
    """Say that a certificate no longer holds; its number stays taken."""
    certificate.revoked_on, certificate.revoke_reason = on, reason
    return change_rows([certificate], ["revoked_on", "revoke_reason"], by=by, reason=reason)


def _code():
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
