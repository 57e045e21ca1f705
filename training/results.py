"""What a class comes to for somebody who was in it."""

from training.models import Enrollment

Result = Enrollment.Result


def suggested(row, share, line):
    """What sign-in and score come to: never there is 缺训, too seldom or too low 不合格.

    `row` has `present` of `halves` signed half-days and a score or None; `share` (%) and `line` are what the county asks."""
    if row.halves and not row.present:
        return Result.ABSENT
    if row.present * 100 < share * row.halves or (row.score is not None and row.score < line):
        return Result.UNQUALIFIED
    return Result.QUALIFIED if row.score is not None else Result.ATTENDED
