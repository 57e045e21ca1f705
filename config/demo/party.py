"""Party life of three years, what members do for others, and the projects and cultural activities of the villages.

Drawn from a seed of its own after everything else, so that what the rest of the demo shows stays as it is."""

import datetime
import random
from decimal import Decimal

from config.demo.county import day
from core.writes import change_rows
from talent.models import Appointment, Person
from talent.models.appointment import TWO_COMMITTEES
from villages import actions
from villages.models import (
    BranchSize,
    CulturalActivity,
    IntegrityRecord,
    MeetingRecord,
    PartyActivity,
    PartyBranch,
    Resolution,
    VillageProject,
)

SEED = "party-990121"
YEARS = (2024, 2025, 2026)
LAST = day(2026, 11, 20)
FOUNDED, COUNTED = day(1998, 7, 1), day(2023, 12, 31)
SMALL = 12  # branches of under seven full members: no committee, and none of its meetings is missed
GAPS = {2024: 6, 2025: 9, 2026: 11}  # branches that missed something, by year
TOPICS = {
    "theme": ("学习党的创新理论", "村庄清洁行动", "重温入党誓词", "走访慰问困难党员", "森林防火宣传", "义务植树"),
    "committee": ("研究低保对象评议", "研究党员发展", "讨论村集体经济项目", "研究村级财务收支", "布置防汛工作"),
    "group": ("学习讨论", "党员汇报思想"),
    "general": ("讨论发展党员和季度工作", "“四议两公开”表决村级项目", "听取支委会工作报告", "通报村级财务"),
    "lecture": ("学习党章党规", "乡村振兴政策解读", "廉洁履职警示教育", "村规民约与移风易俗"),
    "life": ("年度组织生活会",),
    "appraisal": ("年度民主评议党员",),
}
WORKS = {
    "household": ("宣传惠农政策", "帮助申请医保", "调解邻里纠纷", "帮助联系务工"),
    "volunteer": ("防汛巡查", "人居环境整治", "照料独居老人", "春节值守"),
}
KNOWN = 0.9
BACKGROUNDS = (
    ("prosperous_household", "migrant_returnee", "returning_youth", "veteran", "cooperative_leader", "graduate", "village_official", "other"),
    (30, 25, 8, 12, 8, 7, 3, 7),
)  # fmt: skip
SURNAMES = "王李张刘陈杨黄赵吴周"
PROJECTS = (
    ("通组道路硬化", "road", 20, 90), ("农村供水管网改造", "water", 15, 60), ("通信光缆入户", "communications", 5, 20),
    ("党群服务中心改造", "service", 10, 45), ("生活污水治理", "environment", 20, 80), ("茶叶烘焙车间", "industry", 30, 120),
)  # fmt: skip
SOURCES = ("superior", "county", "township", "collective", "assistance", "donation")
SHOWS = (
    ("村晚", "show", 2),
    ("公益电影放映", "film", 7),
    ("篮球友谊赛", "sport", 10),
    ("元宵民俗巡游", "folk", 2),
    ("读书分享会", "reading", 4),
)


def fill(county):
    _Filling(county).run()


