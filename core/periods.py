"""Periods with an inclusive last day, and ages in full years: the only place that writes a date condition."""

import calendar
import dataclasses
import datetime

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField
from django.db.models import DateField, F, Func, IntegerField, Q, Value
from django.db.models.constraints import CheckConstraint


def in_force(on, via=""):
    """A condition: the period [start, end] (end inclusive, null = still running) contains the date `on`.

    `via` is the path to the dated row, such as "appointments__"."""
    return Q(**{f"{via}start__lte": on}) & (Q(**{f"{via}end__isnull": True}) | Q(**{f"{via}end__gte": on}))


def begun(on):
    """A condition: the period has begun by `on`, whether or not it has ended."""
    return Q(start__lte=on)


def ended(on):
    """A condition: the period's last day lies before `on`."""
    return Q(end__lt=on)


def year_to_date(on, name):
    """A condition: the date field `name` lies in the calendar year of `on`, not after it."""
    return Q(**{f"{name}__gte": on.replace(month=1, day=1), f"{name}__lte": on})


def year_before(on, name):
    """A condition: the date field `name` lies in the twelve months up to `on`, itself included."""
    return Q(**{f"{name}__gt": birthday_bound(on, 1), f"{name}__lte": on})


def date_range():
    """The SQL daterange of a dated row, for exclusion constraints."""
    return Func(F("start"), F("end"), Value("[]"), function="daterange", output_field=DateRangeField())


class NoOverlap(ExclusionConstraint):
    """An exclusion constraint over periods that, in a form, leaves to the other messages what is wrong already.

    Django's own fails with an error of the database on an end before the start, and with one of the ORM on a wrong
    choice in a field of its condition. It names fields (F("person")), never columns: an F("person_id") would not be
    replaced by the form's value and each row would overlap itself."""

    def validate(self, model, instance, exclude=None, **options):
        if instance.start is None or (instance.end is not None and instance.end < instance.start):
            return
        if self.condition is not None and self.condition.referenced_base_fields & set(exclude or ()):
            return
        super().validate(model, instance, exclude=exclude, **options)

    def deconstruct(self):
        _, args, kwargs = super().deconstruct()
        return f"{ExclusionConstraint.__module__}.{ExclusionConstraint.__qualname__}", args, kwargs


def end_not_before_start(prefix):
    """The constraint that every dated model carries."""
    return CheckConstraint(
        condition=Q(end__isnull=True) | Q(end__gte=F("start")),
        name=f"{prefix}_end_not_before_start",
        violation_error_message="结束日期早于开始日期，请核对两个日期。",
    )


def age_on(birth, on):
    """Full years (周岁) of somebody born on `birth`, on the date `on`; the birthday itself counts."""
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def birthday_bound(on, years):
    """Born on or before this date = at least `years` full years old on `on`."""
    try:
        return on.replace(year=on.year - years)
    except ValueError:  # 29 February
        return on.replace(year=on.year - years, day=28)


def months_before(on, months):
    """The day `months` months before `on`, the last of its month where there is no such day."""
    year, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(on.day, last))


def dated_by(on, name):
    """A condition: the date field `name` is on or before `on`."""
    return Q(**{f"{name}__lte": on})


def dated_after(on, name):
    """A condition: the date field `name` is after `on`."""
    return Q(**{f"{name}__gt": on})


def dated_before(on, name):
    """A condition: the date field `name` is before `on`."""
    return Q(**{f"{name}__lt": on})


def between(first, last, name):
    """A condition: the date (or year) in the field `name` lies from `first` to `last`, both included."""
    return Q(**{f"{name}__gte": first, f"{name}__lte": last})


def at_least(years, on, name):
    """A condition: somebody born on the date in the field `name` is at least `years` full years old on `on`."""
    return Q(**{f"{name}__lte": birthday_bound(on, years)})


def at_most(years, on, name):
    """A condition: somebody born on the date in the field `name` is `years` full years old or younger on `on`."""
    return Q(**{f"{name}__gt": birthday_bound(on, years + 1)})


def years_after(name, years):
    """The date `years` full years after the one in the field `name`, as an SQL expression."""
    return Func(
        F(name),
        Value(years),
        arg_joiner=" + make_interval(years => ",
        template="((%(expressions)s))::date)",
        output_field=DateField(),
    )


def months_after(name, months):
    """The date `months` (a number or an expression) after the one in the field `name`, as an SQL expression."""
    return Func(
        F(name),
        months if hasattr(months, "resolve_expression") else Value(months),
        arg_joiner=" + make_interval(months => ",
        template="((%(expressions)s))::date)",
        output_field=DateField(),
    )


def years_before(on, name):
    """The date as many full years before `on` as the field `name` says, as an SQL expression."""
    return Func(
        Value(on, output_field=DateField()),
        F(name),
        arg_joiner=" - make_interval(years => ",
        template="((%(expressions)s))::date)",
        output_field=DateField(),
    )


def length_in_days():
    """The days from `start` to `end` of a dated row, both included, as an SQL expression."""
    return Func(
        F("end"), F("start"), arg_joiner=" - ", template="((%(expressions)s) + 1)", output_field=IntegerField()
    )  # fmt: skip


def within_days(on, days, name):
    """A condition: the date in the field `name` has passed on `on`, or is at most `days` days away."""
    return Q(**{f"{name}__lte": on + datetime.timedelta(days)})


def meets_year(year, via=""):
    """A condition: the period [start, end] contains at least one day of the calendar year `year`."""
    return Q(**{f"{via}start__lte": datetime.date(year, 12, 31)}) & (
        Q(**{f"{via}end__isnull": True}) | Q(**{f"{via}end__gte": datetime.date(year, 1, 1)})
    )


@dataclasses.dataclass(frozen=True)
class Month:
    """A month of the year of a date: its first day, and whether its last day has come on that date."""

    first: datetime.date
    over: bool


def month_of(on, number):
    """The Month `number` (1 to 12) of the year of `on`."""
    last = datetime.date(on.year, number, calendar.monthrange(on.year, number)[1])
    return Month(last.replace(day=1), on >= last)


def month(day):
    """A date as the field prints it, yyyy.MM; nothing for None."""
    return f"{day:%Y.%m}" if day else ""
