"""What the preview of an upload and its renewed rows show alike."""

from rosters import importer, preview
from rosters.importer.reviewing import is_the_townships

CHIPS = (
    ("", "全部", "rows"),
    ("new", "新增", "new"),
    ("changed", "变更", "changed"),
    ("same", "未变", "unchanged"),
    ("warn", "有提醒", "warn"),
    ("error", "有问题", "error"),
)
CHIP_KEYS = {key for key, _, _ in CHIPS}


def context(kept, roster, rows, chip, absents=(), *, user):
    """The lines of `rows` with what stands above them: chips, the main button, what the upload's state is.

    `user` is who looks at them. `absents` are those who should be in a complete roster and are not."""
    tables = kept.tables.get("tables", [])
    reviewed, theirs = importer.needed(kept), is_the_townships(kept, user)
    says_all = kept.complete and roster.absence and not kept.is_written
    columns = preview.columns(roster, tables)
    several_sheets = len({table["sheet"] for table in tables}) > 1
    lines = preview.lines(roster, [name for name, _ in columns], rows, several_sheets)
    return {
        "upload": kept,
        "lines": lines,
        "headings": columns,
        "with_others": any(line.others for line in lines),
        "chips": [
            *((key, label, kept.count(count), key == chip) for key, label, count in CHIPS),
            *([("missing", "不在此次名册中", len(absents), chip == "missing")] if absents or says_all else []),
        ],
        "shown": chip,
        "here": "",
        "reviewed": reviewed,
        "main_words": preview.main_words(kept, reviewed) if kept.is_open and not theirs else "",
        "theirs": theirs,
        "held": kept.count("error") if kept.is_open and kept.all_or_nothing else 0,
        "misplaced": preview.misplaced(kept) if kept.is_open else 0,
        "correctable": importer.can_correct(kept, user),
    }
