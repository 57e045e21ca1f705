"""Where each township stands with what a collection round asks: from its uploads, what it was told, and the day."""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field

from django.utils import timezone

from rosters.models import CollectionNotice, Upload

Status = Upload.Status
# The further an upload has come, the more it says; of two that came equally far the later one counts.
FURTHEST = (
    Status.REFUSED, Status.QUEUED, Status.UNSURE, Status.READ, Status.RETURNED, Status.SUBMITTED, Status.COMMITTED,
)  # fmt: skip
# What each upload status means to who waits for the roster: key of the filter, css class and word of the tag.
MEANING = {
    Status.REFUSED: ("problems", "bad", "未能读取"),
    Status.QUEUED: ("reading", "blue", "正在读取"),
    Status.UNSURE: ("reading", "blue", "已上传待核对"),
    Status.READ: ("reading", "blue", "已上传待核对"),
    Status.RETURNED: ("problems", "bad", "审核退回"),
    Status.SUBMITTED: ("review", "blue", "待审核"),
    Status.COMMITTED: ("done", "ok", "已入库"),
}
MISSING, AGAIN = ("missing", "bad", "未交"), ("missing", "warn", "待重报")
SAME = ("done", "ok", "与系统一致")
COUNTED = ("rows", "new", "changed", "unchanged", "error")
DONE = {"review", "done"}  # handed in: whatever is left is not the township's


@dataclass(frozen=True)
class Standing:
    """`key` for the filter, `css` and `word` of the tag; `late` the days after the day it was due, 0 when in time; `earlier`
    the upload that counted until the township was asked again."""

    request: object
    key: str
    css: str
    word: str
    upload: Upload | None
    late: int
    reminders: list = field(default_factory=list)
    again: CollectionNotice | None = None
    earlier: Upload | None = None

    @property
    def is_done(self):
        return self.key in DONE

    @property
    def counts(self):
        """{rows, new, changed, unchanged, error} of the upload that counts; empty where nothing was read yet."""
        if self.upload is None or not self.upload.counts:
            return {}
        return {key: self.upload.count(key) for key in COUNTED}

    @property
    def who(self):
        return self.upload.by.name if self.upload else ""

    @property
    def when(self):
        return _handed_at(self.upload) if self.upload else None


def standings(requests, on):
    """A Standing for each of `requests` (with their rounds) on the day `on`, with two queries for any number."""
    uploads, notices = _by_request(_uploads(requests)), _by_request(_notices(requests))
    return [_standing(request, uploads[request.pk], notices[request.pk], on) for request in requests]


def _uploads(requests):
    found = Upload.objects.filter(request__in=[request.pk for request in requests], undoes=None)
    return found.filter(status__in=FURTHEST).select_related("by").defer("content", "tables", "mapping").order_by("pk")


def _notices(requests):
    found = CollectionNotice.objects.filter(request__in=[request.pk for request in requests])
    return found.select_related("by").order_by("pk")


def _by_request(rows):
    found = defaultdict(list)
    for row in rows:
        found[row.request_id].append(row)
    return found


def _standing(request, uploads, notices, on):
    told_again = [notice for notice in notices if notice.kind == CollectionNotice.Kind.AGAIN]
    reminders = [notice for notice in notices if notice.kind != CollectionNotice.Kind.AGAIN]
    again = told_again[-1] if told_again else None
    counted = [upload for upload in uploads if again is None or upload.created_at > again.at]
    upload, earlier = _furthest(counted), _furthest(found for found in uploads if found not in counted)
    if upload is None:
        key, css, word = AGAIN if again else MISSING
    else:
        key, css, word = _meaning(upload)
    return Standing(request, key, css, word, upload, _late(request, key, upload, on), reminders, again, earlier)


def _furthest(uploads):
    return max(uploads, key=lambda found: (FURTHEST.index(found.status), found.pk), default=None)


def _meaning(upload):
    if upload.status != Status.READ:
        return MEANING[upload.status]
    if upload.count("error"):
        return "problems", "bad", f"有问题 {upload.count('error')} 行"
    if upload.count("unchanged") and not upload.writes:
        return SAME
    return MEANING[Status.READ]


def _handed_at(upload):
    """When a roster was handed in; of one that is not yet, when it was uploaded."""
    return upload.submitted_at or upload.committed_at or upload.created_at


def _late(request, key, upload, on):
    closed = request.round.closed_at
    if key in DONE:
        day = _day(_handed_at(upload))
    else:
        day = min(on, _day(closed)) if closed else on
    return max((day - request.round.due).days, 0)


def _day(moment):
    return timezone.localtime(moment).date() if isinstance(moment, datetime.datetime) else moment
