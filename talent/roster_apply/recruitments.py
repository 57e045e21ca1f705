"""A table of notices of open recruitment against those kept: a row is a notice with the places of one township."""

from collections import Counter
from functools import partial

from talent import actions
from talent.actions.recruitments import too_few_days
from talent.models import Recruitment, RecruitmentApplication, RecruitmentQuota
from talent.models.recruitment import HIGHEST, TOWNSHIP_DIGITS
from talent.roster_apply import rounds
from talent.roster_apply.catalogues import Plan, Said, misfits, settle
from talent.roster_apply.role_kinds import RoleField, choice, day, restate, text
from talent.roster_apply.townships import codes_of

NOT_YOURS = ("notice_title", "notice_of_county", "招聘公告由县委组织部发布，这里不能改动")
NO_TOWNSHIP = ("township", "missing_field:township", "填了名额，请填是哪个乡镇的")
NO_PLACES = ("places", "missing_field:places", "名额没有填：填了乡镇的要填名额，新公告至少给一个乡镇填名额")
AGES = ("max_age", "ages_differ", "年龄上限低于下限，请核对")
WEIGHTS = ("written_weight", "weights_differ", "笔试和面试的占比相加应为 100，请核对")
EARLY = ("applies_until", "end_before_start", "报名截止早于公告日期，请核对两个日期")
PUBLICITY = ("publicised_until", "publicity_days", "公示开始和结束要一起填，结束不早于开始，开始不早于报名截止")
MOST_PLACES = 999


def _number(name):
    return RoleField(name, name, keep=int, show=lambda value: None if value is None else str(value))


DAYS = ("published_on", "applies_until", "written_on", "interviewed_on", "physical_on", "inspected_on", "publicised_from",
        "publicised_until")  # fmt: skip
FIELDS = (
    RoleField("notice_year", "year", keep=int, show=lambda value: None if value is None else str(value)),
    text("notice_no", "document_no"), _number("min_age"), _number("max_age"),
    RoleField("min_education", "min_education", show=lambda value: value and Recruitment(min_education=value).get_min_education_display()),
    choice("asked_party", "party", Recruitment.Party), choice("asked_household", "household", Recruitment.Household),
    _number("written_weight"), _number("interview_weight"), choice("tie_break", "tie_break", Recruitment.TieBreak),
    *(day(name, name) for name in DAYS), text("notice_remarks", "remarks"),
)  # fmt: skip
OF_PLACES = (_number("places"),)
NAMES = (("notice_title", Recruitment, "title"),)
NEEDED = (("notice_year", "年度"), ("published_on", "公告日期"), ("applies_until", "报名截止"))
WHOLE = (
    ("notice_year", "年度", 1949, 2200), ("min_age", "周岁", 0, 150), ("max_age", "周岁", 0, 150),
    ("written_weight", "百分比", 0, HIGHEST), ("interview_weight", "百分比", 0, HIGHEST), ("places", "名额", 1, MOST_PLACES),
)  # fmt: skip


def identities(values, fields, context):
    """The same township of the same notice is the same row."""
    title = values.get("notice_title")
    return [("notice", title, values.get("township"))] if title else []


def compare(rows, scope):
    """A Comparison of rows with the notices of the county."""
    kept = _Kept(rows, scope)
    return rounds.compare(rows, kept, _problems, partial(_take, scope))


class _Kept:
    """The county's notices, their places, and how many were engaged, each read once."""

    def __init__(self, rows, scope):
        self.plan = Plan()
        found = Recruitment.objects.filter(division_id=rounds.of_county(scope)).order_by("pk")
        self.notices = {held.title: held for held in (found.select_for_update() if scope.lock else found)}
        quotas = RecruitmentQuota.objects.filter(recruitment__in=self.notices.values()).order_by("pk")
        quotas = quotas.select_related("recruitment", "township")
        self.quotas = {(quota.recruitment.title, quota.township_id): quota for quota in quotas}
        engaged = RecruitmentApplication.objects.filter(
            recruitment__in=self.notices.values(), engaged_on__isnull=False
        ).order_by()
        pairs = engaged.values_list("recruitment_id", "village_id")
        self.engaged = Counter((held, village[:TOWNSHIP_DIGITS]) for held, village in pairs)
        codes = codes_of(rows, scope)
        self.codes = {id(row): row.village_code[:TOWNSHIP_DIGITS] if row.village_code else code for row, code in zip(rows, codes, strict=True)}  # fmt: skip
        self.placed = {row.values.get("notice_title") for row in rows if row.values.get("places") and not row.refused}


