"""Writes of the yearly evaluation: schemes with their indicators, and who is evaluated."""

from django.core.exceptions import ValidationError
from django.db import transaction

from awards.models import (
    BallotCorrection,
    Evaluation,
    EvaluationItem,
    EvaluationScheme,
    EvaluationScore,
    EvidenceFile,
)
from awards.parameters import evaluations as settings
from core.writes import change_rows, create_rows, delete_rows
from talent.models import Appointment, ReserveCandidate, RuralTalent, Stationing
from talent.models.appointment import TWO_COMMITTEES
from villages.models import Village

Kind, Part, Source = EvaluationScheme.Kind, EvaluationItem.Part, EvaluationItem.Source
SCHEME = (
    "year", "kind", "as_of", "opens", "closes", "document_no", "excellent_percent", "excellent_from", "competent_from",
    "basic_from", "fair_percent", "remarks",
)  # fmt: skip
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
    kept = locked_scheme(scheme)
    refuse_published(kept)
    if kept.evaluations.exclude(grade="").exists():
        raise ValidationError(GRADED)
    gone, touched = {item.pk for item in deleted}, {item.pk for item in changed}
    staying = [item for item in kept.items.order_by("pk") if item.pk not in gone | touched]
    refuse_weights([*staying, *changed, *created])
    scored = EvaluationScore.objects.filter(item__in=gone).values_list("item__title", flat=True).order_by("item_id")[:1]
    if scored:
        raise ValidationError(f"“{scored[0]}”已经有得分，不能删去。")
    shown = EvidenceFile.objects.filter(item__in=gone).values_list("item__title", flat=True).order_by("item_id")[:1]
    if shown:
        raise ValidationError(f"“{shown[0]}”已经有佐证材料，不能删去。")
    change_rows([scheme], list(SCHEME), by=by, batch=batch)
    delete_rows(list(deleted), by=by, batch=batch)
    change_rows(list(changed), list(ITEM), by=by, batch=batch)
    for item in created:
        item.scheme = kept
    create_rows(list(created), by=by, batch=batch)


def locked_scheme(scheme):
    """The scheme, locked until the transaction ends."""
    return EvaluationScheme.objects.select_for_update(of=("self",)).get(pk=scheme.pk)


def refuse_published(scheme):
    """Raises ValidationError where the results are announced."""
    if scheme.published_on:
        raise ValidationError(PUBLISHED)


# --- who is evaluated


@transaction.atomic
def prepare_evaluations(scheme, *, by):
    """Bring the list up to the ledger as of the scheme's date: who is missing comes in, who is not there any more goes unless
    something was written of them. Returns how many were added."""
    refuse_published(locked_scheme(scheme))
    wanted = {(row["village"], row["person"]): row["post"] for row in objects_of(scheme)}
    kept = {(row.village_id, row.person_id): row for row in scheme.evaluations.order_by("pk")}
    scored = _told_of(scheme)
    idle = [row for key, row in kept.items() if key not in wanted and not _is_written(row, scored)]
    delete_rows(idle, by=by)
    missing = [
        Evaluation(scheme=scheme, village_id=village, person_id=person, post=post)
        for (village, person), post in wanted.items()
        if (village, person) not in kept
    ]
    create_rows(missing, by=by)
    return len(missing)


def _told_of(scheme):
    """The keys of the evaluations that something points at."""
    return {
        key
        for model in (EvaluationScore, EvidenceFile, BallotCorrection)
        for key in model.objects.filter(evaluation__scheme=scheme).values_list("evaluation_id", flat=True)
    }


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
