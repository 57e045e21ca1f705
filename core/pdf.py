"""One page of text as a PDF, such as a certificate: the glyphs of its text lie in the file, so that it reads alike anywhere.

Characters that our fonts lack, and all of them where the fonts are not installed, are drawn with Song and Hei by the names that
PDF readers know (Adobe-GB1). Text is data: nothing of it is executed."""

import itertools
import re
import zlib

from core import fonts

A4 = (842, 595)  # landscape, in points
SONG, HEI = "STSong-Light", "STHeiti-Regular"
KINDS = {SONG: fonts.SERIF, HEI: fonts.SANS}
WIDE = re.compile(r"[^\x00-\xff]")
UNWRITABLE = re.compile(r"[\x00-\x1f\ud800-\udfff\ufffe\uffff]")
SPACE = " "
CODES_A_BLOCK = 100  # as many as a CMap may hold between beginbfchar and endbfchar


class Page:
    """Written from the top left, in points; `bytes()` is the file."""

    def __init__(self, title, size=A4):
        self.title, (self.width, self.height) = title, size
        self.drawn, self.lines = [], []

    def frame(self, inset, line=1.5):
        """A rectangle around the page, `inset` points from its edge."""
        self.drawn.append(
            f"0.72 0.11 0.11 RG {line} w {inset} {inset} {self.width - 2 * inset} {self.height - 2 * inset} re S"
        )

    def text(self, x, y, text, size, font=SONG):
        """A line whose baseline is `y` points below the top."""
        self.lines.append((x, self.height - y, UNWRITABLE.sub("", text), size, font))

    def centred(self, y, text, size, font=SONG):
        self.text((self.width - width(text, size, font)) / 2, y, text, size, font)

    def right(self, x, y, text, size, font=SONG):
        """A line that ends `x` points from the left."""
        self.text(x - width(text, size, font), y, text, size, font)

    def paragraph(self, x, y, text, size, *, across, leading, font=SONG, indented=True):
        """Lines of at most `across` points, the first indented by two characters. Returns the next line's `y`."""
        indent = 2 * size if indented else 0
        for line in wrapped(text, size, across, font, indent):
            self.text(x + indent, y, line, size, font)
            indent, y = 0, y + leading
        return y

    def bytes(self):
        parts = {font: fonts.cut(KINDS[font], found) for font, found in self._characters().items()}
        named = [font for font in KINDS if font not in parts or any(self._lacking(font))]
        stream = zlib.compress("\n".join([*self.drawn, *(_drawn(*line, parts) for line in self.lines)]).encode("ascii"))
        objects = _Objects()
        page = objects.reserve()
        tree = objects.add(f"<< /Type /Pages /Kids [{page} 0 R] /Count 1 >>")
        known = {f"E{at}": _embedded(objects, parts[font]) for at, font in enumerate(KINDS) if font in parts}
        known |= {f"N{at}": _named(objects, font) for at, font in enumerate(KINDS) if font in named}
        resources = " ".join(f"/{name} {number} 0 R" for name, number in known.items())
        objects.put(
            page,
            f"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 {self.width} {self.height}] "
            f"/Contents {objects.stream(stream)} 0 R /Resources << /Font << {resources} >> >> >>",
        )
        root = objects.add(f"<< /Type /Catalog /Pages {tree} 0 R /Lang (zh-CN) >>")
        return objects.file(root, objects.add(f"<< /Title <FEFF{_utf16(UNWRITABLE.sub('', self.title))}> >>"))

    def _characters(self):
        """font → the characters of its lines that an installed face has; only fonts of which there are any."""
        found = {}
        for *_, text, _, font in self.lines:
            found.setdefault(font, set()).update(one for one in text if has(one, font))
        return {font: characters for font, characters in found.items() if characters}

    def _lacking(self, wanted):
        return (one for *_, text, _, font in self.lines if font == wanted for one in text if not has(one, font))


def has(character, font=SONG):
    """Whether the file itself can hold the glyph of the character."""
    face = fonts.face(KINDS[font])
    return face is not None and ord(character) in face.advances


def lacking(text, font=SONG):
    """The characters of a text that a reader draws only with a font of its own, each once; "" where fonts are not installed."""
    return "" if fonts.face(KINDS[font]) is None else "".join(dict.fromkeys(one for one in text if not has(one, font)))


def width(text, size, font=SONG):
    """As the font has it; of a named font a Chinese character is as wide as it is high, others half of that."""
    face = fonts.face(KINDS[font])
    known = face.advances if face else {}
    return sum(known.get(ord(one), 1000 if WIDE.match(one) else 500) for one in text) * size / 1000


