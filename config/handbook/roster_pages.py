"""A page for each kind of roster, from its declaration: what a clerk may write into which column."""

from django.utils import timezone

from talent.rosters.reserve import SOURCES

MADE = "<!-- 由 manage.py write_handbook 按名册的定义生成，请不要手改。 -->"
# Fields of a template with a drop-down are those of `choices`; these depend on where the template is for.
NOWHERE = "000000"
COMMON_DROP_DOWNS = "乡镇、村（社区）的下拉只列所选范围内的"

# What may be written, by kind of value. A new kind of value needs its line here: the page is not written without.
WRITTEN = {
    "name": "姓名。中间的空格、姓名后的“（女）”不算；少数民族姓名的点写“·”或“.”都行",
    "id_number": "18 位身份证号，末位 X 大小写都行。请把这一列设为“文本”，否则末几位会变成 0",
    "phone": "11 位手机号。不对的照样入库这一行，只是电话不入",
    "sex": "男、女",
    "ethnicity": "民族，“汉”“汉族”都行",
    "date": "到月或到日，写法见下",
    "yes_no": "是、否，或打√；写法见下",
    "tick": "打√表示是，空着表示不是",
    "number": "数字；可以带单位（户、人、亩、元、万元……）",
    "score": "0 到 100 的分数，最多两位小数；“缺考”“弃考”不算成绩",
    "place": "乡镇、村（社区）的名称，全称最稳；曾用名也认得",
    "text": "一行文字",
    "ordinal": "第几期，写 2、第2期、第二期都行",
    "words": "几个短词，用顿号、逗号或空格隔开",
    "free_text": "文字，可以换行",
    "target_post": "写明是书记的（书记、支书、书记后备、书记主任一肩挑；副书记、团支部书记不是）算书记后备，别的算其他村干部后备",
    "source": "、".join(words[0] for words in SOURCES.values()) + "；别的写法记作“其他”",
}
LISTS = frozenset(
    (
        "education",
        "political_status",
        "talent_category",
        "target_education",
        "nominee_type",
        "award_category",
        "planned_post",
        "readiness",
        "assessed_half",
        "household",
        "unit_level",
        "half",
        "attendance_state",
        "talent_class",
        "sub_class",
        "willing",
        "origin",
        "asker",
        "manner",
        "candidate_source",
        "elected",
        "nominated_by",
        "review_proposal",
        "review_result",
        "final_grade",
        "secondment_kind",
        "stay_role",
        "wish_source",
        "plan_group",
        "still_here",
        "match_grade",
        "req_group",
        "term_state",
        "teacher_kind",
        "pension",
        "medical",
        "accident",
        "housing",
        "business",
        "meeting_kind",
        "project_kind",
        "fund_source",
        "activity_kind",
        "background",
        "party_body",
        "answer",
        "service_kind",
        "decision_kind",
        "fund_kind",
        "fund_form",
        "scheme_level",
        "visit_way",
        "round_kind",
        "step_per",
        "asked_party",
        "asked_household",
        "tie_break",
    )
)
PLACED_POSTS = "职务名称，一人多职用顿号隔开；"
YES_NO = "**是或否**：是、有、√、1、Y 读作“是”，否、无、×、0、N 读作“否”，空着的格子不改已有的。写“看情况”之类的会在格子里指出来。"
DATES = (
    "**日期**：1985.06、1985-6-12、1985/6、1985年6月、198506、19850612、二〇二一年三月、Excel 的日期格式都行；后面带“至今”“起”“当选”或（括号说明）也行。"
    "只有年份的读不了，请写到月。填 1985.1 而格式是数字的，读作 1985 年 10 月（Excel 会抹掉 1985.10 末尾的 0），拿不准就按文本填。"
)
BLANK = "**空格子**：不改动系统里已有的内容；“/”“—”“无”也算空。"
CLEARED = "**清空**：格子里写“清空”两个字，才把已有的内容去掉。必填的列、只比对的列不能这样清。"


def page(roster):
    """The page of a roster, in Markdown."""
    parts = [
        MADE,
        f"# {roster.title}",
        roster.purpose,
        "怎么上传、核对、入库，见[上传花名册](../upload.md)；格子里出现的话，见[常见问题](../faq.md)。",
        *_required(roster),
        "## 一行是谁的\n\n" + _matching(roster),
        *_target(roster),
        "## 各列\n\n列的顺序随意，多出来的列不读；没有的列不改动。表头写成下面任何一种都认得，空格、括号、标点不算。\n\n"
        + _table(roster),
        "## 怎么读\n\n" + "\n".join(f"- {line}" for line in _readings(roster)),
        *_drop_downs(roster),
        "## 上传不会做的事\n\n" + "\n".join(f"- {line}" for line in _never(roster)),
    ]
    return "\n\n".join(parts) + "\n"


def index(rosters):
    """The list of the pages."""
    lines = [f"| [{roster.title}]({roster.slug}.md) | {roster.purpose} |" for roster in rosters]
    head = f"{MADE}\n\n# 各种名册\n\n| 名册 | 用来做什么 |\n|---|---|\n"
    return head + "\n".join(lines) + "\n"