class _Filling:
    def __init__(self, county):
        self.by, self.villages = county.by, county.villages
        self.rng = random.Random(SEED)
        self.people = {}
        for seat in Appointment.objects.cadres(day(2024, 3, 1)).select_related("person").order_by("village_id", "pk"):
            self.people.setdefault(seat.village_id, []).append(seat.person)

    def run(self):
        rows = [PartyBranch(village=one, name=f"{one.name}党支部", start=FOUNDED, end=one.end) for one in self.villages]
        branches = actions.add_branches(rows, by=self.by)
        small = set(self.rng.sample(range(len(branches)), SMALL))
        sizes = [
            BranchSize(
                branch=branch, start=COUNTED, full_members=self.rng.randint(4, 6) if place in small else self.rng.randint(9, 46)
            )
            for place, branch in enumerate(branches)
        ]  # fmt: skip
        self.sizes = {size.branch_id: size for size in actions.state_sizes(sizes, by=self.by)}
        for year in YEARS:
            late = set(self.rng.sample(range(len(branches)), GAPS[year]))
            rows = [row for place, branch in enumerate(branches) for row in self._year(branch, year, place in late)]
            self._resolve(actions.record_meetings(rows, by=self.by))
        self._do_good()
        actions.add_records([row for one in self.villages for row in self._projects(one)], by=self.by)
        actions.add_records([row for one in self.villages for row in self._shows(one)], by=self.by)
        self._discipline()
        self._backgrounds()

    def _year(self, branch, year, late):
        """The meetings of a branch in a year; of one that is late, two or three are not there."""
        has_committee = self.sizes[branch.pk].full_members >= 7
        monthly = ("theme", "committee") if has_committee else ("theme",)
        wanted = [(kind, month) for month in range(1, 13) for kind in monthly]
        wanted += [(kind, month) for month in (3, 6, 9, 12) for kind in ("general", "lecture")]
        wanted += [("life", 1), ("appraisal", 1)]
        if late:
            for _ in range(self.rng.randint(2, 3)):
                wanted.pop(self.rng.randrange(len(wanted)))
        rows = [self._meeting(branch, kind, year, month) for kind, month in wanted]
        return [row for row in rows if row.held_on <= LAST and (branch.end is None or row.held_on <= branch.end)]

    def _meeting(self, branch, kind, year, month):
        whole = self.sizes[branch.pk].full_members
        expected = min(whole, 5) if kind == "committee" else whole
        leave = self.rng.randint(0, max(expected // 6, 0))
        chair = self.people.get(branch.village_id)
        leader = chair[0].name if chair else "支部书记"
        said = {"lecturer": leader, "lecture_title": self.rng.choice(TOPICS["lecture"])} if kind == "lecture" else {}
        return MeetingRecord(
            branch=branch, kind=kind, topic=self.rng.choice(TOPICS[kind]), begins=datetime.time(9), ends=datetime.time(10, 30),
            held_on=day(year, month, 5 if kind == "theme" else self.rng.randint(6, 20)), place="村党群服务中心", chair=leader,
            expected=expected, present=expected - leave, leave=leave, absence_reason="外出务工、生病请假" if leave else "", **said,
        )  # fmt: skip

    def _resolve(self, meetings):
        rows = []
        for row in meetings:
            if row.kind == "general" and "表决" in row.topic:
                against = self.rng.randint(0, 1) if row.present > 3 else 0
                rows.append(
                    Resolution(
                        meeting=row, text="同意实施本年度村级公益项目", entitled=row.expected, in_favour=row.present - against,
                        against=against,
                    )
                )  # fmt: skip
        actions.resolve(rows, by=self.by)

    def _do_good(self):
        rows = []
        for village in self.villages:
            people = self.people.get(village.code, [])[:4]
            for place, person in enumerate(people):
                household = f"{SURNAMES[self.rng.randrange(len(SURNAMES))]}姓农户（{place + 1} 组）"
                about = {"person": person, "village": village}
                rows.append(
                    PartyActivity(
                        kind="pairing", partner=household, start=day(2024, 1, 10), matter="结对帮扶发展产业", **about
                    )
                )
                rows += [self._done(about, household, year) for year in YEARS]
                rows += [self._served(about, year) for year in YEARS]
        actions.add_records(rows, by=self.by)

    def _done(self, about, household, year):
        on = day(year, self.rng.randint(2, 10), self.rng.randint(1, 28))
        handled = on + datetime.timedelta(self.rng.randint(3, 30))
        return PartyActivity(
            kind="household", partner=household, start=on, matter=self.rng.choice(WORKS["household"]), handling="已办结，农户满意",
            handled_on=handled, **about,
        )  # fmt: skip

    def _served(self, about, year):
        on = day(year, self.rng.randint(1, 10), self.rng.randint(1, 28))
        return PartyActivity(
            kind="volunteer",
            start=on,
            matter=self.rng.choice(WORKS["volunteer"]),
            hours=self.rng.randint(2, 16),
            **about,
        )

    def _projects(self, village):
        for year in YEARS:
            name, kind, low, high = self.rng.choice(PROJECTS)
            on = day(year, self.rng.randint(2, 9), self.rng.randint(1, 28))
            begun = on + datetime.timedelta(self.rng.randint(20, 60))
            built = begun + datetime.timedelta(self.rng.randint(60, 200))
            amount = Decimal(self.rng.randint(low * 10, high * 10)) / 10
            yield VillageProject(
                village=village, name=f"{year}年{village.name}{name}", kind=kind, source=self.rng.choice(SOURCES), amount_wan=amount,
                invested_on=on, start=begun, end=built if built <= LAST else None,
            )  # fmt: skip

    def _shows(self, village):
        for year in YEARS:
            name, kind, month = self.rng.choice(SHOWS)
            yield CulturalActivity(
                village=village, name=name, kind=kind, held_on=day(year, month, self.rng.randint(5, 25)), organiser="村“两委”",
                people=self.rng.randint(40, 400), amount_wan=Decimal(self.rng.randint(2, 30)) / 10,
            )  # fmt: skip

    def _backgrounds(self):
        """What those who have ever served a village were before, as the file says; of some it was not asked yet."""
        held = Person.objects.filter(appointments__post__in=TWO_COMMITTEES, background="").distinct().order_by("pk")
        people = [person for person in held if self.rng.random() < KNOWN]
        for person, background in zip(people, self.rng.choices(*BACKGROUNDS, k=len(people)), strict=True):
            person.background = background
        change_rows(people, ["background"], by=self.by)

    def _discipline(self):
        """Two decisions: one that still counts, one whose time has passed."""
        people = [found[-1] for found in self.people.values()]
        told = {"authority": "县纪委监委", "reason": "违反工作纪律（演示）"}
        rows = [
            IntegrityRecord(person=people[3], kind="warning", start=day(2026, 5, 8), end=day(2027, 5, 7), document_no="清纪〔2026〕12号", **told),
            IntegrityRecord(person=people[-5], kind="admonition", start=day(2024, 8, 2), end=day(2025, 2, 1), **told),
        ]  # fmt: skip
        actions.add_records(rows, by=self.by)
