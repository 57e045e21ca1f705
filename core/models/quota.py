"""How many requests a caller of the interface made in the running minute."""

from django.db import connection, models

COUNT = """
INSERT INTO core_quota AS mine (caller, minute, requests) VALUES (%s, %s, 1)
ON CONFLICT (caller) DO UPDATE
SET requests = CASE WHEN mine.minute = excluded.minute THEN mine.requests + 1 ELSE 1 END, minute = excluded.minute
RETURNING requests
"""


class Quota(models.Model):
    """One row a caller, counted by one statement: exact across any number of web processes."""

    caller = models.CharField("调用方", max_length=40, unique=True)
    minute = models.BigIntegerField("分钟")
    requests = models.IntegerField("次数")

    class Meta:
        verbose_name = verbose_name_plural = "接口调用次数"

    def __str__(self):
        return self.caller

    @staticmethod
    def count(caller, minute):
        """Count one more request of `caller` in the minute with this number; returns how many it has made in it."""
        with connection.cursor() as cursor:
            cursor.execute(COUNT, [caller, minute])
            return cursor.fetchone()[0]
