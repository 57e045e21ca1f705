"""Collection (催报): asking townships for a roster, telling them as the day comes near, and which upload answers."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from core import audit
from core.scope import inside
from rosters import marks, spec
from rosters.board import Standing, standings
from rosters.models import CollectionNotice, CollectionRequest, CollectionRound, Upload

TOWNSHIP_DIGITS = 9
# Days before the day it is due, the nearest first: a timer that missed a day catches up with what still helps.
STEPS = (
    (0, CollectionNotice.Kind.LAST_DAY),
    (1, CollectionNotice.Kind.ONE_DAY),
    (3, CollectionNotice.Kind.THREE_DAYS),
)
FORGED = "文件里的系统标记核对不上，没有采用，按普通名册读取"
FOREIGN = "文件里的系统标记属于其他单位，没有采用，按普通名册读取"
FIRST_REMINDER = 3


@transaction.atomic
def ask(*, by, townships, **about):
    """A round of the county that `by` belongs to, with a request for each of the divisions `townships`. Returns it."""
    asked = CollectionRound.objects.create(by=by, division_id=by.division_id, **about)
    CollectionRequest.objects.bulk_create(
        [CollectionRequest(round=asked, division=township) for township in townships], batch_size=1000
    )
    audit.record(by=by, verb="create", obj=asked, after=audit.snapshot(asked) | {"townships": len(townships)})
    return asked


@transaction.atomic
def close(asked, *, by):
    """End a round: nothing more is expected and nobody reminded. Returns False when it had ended already."""
    now = timezone.now()
    closed = CollectionRound.objects.filter(pk=asked.pk, closed_at=None).update(closed_at=now, closed_by=by)
    if closed:
        audit.record(by=by, verb="change", obj=asked, after={"closed_at": now})
    return bool(closed)


@transaction.atomic
def ask_again(request, *, by, reason):
    """Ask a township to hand in once more; the reason stands on the clerk's page until it has."""
    notice = CollectionNotice.objects.create(
        request=request, kind=CollectionNotice.Kind.AGAIN, reason=reason[:300], by=by
    )
    audit.record(by=by, verb="change", obj=request.round, after={"again": request.division_id}, reason=reason)
    return notice


@transaction.atomic
def remind(on):
    """Note the reminders that are due on the day `on`, each once. Returns those that were new."""
    last = on + datetime.timedelta(days=FIRST_REMINDER)
    requests = list(CollectionRequest.objects.open().filter(round__due__range=(on, last)).select_related("round"))
    due = [
        CollectionNotice(request=found.request, kind=_step(found.request.round.due, on))
        for found in standings(requests, on)
        if not found.is_done
    ]
    known = set(CollectionNotice.objects.filter(request__in=requests).values_list("request_id", "kind"))
    fresh = [notice for notice in due if (notice.request_id, notice.kind) not in known]
    CollectionNotice.objects.bulk_create(fresh, batch_size=1000, ignore_conflicts=True)
    return fresh


def _step(due, on):
    left = (due - on).days
    return next(kind for days, kind in STEPS if days >= left)


@dataclass(frozen=True)
class Asked:
    """A request as its township sees it; `left` are the days until it is due, negative when it is over."""

    standing: Standing
    left: int

    @property
    def round(self):
        return self.standing.request.round

    @property
    def css(self):
        """How much the note wants to be seen."""
        if self.left < 0:
            return "bad"
        return "warn" if self.left <= 1 or self.standing.again else ""

    @property
    def is_near(self):
        """True from three days before: shown on the first page too."""
        return self.left <= FIRST_REMINDER or self.standing.again is not None

    @property
    def words(self):
        if self.left < 0:
            return f"已过报送期限 {-self.left} 天"
        return "今天到期" if self.left == 0 else f"还有 {self.left} 天"


def asked_of(user, on):
    """What is still asked of the township that `user` belongs to, the nearest first; nothing for anybody else."""
    if not getattr(user, "is_authenticated", False) or not user.has_perm("rosters.upload"):
        return []
    if len(user.division_id or "") != TOWNSHIP_DIGITS:
        return []
    requests = list(CollectionRequest.objects.visible_to(user).open().select_related("round"))
    found = standings(requests, on) if requests else []
    return [Asked(standing, (standing.request.round.due - on).days) for standing in found if not standing.is_done]


def open_requests(kept):
    """The open requests that an upload of this kind and division may answer; the nearest first."""
    found = CollectionRequest.objects.open().filter(division_id=kept.division_id, round__kind=kept.kind)
    return list(found.select_related("round"))


def bind(kept, mark=""):
    """Put into an unsaved upload what it answers: by the mark of our own file, else what is asked for first. Returns a note
    for the clerk about a mark that was not used, or ""."""
    about = marks.read(mark) if mark else {}
    note = _refused(kept, about) if mark else ""
    marked = None if note else _marked(kept, about)
    kept.request = marked or _likeliest(kept)
    if kept.request and kept.target_id is None:
        kept.target_id = kept.request.round.target_id
    return note


def _refused(kept, about):
    if not about:
        return FORGED
    if "division" in about and not _concerns(str(about["division"]), kept.division_id):
        return FOREIGN
    kind = about.get("kind", kept.kind)
    if kind != kept.kind:
        known = {roster.slug: roster.title for roster in spec.all()}
        return f"这是系统生成的《{known.get(kind, kind)}》，本次按《{known[kept.kind]}》读取"
    return ""


def _concerns(marked, own):
    """A county's file is for its townships too, and a township's may be handed in by the county."""
    return inside(marked, own) or inside(own, marked)


def _marked(kept, about):
    if kept.corrects and kept.corrects.request_id:
        key = kept.corrects.request_id
    else:
        key = about.get("request")
    if not key:
        return None
    found = CollectionRequest.objects.visible_to(kept.by).open().filter(pk=key, round__kind=kept.kind)
    return found.select_related("round").first()


def _likeliest(kept):
    found = open_requests(kept)
    same = [request for request in found if request.round.target_id == kept.target_id]
    return next(iter(same or (found if kept.target_id is None else [])), None)


@transaction.atomic
def bind_to(kept, request, *, by):
    """Say which of the requests an upload answers; None for none of them."""
    before = kept.request_id
    Upload.objects.filter(pk=kept.pk).update(request=request)
    audit.record(
        by=by, verb="change", obj=kept, before={"request": before}, after={"request": request.pk if request else None}
    )
