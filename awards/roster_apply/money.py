"""Sums in yuan as rosters of awards and of the fund say and show them."""

from decimal import Decimal

from talent.roster_apply.role_kinds import RoleField

CENT = Decimal("0.01")
MOST = Decimal(10) ** 10


def yuan(value):
    """As a preview shows it; nothing for none."""
    return f"{value:,.2f}" if value else None


def money(field, attribute):
    """A sum kept at a row; 清空 makes it nought."""
    return RoleField(
        field,
        attribute,
        keep=lambda typed: Decimal(str(typed)).quantize(CENT),
        show=yuan,
        empty=Decimal(0),
        clears=True,
    )
