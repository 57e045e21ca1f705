"""Taking a batch back: its journal read from the end; whatever was edited since stays as it stands."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, connection, models, transaction
from django.db.models import Max, prefetch_related_objects
from django.utils import timezone

from core.jobs import say
from core.models import AuditEntry, JournalEntry
from core.writes import change_rows, create_rows, delete_rows

Verb = JournalEntry.Verb
GONE, AGAIN = "此后已被删除", "此后又重新建过"


@dataclass
class Effect:
    """What the batch did to one row in the end: the values before it (None: there was no such row), of the fields that it
    wrote, and after it (None: it deleted the row)."""

    before: dict | None
    after: dict | None

    def then(self, before, after):
        """A later step of the same batch; the oldest value of each field is the one before the batch."""
        if self.before is not None:
            self.before = {**(before or {}), **self.before}
        self.after = None if after is None else {**(self.after or {}), **after}


@dataclass(frozen=True)
class Step:
    """One set of rows of one model that the batch wrote at once: [[pk, before, after]]."""

    model: type
    verb: str
    rows: list


@dataclass(frozen=True)
class Reason:
    """Why a row stays; `subject` is the row whose latest audit line tells who did it and when."""

    why: str
    subject: tuple | None = None


@dataclass(frozen=True)
class Kept:
    """A row that stays, for whoever reads the list: what it is, why, who and when ("" and None where nothing tells)."""

    kind: str
    text: str
    why: str
    by: str
    at: object


class Reversal:
    """Taking back one batch: first `judge`, then `take`; `taken` and `kept` {(model, pk): …} say what becomes of the rows."""

    def __init__(self, batch):
        self.batch = batch
        entries = JournalEntry.objects.filter(batch=batch).order_by("-pk")
        self.steps = [Step(apps.get_model(entry.model), entry.verb, entry.rows) for entry in entries]
        self.effects = _effects(self.steps)
        self.rows, self.kept, self.idle = {}, {}, set()
        self._referring = {}

    @property
    def taken(self):
        """{(model, pk): Effect} of the rows that are taken back."""
        return {key: found for key, found in self.effects.items() if key not in self.kept and key not in self.idle}

    def judge(self):
        """Lock the rows as they are now, and decide which go and which stay; what only the database knows to refuse
        is not seen before `take`. Part of the caller's transaction."""
        say("核对此后的改动")
        self._lock()
        for key, effect in self.effects.items():
            self._judge(key, effect)
        self._keep_frozen()
        self._referring = self._references()
        self._keep_what_is_pointed_at(self._referring)

    @transaction.atomic
    def take(self, *, by, into):
        """Take back what was judged to go, as the batch `into`. A row that the database refuses stays, as a whole."""
        while refused := self._attempt(by, into):
            self.kept |= refused
            self._keep_what_is_pointed_at(self._referring)

    def _lock(self):
        """The rows as they are now, locked: who points at one of them in the meantime has to wait."""
        for model, keys in _by_model(self.effects).items():
            found = model._base_manager.select_for_update().filter(pk__in=[pk for _, pk in keys]).order_by("pk")
            rows = list(found)
            _attach(rows, model)  # now: by the time that they are named, what they point at may have gone
            self.rows |= {(model, row.pk): row for row in rows}
        self._join()

    def _join(self):
        """Let rows of the batch point at each other as they are here: a sheet still names its round when both have gone."""
        for (model, _), row in self.rows.items():
            for field in model._meta.concrete_fields:
                if field.is_relation and field.target_field.primary_key:
                    found = self.rows.get((field.related_model, getattr(row, field.attname)))
                    if found is not None:
                        setattr(row, field.name, found)

    def _judge(self, key, effect):
        row = self.rows.get(key)
        if effect.before is None and effect.after is None:
            self.idle.add(key)
        elif effect.after is None:
            if row is not None:
                self.kept[key] = Reason(AGAIN, key)
        elif row is None:
            self.kept[key] = Reason(GONE, key)
        elif edited := _differing(row, effect.after):
            if effect.before is not None and not _differing(row, effect.before):
                self.idle.add(key)  # somebody has put it back by hand
            else:
                self.kept[key] = Reason(f"此后又改过：{'、'.join(edited)}", key)

    def _keep_frozen(self):
        """The models say why nothing of a row may change any more. What freezes a row (its `frozen_by`) and was written by the
        batch itself is no reason to leave it so, nor the rows that it freezes with it."""
        here = {key: effect.before or {} for key, effect in self.taken.items() if key in self.rows}
        written = {
            key: {
                name: getattr(self.rows[key], name)
                for name in getattr(self.rows[key], "frozen_by", ())
                if name in before
            }
            for key, before in here.items()
        }
        for (model, pk), values in written.items():
            _put(self.rows[model, pk], {name: model._meta.get_field(name).get_default() for name in values})
        self.kept |= {key: Reason(why, key) for key in here if (why := getattr(self.rows[key], "frozen", ""))}
        for key, values in written.items():
            _put(self.rows[key], values)

    def _references(self):
        """{created row: [rows that point at it]}, with a query per relation."""
        created = [key for key, effect in self.taken.items() if effect.before is None]
        found = defaultdict(list)
        for model, keys in _by_model(created).items():
            rows = [self.rows[key] for key in keys]
            for field in _pointing_at(model):
                target = field.target_field.attname
                owner = {getattr(row, target): (model, row.pk) for row in rows}
                pointing = field.model._base_manager.filter(**{f"{field.name}__in": rows}).order_by("pk")
                for pk, value in pointing.values_list("pk", field.attname):
                    found[owner[value]].append((field.model, pk))
        return found

    def _keep_what_is_pointed_at(self, references):
        """A created row cannot go while a row that stays points at it; nor can, then, what that one points at."""
        while True:
            going = {key for key, effect in self.taken.items() if effect.before is None}
            held = {
                key: Reason(f"此后又有了与它相连的{reference[0]._meta.verbose_name}", reference)
                for key, pointing in references.items()
                if key in going
                for reference in pointing
                if reference not in going
            }
            if not held:
                return
            self.kept |= held

    def _attempt(self, by, into):
        """Write it all, or nothing and say which rows the database refused."""
        taken, done = self.taken.keys(), 0
        with transaction.atomic():
            _check_references("IMMEDIATE")
            for step in self.steps:
                rows = [row for row in step.rows if (step.model, row[0]) in taken]
                say(f"恢复{step.model._meta.verbose_name}", done)
                done += len(rows)
                refused = _refused(_work(step, by, into), _prepare(step, rows))
                if refused:
                    transaction.set_rollback(True)
                    return {(step.model, pk): Reason(why) for pk, why in refused.items()}
            _check_references("DEFERRED")
        return {}

    def counts(self):
        """[(kind, how many created rows went, changed ones are as before, deleted ones are back)], the most first."""
        found = defaultdict(Counter)
        for (model, _), effect in self.taken.items():
            verb = Verb.CREATE if effect.before is None else Verb.DELETE if effect.after is None else Verb.CHANGE
            found[model._meta.verbose_name][verb] += 1
        ranked = sorted(found.items(), key=lambda item: (-item[1].total(), item[0]))
        return [(kind, count[Verb.CREATE], count[Verb.CHANGE], count[Verb.DELETE]) for kind, count in ranked]

    def listed(self, sees):
        """[Kept], in the order of the batch. `sees(audit entry)` is False for whom the reader is not to be told about."""
        entries = self._who()
        return [self._told(key, reason, entries.get(reason.subject), sees) for key, reason in self.kept.items()]

    def text(self, key):
        """How a row is called, with whom or what it belongs to; "" for one that is not there."""
        row = self.rows.get(key)
        if row is None:
            return ""
        owner, _, further = getattr(row, "scope_path", "").partition("__")
        name = str(getattr(row, owner)) if further else ""
        return str(row) if name in str(row) else f"{name} {row}"

    def _told(self, key, reason, entry, sees):
        model, pk = key
        text = self.text(key) or (entry.object_text if entry else f"第 {pk} 条")
        by, at = "", entry.at if entry else None
        if entry is not None:
            by = "其他单位" if not sees(entry) else entry.by.name if entry.by else entry.by_name
        return Kept(model._meta.verbose_name, text, reason.why, by, at)

    def _who(self):
        """{row: its latest audit entry after the batch}, with a query per model."""
        last = AuditEntry.objects.filter(batch=self.batch).aggregate(last=Max("pk"))["last"] or 0
        subjects = {reason.subject for reason in self.kept.values() if reason.subject}
        found = {}
        for model, keys in _by_model(subjects).items():
            entries = AuditEntry.objects.filter(
                model=model._meta.label_lower, object_id__in=[str(pk) for _, pk in keys], pk__gt=last
            ).exclude(batch=self.batch)
            found |= {(model, int(entry.object_id)): entry for entry in entries.select_related("by").order_by("pk")}
        return found


