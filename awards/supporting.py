"""Support policies against the ledger: which conditions somebody meets and why, what bars an application, what-if."""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, Sum

from awards.eligibility import Finding, breaches, of_record
from awards.models import (
    SupportApplication,
    SupportBudget,
    SupportCondition,
    SupportExclusion,
    SupportPayment,
    SupportPolicy,
)
from core.periods import between, birthday_bound, dated_by, year_to_date
from talent.models import Appointment, Education, EducationLevel, Person, ReserveCandidate, RuralTalent

Kind, Role = SupportCondition.Kind, SupportCondition.Role
Span = SupportExclusion.Span
State = SupportApplication.State
LOAN_SLACK = Decimal(1)  # yuan by which the interest told may pass what amount, rate and days come to


def years_ago(on, years):
    """The day so many full years before `on`; the first of all days where the calendar begins later."""
    return birthday_bound(on, years) if years < on.year else datetime.date.min


@dataclass(frozen=True)
class Facts:
    """What the ledger knows of a person on a date."""

    person: object
    education: str  # code of the highest level, "" where none is known
    talent: object  # the place in the pool of talents, or None
    roles: frozenset
    business: str = ""  # what the person does for a living, as the latest application or the pool tells it


def facts_of(people, on):
    """{person's key: Facts}. Five queries, whatever the people."""
    people = list(people)
    keys = [person.pk for person in people]
    levels = {}
    for row in Education.objects.filter(person_id__in=keys).completed(on).order_by("rank", "pk"):
        levels[row.person_id] = row.level
    talents = {row.person_id: row for row in RuralTalent.objects.in_pool(on).filter(person_id__in=keys).order_by("pk")}
    serving = set(
        Appointment.objects.cadres(on).filter(person_id__in=keys).values_list("person_id", flat=True).order_by()
    )
    waiting = ReserveCandidate.objects.in_pool(on).filter(person_id__in=keys)
    reserve = set(waiting.values_list("person_id", flat=True).order_by())
    told = (
        SupportApplication.objects.by(on).filter(person_id__in=keys).exclude(business="").order_by("applied_on", "pk")
    )
    trades = dict(told.values_list("person_id", "business"))
    held = ((Role.SERVING.value, serving), (Role.RESERVE.value, reserve), (Role.TALENT.value, talents))
    return {
        person.pk: Facts(
            person, levels.get(person.pk, ""), talents.get(person.pk),
            frozenset(name for name, who in held if person.pk in who),
            trades.get(person.pk) or getattr(talents.get(person.pk), "business", ""),
        )
        for person in people
    }  # fmt: skip


def check(condition, facts, on, business=""):
    """One condition on the facts of a person, with its reason; `met` is None where the ledger does not know."""
    met, said = CHECKS[condition.kind](condition, facts, on, business)
    return Finding(condition.text, said, met)


def _range(condition, value, unit):
    if value is None:
        return None, "台账没有登记"
    low = condition.least is None or value >= condition.least
    high = condition.most is None or value <= condition.most
    return low and high, f"{value} {unit}"


def _words(condition, have, none="台账没有登记"):
    """Whether one of what somebody has is among the words; nothing known is not knowing."""
    shown = {code: label for label, code in (SupportCondition.options(condition.kind) or {}).items()}
    have = [one for one in have if one]
    if not have:
        return None, none
    return bool(set(have) & set(condition.codes)), "、".join(shown.get(one, one) for one in have)


def _education(condition, facts, on, business):
    if not facts.education:
        return None, "台账没有登记学历"
    level = EducationLevel(facts.education)
    return level.rank >= EducationLevel(condition.codes[0]).rank, level.label


def _of_talent(condition, facts, read):
    if facts.talent is None:
        return False, "不在乡村人才库"
    return _words(condition, read(facts.talent))


def _returned(condition, facts, on, business):
    if facts.talent is None:
        return False, "不在乡村人才库"
    came = facts.talent.came_on
    if came is None:
        return None, "没有登记来（返）乡时间"
    longest = condition.most is None or came >= years_ago(on, condition.most)
    shortest = condition.least is None or came <= years_ago(on, condition.least)
    return came <= on and longest and shortest, f"{came:%Y-%m-%d} 来（返）乡"


def _households(condition, facts, on, business):
    if facts.talent is None:
        return False, "不在乡村人才库"
    return _range(condition, facts.talent.households_led, "户")


def _roles(condition, facts, on, business):
    labels = "、".join(Role(name).label for name in Role.values if name in facts.roles)
    return bool(facts.roles & set(condition.codes)), labels or "没有在任、后备或在库的身份"


def _party(condition, facts, on, business):
    return _words(condition, [facts.person.political_status])


