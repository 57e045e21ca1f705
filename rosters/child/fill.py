"""python -m rosters.child.fill ROWS COLUMNS CPU_SECONDS: a superior's empty form, filled in, within limits.

stdin: the length of a JSON document (8 bytes), the document, the file. stdout: an .xlsx file, or a refusal as JSON.
The document: {rebuild, sheets: [{name, first, room, columns: {letter: index of the value or -1 for the running number},
rows: [[value]], stale: [row]}]}; rows from 1. `first` is the first row of data, `room` how many the form has before its
footer (null: no footer), `stale` rows of examples whose content goes."""

import json
import os

os.environ["OPENPYXL_LXML"] = "False"  # one writer everywhere; before openpyxl looks for another

from rosters.child.__main__ import serve
from rosters.limits import Refused


def answer(asked, content, limits):
    """The bytes of the filled workbook, or of a refusal. Anything else that goes wrong in the form ends this process, and
    the caller asks for a workbook made from what was read."""
    from rosters.child import filling, original, rebuilding
    from rosters.child.sniff import sniff

    try:
        as_it_is = sniff(content) == "xlsx" and not asked["rebuild"]
        book = original.opened(content) if as_it_is else rebuilding.rebuilt(content, limits)
        filling.fill(book, asked["sheets"])
        return original.saved(book)
    except Refused as refused:
        return json.dumps({"refused": [refused.code, refused.message]}, ensure_ascii=False).encode()
    except (MemoryError, RecursionError):
        message = "表样太复杂，填写它超出内存限制，请删去多余的工作表和格式再上传。"
        return json.dumps({"refused": ["too_complex", message]}, ensure_ascii=False).encode()


if __name__ == "__main__":
    serve(answer)
