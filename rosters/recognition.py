"""Which kind of roster a file is: all kinds read a sample of it, and the one that explains it best is meant."""

import math
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise

from core.text import tight
from rosters import spec
from rosters.matcher import EXACT
from rosters.reader.layouts import Choices
from rosters.reading import Collected

SAMPLED_SHEETS, SAMPLED_ROWS, SAMPLED_PEOPLE = 6, 150, 30
CLOSE = 1.0  # kinds nearer than this to the best one are asked about
REQUIRED, LACKING, TYPICAL, TITLE, FILENAME, SAID = 0.5, 2.0, 2.0, 2.5, 1.5, 1.5
BY_CELLS, TEXT = 0.25, 0.75
TITLED, FAR = 0.6, 0.4  # as much of a kind's title names it; so much more than of another's contradicts that one
COMMON = 0.1  # what a column is worth that every kind reads


@dataclass(frozen=True)
class Guess:
    """One kind's account of a file. `known`: somebody has matched this layout as this kind before. `titled`, 0 to 1: how much
    of the kind's title stands above the tables; `read` are the headers that it understands, `named` those that are its own."""

    roster: spec.Roster
    score: float
    known: bool = False
    titled: float = 0
    read: frozenset = frozenset()
    named: frozenset = frozenset()

    def is_titled_before(self, other):
        """True when the title plainly names this kind and not the other."""
        return self.titled >= TITLED and self.titled > other.titled + FAR

    def is_contradicted_by(self, other):
        """True when the title names the other kind: plainly more than this one, or with columns that this one cannot read."""
        return other.is_titled_before(self) or (other.titled >= TITLED and bool(other.named - self.read))


@dataclass(frozen=True)
class Recognition:
    """The kind that a file is taken for, and the kinds to ask about, itself first, when others explain it as well."""

    roster: spec.Roster
    close: tuple[spec.Roster, ...] = ()


def recognise(workbook, context, filename="", remembered=None):
    """Which roster the cells of a file are; None when no kind finds a table in it.

    `remembered` {slug: Layouts} are the layouts that the office has matched before."""
    guesses = rank(workbook, context, filename, remembered or {})
    if not guesses:
        return None
    best = guesses[0]
    close = [
        guess.roster
        for guess in guesses
        if (guess.score > best.score - CLOSE and not best.is_titled_before(guess)) or best.is_contradicted_by(guess)
    ]
    return Recognition(best.roster, () if best.known or len(close) == 1 else tuple(close))


def rank(workbook, context, filename="", remembered=None):
    """[Guess] of all kinds that find a table, the likeliest first."""
    remembered = remembered or {}
    sample = _sample(workbook)
    views = [_View(roster, sample, context, remembered.get(roster.slug, ())) for roster in spec.all()]
    views = [view for view in views if view.tables]
    readers = Counter(place for view in views for place in view.read)
    weights = _title_weights()
    guesses = [
        Guess(
            view.roster,
            view.score(readers, len(views)) + _named(view, filename, weights),
            view.known,
            view.titled(weights),
            frozenset(view.read),
            view.named,
        )
        for view in views
    ]
    return sorted(guesses, key=lambda guess: (not guess.known, -guess.score, guess.roster.slug))


def _sample(workbook):
    """The first rows of the first sheets that have any: enough to tell the kind, the same time for any size."""
    shown = [sheet for sheet in workbook.sheets if not sheet.hidden and any(sheet.rows)][:SAMPLED_SHEETS]
    return replace(workbook, sheets=[replace(sheet, rows=sheet.rows[:SAMPLED_ROWS]) for sheet in shown])


class _View:
    """What one kind makes of the file."""

    def __init__(self, roster, workbook, context, layouts):
        self.roster = roster
        collected = Collected(roster, workbook, context)
        choices = Choices(remembered=tuple(layouts))
        self.sheets = [(grid, tables) for grid, tables, _ in collected.sheets if tables]
        self.tables = [table for _, tables in self.sheets for table in tables]
        self.known = any(choices.knows(list(table.names.values())) for table in self.tables)
        self.lacking = min((len(collected.lacking(tables)) for _, tables in self.sheets), default=0)
        self.read = self._read()
        self.named = frozenset(
            table.names[match.index] for table in self.tables for match in table.matches if match.is_named
        )
        self.people = collected.sample_rows(SAMPLED_PEOPLE) if roster.typical and self.tables else []

    def _read(self):
        """{header name: how well it fits}; the same header on twenty sheets counts once."""
        found = {}
        for table in self.tables:
            for match in table.matches:
                name = table.names[match.index]
                found[name] = max(found.get(name, 0), _quality(match, table))
        return found

    def score(self, readers, kinds):
        """A column is the better evidence the fewer other kinds understand it."""
        columns = sum(
            quality * (COMMON + (kinds - readers[name]) / max(kinds - 1, 1)) for name, quality in self.read.items()
        )
        required = len(self.roster.required) - self.lacking
        return columns + REQUIRED * required - LACKING * self.lacking + TYPICAL * self._typical()

    def texts(self):
        """Titles and sheet names of the tables."""
        return {text for table in self.tables for _, text in table.titles} | {
            table.sheet or "" for table in self.tables
        }

    def titled(self, weights):
        """How much of the kind's own title stands in those, 0 to 1."""
        return max((likeness(self.roster.title, text, weights) for text in self.texts()), default=0)

    def _typical(self):
        """From -1 to 1: whether the rows are such as only this kind has, or only others."""
        told = [self.roster.typical(values) for values in self.people]
        told = [said for said in told if said is not None]
        return sum(1 if said else -1 for said in told) / len(told) if told else 0


def _quality(match, table):
    """How well header and cells agree with the field, 0 to 1; cells of free text prove nothing, and cells under a header
    that the kind does not know little: another kind may know it."""
    if match.by_cells:
        return BY_CELLS
    header = table.evidence.by_index[match.index]
    share = table.evidence.share(header, match.column) if match.column.kind.looks else None
    named = min(match.score / (EXACT + 1), 1) ** 2
    return named * (TEXT if share is None else (1 + share) / 2)


def _pairs(text):
    return {"".join(pair) for pair in pairwise(tight(text))}


def _title_weights():
    """{two letters of the kinds' titles: how telling they are}; 名册 stands in most of them."""
    titles = [_pairs(roster.title) for roster in spec.all()]
    counts = Counter(pair for pairs in titles for pair in pairs)
    return {pair: math.log((1 + len(titles)) / (1 + count)) for pair, count in counts.items()}


def likeness(title, text, weights):
    """How much of a kind's title stands in a text, by the pairs of letters that they share, 0 to 1."""
    own = _pairs(title)
    whole = sum(weights[pair] for pair in own) or 1
    return sum(weights[pair] for pair in own & _pairs(text)) / whole


def _named(view, filename, weights):
    """What titles, sheet names and the file's name say for the kind."""
    # A title that tells such a file's own matter: the name of a training class.
    said = bool(view.roster.context and view.roster.context(sorted(view.texts())))
    of_file = likeness(view.roster.title, filename, weights)
    return TITLE * view.titled(weights) + FILENAME * of_file + SAID * said
