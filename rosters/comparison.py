"""What a roster's own comparison with the database takes and gives."""

import datetime
from dataclasses import dataclass, field

from core.scope import inside
from rosters.problems import Problem, outcome, place_name

CLEARED = "cleared"  # the key of a row's values under which the fields stand that it says to empty

# The same for yes/no fields whose cell is blank: that reads as no, and still leaves things as they are.
SILENT = "silent"


@dataclass(frozen=True)
class Scope:
    """For whom and as of when rows are compared; `code` is the division whose villages and people may be written.
    With `lock` what is compared stays locked until the transaction ends: the rows are about to be written. `target_id` is
    what the rows are about where the kind has a `Target`."""

    code: str
    as_of: datetime.date
    lock: bool = False
    target_id: int | None = None


@dataclass(slots=True)
class Row:
    """A row to compare: read from a file just now, stored with an upload, or given by a page or REST."""

    order: int
    excel_row: int
    values: dict
    village_code: str | None
    problems: list
    at: str = ""  # where it stands, for one that is no row of its file (C 列)

    @property
    def place(self):
        """How the row is called in messages."""
        return place_name(self.at, self.excel_row)

    @property
    def cleared(self):
        """The fields that the row says to empty (清空), as against blank cells, which leave things as they are."""
        return self.values.get(CLEARED, ())

    def is_silent(self, name):
        """True when a yes/no field's cell is blank."""
        return name in self.values.get(SILENT, ())

    @property
    def refused(self):
        """True when the row itself cannot be imported."""
        return outcome(self.problems) == "error"


@dataclass(slots=True)
class Verdict:
    """What the comparison says of one row: `change` is new, changed, unchanged or none; `diff` {field: (old, new)} as
    texts to show, ID number and phone masked; `problems` are added to those of the reading. `answers` {code: Problem} are what
    the ledger answers of those: each is told in place of the problem of that code."""

    change: str = "none"
    problems: list[Problem] = field(default_factory=list)
    diff: dict = field(default_factory=dict)
    answers: dict | None = None

    def refuse(self, *problem):
        self.problems.append(Problem(*problem[:2], "error", problem[2]))
        self.change, self.diff = "none", {}

    def warn(self, *problem):
        self.problems.append(Problem(*problem[:2], "warn", problem[2]))

    def hint(self, *problem):
        self.problems.append(Problem(*problem[:2], "info", problem[2]))

    def answer(self, row, code, *problem):
        """The row has no problem `code` any more, as what was asked is in the ledger; `problem` is the hint that says so."""
        row.problems = [found for found in row.problems if found.code != code]
        self.answers = {**(self.answers or {}), code: Problem(*problem[:2], "info", problem[2])}

    @property
    def refused(self):
        return any(problem.level == "error" for problem in self.problems)


@dataclass
class Comparison:
    """`verdicts` in the order of the rows; `plan` is what the roster's `apply` will write."""

    verdicts: list[Verdict]
    plan: object = None

    @classmethod
    def refused(cls, rows, problem):
        """Every row refused for one `problem` (field, code, message), with nothing to write."""
        verdicts = [Verdict() for _ in rows]
        for verdict in verdicts:
            verdict.refuse(*problem)
        return cls(verdicts)


def outside(village_code, code):
    """True when the village is not one of the division `code`."""
    return not inside(village_code, code)


OUTSIDE = ("village", "outside_scope", "不是本单位所辖的村，请核对乡镇和村名；其他乡镇的村由当地填报")
