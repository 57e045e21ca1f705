"""Which rows a user may see: the only place that decides it. When in doubt, none."""

from django.db.models import Q, QuerySet
from django.http import Http404


def code_range(code):
    """The half-open range of codes below `code`: "350723" → ("350723", "350724")."""
    return code, code[:-1] + chr(ord(code[-1]) + 1)


def inside(code, division):
    """True when the village or division `code` is the division `division` or below it; False where either is missing."""
    return bool(code and division and code.startswith(division))


def within(field, code):
    """A condition: the division or village code in `field` is `code` or below it."""
    low, high = code_range(code)
    return Q(**{f"{field}__gte": low, f"{field}__lt": high})


def ancestors(code):
    """The codes of the divisions that contain `code`, itself last: "350723100" → 35, 3507, 350723, 350723100."""
    return [code[:length] for length in (2, 4, 6, 9, 12) if length <= len(code)]


def scope_code(user):
    """The division code below which `user` sees rows; None when nothing is to be seen."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return None
    return user.division_id or None


class ScopedQuerySet(QuerySet):
    """A queryset that knows how its model is scoped.

    The model names `scope_path`, the lookup of a division or village code ("village_id", "person__village_id");
    `scope_shared = True` also shows rows of the divisions above the user's (a county's classes to its townships);
    `scope_area` is what a role must see: business (default), accounts, audit or jobs."""

    def visible_to(self, user):
        """The rows that `user` may see."""
        code = scope_code(user)
        if code is None or getattr(self.model, "scope_area", "business") not in user.role_data.sees:
            return self.none()
        return self.filter(self.in_scope(code))

    def below(self, code):
        """The rows of the division `code` and everything below it, whoever asks."""
        return self.filter(within(self.model.scope_path, code))

    def in_scope(self, code):
        condition = within(self.model.scope_path, code)
        if getattr(self.model, "scope_shared", False):
            condition |= Q(**{f"{self.model.scope_path}__in": ancestors(code)})
        return condition


def ensure_visible(user, obj):
    """`obj`, or Http404 when it is outside the user's scope: as if it did not exist."""
    if not type(obj)._default_manager.visible_to(user).filter(pk=obj.pk).exists():
        raise Http404
    return obj
