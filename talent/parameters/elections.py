"""What a county sets about elections of village teams: the plan, the joint review, age lines, the hand-over."""

import re

from django.core.exceptions import ValidationError

from core.parameters import parameter

ELECTIONS = "换届"
PLAN = "换届工作流程样表（选举日前 35 天至后 10 天，16 步），县里可改"
REVIEW = "中办、国办《关于加强和改进乡村治理的指导意见》：村“两委”换届候选人县级联审机制；部门和事项由县里定"
AGE = "县级换届工作要求（默认值，可改）"

STEP = re.compile(r"D(?P<offset>[+-]?\d{1,3})\s+(?P<per>各村|全县)\s+(?P<title>[^｜|]+)(?:[｜|](?P<due>.+))?")
ITEM = re.compile(r"(?P<department>[^：:]+)[：:](?P<title>.+)")


def step_parts(line):
    """(days from the election, 各村 or 全县, title, due) of a line of the plan; ValidationError where it is none."""
    found = STEP.fullmatch(line.strip())
    if found is None:
        raise ValidationError(f"“{line}”看不懂，请按“D-15 各村 提名候选人｜要求”的样子写，一行一步。")
    return int(found["offset"]), found["per"], found["title"].strip(), (found["due"] or "").strip()


def item_parts(line):
    """(department, item) of a line of the joint review; ValidationError where it is none."""
    found = ITEM.fullmatch(line.strip())
    if found is None:
        raise ValidationError(f"“{line}”看不懂，请按“公安局：受过刑事处罚”的样子写，一行一项。")
    return found["department"].strip(), found["title"].strip()


STEPS = parameter(
    "election_steps", "换届流程样表", (
        "D-35 全县 核定班子职数｜下达各村“两委”职数",
        "D-34 各村 离任审计｜村干部任期和离任经济责任审计",
        "D-32 各村 公示审计结果｜张榜公布",
        "D-30 各村 推选选举委员会｜5 至 9 人",
        "D-25 各村 选民登记",
        "D-20 各村 公布选民名单｜可提异议 5 天",
        "D-18 各村 推选村民代表",
        "D-15 各村 提名候选人",
        "D-13 各村 乡镇初审",
        "D-11 各村 预选",
        "D-9 全县 县级联审｜各部门出具结论和文号",
        "D-5 各村 党委考察",
        "D-4 各村 公示正式候选人",
        "D0 各村 选举大会｜发出、收回、有效票当场公布",
        "D+3 各村 报县备案",
        "D+10 各村 工作交接｜印章、账目、档案逐项签字",
    ), group=ELECTIONS, basis=PLAN, line=step_parts,
)  # fmt: skip
BY_ELECTION_STEPS = parameter(
    "by_election_steps", "补选流程样表", (
        "D-30 各村 提出补选方案｜写明出缺职务和原因，报乡镇审核",
        "D-20 各村 公布选民名单｜村（居）委会补选",
        "D-15 各村 提名候选人",
        "D-13 各村 乡镇初审",
        "D-9 全县 县级联审｜各部门出具结论和文号",
        "D-4 各村 公示正式候选人",
        "D0 各村 补选大会｜发出、收回、有效票当场公布",
        "D+3 各村 报县备案",
    ), group=ELECTIONS, line=step_parts,
    basis="《村民委员会组织法》：村民委员会成员出缺可以由村民会议或者村民代表会议补选；步骤县里可改",
)  # fmt: skip
REVIEW_ITEMS = parameter(
    "joint_review_items", "县级联审部门和事项", (
        "纪委监委：正被立案审查调查", "纪委监委：处分影响期未满", "组织部：不合格党员或受党纪处理", "社会工作部：违反村规民约情节严重",
        "政法委：涉黑涉恶、宗族恶势力", "政法委：涉邪教", "信访局：煽动组织集体上访", "法院：失信被执行人",
        "检察院：被提起公诉", "公安局：受过刑事处罚", "公安局：吸毒、赌博等治安处罚", "司法局：社区矫正",
        "民政局：挪用救助资金", "自然资源局：违法占地建房", "农业农村局：侵占集体资产",
    ), group=ELECTIONS, basis=REVIEW, line=item_parts,
)  # fmt: skip
REVIEW_DAYS = parameter(
    "joint_review_days", "县级联审应在选举日前几天办完", 5, group=ELECTIONS, unit="天", low=0, high=60, basis=PLAN
)
NEW_AGE = parameter(
    "election_age_new", "新任候选人年龄上限（周岁，含）", 55, group=ELECTIONS, unit="周岁", low=18, high=80, basis=AGE
)
AGAIN_AGE = parameter(
    "election_age_again", "连任候选人年龄上限（周岁，含）", 60, group=ELECTIONS, unit="周岁", low=18, high=80, basis=AGE
)
VOTING_AGE = parameter(
    "election_age_youngest", "候选人年龄下限（周岁，含）", 18, group=ELECTIONS, unit="周岁", low=18, high=30,
    basis="《村民委员会组织法》：年满十八周岁的村民有选举权和被选举权",
)  # fmt: skip
HANDOVER_ITEMS = parameter(
    "handover_items", "工作交接清单", (
        "印章", "财务账目和票据", "资金和债权债务", "集体资产和合同", "办公场所和用品", "文书档案", "未了事项",
    ), group=ELECTIONS, basis="《村民委员会组织法》：新一届村民委员会产生之日起十日内完成工作移交",
)  # fmt: skip
