"""Cards with every value below its label: a line of labels, a line of values, the next line of labels, for one person; one
card on a sheet or several below each other."""

from dataclasses import dataclass, field

from rosters.child.sheet import column_letter
from rosters.cleaning import is_blank
from rosters.reader import frame, labels
from rosters.reader.evidence import is_data_like
from rosters.reader.grid import Grid
from rosters.reader.headers import FRAME
from rosters.reader.pairs import Pair
from rosters.reader.words import HeaderWords, header_key

FEWEST_LINES = 2  # of labels: with one of them it is a list of one
FITTING = 0.8  # of the values that can be told by their looks
LONGEST = 30


@dataclass
class Card:
    """The pairs of one card; `above` are the rows of its title, `last` is its last row."""

    above: range
    pairs: list = field(default_factory=list)
    keys: set = field(default_factory=set)
    lines: int = 0
    last: int = 0
    is_abreast: bool = False

    @property
    def span(self):
        """Where it stands, in words."""
        first = self.pairs[0].place[0] - 1
        if not self.is_abreast:
            return f"{first + 1}–{self.last + 1} 行"
        columns = [pair.place[1] for pair in self.pairs]
        return f"{column_letter(min(columns))}{first + 1}–{column_letter(max(columns))}{self.last + 1} 格"


class NoCards(Exception):
    """The sheet is something else."""


def found(sheet, roster, known, fits):
    """[(grid, card)] of a sheet that holds cards and nothing else; []."""
    if not _may_be_cards(sheet, known):
        return []
    try:
        found = [(grid, card) for grid in _abreast(Grid(sheet), known) for card in _Reader(grid, roster, known).cards()]
    except NoCards:
        return []
    return found if _fit([card for _, card in found], known, fits) else []


def _abreast(grid, known):
    """The grids of cards side by side, each with the same label in its first column; [grid] where there are none."""
    row = next(row for row, cells in enumerate(grid.rows) if _count(cells, known))
    keys = [(column, labels.key_of(cell)) for column, cell in grid.filled[row]]
    starts = [column for column, key in keys if key == keys[0][1]]
    if len(starts) < 2:
        return [grid]
    ends = [*starts[1:], grid.width]
    return [Grid(grid.sheet, range(start, end)) for start, end in zip(starts, ends, strict=True)]


def _may_be_cards(sheet, known):
    """Nearly no sheet: labels in one row and in the next but one, none in between."""
    for row, cells in enumerate(sheet.rows[: labels.ROWS]):
        count = _count(cells, known)
        if count:
            below = sheet.rows[row + 1 : row + 3]
            if len(below) == 2 and not _count(below[0], known) and _count(below[1], known):
                return True
        if count > 1:
            return False
    return False


def _count(cells, known):
    return sum(1 for cell in cells[: labels.COLUMNS] if labels.key_of(cell) in known)


def _fit(cards, known, fits):
    """The values are what their labels ask for."""
    told = [
        fits(column, str(pair.value))
        for card in cards
        for pair in card.pairs
        if (column := known.get(pair.key)) and column.kind.looks is not None and not is_blank(pair.value)
    ]
    return sum(told) >= max(labels.FEWEST, FITTING * len(told))


class _Reader:
    def __init__(self, grid, roster, known):
        self.grid, self.known = grid, known
        self.words, self.who = HeaderWords(roster), labels.names(roster)

    def cards(self):
        found, card, row, floor = [], None, 0, 0
        while row < self.grid.height:
            if not self._is_line_of_labels(row) and not (card and row == floor and self._is_unknown_line(row)):
                self._ensure_is_frame(row, card)
                card, row = card if self.grid.filled[row] == [] and self._goes_on(card, row) else None, row + 1
                continue
            keys = {header_key(text) for _, text in self.grid.filled[row]}
            if card is None or keys & card.keys:
                card = Card(range(floor, row), is_abreast=len(self.grid.columns) < self.grid.width)
                found.append(card)
            self._take_line(card, row, keys)
            row = floor = card.last + 1
        if any(card.lines < FEWEST_LINES or not card.keys & self.who.keys() for card in found):
            raise NoCards
        return found

    def _goes_on(self, card, row):
        """An empty row within a card: below it stand further labels of the same person, without a name among them."""
        below = next((below for below in range(row + 1, self.grid.height) if self.grid.filled[below]), None)
        if card is None or below is None or not self._is_line_of_labels(below):
            return False
        keys = {header_key(text) for _, text in self.grid.filled[below]}
        return not keys & (card.keys | self.who.keys())

    def _is_line_of_labels(self, row):
        """Short texts, at least half of them labels that are known."""
        cells = self.grid.filled[row]
        if not cells or not all(isinstance(cell, str) and len(cell) <= LONGEST for _, cell in cells):
            return False
        if any(is_data_like(cell) for _, cell in cells):
            return False
        return 2 * sum(1 for _, cell in cells if self.words.weight(cell) == 1) >= len(cells)

    def _is_unknown_line(self, row):
        """A line of labels within a card none of which is known: a line of values stands below it, and then the next labels
        or nothing more."""
        texts = self.grid.texts(row)
        if row + 1 >= self.grid.height or not texts or frame.is_footnote(texts):
            return False
        if any(FRAME.search(text) or is_data_like(text) or len(text) > LONGEST for _, text in texts):
            return False
        if not self.grid.filled[row + 1] or self._is_line_of_labels(row + 1):
            return False
        after = row + 2
        return after >= self.grid.height or not self.grid.filled[after] or self._is_line_of_labels(after)

    def _ensure_is_frame(self, row, card):
        """Titles and footers hold one text; anything more below a card is a list."""
        texts = self.grid.texts(row)
        if len(texts) > 1 and (card is not None or not self._is_title(row)) and not frame.is_footnote(texts):
            raise NoCards

    def _is_title(self, row):
        return not any(is_data_like(cell) for _, cell in self.grid.filled[row])

    def _take_line(self, card, row, keys):
        cells, below = self.grid.filled[row], row + 1
        if len(keys) < len(cells) or below >= self.grid.height or self._is_line_of_labels(below):
            raise NoCards
        left = {column for column, _ in self.grid.filled[below]}
        last = below
        for column, text in cells:
            if self.grid.bottom(row, column) > row:  # a place for the photo
                if self.known.get(header_key(text)) is not None:
                    raise NoCards
                continue
            span = range(column, column + self.grid.across(row, column))
            place = next((place for place in span if place in left), column)
            left.difference_update(span)
            card.pairs.append(Pair(text, column, (below, place), self.grid.raw(below, place)))
            last = max(last, self.grid.bottom(below, place))
        if left or any(self.grid.filled[inner] for inner in range(below + 1, last + 1)):
            raise NoCards
        card.keys |= keys
        card.lines, card.last = card.lines + 1, last