def wrapped(text, size, across, font=SONG, indent=0):
    """The lines of a text, no mark of punctuation at the beginning of one; the first is shorter by `indent`."""
    lines, line = [], ""
    for one in text:
        room = across - (0 if lines else indent)
        if line and width(line + one, size, font) > room and one not in "，。、；：”）！？":
            lines.append(line)
            line = ""
        line += one
    return [*lines, line]


def _drawn(x, y, text, size, font, parts):
    """The operators that draw a line, in pieces of one font each."""
    at, shown = list(KINDS).index(font), []
    for held, group in itertools.groupby(text, lambda one: font in parts and one in parts[font].numbers):
        piece = list(group)
        codes = "".join(f"{parts[font].numbers[one]:04x}" for one in piece) if held else _utf16("".join(piece))
        shown.append(f"/{'E' if held else 'N'}{at} {size:.4g} Tf <{codes}> Tj")
    return f"BT {x:.1f} {y:.1f} Td {' '.join(shown)} ET"


def _utf16(text):
    return text.encode("utf-16-be").hex()


def _embedded(objects, part):
    """The number of a font whose glyphs lie in the file, with what each of them means for copying and searching."""
    face, name = part.face, f"{fonts.TAG}+{part.face.name}"
    program = objects.stream(zlib.compress(part.program), " /Subtype /CIDFontType0C")
    box = " ".join(map(str, face.box))
    descriptor = objects.add(
        f"<< /Type /FontDescriptor /FontName /{name} /Flags 4 /Ascent {face.ascent} /Descent {face.descent} "
        f"/CapHeight {face.ascent} /StemV 80 /ItalicAngle 0 /FontBBox [{box}] /FontFile3 {program} 0 R >>"
    )
    advances = " ".join(f"{number} [{advance}]" for number, advance in sorted(part.advances.items()))
    below = objects.add(
        f"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /{name} /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) "
        f"/Supplement 0 >> /DW 1000 /W [{advances}] /FontDescriptor {descriptor} 0 R >>"
    )
    meaning = objects.stream(zlib.compress(_meaning(part.numbers).encode("ascii")))
    return objects.add(
        f"<< /Type /Font /Subtype /Type0 /BaseFont /{name}-Identity-H /Encoding /Identity-H "
        f"/DescendantFonts [{below} 0 R] /ToUnicode {meaning} 0 R >>"
    )


def _meaning(numbers):
    """A CMap from the numbers of glyphs to characters."""
    pairs = [f"<{number:04x}> <{_utf16(one)}>" for one, number in sorted(numbers.items(), key=lambda pair: pair[1])]
    blocks = (pairs[at : at + CODES_A_BLOCK] for at in range(0, len(pairs), CODES_A_BLOCK))
    mapped = "\n".join(f"{len(block)} beginbfchar\n{chr(10).join(block)}\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
        f"{mapped}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    )


def _named(objects, name):
    """The number of a font that readers know by its name; Latin half as wide as Chinese."""
    metrics = "/Ascent 880 /Descent -120 /CapHeight 880 /StemV 80 /ItalicAngle 0 /FontBBox [-25 -254 1000 880]"
    descriptor = objects.add(f"<< /Type /FontDescriptor /FontName /{name} /Flags 6 {metrics} >>")
    below = objects.add(
        f"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /{name} /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) "
        f"/Supplement 4 >> /DW 1000 /W [1 95 500 814 907 500] /FontDescriptor {descriptor} 0 R >>"
    )
    return objects.add(
        f"<< /Type /Font /Subtype /Type0 /BaseFont /{name}-UniGB-UTF16-H /Encoding /UniGB-UTF16-H "
        f"/DescendantFonts [{below} 0 R] >>"
    )


class _Objects:
    """The numbered objects of a file."""

    def __init__(self):
        self.bodies = []

    def reserve(self):
        """The number of an object that is put later."""
        self.bodies.append(b"")
        return len(self.bodies)

    def put(self, number, body):
        self.bodies[number - 1] = body.encode() if isinstance(body, str) else body

    def add(self, body):
        number = self.reserve()
        self.put(number, body)
        return number

    def stream(self, deflated, more=""):
        head = f"<< /Length {len(deflated)} /Filter /FlateDecode{more} >>\nstream\n".encode()
        return self.add(head + deflated + b"\nendstream")

    def file(self, root, about):
        out, places = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n"), []
        for number, body in enumerate(self.bodies, 1):
            places.append(len(out))
            out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        start, count = len(out), len(self.bodies) + 1
        out += b"xref\n0 %d\n0000000000 65535 f \n" % count
        out += b"".join(b"%010d 00000 n \n" % place for place in places)
        out += b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
            count,
            root,
            about,
            start,
        )
        return bytes(out)
