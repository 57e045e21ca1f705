"""What the house does not do: signals, utils, psycopg 3, models ahead of their migrations."""

import importlib.util
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.backends.postgresql.psycopg_any import is_psycopg3

ROOT = Path(__file__).resolve().parents[2]
APPS = ("config", "core", "rosters", "villages", "talent", "training", "awards")
SOURCES = [path for app in APPS for path in sorted((ROOT / app).rglob("*.py"))]


def test_psycopg_3_cannot_be_imported():
    assert importlib.util.find_spec("psycopg") is None
    assert not is_psycopg3


def test_no_signals():
    using = re.compile(r"django\.dispatch|django\.db\.models\.signals|\.signals import|@receiver")

    assert [path for path in SOURCES if using.search(path.read_text())] == []


def test_no_drawer_for_everything():
    drawers = {"utils", "helpers", "common", "services", "signals", "misc"}

    assert [path for path in SOURCES if drawers & set(path.relative_to(ROOT).with_suffix("").parts)] == []


def test_files_stay_small():
    long = [path for path in SOURCES if "migrations" not in path.parts and len(path.read_text().splitlines()) > 420]

    assert long == []


def test_no_model_overrides_save():
    ours = [model for model in apps.get_models() if model._meta.app_label in APPS]

    assert [model for model in ours if "save" in vars(model)] == []


@pytest.mark.django_db
def test_migrations_hold_every_model():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
