"""What the preview shows of stored rows: columns, cells with old and new, every problem at its cell, masked numbers."""

from collections import Counter
from dataclasses import dataclass, field

from core.identity import mask_id, mask_phone, mask_text
from core.text import tight
from rosters.child.sheet import spot
from rosters.cleaning import as_text, squeeze
from rosters.cleaning.persons import mobiles_in

SHEET_REASONS = {
    "hidden": "隐藏的工作表",
    "empty": "空表",
    "instructions": "填表说明",
    "no_table": "没有找到表头",
    "other_table": "缺少其他工作表都有的列，像是另外的表",
}
PLACES = {
    "title": "表格标题",
    "sheet_name": "工作表名",
    "subheading": "分段标题行",
    "section": "分段标题行",
    "group": "表头上的分组",
    "village_cell": "村一栏",
    "from_village": "村名",
    "filename": "文件名",
}
SHAPES = {
    "turned": "一人一列，已转成一人一行来读",
    "form": "一人一张的登记表，一张读作一行",
    "paired": "一人占两行，已并成一行来读",
    "folded": "分成几段的表，同一行的各段已并成一行来读",
}
PERSONAL = {"id_number": mask_id, "phone": mask_phone}
LONGEST_LINE = 24
MOSTLY = 0.8  # of the rows: beyond that a file is somebody else's rather than full of slips
FEWEST_ROWS = 5  # with fewer a slip or two would be most of them
LEVELS = {"error": "bad", "warn": "warn", "info": "info"}
TAGS = {
    "error": ("bad", "有问题"),
    "new": ("ok", "新增"),
    "changed": ("blue", "变更"),
    "unchanged": ("same", "未变"),
}


@dataclass
class Cell:
    """One cell: `text` as in the file, or `was` → `text` where something changes; `notes` [(css class, message)].

    `field` and `label` name it; `corrected` where the page has another text than the file. An edit box begins with `start`,
    or empty with the masked `hint` where the whole text is not to be seen."""

    text: str = ""
    was: str | None = None
    notes: list = field(default_factory=list)
    css: str = ""
    field: str = ""
    label: str = ""
    corrected: bool = False
    start: str = ""
    hint: str = ""

    @property
    def is_long(self):
        """True for a text that a table's line cannot take without pushing the other columns off the screen."""
        return len(self.text) > LONGEST_LINE

    @property
    def classes(self):
        """As what it is drawn: `who` stays in sight when the table is moved sideways."""
        long = "long" if self.notes or self.is_long else ""
        return " ".join(filter(None, [self.css, long, "who" if self.field == "name" else ""]))

    @property
    def wrong(self):
        """True when an error or a warning stands at the cell."""
        return any(css in ("bad", "warn") for css, _ in self.notes)


@dataclass
class Line:
    """One row of the preview."""

    row: object
    tags: list
    place: str
    cells: list
    others: list  # (css, label, message) of what has no column here
    problems: list  # the same of everything that is wrong


def columns(roster, tables):
    """The roster's fields that any table has, the leading ones first; the village always."""
    found = {name for table in tables for name in table["columns"]}
    targets = {name.partition(".")[0] for name in found} | ({"village"} if roster.has_place else set())
    shown = {}
    for column in roster.columns:
        if column.target in targets and not column.compared_only:
            shown.setdefault(column.target, roster.column(column.target) or column)
    return [(name, shown[name].label) for name in roster.in_order(shown, roster.leading)]


def identifying(roster):
    """[(field, label)] by which a row is found again in the clerk's own file."""
    place = "village" if roster.column("village") else "township"
    return [(column.field, column.label) for name in (place, "name") if (column := roster.column(name))]


def lines(roster, names, rows, several_sheets):
    """Lines for stored rows; `names` are the fields that have a column."""
    labels = {column.field: column.label for column in roster.columns}
    kinds = {column.field: column.kind.name for column in roster.columns}
    return [_line(row, names, labels, kinds, several_sheets) for row in rows]


