"""The demo county: the same everywhere, valid, loaded once, with workbooks that read as they should."""

import collections
import datetime
import hashlib
import io

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Value
from django.db.models.functions import Concat
from django.utils import timezone

from awards import models as awards
from awards import scoring
from awards.actions.evaluation_grades import refuse_beyond
from awards.models import Award, AwardRound, Nomination
from config.demo import accounts, workbooks
from core import indicators, rules
from core.identity import id_birth, id_problem, id_sex
from core.models import AuditEntry, SpecialDay, User
from rosters import reading, samples, spec
from rosters.comparison import Row, Scope
from rosters.management.commands.check_roster import gazetteer_of
from talent.joint_review_column import Column
from talent.models import (
    Adjustment,
    Appointment,
    ApprovalForm,
    Candidate,
    Demand,
    DemandVisit,
    Education,
    ElectionBallot,
    ElectionRound,
    ElectionStepDone,
    FamilyMember,
    HandoverItem,
    JointReviewDepartment,
    JointReviewItem,
    JointReviewMark,
    Kinship,
    Match,
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
from talent.same_people import pairs
from talent.views.demands import funnel
from training import models as training
from training.models import DegreeStudy, Enrollment, TrainingSession
from villages import models as villages
from villages.models import Village, VillageFigures, VillageLabel

# Of the whole demo as `digest` sees it. When the demo is changed on purpose, put the new one here; anything else that
# changes it (a clock, the order of a set, a library) is a fault.
DIGEST = "0ac1b1db080a4c309df640712c20e7a8eef13e2161a7d144943a84e63ef69526"
TRAINING = {
    training.Topic: ("name",),
    training.TopicRequirement: ("topic__name", "group", "every_years"),
    training.TrainingWish: ("person__phone", "topic__name", "year", "source"),
    training.PlanLine: ("plan__year", "name", "classes", "people", "month", "budget"),
    training.Teacher: ("name", "unit", "kind"),
    training.PartnerCollege: ("name", "academy"),
    training.Major: ("college__name", "name", "target", "tuition"),
    training.Attendance: ("enrollment__person__phone", "date", "half", "state"),
    training.CourseFeedback: ("session__name", "session__number", "course__name", "five", "four", "three"),
    training.Certificate: ("number", "enrollment__person__phone", "issued_on"),
    training.StudyTerm: ("study__person__phone", "year", "season", "credits", "state"),
}
AWARDS = {
    awards.AwardQuota: ("round__year", "township_id", "individuals", "collectives"),
    Nomination: ("round__year", "township_id", "person__phone", "collective", "eligibility", "publicity__ends_on"),
    awards.NominationAttachment: ("nomination__person__phone", "nomination__collective", "filename", "digest"),
    awards.DepartmentOpinion: ("nomination__person__phone", "nomination__collective", "department", "opinion"),
    awards.AwardJudge: ("round__year", "name", "unit", "village_id"),
    awards.AwardScore: ("judge__name", "nomination__person__phone", "nomination__collective", "points", "recusal"),
    awards.AwardPublicity: ("round__year", "starts_on", "ends_on", "days", "place"),
    awards.AwardObjection: (
        "nomination__person__phone",
        "nomination__collective",
        "received_on",
        "finding",
        "closed_on",
    ),
    awards.EvaluationScheme: ("year", "kind", "as_of", "closes", "published_on"),
    awards.EvaluationItem: ("scheme__year", "scheme__kind", "title", "part", "source", "weight", "most"),
    awards.Evaluation: (
        "scheme__year",
        "scheme__kind",
        "village_id",
        "person__phone",
        "post",
        "counted_on",
        "proposed",
        "handed_in_on",
        "grade",
        "graded_on",
        "valid",
        "satisfied",
        "fair",
    ),
    awards.EvaluationScore: (
        "evaluation__scheme__year",
        "evaluation__village_id",
        "evaluation__person__phone",
        "item__title",
        "township_points",
        "county_points",
        "start",
        "end",
    ),
    awards.EvidenceFile: ("evaluation__village_id", "evaluation__person__phone", "item__title", "filename", "digest"),
    awards.BallotCorrection: (
        "evaluation__village_id",
        "evaluation__person__phone",
        "corrected_on",
        "reason",
        "satisfied",
    ),
    awards.EvaluationAppeal: ("evaluation__village_id", "evaluation__person__phone", "received_on", "finding"),
    awards.Inspection: ("name", "kind", "on"),
    awards.InspectionItem: ("inspection__name", "title"),
    awards.InspectionFinding: ("inspection__name", "item__title", "village_id", "problem", "due", "closed_on"),
    awards.InspectionFollowUp: ("finding__inspection__name", "finding__village_id", "on", "done"),
    awards.RewardFund: ("name", "balance"),
    awards.FundBudget: ("year", "amount"),
    awards.FundEntry: ("kind", "on", "amount", "party", "state", "made_by__username", "checked_by__username"),
    SpecialDay: ("date", "is_working", "name"),
    awards.SafeguardStandard: ("year", "post", "basic", "performance", "allowance"),
    awards.SafeguardRecord: (
        "person__phone",
        "village_id",
        "year",
        "basic_paid",
        "pension",
        "accident",
        "checkup_on",
        "housing",
    ),
    awards.SupportPolicy: ("name", "kind", "formula", "rate", "cap", "exclusion_group"),
    awards.SupportCondition: ("policy__name", "kind", "most", "words"),
    awards.SupportExclusion: ("first__name", "second__name", "span"),
    awards.SupportBudget: ("policy__name", "year", "amount"),
    awards.SupportApplication: (
        "policy__name",
        "person__phone",
        "applied_on",
        "base",
        "loan",
        "state",
        "amount",
        "decided_on",
    ),
    awards.SupportPayment: ("application__policy__name", "application__person__phone", "on", "amount"),
    awards.SupportResult: (
        "application__policy__name",
        "application__person__phone",
        "after_years",
        "in_business",
        "jobs",
    ),
}
PARTY = {
    villages.PartyBranch: ("village_id", "name", "start", "end"),
    villages.BranchSize: ("branch__village_id", "start", "full_members", "groups"),
    villages.MeetingRecord: (
        "branch__village_id",
        "kind",
        "topic",
        "held_on",
        "chair",
        "expected",
        "present",
        "lecturer",
    ),
    villages.Resolution: ("meeting__branch__village_id", "meeting__held_on", "entitled", "in_favour", "against"),
    villages.PartyActivity: ("person__phone", "kind", "partner", "start", "hours", "matter"),
    villages.VillageProject: ("village_id", "name", "source", "amount_wan", "invested_on", "end"),
    villages.CulturalActivity: ("village_id", "name", "held_on", "people", "amount_wan"),
    villages.IntegrityRecord: ("person__phone", "kind", "start", "end"),
}
NATURAL = {
    Village: ("code", "name", "party_seats"),
    VillageLabel: ("village_id", "label", "start", "end"),
    villages.ApprovedSeats: ("village_id", "start", "party_seats", "committee_seats", "document_no"),
    VillageFigures: ("village_id", "year", "households", "collective_income_wan"),
    Person: (
        "id_number",
        "name",
        "sex",
        "birth_date",
        "ethnicity",
        "political_status",
        "party_joined",
        "phone",
        "village_id",
    ),
    Education: ("person__phone", "level", "mode", "school", "major", "graduated_on"),
    Appointment: ("person__phone", "village_id", "post", "start", "end", "end_reason", "how", "term__name"),
    ReserveCandidate: (
        "person__phone",
        "village_id",
        "target",
        "kind",
        "planned_post",
        "readiness",
        "start",
        "end",
        "end_reason",
    ),
    Stationing: ("person__phone", "village_id", "role", "dispatch_unit", "start", "end"),
    ApprovalForm: ("person__phone", "birth_place", "health", "expertise", "proposed_post"),
    FamilyMember: ("form__person__phone", "position", "title", "name", "born", "post"),
    Kinship: ("first__phone", "second__phone", "relation"),
    StationingAssessment: ("stationing__person__phone", "year", "grade"),
    ServiceVisit: ("person__phone", "village_id", "start", "days", "work", "served"),
    Secondment: ("person__phone", "division_id", "kind", "host_unit", "start", "end", "grade"),
    RuralTalent: (
        "person__phone",
        "village_id",
        "category",
        "specialty",
        "is_demonstration",
        "start",
        "end",
        "end_reason",
        "talent_class",
        "sub_class",
        "tags",
        "skills",
        "origin",
        "came_on",
    ),
    Candidate: ("person__phone", "village_id", "post", "source", "status", "votes", "blocked_reason", "decided_on"),
    ElectionBallot: ("place__village_id", "committee", "held_on", "issued", "returned", "valid"),
    JointReviewMark: ("person__phone", "item__title", "result", "reason"),
    ReviewRound: ("name", "as_of", "opens", "closes"),
    TeamReview: (
        "round__name",
        "village_id",
        "status",
        "team_class",
        "problems",
        "plan",
        "valid",
        "satisfied",
        "decided_on",
    ),
    PersonReview: ("team__round__name", "person__phone", "grade", "proposal", "reason", "valid", "satisfied"),
    ReviewVisit: ("team__round__name", "team__village_id", "on", "way", "visitors", "talked"),
    Adjustment: ("review__team__round__name", "appointment__person__phone", "appointment__post", "part"),
    ReserveAssessment: ("candidate__person__phone", "year", "half", "result", "remarks", "assessed_on"),
    Recruitment: ("title", "published_on", "applies_until", "publicised_until"),
    RecruitmentQuota: ("recruitment__title", "township_id", "places"),
    RecruitmentApplication: (
        "recruitment__title",
        "person__phone",
        "village_id",
        "household",
        "eligibility",
        "written",
        "interview",
        "engaged_on",
    ),
    TalentConfirmation: ("talent__person__phone", "year", "is_here", "confirmed_on"),
    Demand: ("round__year", "township_id", "village_id", "unit", "post", "number", "closed_on", "close_reason"),
    Match: ("demand__post", "talent__person__phone", "score", "invited_on", "accepted_on", "arrived_on", "grade"),
    DemandVisit: ("match__talent__person__phone", "visited_on", "days"),
    TrainingSession: ("name", "number", "start"),
    Enrollment: ("person__phone", "session__name", "session__number", "result"),
    DegreeStudy: ("person__phone", "school", "target", "start", "end", "outcome"),
    **TRAINING,
    **PARTY,
    Award: ("scheme__name", "year", "village_id", "person__phone", "collective", "category"),
    **AWARDS,
}


def digest():
    """One hash of every row's natural values, whatever their keys, ciphertexts and order."""
    whole = hashlib.sha256()
    for model, names in NATURAL.items():
        for line in sorted(repr(values) for values in model.objects.order_by().values_list(*names)):
            whole.update(line.encode())
    return whole.hexdigest()


def counts():
    return {model: model.objects.count() for model in [*NATURAL, AuditEntry, User]}


def test_demo_is_the_same_everywhere(demo):
    assert digest() == DIGEST


def test_every_township_recommended_people_and_a_collective_in_the_last_round(demo):
    held = AwardRound.objects.get(year=2026)
    recommended = Nomination.objects.filter(round=held)
    winners = Award.objects.filter(scheme=held.scheme, year=2026, person__isnull=False).values("person")

    for kind in Nomination.Type.values:
        assert recommended.filter(nominee_type=kind).values("township").distinct().count() == 9
    assert recommended.filter(person__in=winners).count() == winners.count() > 0
    for row in recommended:
        row.full_clean()


def test_the_award_round_of_2024_and_its_fund(demo):
    """Ten people and five collectives through the whole way; all but one bonus was paid before the year's end."""
    on = datetime.date(2024, 12, 31)

    def value(key, day=on):
        return next(one.value for one in indicators.measure(day) if one.key == key)

    given = Award.objects.filter(nomination__round__year=2024)
    assert (given.individual().count(), given.collective().count()) == (10, 5)
    assert given.filter(certificate_no=None).count() == 0
    assert value("awards_individual") >= 10
    assert value("awards_collective") == 5
    assert (value("fund_paid_wan"), value("fund_balance_wan")) == (7.18, 7.82)
    assert value("publicity_running", datetime.date(2024, 12, 5)) == 15
    assert value("publicity_running", datetime.date(2024, 12, 10)) == 0
    assert awards.AwardScore.objects.filter(points=None).exists()
    assert not [one for one in rules.check(on) if one.code.startswith(("award_", "fund_"))]


def test_the_evaluations_of_2024_and_2025(demo):
    """All cadres and teams of the day are graded within the townships' places; one of each is unfit twice running."""

    def value(key, day):
        return next(one.value for one in indicators.measure(day) if one.key == key)

    on, later = datetime.date(2024, 12, 31), datetime.date(2025, 12, 31)
    schemes = awards.EvaluationScheme.objects.filter(year=2024)
    assert awards.BallotCorrection.objects.get().evaluation.scheme.year == 2026
    assert awards.EvidenceFile.objects.filter(evaluation__scheme__year=2026).exists()
    assert value("evaluated", on) == sum(scheme.evaluations.count() for scheme in schemes) > 400
    assert value("evaluated", on) > value("graded_excellent", on) > 0
    assert value("graded_unfit", on) == value("graded_unfit", later) == 4
    for scheme in schemes:
        refuse_beyond(scheme, scoring.lines(scheme))
    unfit = [one for one in rules.check(later) if one.code == "evaluation_unfit_repeated"]
    assert len(unfit) == 2
    assert awards.Evaluation.objects.filter(scheme__year=2026, handed_in_on=None).exists()
    for row in (*schemes, *awards.EvaluationItem.objects.all(), *awards.EvaluationAppeal.objects.all()):
        row.full_clean()


def test_safeguards_and_support_policies_in_use_in_2024(demo):
    on = datetime.date(2024, 12, 31)
    value = {one.key: one for one in indicators.measure(on)}

    assert 95 < value["pension_covered"].percent < 100
    assert value["medical_covered"].percent == 100
    assert value["housing_supported"].value > 10
    assert value["support_granted_wan"].value > 5
    assert value["support_paid_wan"].value == value["support_granted_wan"].value  # each confirmed by another person
    assert awards.SupportPayment.objects.filter(state="proposed").exists()  # of the last year one policy's wait
    assert value["support_recipients"].value >= 10
    granted = awards.SupportApplication.objects.filter(state="approved", decided_on__year=2024)
    assert set(granted.values_list("policy__kind", flat=True)) == {"one_off", "loan", "land", "tax"}
    assert awards.SupportApplication.objects.filter(state="rejected").exists()
    assert awards.SupportResult.objects.filter(after_years=3).exists()
    for row in awards.SafeguardRecord.objects.filter(year=2024)[:50]:
        row.full_clean()


def test_the_round_of_2026_is_whole_and_somebody_is_blocked(demo):
    held = ElectionRound.objects.get(kind="general", start__year=2025)

    assert held.places.elected(held.end).count() == held.places.count() == 86
    assert (
        Candidate.objects.exclude(blocked_reason="").filter(status="disqualified").values("person").distinct().count()
        == 8
    )
    assert not Candidate.objects.filter(round=held).unreviewed().exists()
    for row in (*held.steps.all(), *Candidate.objects.all()[:50], *ElectionBallot.objects.all()[:50]):
        row.full_clean()


def test_the_round_of_2021_tells_of_the_posts_that_the_ledger_has(demo):
    held = ElectionRound.objects.get(kind="general", start__year=2020)
    elected = set(held.candidates.filter(status="elected").values_list("person", "village", "post", "decided_on"))
    of_term = Appointment.objects.filter(term=held.incoming, how="elected")

    assert held.is_closed_on(held.end)
    assert held.places.elected(held.end).count() == held.places.count() == 86
    assert elected == set(of_term.values_list("person", "village", "post", "start"))
    assert not HandoverItem.objects.filter(place__round=held).exists()
    assert ElectionStepDone.objects.filter(place__round=held).count() == 86 * held.steps.filter(per="village").count()


def test_a_by_election_waits_for_the_police(demo, account):
    held = ElectionRound.objects.get(kind="by_election")
    column = JointReviewDepartment.objects.fillable_by(account("gongan"), held.start).get()

    assert (column.name, column.round) == ("公安局", held)
    assert {item.department for item in JointReviewItem.objects.filter(department__round=held, marks=None)} == {column}
    assert (
        Column(column, account("gongan").division_id).waiting
        == held.candidates.values("person").distinct().count()
        == 4
    )
    for row in (held, *held.steps.all(), *held.candidates.all()):
        row.full_clean()


def test_second_load_changes_nothing_and_shows_no_password(demo):
    out, before = io.StringIO(), counts()

    call_command("load_demo", stdout=out)

    assert counts() == before
    assert "没有改变任何数据" in out.getvalue()
    assert not [line for line in out.getvalue().splitlines() if line.strip().startswith("wang")]


def test_reset_shows_passwords_that_work(demo, account):
    out = io.StringIO()

    call_command("reset_demo_passwords", stdout=out)

    lines = [line.split() for line in out.getvalue().splitlines() if line.strip()]
    shown = {line[0]: line[-1] for line in lines if line[0] in {row[0] for row in accounts.ACCOUNTS}}
    assert len(shown) == 8
    assert account("wang").check_password(shown["wang"])
    assert not account("wang").must_change_password
    assert shown["wang"] not in str(list(AuditEntry.objects.order_by("-pk").values()[:10]))


def test_reset_without_demo_accounts_says_what_to_do(demo):
    User.objects.update(username=Concat(Value("former_"), "username"))

    with pytest.raises(CommandError, match="load_demo"):
        call_command("reset_demo_passwords", stdout=io.StringIO())


def test_every_id_number_is_valid_and_agrees_with_the_file(demo):
    people = Person.objects.filter(id_digest__isnull=False)

    assert people.count() > 1500
    for person in people:
        assert id_problem(person.id_number) is None
        assert (id_birth(person.id_number), id_sex(person.id_number)) == (person.birth_date, person.sex)
        assert person.id_number.startswith("990121")


def test_two_colleagues_gave_one_number_and_nobody_else(demo):
    """The queue of likely the same person shows what it is for, and no noise."""
    phones = collections.Counter(Person.objects.exclude(phone_digest=None).values_list("phone_digest", flat=True))

    assert [times for times in phones.values() if times > 1] == [2]
    [pair] = pairs("990121")
    assert pair.first.phone == pair.second.phone
    assert pair.first.name != pair.second.name


def test_names_are_as_mixed_as_in_a_real_county(demo):
    names = list(Person.objects.values_list("name", flat=True))
    dotted = [name for name in names if "·" in name]

    assert 0.01 <= len(dotted) / len(names) <= 0.02
    assert [name for name in names if any(ord(character) > 0xFFFF for character in name)] == ["陈𬭎"]
    assert Person.objects.exclude(ethnicity="汉族").count() > 50
    repeated = [
        name for name, times in collections.Counter(Village.objects.values_list("name", flat=True)).items() if times > 1
    ]
    assert sorted(repeated) == ["大坪村", "新丰村"]


def test_everything_was_written_with_its_audit_line(demo):
    logged = collections.Counter(
        AuditEntry.objects.filter(verb__in=["create", "appoint"]).values_list("model", flat=True)
    )

    people = (Person, Appointment, Education, ReserveCandidate, Stationing, RuralTalent)
    for model in (*people, Enrollment, DegreeStudy, Award):
        assert logged[model._meta.label_lower] == model.objects.count()


def test_nobody_is_in_the_pool_and_in_the_two_committees(demo):
    for on in (datetime.date(2022, 12, 31), datetime.date(2024, 12, 31), datetime.date(2026, 11, 22)):
        pool = ReserveCandidate.objects.in_pool(on).values("person_id")
        assert not Appointment.objects.cadres(on).filter(person__in=pool).exists()


def test_every_village_has_rural_talents(demo):
    talents = RuralTalent.objects.in_pool(datetime.date(2026, 11, 22))

    assert set(talents.values_list("village_id", flat=True)) == set(Village.objects.values_list("code", flat=True))


def test_the_pool_and_the_needs_have_something_on_every_page(demo):
    on = datetime.date(2026, 11, 22)
    figures = {figure.key: figure for figure in indicators.measure(on)}

    for key in ("talents_stale", "talents_returned", "talents_introduced", "talents_stayed_1", "talents_stayed_3"):
        assert 0 < figures[key].numerator < figures[key].denominator, key
    for key in ("demands_open", "demands_met"):
        assert 0 < figures[key].numerator < figures["demands"].numerator, key
    for year in (2025, 2026):
        steps = funnel.steps(Demand.objects.stated(on).filter(round__year=year), on)
        counts = [step["needs"] for step in steps]
        assert counts == sorted(counts, reverse=True)
        assert counts[-1] > 0
    assert {found.code for found in rules.check(on)} >= {"talent_stale", "demand_overdue", "match_not_arrived"}


def compared(make, code):
    """(totals of the reading, changes against the database) of a workbook of the township `code`."""
    name, content = make(code)
    on = timezone.localdate()
    context = reading.Context("990121", on, gazetteer_of("990121", on))
    roster = spec.get("committee")
    found = reading.read(roster, content, name, context)
    rows = [
        Row(order, row.excel_row, row.values, row.village_code, list(row.problems))
        for order, row in enumerate(found.rows)
    ]
    verdicts = roster.compare(rows, Scope(code, on)).verdicts
    return found.totals, collections.Counter(verdict.change for verdict in verdicts)


@pytest.mark.parametrize("code", ["990121200", "990121101"])
def test_first_month_has_ordinary_mistakes_and_is_otherwise_in_step(demo, code):
    totals, changes = compared(workbooks.first_month, code)

    assert totals["error"] == 7
    assert totals["warn"] >= 3
    assert changes["new"] == 0
    assert changes["changed"] == 1  # the birth date that differs from the ID number's
    assert changes["unchanged"] >= 25


@pytest.mark.parametrize("code", ["990121200", "990121101"])
def test_second_month_has_three_changes(demo, code):
    totals, changes = compared(workbooks.second_month, code)

    assert totals["error"] == 0
    assert (changes["new"], changes["changed"]) == (1, 2)
    assert set(changes) == {"new", "changed", "unchanged"}


def test_samples_are_offered_to_those_who_upload(account):
    assert [sample.slug for sample in samples.offered(account("liulin"))] == ["committee-first", "committee-second"]
    assert samples.offered(account("zhang")) == []
    assert "柳林镇" in samples.offered(account("liulin"))[0].build(account("liulin"))[0]


def test_party_life_of_2024_is_nearly_complete(demo):
    end_of_year = datetime.date(2024, 12, 31)
    found = {figure.key: figure for figure in indicators.measure(end_of_year, "990121")}

    complete, missing = found["party_life_complete"], found["party_life_missing"]
    assert complete.denominator == Village.objects.existing(end_of_year).count()
    assert complete.denominator - complete.numerator == 6
    assert 6 <= missing.value <= 18
    assert found["pairings"].value > 0
    assert found["volunteer_hours"].value > 0
    assert found["projects_invested_wan"].value > 0
    assert found["culture_activities"].value == complete.denominator
    assert not villages.MeetingRecord.objects.filter(branch__sizes__full_members__lt=7, kind="committee").exists()
