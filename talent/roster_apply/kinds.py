"""The roles that this app's rosters are about: reserve candidates, people sent in, rural talents."""

from decimal import Decimal

from talent import actions
from talent.models import (
    Appointment,
    Business,
    Post,
    ReserveCandidate,
    RuralTalent,
    Stationing,
    SubClass,
    TalentClass,
    Willing,
)
from talent.models.appointment import SENT_IN
from talent.models.talent_classes import CLASS_OF
from talent.roster_apply import words
from talent.roster_apply.role_kinds import RoleField, RoleKind, check_period, choice, count, day, meant, text, yes_no

NOT_SENT_IN = "这里只填第一书记、工作队队长和队员；村干部职务请填入村“两委”干部花名册"
SENT = frozenset(post.value for post in SENT_IN)
MOST_FUNDS = 1_000_000  # 万元


def start_of(values, field, scope):
    """The first day a row states, or the roster's date."""
    return words.day(values[field]) if values.get(field) else scope.as_of


def _one(row):
    """The only role that a row of these rosters names."""
    return ("",)


def _only(role):
    return ""


def _check_pool(what):
    """A check: one person is in one village's pool at a time, and a new time in it begins after the last one ended."""

    def check(case):
        if any(role.village_id != case.row.village_code for role in case.open):
            return ("village", "in_another_pool", f"此人已在另一个村的{what}中，请先在那里办理出库，或改正所在村")
        return check_period(case, case.kept, "entered_on", "入库时间")

    return check


# --- reserve candidates


def _new_reserve(key, values, village, scope):
    """书记后备 only where the roster says so."""
    other = ReserveCandidate.Target.OTHER.value
    return ReserveCandidate(village_id=village, target=other, start=start_of(values, "entered_on", scope))


def _serving(ids, scope):
    """{(person, village)} of the rows' people who serve on the date."""
    seats = Appointment.objects.cadres(scope.as_of).filter(person_id__in=ids)
    return set(seats.values_list("person_id", "village_id"))


def _note_serving(case):
    if case.person is not None and (case.person.pk, case.row.village_code) in case.around:
        return ("name", "is_serving", "此人现任本村“两委”职务，请核对是否仍作后备")
    return None


RESERVE = RoleKind(
    keys=_one,
    kept=lambda ids, scope: ReserveCandidate.objects.filter(person_id__in=ids),
    key_of=_only,
    new=_new_reserve,
    write=actions.enter_pool,
    fields=(
        choice("target_post", "target", ReserveCandidate.Target),
        choice("source", "source", ReserveCandidate.Source),
        choice("planned_post", "planned_post", Post),
        choice("readiness", "readiness", ReserveCandidate.Readiness),
        text("mentor"),
        text("measures"),
        day("entered_on", "start"),
        text("remarks"),
    ),
    show=("target_post", lambda key, role: role.get_target_display()),
    around=_serving,
    check=_check_pool("后备库"),
    note=_note_serving,
    start_field="entered_on",
)


# --- people sent in


def _new_stay(key, values, village, scope):
    return Stationing(village_id=village, role=key[1], start=start_of(values, "start_date", scope))


def _check_stay(case):
    if set(case.row.values["posts"]) - SENT:
        return ("posts", "not_sent_in", NOT_SENT_IN)
    same = [role for role in case.kept if _stay_of(role) == case.key]
    now = meant([role for role in same if role in case.open], case.scope.as_of)
    typed = case.row.values
    start = now.start if now and not typed.get("start_date") else case.start("start_date")
    if typed.get("due") and words.day(typed["due"]) < start and not (now and words.same_day(now.due, typed["due"])):
        return ("due", "due_before_start", f"早于派驻时间（{words.month(start)}），请核对轮换日期和派驻时间")
    if not 0 <= (typed.get("funds_wan") or 0) < MOST_FUNDS:
        return ("funds_wan", "funds_out_of_range", "超出范围，请按万元填写工作经费")
    return check_period(case, same, "start_date", "派驻时间")


def _note_stay(case):
    """Whoever changes from one post to another is to be ended in the old one by hand: two at once are possible too."""
    here = [role for role in case.open if role.village_id == case.row.village_code]
    others = [role.get_role_display() for role in here if role.role not in case.row.values["posts"]]
    if not others or any(_stay_of(role) == case.key for role in here):
        return None
    told = f"此人在本村还登记为{'、'.join(others)}，入库后并存；如是改任，请在“驻村与挂职”里办理原职务的离任"
    return ("posts", "other_stay", told)


def _stay_of(role):
    return (role.village_id, role.role)


STATIONED = RoleKind(
    keys=lambda row: tuple((row.village_code, post) for post in row.values["posts"]),
    kept=lambda ids, scope: Stationing.objects.filter(person_id__in=ids),
    key_of=_stay_of,
    new=_new_stay,
    write=actions.station,
    fields=(
        text("dispatch_unit"),
        choice("unit_level", "unit_level", Stationing.UnitLevel),
        text("original_post"),
        text("team"),
        day("start_date", "start"),
        day("due", "due"),
        yes_no("party_transferred"),
        yes_no("insured"),
        RoleField("funds_wan", "funds_wan", lambda typed: None if typed is None else Decimal(str(typed)), empty=None),
        text("remarks"),
    ),
    show=("posts", lambda key, role: role.get_role_display()),
    check=_check_stay,
    note=_note_stay,
    start_field="start_date",
)


# --- rural talents


def _new_talent(key, values, village, scope):
    return RuralTalent(village_id=village, start=start_of(values, "entered_on", scope))


_in_one_pool = _check_pool("乡村人才库")
WRONG_CLASS = ("sub_class", "sub_class_elsewhere", "这个小类不属于所填的大类，请核对大类和小类")


def _check_talent(case):
    values = case.row.values
    one, sub = values.get("talent_class"), values.get("sub_class")
    if one and sub and CLASS_OF[sub] != one:
        return WRONG_CLASS
    return _in_one_pool(case)


def _settle_class(role, values):
    """A sub-class says its class; another class without a sub-class leaves the old one behind."""
    if not role.sub_class or CLASS_OF[role.sub_class] == role.talent_class:
        return ()
    if values.get("sub_class") or not values.get("talent_class"):
        role.talent_class = CLASS_OF[role.sub_class]
        return ("talent_class",)
    role.sub_class = ""
    return ("sub_class",)


TALENT = RoleKind(
    keys=_one,
    kept=lambda ids, scope: RuralTalent.objects.filter(person_id__in=ids),
    key_of=_only,
    new=_new_talent,
    write=actions.enter_talent_pool,
    fields=(
        choice("talent_category", "category", RuralTalent.Category),
        text("specialty"),
        yes_no("is_demonstration"),
        choice("talent_class", "talent_class", TalentClass),
        choice("sub_class", "sub_class", SubClass),
        *(text(name) for name in ("tags", "skills", "certificates", "scale")),
        choice("business", "business", Business),
        count("households_led"),
        choice("willing", "willing", Willing),
        text("wishes"),
        choice("origin", "origin", RuralTalent.Origin),
        text("came_from"),
        day("came_on", "came_on"),
        day("entered_on", "start"),
        text("remarks"),
    ),
    show=("talent_category", lambda key, role: role.get_category_display() or "入库"),
    check=_check_talent,
    settle=_settle_class,
    start_field="entered_on",
)
