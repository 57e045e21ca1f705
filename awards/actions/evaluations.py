"""Writes of the yearly evaluation: schemes, who is evaluated, scores, hand-in, grades within the quota, appeals."""

from collections import Counter
from datetime import timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction

from awards import scoring
from awards.models import (
    Evaluation,
    EvaluationAppeal,
    EvaluationItem,
    EvaluationScheme,
    EvaluationScore,
    Grade,
)
from awards.parameters import evaluations as settings
from core.scope import inside
from core.writes import change_rows, create_rows, delete_rows
from talent.models import Appointment, ReserveCandidate, RuralTalent, Stationing
from talent.models.appointment import TWO_COMMITTEES
from talent.models.review import COUNTS
from villages.models import Village

Kind, Part, Source = EvaluationScheme.Kind, EvaluationItem.Part, EvaluationItem.Source
SCHEME = (
    "year", "kind", "as_of", "opens", "closes", "document_no", "excellent_percent", "excellent_from", "competent_from",
    "basic_from", "fair_percent", "remarks",
)  # fmt: skip
OF_SCORE = ("item", "evaluation__scheme", "evaluation__person", "evaluation__village")
GIVEN = ("township_points", "county_points", "evidence")
DAY = timedelta(1)
ITEM = ("part", "title", "source", "weight", "most", "standard")
WHOLE = 100
PUBLISHED = "考核结果已经公布，不再改动；对等次有异议的按申诉办理。"
GRADED = "已经有对象定了等次，指标、权重和分数线不再改动。要试算请用“试算权重”。"


# --- schemes and their items


@transaction.atomic
def set_up_evaluation(scheme, *, by, items=None):
    """Insert an unsaved scheme with its items (those of the county's template unless given) and everybody to be evaluated."""
    items = template_items(scheme.opens) if items is None else items
    refuse_weights(items)
    created = create_rows([scheme], by=by)[0]
    for item in items:
        item.scheme = created
    create_rows(items, by=by)
    prepare_evaluations(created, by=by)
    return created


def template_items(on):
    """Unsaved items as the county's parameters have them on the day `on`."""
    found = []
    for line in settings.INDICATORS.value(on):
        title, weight, source = settings.indicator_parts(line)
        most = WHOLE if source == Source.BALLOTS else weight
        found.append(EvaluationItem(part=Part.SCORE, title=title, weight=weight, source=source, most=most))
    for part, parameter in ((Part.PLUS, settings.PLUS), (Part.MINUS, settings.MINUS)):
        for line in parameter.value(on):
            title, most = settings.bonus_parts(line)
            found.append(EvaluationItem(part=part, title=title, most=most))
    found += [EvaluationItem(part=Part.VETO, title=title) for title in settings.VETOES.value(on)]
    return found


def refuse_weights(items):
    """Weights are those of 100 points. Raises ValidationError with what they add up to."""
    total = sum(item.weight for item in items if item.part == Part.SCORE)
    if total != WHOLE:
        raise ValidationError(f"考核指标的权重合计应为 100，现在是 {total}，请核对。")


@transaction.atomic
def change_evaluation(scheme, *, by, created=(), changed=(), deleted=(), batch=None):
    """Write a changed scheme with its items; not once anybody was graded. Raises ValidationError."""
    kept = _locked(scheme)
    _refuse_published(kept)
    if kept.evaluations.exclude(grade="").exists():
        raise ValidationError(GRADED)
    gone, touched = {item.pk for item in deleted}, {item.pk for item in changed}
    staying = [item for item in kept.items.order_by("pk") if item.pk not in gone | touched]
    refuse_weights([*staying, *changed, *created])
    scored = EvaluationScore.objects.filter(item__in=gone).values_list("item__title", flat=True).order_by("item_id")[:1]
    if scored:
        raise ValidationError(f"“{scored[0]}”已经有得分，不能删去。")
    change_rows([scheme], list(SCHEME), by=by, batch=batch)
    delete_rows(list(deleted), by=by, batch=batch)
    change_rows(list(changed), list(ITEM), by=by, batch=batch)
    for item in created:
        item.scheme = kept
    create_rows(list(created), by=by, batch=batch)


def _locked(scheme):
    return EvaluationScheme.objects.select_for_update(of=("self",)).get(pk=scheme.pk)


def _refuse_published(scheme):
    if scheme.published_on:
        raise ValidationError(PUBLISHED)


