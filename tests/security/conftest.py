import pytest
from django.db import transaction

from tests.security.world import World


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """A World that a module's tests only look at; all of it is rolled back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield World()
        transaction.set_rollback(True)
