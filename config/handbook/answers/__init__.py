"""常见问题 by message: what a clerk reads on a page, why, and what to do.

`says` is the message as the code has it; "…" stands for what differs from case to case, {names} for the limits. A test
finds every code of the product here or in NOT_FOR_CLERKS, and every piece of `says` in the code.
"""

from config.handbook.answers.answer import NUMBERS
from config.handbook.answers.cells import CELLS
from config.handbook.answers.compared import COMPARED
from config.handbook.answers.doing import BACKGROUND, COLLECTION, REVIEW, UNDO
from config.handbook.answers.files import FILES, MAPPING
from config.handbook.answers.growing import GROWING
from config.handbook.answers.keeping import KEEPING

MADE = "<!-- 由 manage.py write_handbook 生成，请改 config/handbook/answers/ 再重新生成。 -->"
GROUPS = (
    ("文件读不了", "整份文件没有读，什么也没写。", FILES),
    ("列和写法", "表读出来了，有些地方要您定。", MAPPING),
    ("格子里的话：填写", "红色是有问题，这一行不入库；黄色是有提醒，可以入库；灰字是提示，不用管。", CELLS),
    ("格子里的话：与系统比", "格子本身没填错，与系统里已有的对不上。", COMPARED + GROWING + KEEPING),
    ("后台处理", "", BACKGROUND),
    ("提交、审核、不在名册中的人", "", REVIEW),
    ("撤销", "", UNDO),
    ("催报、模板、表样、核对", "", COLLECTION),
)

# Codes that no clerk meets on a page.
NOT_FOR_CLERKS = {
    "unknown_kind": "manage.py check_roster 的参数",
    "unknown_county": "manage.py check_roster 的参数",
    "no_file": "manage.py check_roster 的参数",
    "id_exists": "接口（REST）",
    "unknown_person": "接口（REST）",
    "one_post": "接口（REST）",
    "bad_value": "接口（REST）",
    "column_twice": "接口（REST）",
    "missing_target": "接口（REST）",
    "no_columns": "接口（REST）",
    "no_target": "接口（REST）",
    "not_a_row": "接口（REST）",
    "valid_rows": "接口（REST）的 mode",
}


def codes():
    """Every code that has an answer."""
    return {code for _, _, answers in GROUPS for one in answers for code in one.codes}


def page():
    """The page of all answers, in Markdown."""
    parts = [
        MADE,
        "# 常见问题",
        "按页面上的话找：在浏览器里按 Ctrl+F，输入其中几个字。“…”处随情况不同。"
        "红色、黄色的格子都能直接在页面上改：双击格子，或点“改这一格”。",
        *(_group(*group) for group in GROUPS),
    ]
    return "\n\n".join(parts) + "\n"


def _group(title, intro, answers):
    lines = [f"## {title}", ""]
    if intro:
        lines += [intro, ""]
    lines += ["| 页面上的话 | 为什么，怎么办 |", "|---|---|"]
    lines += [f"| {one.says.format(**NUMBERS)} | {one.answer.format(**NUMBERS)} |" for one in answers]
    return "\n".join(lines)
