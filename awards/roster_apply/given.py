"""A list of who was awarded against the awards kept: people by ID number, collectives by village and name."""

from collections import Counter
from dataclasses import replace

from django.db.models import Q

from awards import actions
from awards.models import Award, AwardRound, AwardScheme, FundEntry, Nomination
from awards.roster_apply.money import MOST, money
from awards.roster_export.values import exact
from core.scope import ancestors, inside, within
from core.text import tight
from talent.roster_apply import roles, words
from talent.roster_apply.role_kinds import RoleField, RoleKind, choice, text

INDIVIDUAL, COLLECTIVE = "individual", "collective"
LONGEST_NAME = Award._meta.get_field("collective").max_length
UNKNOWN = (
    "award_scheme",
    "unknown_award_scheme",
    "没有登记这个表彰项目，请核对名称，或先在“表彰”新建、上传“表彰项目和轮次表”",
)
OF_ANOTHER = ("award_scheme", "award_of_county", "这个表彰项目由上级设立，请由设立单位登记表彰名单")
NEW_PERSON = ("id_number", "missing_id", "这个村没有此人的档案，身份证号没有填，请对照身份证补上")
NO_DAY = ("award_day", "missing_field:award_day", "表彰日期没有填，新登记的要填")
NO_DOCUMENT = ("award_document", "missing_field:award_document", "表彰文号没有填，新登记的要填")
LATE = ("award_day", "award_in_future", "晚于数据日期，请核对表彰日期")
EARLY = ("award_day", "award_before_year", "早于表彰年度，请核对表彰年度和日期")
IN_ROUND = ("award_year", "award_of_round", "这一年度的表彰在系统里推荐和评审，请在“表彰”的轮次里作出决定")
FROZEN = ("name", "award_frozen", "这项表彰由轮次作出、已发放证书或已撤销，不再从名册改动，要更正的在表彰的页面办理")
PAID = ("award_bonus", "award_paid", "奖励基金已有这项表彰的支付，奖金不再从名册改动")
BONUS = ("award_bonus", "award_bonus_unlikely", "奖金不能是负数，也不能超过一亿元，请按元填写")
NAME_TOO_LONG = ("name", "too_long", f"集体名称超过 {LONGEST_NAME} 个字，请核对")
MOST_BONUS = MOST / 100
FIELDS = (
    choice("award_category", "category", Award.Category),
    text("award_document", "document_no"),
    RoleField("award_day", "decided_on", keep=words.day, show=exact, empty=None),
    money("award_bonus", "bonus"),
    text("award_material", "material"),
    text("award_honours", "honours"),
    text("remarks"),
)


def compare(rows, scope):
    """A Comparison of rows with the awards of the division's schemes."""
    return roles.compare(_awards(_Schemes(scope)), [_typed(row) for row in rows], scope)


def _typed(row):
    """The row with its type said: where no column says, whoever has no ID number and is called like a collective is none."""
    kind = row.values.get("nominee_type") or INDIVIDUAL
    return replace(row, values={**row.values, "nominee_type": kind})


class _Schemes:
    """The schemes that serve the division, the years run in rounds here, and what is left of the places of the others."""

    def __init__(self, scope):
        found = AwardScheme.objects.filter(Q(division_id__in=ancestors(scope.code)) | within("division_id", scope.code))
        # Of two of a name the one of the office itself, then of whoever is above.
        found = sorted(found.order_by("pk"), key=lambda one: (one.division_id != scope.code, len(one.division_id)))
        self.by_name = {}
        for one in found:
            self.by_name.setdefault(tight(one.name), one)
        rounds = AwardRound.objects.filter(scheme__in=[one.pk for one in found])
        run = Nomination.objects.filter(round__in=rounds).values_list("round__scheme_id", "round__year")
        self.run = set(run.distinct().order_by())
        self.left, lacking = Counter(), set()
        for held in rounds.order_by("pk"):
            for kind, places in ((INDIVIDUAL, held.individual_places), (COLLECTIVE, held.collective_places)):
                key = (held.scheme_id, held.year, kind)
                self.left[key] += places or 0
                lacking |= {key} if places is None else set()
        for key in lacking:
            del self.left[key]
        for award in Award.objects.filter(scheme__in=[one.pk for one in found], withdrawn_on=None).order_by("pk"):
            key = (award.scheme_id, award.year, INDIVIDUAL if award.person_id else COLLECTIVE)
            if key in self.left:
                self.left[key] -= 1

    def of(self, values):
        return self.by_name.get(tight(values["award_scheme"]))

    def take(self, scheme, year, kind):
        """None, or why there is no more place."""
        key = (scheme.pk, year, kind)
        if key not in self.left:
            return None
        self.left[key] -= 1
        if self.left[key] >= 0:
            return None
        word = "个人" if kind == INDIVIDUAL else "集体"
        return ("name", "beyond_places", f"超过 {year} 年度表彰{word}的名额，请核对名单，或先更正轮次的名额")


