"""What the comparison says, kept at the stored rows: verdicts, counts, and a fingerprint of all of it."""

import hashlib
import json
from dataclasses import asdict, dataclass, field

from core.collecting import unpacked
from core.fields import digest
from rosters.comparison import Row, Scope
from rosters.models import UploadRow
from rosters.problems import Problem, outcome

ASKED = "asked"  # at a problem's answer: the problem itself
READING = "reading"  # a problem that the file itself has, as against one found by comparing


@dataclass(slots=True)
class Stored:
    """A row of an upload on its way into UploadRow or from it: its columns, without the weight of a model's instance."""

    order: int
    excel_row: int
    village_code: str
    values: dict
    problems: list
    corrections: dict | None = None
    pk: int | None = None
    sheet: str | None = None
    packed: tuple | None = None  # what was typed
    above: dict = field(default_factory=dict)
    outcome: str = ""
    change: str = UploadRow.Change.NONE.value
    diff: dict | None = None

    @property
    def typed(self):
        return unpacked(self.packed)


def scope_of(kept, lock=False):
    """For whom, as of when and about what the rows of an upload are compared."""
    return Scope(code=kept.division_id, as_of=kept.as_of, lock=lock, target_id=kept.target_id)


def as_json(problem, stage):
    found = {**asdict(problem), "texts": list(problem.texts), "stage": stage}
    return found if problem.texts else {name: value for name, value in found.items() if name != "texts"}


def take_verdicts(stored, verdicts):
    """Put what the comparison says into the rows, in place of what an earlier one said."""
    for row, verdict in zip(stored, verdicts, strict=True):
        own = [_told(problem, verdict.answers) for problem in row.problems if problem["stage"] == READING]
        row.problems = own + [as_json(found, "compare") for found in verdict.problems]
        row.outcome = outcome([_as_problem(problem) for problem in row.problems])
        row.change = verdict.change
        row.diff = {name: list(texts) for name, texts in verdict.diff.items()} or None


def _told(problem, answers):
    """A problem of the reading, or what the comparison says in its place; the next comparison judges it anew."""
    asked = problem.get(ASKED, problem)
    answer = (answers or {}).get(asked["code"])
    return {**as_json(answer, READING), ASKED: asked} if answer else asked


def _as_problem(stored):
    return Problem(stored["field"], stored["code"], stored["level"], stored["message"], tuple(stored.get("texts", ())))


def counts(stored):
    """{rows, accept, warn, error, new, changed, unchanged} of stored rows."""
    found = dict.fromkeys(("accept", "warn", "error", "new", "changed", "unchanged"), 0)
    for row in stored:
        found[row.outcome] += 1
        if row.change != UploadRow.Change.NONE:
            found[row.change] += 1
    return {"rows": len(stored), **found}


def fingerprint(stored):
    """A keyed digest of everything the preview shows as going to happen."""
    shown = [
        (row.order, row.outcome, row.change, row.diff, row.corrections, [problem["code"] for problem in row.problems])
        for row in stored
    ]
    return digest(hashlib.sha256(json.dumps(shown, ensure_ascii=False, sort_keys=True).encode()).hexdigest())


def rows_to_compare(stored):
    """Stored rows as the comparison takes them, with the problems that the file itself has."""
    return [
        Row(
            row.order,
            row.excel_row,
            row.values,
            row.village_code or None,
            [_as_problem(problem.get(ASKED, problem)) for problem in row.problems if problem["stage"] == READING],
            row.above.get("at") or "",
        )
        for row in stored
    ]
