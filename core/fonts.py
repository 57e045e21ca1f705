"""Chinese fonts to lay into a PDF: Noto Serif SC and Noto Sans SC (OFL), of which only the glyphs of the page are cut out.

They hold the two blocks of CJK that names are written with whole (镕, 䶮), and those beyond that were standardised for names (𠅤);
for a character that they lack the caller names another font."""

import io
from dataclasses import dataclass
from functools import cache

try:
    import pylopdf_fonts_zh_cn as files
    from fontTools import subset
    from fontTools.ttLib import TTFont
except ImportError:  # an installation without the two packages: its pages name their fonts and hold none
    files = None

SERIF, SANS = "serif", "sans"
TAG = "XCCERT"  # six capitals before the name of a font say that it is a part of one
UNWANTED = ["GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "DSIG", "STAT"]


@dataclass(frozen=True)
class Face:
    """What is known of a font without its glyphs: its name, code point → advance in thousandths of the size, and measures."""

    name: str
    path: str
    advances: dict
    ascent: int
    descent: int
    box: tuple


@dataclass(frozen=True)
class Part:
    """Glyphs cut out of a face: the CFF program, character → number of its glyph, number → advance."""

    face: Face
    program: bytes
    numbers: dict
    advances: dict


@cache
def face(kind):
    """The Face of a kind (SERIF, SANS), or None where the fonts are not installed."""
    if files is None:
        return None
    path = files.serif_path() if kind == SERIF else files.sans_path()
    with TTFont(path, lazy=True) as font:
        em, metrics, head = font["head"].unitsPerEm, font["hmtx"].metrics, font["head"]
        advances = {code: round(metrics[name][0] * 1000 / em) for code, name in font.getBestCmap().items()}
        ends = (font["hhea"].ascent, font["hhea"].descent, head.xMin, head.yMin, head.xMax, head.yMax)
        ascent, descent, *box = (round(end * 1000 / em) for end in ends)
        return Face(font["CFF "].cff.fontNames[0], str(path), advances, ascent, descent, tuple(box))


def cut(kind, characters):
    """The Part of an installed face that draws these characters, all of which it has."""
    whole = face(kind)
    font = _only(whole.path, characters)
    names = font.getBestCmap()
    numbers = {one: int(names[ord(one)].removeprefix("cid")) for one in characters}
    advances = {number: whole.advances[ord(one)] for one, number in numbers.items()}
    return Part(whole, font.getTableData("CFF "), numbers, advances)


def _only(path, characters):
    """The font with nothing but the glyphs of these characters."""
    options = subset.Options(layout_features=[], hinting=False, name_IDs=[], notdef_outline=True)
    options.drop_tables += UNWANTED
    cutter = subset.Subsetter(options)
    cutter.populate(text="".join(sorted(characters)))
    with TTFont(path, lazy=True) as font:
        cutter.subset(font)
        written = io.BytesIO()
        font.save(written)
    return TTFont(io.BytesIO(written.getvalue()))
