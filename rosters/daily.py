"""What rosters want done each day."""

import datetime

from core import jobs
from rosters import collection, importer, reconcile, superior
from rosters.models.upload import KEEP_DAYS


def remind(day):
    """Note who is reminded of a roster that is due, each reminder once. Returns the new ones."""
    return collection.remind(day)


def purge(day):
    """Files, forms, comparisons and finished jobs whose day has come go. Returns how many files of uploads that were."""
    count = importer.purge(day)
    superior.purge(day)
    reconcile.purge(day)
    jobs.purge(day - datetime.timedelta(days=KEEP_DAYS))
    return count
