"""A list of scores and ballots against the objects of a scheme: the township's points, or the county's beside them."""

import datetime
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from django.core.exceptions import ValidationError

from awards import actions
from awards.actions.evaluation_grades import refuse_grade
from awards.actions.evaluation_scores import refuse_points
from awards.actions.evaluations import locked_scheme
from awards.models import BallotCorrection, Evaluation, EvaluationItem, EvaluationScheme, EvaluationScore, Grade
from awards.scoring import line_of, places
from core.scope import inside
from rosters.cleaning import clean_one
from rosters.comparison import OUTSIDE, Comparison, Verdict, outside
from talent.models.review import COUNTS, MOST_BALLOTS
from talent.roster_apply import who, words
from talent.rosters import persons

TOWNSHIP_DIGITS = 9
Part, Source = EvaluationItem.Part, EvaluationItem.Source
# column → title of the item that it is about
COLUMNS = {"politics_points": "政治表现", "work_points": "工作实绩"}
OTHER = re.compile(r"(?P<title>.+?)\s*(?P<points>\d+(?:\.\d+)?)\s*分?\s*(?:[（(](?P<evidence>.+)[)）])?")
GONE = ("village", "round_gone", "这个考核方案已经删除或不是本县的，请作废这份表，选择另一个方案重新上传")
NOT_EVALUATED = (
    "village",
    "not_evaluated",
    "不在这个方案的考核对象里，请核对村名、姓名和身份证号；后来入库的，请县委组织部先“按台账补对象”",
)
SEVERAL = ("id_number", "several_of_that_name", "没有身份证号，这个村的考核对象里有几位同名的人，请补上身份证号")
OTHER_NAME = ("name", "name_differs", "此身份证号在系统中登记的是另一个姓名，请核对是否同一人")
GRADED = ("village", "evaluation_graded", "县里已经定了等次，得分和票数不再改动，请核对")
HANDED_IN = ("village", "evaluation_handed_in", "这个对象的考核已报县里，要改请县委组织部先退回")
PLACED = {"proposed_grade": "proposed", "final_grade": "grade"}  # column → field, within a township's places for 优秀
REASON_WANTED = ("ballot_reason", "correction_reason", "票数登记过了，要改的请写明票数更正原因")
LONGEST_REASON = BallotCorrection._meta.get_field("reason").max_length
GRADE_NOT_HERE = ("final_grade", "grade_not_here", "等次与系统不同，没有改动；等次由县委组织部在“定等次”里定")


@dataclass
class Plan:
    """What the rows change as of the day `on`: scores, evaluations whose ballots are counted anew or get another proposal,
    `grades` {evaluation's key: grade} of the county."""

    scheme: EvaluationScheme
    on: datetime.date
    scores: list = field(default_factory=list)
    counted: list = field(default_factory=list)
    reasons: dict = field(default_factory=dict)
    proposed: list = field(default_factory=list)
    grades: dict = field(default_factory=dict)


def said(scores):
    """Points of items without a column of their own as a cell tells them, in order of the items."""
    return "；".join(
        f"{score.item.title} {score.points.normalize():f}{f'（{score.evidence}）' if score.evidence else ''}"
        for score in scores
    )


def parts_of(text):
    """What semicolons and lines separate, not those within the brackets of an evidence."""
    found, depth = [""], 0
    for mark in text:
        depth = max(depth + (mark in "（(") - (mark in "）)"), 0)
        if mark in "；;\n" and not depth:
            found.append("")
        else:
            found[-1] += mark
    return [part.strip() for part in found if part.strip()]


def identities(values, fields, context):
    """The same person in the same village, or the same village's team, is the same row."""
    place = (values.get("township"), values.get("village"))
    if not values.get("name"):
        return [("team", *place)]
    return [(*key, *place) for key in persons.identity_keys(values, fields, context)]


