"""届中研判干部测评汇总表: grades, ballots and proposals of the people on the sheets of a round."""

from rosters.cleaning import choice, free_text, line, number
from rosters.spec import Column, Roster, register
from talent import roster_export
from talent.models import PersonReview
from talent.roster_apply import reviews
from talent.roster_targets.reviews import ROUND
from talent.rosters import persons
from villages.rosters import TOWNSHIP, VILLAGE

PROPOSAL_WORDS = {
    **{label: key for key, label in PersonReview.Proposal.choices},
    **dict.fromkeys(("继续留任", "保留", "继续使用"), "keep"), **dict.fromkeys(("提拔", "提拔使用", "重点培养"), "promote"),
    **dict.fromkeys(("帮带", "教育", "诫勉帮带", "教育培养"), "help"), **dict.fromkeys(("调整", "撤换", "免职", "调整撤换"), "adjust"),
}  # fmt: skip


def _count(field, label, *spellings):
    return Column(field, label, number("票"), (label, f"{label}票", f"{label}票数", *spellings))


COUNTS = (
    _count("issued", "发出", "发出测评票", "发放票数", "发票数"),
    _count("returned", "收回", "收回测评票", "回收票数"),
    _count("valid", "有效", "有效测评票"),
    _count("satisfied", "满意"),
    _count("fair", "基本满意"),
    _count("dissatisfied", "不满意"),
)
GRADE = Column(
    "grade", "评价等次", line, ("评价等次", "研判等次", "干部评价等次", "综合评价等次", "评定等次", "研判评价等次")
)  # fmt: skip
PROPOSAL = Column(
    "proposal", "处理建议",
    choice("review_proposal", PROPOSAL_WORDS, "unknown_proposal", "、".join(PersonReview.Proposal.labels)),
    ("处理建议", "研判建议", "研判处理建议", "使用建议", "组织处理建议"),
)  # fmt: skip
REASON = Column("adjust_reason", "调整原因", line, ("调整原因", "撤换原因", "调整撤换原因", "建议调整原因"))
PERFORMANCE = Column(
    "performance", "现实表现和存在问题", free_text, ("现实表现和存在问题", "现实表现", "现实表现及存在问题", "现实表现情况")
)  # fmt: skip
PLAN = Column("own_plan", "一人一策", free_text, ("一人一策", "一人一策措施", "帮带措施"))

REVIEWS = register(
    Roster(
        slug="reviews",
        page="届中研判",
        title="届中研判干部测评汇总表",
        purpose="登记一轮届中研判里干部的测评票数、评价等次、处理建议和一人一策。",
        matching="先选研判轮次，再按村找研判表；表里的人按身份证号找，没有身份证号的按姓名找。不在研判表里的人不入库；县里审定了的不再改，乡镇报了县里的要退回才能改。",
        columns=(
            TOWNSHIP, VILLAGE, persons.NAME, persons.ID_NUMBER, *COUNTS, GRADE, PROPOSAL, REASON, PERFORMANCE, PLAN,
        ),
        required=("name", "village"),
        village_required=True,
        identities=reviews.identities,
        target=ROUND,
        compare=reviews.compare,
        apply=reviews.write,
        export=roster_export.reviews,
        choices=roster_export.review_choices,
        export_permission="talent.reveal_person",
        leading=("township", "village", "name", "id_number", "grade", "proposal", "adjust_reason"),
        standard=(
            "township", "village", "name", "id_number", *(column.field for column in COUNTS), "grade", "proposal",
            "adjust_reason", "performance", "own_plan",
        ),
        template_note="填表说明：一人一行；六项票数一起填，没有测评的都不填；建议调整撤换的要填调整原因；身份证号按文本填写。",
    )
)  # fmt: skip
