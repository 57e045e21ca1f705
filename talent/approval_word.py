"""The cadre appointment form (干部任免审批表) and the register of a village cadre (村干部登记表) as Word."""

import re
from io import BytesIO

from docx import Document
from docx.enum.table import WD_ALIGN_VERTICAL, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from core import word
from talent.approval_form import printed_age, printed_month
from talent.models.approval_form import FAMILY_LINES

WIDTHS = (22, 24, 20, 24, 22, 24, 34)  # of the seven columns, millimetres
PHOTO_WIDTH = Mm(30)
REGISTER_LINES = 6  # of the family: the register is one page
CENTRE, LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT
FAMILY_HEADINGS = ("称谓", "姓名", "年龄", "政治面貌", "工作单位及职务")
GONE = re.compile("已故|去世|过世")


def approval(filled, on):
    """The bytes of the appointment form; ages are reckoned on `on`, never kept."""
    paper, texts = _Paper("干部任免审批表"), filled.texts
    grid = paper.grid(10)
    _head(grid, filled, on, photo_rows=4)
    grid.put(3, 0, "专业技术职务")
    grid.put(3, 1, texts.get("technical_post"), 2)
    grid.put(3, 3, "熟悉专业有何专长")
    grid.put(3, 4, texts.get("expertise"), 2)
    _schools(grid, 4, texts)
    for row, (name, label) in enumerate(
        (("current_post", "现任职务"), ("proposed_post", "拟任职务"), ("removed_post", "拟免职务")), 6
    ):
        grid.put(row, 0, label)
        grid.put(row, 1, texts.get(name), 6, align=LEFT)
    _tall(grid, 9, "简历", texts.get("resume"), Mm(88))
    paper.page_break()
    grid = paper.grid(3)
    _tall(grid, 0, "奖惩情况", texts.get("honours") or "（无）", Mm(24))
    _tall(grid, 1, "年度考核结果", texts.get("appraisals") or "（无）", Mm(18))
    _tall(grid, 2, "任免理由", texts.get("reason"), Mm(18))
    _family(paper, filled.family, on, FAMILY_LINES)
    grid = paper.grid(3)
    _tall(grid, 0, "呈报单位", texts.get("reporting_unit"), Mm(18))
    grid.put(1, 0, "审批机关意见")
    grid.put(1, 1, "（盖章）　　　年　月　日", 2)
    grid.put(1, 3, "行政机关任免意见")
    grid.put(1, 4, "（盖章）　　　年　月　日", 3)
    grid.high(1, Mm(24))
    grid.put(2, 0, "填表人")
    grid.put(2, 1, texts.get("filled_by"), 2)
    grid.put(2, 3, "填表时间")
    grid.put(2, 4, printed_month(texts.get("filled_on", "")), 3)
    return paper.bytes()


def register(filled, on, *, village, id_number, phone, education):
    """The bytes of the village cadre's register; number and phone come as they are to be printed."""
    paper, texts = _Paper("村干部登记表"), filled.texts
    grid = paper.grid(10)
    _head(grid, filled, on, photo_rows=3)
    for place, (label, text) in enumerate((("身份证号", id_number), ("联系电话", phone))):
        grid.put(3, place * 3, label)
        grid.put(3, place * 3 + 1, text, 2 + place)
    for row, (label, text) in enumerate(
        (("所在村", village), ("现任职务", texts.get("current_post")), ("学历", education)), 4
    ):
        grid.put(row, 0, label)
        grid.put(row, 1, text, 6, align=LEFT)
    _tall(grid, 7, "简历", texts.get("resume"), Mm(60))
    _tall(grid, 8, "奖惩情况", texts.get("honours") or "（无）", Mm(14))
    _tall(grid, 9, "考核情况", texts.get("appraisals") or "（无）", Mm(14))
    _family(paper, filled.family, on, REGISTER_LINES)
    return paper.bytes()


def _head(grid, filled, on, photo_rows):
    """The three first rows, the same on both forms, with the photograph beside them."""
    texts = filled.texts
    age = printed_age(texts.get("born", ""), on)
    born = printed_month(texts.get("born", "")) + (f"\n（{age}岁）" if age else "")
    rows = (
        ("姓名", texts.get("name"), "性别", texts.get("sex"), "出生年月（岁）", born),
        ("民族", texts.get("ethnicity"), "籍贯", texts.get("native_place"), "出生地", texts.get("birth_place")),
        (
            "入党时间", printed_month(texts.get("party_joined", "")), "参加工作时间",
            printed_month(texts.get("work_started", "")), "健康状况", texts.get("health"),
        ),
    )  # fmt: skip
    for row, cells in enumerate(rows):
        for place, text in enumerate(cells):
            grid.put(row, place, text)
    grid.picture(0, 6, photo_rows, filled.photo)