def compare(rows, scope):
    """A Comparison of rows with the objects of the scheme `scope.target_id`."""
    verdicts = [Verdict() for _ in rows]
    scheme = EvaluationScheme.objects.filter(pk=scope.target_id).first()
    if scheme is None or not (inside(scheme.division_id, scope.code) or inside(scope.code, scheme.division_id)):
        for verdict in verdicts:
            verdict.refuse(*GONE)
        return Comparison(verdicts)
    if scope.lock:  # as the pages do, so that two at once never go beyond the places
        locked_scheme(scheme)
    kept, seen, cases = _Kept(scheme, rows, scope), set(), []
    for row, verdict in zip(rows, verdicts, strict=True):
        if row.village_code and outside(row.village_code, scope.code):
            verdict.refuse(*OUTSIDE)
        elif not row.refused and (case := _judge(row, verdict, kept, seen)):
            cases.append((verdict, case))
    for column, name in PLACED.items():
        _hold_places(scheme, cases, column, name)
    return Comparison(verdicts, _planned(scheme, cases, scope.as_of))


def _hold_places(scheme, cases, column, name):
    """Refuse the 优秀 that the rows give a township in the column beyond its places, together with those given before."""
    given = {case.one.pk: (verdict, case) for verdict, case in cases if column in case.diff and not verdict.refused}
    new = [one for one in given.values() if one[1].row.values[column] == Grade.EXCELLENT]
    if not new:
        return
    every, excellent = Counter(), Counter(case.one.village_id[:TOWNSHIP_DIGITS] for _, case in new)
    for pk, village, grade in scheme.evaluations.order_by("pk").values_list("pk", "village_id", name):
        every[village[:TOWNSHIP_DIGITS]] += 1
        excellent[village[:TOWNSHIP_DIGITS]] += grade == Grade.EXCELLENT and pk not in given
    for verdict, case in new:
        township = case.one.village_id[:TOWNSHIP_DIGITS]
        most = places(every[township], scheme.excellent_percent)
        if excellent[township] > most:
            who = "本乡镇建议" if name == "proposed" else "本乡镇"
            told = f"{who}优秀 {excellent[township]} 名，最多 {most} 名（不超过 {scheme.excellent_percent}%），请减少"
            verdict.refuse(column, "excellent_beyond", told)


def _planned(scheme, cases, on):
    plan = Plan(scheme, on)
    for verdict, case in cases:
        if not verdict.refused:
            plan.scores += case.scores
            plan.counted += [case.one] if case.counted else []
            plan.reasons[case.one.pk] = case.reason
            plan.proposed += [case.one] if case.proposes else []
            plan.grades |= {case.one.pk: case.grades} if case.grades else {}
    return plan


class _Kept:
    """The objects in the rows' villages with their scores, read once; locked when about to be written."""

    def __init__(self, scheme, rows, scope):
        codes = {row.village_code for row in rows if row.village_code and inside(row.village_code, scope.code)}
        found = Evaluation.objects.filter(scheme=scheme, village__in=codes).select_related(
            "person", "village", "scheme"
        )
        if scope.lock:
            found = found.select_for_update(of=("self",))
        self.by_township = len(scope.code) >= TOWNSHIP_DIGITS
        self.knows_grades = not self.by_township or scheme.was_published(scope.as_of)
        self.every_item = list(scheme.items.order_by("pk"))
        self.items = {item.title: item for item in self.every_item if item.source != Source.BALLOTS}
        self.of_person, self.of_name, self.teams = {}, defaultdict(list), {}
        for one in found.order_by("pk"):
            if one.person_id is None:
                self.teams[one.village_id] = one
                continue
            self.of_person[one.village_id, one.person_id] = one
            self.of_name[one.village_id, _name_of(one)].append(one)
        scores = EvaluationScore.objects.standing(None).filter(evaluation__scheme=scheme, evaluation__village__in=codes)
        self.scores = {
            (one.evaluation_id, one.item_id): one for one in scores.select_related("item").order_by("item_id")
        }
        self.people = who.people_by_digest([who.digest_of(row) for row in rows if row.values.get("id_number")], scope)

    def find(self, row):
        """(evaluation, None) of a row, or (None, why there is none)."""
        place = row.village_code
        if row.values.get("id_number"):
            person = self.people.get(who.digest_of(row))
            one = self.of_person.get((place, person.pk)) if person else None
        elif row.values.get("name"):
            found = self.of_name.get((place, row.values["name"]), [])
            if len(found) > 1:
                return None, SEVERAL
            one = found[0] if found else None
        else:
            one = self.teams.get(place)
        return (one, None) if one else (None, NOT_EVALUATED)

    def closed(self, one):
        if one.grade or one.scheme.published_on:
            return GRADED
        return HANDED_IN if self.by_township and one.handed_in_on else None


