"""Award rounds with their quotas as rows of a roster: for export and for the template's drop-downs."""

from django.db.models import Prefetch

from awards.models import AwardQuota, AwardRound, AwardScheme
from awards.roster_export.values import amount, exact
from core.scope import ancestors
from villages.models import Division


def rows(code, on):
    """The rounds until the year of `on` of the schemes of the division `code`, a row for each township with a quota."""
    quotas = Prefetch("quotas", AwardQuota.objects.select_related("township").order_by("township_id", "pk"))
    found = AwardRound.objects.filter(scheme__division_id=code, year__lte=on.year).select_related("scheme")
    found = found.prefetch_related(quotas).order_by("-year", "scheme_id", "name", "pk")
    return [_round(held) | _quota(quota) for held in found for quota in held.quotas.all() or [None]]


def _round(held):
    return {
        "award_scheme": held.scheme.name,
        "scheme_level": held.scheme.get_level_display(),
        "scheme_approval": held.scheme.approval_no,
        "award_year": str(held.year),
        "round_name": held.name,
        "round_document": held.document_no,
        "round_opens": exact(held.opens_on),
        "round_closes": exact(held.closes_on),
        "round_individuals": _count(held.individual_places),
        "round_collectives": _count(held.collective_places),
        "round_individual_bonus": amount(held.individual_bonus),
        "round_collective_bonus": amount(held.collective_bonus),
    }


def _quota(quota):
    if quota is None:
        return {}
    return {
        "township": quota.township.name,
        "quota_individuals": str(quota.individuals),
        "quota_collectives": str(quota.collectives),
    }


def _count(places):
    return None if places is None else str(places)


def choices(code, on):
    names = AwardScheme.objects.filter(division_id__in=ancestors(code)).order_by("name").values_list("name", flat=True)
    townships = Division.objects.townships().below(code).order_by("code").values_list("name", flat=True)
    return {
        "award_scheme": list(dict.fromkeys(names)),
        "scheme_level": AwardScheme.Level.labels,
        "township": list(dict.fromkeys(townships)),
    }
