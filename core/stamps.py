"""The stamp of an edit page: what it was shown with, so that the second of two who save does not overwrite the first unseen."""

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.crypto import salted_hmac
from django.utils.html import format_html

NAME = "seen"
MEANWHILE = "别人刚改过，没有保存。您填的还在下面；确定以您填的为准，再按一次保存。"


def stamp_of(querysets):
    """What stands in the rows, as a keyed digest: it is the same as long as nobody has written them."""
    found = [list(rows.order_by("pk").values_list()) for rows in querysets]
    return salted_hmac("stamp", repr(found), algorithm="sha256").hexdigest()[:32]


def is_stale(posted, querysets):
    """True when somebody wrote the rows after the page that sends the stamp `posted` was shown; a page without one says
    nothing. Inside a transaction the rows stay locked, so that from the look to the write nobody comes between."""
    if posted is None:
        return False
    if connection.in_atomic_block:
        querysets = [rows.select_for_update() for rows in querysets]
    return posted != stamp_of(querysets)


def stamp_input(querysets):
    """The hidden input of a page whose form is no Django form."""
    return hidden(NAME, stamp_of(querysets))


def hidden(name, stamp):
    """The input that carries a stamp."""
    return format_html('<input type="hidden" name="{}" value="{}">', name, stamp)


class Stamped:
    """Mixed into a form of one kept row: `{{ form.stamp }}` in the page's form, and whoever saves second is told.

    The view is one transaction (`transaction.atomic`), so that two of the same moment come one after the other."""

    def stamped(self):
        """The querysets of what the form writes; none for a row that is yet to be kept."""
        return [type(self.instance)._base_manager.filter(pk=self.instance.pk)] if self.instance.pk else []

    @property
    def stamp(self):
        """The hidden input; nothing where nothing is kept that could be overwritten."""
        rows = self.stamped()
        return hidden(self.add_prefix(NAME), stamp_of(rows)) if rows else ""

    def full_clean(self):
        super().full_clean()
        if self.is_bound and is_stale(self.data.get(self.add_prefix(NAME)), self.stamped()):
            self.add_error(None, MEANWHILE)


class StampedSet:
    """The same for a formset over kept rows."""

    def stamped(self):
        """The querysets of what the formset writes; without what its page reads beside it."""
        return [self.model._base_manager.filter(pk__in=self.queryset.order_by().values("pk"))]

    @property
    def stamp(self):
        return hidden(f"{self.prefix}-{NAME}", stamp_of(self.stamped()))

    def clean(self):
        super().clean()
        if is_stale(self.data.get(f"{self.prefix}-{NAME}"), self.stamped()):
            raise ValidationError(MEANWHILE)