def _effects(steps):
    """{(model, pk): Effect} of steps that stand in the order of an undo: the last one first."""
    found = {}
    for step in reversed(steps):
        for pk, before, after in step.rows:
            key = step.model, pk
            if key in found:
                found[key].then(before, after)
            else:
                found[key] = Effect(before, after)
    return found


def _by_model(keys):
    found = defaultdict(list)
    for key in keys:
        found[key[0]].append(key)
    return found


def _pointing_at(model):
    """The foreign keys, of whatever model, that lead to `model`."""
    relations = model._meta.get_fields(include_hidden=True)
    return [
        relation.field
        for relation in relations
        if relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one)
    ]


def _differing(row, values):
    """The labels of the fields in which `row` is not as in `values`; fields that no longer exist do not count."""
    fields = {field.attname: field for field in row._meta.concrete_fields}
    return [
        fields[name].verbose_name
        for name, value in values.items()
        if name in fields and _as_kept(fields[name], getattr(row, name)) != _as_kept(fields[name], value)
    ]


def _put(row, values):
    for field in row._meta.concrete_fields:
        if field.attname in values:
            setattr(row, field.attname, field.to_python(values[field.attname]))


def _as_kept(field, value):
    """A value as the database gives it back, so that 12.5 and 12.50 are one number and "2021-03-01" is a date."""
    value = field.to_python(value)
    if isinstance(field, models.DecimalField) and value is not None:
        return round(value, field.decimal_places)
    return value


