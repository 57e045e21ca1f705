"""A township's list of nominees against the nominations of the round: people by ID number, collectives by name."""

from dataclasses import dataclass, replace

from django.db.models import Q

from awards import actions
from awards.models import Award, AwardRound, Nomination
from core.identity import mask_phone
from core.scope import inside, within
from rosters import places
from rosters.comparison import Comparison, Verdict, outside
from talent.roster_apply import roles
from talent.roster_apply.role_kinds import RoleField, RoleKind, choice, text
from talent.roster_apply.townships import COUNTY_DIGITS, codes_of

INDIVIDUAL, COLLECTIVE = Nomination.Type.INDIVIDUAL.value, Nomination.Type.COLLECTIVE.value
TOWNSHIP_DIGITS = 9
LARGEST_COUNT = 2_147_483_647
LONGEST_NAME = Nomination._meta.get_field("collective").max_length
TOWNSHIP = "township_code"  # the key of a row's values for the code of the recommending township
GONE = ("name", "round_gone", "这一轮表彰已经删除，请作废这份推荐表，选择另一轮重新上传")
NO_TOWNSHIP = ("township", "missing_field:township", "推荐乡镇没有填，请补上")
NO_VILLAGE = (
    "unit",
    "missing_field:village",
    "此人还没有档案，工作单位里也认不出是哪个村，请在“工作单位及职务”写明村名，或先在“人员”里建档",
)
NOMINATED = ("name", "nominated_elsewhere", "此人在这一轮已有推荐，不能再推荐一次，请联系县委组织部")
OTHER_TOWNSHIP = ("township", "nominated_by_another", "系统中此人由本单位另一个乡镇推荐，推荐乡镇没有改动")
BEYOND = ("name", "beyond_quota", "这个乡镇推荐这一类的名额已经用完，请核对推荐名单；要增加名额的请联系县委组织部")
FROZEN = ("name", "nomination_frozen", "这条推荐县里已经审核或公示，推荐材料不再改动，要改的请联系县委组织部")
NAME_TOO_LONG = ("name", "too_long", f"集体名称超过 {LONGEST_NAME} 个字，请核对")
# This roster has no column of villages: what the shared comparison says of one is told where it was looked for.
INSTEAD = {"missing_field:village": "unit", "outside_scope": "township", "managed_in_other_village": "unit"}


def compare(rows, scope):
    """A Comparison of rows with the nominations of the round `scope.target_id`."""
    held = AwardRound.objects.filter(pk=scope.target_id).select_related("scheme").first()
    if held is None:
        return _refused(rows)
    comparison = roles.compare(_nominations(held), _placed(rows, scope), scope)
    for verdict in comparison.verdicts:
        verdict.problems = [_told_here(problem) for problem in verdict.problems]
    return comparison


def _refused(rows):
    verdicts = [Verdict() for _ in rows]
    for verdict in verdicts:
        verdict.refuse(*GONE)
    return Comparison(verdicts)


def _told_here(problem):
    if problem.field != "village":
        return problem
    message = NO_VILLAGE[2] if problem.code == NO_VILLAGE[1] else problem.message
    return replace(problem, field=INSTEAD.get(problem.code, "unit"), message=message)


# --- where a row belongs


def _placed(rows, scope):
    """The rows with the code of their township, and of the village that a person's unit or a collective's name names."""
    gazetteer = places.gazetteer_of(scope.code[:COUNTY_DIGITS], scope.as_of)
    own = scope.code if len(scope.code) == TOWNSHIP_DIGITS else None
    return [
        _place(row, code or (None if row.values.get("township") else own), gazetteer, scope)
        for row, code in zip(rows, codes_of(rows, scope), strict=True)
    ]


def _place(row, township, gazetteer, scope):
    values = {**row.values, "nominee_type": COLLECTIVE if _is_collective(row.values) else INDIVIDUAL}
    if township and outside(township, scope.code):
        return replace(row, values={**values, TOWNSHIP: township}, village_code=township)
    village = _village(values, gazetteer)
    if village and township and not inside(village, township):
        village = None  # a village of elsewhere: where somebody was born or comes from, not whose file it is
    township = township or (village[:TOWNSHIP_DIGITS] if village and not outside(village, scope.code) else None)
    return replace(row, values={**values, TOWNSHIP: township}, village_code=village if township else None)


def _village(values, gazetteer):
    """The code of the only village named in full where a row says what it is, or None."""
    said = values.get("name") if values["nominee_type"] == COLLECTIVE else values.get("unit")
    township = values.get("township") or gazetteer.township_mentioned(said or "")
    name = gazetteer.village_mentioned(said, township) if said else None
    return gazetteer.resolve(township or "", name).village_code if name else None


def _is_collective(values):
    """As the reading has it: what the row or its heading says, else the columns that only a collective has."""
    stated = values.get("nominee_type")
    if stated:
        return stated == COLLECTIVE
    return "id_number" not in values and ("leader_name" in values or "member_count" in values)


