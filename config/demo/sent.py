"""What hangs on people sent in: yearly grades, technical specialists with their visits, secondments, a recall, an extension.

Drawn from a seed of its own after everything else, so that what the rest of the demo shows stays as it is."""

import datetime
import random

from config.demo.county import DAY, day
from config.demo.humans import Humans
from core.writes import change_rows
from talent import actions
from talent.models import Kinship, Secondment, ServiceVisit, Stationing, StationingAssessment
from talent.models.stationing import TEAM_ROLES
from training.models import Enrollment
from villages.models import VillageLabel

SEED = "stationed"
FIRST_NUMBER = 710_050  # of the phones of the people drawn here; nobody else has them
GRADES = ("优秀",) * 2 + ("称职",) * 9 + ("基本称职",)
JUDGED = (2022, 2023, 2024, 2025)
LEFT_OUT = 5  # of those still there, nobody has entered the grade of 2025
RECALLED, EXTENDED_TO = day(2026, 9, 30), day(2026, 12, 31)
LAST_VISIT = day(2026, 11, 20)
SPECIALISTS = (
    ("省农业科学院茶叶研究所", "province", "副研究员", "茶园修剪和病虫害绿色防控"), ("省农业科学院作物研究所", "province", "助理研究员", "再生稻栽培指导"),
    ("市农业科学研究所", "prefecture", "高级农艺师", "食用菌菌棒制作"), ("市农业科学研究所", "prefecture", "农艺师", "百香果整枝和肥水管理"),
    ("示例农业大学", "prefecture", "副教授", "林下中药材种植"), ("县农业技术推广中心", "county", "高级农艺师", "水稻测土配方施肥"),
    ("县农业技术推广中心", "county", "农艺师", "蔬菜大棚育苗"), ("县林业技术推广站", "county", "工程师", "毛竹丰产培育"),
    ("县水产技术推广站", "county", "工程师", "稻渔综合种养"), ("县畜牧兽医水产中心", "county", "兽医师", "肉牛疫病防治"),
    ("县经济作物站", "county", "农艺师", "白茶初制加工"), ("县农业机械推广站", "county", "工程师", "丘陵农机检修"),
)  # fmt: skip
SENT_SPECIALISTS = day(2024, 6, 1)
COLLEAGUES = (5, 6)  # of one office, who gave one number: somebody has to say that they are two
LAZY = 2  # the last of them stay below the standard in 2026
UP = (
    ("县委组织部", "组织二股工作人员"),
    ("县农业农村局", "乡村振兴股副股长"),
    ("县信访局", "接访中心工作人员"),
    ("县委社会工作部", "基层治理股工作人员"),
)
DOWN = (
    ("县财政局", "预算股科员"),
    ("县自然资源局", "规划股科员"),
    ("县文化和旅游局", "产业股副股长"),
    ("县教育局", "人事股科员"),
)


def _trade(number):
    """Where the specialist comes from and what is done: (unit, level, post, work)."""
    return SPECIALISTS[number % len(SPECIALISTS)]


def fill(county):
    _Sent(county).run()


