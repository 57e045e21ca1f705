"""What changed since a caller last asked: the audit log as a feed of rows, for another system that keeps a copy."""

import re
import time

from django.db import connection
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import exceptions, serializers, viewsets
from rest_framework.response import Response

from core.models import AuditEntry
from core.scope import ancestors, inside, scope_code

PAGE = 200
PATIENCE, LOOK_EVERY = 1.0, 0.1  # seconds that a request waits for writes that are just going on
RETRY_AFTER = 5
NUMBER = re.compile(r"[0-9]{1,18}")
CHANGED, DELETED = "changed", "deleted"
AFTER = OpenApiParameter("after", OpenApiTypes.INT64, description="上次返回的 next；不填只返回现在的 next，作为起点")
# Who is writing lines of the log at this moment: a lock of this mode is held from before a line has its number until
# after it can be seen.
WRITERS = """
    SELECT virtualtransaction FROM pg_locks
    WHERE locktype = 'relation' AND relation = %s::regclass AND mode = 'RowExclusiveLock' AND granted
      AND pid <> pg_backend_pid() AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


class ChangeSerializer(serializers.Serializer):
    """一行的一次改动"""

    at = serializers.DateTimeField(label="时间")
    verb = serializers.CharField(label="动作")
    what = serializers.ChoiceField(
        choices=[(CHANGED, "新建或改动，请重新读取"), (DELETED, "不在了，请删去")], label="要做什么"
    )
    model = serializers.CharField(label="类别")
    id = serializers.IntegerField(label="编号")
    url = serializers.CharField(label="地址", allow_null=True, help_text="不在了的为空")


class ChangesSerializer(serializers.Serializer):
    """自上次以来的改动，从旧到新"""

    next = serializers.IntegerField(label="下次的 after")
    more = serializers.BooleanField(label="后面还有")
    changes = ChangeSerializer(many=True)


def settled():
    """The number up to which every line of the log can be seen that ever will be; None while writes go on for too long.

    Numbers are given out before their transactions end, so a higher one may be seen first: lines are told only when all
    who were writing at the time of the look have ended."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_sequence_last_value(pg_get_serial_sequence(%s, 'id')::regclass)", [AuditEntry._meta.db_table]
        )
        last = cursor.fetchone()[0] or 0
        writing, until = _writers(cursor), time.monotonic() + PATIENCE
        while writing and time.monotonic() < until:
            time.sleep(LOOK_EVERY)
            writing &= _writers(cursor)
    return None if writing else last


def _writers(cursor):
    cursor.execute(WRITERS, [AuditEntry._meta.db_table])
    return {found for (found,) in cursor.fetchall()}


class ChangesViewSet(viewsets.ViewSet):
    """The feed; `followed` {label: (model, basename, lookup field)} are the models that have a list at this door."""

    model = None
    followed = {}

    @extend_schema(
        description="自上次以来改动和删去的行", parameters=[AFTER], responses={200: ChangesSerializer}, filters=False
    )
    def list(self, request):
        after, last = _after(request), settled()
        if last is None:
            start = after if after is not None else 0
            answer = {"next": start, "more": True, "changes": []}
            return Response(answer, headers={"Retry-After": str(RETRY_AFTER)})
        if after is None:
            return Response({"next": last, "more": False, "changes": []})
        if after > last:
            message = "比现有的改动都新，数据可能从备份恢复过：请全部重新读取，再从新的起点开始。"
            raise exceptions.ValidationError({"after": message}, code="beyond")
        entries = list(self._entries(after, last)[: PAGE + 1])
        more, entries = len(entries) > PAGE, entries[:PAGE]
        found = [change for change in map(_Sight(request.user, self.followed, entries).told, entries) if change]
        return Response({"next": entries[-1].pk if more else last, "more": more, "changes": found})

    def _entries(self, after, last):
        may = [
            label
            for label, (model, _, _) in self.followed.items()
            if self.request.user.has_perm(f"{model._meta.app_label}.view_{model._meta.model_name}")
        ]
        entries = AuditEntry.objects.filter(pk__gt=after, pk__lte=last, model__in=may).exclude(object_id="")
        return entries.only("at", "verb", "model", "object_id", "before", "after").order_by("pk")


