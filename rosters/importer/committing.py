"""Confirming: what the preview shows is written, all of it in one transaction or nothing."""

import json
from dataclasses import dataclass

from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import timezone

from core import audit
from core.jobs import say
from rosters import spec
from rosters.importer.taking import county_of
from rosters.importer.turns import take_turn
from rosters.importer.verdicts import counts, fingerprint, rows_to_compare, scope_of, take_verdicts
from rosters.models import Upload, UploadRow

TRIES = 3
RETRY = {"40001", "40P01", "55P03"}  # serialisation failure, deadlock, lock not available


class NotNow(Exception):
    """A commit that did not happen, in words for the clerk; nothing was written."""


@dataclass(frozen=True)
class Confirmed:
    """`state`: done (this call wrote it), already (an earlier one did), changed (the preview was renewed instead)."""

    state: str
    upload: Upload


def confirm(upload, *, by):
    """Write what the preview of `upload` shows, all of it or nothing. Returns Confirmed; raises NotNow.

    Imports of one county queue up (see `turns`, which also raises Busy); a second call for the same upload finds the first
    one's result."""
    county_of(by)
    for attempt in range(1, TRIES + 1):
        try:
            return _confirm(upload.pk, by)
        except IntegrityError as error:
            raise NotNow("入库时数据与别处刚做的改动冲突，没有写入任何内容，请刷新后再核对一次。") from error
        except OperationalError as error:
            if getattr(error.__cause__, "pgcode", None) not in RETRY:
                raise
            if attempt == TRIES:
                raise NotNow("同时有别的改动正在写入，没有写入任何内容，请稍后再按一次。") from error
    return None


@transaction.atomic
def _confirm(pk, by):
    county = Upload.objects.values_list("division_id", flat=True).get(pk=pk)[:6]
    say("等候轮到")
    take_turn(county)
    kept = Upload.objects.select_for_update(of=("self",)).defer("content").get(pk=pk)
    if kept.status == Upload.Status.COMMITTED:
        return Confirmed("already", kept)
    if kept.status != Upload.Status.READ:
        raise NotNow("这份名册已作废或没有读出内容，请重新上传。")
    say("与系统里的内容再比较一次")
    stored = list(kept.rows.order_by("order"))
    comparison = _compare_again(kept, stored)
    if fingerprint(stored) != kept.fingerprint:
        _renew(kept, stored)
        return Confirmed("changed", kept)
    _commit(kept, stored, comparison, by)
    return Confirmed("done", kept)


def _compare_again(kept, stored):
    comparison = spec.get(kept.kind).compare(rows_to_compare(stored), scope_of(kept, lock=True))
    take_verdicts(stored, comparison.verdicts)
    return comparison


def _renew(kept, stored):
    """The database is no longer what the preview was made from: keep the new comparison, to be looked at again."""
    kept.counts, kept.fingerprint = counts(stored), fingerprint(stored)
    kept.save(update_fields=["counts", "fingerprint"])
    UploadRow.objects.bulk_update(stored, ["problems", "outcome", "change", "diff"], batch_size=500)


def _commit(kept, stored, comparison, by):
    say(f"写入 {kept.writes} 行")
    touched = spec.get(kept.kind).apply(comparison.plan, by=by, batch=kept.pk)
    _keep_touched(stored, touched)
    kept.status = Upload.Status.COMMITTED
    kept.committed_at, kept.committed_by = timezone.now(), by
    kept.save(update_fields=["status", "committed_at", "committed_by"])
    audit.record(by=by, verb="import", obj=kept, after=kept.counts, batch=kept.pk)


def _keep_touched(stored, touched):
    """Note at each row which records it wrote, with one statement."""
    noted = [(stored[index].pk, json.dumps(found)) for index, found in touched.items() if found]
    if not noted:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {UploadRow._meta.db_table} AS row SET touched = found.touched::jsonb "
            "FROM unnest(%s::bigint[], %s::text[]) AS found (id, touched) WHERE row.id = found.id",
            [[pk for pk, _ in noted], [text for _, text in noted]],
        )
