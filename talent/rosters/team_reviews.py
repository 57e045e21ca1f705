"""届中研判班子汇总表 and 走访记录: what a review found of the teams of a round's villages, and who went there."""

from rosters.cleaning import choice, date, free_text, line, number
from rosters.spec import Column, Roster, register
from talent import rounds_export
from talent.models import ReviewVisit
from talent.roster_apply import review_visits, team_reviews
from talent.roster_targets.reviews import TEAMS, VISITS
from talent.rosters.reviews import COUNTS
from villages.rosters import TOWNSHIP, VILLAGE

COLUMNS = (
    *COUNTS,
    Column("team_class", "班子等次", line, ("班子等次", "班子研判等次", "班子评定等次", "班子综合等次", "班子类别", "班子评价")),
    Column("team_problems", "存在问题", free_text, ("存在问题", "班子存在问题", "存在的问题", "主要问题")),
    Column("unrest", "问题表现和不稳定因素", free_text, ("问题表现和不稳定因素", "问题表现", "不稳定因素", "具体表现")),
    Column("village_plan", "一村一策", free_text, ("一村一策", "一村一策措施", "整顿措施", "整改措施")),
    Column("township_opinion", "乡镇意见", free_text, ("乡镇意见", "乡镇党委意见", "乡镇街道意见")),
    Column("county_opinion", "县级意见", free_text, ("县级意见", "县委组织部意见", "县级审定意见")),
    Column("team_decided", "审定日期", date, ("审定日期", "县级审定日期", "审定时间")),
)  # fmt: skip

TEAM_REVIEWS = register(
    Roster(
        slug="team_reviews",
        page="届中研判",
        title="届中研判班子汇总表",
        purpose="登记一轮届中研判里各村班子的等次、测评票数、存在问题和一村一策；县里可以连审定意见和日期一起登记。",
        matching="先选研判轮次，再按村找研判表，一村一行。县里审定了的不再改，乡镇报了县里的要退回才能改；县级意见和审定日期只有县里能填，填了审定日期的当即审定，干部的等次和处理建议要先填齐。",
        columns=(TOWNSHIP, VILLAGE, *COLUMNS),
        required=("village",),
        village_required=True,
        duplicate_field="village",
        identities=team_reviews.identities,
        target=TEAMS,
        compare=team_reviews.compare,
        apply=team_reviews.write,
        export=rounds_export.teams,
        choices=rounds_export.team_choices,
        export_permission="talent.view_teamreview",
        leading=("township", "village", "team_class", "team_problems", "village_plan", "team_decided"),
        standard=("township", "village", *(column.field for column in COLUMNS)),
        template_note="填表说明：一村一行；六项票数一起填，没有测评的都不填；存在问题按词表填，几项用分号隔开；县级意见和审定日期由县委组织部填。",
    )
)
WAY_WORDS = {label: key for key, label in ReviewVisit.Way.choices} | {
    **dict.fromkeys(("述职", "测评", "述职评议", "民主测评"), "report"), **dict.fromkeys(("谈话", "谈心谈话", "谈心"), "talk"),
    **dict.fromkeys(("走访", "实地", "实地查看", "入户走访"), "sight"), **dict.fromkeys(("再走访", "回头看"), "again"),
}  # fmt: skip
VISIT_COLUMNS = (
    Column("visited_on", "走访日期", date, ("走访日期", "走访时间", "研判走访日期")),
    Column("visit_way", "走访方式", choice("visit_way", WAY_WORDS, "unknown_visit_way", "、".join(ReviewVisit.Way.labels)), ("走访方式", "研判方式", "走访形式")),
    Column("visitors", "走访人员", line, ("走访人员", "走访人", "走访组", "走访组成员")),
    Column("talked", "谈话（人）", number("人"), ("谈话人", "谈话人数", "谈话", "谈心谈话人数")),
    Column("visit_found", "了解到的情况", free_text, ("了解到的情况", "走访情况", "了解的情况", "反映的情况")),
)  # fmt: skip
REVIEW_VISITS = register(
    Roster(
        slug="review_visits",
        page="届中研判",
        title="届中研判走访记录",
        purpose="登记一轮届中研判里到各村走访、谈话、述职测评和回访的情况。",
        matching="先选研判轮次，再按村找研判表；日期、方式、走访人员都相同的是同一次走访，有一样不同的是新的一次。审定以后也能登记回访。",
        columns=(TOWNSHIP, VILLAGE, *VISIT_COLUMNS),
        required=("village", "visited_on", "visit_way", "visitors"),
        village_required=True,
        duplicate_field="visited_on",
        identities=review_visits.identities,
        target=VISITS,
        compare=review_visits.compare,
        apply=review_visits.write,
        export=rounds_export.visits,
        choices=rounds_export.visit_choices,
        export_permission="talent.view_reviewvisit",
        leading=("township", "village", "visited_on", "visit_way", "visitors", "talked"),
        standard=("township", "village", *(column.field for column in VISIT_COLUMNS)),
        template_note="填表说明：一次走访一行；走访日期写到日，如 2026.09.22；方式填述职测评、个别谈话、实地走访或回访。",
    )
)