def _line(row, names, labels, kinds, several_sheets):
    notes = {}
    for problem in row.problems:
        notes.setdefault(problem["field"], []).append((LEVELS[problem["level"]], problem["message"]))
    problems = [(LEVELS[found["level"]], labels.get(found["field"], ""), found["message"]) for found in row.problems]
    cells = [_cell(row, name, notes.pop(name, []), labels, kinds) for name in names]
    others = [
        (css, _unless_said(labels.get(name, ""), text), text) for name, found in notes.items() for css, text in found
    ]
    place = row.above.get("at") or str(row.excel_row)
    place = f"{row.sheet} {place}" if several_sheets and row.sheet else place
    return Line(row, _tags(row), place, cells, others, problems)


def _unless_said(label, text):
    """The label before a message, unless that begins with it itself."""
    return "" if text.startswith(label) else label


def _tags(row):
    tags = (
        [TAGS["error" if row.outcome == "error" else row.change]]
        if row.change != "none" or row.outcome == "error"
        else []
    )
    tags = [*tags, ("warn", "有提醒")] if row.outcome == "warn" else tags
    return [*tags, ("same", "已改")] if row.corrections else tags


def _cell(row, name, notes, labels, kinds):
    cell = Cell(text=_typed(row, name, labels, kinds), notes=notes, field=name, label=labels[name])
    _prepare_box(cell, row, kinds.get(name, ""))
    change = (row.diff or {}).get(name)
    if cell.corrected:
        cell.was, cell.text = cell.text, masked(row.corrections[name], kinds.get(name, ""))
        if change:
            cell.notes = [*notes, ("info", f"系统里是“{change[0]}”" if change[0] else "系统里空着")]
        cell.css = "cell-new"
    elif change:
        cell.was, cell.text, cell.css = change[0], change[1] or "（空）", "cell-new"
    if name == "name" and not cell.css:
        cell.css = "strong"
    worst = next((css for css in ("bad", "warn") if any(found == css for found, _ in notes)), "")
    if worst:
        cell.css = f"cell-{worst}"
    return cell


def _prepare_box(cell, row, kind):
    """What the edit box of a cell begins with: its text, but never a whole ID number or phone."""
    cell.corrected = cell.field in (row.corrections or {})
    text = row.corrections[cell.field] if cell.corrected else as_text((row.typed or {}).get(cell.field)) or cell.text
    shown = masked(text, kind)
    if kind in PERSONAL or shown != text:
        cell.hint = shown
    else:
        cell.start = text


def _typed(row, name, labels, kinds):
    """The cell as the file has it, numbers of persons masked; where no cell was, what was understood."""
    typed, values = row.typed or {}, row.values or {}
    if typed.get(name) is not None:
        return masked(as_text(typed[name]), kinds.get(name, ""))
    parts = [
        labels[part] if kinds[part] == "tick" else f"{labels[part].removesuffix('职务')} {as_text(raw)}"
        for part, raw in typed.items()
        if part.startswith(f"{name}.") and as_text(raw).strip()
    ]
    if parts:
        return "、".join(parts)
    value = values.get(name)
    return value if isinstance(value, str) and name in {"township", "village"} else ""


def masked(text, kind):
    """A text of a cell of that kind as anybody may see it."""
    if kind == "phone" and len(several := mobiles_in(squeeze(text))) > 1:
        return "、".join(map(mask_phone, several))
    if kind in PERSONAL:
        return PERSONAL[kind](tight(text))
    return mask_text(text)


def understood(roster, tables):
    """What was made of the file, table by table: {sheet, header, columns [(letter, label, why)], unused}."""
    labels = {column.field: column.label for column in roster.columns}
    return [_understood_table(table, labels) for table in tables]


