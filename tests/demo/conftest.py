"""The demo county, built once for all tests here inside a transaction that is rolled back at the end."""

import pytest
from django.db import connection, transaction

from config.demo import history
from core.models import User


@pytest.fixture(scope="package")
def _built(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        whole = transaction.atomic()
        whole.__enter__()
        history.build()
        connection.check_constraints()  # now once, not at the end of every test
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    yield
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)


@pytest.fixture
def demo(_built, db):
    """The demo county; what a test changes is undone after it."""


@pytest.fixture
def account(demo):
    """A demo account by its name."""
    return lambda username: User.objects.get(username=username)
