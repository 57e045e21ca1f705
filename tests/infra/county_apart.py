"""python -m tests.infra.county_apart WHAT: a small county in the database that DATABASE_URL names, for tests which kill the
server under it. The answers are JSON on the last line of stdout."""

import json
import sys

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402
from django.urls import reverse  # noqa: E402

from core import jobs  # noqa: E402
from core.models import AuditEntry, Job, JournalEntry  # noqa: E402
from rosters import importer  # noqa: E402
from rosters.importer import delivery  # noqa: E402
from rosters.models import Upload  # noqa: E402
from talent.models import Appointment, Person  # noqa: E402
from tests import factories  # noqa: E402
from tests.rosters import county  # noqa: E402
from tests.rosters.workbooks import xlsx  # noqa: E402

ROWS = 5


def prepare():
    """An empty county with its divisions, a clerk, and an upload that was read."""
    call_command("migrate", verbosity=0)
    county.load()
    numbers = [factories.id_number() for _ in range(ROWS)]
    rows = [["茶富村", f"人{number[4:]}", number, "村委委员", "2021.03"] for number in numbers]
    content = xlsx([["村", "姓名", "身份证号", "职务", "任现职时间"], *rows])
    upload = importer.upload(by=county.clerk(), kind="committee", filename="名册.xlsx", content=content)
    return {"upload": upload.pk, "writes": upload.writes}


def hand_in():
    """Press the main button of the upload's preview; what the browser then shows."""
    client = _browser()
    answer = client.post(reverse("roster_confirm", args=[Upload.objects.get().pk]))
    return {"status": answer.status_code, "page": answer.content.decode()}


def again():
    """What there is, the main button once more, and what there is then."""
    return {"before": look(), **hand_in(), "after": look()}


def enqueue():
    """Hand the upload to the worker."""
    upload = Upload.objects.get()
    return {"job": jobs.enqueue(delivery.COMMIT, by=upload.by, target_id=upload.pk, size=upload.writes).pk}


def look():
    """What the database and the preview hold."""
    upload = Upload.objects.get()
    return {
        "upload": upload.status,
        "people": Person.objects.count(),
        "posts": Appointment.objects.count(),
        "journal": JournalEntry.objects.count(),
        "imports": AuditEntry.objects.filter(verb="import").count(),
        "audited": AuditEntry.objects.filter(batch=upload.pk, model__startswith="talent.").count(),
        "jobs": list(Job.objects.values_list("status", "tries")),
        "preview": _browser().get(reverse("roster_preview", args=[upload.pk])).status_code,
    }


def _browser():
    settings.SECURE_SSL_REDIRECT = False
    client = Client(raise_request_exception=False)
    client.force_login(county.clerk())
    return client


if __name__ == "__main__":
    setup_test_environment()
    print(json.dumps(globals()[sys.argv[1]]()))