def _understood_table(table, labels):
    found = [(letter, labels[name], table["reasons"].get(letter, "")) for name, letter in table["columns"].items()]
    compared = [
        (letter, f"{labels[name]}（只比对，不入库）", table["reasons"].get(letter, ""))
        for name, letter in table.get("compared", {}).items()
    ]
    return {
        "sheet": table["sheet"],
        "header": "、".join(str(number) for number in table["header_rows"]),
        "columns": [
            (spot(letter) if table.get("shape") else letter, label, why)
            for letter, label, why in sorted(found + compared, key=lambda column: (len(column[0]), column[0]))
        ],
        "shape": SHAPES.get(table.get("shape")),
        "unused": [
            f"{spot(letter) if table.get('shape') else letter} {header}".strip() for letter, header in table["unmapped"]
        ],
        "hidden": table.get("hidden_columns", []),
        "first": table["first_data_row"],
        "last": table["last_data_row"],
    }


def summary(roster, understood_tables):
    """One line: as what the file was recognised, where the header is, how many columns were matched."""
    if not understood_tables:
        return f"识别为{roster.quoted}"
    first = understood_tables[0]
    unused = sum(len(table["unused"]) for table in understood_tables)
    sheets = f"{len(understood_tables)} 张表，" if len(understood_tables) > 1 else ""
    rest = f"，{unused} {'项' if first['shape'] else '列'}没有用到" if unused else "，全部对应"
    where = first["shape"] or f"表头在第 {first['header']} 行"
    return (
        f"识别为{roster.quoted}：{sheets}{where}，{len(first['columns'])} {'项' if first['shape'] else '列'}对应{rest}"
    )


def notes(roster, found):
    """What the clerk should know about the whole file, as sentences."""
    sentences = list(found.get("notes", ()))
    layout = found.get("layout", {})
    headed = roster.headed
    for name, label in (("township", "乡镇"), (headed, headed and roster.column(headed).label)):
        if place := PLACES.get(layout.get(name)):
            sentences.append(f"{label}取自{place}")
    for sheet in found.get("ignored_sheets", ()):
        sentences.append(f"工作表“{sheet['sheet']}”没有读：{SHEET_REASONS.get(sheet['reason'], sheet['reason'])}")
    if found.get("ignored_rows"):
        sentences.append(f"{found['ignored_rows']} 行不是数据（空行、合计、重复表头、备注等），已略过")
    return sentences


def missing_columns(roster, tables):
    """Labels of required fields that no table has a column for."""
    present = {name.partition(".")[0] for table in tables for name in table["columns"]}
    labels = {column.field: column.label for column in roster.columns}
    return [labels[name] for name in roster.required if name not in present and name != "village"] if tables else []


def lacked_columns(roster, tables, upload):
    """[(label, rows)] of fields without which rows cannot be written and for which no table has a column: what is wrong
    there cannot be corrected in a cell. Those of `missing_columns` are said there."""
    if not upload.count("error"):
        return []
    shown = {name for name, _ in columns(roster, tables)} | set(roster.required)
    labels = {column.field: column.label for column in roster.columns}
    refused = upload.rows.filter(outcome="error").values_list("problems", flat=True)
    found = Counter(
        name
        for problems in refused.iterator()
        for name in {problem["field"] for problem in problems if problem["code"].startswith("missing_field:")}
    )
    return [(labels[name], rows) for name, rows in found.most_common() if name in labels and name not in shown]


def misplaced(upload):
    """How many rows name places that are not the office's, when those are nearly all; else 0: single ones are slips."""
    most = max(upload.rows_total * MOSTLY, FEWEST_ROWS)
    if upload.count("error") < most:
        return 0
    count = upload.rows.misplaced().count()
    return count if count >= most else 0


def main_words(upload, reviewed=False):
    """What the main button will do, in words; empty when there is nothing to write, or nothing may be yet."""
    if not upload.writes or (upload.all_or_nothing and upload.count("error")):
        return ""
    if reviewed:
        left = f"，{upload.count('error')} 行有问题稍后改" if upload.count("error") else ""
        return f"提交 {upload.writes} 行审核{left}"
    parts = [f"入库 {upload.writes} 行"]
    if upload.count("unchanged"):
        parts.append(f"{upload.count('unchanged')} 行与系统一致")
    if upload.count("error"):
        parts.append(f"{upload.count('error')} 行有问题暂不入库")
    return "，".join(parts)
