"""Rows that name a township and no village: which township that is, and whether the row is ours at all."""

from dataclasses import replace

from rosters.comparison import outside
from villages.models import Division

COUNTY_DIGITS = 6


def codes_of(rows, scope):
    """The code of the township that each row names, or None; names of other counties are not known."""
    names = {row.values.get("township") for row in rows} - {None, ""}
    named = Division.objects.below(scope.code[:COUNTY_DIGITS]).townships().filter(name__in=names)
    codes = dict(named.values_list("name", "code"))
    return [codes.get(row.values.get("township")) for row in rows]


def placed(rows, scope):
    """The rows, those of a township elsewhere standing there even without a village: of their people nothing is told."""
    return [
        replace(row, village_code=code) if code and not row.village_code and outside(code, scope.code) else row
        for row, code in zip(rows, codes_of(rows, scope), strict=True)
    ]
