"""A village's page as a Word document (一村一档), from what the page shows."""

from core import word


def document(shown, on):
    """The bytes of the document; `shown` is the context of the village's page."""
    village, paper = shown["village"], word.OfficialDocument()
    paper.title(f"{village.township.name}{village.name}一村一档")
    labels = "、".join(label.get_label_display() for label in shown["labels"])
    paper.centred("　".join(filter(None, [f"{on:%Y年%m月%d日}", str(shown["term"] or ""), labels])))
    for number, part in zip("一二三四五六", (_team, _reserves, _sent, _talents, _facts, _findings), strict=True):
        part(paper, shown, number)
    return paper.bytes()


def _team(paper, shown, number):
    paper.heading(f"{number}、班子")
    told = shown["summary"]
    paper.paragraph(
        f"“两委”干部 {told['cadres']} 人，其中女 {told['women']} 人、{told['young_age']} 周岁及以下 {told['young']} 人、大专及以上 {told['college']} 人"
        f"{'，平均年龄 ' + told['average_age'] + ' 周岁' if told['average_age'] else ''}。一肩挑：{told['one_shoulder']}；交叉任职 {told['crossing']} 人。"
    )
    for body in shown["committees"]:
        if body["vacant"]:
            paper.paragraph(
                f"{body['label']}核定 {body['seats']} 职，空缺 {body['vacant']} 席（{'；'.join(body['since'])}）。"
            )
    rows = [
        (one["person"].name, one["label"], one["sex"], one["age"], one["education"], one["political"], one["since"])
        for body in shown["committees"]
        for one in body["members"]
    ]
    paper.table(("姓名", "职务", "性别", "年龄", "学历", "政治面貌", "任现职"), rows, (22, 40, 12, 12, 18, 28, 24))
    if (review := shown["review"]) and review["decided"]:
        one = review["sheet"]
        paper.paragraph(f"{one.round.name}：班子等次“{one.team_class}”（{one.decided_on:%Y年%m月%d日}审定）。")
    for one in shown["kin"]:
        paper.paragraph(f"{one.first.name}与{one.second.name}为近亲属（{one.get_relation_display()}）。")


def _reserves(paper, shown, number):
    paper.heading(f"{number}、后备干部")
    if need := shown["need"]:
        paper.paragraph(f"书记后备 {need['secretary']}，其他村干部后备 {need['other']}（实有/应备）。")
    rows = [
        (one["person"].name, one["target"], one["age"], one["education"], one["since"]) for one in shown["reserves"]
    ]
    _list(paper, ("姓名", "类别", "年龄", "学历", "入库"), rows, "没有在库的后备干部。")


def _sent(paper, shown, number):
    paper.heading(f"{number}、驻村与挂职")
    rows = [(one["person"].name, one["role"], one["unit"], one["since"]) for one in shown["stationed"]]
    _list(paper, ("姓名", "职务", "派出单位", "时间"), rows, "没有派驻的干部。")


def _talents(paper, shown, number):
    paper.heading(f"{number}、乡村人才")
    rows = [(one.person.name, one.get_category_display(), one.specialty) for one in shown["talents"]]
    _list(paper, ("姓名", "类别", "专业特长"), rows, "没有在库的乡村人才。")


def _facts(paper, shown, number):
    paper.heading(f"{number}、村情")
    rows = [
        (
            one.year,
            one.households,
            one.population,
            one.resident_population,
            one.party_members,
            one.collective_income_wan,
        )
        for one in shown["figures"]
    ]
    _list(paper, ("年度", "户", "人口", "常住", "党员", "集体收入（万元）"), rows, "没有登记年度数据。")


def _findings(paper, shown, number):
    paper.heading(f"{number}、核查发现")
    for finding in shown["findings"]:
        paper.paragraph(finding.message)
    if not shown["findings"]:
        paper.paragraph("没有发现问题。")


def _list(paper, headings, rows, empty):
    if rows:
        paper.table(headings, rows)
    else:
        paper.paragraph(empty)
