"""Writes of periodic checks: the check with its items, findings, follow-up and closing."""

from django.core.exceptions import ValidationError
from django.db import transaction

from awards.models import InspectionFinding, InspectionFollowUp, InspectionItem
from core.writes import change_rows, create_rows


@transaction.atomic
def inspect(inspection, titles, *, by):
    """Insert an unsaved check with an item for each title."""
    created = create_rows([inspection], by=by)[0]
    create_rows([InspectionItem(inspection=created, title=title) for title in titles], by=by)
    return created


def find_problems(findings, *, by):
    """Insert unsaved findings of checks."""
    return create_rows(findings, by=by)


@transaction.atomic
def follow_up(step, *, by):
    """Insert an unsaved step of following a finding up; not once that was closed."""
    finding = _locked(step.finding)
    if finding.closed_on:
        raise ValidationError("这个问题已经销号，不再登记整改进展。")
    if step.on < finding.inspection.on:
        raise ValidationError(f"日期早于检查日期 {finding.inspection.on:%Y-%m-%d}，请核对。")
    return create_rows([step], by=by)[0]


@transaction.atomic
def close_finding(finding, *, on, result, by):
    """Close a finding (销号) that was followed up at least once. Raises ValidationError."""
    kept = _locked(finding)
    if kept.closed_on:
        raise ValidationError("这个问题已经销号。")
    last = kept.follow_ups.order_by("-on", "-pk").first()
    if last is None:
        raise ValidationError("还没有登记整改进展，不能销号。")
    if on < last.on:
        raise ValidationError(f"销号日期早于最后一次整改进展 {last.on:%Y-%m-%d}，请核对。")
    kept.closed_on, kept.result = on, result
    return change_rows([kept], ["closed_on", "result"], by=by, reason=result)


@transaction.atomic
def write_findings(new, changed, steps, closed, *, by, batch=None):
    """Findings from a roster, checked by its comparison under a lock: `steps` [(finding, on, done)] follow them up and
    `closed` [(finding, on, result)] close them."""
    made = {_key(one): one for one in create_rows(new, by=by, batch=batch)}
    change_rows(changed, ["responsible", "due"], by=by, batch=batch)
    unit = by.division.name
    told = [
        InspectionFollowUp(finding=made.get(_key(one), one), on=on, done=done, by_unit=unit) for one, on, done in steps
    ]
    create_rows(told, by=by, batch=batch)
    closing = []
    for one, on, result in closed:
        kept = made.get(_key(one), one)
        kept.closed_on, kept.result = on, result
        closing.append(kept)
    change_rows(closing, ["closed_on", "result"], by=by, batch=batch)


def _key(finding):
    return finding.village_id, finding.item_id, finding.problem


def _locked(finding):
    rows = InspectionFinding.objects.select_for_update(of=("self",)).select_related("inspection", "village")
    return rows.get(pk=finding.pk)
