"""What tables of a county's own rounds share: who may write them, and that a refused row leaves nothing behind."""

from rosters.comparison import Comparison, Verdict

COUNTY_DIGITS = 6


def of_county(scope):
    """The code of the county that the rows are about."""
    return scope.code[:COUNTY_DIGITS]


def may_write(scope):
    """True for the county itself: a township reads its rounds and changes nothing."""
    return len(scope.code) == COUNTY_DIGITS


def compare(rows, kept, problems, take, by=""):
    """A Comparison: `problems(row)` are what a field cannot hold; `take(row, verdict, kept)` decides the rest. Rows are taken
    in the order of the column `by`, a date, where one is named: what is earlier may be referred to by what is later."""
    verdicts = [Verdict() for _ in rows]
    pairs = sorted(zip(rows, verdicts, strict=True), key=lambda pair: pair[0].values.get(by) or "")
    for row, verdict in pairs:
        if row.refused:
            continue
        for problem in problems(row):
            verdict.refuse(*problem)
        if not verdict.refused:
            take(row, verdict, kept)
    return Comparison(verdicts, kept.plan)


class Stated:
    """The values of instances before a row said something of them."""

    def __init__(self, *instances):
        self.before = [(one, dict(vars(one))) for one in instances if one is not None]

    def take_back(self):
        for one, values in self.before:
            vars(one).clear()
            vars(one).update(values)


def missing(row, needed):
    """What a new one needs and the row lacks: `needed` = ((column, label), …)."""
    for name, label in needed:
        if row.values.get(name) in (None, ""):
            yield (name, f"missing_field:{name}", f"{label}没有填，新登记的要填")


def whole(row, numbers):
    """Numbers that are none of what is asked: `numbers` = ((column, label, least, most), …)."""
    for name, label, least, most in numbers:
        typed = row.values.get(name)
        if typed not in (None, "") and (typed != int(typed) or not least <= typed <= most):
            yield (name, "not_whole", f"“{typed}”不是{label}，请填 {least} 到 {most} 的整数")
