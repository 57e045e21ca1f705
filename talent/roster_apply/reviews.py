"""A list of grades and ballots against the sheets of a round: who is on a sheet that the county has not decided."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError

from core.scope import inside
from rosters.cleaning import clean_one, squeeze
from rosters.comparison import OUTSIDE, Comparison, Verdict, outside
from talent.actions import reviews as actions
from talent.models import PersonReview, ReviewRound, TeamReview
from talent.models.review import COUNTS, MOST_BALLOTS
from talent.parameters.reviews import GRADES, REASONS
from talent.roster_apply import who, words
from talent.rosters import persons

TOWNSHIP_DIGITS = 9
Status, Proposal = TeamReview.Status, PersonReview.Proposal
GONE = ("name", "round_gone", "这一轮研判已经删除，请作废这份表，选择另一轮重新上传")
NO_SHEET = ("village", "no_sheet", "这个村在这一轮没有研判表，请核对村名，或在“届中研判”里按台账补人")
NOT_ON_SHEET = (
    "name", "not_on_sheet",
    "此人不在这个村的研判表里，请核对姓名、身份证号和村名；台账取数那天在任而漏登的，先在“届中研判”里按台账补人，那天以后才任职的不在这一轮",
)  # fmt: skip
SEVERAL = ("id_number", "several_of_that_name", "没有身份证号，这张研判表里有几位同名的人，请补上身份证号")
OTHER_NAME = ("name", "name_differs", "此身份证号在系统中登记的是另一个姓名，请核对是否同一人")
DECIDED = ("name", "sheet_decided", "县里已经审定，研判表不能再改，请核对")
HANDED_IN = ("name", "sheet_handed_in", "这个村的研判表已报县里，要改请县委组织部先退回")
NO_REASON = ("adjust_reason", "missing_field:adjust_reason", "建议调整撤换，请填调整原因")
IDLE_REASON = ("adjust_reason", "reason_without_adjusting", "处理建议不是调整撤换，不填调整原因，请核对处理建议")
# column → attribute of PersonReview
ATTRIBUTES = {
    **{name: name for name in COUNTS}, "grade": "grade", "proposal": "proposal", "adjust_reason": "reason",
    "performance": "performance", "own_plan": "plan",
}  # fmt: skip
COLUMNS = {attribute: column for column, attribute in ATTRIBUTES.items()}


@dataclass
class Plan:
    """{key: PersonReview} of those that a row changes."""

    changed: dict = field(default_factory=dict)


def identities(values, fields, context):
    """The same person on the sheet of the same village is the same row."""
    place = (values.get("township"), values.get("village"))
    return [(*key, *place) for key in persons.identity_keys(values, fields, context)]


def compare(rows, scope):
    """A Comparison of rows with the sheets of the round `scope.target_id`."""
    verdicts, held = [Verdict() for _ in rows], held_round(scope)
    if held is None:
        return all_refused(verdicts, GONE)
    sheets, plan, said = _Sheets(held, rows, scope), Plan(), set()
    for row, verdict in zip(rows, verdicts, strict=True):
        if row.village_code and outside(row.village_code, scope.code):
            verdict.refuse(*OUTSIDE)
        elif not row.refused:
            _judge(row, verdict, sheets, plan, said)
    return Comparison(verdicts, plan)


def held_round(scope):
    """The round that an upload is about; None when it is gone or of another county."""
    held = ReviewRound.objects.filter(pk=scope.target_id).first()
    there = held and (inside(held.division_id, scope.code) or inside(scope.code, held.division_id))
    return held if there else None


def all_refused(verdicts, problem):
    """A Comparison in which nothing of the file can be taken."""
    for verdict in verdicts:
        verdict.refuse(*problem)
    return Comparison(verdicts)


def sheets_named(held, rows, scope):
    """{village code: sheet} of the round's sheets that the rows name; locked when about to be written."""
    codes = {row.village_code for row in rows if row.village_code and inside(row.village_code, scope.code)}
    teams = TeamReview.objects.filter(round=held, village__in=codes).order_by("pk")
    if scope.lock:
        teams = teams.select_for_update(of=("self",))
    return {team.village_id: team for team in teams.select_related("round", "village")}


def closed(team, scope):
    """Why a sheet takes nothing any more from whoever uploads; None where it does."""
    if team.is_decided:
        return DECIDED
    by_township = len(scope.code) >= TOWNSHIP_DIGITS
    return HANDED_IN if by_township and team.status == Status.FILLED else None


