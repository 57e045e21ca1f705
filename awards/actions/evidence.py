"""Writes of the files that show why an evaluation was scored as it was."""

from django.core.exceptions import ValidationError
from django.db import transaction

from awards.actions.evaluation_scores import refuse_closed
from awards.actions.evaluations import locked_scheme, refuse_published
from awards.attachments import digest_beside
from awards.models import Evaluation, EvaluationItem, EvidenceFile
from core.writes import create_rows, delete_rows


@transaction.atomic
def attach_evidence(evaluation, item, *, filename, content, on, by):
    """Keep a file with what an evaluation was scored for `item`, encrypted; for as long as the scores may be changed. Raises
    ValidationError."""
    kept = _open(evaluation, item, by)
    digest = digest_beside(kept.evidence_files.filter(item=item), content, "每项指标")
    row = EvidenceFile(
        evaluation=kept, item=item, filename=filename, content=content, digest=digest, size=len(content), by=by,
        uploaded_on=on,
    )  # fmt: skip
    row.clean()
    return create_rows([row], by=by)[0]


@transaction.atomic
def detach_evidence(file, *, by):
    """Take a file away, for as long as the scores may be changed. Raises ValidationError."""
    _open(file.evaluation, file.item, by)
    delete_rows([file], by=by)


def _open(evaluation, item, by):
    """The evaluation, locked, where `by` may still change what belongs to the item's score."""
    refuse_published(locked_scheme(evaluation.scheme))
    rows = Evaluation.objects.select_for_update(of=("self",)).select_related("person", "village")
    kept, county = rows.get(pk=evaluation.pk), by.has_perm("awards.grade_evaluation")
    refuse_closed(kept, county=county)
    if item.source == EvaluationItem.Source.COUNTY and not county:
        raise ValidationError(f"“{item.title}”由县里评分，佐证材料也由县里上传。")
    return kept