def _check_references(when):
    """Foreign keys are checked at the end of the transaction; here a refusal must be told of the row that it is about."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS ALL {when}")


def _prepare(step, rows):
    """The instances of a step as they are to be, with what their audit lines name; two queries and one per relation."""
    if step.verb == Verb.DELETE:
        found = [_filled(step.model(pk=pk), before) for pk, before, _ in rows]
    else:
        found = list(step.model._base_manager.filter(pk__in=[pk for pk, _, _ in rows]).order_by("pk"))
    if step.verb == Verb.CHANGE:
        before = {pk: values for pk, values, _ in rows}
        found = [_filled(row, before[row.pk]) for row in found]
    _attach(found, step.model)
    return found


def _filled(row, values):
    """The row with `values`; a field that the model has no more is passed over."""
    now = {field.attname: timezone.now() for field in row._meta.concrete_fields if getattr(field, "auto_now", False)}
    _put(row, now | values)
    return row


def _attach(rows, model):
    """Load what the rows point at, for their texts."""
    prefetch_related_objects(rows, *[field.name for field in model._meta.concrete_fields if field.is_relation])


def _work(step, by, into):
    """The function that takes back a list of prepared rows of the step."""
    if step.verb == Verb.CREATE:
        return lambda rows: delete_rows(rows, by=by, batch=into)
    if step.verb == Verb.DELETE:
        return lambda rows: create_rows(rows, by=by, batch=into)
    written = set(step.rows[0][1])
    names = [
        field.name
        for field in step.model._meta.concrete_fields
        if field.attname in written or getattr(field, "auto_now", False)
    ]
    return lambda rows: change_rows(rows, names, by=by, batch=into)


def _refused(work, rows):
    """{pk: why} of the rows that the database refuses; the others are written. Halving finds them in few tries."""
    if not rows:
        return {}
    try:
        with transaction.atomic():
            work(rows)
        return {}
    except (IntegrityError, ObjectDoesNotExist) as error:  # the latter when what an audit line would name is gone
        if len(rows) == 1:
            return {rows[0].pk: _words(error, type(rows[0]))}
    middle = len(rows) // 2
    return _refused(work, rows[:middle]) | _refused(work, rows[middle:])


def _words(error, model):
    """Why, in the words of the constraint that spoke."""
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
    for constraint in model._meta.constraints:
        if constraint.name == name:
            return f"现在恢复会有冲突：{constraint.get_violation_error_message()}"
    return "现在恢复会与现有数据冲突"
