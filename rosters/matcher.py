"""Which column of a table is which field, and why: by what was decided, its header, its group, and what its cells hold."""

import re
from dataclasses import dataclass

from rosters.cleaning import as_text, is_blank
from rosters.cleaning.ditto import resolved
from rosters.reader.words import FOREIGN, NOT_IMPORTED, header_hint, header_key
from rosters.spec import Column

TOLD, GROUPED, EXACT, SPLIT, PARTIAL, LIKELY, VALUES = 9.0, 4.0, 3.0, 2.0, 1.5, 1.2, 1.0
SAMPLE = 200
# Below this share of fitting cells a vague header means something else; above FITS the cells alone decide.
CONTRADICTS, DOUBTFUL, FITS = 0.1, 0.5, 0.8
FEWEST_FOR_VALUES = 3
SHORTEST_PART = 2


@dataclass(frozen=True)
class Match:
    """A table's column read as `column`; `why` is for the clerk."""

    index: int
    column: Column
    why: str
    hint: str
    score: float

    @property
    def is_named(self):
        """True when the header is one of the column's own, no mere likeness."""
        return self.score >= EXACT

    @property
    def by_cells(self):
        """True when the header said nothing and the cells alone decided."""
        return self.score <= VALUES + 1 and self.why == self.column.by_values_alone


@dataclass(frozen=True)
class Header:
    """A table's column: its texts from the group down and a sample of its cells."""

    index: int
    path: tuple
    values: tuple

    @property
    def leaf(self):
        return header_key(self.path[-1]) if self.path else ""

    @property
    def parents(self):
        return [header_key(text) for text in self.path[:-1]]

    @property
    def shown(self):
        return "／".join(" ".join(text.split()) for text in self.path)


class Evidence:
    """All claims of a roster's columns on a table's headers; the cells are judged once for each pair."""

    def __init__(self, roster, headers, fits):
        self.roster, self.headers = roster, headers
        self._fits, self._shares = fits, {}
        self.by_index = {header.index: header for header in headers}
        self.claims = [
            claim for header in headers for column in roster.columns if (claim := judge(header, column, self.share))
        ]
        self.claims.sort(key=lambda claim: (-claim.score, claim.index))

    def share(self, header, column):
        """The share of the sampled cells that could be values of the column; None when there is none to judge by."""
        key = header.index, column.field
        if key not in self._shares:
            self._shares[key] = fit(header, column, self._fits)
        return self._shares[key]

    def read(self, told=None, why=""):
        """[Match] from left to right: each field once, best fit first. `told` {index: field, "" for none} was decided
        already, by `why`; nothing else is made of these columns."""
        told = told or {}
        chosen = _choose([claim for claim in self.claims if claim.index not in told], self._told(told, why))
        taken = {found.index for found in chosen} | told.keys()
        left = [header for header in self.headers if header.index not in taken]
        by_cells = [
            claim for header in left for column in self.roster.columns if (claim := self._by_cells(header, column))
        ]
        by_cells.sort(key=lambda claim: (-claim.score, claim.index))
        chosen = _choose(by_cells, chosen)
        fields = {found.column.field for found in chosen}
        kept = [found for found in chosen if found.index in told or found.column.yields_to not in fields]
        return sorted(kept, key=lambda found: found.index)

    def _told(self, told, why):
        """Matches of the columns that were decided; the reason stays where the headers say the same."""
        said = {(claim.index, claim.column.field): claim for claim in reversed(self.claims)}
        matches = []
        for index, field in told.items():
            column = self.roster.column(field)
            if column is None:
                continue
            claim = said.get((index, field)) or self._by_cells(self.by_index[index], column)
            hint = header_hint(self.by_index[index].path[-1])
            matches.append(Match(index, column, claim.why if claim else why, hint, TOLD))
        return matches

    def _by_cells(self, header, column):
        return judge_values(header, column, self.share)


def _choose(candidates, chosen=()):
    chosen = list(chosen)
    indexes = {found.index for found in chosen}
    fields = {found.column.field for found in chosen}
    for found in candidates:
        if found.index not in indexes and found.column.field not in fields:
            chosen.append(found)
            indexes.add(found.index)
            fields.add(found.column.field)
    return chosen


def judge(header, column, share_of):
    """The column's claim by the header, or None."""
    level, why = spelled(header, column)
    if not level:
        return None
    share = share_of(header, column)
    sure = level >= SPLIT and not column.by_values and header.leaf not in column.unsure
    if share is None:
        if not sure and header.leaf in column.unsure:
            return None
        share = DOUBTFUL
    elif (not sure and share < DOUBTFUL) or (level < EXACT and share < CONTRADICTS):
        return None
    # An exact header keeps its meaning with wrong values in it, but yields to a column that holds the right ones.
    return Match(header.index, column, why, header_hint(header.path[-1]), level + share)


def spelled(header, column):
    """(how well the header names the column, the reason in Chinese); (0, "") when it does not."""
    leaf, parents = header.leaf, header.parents
    for word, leaves in column.groups:
        if leaf in leaves and any(word in parent for parent in parents):
            return GROUPED, f"表头“{header.shown}”"
    if any(FOREIGN.search(parent) for parent in parents):
        return 0, ""
    known = (*column.spellings, *column.unsure)
    if leaf in known:
        return EXACT, f"表头“{' '.join(header.path[-1].split())}”"
    if parents and parents[-1] + leaf in known:
        return EXACT, f"表头“{header.shown}”"
    if leaf in NOT_IMPORTED or FOREIGN.search(leaf):
        return 0, ""
    if first_part(header.path) in column.spellings:
        return SPLIT, f"表头“{header.shown}”的前半"
    if part := longest_part(leaf, column.spellings):
        return PARTIAL + 0.01 * len(part), f"表头“{header.shown}”里有“{part}”"
    if column.pattern and re.search(column.pattern, leaf):
        return LIKELY, f"表头“{header.shown}”像是{column.label}"
    return 0, ""


def first_part(path):
    """出生年月/年龄 → 出生年月: two things in one column, the first of them counts."""
    text = as_text(path[-1]) if path else ""
    for mark in ("/", "／", "、", "\n", "及", "和"):
        if mark in text:
            return header_key(text.split(mark)[0])
    return ""


def longest_part(leaf, spellings):
    """The longest spelling the header begins or ends with; one letter proves nothing."""
    parts = [
        word for word in spellings if len(word) > SHORTEST_PART - 1 and (leaf.startswith(word) or leaf.endswith(word))
    ]
    return max(parts, key=len, default="") if len(leaf) <= 20 else ""


def judge_values(header, column, share_of):
    """The column's claim by the cells alone, under a header that nobody knows."""
    if not column.by_values_alone or header.leaf in NOT_IMPORTED:
        return None
    if any(FOREIGN.search(key) for key in (header.leaf, *header.parents)):
        return None
    share = share_of(header, column)
    if share is None or share < FITS or len(header.values) < FEWEST_FOR_VALUES:
        return None
    return Match(header.index, column, column.by_values_alone, "", VALUES + share)


def fit(header, column, fits):
    """The share of the sampled cells that could be values of the column; None when there is none to judge by."""
    if not header.values:
        return None
    return sum(1 for value in header.values if fits(column, value)) / len(header.values)


def sample(cells):
    """The cells to judge a column by: the first that are not empty, as texts."""
    values = []
    for cell in resolved(cells):
        if not is_blank(cell):
            values.append(as_text(cell))
            if len(values) == SAMPLE:
                break
    return tuple(values)
