"""The records of a .xls workbook stream that calamine does not tell: encryption, formats of dates, hidden columns."""

import struct

from rosters.child import formats
from rosters.child.sniff import corrupt, encrypted

BOF, EOF, FILEPASS, BOUNDSHEET = 0x0809, 0x000A, 0x002F, 0x0085
FORMAT, XF, COLINFO, ROW = 0x041E, 0x00E0, 0x007D, 0x0208
NUMBER, RK, MULRK, FORMULA = 0x0203, 0x027E, 0x00BD, 0x0006
WORKSHEET = 0x0010


class SheetFacts:
    """Of one worksheet: hidden columns and rows, and which cells show a date."""

    def __init__(self):
        self.hidden_columns, self.hidden_rows, self.date_cells = set(), set(), {}


class Workbook:
    """`sheets`: name → SheetFacts; `hidden`: names of hidden sheets; worksheets only."""

    def __init__(self, stream):
        self.stream = stream
        self.codes, self.xf_formats, self.bounds = {}, [], []
        self.sheets = {}
        try:
            self._globals()
            self.kinds = [formats.kind_of(number, self.codes) for number in self.xf_formats]
            for name, position, _ in self.bounds:
                self.sheets[name] = self._sheet(position)
        except (struct.error, IndexError):
            raise corrupt() from None

    @property
    def hidden(self):
        return {name for name, _, state in self.bounds if state}

    def _records(self, position):
        stream, last = self.stream, len(self.stream) - 4
        while 0 <= position <= last:
            code, length = struct.unpack_from("<HH", stream, position)
            yield code, stream[position + 4 : position + 4 + length]
            if code == EOF:
                return
            position += 4 + length

    def _globals(self):
        for code, body in self._records(0):
            if code == FILEPASS:
                raise encrypted()
            if code == FORMAT:
                self.codes[struct.unpack_from("<H", body)[0]] = unicode_text(body, 2, 2)
            elif code == XF:
                self.xf_formats.append(struct.unpack_from("<H", body, 2)[0])
            elif code == BOUNDSHEET and body[5] == 0:
                position, state = struct.unpack_from("<IB", body)
                self.bounds.append((unicode_text(body, 6, 1), position, state & 3))

    def _sheet(self, position):
        facts = SheetFacts()
        for code, body in self._records(position):
            if code == COLINFO:
                first, last, width, _, flags = struct.unpack_from("<5H", body)
                if flags & 1 or width == 0:
                    facts.hidden_columns.update(range(first, min(last, 255) + 1))
            elif code == ROW:
                row, _, _, _, _, _, flags = struct.unpack_from("<7H", body)
                if flags & 0x20:
                    facts.hidden_rows.add(row)
            elif code in (NUMBER, RK, FORMULA):
                row, column, style = struct.unpack_from("<3H", body)
                self._mark(facts, row, column, style)
            elif code == MULRK:
                row, first = struct.unpack_from("<2H", body)
                for offset in range((len(body) - 6) // 6):
                    style = struct.unpack_from("<H", body, 4 + offset * 6)[0]
                    self._mark(facts, row, first + offset, style)
        return facts

    def _mark(self, facts, row, column, style):
        if style < len(self.kinds) and self.kinds[style]:
            facts.date_cells[row, column] = self.kinds[style]


def unicode_text(body, start, length_bytes):
    """A BIFF8 string: its length in one or two bytes, a flag byte, then Latin-1 or UTF-16."""
    length = body[start] if length_bytes == 1 else struct.unpack_from("<H", body, start)[0]
    start += length_bytes
    wide, start = body[start] & 1, start + 1
    return (
        body[start : start + length * 2].decode("utf-16-le", "replace")
        if wide
        else body[start : start + length].decode("latin-1")
    )
