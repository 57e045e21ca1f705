"""Impossible states are refused by the database, and before that by the model in the words that the clerk reads."""

import datetime

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from awards.models import (
    Award,
    AwardObjection,
    AwardPublicity,
    AwardRound,
    AwardScheme,
    AwardScore,
    BallotCorrection,
    DepartmentOpinion,
    Evaluation,
    EvaluationAppeal,
    EvaluationItem,
    EvaluationScore,
    FundBudget,
    FundEntry,
    InspectionFinding,
    Nomination,
    RewardFund,
    SafeguardRecord,
    SafeguardStandard,
    SupportApplication,
    SupportBudget,
    SupportCondition,
    SupportExclusion,
    SupportPayment,
    SupportPolicy,
    SupportResult,
)
from core.models import Job, ParameterValue, ReportTemplate, SpecialDay, User
from talent.models import (
    Appointment,
    Candidate,
    Demand,
    DemandRound,
    DemandVisit,
    Education,
    ElectionBallot,
    ElectionRound,
    ElectionStep,
    FamilyMember,
    HandoverItem,
    JointReviewMark,
    Kinship,
    Match,
    NotSamePerson,
    Person,
    PersonReview,
    Recruitment,
    RecruitmentQuota,
    ReserveCandidate,
    ReviewRound,
    RuralTalent,
    Secondment,
    ServiceVisit,
    Stationing,
    StationingAssessment,
    TalentConfirmation,
    TeamReview,
)
from tests import factories
from training import models as training
from training.models import Course, DegreeStudy, Enrollment, TrainingSession
from villages import models as villages
from villages.models import Division, DivisionName, Term, Village, VillageFigures, VillageLabel, VillageName

pytestmark = pytest.mark.django_db

START = factories.START
BEFORE, LATER = START - datetime.timedelta(1), START + datetime.timedelta(400)


def seat(**fields):
    taken = factories.appointment()
    return Appointment(
        **{"person": taken.person, "village": taken.village, "post": taken.post, "start": LATER} | fields
    )


def second_secretary():
    taken = factories.appointment(post="party_secretary")
    return Appointment(person=factories.person("王芳"), village=taken.village, post="party_secretary", start=LATER)


def place_in_pool(**fields):
    someone = factories.person()
    return ReserveCandidate(
        **{"person": someone, "village": someone.village, "target": "other", "start": START} | fields
    )


def second_place_in_pool():
    taken = factories.reserve()
    return place_in_pool(person=taken.person, target="secretary", start=LATER)


def stay(**fields):
    someone = factories.person()
    return Stationing(**{"person": someone, "village": someone.village, "role": "team_member", "start": START} | fields)


def second_stay():
    taken = factories.stationing()
    return stay(person=taken.person, village=taken.village, role=taken.role, start=LATER)


def study(**fields):
    someone = factories.person()
    return DegreeStudy(**{"person": someone, "village": someone.village, "target": "bachelor", "start": START} | fields)


def award(**fields):
    return Award(**{"scheme": factories.award_scheme(), "village": factories.village(), "year": 2024} | fields)


def award_again(collective):
    given = factories.award(collective=collective) if collective else factories.award()
    return award(scheme=given.scheme, person=given.person, collective=collective)


def nomination(**fields):
    place = factories.division(factories.OWN)
    return Nomination(**{"round": factories.award_round(), "township": place, "nominee_type": "collective"} | fields)


def correction(**fields):
    kept = factories.ballot_correction()
    names = (
        "evaluation",
        "by",
        "corrected_on",
        "reason",
        "issued",
        "returned",
        "valid",
        "satisfied",
        "fair",
        "dissatisfied",
    )
    return BallotCorrection(**{name: getattr(kept, name) for name in names} | fields)


POLICY = ("division", "name", "kind", "document_no", "start", "formula", "rate")


def standard(**fields):
    told = {"division": factories.division("990121"), "year": 2024, "post": "clerk", "document_no": "办法"}
    return SafeguardStandard(**told | fields)


def safeguard(**fields):
    someone = factories.person()
    return SafeguardRecord(**{"person": someone, "village": someone.village, "year": 2024} | fields)


def policy(**fields):
    told = {"name": "补贴", "kind": "one_off", "document_no": "办法", "start": START, "formula": "fixed", "rate": 1}
    return SupportPolicy(division=factories.division("990121"), **told | fields)


def application(**fields):
    someone = factories.person()
    told = {"policy": factories.support_policy(), "person": someone, "village": someone.village, "applied_on": START}
    return SupportApplication(**told | {"project": "项目"} | fields)


def decided_alone():
    """An unsaved approval by whoever entered the application."""
    alone = factories.user()
    return application(state="approved", decided_on=START, amount=1, entered_by=alone, decided_by=alone)


def payment(**fields):
    """An unsaved payment of support that waits."""
    told = {"on": START, "amount": 1, "basis": "通知", "made_by": factories.user()}
    return SupportPayment(application=factories.support_application(), **told | fields)


def paid_alone():
    """An unsaved payment confirmed by whoever entered it."""
    alone = factories.user()
    return payment(state="paid", made_by=alone, checked_by=alone, checked_on=START)


def pair_again():
    """The same two policies the other way round."""
    kept = factories.support_exclusion()
    return SupportExclusion(first=kept.second, second=kept.first)


def pair_of_one():
    kept = factories.support_policy()
    return SupportExclusion(first=kept, second=kept)


def entry(same=False, **fields):
    """An unsaved booked income of a fund; with `same`, by the one who checked it."""
    told = {"kind": "income", "on": START, "amount": 1, "party": "财政", "basis": "通知", "state": "booked"}
    made_by = fields["checked_by"] if same else factories.user()
    return FundEntry(fund=factories.fund(), made_by=made_by, **told | fields)


def person_again():
    given = factories.nomination()
    return nomination(round=given.round, nominee_type="individual", person=given.person)


def label_again():
    given = factories.village_label()
    return VillageLabel(village=given.village, label=given.label, start=LATER)


def again(row, *names):
    """An unsaved copy of `row` with the same values in `names` (all but the key when none are named)."""
    names = names or [field.name for field in row._meta.concrete_fields if not field.primary_key]
    return type(row)(**{name: getattr(row, name) for name in names})


