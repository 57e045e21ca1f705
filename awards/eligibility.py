"""Whether the ledger lets somebody be awarded: a registry of conditions, each with its reason.

What knows something (discipline, earlier awards, evaluation) registers one function for a whole set of nominations."""

from collections import defaultdict
from dataclasses import dataclass

from awards.models import Award, Evaluation, Grade, Nomination
from awards.parameters.awards import REPEAT_YEARS
from core.periods import dated_by
from talent.models import JointReviewMark, PersonReview, ReserveCandidate
from villages.models import IntegrityRecord

CONDITIONS = []
IN_EFFECT = "廉政记录里有影响期内的处分（处理），由县委组织部核定"
PASSED, FAILED = Nomination.Eligibility.PASSED.value, Nomination.Eligibility.FAILED.value


@dataclass(frozen=True)
class Finding:
    """One condition against the ledger: `met` is None where the ledger does not know."""

    label: str
    text: str
    met: bool | None


def condition(source):
    """Register a function (nominations, on) → {nomination's key: Finding}; a nomination that it does not name has none."""
    CONDITIONS.append(source)
    return source


def examine(nominations, on):
    """{nomination's key: [Finding]} on the day `on`; the number of queries does not grow with the nominations."""
    found = defaultdict(list)
    for source in CONDITIONS:
        for key, finding in source(nominations, on).items():
            found[key].append(finding)
    return {row.pk: found[row.pk] for row in nominations}


def judged(findings):
    """(eligibility, reasons) of findings; open where something is not known and nothing speaks against."""
    against = [one.text for one in findings if one.met is False]
    unknown = [one.text for one in findings if one.met is None]
    if against:
        return FAILED, "；".join(against + unknown)
    if unknown:
        return "", "；".join(unknown)
    return PASSED, "；".join(one.text for one in findings)


def _people(nominations):
    """person's key → nomination's key."""
    return {row.person_id: row.pk for row in nominations if row.person_id}


@condition
def deeds(nominations, on):
    """What is handed in is whole: deeds, and for a collective the village that it belongs to."""
    return {row.pk: _deeds(row) for row in nominations}


def _deeds(row):
    if not row.achievements.strip():
        return Finding("推荐材料", "主要事迹没有填", None)
    if not row.place_id:
        return Finding("推荐材料", "没有写明集体所在的村", None)
    return Finding("推荐材料", "事迹和所在村齐全", True)


@condition
def discipline(nominations, on):
    """Findings of the joint review (纪检、政法 …) and leaving the pool over a breach of discipline."""
    people = _people(nominations)
    told = breaches(people, on)
    return {key: of_record(told[person]) for person, key in people.items()}


def breaches(people, on):
    """person's key → what the ledger knows against somebody's discipline by the day; empty without anything. Three queries.

    Of the record of integrity it says only that there is something: what, is for the county's staff to see there."""
    marks = JointReviewMark.objects.filter(dated_by(on, "decided_on"), person_id__in=people)
    told = defaultdict(list)
    latest = {
        (mark.person_id, mark.item_id): mark for mark in marks.select_related("item").order_by("decided_on", "pk")
    }
    for mark in latest.values():
        if mark.result == JointReviewMark.Result.FOUND:
            told[mark.person_id].append(
                f"县级联审（{mark.decided_on:%Y-%m-%d}）{mark.item.title}：{mark.reason or '有'}"
            )
    out = ReserveCandidate.objects.filter(
        dated_by(on, "end"), person_id__in=people, end_reason=ReserveCandidate.OutReason.DISCIPLINE
    )
    for place in out.order_by("end", "pk"):
        told[place.person_id].append(f"{place.end:%Y-%m-%d} 因违纪违法退出后备库")
    records = IntegrityRecord.objects.in_effect(on).filter(person_id__in=people)
    for person in sorted(set(records.values_list("person_id", flat=True).order_by())):
        told[person].append(IN_EFFECT)
    return told


def of_record(texts):
    """The Finding of what `breaches` tells of somebody."""
    return Finding("纪律", "；".join(texts) if texts else "台账没有处分和联审否决记录", not texts)


@condition
def earlier_awards(nominations, on):
    """Not given the same award within the years that the county sets, and no award ever withdrawn."""
    years = REPEAT_YEARS.value(on)
    kept = Award.objects.filter(dated_by(on, "decided_on")).select_related("scheme").order_by("year", "pk")
    of_people, of_places = defaultdict(list), defaultdict(list)
    places = {row.village_id for row in nominations if not row.person_id}
    for award in kept.filter(person_id__in=_people(nominations)):
        of_people[award.person_id].append(award)
    for award in kept.filter(person=None, village_id__in=places):
        of_places[award.village_id, award.collective].append(award)
    return {
        row.pk: _earlier(row, of_people[row.person_id] if row.person_id else of_places[row.village_id, row.collective], years, on)
        for row in nominations
    }  # fmt: skip


def _earlier(row, awards, years, on):
    withdrawn = [one for one in awards if one.withdrawn_on and one.withdrawn_on <= on]
    if withdrawn:
        return Finding("以往表彰", f"{withdrawn[-1].year} 年度{withdrawn[-1].scheme}已被撤销", False)
    held = row.round
    repeated = [one for one in awards if one.scheme_id == held.scheme_id and held.year - years <= one.year < held.year]
    if repeated:
        return Finding("以往表彰", f"{repeated[-1].year} 年度已获得这项表彰，{years} 年内不再推荐", False)
    return Finding("以往表彰", f"近 {years} 年没有获得这项表彰" if years else "以往没有被撤销的表彰", True)


@condition
def evaluation(nominations, on):
    """The latest decided review of a person; without one nothing is asked."""
    people = _people(nominations)
    rows = PersonReview.objects.filter(dated_by(on, "team__decided_on"), person_id__in=people).select_related(
        "team__round"
    )
    latest = {row.person_id: row for row in rows.order_by("team__decided_on", "pk")}
    return {people[person]: _evaluation(row) for person, row in latest.items()}


def _evaluation(row):
    adjust = row.proposal == PersonReview.Proposal.ADJUST
    said = "，".join(filter(None, [row.grade, row.get_proposal_display()]))
    return Finding("考核评价", f"{row.team.round.name}：{said or '已审定'}", not adjust)


@condition
def yearly_evaluation(nominations, on):
    """The latest yearly evaluation of a person, or of the village's team for a collective: 不称职 speaks against."""
    people = _people(nominations)
    places = {row.village_id: row.pk for row in nominations if not row.person_id and row.village_id}
    graded = Evaluation.objects.announced(on).select_related("scheme").order_by("scheme__year", "graded_on", "pk")
    latest = {row.person_id: row for row in graded.filter(person_id__in=people)}
    teams = {row.village_id: row for row in graded.filter(person=None, village_id__in=places)}
    found = {people[person]: _graded(row) for person, row in latest.items()}
    of_places = {row.pk: teams.get(row.village_id) for row in nominations if not row.person_id}
    return found | {key: _graded(row) for key, row in of_places.items() if row}


def _graded(row):
    return Finding("年度考核", f"{row.scheme}：{Grade(row.grade_on).label}", row.grade_on != Grade.UNFIT)
