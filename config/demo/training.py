"""What stands around the classes and studies of the demo: topics, plan, teachers, sign-in, certificates, wishes, colleges."""

import datetime
import random

from config.demo.classes import OPEN_UNIVERSITY, OTHER_SCHOOLS
from config.demo.county import DAY, day
from config.demo.humans import MAJORS
from config.demo.places import COUNTY
from core.writes import change_rows
from training import actions, needs
from training.actions.certificates import earners
from training.models import (
    Attendance,
    Course,
    CourseFeedback,
    DegreeStudy,
    Enrollment,
    Major,
    PartnerCollege,
    PlanLine,
    StudyTerm,
    Teacher,
    Topic,
    TopicRequirement,
    TrainingPlan,
    TrainingSession,
    TrainingWish,
)
from villages.models import Village

SEED = "training-990121"
Kind, Result = TrainingSession.ClassType, Enrollment.Result
GOVERNANCE, ECONOMY, OPENNESS, FINANCE, STATIONED, RESERVE, TRADE = TOPICS = (
    "党建引领乡村治理", "发展壮大村集体经济", "“四议两公开”与村务公开", "村级财务与廉洁履职", "驻村帮扶工作", "后备干部履职基础", "农村电商与乡村旅游",
)  # fmt: skip
# (topic, group, every so many years); nobody must take 农村电商与乡村旅游, people ask for it.
REQUIRED = (
    (GOVERNANCE, "secretary", 2), (ECONOMY, "secretary", 3), (FINANCE, "director", 3), (OPENNESS, "committee", 3),
    (STATIONED, "stationed", 2), (RESERVE, "reserve", 3),
)  # fmt: skip
COVERED = {
    Kind.SECRETARY: (GOVERNANCE, ECONOMY, OPENNESS, FINANCE), Kind.COMMITTEE: (OPENNESS, FINANCE),
    Kind.STATIONED: (STATIONED,), Kind.RESERVE: (RESERVE,),
}  # fmt: skip
TEACHERS = (
    ("林立新", "school", "县委党校", "副校长"), ("周敏", "school", "县委党校", "讲师"), ("吴建华", "leader", "县委组织部", "副部长"),
    ("郑晓东", "leader", "县农业农村局", "总农艺师"), ("黄秀英", "expert", "示例农业大学", "教授"), ("陈水根", "local", "溪源茶叶合作社", "理事长"),
)  # fmt: skip
# (name, kind, month of the first, classes, person-times, topic, budget in yuan)
PLAN_YEAR = 2026
PLAN = (
    ("村党组织书记春季履职培训", Kind.SECRETARY, 3, 9, 170, GOVERNANCE, 45_000),
    ("村“两委”成员轮训", Kind.COMMITTEE, 5, 9, 300, OPENNESS, 63_000),
    ("驻村第一书记和工作队员培训", Kind.STATIONED, 7, 6, 180, STATIONED, 36_000),
    ("村党组织书记秋季履职培训", Kind.SECRETARY, 9, 9, 170, ECONOMY, 45_000),
    ("村级后备干部能力提升培训", Kind.RESERVE, 12, 5, 200, RESERVE, 40_000),
)  # fmt: skip
# What a township holds itself: name, whom for, month, people, topic, budget.
OWN_PLANS = (
    ("本乡镇党员冬训", Kind.PARTY_MEMBER, 1, 120, GOVERNANCE, 3_000),
    ("本乡镇村务监督委员会成员培训", Kind.OTHER, 10, 30, OPENNESS, 1_500),
)
AUTUMN = day(2026, 9, 1)
TODAY = day(2026, 11, 20)
ASKED_FROM = day(2026, 1, 12)
TUITION, SUBSIDY = {"junior_college": 6_800, "bachelor": 7_600}, 3_000
WISHES, DRAFTED = 36, 40
EVERY_FAILED, FAILED_SCORE, STILL_NEEDED = 40, 52, 6
TERM_FEE = 1_360


def fill(county):
    """Everything here draws from its own seed, so that what was drawn before stays as it was."""
    _Filling(county.by).run()


