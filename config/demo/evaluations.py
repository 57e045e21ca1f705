"""The yearly evaluation of cadres and teams in 2024 and 2025, that of 2026 which is under way, and the checks of these years.

Drawn by itself, so that nothing else of the demo depends on it."""

import datetime
import random
from decimal import Decimal

from awards import actions, scoring
from awards.models import (
    EvaluationAppeal,
    EvaluationScheme,
    EvaluationScore,
    Grade,
    Inspection,
    InspectionFinding,
    InspectionFollowUp,
)
from config.demo.county import day
from config.demo.places import COUNTY
from core import pdf

LINES = {"excellent_percent": 20, "excellent_from": 90, "competent_from": 75, "basic_from": 60, "fair_percent": 60}
KINDS = (EvaluationScheme.Kind.TEAM, EvaluationScheme.Kind.CADRE)
POOR = 2  # of a scheme, in townships apart
SHOWN = 3  # scores with the paper they rest on
ALMOST = 3  # townships of the round under way that have not begun
EVIDENCE = {"受到县级以上表彰": "清委〔{year}〕24号", "受到通报批评": "清组通〔{year}〕6号"}
PROBLEMS = (
    ("坐班值班", "便民服务中心工作时间无人值班", "支部书记"), ("村务公开", "第二季度财务没有按时公开", "监委会主任"),
    ("“三会一课”", "支部党员大会记录不完整", "支部书记"), ("集体“三资”", "出租合同没有经村民代表会议表决", "村委会主任"),
    ("信访办理", "群众反映的道路问题超期没有答复", "村委会主任"),
)  # fmt: skip
CHECKS = (
    ("2024年上半年村干部履职检查", "periodic", day(2024, 6, 18), 6, 0), ("2024年村务公开专项督查", "special", day(2024, 10, 15), 5, 0),
    ("2025年上半年村干部履职检查", "periodic", day(2025, 6, 17), 6, 0), ("2025年第四季度随机抽查", "random", day(2025, 11, 12), 4, 0),
    ("2026年上半年村干部履职检查", "periodic", day(2026, 6, 16), 6, 1), ("2026年换届后村班子运行督查", "special", day(2026, 11, 5), 4, 3),
)  # fmt: skip


def fill(county):
    poor = set()
    for year in (2024, 2025):
        for kind in KINDS:
            _Scheme(county, year, kind, poor).finish()
    _Scheme(county, 2026, EvaluationScheme.Kind.CADRE, poor).begin()
    for check in CHECKS:
        _inspect(county, *check)


