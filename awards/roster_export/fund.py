"""The fund's budgets and ledger as rows of its roster: for export and for the template's drop-downs."""

from awards.models import AwardScheme, FundBudget, FundEntry
from awards.roster_export.values import amount, exact
from core.periods import dated_by

KINDS = {"budget": "预算"} | dict(FundEntry.Kind.choices)


def rows(code, on):
    """Every budget until the year of `on` and every entry until the day that was not sent back, of the fund of the division."""
    budgets = FundBudget.objects.filter(fund__division_id=code, year__lte=on.year).order_by("year", "pk")
    entries = FundEntry.objects.filter(dated_by(on, "on"), fund__division_id=code).exclude(state="rejected")
    entries = entries.select_related("award__scheme").order_by("on", "pk")
    return [_budget(row) for row in budgets] + [_entry(row) for row in entries]


def _budget(row):
    return {
        "fund_kind": KINDS["budget"],
        "fund_year": str(row.year),
        "fund_amount": amount(row.amount),
        "fund_basis": row.document_no,
    }


def _entry(row):
    return {
        "fund_kind": KINDS[row.kind],
        "fund_day": exact(row.on),
        "fund_amount": amount(row.amount),
        "fund_form": row.get_form_display() or None,
        "fund_party": row.party,
        "fund_basis": row.basis,
        "award_scheme": row.award.scheme.name if row.award_id else None,
        "award_year": str(row.award.year) if row.award_id else None,
        "fund_note": row.note,
    }


def choices(code, on):
    names = AwardScheme.objects.filter(division_id=code).order_by("name").values_list("name", flat=True)
    return {"fund_kind": list(KINDS.values()), "fund_form": FundEntry.Form.labels, "award_scheme": list(names)}
