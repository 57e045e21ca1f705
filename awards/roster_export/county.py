"""Pay standards, items of a scheme and findings of a check as rows of their rosters, and the drop-downs of the templates."""

from awards.models import (
    EvaluationItem,
    EvaluationScheme,
    InspectionFinding,
    InspectionFollowUp,
    InspectionItem,
    SafeguardStandard,
)
from awards.roster_apply.county import COUNTY_DIGITS
from awards.roster_export.values import amount, exact
from core.periods import between, dated_by
from core.scope import ancestors, inside
from talent import roster_export
from talent.models.appointment import VILLAGE_POST_CHOICES, Post

MOST_CHOICES = 50
RANK = {post.value: number for number, post in enumerate(Post)}


def standards(code, on):
    """The standards of the year of `on` that govern the division `code`, the highest post first."""
    found = SafeguardStandard.objects.filter(between(on.year, on.year, "year"), division_id=code[:COUNTY_DIGITS])
    return [
        {
            "standard_year": str(row.year), "standard_post": row.get_post_display(), "standard_basic": amount(row.basic),
            "standard_performance": amount(row.performance), "standard_allowance": amount(row.allowance),
            "standard_no": row.document_no,
        }
        for row in sorted(found.order_by("pk"), key=lambda row: RANK[row.post])
    ]  # fmt: skip


def standard_choices(code, on):
    return {"standard_post": [label for _, label in VILLAGE_POST_CHOICES]}


def items(code, on, scheme_id):
    """The items of a scheme of the county."""
    scheme = EvaluationScheme.objects.filter(pk=scheme_id).first()
    if scheme is None or not (inside(code, scheme.division_id) or inside(scheme.division_id, code)):
        return []
    return [
        {
            "item_part": item.get_part_display(), "item_title": item.title, "item_source": item.get_source_display(),
            "item_weight": str(item.weight) if item.weight else None, "item_most": str(item.most) if item.most else None,
            "item_standard": item.standard,
        }
        for item in scheme.items.order_by("pk")
    ]  # fmt: skip


def item_choices(code, on):
    return {"item_part": EvaluationItem.Part.labels, "item_source": EvaluationItem.Source.labels}


def findings(code, on, inspection_id):
    """What a check found in the division `code`, as it stood on the date: the latest step, and whether it was closed."""
    found = InspectionFinding.objects.below(code).filter(inspection_id=inspection_id)
    found = found.select_related("item", "village__township").order_by("village_id", "pk")
    steps = InspectionFollowUp.objects.filter(dated_by(on, "on"), finding__in=found.order_by().values("pk"))
    latest = {step.finding_id: step for step in steps.order_by("on", "pk")}
    return [_finding(row, latest.get(row.pk), on) for row in found]


def _finding(row, step, on):
    is_closed = row.closed_on is not None and row.closed_on <= on
    return {
        "township": row.village.township.name, "village": row.village.name, "finding_item": row.item.title,
        "finding_problem": row.problem, "finding_responsible": row.responsible, "finding_due": exact(row.due),
        **({"step_on": exact(step.on), "step_done": step.done} if step else {}),
        **({"closed_on": exact(row.closed_on), "close_result": row.result} if is_closed else {}),
    }  # fmt: skip


def finding_choices(code, on):
    held = InspectionItem.objects.filter(dated_by(on, "inspection__on"), inspection__division_id__in=ancestors(code))
    titles = held.order_by("-inspection__on", "-pk").values_list("title", flat=True)[:MOST_CHOICES]
    return roster_export.place_choices(code, on) | {"finding_item": list(dict.fromkeys(titles))}