class _Scheme:
    """One scheme; `poor` are the places and people that did badly the year before, one of them does again."""

    def __init__(self, county, year, kind, poor):
        self.by, self.year, self.poor = county.by, year, poor
        self.rng = random.Random(f"evaluation {year} {kind}")
        as_of = day(year, 11, 1)
        scheme = EvaluationScheme(
            division_id=COUNTY[0], year=year, kind=kind, as_of=as_of, opens=day(year, 11, 4), closes=day(year, 12, 25),
            document_no=f"清委组〔{year}〕{30 + KINDS.index(kind)}号", remarks="乡镇评分、群众测评，县委组织部核定。", **LINES,
        )  # fmt: skip
        self.scheme = actions.set_up_evaluation(scheme, by=self.by)
        self.rows = list(
            self.scheme.evaluations.select_related("village", "person", "scheme").order_by("village_id", "pk")
        )
        self.items = {item.title: item for item in self.scheme.items.order_by("pk")}
        self.townships = sorted({row.village.township_id for row in self.rows})

    def finish(self):
        self._score(self.rows, self._poor())
        for number, code in enumerate(self.townships):
            self._propose(code)
            actions.hand_in_evaluations(
                self.scheme, code, on=day(self.year, 11, 25) + datetime.timedelta(number), by=self.by
            )
        suggested = {line.row.pk: line.suggested for line in scoring.lines(self.scheme)}
        actions.grade_evaluations(self.scheme, suggested, on=day(self.year, 12, 18), by=self.by)
        actions.publish_evaluation(self.scheme, on=day(self.year, 12, 23), by=self.by)
        self._appeal()

    def begin(self):
        """The townships but the last few have scored, the first few have handed in."""
        begun = set(self.townships[:-ALMOST])
        self._score([row for row in self.rows if row.village.township_id in begun], set())
        self._recount(next(row for row in self.rows if row.village.township_id == self.townships[ALMOST]))
        self._show()
        for code in self.townships[:ALMOST]:
            self._propose(code)
            actions.hand_in_evaluations(self.scheme, code, on=day(2026, 11, 16), by=self.by)

    def _propose(self, code):
        """What follows from the scores, as the township's page fills it in."""
        found = scoring.lines(self.scheme, self.scheme.evaluations.below(code))
        actions.propose_grades(self.scheme, code, {line.row.pk: line.suggested for line in found}, by=self.by)

    def _key(self, row):
        return (row.scheme.kind, row.village_id, row.person_id)

    def _poor(self):
        """The keys of those who do badly: one of last year's where there is one, and others."""
        again = [row for row in self.rows if self._key(row) in self.poor][:1]
        others = self.rng.sample([row for row in self.rows if self._key(row) not in self.poor], POOR - len(again))
        self.poor.update(self._key(row) for row in others)
        return {row.pk for row in (*again, *others)}

    def _score(self, rows, poor):
        scores = []
        for row in rows:
            quality = 0.5 if row.pk in poor else self.rng.triangular(0.68, 1, 0.88)
            for title, item in self.items.items():
                if item.part == "score" and item.source != "ballots":
                    points = Decimal(round(item.most * min(quality + self.rng.uniform(-0.04, 0.04), 1) * 2)) / 2
                    scores.append(EvaluationScore(evaluation=row, item=item, township_points=points, evidence=""))
                elif title in EVIDENCE and self.rng.random() < 0.02:
                    told = EVIDENCE[title].format(year=self.year)
                    scores.append(EvaluationScore(evaluation=row, item=item, township_points=2, evidence=told))
            self._vote(row, quality)
        actions.write_scores(scores, rows, on=day(self.year, 11, 10), by=self.by)

    def _vote(self, row, quality):
        row.issued = self.rng.randint(30, 60)
        row.returned = row.issued - self.rng.randint(0, 2)
        row.valid = row.returned - self.rng.randint(0, 1)
        row.dissatisfied = round(row.valid * (1 - quality) * 0.4)
        row.fair = round((row.valid - row.dissatisfied) * (1 - quality) * 0.6)
        row.satisfied = row.valid - row.dissatisfied - row.fair

    def _recount(self, row):
        """Ballots that were left out at first are counted in."""
        for name in ("issued", "returned", "valid", "satisfied"):
            setattr(row, name, getattr(row, name) + 2)
        reasons = {row.pk: "第二村民小组漏记 2 票，已复核原始票"}
        actions.count_ballots(self.scheme, [row], on=day(self.year, 11, 13), by=self.by, reasons=reasons)

    def _show(self):
        """The papers on which the first few points beside the weighted items rest."""
        scores = EvaluationScore.objects.filter(evaluation__scheme=self.scheme).exclude(evidence="")
        for score in scores.select_related("evaluation__scheme", "evaluation__person", "item").order_by("pk")[:SHOWN]:
            page = pdf.Page(score.item.title)
            page.centred(90, f"{score.evaluation.name}：{score.item.title}", 26, pdf.HEI)
            page.paragraph(80, 150, f"依据：{score.evidence}。", 18, across=680, leading=34)
            told = {"filename": "佐证文件.pdf", "content": page.bytes(), "on": day(self.year, 11, 12), "by": self.by}
            actions.attach_evidence(score.evaluation, score.item, **told)

    def _appeal(self):
        """One of those graded 基本称职 appeals, and the grade stays."""
        row = self.scheme.evaluations.filter(grade=Grade.BASIC).order_by("village_id", "pk").first()
        if row is None:
            return
        received = day(self.year, 12, 26)
        made = actions.appeal(
            EvaluationAppeal(evaluation=row, received_on=received, content="认为工作实绩漏记了产业项目。"), by=self.by
        )
        made.finding, made.handling = EvaluationAppeal.Finding.DISMISSED, "查阅台账，该项目在下一年度竣工，本年度不计。"
        made.closed_on = received + datetime.timedelta(4)
        actions.close_appeal(made, by=self.by)


def _inspect(county, name, kind, on, count, still_open):
    """A check that finds `count` problems; all but the last `still_open` were put right and closed."""
    rng = random.Random(f"inspection {name}")
    held = Inspection(
        division_id=COUNTY[0], name=name, kind=kind, on=on, inspectors="县委组织部 林科长、县纪委监委 何主任"
    )
    held = actions.inspect(held, [item for item, _, _ in PROBLEMS], by=county.by)
    items = {item.title: item for item in held.items.order_by("pk")}
    villages = rng.sample([village for village in county.villages if village.end is None], count)
    found = []
    for number, village in enumerate(sorted(villages, key=lambda one: one.code)):
        title, problem, responsible = PROBLEMS[number % len(PROBLEMS)]
        found.append(
            InspectionFinding(
                inspection=held, item=items[title], village=village, problem=problem, responsible=responsible,
                due=on + datetime.timedelta(30),
            )
        )  # fmt: skip
    found = actions.find_problems(found, by=county.by)
    for finding in found[: count - still_open]:
        _put_right(finding, on + datetime.timedelta(rng.randint(8, 20)), county.by)


def _put_right(finding, on, by):
    step = InspectionFollowUp(
        finding=finding, on=on, done="已召开会议整改，资料补齐。", by_unit=finding.village.township.name
    )
    actions.follow_up(step, by=by)
    actions.close_finding(finding, on=on + datetime.timedelta(5), result="现场复核，整改到位。", by=by)