class _Sent:
    def __init__(self, county):
        self.county, self.by = county, county.by
        self.rng = random.Random(SEED)
        self.humans = Humans(self.rng)
        self.humans.drawn = FIRST_NUMBER
        self.humans.names, self.humans.numbers = county.humans.names, county.humans.numbers

    def run(self):
        self._extend()
        self._recall()
        self._judge()
        self._send_specialists()
        self._second()
        self._kin()

    def _draw(self, village, **about):
        return self.humans.draw(village, born=(1978, 1996), joined_by=day(2020, 1, 1), **about)

    def _save(self, people):
        actions.create_people(people, by=self.by)
        actions.add_educations(self.humans.take_educations(), by=self.by)

    def _staying(self):
        """The stays of the round of 2024 that were not rotated in 2026."""
        return list(
            Stationing.objects.filter(end=None, start__year=2024, role__in=TEAM_ROLES).order_by("village_id", "pk")
        )

    def _extend(self):
        """One of the teams that stayed on has its extension written down; the others are overdue."""
        first = self._staying()[0].village_id
        stays = [stay for stay in self._staying() if stay.village_id == first]
        for stay in stays:
            stay.due, stay.team = EXTENDED_TO, f"驻{stay.village.name}工作队"
        change_rows(stays, ["due", "team"], by=self.by)

    def _recall(self):
        """A member who went to no class this year is called back, and the next one comes the day after."""
        trained = Enrollment.objects.filter(session__start__year=2026).values("person")
        stay = (
            Stationing.objects.filter(end=None, role=Stationing.Role.TEAM_MEMBER, start__year=2026)
            .exclude(person__in=trained).order_by("village_id", "pk").first()
        )  # fmt: skip
        follower = self._draw(stay.village, level="bachelor")
        actions.withdraw(
            [stay], on=RECALLED, kind=Stationing.EndKind.RECALLED, reason="因工作不胜任召回调整", by=self.by
        )
        self._save([follower])
        follows = Stationing(
            person=follower, village=stay.village, role=stay.role, dispatch_unit=stay.dispatch_unit,
            unit_level=stay.unit_level, original_post="科员", start=RECALLED + DAY,
        )  # fmt: skip
        actions.station([follows], by=self.by)

    def _judge(self):
        """Grades of every whole year; a few of the last are still to be entered."""
        staying = {stay.pk for stay in self._staying()[-LEFT_OUT:]}
        stays = Stationing.objects.filter(role__in=TEAM_ROLES).order_by("village_id", "role", "start", "pk")
        rows = [
            StationingAssessment(stationing=stay, year=year, grade=self.rng.choice(GRADES))
            for stay in stays
            for year in JUDGED
            if stay.start <= day(year, 7, 1) and (stay.end is None or stay.end >= day(year, 12, 31))
            if not (year == JUDGED[-1] and stay.pk in staying)
        ]
        actions.assess_stays(rows, by=self.by)

    def _send_specialists(self):
        """Every formerly poor village has one of its own."""
        labels = VillageLabel.objects.filter(label=VillageLabel.Label.FORMERLY_POOR, end=None).order_by("village_id")
        villages = [self.county.by_code[code] for code in labels.values_list("village_id", flat=True)]
        people = [self._draw(village, level="bachelor", member=self.rng.random() < 0.5) for village in villages]
        first, second = COLLEAGUES
        people[second].phone = people[first].phone
        self._save(people)
        stays = [self._specialist(*one) for one in zip(people, villages, range(len(people)), strict=True)]
        actions.station(stays, by=self.by)
        visits = [
            visit
            for number, stay in enumerate(stays)
            for visit in self._visits(stay, _trade(number)[3], lazy=number >= len(stays) - LAZY)
        ]
        actions.record_service_visits(visits, by=self.by)

    def _specialist(self, person, village, number):
        unit, level, post, _ = _trade(number)
        return Stationing(
            person=person, village=village, role=Stationing.Role.SPECIALIST, dispatch_unit=unit, unit_level=level,
            original_post=post, start=SENT_SPECIALISTS,
        )  # fmt: skip

    def _visits(self, stay, work, *, lazy):
        """A visit about every month, two to four days each; the lazy come in spring and once more."""
        days = [day(year, month, self.rng.randint(3, 24)) for year in (2025, 2026) for month in range(1, 13)]
        for on in days:
            if on > LAST_VISIT or (lazy and on.year == 2026 and on.month not in {3, 4, 9}):
                continue
            length = self.rng.randint(2, 4)
            yield ServiceVisit(
                person=stay.person, village=stay.village, start=on, end=on + datetime.timedelta(length - 1), days=length,
                work=work, served=self.rng.randint(6, 45),
            )  # fmt: skip

    def _second(self):
        """Four up and three across now, three down; as many ended before with their appraisal."""
        deputies, members = self.county.serving("deputy"), self.county.serving("member")
        rows = [self._up(*deputies[place], number) for number, place in enumerate((0, 11, 25, 40))]
        rows += [self._across(*members[place], members[place + 3][1]) for place in (2, 14, 30)]
        rows += [self._before(*deputies[place]) for place in (5, 17, 33, 50)]
        hosts = [self.county.villages[place] for place in (1, 12, 27, 45)]
        sent = [self._draw(village, level="bachelor") for village in hosts]
        self._save(sent)
        rows += [
            self._down(person, village, number)
            for number, (person, village) in enumerate(zip(sent, hosts, strict=True))
        ]
        actions.second(rows, by=self.by)

    def _kin(self):
        """A couple of relatives in the teams: one pair on two committees, one that the supervision rule forbids."""
        pairs = (
            (30, "secretary", "woman", "in_law"),
            (44, "deputy", "member", "sibling"),
            (58, "supervisor", "woman", "spouse"),
        )
        held = [
            [self.county.holders.get((self.county.villages[place].code, role)) for role in (one, other)] + [relation]
            for place, one, other, relation in pairs
        ]
        rows = [Kinship(first=one, second=other, relation=relation) for one, other, relation in held if one and other]
        actions.add_kinships(rows, by=self.by)

    def _home(self, code):
        village = self.county.by_code[code]
        return {
            "division": village.township,
            "home_unit": f"{village.township.name}{village.name}",
            "home_post": "党组织副书记",
        }

    def _up(self, person, code, number):
        unit, post = UP[number]
        return Secondment(
            person=person, kind="up", host_unit=unit, host_post=post, mentor=f"{unit}分管副职", start=day(2026, 3, 2),
            due=day(2026, 11, 10) if number == 0 else day(2027, 3, 1), **self._home(code),
        )  # fmt: skip

    def _across(self, person, code, host):
        village = self.county.by_code[host]
        home = self._home(code) | {"division": village.township, "home_post": "村“两委”委员"}
        return Secondment(
            person=person, kind="across", village=village, host_unit=f"{village.township.name}{village.name}",
            host_post="党组织书记助理", mentor="村党组织书记", start=day(2026, 5, 6), due=day(2027, 5, 5), **home,
        )  # fmt: skip

    def _before(self, person, code):
        return Secondment(
            person=person, kind="up", host_unit="县农业农村局", host_post="农村改革服务股工作人员", mentor="股长",
            start=day(2025, 3, 3), due=day(2026, 3, 2), end=day(2026, 3, 2), grade=self.rng.choice(GRADES),
            appraisal="工作主动，熟悉了农村集体“三资”管理和项目申报，返村后可承担相关工作。", **self._home(code),
        )  # fmt: skip

    def _down(self, person, village, number):
        unit, post = DOWN[number]
        return Secondment(
            person=person, kind="down", division=village.township, village=village, home_unit=unit, home_post=post,
            host_unit=f"{village.township.name}{village.name}", host_post="村委会主任助理",
            mentor="" if number == 3 else "乡镇组织委员", start=day(2026, 4, 1), due=day(2027, 3, 31),
        )  # fmt: skip
