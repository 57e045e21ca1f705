"""The ways that are measured: each a function without arguments, prepared before the clock starts."""

import subprocess
import sys
import time

from django.db import connection, transaction
from django.test import Client

from bench import floor
from bench.county import AS_OF
from core.models import User
from core.text import pinyin
from rosters import importer
from rosters.limits import SHELL
from talent.models import Appointment, Education, Person

OWN = ("engine", "again", "keep")
REWRITTEN = "SELECT md5(string_agg(concat(ctid, xmin), ',' ORDER BY ctid)) FROM "


def warm_up(way, small, user, folder):
    """The way once, with a small file and taken back: a web worker has modules, patterns and its dictionary of pinyin
    loaded before somebody's file comes."""
    pinyin("单")
    with transaction.atomic():
        if not way.startswith("floor"):
            prepared("engine" if way in OWN else way, small, user, folder)()
        transaction.set_rollback(True)


def staff():
    return User.objects.select_related("division").get(username="staff")


def written():
    """[people, appointments, education levels] in the database: the same after every way."""
    return [Person.objects.count(), Appointment.objects.count(), Education.objects.count()]


def prepared(way, content, user, folder):
    """The work of a way, ready to be timed."""
    if way in ("floor", "floor_business"):
        tables = floor.TABLES if way == "floor" else floor.BUSINESS
        return lambda: floor.floor(content, folder, tables)
    if way == "preview":
        return _preview(content, user)
    if way in OWN:
        return {"engine": _engine, "again": _again, "keep": _keep}[way](content, user, folder)
    from bench import admin_import, rest

    work = {
        "die_default": admin_import.default,
        "die_bulk": admin_import.bulk,
        "die_fastest": admin_import.fastest,
        "drf": rest.many,
    }
    return lambda: work[way](content, user)


def _upload(content, user):
    return importer.upload(
        by=user, kind="committee", filename="roster.xlsx", content=content, as_of=AS_OF, limits=SHELL
    )


def _import(content, user):
    began = time.perf_counter()
    upload = _upload(content, user)
    read = time.perf_counter()
    if upload.writes:
        state = importer.confirm(upload, by=user).state
        assert state == "done", state
    return {"read": read - began, "commit": time.perf_counter() - read}


def _engine(content, user, folder):
    return lambda: _import(content, user)


def _again(content, user, folder):
    """The same file once more, on what the first import left: nothing may be written to the people's tables. That first
    import runs in another process, or its memory would count as idle here."""
    subprocess.run([sys.executable, "-m", "bench.run", "engine", folder], stdout=subprocess.DEVNULL, check=True)
    before = _versions()

    def work():
        found = _import(content, user)
        return {**found, "rewritten": _versions() != before}

    return work


def _versions():
    with connection.cursor() as cursor:
        found = []
        for table in floor.BUSINESS:
            cursor.execute(REWRITTEN + table)
            found += cursor.fetchone()
        return found


def _keep(content, user, folder):
    """Not a way: one import, kept for the floor."""

    def work():
        _import(content, user)
        floor.keep(folder)

    return work


def _preview(content, user):
    """The page's upload and the preview that it leads to, as a browser asks for them."""
    from io import BytesIO

    client = Client()
    client.force_login(user)

    def work():
        file = BytesIO(content)
        file.name = "roster.xlsx"
        fields = {"kind": "committee", "file": file, "as_of": AS_OF.isoformat()}
        page = client.post("/rosters/upload/", fields, follow=True)
        assert page.resolver_match.url_name == "roster_preview", page.request["PATH_INFO"]

    return work
