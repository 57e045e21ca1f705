"""A village's sheet (一村一档) from what its page shows: the same parts on paper, in Word and in Excel."""

from core import word
from core.rules import SEVERITIES
from rosters import blocks
from rosters.blocks import Block

PEOPLE = (("姓名", 12), ("职务", 24), ("性别", 7), ("年龄（岁）", 7), ("学历", 16), ("政治面貌", 18), ("任现职", 16))
RESERVES = (
    ("姓名", 11), ("类别", 15), ("拟任具体职务", 18), ("储备类别", 11), ("年龄（岁）", 7), ("学历", 13), ("在库", 12), ("培养联系人", 13),
)  # fmt: skip
SENT = (("姓名", 14), ("职务", 32), ("派出单位", 36), ("时间", 18))
TALENTS = (("姓名", 16), ("类别", 22), ("专业特长", 62))
DEMANDS = (("需求岗位", 30), ("单位", 40), ("年度", 12), ("到岗/需求（人）", 18))
BRANCHES = (("党支部", 60), ("今年的组织生活", 40))
PROJECTS = (
    ("项目（活动）", 28), ("类别", 14), ("资金来源（主办）", 18), ("金额（万元）", 14), ("日期", 14), ("状态", 12),
)  # fmt: skip
ITEMS = (("事项", 34), ("情况", 38), ("时间、文号", 28))
NUMERALS = "一二三四五六七八九十"
YEARS = (
    ("年度", 12),
    ("户数（户）", 15),
    ("人口（人）", 15),
    ("常住（人）", 15),
    ("党员（名）", 15),
    ("集体收入（万元）", 28),
)
FINDINGS = (("等级", 14), ("情况", 86))
WORD_WIDTH = 1.56  # millimetres of the text's width to a percent


def title(village):
    return f"{village.township.name}{village.name}一村一档"


def under(shown, on):
    """The line below the title: the date, the term, the village's labels."""
    labels = "、".join(label.get_label_display() for label in shown["labels"])
    return "　".join(filter(None, [f"{on:%Y年%m月%d日}时点", str(shown["term"] or ""), labels]))


def parts(shown):
    """[Block] of the sheet; `shown` is the context of the village's page."""
    found = (
        _team(shown),
        _reserves(shown),
        _sent(shown),
        _talents(shown),
        _demands(shown),
        _party(shown),
        _projects(shown),
        *(_card(card) for card in shown["cards"]),
        _facts(shown),
        _findings(shown),
    )
    return [Block(f"{numeral(number)}、{name}", *rest) for number, (name, *rest) in enumerate(found, 1)]


def numeral(number):
    """A number up to 99 as parts of a paper are counted: 十, 十二, 二十一."""
    tens, ones = divmod(number, 10)
    ten = f"{NUMERALS[tens - 1] if tens > 1 else ''}十" if tens else ""
    return ten + (NUMERALS[ones - 1] if ones else "")


def document(shown, on):
    """The bytes of the sheet in Word."""
    paper = word.OfficialDocument()
    paper.title(title(shown["village"]))
    paper.centred(under(shown, on))
    for part in parts(shown):
        paper.heading(part.title)
        for text in part.lines:
            paper.paragraph(text)
        if part.rows:
            paper.table(part.headings, part.rows, [share * WORD_WIDTH for _, share in part.columns])
        elif part.empty:
            paper.paragraph(part.empty)
    return paper.bytes()


def workbook(shown, on, by):
    """The bytes of the sheet in Excel."""
    return blocks.workbook(title(shown["village"]), under(shown, on), parts(shown), by=by)


def _team(shown):
    told = shown["summary"]
    average = f"，平均年龄 {told['average_age']} 周岁" if told["average_age"] else ""
    lines = [
        f"“两委”干部 {told['cadres']} 人，其中女 {told['women']} 人、{told['young_age']} 周岁及以下 {told['young']} 人、"
        f"大专及以上 {told['college']} 人{average}。一肩挑：{told['one_shoulder']}；交叉任职 {told['crossing']} 人。"
    ]
    if (review := shown["review"]) and review["decided"]:
        one = review["sheet"]
        lines.append(f"{one.round.name}：班子等次“{one.team_class}”（{one.decided_on:%Y年%m月%d日}审定）。")
    if place := shown["election"] and shown["election"]["place"]:
        day = f"选举日 {place.election_day:%Y年%m月%d日}" if place.election_day else "选举日未定"
        lines.append(f"{place.round.name}：{day}。")
    for one in shown["kin"]:
        lines.append(f"{one.first.name}与{one.second.name}为近亲属（{one.get_relation_display()}）。")
    rows = []
    for body in shown["committees"]:
        if body["members"] or body["seats"]:
            rows += [_over(body), *(_seat(one) for one in body["members"])]
    return "班子", lines, PEOPLE, rows, "没有登记在任的班子成员。"


