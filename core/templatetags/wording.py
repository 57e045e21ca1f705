"""Amounts of money as accounts print them (Django's own grouping for Chinese is by four digits), and names in quotes."""

from django import template

from core import text

register = template.Library()


@register.filter
def yuan(amount):
    """12345.6 → 12,345.60."""
    return f"{amount:,.2f}"


register.filter(text.quoted)
