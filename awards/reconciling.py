"""The fund's ledger beside the awards: what was promised, paid and is still open, and where the two differ."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from awards.models import Award, FundEntry
from core.periods import dated_by, year_to_date

Kind, State, Form = FundEntry.Kind, FundEntry.State, FundEntry.Form
ZERO = Decimal(0)


@dataclass
class Account:
    """What one award has to do with the fund, in yuan."""

    award: Award
    paid: Decimal = ZERO
    asked: Decimal = ZERO
    back: Decimal = ZERO

    @property
    def open(self):
        """What is still to be paid, or to be asked for."""
        return max(self.award.bonus - self.paid + self.back - self.asked, ZERO) if not self.is_withdrawn else ZERO

    @property
    def is_withdrawn(self):
        return self.award.withdrawn_on is not None

    @property
    def difference(self):
        """Why the ledger and the award differ; "" where they agree."""
        kept = self.paid - self.back
        if self.is_withdrawn:
            return f"表彰已撤销，还有 {kept:,.2f} 元没有追回" if kept > 0 else ""
        if kept > self.award.bonus:
            return f"奖金 {self.award.bonus:,.2f} 元，已付 {kept:,.2f} 元，多付 {kept - self.award.bonus:,.2f} 元"
        if kept < self.award.bonus:
            waiting = f"（待复核 {self.asked:,.2f} 元）" if self.asked else ""
            return (
                f"奖金 {self.award.bonus:,.2f} 元，已付 {kept:,.2f} 元，还差 {self.award.bonus - kept:,.2f} 元{waiting}"
            )
        return ""


def accounts(division, on):
    """[Account] of every award of the division's schemes decided by the day with a bonus or any payment. Two queries."""
    decided = Award.objects.filter(dated_by(on, "decided_on"), scheme__division_id=division)
    rows = decided.select_related("scheme", "person", "village__township").order_by("-decided_on", "village_id", "pk")
    sums = defaultdict(lambda: {"paid": ZERO, "asked": ZERO, "back": ZERO})
    for entry in FundEntry.objects.filter(dated_by(on, "on"), award__scheme__division_id=division).order_by("pk"):
        if part := _part(entry):
            sums[entry.award_id][part] += entry.amount
    found = [Account(award, **sums[award.pk]) for award in rows if award.bonus or award.pk in sums]
    for one in found:
        if one.award.withdrawn_on and one.award.withdrawn_on > on:
            one.award.withdrawn_on = None
    return found


def _part(entry):
    if entry.kind == Kind.REFUND:
        return "back" if entry.state == State.BOOKED else ""
    if entry.form != Form.BONUS or entry.state == State.REJECTED:
        return ""
    return "paid" if entry.state == State.BOOKED else "asked"


@dataclass
class Standing:
    """A fund on a day, in yuan."""

    budget: Decimal | None
    income: Decimal
    paid: Decimal
    balance: Decimal
    committed: Decimal
    asked: Decimal

    @property
    def free(self):
        """What is left of the balance when all that is promised has been paid."""
        return self.balance - self.committed

    @property
    def short(self):
        """By how much the balance falls short of all that is promised."""
        return max(-self.free, ZERO)

    @property
    def left_of_budget(self):
        return None if self.budget is None else self.budget - self.paid


def standing(fund, accounts, on):
    """What the fund comes to on the day: of the year to date, but for the balance, and all that is promised and open."""
    entries = list(fund.entries.filter(dated_by(on, "on")).signed().order_by("on", "pk"))
    this_year = set(fund.entries.filter(year_to_date(on, "on")).values_list("pk", flat=True).order_by())
    booked = [one for one in entries if one.state == State.BOOKED]
    budget = fund.budgets.filter(year=on.year).first()
    return Standing(
        budget=budget.amount if budget else None,
        income=sum((one.amount for one in booked if one.kind != Kind.PAYMENT and one.pk in this_year), ZERO),
        paid=sum((one.amount for one in booked if one.kind == Kind.PAYMENT and one.pk in this_year), ZERO),
        balance=sum((one.signed for one in booked), ZERO),
        committed=sum((one.open + one.asked for one in accounts if not one.is_withdrawn), ZERO),
        asked=sum((one.amount for one in entries if one.state == State.PROPOSED and one.kind == Kind.PAYMENT), ZERO),
    )