def _name_of(one):
    """The name as a cell reads."""
    return clean_one(persons.NAME.kind, one.person.name)[0]


def _judge(row, verdict, kept, seen):
    """The case of a row that changes something, or None."""
    one, problem = kept.find(row)
    if problem:
        verdict.refuse(*problem)
        return None
    verdict.change = "unchanged"
    if one.pk in seen:
        verdict.warn("village", "differs_in_file", "与前面一行是同一对象，按前面一行入库")
        return None
    seen.add(one.pk)
    if one.person_id and row.values.get("name") and row.values["name"] != _name_of(one):
        verdict.warn(*OTHER_NAME)
    if (
        row.values.get("final_grade")
        and kept.by_township
        and kept.knows_grades
        and row.values["final_grade"] != one.grade
    ):
        verdict.warn(*GRADE_NOT_HERE)
    case = _Case(row, one, kept)
    problems = [*case.read_points(), *case.read_ballots(), *case.read_proposal()]
    if case.diff and (closed := kept.closed(one)):
        problems.insert(0, closed)
    if not problems:
        problems += case.read_grade()
    for found in dict.fromkeys(problems):
        verdict.refuse(*found)
    if not case.diff or verdict.refused:
        return None
    verdict.change, verdict.diff = "changed", case.diff
    return case


