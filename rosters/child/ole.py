"""The compound file (MS-CFB) around a .xls: names of its streams and the bytes of one; every chain is bounded."""

import struct

from rosters.child.sniff import corrupt

END, FREE = 0xFFFFFFFE, 0xFFFFFFFF
MINI_CUTOFF = 4096
ROOT, STREAM = 5, 2


class Compound:
    def __init__(self, content):
        if len(content) < 512:
            raise corrupt()
        self.content = content
        sector_shift, mini_shift = struct.unpack_from("<HH", content, 30)
        if sector_shift not in (9, 12) or mini_shift != 6:
            raise corrupt()
        self.sector = 1 << sector_shift
        directory, _, _, first_mini, _, first_difat, difat_count = struct.unpack_from("<7I", content, 48)
        self.fat = self._load_fat(first_difat, difat_count)
        self.mini_fat = self._numbers(self._chain(first_mini)) if first_mini < END else ()
        self.entries = self._load_directory(self._chain(directory))

    def _at(self, number):
        start = (number + 1) * self.sector
        return self.content[start : start + self.sector]

    def _numbers(self, part):
        return struct.unpack(f"<{len(part) // 4}I", part[: len(part) // 4 * 4])

    def _load_fat(self, number, count):
        sectors = list(struct.unpack_from("<109I", self.content, 76))
        for _ in range(min(count, len(self.content) // self.sector)):
            if number >= END:
                break
            numbers = self._numbers(self._at(number))
            sectors.extend(numbers[:-1])
            number = numbers[-1] if numbers else END
        return self._numbers(b"".join(self._at(sector) for sector in sectors if sector < END))

    def _chain(self, number):
        parts, seen = [], 0
        while number < END:
            if number >= len(self.fat) or seen > len(self.fat):
                raise corrupt()
            parts.append(self._at(number))
            number = self.fat[number]
            seen += 1
        return b"".join(parts)

    def _load_directory(self, part):
        entries = {}
        self.mini_stream = b""
        for start in range(0, len(part) - 127, 128):
            entry = part[start : start + 128]
            length, kind = struct.unpack_from("<HB", entry, 64)
            first, size = struct.unpack_from("<IQ", entry, 116)
            name = entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            if kind == ROOT and first < END:
                self.mini_stream = self._chain(first)
            elif kind == STREAM:
                entries.setdefault(name.lower(), (first, size & 0xFFFFFFFF))
        return entries

    def stream(self, name):
        """The bytes of a stream, or None when there is none of that name."""
        if name.lower() not in self.entries:
            return None
        first, size = self.entries[name.lower()]
        if size >= MINI_CUTOFF:
            return self._chain(first)[:size]
        parts, seen = [], 0
        while first < END and seen <= len(self.mini_fat):
            if first >= len(self.mini_fat):
                raise corrupt()
            parts.append(self.mini_stream[first * 64 : first * 64 + 64])
            first = self.mini_fat[first]
            seen += 1
        return b"".join(parts)[:size]
