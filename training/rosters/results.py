"""培训班成绩和结果登记表: the test of each trainee of a class and what the class came to."""

from rosters.cleaning import choice
from rosters.spec import Column, Roster, register
from talent.rosters import persons
from talent.rosters.applicants import SCORE
from training import roster_export
from training.roster_apply import results
from training.roster_targets import RESULTS as TARGET
from training.rosters.trainees import JOB_TITLE, class_name
from villages.rosters import TOWNSHIP, VILLAGE

TEST = Column(
    "test_score", "测试成绩", SCORE, ("测试成绩", "培训测试成绩", "结业测试成绩", "结业考试成绩", "考试成绩", "结业成绩", "测试得分", "考试得分"), unsure=("成绩", "得分", "分数"),
)  # fmt: skip
RESULT = Column(
    "class_result", "结果",
    choice(
        "class_result",
        {
            **dict.fromkeys(("合格", "考核合格", "结业合格", "优秀", "良好"), "qualified"),
            **dict.fromkeys(("不合格", "考核不合格", "未合格"), "unqualified"),
            **dict.fromkeys(("已参训", "参训", "结业", "已结业"), "attended"),
            **dict.fromkeys(("缺训", "未参训", "未参加", "缺席"), "absent"),
            **dict.fromkeys(("已报名", "报名"), "enrolled"),
        },
        "unknown_class_result", "已报名、已参训、合格、不合格或缺训",
    ),
    ("结果", "培训结果", "参训结果", "结业结果", "考核结果", "结业情况", "是否合格", "是否结业"), unsure=("情况",),
)  # fmt: skip

RESULTS = register(
    Roster(
        slug="results",
        page="培训",
        title="培训班成绩和结果登记表",
        purpose="登记一期培训班每个学员的测试成绩和结果，证书和“谁缺什么”按它来算。",
        matching=(
            "先选班次；有身份证号的按身份证号找人，没有的按“村＋姓名”找本村唯一的同名人；这个人须已在所选班次的名单里，一人一条。"
            "由办班的单位登记，乡镇只能看。"
        ),
        columns=(TOWNSHIP, VILLAGE, persons.NAME, persons.ID_NUMBER, JOB_TITLE, TEST, RESULT, persons.REMARKS),
        required=("name",),
        identities=persons.identity_keys,
        context=class_name,
        target=TARGET,
        compare=results.compare,
        apply=results.write,
        export=roster_export.results,
        choices=roster_export.result_choices,
        export_permission="talent.reveal_person",
        leading=("township", "village", "name", "id_number", "test_score", "class_result"),
        standard=("township", "village", "name", "id_number", "job_title", "test_score", "class_result", "remarks"),
        template_note=(
            "填表说明：一人一行；成绩填 0 到 100，最多一位小数，没有测试的不填；结果不填的，班次结业以后按到课率和成绩定；身份证号按文本填写。"
        ),
    )
)
