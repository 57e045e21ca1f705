"""A department's filled-in list against its column of the joint review: candidates who stand × the department's items."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from core.dates import EARLIEST
from core.scope import inside
from rosters.cleaning import clean_one, squeeze
from rosters.comparison import OUTSIDE, Comparison, Verdict, outside
from talent.actions import joint_review as actions
from talent.joint_review_column import LONGEST, TITLES, Column
from talent.models import Candidate, JointReviewDepartment, JointReviewMark, Person
from talent.roster_apply import words
from talent.rosters import persons

Result = JointReviewMark.Result
COLUMNS = {
    "result": "review_result", "reason": "review_reason", "document_no": "review_document",
    "decided_on": "review_decided", "reviewer": "reviewer",
}  # fmt: skip
GONE = ("name", "department_gone", "这个联审部门已经删除，或者不归本单位填报，请作废这份表")
CLOSED = ("name", "review_closed", "这一轮换届已经办结，联审结论不能再改，请作废这份表")
NOT_STANDING = ("name", "not_standing", "这一轮里这个村没有这名候选人，请核对姓名、村名和身份证号")
SEVERAL = ("id_hint", "several_candidates", "这个村有几名同名的候选人，请保留下载的表里的身份证号一栏")
NO_ITEM = ("review_item", "unknown_review_item", "本部门没有这一联审事项，请按下载的表填写事项名称")
NO_REASON = ("review_reason", "missing_field:review_reason", "结论为“有”，请写明具体情况")
NO_DATE = ("review_decided", "missing_field:review_decided", "填了结论，请一并填出具日期")
FUTURE = ("review_decided", "decided_in_future", "出具日期还没有到，请填来文的日期")
ELECTED = ("review_result", "already_elected", "此人已登记当选，不能再记“有”的结论，请先按程序办理罢免或免职，登记离任")
AGAIN = ("name", "differs_in_file", "与前面一行是同一人同一事项，按前面一行入库")
STRIKES_OFF = ("review_result", "strikes_off", "此人现为正式候选人，入库后即取消资格")


@dataclass
class Plan:
    """The results to write into the column of `department`."""

    department: object = None
    marks: list = field(default_factory=list)


def identities(values, fields, context):
    """The same candidate and item of the same village is the same row."""
    names = ("township", "village", "name", "id_hint", "review_item")
    return [tuple(values.get(name) for name in names)]


def compare(rows, scope):
    """A Comparison of rows with the column of the department `scope.target_id`."""
    verdicts = [Verdict() for _ in rows]
    department = JointReviewDepartment.objects.filter(pk=scope.target_id).select_related("round").first()
    if department is None or not inside(department.round.division_id, scope.code):
        return Comparison.refused(rows, GONE)
    if department.round.is_closed_on(timezone.localdate()):
        return Comparison.refused(rows, CLOSED)
    kept, plan, said = _Kept(department, scope), Plan(department), set()
    for row, verdict in zip(rows, verdicts, strict=True):
        if row.village_code and outside(row.village_code, scope.code):
            verdict.refuse(*OUTSIDE)
        elif not row.refused:
            _judge(row, verdict, kept, plan, said)
    return Comparison(verdicts, plan)


class _Kept:
    """The people of the column, its items and what it says so far, read once; people are locked when about to be written."""

    def __init__(self, department, scope):
        column = Column(department, scope.code)
        self.items = {squeeze(item.title): item for item in column.items}
        places = [(code, key) for code, _, key in column.people()]
        if scope.lock:
            actions.keep_apart({key for _, key in places})
        people = Person.objects.in_bulk({key for _, key in places})
        self.of_name = defaultdict(list)
        for code, key in places:
            self.of_name[code, clean_one(persons.NAME.kind, people[key].name)[0]].append(people[key])
        self.marks = column.kept(people)
        standing = Candidate.objects.filter(round=department.round_id, person__in=people)
        self.status = defaultdict(set)
        for person, status in standing.order_by("pk").values_list("person_id", "status"):
            self.status[person].add(status)

    def find(self, row):
        """(person, item, None) of a row, or (None, None, why there is none)."""
        found = self.of_name.get((row.village_code, row.values["name"]), [])
        if hint := row.values.get("id_hint"):
            found = [one for one in found if squeeze(hint) in {squeeze(one.id_masked), one.id_number}]
        item = self.items.get(squeeze(row.values["review_item"]))
        if len(found) != 1:
            return None, None, SEVERAL if found else NOT_STANDING
        return (found[0], item, None) if item else (None, None, NO_ITEM)


def _judge(row, verdict, kept, plan, said):
    person, item, problem = kept.find(row)
    if problem:
        verdict.refuse(*problem)
        return
    verdict.change = "unchanged"
    if (person.pk, item.pk) in said:
        verdict.warn(*AGAIN)
        return
    said.add((person.pk, item.pk))
    known = kept.marks[person.pk].get(item.pk)
    mark = _stated(row, known, item, person)
    if mark is None:
        return
    before = {name: getattr(known, name, None) or None for name in COLUMNS}
    changed = {name: old for name, old in before.items() if (getattr(mark, name) or None) != old}
    if not changed:
        return
    statuses = kept.status[person.pk]
    for found in _problems(mark, statuses):
        verdict.refuse(*found)
    if verdict.refused:
        return
    if mark.result == Result.FOUND and Candidate.Status.FORMAL in statuses:
        verdict.warn(*STRIKES_OFF)
    verdict.change = "changed" if known else "new"
    verdict.diff = {
        COLUMNS[name]: (_shown(name, old), _shown(name, getattr(mark, name))) for name, old in changed.items()
    }
    plan.marks.append(mark)


def _stated(row, known, item, person):
    """The unsaved result that the row states: blank cells leave what is kept; None for a row without a result."""
    result = row.values.get("review_result") or getattr(known, "result", "")
    if not result:
        return None
    told = {name: _text(row, known, name) for name in ("reason", "document_no", "reviewer")}
    if result != Result.FOUND:
        told["reason"] = ""
    return JointReviewMark(
        item=item, person=person, village_id=row.village_code, result=result, decided_on=_day(row, known), **told
    )


def _text(row, known, name):
    """What the row states of a text, what is kept where its cell is blank."""
    if COLUMNS[name] in row.cleared:
        return ""
    return row.values.get(COLUMNS[name]) or getattr(known, name, "")


def _day(row, known):
    typed, old = row.values.get("review_decided"), getattr(known, "decided_on", None)
    return old if not typed or words.same_day(old, typed) else words.day(typed)


def _problems(mark, statuses):
    if mark.result == Result.FOUND and not mark.reason:
        yield NO_REASON
    if mark.result == Result.FOUND and Candidate.Status.ELECTED in statuses:
        yield ELECTED
    if mark.decided_on is None:
        yield NO_DATE
    elif not EARLIEST <= mark.decided_on <= timezone.localdate():
        yield FUTURE
    for name, longest in LONGEST.items():
        if len(getattr(mark, name)) > longest:
            yield (COLUMNS[name], "too_long", f"{TITLES[name]}超过 {longest} 个字，请写短一些")


def _shown(name, value):
    if name == "result" and value:
        return Result(value).label
    return str(value) if value else None


def write(plan, *, by, batch):
    """Write the plan, if `by` fills in this column at all."""
    fillable = JointReviewDepartment.objects.fillable_by(by, timezone.localdate())
    if not fillable.filter(pk=plan.department.pk).exists():
        raise PermissionDenied("这个部门的联审结论不由本账号填报。")
    actions.record_marks(plan.department.round, plan.marks, by=by, batch=batch)
