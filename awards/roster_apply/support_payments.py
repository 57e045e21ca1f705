"""A list of what was paid under a policy against its approved applications: what is not there yet waits for another person."""

from collections import Counter, defaultdict
from decimal import Decimal

from awards import actions
from awards.models import SupportApplication, SupportPayment, SupportPolicy
from awards.roster_apply.money import CENT, MOST, yuan
from core.scope import inside
from core.text import tight
from rosters.comparison import Comparison, Verdict
from rosters.models import Upload
from talent.roster_apply import party, words
from talent.rosters import persons

COUNTY_DIGITS = 6
DAY = len("2024-06-01")
TOLD = ("support_paid_on", "support_paid", "support_paid_basis")
LONGEST = SupportPayment._meta.get_field("basis").max_length
OF_COUNTY = ("support_paid", "support_payment_of_county", "扶持资金由县委组织部支付，这里不能上传")
GONE = ("support_paid", "policy_gone", "这项扶持政策已经删除或不是本县的，请作废这份发放表，选择另一项重新上传")
AMOUNT = ("support_paid", "support_payment_unlikely", "金额请填大于 0、不到一百亿的数，按元填，最多两位小数")
NO_DAY = ("support_paid_on", "day_wanted", "日期要写到日，如 2024.11.20")
LATE = ("support_paid_on", "support_payment_in_future", "晚于数据日期，还没有发放的不登记，请核对日期")
LONG = ("support_paid_basis", "too_long", f"发放依据超过 {LONGEST} 个字，请核对")
NOT_GRANTED = ("name", "support_not_granted", "此人在这项政策下没有批准的申请，请核对人和政策，或先审批申请")
WAITING = ("support_paid", "support_payment_waits", "入库后还不算已支付，等另一位工作人员在“扶持政策”的支付里复核")


def identities(values, fields, context):
    """The same sum to the same person on the same day for the same reason is the same payment."""
    told = tuple(values.get(name) for name in TOLD)
    return [(*key, *told) for key in persons.identity_keys(values, fields, context)]


def compare(rows, scope):
    """A Comparison of rows with what was approved and paid under the policy `scope.target_id`; the plan is the new payments."""
    verdicts, plan = [Verdict() for _ in rows], []
    policy = SupportPolicy.objects.filter(pk=scope.target_id).first()
    by_county = len(scope.code) <= COUNTY_DIGITS
    if not by_county or policy is None or not inside(policy.division_id, scope.code):
        for verdict in verdicts:
            verdict.refuse(*(GONE if by_county else OF_COUNTY))
        return Comparison(verdicts, plan)
    people = party.people(rows, verdicts, scope)
    kept = _Kept(policy, [person for person in people if person], scope.lock)
    for row, verdict, person in zip(rows, verdicts, people, strict=True):
        if row.refused or verdict.refused:
            continue
        for problem in _problems(row.values, scope):
            verdict.refuse(*problem)
        if not verdict.refused:
            kept.take(row.values, verdict, person, plan)
    return Comparison(verdicts, plan)


def _problems(values, scope):
    """What of the cells cannot be."""
    amount = Decimal(str(values["support_paid"]))
    if not 0 < amount < MOST or amount != amount.quantize(CENT):
        yield AMOUNT
    if len(values["support_paid_on"]) < DAY:
        yield NO_DAY
    elif words.day(values["support_paid_on"]) > scope.as_of:
        yield LATE
    if len(values["support_paid_basis"]) > LONGEST:
        yield LONG


class _Kept:
    """The approved applications of people under a policy with what was paid and what is left of each, read once."""

    def __init__(self, policy, people, lock):
        found = SupportApplication.objects.filter(policy=policy, person__in=people, state="approved")
        found = list((found.select_for_update() if lock else found).order_by("decided_on", "pk"))
        self.granted, self.left, self.known = defaultdict(list), {}, Counter()
        for one in found:
            self.granted[one.person_id].append(one)
            self.left[one.pk] = one.amount
        whose = {one.pk: one.person_id for one in found}
        for paid in SupportPayment.objects.standing().filter(application__in=found).order_by("pk"):
            self.left[paid.application_id] -= paid.amount
            # As many rows alike as are kept are those.
            self.known[whose[paid.application_id], paid.on, paid.amount, tight(paid.basis)] += 1

    def take(self, values, verdict, person, plan):
        on, amount = words.day(values["support_paid_on"]), Decimal(str(values["support_paid"]))
        basis = values["support_paid_basis"]
        key = (person.pk, on, amount, tight(basis))
        if self.known[key] > 0:
            self.known[key] -= 1
            verdict.change = "unchanged"
            return
        one, problem = self._application(person, on, amount)
        if problem:
            verdict.refuse(*problem)
            return
        self.left[one.pk] -= amount
        plan.append(SupportPayment(application=one, on=on, amount=amount, basis=basis))
        verdict.change, verdict.diff = "new", {"support_paid": (None, yuan(amount))}
        verdict.hint(*WAITING)

    def _application(self, person, on, amount):
        """(the application approved last by the day with so much left, None) or (None, why there is none)."""
        granted = self.granted[person.pk]
        if not granted:
            return None, NOT_GRANTED
        dated = [one for one in granted if one.decided_on <= on]
        if not dated:
            return None, (
                "support_paid_on",
                "support_paid_early",
                f"早于审批日期 {granted[0].decided_on:%Y-%m-%d}，请核对",
            )
        fitting = [one for one in dated if self.left[one.pk] >= amount]
        if fitting:
            return fitting[-1], None
        one = max(dated, key=lambda one: self.left[one.pk])
        told = f"批准 {one.amount:,.2f} 元，还可支付 {self.left[one.pk]:,.2f} 元，请核对金额"
        return None, ("support_paid", "support_beyond_granted", told)


def write(plan, *, by, batch):
    """Write the payments as waiting, entered by whoever handed the list in, who cannot confirm them."""
    told = Upload.objects.select_related("by").get(pk=batch).by
    for payment in plan:
        payment.made_by = told
    actions.propose_support_payments(plan, by=by, batch=batch)
