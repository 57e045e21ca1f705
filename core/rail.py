"""The rail of every page: one table of the office's work, cut down to what the role may open."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse


@dataclass(frozen=True)
class Entry:
    """A link: shown when its address exists and the role has `permission` ("" = everybody who sees business data)."""

    label: str
    route: str
    permission: str = ""
    part: str = ""
    also: str = ""  # further addresses that belong to this work begin so


ENTRIES = (
    Entry("首页", "home"),
    Entry("花名册", "roster_home", "rosters.view_upload"),
    Entry("催报", "collection_home", "rosters.collect"),
    Entry("核查发现", "findings", "talent.view_person"),
    Entry("村与班子", "villages", "villages.view_village", part="班子与人员"),
    Entry("换届", "elections", "talent.view_electionround", also="/joint-reviews/"),
    Entry("联审填报", "joint_reviews", "talent.fill_jointreviewmark"),
    Entry("届中研判", "reviews", "talent.view_reviewround"),
    Entry("任职", "admin:talent_appointment_changelist", "talent.view_appointment"),
    Entry("人员", "admin:talent_person_changelist", "talent.view_person", also="/people/"),
    Entry("疑似同一人", "same_people", "talent.change_person"),
    Entry("后备干部", "reserves", "talent.view_reservecandidate", part="后备与派驻"),
    Entry("公开招聘", "recruitments", "talent.view_recruitment"),
    Entry("驻村与挂职", "stationed", "talent.view_stationing"),
    Entry("培训", "training", "training.view_trainingsession", part="培养与激励", also="/certificates/"),
    Entry("学历提升", "degrees", "training.view_degreestudy"),
    Entry("人才库", "talents", "talent.view_ruraltalent"),
    Entry("需求与对接", "demands", "talent.view_demandround", also="/matches/"),
    Entry("考核评价", "evaluations", "awards.view_evaluationscheme"),
    Entry("表彰", "award_rounds", "awards.view_awardround", also="/admin/awards/award/"),
    Entry("奖励基金", "fund", "awards.view_rewardfund"),
    Entry("保障", "safeguards", "awards.view_safeguardrecord", also="/leaving/"),
    Entry("扶持政策", "support_policies", "awards.view_supportpolicy"),
    Entry("村级项目", "village_projects", "villages.view_villageproject"),
    Entry("组织生活", "party_life", "villages.view_partybranch", part="组织生活与监督"),
    Entry("监督检查", "inspections", "awards.view_inspection"),
    Entry("廉政记录", "admin:villages_integrityrecord_changelist", "villages.view_integrityrecord"),
    Entry("上报表", "reports", "villages.view_village", part="报送"),
    Entry("全部数据", "admin:index", "villages.view_village", part="其他"),
    Entry("参数设置", "parameters", "villages.view_village"),
    Entry("后台任务", "jobs", "core.view_job"),
    Entry("账号", "admin:core_user_changelist", "core.view_user"),
    Entry("接口令牌", "admin:core_apitoken_changelist", "core.view_apitoken"),
    Entry("操作日志", "admin:core_auditentry_changelist", "core.view_auditentry"),
)


def _address(route):
    try:
        return reverse(route)
    except NoReverseMatch:
        return None


def _addresses(allowed, path):
    """(length of the address that begins `path`, address of its entry), for every entry that has one."""
    for entry, url in allowed:
        for address in filter(None, (url, entry.also)):
            if path.startswith(address):
                yield len(address), url


def rail(user, path):
    """What `user` may open, as dicts; the entry with the longest address (or `also`) that begins `path` is current."""
    allowed = [
        (entry, url)
        for entry in ENTRIES
        if (not entry.permission or user.has_perm(entry.permission)) and (url := _address(entry.route))
    ]
    current = max(_addresses(allowed, path), default=(0, ""))[1]
    return [{"label": entry.label, "url": url, "part": entry.part, "current": url == current} for entry, url in allowed]