CHECKS = {
    Kind.AGE: lambda condition, facts, on, business: _range(condition, facts.person.age(on), "周岁"),
    Kind.EDUCATION: _education,
    Kind.ORIGIN: lambda condition, facts, on, business: _of_talent(condition, facts, lambda row: [row.origin]),
    Kind.TALENT_CLASS: lambda condition, facts, on, business: _of_talent(condition, facts, lambda row: [row.talent_class]),
    Kind.TAG: lambda condition, facts, on, business: _of_talent(condition, facts, lambda row: row.tag_words),
    Kind.ROLE: _roles,
    Kind.RETURNED: _returned,
    Kind.HOUSEHOLDS: _households,
    Kind.PARTY: _party,
    Kind.BUSINESS: lambda condition, facts, on, business: _words(condition, [business], "没有写经营类型"),
}  # fmt: skip


# --- one application


def examine(application, decided_on=None):
    """[Finding] of an application: the policy's time, each condition on the day of application, earlier support, the amount.

    What excludes it in a year is looked for in the year of the application and in that of the decision."""
    policy, on = application.policy, application.applied_on
    facts = facts_of([application.person], on)[application.person_id]
    found = [_in_time(policy, on)]
    found += [check(one, facts, on, application.business) for one in policy.conditions.order_by("kind", "pk")]
    against = rivals(policy)
    before = _others(application.person_id, policy, against, application.pk)
    if policy.clean_record:
        found.append(of_record(breaches([application.person_id], on)[application.person_id]))
    found += [_repeated(policy, on, before), _excluded({on, decided_on or on}, policy, before, against)]
    found += [_loan(application)] if policy.kind == SupportPolicy.Kind.LOAN else []
    return [*found, _amount(policy, application.base)]


def _in_time(policy, on):
    text = f"{policy.start:%Y-%m-%d} 至 {f'{policy.end:%Y-%m-%d}' if policy.end else '今'}"
    return Finding(
        "政策执行期", f"{on:%Y-%m-%d} 申请，政策{text}", policy.start <= on and (policy.end is None or policy.end >= on)
    )


def rivals(policy):
    """{key of a policy that excludes this one: the Span}: those of its group, and those it is paired with. Two queries."""
    found = {}
    if policy.exclusion_group:
        group = SupportPolicy.objects.filter(division_id=policy.division_id, exclusion_group=policy.exclusion_group)
        found = dict.fromkeys(group.exclude(pk=policy.pk).values_list("pk", flat=True).order_by(), Span.YEAR.value)
    for pair in SupportExclusion.objects.of(policy).order_by("pk"):
        found[pair.second_id if pair.first_id == policy.pk else pair.first_id] = pair.span
    return found


def excludes(span, on, earlier_on):
    """Whether support decided (or asked for) on `earlier_on` under another policy bars this one on `on`."""
    return span == Span.EVER or (span == Span.YEAR and earlier_on.year == on.year)


def _others(person, policy, against, but):
    """Other standing applications of the person for this policy and those that exclude it."""
    rows = SupportApplication.objects.standing().filter(policy_id__in=[policy.pk, *against], person=person)
    return list(rows.exclude(pk=but).select_related("policy").order_by("applied_on", "pk"))


def is_repeated(policy, on, earlier_on):
    """Whether support decided (or asked for) on `earlier_on` bars one asked for on `on`."""
    return policy.repeat_years == 0 or earlier_on > years_ago(on, policy.repeat_years)


def _repeated(policy, on, before):
    rule = f"间隔 {policy.repeat_years} 年" if policy.repeat_years else "只能享受一次"
    barred = [
        one
        for one in before
        if one.policy_id == policy.pk and is_repeated(policy, on, one.decided_on or one.applied_on)
    ]
    if barred:
        one = barred[-1]
        return Finding(f"重复享受（{rule}）", f"{one.applied_on:%Y-%m-%d} 的申请{one.get_state_display()}", False)
    return Finding(f"重复享受（{rule}）", "没有重复", True)


def _excluded(days, policy, before, against):
    if not against:
        return Finding("互斥政策", "没有互斥的政策", True)
    barred = [
        one
        for one in before
        if any(excludes(against.get(one.policy_id), day, one.decided_on or one.applied_on) for day in days)
    ]
    if barred:
        one = max(barred, key=lambda row: row.state == State.APPROVED)
        year = (one.decided_on or one.applied_on).year
        return Finding("互斥政策", f"{year} 年“{one.policy.name}”的申请{one.get_state_display()}", False)
    return Finding("互斥政策", "没有享受互斥的政策", True)


