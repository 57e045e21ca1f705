"""Fixtures that every test may use."""

import pytest
from django.db import connection


@pytest.fixture
def committed_db(_audit_log_guarded_afterwards, transactional_db):
    """A database whose transactions really commit (for killed processes and two sessions at once).

    Emptying it afterwards truncates the audit log, which its trigger refuses to everybody; so it rests meanwhile.
    (`session_replication_role` would do it in one word, but only for a superuser, which the application is not.)"""
    yield
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE core_auditentry DISABLE TRIGGER core_auditentry_keep")


@pytest.fixture
def _audit_log_guarded_afterwards(django_db_setup, django_db_blocker):
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE core_auditentry ENABLE TRIGGER core_auditentry_keep")


@pytest.fixture(autouse=True)
def _static_files_are_looked_up(settings):
    """Not listed anew for each of hundreds of test clients; var/static need not exist."""
    settings.WHITENOISE_AUTOREFRESH = True