# --- the role


@dataclass(frozen=True)
class Count(RoleField):
    """A number of people."""

    def misfit(self, row, kept):
        typed = row.values.get(self.field)
        if typed in (None, ""):
            return super().misfit(row, kept)
        if typed != int(typed) or not 0 <= typed <= LARGEST_COUNT:
            return (self.field, "not_whole", f"“{typed}”不是人数，请填整数")
        return None


@dataclass(frozen=True)
class Phone(RoleField):
    """The phone of a collective; that of a person belongs to the person's file."""

    def says_nothing(self, row):
        if row.values["nominee_type"] == INDIVIDUAL or super().says_nothing(row):
            return True
        return any(problem.code == "phone_format" for problem in row.problems)


FIELDS = (
    text("unit"),
    choice("award_category", "category", Award.Category),
    text("achievements"),
    text("leader_name"),
    Count(
        "member_count", "member_count", keep=int, show=lambda value: None if value is None else str(value), empty=None
    ),
    Phone("phone", "phone", show=lambda value: mask_phone(value) if value else None, empty=None),
    text("remarks"),
)


def _nominations(held):
    room = _Room(held)

    def kept(ids, scope):
        ours = Q(person_id__in=ids) | (Q(person__isnull=True) & within("township_id", scope.code))
        return Nomination.objects.filter(ours, round=held).select_related("round__scheme", "person")

    return RoleKind(
        keys=_keys,
        kept=kept,
        key_of=_key_of,
        current=lambda role, scope: role.withdrawn_on is None,
        new=lambda key, values, village, scope: _new(held, values, village),
        write=actions.nominate,
        fields=FIELDS,
        show=("award_category", lambda key, role: role.get_category_display() or "推荐"),
        check=lambda case: _check(case) or _frozen(case) or room.take(case),
        note=_note,
        is_person=lambda values: values["nominee_type"] == INDIVIDUAL,
    )


def _keys(row):
    values = row.values
    if values["nominee_type"] == INDIVIDUAL:
        return ((INDIVIDUAL,),)
    return ((COLLECTIVE, values[TOWNSHIP], values["name"]),)


def _key_of(role):
    return (INDIVIDUAL,) if role.person_id else (COLLECTIVE, role.township_id, role.collective)


def _new(held, values, village):
    township = values[TOWNSHIP]
    return Nomination(
        round=held,
        township_id=township,
        nominee_type=values["nominee_type"],
        collective=values["name"] if values["nominee_type"] == COLLECTIVE else "",
        village_id=village if inside(village, township) else None,
    )


def _check(case):
    values = case.row.values
    if not values[TOWNSHIP]:
        return NO_TOWNSHIP
    if values["nominee_type"] == COLLECTIVE:
        return NAME_TOO_LONG if len(values["name"]) > LONGEST_NAME else None
    return NOMINATED if any(outside(role.township_id, case.scope.code) for role in _standing(case)) else None


def _standing(case):
    return [role for role in case.kept if role.withdrawn_on is None]


def _named(case):
    """The standing nomination that the row names, or None."""
    return next((role for role in _standing(case) if _key_of(role) == case.key), None)


def _frozen(case):
    """Why what the row says of a kept nomination may not change any more; None where it says nothing new."""
    role = _named(case)
    if role is None or not (role.publicity_id or (_is_township(case) and role.eligibility)):
        return None
    news = (one for one in FIELDS if not one.says_nothing(case.row))
    changes = any(not one.agrees(getattr(role, one.attribute), case.row.values.get(one.field)) for one in news)
    return FROZEN if changes else None


def _is_township(case):
    return len(case.scope.code) == TOWNSHIP_DIGITS


class _Room:
    """How many more each township may nominate in the round; new rows take their places in order."""

    def __init__(self, held):
        self.left = actions.left(held, list(held.quotas.values_list("township_id", flat=True).order_by("pk")))

    def take(self, case):
        place = (case.row.values[TOWNSHIP], case.row.values["nominee_type"])
        if _named(case) or place not in self.left:
            return None
        self.left[place] -= 1
        return BEYOND if self.left[place] < 0 else None


def _note(case):
    if _named(case) is None:
        return _again(case)
    if case.row.values["nominee_type"] == COLLECTIVE:
        return None
    return OTHER_TOWNSHIP if _named(case).township_id != case.row.values[TOWNSHIP] else None


def _again(case):
    """That whom the row nominates was nominated before and taken back; what another's township wrote is not told."""
    gone = [role for role in case.kept if _key_of(role) == case.key and not outside(role.township_id, case.scope.code)]
    if not gone:
        return None
    last = max(gone, key=lambda role: (role.withdrawn_on, role.pk))
    told = f"{last.withdrawn_on:%Y.%m.%d} 撤回过推荐（{last.withdraw_reason}），"
    return ("name", "nominated_again", f"{told}这次作为新的推荐；不再推荐的，请删去这一行")