class _Sheets:
    """The sheets that the rows name and who is on them, read once; locked when about to be written."""

    def __init__(self, held, rows, scope):
        self.scope, self.teams = scope, sheets_named(held, rows, scope)
        by_key = {team.pk: team for team in self.teams.values()}
        self.of_person, self.of_name = {}, defaultdict(list)
        for review in PersonReview.objects.filter(team__in=by_key).select_related("person").order_by("pk"):
            review.team = by_key[review.team_id]
            self.of_person[review.team.village_id, review.person_id] = review
            self.of_name[review.team.village_id, _name_of(review)].append(review)
        self.people = who.people_by_digest([who.digest_of(row) for row in rows], scope)
        self.known = {"grade": GRADES.value(held.opens), "adjust_reason": REASONS.value(held.opens)}

    def find(self, row):
        """(review, None) of a row, or (None, why there is none)."""
        if row.village_code not in self.teams:
            return None, NO_SHEET
        if row.values.get("id_number"):
            person = self.people.get(who.digest_of(row))
            review = self.of_person.get((row.village_code, person.pk)) if person else None
            return review, None if review else NOT_ON_SHEET
        found = self.of_name.get((row.village_code, row.values["name"]), [])
        return (found[0], None) if len(found) == 1 else (None, SEVERAL if found else NOT_ON_SHEET)


def _name_of(review):
    """The name as a cell reads: without what was typed between its characters."""
    return clean_one(persons.NAME.kind, review.person.name)[0]


def _judge(row, verdict, sheets, plan, said):
    review, problem = sheets.find(row)
    if problem:
        verdict.refuse(*problem)
        return
    verdict.change = "unchanged"
    if review.pk in said:
        verdict.warn("name", "differs_in_file", "与前面一行是同一人，按前面一行入库")
        return
    said.add(review.pk)
    if row.values["name"] != _name_of(review):
        verdict.warn(*OTHER_NAME)
    before = {name: getattr(review, name) for name in COLUMNS}
    problems = [*take(row, review, ATTRIBUTES, sheets.known), *_whole(row, review)]
    changed = {name: old for name, old in before.items() if getattr(review, name) != old}
    if changed and (refused := closed(review.team, sheets.scope)):
        problems.insert(0, refused)
    for found in dict.fromkeys(problems):
        verdict.refuse(*found)
    if changed and not verdict.refused:
        verdict.change, plan.changed[review.pk] = "changed", review
        verdict.diff = {
            COLUMNS[name]: (_shown(name, old), _shown(name, getattr(review, name))) for name, old in changed.items()
        }


def take(row, review, attributes, known):
    """Put on a sheet, or on what it says of a person, what the row states (`attributes`: column → attribute); yields what
    cannot be. `known` has the words of the columns that choose from a county's list."""
    for column, name in attributes.items():
        typed, kept = row.values.get(column), getattr(review, name)
        label = review._meta.get_field(name).verbose_name
        if column in row.cleared:
            setattr(review, name, None if name in COUNTS else "")
        elif typed in (None, "") or (isinstance(typed, str) and kept and words.reads_as(kept, typed)):
            continue
        elif name in COUNTS and (typed != int(typed) or not 0 <= typed <= MOST_BALLOTS.limit_value):
            yield (column, "not_ballots", f"“{typed}”不是票数，请填 0 到 {MOST_BALLOTS.limit_value} 的整数")
        elif column in known:
            word = {squeeze(word): word for word in known[column]}.get(squeeze(typed))
            if word is None:
                yield (column, "not_in_list", f"{label}没有“{typed[:12]}”，请填写：{'、'.join(known[column])}")
            setattr(review, name, word or kept)
        else:
            setattr(review, name, int(typed) if name in COUNTS else typed)


def _whole(row, review):
    """What does not fit together once the row is on the review; a reason goes with its proposal."""
    if review.proposal != Proposal.ADJUST:
        if row.values.get("adjust_reason"):
            yield IDLE_REASON
        review.reason = ""
    elif not review.reason:
        yield NO_REASON
    yield from ballots_differ(review)


def ballots_differ(review):
    """What does not add up of the ballots of a sheet or a person."""
    try:
        review.clean()
    except ValidationError as wrong:
        for name, told in wrong.message_dict.items():
            yield (name, "ballots_differ", f"测评票数对不上：{told[0].rstrip('。')}")


def _shown(name, value):
    if name == "proposal":
        return Proposal(value).label if value else None
    return None if value in (None, "") else str(value)


def write(plan, *, by, batch):
    """Write the plan; a sheet that nobody had begun is 填写中 now."""
    teams = {review.team_id: review.team for review in plan.changed.values() if review.team.status == Status.WAITING}
    for team in teams.values():
        team.status = Status.FILLING
    actions.fill_many(list(teams.values()), list(plan.changed.values()), by=by, batch=batch)
