"""One-point ranges: an exclusion constraint can compare them without the btree_gist extension."""

from django.contrib.postgres.fields import BigIntegerRangeField
from django.db.models import BigIntegerField, F, Func, Value
from django.db.models.functions import Cast


def _point(expression):
    return Func(expression, expression, Value("[]"), function="int8range", output_field=BigIntegerRangeField())


def id_range_of(field):
    """The range that holds just the integer key of the relation `field`."""
    return _point(F(field))


def code_range_of(field):
    """The range that holds just the village code of the relation `field`."""
    return _point(Cast(F(field), BigIntegerField()))


def choice_range_of(field):
    """The range that holds just the 64-bit hash of the choice in `field`."""
    return _point(Func(F(field), Value(0), function="hashtextextended", output_field=BigIntegerField()))
