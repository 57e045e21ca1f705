"""What the matcher cannot tell by itself: columns that may be several things, to be asked once."""

from dataclasses import dataclass

from rosters.matcher import (
    CONTRADICTS,
    DOUBTFUL,
    EXACT,
    FEWEST_FOR_VALUES,
    FITS,
    SHORTEST_PART,
    SPLIT,
    TOLD,
    VALUES,
    Match,
    spelled,
)  # fmt: skip
from rosters.reader.evidence import is_id_like
from rosters.reader.words import FOREIGN, NOT_IMPORTED

CLOSE = 0.3  # two claims nearer than this are as good as each other


@dataclass(frozen=True)
class Doubt:
    """A column that may be something else than it is read as: `candidates`, the likeliest first; `why` is for the clerk."""

    index: int
    candidates: tuple[Match, ...]
    why: str


def find_doubts(evidence, matches, told=()):
    """[Doubt], at most one a column, none for what was decided already (`told`, column indexes)."""
    found = {}
    asking = _Asking(evidence, matches, told)
    for rule in (
        asking.contradicted, asking.rivals, asking.half_fitting, asking.second_columns, asking.unread_ids,
        asking.vague_headers, asking.missing,
    ):  # fmt: skip
        for doubt in rule():
            found.setdefault(doubt.index, doubt)
    return [found[index] for index in sorted(found)]