def backwards(build):
    return lambda: build(start=START, end=BEFORE)


def job(saved=False, **fields):
    account = factories.user()
    made = Job(kind="roster_read", target_id=7, by=account, division=account.division, **fields)
    if saved:
        made.save()
    return made


def parameter_value():
    return ParameterValue.objects.create(
        division=factories.division("990121"), key="reserve_secretary_ratio", start=START, value=3, basis="会议纪要"
    )


def special_day():
    return SpecialDay.objects.create(
        division=factories.division("990121"), year=2021, date=START, is_working=False, basis="通知"
    )


def report_template():
    return ReportTemplate.objects.create(
        division=factories.division("990121"), kind="summary", version=1, text="# 总结"
    )


# constraint → (an instance that breaks it and nothing else, what the clerk reads; None = never met in a form)
def talent(**fields):
    someone = factories.person()
    return RuralTalent(**{"person": someone, "village": someone.village, "start": START} | fields)


def round_of(**fields):
    """An unsaved round of elections to a new term."""
    to = fields.pop("incoming", None) or factories.term()
    days = {"election_day": LATER, "start": START}
    return ElectionRound(division=factories.division("990121"), name="换届", incoming=to, **days | fields)


def round_again(name):
    taken = factories.election_round(name="换届" if name == "name" else "头一轮")
    return round_of(**({} if name == "name" else {"incoming": taken.incoming}))


def ballot(**fields):
    counts = {"committee": "party", "held_on": LATER, "issued": 10, "returned": 9, "valid": 8}
    return ElectionBallot(place=factories.election_village(), **counts | fields)


def handover(**fields):
    return HandoverItem(place=factories.election_village(), name="印章", **fields)


def candidate(**fields):
    someone = factories.person()
    told = {"person": someone, "village": someone.village, "post": "village_director", "nominated_on": START}
    return Candidate(round=factories.election_round(), **told | fields)


def mark(**fields):
    someone = factories.person()
    told = {"person": someone, "village": someone.village, "result": "clear", "decided_on": START}
    return JointReviewMark(item=factories.review_item(), **told | fields)


def notice(**fields):
    days = {"published_on": START, "applies_until": START}
    return Recruitment(**{"division": factories.division("990121"), "title": "公告", "year": 2024} | days | fields)


def applied(**fields):
    row = factories.recruitment_application()
    for name, value in fields.items():
        setattr(row, name, value)
    return row


def assessed(**fields):
    row = factories.reserve_assessment()
    for name, value in fields.items():
        setattr(row, name, value)
    return row


def certificate(**fields):
    attended = factories.enrollment()
    return training.Certificate(enrollment=attended, number="1", check_code="ABCD2345EFGH", issued_on=START, **fields)


def need(**fields):
    place = factories.village()
    about = {"round": factories.demand_round(), "township": place.township, "village": place, "post": "技术员"}
    return Demand(**about | {"start": START, "stated_on": START} | fields)


def stepped(**fields):
    """A match that came as far as acceptance at START."""
    steps = {"proposed_on": START, "invited_on": START, "accepted_on": START}
    return Match(**{"demand": factories.demand(), "talent": factories.rural_talent()} | steps | fields)


def told_apart_backwards():
    first, second = factories.person(), factories.person()
    return NotSamePerson(first=second, second=first, by=factories.user())


def review_round(**fields):
    dates = {"as_of": START, "opens": START, "closes": LATER}
    return ReviewRound(**{"division": factories.division("990121"), "name": "届中研判", **dates} | fields)


def sheet(**fields):
    return TeamReview(**{"round": factories.review_round(), "village": factories.village()} | fields)


def judged(**fields):
    someone = factories.person()
    return PersonReview(**{"team": factories.team_review(village=someone.village), "person": someone} | fields)


# More valid ballots than were returned.
TOO_MANY = {"issued": 50, "returned": 40, "valid": 41, "satisfied": 41, "fair": 0, "dissatisfied": 0}


def visit(**fields):
    someone = factories.person()
    about = {"person": someone, "village": someone.village, "work": "果树修剪", "days": 1, "start": START, "end": START}
    return ServiceVisit(**about | fields)


def seconded(**fields):
    someone = factories.person()
    about = {"person": someone, "village": someone.village, "division": someone.village.township, "kind": "down"}
    return Secondment(**about | {"home_unit": "县水利局", "host_unit": "村委会", "start": START} | fields)


def kin(first, second):
    return Kinship(first=first, second=second, relation="spouse")


def kin_again():
    kept = factories.kinship()
    return kin(kept.second, kept.first)


def family_line(**fields):
    return FamilyMember(**{"form": factories.approval_form(), "position": 1, "title": "妻子"} | fields)


def family_line_again():
    kept = factories.family_member()
    return family_line(form=kept.form, position=kept.position)


def kin_of_oneself():
    someone = factories.person()
    return kin(someone, someone)


def scheme(**fields):
    row = again(factories.evaluation_scheme())
    for name, value in ({"year": 1999} | fields).items():
        setattr(row, name, value)
    return row


def item(**fields):
    return EvaluationItem(
        **{"scheme": factories.evaluation_scheme(), "title": "某项", "weight": 30, "most": 30} | fields
    )


def evaluated(**fields):
    return Evaluation(scheme=factories.evaluation_scheme(), village=factories.village(), **fields)


def appealed(**fields):
    told = {"received_on": START, "content": "评分有误", "old_grade": "unfit"}
    return EvaluationAppeal(evaluation=factories.evaluation(), **told | fields)


def scored(**fields):
    told = {"evaluation": factories.evaluation(), "item": factories.evaluation_item(), "township_points": 1}
    return EvaluationScore(**told | fields)


def team_again():
    kept = factories.evaluation(person=None)
    return Evaluation(scheme=kept.scheme, village=kept.village)


def branch(**fields):
    return villages.PartyBranch(**{"village": factories.village(), "name": "新支部", "start": START} | fields)


def met(**fields):
    held = {
        "branch": factories.party_branch(), "kind": "theme", "topic": "学习", "held_on": START, "chair": "李书记", "expected": 10,
        "present": 10,
    }  # fmt: skip
    return villages.MeetingRecord(**held | fields)


