"""Tables of the county's rounds: elections with their plan, mid-term reviews, notices of open recruitment."""

from rosters.cleaning import choice, date, free_text, line, number
from rosters.spec import Column, Roster, register
from talent import rounds_export
from talent.models import ElectionRound, ElectionStep, Recruitment
from talent.roster_apply import election_rounds, recruitments, review_rounds
from talent.rosters.vocabulary import education
from villages.rosters import TOWNSHIP

SCHEME_NO = Column("scheme_no", "方案文号", line, ("方案文号", "工作方案文号", "实施方案文号"), unsure=("文号",))


def _words(choices, others):
    """The labels of `choices`, and other words that mean one of them."""
    return {label: value for value, label in choices.choices} | others


def _expected(choices):
    return "、".join(choices.labels)


REVIEW_COLUMNS = (
    Column("review_round", "研判轮次", line, ("研判轮次", "届中研判轮次", "研判轮次名称"), unsure=("轮次", "轮次名称")),
    Column("data_day", "数据时点", date, ("数据时点", "台账取数", "台账取数日期", "取数日期")),
    Column("opens", "开始日期", date, ("开始日期", "研判开始日期", "研判开始"), unsure=("开始时间", "开始")),
    Column("closes", "截止日期", date, ("截止日期", "研判截止日期", "研判截止"), unsure=("截止时间", "截止")),
    SCHEME_NO,
    Column("round_remarks", "要求", free_text, ("要求", "研判要求"), unsure=("备注", "说明")),
)  # fmt: skip
register(
    Roster(
        slug="review_rounds",
        page="届中研判",
        title="届中研判轮次表",
        of_county=True,
        purpose="登记各轮届中研判：数据时点、起止日期和文号。以前年度的轮次可以一次补录，再把各村的研判结果传上来。",
        matching="按轮次名称找本县的轮次：名称相同的是更正，不同的是发起新的一轮，按数据时点的台账备好各村的研判表。研判由县委组织部发起，乡镇只能看。",
        columns=REVIEW_COLUMNS,
        required=("review_round",),
        has_place=False,
        duplicate_field="review_round",
        identities=review_rounds.identities,
        compare=review_rounds.compare,
        apply=review_rounds.write,
        export=rounds_export.review_rounds,
        choices=rounds_export.review_round_choices,
        export_permission="talent.view_reviewround",
        standard=tuple(column.field for column in REVIEW_COLUMNS),
        template_note="填表说明：一轮一行；日期写到日，如 2023.09.15；数据时点是研判表取数的那一天，不晚于截止日期。",
    )
)
ELECTION_COLUMNS = (
    Column("election_round", "换届轮次", line, ("换届轮次", "换届轮次名称", "选举轮次"), unsure=("轮次", "轮次名称")),
    Column("round_kind", "轮次类型", choice("round_kind", _words(ElectionRound.Kind, {"换届选举": "general", "补选选举": "by_election"}), "unknown_round_kind", _expected(ElectionRound.Kind)), ("轮次类型", "选举类型"), unsure=("类型",)),
    Column("outgoing_term", "本届", line, ("本届", "换出的届次", "原届次", "上一届")),
    Column("incoming_term", "新一届", line, ("新一届", "选出的届次", "新一届届次", "选出届次")),
    Column("election_day", "选举日", date, ("选举日", "选举日期", "统一选举日")),
    Column("round_start", "启动日期", date, ("启动日期", "启动时间", "换届启动日期")),
    Column("round_end", "办结日期", date, ("办结日期", "办结时间", "换届办结日期")),
    SCHEME_NO,
    Column("by_villages", "补选的村", free_text, ("补选的村", "补选村", "补选村社区")),
    Column("step_offset", "距选举日（天）", number("天"), ("距选举日", "距选举日天", "距选举日天数", "选举日前后天数")),
    Column("step_title", "流程事项", line, ("流程事项", "步骤名称", "流程步骤", "换届步骤"), unsure=("事项", "步骤")),
    Column("step_due", "事项要求", line, ("事项要求", "步骤要求", "工作要求")),
    Column("step_per", "由谁办", choice("step_per", _words(ElectionStep.Per, {"村": "village", "逐村": "village", "县": "county", "县里": "county"}), "unknown_step_per", _expected(ElectionStep.Per)), ("由谁办", "办理层级", "组织实施")),
    Column("step_done", "完成日期", date, ("完成日期", "步骤完成日期", "完成时间")),
    Column("round_remarks", "备注", free_text, ("备注", "轮次备注", "说明")),
)  # fmt: skip
register(
    Roster(
        slug="election_rounds",
        page="换届",
        title="换届轮次和流程表",
        of_county=True,
        purpose="登记各轮换届和补选：届次、选举日、起止日期和流程各步。以前年度已办结的轮次可以一次补录。",
        matching="按轮次名称找本县的轮次，再按事项找流程里的那一步：名称相同的是更正，不同的是新的。新轮次按启动日期的村、联审部门样表建好，没有写流程的用流程样表；已办结的要先清空办结日期才能改。轮次由县委组织部建，乡镇只能看。",
        columns=ELECTION_COLUMNS,
        required=("election_round",),
        has_place=False,
        duplicate_field="election_round",
        identities=election_rounds.identities,
        compare=election_rounds.compare,
        apply=election_rounds.write,
        export=rounds_export.election_rounds,
        choices=rounds_export.election_round_choices,
        export_permission="talent.view_electionround",
        leading=("election_round", "step_offset", "step_title", "election_day", "round_start", "round_end"),
        standard=tuple(column.field for column in ELECTION_COLUMNS),
        template_note="填表说明：一步一行，轮次各栏每行照填；选举日前的天数填负数，选举日填 0；补选的填补选的村（乡镇加村名，顿号隔开），“本届”空着；完成日期只填全县办的事项。",
    )
)
NOTICE_COLUMNS = (
    Column("notice_title", "公告标题", line, ("公告标题", "招聘公告", "招聘公告标题", "公告名称"), unsure=("公告",)),
    Column("notice_year", "年度", number("年"), ("招聘年度", "公告年度", "年度")),
    Column("notice_no", "公告文号", line, ("公告文号", "招聘公告文号"), unsure=("文号",)),
    TOWNSHIP,
    Column("places", "名额", number("名"), ("名额", "招聘名额", "招聘人数", "计划招聘人数", "名额名")),
    Column("min_age", "年龄不低于（周岁）", number("周岁"), ("年龄不低于", "年龄不低于周岁", "年龄下限", "最低年龄")),
    Column("max_age", "年龄不超过（周岁）", number("周岁"), ("年龄不超过", "年龄不超过周岁", "年龄上限", "最高年龄")),
    Column("min_education", "学历不低于", education, ("学历不低于", "最低学历", "学历要求")),
    Column("asked_party", "政治面貌要求", choice("asked_party", _words(Recruitment.Party, {"中共党员": "member", "党员": "member", "中共党员(含预备党员)": "member"}), "unknown_asked_party", _expected(Recruitment.Party)), ("政治面貌要求",), unsure=("政治面貌",)),
    Column("asked_household", "户籍要求", choice("asked_household", _words(Recruitment.Household, {"本县": "county", "报考乡镇": "township", "本乡镇": "township", "本乡镇户籍": "township"}), "unknown_asked_household", _expected(Recruitment.Household)), ("户籍要求",), unsure=("户籍",)),
    Column("written_weight", "笔试占比（%）", number("%"), ("笔试占比", "笔试占比%", "笔试权重", "笔试比例")),
    Column("interview_weight", "面试占比（%）", number("%"), ("面试占比", "面试占比%", "面试权重", "面试比例")),
    Column("tie_break", "总分相同时", choice("tie_break", _words(Recruitment.TieBreak, {"面试": "interview", "面试优先": "interview", "笔试": "written", "笔试优先": "written"}), "unknown_tie_break", _expected(Recruitment.TieBreak)), ("总分相同时", "同分时")),
    Column("published_on", "公告日期", date, ("公告日期", "公告发布日期", "发布日期")),
    Column("applies_until", "报名截止", date, ("报名截止", "报名截止日期", "报名截止时间")),
    Column("written_on", "笔试日期", date, ("笔试日期", "笔试时间")),
    Column("interviewed_on", "面试日期", date, ("面试日期", "面试时间")),
    Column("physical_on", "体检日期", date, ("体检日期", "体检时间")),
    Column("inspected_on", "考察日期", date, ("考察日期", "考察时间")),
    Column("publicised_from", "公示开始", date, ("公示开始", "公示开始日期", "公示起")),
    Column("publicised_until", "公示结束", date, ("公示结束", "公示结束日期", "公示止")),
    Column("notice_remarks", "公告备注", free_text, ("公告备注", "招聘备注"), unsure=("备注", "说明")),
)  # fmt: skip
register(
    Roster(
        slug="recruitments",
        page="公开招聘",
        title="公开招聘公告和名额表",
        of_county=True,
        purpose="登记历次公开招聘的公告、条件、日程和各乡镇名额。以前年度的招聘可以一次补录，再传报名和成绩名册。",
        matching="按公告标题找本县的公告，再按乡镇找名额：标题相同的是更正，不同的是新的公告。名额不能少于已聘用的人数；要去掉一个乡镇的名额，在公告页面改。公告由县委组织部发布，乡镇只能看。",
        columns=NOTICE_COLUMNS,
        required=("notice_title",),
        duplicate_field="notice_title",
        identities=recruitments.identities,
        compare=recruitments.compare,
        apply=recruitments.write,
        export=rounds_export.recruitments,
        choices=rounds_export.recruitment_choices,
        export_permission="talent.view_recruitment",
        leading=("notice_title", "notice_year", "township", "places", "published_on", "applies_until"),
        standard=tuple(column.field for column in NOTICE_COLUMNS),
        template_note="填表说明：一个乡镇一行，公告各栏每行照填；笔试、面试占比相加为 100，只填一个的另一个自动算；日期写到日；公示不足规定工作日的不收。",
    )
)
