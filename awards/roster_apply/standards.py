"""A table of pay standards against those of the county: a row is a post in a year."""

from awards import actions
from awards.models import SafeguardStandard
from awards.roster_apply.county import COUNTY_DIGITS, Plan, judged, money, wrong_money
from talent.roster_apply.role_kinds import restate, text

NOT_YOURS = ("standard_post", "standard_of_county", "报酬标准由县委组织部定，这里不能改动")
NO_BASIS = ("standard_no", "missing_field:standard_no", "依据（文号）没有填，请补上")
AMOUNTS = {"standard_basic": "basic", "standard_performance": "performance", "standard_allowance": "allowance"}
FIELDS = (*(money(field, attribute) for field, attribute in AMOUNTS.items()), text("standard_no", "document_no"))


def identities(values, fields, context):
    """The same post in the same year is the same row."""
    return [("standard", values.get("standard_year"), values.get("standard_post"))]


def compare(rows, scope):
    """A Comparison of rows with the standards of the county that the division `scope.code` lies in."""
    found = SafeguardStandard.objects.filter(division_id=scope.code[:COUNTY_DIGITS])
    found = found.select_for_update(of=("self",)) if scope.lock else found
    kept, plan = {(row.year, row.post): row for row in found.order_by("pk")}, Plan()
    return judged(
        rows, plan, lambda row: _problems(row, scope), lambda row, verdict: _take(row, verdict, kept, plan, scope)
    )


def _problems(row, scope):
    year = row.values["standard_year"]
    if year != int(year) or not 1949 <= year <= scope.as_of.year + 1:
        yield (
            "standard_year",
            "year_out_of_range",
            f"“{year:g}”不是年度，请填四位年份，不晚于 {scope.as_of.year + 1} 年",
        )
    yield from wrong_money(row, AMOUNTS)
    for one in FIELDS:
        if found := one.misfit(row, SafeguardStandard._meta.get_field(one.attribute)):
            yield found


def _take(row, verdict, kept, plan, scope):
    key = (int(row.values["standard_year"]), row.values["standard_post"])
    one = kept.get(key)
    is_new = one is None
    one = one or SafeguardStandard(division_id=scope.code, year=key[0], post=key[1])
    names = restate(one, row, FIELDS, verdict.diff)
    if is_new and len(scope.code) == COUNTY_DIGITS and not one.document_no:
        verdict.refuse(*NO_BASIS)
    elif (is_new or names) and len(scope.code) != COUNTY_DIGITS:
        verdict.refuse(*NOT_YOURS)
    else:
        plan.note(one, names, is_new)
        verdict.change = "new" if is_new else "changed" if names else "unchanged"


def write(plan, *, by, batch):
    """Write the plan."""
    actions.write_standards(plan.new, plan.changed, by=by, batch=batch)