class _Asking:
    """The rules, each a generator of doubts."""

    def __init__(self, evidence, matches, told):
        self.evidence, self.roster, self.share = evidence, evidence.roster, evidence.share
        self.matches = [match for match in matches if match.index not in told and match.score < TOLD]
        self.fields = {match.column.field: match for match in matches}
        taken = {match.index for match in matches} | set(told)
        self.unread = [header for header in evidence.headers if header.index not in taken and _is_open(header)]

    def header(self, match):
        return self.evidence.by_index[match.index]

    def shown(self, match):
        return f"“{self.header(match).shown}”"

    def is_free(self, column):
        """No table column is read as this field yet."""
        yields = column.yields_to and column.yields_to in self.fields
        return column.field not in self.fields and not (column.compared_only or column.is_further or yields)

    def contradicted(self):
        """An exact header over cells that are plainly something else: two headers were exchanged, say."""
        for match in self.matches:
            header = self.header(match)
            if match.score < EXACT or match.column.kind.looks is None or len(header.values) < FEWEST_FOR_VALUES:
                continue
            if self.share(header, match.column) >= CONTRADICTS:
                continue
            others = [column for column in self.roster.columns if column.by_values_alone and self._lacks(column)]
            others = [column for column in others if self.share(header, column) >= FITS]
            if others:
                candidates = (match, *(self._claim(header, column) for column in others))
                yield Doubt(
                    match.index, candidates, f"表头是{self.shown(match)}，格子里却是：{others[0].by_values_alone}"
                )

    def _lacks(self, column):
        """No column of the table holds what this field should."""
        match = self.fields.get(column.field)
        return match is None or (self.share(self.header(match), column) or 0) < DOUBTFUL

    def rivals(self):
        """A header that names two fields equally well, of which the other one has no column."""
        for match in self.matches:
            claims = [claim for claim in self.evidence.claims if claim.index == match.index and claim is not match]
            close = [claim for claim in claims if self.is_free(claim.column) and claim.score > match.score - CLOSE]
            close += self._siblings(match)
            if close and match.score >= VALUES + 1:
                labels = "”还是“".join(dict.fromkeys(claim.column.label for claim in (match, *close)))
                yield Doubt(match.index, (match, *close), f"表头{self.shown(match)}是“{labels}”")

    def _siblings(self, match):
        """学历 beside 在职学历 may be the full-time one: a bare header that stands below groups, one of which is here."""
        header = self.header(match)
        if header.parents or match.score >= TOLD:
            return []
        alike = [column for column in self.roster.columns if column.kind.name == match.column.kind.name]
        below = [column for column in alike if any(header.leaf in leaves for _, leaves in column.groups)]
        if not any(column.field in self.fields and column.field != match.column.field for column in below):
            return []
        free = [column for column in below if self.is_free(column) and (self.share(header, column) or 0) >= FITS]
        return [self._claim(header, column) for column in free]

    def half_fitting(self):
        """A vague header over cells of which many do not fit."""
        for match in self.matches:
            header, column = self.header(match), match.column
            level, _ = spelled(header, column)
            share = self.share(header, column)
            vague = level < SPLIT or column.by_values or header.leaf in column.unsure
            if len(header.values) < FEWEST_FOR_VALUES and level >= EXACT:
                continue  # one slip in two rows says nothing against a plain header
            if vague and share is not None and DOUBTFUL <= share < FITS:
                yield Doubt(match.index, (match,), f"{self.shown(match)}像是{column.label}，但不少格子的内容不像")

    def second_columns(self):
        """Two columns with an equal claim to one field: only one of them can be read."""
        unread = {header.index for header in self.unread}
        for claim in self.evidence.claims:
            first = self.fields.get(claim.column.field)
            if claim.index not in unread or first is None or claim.column.kind.looks is None:
                continue
            fits = (self.share(self.header(claim), claim.column) or 0) >= DOUBTFUL
            if fits and first.score < TOLD and claim.score > first.score - CLOSE:
                why = f"{self.shown(claim)}和{self.shown(first)}都像是{claim.column.label}，只能用一列"
                yield Doubt(claim.index, (claim,), why)

    def unread_ids(self):
        """Columns of ID numbers that no field took: one group of columns per post, say."""
        column = self.roster.column("id_number")
        for header in self.unread if column else ():
            if header.values and sum(map(is_id_like, header.values)) * 2 >= len(header.values):
                yield Doubt(header.index, (self._claim(header, column),), f"“{header.shown}”像是身份证号，但没有读取")

    def vague_headers(self):
        """A header that is only a piece of known ones (时间), over cells that fit them."""
        for header in self.unread:
            if len(header.leaf) < SHORTEST_PART or len(header.values) < FEWEST_FOR_VALUES:
                continue
            fitting = [column for column in self.roster.columns if self._may_be_meant(header, column)]
            if fitting:
                labels = "、".join(column.label for column in fitting)
                candidates = tuple(self._claim(header, column) for column in fitting)
                yield Doubt(header.index, candidates, f"表头“{header.shown}”没有写明是哪一项，可能是{labels}")

    def _may_be_meant(self, header, column):
        if column.kind.looks is None or not self.is_free(column) or (self.share(header, column) or 0) < FITS:
            return False
        return any(word.startswith(header.leaf) or word.endswith(header.leaf) for word in column.spellings)

    def missing(self):
        """A field that no row may lack has no column, and this one could be it."""
        present = {match.column.target for match in self.fields.values()}
        for name in self.roster.required:
            column = self.roster.column(name)
            if name in present or column is None or (column.kind.looks is None and name != "village"):
                continue
            shares = [(self.share(header, column) or 0, -header.index, header) for header in self.unread]
            share, _, header = max(shares, key=lambda found: found[:2], default=(0, 0, None))
            if share >= DOUBTFUL and len(header.values) >= FEWEST_FOR_VALUES:
                why = f"没有找到“{column.label}”列，“{header.shown}”的内容有些像"
                yield Doubt(header.index, (self._claim(header, column),), why)

    def _claim(self, header, column):
        why = column.by_values_alone or f"内容像是{column.label}"
        return Match(header.index, column, why, "", VALUES + (self.share(header, column) or 0))


def _is_open(header):
    """Not a column that is known and never imported, nor one about somebody else."""
    return header.leaf not in NOT_IMPORTED and not any(FOREIGN.search(key) for key in (header.leaf, *header.parents))
