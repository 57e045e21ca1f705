"""Writes about award schemes and their rounds."""

from django.core.exceptions import ValidationError
from django.db import transaction

from awards.models import AwardQuota, AwardRound
from core.writes import change_rows, create_rows, delete_rows

SCHEME = ("name", "level", "approval_no", "individual_places", "collective_places", "remarks")
ROUND = (
    "scheme", "year", "name", "opens_on", "closes_on", "document_no", "individual_places", "collective_places",
    "individual_bonus", "collective_bonus", "material", "honours", "remarks",
)  # fmt: skip


def set_up_schemes(schemes, *, by, batch=None):
    """Insert unsaved award schemes."""
    return create_rows(schemes, by=by, batch=batch)


def change_scheme(scheme, *, by):
    return change_rows([scheme], list(SCHEME), by=by)


@transaction.atomic
def open_rounds(rounds, *, by, quotas=(), batch=None):
    """Insert unsaved rounds of award schemes; `quotas` has for each {township code: (individuals, collectives)}."""
    created = create_rows(rounds, by=by, batch=batch)
    for held, given in zip(created, quotas, strict=False):
        create_rows(_quotas(held, given), by=by)
    return created


def give_quotas(quotas, *, by, batch=None):
    """Insert unsaved quotas of townships."""
    return create_rows(quotas, by=by, batch=batch)


def _quotas(held, given):
    return [
        AwardQuota(round=held, township_id=code, individuals=individuals, collectives=collectives)
        for code, (individuals, collectives) in sorted(given.items())
    ]


@transaction.atomic
def change_round(held, *, quotas, by):
    """Write a changed round with its quotas; no fewer places than were awarded in it. Raises ValidationError."""
    AwardRound.objects.select_for_update().get(pk=held.pk)
    _refuse_too_few(held)
    change_rows([held], list(ROUND), by=by)
    kept = {row.township_id: row for row in held.quotas.order_by("township_id")}
    delete_rows([row for code, row in kept.items() if code not in quotas], by=by)
    changed = [row for code, row in kept.items() if code in quotas]
    for row in changed:
        row.individuals, row.collectives = quotas[row.township_id]
    change_rows(changed, ["individuals", "collectives"], by=by)
    create_rows(_quotas(held, {code: given for code, given in quotas.items() if code not in kept}), by=by)


def _refuse_too_few(held):
    awarded = list(held.nominations.filter(award__isnull=False).values_list("nominee_type", flat=True).order_by())
    for kind, places in (("individual", held.individual_places), ("collective", held.collective_places)):
        if places is not None and awarded.count(kind) > places:
            raise ValidationError("已经表彰的超过改后的名额，请先核对名额。")