# --- who is evaluated


@transaction.atomic
def prepare_evaluations(scheme, *, by):
    """Bring the list up to the ledger as of the scheme's date: who is missing comes in, who is not there any more goes unless
    something was written of them. Returns how many were added."""
    _refuse_published(_locked(scheme))
    wanted = {(row["village"], row["person"]): row["post"] for row in objects_of(scheme)}
    kept = {(row.village_id, row.person_id): row for row in scheme.evaluations.order_by("pk")}
    scored = set(EvaluationScore.objects.filter(evaluation__scheme=scheme).values_list("evaluation_id", flat=True))
    idle = [row for key, row in kept.items() if key not in wanted and not _is_written(row, scored)]
    delete_rows(idle, by=by)
    missing = [
        Evaluation(scheme=scheme, village_id=village, person_id=person, post=post)
        for (village, person), post in wanted.items()
        if (village, person) not in kept
    ]
    create_rows(missing, by=by)
    return len(missing)


def _is_written(row, scored):
    return bool(row.pk in scored or row.issued is not None or row.handed_in_on or row.grade)


def objects_of(scheme):
    """[{village, person, post}] of whom the scheme is about on its date, each once, in order of village."""
    rows = {
        Kind.CADRE: _cadres, Kind.TEAM: _teams, Kind.RESERVE: _reserves, Kind.STATIONED: _stationed, Kind.TALENT: _talents,
    }[scheme.kind](scheme.as_of, scheme.division_id)  # fmt: skip
    found = {}
    for village, person, post in rows:
        posts = found.setdefault((village, person), [])
        if post and post not in posts:
            posts.append(post)
    return [
        {"village": village, "person": person, "post": "、".join(posts)[:60]}
        for (village, person), posts in sorted(found.items(), key=lambda one: (one[0][0], one[0][1] or 0))
    ]


def _cadres(on, code):
    rank = {post: place for place, post in enumerate(TWO_COMMITTEES)}
    seats = list(Appointment.objects.cadres(on).below(code).order_by("village_id", "pk"))
    seats.sort(key=lambda seat: rank[seat.post])
    return [(seat.village_id, seat.person_id, seat.get_post_display()) for seat in seats]


def _teams(on, code):
    return [(village.code, None, "") for village in Village.objects.existing(on).below(code).order_by("code")]


def _reserves(on, code):
    rows = ReserveCandidate.objects.in_pool(on).below(code).order_by("village_id", "pk")
    return [(row.village_id, row.person_id, row.get_target_display()) for row in rows]


def _stationed(on, code):
    rows = Stationing.objects.serving(on).below(code).order_by("village_id", "pk")
    return [(row.village_id, row.person_id, row.get_role_display()) for row in rows]


def _talents(on, code):
    rows = RuralTalent.objects.in_pool(on).below(code).order_by("village_id", "pk")
    return [(row.village_id, row.person_id, row.class_text or row.get_category_display()) for row in rows]


# --- scores and ballots


@transaction.atomic
def give_points(scheme, given, *, on, by, batch=None):
    """Write points as of the day `on`: {evaluation: {item: (points or None, evidence)}}. The county's are kept beside the
    township's.

    Nothing changes of who was graded, and by a township of who was handed in. Raises ValidationError naming whom it is
    about. Returns the rows really written."""
    _refuse_published(_locked(scheme))
    county = by.has_perm("awards.grade_evaluation")
    rows = Evaluation.objects.select_for_update(of=("self",)).filter(pk__in=[row.pk for row in given])
    for row in rows.select_related("person", "village").order_by("pk"):
        refuse_closed(row, county=county)
    kept = {
        (one.evaluation_id, one.item_id): one
        for one in EvaluationScore.objects.standing(None).filter(evaluation__in=list(given)).order_by("pk")
    }
    scores = []
    for row, items in given.items():
        for item, (points, evidence) in items.items():
            refuse_points(row, item, points, evidence, county=county)
            score = kept.get((row.pk, item.pk)) or EvaluationScore()
            score.evaluation, score.item = row, item
            _put(score, points, evidence, county=county)
            scores.append(score)
    return _keep(scores, on=on, by=by, batch=batch)


