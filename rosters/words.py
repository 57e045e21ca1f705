"""Words in the cells of an upload that nobody knows, or that were told: each once, with the number of its rows."""

from dataclasses import dataclass

from django.db import connection

from rosters import places, preview
from rosters.models import UploadRow
from rosters.problems import MEANT

SKIP, LATER = "-", ""  # what the form says for "not read" and for "not now"
MOST = 100
FEW_VILLAGES = 3  # more unknown ones in a file that is somebody else's are no nicknames
# Every word of every problem with the number of its rows, by one statement for any number of rows.
COUNTED = f"""
SELECT problem->>'field', word, bool_and(problem->>'code' = %s), count(*)
FROM {UploadRow._meta.db_table} AS row, jsonb_array_elements(row.problems) AS problem,
     jsonb_array_elements_text(problem->'texts') AS word
WHERE row.upload_id = %s AND problem ? 'texts'
GROUP BY 1, 2 ORDER BY 3, 4 DESC, 1, 2 LIMIT {MOST}
"""


@dataclass
class Word:
    """A word of a field's cells; `told` when it is read by a choice made before, `chosen` being that choice."""

    number: int
    field: str
    label: str
    text: str
    rows: int
    told: bool
    chosen: str
    options: list  # (value of the form, label)


def words(kept, roster, meanings):
    """[Word] of an upload: first those to be asked about. `meanings` {field: {word: value}} are those in force."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, [MEANT, kept.pk])
        counted = cursor.fetchall()
    offered = _Offered(kept, roster)
    found = []
    for name, text, told, rows in counted:
        if allowed := offered.of(name):
            value = meanings.get(name, {}).get(text) if told else None
            chosen = LATER if value is None else value or SKIP
            found.append(Word(len(found), name, offered.label(name), text, rows, told, chosen, allowed))
    return _without_foreign_villages(kept, found)


def _without_foreign_villages(kept, found):
    """Another office's villages are not to be taken for one's own, so nobody is asked which of them is which."""
    foreign = [word for word in found if word.field == "village" and not word.told]
    if len(foreign) <= FEW_VILLAGES or not preview.misplaced(kept):
        return found
    return [word for word in found if word not in foreign]


class _Offered:
    """What the words of a field may be read as."""

    def __init__(self, kept, roster):
        self.kept, self.roster, self._known = kept, roster, {}

    def _column(self, name):
        columns = [column for column in self.roster.columns if column.target == name]
        return self.roster.column(name) or next(iter(columns), None)

    def label(self, name):
        return self._column(name).label

    def of(self, name):
        if name not in self._known:
            self._known[name] = self._villages() if name == "village" else self._options(name)
        return self._known[name]

    def _options(self, name):
        column = self._column(name)
        if column is None or not column.kind.options or column.kind.learn is None:
            return []
        return [*column.kind.options, (SKIP, "不读这个值（留空）")]

    def _villages(self):
        """A village cannot be left out, so it can only be one of those the office is in charge of."""
        code = self.kept.division_id
        return places.gazetteer_of(code[:6], self.kept.as_of).village_choices(code)


def told_in(form, asked):
    """({(field, word): value, "" for not read, None to ask again}) of what the form says otherwise than it is now."""
    told = {}
    given = dict(
        zip(zip(form.getlist("field"), form.getlist("word"), strict=False), form.getlist("value"), strict=False)
    )
    for word in asked:
        value = given.get((word.field, word.text), word.chosen)
        if value == word.chosen or value not in {LATER, *(code for code, _ in word.options)}:
            continue
        told[word.field, word.text] = None if value == LATER else "" if value == SKIP else value
    return told