def project(**fields):
    stated = {"village": factories.village(), "name": "通村路", "kind": "road", "source": "county", "amount_wan": 5}
    return villages.VillageProject(**stated | {"invested_on": START} | fields)


def helped(**fields):
    someone = factories.person()
    stated = {
        "person": someone,
        "village": someone.village,
        "kind": "pairing",
        "partner": "王大爷",
        "matter": "产业帮扶",
    }
    return villages.PartyActivity(**stated | {"start": START} | fields)


def disciplined(**fields):
    stated = {"person": factories.person(), "kind": "warning", "start": START, "authority": "县纪委", "reason": "违纪"}
    return villages.IntegrityRecord(**stated | fields)


CASES = {
    "evaluation_scheme_once": (lambda: again(factories.evaluation_scheme()), "考核方案已经有了"),
    "evaluation_scheme_year": (lambda: scheme(year=24), "请填四位年份"),
    "evaluation_scheme_dates": (lambda: scheme(closes=BEFORE), "截止日期早于开始日期"),
    "evaluation_scheme_lines": (lambda: scheme(basic_from=80), "分数线应为"),
    "evaluation_item_once": (lambda: again(factories.evaluation_item()), "已有同名的指标"),
    "evaluation_item_one_of_ballots": (
        lambda: item(scheme=factories.evaluation_item(source="ballots").scheme, source="ballots"),
        "只有一项按群众测评计分",
    ),
    "evaluation_item_of_its_part": (lambda: item(part="veto"), "一票否决项权重和上限填 0"),
    "evaluation_ballots_add_up": (lambda: evaluated(**TOO_MANY), "不能多于收回"),
    "evaluation_once": (team_again, "已在这次考核中"),
    "evaluation_graded_whole": (lambda: evaluated(grade="unfit"), "要一起填"),
    "evaluation_score_end_not_before_start": (backwards(scored), "结束日期早于开始日期"),
    "evaluation_score_once": (lambda: again(factories.evaluation_score()), "已有得分"),
    "evaluation_score_points": (
        lambda: EvaluationScore(
            evaluation=factories.evaluation(), item=factories.evaluation_item(), township_points=-1, start=START
        ),
        "这个数太小",
    ),
    "evaluation_appeal_one_open": (lambda: again(factories.evaluation_appeal()), "还有申诉没有办结"),
    "evaluation_appeal_closed_whole": (
        lambda: appealed(finding="upheld", handling="重算", closed_on=LATER),
        "更正的选新等次",
    ),
    "inspection_once": (lambda: again(factories.inspection()), "这次检查已经登记"),
    "inspection_item_once": (lambda: again(factories.inspection_item()), "这个检查事项已经有了"),
    "inspection_finding_once": (lambda: again(factories.inspection_finding()), "这个问题已经登记"),
    "inspection_finding_closed_whole": (
        lambda: InspectionFinding(
            item=(looked := factories.inspection_item()),
            inspection=looked.inspection,
            village=factories.village(),
            problem="没有坐班",
            responsible="张三",
            due=LATER,
            closed_on=LATER,
        ),
        "销号要写明日期和整改结果",
    ),
    "party_branch_end_not_before_start": (backwards(branch), "结束日期早于开始日期"),
    "party_branch_once": (lambda: again(factories.party_branch()), "已有同名的党支部"),
    "approved_seats_once": (lambda: again(factories.approved_seats()), "这一天的核定职数已经登记过"),
    "branch_size_once": (lambda: again(factories.branch_size()), "这一天的党员数已经登记过"),
    "branch_groups_have_members": (
        lambda: villages.BranchSize(branch=factories.party_branch(), start=START, full_members=2, groups=3),
        "党小组比正式党员还多",
    ),
    "meeting_once": (lambda: again(factories.meeting()), "同主题的记录已经有了"),
    "meeting_ends_after_begin": (
        lambda: met(begins=datetime.time(9), ends=datetime.time(8)),
        "结束时间不晚于开始时间",
    ),
    "meeting_expects_somebody": (lambda: met(expected=0, present=0), "应到人数请填 1 以上"),
    "meeting_attendance_adds_up": (lambda: met(present=9), "应到人数应等于"),
    "meeting_absence_has_reason": (lambda: met(present=9, leave=1), "请填写请假缺席原因"),
    "meeting_lecture_named": (lambda: met(kind="lecture", lecturer="李书记"), "请填写讲课人和党课题目"),
    "resolution_votes_within": (
        lambda: villages.Resolution(meeting=factories.meeting(), text="通过", entitled=9, in_favour=8, against=2),
        "合计超过有表决权的人数",
    ),
    "attachment_once": (lambda: again(factories.meeting_attachment()), "这个文件已经传过"),
    "project_money_once": (lambda: again(factories.village_project()), "资金已经登记过"),
    "project_amount": (lambda: project(amount_wan=0), "投入金额应大于 0"),
    "project_end_after_start": (lambda: project(end=START), "开工日期也要填"),
    "culture_once": (lambda: again(factories.cultural_activity()), "同名活动已经登记过"),
    "culture_amount": (
        lambda: villages.CulturalActivity(
            village=factories.village(), name="村晚", kind="show", held_on=START, amount_wan=-1
        ),
        "经费不能小于 0",
    ),
    "party_activity_end_not_before_start": (backwards(helped), "结束日期早于开始日期"),
    "party_activity_once": (lambda: again(factories.party_activity()), "这件事已经登记过"),
    "party_activity_partner": (lambda: helped(partner=""), "请填写联系户"),
    "party_activity_hours": (lambda: helped(kind="volunteer"), "请填写服务时长"),
    "party_activity_handled_later": (lambda: helped(handled_on=BEFORE), "办结日期早于活动日期"),
    "integrity_record_end_not_before_start": (backwards(disciplined), "结束日期早于开始日期"),
    "integrity_record_once": (lambda: again(factories.integrity_record()), "已经登记过"),
    "division_code_shape": (lambda: Division(code="99012", name="某"), "2、4、6 或 9 位数字"),
    "village_end_not_before_start": (
        lambda: Village(code="990121100299", name="末村", township=factories.division(), start=START, end=BEFORE),
        "结束日期早于开始日期",
    ),
    "village_code_in_township": (
        lambda: Village(code="990121101299", name="错村", township=factories.division(factories.OWN), start=START),
        "前 9 位是所在乡镇的代码",
    ),
    "village_name_once_in_township": (
        lambda: Village(code="990121100299", name=factories.village().name, township=factories.division(), start=START),
        "已有同名的村",
    ),
    "election_round_end_not_before_start": (backwards(round_of), "结束日期早于开始日期"),
    "election_round_once": (lambda: round_again("name"), "这个换届轮次已经有了"),
    "election_round_by_election": (
        lambda: round_of(kind="by_election", outgoing=factories.term()),
        "补选在本届内进行",
    ),
    "election_round_term_once": (lambda: round_again("term"), "一届只办一次换届"),
    "election_round_two_terms": (
        lambda: round_of(incoming=(same := factories.term()), outgoing=same),
        "不能是同一届",
    ),
    "election_step_once": (lambda: again(factories.election_step()), "已经有了"),
    "election_step_near": (
        lambda: ElectionStep(round=factories.election_round(), title="远", offset=500),
        "距选举日的天数",
    ),
    "election_step_done_of_county": (
        lambda: ElectionStep(round=factories.election_round(), title="村办", offset=0, done_on=START),
        "逐村登记",
    ),
    "election_village_once": (lambda: again(factories.election_village()), "已在这一轮换届中"),
    "election_step_done_once": (lambda: again(factories.election_step_done()), "已登记完成"),
    "election_ballot_once": (lambda: again(factories.election_ballot()), "已经登记"),
    "election_ballot_committee": (lambda: ballot(committee="other"), "不是有效选项"),
    "election_ballot_returned": (lambda: ballot(returned=11), "收回选票多于发出选票"),
    "election_ballot_valid": (lambda: ballot(valid=10), "有效票多于收回选票"),
    "handover_item_once": (lambda: again(factories.handover_item()), "已在交接清单里"),
    "handover_signed": (lambda: handover(handed_on=START), "一并填写移交人和接收人"),
    "candidate_once": (lambda: again(factories.candidate()), "已是这个村这一职务的候选人"),
    "candidate_post_elected": (lambda: candidate(post="clerk"), "不是有效选项"),
    "candidate_not_blocked": (lambda: candidate(status="formal", blocked_reason="公安局：有"), "不能作为正式候选人"),
    "candidate_out_reason": (lambda: candidate(status="disqualified"), "请写明原因"),
    "candidate_decided_with_day": (lambda: candidate(status="elected"), "要有选举日期"),
    "review_department_once": (lambda: again(factories.review_department()), "已在这一轮联审中"),
    "review_item_once": (lambda: again(factories.review_item()), "已有这一事项"),
    "review_mark_once": (lambda: again(factories.review_mark()), "已有结论"),
    "review_found_reason": (lambda: mark(result="found"), "请写明具体情况"),
    "review_mark_result": (lambda: mark(result="maybe"), "不是有效选项"),
    "division_former_name_once": (lambda: again(factories.division_name()), None),
    "village_former_name_once": (lambda: again(factories.village_name()), None),
    "village_label_end_not_before_start": (
        backwards(lambda **dates: VillageLabel(village=factories.village(), label="weak", **dates)),
        "结束日期早于开始日期",
    ),
    "village_label_no_overlap": (label_again, "时间段重叠"),
    "village_figures_once_a_year": (lambda: again(factories.village_figures()), "这一年度的数据已经有了"),
    "village_figures_year": (lambda: VillageFigures(village=factories.village(), year=1900), None),
    "term_end_not_before_start": (
        backwards(lambda **dates: Term(division=factories.division("990121"), name="第十届", **dates)),
        "结束日期早于开始日期",
    ),
    "term_name_once": (lambda: again(factories.term()), "这个届次已经有了"),
    "person_has_a_name": (lambda: Person(name="", village=factories.village()), None),
    "person_id_once": (lambda: again(factories.person(), "name", "id_number", "village"), "这个身份证号已在系统中"),
    "person_joined_after_birth": (
        lambda: Person(name="张三", village=factories.village(), birth_date=START, party_joined=BEFORE),
        "入党时间早于出生日期",
    ),
    "education_level_once": (lambda: again(factories.education(), "person", "level", "mode"), "同一学历已经有了"),
    "appointment_end_not_before_start": (backwards(seat), "结束日期早于开始日期"),
    "appointment_reason_needs_end": (lambda: seat(post="clerk", end_reason="resigned"), "请一并填写免职日期"),
    "appointment_post_known": (lambda: seat(post="first_secretary"), "不是有效选项"),
    "appointment_no_overlap": (seat, "担任同一职务的时间段重叠"),
    "appointment_one_secretary": (second_secretary, "已有党组织书记"),
    "reserve_end_not_before_start": (backwards(place_in_pool), "结束日期早于开始日期"),
    "reserve_reason_needs_end": (lambda: place_in_pool(end_reason="left"), "请一并填写出库时间"),
    "reserve_target_known": (lambda: place_in_pool(target="both"), None),
    "reserve_no_overlap": (second_place_in_pool, "已在后备库中"),
    "reserve_assessment_once": (
        lambda: again(factories.reserve_assessment(), "candidate", "year", "half", "result", "assessed_on"),
        "这个半年已有研判",
    ),
    "reserve_assessment_half": (lambda: assessed(half=3), "不是有效选项"),
    "reserve_assessment_year": (lambda: assessed(year=24), "请填四位年份"),
    "recruitment_title_once": (lambda: notice(title=factories.recruitment().title), "公告已经有了"),
    "recruitment_weights_sum": (lambda: notice(written_weight=60), "相加应为 100"),
    "recruitment_ages": (lambda: notice(min_age=40), "年龄上限低于下限"),
    "recruitment_year": (lambda: notice(year=24), "请填四位年份"),
    "recruitment_closes_after_notice": (lambda: notice(applies_until=BEFORE), "报名截止早于公告日期"),
    "recruitment_publicity_dates": (
        lambda: notice(publicised_from=LATER, publicised_until=START),
        "公示开始和结束要一起填",
    ),
    "recruitment_quota_once": (lambda: again(factories.recruitment_quota()), "名额已经有了"),
    "recruitment_quota_places": (
        lambda: RecruitmentQuota(recruitment=factories.recruitment(), township=factories.division(), places=0),
        "名额至少为 1",
    ),
    "application_once": (
        lambda: again(factories.recruitment_application(), "recruitment", "person", "village", "applied_on"),
        "已报名这次招聘",
    ),
    "application_reviewed_has_verdict": (lambda: applied(reviewed_on=START), "不填审查日期"),
    "application_written_range": (lambda: applied(written=101), "不大于 100"),
    "application_interview_range": (lambda: applied(interview=-1), "不小于 0"),
    "application_extra_range": (lambda: applied(extra=200), "不大于 100"),
    "application_engaged_has_place": (lambda: applied(place=factories.reserve()), "两者缺一不可"),
    "application_engaged_passed_all": (
        lambda: applied(engaged_on=LATER, place=factories.reserve()),
        "都通过",
    ),
    "stationing_end_not_before_start": (backwards(stay), "结束日期早于开始日期"),
    "stationing_reason_needs_end": (lambda: stay(end_reason="期满"), "请一并填写离任时间"),
    "stationing_due_not_before_start": (lambda: stay(due=BEFORE), "轮换日期早于派驻时间"),
    "stationing_funds_not_negative": (lambda: stay(funds_wan=-1), "工作经费不能小于 0"),
    "assessment_once_a_year": (lambda: again(factories.stationing_assessment()), "这一年度的考核已经登记了"),
    "assessment_year": (
        lambda: StationingAssessment(
            stationing=factories.stationing(start=datetime.date(1, 1, 1)), year=24, grade="优秀"
        ),
        "请填四位年份",
    ),
    "visit_end_not_before_start": (lambda: visit(end=BEFORE), "结束日期早于开始日期"),
    "visit_days_fit": (lambda: visit(days=2), "不能多于起止日期之间的天数"),
    "visit_within_a_year": (lambda: visit(end=LATER), "按年度分成两条"),
    "secondment_end_not_before_start": (backwards(seconded), "结束日期早于开始日期"),
    "secondment_due_not_before_start": (lambda: seconded(due=BEFORE), "计划期满早于挂职开始"),
    "secondment_village_in_division": (
        lambda: seconded(division=factories.division(factories.NEIGHBOUR)),
        "挂职村不在所填的管理区划内",
    ),
    "secondment_across_has_village": (lambda: seconded(kind="across", village=None), "跨村挂职请填写挂职村"),
    "secondment_no_overlap": (
        lambda: seconded(person=factories.secondment().person, start=LATER),
        "已有一次挂职",
    ),
    "family_line_once": (family_line_again, "这一行已经有人了"),
    "family_line_says_who": (lambda: family_line(title=""), "称谓或者姓名"),
    "kinship_once": (kin_again, "已经登记了"),
    "kinship_of_two": (kin_of_oneself, "两个不同的人"),
    "stationing_no_overlap": (second_stay, "时间段重叠"),
    "talent_end_not_before_start": (backwards(talent), "结束日期早于开始日期"),
    "talent_reason_needs_end": (lambda: talent(end_reason="外出"), "请一并填写出库时间"),
    "talent_no_overlap": (lambda: talent(person=factories.rural_talent().person, start=LATER), "已在乡村人才库中"),
    "talent_sub_class_fits": (lambda: talent(talent_class="production", sub_class="law"), "小类不属于所选的大类"),
    "confirmation_once_a_year": (
        lambda: again(factories.talent_confirmation(), "talent", "year", "confirmed_on"),
        "这一年度已经确认过",
    ),
    "confirmation_year": (
        lambda: TalentConfirmation(talent=factories.rural_talent(), year=26, confirmed_on=START),
        "请填四位年份",
    ),
    "demand_round_once": (lambda: again(factories.demand_round(), "division", "year", "name"), "已有同名的调查"),
    "demand_round_year": (
        lambda: DemandRound(division=factories.division("990121"), year=26, name="调查"),
        "请填四位年份",
    ),
    "demand_round_closes_after_opening": (
        lambda: DemandRound(
            division=factories.division("990121"), year=2026, name="调查", opens_on=LATER, closes_on=START
        ),
        "填报截止早于填报开始",
    ),
    "demand_end_not_before_start": (backwards(need), "结束日期早于开始日期"),
    "demand_sub_class_fits": (lambda: need(talent_class="production", sub_class="law"), "小类不属于所选的大类"),
    "demand_number": (lambda: need(number=0), "至少是 1 人"),
    "demand_village_named": (lambda: need(village=None), "请选择是哪个村"),
    "demand_enterprise_named": (lambda: need(asker="enterprise"), "请填写单位名称"),
    "demand_dates_in_order": (lambda: need(published_on=BEFORE), "早于提出日期"),
    "demand_closed_for_a_reason": (lambda: need(closed_on=LATER), "请一起填"),
    "demand_once": (
        lambda: again(factories.demand(), "round", "township", "village", "post", "start", "stated_on"),
        "已提过同一项需求",
    ),
    "match_once": (lambda: again(factories.match(), "demand", "talent", "proposed_on"), "已在这项需求的对接中"),
    "match_invited_after_proposal": (lambda: stepped(accepted_on=None, invited_on=BEFORE), "邀请日期早于推荐日期"),
    "match_answered_after_invitation": (lambda: stepped(accepted_on=BEFORE), "先有邀请才有答复"),
    "match_one_answer": (lambda: stepped(declined_on=START, decline_reason="外出"), "只能填一个"),
    "match_declined_for_a_reason": (lambda: stepped(accepted_on=None, declined_on=START), "请写明原因"),
    "match_agreed_after_acceptance": (lambda: stepped(agreed_on=BEFORE), "本人接受后才能签约"),
    "match_arrived_after_agreement": (lambda: stepped(arrived_on=START), "签约后才有到岗"),
    "match_evaluated_after_arrival": (lambda: stepped(evaluated_on=START, grade="good"), "到岗后才能评价"),
    "match_ended_after_acceptance": (lambda: stepped(ended_on=START), "接受以后才能结束"),
    "demand_visit_days": (
        lambda: DemandVisit(
            match=factories.demand_visit().match, visited_on=LATER.replace(year=2027), days=0, done="看"
        ),
        "天数要大于 0",
    ),
    "not_same_person_once": (lambda: again(factories.not_same_person()), None),
    "not_same_person_in_order": (told_apart_backwards, None),
    "session_end_not_before_start": (
        backwards(
            lambda **dates: TrainingSession(
                division=factories.division("990121"), name="班", class_type="talent", **dates
            )
        ),
        "结束日期早于开始日期",
    ),
    "session_once": (lambda: again(factories.session()), "这一期班次已经有了"),
    "course_once": (lambda: again(factories.course()), "这门课程已经有了"),
    "enrollment_once": (lambda: again(factories.enrollment()), "已在这一期班次中"),
    "enrollment_score": (
        lambda: Enrollment(
            session=factories.session(), person=factories.person(), village=factories.village(), score=101
        ),
        "请填 0 到 100",
    ),
    "topic_once": (lambda: again(factories.topic()), "这个培训专题已经有了"),
    "requirement_end_not_before_start": (
        backwards(lambda **dates: training.TopicRequirement(topic=factories.topic(), group="reserve", **dates)),
        "结束日期早于开始日期",
    ),
    "requirement_years": (
        lambda: training.TopicRequirement(topic=factories.topic(), group="reserve", every_years=0, start=START),
        "请填 1 到 10",
    ),
    "requirement_no_overlap": (lambda: again(factories.topic_requirement()), "已有这个专题的要求"),
    "wish_once_a_year": (lambda: again(factories.training_wish()), "已提过这个专题"),
    "wish_year": (
        lambda: training.TrainingWish(
            person=factories.person(), village=factories.village(), topic=factories.topic(), year=26
        ),
        "请填四位年份",
    ),
    "training_plan_once_a_year": (lambda: again(factories.training_plan()), "培训计划已经有了"),
    "training_plan_year": (
        lambda: training.TrainingPlan(division=factories.division(factories.COUNTY), year=26),
        "请填四位年份",
    ),
    "plan_line_once": (lambda: again(factories.plan_line()), "计划里已有这个班次"),
    "plan_line_month": (
        lambda: training.PlanLine(plan=factories.training_plan(), name="班", class_type="talent", people=1, month=13),
        "请填 1 到 12",
    ),
    "teacher_once": (lambda: again(factories.teacher()), "已经在师资库里"),
    "college_end_not_before_start": (
        backwards(
            lambda **dates: training.PartnerCollege(division=factories.division(factories.COUNTY), name="学院", **dates)
        ),
        "结束日期早于开始日期",
    ),
    "college_once": (lambda: again(factories.partner_college()), "这所合作院校已经有了"),
    "major_once": (lambda: again(factories.major()), "这个专业已经有了"),
    "attendance_once": (lambda: again(factories.attendance()), "到课情况已经记过"),
    "feedback_once": (lambda: again(factories.course_feedback()), "评价已经登记过"),
    "certificate_revoked_after_issue": (
        lambda: certificate(revoked_on=BEFORE, revoke_reason="重发"),
        "作废日期早于发证日期",
    ),
    "certificate_revoked_with_reason": (lambda: certificate(revoked_on=LATER), "请填写原因"),
    "study_term_once": (lambda: again(factories.study_term()), "进展已经登记过"),
    "study_term_year": (
        lambda: training.StudyTerm(study=factories.degree_study(), year=26, season="1"),
        "年份请填四位",
    ),
    "degree_study_expected_after_start": (lambda: study(expected_on=BEFORE), "早于入学时间"),
    "degree_study_end_not_before_start": (
        backwards(lambda **dates: study(outcome="graduated", **dates)),
        "结束日期早于开始日期",
    ),
    "degree_study_outcome_has_end": (lambda: study(outcome="graduated"), "须填写时间"),
    "degree_study_no_overlap": (
        lambda: study(person=factories.degree_study().person, start=LATER),
        "已有在读的学历提升",
    ),
    "award_scheme_once": (lambda: again(factories.award_scheme()), "这个表彰项目已经有了"),
    "award_person_or_collective": (
        lambda: award(person=factories.person(), collective="某村"),
        "只填其中一个",
    ),
    "award_year": (lambda: award(collective="某村", year=24), "请填四位年份"),
    "award_person_once_a_year": (lambda: award_again(""), "这个人这一年度已获得"),
    "award_collective_once_a_year": (lambda: award_again("某村"), "这个集体这一年度已获得"),
    "award_round_once": (lambda: again(factories.award_round(), "scheme", "year", "name"), "这一期已经有了"),
    "award_round_year": (lambda: AwardRound(scheme=factories.award_scheme(), year=24), "请填四位年份"),
    "award_round_closes_after_opening": (
        lambda: AwardRound(scheme=factories.award_scheme(), year=2026, opens_on=LATER, closes_on=START),
        "推荐截止早于推荐开始",
    ),
    "award_bonus": (lambda: award(collective="某村", bonus=-1), "这个数太小"),
    "award_certified_whole": (
        lambda: award(collective="某村", decided_on=START, certificate_no="1", check_code="A", certified_on=BEFORE),
        "编号、校验码和发证日期要齐",
    ),
    "award_withdrawn_whole": (
        lambda: award(collective="某村", decided_on=START, withdrawn_on=LATER, withdraw_reason="失实"),
        "撤销表彰须写明日期、原因和文号",
    ),
    "award_round_bonus": (
        lambda: AwardRound(scheme=factories.award_scheme(), year=2026, individual_bonus=-1),
        "这个数太小",
    ),
    "award_scheme_places_approved": (
        lambda: AwardScheme(division=factories.division("990121"), name="奖", individual_places=1),
        "请先填批准文号",
    ),
    "nomination_publicised_passed": (
        lambda: nomination(collective="社", publicity=factories.award_publicity()),
        "合格的才能公示",
    ),
    "evidence_file_once": (lambda: again(factories.evidence_file()), "已经上传过"),
    "ballot_correction_ballots_add_up": (lambda: correction(**TOO_MANY), "不能多于收回"),
    "ballot_correction_of_counts": (
        lambda: correction(**dict.fromkeys(("issued", "returned", "valid", "satisfied", "fair", "dissatisfied"))),
        "原来没有登记过票数",
    ),
    "ballot_correction_with_reason": (lambda: correction(reason=""), "不能为空"),
    "nomination_withdrawn_with_reason": (
        lambda: nomination(collective="社", withdrawn_on=START),
        "撤回推荐请写明原因",
    ),
    "award_quota_once": (lambda: again(factories.award_quota()), "推荐名额已经有了"),
    "nomination_attachment_once": (lambda: again(factories.attachment()), "已经上传过"),
    "opinion_once": (lambda: again(factories.opinion()), "意见已经登记"),
    "opinion_refused_with_reason": (
        lambda: DepartmentOpinion(
            nomination=factories.nomination(), department="县公安局", opinion="refused", given_on=START
        ),
        "请写明具体情况",
    ),
    "judge_once": (lambda: again(factories.judge()), "已经登记"),
    "score_once": (lambda: again(factories.award_score()), "打过分"),
    "score_or_recusal": (
        lambda: AwardScore(judge=factories.judge(), nomination=factories.nomination(), points=80, recusal="同村"),
        "回避的不打分",
    ),
    "award_publicity_days": (
        lambda: AwardPublicity(
            round=factories.award_round(), starts_on=START, ends_on=START, days=5, place="栏", contact="部"
        ),
        "至少 1 个工作日",
    ),
    "objection_closed_whole": (
        lambda: AwardObjection(
            nomination=factories.nomination(), received_on=START, channel="signed", content="反映", closed_on=LATER
        ),
        "须写明结论、处理情况和日期",
    ),
    "fund_balance": (
        lambda: RewardFund(division=factories.division("990121"), name="基金", document_no="纪要", balance=-1),
        "余额不足",
    ),
    "fund_budget_once": (lambda: again(factories.fund_budget()), "预算已经登记"),
    "fund_budget_amount": (
        lambda: FundBudget(fund=factories.fund(), year=24, amount=1, document_no="批复"),
        "年度填四位年份",
    ),
    "fund_entry_amount": (lambda: entry(amount=0), "这个数太小"),
    "fund_entry_two_people": (
        lambda: entry(kind="payment", form="bonus", checked_by=factories.user(), checked_on=START, same=True),
        "不能复核自己的支付",
    ),
    "fund_entry_check_is_signed": (lambda: entry(checked_by=factories.user()), "复核须有复核人和复核日期"),
    "fund_payment_is_checked": (lambda: entry(kind="payment", form="bonus"), "由另一人复核后才能入账"),
    "fund_waiting_is_unchecked": (lambda: entry(state="rejected"), "退回的须有复核人"),
    "fund_income_has_no_form": (lambda: entry(form="bonus"), "不分奖励形式"),
    "fund_refund_has_award": (lambda: entry(kind="refund"), "写明是哪一项表彰"),
    "safeguard_standard_once": (lambda: again(factories.safeguard_standard()), "报酬标准已经有了"),
    "safeguard_standard_amounts": (lambda: standard(year=24), "年度填四位年份"),
    "safeguard_once_a_year": (lambda: again(factories.safeguard(), "person", "village", "year"), "保障记录已经有了"),
    "safeguard_amounts": (lambda: safeguard(year=24), "年度填四位年份"),
    "safeguard_pension_period": (lambda: safeguard(pension="employee"), "养老保险写了类型的要写起始日期"),
    "safeguard_medical_period": (lambda: safeguard(medical_start=START), "没有的不填日期"),
    "safeguard_accident_period": (
        lambda: safeguard(accident="insured", accident_start=LATER, accident_end=START),
        "截止不早于起始",
    ),
    "safeguard_housing_period": (lambda: safeguard(housing="none", housing_start=START), "没有的不填日期"),
    "safeguard_pension_subsidy": (lambda: safeguard(pension_subsidy=5), "没有参加养老保险"),
    "safeguard_checkup_in_year": (lambda: safeguard(checkup_on=datetime.date(2023, 1, 1)), "要在这一年度内"),
    "support_policy_end_not_before_start": (lambda: policy(start=LATER, end=START), "结束日期早于开始日期"),
    "support_policy_once": (lambda: again(factories.support_policy(), *POLICY), "这项政策已经登记"),
    "support_policy_rate": (lambda: policy(formula="percent", base="付息", rate=120), "比例不超过 100"),
    "support_policy_base": (lambda: policy(base="亩"), "固定金额的不填"),
    "support_condition_once": (lambda: again(factories.support_condition(), "policy", "kind", "most"), "请修改原来的"),
    "support_condition_whole": (
        lambda: SupportCondition(policy=factories.support_policy(), kind="age"),
        "其他条件填“其中之一”",
    ),
    "support_condition_range": (
        lambda: SupportCondition(policy=factories.support_policy(), kind="age", least=45, most=18),
        "请核对",
    ),
    "support_budget_once": (lambda: again(factories.support_budget()), "预算已经登记"),
    "support_budget_amount": (
        lambda: SupportBudget(policy=factories.support_policy(), year=24, amount=1, document_no="批复"),
        "年度填四位年份",
    ),
    "support_budget_not_exceeded": (
        lambda: SupportBudget(policy=factories.support_policy(), year=2024, amount=1, granted=2, document_no="批复"),
        "超过了这一年度的预算",
    ),
    "support_exclusion_once": (pair_again, "已经登记为互斥"),
    "support_exclusion_of_two": (pair_of_one, "请选择另一项政策"),
    "support_two_people": (decided_alone, "经办人不能审批自己登记的申请"),
    "support_loan": (lambda: application(loan_end=START), "贴息期截止不早于开始"),
    "support_one_pending": (
        lambda: again(factories.support_application(), "policy", "person", "village", "applied_on", "project"),
        "还有一份申请待审批",
    ),
    "support_application_decided": (lambda: application(state="approved", decided_on=START), "批准要有金额和日期"),
    "support_application_base": (lambda: application(base=0), "这个数太小"),
    "support_payment_amount": (
        lambda: payment(amount=0),
        "这个数太小",
    ),
    "support_payment_two_people": (paid_alone, "经办人不能复核自己登记的支付"),
    "support_payment_checked": (lambda: payment(state="paid"), "支付须由另一人复核"),
    "support_result_once": (lambda: again(factories.support_result()), "这一次回访已经登记"),
    "support_result_after": (
        lambda: SupportResult(
            application=factories.support_application(), after_years=2, checked_on=START, in_business=True
        ),
        "",
    ),
    "nomination_person_or_collective": (
        lambda: nomination(person=factories.person(), collective="某合作社"),
        "推荐个人只填个人",
    ),
    "nomination_person_once": (person_again, "这个人已在这一轮推荐中"),
    "nomination_collective_once": (
        lambda: again(factories.nomination(collective="某合作社"), "round", "township", "nominee_type", "collective"),
        "这个集体已在这一轮推荐中",
    ),
    "review_round_once": (lambda: again(factories.review_round()), "这个轮次已经有了"),
    "review_round_closes_after_opening": (
        lambda: review_round(opens=LATER, closes=START),
        "截止日期早于开始日期",
    ),
    "review_round_as_of_before_close": (
        lambda: review_round(as_of=LATER, closes=LATER - datetime.timedelta(1)),
        "数据时点晚于截止日期",
    ),
    "team_review_ballots_add_up": (lambda: sheet(**TOO_MANY), "不能多于收回"),
    "team_review_once": (lambda: again(factories.team_review(), "round", "village"), "这个村在这一轮已有研判表"),
    "team_review_decided_is_complete": (
        lambda: sheet(status="decided", decided_on=START),
        "县里审定须有班子等次和审定日期",
    ),
    "team_review_handed_in_is_filled": (lambda: sheet(handed_in_on=START), "不填报送日期"),
    "person_review_ballots_add_up": (lambda: judged(**TOO_MANY), "不能多于收回"),
    "person_review_once": (lambda: again(factories.person_review(), "team", "person"), "这个人已在这张研判表中"),
    "person_review_adjust_has_reason": (lambda: judged(proposal="adjust"), "请选调整原因"),
    "adjustment_once": (
        lambda: again(factories.adjustment(), "review", "appointment", "part"),
        "已经接到研判上了",
    ),
    "special_day_once": (lambda: again(special_day()), "已经录入"),
    "special_day_year": (
        lambda: SpecialDay(division=factories.division("990121"), year=24, date=START, is_working=False, basis="通知"),
        "请填四位年份",
    ),
    "parameter_once_a_day": (lambda: again(parameter_value()), "已有取值"),
    "report_template_version_once": (lambda: again(report_template()), "已经有了"),
    "user_role_known": (
        lambda: User(username="u", name="某", role="root", division=factories.division("990121")),
        None,
    ),
    "job_end_is_dated": (lambda: job(status="done"), None),
    "job_open_once": (lambda: again(job(saved=True)), None),
}