def _keep(scores, *, on, by, batch=None):
    """Write new and changed scores as of the day `on`; what stood on the days before is kept. Returns those written."""
    locked = EvaluationScore.objects.select_for_update(of=("self",)).select_related(*OF_SCORE).order_by("pk")
    kept = locked.in_bulk([one.pk for one in scores if one.pk])
    written = [one for one in scores if (not one.pk and one.is_given) or (one.pk and _differs(one, kept[one.pk]))]
    over = [kept[one.pk] for one in written if one.pk and kept[one.pk].start < on]
    for was in over:
        was.end = on - DAY
    change_rows(over, ["end"], by=by, batch=batch)
    same_day = [one for one in written if one.pk and kept[one.pk].start >= on]
    delete_rows([one for one in same_day if not one.is_given], by=by, batch=batch)
    change_rows([one for one in same_day if one.is_given], list(GIVEN), by=by, batch=batch)
    begun = [one for one in written if one.is_given and (not one.pk or kept[one.pk].start < on)]
    ended = _ended([one for one in begun if not one.pk], on)
    create_rows([_begun(one, ended.get((one.evaluation_id, one.item_id), on)) for one in begun], by=by, batch=batch)
    return written


def _ended(scores, on):
    """{(evaluation, item): the first free day} of those that had a score which was taken back only after the day `on`."""
    found = EvaluationScore.objects.filter(evaluation__in=[one.evaluation_id for one in scores], end__gte=on)
    return {(one.evaluation_id, one.item_id): one.end + DAY for one in found.order_by("end", "pk")}


def _differs(score, kept):
    return any(getattr(score, name) != getattr(kept, name) for name in GIVEN)


def _begun(score, on):
    given = {name: getattr(score, name) for name in GIVEN}
    return EvaluationScore(evaluation=score.evaluation, item=score.item, start=on, **given)


def _put(score, points, evidence, *, county):
    if county:
        score.county_points = points
    else:
        score.township_points = points
    score.evidence = evidence or ""


def refuse_closed(row, *, county):
    if row.grade:
        raise ValidationError(f"{row.name}已经定了等次，得分和票数不再改动。")
    if row.handed_in_on and not county:
        raise ValidationError(f"{row.name}已报县里，要改的请县委组织部退回。")


def refuse_points(row, item, points, evidence, *, county):
    """Points stay within an item's own; what adds, takes or vetoes needs evidence."""
    most = 1 if item.part == Part.VETO else item.most
    if points is not None and not 0 <= points <= most:
        raise ValidationError(f"{row.name}的“{item.title}”应在 0 到 {most} 之间，现在是 {Decimal(points):f}。")
    if points and item.part != Part.SCORE and not evidence:
        raise ValidationError(f"{row.name}的“{item.title}”要写明依据，例如文号和日期。")
    if points is not None and item.source == Source.COUNTY and not county:
        raise ValidationError(f"“{item.title}”由县里评分。")


@transaction.atomic
def count_ballots(scheme, rows, *, on, by, batch=None):
    """Write the ballot counts of evaluations as of the day `on`; the counts fit together or nothing is written."""
    _refuse_published(_locked(scheme))
    county = by.has_perm("awards.grade_evaluation")
    locked = Evaluation.objects.select_for_update(of=("self",)).filter(pk__in=[row.pk for row in rows])
    for row in locked.select_related("person", "village").order_by("pk"):
        refuse_closed(row, county=county)
    return _count(rows, on=on, by=by, batch=batch)


def _count(rows, *, on, by, batch=None):
    """A corrected count is that of the day on which the votes were counted first."""
    for row in rows:
        row.counted_on = None if row.issued is None else min(row.counted_on or on, on)
    return change_rows(rows, [*COUNTS, "counted_on"], by=by, batch=batch)


@transaction.atomic
def write_scores(scores, counted, *, on, by, proposed=(), batch=None):
    """Scores, ballots and proposed grades from a roster, checked by its comparison under a lock."""
    _keep(scores, on=on, by=by, batch=batch)
    _count(counted, on=on, by=by, batch=batch)
    change_rows(list(proposed), ["proposed"], by=by, batch=batch)


# --- proposing, handing in, returning


@transaction.atomic
def propose_grades(scheme, township, grades, *, by):
    """Write what a township proposes {evaluation's key: grade or ""}, within its places for 优秀. Raises ValidationError."""
    kept = _locked(scheme)
    _refuse_published(kept)
    found = scoring.lines(kept, kept.evaluations.below(township))
    by_key = {line.row.pk: line for line in found}
    if unknown := set(grades) - set(by_key):
        raise ValidationError(f"有 {len(unknown)} 个对象不在这次考核中，请刷新后再办理。")
    for key, grade in grades.items():
        refuse_closed(by_key[key].row, county=False)
        _refuse_grade(by_key[key], grade)
        by_key[key].row.proposed = grade
    refuse_beyond(kept, found, "proposed")
    return change_rows([by_key[key].row for key in grades], ["proposed"], by=by)


