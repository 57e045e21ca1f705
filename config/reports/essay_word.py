"""A report that wrote itself, as an official document with the annex of its figures."""

from core.word import OfficialDocument

LEVELS = {"heading": 1, "subheading": 2}


def document(blocks, notes, unit, on):
    """The bytes of the Word file."""
    paper = OfficialDocument()
    for block in blocks:
        if block.kind == "title":
            paper.title(block.text)
        elif block.kind in LEVELS:
            paper.heading(block.text, LEVELS[block.kind])
        else:
            paper.cited([(piece.text, piece.note) for piece in block.pieces])
    paper.right(unit)
    paper.right(f"{on.year}年{on.month}月{on.day}日")
    if notes:
        _annex(paper, notes, on)
    return paper.bytes()


def _annex(paper, notes, on):
    paper.page_break()
    paper.paragraph("附件")
    paper.title("数据说明和名单")
    paper.centred(f"（数据时点 {on:%Y-%m-%d}）")
    if any(one.more for one in notes):
        paper.paragraph(
            f"名单较长的只列前 {max(len(one.names) for one in notes)} 个，全部名单在本系统“首页”点开同一指标、"
            f"数据时点选 {on:%Y-%m-%d} 查看；列出的个数在“参数设置”里改。"
        )
    rows = [(f"[{one.number}]", one.heading, one.told, one.unit, one.figure.definition) for one in notes]
    paper.table(("注", "指标", "数", "单位", "口径"), rows, (16, 34, 24, 16, 66))
    for one in notes:
        paper.heading(f"[{one.number}] {one.heading}：{one.told}（{on:%Y-%m-%d}）", 2)
        paper.paragraph(listed(one))


def listed(note):
    """Whom or what a note counted, in one paragraph."""
    what = "未计入的：" if note.part in ("percent", "missing") else ""
    if not note.count:
        return f"{what}没有。"
    left = f"……等共 {note.count} 个（条）" if note.more else f"，共 {note.count} 个（条）"
    return f"{what}{'、'.join(note.names)}{left}。"
