"""The worker: takes one job after the other, holds a lock for each, and survives a database that comes back."""

import logging
import threading

from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError, close_old_connections, connection, connections
from django.utils import timezone

from core.jobs import chores, locks, registry
from core.jobs.progress import heard_by
from core.jobs.queue import put_away
from core.models import Job

log = logging.getLogger(__name__)
POLL = 0.5  # seconds between two looks at an empty queue
RECONNECT = 2
MOST_TRIES = 3
GONE = (OperationalError, InterfaceError)
KILLED = f"后台程序处理它时中断了 {MOST_TRIES} 次，没有写入任何内容。可以再试一次；仍不行请把文件分成几份。"
BROKEN = "处理时出错，没有写入任何内容，原因已记入系统日志。可以再试一次；仍不行请联系系统管理员。"

# A dead worker's sessions notice within this time that nobody listens, and roll back.
NOTICE_DEATH = "SET client_connection_check_interval = '1s'"
# The lock is taken before the claim is visible: a job that runs and whose lock is free has lost its worker.
# MATERIALIZED: the lock is asked for on the one row chosen, never on those that the LIMIT leaves out.
CLAIM = """
WITH next AS MATERIALIZED (
    SELECT id FROM core_job WHERE status = 'waiting' ORDER BY place, id LIMIT 1 FOR UPDATE SKIP LOCKED
), locked AS MATERIALIZED (
    SELECT id, pg_try_advisory_lock(%s, (id %% %s)::int) AS mine FROM next
)
UPDATE core_job SET status = 'running', tries = tries + 1, started_at = clock_timestamp(), done = 0, step = ''
FROM locked WHERE core_job.id = locked.id AND locked.mine RETURNING core_job.id
"""
REVIVE = f"""
UPDATE core_job SET
    status = CASE WHEN tries >= %(most)s THEN 'failed' ELSE 'waiting' END,
    error = CASE WHEN tries >= %(most)s THEN %(error)s ELSE '' END,
    finished_at = CASE WHEN tries >= %(most)s THEN clock_timestamp() END,
    done = 0, step = ''
WHERE status = 'running' AND NOT EXISTS (
    SELECT 1 FROM ({locks.HELD}) AS held WHERE first = %(job)s AND second = core_job.id %% %(biggest)s
)
"""
# `tries` is the fence: a worker that lost its job to another one no longer says anything about it.
MINE = "WHERE id = %s AND tries = %s AND status = 'running'"
STEP = f"UPDATE core_job SET step = %s, done = %s {MINE} RETURNING cancel_asked"
END = f"UPDATE core_job SET status = %s, outcome = %s, error = %s, done = %s, step = '', finished_at = clock_timestamp() {MINE}"
GIVE_BACK = f"UPDATE core_job SET status = 'waiting', tries = tries - %s, done = 0, step = '' {MINE}"


class _Stopped(Exception):
    """The worker is to end: the job goes back untouched."""


class _Cancelled(Exception):
    """Somebody took the job back while it ran."""


class Worker:
    """`control` is the session that holds the locks and writes progress, outside the transactions of the jobs; `needed()`
    is asked before each job whether to go on at all."""

    def __init__(self, control=None, needed=lambda: True):
        self.own = control is None
        self.control = control or connections["default"].copy()
        self.needed = needed
        self.stopping = threading.Event()
        self.known = False  # this session says that a worker is alive
        self.day = None  # of which the daily chores are done

    def stop(self, *_):
        """End after the job in hand, or at its next step."""
        self.stopping.set()

    def run(self, until_empty=False):
        """Work until stopped, or until nothing waits. A database that goes away is waited for."""
        try:
            while not self.stopping.is_set() and self.needed():
                try:
                    if not until_empty:
                        self._begin_day()
                    worked = self.work_once()
                except GONE as error:
                    if not self.own:  # not ours to open again
                        raise
                    log.warning("数据库连接中断，稍后再连：%s", str(error).strip())
                    self._hang_up()
                    self.stopping.wait(RECONNECT)
                    continue
                if until_empty and not worked:
                    return
                if not worked:
                    self.stopping.wait(POLL)
        finally:
            self._sign_off()

    def work_once(self):
        """Do the next job. Returns False when none waits."""
        if not self.known:
            self._ask("SELECT pg_advisory_lock_shared(%s, 0)", [locks.WORKER])
            if self.own:
                self._ask(NOTICE_DEATH)
            self.known = True
        if self.own:
            close_old_connections()
        self._revive()
        claimed = self._ask(CLAIM, [locks.JOB, locks.BIGGEST])
        if not claimed:
            return False
        try:
            self._do(Job.objects.select_related("by__division").get(pk=claimed[0][0]))
        finally:
            self._ask("SELECT pg_advisory_unlock(%s, %s)", [locks.JOB, claimed[0][0] % locks.BIGGEST])
        return True

    def _begin_day(self):
        today = timezone.localdate()
        if self.day != today:
            chores.do(today)
            self.day = today

    def _revive(self):
        """Jobs whose worker died wait again, or have failed too often."""
        self._ask(REVIVE, {"most": MOST_TRIES, "error": KILLED, "job": locks.JOB, "biggest": locks.BIGGEST})

    def _do(self, job):
        try:
            with connection.cursor() as cursor:
                cursor.execute(NOTICE_DEATH)
            if job.cancel_asked:  # while the worker that had it before was dying
                raise _Cancelled
            with heard_by(self._listener(job)):
                outcome = registry.get(job.kind).run(job)
        except _Stopped:
            self._ask(GIVE_BACK, [1, job.pk, job.tries])
        except _Cancelled:
            put_away([job], by=job.by)
            self._end(job, Job.Status.CANCELLED)
        except (registry.Failed, PermissionDenied) as error:
            self._end(job, Job.Status.FAILED, error=str(error)[:300])
        except GONE as error:
            log.warning("后台任务 %s 的数据库连接中断：%s", job.pk, str(error).strip())
            connection.close()
            self._again(job)
        except Exception:  # a fault of one job must not end the worker: it is logged whole and tried again, three times
            log.exception("后台任务 %s 出错", job.pk)
            self._again(job)
        else:
            self._end(job, Job.Status.DONE, outcome=outcome or "", done=job.size)

    def _listener(self, job):
        def listen(words, done):
            """Keep how far the job is; ends it when somebody took it back or the worker is to stop."""
            if self.stopping.is_set():
                raise _Stopped
            kept = self._ask(STEP, [words, done, job.pk, job.tries])
            if kept and kept[0][0]:
                raise _Cancelled

        return listen

    def _again(self, job):
        if job.tries >= MOST_TRIES:
            self._end(job, Job.Status.FAILED, error=BROKEN)
        else:
            self._ask(GIVE_BACK, [0, job.pk, job.tries])

    def _end(self, job, status, outcome="", error="", done=0):
        self._ask(END, [status, outcome, error, done, job.pk, job.tries])

    def _ask(self, statement, arguments=()):
        with self.control.cursor() as cursor:
            cursor.execute(statement, arguments)
            return cursor.fetchall() if cursor.description else []

    def _hang_up(self):
        self.known = False
        for session in (self.control, connection):
            session.close()

    def _sign_off(self):
        """Let go of what says that a worker is alive."""
        if self.own:
            self.control.close()
        elif self.known:
            self._ask("SELECT pg_advisory_unlock_shared(%s, 0)", [locks.WORKER])
        self.known = False
