"""The worker of the tests."""

from django.db import connection

from core.jobs.worker import Worker


def drain():
    """Do everything that waits, in the session of the test: also inside a test's transaction."""
    Worker(control=connection).run(until_empty=True)