def _required(roster):
    required = [name for name in roster.required if name != "village"]
    if roster.village_required:
        required.append("village")
    labels = "、".join(_label(roster, name) for name in roster.in_order(required))
    where = "村（社区）可以不单列，写在小标题或工作表名里也认得。" if roster.village_required else ""
    return [f"## 必填\n\n{labels}。{where}缺哪一格，那一行不入库；别的行照常。"]


def _label(roster, name):
    return roster.column(name).label


def _matching(roster):
    repeated = "同一份表里重复的行只留第一行，后面的会指出与第几行重复。" if roster.identities else ""
    return roster.matching + repeated


def _target(roster):
    if roster.target is None:
        return []
    label = roster.target.label
    return [
        f"## {label}\n\n这种名册报的是某一个{label}。上传时在“{label}”里选；不选的，系统按表题认。"
        f"两样都认不出来，会请您先选定。传错了{label}的，作废后重新上传，选对再入库。"
    ]


# --- the columns


def _table(roster):
    lines = ["| 列 | 可以写什么 | 表头这样写都认得 |", "|---|---|---|"]
    whole = [column for column in roster.columns if "." not in column.field]
    for column in sorted(whole, key=lambda column: _place(roster, column)):
        lines.append(_line(roster, column))
        lines += [_line(roster, part) for part in _parts(roster, column.field) if part.kind.name != "tick"]
        lines += _ticks([part for part in _parts(roster, column.field) if part.kind.name == "tick"], column)
    return "\n".join(lines)


def _place(roster, column):
    order = roster.in_order({other.field for other in roster.columns})
    return order.index(column.field)


def _parts(roster, field):
    return [column for column in roster.columns if column.field.startswith(f"{field}.")]


def _line(roster, column):
    needed = column.field in roster.required or (column.field == "village" and roster.village_required)
    label = f"**{column.label}**（必填）" if needed else f"**{column.label}**"
    return f"| {label} | {_written(roster, column)} | {'、'.join(_spellings(column))} |"


def _written(roster, column):
    if column.compared_only:
        return "只比对，不入库：系统自己算，填的与算的不一样会提示"
    return _of_kind(roster, column)


PARTS = {
    "posts.other": "另外兼任的职务",
    "posts.third": "另外兼任的职务，有两列时的第二列",
    "posts.unit": "先写村再写职务，如“××村党支部书记”；没有村一栏的，村从这里读",
}


def _of_kind(roster, column):
    kind = column.kind
    if kind.name == "posts":
        return PLACED_POSTS + _posts(roster, column)
    if kind.options and kind.name not in WRITTEN:
        return "、".join(label for _, label in kind.options)
    return WRITTEN[kind.name]


def _posts(roster, column):
    if "." in column.field:
        return PARTS.get(column.field, "这一列已写明是哪个组织，只写“书记”“主任”“委员”即可")
    return "认得：" + "、".join(_choices(roster)["posts"]) + "，以及常见的简称"


def _spellings(column):
    """The headers, each once; with the group above them where they mean this only there."""
    grouped = [f"{group}／{text}" for group, texts in column.groups for text in texts]
    unsure = [f"{text}（看内容定）" for text in column.unsure]
    return list(dict.fromkeys((*column.spellings, *unsure, *grouped)))


def _ticks(columns, whole):
    if not columns:
        return []
    names = "、".join(column.spellings[0] for column in columns)
    return [f"| **{whole.label}，一种一列打勾** | {WRITTEN['tick']} | {names}，以及它们的常见写法 |"]


# --- the rest


def _readings(roster):
    kinds = {column.kind.name for column in roster.columns}
    found = [BLANK, CLEARED]
    if "date" in kinds:
        found.append(DATES)
    if "yes_no" in kinds:
        found.append(YES_NO)
    if roster.about_people:
        found.append("**出生年月**：以身份证号为准；表里与身份证不一致的，作为档案出生年月另存，并提醒。")
    return found


def _drop_downs(roster):
    if roster.choices is None:
        return []
    labels = "、".join(_label(roster, name) for name in _offered(roster))
    return [
        f"## 模板里的下拉\n\n“模板、导出和核对”页下载的模板，{labels}可以从下拉里选。{COMMON_DROP_DOWNS}。"
        "不用模板也一样能传。"
    ]


def _offered(roster):
    """The fields of the template that have a drop-down, in its order."""
    return [name for name in roster.in_order(_choices(roster)) if name in roster.standard]


def _choices(roster):
    """What a template's drop-downs hold that is the same everywhere; of no place, so without villages."""
    return roster.choices(NOWHERE, timezone.localdate())


def _never(roster):
    found = [
        "不删人，不删记录。表里没有的人、没有的村保持原样。",
        "表是空的、行数比上次少，也不删任何内容。",
        "不改动别的乡镇的人和村；那样的行会指出来，不入库。",
        "按下“入库”（或县里“同意入库”）之前，什么也不写。",
    ]
    if roster.absence:
        absence = roster.absence
        found.insert(
            1,
            f"{absence.state}而不在表上的人，只在您勾选“这份名册已列全”后列出来（乡镇上传的，看本乡镇各村的{absence.people}；县里上传的，只看表上所列各村的）；是否办理{absence.word}，逐个打勾另行办理。",
        )
    if roster.about_people:
        found.append("不改身份证号。号码登记错了的，请县委组织部在人员页面更正，或在“疑似同一人”里合并。")
    return found
