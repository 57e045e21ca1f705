"""Training classes, year by year, and degree study."""

from config.demo.county import DAY, day
from config.demo.humans import MAJORS
from config.demo.places import COUNTY
from training import actions
from training.models import Course, DegreeStudy, Enrollment, TrainingSession

Kind, Result = TrainingSession.ClassType, Enrollment.Result
NAMES = {
    Kind.SECRETARY: "村党组织书记履职能力提升培训班",
    Kind.COMMITTEE: "村“两委”成员培训班",
    Kind.STATIONED: "驻村第一书记和工作队员培训班",
    Kind.RESERVE: "村级后备干部能力提升培训班",
}
COURSES = (
    ("党建引领乡村治理", "基层党建", 4), ("“四议两公开”工作法", "基层党建", 4), ("村级财务管理", "经营管理", 6),
    ("发展壮大村集体经济", "经营管理", 6), ("茶叶与食用菌栽培", "农业技术", 8), ("乡村旅游开发", "乡村旅游", 6), ("农村电商实务", "经营管理", 8),
)  # fmt: skip
OPEN_UNIVERSITY, OTHER_SCHOOLS = "国家开放大学清源学习中心", ("示例农业大学", "示例职业技术学院")


class Classes:
    def __init__(self, county, stationed):
        self.county, self.stationed = county, stationed
        self.numbers = {}

    def set_up_courses(self):
        by = self.county.by
        self.courses = actions.add_courses(
            [Course(division_id=COUNTY[0], name=name, topic=topic, hours=hours) for name, topic, hours in COURSES],
            by=by,
        )

    def secretaries(self, first_day):
        """One class per township: its secretaries and deputies."""
        self._by_township(Kind.SECRETARY, first_day, ("secretary", "deputy"), hours=24)

    def committees(self, first_day, townships=9, absent=0):
        """One class for each of the first `townships` townships: the rest of the two committees; `absent` stay away."""
        self._by_township(
            Kind.COMMITTEE, first_day, ("deputy", "member", "woman"), hours=16, townships=townships, absent=absent
        )

    def sent_in(self, first_day, classes, of):
        """`classes` of the `of` parts into which the people sent in are divided."""
        people = self.stationed.serving()
        size = -(-len(people) // of)
        parts = [people[number * size : (number + 1) * size] for number in range(classes)]
        self._hold(Kind.STATIONED, first_day, 3, parts, hours=16)

    def reserves(self, first_day, classes):
        """Classes of forty of the pool, in order of village."""
        people = [(place.person, code) for (code, _), place in sorted(self.county.pool.items())]
        self._hold(Kind.RESERVE, first_day, 4, [people[n * 40 : n * 40 + 40] for n in range(classes)], hours=20)

    def _by_township(self, kind, first_day, roles, *, hours, townships=9, absent=0):
        serving, parts = self.county.serving(*roles), []
        for villages in self.county.townships()[:townships]:
            codes = {village.code for village in villages}
            parts.append([(person, code) for person, code in serving if code in codes])
        self._hold(kind, first_day, 4, parts, hours=hours, absent=absent)

    def _hold(self, kind, first_day, days_apart, parts, *, hours, absent=0):
        """One class for each of the `parts` (lists of people), `absent` of whom stay away."""
        sessions, courses, rows = [], [], []
        for order, people in enumerate(parts):
            session = self._session(kind, first_day + order * days_apart * DAY, hours)
            sessions.append(session)
            courses.append(self.county.rng.sample(self.courses, 3))
            rows += self._attendances(session, people, absent)
        actions.open_sessions(sessions, courses=courses, by=self.county.by)
        for row in rows:
            row.session = row.session  # it has its key only now
        actions.enroll(rows, by=self.county.by)

    def _session(self, kind, on, hours):
        number = self.numbers[kind, on.year] = self.numbers.get((kind, on.year), 0) + 1
        return TrainingSession(
            division_id=COUNTY[0], name=f"{on.year}年清源县{NAMES[kind]}", number=number, class_type=kind, start=on,
            end=on + 2 * DAY, hours=hours, organiser="县委组织部", place="县委党校",
        )  # fmt: skip

    def _attendances(self, session, people, absent):
        away = self.county.rng.sample(range(len(people)), absent)
        return [
            Enrollment(
                session=session, person=person, village=self.county.by_code[code],
                result=Result.ABSENT if at in away else self._result(),
            )
            for at, (person, code) in enumerate(people)
        ]  # fmt: skip

    def _result(self):
        return self.county.rng.choice((Result.QUALIFIED,) * 9 + (Result.ATTENDED,))


class Degrees:
    """Degree study: who begins when, who graduates."""

    def __init__(self, county, teams):
        self.county, self.teams = county, teams

    def begin(self, on, people, outside):
        """`people` begin on the day `on`, `outside` of them not at the open university."""
        studies = []
        for number, (person, code) in enumerate(people):
            higher = person.pk in self.county.graduates
            school = self.county.rng.choice(OTHER_SCHOOLS) if number < outside else OPEN_UNIVERSITY
            studies.append(
                DegreeStudy(
                    person=person, village=self.county.by_code[code], school=school, major=self.county.rng.choice(MAJORS), start=on,
                    target="bachelor" if higher else "junior_college", student_no=f"{on.year}{number + 1:05d}",
                    study_mode="函授" if number < outside else "开放教育",
                )
            )  # fmt: skip
        self.county.studies += actions.begin_degree(studies, by=self.county.by)

    def graduate(self, on, begun):
        """Everybody who began on the day `begun` and still studies graduates."""
        done = [study for study in self.county.studies if study.start == begun]
        actions.graduate(done, on=on, by=self.county.by)
        self.county.graduates |= {study.person_id for study in done}
        self.county.studies = [study for study in self.county.studies if study.start != begun]

    def leave(self, on, count):
        """The last `count` of those who study leave without a degree."""
        gone, self.county.studies = self.county.studies[-count:], self.county.studies[:-count]
        actions.leave_degree(gone, on=on, by=self.county.by)

    def deputies_of(self, codes):
        return [(person, code) for person, code in self.county.serving("deputy") if code in codes]

    def others(self, count):
        """Cadres in no study and without a college degree; nobody where the team is to have none."""
        busy = {study.person_id for study in self.county.studies}
        free = [
            (person, code)
            for person, code in self.county.serving("secretary", "member", "woman")
            if person.pk not in busy | self.county.graduates and code not in self.teams.without
        ]
        chosen = self.county.rng.sample(free, count)
        return sorted(chosen, key=lambda one: one[1])


def autumn(year):
    """The first day of the academic year."""
    return day(year, 9, 1)


def winter(year):
    """The day on which the open university graduates its winter classes."""
    return day(year, 1, 15)
