"""A zip container opened with distrust: counted, measured while inflating, free of DOCTYPE."""

import re
import zipfile
from io import BytesIO

from rosters.child.sniff import corrupt, encrypted
from rosters.limits import INFLATION_FLOOR, MAX_INFLATED_BYTES, MAX_INFLATION, MAX_ZIP_ENTRIES, MEGABYTE, Refused

CHUNK = 256 * 1024
DECLARATION = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)


class Archive:
    """The XML parts of a container, by name; whatever else is in it was measured and dropped."""

    def __init__(self, content):
        self.parts = {}
        self.size = len(content)
        self.inflated = 0
        try:
            self._inflate(content)
        except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, zipfile.zlib.error):
            raise corrupt() from None

    def _inflate(self, content):
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            if len(entries) > MAX_ZIP_ENTRIES:
                raise Refused(
                    "too_many_entries", f"文件内部超过 {MAX_ZIP_ENTRIES:,} 个部件，不像正常的表格，未予读取。"
                )
            if any(entry.flag_bits & 1 for entry in entries):
                raise encrypted()
            for entry in entries:
                self._inflate_entry(archive, entry)

    def _inflate_entry(self, archive, entry):
        is_xml = entry.filename.lower().endswith((".xml", ".rels", ".vml"))
        chunks = []
        with archive.open(entry) as stream:
            while chunk := stream.read(CHUNK):
                self.inflated += len(chunk)
                self._check_inflation()
                if is_xml:
                    chunks.append(chunk)
        if is_xml:
            part = b"".join(chunks)
            refuse_declarations(part)
            self.parts[entry.filename] = part

    def _check_inflation(self):
        if self.inflated > MAX_INFLATED_BYTES:
            limit = MAX_INFLATED_BYTES // MEGABYTE
            raise Refused("inflated_too_large", f"文件解开后超过 {limit} MB，请删去多余的工作表和图片再上传。")
        if self.inflated > INFLATION_FLOOR and self.inflated > self.size * MAX_INFLATION:
            raise Refused("inflated_too_large", f"文件解开后膨胀超过 {MAX_INFLATION} 倍，不像正常的表格，未予读取。")

    def part(self, name):
        """The bytes of a part, its name compared without regard to case as Excel does; None when it is missing."""
        name = name.lstrip("/")
        if name in self.parts:
            return self.parts[name]
        folded = {known.lower(): known for known in self.parts}
        return self.parts.get(folded.get(name.lower()))


def refuse_declarations(part):
    """Refuses a DOCTYPE or entity declaration in any encoding: UTF-16 and UTF-32 differ from ASCII only by NULs."""
    if b"<!" not in part and b"\x00" not in part[:64]:
        return
    if DECLARATION.search(part.replace(b"\x00", b"")):
        raise Refused(
            "xml_declaration", "文件内部含有 DOCTYPE 或实体声明，可能有害，未予读取。请在 Excel 里另存一份再上传。"
        )
