"""年度考核得分汇总表: points and ballots of those whom a scheme evaluates."""

from awards.models import Grade
from awards.roster_apply import evaluations as apply
from awards.roster_export import evaluations as export
from awards.roster_targets.evaluations import SCHEME
from rosters.cleaning import choice, free_text, line, number
from rosters.spec import Column, Roster, register
from talent.rosters import persons
from talent.rosters.reviews import COUNTS
from villages.rosters import TOWNSHIP, VILLAGE

POLITICS = Column(
    "politics_points", "政治表现得分", number("分"), ("政治表现得分", "政治表现", "政治表现分", "政治表现评分"), by_values=True,
)  # fmt: skip
WORK = Column(
    "work_points", "工作实绩得分", number("分"), ("工作实绩得分", "工作实绩", "工作实绩分", "工作实绩评分", "实绩得分"), by_values=True,
)  # fmt: skip
OTHERS = Column(
    "other_points", "其他得分和加减分", free_text, ("其他得分和加减分", "其他得分", "加减分", "加减分项", "加分扣分", "得分明细", "加减分情况"),
)  # fmt: skip
REASON = Column(
    "ballot_reason", "票数更正原因", line, ("票数更正原因", "更正原因", "更正票数原因", "票数改动原因"),
)  # fmt: skip
PROPOSED = Column(
    "proposed_grade", "乡镇建议等次", choice("proposed_grade", {label: key for key, label in Grade.choices}, "unknown_proposed_grade", "、".join(Grade.labels)),
    ("乡镇建议等次", "建议等次", "拟定等次", "拟评等次", "乡镇评定等次"),
)  # fmt: skip
GRADE = Column(
    "final_grade", "考核等次", choice("final_grade", {label: key for key, label in Grade.choices}, "unknown_final_grade", "、".join(Grade.labels)),
    ("考核等次", "年度考核等次", "评定考核等次", "考核结果"),
)  # fmt: skip

EVALUATIONS = register(
    Roster(
        slug="evaluations",
        page="考核评价",
        title="年度考核得分汇总表",
        purpose="登记一个考核方案里对象的得分、加减分、群众测评票数和乡镇建议的等次，县里还可以登记考核等次。",
        matching="先选考核方案，再按村找对象：人按身份证号找，没有身份证号的按姓名找；村班子的考核按村找，不填姓名。不在考核对象里的不入库；定了等次的、乡镇已报县里的不再改。乡镇上传的记作乡镇评分，县里上传的记作县级核定。乡镇建议等次里的优秀不能超过本乡镇的名额；考核等次由县里上传的入库（评完的才能定，一票否决的为不称职，优秀不超过名额，定等次日期是名册截至的日期），乡镇上传的不采用。得分从名册截至的日期起算，以前的得分留着。登记过的票数要改的，写“票数更正原因”，原来的票数留在对象的页面上。",
        columns=(TOWNSHIP, VILLAGE, persons.NAME, persons.ID_NUMBER, POLITICS, WORK, OTHERS, *COUNTS, REASON, PROPOSED, GRADE),
        required=("village",),
        village_required=True,
        identities=apply.identities,
        target=SCHEME,
        compare=apply.compare,
        apply=apply.write,
        export=export.evaluations,
        choices=export.choices,
        export_permission="talent.reveal_person",
        leading=("township", "village", "name", "id_number", "politics_points", "work_points"),
        standard=(
            "township", "village", "name", "id_number", "politics_points", "work_points", "other_points",
            *(column.field for column in COUNTS), "ballot_reason", "proposed_grade", "final_grade",
        ),
        template_note=(
            "填表说明：一个对象一行；村班子考核不填姓名。“其他得分和加减分”写成“指标名称 分数（依据）”，几项用分号隔开，例如：受到县级以上表彰 5（清委〔2024〕1号）；一票否决项写分数 1。六项票数一起填；登记过的票数要改的，写明“票数更正原因”。"
        ),
    )
)  # fmt: skip