def _schools(grid, row, texts):
    grid.down(row, 0, 2, "学历学位")
    for place, (prefix, label) in enumerate((("full_time", "全日制教育"), ("on_job", "在职教育"))):
        levels = "\n".join(filter(None, [texts.get(f"{prefix}_level"), texts.get(f"{prefix}_degree")]))
        schools = "\n".join(
            dict.fromkeys(filter(None, [texts.get(f"{prefix}_school"), texts.get(f"{prefix}_degree_school")]))
        )
        grid.put(row + place, 1, label)
        grid.put(row + place, 2, levels, 2)
        grid.put(row + place, 4, "毕业院校系及专业")
        grid.put(row + place, 5, schools, 2)


def _tall(grid, row, label, text, height):
    grid.put(row, 0, label)
    grid.put(row, 1, text, 6, align=LEFT, height=height)


def _family(paper, lines, on, room):
    """家庭主要成员: ages on the date, none for who has died."""
    grid = paper.grid(1 + max(room, len(lines)))
    grid.down(0, 0, len(grid.table.rows), "家庭主要成员及重要社会关系")
    for place, heading in enumerate(FAMILY_HEADINGS, 1):
        grid.put(0, place, heading, 2 if place == len(FAMILY_HEADINGS) else 1)
    for row in range(1, len(grid.table.rows)):
        line = lines[row - 1] if row <= len(lines) else {}
        age = "" if GONE.search(line.get("post", "")) else printed_age(line.get("born", ""), on)
        cells = (line.get("title"), line.get("name"), age, line.get("political_status"), line.get("post"))
        for place, text in enumerate(cells, 1):
            grid.put(row, place, text, 2 if place == len(cells) else 1)


class _Paper:
    """An A4 sheet of one form: a title, then grids of seven columns."""

    def __init__(self, title):
        self.document = Document()
        self.document.core_properties.author = ""
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin = section.bottom_margin = Mm(20)
        section.left_margin = section.right_margin = Mm(20)
        head = self.document.add_paragraph()
        head.alignment = CENTRE
        word.put(head, title, word.TITLE, word.SIZE_2)

    def grid(self, rows):
        return _Grid(self.document.add_table(rows=rows, cols=len(WIDTHS)))

    def page_break(self):
        self.document.add_page_break()

    def bytes(self):
        output = BytesIO()
        self.document.save(output)
        return output.getvalue()


class _Grid:
    """A ruled table of the form; cells are named by row and column and may be wide or high."""

    def __init__(self, table):
        self.table = table
        table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
        for column, width in zip(table.columns, WIDTHS, strict=True):
            column.width = Mm(width)
        for row in table.rows:
            self._height(row, Mm(9.5))
            for cell, width in zip(row.cells, WIDTHS, strict=True):
                cell.width = Mm(width)

    def put(self, row, column, text, wide=1, align=CENTRE, height=None):
        cell = self.table.cell(row, column)
        if wide > 1:
            cell = cell.merge(self.table.cell(row, column + wide - 1))
        self._write(cell, text, align)
        if height is not None:  # a tall block is written from its top
            self._height(self.table.rows[row], height)
            cell.vertical_alignment = WD_ALIGN_VERTICAL.TOP

    def down(self, row, column, rows, text):
        self._write(self.table.cell(row, column).merge(self.table.cell(row + rows - 1, column)), text, CENTRE)

    def high(self, row, height):
        self._height(self.table.rows[row], height)

    def picture(self, row, column, rows, photo):
        cell = self.table.cell(row, column).merge(self.table.cell(row + rows - 1, column))
        if photo is None:
            self._write(cell, "照片", CENTRE)
        else:
            cell.paragraphs[0].alignment = CENTRE
            cell.paragraphs[0].add_run().add_picture(BytesIO(photo), width=PHOTO_WIDTH)

    def _write(self, cell, text, align):
        cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
        for number, part in enumerate((text or "").split("\n")):
            line = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
            line.alignment = align
            line.paragraph_format.space_after = Pt(0)
            word.put(line, part, word.BODY, Pt(12))

    def _height(self, row, height):
        row.height, row.height_rule = height, WD_ROW_HEIGHT_RULE.AT_LEAST
