"""Rosters about one role of people against the database: what each row would change, and writing it as one set."""

from collections import defaultdict
from dataclasses import dataclass, field

from core.writes import change_rows
from rosters.cleaning.persons import is_misspelt_phone
from rosters.comparison import Comparison, Verdict
from talent.roster_apply import who
from talent.roster_apply.educations import Educations, kept_of
from talent.roster_apply.people import People, too_long
from talent.roster_apply.role_kinds import Case, meant, restate
from talent.roster_apply.write import write_people
from villages.models import Village

MANAGED_BESIDE = "此人档案现由本单位另一个村管理，这里只记入本村名册，档案所在村不变"


@dataclass
class RolePlan:
    """What `write` writes. `keys` says whose each row is, `new` are [(row index, key of its person, role)]."""

    kind: object
    people: People
    educations: Educations
    keys: list
    new: list = field(default_factory=list)
    changed: dict = field(default_factory=dict)  # pk → (role, {names}, row index)


def compare(kind, rows, scope):
    """A Comparison of rows (`rosters.comparison.Row`) of a roster about the role `kind` (RoleKind)."""
    verdicts = [Verdict() for _ in rows]
    known = who.identify(rows, verdicts, scope, kind.is_person)
    for row, verdict in zip(rows, verdicts, strict=True):
        if (found := too_long(row)) and not verdict.refused:
            verdict.refuse(*found)
    repeated = who.repeated(known.keys)
    people = People(known.people, repeated, kind.left_out)
    plan = RolePlan(kind, people, Educations(kept_of(known.people.values()), repeated), known.keys)
    roles = _Roles(kind, scope, plan, known.people)
    for index, (row, verdict) in enumerate(zip(rows, verdicts, strict=True)):
        if not row.refused and not verdict.refused:
            roles.take(index, row, verdict)
    who.hint_known(rows, verdicts, known, scope)
    who.hint_former(rows, verdicts, known)
    return Comparison(verdicts, plan)


class _Roles:
    """Takes row after row; what is kept was read before, with one query."""

    def __init__(self, kind, scope, plan, people):
        self.kind, self.scope, self.plan = kind, scope, plan
        self.said = {}  # (key of the person, key of the role) → row
        ids = [person.pk for person in people.values()]
        self.around = kind.around(ids, scope)
        found = kind.kept(ids, scope).order_by("pk")
        self.model_fields = [(one, found.model._meta.get_field(one.attribute)) for one in kind.fields]
        if scope.lock:
            found = found.select_for_update(of=("self",))
        self.kept = defaultdict(list)
        for role in found:
            self.kept[getattr(role, "person_id", None)].append(role)

    def take(self, index, row, verdict):
        kind, person_key = self.kind, self.plan.keys[index]
        is_person = kind.is_person(row.values)
        was = self.plan.people.existing.get(person_key)
        keys = kind.keys(row)
        kept = self.kept[was.pk if was else None] if was or not is_person else []
        for misfit in filter(None, (one.misfit(row, kept_in) for one, kept_in in self.model_fields)):
            verdict.refuse(*misfit)
        for key in keys:
            case = Case(row, was, key, kept, self.scope, self.around)
            for tell, check in ((verdict.refuse, kind.check), (verdict.warn, kind.note)):
                if found := check(case):
                    tell(*found)
        verdict.problems = list(dict.fromkeys(verdict.problems))  # two roles of a row, one reason
        if verdict.refused:
            return
        if is_person:
            self._take_person(person_key, row, verdict, was)
        begun = [(key, role) for key in keys if (role := self._take_role(index, row, verdict, key, kept))]
        if begun:
            self._show_new(begun, verdict)
        if was is None and is_person:
            verdict.diff = {}
        elif is_person and row.village_code and was.village_id != row.village_code and "village" not in kind.left_out:
            verdict.hint("village", "managed_in_other_village", MANAGED_BESIDE)
        verdict.change = "new" if begun else "changed" if verdict.diff else "unchanged"

    def _show_new(self, begun, verdict):
        name, text = self.kind.show
        verdict.diff[name] = (None, "、".join(text(key, role) for key, role in begun))

    def _take_person(self, key, row, verdict, was):
        self.plan.people.take(key, row, verdict)
        if self.kind.states_education or was is None:
            self.plan.educations.take(key, was, row, verdict)
        if is_misspelt_phone(row):
            verdict.hint("phone", "phone_left_out", "这个电话不入库，原有电话保留")

    def _take_role(self, index, row, verdict, key, kept):
        """The role where it is a new one, else None."""
        said = self.said.setdefault((self.plan.keys[index], key), row)
        if said is not row:
            verdict.warn(self.kind.show[0], "differs_in_file", f"与{said.place}是同一人，按{said.place}入库")
            return None
        current = [role for role in kept if self.kind.key_of(role) == key and self.kind.current(role, self.scope)]
        if current:
            self._change(index, row, verdict, meant(current, self.scope.as_of))
            return None
        role = self.kind.new(key, row.values, self._village(index, row), self.scope)
        self._state(role, row)
        self.kind.settle(role, row.values)
        self.plan.new.append((index, self.plan.keys[index], role))
        if self.kind.start_field and not row.values.get(self.kind.start_field):
            message = f"没有填，按数据日期 {self.scope.as_of:%Y.%m.%d} 记"
            verdict.hint(self.kind.start_field, "start_assumed", message)
        return role

    def _village(self, index, row):
        was = self.plan.people.existing.get(self.plan.keys[index])
        return row.village_code or (was.village_id if was else None)

    def _state(self, role, row):
        for one in self.kind.fields:
            if not one.says_nothing(row):
                setattr(role, one.attribute, one.keep(row.values[one.field]))

    def _change(self, index, row, verdict, role):
        names = restate(role, row, self.kind.fields, verdict.diff)
        names.update(self.kind.settle(role, row.values))
        if names:
            self.plan.changed[role.pk] = (role, names, index)


def write(plan, *, by, batch):
    """Write the plan of a comparison."""
    write_people(plan, by, batch)
    changed = [role for role, _, _ in plan.changed.values()]
    names = sorted(set().union(*(names for _, names, _ in plan.changed.values())))
    written = [role for _, _, role in plan.new]
    _attach(plan, [*changed, *written])
    if changed:
        change_rows(changed, names, by=by, batch=batch)
    if written:
        plan.kind.write(written, by=by, batch=batch)
    if plan.kind.after:
        plan.kind.after([*changed, *written], by=by, batch=batch)


def _attach(plan, roles):
    """Give the roles the people and villages that they and their audit lines name, with one query for all."""
    for _, key, role in plan.new:
        if (person := plan.people.get(key)) is not None:
            role.person = person
    people = {person.pk: person for person in plan.people.existing.values()}
    villages = Village.objects.in_bulk({role.village_id for role in roles if role.village_id}, field_name="code")
    for role in roles:
        if role.village_id:
            role.village = villages[role.village_id]
        if role.pk and role.person_id in people:
            role.person = people[role.person_id]