def _loan(application):
    """Bank, amount, rate and days of a loan, and whether the interest told can come of them."""
    row = application
    if not (row.bank and row.loan and row.loan_rate and row.loan_start and row.loan_end):
        return Finding("贷款资料", "贷款银行、金额、利率、贴息期没有填全", None)
    days = (row.loan_end - row.loan_start).days + 1
    interest = (row.loan * row.loan_rate / 100 * days / 365).quantize(Decimal("0.01"))
    text = f"{row.bank}贷款 {row.loan:,.2f} 元，年利率 {row.loan_rate}%，贴息期 {days} 天，付息约 {interest:,.2f} 元"
    if row.base is not None and row.base > interest + LOAN_SLACK:
        return Finding("贷款资料", f"{text}，申请填的 {row.base:,.2f} 元比它多", None)
    return Finding("贷款资料", text, True)


def _amount(policy, base):
    amount = policy.amount(base)
    if amount is None:
        return Finding("金额", f"没有填{policy.base}", None)
    return Finding("金额", f"按{policy.formula_text}计 {amount:,.2f} 元", amount > 0)


# --- budget


def granted_in(policy, year, but=None):
    """What was approved under the policy in the year, in yuan."""
    rows = policy.applications.filter(state=State.APPROVED, decided_on__year=year).exclude(pk=but)
    return rows.aggregate(total=Sum("amount"))["total"] or Decimal(0)


def paid_of(policy, on):
    """(paid, waiting for a second person) under the policy in the year of `on` until the day, in yuan. One query."""
    rows = SupportPayment.objects.filter(year_to_date(on, "on"), application__policy=policy).order_by()
    found = rows.aggregate(
        paid=Sum("amount", filter=Q(state__in=SupportPayment.COUNTED)),
        waiting=Sum("amount", filter=Q(state=SupportPayment.State.PROPOSED)),
    )
    return found["paid"] or Decimal(0), found["waiting"] or Decimal(0)


def budget_of(policy, year):
    return SupportBudget.objects.filter(policy=policy, year=year).first()


# --- what-if


@dataclass(frozen=True)
class Outcome:
    """Who meets the conditions on a date, who of them may still apply, and what that would cost in the year."""

    qualified: dict  # person's key → Facts
    unknown: int  # people of whom the ledger does not know enough
    may_apply: frozenset
    each: Decimal
    cost: Decimal


def candidates(user, on):
    """People whom a policy may be for: in office, in reserve or in the pool of talents on the date."""
    held = Q()
    for rows in (Appointment.objects.cadres(on), ReserveCandidate.objects.in_pool(on), RuralTalent.objects.in_pool(on)):
        held |= Q(pk__in=rows.values("person_id").order_by())
    return Person.objects.visible_to(user).filter(held).select_related("village__township").order_by("village_id", "pk")


def outcome(policy, conditions, facts, barred, on, base):
    """Outcome of a policy (unsaved values are taken as they are) with these conditions. No query.

    The kind of business is what the latest application of a person, else the pool of talents tells."""
    qualified, unknown = {}, 0
    for key, one in facts.items():
        met = [check(condition, one, on, one.business).met for condition in conditions]
        if False in met:
            continue
        if None in met:
            unknown += 1
        else:
            qualified[key] = one
    may = frozenset(qualified) - barred
    each = policy.amount(base) or Decimal(0)
    return Outcome(qualified, unknown, may, each, each * len(may))


def barred(policy, on, people=()):
    """Keys of people who may not have the policy on the date: they had it or one that excludes it, or something in their
    record speaks against (looked at for `people`)."""
    against = rivals(policy)
    rows = (
        SupportApplication.objects.standing()
        .filter(policy_id__in=[policy.pk, *against])
        .filter(dated_by(on, "applied_on"))
    )
    found = set()
    for row in rows.order_by("pk"):
        since = row.decided_on or row.applied_on
        if (
            is_repeated(policy, on, since)
            if row.policy_id == policy.pk
            else excludes(against[row.policy_id], on, since)
        ):
            found.add(row.person_id)
    if policy.clean_record and people:
        told = breaches(list(people), on)
        found |= {key for key in people if told[key]}
    return frozenset(found)


def mean_base(policy, on):
    """The mean base or number of units of the applications so far; None without any."""
    rows = policy.applications.filter(dated_by(on, "applied_on"), base__isnull=False).order_by()
    found = list(rows.values_list("base", flat=True))
    return (sum(found) / len(found)).quantize(Decimal("0.01")) if found else None


def standing_of(policies, year):
    """{policy's key: (budget or None, granted)} of the year. Two queries."""
    budgets = dict(
        SupportBudget.objects.filter(between(year, year, "year"), policy__in=policies).values_list(
            "policy_id", "amount"
        )
    )
    given = defaultdict(Decimal)
    rows = SupportApplication.objects.filter(policy__in=policies, state=State.APPROVED, decided_on__year=year)
    for key, amount in rows.values_list("policy_id", "amount").order_by():
        given[key] += amount
    return {policy.pk: (budgets.get(policy.pk), given[policy.pk]) for policy in policies}
