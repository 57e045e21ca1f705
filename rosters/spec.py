"""Column and Roster: a roster type is declared once, everything else follows from the declaration."""

from collections.abc import Callable
from dataclasses import dataclass

from core.text import quoted
from rosters.absence import Absence
from rosters.cleaning.base import Kind


@dataclass(frozen=True)
class Column:
    """One field of a roster and the headers clerks give it.

    `field` is the canonical name; with a dot (posts.party) it is one of several that together give what stands before
    the dot. `spellings` are compared without blanks, brackets and punctuation. `groups` are (word in the group header,
    spellings below it) pairs, for headers that mean this only there. `path` leads to the model field it is kept in.
    """

    field: str
    label: str
    kind: Kind
    spellings: tuple[str, ...] = ()
    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()
    path: str = ""
    # Spellings that may also mean something else: taken only when the column's values fit.
    unsure: tuple[str, ...] = ()
    # Headers that are likely this one: a pattern for what no list of spellings foresees.
    pattern: str = ""
    # The same as for `unsure` for all spellings.
    by_values: bool = False
    # Recognised by its values even under an unknown header.
    by_values_alone: str = ""
    # Not taken where that field has a column of its own (党员 beside 政治面貌).
    yields_to: str = ""
    # One more column of the same thing (兼任职务 twice); nobody is asked which of the two is which.
    is_further: bool = False
    # Compared with what we compute and hinted at, never imported (年龄, 一肩挑).
    compared_only: bool = False
    # (exported row {field: text}, on) → the text of this column, for forms that ask for what is kept in other columns.
    derive: Callable | None = None

    @property
    def target(self):
        return self.field.partition(".")[0]


@dataclass(frozen=True)
class Target:
    """What an upload of a kind is about, beside its rows: a training session, an award round.

    choices  (user, on)  → [(pk, text)] that `user` may upload onto, the likeliest first
    readable (user)      → the keys of those whose rows `user` may export
    texts    (keys)      → {pk: how it is called} of those that exist
    suggest  (choices, {name: text} that the file says of itself) → the pk that it names, or None
    title    what the title of an export says after the target's own name
    missing  what is told where neither the clerk nor the file says which"""

    label: str
    choices: Callable
    readable: Callable
    texts: Callable
    title: str
    missing: str
    suggest: Callable | None = None

    def text(self, pk):
        """How one target is called; None when there is no such target."""
        return self.texts([pk]).get(pk)


@dataclass(frozen=True)
class Roster:
    """A kind of roster. The callables take a row's values (a dict) and say what concerns this kind only.

    combine    puts columns that together give one field into that field, in place
    check_row  (values, present fields, context) → problems of the row
    identities (values, present fields, context) → keys; a row that repeats a key of an earlier row is a duplicate
    hints      (all rows, context) → {row index: hints}; typed against computed
    compare    (rows, Scope) → Comparison: what each row would change, and a plan of it
    apply      (plan, by=, batch=) → writes the whole plan
    export     (division code, on) → [{field: value}] of what is kept, in the values that `compare` understands;
               where the kind has a target (division code, on, target's key)
    choices    (division code, on) → {field: [texts]} for the drop-downs of the template
    context    (titles and sheet names) → {name: text} of what they say of the whole file (the class's name)
    typical    (values) → True for a row that only this kind has, False for one that only others have, None where it is open
    explain    (field, their values, our values) → why another office's file may differ there, in words; or None
    heading    (text) → what a section's heading, a title or a sheet's name says of its rows, for `headed`; or None

    `purpose` and `matching` are for the handbook: what the roster is for, and how a row finds what is kept.
    """

    slug: str
    title: str
    columns: tuple[Column, ...]
    # The page of the rail on which what it holds is seen; where many kinds are offered they are grouped by it.
    page: str = ""
    required: tuple[str, ...] = ()
    has_place: bool = True
    village_required: bool = False
    duplicate_field: str = "id_number"
    combine: Callable | None = None
    check_row: Callable | None = None
    identities: Callable | None = None
    hints: Callable | None = None
    compare: Callable | None = None
    apply: Callable | None = None
    export: Callable | None = None
    choices: Callable | None = None
    context: Callable | None = None
    typical: Callable | None = None
    heading: Callable | None = None
    explain: Callable | None = None
    # (text of a heading or of the column `part_column`) → the part of the list that it is, for what `within` of a kind reads there.
    part_said: Callable | None = None
    part_column: str = ""
    # The fields whose cells may name the row's village where it has no cell of its own: 单位及职务.
    tell_place: tuple[str, ...] = ()
    # The field that has no column where a heading gives it.
    headed: str = ""
    target: Target | None = None
    # A list of the corps itself: offered before those of single works.
    is_main: bool = False
    # What is done about those who are kept but not in a roster that lists everybody.
    absence: Absence | None = None
    # With this permission the kind is handed in at a page of its own by who hands in nothing else (a department's column).
    own_door: str = ""
    # Who lacks this permission is not offered the kind, hands none in and sees none that was handed in.
    closed: str = ""
    # The county's own office writes every row: no township is asked for it, or given a template of it.
    of_county: bool = False
    # Who may export with ID numbers in full, and the fields of the template.
    export_permission: str = ""
    standard: tuple[str, ...] = ()
    # What stands below the title of an empty template.
    template_note: str = (
        "填表说明：一人一行；带 * 的必填；身份证号、电话按文本填写；日期写到月，如 2021.03；一人多职用顿号隔开。"
    )
    purpose: str = ""
    matching: str = ""
    # The fields that the preview shows first, before what a screen's width cuts off.
    leading: tuple[str, ...] = ()

    def in_order(self, fields, leading=()):
        """The fields as the office lists them: `leading`, then those of the template, the rest as declared."""
        listed = dict.fromkeys([*leading, *self.standard, *(column.field for column in self.columns)])
        return [field for field in listed if field in fields]

    @property
    def quoted(self):
        """The title in quotes, its own quotes inside them."""
        return quoted(self.title)

    @property
    def about_people(self):
        """True when rows hold ID numbers: an export needs a reason of its own."""
        return self.column("id_number") is not None

    def rows_to_export(self, code, on, target_id=None):
        """What is kept of the division `code` as of `on`, about the target where the kind has one."""
        return self.export(code, on, target_id) if self.target else self.export(code, on)

    def target_text(self, target_id):
        """How the target of an upload is called; "" for a kind without one and for a target that is gone."""
        return (self.target.text(target_id) or "") if self.target and target_id else ""

    def column(self, field):
        """The column of that field, or None."""
        return next((column for column in self.columns if column.field == field), None)


_registry: dict[str, Roster] = {}


def register(roster):
    """Makes a roster known under its slug; called at import of an app's `rosters` module."""
    _registry[roster.slug] = roster
    return roster


def get(slug):
    """The roster of that slug. Raises KeyError."""
    return _registry[slug]


def all():
    """All rosters by slug: first the lists of the corps, which offices hand in most, last those about a class or a round."""
    return sorted(_registry.values(), key=lambda roster: (not roster.is_main, roster.target is not None, roster.slug))


def importable(user=None):
    """Rosters that can be compared with the database and written; those that are open to `user` where one is given."""
    found = [roster for roster in all() if roster.compare and roster.apply]
    return [roster for roster in found if user is None or not closed_to(user, roster)]


def closed_to(user, roster):
    """True for a kind of which `user` is to know nothing."""
    return bool(roster.closed) and not user.has_perm(roster.closed)


def closed_kinds(user):
    """The slugs of the kinds of which `user` is to know nothing."""
    return [roster.slug for roster in all() if closed_to(user, roster)]
