"""Sign-in, results and feedback of a class."""

from django.db import transaction

from core.writes import change_rows, create_rows
from training.models import Attendance, CourseFeedback


@transaction.atomic
def sign_in(rows, *, by, batch=None):
    """Keep unsaved half-days, each once: what was said of it before gives way. Returns (new, changed)."""
    known = {
        (row.enrollment_id, row.date, row.half): row
        for row in Attendance.objects.filter(enrollment__in={row.enrollment_id for row in rows})
        .select_related("enrollment__person", "enrollment__session")
        .order_by("pk")
    }
    fresh, kept = [], []
    for row in rows:
        before = known.get((row.enrollment_id, row.date, row.half))
        if before is None:
            fresh.append(row)
        else:
            before.state = row.state
            kept.append(before)
    return create_rows(fresh, by=by, batch=batch), change_rows(kept, ["state"], by=by, batch=batch)


def keep_results(enrollments, *, by, batch=None):
    """Keep scores, results and remarks as they stand on the instances."""
    return change_rows(enrollments, ["score", "result", "remarks"], by=by, batch=batch)


@transaction.atomic
def keep_feedback(rows, *, by, batch=None):
    """Keep the marks of courses of one class, each course once; rows without an answer are not begun."""
    known = dict(
        CourseFeedback.objects.filter(session__in={row.session_id for row in rows}).values_list("course_id", "pk")
    )
    marks = [name for name, _ in CourseFeedback.MARKS]
    fresh, kept = [], []
    for row in rows:
        row.pk = known.get(row.course_id)
        if row.pk:
            kept.append(row)
        elif row.answers:
            fresh.append(row)
    return create_rows(fresh, by=by, batch=batch) + change_rows(kept, marks, by=by, batch=batch)
