"""Fixtures that every test may use."""

import pytest
from django.db import connection


@pytest.fixture
def committed_db(transactional_db):
    """A database whose transactions really commit (for killed processes and two sessions at once).

    Emptying it afterwards truncates the audit log, which its trigger refuses to everybody; so triggers rest meanwhile."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