class _Case:
    """One row beside its object: what it changes, collected in `scores`, `counted`, `proposes` and `diff`."""

    def __init__(self, row, one, kept):
        self.row, self.one, self.kept = row, one, kept
        self.scores, self.diff, self.counted, self.proposes, self.grades = [], {}, False, False, ""

    def read_points(self):
        """Put the points on their scores; yields what cannot be."""
        for column, title in COLUMNS.items():
            typed = self.row.values.get(column)
            if typed is not None:
                item = self.kept.items.get(title)
                if item is None:
                    yield (column, "no_such_item", f"这个方案没有“{title}”这一项，请核对选的方案")
                else:
                    yield from self._take(column, item, typed, None)
        for part in parts_of(self.row.values.get("other_points") or ""):
            yield from self._take_other(part)

    def _take_other(self, part):
        column, found = "other_points", OTHER.fullmatch(part)
        if found is None:
            yield (column, "points_unread", f"“{part[:20]}”看不懂，请写成“指标名称 分数（依据）”，几项用分号隔开")
            return
        item = self.kept.items.get(found["title"].strip("：: "))
        if item is None:
            yield (column, "no_such_item", f"这个方案没有“{found['title'][:20]}”这一项，请照方案里的名称写")
            return
        yield from self._take(column, item, Decimal(found["points"]), found["evidence"])

    def _take(self, column, item, typed, evidence):
        """Points that count already stay; others are those of the township, or the county's."""
        county = not self.kept.by_township
        score = self.kept.scores.get((self.one.pk, item.pk)) or EvaluationScore()
        score.evaluation, score.item = self.one, item
        points = Decimal(str(typed)).quantize(Decimal("0.01"))
        if evidence is None or (score.evidence and words.reads_as(score.evidence, evidence)):
            evidence = score.evidence
        if score.points == points and score.evidence == evidence:
            return
        try:
            refuse_points(self.one, item, points, evidence, county=county)
        except ValidationError as wrong:
            yield (column, "points_refused", f"得分没有采用：{wrong.messages[0].rstrip('。')}")
            return
        before = said([score]) if score.pk and score.points is not None else None
        setattr(score, "county_points" if county else "township_points", points)
        score.evidence = evidence
        self.scores.append(score)
        old, new = self.diff.get(column, (None, None))
        self.diff[column] = (
            "；".join(filter(None, (old, before))) or None,
            "；".join(filter(None, (new, said([score])))),
        )

    def read_proposal(self):
        typed, kept = self.row.values.get("proposed_grade"), self.one.proposed
        if not typed or typed == kept:
            return
        if typed != Grade.UNFIT and (vetoes := self._vetoes()):
            yield ("proposed_grade", "vetoed", f"有一票否决情形（{'、'.join(vetoes)}），建议等次应为不称职")
            return
        self.one.proposed, self.proposes = typed, True
        self.diff["proposed_grade"] = (Grade(kept).label if kept else None, Grade(typed).label)

    def _line(self):
        """What the scores come to once the row is written."""
        scores = {item.pk: self.kept.scores.get((self.one.pk, item.pk)) for item in self.kept.every_item}
        scores |= {score.item_id: score for score in self.scores}
        return line_of(self.one.scheme, self.one, self.kept.every_item, scores)

    def read_grade(self):
        """The grade that the county gives, as on the page: of what is whole, within what a veto leaves."""
        typed, kept = self.row.values.get("final_grade"), self.one.grade
        if self.kept.by_township or not typed or typed == kept:
            return
        if self.one.scheme.published_on:
            yield GRADED
            return
        try:
            refuse_grade(self._line(), typed)
        except ValidationError as wrong:
            yield ("final_grade", "grade_refused", f"等次没有采用：{wrong.messages[0].rstrip('。')}")
            return
        self.grades = typed
        self.diff["final_grade"] = (Grade(kept).label if kept else None, Grade(typed).label)

    def _vetoes(self):
        """The vetoes that stand once the row is written."""
        scores = {title: self.kept.scores.get((self.one.pk, item.pk)) for title, item in self.kept.items.items()}
        scores |= {score.item.title: score for score in self.scores}
        return [title for title, score in scores.items() if score and score.item.part == Part.VETO and score.points]

    def read_ballots(self):
        was_counted = self.one.issued is not None
        for name in COUNTS:
            typed, kept = self.row.values.get(name), getattr(self.one, name)
            if typed is None or typed == kept:
                continue
            if typed != int(typed) or not 0 <= typed <= MOST_BALLOTS.limit_value:
                yield (name, "not_ballots", f"“{typed}”不是票数，请填 0 到 {MOST_BALLOTS.limit_value} 的整数")
                continue
            setattr(self.one, name, int(typed))
            self.counted, self.diff[name] = True, (None if kept is None else str(kept), str(int(typed)))
        yield from self._read_reason(was_counted)
        try:
            self.one.clean()
        except ValidationError as wrong:
            for name, told in wrong.message_dict.items():
                yield (name, "ballots_differ", f"测评票数对不上：{told[0].rstrip('。')}")

    @property
    def reason(self):
        return self.row.values.get("ballot_reason") or ""

    def _read_reason(self, was_counted):
        """Counts that were there are corrected with the reason."""
        if was_counted and self.counted and not self.reason:
            yield REASON_WANTED
        if self.counted and len(self.reason) > LONGEST_REASON:
            yield ("ballot_reason", "too_long", f"票数更正原因超过 {LONGEST_REASON} 个字，请核对")


def write(plan, *, by, batch):
    """Write the plan."""
    told = {"proposed": plan.proposed, "reasons": plan.reasons}
    actions.write_scores(plan.scores, plan.counted, on=plan.on, by=by, batch=batch, **told)
    if plan.grades:
        actions.grade_evaluations(plan.scheme, plan.grades, on=plan.on, by=by, batch=batch)
