"""Whose row in another office's file is whose row in the ledger."""

from collections import defaultdict
from dataclasses import dataclass, replace

from core.collecting import packing
from core.identity import id_problem


@dataclass(frozen=True)
class Pair:
    """A row of the file and one of the ledger that are about the same; one of them is None where there is no such row."""

    theirs: object = None
    ours: object = None
    by_name: bool = False


def pairs(theirs, ours):
    """[Pair] for rows (`rosters.checking.ReadRow`) of both sides: those of the file in its order, then what only we have."""
    theirs, ours = _merged(theirs), _merged(ours)
    taken, found = {}, {}
    for same in (_by_number, _by_name):
        for mine, other in same(_left(theirs, found), _left(ours, taken)):
            found[id(mine)], taken[id(other)] = other, mine
    names = {id(row) for row in theirs if id(row) in found and _number(row) != _number(found[id(row)])}
    both = [Pair(row, found.get(id(row)), id(row) in names) for row in theirs]
    return both + [Pair(None, row) for row in ours if id(row) not in taken]


def _left(rows, known):
    return [row for row in rows if id(row) not in known]


def _number(row):
    number = row.values.get("id_number")
    return number if number and id_problem(number) is None else None


def _identity(row):
    return (_number(row) or row.values.get("name"), row.village_code, row.values.get("village"))


def _merged(rows):
    """Somebody who has a row per post becomes one row with all posts."""
    kept = {}
    for row in rows:
        known = kept.get(_identity(row)) if _identity(row)[0] else None
        if known is None:
            kept[_identity(row) if _identity(row)[0] else id(row)] = row
            continue
        values = dict(known.values)
        for name, value in row.values.items():
            if isinstance(value, list) and isinstance(values.get(name), list):
                values[name] = [*values[name], *(part for part in value if part not in values[name])]
            elif values.get(name) in (None, "", []):
                values[name] = value
        kept[_identity(row)] = replace(known, values=values, packed=packing()(_both_typed(known, row)))
    return list(kept.values())


def _both_typed(known, row):
    """The cells of both rows; what differs between them stands one after the other."""
    typed = dict(row.typed)
    for name, text in known.typed.items():
        other = typed.get(name)
        typed[name] = text if not other or other == text else f"{text}、{other}"
    return typed


def _by_number(theirs, ours):
    """Same ID number; of several rows of a person those of the same village first."""
    mine, others = _grouped(theirs, _number), _grouped(ours, _number)
    for number, rows in mine.items():
        left = list(others.get(number, ()))
        away = []
        for row in rows:
            same = next((other for other in left if other.village_code == row.village_code), None)
            if same is None:
                away.append(row)
                continue
            left.remove(same)
            yield row, same
        yield from zip(away, left, strict=False)


def _by_name(theirs, ours):
    """Same name and village, once on either side: where a number is missing, masked or wrong."""
    for key in (_name_and_village, _name_alone):
        mine, others = _grouped(theirs, key), _grouped(ours, key)
        found = [
            (rows[0], others[name][0]) for name, rows in mine.items() if len(rows) == len(others.get(name, ())) == 1
        ]
        yield from found
        done = {id(row) for pair in found for row in pair}
        theirs = [row for row in theirs if id(row) not in done]
        ours = [row for row in ours if id(row) not in done]


def _name_and_village(row):
    name, village = row.values.get("name"), row.village_code
    return (name, village) if village else None


def _name_alone(row):
    """Only where the file does not tell the village: the same name elsewhere is somebody else."""
    return row.values.get("name") if not row.village_code else None


def _grouped(rows, key):
    found = defaultdict(list)
    for row in rows:
        if (name := key(row)) is not None:
            found[name].append(row)
    return found
