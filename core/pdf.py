"""One page of text as a PDF, such as a certificate: Song and Hei by the names that every PDF reader knows (Adobe-GB1).

No font lies in the file: readers bring the Chinese ones, as they do for Word. Text is data: nothing of it is executed."""

import re
import zlib

A4 = (842, 595)  # landscape, in points
SONG, HEI = "STSong-Light", "STHeiti-Regular"
FONTS = {SONG: "F1", HEI: "F2"}
WIDE = re.compile(r"[^\x00-\xff]")
UNWRITABLE = re.compile(r"[\x00-\x1f\ud800-\udfff\ufffe\uffff]")
SPACE = " "


class Page:
    """Written from the top left, in points; `bytes()` is the file."""

    def __init__(self, title, size=A4):
        self.title, (self.width, self.height) = title, size
        self.drawn = []

    def frame(self, inset, line=1.5):
        """A rectangle around the page, `inset` points from its edge."""
        self.drawn.append(
            f"0.72 0.11 0.11 RG {line} w {inset} {inset} {self.width - 2 * inset} {self.height - 2 * inset} re S"
        )

    def text(self, x, y, text, size, font=SONG):
        """A line whose baseline is `y` points below the top."""
        coded = UNWRITABLE.sub("", text).encode("utf-16-be").hex()
        self.drawn.append(f"BT /{FONTS[font]} {size} Tf {x:.1f} {self.height - y:.1f} Td <{coded}> Tj ET")

    def centred(self, y, text, size, font=SONG):
        self.text((self.width - width(text, size)) / 2, y, text, size, font)

    def right(self, x, y, text, size, font=SONG):
        """A line that ends `x` points from the left."""
        self.text(x - width(text, size), y, text, size, font)

    def paragraph(self, x, y, text, size, *, across, leading, font=SONG):
        """Lines of at most `across` points, the first indented by two characters. Returns the next line's `y`."""
        for line in wrapped(SPACE * 4 + text, size, across):
            self.text(x, y, line, size, font)
            y += leading
        return y

    def bytes(self):
        stream = zlib.compress("\n".join(self.drawn).encode("ascii"))
        title = "FEFF" + UNWRITABLE.sub("", self.title).encode("utf-16-be").hex()
        names = " ".join(f"/{short} {5 + 3 * at} 0 R" for at, short in enumerate(FONTS.values()))
        objects = [
            b"<< /Type /Catalog /Pages 2 0 R /Lang (zh-CN) >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {self.width} {self.height}] /Contents 4 0 R "
            f"/Resources << /Font << {names} >> >> >>".encode(),
            b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(stream), stream),
            *(part for at, name in enumerate(FONTS) for part in _font(name, 5 + 3 * at)),
            f"<< /Title <{title}> >>".encode(),
        ]
        return _file(objects)


def width(text, size):
    """A Chinese character is as wide as it is high, others half of that."""
    return sum(size if WIDE.match(one) else size / 2 for one in text)


def wrapped(text, size, across):
    lines, line = [], ""
    for one in text:
        if line and width(line + one, size) > across and one not in "，。、；：”）！？":
            lines.append(line)
            line = ""
        line += one
    return [*lines, line]


def _font(name, number):
    """The three objects of a font that readers know by its name; Latin half as wide as Chinese."""
    metrics = "/Ascent 880 /Descent -120 /CapHeight 880 /StemV 80 /ItalicAngle 0 /FontBBox [-25 -254 1000 880]"
    return (
        f"<< /Type /Font /Subtype /Type0 /BaseFont /{name}-UniGB-UCS2-H /Encoding /UniGB-UCS2-H "
        f"/DescendantFonts [{number + 1} 0 R] >>".encode(),
        f"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /{name} /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) "
        f"/Supplement 4 >> /DW 1000 /W [1 95 500 814 907 500] /FontDescriptor {number + 2} 0 R >>".encode(),
        f"<< /Type /FontDescriptor /FontName /{name} /Flags 6 {metrics} >>".encode(),
    )


def _file(objects):
    out, places = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, len(objects), start,
    )  # fmt: skip
    return bytes(out)
