"""The mid-term review of 2023 with the seventeen who had to go, and the look back of 2026, which is not quite done."""

import random
from collections import defaultdict

from config.demo.county import DAY, day
from config.demo.places import COUNTY
from talent.actions import reviews as actions
from talent.models import Adjustment, Appointment, EndReason, PersonReview, ReviewRound, ReviewVisit, TeamReview
from talent.models.appointment import TWO_COMMITTEES
from villages.models import VillageLabel

SEED = "清源县届中分析研判"
Status, Proposal, Part, Way = TeamReview.Status, PersonReview.Proposal, Adjustment.Part, ReviewVisit.Way
REASONS = (
    ("能力不适应", 4), ("长期不在岗", 3), ("工作推诿、重点任务长期落后", 3), ("群众测评满意率低", 3), ("不团结、内耗", 2), ("违纪违法", 1),
    ("侵害群众利益", 1),
)  # fmt: skip
PERFORMANCE = {
    "优秀": "带头发展产业、调处矛盾，群众认可度高。",
    "称职": "能完成分管工作，服务群众较主动。",
    "基本称职": "工作主动性不够，分管的重点任务推进偏慢。",
    "不称职": "不能履行岗位职责，群众意见集中。",
}
PROBLEMS = (
    "后备力量不足",
    "集体经济薄弱",
    "年龄学历结构不合理",
    "村务公开和民主管理不规范",
    "重点任务长期落后",
    "历史遗留问题多",
)
WEAK_PROBLEMS = ("书记空缺或不胜任", "班子软弱涣散", "干群关系紧张")
PLAN = "乡镇党委书记包村整顿，县直单位联村，三个月内调整不胜任干部、配齐班子，半年内理清村务公开和集体资产，群众满意率回升到 80% 以上。"
HELP = "由乡镇班子成员结对帮带，每月谈话一次，半年后再评。"
# In 2026 the sheets of these villages (township, place in it) are not decided: the clerks of the demonstration go on there.
OPEN_2026 = {
    ("990121101", 0): Status.WAITING, ("990121101", 1): Status.FILLING, ("990121101", 2): Status.FILLED,
    ("990121200", 0): Status.FILLED, ("990121200", 1): Status.FILLED, ("990121202", 3): Status.WAITING,
}  # fmt: skip


def hold(county):
    """Both rounds, through the same actions as on the pages."""
    first = ReviewRound(
        division_id=COUNTY[0], name="2023年届中分析研判", as_of=day(2023, 9, 15), opens=day(2023, 8, 28),
        closes=day(2023, 10, 20), document_no="清委组〔2023〕21号", remarks="全覆盖走访，逐村逐人研判；一村一策、一人一策。",
    )  # fmt: skip
    second = ReviewRound(
        division_id=COUNTY[0], name="2026年换届后班子“回头看”", as_of=day(2026, 7, 31), opens=day(2026, 8, 3),
        closes=day(2026, 10, 31), document_no="清委组〔2026〕19号", remarks="重点看新班子运行和新任干部履职。",
    )  # fmt: skip
    _Round(county, first, day(2023, 10, 9), first_end=day(2023, 10, 21), last_end=day(2024, 6, 30)).run({})
    _Round(county, second, day(2026, 8, 24), first_end=day(2026, 8, 25), last_end=day(2026, 12, 31)).run(OPEN_2026)