@transaction.atomic
def hand_in_evaluations(scheme, township, *, on, by):
    """Hand in every evaluation of a township that is whole; what is missing is told and nothing handed in.

    What the township proposes stays within its places for 优秀, and a vetoed object is 不称职."""
    kept = _locked(scheme)
    _refuse_published(kept)
    rows = scheme.evaluations.below(township).filter(handed_in_on=None)
    found = scoring.lines(kept, kept.evaluations.below(township))
    waiting = [line for line in found if not line.row.handed_in_on and _lacks(scheme, line)]
    if waiting:
        named = "、".join(line.row.name for line in waiting[:5])
        raise ValidationError(
            f"还有 {len(waiting)} 个对象没有评完（{named}{'等' if len(waiting) > 5 else ''}），请补齐后再报。"
        )
    for line in found:
        _refuse_veto(line, line.row.proposed)
    refuse_beyond(kept, found, "proposed")
    rows = list(rows.order_by("pk"))
    if not rows:
        raise ValidationError("没有要报送的：这个乡镇的考核已经报县里，或没有考核对象。")
    for row in rows:
        row.handed_in_on, row.returned_for = on, ""
    return change_rows(rows, ["handed_in_on", "returned_for"], by=by)


def _lacks(scheme, line):
    """True where something is missing that the township gives."""
    of_county = {item.title for item in scheme.items.all() if item.source == Source.COUNTY}
    return set(line.missing) - of_county


@transaction.atomic
def return_evaluations(scheme, township, *, reason, by):
    """Give a township's evaluations back that were not graded yet."""
    _refuse_published(_locked(scheme))
    rows = list(scheme.evaluations.below(township).filter(grade="", handed_in_on__isnull=False).order_by("pk"))
    if not rows:
        raise ValidationError("这个乡镇没有可以退回的：还没有报送，或都已定等次。")
    for row in rows:
        row.handed_in_on, row.returned_for = None, reason
    return change_rows(rows, ["handed_in_on", "returned_for"], by=by, reason=reason)


# --- grades


@transaction.atomic
def grade_evaluations(scheme, grades, *, on, by, batch=None):
    """Give grades {evaluation's key: grade or ""} on the day `on`; "" takes one back. 优秀 stays within each township's
    places, a vetoed object is 不称职, and what is not whole gets no grade. Under a lock of the scheme. Raises ValidationError."""
    kept = _locked(scheme)
    _refuse_published(kept)
    found = scoring.lines(kept)
    by_key = {line.row.pk: line for line in found}
    if unknown := set(grades) - set(by_key):
        raise ValidationError(f"有 {len(unknown)} 个对象不在这次考核中，请刷新后再办理。")
    for key, grade in grades.items():
        _refuse_grade(by_key[key], grade)
        row = by_key[key].row
        if row.grade != grade:
            row.grade, row.graded_on = grade, (on if grade else None)
    refuse_beyond(kept, found)
    return change_rows([by_key[key].row for key in grades], ["grade", "graded_on"], by=by, batch=batch)


def _refuse_grade(line, grade):
    if not grade:
        return
    if line.missing:
        raise ValidationError(f"{line.row.name}还没有评完（{'、'.join(line.missing)}），不能定等次。")
    _refuse_veto(line, grade)


def _refuse_veto(line, grade):
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
    kept = _locked(scheme)
    _refuse_published(kept)
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
    scheme = _locked(kept.evaluation.scheme)
    if row.finding == EvaluationAppeal.Finding.UPHELD:
        found = scoring.lines(scheme)
        line = next(one for one in found if one.row.pk == kept.evaluation_id)
        line.row.grade = row.new_grade
        _refuse_grade(line, row.new_grade)
        refuse_beyond(scheme, found)
        change_rows([line.row], ["grade"], by=by, reason=row.handling)
    return change_rows([row], ["finding", "new_grade", "handling", "closed_on"], by=by)


def is_of(scheme, user):
    """True where the user's office runs the scheme."""
    return inside(scheme.division_id, user.division_id)
