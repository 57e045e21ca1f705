"""What a table looks like by its headers alone, and which fields its columns were told to be: by the clerk, or last time."""

import hashlib
from dataclasses import dataclass, field

from core.identity import mask_text
from rosters.child.sheet import column_letter
from rosters.reader.words import header_key

SIMILAR = 0.6  # the share of headers that two layouts must have in common for one to be told by the other
CHOSEN, REMEMBERED = "您选的", "按记住的对应"


def header_names(headers):
    """{column index: name}: the header's texts from the group down without blanks and brackets. A second column of that
    name gets a number, one without a header its letter. Kept in clear, so numbers of persons are masked."""
    names, seen = {}, {}
    for header in headers:
        parts = [key for text in header.path if (key := header_key(text))]
        name = mask_text("／".join(parts)) or f"@{column_letter(header.index)}"
        seen[name] = seen.get(name, 0) + 1
        names[header.index] = name if seen[name] == 1 else f"{name}#{seen[name]}"
    return names


def fingerprint(names):
    """The same for the same headers in whatever order."""
    return hashlib.sha256("\n".join(sorted(names)).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Layout:
    """A layout that somebody matched: {header name: field, or "" for a column that is not read}."""

    fingerprint: str
    columns: dict


@dataclass(frozen=True)
class Choices:
    """What was decided for the file at hand, {fingerprint: {header name: field}}, and what is remembered: Layouts, the
    nearest to the office first."""

    decided: dict = field(default_factory=dict)
    remembered: tuple[Layout, ...] = ()

    def of(self, names):
        """({header name: field}, why) for a table with these header names; ({}, "") when nothing is known of it."""
        key = fingerprint(names)
        if key in self.decided:
            return self.decided[key], CHOSEN
        exact = next((layout for layout in self.remembered if layout.fingerprint == key), None)
        layout = exact or self._nearest(set(names))
        if layout is None:
            return {}, ""
        return {name: layout.columns[name] for name in names if name in layout.columns}, REMEMBERED

    def knows(self, names):
        """True when exactly these headers are remembered."""
        key = fingerprint(names)
        return any(layout.fingerprint == key for layout in self.remembered)

    def _nearest(self, names):
        shares = [(_share(names, set(layout.columns)), -place, layout) for place, layout in enumerate(self.remembered)]
        best = max(shares, key=lambda found: found[:2], default=None)
        return best[2] if best and best[0] >= SIMILAR else None


def _share(ours, theirs):
    return len(ours & theirs) / (len(ours | theirs) or 1)
