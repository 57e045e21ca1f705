"""换届选举结果 and 换届各村流程完成情况: what a round came to in every village, onto the round."""

from rosters.cleaning import choice, date, line, number
from rosters.spec import Column, Roster, register
from talent import election_export
from talent.models import Candidate
from talent.roster_apply import election_results, village_steps
from talent.roster_targets.elections import RESULTS, STEPS
from talent.rosters import persons
from talent.rosters.vocabulary import posts_kind
from villages.rosters import TOWNSHIP, VILLAGE

RESULT_WORDS = {
    **dict.fromkeys(("当选", "是", "已当选", "连选连任", "当选人"), Candidate.Status.ELECTED.value),
    **dict.fromkeys(("落选", "否", "未当选", "没有当选"), Candidate.Status.NOT_ELECTED.value),
}  # fmt: skip
POST = Column(
    "posts", "竞选职务", posts_kind(),
    ("竞选职务", "参选职务", "选举职务", "当选职务", "候选职务", "拟任职务", "职务"),
)  # fmt: skip
RESULT_COLUMNS = (
    Column("elected", "是否当选", choice("elected", RESULT_WORDS, "unknown_result_word", "当选、落选"), ("是否当选", "选举结果", "当选情况", "当选与否", "结果")),
    Column("votes_for", "得票", number("票"), ("得票", "得票数", "赞成票", "赞成票数", "得赞成票")),
    Column("held_on", "选举日期", date, ("选举日期", "选举时间", "投票日期", "投票选举日", "正式选举日期")),
    Column("vote_issued", "发出选票", number("张"), ("发出选票", "发出选票数", "发出选票张", "选票发出")),
    Column("vote_returned", "收回选票", number("张"), ("收回选票", "收回选票数", "收回选票张", "选票收回")),
    Column("vote_valid", "有效选票", number("张"), ("有效选票", "有效选票数", "有效选票张", "选票有效")),
    Column("result_document", "批复文号", line, ("批复文号", "批复备案文号", "备案文号", "选举批复文号")),
)  # fmt: skip
register(
    Roster(
        slug="election_results",
        page="换届",
        title="换届选举结果",
        of_county=True,
        purpose="登记一轮换届各村的选举结果：谁参选什么职务、得票、是否当选，各项选举的选票数、日期和文号。以前年度已办结的轮次可以整轮补录。",
        matching="先选换届轮次，再按身份证号找人，按村和职务找这一轮的候选人。同一个村党组织、村（居）委会、监委会各算一项选举，一项选举的各行一起入库，有一行不行就整项不入库。进行中的轮次只收正式候选人，任职、离任随结果登记，与“换届”页面一样；已办结的轮次只补录还没有登记的选举：台账里已有的任职与它对应、不重复登记，没有的按这一届的任期补上，不办任何人的离任。已登记的结果不再改。结果由县委组织部登记。",
        columns=(
            TOWNSHIP, VILLAGE, persons.NAME, persons.SEX, persons.ID_NUMBER, POST, *RESULT_COLUMNS,
        ),
        required=("name", "id_number", "village", "posts", "elected"),
        village_required=True,
        check_row=persons.check_person,
        identities=election_results.identities,
        target=RESULTS,
        compare=election_results.compare,
        apply=election_results.write,
        export=election_export.results,
        choices=election_export.result_choices,
        export_permission="talent.reveal_person",
        leading=("township", "village", "name", "id_number", "posts", "elected", "votes_for", "held_on"),
        standard=(
            "township", "village", "name", "sex", "id_number", "posts",
            *(column.field for column in RESULT_COLUMNS),
        ),
        template_note="填表说明：一人一个职务一行，落选的也填；同一个村同一项选举的选票数、日期、文号可以只填在第一行；日期写到日，空着的按本村选举日；身份证号按文本填写。",
    )
)  # fmt: skip
STEP_COLUMNS = (
    Column("step_title", "流程事项", line, ("流程事项", "步骤名称", "流程步骤", "换届步骤"), unsure=("事项", "步骤")),
    Column("village_step_done", "本村完成日期", date, ("本村完成日期", "本村完成时间", "村里完成日期", "步骤完成日期", "完成日期", "完成时间")),
    Column("step_note", "说明（文号）", line, ("说明文号", "完成说明", "依据文号", "步骤说明"), unsure=("说明", "文号", "备注")),
)  # fmt: skip
register(
    Roster(
        slug="village_steps",
        page="换届",
        title="换届各村流程完成情况",
        purpose="登记一轮换届各村每一步的完成日期和依据的文号。以前年度已办结的轮次可以整轮补录。",
        matching="先选换届轮次，再按村和事项名称找流程里的那一步，一村一步一行。日期空着的行不动；进行中的轮次可以改日期，撤回在步骤页面办；已办结的只由县里补录还没有登记的。",
        columns=(TOWNSHIP, VILLAGE, *STEP_COLUMNS),
        required=("village", "step_title"),
        village_required=True,
        duplicate_field="step_title",
        identities=village_steps.identities,
        target=STEPS,
        compare=village_steps.compare,
        apply=village_steps.write,
        export=election_export.steps,
        choices=election_export.step_choices,
        export_permission="talent.view_electionstepdone",
        leading=("township", "village", *(column.field for column in STEP_COLUMNS)),
        standard=("township", "village", *(column.field for column in STEP_COLUMNS)),
        template_note="填表说明：一村一步一行；完成日期写到日，如 2021.01.10，没有完成的空着；事项名称按这一轮的流程填写。",
    )
)
