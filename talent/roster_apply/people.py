"""A person's own fields: what a row states about them, compared with the file that is kept."""

from dataclasses import dataclass
from functools import cache

from django.db import models

from core.collecting import unsaved
from core.fields import EncryptedTextField
from core.identity import id_birth, id_problem
from rosters import spec
from rosters.cleaning.persons import is_misspelt_phone
from rosters.comparison import CLEARED
from talent.models import Person, PoliticalStatus
from talent.roster_apply import words

TEXT = models.CharField | models.TextField


@cache
def plain_texts():
    """{name: model field} of the texts of a person's file that a roster column of the same name leads straight to."""
    fields = {field.name: field for field in Person._meta.concrete_fields}
    columns = [column for column in spec.get("committee").columns if column.path == f"person__{column.field}"]
    texts = [fields[column.field] for column in columns if isinstance(fields.get(column.field), TEXT)]
    return {text.name: text for text in texts if not isinstance(text, EncryptedTextField) and text.name != "sex"}


@dataclass(slots=True)
class Stated:
    """A field that a row states: the value to keep, and how it reads."""

    attribute: str
    field: str
    value: object
    typed: str = ""  # a date as typed, compared at its own precision

    def agrees(self, old):
        if self.typed and (self.value is not None or words.same_day(old, self.typed)):
            return words.same_day(old, self.typed)
        if (old or None) == (self.value or None):
            return True
        return self.attribute in plain_texts() and bool(old and self.value) and words.reads_as(old, self.value)

    def texts(self, person):
        """(old, new) to show."""
        old = getattr(person, self.attribute)
        if self.field == "phone":
            return words.phones(old, self.value)
        if self.field == "birth_date":
            kept = old or person.birth_date
            shown = f"{kept:%Y.%m}" if kept and len(self.typed) < len("1980-05-06") else words.month(kept)
            return shown, words.month(words.day(self.typed)) if self.typed else None
        if self.field in {"political_status", "is_party_member"}:
            return words.political(old), words.political(self.value)
        if self.field == "background":
            return words.background(old), words.background(self.value)
        if self.field == "party_joined":
            return words.month(old), words.month(self.value)
        return old or None, self.value or None


def stated(row, person, left_out=frozenset()):
    """What a row states about a person (None: somebody new). A blank cell states nothing, 清空 that there is nothing.

    `left_out` are fields that this kind of roster says of the role, not of the person (备注)."""
    values = row.values
    found = [Stated(name, name, values[name]) for name in plain_texts() if values.get(name) and name not in left_out]
    number = _number_of(values, person)
    found += _cleared(values.get(CLEARED, ()), left_out, number)
    if values.get("party_joined"):
        found.append(Stated("party_joined", "party_joined", words.day(values["party_joined"]), values["party_joined"]))
    if values.get("phone") and not is_misspelt_phone(row):
        found.append(Stated("phone", "phone", values["phone"]))
    if values.get("birth_date"):
        found.append(_birth(values["birth_date"], number))
    if values.get("sex") and not number:
        found.append(Stated("sex", "sex", values["sex"]))
    if values.get("is_party_member") and not values.get("political_status") and _may_become_member(person):
        found.append(Stated("political_status", "is_party_member", PoliticalStatus.PARTY_MEMBER.value))
    return found


def _number_of(values, person):
    """The ID number that sex and birth date follow: the row's, or the one on file of somebody found by name."""
    number = values.get("id_number") or (person.id_number if person else None)
    return number if number and id_problem(number) is None else None


def _cleared(names, left_out, number):
    """What the row says to empty, of the fields that may be empty; what follows from an ID number may not."""
    if not names:
        return []
    nothing = {**dict.fromkeys(plain_texts(), ""), "party_joined": None, "phone": None, "birth_date": None}
    attributes = {"birth_date": "archive_birth_date"} if number else {}
    return [
        Stated(attributes.get(name, name), name, nothing[name])
        for name in names
        if name in nothing and name not in left_out
    ]


def _birth(typed, number):
    """A typed birth date that contradicts the ID number is the one of the personnel archive; one that agrees clears it."""
    if not number:
        return Stated("birth_date", "birth_date", words.day(typed), typed)
    agrees = words.same_day(id_birth(number), typed)
    return Stated("archive_birth_date", "birth_date", None if agrees else words.day(typed), typed)


def _may_become_member(person):
    """A yes in 党员 says nothing new about whoever is a probationary member or a democratic party's."""
    return person is None or person.political_status in {"", PoliticalStatus.MASSES}


class People:
    """The people a set of rows writes: existing ones changed, new ones made, each once however many rows name them."""

    def __init__(self, existing, repeated=frozenset(), left_out=frozenset()):
        self.existing = existing  # {key: Person}; the key is the digest of the ID number, or name and village
        self.repeated = repeated  # keys that several rows name: only of them it is kept which row said what
        self.left_out = left_out
        self._stated = {}  # key → {attribute: value} of somebody new
        self._made = {}
        self.changed = {}  # pk → (Person, {names})
        self._said = {}  # digest → {attribute: (Stated, place of the row)}

    def get(self, digest):
        """The person of a key, once all rows are taken."""
        return self.existing.get(digest) or self._make(digest)

    @property
    def new(self):
        """The people to insert. A comparison that is only shown makes none of them."""
        missing = [digest for digest in self._stated if digest not in self._made]
        self._made.update(zip(missing, unsaved(Person, map(self._stated.get, missing)), strict=True))
        return [self._made[digest] for digest in self._stated]

    def _make(self, digest):
        if digest not in self._made and digest in self._stated:
            self._made[digest] = Person(**self._stated[digest])
        return self._made.get(digest)

    def take(self, digest, row, verdict):
        """Take over what the row states. Where two rows of a person disagree, the first holds and the second is told."""
        person = self.existing.get(digest)
        statements = stated(row, person, self.left_out)
        if digest in self.repeated:
            said = self._said.setdefault(digest, {})
            statements = [item for item in statements if self._first_said(said, item, row, verdict)]
        if person is None:
            self._state(digest, row, statements)
        else:
            self._change(person, statements, verdict)

    def _first_said(self, said, item, row, verdict):
        earlier = said.setdefault(item.attribute, (item, row.place))
        if earlier[0] is item:
            return True
        if earlier[0].value != item.value:
            message = f"与此人在{earlier[1]}所填不同，按{earlier[1]}入库，请核对"
            verdict.warn(item.field, "differs_in_file", message)
        return False

    def _state(self, digest, row, statements):
        found = self._stated.setdefault(
            digest, {"id_number": row.values.get("id_number"), "village_id": row.village_code}
        )
        found.update((item.attribute, item.value) for item in statements)

    def _change(self, person, statements, verdict):
        for item in statements:
            if item.agrees(getattr(person, item.attribute)):
                continue
            verdict.diff[item.field] = item.texts(person)
            if item.attribute == "name":
                verdict.warn("name", "name_differs", "此身份证号在系统中登记的是划去的姓名，请核对是否同一人")
            setattr(person, item.attribute, item.value)
            self.changed.setdefault(person.pk, (person, set()))[1].add(item.attribute)


def too_long(row):
    """The field whose text does not fit, with what to do; None when all fit."""
    for name, field in plain_texts().items():
        if field.max_length and len(row.values.get(name) or "") > field.max_length:
            return (name, "too_long", f"{field.verbose_name}超过 {field.max_length} 个字，请核对")
    return None
