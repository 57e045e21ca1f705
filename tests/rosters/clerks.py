"""What a clerk does on the roster pages, for tests: send a file, hand it in, read a page."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

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
