"""The tables for the superior, in the order of the page."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import Http404

from config.reports import awarded, elections, funnel, life, party, pools, reviewed, sent, teams, training


@dataclass(frozen=True)
class Upward:
    """A report: `build(user, on, code)` returns the sheets of its workbook."""

    key: str
    title: str
    about: str
    build: Callable


TABLES = (
    Upward("structure", "村干部队伍结构分析表", "书记、主任、“两委”、监委会四张表：性别、民族、政治面貌、年龄、学历、来源、任职年限。", teams.structure),
    Upward("party", "党内统计：农村党建有关情况", "建制村、书记、第一书记、基础保障；共 32 栏；村里没有填报的栏在表下列明。", party.sheet),
    Upward("election", "村（居）民委员会选举情况统计表", "最近一轮换届的当选人员，按民政统计口径。", elections.sheet),
    Upward("reviews", "届中分析研判情况统计表", "最近一轮：班子等次、干部等次、处理建议，届中调整和已定未办。", reviewed.sheet),
    Upward("reserves", "村级后备干部统计表", "逐村应备、实有、缺口汇总，在库人员结构。", pools.reserves),
    Upward("stationed", "驻村第一书记和工作队情况统计表", "应派已派、在村人数、派出单位、经费、本年轮换召回提拔。", sent.sheet),
    Upward("training", "教育培训和学历提升统计表", "本年应训、参训、人次、学历提升。", training.sheet),
    Upward("talents", "乡村人才分类统计表", "五大类二十小类，引育方式。", pools.talents),
    Upward("demands", "人才需求对接情况统计表", "需求、推荐、邀请、接受、签约、到岗，未满足和仍缺。", funnel.sheet),
    Upward("awards", "乡村振兴表彰情况统计表", "本年个人、集体，五类，奖金。", awarded.sheet),
    Upward("life", "“三会一课”等组织生活完成情况统计表", "各乡镇无缺项支部、各月和各类缺项。", life.sheet),
)  # fmt: skip


def get(key):
    """The report `key`; Http404 when there is none."""
    found = next((one for one in TABLES if one.key == key), None)
    if found is None:
        raise Http404
    return found