class _Round:
    """One round: `decided_from` is the day on which the first township was decided, each further one a day later."""

    def __init__(self, county, held, decided_from, *, first_end, last_end):
        self.county, self.by = county, county.by
        self.rng = random.Random(f"{SEED} {held.name}")
        self.held = actions.open_round(held, by=self.by)
        self.decided_from = decided_from
        self.gone = self._gone(first_end, last_end)
        self.reasons = [word for word, times in REASONS for _ in range(times)]
        self.rng.shuffle(self.reasons)

    def run(self, still_open):
        teams = list(
            TeamReview.objects.filter(round=self.held).select_related("round", "village").order_by("village_id")
        )
        people = PersonReview.objects.filter(team__in=teams).select_related("person", "team__round", "team__village")
        rows = defaultdict(list)
        for row in people.order_by("team__village_id", "pk"):
            rows[row.team.village_id].append(row)
        states = self._states(teams, still_open)
        self._fill([team for team in teams if states[team.village_id] != Status.WAITING], rows, states)
        handed_in = [team for team in teams if states[team.village_id] == Status.FILLED]
        actions.hand_in_many(handed_in, on=self.held.opens + 20 * DAY, by=self.by)
        self._decide([team for team in teams if states[team.village_id] == Status.DECIDED])
        self._link(rows)
        self._visit(teams, states)

    def _states(self, teams, still_open):
        places, states = defaultdict(list), {}
        for team in teams:
            places[team.village.township_id].append(team.village_id)
            place = (team.village.township_id, len(places[team.village.township_id]) - 1)
            states[team.village_id] = still_open.get(place, Status.DECIDED)
            if team.village_id in {code for code, _ in self.gone}:
                states[team.village_id] = Status.DECIDED
        return states

    def _gone(self, first, last):
        """(village code, key of the person) → their posts that ended as unfit after the round."""
        found = defaultdict(list)
        ended = Appointment.objects.filter(
            end_reason=EndReason.UNFIT, end__range=(first, last), post__in=TWO_COMMITTEES
        )
        for seat in ended.select_related("person", "village").order_by("end", "village_id", "post"):
            found[seat.village_id, seat.person_id].append(seat)
        return dict(found)

    # --- filling in

    def _fill(self, teams, rows, states):
        weak = self._weak(rows)
        for team in teams:
            self._fill_team(team, weak, states[team.village_id])
            for row in rows[team.village_id]:
                self._fill_person(row)
        self._leave_something_open(teams, rows, states, weak)
        actions.fill_many(teams, [row for team in teams for row in rows[team.village_id]], by=self.by)

    def _weak(self, rows):
        """Villages whose secretary had to go, and those that were named 软弱涣散 within the year after."""
        led = {code for (code, _), seats in self.gone.items() if any(seat.post == "party_secretary" for seat in seats)}
        named = VillageLabel.objects.filter(
            label="weak", start__range=(self.held.as_of - 61 * DAY, self.held.as_of + 365 * DAY)
        )
        return led | set(named.values_list("village_id", flat=True))

    def _fill_team(self, team, weak, state):
        is_weak = team.village_id in weak
        team.status = Status.WAITING if state == Status.WAITING else Status.FILLING
        team.team_class = "差" if is_weak else self.rng.choices(("好", "较好", "一般"), (28, 52, 20))[0]
        team.problems = list(WEAK_PROBLEMS[:2]) if is_weak else self._problems(team.team_class)
        team.plan = (
            PLAN if is_weak else "补齐后备力量，年底前完成一次村务公开检查。" if team.team_class == "一般" else ""
        )
        team.unrest = "有群众多次反映村务不公开。" if is_weak else ""
        team.township_opinion = f"建议班子定为“{team.team_class}”。"
        self._vote(team, self.rng.randint(32, 60), 0.55 if is_weak else 0.9)

    def _problems(self, team_class):
        count = {"好": 0, "较好": 1, "一般": 2}[team_class]
        return sorted(self.rng.sample(PROBLEMS, count), key=PROBLEMS.index)

    def _fill_person(self, row):
        place = (row.team.village_id, row.person_id)
        if place in self.gone:
            row.grade, row.proposal, row.reason = "不称职", Proposal.ADJUST, self.reasons.pop()
            row.plan = "调整退出班子，由后备力量接替。"
        else:
            row.grade = self.rng.choices(("优秀", "称职", "基本称职"), (16, 76, 8))[0]
            row.proposal = {"优秀": Proposal.KEEP, "称职": Proposal.KEEP, "基本称职": Proposal.HELP}[row.grade]
            row.plan = HELP if row.proposal == Proposal.HELP else ""
            if row.grade == "优秀" and self.rng.random() < 0.3:
                row.proposal, row.plan = Proposal.PROMOTE, "列入书记后备，安排跟班学习和学历提升。"
        row.performance = PERFORMANCE[row.grade]
        self._vote(row, self.rng.randint(28, 50), {"不称职": 0.45, "基本称职": 0.72}.get(row.grade, 0.92))

    def _vote(self, row, issued, liked):
        """Ballots as counts: a few are not returned or void, about the share `liked` is content."""
        row.issued, row.returned = issued, issued - self.rng.randint(0, 3)
        row.valid = row.returned - self.rng.randint(0, 2)
        row.dissatisfied = round(row.valid * (1 - liked) * self.rng.uniform(0.7, 1.1))
        row.fair = round((row.valid - row.dissatisfied) * self.rng.uniform(0.15, 0.35))
        row.satisfied = row.valid - row.dissatisfied - row.fair

    def _leave_something_open(self, teams, rows, states, weak):
        """In 2026 there is something for the checks: a weak team without a plan, an adjustment nobody carried out."""
        if self.held.as_of.year != 2026:
            return
        next(team for team in teams if team.village_id in weak and states[team.village_id] == Status.DECIDED).plan = ""
        decided = [team for team in teams if states[team.village_id] == Status.DECIDED and team.village_id not in weak]
        taken = {code for code, _ in self.gone}
        free = [team for team in decided if team.village_id not in taken]
        for team in (free[0], free[-1]):
            self._unfit(rows[team.village_id][-1], Proposal.ADJUST, self.reasons.pop())
        filling = next(team for team in teams if states[team.village_id] == Status.FILLING)
        self._unfit(rows[filling.village_id][-1], "", "")

    def _unfit(self, row, proposal, reason):
        row.grade, row.proposal, row.reason, row.performance = "不称职", proposal, reason, PERFORMANCE["不称职"]
        row.plan = "调整退出班子。" if proposal else ""
        self._vote(row, self.rng.randint(28, 50), 0.45)

    # --- deciding, carrying out, visiting

    def _decide(self, teams):
        """Township after township; where somebody had to go, before that."""
        townships = sorted({team.village.township_id for team in teams})
        step = 1 if self.held.as_of.year == 2023 else 8
        gone, by_day = {code for code, _ in self.gone}, defaultdict(list)
        for team in teams:
            wait = 0 if team.village_id in gone else townships.index(team.village.township_id) * step
            by_day[self.decided_from + wait * DAY].append(team)
        for on, decided in sorted(by_day.items()):
            opinions = [f"同意乡镇意见，班子等次定为“{team.team_class}”。" for team in decided]
            actions.hand_in_many(decided, on=on - 5 * DAY, by=self.by)
            actions.decide_many(decided, opinions=opinions, on=on, by=self.by)

    def _link(self, rows):
        """The seventeen: what the history ended and whom it appointed, linked as on the page of a person's review."""
        reviews = {(row.team.village_id, row.person_id): row for found in rows.values() for row in found}
        for place, seats in self.gone.items():
            actions.link(reviews[place], seats, Part.ENDED, by=self.by)
            taken = Appointment.objects.filter(
                village_id=place[0], start=seats[0].end + DAY, post__in=[seat.post for seat in seats]
            ).select_related("person")
            actions.link(reviews[place], list(taken.order_by("post", "pk")), Part.SUCCESSOR, by=self.by)

    def _visit(self, teams, states):
        begun = [team for team in teams if states[team.village_id] != Status.WAITING]
        visits = [
            self._visited(team, Way.REPORT, self.held.opens + (place % 20) * DAY) for place, team in enumerate(begun)
        ]
        after = {code: seats[0].end for (code, _), seats in self.gone.items()}
        again = [team for team in begun if team.village_id in after]
        visits += [self._visited(team, Way.AGAIN, after[team.village_id] + 60 * DAY) for team in again]
        actions.record_visits(visits, by=self.by)

    def _visited(self, team, way, on):
        again = way == Way.AGAIN
        found = "新任干部已进入状态，群众反映较好。" if again else "听取述职，开展民主测评，走访党员群众代表。"
        visitors = f"县委组织部第{int(team.village_id[6:9]) % 4 + 1}走访组"
        return ReviewVisit(team=team, on=on, way=way, visitors=visitors, talked=self.rng.randint(6, 14), found=found)