def _awards(schemes):
    def kept(ids, scope):
        ours = Q(person_id__in=ids) | (Q(person__isnull=True) & within("village_id", scope.code))
        return Award.objects.filter(ours).select_related("scheme", "person")

    def key_of(role):
        whose = (INDIVIDUAL,) if role.person_id else (COLLECTIVE, role.village_id, role.collective)
        return (role.scheme_id, role.year, *whose)

    def keys(row):
        values, scheme = row.values, schemes.of(row.values)
        is_person = values["nominee_type"] == INDIVIDUAL
        whose = (INDIVIDUAL,) if is_person else (COLLECTIVE, row.village_code, values["name"])
        return ((scheme.pk if scheme else None, values["award_year"], *whose),)

    return RoleKind(
        keys=keys,
        kept=kept,
        key_of=key_of,
        current=lambda role, scope: True,
        new=lambda key, values, village, scope: Award(
            scheme=schemes.of(values), year=int(key[1]), village_id=village,
            collective=values["name"] if key[2] == COLLECTIVE else "",
        ),
        write=actions.give_awards,
        fields=FIELDS,
        show=("award_scheme", lambda key, role: f"{role.year} 年度{role.scheme}"),
        around=lambda ids, scope: set(FundEntry.objects.exclude(award=None).values_list("award_id", flat=True).order_by()),
        check=lambda case: _check(case, schemes, next((one for one in case.kept if key_of(one) == case.key), None)),
        is_person=lambda values: values["nominee_type"] == INDIVIDUAL,
        left_out=frozenset({"remarks", "village"}),
        states_education=False,
    )  # fmt: skip


def _check(case, schemes, role):
    """What the page would refuse of the award that the row leaves behind."""
    values, scheme = case.row.values, schemes.of(case.row.values)
    year, bonus = values["award_year"], values.get("award_bonus")
    if scheme is None:
        return UNKNOWN
    if not inside(scheme.division_id, case.scope.code):
        return OF_ANOTHER if role is None or _news(case, role) else None
    if year != int(year) or not 1949 <= year <= case.scope.as_of.year:
        return (
            "award_year",
            "year_out_of_range",
            f"“{year:g}”不是年度，请填四位年份，不晚于 {case.scope.as_of.year} 年",
        )
    if bonus is not None and not 0 <= bonus < MOST_BONUS:
        return BONUS
    if case.key[2] == COLLECTIVE and len(values["name"]) > LONGEST_NAME:
        return NAME_TOO_LONG
    if values.get("award_day") and words.day(values["award_day"]) > case.scope.as_of:
        return LATE
    if values.get("award_day") and words.day(values["award_day"]).year < year:
        return EARLY
    return _check_new(case, schemes, scheme) if role is None else _check_kept(case, role)


def _check_new(case, schemes, scheme):
    values, year = case.row.values, int(case.row.values["award_year"])
    if case.key[2] == INDIVIDUAL and case.person is None and not values.get("id_number"):
        return NEW_PERSON
    if not values.get("award_day"):
        return NO_DAY
    if not values.get("award_document"):
        return NO_DOCUMENT
    if (scheme.pk, year) in schemes.run:
        return IN_ROUND
    return schemes.take(scheme, year, case.key[2])


def _news(case, role):
    """The fields that the row says otherwise than the kept award."""
    return [
        one for one in FIELDS
        if one.field in case.row.cleared
        or not (one.says_nothing(case.row) or one.agrees(getattr(role, one.attribute), case.row.values.get(one.field)))
    ]  # fmt: skip


def _check_kept(case, role):
    news = _news(case, role)
    if news and (role.nomination_id or role.frozen):
        return FROZEN
    if role.pk in case.around and any(one.attribute == "bonus" for one in news):
        return PAID
    return (
        ("award_day", "not_to_be_empty", "表彰日期不能清空，请填写，或留空不改")
        if "award_day" in case.row.cleared
        else None
    )