@pytest.mark.parametrize("name", CASES)
def test_database_refuses(name):
    row = CASES[name][0]()

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        row.save()


@pytest.mark.parametrize("name", [name for name, (_, words) in CASES.items() if words])
def test_model_says_so_in_chinese(name):
    build, words = CASES[name]

    with pytest.raises(ValidationError) as refused:
        build().full_clean(exclude=["password"])

    assert words in "".join(refused.value.messages)


def test_every_constraint_has_a_case():
    ours = ("core", "villages", "talent", "training", "awards")
    named = {
        constraint.name
        for model in apps.get_models()
        if model._meta.app_label in ours
        for constraint in model._meta.constraints
    }

    assert named == set(CASES)


def test_awards_need_somebody():
    with pytest.raises(IntegrityError, match="award_person_or_collective"), transaction.atomic():
        award().save()


def test_handing_over_on_the_next_day_is_no_overlap():
    place = factories.village()
    factories.appointment(village=place, post="party_secretary", end=LATER)

    successor = factories.appointment(
        person=factories.person("王芳"),
        village=place,
        post="party_secretary",
        start=LATER + datetime.timedelta(1),
    )

    assert successor.pk


def test_the_day_of_handing_over_has_one_secretary():
    place = factories.village()
    factories.appointment(village=place, post="party_secretary", end=LATER)

    with pytest.raises(IntegrityError, match="appointment_one_secretary"), transaction.atomic():
        factories.appointment(person=factories.person("王芳"), village=place, post="party_secretary", start=LATER)


