"""python -m rosters.child.mark ROWS COLUMNS CPU_SECONDS: a workbook with its problems marked, within limits.

stdin: the length of a JSON document (8 bytes), the document, the file. stdout: an .xlsx file, or a refusal as JSON.
The document: {rebuild, mark, sheets: [{name, tables: [[last header row, last row]], cells: [[row, letter, level, words]],
texts: [[row, letter or "", label, text, [what stands before the text it replaces, that text] or null, [rows, columns] that
a merged cell of it may reach over, 0 for any]], lines: [[row, words]]}]}, rows from 1."""

import json
import os

os.environ["OPENPYXL_LXML"] = "False"  # one writer everywhere; before openpyxl looks for another

from rosters.child.__main__ import serve
from rosters.limits import Refused


def answer(asked, content, limits):
    """The bytes of the marked workbook; of a refusal when the file itself is refused. Anything else that goes wrong in a
    clerk's file ends this process, and the caller asks for a workbook made from what was read."""
    from rosters.child import marking, original, rebuilding
    from rosters.child.sniff import sniff

    try:
        as_it_is = sniff(content) == "xlsx" and not asked["rebuild"]
        book = original.opened(content) if as_it_is else rebuilding.rebuilt(content, limits)
        marking.mark(book, asked, limits)
        return original.saved(book)
    except Refused as refused:
        return json.dumps({"refused": [refused.code, refused.message]}, ensure_ascii=False).encode()
    except (MemoryError, RecursionError):
        message = "表格太复杂，标注它超出内存限制，请拆成几个文件再上传。"
        return json.dumps({"refused": ["too_complex", message]}, ensure_ascii=False).encode()


if __name__ == "__main__":
    serve(answer)
