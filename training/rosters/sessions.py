"""培训班次一览表: the classes that a county holds, a row each."""

import re

from rosters.cleaning import choice, date, line, number
from rosters.cleaning.base import is_blank, plain_kind, quote, squeeze
from rosters.problems import Found
from rosters.spec import Column, Roster, register
from training import roster_export
from training.models import TrainingSession
from training.roster_apply import sessions
from training.roster_targets import as_number
from training.rosters.plan import GROUP_WORDS

ORDINAL = re.compile(r"第?([0-9]{1,3}|[一二三四五六七八九十]{1,3})期?")
NUMBERED = re.compile(r"(.+?)[（(]?第([0-9]{1,2}|[一二三四五六七八九十]{1,3})期[）)]?")
LEVEL_WORDS = {
    **{label: value for value, label in TrainingSession.Level.choices},
    **dict.fromkeys(("中央级", "国家级"), "central"), **dict.fromkeys(("省级", "自治区", "直辖市"), "province"),
    **dict.fromkeys(("市级", "地级市", "州"), "prefecture"), **dict.fromkeys(("县级", "区级", "区", "县区"), "county"),
    **dict.fromkeys(("镇", "乡", "街道", "乡镇级", "镇级"), "township"),
}  # fmt: skip


def _ordinal(raw):
    """第二期, 第2期 and 2 as 2."""
    if is_blank(raw):
        return None, None
    found = ORDINAL.fullmatch(squeeze(raw))
    if not found or not as_number(found[1]):
        return None, Found("bad_ordinal", f"{quote(raw)}不是第几期，请填 1、2 这样的数字")
    return as_number(found[1]), None


ordinal = plain_kind("ordinal", _ordinal, lambda text: bool(ORDINAL.fullmatch(squeeze(text))))
COLUMNS = (
    Column("class_title", "班次名称", line, ("班次名称", "培训班名称", "培训班次", "培训班次名称", "办班名称", "班名"), unsure=("班次", "培训班", "名称")),
    Column("class_number", "期次", ordinal, ("期次", "第几期", "班次期次"), unsure=("期数", "期")),
    Column("plan_group", "培训对象", choice("plan_group", GROUP_WORDS, "unknown_plan_group", "、".join(TrainingSession.ClassType.labels)), ("培训对象", "参训对象", "培训对象范围", "对象类别", "班次类别")),
    Column("class_level", "层级", choice("class_level", LEVEL_WORDS, "unknown_class_level", "、".join(TrainingSession.Level.labels)), ("层级", "班次层级", "培训层级", "办班层级", "培训级别"), unsure=("级别",)),
    Column("class_host", "主办单位", line, ("主办单位", "举办单位", "办班单位", "组织单位")),
    Column("class_place", "地点", line, ("地点", "培训地点", "办班地点", "举办地点", "上课地点")),
    Column("class_start", "开班日期", date, ("开班日期", "开班时间", "开班", "培训开始时间", "培训开始日期", "办班开始时间"), unsure=("开始日期", "开始时间", "起始日期", "培训时间")),
    Column("class_end", "结业日期", date, ("结业日期", "结业时间", "结业", "结班日期", "结班时间", "培训结束时间", "培训结束日期", "办班结束时间"), unsure=("结束日期", "结束时间", "截止日期")),
    Column("class_hours", "学时", number("学时"), ("学时", "培训学时", "总学时", "学时数", "班次学时")),
    Column("class_topics", "培训专题", line, ("培训专题", "班次专题", "对应专题", "培训主题"), unsure=("专题", "主题")),
    Column("class_courses", "课程", line, ("课程", "课程安排", "培训课程", "主要课程", "课程设置"), unsure=("培训内容", "课程名称")),
    Column("class_plan", "对应年度计划", line, ("对应年度计划", "对应计划班次", "年度计划班次", "列入计划班次", "所属计划班次"), unsure=("计划班次",)),
)  # fmt: skip


def combine(values, fields):
    """The number of a class that stands behind its name, where there is no cell for it."""
    found = NUMBERED.fullmatch(values.get("class_title") or "")
    if found and not values.get("class_number") and as_number(found[2]):
        values["class_title"], values["class_number"] = found[1], as_number(found[2])


SESSIONS = register(
    Roster(
        slug="sessions",
        page="培训",
        title="培训班次一览表",
        of_county=True,
        purpose="登记办了哪些班：对象、层级、主办单位、起止日期、学时、专题和课程；名单、到课、成绩、证书都记在班次下面。",
        matching=(
            "按“班次名称＋期次＋开班日期”找本县的那一期：三样都相同的是更正，有一样不同的是新的一期。要改开班日期的，在班次页面里改。"
            "班次由县委组织部登记，乡镇只能看。"
        ),
        columns=COLUMNS,
        required=("class_title", "class_start"),
        has_place=False,
        duplicate_field="class_title",
        combine=combine,
        identities=sessions.identities,
        compare=sessions.compare,
        apply=sessions.write,
        export=roster_export.sessions,
        choices=roster_export.session_choices,
        export_permission="training.view_trainingsession",
        leading=("class_title", "class_number", "plan_group", "class_start", "class_end", "class_host"),
        standard=tuple(column.field for column in COLUMNS),
        template_note=(
            "填表说明：一期一行；日期写到日，如 2026.03.05；期次不填按第 1 期记，结业日期不填按一天的班记；"
            "几个专题、几门课程用分号隔开，还没有的会新建；对应年度计划填计划里的班次名称。"
        ),
    )
)