def _over(body):
    seats = f"，核定 {body['seats']} 职" if body["seats"] else ""
    vacant = f"，空缺 {body['vacant']} 席（{'；'.join(body['since'])}）" if body["vacant"] else ""
    return f"{body['label']} {body['people']} 人{seats}{vacant}"


def _seat(one):
    return (one["person"].name, one["label"], one["sex"], one["age"], one["education"], one["political"], one["since"])


def _reserves(shown):
    need = shown["need"]
    lines = [f"书记后备 {need['secretary']}，其他村干部后备 {need['other']}（实有/应备）。"] if need else []
    rows = [
        (one["person"].name, one["target"], one["post"], one["readiness"], one["age"], one["education"], one["how_long"], one["mentor"])
        for one in shown["reserves"]
    ]  # fmt: skip
    return "后备干部", lines, RESERVES, rows, "没有在库的后备干部。"


def _sent(shown):
    rows = [(one["person"].name, one["role"], one["unit"], one["since"]) for one in shown["stationed"]]
    lines = [
        f"{one.start:%Y-%m-%d} {one.person.name}服务 {one.days} 天{'：' if one.work else ''}{one.work}" for one in shown["visits"]
    ]  # fmt: skip
    return "驻村与挂职", lines, SENT, rows, "没有派驻的干部。"


def _talents(shown):
    rows = [
        (
            one.person.name,
            one.class_text or one.get_category_display(),
            f"{one.specialty}{'（示范户）' if one.is_demonstration else ''}",
        )
        for one in shown["talents"]
    ]
    return "乡村人才", (), TALENTS, rows, "没有在库的乡村人才。"


def _demands(shown):
    rows = [(one.post, one.unit, one.round.year, f"{one.arrived}/{one.number}") for one in shown["demands"]]
    return "人才需求", (), DEMANDS, rows, "没有提过人才需求。"


def _party(shown):
    rows = [
        (line["branch"].name, f"缺 {line['gaps']} 项" if line["gaps"] else "按期开展")
        for line in shown["party_branches"]
    ]
    lines = [
        f"{one.start:%Y-%m-%d} {one.person.name}{one.get_kind_display()}：{one.matter}" for one in shown["party_activities"]
    ]  # fmt: skip
    return "组织生活和联系服务", lines, BRANCHES, rows, "没有登记党支部。"


def _projects(shown):
    invested = shown["invested"]
    lines = [f"到时点 {invested['count']} 项资金，合计 {invested['total']:f} 万元，其中本年 {invested['this_year'] or 0:f} 万元。"] if invested["count"] else []  # fmt: skip
    rows = [
        (one.name, one.get_kind_display(), one.get_source_display(), float(one.amount_wan), f"{one.invested_on:%Y-%m-%d}", one.state_text)
        for one in shown["projects"]
    ]  # fmt: skip
    rows += [
        (one.name, one.get_kind_display(), one.organiser, None if one.amount_wan is None else float(one.amount_wan), f"{one.held_on:%Y-%m-%d}", "")
        for one in shown["culture"]
    ]  # fmt: skip
    return "项目与文化活动", lines, PROJECTS, rows, "没有登记项目和文化活动。"


def _card(card):
    rows = [(line.label, line.text, line.more) for line in card.lines]
    return card.heading, (), ITEMS, rows, card.empty


def _facts(shown):
    village = shown["village"]
    gone = f"，{village.end:%Y-%m-%d} 撤并" if village.end else ""
    lines = [f"代码 {village.code}，{village.get_kind_display()}，{village.start:%Y-%m-%d} 设立{gone}。"]
    if shown["former_names"]:
        lines.append(
            "曾用名：" + "、".join(f"{one.name}（用至 {one.until:%Y-%m-%d}）" for one in shown["former_names"]) + "。"
        )
    if shown["figures"] and (told := shown["figures"][0].facts):
        lines.append(f"{shown['figures'][0].year} 年：" + "；".join(f"{label} {text}" for label, text in told) + "。")
    rows = [
        (
            one.year,
            one.households,
            one.population,
            one.resident_population,
            one.party_members,
            None if one.collective_income_wan is None else float(one.collective_income_wan),
        )
        for one in shown["figures"]
    ]
    return "村情", lines, YEARS, rows, "没有登记年度数据。"


def _findings(shown):
    rows = [(SEVERITIES[one.severity], one.message) for one in shown["findings"]]
    return "核查发现", (), FINDINGS, rows, "没有发现问题。"
