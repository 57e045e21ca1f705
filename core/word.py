"""Official documents in Word, laid out as GB/T 9704-2012 asks: margins, fonts by name, levels of headings, tables.

The fonts are named, not shipped: the offices have them. Text is data: nothing in it is ever executed."""

import re
from io import BytesIO

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

TITLE, HEADING, SUBHEADING, BODY, NUMBERS = "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312", "Times New Roman"
SIZE_2, SIZE_3, SIZE_4 = Pt(22), Pt(16), Pt(14)  # 二号、三号、四号
LINE = Pt(28)
TOP, BOTTOM, LEFT, RIGHT = Mm(37), Mm(35), Mm(28), Mm(26)
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # what XML 1.0 cannot hold


class OfficialDocument:
    """A document that is written from top to bottom; `bytes()` is the file."""

    def __init__(self, *, landscape=False):
        self.document = Document()
        self.document.core_properties.author = ""
        style = self.document.styles["Normal"]
        style.font.size = SIZE_3
        _fonts(style.font, style.element, BODY)
        self._page(landscape)

    def _page(self, landscape):
        section = self.document.sections[0]
        width, height = Mm(210), Mm(297)
        if landscape:
            section.orientation, width, height = WD_ORIENT.LANDSCAPE, height, width
        section.page_width, section.page_height = width, height
        section.top_margin, section.bottom_margin = TOP, BOTTOM
        section.left_margin, section.right_margin = LEFT, RIGHT
        _page_number(section.footer.paragraphs[0])

    def title(self, text):
        """The title: 二号小标宋, centred."""
        return self._line(text, TITLE, SIZE_2, align=WD_ALIGN_PARAGRAPH.CENTER)

    def centred(self, text):
        """A line under the title (a date, a unit)."""
        return self._line(text, SUBHEADING, SIZE_3, align=WD_ALIGN_PARAGRAPH.CENTER)

    def heading(self, text, level=1):
        """一、 in 黑体 (1), （一） in 楷体 (2), 1. in 仿宋 (3); the number stands in `text`."""
        return self._line(text, {1: HEADING, 2: SUBHEADING}.get(level, BODY), SIZE_3, indent=True)

    def paragraph(self, text):
        """Body text, indented by two characters."""
        return self._line(text, BODY, SIZE_3, indent=True)

    def cited(self, pieces):
        """Body text of (text, number of its note or None), …; the numbers are raised."""
        line = self.paragraph("")
        for text, note in pieces:
            put(line, text, BODY, SIZE_3)
            if note is not None:
                put(line, f"[{note}]", BODY, SIZE_3)
                line.runs[-1].font.superscript = True
        return line

    def right(self, text):
        """A line at the right, such as the unit and the date at the end."""
        return self._line(text, BODY, SIZE_3, align=WD_ALIGN_PARAGRAPH.RIGHT)

    def table(self, headings, rows, widths=()):
        """A ruled table whose head repeats on each page; `widths` in millimetres. A row that is one text stands across it."""
        table = self.document.add_table(rows=1, cols=len(headings))
        table.style = "Table Grid"
        table.autofit = not widths
        for cell, text in zip(table.rows[0].cells, headings, strict=True):
            _cell(cell, text, HEADING, WD_ALIGN_PARAGRAPH.CENTER)
        _repeat(table.rows[0])
        for column, width in zip(table.columns, widths, strict=False):
            column.width = column.cells[0].width = Mm(width)  # rows added from here on take it over
        for row in rows:
            cells = table.add_row().cells
            if isinstance(row, str):
                _cell(cells[0].merge(cells[-1]), row, HEADING)
                continue
            for cell, text in zip(cells, row, strict=True):
                _cell(cell, text, BODY)
        return table

    def page_break(self):
        self.document.add_page_break()

    def bytes(self):
        output = BytesIO()
        self.document.save(output)
        return output.getvalue()

    def _line(self, text, font, size, *, align=None, indent=False):
        line = self.document.add_paragraph()
        line.paragraph_format.line_spacing = LINE
        line.paragraph_format.space_after = line.paragraph_format.space_before = Pt(0)
        if indent:
            line.paragraph_format.first_line_indent = size * 2
        line.alignment = align
        put(line, text, font, size)
        return line


def put(line, text, font, size):
    """Write text into a paragraph: Chinese in `font`, digits and letters in Times New Roman; what XML cannot hold is left out."""
    run = line.add_run(UNWRITABLE.sub("", str(text)))
    run.font.size = size
    _fonts(run.font, run._element, font)


def _fonts(font, element, name):
    """Chinese text in `name`, digits and letters in Times New Roman."""
    font.name = NUMBERS
    element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)


def _cell(cell, text, font, align=None):
    line = cell.paragraphs[0]
    line.alignment = align
    put(line, "" if text is None else text, font, Pt(12))


def _repeat(row):
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _page_number(line):
    """— 1 — in the middle of the foot."""
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for kind, text in (("", "— "), ("begin", ""), ("instr", "PAGE"), ("end", ""), ("", " —")):
        run = line.add_run(text if not kind else "")
        run.font.size = SIZE_4
        if kind in ("begin", "end"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._element.append(mark)
        elif kind:
            field = OxmlElement("w:instrText")
            field.text = text
            run._element.append(field)