@pytest.mark.parametrize(
    "build",
    [
        lambda place: Appointment(village=place, post="party_committee_member", start=START),
        lambda place: ReserveCandidate(village=place, target="other", start=START),
        lambda place: Stationing(village=place, role="team_member", start=START),
        lambda place: DegreeStudy(village=place, target="bachelor", start=START),
    ],
)
def test_a_second_person_beside_the_first_is_fine(build):
    place = factories.village()
    for name in ("张三", "李四"):
        row = build(place)
        row.person = factories.person(name, village=place)

        row.full_clean()
        row.save()


def test_saving_a_row_again_is_no_overlap_with_itself():
    for row in (factories.appointment(post="party_secretary"), factories.village_label(), factories.reserve()):
        row.full_clean()


def test_one_person_is_secretary_of_two_villages():
    someone = factories.person()

    factories.appointment(person=someone, post="party_secretary")
    factories.appointment(person=someone, village=factories.village("990121100202"), post="party_secretary")


def test_a_person_with_rows_is_not_deleted():
    seat = factories.appointment()

    with pytest.raises(Exception, match="protected"), transaction.atomic():
        seat.person.delete()


def test_two_people_never_have_one_id_number():
    taken = factories.person()

    with pytest.raises(IntegrityError, match="id_digest"), transaction.atomic():
        Person(name="李四", id_number=taken.id_number.lower(), village=taken.village).save()


def test_the_second_id_number_is_named_before_saving():
    taken = factories.person()

    with pytest.raises(ValidationError, match="这个身份证号已在系统中"):
        Person(name="李四", id_number=taken.id_number, village=taken.village).full_clean()


@pytest.mark.parametrize(
    "model", [Award, AwardRound, AwardScheme, Nomination, Course, Enrollment, Education, VillageName, DivisionName]
)
def test_models_explain_themselves(model):
    assert model._meta.verbose_name
    assert all(field.verbose_name != field.name for field in model._meta.concrete_fields if not field.primary_key)