def following(registry):
    """The ChangesViewSet for what a router has registered: [(prefix, viewset, basename)]."""
    followed = {
        viewset.model._meta.label_lower: (viewset.model, basename, viewset.lookup_field)
        for _, viewset, basename in registry
        if viewset.model is not None and hasattr(viewset, "queryset")
    }
    return type("ChangesViewSet", (ChangesViewSet,), {"followed": followed, "__doc__": ChangesViewSet.__doc__})


def _after(request):
    unknown = set(request.query_params) - {"after"}
    if unknown:
        raise exceptions.ValidationError(dict.fromkeys(sorted(unknown), "没有这个筛选条件，请对照接口文档。"))
    text = request.query_params.get("after")
    if text is not None and not NUMBER.fullmatch(text):
        raise exceptions.ValidationError({"after": "请填上次返回的 next。"})
    return None if text is None else int(text)


class _Sight:
    """What one caller may know of some entries: rows that are seen, and rows that were and are not any more."""

    def __init__(self, user, followed, entries):
        self.user, self.code, self.followed = user, scope_code(user), followed
        keys = {}
        for entry in entries:
            keys.setdefault(entry.model, set()).add(int(entry.object_id))
        self.seen = {label: self._lookups(label, pks) for label, pks in keys.items()}
        self.parents = self._parents(entry for entry in entries if int(entry.object_id) not in self.seen[entry.model])

    def _lookups(self, label, pks):
        model, _, lookup = self.followed[label]
        return dict(
            model._default_manager.visible_to(self.user).filter(pk__in=pks).order_by("pk").values_list("pk", lookup)
        )

    def _parents(self, gone):
        """{model: keys that are seen} of the rows that those which are gone hung on, with one query a model."""
        keys = {}
        for entry in gone:
            parent, key = _parent_of(self.followed[entry.model][0], _was(entry))
            if key is not None:
                keys.setdefault(parent, set()).add(key)
        return {
            parent: set(parent._default_manager.visible_to(self.user).filter(pk__in=pks).values_list("pk", flat=True))
            for parent, pks in keys.items()
        }

    def told(self, entry):
        """The change as ChangeSerializer says; None where the row never was the caller's to see."""
        pk = int(entry.object_id)
        model, basename, lookup = self.followed[entry.model]
        there = self.seen[entry.model].get(pk)
        if there is None and not self._was_seen(model, _was(entry)):
            return None
        return {
            "at": timezone.localtime(entry.at).isoformat(),
            "verb": entry.verb,
            "what": CHANGED if there is not None else DELETED,
            "model": entry.model,
            "id": pk,
            "url": None if there is None else reverse(f"api:{basename}-detail", kwargs={lookup: there}),
        }

    def _was_seen(self, model, was):
        """By what the log says of a row that is gone from sight: its own place, or the row that it hung on."""
        parent, key = _parent_of(model, was)
        if parent is not None:
            return key in self.parents.get(parent, ())
        head = model.scope_path
        place = str(was.get(head) or was.get(head.removesuffix("_id")) or "")
        shared = getattr(model, "scope_shared", False) and place in ancestors(self.code or "")
        return inside(place, self.code) or shared


def _was(entry):
    """The row as the line tells it, as far as it does: as it was before rather than after."""
    return {**entry.after, **entry.before}


def _parent_of(model, was):
    """(model, key) of the row through which a row has its place; (None, None) where it has a place of its own."""
    head, _, rest = model.scope_path.partition("__")
    return (model._meta.get_field(head).related_model, was.get(head)) if rest else (None, None)
