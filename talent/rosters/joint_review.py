"""县级联审结论: the column of a department of the joint review, a row per candidate and item."""

from rosters.cleaning import choice, date, line
from rosters.spec import Column, Roster, Target, register
from talent import roster_export
from talent.models import ElectionRound, JointReviewDepartment, JointReviewMark
from talent.roster_apply import joint_review
from talent.rosters import persons
from villages.rosters import TOWNSHIP, VILLAGE

RESULT_WORDS = {
    **{label: code for code, label in JointReviewMark.Result.choices},
    **dict.fromkeys(("没有", "无此情况", "未发现", "无问题"), "clear"), **dict.fromkeys(("存在", "有问题", "发现"), "found"),
    **dict.fromkeys(("不了解", "不清楚", "无法核实"), "unknown"),
}  # fmt: skip
# Masked in what we give out, so it is read as text: it only tells people of one name apart.
HINT = Column("id_hint", "身份证号", line, ("身份证号", "身份证号码", "公民身份号码"))
ITEM = Column("review_item", "联审事项", line, ("联审事项", "审查事项", "联审内容", "核查事项"))
RESULT = Column(
    "review_result", "联审结论",
    choice("review_result", RESULT_WORDS, "unknown_review_result", "、".join(JointReviewMark.Result.labels)),
    ("联审结论", "结论", "联审结果", "审查结论", "核查结论"),
)  # fmt: skip
REASON = Column("review_reason", "具体情况", line, ("具体情况", "情况说明", "具体情形"))
DOCUMENT = Column("review_document", "联审文号", line, ("联审文号", "文号", "出具文号"))
DECIDED = Column("review_decided", "出具日期", date, ("出具日期", "出具时间", "联审日期", "联审时间"))
REVIEWER = Column("reviewer", "审核人", line, ("审核人", "联审人", "经办人"))


def _choices(user, on):
    running = ElectionRound.objects.open(on)
    found = JointReviewDepartment.objects.fillable_by(user, on).filter(round__in=running).select_related("round")
    return [(row.pk, _text(row)) for row in found.order_by("-round__start", "round_id", "pk")]


def _text(row):
    return f"{row.round} {row.name}"


def _readable(user):
    if not user.has_perm("talent.change_jointreviewmark"):
        return set()
    return set(JointReviewDepartment.objects.visible_to(user).values_list("pk", flat=True))


def _texts(keys):
    return {row.pk: _text(row) for row in JointReviewDepartment.objects.filter(pk__in=keys).select_related("round")}


def _suggest(choices, said):
    """The only column that the user fills in."""
    return choices[0][0] if len(choices) == 1 else None


DEPARTMENT = Target(
    label="联审部门",
    choices=_choices,
    readable=_readable,
    texts=_texts,
    title="联审结论",
    missing="没有选择联审部门，请选择后再上传。只有县委组织部和联审部门自己的账号能填联审结论。",
    suggest=_suggest,
)
JOINT_REVIEW = register(
    Roster(
        slug="joint_review",
        page="联审填报",
        title="县级联审结论",
        of_county=True,
        purpose="填报一个部门的联审结论：候选人逐人逐事项填 无、有、不掌握，“有”的写明具体情况。",
        matching="先选部门，再按村和姓名找这一轮的候选人（同名的看身份证号），按事项名称找本部门的联审事项。结论空着的行不动；这一栏里的“无”是结论，不算空。",
        columns=(TOWNSHIP, VILLAGE, persons.NAME, HINT, ITEM, RESULT, REASON, DOCUMENT, DECIDED, REVIEWER),
        required=("name", "village", "review_item"),
        village_required=True,
        duplicate_field="name",
        identities=joint_review.identities,
        target=DEPARTMENT,
        compare=joint_review.compare,
        apply=joint_review.write,
        export=roster_export.joint_review,
        choices=roster_export.joint_review_choices,
        export_permission="talent.reveal_person",
        own_door="talent.fill_jointreviewmark",
        leading=("township", "village", "name", "review_item", "review_result", "review_reason"),
        standard=(
            "township", "village", "name", "id_hint", "review_item", "review_result", "review_reason", "review_document",
            "review_decided", "reviewer",
        ),
        template_note="填表说明：一人一事项一行；联审结论填 无、有、不掌握，“有”的写明具体情况；填了结论的要填出具日期；没有填结论的行不动。",
    )
)  # fmt: skip
