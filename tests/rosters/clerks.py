"""What a clerk does on the roster pages, for tests: send a file, hand it in, read a page."""

import re

from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core import roles
from core.models import JournalEntry
from rosters.models import Upload
from tests.rosters.workbooks import xlsx

HEADER = ("村", "姓名", "身份证号", "学历", "职务", "任现职时间", "联系电话")
KEYS = re.compile(r'name="(shown|submitted_at)" value="([^"]+)"')


def sent(client, *people, content=None, name="名册.xlsx", kind="committee", **more):
    """The upload of a file with these rows."""
    content = content or xlsx([list(HEADER), *[list(person) for person in people]])
    response = client.post(reverse("roster_upload"), {"kind": kind, "file": SimpleUploadedFile(name, content), **more})
    return Upload.objects.get(pk=int(re.search(r"/rosters/(\d+)/", response["Location"])[1]))


def page(client, route, upload, **query):
    response = client.get(reverse(route, args=[upload.pk]), query)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def press(client, route, upload, **fields):
    """POST to a page of an upload; returns the answer."""
    return client.post(reverse(route, args=[upload.pk]), fields)


def press_as_shown(client, shown_on, route, upload, **fields):
    """POST with what the page `shown_on` holds in its hidden fields."""
    return press(client, route, upload, **dict(KEYS.findall(page(client, shown_on, upload))), **fields)


def committed(client, *people, **more):
    """A committed upload with these rows."""
    upload = sent(client, *people, **more)
    press(client, "roster_confirm", upload)
    upload.refresh_from_db()
    assert upload.status == "committed"
    return upload


def undone(client, upload):
    """The batch of the undo of an upload, as its page shows and does it."""
    press_as_shown(client, "roster_undo", "roster_undo", upload)
    return Upload.objects.get(undoes=upload)


def tables():
    """{model: {key: all its values}} of every business model, without the moments at which rows were last touched."""
    found = {}
    for model in apps.get_models():
        if model._meta.app_label in roles.BUSINESS:
            fields = [field for field in model._meta.concrete_fields if not getattr(field, "auto_now", False)]
            rows = model._base_manager.order_by("pk").values_list("pk", *[field.attname for field in fields])
            found[model._meta.label] = {row[0]: row[1:] for row in rows}
    return found


def touched(before, after):
    """{(model, key)} of the rows that differ between two `tables()`."""
    return {
        (label.lower(), key)
        for label in before
        for key in before[label].keys() | after[label].keys()
        if before[label].get(key) != after[label].get(key)
    }


def in_journal(upload):
    """{(model, key)} of the rows that the journal says the batch wrote."""
    entries = JournalEntry.objects.filter(batch=upload.pk)
    return {(entry.model, found[0]) for entry in entries for found in entry.rows}