def _problems(row):
    yield from misfits(row, NAMES, ((FIELDS, Recruitment), (OF_PLACES, RecruitmentQuota)))
    yield from rounds.whole(row, WHOLE)


def _take(scope, row, verdict, kept):
    title, code = row.values["notice_title"], kept.codes[id(row)]
    held = kept.notices.get(title)
    fresh = held is None
    held = Recruitment(division_id=rounds.of_county(scope), title=title) if fresh else held
    quota = kept.quotas.get((title, code)) if code else None
    before = rounds.Stated(held, quota)
    for problem in _lacking(row, fresh, quota, code, title, kept):
        verdict.refuse(*problem)
    if verdict.refused:
        return None
    names = restate(held, row, FIELDS, verdict.diff)
    names |= _other_weight(held, names, row)
    placed, new_place, of_quota = _places(row, held, quota, code, verdict)
    if fresh or names or new_place or of_quota:
        for problem in _refusals(scope, held, names, placed, kept):
            verdict.refuse(*problem)
    if verdict.refused:
        return before.take_back()
    kept.notices[title] = held
    if placed is not None:
        kept.quotas[title, code] = placed
    part = Said(placed, of_quota, new_place, "places", str(placed.places) if placed else "")
    return settle(verdict, kept.plan, Said(held, names, fresh, "notice_title", title), part)


def _lacking(row, fresh, quota, code, title, kept):
    if fresh:
        yield from rounds.missing(row, NEEDED)
        if title not in kept.placed:
            yield NO_PLACES
    if row.values.get("places") and not code:
        yield NO_TOWNSHIP
    if code and quota is None and not row.values.get("places"):
        yield NO_PLACES


def _places(row, held, quota, code, verdict):
    """(the places of the row's township or None, whether they are new, the names of what changed)."""
    if not code:
        return None, False, set()
    if quota is None:
        quota = RecruitmentQuota(recruitment=held, township_id=code)
        restate(quota, row, OF_PLACES, verdict.diff)
        return quota, True, set()
    return quota, False, restate(quota, row, OF_PLACES, verdict.diff)


def _other_weight(held, names, row):
    """One weight alone says the other."""
    pair = ("written_weight", "interview_weight")
    for one, other in (pair, pair[::-1]):
        if one in names and row.values.get(other) in (None, ""):
            setattr(held, other, HIGHEST - getattr(held, one))
            return {other}
    return set()


def _refusals(scope, held, names, quota, kept):
    if not rounds.may_write(scope):
        yield NOT_YOURS
    if held.max_age < held.min_age:
        yield AGES
    if held.written_weight + held.interview_weight != HIGHEST:
        yield WEIGHTS
    if held.applies_until < held.published_on:
        yield EARLY
    yield from _publicity(held, names)
    if quota is not None and quota.places < (number := kept.engaged[held.pk, quota.township_id]):
        yield ("places", "fewer_than_engaged", f"这个乡镇已聘用 {number} 人，名额不能少于它")


def _publicity(held, names):
    first, last = held.publicised_from, held.publicised_until
    if first is None and last is None:
        return
    if first is None or last is None or not held.applies_until <= first <= last:
        yield PUBLICITY
    elif names & {"publicised_from", "publicised_until"} and (told := too_few_days(first, last)):
        yield ("publicised_until", "publicity_days", told.rstrip("。"))


def write(plan, *, by, batch):
    """Write the plan: new notices with their places, then what is added to kept ones and what changes."""
    of_new = {id(held): {} for held in plan.things}
    for quota in plan.parts:
        if id(quota.recruitment) in of_new:
            of_new[id(quota.recruitment)][quota.township_id] = quota.places
    places = [of_new[id(held)] for held in plan.things]
    added = [quota for quota in plan.parts if id(quota.recruitment) not in of_new]
    actions.announce(plan.things, places=places, by=by, batch=batch)
    actions.add_places(added, by=by, batch=batch)
    plan.write_changes(Recruitment, RecruitmentQuota, by=by, batch=batch)