class _Filling:
    def __init__(self, by):
        self.by, self.rng = by, random.Random(SEED)

    def run(self):
        self.topics = {topic.name: topic for topic in self._topics()}
        self._require()
        sessions = list(TrainingSession.objects.order_by("pk"))
        actions.cover(
            sessions, [[self.topics[name] for name in COVERED[held.class_type]] for held in sessions], by=self.by
        )
        self._teachers()
        self._plan(sessions)
        recent = [held for held in sessions if held.class_type == Kind.SECRETARY and held.start > AUTUMN]
        self._sign_in(recent)
        self._feedback(recent)
        for held in recent:
            actions.issue(earners(held, held.end), on=held.end, by=self.by)
        self._wish()
        self._still_need(recent)
        self._next_class()
        self._colleges()
        self._studies()

    def _topics(self):
        return actions.add_topics([Topic(division_id=COUNTY[0], name=name) for name in TOPICS], by=self.by)

    def _require(self):
        rows = [
            TopicRequirement(
                topic=self.topics[name], group=group, every_years=years, start=day(2022, 1, 1), basis="县级干部教育培训规划（演示）"
            )
            for name, group, years in REQUIRED
        ]  # fmt: skip
        actions.add_requirements(rows, by=self.by)

    def _teachers(self):
        rows = [
            Teacher(division_id=COUNTY[0], name=name, kind=kind, unit=unit, position=position)
            for name, kind, unit, position in TEACHERS
        ]
        teachers = actions.add_teachers(rows, by=self.by)
        courses = list(Course.objects.order_by("pk"))
        for number, course in enumerate(courses):
            course.teacher = teachers[number % len(teachers)]
        change_rows(courses, ["teacher"], by=self.by)

    def _plan(self, sessions):
        plan = actions.add_plans(
            [TrainingPlan(division_id=COUNTY[0], year=PLAN_YEAR, document_no="清委组〔2026〕3号")], by=self.by
        )[0]
        lines = actions.add_plan_lines(
            [
                PlanLine(
                    plan=plan, name=name, class_type=kind, month=month, classes=classes, people=people, hours=20,
                    topic=self.topics[topic], budget=budget,
                )
                for name, kind, month, classes, people, topic, budget in PLAN
            ],
            by=self.by,
        )  # fmt: skip
        self.reserve_line = lines[-1]
        self._plans_of_townships()
        held = [one for one in sessions if one.start.year == PLAN_YEAR]
        for one in held:
            fitting = [line for line in lines if line.class_type == one.class_type and line.month <= one.start.month]
            one.plan_line = fitting[-1] if fitting else None
        change_rows(held, ["plan_line"], by=self.by)

    def _plans_of_townships(self):
        """Two townships have drawn up their own part of the year's plan."""
        codes = sorted(set(Village.objects.below(COUNTY[0]).values_list("township_id", flat=True)))[:2]
        plans = actions.add_plans([TrainingPlan(division_id=code, year=PLAN_YEAR) for code in codes], by=self.by)
        actions.add_plan_lines(
            [
                PlanLine(
                    plan=plan, name=name, class_type=kind, month=month, people=people, hours=8, topic=self.topics[topic], budget=budget,
                )
                for plan in plans
                for name, kind, month, people, topic, budget in OWN_PLANS
            ],
            by=self.by,
        )  # fmt: skip

    def _sign_in(self, sessions):
        rows, scored = [], []
        listed = Enrollment.objects.filter(session__in=sessions).select_related("person", "session").order_by("pk")
        for row in listed:
            away = self.rng.randrange(60)  # the number of the half-day that is missed, mostly none
            slots = [(row.session.start + number // 2 * DAY, ("am", "pm")[number % 2]) for number in range(6)]
            for number, (date, half) in enumerate(slots):
                state = "leave" if number == away else "present"
                rows.append(Attendance(enrollment=row, date=date, half=half, state=state))
            if row.result == Result.QUALIFIED:
                row.score = self.rng.randrange(68, 99)
                scored.append(row)
        for row in scored[::EVERY_FAILED]:
            row.score, row.result = FAILED_SCORE, Result.UNQUALIFIED
        actions.sign_in(rows, by=self.by)
        actions.keep_results(scored, by=self.by)

    def _feedback(self, sessions):
        for held in sessions:
            rows = [
                CourseFeedback(
                    session=held, course=course, five=self.rng.randrange(8, 14), four=self.rng.randrange(2, 6),
                    three=self.rng.randrange(0, 2),
                )
                for course in held.courses.order_by("pk")
            ]  # fmt: skip
            actions.keep_feedback(rows, by=self.by)

    def _wish(self):
        people = list(needs.members(self.by, TODAY).values())
        chosen = sorted(self.rng.sample(range(len(people)), WISHES))
        wishes = [
            TrainingWish(
                person=people[at].person, village=people[at].village, year=PLAN_YEAR,
                topic=self.topics[self.rng.choice((TRADE, TRADE, ECONOMY))],
                source=self.rng.choice(("self", "self", "evaluation", "township")), stated_on=ASKED_FROM + number * DAY,
            )
            for number, at in enumerate(chosen)
        ]  # fmt: skip
        actions.note_wishes(wishes, by=self.by)

    def _still_need(self, sessions):
        """What trainees of the autumn say in the evaluation that they still need."""
        trained = (
            Enrollment.objects.trained().filter(session__in=sessions).select_related("person", "village", "session")
        )
        for row in trained.order_by("session_id", "pk")[:: max(1, trained.count() // STILL_NEEDED)][:STILL_NEEDED]:
            wish = TrainingWish(
                person=row.person, village=row.village, topic=self.topics[FINANCE], year=PLAN_YEAR, session=row.session,
                source=TrainingWish.Source.FEEDBACK, remarks="希望多讲村级财务的案例", stated_on=row.session.end,
            )  # fmt: skip
            actions.note_still_needed(wish, by=self.by)

    def _next_class(self):
        """The class of December, its list proposed from the gap and not confirmed yet."""
        begin = day(2026, 12, 8)
        held = TrainingSession(
            division_id=COUNTY[0], name="2026年清源县村级后备干部能力提升培训班", number=1, class_type=Kind.RESERVE, start=begin,
            end=begin + 2 * DAY, hours=20, organiser="县委组织部", place="县委党校", plan_line=self.reserve_line,
        )  # fmt: skip
        courses = list(Course.objects.order_by("pk")[:3])
        actions.open_sessions([held], courses=[courses], by=self.by)
        actions.cover([held], [[self.topics[RESERVE]]], by=self.by)
        chosen = needs.candidates(self.by, TODAY, held)[:DRAFTED]
        actions.draft(held, [one.member for one in chosen], by=self.by)

    def _colleges(self):
        rows = [
            PartnerCollege(division_id=COUNTY[0], name=name, academy="清源乡村振兴学院", contact="继续教育学院", start=day(2020, 6, 1))
            for name in (OPEN_UNIVERSITY, *OTHER_SCHOOLS)
        ]  # fmt: skip
        majors = [
            Major(
                college=college, name=name, target=target, study_mode="开放教育" if college.name == OPEN_UNIVERSITY else "函授",
                tuition=TUITION[target], subsidy=SUBSIDY,
            )
            for college in actions.add_colleges(rows, by=self.by)
            for name in dict.fromkeys(MAJORS)
            for target in TUITION
        ]  # fmt: skip
        actions.add_majors(majors, by=self.by)

    def _studies(self):
        studies = list(DegreeStudy.objects.select_related("person").order_by("pk"))
        late = 0
        for study in studies:
            study.tuition, study.expected_on = TUITION[study.target], datetime.date(study.start.year + 3, 1, 31)
            study.subsidy = SUBSIDY if study.outcome == DegreeStudy.Outcome.GRADUATED else None
            if study.end is None and study.start.year == 2024 and late < 3:
                study.expected_on, late = day(2026, 7, 15), late + 1
        change_rows(studies, ["tuition", "subsidy", "expected_on"], by=self.by)
        terms = [
            StudyTerm(
                study=study, year=2026, season="1", credits=self.rng.randrange(8, 19),
                state="behind" if behind else "normal", failed=1 if behind else 0, tuition=TERM_FEE,
            )
            for study in studies
            if study.end is None and study.start < day(2026, 1, 1)
            for behind in [self.rng.random() < 0.1]
        ]  # fmt: skip
        actions.note_term(terms, by=self.by)
