"""What tables of the county's own things share: a row is a thing with one of its parts (a college and a major, a teacher and
a course, a round of elections and a step); a township reads what serves it and changes nothing."""

from dataclasses import dataclass, field

from core.writes import change_rows
from rosters.comparison import Comparison, Verdict


@dataclass
class Plan:
    """New things and new parts, and kept ones that change {(model, key): (row, names of its fields)}."""

    things: list = field(default_factory=list)
    parts: list = field(default_factory=list)
    changed: dict = field(default_factory=dict)

    def note(self, one, names):
        """Remember what a row changes of a kept one; several rows may name the same thing."""
        if one is not None and names and one.pk:
            _, before = self.changed.get((type(one), one.pk), (one, set()))
            self.changed[type(one), one.pk] = (one, before | names)

    def write_changes(self, *models, by, batch):
        """Write what changes of kept rows, a model after the other."""
        for model in models:
            changed = [(one, names) for (kind, _), (one, names) in self.changed.items() if kind is model]
            names = sorted(set().union(*(found for _, found in changed)))
            change_rows([one for one, _ in changed], names, by=by, batch=batch)


@dataclass(frozen=True)
class Said:
    """What a row says of a thing or a part: the row meant (or None), the names of its changed fields, whether it is new,
    and the column and text by which a new one is told."""

    one: object
    names: set
    is_new: bool
    column: str
    text: str = ""


def compare(rows, kept, problems, take):
    """A Comparison: `problems(row)` are what the database would refuse; `take(row, verdict, kept)` decides the rest."""
    verdicts = [Verdict() for _ in rows]
    for row, verdict in zip(rows, verdicts, strict=True):
        if not row.refused:
            for problem in problems(row):
                verdict.refuse(*problem)
            if not verdict.refused:
                take(row, verdict, kept)
    return Comparison(verdicts, kept.plan)


def settle(verdict, plan, thing, part):
    """Put what a row says of both into the plan, and say whether the row is new, changed or as it was."""
    if thing.is_new:
        plan.things.append(thing.one)
    if part.is_new:
        plan.parts.append(part.one)
    for said in (thing, part):
        plan.note(said.one, said.names)
    fresh = [said for said in (thing, part) if said.is_new]
    if fresh:
        verdict.diff = {fresh[0].column: (None, fresh[0].text)}
    verdict.change = "new" if fresh else "changed" if verdict.diff else "unchanged"


def misfits(row, names, fields):
    """What does not fit its column: `names` = ((column, model, attribute), …), `fields` = ((RoleFields, model), …)."""
    for name, model, attribute in names:
        kept = model._meta.get_field(attribute)
        if len(row.values.get(name) or "") > kept.max_length:
            yield (name, "too_long", f"{kept.verbose_name}超过 {kept.max_length} 个字，请核对")
    for ones, model in fields:
        for one in ones:
            if found := one.misfit(row, model._meta.get_field(one.attribute)):
                yield found
