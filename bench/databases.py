"""Databases for measurements: each run starts on a fresh copy of one that holds the county and its account."""

import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import psycopg2

from bench.county import COUNTY, COUNTY_NAME
from config import postgres

BASE = "bench_base"
PREPARE = f"""
import django; django.setup()
import sys
from django.core.management import call_command
call_command("load_divisions", sys.argv[1], county_name={COUNTY_NAME!r}, stdout=open("/dev/null", "w"))
from core.models import User
from villages.models import Division
User.objects.create(username="staff", role="county_staff", must_change_password=False, division=Division.objects.get(code={COUNTY!r}))
"""


@contextmanager
def _server():
    connection = psycopg2.connect(postgres.database_url("postgres"))
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            yield cursor
    finally:
        connection.close()


def _fresh(name, template=""):
    with _server() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" if template else ""))


def run(name, *command):
    """The standard output of a Python command on that database; its errors are shown."""
    environment = {
        **os.environ, "DATABASE_URL": postgres.database_url(name), "DJANGO_SETTINGS_MODULE": "config.settings",
    }  # fmt: skip
    done = subprocess.run([sys.executable, *command], env=environment, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        sys.exit(f"bench: {command[1]} {command[2]} failed")
    return done.stdout


def make_base():
    _fresh(BASE)
    run(BASE, "manage.py", "migrate", "--verbosity=0")


def make_template(name, divisions: Path):
    """A database with the county of that CSV file and the account that imports."""
    _fresh(name, BASE)
    run(name, "-c", PREPARE, str(divisions))


def in_copy(template, *command):
    """Run a command on a copy of a template; the copy goes afterwards."""
    _fresh("bench_run", template)
    try:
        return run("bench_run", *command)
    finally:
        drop("bench_run")


def drop(*names):
    with _server() as cursor:
        for name in names:
            cursor.execute(f"DROP DATABASE IF EXISTS {name}")
