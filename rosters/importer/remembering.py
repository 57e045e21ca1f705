"""What offices told before: fetched for a file, kept when a clerk decides, forgotten when they say so."""

from core import audit
from rosters.models import LayoutMemory, ValueMeaning
from rosters.reader.layouts import Layout


def layouts_for(code):
    """{kind: Layouts} that hold for rosters of the division `code`, its own before the county's."""
    found = {}
    for kind, key, columns in LayoutMemory.objects.for_use_by(code).values_list("kind", "fingerprint", "columns"):
        found.setdefault(kind, []).append(Layout(key, columns))
    return found


def meanings_for(code):
    """{field: {word: value}} that hold for rosters of the division `code`; its own word counts before the county's."""
    found = {}
    for field, text, value in ValueMeaning.objects.for_use_by(code).values_list("field", "text", "value"):
        found.setdefault(field, {}).setdefault(text, value)
    return found


def remember_layouts(kept, layouts, *, by):
    """Keep {fingerprint: {header name: field}} for the office of the upload and its kind, in place of what it told before."""
    LayoutMemory.objects.bulk_create(
        [
            LayoutMemory(division_id=kept.division_id, kind=kept.kind, fingerprint=key, columns=columns, by=by)
            for key, columns in layouts.items()
        ],
        update_conflicts=True,
        unique_fields=["division", "kind", "fingerprint"],
        update_fields=["columns", "by", "updated_at"],
    )


def forget_layouts(kept, kind, keys):
    """The office's layouts of that kind are not of that kind after all, unless it is the upload's still."""
    if kind != kept.kind:
        LayoutMemory.objects.filter(division_id=kept.division_id, kind=kind, fingerprint__in=keys).delete()


def remember_meanings(kept, told, *, by):
    """Keep {(field, word): value, None to forget} for the office of the upload."""
    forgotten = [pair for pair, value in told.items() if value is None]
    for field in {field for field, _ in forgotten}:
        words = [word for name, word in forgotten if name == field]
        ValueMeaning.objects.filter(division_id=kept.division_id, field=field, text__in=words).delete()
    ValueMeaning.objects.bulk_create(
        [
            ValueMeaning(division_id=kept.division_id, field=field, text=word, value=value, by=by)
            for (field, word), value in told.items()
            if value is not None
        ],
        update_conflicts=True,
        unique_fields=["division", "field", "text"],
        update_fields=["value", "by", "updated_at"],
    )


def forget(memory, *, by):
    """Forget a layout or a word; what was read by it stays as it is."""
    audit.record(by=by, verb="delete", obj=memory, before=audit.snapshot(memory))
    memory.delete()
