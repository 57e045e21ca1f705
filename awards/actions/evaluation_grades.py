"""Writes of what comes of an evaluation: grades within the quota, their announcement, appeals."""

from collections import Counter
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from awards import scoring
from awards.actions.evaluations import locked_scheme, refuse_published
from awards.models import Evaluation, EvaluationAppeal, Grade
from awards.parameters import evaluations as settings
from core.writes import change_rows, create_rows


@transaction.atomic
def grade_evaluations(scheme, grades, *, on, by, batch=None):
    """Give grades {evaluation's key: grade or ""} on the day `on`; "" takes one back. 优秀 stays within each township's
    places, a vetoed object is 不称职, and what is not whole gets no grade. Under a lock of the scheme. Raises ValidationError."""
    kept = locked_scheme(scheme)
    refuse_published(kept)
    found = scoring.lines(kept)
    by_key = {line.row.pk: line for line in found}
    if unknown := set(grades) - set(by_key):
        raise ValidationError(f"有 {len(unknown)} 个对象不在这次考核中，请刷新后再办理。")
    for key, grade in grades.items():
        refuse_grade(by_key[key], grade)
        row = by_key[key].row
        if row.grade != grade:
            row.grade, row.graded_on = grade, (on if grade else None)
    refuse_beyond(kept, found)
    return change_rows([by_key[key].row for key in grades], ["grade", "graded_on"], by=by, batch=batch)


def refuse_grade(line, grade):
    if not grade:
        return
    if line.missing:
        raise ValidationError(f"{line.row.name}还没有评完（{'、'.join(line.missing)}），不能定等次。")
    refuse_veto(line, grade)


def refuse_veto(line, grade):
    if not grade:
        return
    if line.vetoes and grade != Grade.UNFIT:
        raise ValidationError(f"{line.row.name}有一票否决情形（{'、'.join(line.vetoes)}），等次应为不称职。")


def refuse_beyond(scheme, found, name="grade"):
    """No township has more 优秀 than its places, among the grades or what it proposes. `found` are all Lines of the townships."""
    townships = {line.township_id: line.row.village.township for line in found}
    every = Counter(line.township_id for line in found)
    excellent = Counter(line.township_id for line in found if getattr(line.row, name) == Grade.EXCELLENT)
    beyond = [
        f"{townships[code].name} {count} 名（最多 {scoring.places(every[code], scheme.excellent_percent)} 名）"
        for code, count in sorted(excellent.items())
        if count > scoring.places(every[code], scheme.excellent_percent)
    ]
    if beyond:
        raise ValidationError(
            f"优秀超过名额（不超过 {scheme.excellent_percent}%）：{'、'.join(beyond)}，请先减少优秀。"
        )


@transaction.atomic
def publish_evaluation(scheme, *, on, by):
    """Announce the results: everybody is graded, and nothing but an appeal changes a grade from then on."""
    kept = locked_scheme(scheme)
    refuse_published(kept)
    open_ones = kept.evaluations.filter(grade="").count()
    if open_ones or not kept.evaluations.exists():
        raise ValidationError(
            f"还有 {open_ones} 个对象没有定等次，定完再公布。" if open_ones else "还没有考核对象，不能公布。"
        )
    last = kept.evaluations.order_by("-graded_on").values_list("graded_on", flat=True)[0]
    if on < last:
        raise ValidationError(f"公布日期早于定等次日期 {last:%Y-%m-%d}，请核对。")
    kept.published_on = on
    return change_rows([kept], ["published_on"], by=by)


# --- appeals


@transaction.atomic
def appeal(row, *, by):
    """Insert an unsaved appeal against the grade of a published evaluation."""
    kept = (
        Evaluation.objects.select_for_update(of=("self",))
        .select_related("scheme", "person", "village")
        .get(pk=row.evaluation_id)
    )
    if not kept.scheme.published_on:
        raise ValidationError("考核结果还没有公布，有意见的先向县委组织部反映。")
    if kept.appeals.filter(closed_on=None).exists():
        raise ValidationError("这个对象还有申诉没有办结。")
    if row.received_on < kept.scheme.published_on:
        raise ValidationError(f"收到日期早于公布日期 {kept.scheme.published_on:%Y-%m-%d}，请核对。")
    last = appeal_until(kept.scheme)
    if row.received_on > last:
        raise ValidationError(
            f"申诉应在 {last:%Y-%m-%d} 以前提出（公布后的天数见“参数设置”），收到日期已经过了，请核对。"
        )
    row.old_grade = kept.grade
    return create_rows([row], by=by)[0]


def appeal_until(scheme):
    """The last day on which the grades of an announced scheme may be appealed against."""
    return scheme.published_on + timedelta(settings.APPEAL_WINDOW.value(scheme.published_on))


@transaction.atomic
def close_appeal(row, *, by):
    """Close an appeal once; an upheld one changes the grade, 优秀 within the places. Raises ValidationError."""
    kept = EvaluationAppeal.objects.select_for_update(of=("self",)).select_related("evaluation__scheme").get(pk=row.pk)
    if kept.closed_on:
        raise ValidationError("这件申诉已经办结。")
    scheme = locked_scheme(kept.evaluation.scheme)
    if row.finding == EvaluationAppeal.Finding.UPHELD:
        found = scoring.lines(scheme)
        line = next(one for one in found if one.row.pk == kept.evaluation_id)
        line.row.grade = row.new_grade
        refuse_grade(line, row.new_grade)
        refuse_beyond(scheme, found)
        change_rows([line.row], ["grade"], by=by, reason=row.handling)
    return change_rows([row], ["finding", "new_grade", "handling", "closed_on"], by=by)
