"""Small builders of rows: every argument has a default, what is not given is made."""

import datetime
import functools
import itertools

from django.contrib.auth.hashers import make_password

from awards.models import (
    Award,
    AwardJudge,
    AwardObjection,
    AwardPublicity,
    AwardQuota,
    AwardRound,
    AwardScheme,
    AwardScore,
    BallotCorrection,
    DepartmentOpinion,
    Evaluation,
    EvaluationAppeal,
    EvaluationItem,
    EvaluationScheme,
    EvaluationScore,
    EvidenceFile,
    FundBudget,
    FundEntry,
    Inspection,
    InspectionFinding,
    InspectionFollowUp,
    InspectionItem,
    Nomination,
    NominationAttachment,
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
from core.identity import id_check_digit
from core.models import SpecialDay, User
from talent.models import (
    Adjustment,
    Appointment,
    ApprovalForm,
    Candidate,
    Demand,
    DemandRound,
    DemandVisit,
    Education,
    ElectionBallot,
    ElectionRound,
    ElectionStep,
    ElectionStepDone,
    ElectionVillage,
    FamilyMember,
    FormerIdNumber,
    HandoverItem,
    JointReviewDepartment,
    JointReviewItem,
    JointReviewMark,
    Kinship,
    Match,
    NotSamePerson,
    Person,
    PersonReview,
    Recruitment,
    RecruitmentApplication,
    RecruitmentQuota,
    ReserveAssessment,
    ReserveCandidate,
    ReviewRound,
    ReviewVisit,
    RuralTalent,
    Secondment,
    ServiceVisit,
    Stationing,
    StationingAssessment,
    TalentConfirmation,
    TeamReview,
)
from training import models as training
from training.models import Course, DegreeStudy, Enrollment, TrainingSession
from villages import models as villages
from villages.models import Division, DivisionName, Term, Village, VillageFigures, VillageLabel, VillageName

COUNTY = "990121"
OWN, NEIGHBOUR = "990121100", "990121101"  # two townships of it
OTHER_COUNTY = "990122"
PASSWORD = "Qingyuan-2024"
START = datetime.date(2021, 3, 31)

_serial = itertools.count(1)


def id_number(born=datetime.date(1980, 5, 6), sex="male", prefix="9901"):
    """A valid ID number that no other call returned."""
    serial = next(_serial)
    place, order = f"{prefix}{serial // 500 % 100:02d}", serial % 500 * 2 + (sex == "male")
    body = f"{place}{born:%Y%m%d}{order:03d}"
    return body + id_check_digit(body)


def calendar(*years):
    """The years as entered in the calendar of working days, with nothing off but New Year's Day."""
    told = {"is_working": False, "name": "元旦", "basis": "放假通知", "division": division(COUNTY)}
    return [SpecialDay.objects.create(year=year, date=datetime.date(year, 1, 1), **told) for year in years]


def division(code=OWN, name=""):
    """The division with this code."""
    return Division.objects.get_or_create(code=code, defaults={"name": name or f"区划{code}"})[0]


def village(code="990121100201", name="", **fields):
    """The village with this code, in the township that its code names."""
    found = Village.objects.filter(code=code).first()
    defaults = {"name": name or f"第{code[-3:]}村", "start": datetime.date(1949, 10, 1), "township": division(code[:9])}
    return found or Village.objects.create(code=code, **defaults | fields)


def village_in(township, number=201, **fields):
    return village(f"{township}{number:03d}", **fields)


@functools.cache
def _hashed(password):
    """Argon2 is slow on purpose; the accounts of the tests share one hash."""
    return make_password(password)


def user(role="county_staff", code=COUNTY, username="", password=PASSWORD, **fields):
    """An account that can sign in with PASSWORD."""
    fields = {"name": f"用户{next(_serial)}", "must_change_password": False} | fields
    account = User(username=username or f"{role}_{next(_serial)}", role=role, division=division(code), **fields)
    account.password = _hashed(password)
    account.save()
    return account


def token(account=None, days=30, **fields):
    """(token, secret text) of an account, by default a reading client of the county."""
    from django.utils import timezone

    from core.models import ApiToken

    return ApiToken.objects.issue(
        user=account or user("api_client"),
        name=fields.pop("name", "共享平台"),
        expires_at=timezone.now() + datetime.timedelta(days=days),
        **fields,
    )


def _village(fields):
    place = fields.pop("village", None) or village()
    return village(place) if isinstance(place, str) else place


def person(name="张建国", **fields):
    """A person with a valid ID number; `village` may be a code."""
    place, number = _village(fields), fields.pop("id_number", ...)
    found = Person(name=name, id_number=id_number() if number is ... else number, village=place, **fields)
    if found.id_number:
        found.take_from_id()
    found.save()
    return found


def _row(model, fields, **defaults):
    """A row of a model with a person and a village, the person being of that village unless given."""
    place = _village(fields) if "person" not in fields or "village" in fields else fields["person"].village
    someone = fields.pop("person", None) or person(village=place)
    return model.objects.create(person=someone, village=place, **defaults | fields)


def appointment(**fields):
    return _row(Appointment, fields, post="village_director", start=START, how="elected")


def reserve(**fields):
    return _row(ReserveCandidate, fields, target="other", start=START)


def reserve_assessment(**fields):
    fields["candidate"] = fields.get("candidate") or reserve()
    return ReserveAssessment.objects.create(
        **{"year": 2024, "half": 1, "result": "继续培养", "assessed_on": datetime.date(2024, 6, 20)} | fields
    )


def recruitment(code=COUNTY, **fields):
    days = {"published_on": START, "applies_until": START + datetime.timedelta(20)}
    given = {"title": f"{next(_serial)}号招聘公告", "year": 2024} | days | fields
    return Recruitment.objects.create(division=division(code), **given)


def recruitment_quota(code=OWN, **fields):
    fields["recruitment"] = fields.get("recruitment") or recruitment()
    return RecruitmentQuota.objects.create(township=division(code), **{"places": 1} | fields)


def recruitment_application(**fields):
    fields["recruitment"] = fields.get("recruitment") or recruitment()
    return _row(RecruitmentApplication, fields, applied_on=START)


def stationing(**fields):
    return _row(Stationing, fields, role="first_secretary", start=START, dispatch_unit="县农业农村局")


def stationing_assessment(**fields):
    fields["stationing"] = fields.get("stationing") or stationing()
    return StationingAssessment.objects.create(**{"year": 2023, "grade": "称职"} | fields)


def service_visit(**fields):
    return _row(ServiceVisit, fields, start=START, end=fields.get("start", START), days=1, work="果树修剪")


def secondment(**fields):
    """A secondment into a village (or with village=None only to the division given)."""
    place = _village(fields) if fields.get("village", "") is not None else fields["village"]
    someone = fields.pop("person", None) or person(village=place or village())
    fields["division"] = fields.get("division") or division(place.code[:9] if place else OWN)
    defaults = {"kind": "down", "home_unit": "县水利局", "host_unit": "村委会", "start": START}
    return Secondment.objects.create(**defaults | fields | {"person": someone, "village": place})


def kinship(**fields):
    first = fields.pop("first", None) or person()
    second = fields.pop("second", None) or person(village=first.village)
    return Kinship.objects.create(**{"first": first, "second": second, "relation": "spouse"} | fields)


def approval_form(**fields):
    return ApprovalForm.objects.create(
        **{"birth_place": "青山乡", "health": "健康"} | fields | {"person": fields.get("person") or person()}
    )


def family_member(**fields):
    fields["form"] = fields.get("form") or approval_form()
    return FamilyMember.objects.create(**{"position": 1, "title": "妻子", "name": "某某"} | fields)


def rural_talent(**fields):
    return _row(RuralTalent, fields, category="skill", specialty="竹编", start=START)


def talent_confirmation(**fields):
    fields["talent"] = fields.get("talent") or rural_talent(village=_village(fields))
    return TalentConfirmation.objects.create(**{"year": 2025, "confirmed_on": datetime.date(2025, 6, 30)} | fields)


def demand_round(code=COUNTY, **fields):
    defaults = {"year": 2026, "name": f"需求调查{next(_serial)}"}
    return DemandRound.objects.create(division=division(code), **defaults | fields)


def demand(**fields):
    """A need of a village, published on the day it was stated."""
    fields["round"] = fields.get("round") or demand_round()
    place = _village(fields)
    dates = {name: datetime.date(2026, 3, 1) for name in ("start", "stated_on", "published_on")}
    defaults = {"township": place.township, "village": place, "post": f"技术员{next(_serial)}", "asker": "village"}
    return Demand.objects.create(**defaults | dates | fields)


def match(**fields):
    place = _village(fields)
    fields["demand"] = fields.get("demand") or demand(village=place)
    fields["talent"] = fields.get("talent") or rural_talent(village=place)
    return Match.objects.create(**{"proposed_on": datetime.date(2026, 3, 10)} | fields)


def demand_visit(**fields):
    day = datetime.date(2026, 3, 20)
    fields["match"] = fields.get("match") or match(invited_on=day, accepted_on=day, village=_village(fields))
    return DemandVisit.objects.create(**{"visited_on": datetime.date(2026, 4, 1), "done": "现场指导"} | fields)


def degree_study(**fields):
    return _row(DegreeStudy, fields, target="junior_college", school="开放大学", start=START)


def education(**fields):
    fields.setdefault("person", None)
    someone = fields.pop("person") or person(village=_village(fields))
    return Education.objects.create(person=someone, **{"level": "junior_college"} | fields)


def former_id_number(**fields):
    fields["person"] = fields.get("person") or person()
    return FormerIdNumber.objects.create(**{"id_number": id_number()} | fields)


def not_same_person(**fields):
    """Two people told apart by a user of the county."""
    first = fields.pop("first", None) or person()
    second = fields.pop("second", None) or person(village=first.village)
    return NotSamePerson.objects.create(first=first, second=second, by=fields.pop("by", None) or user(), **fields)


def course(code=COUNTY, name="", **fields):
    return Course.objects.create(division=division(code), name=name or f"课程{next(_serial)}", **fields)


def session(code=COUNTY, **fields):
    defaults = {
        "name": "书记培训班",
        "number": next(_serial) % 900 + 1,
        "class_type": "secretary",
        "start": START,
        "end": START,
    }
    return TrainingSession.objects.create(division=division(code), **defaults | fields)


def enrollment(**fields):
    fields["session"] = fields.get("session") or session()
    return _row(Enrollment, fields)


def topic(code=COUNTY, name=""):
    return training.Topic.objects.create(division=division(code), name=name or f"专题{next(_serial)}")


def topic_requirement(**fields):
    fields["topic"] = fields.get("topic") or topic()
    return training.TopicRequirement.objects.create(**{"group": "committee", "every_years": 3, "start": START} | fields)


def training_wish(**fields):
    fields["topic"] = fields.get("topic") or topic()
    return _row(training.TrainingWish, fields, year=2026, stated_on=datetime.date(fields.get("year", 2026), 1, 1))


def training_plan(code=COUNTY, **fields):
    return training.TrainingPlan.objects.create(division=division(code), **{"year": 2026} | fields)


def plan_line(**fields):
    fields["plan"] = fields.get("plan") or training_plan(year=_free_year(training.TrainingPlan))
    defaults = {"name": f"班次{next(_serial)}", "class_type": "secretary", "people": 50, "month": 3}
    return training.PlanLine.objects.create(**defaults | fields)


def teacher(code=COUNTY, name="", **fields):
    return training.Teacher.objects.create(division=division(code), name=name or f"教师{next(_serial)}", **fields)


def partner_college(code=COUNTY, name="", **fields):
    name = name or f"学院{next(_serial)}"
    return training.PartnerCollege.objects.create(division=division(code), name=name, **{"start": START} | fields)


def major(**fields):
    fields["college"] = fields.get("college") or partner_college()
    return training.Major.objects.create(**{"name": f"专业{next(_serial)}", "target": "junior_college"} | fields)


def attendance(**fields):
    fields["enrollment"] = fields.get("enrollment") or enrollment()
    return training.Attendance.objects.create(**{"date": START, "half": "am"} | fields)


def course_feedback(**fields):
    fields["session"] = fields.get("session") or session()
    fields["course"] = fields.get("course") or course()
    return training.CourseFeedback.objects.create(**{"five": 3} | fields)


def certificate(**fields):
    fields["enrollment"] = fields.get("enrollment") or enrollment()
    number = f"{COUNTY}-2026-{next(_serial):06d}"
    return training.Certificate.objects.create(
        **{"number": number, "check_code": "ABCD2345EFGH", "issued_on": START} | fields
    )


def study_term(**fields):
    fields["study"] = fields.get("study") or degree_study()
    return training.StudyTerm.objects.create(**{"year": 2025, "season": "2"} | fields)


def award_scheme(code=COUNTY, name=""):
    return AwardScheme.objects.create(division=division(code), name=name or f"表彰{next(_serial)}")


def award(**fields):
    """An award to a person, or to the collective given."""
    fields["scheme"] = fields.get("scheme") or award_scheme()
    if "collective" in fields:
        return Award.objects.create(village=_village(fields), **{"year": 2024} | fields)
    return _row(Award, fields, year=2024)


def award_round(code=COUNTY, **fields):
    fields["scheme"] = fields.get("scheme") or award_scheme(code)
    return AwardRound.objects.create(**{"year": 2026} | fields)


def nomination(**fields):
    """A nomination of a person of the township, or of the collective given."""
    fields["round"] = fields.get("round") or award_round()
    if "collective" in fields:
        place = division(fields.pop("township", OWN))
        return Nomination.objects.create(township=place, nominee_type="collective", **fields)
    someone = fields.pop("person", None) or person(village=_village(fields))
    place = division(fields.pop("township", "") or someone.village_id[:9])
    return Nomination.objects.create(
        township=place, nominee_type="individual", person=someone, **{"village": someone.village} | fields
    )


def award_quota(code=OWN, **fields):
    fields["round"] = fields.get("round") or award_round()
    return AwardQuota.objects.create(township=division(code), **{"individuals": 1, "collectives": 1} | fields)


def attachment(**fields):
    fields["nomination"] = fields.get("nomination") or nomination()
    fields["by"] = fields.get("by") or user()
    told = {
        "filename": "事迹.pdf",
        "content": b"%PDF-1.4",
        "digest": f"{next(_serial):064d}",
        "size": 8,
        "uploaded_on": START,
    }
    return NominationAttachment.objects.create(**told | fields)


def opinion(**fields):
    fields["nomination"] = fields.get("nomination") or nomination()
    told = {"department": "县公安局", "opinion": "agreed", "given_on": START}
    return DepartmentOpinion.objects.create(**told | fields)


def judge(code=COUNTY, **fields):
    fields["round"] = fields.get("round") or award_round(code)
    return AwardJudge.objects.create(**{"name": f"评委{next(_serial)}"} | fields)


def award_score(**fields):
    fields["nomination"] = fields.get("nomination") or nomination()
    fields["judge"] = fields.get("judge") or judge(round=fields["nomination"].round)
    return AwardScore.objects.create(**({"points": 80} if "recusal" not in fields else {}) | fields)


def award_publicity(code=COUNTY, **fields):
    """Publicity of five working days from START on."""
    fields["round"] = fields.get("round") or award_round(code)
    days = {"starts_on": START, "ends_on": START + datetime.timedelta(7), "days": 5}
    return AwardPublicity.objects.create(**days | {"place": "政务公开栏", "contact": "县委组织部"} | fields)


def objection(**fields):
    if "nomination" not in fields:
        held = award_round()
        fields["nomination"] = nomination(round=held, eligibility="passed", publicity=award_publicity(round=held))
    return AwardObjection.objects.create(**{"received_on": START, "channel": "signed", "content": "反映"} | fields)


def fund(code=COUNTY, **fields):
    told = {"name": "乡村振兴专项奖励基金", "document_no": "县委常委会会议纪要"}
    found = RewardFund.objects.filter(division_id=code).first()
    return found or RewardFund.objects.create(division=division(code), **told | fields)


def fund_budget(**fields):
    fields["fund"] = fields.get("fund") or fund()
    return FundBudget.objects.create(**{"year": 2024, "amount": 100_000, "document_no": "预算批复"} | fields)


def fund_entry(**fields):
    """An income, or what `kind` says."""
    fields["fund"] = fields.get("fund") or fund()
    fields["made_by"] = fields.get("made_by") or user()
    told = {"kind": "income", "on": START, "amount": 1000, "party": "县财政局", "basis": "拨款通知", "state": "booked"}
    return FundEntry.objects.create(**told | fields)


def safeguard_standard(code=COUNTY, **fields):
    told = {"year": 2024, "post": "party_secretary", "basic": 24_000, "document_no": "保障办法"}
    return SafeguardStandard.objects.create(division=division(code), **told | fields)


def safeguard(**fields):
    """A record of 2024 without anything."""
    return _row(SafeguardRecord, fields, year=2024)


def support_policy(code=COUNTY, **fields):
    """5000 yuan for whoever asks, once."""
    told = {
        "name": f"扶持{next(_serial)}",
        "kind": "one_off",
        "document_no": "扶持办法",
        "start": datetime.date(2024, 1, 1),
        "formula": "fixed",
        "rate": 5000,
    }
    return SupportPolicy.objects.create(division=division(code), **told | fields)


def support_condition(**fields):
    fields["policy"] = fields.get("policy") or support_policy()
    told = {} if "kind" in fields else {"kind": "age", "most": 45}
    return SupportCondition.objects.create(**told | fields)


def support_exclusion(**fields):
    first = fields.pop("first", None) or support_policy()
    second = fields.pop("second", None) or support_policy(first.division_id)
    return SupportExclusion.objects.create(first=first, second=second, **fields)


def support_budget(**fields):
    fields["policy"] = fields.get("policy") or support_policy()
    return SupportBudget.objects.create(**{"year": 2024, "amount": 100_000, "document_no": "预算批复"} | fields)


def support_application(**fields):
    fields["policy"] = fields.get("policy") or support_policy()
    return _row(SupportApplication, fields, applied_on=datetime.date(2024, 3, 1), project="茶叶加工")


def support_payment(**fields):
    fields["application"] = fields.get("application") or support_application()
    fields["made_by"] = fields.get("made_by") or user()
    told = {"on": datetime.date(2024, 6, 3), "amount": 1000, "basis": "拨付通知", "state": "paid"} | fields
    if told["state"] in ("paid", "rejected"):
        told = {"checked_by": user(), "checked_on": told["on"]} | told
    return SupportPayment.objects.create(**told)


def support_result(**fields):
    fields["application"] = fields.get("application") or support_application()
    told = {
        "after_years": 1,
        "checked_on": datetime.date(2025, 6, 3),
        "in_business": True,
        "jobs": 3,
        "people_led": 12,
    }
    return SupportResult.objects.create(**told | fields)


def _of_support(township, in_village):
    policy = support_policy(township)
    asked = support_application(policy=policy, **in_village)
    return {
        SafeguardStandard: safeguard_standard(township),
        SafeguardRecord: safeguard(**in_village),
        SupportPolicy: policy,
        SupportCondition: support_condition(policy=policy),
        SupportExclusion: support_exclusion(first=policy),
        SupportBudget: support_budget(policy=policy),
        SupportApplication: asked,
        SupportPayment: support_payment(application=asked),
        SupportResult: support_result(application=asked),
    }


def _of_awards(township, in_village):
    held = award_round(COUNTY)
    named = nomination(round=held, eligibility="passed", publicity=award_publicity(round=held), **in_village)
    kept = fund(township)
    fund(COUNTY)
    return {
        AwardQuota: award_quota(township),
        NominationAttachment: attachment(nomination=named),
        DepartmentOpinion: opinion(nomination=named),
        AwardJudge: judge(township),
        AwardScore: award_score(nomination=named, judge=judge(COUNTY)),
        AwardPublicity: award_publicity(township),
        AwardObjection: objection(nomination=named),
        RewardFund: kept,
        FundBudget: fund_budget(fund=kept),
        FundEntry: fund_entry(fund=kept),
        Nomination: named,
    }


def evaluation_scheme(code=COUNTY, **fields):
    """A scheme for village cadres: as of START, without items."""
    dates = {"as_of": START, "opens": START, "closes": START + datetime.timedelta(60)}
    places = {"excellent_percent": 20, "excellent_from": 90, "competent_from": 75, "basic_from": 60, "fair_percent": 60}
    defaults = {"year": _free_year(EvaluationScheme), "kind": "cadre"} | dates | places
    return EvaluationScheme.objects.create(division=division(code), **defaults | fields)


def evaluation_item(code=COUNTY, **fields):
    fields["scheme"] = fields.get("scheme") or evaluation_scheme(code)
    defaults = {"title": f"指标{next(_serial)}", "weight": 40, "most": 40}
    return EvaluationItem.objects.create(**defaults | fields)


def evaluation(**fields):
    """The evaluation of a person, or with person=None of the village's team."""
    fields["scheme"] = fields.get("scheme") or evaluation_scheme()
    if fields.get("person", "") is None:
        return Evaluation.objects.create(village=_village(fields), **fields)
    return _row(Evaluation, fields)


def evaluation_score(**fields):
    fields["evaluation"] = fields.get("evaluation") or evaluation()
    fields["item"] = fields.get("item") or evaluation_item(scheme=fields["evaluation"].scheme)
    return EvaluationScore.objects.create(**{"township_points": 30, "start": START} | fields)


def evidence_file(**fields):
    fields["evaluation"] = fields.get("evaluation") or evaluation()
    fields["item"] = fields.get("item") or evaluation_item(scheme=fields["evaluation"].scheme)
    fields["by"] = fields.get("by") or user()
    told = {"filename": "佐证.pdf", "content": b"%PDF-1.4", "digest": f"{next(_serial):064d}", "size": 8}
    return EvidenceFile.objects.create(**told | {"uploaded_on": START} | fields)


def ballot_correction(**fields):
    fields["evaluation"] = fields.get("evaluation") or evaluation()
    fields["by"] = fields.get("by") or user()
    counts = {"issued": 50, "returned": 45, "valid": 40, "satisfied": 30, "fair": 8, "dissatisfied": 2}
    return BallotCorrection.objects.create(**counts | {"corrected_on": START, "reason": "漏记一组"} | fields)


def evaluation_appeal(**fields):
    fields["evaluation"] = fields.get("evaluation") or evaluation(grade="unfit", graded_on=START)
    defaults = {"received_on": START, "content": "评分有误", "old_grade": "unfit"}
    return EvaluationAppeal.objects.create(**defaults | fields)


def inspection(code=COUNTY, **fields):
    defaults = {"name": f"第{next(_serial)}次检查", "on": START, "inspectors": "王明、李红"}
    return Inspection.objects.create(division=division(code), **defaults | fields)


def inspection_item(code=COUNTY, **fields):
    fields["inspection"] = fields.get("inspection") or inspection(code)
    return InspectionItem.objects.create(**{"title": f"事项{next(_serial)}"} | fields)


def inspection_finding(**fields):
    fields["item"] = fields.get("item") or inspection_item()
    defaults = {"problem": "没有坐班", "responsible": "张三", "due": START + datetime.timedelta(30)}
    place = _village(fields)
    return InspectionFinding.objects.create(inspection=fields["item"].inspection, village=place, **defaults | fields)


def inspection_follow_up(**fields):
    fields["finding"] = fields.get("finding") or inspection_finding()
    return InspectionFollowUp.objects.create(**{"on": START, "done": "已排班"} | fields)


def _of_evaluations(township, in_village):
    scheme = evaluation_scheme(township)
    item = evaluation_item(scheme=scheme)
    row = evaluation(scheme=scheme, grade="unfit", graded_on=START, **in_village)
    found = inspection_finding(village=in_village["village"])
    return {
        EvaluationScheme: scheme,
        EvaluationItem: item,
        Evaluation: row,
        EvaluationScore: evaluation_score(evaluation=row, item=item),
        EvidenceFile: evidence_file(evaluation=row, item=item),
        BallotCorrection: ballot_correction(evaluation=row),
        EvaluationAppeal: evaluation_appeal(evaluation=row),
        Inspection: inspection(township),
        InspectionItem: inspection_item(township),
        InspectionFinding: found,
        InspectionFollowUp: inspection_follow_up(finding=found),
    }


def review_round(code=COUNTY, **fields):
    """A round of the mid-term review, as of START."""
    dates = {"as_of": START, "opens": START, "closes": START + datetime.timedelta(30)}
    name = fields.pop("name", "") or f"研判{next(_serial)}"
    return ReviewRound.objects.create(division=division(code), name=name, **dates | fields)


def team_review(**fields):
    """The sheet of a village, in a round of the county unless given."""
    fields["round"] = fields.get("round") or review_round()
    return TeamReview.objects.create(village=_village(fields), **fields)


def person_review(**fields):
    """What a review says of somebody of the village's team."""
    someone = fields.pop("person", None) or person(village=_village(fields))
    fields["team"] = fields.get("team") or team_review(village=someone.village)
    return PersonReview.objects.create(person=someone, **fields)


def review_visit(**fields):
    fields["team"] = fields.get("team") or team_review()
    return ReviewVisit.objects.create(**{"on": START, "visitors": "镇党委走访组"} | fields)


def adjustment(**fields):
    """A post that ended because of a review."""
    review = fields.pop("review", None) or person_review()
    seat = fields.pop("appointment", None) or appointment(person=review.person, end=START, end_reason="unfit")
    return Adjustment.objects.create(review=review, appointment=seat, **{"part": "ended"} | fields)


def village_name(**fields):
    return VillageName.objects.create(
        village=_village(fields), **{"name": f"旧名{next(_serial)}", "until": START} | fields
    )


def division_name(code=OWN, **fields):
    return DivisionName.objects.create(
        division=division(code), **{"name": f"旧镇{next(_serial)}", "until": START} | fields
    )


def village_label(**fields):
    return VillageLabel.objects.create(village=_village(fields), **{"label": "weak", "start": START} | fields)


def approved_seats(**fields):
    stated = {"start": START, "party_seats": 3, "committee_seats": 3}
    return villages.ApprovedSeats.objects.create(village=_village(fields), **stated | fields)


def village_figures(**fields):
    return VillageFigures.objects.create(village=_village(fields), **{"year": 2024, "population": 1200} | fields)


def term(code=COUNTY, name="", **fields):
    defaults = {"start": START}
    return Term.objects.create(division=division(code), name=name or f"第{next(_serial)}届", **defaults | fields)


def election_round(code=COUNTY, **fields):
    """A round of the division, to a new term of its own."""
    fields["incoming"] = fields.get("incoming") or term(code, start=datetime.date(2026, 1, 10))
    defaults = {"name": f"换届{next(_serial)}", "election_day": datetime.date(2026, 1, 10)}
    return ElectionRound.objects.create(
        division=division(code), **defaults | {"start": datetime.date(2025, 12, 1)} | fields
    )


def election_step(**fields):
    fields["round"] = fields.get("round") or election_round()
    return ElectionStep.objects.create(**{"title": f"步骤{next(_serial)}", "offset": -15} | fields)


def election_village(**fields):
    fields["round"] = fields.get("round") or election_round()
    place = _village(fields)
    return ElectionVillage.objects.create(village=place, **{"election_day": fields["round"].election_day} | fields)


def election_step_done(**fields):
    place = fields.pop("place", None) or election_village()
    step = fields.pop("step", None) or election_step(round=place.round)
    return ElectionStepDone.objects.create(place=place, step=step, **{"done_on": place.election_day} | fields)


def election_ballot(**fields):
    place = fields.pop("place", None) or election_village()
    counts = {"committee": "party", "held_on": place.election_day, "issued": 40, "returned": 38, "valid": 37}
    return ElectionBallot.objects.create(place=place, **counts | fields)


def handover_item(**fields):
    return HandoverItem.objects.create(
        place=fields.pop("place", None) or election_village(), **{"name": "印章"} | fields
    )


def candidate(**fields):
    fields["round"] = fields.get("round") or election_round()
    return _row(Candidate, fields, post="village_director", nominated_on=datetime.date(2025, 12, 10))


def review_department(code=COUNTY, **fields):
    fields["round"] = fields.get("round") or election_round(code)
    return JointReviewDepartment.objects.create(**{"name": "公安局"} | fields)


def review_item(code=COUNTY, **fields):
    fields["department"] = fields.get("department") or review_department(code)
    return JointReviewItem.objects.create(**{"title": "受过刑事处罚"} | fields)


def review_mark(**fields):
    fields["item"] = fields.get("item") or review_item()
    return _row(JointReviewMark, fields, result="clear", decided_on=datetime.date(2026, 1, 3))


def _of_training(township, in_village):
    attended, studied = enrollment(session=session(COUNTY), **in_village), degree_study(**in_village)
    wanted, planned, partner = topic(township), training_plan(township), partner_college(township)
    return {
        Enrollment: attended,
        DegreeStudy: studied,
        training.StudyTerm: study_term(study=studied),
        training.Attendance: attendance(enrollment=attended),
        training.Certificate: certificate(enrollment=attended),
        training.Topic: wanted,
        training.TopicRequirement: topic_requirement(topic=wanted, end=START),
        training.TrainingWish: training_wish(topic=wanted, **in_village),
        training.TrainingPlan: planned,
        training.PlanLine: plan_line(plan=planned),
        training.Teacher: teacher(township),
        training.CourseFeedback: course_feedback(session=session(township), course=course(township)),
        training.PartnerCollege: partner,
        training.Major: major(college=partner),
    }


def party_branch(**fields):
    place = _village(fields)
    serial = fields.pop("name", None) or f"第{next(_serial)}党支部"
    return villages.PartyBranch.objects.create(village=place, name=serial, **{"start": START} | fields)


def branch_size(**fields):
    fields["branch"] = fields.get("branch") or party_branch()
    return villages.BranchSize.objects.create(**{"start": START, "full_members": 12, "groups": 0} | fields)


def meeting(**fields):
    fields["branch"] = fields.get("branch") or party_branch()
    held = {
        "kind": "theme", "topic": "主题党日活动", "held_on": START, "chair": "李书记", "expected": 10, "present": 9, "leave": 1,
        "absence_reason": "外出务工",
    }  # fmt: skip
    return villages.MeetingRecord.objects.create(**held | fields)


def resolution(**fields):
    fields["meeting"] = fields.get("meeting") or meeting()
    return villages.Resolution.objects.create(**{"text": "通过", "entitled": 10, "in_favour": 8} | fields)


def meeting_attachment(**fields):
    fields["meeting"] = fields.get("meeting") or meeting()
    kept = {
        "kind": "photo",
        "filename": "现场照片.jpg",
        "content": b"jpeg",
        "digest": f"{next(_serial):064}",
        "size": 4,
    }
    return villages.MeetingAttachment.objects.create(**kept | fields)


def village_project(**fields):
    place = _village(fields)
    stated = {
        "kind": "road",
        "source": "county",
        "amount_wan": 30,
        "invested_on": START,
        "name": f"通村路{next(_serial)}",
    }
    return villages.VillageProject.objects.create(village=place, **stated | fields)


def cultural_activity(**fields):
    place = _village(fields)
    stated = {"kind": "show", "held_on": START, "name": f"村晚{next(_serial)}"}
    return villages.CulturalActivity.objects.create(village=place, **stated | fields)


def party_activity(**fields):
    return _row(
        villages.PartyActivity,
        fields,
        kind="household",
        partner="王大爷",
        start=START,
        matter="政策宣传",
    )


def integrity_record(**fields):
    fields["person"] = fields.get("person") or person()
    stated = {"kind": "warning", "start": START, "authority": "县纪委监委", "reason": "违反工作纪律"}
    return villages.IntegrityRecord.objects.create(**stated | fields)


def _of_party(in_village):
    branch = party_branch(village=in_village["village"])
    held = meeting(branch=branch)
    return {
        villages.PartyBranch: branch,
        villages.BranchSize: branch_size(branch=branch),
        villages.MeetingRecord: held,
        villages.Resolution: resolution(meeting=held),
        villages.MeetingAttachment: meeting_attachment(meeting=held),
        villages.VillageProject: village_project(village=in_village["village"]),
        villages.CulturalActivity: cultural_activity(village=in_village["village"]),
        villages.PartyActivity: party_activity(**in_village),
    }


def _free_year(model):
    """A year that no row has: never one about now, of which pages tell more."""
    years = [year for year in range(2000, 2100) if not 2020 <= year <= 2030]
    return next(year for year in years if not model.objects.filter(year=year).exists())


def one_of_each(township):
    """{model: row} with one row of every business model in this township, on one person of a village of its own."""
    place = village_in(township)
    someone = person(name=f"李{township[-1]}某", village=place)
    in_village = {"person": someone, "village": place}
    sheet = team_review(village=place)
    judged = person_review(team=sheet, person=someone)
    seat = appointment(**in_village, post="clerk", end=START)
    return {
        Division: division(township),
        DivisionName: division_name(township),
        Village: place,
        VillageName: village_name(village=place),
        VillageLabel: village_label(village=place),
        VillageFigures: village_figures(village=place),
        villages.ApprovedSeats: approved_seats(village=place),
        Term: term(township),
        Person: someone,
        Education: education(person=someone),
        Appointment: appointment(**in_village),
        ReserveCandidate: reserve(**in_village),
        ReserveAssessment: reserve_assessment(
            candidate=reserve(person=person(name=f"周{township[-1]}某", village=place), village=place)
        ),
        Recruitment: recruitment(township),
        RecruitmentQuota: recruitment_quota(township),
        RecruitmentApplication: recruitment_application(recruitment=recruitment(), **in_village),
        Stationing: (stay := stationing(**in_village)),
        StationingAssessment: stationing_assessment(stationing=stay),
        ServiceVisit: service_visit(**in_village),
        Secondment: secondment(**in_village),
        Kinship: kinship(first=someone),
        ApprovalForm: (filled := approval_form(person=someone)),
        FamilyMember: family_member(form=filled),
        RuralTalent: rural_talent(**in_village),
        ReviewRound: review_round(township),
        TeamReview: sheet,
        PersonReview: judged,
        ReviewVisit: review_visit(team=sheet),
        Adjustment: adjustment(review=judged, appointment=seat),
        TalentConfirmation: talent_confirmation(village=place),
        DemandRound: demand_round(township),
        Demand: demand(village=place),
        Match: match(village=place),
        DemandVisit: demand_visit(village=place),
        FormerIdNumber: former_id_number(person=someone),
        NotSamePerson: not_same_person(first=someone),
        ElectionRound: election_round(township),
        ElectionStep: election_step(round=election_round(township)),
        ElectionVillage: (polling := election_village(village=place)),
        ElectionStepDone: election_step_done(place=polling),
        ElectionBallot: election_ballot(place=polling, committee="supervision"),
        HandoverItem: handover_item(place=polling),
        Candidate: candidate(round=polling.round, **in_village),
        JointReviewDepartment: review_department(township),
        JointReviewItem: review_item(township),
        JointReviewMark: review_mark(**in_village),
        Course: course(township),
        TrainingSession: session(township),
        **_of_training(township, in_village),
        **_of_party(in_village),
        AwardScheme: award_scheme(township),
        Award: award(scheme=award_scheme(COUNTY), **in_village),
        AwardRound: award_round(township),
        **_of_awards(township, in_village),
        **_of_evaluations(township, in_village),
        **_of_support(township, in_village),
    }
