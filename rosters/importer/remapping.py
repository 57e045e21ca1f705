"""Reading an upload again from its kept file: as another kind, or with columns as the clerk chose them."""

from django.db import transaction

from core import audit
from rosters import spec
from rosters.importer.rechecking import can_correct, recheck
from rosters.importer.remembering import forget_layouts, remember_layouts, remember_meanings
from rosters.importer.reviewing import ensure_not_the_townships, is_the_townships
from rosters.importer.taking import is_importable, store_rows, take_reading, understand
from rosters.importer.turns import NotNow
from rosters.limits import Refused
from rosters.models import Upload

TOO_LATE = "这份名册已不能重新读取，没有改动任何内容。请重新上传文件。"


def can_remap(upload, by):
    """True while nothing is written or under review and the roster is for `by` to correct; whether the file is still kept
    shows when it is read."""
    mine = upload.is_editable and not is_the_townships(upload, by)
    return mine and all("names" in table for table in upload.tables.get("tables", ()))


def read_as(upload, kind, *, by):
    """Read the file as another kind. Returns the upload; raises NotNow, in words for the clerk, when it cannot be."""
    kept = _with_content(upload, by)
    was = kept.kind, [table["layout"] for table in kept.tables.get("tables", ())]
    kept.kind, kept.target_id = kind, None
    return _reread(kept, {"kind": kind}, by, was=was)


def read_with(upload, layouts, *, by, target_id=None):
    """Read the file with its columns as chosen, {layout fingerprint: {header name: field, "" for not read}}, and remember
    them for the office and kind; `target_id` is what the rows are about where that was chosen too. Returns the upload;
    raises NotNow."""
    kept = _with_content(upload, by)
    kept.target_id = target_id or kept.target_id
    chosen = {**kept.mapping.get(kept.kind, {}), **layouts}
    kept.mapping = {**kept.mapping, kept.kind: chosen}
    return _reread(kept, {"columns": sum(map(len, layouts.values()))}, by, layouts)


def read_as_of(upload, on, *, by):
    """Read the file as one about another day. Returns the upload; raises NotNow."""
    kept = _with_content(upload, by)
    before, kept.as_of = kept.as_of, on
    return _reread(kept, {"as_of": on, "was": before}, by)


def _with_content(upload, by):
    kept = Upload.objects.select_related("division", "by").get(pk=upload.pk)
    ensure_not_the_townships(kept, by)
    if not can_remap(kept, by) or kept.content is None:
        raise NotNow(TOO_LATE)
    return kept


def _reread(kept, told, by, layouts=None, was=None):
    try:
        understood = understand(kept, kept.division)
    except Refused as refused:
        raise NotNow(refused.message) from refused
    before = kept.status
    with transaction.atomic():
        _store(kept, understood, before, by)
        if was:
            forget_layouts(kept, *was)
        remember_layouts(kept, layouts or _as_read(understood), by=by)
        audit.record(by=by, verb="change", obj=kept, after=told, batch=kept.pk)
    if kept.rows.filter(corrections__isnull=False).exists() and can_correct(kept, by):
        return recheck(kept, {}, by=by).upload
    return kept


def _as_read(understood):
    """The layouts of a file whose kind was chosen, so that the next one is known by them; without those still asked about."""
    found = {}
    for table in understood.reading.tables:
        if table.doubts:
            continue
        fields = {letter: name for name, letter in {**table.columns, **table.compared}.items()}
        found[table.layout] = {name: fields.get(letter, "") for letter, name in table.names.items()}
    return found


def _store(kept, understood, before, by):
    """The new rows in place of the old ones, with what was corrected in the page."""
    current = Upload.objects.select_for_update(of=("self",)).defer("content").get(pk=kept.pk)
    if not can_remap(current, by):
        raise NotNow(TOO_LATE)
    corrected = kept.rows.filter(corrections__isnull=False)
    corrections = {_where(row): row.corrections for row in corrected}
    stored = take_reading(kept, understood)
    if kept.status == Upload.Status.READ and before == Upload.Status.RETURNED:
        kept.status = before
    for row in stored:
        row.corrections = corrections.get(_where(row))
    kept.rows.all().delete()
    names = [
        "kind",
        "as_of",
        "target_id",
        "corrects",
        "request",
        "mapping",
        "tables",
        "status",
        "counts",
        "fingerprint",
    ]
    kept.save(update_fields=names)
    store_rows(kept, stored)


def _where(row):
    """Where in its file a row stands; forms side by side begin in the same row."""
    return row.sheet, row.excel_row, row.above.get("at")


@transaction.atomic
def tell_meanings(upload, told, *, by):
    """Read {(field, word): value, "" for not read, None to ask again} so in all rows from now on. Returns the upload, all
    of it checked again; raises NotNow."""
    kept = Upload.objects.select_for_update(of=("self",)).defer("content").get(pk=upload.pk)
    ensure_not_the_townships(kept, by)
    if not can_remap(kept, by) or not is_importable(spec.get(kept.kind)):
        raise NotNow(TOO_LATE)
    remember_meanings(kept, told, by=by)
    words = {f"{field} {word}": value for (field, word), value in told.items()}
    audit.record(by=by, verb="change", obj=kept, after={"meanings": words}, batch=kept.pk)
    return recheck(kept, {}, by=by).upload
